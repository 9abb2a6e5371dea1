"""How far the truth could lie from a ratio for want of recorded ethnicity: the two extremes, worked out."""

from dataclasses import dataclass
from math import log

from evenhand.apps.accountability.presenters.breakdowns import Breakdown
from evenhand.datasets.counts import CellStatus
from evenhand.ethnicity import SpecialGroup
from evenhand.publication.observations import ReleasedObservation


@dataclass(frozen=True, slots=True)
class Extremes:
    """The ratio of ``group`` to ``comparator`` if all unrecorded ones belonged to one or to the other.

    Attributes:
        unrecorded, counted: how many have no ethnicity recorded, of how many counted in all.
        all_in_comparator, all_in_group: the two ratios.
    """

    group: ReleasedObservation
    comparator: ReleasedObservation
    unrecorded: int
    counted: int
    all_in_comparator: float
    all_in_group: float


def extremes(breakdown: Breakdown, group: ReleasedObservation) -> Extremes | None:
    """The extremes, with the counts and denominators as published.

    all_in_group = ((a + u) / (A + U)) / (b / B);  all_in_comparator = (a / A) / ((b + u) / (B + U))

    a, b are the counts of group and comparator, A, B their denominators; u, U those of the unrecorded. U is 0 where
    the denominator is a population, in which everybody has a group.

    None when one of the counts or of those denominators is not published, nothing is unrecorded, or the comparator
    counted none.
    """
    comparator = breakdown.comparator
    if comparator is None:
        return None
    a, b = group.numerator.value, comparator.numerator.value
    whole_a, whole_b = group.denominator.value, comparator.denominator.value
    u, whole_u = _unrecorded(breakdown)
    if a is None or b is None or not whole_a or not whole_b or not u or b == 0:
        return None
    return Extremes(
        group=group,
        comparator=comparator,
        unrecorded=u,
        counted=u + _recorded(breakdown),
        all_in_comparator=(a / whole_a) / ((b + u) / (whole_b + whole_u)),
        all_in_group=((a + u) / (whole_a + whole_u)) / (b / whole_b),
    )


def _unrecorded(breakdown: Breakdown) -> tuple[int | None, int]:
    """Numerator and denominator of all unrecorded ones; None when a count or a denominator of them is hidden."""
    rows = [row for row in breakdown.unrecorded if row.group == SpecialGroup.UNKNOWN] or list(breakdown.unrecorded)
    counts = [row.numerator.value for row in rows]
    wholes = {row.denominator.status for row in rows}
    if None in counts or not wholes <= {CellStatus.PUBLISHED, CellStatus.NOT_APPLICABLE}:
        return None, 0
    return sum(count or 0 for count in counts), sum(row.denominator.value or 0 for row in rows)


def _recorded(breakdown: Breakdown) -> int:
    """As the source adds them up, or the groups that are shown."""
    known = breakdown.everyone_known
    if known is not None and known.numerator.value is not None:
        return known.numerator.value
    return sum(row.numerator.value or 0 for row in breakdown.groups)


def is_wider_than_chance(found: Extremes, group: ReleasedObservation) -> bool:
    """Whether the extremes lie further apart, as a multiple, than the ends of the range from chance."""
    ratio = group.ratio
    if ratio is None or min(ratio.lower, found.all_in_comparator, found.all_in_group) <= 0:
        return True
    apart = abs(log(found.all_in_group / found.all_in_comparator))
    return apart > log(ratio.upper / ratio.lower)
