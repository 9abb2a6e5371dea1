"""The methods for two groups beside each other in one row, a and b, and for figures that somebody else published."""

from dataclasses import replace
from typing import Any

import numpy as np

from evenhand.stats.differences import (
    proportion_differences,
    rate_differences,
    standardised_rate_differences,
)
from evenhand.stats.estimates import RATIO, SHARE, per_unit
from evenhand.stats.excess import excess_events, excess_events_by_strata
from evenhand.stats.grids import Grid
from evenhand.stats.intervals import IntervalArray
from evenhand.stats.methods.levels import CONFIDENCE, PER, POPULATION, STANDARD, STRATUM
from evenhand.stats.methods.method import Answer, Method, Options, Result, Role, of_estimates
from evenhand.stats.methods.options import number, one_of, text
from evenhand.stats.ratios import (
    proportion_ratios,
    published_rate_ratios,
    rate_ratios,
    standardised_rate_ratios,
)
from evenhand.stats.rounded_counts import (
    proportion_intervals_with_rounding,
    proportion_ratio_intervals_with_rounding,
    rate_intervals_with_rounding,
    rate_ratio_intervals_with_rounding,
)
from evenhand.stats.standardisation import StandardisedMethod, directly_standardised_rates
from evenhand.stats.statuses import Status, first_reason

_REFERENCE = text("reference", "what b is called, to be carried in the result", "")
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


def _rounded_rate(grid: Grid, options: Options) -> Answer:
    counts = (grid.numbers[role] for role in ("smallest", "largest", "population"))
    margin = grid.numbers.get("population_margin", np.zeros(grid.shape))
    found = rate_intervals_with_rounding(
        *counts, population_margin=margin, per=options["per"], confidence=options["confidence"]
    )
    return Answer({"rate": _limits(found, grid, per_unit(options["per"]), options)})


def _rounded_share(grid: Grid, options: Options) -> Answer:
    counts = (grid.numbers[role] for role in ("smallest", "largest", "smallest_population", "largest_population"))
    found = proportion_intervals_with_rounding(*counts, confidence=options["confidence"])
    return Answer({"share": _limits(found, grid, SHARE, options)})


def _rounded_rate_ratio(grid: Grid, options: Options) -> Answer:
    counts = (grid.numbers[f"{role}_{side}"] for side in "ab" for role in ("smallest", "largest", "population"))
    margins = {
        name: grid.numbers.get(name, np.zeros(grid.shape)) for name in ("population_margin_a", "population_margin_b")
    }
    found = rate_ratio_intervals_with_rounding(*counts, **margins, confidence=options["confidence"])
    return Answer({"ratio": _limits(found, grid, RATIO, options, options["reference"])})


def _rounded_share_ratio(grid: Grid, options: Options) -> Answer:
    roles = ("smallest", "largest", "smallest_population", "largest_population")
    a, b = ((x, y, n, m) for x, y, n, m in ([grid.numbers[f"{role}_{side}"] for role in roles] for side in "ab"))
    found = proportion_ratio_intervals_with_rounding(a, b, confidence=options["confidence"])
    return Answer({"ratio": _limits(found, grid, RATIO, options, options["reference"])})


def _limits(found: IntervalArray, grid: Grid, unit: str, options: Options, reference: str = "") -> Result:
    """Limits alone: of the counts that a published one may be, none is more right than the others."""
    status = first_reason(
        grid.shape, (grid.incomplete, Status.MISSING_INPUT), (np.isnan(found.lower), Status.NO_POPULATION)
    )
    figures = {
        "lower": found.lower,
        "upper": found.upper,
        "unit": unit,
        "confidence": options["confidence"],
        "method": "all intervals of all counts that it may be, joined",
        "reference": reference,
    }
    return Result(figures, status)


def _of_both(*roles: Role) -> tuple[Role, ...]:
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
_SMALLEST = Role("smallest", "the smallest that the count can be")
_LARGEST = Role("largest", "the largest that the count can be")
_MARGIN = Role("population_margin", "by how much the population may be off; 0 when left out", required=False)
_SMALLEST_WHOLE = Role("smallest_population", "the smallest that the whole can be")
_LARGEST_WHOLE = Role("largest_population", "the largest that the whole can be")

TWO_GROUPS = (
    Method(
        name="rate-comparison",
        title="two rates in each row: difference, ratio and excess events of a against b",
        module="evenhand.stats.ratios",
        roles=_RATES,
        options=(PER, CONFIDENCE, _REFERENCE),
        run=_rates,
    ),
    Method(
        name="proportion-comparison",
        title="two shares in each row: difference and ratio of a against b",
        module="evenhand.stats.differences",
        roles=_SHARES,
        options=(CONFIDENCE, _REFERENCE),
        run=_proportions,
    ),
    Method(
        name="standardised-comparison",
        title="two standardised rates in strata: difference, ratio and excess events of a against b",
        module="evenhand.stats.standardisation",
        labels=(STRATUM,),
        roles=(*_RATES, STANDARD),
        options=(PER, CONFIDENCE, one_of("interval", "whose interval each has", StandardisedMethod.TIWARI), _REFERENCE),
        run=_standardised,
    ),
    Method(
        name="published-ratio",
        title="the ratio of two rates that were published with intervals and without counts",
        module="evenhand.stats.ratios",
        roles=_of_both(
            Role("value", "the published rate"),
            Role("half_width", "half of its interval's width, the plus-or-minus"),
        ),
        options=(
            CONFIDENCE,
            number("published_confidence", "of the published intervals, as a share", 0.95),
            _REFERENCE,
        ),
        run=_published,
    ),
    Method(
        name="rounded-rate",
        title="the limits of a rate whose count is only known to lie between two",
        module="evenhand.stats.rounded_counts",
        roles=(_SMALLEST, _LARGEST, POPULATION, _MARGIN),
        options=(PER, CONFIDENCE),
        run=_rounded_rate,
    ),
    Method(
        name="rounded-proportion",
        title="the limits of a share whose part and whole are only known to lie between counts",
        module="evenhand.stats.rounded_counts",
        roles=(_SMALLEST, _LARGEST, _SMALLEST_WHOLE, _LARGEST_WHOLE),
        options=(CONFIDENCE,),
        run=_rounded_share,
    ),
    Method(
        name="rounded-rate-ratio",
        title="the limits of a ratio of two such rates",
        module="evenhand.stats.rounded_counts",
        roles=_of_both(_SMALLEST, _LARGEST, POPULATION, _MARGIN),
        options=(CONFIDENCE, _REFERENCE),
        run=_rounded_rate_ratio,
    ),
    Method(
        name="rounded-proportion-ratio",
        title="the limits of a ratio of two such shares",
        module="evenhand.stats.rounded_counts",
        roles=_of_both(_SMALLEST, _LARGEST, _SMALLEST_WHOLE, _LARGEST_WHOLE),
        options=(CONFIDENCE, _REFERENCE),
        run=_rounded_share_ratio,
    ),
)
