"""Gaps of groups whose counts are rounded: the intervals of ``evenhand.stats.gaps`` with rounding allowed for.

Difference and ratio against one group are the unions of ``evenhand.stats.rounded_counts``. All others together lie
between the sums of the bounds of each, and the gap to the average of everybody follows from that to all others, with π
the group's share of the population (``evenhand.stats.gaps``):

    ratio to the average 1/(π + (1 - π)/ρ),   difference (1 - π)·δ,   excess events n·δ, or n·(1 - π)·δ

Where n or π is itself uncertain, each limit takes the value at which it comes out widest; where they are exact, as
populations of a census are, the interval is the union itself.

Where it fails: as ``rounded_counts``. Sixteen rounded groups together may be off by sixteen times as much as one,
though they hardly ever are; against the average of few and small groups the interval is wide for that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.stats.arguments import checked_counts, checked_per
from evenhand.stats.gaps import all_others, other_side
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.references import Reference, ReferenceKind, checked_groups
from evenhand.stats.rounded_counts import (
    proportion_difference_intervals_with_rounding,
    proportion_ratio_intervals_with_rounding,
    rate_difference_intervals_with_rounding,
    rate_ratio_intervals_with_rounding,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoundedGaps:
    """The intervals of each group's gaps, the groups on the last axis. A group that is the reference has none."""

    groups: tuple[str, ...]
    reference: Reference
    difference: IntervalArray
    ratio: IntervalArray
    excess: IntervalArray


def rate_gaps_with_rounding(
    smallest: ArrayLike,
    largest: ArrayLike,
    population: ArrayLike,
    *,
    population_margin: ArrayLike = 0,
    groups: Sequence[str],
    reference: Reference,
    per: float = 100_000,
    confidence: float = 0.95,
) -> RoundedGaps:
    """The intervals of ``rate_gaps`` when each count lies between its ``smallest`` and its ``largest``.

    Raises InputRefused as ``rate_gaps`` and ``rate_interval_with_rounding`` do.
    """
    low, high, n, margin = np.broadcast_arrays(
        checked_counts(smallest, "smallest count"),
        checked_counts(largest, "largest count"),
        checked_counts(population, "population"),
        checked_counts(population_margin, "population margin"),
    )
    names = checked_groups(groups, low.shape[-1] if low.ndim else 0, reference)
    b_low, b_high, m, m_margin = (other_side(counts, names, reference, axis=-1) for counts in (low, high, n, margin))
    a, b = (low, high, n), (b_low, b_high, m)
    return _gaps(
        names,
        reference,
        difference=rate_difference_intervals_with_rounding(
            *a,
            *b,
            population_margin_a=margin,
            population_margin_b=m_margin,
            per=checked_per(per),
            confidence=confidence,
        ),
        ratio=rate_ratio_intervals_with_rounding(
            *a, *b, population_margin_a=margin, population_margin_b=m_margin, confidence=confidence
        ),
        fewest=n - margin,
        most=n + margin,
        per=per,
    )


def proportion_gaps_with_rounding(
    smallest: ArrayLike,
    largest: ArrayLike,
    smallest_population: ArrayLike,
    largest_population: ArrayLike,
    *,
    groups: Sequence[str],
    reference: Reference,
    confidence: float = 0.95,
) -> RoundedGaps:
    """The intervals of ``proportion_gaps`` when each part and each whole lies between its bounds.

    Raises InputRefused as ``proportion_gaps`` and ``proportion_interval_with_rounding`` do.
    """
    low, high, fewest, most = np.broadcast_arrays(
        checked_counts(smallest, "smallest count"),
        checked_counts(largest, "largest count"),
        checked_counts(smallest_population, "smallest population"),
        checked_counts(largest_population, "largest population"),
    )
    names = checked_groups(groups, low.shape[-1] if low.ndim else 0, reference)
    a = (low, high, fewest, most)
    b_low, b_high, b_fewest, b_most = (other_side(counts, names, reference, axis=-1) for counts in a)
    b = (b_low, b_high, b_fewest, b_most)
    return _gaps(
        names,
        reference,
        difference=proportion_difference_intervals_with_rounding(a, b, confidence=confidence),
        ratio=proportion_ratio_intervals_with_rounding(a, b, confidence=confidence),
        fewest=fewest,
        most=most,
        per=1,
    )


def _gaps(
    groups: tuple[str, ...],
    reference: Reference,
    *,
    difference: IntervalArray,
    ratio: IntervalArray,
    fewest: FloatArray,
    most: FloatArray,
    per: float,
) -> RoundedGaps:
    """``fewest``, ``most``: how many people each group may have."""
    if reference.kind is ReferenceKind.POPULATION_AVERAGE:
        least = _share(fewest, all_others(most, axis=-1))
        largest = _share(most, all_others(fewest, axis=-1))
        difference = _widest(difference, 1 - largest, 1 - least)
        ratio = IntervalArray(
            _to_average(ratio.lower, np.where(ratio.lower < 1, least, largest)),
            _to_average(ratio.upper, np.where(ratio.upper > 1, least, largest)),
        )
    excess = _widest(difference, fewest / per, most / per)
    itself = np.array([reference.kind is ReferenceKind.GROUP and name == reference.group for name in groups])
    return RoundedGaps(
        groups=groups,
        reference=reference,
        difference=_but_not_of(itself, difference),
        ratio=_but_not_of(itself, ratio),
        excess=_but_not_of(itself, excess),
    )


def _but_not_of(itself: NDArray[np.bool_], intervals: IntervalArray) -> IntervalArray:
    return IntervalArray(np.where(itself, np.nan, intervals.lower), np.where(itself, np.nan, intervals.upper))


def _share(group: FloatArray, others: FloatArray) -> FloatArray:
    whole = group + others
    return np.asarray(np.divide(group, whole, out=np.full(whole.shape, np.nan), where=whole != 0))


def _widest(difference: IntervalArray, least: FloatArray, most: FloatArray) -> IntervalArray:
    """A difference times a factor from ``least`` to ``most``, each limit as far from 0 as it gets on its side."""
    return IntervalArray(
        difference.lower * np.where(difference.lower < 0, most, least),
        difference.upper * np.where(difference.upper > 0, most, least),
    )


def _to_average(ratio: FloatArray, share: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore"):  # 0 to all others is 0 to the average, ∞ is 1/π
        return np.asarray(1 / (share + (1 - share) / ratio))
