"""Two groups over time: the counts of both in two periods of one length at the ends of what was released."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.apps.accountability.presenters.series import Cadence, Series, printed_counts, series_of
from evenhand.apps.monitoring.queries import StatedFigures
from evenhand.datasets.observations import Period
from evenhand.indicators.specification import Statistic, Version
from evenhand.publication.observations import ReleasedObservation
from evenhand.stats.series_overdispersion import series_overdispersion
from evenhand.stats.statuses import Status

_Counts = tuple[int, int]
_Both = Mapping[Period, tuple[_Counts, _Counts] | None]


@dataclass(frozen=True, slots=True)
class End:
    """One of the two periods that are compared, and the printed counts in it, added up.

    Attributes:
        periods: how many months or years were added up.
        group, others: events and population of each group.
    """

    period: Period
    periods: int
    group: _Counts
    others: _Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoGroups:
    """A group and the one that it is compared with.

    Attributes:
        newest, newest_of_others: their newest figures.
        ends: the earlier and the later period; None where there are no two in which both groups have counts.
        length: how many months or years each end has, those left out included.
        left_out: how many lack a count of either group, and are left out of both: of the months in the two ends; of
            years, of all.
        spread: how much the counts of each group vary beyond chance; 1 for chance alone, and where nobody can tell.
        spread_is_known: whether there are enough periods to tell.
    """

    version: Version
    cadence: Cadence
    newest: ReleasedObservation
    newest_of_others: ReleasedObservation
    ends: tuple[End, End] | None
    length: int
    left_out: int
    spread: tuple[float, float]
    spread_is_known: bool

    @property
    def are_shares(self) -> bool:
        """Whether the counts are parts of their own whole."""
        return self.version.statistic is Statistic.PROPORTION

    @property
    def in_one_period(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Events and population of either group in one month or year, as things are."""
        if self.ends is None:
            return printed_counts(self.newest) or (0, 0), printed_counts(self.newest_of_others) or (0, 0)
        added = sum(end.periods for end in self.ends)
        group = [sum(end.group[which] for end in self.ends) / added for which in (0, 1)]
        others = [sum(end.others[which] for end in self.ends) / added for which in (0, 1)]
        return (group[0], group[1]), (others[0], others[1])


def two_groups(
    version: Version, group: ReleasedObservation, others: ReleasedObservation, stated: Sequence[StatedFigures]
) -> TwoGroups | None:
    """The two groups over time; None where the newest figures are no counts, as a publisher's own rates."""
    if version.statistic is Statistic.PUBLISHED_RATE or not printed_counts(group) or not printed_counts(others):
        return None
    one, other = (series_of(row.group, row.classification, row, stated) for row in (group, others))
    both = _both(one, other)
    earlier, later = _ends(both, one.cadence)
    before, after = _added_up(earlier, both), _added_up(later, both)
    spreads = [_spread(series, version) for series in (one, other)]
    known = [spread for spread in spreads if spread is not None]
    return TwoGroups(
        version=version,
        cadence=one.cadence,
        newest=group,
        newest_of_others=others,
        ends=(before, after) if before and after else None,
        length=max(1, len(later)),
        left_out=sum(both[period] is None for period in (both if one.cadence.in_a_year == 1 else (*earlier, *later))),
        spread=(known[0], known[1]) if len(known) == 2 else (1.0, 1.0),
        spread_is_known=len(known) == 2,
    )


def _both(one: Series, other: Series) -> _Both:
    """The printed counts of both groups in each period; None where one of them has none."""
    rows = [{place.period: printed_counts(place.row) for place in series.places} for series in (one, other)]
    pairs = {period: (rows[0].get(period), rows[1].get(period)) for period in sorted({*rows[0], *rows[1]})}
    return {period: (a, b) if a and b else None for period, (a, b) in pairs.items()}


def _ends(both: _Both, cadence: Cadence) -> tuple[Sequence[Period], Sequence[Period]]:
    """The newest year and the one before it; with one figure a year, the newest and the oldest that both have.

    Of less than two years, two halves.
    """
    periods = sorted(both)
    if cadence.in_a_year == 1:
        printed = [period for period in periods if both[period]]
        return (printed[:1], printed[-1:]) if len(printed) > 1 else ([], [])
    length = min(cadence.in_a_year, len(periods) // 2)
    return periods[len(periods) - 2 * length : len(periods) - length], periods[len(periods) - length :]


def _added_up(periods: Sequence[Period], both: _Both) -> End | None:
    printed = [counts for period in periods if (counts := both[period])]
    if not printed:
        return None
    a, whole_a, b, whole_b = (sum(part) for part in zip(*((*one, *other) for one, other in printed), strict=True))
    return End(Period(periods[0].start, periods[-1].end), len(printed), (a, whole_a), (b, whole_b))


def _spread(series: Series, version: Version) -> float | None:
    """How much neighbouring periods differ beyond chance; None where there are too few, or nothing happened."""
    found = series_overdispersion(*series.counts(), proportions=version.statistic is Statistic.PROPORTION)
    return float(found.value) if found.status == Status.GIVEN else None
