"""The distinct counts of people that a release prints: one cell each, however many indicators are made of it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from evenhand.datasets.counts import CellStatus, Count
from evenhand.datasets.observations import Period
from evenhand.indicators.specification import Statistic, Version
from evenhand.publication.observations import ReleasedObservation

BESIDE = " (denominator)"
"""Ending of the name of a denominator that is printed beside its numerator and has no name of its own."""


class Cell(NamedTuple):
    """Where a count stands. ``measure`` is that of the source; see :func:`denominator_measure`."""

    measure: str
    period: Period
    organisation: str
    classification: str
    group: str


class ContradictoryCounts(ValueError):
    """One cell is printed with two different counts."""


def denominator_measure(version: Version) -> str | None:
    """The measure of the source that the denominator counts; None when residents are counted, or nothing at all.

    A denominator printed beside its numerator goes by the numerator's name and :data:`BESIDE`.
    """
    if version.denominator is None or version.denominator.population is not None:
        return None
    return version.denominator.measure or f"{version.numerator.measure}{BESIDE}"


def part_and_whole(version: Version) -> tuple[str, str] | None:
    """The measures of numerator and denominator where the first is a part of the second."""
    whole = denominator_measure(version)
    if version.statistic is not Statistic.PROPORTION or whole is None:
        return None
    return version.numerator.measure, whole


def printed_counts(
    observations: Iterable[ReleasedObservation], versions: Mapping[tuple[str, Period], Version]
) -> dict[Cell, Count]:
    """Every count of the source that the observations print.

    ``versions`` gives the definition in force for each indicator and period. Populations are public and no cell.

    Raises:
        ContradictoryCounts: one cell stands in two rows with two counts.
    """
    counts: dict[Cell, Count] = {}
    for row in observations:
        version = versions[row.indicator, row.period]
        place = (row.period, row.organisation.code, row.classification, row.group)
        printed = {version.numerator.measure: row.numerator}
        whole = denominator_measure(version)
        if whole is not None and row.denominator.status is not CellStatus.NOT_APPLICABLE:
            printed[whole] = row.denominator
        for measure, count in printed.items():
            cell = Cell(measure, *place)
            if counts.setdefault(cell, count) != count:
                raise ContradictoryCounts(
                    f"{measure}, {row.organisation.code}, {row.classification} {row.group}: two different counts"
                )
    return counts
