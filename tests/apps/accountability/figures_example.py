"""Released figures for the tests of words, worked out from counts by the library itself."""

from dataclasses import replace
from datetime import date

from evenhand.apps.accountability.presenters.breakdowns import Breakdown, breakdowns
from evenhand.apps.accountability.presenters.places import Place
from evenhand.datasets.counts import NOT_APPLICABLE, Count
from evenhand.datasets.observations import Organisation, OrganisationLevel, Period
from evenhand.indicators import indicator
from evenhand.indicators.specification import Indicator, Version
from evenhand.publication.estimates import Figure, released_observations
from evenhand.publication.observations import ReleasedObservation

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))
MONTH = Period(date(2024, 3, 1), date(2024, 3, 31))
LLR = Organisation("QK1", "NHS Leicester, Leicestershire and Rutland Integrated Care Board", OrganisationLevel.ICB)
ENGLAND = Organisation("E92000001", "England", OrganisationLevel.COUNTRY)
HERE = Place("QK1", "Leicester", "NHS Leicester Integrated Care Board", "In Leicester", "board", False, False)

# Detentions 2023-24 as published (to the nearest 5), with the people that the published rates divide by.
DETENTIONS = {
    "white": (515, 812_992),
    "mixed": (25, 30_185),
    "asian": (145, 218_679),
    "black": (50, 37_231),
    "other": (25, 22_898),
}


def rounded(value: int) -> Count:
    return Count(value, rounded_to=5)


_UNRECORDED = rounded(95)


def figure(group: str, numerator: Count, denominator: Count, **changes) -> Figure:
    plain = Figure(
        indicator="detention",
        period=YEAR,
        organisation=LLR,
        classification="nhs_2001_5",
        group=group,
        numerator=numerator,
        denominator=denominator,
    )
    return replace(plain, **changes)


def detention_figures(*, unrecorded: Count | None = _UNRECORDED, **numerators: Count) -> list[Figure]:
    """The published table; ``black=SUPPRESSED`` puts another count in the place of the published one."""
    figures = [
        figure(group, numerators.get(group, rounded(count)), Count(people))
        for group, (count, people) in DETENTIONS.items()
    ]
    if unrecorded is not None:
        figures.append(figure("unknown", unrecorded, NOT_APPLICABLE))
    return figures


def observed(
    figures: list[Figure], indicator_id: str = "detention", comparator: str = "white"
) -> tuple[ReleasedObservation, ...]:
    named = [replace(each, indicator=indicator_id) for each in figures]
    versions = {(indicator_id, each.period): version(indicator_id) for each in named}
    comparators = {"nhs_2001_5": comparator, "nhs_2001": "A", "home_office_5": "white"}
    return released_observations(named, [indicator_id], versions, comparators)


def breakdown_of(figures: list[Figure], indicator_id: str = "detention", comparator: str = "white") -> Breakdown:
    return breakdowns(observed(figures, indicator_id, comparator))[0]


def definition(indicator_id: str = "detention") -> Indicator:
    return indicator(indicator_id)


def version(indicator_id: str = "detention") -> Version:
    return definition(indicator_id).versions[-1]
