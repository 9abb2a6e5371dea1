"""Intervals with the rounding of published counts allowed for: chance and rounding together.

A count published as 50, rounded to 5, may be any of 48 to 52. The interval here is the union of the intervals of every
count, or pair of counts, that rounds to what was published: its lower limit is the smallest of their lower limits, its
upper limit the largest of their upper limits.

    rate         lower limit at (smallest count, largest population), upper limit at (largest, smallest)
    a/b, a - b   lower limit at (lowest a, highest b), upper limit at (highest a, lowest b)

No search is needed, because every limit rises with its count: Byar's and Wilson's do, and so do MOVER's of a ratio and
of a difference, since neither ln a - √(ln²(a/l) + q²) nor a - √((a - l)² + q²) ever falls when a and l rise. A property
test tries every pair. Gaps to the average of everybody, and excess events, are in ``evenhand.stats.rounded_gaps``.

Source: the union over what is compatible with the published figure is the interval of a partly identified quantity
(Manski C. F. (2003), Partial Identification of Probability Distributions, Springer). It holds the interval of the true
count, whichever that is, and so covers at least as often.

Where it fails: it answers for rounding alone. Suppressed counts, and rounding that is random or known to keep totals,
need other bounds: give those as ``smallest`` and ``largest``. A bound that is missing (``nan``) leaves no interval in
its place.
"""

from math import isnan, nan

import numpy as np
from numpy.typing import ArrayLike

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_counts
from evenhand.stats.estimates import Estimate, Estimates
from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.mover import (
    Part,
    Parts,
    difference_interval,
    difference_intervals,
    ratio_interval,
    ratio_intervals,
)
from evenhand.stats.proportions import proportion, proportions
from evenhand.stats.rates import crude_rate, crude_rates


def rate_interval_with_rounding(
    smallest: float,
    largest: float,
    population: float,
    *,
    population_margin: float = 0,
    per: float = 100_000,
    confidence: float = 0.95,
) -> Interval:
    """The Byar interval per ``per`` when the count lies between ``smallest`` and ``largest``.

    ``population_margin``: by how much the true population may differ from ``population``; 0 for an exact one. ``nan``
    for a population of 0. Raises InputRefused for bounds in the wrong order, a margin that could leave no population,
    and what ``crude_rate`` refuses.
    """
    return _union(*_rate_extremes(smallest, largest, population, population_margin, per, confidence))


def rate_intervals_with_rounding(
    smallest: ArrayLike,
    largest: ArrayLike,
    population: ArrayLike,
    *,
    population_margin: ArrayLike = 0,
    per: float = 100_000,
    confidence: float = 0.95,
) -> IntervalArray:
    """``rate_interval_with_rounding`` for arrays that broadcast to one shape."""
    return _unions(*_rates_extremes(smallest, largest, population, population_margin, per, confidence))


def rate_ratio_interval_with_rounding(
    smallest_a: float,
    largest_a: float,
    population_a: float,
    smallest_b: float,
    largest_b: float,
    population_b: float,
    *,
    population_margin_a: float = 0,
    population_margin_b: float = 0,
    confidence: float = 0.95,
) -> Interval:
    """The interval of ``rate_ratio`` when each count lies between its ``smallest`` and its ``largest``."""
    return _ratio_union(
        _rate_extremes(smallest_a, largest_a, population_a, population_margin_a, 1, confidence),
        _rate_extremes(smallest_b, largest_b, population_b, population_margin_b, 1, confidence),
    )


def rate_ratio_intervals_with_rounding(
    smallest_a: ArrayLike,
    largest_a: ArrayLike,
    population_a: ArrayLike,
    smallest_b: ArrayLike,
    largest_b: ArrayLike,
    population_b: ArrayLike,
    *,
    population_margin_a: ArrayLike = 0,
    population_margin_b: ArrayLike = 0,
    confidence: float = 0.95,
) -> IntervalArray:
    """``rate_ratio_interval_with_rounding`` for arrays that broadcast to one shape."""
    return _ratio_unions(
        _rates_extremes(smallest_a, largest_a, population_a, population_margin_a, 1, confidence),
        _rates_extremes(smallest_b, largest_b, population_b, population_margin_b, 1, confidence),
    )


