"""Released figures of one group as a series in time: periods of one kind, one after the other, none left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.apps.accountability.presenters import numbers
from evenhand.apps.accountability.presenters.sources import in_words
from evenhand.apps.monitoring.queries import StatedFigures
from evenhand.datasets.observations import Period
from evenhand.publication.observations import ReleasedObservation
from evenhand.stats.intervals import FloatArray

_YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Cadence:
    """How long the periods of a series are, and when they begin.

    Attributes:
        months: how many whole months a period has; 0 for a count on one day, and for a period of any other length.
        phase: in which month they begin, counted from the year 0; a period of the same cadence begins ``months`` later.
        days: how long a period is that has no whole months.
    """

    months: int
    phase: int
    days: int = 0

    @property
    def in_a_year(self) -> int:
        """How many periods a year has; 1 for longer ones."""
        return max(1, _YEAR // self.months) if self.months else 1

    def count(self, periods: int) -> str:
        """``24 months``."""
        words = {
            1: ngettext("%(number)s month", "%(number)s months", periods),
            3: ngettext("%(number)s quarter", "%(number)s quarters", periods),
            12: ngettext("%(number)s year", "%(number)s years", periods),
        }.get(self.months, ngettext("%(number)s period", "%(number)s periods", periods))
        return words % {"number": numbers.number(periods)}

    def one_by_one(self) -> str:
        """``month by month``."""
        words = {1: _("month by month"), 3: _("quarter by quarter"), 12: _("year by year")}
        return words.get(self.months, _("period by period"))

    def each(self) -> str:
        """``every month``."""
        words = {1: _("every month"), 3: _("every quarter"), 12: _("every year")}
        return words.get(self.months, _("in every period"))

    def heading(self) -> str:
        """Over a column of periods."""
        return {1: _("Month"), 3: _("Quarter"), 12: _("Year")}.get(self.months, _("Period"))

    def short(self, period: Period) -> str:
        """As little as says which one it is: ``Apr 2022``, ``2021-22``."""
        if self.months == _YEAR:
            return numbers.short_period(period)
        return date_format(period.start, "M Y") if self.months else date_format(period.end, "j M Y")


@dataclass(frozen=True, slots=True)
class Place:
    """One period of a series; ``row`` is None where nothing was released about it."""

    period: Period
    row: ReleasedObservation | None


@dataclass(frozen=True, slots=True)
class Series:
    """One group over time, the earliest period first."""

    cadence: Cadence
    places: tuple[Place, ...]

    @property
    def rows(self) -> tuple[ReleasedObservation, ...]:
        """What was released."""
        return tuple(place.row for place in self.places if place.row is not None)

    @property
    def valued(self) -> tuple[ReleasedObservation, ...]:
        """What was released with a figure."""
        return tuple(row for row in self.rows if row.value is not None)

    def counts(self) -> tuple[FloatArray, FloatArray]:
        """Numerators and denominators as printed; ``nan`` in both where there is no figure."""
        pairs = [printed_counts(place.row) or (np.nan, np.nan) for place in self.places]
        events, population = zip(*pairs, strict=True)
        return np.array(events, dtype=np.float64), np.array(population, dtype=np.float64)

    def values(self) -> FloatArray:
        """The figures in their unit; ``nan`` where there is none."""
        return np.array(
            [np.nan if each.row is None or each.row.value is None else each.row.value.value for each in self.places]
        )


def printed_counts(row: ReleasedObservation | None) -> tuple[int, int] | None:
    """Numerator and denominator of a figure that both are printed for; None where one is not."""
    if row is None or row.value is None or row.numerator.value is None or not row.denominator.value:
        return None
    return row.numerator.value, row.denominator.value


def cadence_of(period: Period) -> Cadence:
    """The cadence that ``period`` belongs to."""
    after = period.end + timedelta(days=1)
    if period.start.day != 1 or after.day != 1:
        return Cadence(0, 0, (after - period.start).days)
    months = _month(after) - _month(period.start)
    return Cadence(months, _month(period.start) % months)


def series_of(
    group: str, classification: str | None, newest: ReleasedObservation, stated: Iterable[StatedFigures]
) -> Series:
    """One group in every period of the kind that ``newest`` has; in its unit alone, since no other may stand beside it.

    ``classification``: None for everybody, whom a source may count beside any breakdown.
    """
    cadence = cadence_of(newest.period)
    chosen: dict[Period, ReleasedObservation] = {}
    for row in (row for figures in stated for row in figures.observations):
        fits = row.group == group and row.unit == newest.unit and cadence_of(row.period) == cadence
        if fits and classification in {None, row.classification}:
            chosen[row.period] = row
    periods = sorted(chosen)
    gaps = [gap for before, after in pairwise(periods) for gap in _between(before, after, cadence)]
    return Series(cadence, tuple(Place(period, chosen.get(period)) for period in sorted([*periods, *gaps])))


def sources_of(rows: Sequence[ReleasedObservation], stated: Iterable[StatedFigures]) -> str:
    """Publisher and title of every source of the releases that state these very rows."""
    wanted = {id(row) for row in rows}  # rows are long to compare, and there are many
    releases = [figures.release for figures in stated if any(id(row) in wanted for row in figures.observations)]
    return "; ".join(dict.fromkeys(in_words(source) for release in releases for source in release.package.sources))


def _month(day: date) -> int:
    """Months since the year 0."""
    return day.year * _YEAR + day.month - 1


def _between(before: Period, after: Period, cadence: Cadence) -> Iterable[Period]:
    """The periods of that cadence after the one and before the other."""
    if cadence.months:
        for first in range(_month(before.start) + cadence.months, _month(after.start), cadence.months):
            yield Period(_first_day(first), _first_day(first + cadence.months) - timedelta(days=1))


def _first_day(month: int) -> date:
    return date(month // _YEAR, month % _YEAR + 1, 1)
