"""Secondary suppression: which further counts have to be hidden so that the small ones cannot be worked out.

The search starts from the small counts alone. As long as some hidden count is known too closely, the cheapest way is
sought to let it vary: another table that adds up as well, in which this count is further away, and which departs from
what is printed in as few and as small cells as possible. The printed cells that it departs from are hidden next. Each
step hides a cell more or shows one hidden cell to be safe, so the search comes to an end. Then every cell that turned
out not to be needed is printed again.
"""

from collections.abc import Iterable
from math import log2

import numpy as np
from numpy.typing import NDArray

from evenhand.disclosure.attacker import CountRange
from evenhand.disclosure.feasible import Direction, FeasibleTables
from evenhand.disclosure.moves import Moves
from evenhand.disclosure.primary import printed_count
from evenhand.disclosure.rules import Rule
from evenhand.disclosure.tables import IntArray, Table
from evenhand.errors import EvenhandError


class NotSafe(EvenhandError):
    """A table cannot be printed without giving away a small count."""

    def __init__(self, table: Table, cells: Iterable[int]) -> None:
        names = [table.cells[cell] for cell in sorted(cells)]
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        super().__init__(
            f"the table cannot be made safe: what would be printed gives away {', '.join(names[:3])}{more}. "
            "Nothing was released. Print fewer breakdowns or wider groups, or allow more totals to be hidden."
        )


def hidden_cells(
    table: Table, counts: IntArray, rule: Rule, *, primary: frozenset[int], always_printed: frozenset[int]
) -> frozenset[int]:
    """The cells to hide: ``primary`` and whatever else it takes.

    Raises:
        NotSafe: a small count would have to be printed, or no further cell can be hidden that would help.
    """
    if primary & always_printed:
        raise NotSafe(table, primary & always_printed)
    search = _Search(table, counts, rule, primary, always_printed)
    search.hide_until_safe()
    search.print_what_need_not_be_hidden()
    return frozenset(search.hidden)


class _Search:
    """The state of the search: what is hidden so far, and the tables known to fit what would be printed."""

    def __init__(
        self, table: Table, counts: IntArray, rule: Rule, primary: frozenset[int], always_printed: frozenset[int]
    ) -> None:
        attacker = rule.attacker()
        self._table = table
        self._width = rule.required_width
        self._primary = primary
        self._behind_symbol = CountRange(attacker.hidden_smallest, attacker.hidden_largest)
        self._as_printed = [attacker.range_of(printed_count(int(count), rule)) for count in counts]
        self._cost = _costs(table, counts)
        self.hidden = set(primary)
        known = [self._behind_symbol if cell in primary else self._as_printed[cell] for cell in range(len(counts))]
        self._tables = FeasibleTables(table, known, witnesses=[counts])
        may_hide = frozenset(np.flatnonzero(counts).tolist()) - always_printed - primary
        self._moves = Moves(table, known, self._behind_symbol, {cell: self._cost[cell] for cell in sorted(may_hide)})

    def hide_until_safe(self) -> None:
        while narrow := [cell for cell in sorted(self.hidden) if not self._is_wide(cell)]:
            for cell in narrow:
                if not self._is_witnessed_wide(cell):
                    self._widen(cell)

    def _widen(self, cell: int) -> None:
        if not (self._follow_move(cell, whole=False) or self._follow_move(cell, whole=True)):
            raise NotSafe(self._table, [cell])

    def _follow_move(self, cell: int, *, whole: bool) -> bool:
        """Hide what the cheapest move departs from; whether that hid anything, or the move is a witness as it is."""
        move = self._cheapest_move(cell, whole=whole)
        if move is None:
            return False
        departures = self._moves.departures(move)
        for other in departures:
            self._hide(other)
        return self._tables.offer(move) or bool(departures)

    def _cheapest_move(self, cell: int, *, whole: bool) -> NDArray[np.float64] | None:
        up = int(self._tables.smallest[cell]) + self._width
        down = int(self._tables.largest[cell]) - self._width
        moves = [self._moves.cheapest(cell, CountRange(up, None), whole=whole)]
        if down >= self._behind_symbol.smallest:
            moves.append(self._moves.cheapest(cell, CountRange(self._behind_symbol.smallest, down), whole=whole))
        found = [move for move in moves if move is not None]
        return min(found, key=self._cost_of, default=None)

    def _cost_of(self, move: NDArray[np.float64]) -> float:
        return float(sum(self._cost[cell] for cell in self._moves.departures(move)))

    def _hide(self, cell: int) -> None:
        self.hidden.add(cell)
        self._tables.set_range(cell, self._behind_symbol)
        self._moves.hide(cell)

    def print_what_need_not_be_hidden(self) -> None:
        """The dearest first: a total that can be printed again is worth more than a single small cell."""
        secondary = self.hidden - self._primary
        for cell in sorted(secondary, key=lambda each: (-self._cost[each], each)):
            self.hidden.discard(cell)
            self._tables.set_range(cell, self._as_printed[cell])
            if not all(self._is_wide(other, whole=False) for other in sorted(self.hidden)):
                self.hidden.add(cell)
                self._tables.set_range(cell, self._behind_symbol)

    def _is_wide(self, cell: int, *, whole: bool = True) -> bool:
        """Whether witnesses show the cell as vague as the rule asks; looks for them, up and then down."""
        for direction in (Direction.UP, Direction.DOWN):
            if self._is_witnessed_wide(cell):
                return True
            self._tables.search(cell, direction, stop_at=self._enough(cell, direction), whole=whole)
        return self._is_witnessed_wide(cell)

    def _enough(self, cell: int, direction: Direction) -> int:
        if direction is Direction.UP:
            return int(self._tables.smallest[cell]) + self._width
        return int(self._tables.largest[cell]) - self._width

    def _is_witnessed_wide(self, cell: int) -> bool:
        return bool(self._tables.largest[cell] - self._tables.smallest[cell] >= self._width)


def _costs(table: Table, counts: IntArray) -> list[float]:
    """What it costs the reader to lose a cell: more for a large count, and far more for a total of others."""
    totals = np.zeros(len(counts))
    for each in table.sums:
        totals[each.total] += 1
    return [(1 + log2(1 + count)) * (1 + 2 * level) for count, level in zip(counts.tolist(), totals, strict=True)]
