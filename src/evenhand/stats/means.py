"""The mean of something measured on each person (a score, a wait in days) with Student's interval.

    mean = total/n ± t·s/√n,   t = the (1 + confidence)/2 quantile of Student's t with n - 1 degrees of freedom

s is the standard deviation of the sample, with n - 1 below the line. Source: Student (1908), The probable error of a
mean, Biometrika 6, 1-25.

One person gives a mean and no interval (``Status.NO_INTERVAL``): one value does not say how much people differ. Two
persons give one, six times as wide as the normal distribution would say.

Where it fails: people must be independent and few of them far out. The interval is exact for values that follow a
normal distribution. Waits do not: for values of an exponential distribution (as skewed as waits in days are) a 95 %
interval covers 92 % at 20 people and 94 % at 100, and where it misses, it is mostly too low.
"""

from math import nan

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from evenhand.stats.arguments import checked_confidence, checked_counts, refuse
from evenhand.stats.estimates import Estimates
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.statuses import Status, StatusArray, first_reason
from evenhand.stats.summaries import UNIT_OF_THE_VALUES

STUDENT_T = "Student's t"


def means(
    total: ArrayLike,
    count: ArrayLike,
    standard_deviation: ArrayLike,
    *,
    confidence: float = 0.95,
    unit: str = UNIT_OF_THE_VALUES,
) -> Estimates:
    """The mean of each group, from the total of its values, how many people it has and their standard deviation.

    Arrays that broadcast to one shape. Of one person the standard deviation may be missing, as it has none. Raises
    InputRefused when a count or a standard deviation is negative, and for a total that is not 0 of nobody.
    """
    totals, n, s = np.broadcast_arrays(
        np.asarray(total, dtype=np.float64),
        checked_counts(count, "count"),
        checked_counts(standard_deviation, "standard deviation"),
    )
    refuse(np.isinf(totals), totals, "total", "a total is a finite number")
    refuse((n == 0) & (totals != 0) & ~np.isnan(totals), totals, "total", "the total of nobody is 0")
    status = _status(totals, n, s)
    mean = np.asarray(np.divide(totals, n, out=np.full(n.shape, nan), where=n > 0))
    several = status == Status.GIVEN
    t = stdtrit(np.where(several, n - 1, 1), (1 + checked_confidence(confidence)) / 2)
    margin = np.where(several, t * s / np.sqrt(np.where(several, n, 1)), nan)
    return Estimates(
        value=np.where(several | (status == Status.NO_INTERVAL), mean, nan),
        interval=IntervalArray(mean - margin, mean + margin),
        numerator=totals,
        denominator=n,
        unit=unit,
        confidence=confidence,
        method=STUDENT_T,
        status=status,
    )


def _status(total: FloatArray, n: FloatArray, s: FloatArray) -> StatusArray:
    return first_reason(
        n.shape,
        (np.isnan(total) | np.isnan(n), Status.MISSING_INPUT),
        (n == 0, Status.NO_POPULATION),
        (n <= 1, Status.NO_INTERVAL),
        (np.isnan(s), Status.MISSING_INPUT),
    )
