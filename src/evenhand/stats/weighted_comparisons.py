"""One sum of weighted counts compared with another: difference and ratio, by MOVER on Tiwari's limits.

What standardised rates and expected events have in common when they are compared, stratum by stratum: the sums come
from ``evenhand.stats.weighted_counts``, the joining from ``evenhand.stats.mover``, and both say where they fail.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.estimates import RATIO, Estimates
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.mover import difference_intervals, ratio_intervals, ratio_values
from evenhand.stats.statuses import Status, StatusArray, first_reason, status_of_comparison, status_of_ratio, with_value
from evenhand.stats.weighted_counts import WeightedCounts, tiwari_intervals

MOVER_TIWARI = "MOVER on Tiwari's gamma intervals"
MOVER_LOG_TIWARI = "MOVER-log on Tiwari's gamma intervals"


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What is compared, per person: two rates or numbers as they are shown, and what stands in the way, if anything."""

    numerator: FloatArray
    denominator: FloatArray
    status: StatusArray
    confidence: float
    reference: str


@dataclass(frozen=True, slots=True, eq=False)
class _Limited:
    value: FloatArray
    interval: IntervalArray


def _limited(counts: WeightedCounts, confidence: float) -> _Limited:
    return _Limited(counts.value, tiwari_intervals(counts, confidence=confidence))


def weighted_difference(
    compared: Comparison, a: WeightedCounts, b: WeightedCounts, *, unit: str, per: float = 1
) -> Estimates:
    """The difference of two independent sums, a - b, times ``per``."""
    interval = difference_intervals(_limited(a, compared.confidence), _limited(b, compared.confidence))
    return Estimates(
        value=_where_given(compared.status, (a.value - b.value) * per),
        interval=_intervals_where_given(compared.status, interval, per),
        numerator=compared.numerator * per,
        denominator=compared.denominator * per,
        unit=unit,
        confidence=compared.confidence,
        method=MOVER_TIWARI,
        status=compared.status,
        reference=compared.reference,
    )


def weighted_ratio(
    compared: Comparison, a: WeightedCounts, b: WeightedCounts, *, correlation: FloatArray | float = 0.0
) -> Estimates:
    """The ratio of two sums, a/b, with their correlation."""
    value = _where_given(compared.status, ratio_values(a.value, b.value))
    interval = ratio_intervals(
        _limited(a, compared.confidence), _limited(b, compared.confidence), correlation=correlation
    )
    return Estimates(
        value=value,
        interval=_intervals_where_given(compared.status, interval, 1),
        numerator=compared.numerator,
        denominator=compared.denominator,
        unit=RATIO,
        confidence=compared.confidence,
        method=MOVER_LOG_TIWARI,
        status=status_of_ratio(value, compared.status),
        reference=compared.reference,
    )


def _where_given(status: StatusArray, values: FloatArray) -> FloatArray:
    return np.where(with_value(status), values, np.nan)


def _intervals_where_given(status: StatusArray, interval: IntervalArray, per: float) -> IntervalArray:
    return IntervalArray(_where_given(status, interval.lower * per), _where_given(status, interval.upper * per))


def status_by_strata(
    x: FloatArray, n: FloatArray, b: FloatArray, m: FloatArray, complete: NDArray[np.bool_]
) -> StatusArray:
    """What stands in the way of comparing x events of n with b of m, the strata on the last axis.

    ``complete``: in which strata nothing is left out.
    """
    in_common = ((n != 0) & (m != 0)).any(axis=-1)
    status = status_of_comparison(_status_of_strata(x, n), _status_of_strata(b, m))
    given = with_value(status)
    status[given & ~complete.all(axis=-1)] = Status.PART_OF_STANDARD
    status[given & ~in_common] = Status.NOTHING_TO_COMPARE_WITH
    return status


def _status_of_strata(x: FloatArray, n: FloatArray) -> StatusArray:
    missing = np.asarray((np.isnan(x) | np.isnan(n)).any(axis=-1))
    nobody = np.asarray(~n.any(axis=-1))
    return first_reason(missing.shape, (missing, Status.MISSING_INPUT), (nobody, Status.NO_POPULATION))