def rate_difference_interval_with_rounding(
    smallest_a: float,
    largest_a: float,
    population_a: float,
    smallest_b: float,
    largest_b: float,
    population_b: float,
    *,
    population_margin_a: float = 0,
    population_margin_b: float = 0,
    per: float = 100_000,
    confidence: float = 0.95,
) -> Interval:
    """The interval of ``rate_difference`` when each count lies between its ``smallest`` and its ``largest``."""
    return _difference_union(
        _rate_extremes(smallest_a, largest_a, population_a, population_margin_a, per, confidence),
        _rate_extremes(smallest_b, largest_b, population_b, population_margin_b, per, confidence),
    )


def rate_difference_intervals_with_rounding(
    smallest_a: ArrayLike,
    largest_a: ArrayLike,
    population_a: ArrayLike,
    smallest_b: ArrayLike,
    largest_b: ArrayLike,
    population_b: ArrayLike,
    *,
    population_margin_a: ArrayLike = 0,
    population_margin_b: ArrayLike = 0,
    per: float = 100_000,
    confidence: float = 0.95,
) -> IntervalArray:
    """``rate_difference_interval_with_rounding`` for arrays that broadcast to one shape."""
    return _difference_unions(
        _rates_extremes(smallest_a, largest_a, population_a, population_margin_a, per, confidence),
        _rates_extremes(smallest_b, largest_b, population_b, population_margin_b, per, confidence),
    )


def proportion_interval_with_rounding(
    smallest: float,
    largest: float,
    smallest_population: float,
    largest_population: float,
    *,
    confidence: float = 0.95,
) -> Interval:
    """The Wilson interval when part and whole each lie between their bounds and the part is within the whole.

    Counts here are whole numbers. ``nan`` when the population can only be 0. Raises InputRefused for bounds in the
    wrong order, and when even the smallest part is larger than the largest whole.
    """
    return _union(*_proportion_extremes(smallest, largest, smallest_population, largest_population, confidence))


def proportion_intervals_with_rounding(
    smallest: ArrayLike,
    largest: ArrayLike,
    smallest_population: ArrayLike,
    largest_population: ArrayLike,
    *,
    confidence: float = 0.95,
) -> IntervalArray:
    """``proportion_interval_with_rounding`` for arrays that broadcast to one shape."""
    return _unions(*_proportions_extremes(smallest, largest, smallest_population, largest_population, confidence))


def proportion_ratio_interval_with_rounding(
    bounds_a: tuple[float, float, float, float],
    bounds_b: tuple[float, float, float, float],
    *,
    confidence: float = 0.95,
) -> Interval:
    """The interval of ``proportion_ratio`` when each part and each whole lies between its bounds.

    ``bounds_a`` and ``bounds_b`` are the four arguments of ``proportion_interval_with_rounding``.
    """
    return _ratio_union(_proportion_extremes(*bounds_a, confidence), _proportion_extremes(*bounds_b, confidence))


def proportion_ratio_intervals_with_rounding(
    bounds_a: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike],
    bounds_b: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike],
    *,
    confidence: float = 0.95,
) -> IntervalArray:
    """``proportion_ratio_interval_with_rounding`` for arrays that broadcast to one shape."""
    return _ratio_unions(_proportions_extremes(*bounds_a, confidence), _proportions_extremes(*bounds_b, confidence))


def proportion_difference_interval_with_rounding(
    bounds_a: tuple[float, float, float, float],
    bounds_b: tuple[float, float, float, float],
    *,
    confidence: float = 0.95,
) -> Interval:
    """The interval of ``proportion_difference``; bounds as for ``proportion_ratio_interval_with_rounding``."""
    return _difference_union(_proportion_extremes(*bounds_a, confidence), _proportion_extremes(*bounds_b, confidence))


def proportion_difference_intervals_with_rounding(
    bounds_a: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike],
    bounds_b: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike],
    *,
    confidence: float = 0.95,
) -> IntervalArray:
    """``proportion_difference_interval_with_rounding`` for arrays that broadcast to one shape."""
    return _difference_unions(
        _proportions_extremes(*bounds_a, confidence), _proportions_extremes(*bounds_b, confidence)
    )


def _rate_extremes(
    smallest: float, largest: float, population: float, margin: float, per: float, confidence: float
) -> tuple[Estimate, Estimate]:
    """The lowest and the highest rate that the published figures allow."""
    _check_order(smallest, largest, "count")
    _check_margin(population, margin)
    return (
        crude_rate(smallest, population + margin, per=per, confidence=confidence),
        crude_rate(largest, population - margin, per=per, confidence=confidence),
    )


