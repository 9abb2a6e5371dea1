"""Wilson's and the exact interval for a proportion: detained people who were restrained, people who recovered.

    Wilson:           p' = (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n),   p = x/n
    Clopper-Pearson:  L = B(α/2; x, n-x+1),   U = B(1 - α/2; x+1, n-x),   α = 1 - confidence
                      L = 0 for x = 0,   U = 1 for x = n;   B(q; a, b) is the q quantile of the beta distribution

Sources: Wilson E. B. (1927), Probable inference, the law of succession, and statistical inference, J. Am. Stat. Assoc.
22, 209-212; compared with six others by Newcombe R. G. (1998), Stat. Med. 17, 857-872 (his method 3; Clopper-Pearson
is his method 5). Clopper C. J. and Pearson E. S. (1934), Biometrika 26, 404-413.

Wilson's is the default. Where it fails: the events must be independent and part of the population (a rate per bed day
is not: use ``evenhand.stats.rates``). Its coverage is right on average over p, not at each p: a 95 % interval covers
95.1 to 95.4 % on average for n of 10 to 100, but 84 % at the worst p, close to 0 or 1. The population counts as fixed
and exact. Clopper-Pearson never covers less than it says, and pays for it: at n of 20 a 95 % interval covers 97.7 %
on average, and is an eighth wider than Wilson's. Take it where being wrong too often is worse than knowing less.
"""

from enum import StrEnum
from math import isnan, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainccinv, betaincinv

from evenhand.stats.arguments import checked_confidence, checked_proportion_counts, critical_value
from evenhand.stats.blocks import blocks
from evenhand.stats.estimates import SHARE, Estimate, Estimates
from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.statuses import Status, status_of_rate


class ProportionMethod(StrEnum):
    """Which interval a proportion has."""

    WILSON = "Wilson"
    CLOPPER_PEARSON = "Clopper-Pearson"


WILSON = ProportionMethod.WILSON.value


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


def clopper_pearson_interval(events: float, population: float, *, confidence: float = 0.95) -> Interval:
    """The exact interval of ``events`` of ``population``; for the rest as ``wilson_interval``."""
    checked_proportion_counts(events, population)
    checked_confidence(confidence)
    if population == 0 or isnan(events) or isnan(population):
        return Interval(nan, nan)
    tail = (1 - confidence) / 2
    without = population - events
    lower = float(betaincinv(events, without + 1, tail)) if events > 0 else 0.0
    upper = float(betainccinv(events + 1, without, tail)) if without > 0 else 1.0
    return Interval(lower, upper)


def wilson_intervals(events: ArrayLike, population: ArrayLike, *, confidence: float = 0.95) -> IntervalArray:
    """``wilson_interval`` for arrays that broadcast to one shape."""
    x, n = checked_proportion_counts(events, population)
    z = critical_value(confidence)
    limits = np.empty((2, x.size))
    counts, people = x.reshape(-1), n.reshape(-1)
    for block in blocks(x.size):
        _fill_wilson_limits(counts[block], _somebody(people[block]), z, limits[0, block], limits[1, block])
    lower, upper = limits.reshape(2, *x.shape)
    return IntervalArray(lower, upper)


def _fill_wilson_limits(x: FloatArray, n: FloatArray, z: float, lower: FloatArray, upper: FloatArray) -> None:
    """The formula with n multiplied out, (x + z²/2 ± z·√(x·(n - x)/n + z²/4)) / (n + z²), in place for its speed."""
    without = n - x
    none, all_of_them = (x == 0) & (without > 0), without == 0
    margin = np.multiply(without, x, out=without)
    margin /= n
    margin += z**2 / 4
    np.sqrt(margin, out=margin)
    margin *= z
    np.add(x, z**2 / 2, out=upper)
    np.subtract(upper, margin, out=lower)
    upper += margin
    scale = np.add(n, z**2, out=margin)
    lower /= scale
    upper /= scale
    lower[none] = 0.0
    upper[all_of_them] = 1.0


def clopper_pearson_intervals(events: ArrayLike, population: ArrayLike, *, confidence: float = 0.95) -> IntervalArray:
    """``clopper_pearson_interval`` for arrays that broadcast to one shape."""
    x, n = checked_proportion_counts(events, population)
    checked_confidence(confidence)
    tail = (1 - confidence) / 2
    with np.errstate(invalid="ignore"):  # nothing of nothing
        lower = np.where(x == 0, 0.0, betaincinv(x, n - x + 1, tail))
        upper = np.where(x == n, 1.0, betainccinv(x + 1, n - x, tail))
    nobody = ~(n > 0)
    return IntervalArray(np.where(nobody, nan, lower), np.where(nobody, nan, upper))


def proportion(
    events: float,
    population: float,
    *,
    confidence: float = 0.95,
    method: ProportionMethod = ProportionMethod.WILSON,
) -> Estimate:
    """``events`` / ``population`` with its interval; ``nan`` for a population of 0."""
    x, n = checked_proportion_counts(events, population)
    interval = wilson_interval if method is ProportionMethod.WILSON else clopper_pearson_interval
    return Estimate(
        interval=interval(events, population, confidence=confidence),
        value=events / population if population > 0 else nan,
        numerator=events,
        denominator=population,
        unit=SHARE,
        confidence=confidence,
        method=method.value,
        status=Status(status_of_rate(x, n).item()),
    )


def proportions(
    events: ArrayLike,
    population: ArrayLike,
    *,
    confidence: float = 0.95,
    method: ProportionMethod = ProportionMethod.WILSON,
) -> Estimates:
    """``proportion`` for arrays that broadcast to one shape."""
    x, n = checked_proportion_counts(events, population)
    intervals = wilson_intervals if method is ProportionMethod.WILSON else clopper_pearson_intervals
    return Estimates(
        interval=intervals(x, n, confidence=confidence),
        value=_share(x, n),
        numerator=x,
        denominator=n,
        unit=SHARE,
        confidence=confidence,
        method=method.value,
        status=status_of_rate(x, n),
    )


def _share(x: FloatArray, n: FloatArray) -> FloatArray:
    return np.asarray(x / _somebody(n))


def _somebody(n: FloatArray) -> FloatArray:
    """n, and ``nan`` in place of 0."""
    return n if n.min(initial=1) > 0 else np.where(n > 0, n, nan)
