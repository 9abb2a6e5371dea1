"""The slow twin of the attack: write down every table of whole numbers there is, and keep those that fit.

It knows nothing of linear programming. It is for tables of a handful of smallest cells with small counts.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evenhand.datasets.counts import Count
from evenhand.disclosure import Attacker, CountRange, Table

_NO_END = 10**9


def fitting_tables(table: Table, known: Sequence[CountRange], *, ceiling: int) -> NDArray[np.int64]:
    """Every table, one a row, that fits the ranges and the sums, with no smallest cell above ``ceiling``."""
    totals = {each.total for each in table.sums}
    tables = np.zeros((1, len(table.cells)), dtype=np.int64)
    filled: set[int] = set()
    for cell in range(len(table.cells)):
        if cell not in totals:
            values = np.arange(known[cell].smallest, _largest(known[cell], ceiling) + 1)
            tables = np.repeat(tables, len(values), axis=0)
            tables[:, cell] = np.tile(values, len(tables) // max(len(values), 1))
            filled.add(cell)
            tables = _with_totals(table, known, tables, filled)
    for each in table.sums:
        tables = tables[tables[:, each.total] == tables[:, each.parts].sum(axis=1)]
    return tables


def _with_totals(
    table: Table, known: Sequence[CountRange], tables: NDArray[np.int64], filled: set[int]
) -> NDArray[np.int64]:
    """Fill in every total whose parts are all there, and drop the tables in which it does not fit."""
    while ready := [each for each in table.sums if filled.issuperset(each.parts) and each.total not in filled]:
        total, parts = ready[0].total, ready[0].parts
        tables[:, total] = tables[:, parts].sum(axis=1)
        filled.add(total)
        fits = (tables[:, total] >= known[total].smallest) & (tables[:, total] <= _largest(known[total], _NO_END))
        tables = tables[fits]
    return tables


def enumerated_ranges(
    table: Table, released: Sequence[Count], attacker: Attacker, *, ceiling: int
) -> list[tuple[int, int]]:
    """The smallest and the largest count of every cell among all tables that fit what is printed."""
    tables = fitting_tables(table, [attacker.range_of(count) for count in released], ceiling=ceiling)
    return list(zip(tables.min(axis=0).tolist(), tables.max(axis=0).tolist(), strict=True))


def _largest(known: CountRange, ceiling: int) -> int:
    return ceiling if known.largest is None else min(known.largest, ceiling)
