"""A table of counts as arrays: each row by itself, or rows that belong together laid out as outer × inner.

A directly standardised rate needs the strata of a group side by side, a gap the groups of a place, a control chart the
periods of a series. So a table with a column that says which rows belong together (*outer*: the area) and one that
tells them apart (*inner*: the age band) becomes arrays of areas × age bands, whatever the order of its rows. A
combination that has no row is missing, and is answered as missing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, nan

import numpy as np
from numpy.typing import NDArray

from evenhand.errors import InputRefused
from evenhand.stats.intervals import FloatArray
from evenhand.stats.ordered import OrderedCategories

Cell = str | float | int | None
Column = Sequence[Cell]
Label = str

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none"})
"""What says, in any case of letters, that a number is not there."""

SUPPRESSED = frozenset({"*", "suppressed", "hidden", "[c]"})
"""What says that a number is there and hidden. It is missing to every method; the result says that it was hidden."""

_MOST_ROWS_NAMED = 10
_WITH_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")  # 1,234 is a thousand; 1,5 is refused, not read as 15


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers: ``nan`` where one is missing, and whether it was hidden."""

    values: FloatArray
    suppressed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Grid:
    """Numbers laid out as outer × inner.

    Attributes:
        outer: the labels of each outer place: one for each of the columns that make it.
        inner: the label of each inner place, in order.
        numbers: for each role (``events``, ``population``), an array of outer × inner; ``nan`` where the table has no
            row or the row has no number.
        there: outer × inner, whether the table has a row for it.
        suppressed: outer × inner, whether a number of that row was hidden.
    """

    outer: tuple[tuple[Label, ...], ...]
    inner: tuple[Label, ...]
    numbers: Mapping[str, FloatArray]
    there: NDArray[np.bool_]
    suppressed: NDArray[np.bool_]

    def row(self, role: str) -> FloatArray:
        """The numbers of a table whose rows stand for themselves."""
        return self.numbers[role][0]

    def of_those_there(self, role: str) -> FloatArray:
        """The numbers, 0 where the table has no row: a group that a place does not have has nobody there."""
        return np.where(self.there, self.numbers[role], 0.0)


def number_column(column: Column, name: str) -> Numbers:
    """The numbers of a column, as text or as numbers already.

    Raises:
        InputRefused: some cells are neither numbers nor say that one is missing; their rows are named, their content
            is not, since the wrong column may hold anything.
    """
    values = np.empty(len(column))
    suppressed = np.zeros(len(column), dtype=np.bool_)
    wrong = []
    for row, cell in enumerate(column):
        number = _number(cell)
        if number is None:
            wrong.append(row)
            continue
        suppressed[row] = isinstance(cell, str) and cell.strip().casefold() in SUPPRESSED
        values[row] = number
    if wrong:
        raise InputRefused(
            f"column {name!r}: {_rows(wrong)} not a number; a number, an empty cell, or * for a hidden one is right"
        )
    return Numbers(values, suppressed)


def _number(cell: Cell) -> float | None:
    """The number, ``nan`` for a missing one, None for what is neither."""
    if cell is None:
        return nan
    if not isinstance(cell, str):
        return float(cell)
    text = cell.strip()
    if text.casefold() in MISSING | SUPPRESSED:
        return nan
    if _WITH_THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    try:
        number = float(text)
    except ValueError:
        return None
    return number if -inf < number < inf else None


def _rows(rows: Sequence[int]) -> str:
    """``rows 2, 7 and 9 are``; counted from 1 without the heading."""
    named = ", ".join(str(row + 1) for row in rows[:_MOST_ROWS_NAMED])
    more = f" and {len(rows) - _MOST_ROWS_NAMED} more" if len(rows) > _MOST_ROWS_NAMED else ""
    return f"row {named} is" if len(rows) == 1 else f"rows {named}{more} are"


def grid(
    numbers: Mapping[str, Numbers],
    outer: Sequence[Sequence[Label]],
    inner: Sequence[Label],
    *,
    order: Sequence[Label] = (),
    ordered: bool = False,
) -> Grid:
    """Lay the columns out as outer × inner.

    Args:
        outer: the columns that say which rows belong together; none puts every row in one place.
        inner: the column that tells them apart.
        order: the inner labels in their order, where it matters and is not that of whole numbers.
        ordered: whether the order of the inner labels has a meaning (deprivation, age, time). Otherwise they come in
            the order in which the table first has them.

    Raises:
        InputRefused: two rows for one combination, or an order that is needed and not known.
    """
    rows = len(inner)
    keys = list(zip(*outer, strict=True)) if outer else [()] * rows
    outer_places, outer_of = _places(keys)
    labels = OrderedCategories.of(inner, order=order or None).labels if ordered else tuple(dict.fromkeys(inner))
    inner_places = {label: place for place, label in enumerate(labels)}
    inner_of = np.fromiter((inner_places[label] for label in inner), dtype=np.intp, count=rows)
    shape = (len(outer_places), len(labels))
    there = np.zeros(shape, dtype=np.bool_)
    flat = outer_of * len(labels) + inner_of
    there.flat[flat] = True
    if there.sum() < rows:
        repeated = int(np.flatnonzero(np.bincount(flat) > 1)[0])
        first, second = np.flatnonzero(flat == repeated)[:2] + 1
        raise InputRefused(f"rows {first} and {second} are about the same thing; one row for each is right")
    laid_out = {}
    suppressed = np.zeros(shape, dtype=np.bool_)
    for role, column in numbers.items():
        laid_out[role] = np.full(shape, nan)
        laid_out[role].flat[flat] = column.values
        suppressed.flat[flat] |= column.suppressed
    return Grid(tuple(outer_places), labels, laid_out, there, suppressed)


def _places(keys: Iterable[tuple[Label, ...]]) -> tuple[dict[tuple[Label, ...], int], NDArray[np.intp]]:
    """Each distinct key with its place, in order of first appearance, and the place of every row."""
    places: dict[tuple[Label, ...], int] = {}
    of = [places.setdefault(key, len(places)) for key in keys]
    return places, np.array(of, dtype=np.intp)
