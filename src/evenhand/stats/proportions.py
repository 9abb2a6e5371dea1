"""Wilson's score interval for a proportion: detained people who were restrained, people who recovered.

    p' = (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n),   p = x/n

Source: Wilson E. B. (1927), Probable inference, the law of succession, and statistical inference, J. Am. Stat. Assoc.
22, 209-212; compared with six others by Newcombe R. G. (1998), Stat. Med. 17, 857-872 (his method 3).

Where it fails: the events must be independent and part of the population (a rate per bed day is not: use
``evenhand.stats.rates``). Its coverage is right on average over p, not at each p: a 95 % interval covers 95.1 to 95.4 %
on average for n of 10 to 100, but 84 % at the worst p, close to 0 or 1. The population counts as fixed and exact.
"""

from math import isnan, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike

from evenhand.stats.arguments import checked_proportion_counts, critical_value
from evenhand.stats.estimates import SHARE, Estimate, Estimates
from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.statuses import Status, status_of_rate

WILSON = "Wilson"


def wilson_interval(events: float, population: float, *, confidence: float = 0.95) -> Interval:
    """The Wilson interval of ``events`` of ``population``, as a share from 0 to 1.

    Exactly 0 below when nobody had the event, exactly 1 above when everybody had it. ``nan`` for a population of 0
    and where a number is missing. Raises InputRefused when a count is negative or the part is larger than the whole.
    """
    checked_proportion_counts(events, population)
    z = critical_value(confidence)
    if population == 0 or isnan(events) or isnan(population):
        return Interval(nan, nan)
    p = events / population
    centre = p + z**2 / (2 * population)
    margin = z * sqrt(p * (1 - p) / population + z**2 / (4 * population**2))
    scale = 1 + z**2 / population
    # In floating point centre and margin cancel to 1e-17, not to 0, at 0 of n; likewise at n of n.
    lower = 0.0 if events == 0 else (centre - margin) / scale
    upper = 1.0 if events == population else (centre + margin) / scale
    return Interval(lower, upper)


def wilson_intervals(events: ArrayLike, population: ArrayLike, *, confidence: float = 0.95) -> IntervalArray:
    """``wilson_interval`` for arrays that broadcast to one shape."""
    x, n = checked_proportion_counts(events, population)
    z = critical_value(confidence)
    p, n = _share(x, n), np.where(n > 0, n, nan)
    centre = p + z**2 / (2 * n)
    margin = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    scale = 1 + z**2 / n
    lower = np.where(p == 0, 0.0, (centre - margin) / scale)
    upper = np.where(p == 1, 1.0, (centre + margin) / scale)
    return IntervalArray(lower, upper)


def proportion(events: float, population: float, *, confidence: float = 0.95) -> Estimate:
    """``events`` / ``population`` with its Wilson interval; ``nan`` for a population of 0."""
    x, n = checked_proportion_counts(events, population)
    return Estimate(
        interval=wilson_interval(events, population, confidence=confidence),
        value=events / population if population > 0 else nan,
        numerator=events,
        denominator=population,
        unit=SHARE,
        confidence=confidence,
        method=WILSON,
        status=Status(status_of_rate(x, n).item()),
    )


def proportions(events: ArrayLike, population: ArrayLike, *, confidence: float = 0.95) -> Estimates:
    """``proportion`` for arrays that broadcast to one shape."""
    x, n = checked_proportion_counts(events, population)
    return Estimates(
        interval=wilson_intervals(x, n, confidence=confidence),
        value=_share(x, n),
        numerator=x,
        denominator=n,
        unit=SHARE,
        confidence=confidence,
        method=WILSON,
        status=status_of_rate(x, n),
    )


def _share(x: FloatArray, n: FloatArray) -> FloatArray:
    return np.asarray(np.divide(x, n, out=np.full(x.shape, nan), where=n > 0))
