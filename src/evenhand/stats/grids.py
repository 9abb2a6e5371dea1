"""Rows that belong together laid out side by side: areas × groups × age bands, whatever the order of the rows.

A directly standardised rate needs the strata of a group side by side, a gap the groups of a place, a control chart the
periods of a series. Each column of labels becomes one side of an array. A place for which the table has no row is
``nan`` in every number; what that means is for the method to say (nobody there, or not known).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evenhand.errors import InputRefused
from evenhand.stats.intervals import FloatArray
from evenhand.stats.ordered import OrderedCategories
from evenhand.stats.tables import BoolArray, Labels, Numbers, Rows, Table

NO_ROW = -1
MOST_PLACES = 50_000_000
MOST_LABELS_LISTED = 40

_STARTING_AGE = re.compile(r"([0-9]+)(?:[-–+ ].*)?")


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One side of the arrays: what its places are called, which of them each row is in, and what it is called."""

    name: str
    labels: Labels


@dataclass(frozen=True, eq=False)
class Grid:
    """Numbers laid out by the labels of their rows.

    Attributes:
        sides: the first holds what each figure is about apart from the others (areas); it may have one place, "".
        numbers: for each role, an array with one dimension a side; ``nan`` where a number is missing or hidden.
        hidden: whether a number of that row was hidden.
        row: the row of the table at each place, ``NO_ROW`` where it has none.
        words: for a role whose numbers stand for words, the words.
    """

    sides: tuple[Side, ...]
    numbers: Mapping[str, FloatArray]
    hidden: BoolArray
    row: Rows
    words: Mapping[str, tuple[str, ...]]

    @property
    def shape(self) -> tuple[int, ...]:
        return self.row.shape

    @property
    def there(self) -> BoolArray:
        """Where the table has a row."""
        return np.asarray(self.row != NO_ROW)

    def names(self, side: int) -> tuple[str, ...]:
        """What the places of a side are called."""
        return self.sides[side].labels.names

    def counts(self, role: str) -> FloatArray:
        """The numbers; 0 for a group that a setting has no row of: it has nobody there.

        A stratum that is missing of a group that is there is not known, and stays ``nan``.
        """
        beyond = tuple(range(2, len(self.shape)))
        there = self.there.any(axis=beyond, keepdims=True)
        return np.where(there, self.numbers[role], 0.0)

    def the_same_for_all(self, role: str, *, side: int, required: bool = True) -> FloatArray:
        """One number for each place of ``side``; raises InputRefused where its rows have different ones.

        ``required``: refuse a place without any, too; otherwise it is ``nan``.
        """
        found = self.the_same(role, sides=(side,))
        missing = np.flatnonzero(np.isnan(found))
        if required and missing.size:
            raise InputRefused(
                f"{role}: found no number for {self.sides[side].name} {self.names(side)[missing[0]]!r}; "
                "one number, the same in all its rows, is right"
            )
        return found

    def the_same(self, role: str, *, sides: tuple[int, ...]) -> FloatArray:
        """One number for each place of ``sides``, ``nan`` where there is none; refused where there are several."""
        others = tuple(side for side in range(len(self.shape)) if side not in sides)
        numbers = self.numbers[role]
        lowest, highest = np.fmin.reduce(numbers, axis=others), np.fmax.reduce(numbers, axis=others)
        different = np.argwhere(lowest < highest)
        if different.size:
            place = ", ".join(
                f"{self.sides[side].name} {self.names(side)[at]!r}".strip()
                for side, at in zip(sides, different[0].tolist(), strict=True)
                if self.sides[side].name
            )
            raise InputRefused(f"{role}: found different numbers in the rows of {place}; the same in all is right")
        return np.asarray(lowest)

    def first_rows(self, dimensions: int) -> Rows:
        """Of each place of the first ``dimensions`` sides, the first row that the table has for it."""
        beyond = tuple(range(dimensions, len(self.shape)))
        last = np.iinfo(np.intp).max
        first = np.where(self.there, self.row, last).min(axis=beyond, initial=last)
        return np.where(first == last, NO_ROW, first)

    @cached_property
    def incomplete(self) -> BoolArray:
        """Where a number is missing or hidden, or there is no row."""
        return np.asarray(np.isnan(sum(self.numbers.values(), np.zeros(self.shape))))

    def needs_hidden(self, dimensions: int) -> BoolArray:
        """Of figures of the first ``dimensions`` sides that lack a number, which lack a hidden one.

        Its own, or where its own are all there, one of the others in its setting.
        """
        beyond, others = tuple(range(dimensions, len(self.shape))), tuple(range(1, len(self.shape)))
        anywhere = self.hidden.any(axis=others, keepdims=True).reshape(-1, *[1] * (dimensions - 1))
        return np.asarray(self.hidden.any(axis=beyond) | (anywhere & ~self.incomplete.any(axis=beyond)))


