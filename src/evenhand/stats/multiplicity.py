"""What may be claimed when many groups are compared at once: the Benjamini-Hochberg rule, on p-values or on intervals.

Of m comparisons with sorted p-values p₍₁₎ ≤ … ≤ p₍ₘ₎, the k smallest are claimed, for the largest k with

    p₍ₖ₎ ≤ k·q/m                      adjusted p₍ᵢ₎ = min over j ≥ i of min(1, p₍ⱼ₎·m/j)

so that of all that is claimed, a share of q at most is expected to be chance. The p-value of a comparison is the
smallest α whose interval of confidence 1 - α leaves out "no difference". The rule therefore needs no p-value where
there are intervals that nest by confidence:

    claim the largest k for which at least k of the m intervals of confidence 1 - k·q/m leave out "no difference"

which holds for MOVER intervals, with rounding allowed for or not, and for published half-widths alike. The intervals of
confidence 1 - k·q/m of what is claimed are those of Benjamini and Yekutieli (2005): of them, too, a share of q at most
misses its true value; and a claim's direction is wrong no more often.

Sources: Benjamini Y. and Hochberg Y. (1995), J. R. Stat. Soc. B 57, 289-300; Benjamini Y. and Yekutieli D. (2005),
J. Am. Stat. Assoc. 100, 71-81.

Where it fails: the proof asks for comparisons that are independent or positively dependent. Groups compared with one
reference are the latter on one side; on both sides there is simulation and no proof. In 16 groups of 1.5 to 120
expected events, 5 of them at a rate ratio of 1.5 against a common reference, 2 % of claims are false, 5 % of tables
hold a false one, and 24 % of the true differences are claimed; with each group's own 95 % interval 12 %, 30 % and
43 %. Where nothing differs, 2 to 4 % of tables make a claim, whether the reference has 20 events or 2,000. The rule
bounds the share of false claims, not the chance of any. It can be no better than the intervals: one that covers too
seldom claims too often. And a claim says that there is a difference, not that it matters, nor why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.errors import InputRefused
from evenhand.stats.arguments import refuse
from evenhand.stats.intervals import FloatArray, IntervalArray

BENJAMINI_HOCHBERG = "Benjamini-Hochberg"


class Claim(IntEnum):
    """What is claimed of a group; the sign is that of the difference."""

    LOWER = -1
    NONE = 0
    HIGHER = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claims:
    """What is claimed of groups that were compared together. The last axis of the intervals is one family of groups.

    Attributes:
        claim: a ``Claim`` a place.
        compared: where a comparison was made; the others had no interval, or were left out by who called.
        family: how many comparisons each family counts.
        confidence: of the intervals that decided, one a family: 1 - k·q/m with k claims, 1 - q/m with none (what a
            first claim would have needed); ``nan`` for a family without comparisons.
    """

    claim: NDArray[np.int8]
    compared: NDArray[np.bool_]
    family: NDArray[np.int64]
    confidence: FloatArray
    no_difference: float
    false_discovery_rate: float
    method: str


def claims(
    interval_at: Callable[[float], IntervalArray],
    *,
    no_difference: float,
    false_discovery_rate: float = 0.05,
    compared: ArrayLike | None = None,
) -> Claims:
    """What may be claimed of groups whose intervals ``interval_at(confidence)`` gives: groups, or settings × groups.

    Args:
        interval_at: the same comparisons at any confidence; a higher one gives intervals that hold those of a lower.
            It is asked for a few confidences between 1 - q and 1 - q/m.
        no_difference: 1 for ratios, 0 for differences.
        compared: where a comparison is meant; everywhere when left out. A place whose interval is ``nan`` at
            confidence 1 - q is no comparison either, and does not count in m. One that becomes ``nan`` at a higher
            confidence counts, and claims nothing.

    Raises InputRefused for a false discovery rate that is no share, and intervals without a group.
    """
    q = _checked_rate(false_discovery_rate)
    widest_claims = interval_at(1 - q)
    shape = np.shape(widest_claims.lower)
    if not shape:
        raise InputRefused("intervals: found a single one; an array of the groups that are compared together is right")
    meant = np.broadcast_to(True if compared is None else np.asarray(compared, dtype=np.bool_), shape)
    among = meant & ~(np.isnan(widest_claims.lower) | np.isnan(widest_claims.upper))
    family = among.sum(axis=-1)
    claimed = family
    side = _side(widest_claims, no_difference) * among
    # At level k only count(k) intervals leave out no difference. Fewer do at any smaller level, so that no k between
    # count(k) and k can be the answer: go down to count(k) at once.
    while ((count := np.count_nonzero(side, axis=-1)) < claimed).any():
        claimed = np.minimum(claimed, count)
        side = _sides_at_levels(interval_at, _confidences(claimed, family, q), no_difference, shape) * among
    return Claims(
        claim=side,
        compared=among,
        family=family,
        confidence=_confidences(np.maximum(claimed, 1), family, q),
        no_difference=no_difference,
        false_discovery_rate=q,
        method=BENJAMINI_HOCHBERG,
    )


def _confidences(claimed: NDArray[np.int64], family: NDArray[np.int64], q: float) -> FloatArray:
    """1 - q·k/m; ``nan`` where nothing is compared."""
    return np.asarray(1 - q * (claimed / np.where(family > 0, family, np.nan)))


def _sides_at_levels(
    interval_at: Callable[[float], IntervalArray], confidence: FloatArray, no_difference: float, shape: tuple[int, ...]
) -> NDArray[np.int8]:
    """The side of every place at the confidence of its family; none at confidence 1, which no interval has."""
    side = np.zeros(shape, dtype=np.int8)
    for level in np.unique(confidence[confidence < 1]).tolist():
        here = confidence == level
        side[here] = _side(interval_at(level), no_difference)[here]
    return side


def _side(intervals: IntervalArray, no_difference: float) -> NDArray[np.int8]:
    above, below = intervals.lower > no_difference, intervals.upper < no_difference
    return (above.astype(np.int8) - below.astype(np.int8)).astype(np.int8)


def adjusted_p_values(p_values: ArrayLike) -> FloatArray:
    """Benjamini-Hochberg's p-values of groups, or of settings × groups: claim those of at most q.

    ``nan`` says that there was no comparison: it stays, and does not count in m. Raises InputRefused for a p-value
    below 0 or above 1.
    """
    p = np.asarray(p_values, dtype=np.float64)
    refuse((p < 0) | (p > 1), p, "p-value", "a number from 0 to 1 is right")
    if p.ndim == 0:
        raise InputRefused("p-values: found a single one; an array of those that are judged together is right")
    order = np.argsort(p, axis=-1)  # nan comes last
    ordered = np.take_along_axis(p, order, axis=-1)
    m = np.count_nonzero(~np.isnan(p), axis=-1)[..., np.newaxis]
    scaled = ordered * m / np.arange(1, p.shape[-1] + 1)
    # fmin passes over nan, which stands last and so comes first here
    least = np.fmin.accumulate(scaled[..., ::-1], axis=-1)[..., ::-1]
    adjusted = np.empty_like(p)
    np.put_along_axis(adjusted, order, np.minimum(least, 1.0), axis=-1)
    return np.where(np.isnan(p), np.nan, adjusted)


def _checked_rate(rate: float) -> float:
    if not 0 < rate < 1:
        raise InputRefused(f"false discovery rate: found {rate}; a share between 0 and 1 is right, for instance 0.05")
    return rate
