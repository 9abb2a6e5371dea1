"""MOVER: the interval of a ratio or a difference, made of the intervals of its two parts ("method of variance estimates
recovery"). Each part is an estimate with a value and limits l and u; neither is negative. r is their correlation: 0
for independent parts, above 0 for a group and a total that contains it.

    difference a - b:   L = a - b - √((a - l_a)² + (u_b - b)² - 2r·(a - l_a)·(u_b - b))
                        U = a - b + √((u_a - a)² + (b - l_b)² - 2r·(u_a - a)·(b - l_b))
    ratio a/b:          the same on the logarithms of values and limits, then exponentiated
    ratio when a = 0:   L = 0,   U = u_a / √(l_b·(2b - l_b))
    ratio when b = 0:   L = √(l_a·(2a - l_a)) / u_b,   U = ∞

Sources: Zou G. Y. and Donner A. (2008), Stat. Med. 27, 1693-1702, for the difference and the logarithms; Zou G. Y.
(2008), Am. J. Epidemiol. 168, 212-224, for parts that are correlated. A zero has no
logarithm: there the same authors' limits of a ratio on its own scale hold (Donner A. and Zou G. Y. (2012), Stat.
Methods Med. Res. 21, 347-359), which for a = 0 shorten to the line above. Taking the limit of the logarithms instead,
u_a/b, would forget that b is uncertain: over a grid of small rates its worst coverage is 93.3 %, with this rule 95.7 %.

Where it fails: it can be no better than the limits and the correlation it is given. Two zeros say nothing: the ratio
is ``nan``, its interval 0 to ∞. A zero has no logarithm to be correlated, so there r is not used.
"""

from math import exp, inf, isnan, log, nan, sqrt
from typing import Protocol

import numpy as np

from evenhand.stats.intervals import FloatArray, Interval, IntervalArray


class Part(Protocol):
    """Anything with a value and an interval: a rate, a proportion, a standardised rate."""

    @property
    def value(self) -> float: ...

    @property
    def interval(self) -> Interval: ...


class Parts(Protocol):
    """The same in arrays of one shape."""

    @property
    def value(self) -> FloatArray: ...

    @property
    def interval(self) -> IntervalArray: ...


def ratio_value(a: float, b: float) -> float:
    """a/b; ``inf`` for a > 0 over 0, ``nan`` for 0 over 0 and where either is ``nan``."""
    if b == 0:
        return inf if a > 0 else nan
    return a / b


def ratio_interval(a: Part, b: Part, *, correlation: float = 0.0) -> Interval:
    """The interval of a/b. ``nan`` where either part has no interval."""
    if isnan(a.interval.lower) or isnan(b.interval.lower):
        return Interval(nan, nan)
    if a.value == 0 and b.value == 0:
        return Interval(0.0, inf)
    if a.value == 0:
        return Interval(0.0, ratio_value(a.interval.upper, _lower_on_ratio_scale(b)))
    if b.value == 0:
        return Interval(_lower_on_ratio_scale(a) / b.interval.upper, inf)
    ratio = a.value / b.value
    below = _distance(_log_ratio(a.value, a.interval.lower), _log_ratio(b.interval.upper, b.value), correlation)
    above = _distance(_log_ratio(a.interval.upper, a.value), _log_ratio(b.value, b.interval.lower), correlation)
    return Interval(ratio * exp(-below), ratio * exp(above))


def _distance(one: float, other: float, correlation: float) -> float:
    """√(one² + other² - 2r·one·other): how far the limit lies from the value."""
    if one == inf or other == inf:
        return inf
    return sqrt(max(0.0, one**2 + other**2 - 2 * correlation * one * other))


def _log_ratio(above: float, below: float) -> float:
    """ln(above/below); infinite where a lower limit is 0, so that the ratio has no limit on that side."""
    return log(above / below) if below > 0 else inf


def _lower_on_ratio_scale(part: Part) -> float:
    """√(l·(2v - l)), between the lower limit and the value: what the part still counts for when the other is 0."""
    return sqrt(part.interval.lower * (2 * part.value - part.interval.lower))


def difference_interval(a: Part, b: Part, *, correlation: float = 0.0) -> Interval:
    """The interval of a - b. ``nan`` where either part has no interval."""
    if isnan(a.interval.lower) or isnan(b.interval.lower):
        return Interval(nan, nan)
    below = _distance(a.value - a.interval.lower, b.interval.upper - b.value, correlation)
    above = _distance(a.interval.upper - a.value, b.value - b.interval.lower, correlation)
    difference = a.value - b.value
    return Interval(difference - below, difference + above)


def ratio_values(a: FloatArray, b: FloatArray) -> FloatArray:
    """``ratio_value`` for arrays of one shape."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(a / b)


def ratio_intervals(a: Parts, b: Parts, *, correlation: FloatArray | float = 0.0) -> IntervalArray:
    """``ratio_interval`` for arrays of one shape."""
    lower_a, upper_a, lower_b, upper_b = a.interval.lower, a.interval.upper, b.interval.lower, b.interval.upper
    none_in_a, none_in_b = a.value == 0, b.value == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = a.value / b.value
        below = _distances(np.log(a.value / lower_a), np.log(upper_b / b.value), correlation)
        above = _distances(np.log(upper_a / a.value), np.log(b.value / lower_b), correlation)
        lower = np.where(none_in_b, _lower_limits_on_ratio_scale(a) / upper_b, ratio * np.exp(-below))
        upper = np.where(none_in_a, upper_a / _lower_limits_on_ratio_scale(b), ratio * np.exp(above))
    has_interval = ~(np.isnan(lower_a) | np.isnan(lower_b))
    lower = np.where(has_interval, np.where(none_in_a, 0.0, lower), nan)
    upper = np.where(has_interval, np.where(none_in_b, inf, upper), nan)
    return IntervalArray(lower, upper)


def _distances(one: FloatArray, other: FloatArray, correlation: FloatArray | float) -> FloatArray:
    squared = one**2 + other**2 - 2 * correlation * one * other
    squared = np.where(np.isinf(one) | np.isinf(other), inf, squared)
    return np.asarray(np.sqrt(np.maximum(squared, 0.0)))


def _lower_limits_on_ratio_scale(parts: Parts) -> FloatArray:
    return np.asarray(np.sqrt(parts.interval.lower * (2 * parts.value - parts.interval.lower)))


def difference_intervals(a: Parts, b: Parts, *, correlation: FloatArray | float = 0.0) -> IntervalArray:
    """``difference_interval`` for arrays of one shape."""
    below = _distances(a.value - a.interval.lower, b.interval.upper - b.value, correlation)
    above = _distances(a.interval.upper - a.value, b.value - b.interval.lower, correlation)
    difference = a.value - b.value
    return IntervalArray(difference - below, difference + above)