def _rates_extremes(
    smallest: ArrayLike, largest: ArrayLike, population: ArrayLike, margin: ArrayLike, per: float, confidence: float
) -> tuple[Estimates, Estimates]:
    low, high = _check_order(smallest, largest, "count")
    n, m = _check_margin(population, margin)
    return (
        crude_rates(low, n + m, per=per, confidence=confidence),
        crude_rates(high, n - m, per=per, confidence=confidence),
    )


def _proportion_extremes(
    smallest: float, largest: float, smallest_population: float, largest_population: float, confidence: float
) -> tuple[Estimate, Estimate]:
    """The lowest and the highest proportion that the published figures allow.

    Nobody of 0 is no proportion, so the smallest whole considered is 1. Where the largest part fills the smallest
    whole, everybody may have had the event.
    """
    _check_order(smallest, largest, "count")
    _check_order(smallest_population, largest_population, "population")
    whole = min(max(smallest_population, 1), largest_population)
    return (
        proportion(smallest, largest_population, confidence=confidence),
        proportion(min(largest, whole), whole, confidence=confidence),
    )


def _proportions_extremes(
    smallest: ArrayLike,
    largest: ArrayLike,
    smallest_population: ArrayLike,
    largest_population: ArrayLike,
    confidence: float,
) -> tuple[Estimates, Estimates]:
    low, high = _check_order(smallest, largest, "count")
    fewest, most = _check_order(smallest_population, largest_population, "population")
    whole = np.minimum(np.maximum(fewest, 1), most)
    return (
        proportions(low, most, confidence=confidence),
        proportions(np.minimum(high, whole), whole, confidence=confidence),
    )


def _union(lowest: Part, highest: Part) -> Interval:
    return _both(lowest.interval.lower, highest.interval.upper)


def _unions(lowest: Parts, highest: Parts) -> IntervalArray:
    return _both_in_each(lowest.interval.lower, highest.interval.upper)


def _ratio_union(a: tuple[Part, Part], b: tuple[Part, Part]) -> Interval:
    (lowest_a, highest_a), (lowest_b, highest_b) = a, b
    return _both(ratio_interval(lowest_a, highest_b).lower, ratio_interval(highest_a, lowest_b).upper)


def _ratio_unions(a: tuple[Parts, Parts], b: tuple[Parts, Parts]) -> IntervalArray:
    (lowest_a, highest_a), (lowest_b, highest_b) = a, b
    return _both_in_each(ratio_intervals(lowest_a, highest_b).lower, ratio_intervals(highest_a, lowest_b).upper)


def _difference_union(a: tuple[Part, Part], b: tuple[Part, Part]) -> Interval:
    (lowest_a, highest_a), (lowest_b, highest_b) = a, b
    return _both(difference_interval(lowest_a, highest_b).lower, difference_interval(highest_a, lowest_b).upper)


def _difference_unions(a: tuple[Parts, Parts], b: tuple[Parts, Parts]) -> IntervalArray:
    (lowest_a, highest_a), (lowest_b, highest_b) = a, b
    return _both_in_each(
        difference_intervals(lowest_a, highest_b).lower, difference_intervals(highest_a, lowest_b).upper
    )


def _both(lower: float, upper: float) -> Interval:
    """Both limits, or none: a bound that is missing leaves no interval."""
    return Interval(nan, nan) if isnan(lower) or isnan(upper) else Interval(lower, upper)


def _both_in_each(lower: FloatArray, upper: FloatArray) -> IntervalArray:
    missing = np.isnan(lower) | np.isnan(upper)
    return IntervalArray(np.where(missing, nan, lower), np.where(missing, nan, upper))


def _check_order(smallest: ArrayLike, largest: ArrayLike, name: str) -> tuple[FloatArray, FloatArray]:
    low, high = np.broadcast_arrays(
        checked_counts(smallest, f"smallest {name}"), checked_counts(largest, f"largest {name}")
    )
    if (low > high).any():
        raise InputRefused(f"bounds of a {name}: found a smallest above its largest; give the smallest first")
    return low, high


def _check_margin(population: ArrayLike, margin: ArrayLike) -> tuple[FloatArray, FloatArray]:
    n, m = np.broadcast_arrays(checked_counts(population, "population"), checked_counts(margin, "population margin"))
    if ((m > 0) & (m >= n)).any():
        raise InputRefused("population margin: found one as large as its population; a smaller one is right")
    return n, m
