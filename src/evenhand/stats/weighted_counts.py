"""A sum of independent counts, each times a weight, and its interval: the heart of every standardised rate.

    y = Σ c·x,   V = Σ c²·x,   X = Σ x                   x events of a stratum, c its weight
    Tiwari      L = V/y · q(α/2; y²/V)                   q(p; a): p quantile of the gamma distribution of shape a
                U = V'/y' · q(1 - α/2; y'²/V'),   y' = y + mean c,   V' = V + mean c²
    Dobson      L,U = y + √(V/X)·(B(X) - X)              B(X) Byar's lower and upper limit of X; L not below 0

With all weights alike Tiwari's are Garwood's exact limits of a count. Without any event its L is 0 and its U still
stands: it is what one further event, of average weight, allows for. Dobson's formula has no answer there.

Sources: Dobson A. J., Kuulasmaa K., Eberle E. and Scherer J. (1991), Stat. Med. 10, 457-462. The gamma interval: Fay
M. P. and Feuer E. J. (1997), Stat. Med. 16, 791-801, who give the further event the largest weight; with the average
of the weights and of their squares instead: Tiwari R. C., Clegg L. X. and Zou Z. (2006), Stat. Methods Med. Res. 15,
547-569. (χ² quantiles of 2a degrees of freedom there are twice the gamma quantiles of shape a here.)

Where they fail: a stratum without events adds nothing to V, however few people and however much weight it has. Dobson
then forgets it; Tiwari allows for it by its share in the averages, and is short of Fay and Feuer's limit, which is
never short but mostly too wide. The weights count as exact.
"""

from dataclasses import dataclass
from math import isnan, nan, sqrt

import numpy as np
from scipy.special import gammainccinv, gammaincinv

from evenhand.stats.arguments import checked_confidence
from evenhand.stats.gamma_quantiles import lower_gamma_quantiles, upper_gamma_quantiles
from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.rates import byar_interval, byar_intervals


@dataclass(frozen=True, slots=True)
class WeightedCount:
    """One such sum: X, y, V, and mean c and mean c² over the strata that take part."""

    events: float
    value: float
    variance: float
    step: float
    step_variance: float


@dataclass(frozen=True, slots=True, eq=False)
class WeightedCounts:
    """As ``WeightedCount``, in arrays of one shape; ``nan`` where a number is missing or no stratum takes part."""

    events: FloatArray
    value: FloatArray
    variance: FloatArray
    step: FloatArray
    step_variance: FloatArray


def weighted_counts(events: FloatArray, weights: FloatArray) -> WeightedCounts:
    """The sums over the last axis of arrays that broadcast; a weight of 0 says that a stratum takes no part."""
    x, c = np.broadcast_arrays(events, weights)
    strata = (c != 0).sum(axis=-1)
    count = np.where(strata > 0, strata, nan)
    weighted = c * x
    return WeightedCounts(
        events=np.where(c != 0, x, 0.0).sum(axis=-1),
        value=np.where(strata > 0, weighted.sum(axis=-1), nan),
        variance=np.einsum("...s,...s->...", weighted, c),
        step=c.sum(axis=-1) / count,
        step_variance=np.einsum("...s,...s->...", c, c) / count,
    )


def tiwari_interval(count: WeightedCount, *, confidence: float = 0.95) -> Interval:
    """Tiwari's interval of one sum, in the unit of ``value``; ``nan`` where it has no value."""
    tail = (1 - checked_confidence(confidence)) / 2
    y, v = count.value, count.variance
    if isnan(y):
        return Interval(nan, nan)
    lower = v / y * float(gammaincinv(y**2 / v, tail)) if y > 0 else 0.0
    y, v = y + count.step, v + count.step_variance
    return Interval(lower, v / y * float(gammainccinv(y**2 / v, tail)))


def tiwari_intervals(counts: WeightedCounts, *, confidence: float = 0.95) -> IntervalArray:
    """``tiwari_interval`` of many sums."""
    tail = (1 - checked_confidence(confidence)) / 2
    y, v = np.ravel(counts.value), np.ravel(counts.variance)
    none = y == 0
    some = np.where(none, nan, y) if none.any() else y
    spread = v / some
    lower = lower_gamma_quantiles(some / spread, tail)
    lower *= spread
    lower[none] = 0.0
    y = y + np.ravel(counts.step)
    spread = (v + np.ravel(counts.step_variance)) / y
    upper = upper_gamma_quantiles(y / spread, tail)
    upper *= spread
    shape = np.shape(counts.value)
    return IntervalArray(lower.reshape(shape), upper.reshape(shape))


def dobson_interval(count: WeightedCount, *, confidence: float = 0.95) -> Interval:
    """Dobson's interval of one sum, on Byar's limits of its events; ``nan`` without events or value."""
    if isnan(count.value) or count.events == 0:
        return Interval(nan, nan)
    byar = byar_interval(count.events, confidence=confidence)
    scale = sqrt(count.variance / count.events)
    lower = count.value + scale * (byar.lower - count.events)
    return Interval(max(0.0, lower), count.value + scale * (byar.upper - count.events))


def dobson_intervals(counts: WeightedCounts, *, confidence: float = 0.95) -> IntervalArray:
    """``dobson_interval`` of many sums."""
    x = counts.events
    byar = byar_intervals(x, confidence=confidence)
    none = x == 0
    scale = counts.variance / (np.where(none, nan, x) if none.any() else x)
    np.sqrt(scale, out=scale)
    lower, upper = byar.lower, byar.upper
    for limit in (lower, upper):
        limit -= x
        limit *= scale
        limit += counts.value
    return IntervalArray(np.maximum(lower, 0.0, out=lower), upper)
