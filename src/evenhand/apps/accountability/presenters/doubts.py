"""How far those whose ethnicity nobody wrote down could move a figure or a ratio: bounds, and one stated assumption.

Worked out from the counts as printed, by ``evenhand.stats.unknown_ethnicity`` and its neighbours. The denominator of
the unrecorded is 0 where it is a population, in which everybody has a group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, log

import numpy as np

from evenhand.apps.accountability.presenters.breakdowns import Breakdown
from evenhand.datasets.counts import CellStatus
from evenhand.ethnicity import SpecialGroup
from evenhand.publication.observations import ReleasedObservation
from evenhand.stats.estimates import Estimates
from evenhand.stats.intervals import FloatArray
from evenhand.stats.references import reference_group
from evenhand.stats.unknown_ethnicity import LevelsWithUnknown, proportions_with_unknown, rates_with_unknown
from evenhand.stats.unknown_ethnicity_allocation import allocated_proportions, allocated_rates
from evenhand.stats.unknown_ethnicity_gaps import (
    GapSign,
    GapsWithUnknown,
    proportion_ratios_with_unknown,
    rate_ratios_with_unknown,
)


@dataclass(frozen=True, slots=True)
class Extremes:
    """The ratio of ``group`` to ``comparator``, wherever the unrecorded may belong.

    Attributes:
        unrecorded, counted: how many have no ethnicity recorded, of how many counted in all.
        all_in_comparator, all_in_group: the ratio if all unrecorded ones belonged to one or to the other.
        lowest, highest: over every way of giving them to groups; where the denominator is a population, the same two.
        sign: whether the group is above or below the comparator in all of them.
    """

    group: ReleasedObservation
    comparator: ReleasedObservation
    unrecorded: int
    counted: int
    all_in_comparator: float
    all_in_group: float
    lowest: float
    highest: float
    sign: GapSign

    @property
    def could_turn_round(self) -> bool:
        """Whether what was not written down could put the group on the other side of the comparator."""
        return self.sign is GapSign.UNDECIDED

    @property
    def has_other_ways(self) -> bool:
        """Whether some way of giving them to groups leads beyond the two simplest ones."""
        simplest = sorted((self.all_in_comparator, self.all_in_group))
        return self.lowest < simplest[0] * (1 - 1e-9) or self.highest > simplest[1] * (1 + 1e-9)


@dataclass(frozen=True, slots=True)
class Level:
    """The figure of one group in its unit: as recorded, at its bounds, and with the unrecorded shared out.

    Attributes:
        shared_out: as those recorded are spread; None where the count of a group is not printed.
    """

    group: ReleasedObservation
    as_recorded: float
    lowest: float
    highest: float
    shared_out: float | None


def extremes(breakdown: Breakdown, group: ReleasedObservation) -> Extremes | None:
    """Of one group; None where there is nothing to be worked out (see ``all_extremes``)."""
    return all_extremes(breakdown).get(group.group)


def all_extremes(breakdown: Breakdown) -> Mapping[str, Extremes]:
    """Of each compared group, by its id.

    Empty when the comparator counted none, nothing is unrecorded, or a count or denominator of either is not printed;
    without the groups whose own are not.
    """
    comparator = breakdown.comparator
    unknown = _unrecorded(breakdown)
    if (
        comparator is None
        or unknown is None
        or not _is_counted(breakdown, comparator)
        or not comparator.numerator.value
    ):
        return {}
    u, whole_u = unknown
    rows = [row for row in breakdown.compared if _is_counted(breakdown, row)]
    ratios = proportion_ratios_with_unknown if breakdown.is_of_shares else rate_ratios_with_unknown
    counts = (*_counts(rows), comparator.numerator.value, comparator.denominator.value or 0, u, whole_u)
    found = ratios(*counts, reference=reference_group(comparator.group))
    return {row.group: _extremes(breakdown, row, comparator, found, place) for place, row in enumerate(rows)}


def _extremes(
    breakdown: Breakdown, row: ReleasedObservation, comparator: ReleasedObservation, found: GapsWithUnknown, place: int
) -> Extremes:
    unrecorded = unrecorded_of(breakdown)
    return Extremes(
        group=row,
        comparator=comparator,
        unrecorded=unrecorded,
        counted=unrecorded + _recorded(breakdown),
        all_in_comparator=float(found.all_in_reference.value[place]),
        all_in_group=float(found.all_in_group.value[place]),
        lowest=float(found.lowest.value[place]),
        highest=float(found.highest.value[place]),
        sign=GapSign(found.sign[place]),
    )


def could_turn_round(breakdown: Breakdown) -> tuple[ReleasedObservation, ...]:
    """The claimed groups that what was not written down could put on the other side of the comparator."""
    found = all_extremes(breakdown)
    return tuple(row for row in breakdown.claims if row.group in found and found[row.group].could_turn_round)


def levels(breakdown: Breakdown, per: int) -> tuple[Level, ...]:
    """Of each group whose counts are printed, in the order of the source; empty where nothing is unrecorded."""
    unknown = _unrecorded(breakdown)
    rows = [row for row in breakdown.groups if _is_counted(breakdown, row)]
    if unknown is None or not rows:
        return ()
    counts = (*_counts(rows), *unknown)
    bounds, shared = _of_shares(*counts, per=per) if breakdown.is_of_shares else _of_rates(*counts, per=per)
    all_printed = len(rows) == len(breakdown.groups)
    return tuple(
        Level(
            group=row,
            as_recorded=float(bounds[0][place]),
            lowest=float(bounds[1][place]),
            highest=float(bounds[2][place]),
            shared_out=float(shared[place]) if all_printed and not isnan(shared[place]) else None,
        )
        for place, row in enumerate(rows)
    )


_Bounds = tuple[FloatArray, FloatArray, FloatArray]


def _of_rates(events: FloatArray, people: FloatArray, u: int, whole_u: int, *, per: int) -> tuple[_Bounds, FloatArray]:
    bounds = rates_with_unknown(events, people, u, whole_u, per=per)
    return _values(bounds), allocated_rates(events, people, u, whole_u, per=per).value


def _of_shares(events: FloatArray, people: FloatArray, u: int, whole_u: int, *, per: int) -> tuple[_Bounds, FloatArray]:
    bounds = proportions_with_unknown(events, people, u, whole_u)
    as_recorded, lowest, highest = _values(bounds)
    shared: Estimates = allocated_proportions(events, people, u, whole_u)
    return (as_recorded * per, lowest * per, highest * per), shared.value * per


def _values(bounds: LevelsWithUnknown) -> _Bounds:
    return bounds.as_recorded.value, bounds.lowest.value, bounds.highest.value


def unrecorded_of(breakdown: Breakdown) -> int:
    """How many are unrecorded; 0 also where that is not printed."""
    found = _unrecorded(breakdown)
    return 0 if found is None else found[0]


def _is_counted(breakdown: Breakdown, row: ReleasedObservation) -> bool:
    """Whether both counts are printed; a part that rounding made larger than its whole is no share."""
    part, whole = row.numerator.value, row.denominator.value
    return part is not None and bool(whole) and not (breakdown.is_of_shares and part > (whole or 0))


def _counts(rows: Sequence[ReleasedObservation]) -> tuple[FloatArray, FloatArray]:
    events = np.array([row.numerator.value for row in rows], dtype=np.float64)
    return events, np.array([row.denominator.value for row in rows], dtype=np.float64)


def _unrecorded(breakdown: Breakdown) -> tuple[int, int] | None:
    """Numerator and denominator of all unrecorded ones; None where there are none, and where one is not printed."""
    rows = [row for row in breakdown.unrecorded if row.group == SpecialGroup.UNKNOWN] or list(breakdown.unrecorded)
    counts = [row.numerator.value for row in rows]
    statuses = {row.denominator.status for row in rows}
    if None in counts or not statuses <= {CellStatus.PUBLISHED, CellStatus.NOT_APPLICABLE}:
        return None
    unrecorded, whole = sum(count or 0 for count in counts), sum(row.denominator.value or 0 for row in rows)
    if not unrecorded or (breakdown.is_of_shares and whole < unrecorded):
        return None
    return unrecorded, whole


def _recorded(breakdown: Breakdown) -> int:
    """As the source adds them up, or the groups that are shown."""
    known = breakdown.everyone_known
    if known is not None and known.numerator.value is not None:
        return known.numerator.value
    return sum(row.numerator.value or 0 for row in breakdown.groups)


def is_wider_than_chance(found: Extremes, group: ReleasedObservation) -> bool:
    """Whether the extremes lie further apart, as a multiple, than the ends of the range from chance."""
    ratio = group.ratio
    if ratio is None or min(ratio.lower, found.lowest) <= 0:
        return True
    return log(found.highest / found.lowest) > log(ratio.upper / ratio.lower)
