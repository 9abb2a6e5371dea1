"""A table of counts: named cells, and which of them add up to which."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from evenhand.errors import InputRefused

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sum:
    """The true count in cell ``total`` is the sum of the true counts in the cells ``parts`` (positions, from 0)."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """Cells by name, and every sum that holds between their true counts.

    Several tables that share cells are one ``Table``: name the shared cells once and list the sums of all.

    A total on another basis than its parts (it counts people whose group is not shown, or counts people once who are
    in two groups) is not their sum: leave that sum out, or put a cell for the difference among the parts.

    Raises:
        InputRefused: no cell, two cells of the same name, or a sum that points outside the table or twice at a cell.
    """

    cells: tuple[str, ...]
    sums: tuple[Sum, ...]
    _position: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.cells:
            raise InputRefused("a table needs at least one cell; this one has none.")
        object.__setattr__(self, "_position", {name: place for place, name in enumerate(self.cells)})
        if len(self._position) != len(self.cells):
            twice = next(name for place, name in enumerate(self.cells) if self._position[name] != place)
            raise InputRefused(f"the table has two cells named {twice!r}. Every cell needs a name of its own.")
        for place, each in enumerate(self.sums):
            members = (each.total, *each.parts)
            if not each.parts or len(set(members)) != len(members):
                raise InputRefused(f"sum {place + 1} of the table needs parts, and each cell in it once.")
            if not all(0 <= cell < len(self.cells) for cell in members):
                raise InputRefused(f"sum {place + 1} of the table names a cell that the table does not have.")

    def position(self, name: str) -> int:
        """Where the cell of that name stands. KeyError when there is none."""
        return self._position[name]

    @cached_property
    def _totals(self) -> IntArray:
        return np.array([each.total for each in self.sums], dtype=np.int64)

    @cached_property
    def _parts(self) -> IntArray:
        return np.array([part for each in self.sums for part in each.parts], dtype=np.int64)

    @cached_property
    def _first_parts(self) -> IntArray:
        lengths = [len(each.parts) for each in self.sums]
        return np.cumsum([0, *lengths[:-1]], dtype=np.int64)

    def sums_that_fail(self, counts: IntArray) -> IntArray:
        """Positions of the sums that do not hold, in whole-number arithmetic. ``counts``: int64, one per cell."""
        if not self.sums:
            return np.array([], dtype=np.int64)
        added = np.add.reduceat(counts[self._parts], self._first_parts)
        return np.flatnonzero(added != counts[self._totals])

    def checked(self, counts: Sequence[int]) -> IntArray:
        """The true counts as an int64 array.

        Raises:
            InputRefused: a count too few or too many, a negative one, or parts that do not add up to their total. The
                message names cells and no count.
        """
        if len(counts) != len(self.cells):
            raise InputRefused(f"the table has {len(self.cells)} cells and {len(counts)} counts came with it.")
        array = np.array(counts, dtype=np.int64)
        if (array < 0).any():
            raise InputRefused(f"the count of {self.cells[int(np.argmin(array))]!r} is negative.")
        failing = self.sums_that_fail(array)
        if failing.size:
            total = self.cells[self.sums[int(failing[0])].total]
            raise InputRefused(
                f"{failing.size} of the table's {len(self.sums)} sums do not hold; the first is that of {total!r}. "
                "If that total is counted on another basis than its parts, leave the sum out of the table."
            )
        return array
