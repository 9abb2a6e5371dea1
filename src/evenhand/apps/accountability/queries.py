"""What a page needs from the apps below, put together."""

from dataclasses import dataclass

from evenhand.apps.monitoring import queries
from evenhand.apps.monitoring.queries import ListedOrganisation, StatedFigures
from evenhand.datasets.observations import Period
from evenhand.indicators import catalogue
from evenhand.indicators.specification import Indicator
from evenhand.publication.quality import QualityRow


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorInPlace:
    """An indicator with its figures in force about one organisation; there is at least one.

    Attributes:
        beside: those of its newest period about the organisations that it may be compared with, itself included.
        listed: those organisations as pages name them.
    """

    definition: Indicator
    organisation: ListedOrganisation
    stated: tuple[StatedFigures, ...]
    quality: tuple[QualityRow, ...]
    beside: tuple[StatedFigures, ...] = ()
    listed: tuple[ListedOrganisation, ...] = ()


def indicator_in_place(indicator_id: str, code: str) -> IndicatorInPlace | None:
    """None when no release in force has figures for it."""
    definition = queries.indicator(indicator_id)
    stated = queries.stated_figures(indicator=indicator_id, organisation=code)
    if definition is None or not stated:
        return None
    listed = {each.organisation.code: each for each in queries.organisations()}
    organisation = listed[code]
    beside = queries.figures_beside(indicator=indicator_id, period=_newest_period(stated), organisation=organisation)
    codes = {row.organisation.code for figures in beside for row in figures.observations}
    return IndicatorInPlace(
        definition=definition,
        organisation=organisation,
        stated=stated,
        quality=queries.quality(organisation=code),
        beside=beside,
        listed=tuple(each for each in listed.values() if each.organisation.code in codes),
    )


def defined(indicator_id: str) -> Indicator | None:
    """The measure of that id among those that Evenhand defines, whether or not a release answers it."""
    return next((indicator for indicator in catalogue() if indicator.id == indicator_id), None)


def _newest_period(stated: tuple[StatedFigures, ...]) -> Period:
    """The one that ends last; of those, the one that starts last."""
    periods = (row.period for figures in stated for row in figures.observations)
    return max(periods, key=lambda period: (period.end, period.start))
