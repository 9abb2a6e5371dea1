"""Byar's interval for a count of events, exact below ten, and the crude rate made of it.

    L = x·(1 - 1/(9x) - z/(3√x))³
    U = (x+1)·(1 - 1/(9(x+1)) + z/(3√(x+1)))³
    below ten events, with α = 1 - confidence:  L = χ²(α/2; 2x)/2,  U = χ²(1 - α/2; 2x + 2)/2
    rate = x/n · per,  limits = L/n · per and U/n · per

Sources: Byar's approximation in Breslow N. E. and Day N. E. (1987), Statistical Methods in Cancer Research II, IARC,
p. 69; exact limits: Garwood F. (1936), Biometrika 28, 437-442. The switch at ten is that of the Office for Health
Improvement and Disparities.

Where it fails: events must be independent. Repeated detentions of one person are not, and the interval is then too
narrow (for standardised rates see ``rate_of_repeated_events`` in ``evenhand.stats.standardisation``). The population
counts as exact. Where more than about one in ten of a population has the event, ``evenhand.stats.proportions`` is
narrower and right, as long as nobody counts twice.
"""

from math import nan, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainccinv, gammaincinv

from evenhand.stats.arguments import checked_counts, checked_per, checked_rate_counts, critical_value
from evenhand.stats.estimates import Estimate, Estimates, per_unit
from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.statuses import Status, status_of_rate

BYAR = "Byar, exact below 10 events"

EXACT_BELOW = 10


def byar_interval(events: float, *, confidence: float = 0.95) -> Interval:
    """The interval for the expected number of events when ``events`` were counted. Unit: events.

    Raises InputRefused when the count is negative or not a number.
    """
    checked_counts(events, "events")
    z = critical_value(confidence)
    x = events
    if x < EXACT_BELOW:
        return _exact_poisson_interval(x, confidence)
    lower = x * (1 - 1 / (9 * x) - z / (3 * sqrt(x))) ** 3
    upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1))) ** 3
    return Interval(lower, upper)


def _exact_poisson_interval(x: float, confidence: float) -> Interval:
    """Half a χ² quantile of 2x degrees of freedom is the same quantile of a gamma distribution of shape x."""
    tail = (1 - confidence) / 2
    return Interval(float(gammaincinv(x, tail)) if x > 0 else 0.0, float(gammainccinv(x + 1, tail)))


def byar_intervals(events: ArrayLike, *, confidence: float = 0.95) -> IntervalArray:
    """``byar_interval`` for an array of counts."""
    x = checked_counts(events, "events")
    z = critical_value(confidence)
    large = np.maximum(x, EXACT_BELOW)
    lower = np.asarray(large * (1 - 1 / (9 * large) - z / (3 * np.sqrt(large))) ** 3)
    upper = np.asarray((large + 1) * (1 - 1 / (9 * (large + 1)) + z / (3 * np.sqrt(large + 1))) ** 3)
    few = x < EXACT_BELOW
    lower[few], upper[few] = _exact_poisson_limits(x[few], confidence)
    return IntervalArray(lower, upper)


def _exact_poisson_limits(x: FloatArray, confidence: float) -> tuple[FloatArray, FloatArray]:
    """Each distinct count once: the inverse of the gamma function is a hundred times dearer than all else here."""
    tail = (1 - confidence) / 2
    counts, of_count = np.unique(x, return_inverse=True)
    lower = np.where(counts > 0, gammaincinv(np.maximum(counts, np.finfo(float).tiny), tail), 0.0)
    return lower[of_count], gammainccinv(counts + 1, tail)[of_count]


def crude_rate(events: float, population: float, *, per: float = 100_000, confidence: float = 0.95) -> Estimate:
    """``events`` per ``per`` of ``population``, with Byar limits; ``nan`` for a population of 0.

    Raises InputRefused when a count is negative, or when there are events but no population.
    """
    x, n = checked_rate_counts(events, population)
    scale = checked_per(per) / population if population > 0 else nan
    return Estimate(
        value=events * scale,
        interval=byar_interval(events, confidence=confidence) * scale,
        numerator=events,
        denominator=population,
        unit=per_unit(per),
        confidence=confidence,
        method=BYAR,
        status=Status(status_of_rate(x, n).item()),
    )


def crude_rates(
    events: ArrayLike, population: ArrayLike, *, per: float = 100_000, confidence: float = 0.95
) -> Estimates:
    """``crude_rate`` for arrays that broadcast to one shape."""
    x, n = checked_rate_counts(events, population)
    scale = checked_per(per) / np.where(n > 0, n, nan)
    counts = byar_intervals(x, confidence=confidence)
    return Estimates(
        value=x * scale,
        interval=IntervalArray(counts.lower * scale, counts.upper * scale),
        numerator=x,
        denominator=n,
        unit=per_unit(per),
        confidence=confidence,
        method=BYAR,
        status=status_of_rate(x, n),
    )
