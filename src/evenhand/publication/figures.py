"""Which counts of a source go into which row of a release: each indicator's numerator with its denominator."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evenhand.datasets.counts import NOT_APPLICABLE, UNKNOWN, Count
from evenhand.datasets.observations import Observation, Period
from evenhand.datasets.population import population
from evenhand.errors import InputRefused
from evenhand.indicators.specification import Indicator, Statistic, Version
from evenhand.publication.cells import Cell
from evenhand.publication.estimates import Figure
from evenhand.publication.observations import ReleasedObservation

Versions = Mapping[tuple[str, Period], Version]
"""The definition in force, for each indicator and period."""


def versions_in_force(indicators: Sequence[Indicator], periods: Iterable[Period]) -> dict[tuple[str, Period], Version]:
    """The definition of each indicator in force on the last day of each period.

    Raises:
        InputRefused: an indicator has none for a period.
    """
    periods = sorted(set(periods))
    return {(each.id, period): version_in_force(each, period) for each in indicators for period in periods}


def version_in_force(indicator: Indicator, period: Period) -> Version:
    """The definition in force on the last day of ``period``. InputRefused when there is none."""
    version = indicator.on(period.end)
    if version is None:
        raise InputRefused(
            f"the indicator {indicator.id!r} has no definition in force on {period.end}; "
            f"its first is of {indicator.versions[0].valid_from}."
        )
    return version


def figures_of_source(
    observations: Sequence[Observation], indicators: Sequence[Indicator], versions: Versions
) -> Iterator[Figure]:
    """The figures of each indicator in turn, in the order in which the source gives them.

    An indicator that carries published rates has figures where the publisher gives such rates, and nowhere else.
    """
    counts = {cell_of(each): each.count for each in observations}
    for indicator in indicators:
        with_rates = {
            (each.period, each.organisation)
            for each in observations
            if versions[indicator.id, each.period].published_value in each.published
        }
        for each in observations:
            version = versions[indicator.id, each.period]
            if version.statistic is Statistic.PUBLISHED_RATE and (each.period, each.organisation) not in with_rates:
                continue
            if each.measure == version.numerator.measure:
                yield Figure(
                    indicator=indicator.id,
                    period=each.period,
                    organisation=each.organisation,
                    classification=each.classification,
                    group=each.group,
                    numerator=each.count,
                    denominator=_denominator(each, version, counts),
                    published_value=each.published.get(version.published_value or ""),
                    published_half_width=each.published.get(version.published_half_width or ""),
                )


def cell_of(observation: Observation) -> Cell:
    """Where the observation's count stands."""
    return Cell(
        observation.measure,
        observation.period,
        observation.organisation.code,
        observation.classification,
        observation.group,
    )


def _denominator(observation: Observation, version: Version, counts: Mapping[Cell, Count]) -> Count:
    denominator = version.denominator
    if denominator is None:
        return NOT_APPLICABLE
    if denominator.population is not None:
        return population(
            observation.organisation.code,
            observation.classification,
            observation.group,
            rule=denominator.population,
        )
    if denominator.measure is not None:
        return counts.get(cell_of(observation)._replace(measure=denominator.measure), UNKNOWN)
    return observation.denominator


def figures_of_release(observations: Iterable[ReleasedObservation], versions: Versions) -> Iterator[Figure]:
    """What the rows of a release say they are worked out from."""
    for row in observations:
        published = versions[row.indicator, row.period].statistic is Statistic.PUBLISHED_RATE
        value = row.value if published else None
        yield Figure(
            indicator=row.indicator,
            period=row.period,
            organisation=row.organisation,
            classification=row.classification,
            group=row.group,
            numerator=row.numerator,
            denominator=row.denominator,
            published_value=value.value if value else None,
            published_half_width=value.upper - value.value if value else None,
        )
