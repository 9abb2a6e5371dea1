"""Released figures put in the order in which pages speak of them: one breakdown by ethnic group at a time."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from evenhand.apps.accountability.presenters.groups import is_unrecorded
from evenhand.apps.accountability.presenters.marks import counted_none, kind_of
from evenhand.apps.accountability.presenters.shrunken import ShrunkenGroups, shrunken_groups
from evenhand.charts.marks import MarkKind
from evenhand.ethnicity import TOTALS, SpecialGroup
from evenhand.publication.observations import ReleasedObservation, Verdict
from evenhand.stats.proportions import WILSON


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One indicator in one place and period, by one ethnic classification.

    Attributes:
        groups: the ethnic groups, in the order of the source.
        unrecorded: rows of those whose ethnicity is not recorded.
        totals: rows of everybody: those whose ethnicity is recorded, then all.
    """

    groups: tuple[ReleasedObservation, ...]
    unrecorded: tuple[ReleasedObservation, ...]
    totals: tuple[ReleasedObservation, ...]

    @property
    def rows(self) -> tuple[ReleasedObservation, ...]:
        """What a chart draws: the groups, then those whose ethnicity is not recorded, once and if there are any."""
        whole = tuple(row for row in self.unrecorded if row.group == SpecialGroup.UNKNOWN) or self.unrecorded
        return self.groups + tuple(row for row in whole if not counted_none(row))

    @property
    def further_rows(self) -> tuple[ReleasedObservation, ...]:
        """What a table shows after the rows of the chart: the parts of the unrecorded, and the totals."""
        return tuple(row for row in (*self.unrecorded, *self.totals) if row not in self.rows)

    @property
    def any_row(self) -> ReleasedObservation:
        """For what all rows have in common: place, period, unit."""
        return (self.groups + self.unrecorded + self.totals)[0]

    @property
    def comparator(self) -> ReleasedObservation | None:
        """The group that the others are compared with; None when nothing is compared."""
        return next((row for row in self.groups if row.verdict is Verdict.COMPARATOR), None)

    @property
    def compared(self) -> tuple[ReleasedObservation, ...]:
        """The groups that are compared with the comparator, and that claims are decided over together."""
        return tuple(row for row in self.groups if row.ratio is not None)

    @property
    def claims(self) -> tuple[ReleasedObservation, ...]:
        """Groups that differ by more than chance, among so many, and rounding explain; the widest difference first."""
        return self.widest_first(row for row in self.groups if row.verdict in {Verdict.HIGHER, Verdict.LOWER})

    @property
    def undecided(self) -> tuple[ReleasedObservation, ...]:
        """Groups of which we cannot tell."""
        return tuple(row for row in self.groups if row.verdict is Verdict.CANNOT_TELL)

    @property
    def different_by_themselves(self) -> tuple[ReleasedObservation, ...]:
        """Those of which we cannot tell though their own range leaves out no difference: among so many, by chance."""
        return tuple(row for row in self.undecided if leaves_out_no_difference(row))

    @property
    def is_of_shares(self) -> bool:
        """Whether the figures are parts of their own wholes, and not rates."""
        return any(row.value is not None and row.value.method == WILSON for row in self.groups)

    @property
    def shrunken(self) -> ShrunkenGroups:
        """The groups' ratios, each drawn towards the middle of all by how uncertain it is."""
        return shrunken_groups(self.comparator, self.groups)

    def widest_first(self, rows: Iterable[ReleasedObservation]) -> tuple[ReleasedObservation, ...]:
        """Some of the groups by how far their shrunken ratio lies from none; see ``widths``."""
        rows = tuple(rows)
        if len(rows) < 2:
            return rows
        widths = self.widths
        return tuple(sorted(rows, key=lambda row: widths[row.group], reverse=True))

    @property
    def widths(self) -> Mapping[str, float]:
        """How far each compared group lies from the comparator, alike for twice and for half: by its shrunken ratio.

        With fewer than four groups there is none, and what can be said at the least stands in its place.
        """
        shrunken = self.shrunken.ratios
        return {
            row.group: abs(math.log(shrunken[row.group].value)) if row.group in shrunken else least_difference(row)
            for row in self.compared
        }

    @property
    def hidden(self) -> tuple[ReleasedObservation, ...]:
        """Groups hidden to protect people in small groups."""
        return tuple(row for row in self.groups if kind_of(row) is MarkKind.HIDDEN)

    @property
    def everyone_known(self) -> ReleasedObservation | None:
        """Everybody whose ethnicity is recorded: the line that groups are read against."""
        return self.total(SpecialGroup.ALL_KNOWN)

    def rate_of_everyone_known(self, per: int) -> float | None:
        """The rate of everybody whose ethnicity is recorded: as printed, else from the groups when all are shown.

        Not the rate of everybody: with the unrecorded in the line and in no group, every group would look better than
        it is.
        """
        if self.everyone_known is not None and self.everyone_known.value is not None:
            return self.everyone_known.value.value
        counts = [(row.numerator.value, row.denominator.value) for row in self.groups]
        if any(events is None or not whole for events, whole in counts):
            return None
        return per * sum(events or 0 for events, _whole in counts) / sum(whole or 0 for _events, whole in counts)

    @property
    def denominator_of_everyone_known(self) -> int | None:
        """How many people, days or referrals all groups together have."""
        if self.everyone_known is not None and self.everyone_known.denominator.value is not None:
            return self.everyone_known.denominator.value
        wholes = [row.denominator.value for row in self.groups]
        return None if None in wholes or not wholes else sum(whole or 0 for whole in wholes)

    def total(self, group: SpecialGroup) -> ReleasedObservation | None:
        """The row of that total."""
        return next((row for row in self.totals if row.group == group), None)


