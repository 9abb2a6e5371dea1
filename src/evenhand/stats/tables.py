"""The columns of a table as arrays: numbers, of which some may be missing or hidden, and labels.

A table is columns of one length, from a file or from a data frame. What a cell may say, in a column of numbers:

    a number      12, -0.5, 1,234; not 1,5, 4% or £3
    missing       nothing, NA, N/A, NaN, NULL, None, [x]
    hidden        *, suppressed, hidden, [c]: there is a number, and it may not be shown

Anything else is refused, and the message names its rows and never what stands in them, since the wrong column may hold
anything. Missing and hidden are ``nan`` to every method; which of the two it was is kept beside the numbers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from math import inf, isnan, nan
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.errors import InputRefused
from evenhand.stats.intervals import FloatArray

Column = Sequence[Any] | NDArray[Any]
BoolArray = NDArray[np.bool_]
Rows = NDArray[np.intp]

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "[x]"})
HIDDEN = frozenset({"*", "suppressed", "hidden", "[c]"})

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WITH_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_MOST_ROWS_NAMED = 10


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """A column of numbers: ``nan`` where there is none to work with, and where that is because it was hidden."""

    values: FloatArray
    hidden: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """A column of labels: the different ones, sorted as text so that the order of rows is no matter, and each row's."""

    names: tuple[str, ...]
    codes: Rows


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of one length, one row or more. ``lines``: where in a file each row stands."""

    columns: Mapping[str, Column]
    lines: Sequence[int] | None = None

    def __post_init__(self) -> None:
        lengths = {name: len(column) for name, column in self.columns.items()}
        if len(set(lengths.values())) > 1:
            found = ", ".join(f"{name} {length}" for name, length in lengths.items())
            raise InputRefused(f"table: found columns of unlike length ({found}); columns of one length are right")
        if not any(lengths.values()):
            raise InputRefused("table: found no rows; one or more are right")

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def column(self, name: str) -> Column:
        """The column of that name; raises InputRefused, with the names there are, when there is none."""
        if name not in self.columns:
            raise InputRefused(f"column: found no {name!r} in the table; it has {', '.join(map(str, self.columns))}")
        return self.columns[name]

    def numbers(self, name: str) -> Numbers:
        """A column of numbers; raises InputRefused where a cell is none and does not say that one is missing."""
        column = self.column(name)
        hidden = np.zeros(len(column), dtype=np.bool_)
        if isinstance(column, np.ndarray) and column.dtype.kind in "iufb":
            values = column.astype(np.float64)
            self.refuse(np.isinf(values), f"column {name!r}", "not a number", "a finite number is right")
            return Numbers(values, hidden)
        cells = _cells(column)
        number_of = {cell: _number(cell) for cell in self._distinct(cells, name)}
        values = np.fromiter(map(number_of.__getitem__, cells), dtype=np.float64, count=len(cells))
        hidden_cells = {cell for cell in number_of if isinstance(cell, str) and _plain(cell) in HIDDEN}
        if hidden_cells:
            hidden = np.fromiter(map(hidden_cells.__contains__, cells), dtype=np.bool_, count=len(cells))
        right = "a number, an empty cell where one is missing, or * where one is hidden, is right"
        self.refuse(np.isinf(values), f"column {name!r}", "not a number", right)
        return Numbers(values, hidden)

    def labels(self, name: str) -> Labels:
        """A column of labels; raises InputRefused where one is missing, since its row then belongs nowhere."""
        column = self.column(name)
        if isinstance(column, np.ndarray) and column.dtype.kind in "iufM":
            distinct, places = np.unique(column, return_inverse=True)
            names_of = [_label(cell) for cell in _dates_as_text(distinct).tolist()]
        else:
            cells = _cells(column)
            place_of = {cell: place for place, cell in enumerate(self._distinct(cells, name))}
            names_of = [_label(cell) for cell in place_of]
            places = np.fromiter(map(place_of.__getitem__, cells), dtype=np.intp, count=len(cells))
        missing = np.array([not label for label in names_of])
        right = "a label in every row is right; people without a recorded group need one too, such as unknown"
        self.refuse(missing[places], f"column {name!r}", "without a label", right)
        names = sorted(set(names_of))
        code_of = {label: code for code, label in enumerate(names)}
        return Labels(tuple(names), np.array([code_of[label] for label in names_of], dtype=np.intp)[places])

    def days(self, name: str) -> Numbers:
        """A column of dates as days of the calendar, day 1 being 1 January of the year 1."""
        labels = self.labels(name)
        days = np.array([_day(label) for label in labels.names])[labels.codes]
        self.refuse(np.isnan(days), f"column {name!r}", "not a date", "a date such as 2024-03-31 is right")
        return Numbers(days, np.zeros(len(days), dtype=np.bool_))

    def refuse(self, wrong: BoolArray, where: str, what: str, right: str) -> None:
        """Raise InputRefused where a row is ``wrong``, naming the rows."""
        rows = np.flatnonzero(wrong)
        if rows.size:
            raise InputRefused(f"{where}: {self.named(rows)} {'is' if rows.size == 1 else 'are'} {what}; {right}")

    def named(self, rows: ArrayLike) -> str:
        """``line 7``, or ``rows 2, 5 and 9``: lines of a file, rows below the heading of anything else."""
        places = np.asarray(rows).tolist()
        numbers = [str(place + 1 if self.lines is None else self.lines[place]) for place in places[:_MOST_ROWS_NAMED]]
        if len(places) > _MOST_ROWS_NAMED:
            numbers.append(f"{len(places) - _MOST_ROWS_NAMED} more")
        word = "row" if self.lines is None else "line"
        return f"{word} {numbers[0]}" if len(numbers) == 1 else f"{word}s {', '.join(numbers[:-1])} and {numbers[-1]}"

    def _distinct(self, cells: Sequence[Any], name: str) -> dict[Any, None]:
        try:
            return dict.fromkeys(cells)
        except TypeError:
            raise InputRefused(f"column {name!r}: found lists or the like; text and numbers are right") from None


def _cells(column: Column) -> Sequence[Any]:
    return column.tolist() if isinstance(column, np.ndarray) else column


def _plain(text: str) -> str:
    return text.strip().casefold()


def _number(cell: Any) -> float:
    """The number, ``nan`` for one that is missing or hidden, ``inf`` for what is none of these."""
    if cell is None:
        return nan
    if not isinstance(cell, str):
        try:
            return float(cell)
        except (TypeError, ValueError):
            return inf
    text = cell.strip()
    if _WITH_THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if _NUMBER.fullmatch(text):
        return float(text)
    return nan if _plain(cell) in MISSING | HIDDEN else inf


def _label(cell: Any) -> str:
    """The label in words, empty for none. A whole number has no decimal point, so that 10 and 10.0 are one label."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        if isnan(cell):
            return ""
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _dates_as_text(distinct: NDArray[Any]) -> NDArray[Any]:
    """Dates of NumPy as dates, or with their hours where one of them has any; anything else as it is."""
    if distinct.dtype.kind != "M":
        return distinct
    days = distinct.astype("datetime64[D]")
    whole = np.array_equal(days.astype(distinct.dtype), distinct, equal_nan=True)
    text = np.datetime_as_string(days if whole else distinct.astype("datetime64[s]"))
    return np.where(np.isnat(distinct), "", text)


def _day(label: str) -> float:
    """The day of a date, with its hours as a part of a day; ``nan`` for what is no date."""
    day, _, hours = label.replace(" ", "T", 1).partition("T")
    try:
        whole = date.fromisoformat(day).toordinal()
        if not hours:
            return float(whole)
        hour, minute, *second = hours.split(":")
        return whole + (int(hour) + (int(minute) + (float(second[0]) if second else 0.0) / 60) / 60) / 24
    except ValueError:
        return nan
