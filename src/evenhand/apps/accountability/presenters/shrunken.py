"""What groups are ordered by: each value drawn towards the middle of all by how uncertain it is (empirical Bayes).

    rates       gamma-Poisson on the printed events and people, zeros welcome. A count rounded to r is known as well as
                a smaller exact one: rounding adds (r² - 1)/12 to the variance of its events, so that events and people
                are both taken 1/(1 + (r² - 1)/(12·e)) times, e the events expected at the rate of all groups.
    shares and  normal on the logarithm, the standard error that of the printed range with its rounding. A share of none
    published   has no logarithm: where a group has none, shares are taken as rates, which draws them in further.

All groups of a breakdown are treated alike, the comparison group among them: which one the others are compared with
changes nothing in their order. The result is shown as a ratio to the comparison group's printed value, and the two
ranges are joined by MOVER.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.publication.estimates import CONFIDENCE, PUBLISHED_INTERVAL
from evenhand.publication.observations import Estimate, ReleasedObservation
from evenhand.stats.estimates import RATIO, Estimates
from evenhand.stats.intervals import Interval, IntervalArray
from evenhand.stats.mover import ratio_interval
from evenhand.stats.proportions import WILSON
from evenhand.stats.shrinkage import FEWEST_GROUPS, Shrunken, shrunken_event_ratios, shrunken_ratios
from evenhand.stats.statuses import Status

FEWEST = FEWEST_GROUPS + 1  # the groups tell their middle as well
_ON_THE_LOGARITHM = {WILSON, PUBLISHED_INTERVAL}


@dataclass(frozen=True, slots=True)
class ShrunkenRatio:
    """How many times the comparison group's value a group's is, once drawn towards the middle.

    Attributes:
        value, interval: after it; share: of the way to the middle, from 0 (stays) to 1 (is the middle).
    """

    value: float
    interval: Interval
    share: float


@dataclass(frozen=True, slots=True)
class ShrunkenGroups:
    """The groups that could be shrunk, by their id, without the comparison group; ``method`` is empty for none."""

    ratios: Mapping[str, ShrunkenRatio]
    method: str = ""


def shrunken_groups(comparator: ReleasedObservation | None, groups: Sequence[ReleasedObservation]) -> ShrunkenGroups:
    """None are shrunk where nothing is compared or fewer than four groups have a figure to learn from."""
    if comparator is None or comparator.value is None or comparator.value.value <= 0:
        return ShrunkenGroups({})
    figures = [(row, row.value) for row in groups if row.value is not None]
    rows, values = [row for row, _value in figures], [value for _row, value in figures]
    on_the_logarithm = all(value.method in _ON_THE_LOGARITHM and value.value > 0 for value in values)
    if on_the_logarithm or np.isnan(_printed(comparator)).any():
        found = shrunken_ratios(_ratios(values, comparator.value.value))
    else:
        found = _by_events(rows, comparator)
    compared_with = _Part(1.0, _in_times(comparator.value, comparator.value.value))
    ratios = {
        row.group: _to_the_comparator(found, place, compared_with)
        for place, row in enumerate(rows)
        if row.ratio is not None and found.status[place] == Status.GIVEN
    }
    return ShrunkenGroups(ratios, found.method if ratios else "")


@dataclass(frozen=True, slots=True)
class _Part:
    value: float
    interval: Interval


def _to_the_comparator(found: Shrunken, place: int, compared_with: _Part) -> ShrunkenRatio:
    value = float(found.value[place])
    interval = Interval(float(found.interval.lower[place]), float(found.interval.upper[place]))
    return ShrunkenRatio(value, ratio_interval(_Part(value, interval), compared_with), float(found.share[place]))


def _ratios(values: Sequence[Estimate], reference: float) -> Estimates:
    """Values over the reference, itself taken for exact, with their ranges from chance and rounding."""
    intervals = [_in_times(value, reference) for value in values]
    times = np.array([value.value / reference for value in values])
    return Estimates(
        value=times,
        interval=IntervalArray(
            np.array([interval.lower for interval in intervals]), np.array([interval.upper for interval in intervals])
        ),
        numerator=times * reference,
        denominator=np.full(len(values), reference),
        unit=RATIO,
        confidence=CONFIDENCE,
        method="; ".join(sorted({value.method for value in values})),
        status=np.full(len(values), Status.GIVEN, dtype=np.uint8),
    )


def _by_events(rows: Sequence[ReleasedObservation], comparator: ReleasedObservation) -> Shrunken:
    """Events over those expected at the comparison group's rate; a figure without printed counts is left out."""
    events = np.array([_printed(row)[0] for row in rows])
    people = np.array([_printed(row)[1] for row in rows])
    reference = np.divide(*_printed(comparator))
    rate_of_all = np.nansum(events) / np.nansum(people)
    rounding = np.array([(row.numerator.rounded_to**2 - 1) / 12 for row in rows])
    as_well_known_as = 1 / (1 + rounding / (people * rate_of_all))
    return shrunken_event_ratios(events * as_well_known_as, people * reference * as_well_known_as)


def _printed(row: ReleasedObservation) -> tuple[float, float]:
    counts = (row.numerator.value, row.denominator.value)
    if counts[0] is None or not counts[1]:
        return np.nan, np.nan
    return float(counts[0]), float(counts[1])


def _in_times(estimate: Estimate, reference: float) -> Interval:
    """The range from chance and rounding, as so many times the reference."""
    return Interval(estimate.lower_with_rounding / reference, estimate.upper_with_rounding / reference)