def leaves_out_no_difference(observation: ReleasedObservation) -> bool:
    """Whether a group's own range, rounding included, lies all on one side of 1."""
    ratio = observation.ratio
    return ratio is not None and not ratio.lower_with_rounding <= 1 <= ratio.upper_with_rounding


def least_difference(observation: ReleasedObservation) -> float:
    """How far from the comparator the rate is at the least, chance and rounding allowed for; 0 where that is nothing.

    A wide range around a far point can say less than a narrow one around a nearer.
    """
    ratio = observation.ratio
    if ratio is None or not leaves_out_no_difference(observation):
        return 0.0
    nearest = ratio.lower_with_rounding if ratio.lower_with_rounding > 1 else ratio.upper_with_rounding
    return math.inf if nearest <= 0 else abs(math.log(nearest))


def newest(observations: Iterable[ReleasedObservation]) -> tuple[ReleasedObservation, ...]:
    """Only the figures of the newest period among them."""
    observations = tuple(observations)
    end = max((row.period.end for row in observations), default=None)
    # A period may begin earlier and end on the same day: the shorter one is the newer news.
    start = max((row.period.start for row in observations if row.period.end == end), default=None)
    return tuple(row for row in observations if row.period.end == end and row.period.start == start)


def breakdowns(observations: Iterable[ReleasedObservation]) -> tuple[Breakdown, ...]:
    """The breakdowns of one indicator in one place, in its newest period; broad groups first, finer ones after.

    A source often prints those whose ethnicity is not recorded, and everybody, once for all breakdowns: every breakdown
    shows them.
    """
    rows = newest(observations)
    unrecorded = tuple(row for row in rows if is_unrecorded(row))
    totals = tuple(row for row in rows if row.group in TOTALS)
    ordered = sorted(rows, key=lambda row: (row.classification, row.group_order))
    found = []
    for classification, members in groupby(ordered, key=lambda row: row.classification):
        groups = tuple(row for row in members if not is_unrecorded(row) and row.group not in TOTALS)
        if groups:
            found.append(Breakdown(groups, _own(unrecorded, classification), _own(totals, classification)))
    if not found and rows:
        return (Breakdown((), unrecorded, totals),)
    return tuple(sorted(found, key=lambda breakdown: len(breakdown.groups)))


def _own(rows: tuple[ReleasedObservation, ...], classification: str) -> tuple[ReleasedObservation, ...]:
    """For each of the groups in ``rows``, the row of this classification, else the first of another."""
    chosen: dict[str, ReleasedObservation] = {}
    for row in sorted(rows, key=lambda row: row.classification != classification):
        chosen.setdefault(row.group, row)
    order = list(SpecialGroup)
    return tuple(
        sorted(chosen.values(), key=lambda row: (row.group == SpecialGroup.ALL, order.index(SpecialGroup(row.group))))
    )
