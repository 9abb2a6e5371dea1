"""How far groups lie from the comparison group and from the average of everybody: worked out from printed counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan

import numpy as np

from evenhand.apps.accountability.presenters.breakdowns import Breakdown
from evenhand.datasets.counts import CellStatus
from evenhand.indicators.specification import Statistic, Version
from evenhand.publication.observations import Estimate, ReleasedObservation
from evenhand.stats.estimates import Estimates
from evenhand.stats.gaps import Gaps, proportion_gaps, rate_gaps
from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.mover import difference_interval
from evenhand.stats.references import POPULATION_AVERAGE, Reference, reference_group
from evenhand.stats.rounded_gaps import RoundedGaps, proportion_gaps_with_rounding, rate_gaps_with_rounding

PUBLISHED_DIFFERENCE = "MOVER on published half-widths"


@dataclass(frozen=True, slots=True)
class Gap:
    """One group against one reference; None for what the figures do not give.

    Attributes:
        difference: in the unit of the figures (per 100,000 people, per cent).
        excess: events more than at the reference's rate; below 0 for fewer.
    """

    difference: Estimate
    ratio: Estimate | None
    excess: Estimate | None


@dataclass(frozen=True, slots=True)
class GapFigures:
    """By group: against the comparison group, and against the average of everybody whose ethnicity is recorded."""

    to_comparator: Mapping[str, Gap]
    to_average: Mapping[str, Gap] = field(default_factory=dict)


def gap_figures(version: Version, breakdown: Breakdown) -> GapFigures:
    """Empty where nothing is compared. There is no average where the count of a group is not printed."""
    comparator = breakdown.comparator
    if comparator is None or not breakdown.compared:
        return GapFigures({})
    if version.statistic is Statistic.PUBLISHED_RATE:
        return GapFigures({row.group: _of_published(row, comparator) for row in breakdown.compared})
    counted = [row for row in breakdown.groups if has_counts(row)]
    compared = {row.group for row in breakdown.compared}
    to_comparator = _gaps(version, counted, reference_group(comparator.group))
    to_average = _gaps(version, counted, POPULATION_AVERAGE) if len(counted) == len(breakdown.groups) else {}
    return GapFigures({group: gap for group, gap in to_comparator.items() if group in compared}, to_average)


def has_counts(row: ReleasedObservation) -> bool:
    """Whether both counts are printed, and there is somebody to count out of whatever the rounding hides."""
    if row.numerator.status is not CellStatus.PUBLISHED or row.denominator.status is not CellStatus.PUBLISHED:
        return False
    return row.denominator.smallest > 0


def _of_published(row: ReleasedObservation, comparator: ReleasedObservation) -> Gap:
    a, b = _part(row), _part(comparator)
    interval = difference_interval(a, b)
    return Gap(_estimate(a.value - b.value, interval, interval, PUBLISHED_DIFFERENCE), row.ratio, None)


@dataclass(frozen=True, slots=True)
class _Part:
    value: float
    interval: Interval


def _part(row: ReleasedObservation) -> _Part:
    if row.value is None:
        raise ValueError(f"{row.group}: a group that is compared has a value")
    return _Part(row.value.value, Interval(row.value.lower, row.value.upper))


def _gaps(version: Version, rows: Sequence[ReleasedObservation], reference: Reference) -> Mapping[str, Gap]:
    names = [row.group for row in rows]
    found, rounded = _of_shares(rows, reference) if _is_share(version) else _of_rates(version, rows, reference)
    scale = version.per if _is_share(version) else 1.0
    differences = _estimates(found.difference, rounded.difference, scale)
    ratios = _estimates(found.ratio, rounded.ratio)
    excesses = _estimates(found.excess, rounded.excess)
    gaps = {}
    for name, difference, ratio, excess in zip(names, differences, ratios, excesses, strict=True):
        if difference is not None:
            gaps[name] = Gap(difference, ratio, excess)
    return gaps


def _is_share(version: Version) -> bool:
    return version.statistic is Statistic.PROPORTION


def _of_rates(version: Version, rows: Sequence[ReleasedObservation], reference: Reference) -> tuple[Gaps, RoundedGaps]:
    names = [row.group for row in rows]
    events, people = _counts(rows)
    rounded = rate_gaps_with_rounding(
        [row.numerator.smallest for row in rows],
        [row.numerator.largest for row in rows],
        people,
        population_margin=[row.denominator.rounded_to // 2 for row in rows],
        groups=names,
        reference=reference,
        per=version.per,
    )
    return rate_gaps(events, people, groups=names, reference=reference, per=version.per), rounded


def _of_shares(rows: Sequence[ReleasedObservation], reference: Reference) -> tuple[Gaps, RoundedGaps]:
    names = [row.group for row in rows]
    rounded = proportion_gaps_with_rounding(
        [row.numerator.smallest for row in rows],
        [row.numerator.largest for row in rows],
        [row.denominator.smallest for row in rows],
        [row.denominator.largest for row in rows],
        groups=names,
        reference=reference,
    )
    return proportion_gaps(*_counts(rows), groups=names, reference=reference), rounded


def _counts(rows: Sequence[ReleasedObservation]) -> tuple[FloatArray, FloatArray]:
    events = np.array([row.numerator.value for row in rows], dtype=np.float64)
    return events, np.array([row.denominator.value for row in rows], dtype=np.float64)


def _estimates(found: Estimates, rounded: IntervalArray, scale: float = 1.0) -> list[Estimate | None]:
    """None where there is no interval: the reference against itself, and what is not defined."""
    return [
        None
        if isnan(each.interval.lower) or isnan(lower) or np.isinf(each.value)
        else _estimate(each.value * scale, each.interval * scale, Interval(lower, upper) * scale, each.method)
        for each, lower, upper in zip(found, rounded.lower.tolist(), rounded.upper.tolist(), strict=True)
    ]


def _estimate(value: float, interval: Interval, rounded: Interval, method: str) -> Estimate:
    return Estimate(
        value=value,
        lower=interval.lower,
        upper=interval.upper,
        lower_with_rounding=rounded.lower,
        upper_with_rounding=rounded.upper,
        method=method,
    )
