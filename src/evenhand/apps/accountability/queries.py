"""What a page needs from the apps below, put together."""

from dataclasses import dataclass

from evenhand.apps.monitoring import queries
from evenhand.apps.monitoring.queries import ListedOrganisation, StatedFigures
from evenhand.indicators import catalogue
from evenhand.indicators.specification import Indicator
from evenhand.publication.quality import QualityRow


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorInPlace:
    """An indicator with its figures in force about one organisation; there is at least one."""

    definition: Indicator
    organisation: ListedOrganisation
    stated: tuple[StatedFigures, ...]
    quality: tuple[QualityRow, ...]


def indicator_in_place(indicator_id: str, code: str) -> IndicatorInPlace | None:
    """None when no release in force has figures for it."""
    definition = queries.indicator(indicator_id)
    stated = queries.stated_figures(indicator=indicator_id, organisation=code)
    if definition is None or not stated:
        return None
    organisation = next(each for each in queries.organisations() if each.organisation.code == code)
    quality = queries.quality(organisation=code)
    return IndicatorInPlace(definition=definition, organisation=organisation, stated=stated, quality=quality)


def defined(indicator_id: str) -> Indicator | None:
    """The measure of that id among those that Evenhand defines, whether or not a release answers it."""
    return next((indicator for indicator in catalogue() if indicator.id == indicator_id), None)
