"""The methods for two groups beside each other in one row, a and b."""

from dataclasses import replace
from typing import Any

from evenhand.stats.differences import (
    proportion_differences,
    rate_differences,
    standardised_rate_differences,
)
from evenhand.stats.excess import excess_events, excess_events_by_strata
from evenhand.stats.grids import Grid
from evenhand.stats.methods.levels import CONFIDENCE, PER, STANDARD, STRATUM
from evenhand.stats.methods.method import Answer, Holds, Method, Options, Role, of_estimates
from evenhand.stats.methods.options import number, one_of, text
from evenhand.stats.ratios import (
    proportion_ratios,
    published_rate_ratios,
    rate_ratios,
    standardised_rate_ratios,
)
from evenhand.stats.standardisation import StandardisedMethod, directly_standardised_rates

B_NAME = text("reference", "what b is called, to be carried in the result", "")
_A_AND_B = {"a": "the group", "b": "what it is compared with"}


def _four(grid: Grid) -> list[Any]:
    return [grid.numbers[role] for role in ("events_a", "population_a", "events_b", "population_b")]


def _shared(options: Options) -> dict[str, Any]:
    return {"confidence": options["confidence"], "reference": options["reference"]}


def _rates(grid: Grid, options: Options) -> Answer:
    counts, shared = _four(grid), _shared(options)
    return Answer(
        {
            "difference": of_estimates(rate_differences(*counts, per=options["per"], **shared)),
            "ratio": of_estimates(rate_ratios(*counts, **shared)),
            "excess events": of_estimates(excess_events(*counts, **shared)),
        }
    )


def _proportions(grid: Grid, options: Options) -> Answer:
    counts, shared = _four(grid), _shared(options)
    return Answer(
        {
            "difference": of_estimates(proportion_differences(*counts, **shared)),
            "ratio": of_estimates(proportion_ratios(*counts, **shared)),
        }
    )


def _standardised(grid: Grid, options: Options) -> Answer:
    counts, shared = _four(grid), _shared(options)
    standard = grid.the_same_for_all("standard", side=1)
    a, b = (
        directly_standardised_rates(
            events,
            population,
            standard,
            per=options["per"],
            confidence=options["confidence"],
            method=options["interval"],
        )
        for events, population in (counts[:2], counts[2:])
    )
    return Answer(
        {
            "difference": of_estimates(standardised_rate_differences(a, b, reference=options["reference"])),
            "ratio": of_estimates(standardised_rate_ratios(a, b, reference=options["reference"])),
            "excess events": of_estimates(excess_events_by_strata(*counts, **shared)),
        }
    )


def _published(grid: Grid, options: Options) -> Answer:
    roles = ("value_a", "half_width_a", "value_b", "half_width_b")
    found = published_rate_ratios(
        *(grid.numbers[role] for role in roles),
        published_confidence=options["published_confidence"],
        **_shared(options),
    )
    return Answer({"ratio": of_estimates(found)})


def of_both(*roles: Role) -> tuple[Role, ...]:
    """The roles for a and for b, each with its letter."""
    return tuple(
        replace(role, name=f"{role.name}_{side}", meaning=f"{role.meaning}, of {meaning}")
        for side, meaning in _A_AND_B.items()
        for role in roles
    )


_RATES = tuple(
    role
    for side, meaning in _A_AND_B.items()
    for role in (
        Role(f"events_{side}", f"of {meaning}", among=f"population_{side}"),
        Role(f"population_{side}", f"people or days of {meaning}"),
    )
)
_SHARES = tuple(
    role
    for side, meaning in _A_AND_B.items()
    for role in (
        Role(f"events_{side}", f"how many people of {meaning} it happened to", within=f"population_{side}"),
        Role(f"population_{side}", f"the people of {meaning}"),
    )
)

TWO_GROUPS = (
    Method(
        name="rate-comparison",
        title="two rates in each row: difference, ratio and excess events of a against b",
        module="evenhand.stats.ratios",
        roles=_RATES,
        options=(PER, CONFIDENCE, B_NAME),
        run=_rates,
    ),
    Method(
        name="proportion-comparison",
        title="two shares in each row: difference and ratio of a against b",
        module="evenhand.stats.differences",
        roles=_SHARES,
        options=(CONFIDENCE, B_NAME),
        run=_proportions,
    ),
    Method(
        name="standardised-comparison",
        title="two standardised rates in strata: difference, ratio and excess events of a against b",
        module="evenhand.stats.standardisation",
        labels=(STRATUM,),
        roles=(*_RATES, STANDARD),
        options=(PER, CONFIDENCE, one_of("interval", "whose interval each has", StandardisedMethod.TIWARI), B_NAME),
        run=_standardised,
    ),
    Method(
        name="published-ratio",
        title="the ratio of two rates that were published with intervals and without counts",
        module="evenhand.stats.ratios",
        roles=of_both(
            Role("value", "the published rate", Holds.NOT_NEGATIVE),
            Role("half_width", "half of its interval's width, the plus-or-minus", Holds.NOT_NEGATIVE),
        ),
        options=(
            CONFIDENCE,
            number("published_confidence", "of the published intervals, as a share", 0.95),
            B_NAME,
        ),
        run=_published,
    ),
)
