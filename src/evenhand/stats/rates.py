"""Byar's and the exact interval for a count of events, and the crude rate made of it.

    Byar:   L = x·(1 - t·(t + z))³,  t = 1/(3√x);      U = y·(1 + t·(z - t))³,  y = x + 1, t = 1/(3√y)
    exact:  L = χ²(α/2; 2x)/2,  U = χ²(1 - α/2; 2x + 2)/2,  α = 1 - confidence;  L = 0 for no events
    rate = x/n · per,  limits = L/n · per and U/n · per

Byar's is the default, exact below ten events, as the Office for Health Improvement and Disparities gives it.

Sources: Byar's approximation in Breslow N. E. and Day N. E. (1987), Statistical Methods in Cancer Research II, IARC,
p. 69 (there (1 - 1/9x - z/3√x)³, the same number); exact limits: Garwood F. (1936), Biometrika 28, 437-442.

Where they fail: events must be independent. Repeated detentions of one person are not, and the interval is then too
narrow (for standardised rates see ``rate_of_repeated_events`` in ``evenhand.stats.standardisation``). The population
counts as exact. Where more than about one in ten of a population has the event, ``evenhand.stats.proportions`` is
narrower and right, as long as nobody counts twice. Exact limits promise at least their confidence and give more: 95 %
limits cover 97.5 % on average at 0.5 to 10 events expected and 95.8 % at 10 to 100, and never less than 95 %. Byar's do
the same: from ten events on they are the exact ones to 2 parts in a thousand.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import isnan, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainccinv, gammaincinv

from evenhand.stats.arguments import (
    checked_confidence,
    checked_counts,
    checked_per,
    checked_rate_counts,
    critical_value,
)
from evenhand.stats.blocks import blocks
from evenhand.stats.estimates import Estimate, Estimates, per_unit
from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.statuses import Status, status_of_rate

EXACT_BELOW = 10
LARGEST_TABLE = 65_536


class RateMethod(StrEnum):
    """Which limits a count has."""

    BYAR = "Byar, exact below 10 events"
    EXACT = "exact (Garwood)"


BYAR = RateMethod.BYAR.value


def byar_interval(events: float, *, confidence: float = 0.95) -> Interval:
    """The interval for the expected number of events when ``events`` were counted. Unit: events.

    ``nan`` where the count is missing. Raises InputRefused when it is negative or infinite.
    """
    if events < EXACT_BELOW:
        return exact_interval(events, confidence=confidence)
    checked_counts(events, "events")
    x, z = events, critical_value(confidence)
    lower = x * (1 - 1 / (9 * x) - z / (3 * sqrt(x))) ** 3
    upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1))) ** 3
    return Interval(lower, upper)


def exact_interval(events: float, *, confidence: float = 0.95) -> Interval:
    """As ``byar_interval``, with Garwood's exact limits at every count.

    Half a χ² quantile of 2x degrees of freedom is the same quantile of a gamma distribution of shape x.
    """
    checked_counts(events, "events")
    checked_confidence(confidence)
    if isnan(events):
        return Interval(nan, nan)
    tail = (1 - confidence) / 2
    return Interval(
        float(gammaincinv(events, tail)) if events > 0 else 0.0,
        float(gammainccinv(events + 1, tail)),
    )


def byar_intervals(events: ArrayLike, *, confidence: float = 0.95) -> IntervalArray:
    """``byar_interval`` for an array of counts."""
    return count_intervals(events, method=RateMethod.BYAR, confidence=confidence)


def exact_intervals(events: ArrayLike, *, confidence: float = 0.95) -> IntervalArray:
    """``exact_interval`` for an array of counts."""
    return count_intervals(events, method=RateMethod.EXACT, confidence=confidence)


def count_intervals(events: ArrayLike, *, method: RateMethod, confidence: float = 0.95) -> IntervalArray:
    """``byar_intervals`` or ``exact_intervals``, as ``method`` says."""
    x = checked_counts(events, "events")
    limits = _LimitsOfCounts.up_to(x, method, confidence)
    both = np.empty((2, x.size))
    counts = x.reshape(-1)
    for block in blocks(x.size):
        both[0, block], both[1, block] = limits.of(counts[block])
    lower, upper = both.reshape(2, *x.shape)
    return IntervalArray(lower, upper)


@dataclass(frozen=True, slots=True)
class _LimitsOfCounts:
    """The limits of counts, each distinct count worked out once: few counts are large, and many are the same.

    ``lower`` and ``upper`` hold the limits of 0, 1, 2 … events, as far as the counts go or it is worth it, and in the
    last place ``nan``, for a count that is missing.
    """

    method: RateMethod
    confidence: float
    lower: FloatArray
    upper: FloatArray

    @classmethod
    def up_to(cls, counts: FloatArray, method: RateMethod, confidence: float) -> "_LimitsOfCounts":
        """With a table up to the largest of ``counts``, and no longer than they are many."""
        checked_confidence(confidence)
        largest = np.fmax.reduce(counts, axis=None, initial=0.0)
        table = np.arange(min(largest + 1, counts.size, LARGEST_TABLE))
        return cls(method, confidence, *_limits(np.append(table, nan), method, confidence))

    def of(self, counts: FloatArray) -> tuple[FloatArray, FloatArray]:
        """From the table where all of ``counts`` are in it: none of them larger, or a fraction."""
        known, largest = counts, counts.max()
        if isnan(largest):
            known, largest = np.where(np.isnan(counts), -1, counts), np.fmax.reduce(counts)  # -1: the last place
        if not largest >= len(self.lower) - 1 and (np.trunc(known) == known).all():
            place = known.astype(np.intp)
            return self.lower.take(place), self.upper.take(place)
        return _limits(counts, self.method, self.confidence)


def _limits(x: FloatArray, method: RateMethod, confidence: float) -> tuple[FloatArray, FloatArray]:
    if method is RateMethod.EXACT:
        return _exact_limits(x, confidence)
    few = x < EXACT_BELOW
    lower, upper = _byar_limits(np.where(few, EXACT_BELOW, x), critical_value(confidence))
    lower[few], upper[few] = _exact_limits(x[few], confidence)
    return lower, upper


def _byar_limits(x: FloatArray, z: float) -> tuple[FloatArray, FloatArray]:
    t = 1 / (3 * np.sqrt(x))
    lower = 1 - t * (t + z)
    y = x + 1
    t = 1 / (3 * np.sqrt(y))
    upper = 1 + t * (z - t)
    return x * (lower * lower * lower), y * (upper * upper * upper)


def _exact_limits(x: FloatArray, confidence: float) -> tuple[FloatArray, FloatArray]:
    """The inverse of the gamma function is a hundred times dearer than all else here."""
    tail = (1 - confidence) / 2
    counts, of_count = np.unique(x, return_inverse=True)
    lower = np.where(counts == 0, 0.0, gammaincinv(np.maximum(counts, np.finfo(float).tiny), tail))
    return lower[of_count], gammainccinv(counts + 1, tail)[of_count]


def crude_rate(
    events: float,
    population: float,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
    method: RateMethod = RateMethod.BYAR,
) -> Estimate:
    """``events`` per ``per`` of ``population``, with its limits; ``nan`` for a population of 0.

    Raises InputRefused when a count is negative, or when there are events but no population.
    """
    x, n = checked_rate_counts(events, population)
    scale = checked_per(per) / population if population > 0 else nan
    interval = byar_interval if method is RateMethod.BYAR else exact_interval
    return Estimate(
        value=events * scale,
        interval=interval(events, confidence=confidence) * scale,
        numerator=events,
        denominator=population,
        unit=per_unit(per),
        confidence=confidence,
        method=method.value,
        status=Status(status_of_rate(x, n).item()),
    )


def crude_rates(
    events: ArrayLike,
    population: ArrayLike,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
    method: RateMethod = RateMethod.BYAR,
) -> Estimates:
    """``crude_rate`` for arrays that broadcast to one shape."""
    x, n = checked_rate_counts(events, population)
    per = checked_per(per)
    limits = _LimitsOfCounts.up_to(x, method, confidence)
    counts, people = x.reshape(-1), n.reshape(-1)
    everywhere_somebody = people.min(initial=1) > 0
    figures = np.empty((3, x.size))
    for block in blocks(x.size):
        scale = per / (people[block] if everywhere_somebody else np.where(people[block] > 0, people[block], nan))
        lower, upper = limits.of(counts[block])
        for row, figure in zip(figures, (counts[block], lower, upper), strict=True):
            np.multiply(figure, scale, out=row[block])
    value, lower, upper = figures.reshape(3, *x.shape)
    return Estimates(
        value=value,
        interval=IntervalArray(lower, upper),
        numerator=x,
        denominator=n,
        unit=per_unit(per),
        confidence=confidence,
        method=method.value,
        status=status_of_rate(x, n),
    )
