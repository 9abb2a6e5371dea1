"""The methods for counts that are not known exactly: published rounded, or hidden with their bounds known.

They give limits and no value: of the counts that a published one may be, none is more right than the others.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from evenhand.stats.estimates import RATIO, SHARE, per_unit
from evenhand.stats.excess import EVENTS
from evenhand.stats.gaps import other_side
from evenhand.stats.grids import Grid
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.methods.gaps import REFERENCE, needs_hidden, reference_of
from evenhand.stats.methods.levels import CONFIDENCE, GROUP, PER, POPULATION
from evenhand.stats.methods.method import Answer, Method, Options, Result, Role
from evenhand.stats.methods.two_groups import B_NAME, of_both
from evenhand.stats.rounded_counts import (
    proportion_difference_intervals_with_rounding,
    proportion_intervals_with_rounding,
    proportion_ratio_intervals_with_rounding,
    rate_difference_intervals_with_rounding,
    rate_intervals_with_rounding,
    rate_ratio_intervals_with_rounding,
)
from evenhand.stats.rounded_gaps import RoundedGaps, proportion_gaps_with_rounding, rate_gaps_with_rounding
from evenhand.stats.statuses import Status, StatusArray, first_reason

_METHOD = "all intervals of all counts that it may be, joined"
_RATE = ("smallest", "largest", "population")
_SHARE = ("smallest", "largest", "smallest_population", "largest_population")


def _margin(grid: Grid, name: str = "population_margin") -> FloatArray:
    """By how much a population may be off: not at all where the table does not say."""
    return grid.counts(name) if name in grid.numbers else np.zeros(grid.shape)


def _rate(grid: Grid, options: Options) -> Answer:
    counts = [grid.numbers[role] for role in _RATE]
    shared: dict[str, float] = {"per": options["per"], "confidence": options["confidence"]}
    found = rate_intervals_with_rounding(*counts, population_margin=_margin(grid), **shared)
    return Answer({"rate": _limits(found, _of_rows(grid, found), per_unit(options["per"]), options)})


def _share(grid: Grid, options: Options) -> Answer:
    counts = [grid.numbers[role] for role in _SHARE]
    found = proportion_intervals_with_rounding(*counts, confidence=options["confidence"])
    return Answer({"share": _limits(found, _of_rows(grid, found), SHARE, options)})


def _rate_comparison(grid: Grid, options: Options) -> Answer:
    counts = [grid.numbers[f"{role}_{side}"] for side in "ab" for role in _RATE]
    margins = {name: _margin(grid, name) for name in ("population_margin_a", "population_margin_b")}
    per, confidence = options["per"], options["confidence"]
    difference = rate_difference_intervals_with_rounding(*counts, **margins, per=per, confidence=confidence)
    ratio = rate_ratio_intervals_with_rounding(*counts, **margins, confidence=confidence)
    return _comparison(grid, options, difference, ratio, per_unit(per))


def _share_comparison(grid: Grid, options: Options) -> Answer:
    bounds: list[Any] = [tuple(grid.numbers[f"{role}_{side}"] for role in _SHARE) for side in "ab"]
    difference = proportion_difference_intervals_with_rounding(*bounds, confidence=options["confidence"])
    ratio = proportion_ratio_intervals_with_rounding(*bounds, confidence=options["confidence"])
    return _comparison(grid, options, difference, ratio, SHARE)


def _comparison(grid: Grid, options: Options, difference: IntervalArray, ratio: IntervalArray, unit: str) -> Answer:
    results = (("difference", difference, unit), ("ratio", ratio, RATIO))
    return Answer(
        {name: _limits(found, _of_rows(grid, found), of, options, options["reference"]) for name, found, of in results}
    )


def _of_rows(grid: Grid, found: IntervalArray) -> StatusArray:
    return first_reason(
        grid.shape, (grid.incomplete, Status.MISSING_INPUT), (np.isnan(found.lower), Status.NO_POPULATION)
    )


def _limits(found: IntervalArray, status: StatusArray, unit: str, options: Options, reference: str = "") -> Result:
    figures = {
        "lower": found.lower,
        "upper": found.upper,
        "unit": unit,
        "confidence": options["confidence"],
        "method": _METHOD,
        "reference": reference,
    }
    return Result(figures, status)


def _rate_gap(grid: Grid, options: Options) -> Answer:
    counts, margin = [grid.counts(role) for role in _RATE], _margin(grid)
    per, confidence = options["per"], options["confidence"]

    def gaps(**groups_and_reference: Any) -> RoundedGaps:
        return rate_gaps_with_rounding(
            *counts, population_margin=margin, per=per, confidence=confidence, **groups_and_reference
        )

    return _gaps(grid, options, [*counts, margin], counts[2], gaps, per_unit(per))


def _share_gap(grid: Grid, options: Options) -> Answer:
    counts, confidence = [grid.counts(role) for role in _SHARE], options["confidence"]

    def gaps(**groups_and_reference: Any) -> RoundedGaps:
        return proportion_gaps_with_rounding(*counts, confidence=confidence, **groups_and_reference)

    return _gaps(grid, options, counts, counts[3], gaps, SHARE)


def _gaps(
    grid: Grid,
    options: Options,
    counts: list[FloatArray],
    people: FloatArray,
    gaps: Callable[..., RoundedGaps],
    unit: str,
) -> Answer:
    """A named reference is not compared with itself. ``counts``: all that each group's limits are made of."""
    groups = grid.names(1)
    reference = reference_of(options, groups)
    found = gaps(groups=groups, reference=reference)
    others = [other_side(each, groups, reference, axis=-1) for each in counts]
    missing = np.isnan(sum(counts)) | np.isnan(sum(others))
    kept = np.array([place for place, group in enumerate(groups) if group != reference.group], dtype=np.intp)

    def limits(intervals: IntervalArray, of: str) -> Result:
        none = np.isnan(intervals.lower)
        status = first_reason(
            grid.shape,
            (missing & none, Status.MISSING_INPUT),
            (none & (people == 0), Status.NO_POPULATION),
            (none, Status.NOTHING_TO_COMPARE_WITH),
        )
        picked = IntervalArray(intervals.lower[:, kept], intervals.upper[:, kept])
        return _limits(picked, status[:, kept], of, options, str(reference))

    results = {
        "difference": limits(found.difference, unit),
        "ratio": limits(found.ratio, RATIO),
        "excess events": limits(found.excess, EVENTS),
    }
    return Answer(results, kept=kept, hidden=needs_hidden(grid, reference))


