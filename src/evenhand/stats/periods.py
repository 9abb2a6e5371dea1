"""Labels of time: their order, when they are, and which of a run of them a table does not have.

    dates 2024-03-31, with hours 2024-03-31T09:30    months 2024-03    quarters 2024-Q1
    years 2024, financial years 2023/24 or 2023-24   any other whole numbers

"2011-12" is a month among months and a financial year among financial years: a column whose labels all name a year and
the one after it holds financial years. A month, quarter or year that lies between two others of its column and has no
row there is a period nobody has a number for, not one that does not exist; so it has a place. Dates have none between
them, since a date says nothing of how far the next is meant to be.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from evenhand.errors import InputRefused
from evenhand.stats.chart_series import Period
from evenhand.stats.grids import in_order, ranked
from evenhand.stats.intervals import FloatArray
from evenhand.stats.tables import Labels

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]+)?")
_MONTH = re.compile(r"([0-9]{4})([-/])(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"([0-9]{4})([- ]?Q)([1-4])")
_YEAR = re.compile(r"(1[89]|2[01])[0-9]{2}")
_FINANCIAL_YEAR = re.compile(r"([0-9]{4})([-/])([0-9]{2})")
_MOST_BETWEEN = 10_000


@dataclass(frozen=True, slots=True)
class _Run:
    """Periods that follow each other: what number each label has, and how many of them a year has."""

    numbers: tuple[int, ...]
    a_year: int
    pattern: str  # of a label, from year and place in the year

    def label(self, number: int) -> str:
        """The label of the period of that number."""
        year, place = divmod(number, self.a_year)
        return self.pattern.format(year=year, place=place + 1, next=(year + 1) % 100)


def in_time(labels: Labels, order: Sequence[str]) -> Labels:
    """By time, as ``order`` says or as the labels do, with a place for each period between two others.

    Raises InputRefused where neither says an order.
    """
    if order:
        return ranked(labels, order)
    run = _run(labels.names)
    if run is not None:
        first, last = min(run.numbers), max(run.numbers)
        if last - first > _MOST_BETWEEN:
            raise InputRefused(
                f"period: found {last - first:,} periods from first to last; {_MOST_BETWEEN:,} are enough"
            )
        return in_order(labels, [run.label(number) for number in range(first, last + 1)])
    if _days(labels.names) is not None:
        return in_order(labels, sorted(labels.names))
    try:
        return ranked(labels, order)
    except InputRefused:
        raise InputRefused(
            "period: found labels that do not say their order; dates (2024-03-31), months (2024-03), quarters "
            "(2024-Q1), years (2024, 2023/24) or whole numbers, all of one kind, are right, or the order of the labels"
        ) from None


def periods_of(names: tuple[str, ...]) -> tuple[Period, ...]:
    """Dates as dates and whole numbers as numbers, so that charts can check their order; names where it is not theirs.

    An order that was given (2, 1, 3) is one of names.
    """
    for read in (date.fromisoformat, int):
        try:
            periods = [read(name) for name in names]
        except ValueError:
            continue
        return tuple(periods) if periods == sorted(periods) else names
    return names


def years_of(names: tuple[str, ...], *, periods_per_year: float) -> FloatArray:
    """When each period was, in years; numbers and names follow each other, ``periods_per_year`` of them in a year."""
    run, days = _run(names), _days(names)
    if run is not None:
        years = np.array(run.numbers) / run.a_year
    elif days is not None:
        years = np.array([_year_of(day) for day in days])
    else:
        periods = periods_of(names)
        steps = periods if all(isinstance(period, int) for period in periods) else range(len(names))
        years = np.array(steps, dtype=np.float64) / periods_per_year
    return years if (np.diff(years) > 0).all() else np.arange(len(names)) / periods_per_year


def _run(names: Sequence[str]) -> _Run | None:
    """The labels as periods that follow each other, where all are of one such kind and written in one way."""
    for pattern, a_year, written in (
        (_FINANCIAL_YEAR, 1, "{{year:04}}{}{{next:02}}"),
        (_MONTH, 12, "{{year:04}}{}{{place:02}}"),
        (_QUARTER, 4, "{{year:04}}{}{{place}}"),
    ):
        found = [match for match in map(pattern.fullmatch, names) if match]
        signs = {match[2] for match in found}
        if len(found) < len(names) or len(signs) > 1:
            continue
        parts = [(int(match[1]), int(match[3])) for match in found]
        if pattern is _FINANCIAL_YEAR and any((year + 1) % 100 != next_year for year, next_year in parts):
            continue
        numbers = tuple(year if a_year == 1 else year * a_year + place - 1 for year, place in parts)
        return _Run(numbers, a_year, written.format(*signs))
    if all(map(_YEAR.fullmatch, names)):
        return _Run(tuple(map(int, names)), 1, "{year}")
    return None


def _days(names: Sequence[str]) -> list[date] | None:
    """The days of dates, with hours or without; None where one is no date."""
    if not all(map(_DATE.fullmatch, names)):
        return None
    try:
        return [date.fromisoformat(name[:10]) for name in names]
    except ValueError:
        return None


def _year_of(day: date) -> float:
    """The year with the part of it that is over."""
    start, end = date(day.year, 1, 1).toordinal(), date(day.year, 12, 31).toordinal() + 1
    return day.year + (day.toordinal() - start) / (end - start)