def laid_out(table: Table, numbers: Mapping[str, Numbers], sides: Sequence[Side], words: Mapping[str, Labels]) -> Grid:
    """Lay the numbers out by the labels of ``sides``; ``words`` become numbers, each label its place among them.

    Raises:
        InputRefused: two rows for one place, or far more places than rows.
    """
    shape = tuple(len(side.labels.names) for side in sides)
    if np.prod([float(size) for size in shape]) > MOST_PLACES:
        sizes = " × ".join(f"{size:,}" for size in shape)
        raise InputRefused(
            f"table: found {len(table):,} rows for an array of {sizes}; labels that many rows share are right"
        )
    at = np.ravel_multi_index(tuple(side.labels.codes for side in sides), shape)
    row = np.full(shape, NO_ROW, dtype=np.intp)
    row.flat[at] = np.arange(len(table))
    if np.count_nonzero(row != NO_ROW) < len(table):
        _, first = np.unique(at, return_index=True)
        twice = at[np.setdiff1d(np.arange(len(table)), first)[0]]
        of = ", ".join(side.name for side in sides if side.name)
        raise InputRefused(
            f"table: {table.named(np.flatnonzero(at == twice))} have the same {of}; one row for each is right"
        )

    def on_grid(values: FloatArray) -> FloatArray:
        array = np.full(shape, np.nan)
        array.flat[at] = values
        return array

    hidden = np.zeros(shape, dtype=np.bool_)
    hidden.flat[at] = np.any([column.hidden for column in numbers.values()], axis=0)
    return Grid(
        sides=tuple(sides),
        numbers={role: on_grid(column.values) for role, column in numbers.items()}
        | {role: on_grid(labels.codes.astype(np.float64)) for role, labels in words.items()},
        hidden=hidden,
        row=row,
        words={role: labels.names for role, labels in words.items()},
    )


def joined(columns: Sequence[Labels], rows: int) -> Labels:
    """Several columns of labels as one, a label for each combination that occurs; for no column, one label, ""."""
    if not columns:
        return Labels(("",), np.zeros(rows, dtype=np.intp))
    codes = np.zeros(rows, dtype=np.intp)
    for column in columns:
        _, codes = np.unique(codes * len(column.names) + column.codes, return_inverse=True)
    example = np.empty(codes.max() + 1, dtype=np.intp)
    example[codes] = np.arange(rows)
    parts = [[column.names[code] for code in column.codes[example].tolist()] for column in columns]
    return Labels(tuple(map(", ".join, zip(*parts, strict=True))), codes)


def in_order(labels: Labels, names: Sequence[str]) -> Labels:
    """The same labels in another order, which may hold more of them."""
    place_of = {name: place for place, name in enumerate(names)}
    return Labels(tuple(names), np.array([place_of[name] for name in labels.names], dtype=np.intp)[labels.codes])


def ranked(labels: Labels, order: Sequence[str]) -> Labels:
    """By rank, as ``order`` says or by whole numbers; raises InputRefused where neither does."""
    return in_order(labels, OrderedCategories.of(labels.names, order=order or None).labels)


def by_age(labels: Labels) -> Labels:
    """By starting age: 0, 1, 5 … or 0, 1-4, 5-9, 90+."""
    return in_order(labels, sorted(labels.names, key=starting_age))


def starting_age(label: str) -> int:
    """Where an age band begins; raises InputRefused for a label that does not begin with it."""
    found = _STARTING_AGE.fullmatch(label)
    if not found:
        raise InputRefused(
            "stratum: found a label that does not begin with an age; ages such as 0, 1-4, 5-9 and 90+ are right"
        )
    return int(found[1])