_SMALLEST = Role("smallest", "the smallest that the count can be")
_LARGEST = Role("largest", "the largest that the count can be")
_MARGIN = Role("population_margin", "by how much the population may be off; 0 when left out", required=False)
_RATE_ROLES = (_SMALLEST, _LARGEST, POPULATION, _MARGIN)
_SHARE_ROLES = (
    _SMALLEST,
    _LARGEST,
    Role("smallest_population", "the smallest that the whole can be"),
    Role("largest_population", "the largest that the whole can be"),
)

ROUNDED = (
    Method(
        name="rounded-rate",
        title="the limits of a rate",
        module="evenhand.stats.rounded_counts",
        roles=_RATE_ROLES,
        options=(PER, CONFIDENCE),
        run=_rate,
    ),
    Method(
        name="rounded-proportion",
        title="the limits of a share, of which the whole may be rounded too",
        module="evenhand.stats.rounded_counts",
        roles=_SHARE_ROLES,
        options=(CONFIDENCE,),
        run=_share,
    ),
    Method(
        name="rounded-rate-comparison",
        title="the limits of difference and ratio of two rates in each row, a against b",
        module="evenhand.stats.rounded_counts",
        roles=of_both(*_RATE_ROLES),
        options=(PER, CONFIDENCE, B_NAME),
        run=_rate_comparison,
    ),
    Method(
        name="rounded-proportion-comparison",
        title="the limits of difference and ratio of two shares in each row, a against b",
        module="evenhand.stats.rounded_counts",
        roles=of_both(*_SHARE_ROLES),
        options=(CONFIDENCE, B_NAME),
        run=_share_comparison,
    ),
    Method(
        name="rounded-rate-gap",
        title="the limits of each group's gap in rates against a stated reference",
        module="evenhand.stats.rounded_gaps",
        labels=(GROUP,),
        roles=_RATE_ROLES,
        options=(REFERENCE, PER, CONFIDENCE),
        run=_rate_gap,
    ),
    Method(
        name="rounded-proportion-gap",
        title="the limits of each group's gap in shares against a stated reference",
        module="evenhand.stats.rounded_gaps",
        labels=(GROUP,),
        roles=_SHARE_ROLES,
        options=(REFERENCE, CONFIDENCE),
        run=_share_gap,
    ),
)
