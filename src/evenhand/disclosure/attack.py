"""The attack: what an outsider can work out about every hidden count, from nothing but what is printed.

For each hidden cell the smallest and the largest count are found that it has in any table of whole numbers which fits
all printed figures and all sums at once. Both ends are shown by such a table (:mod:`evenhand.disclosure.feasible`);
where the search had to be given up, the range given is the one that was shown, which is never wider than the truth. So
an error of the solver can make a safe table look unsafe, but not an unsafe one safe.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evenhand.datasets.counts import CellStatus, Count
from evenhand.disclosure.attacker import Attacker, CountRange
from evenhand.disclosure.feasible import DEFAULT_NODES, Direction, FeasibleTables, Outcome
from evenhand.disclosure.propagation import propagated
from evenhand.disclosure.tables import Table
from evenhand.errors import EvenhandError, InputRefused


class AttackUndecided(EvenhandError):
    """The search found no table of whole numbers at all before it was given up, so nothing can be said of any cell."""

    def __init__(self) -> None:
        super().__init__(
            "the attack could not be finished: no table of whole numbers that fits the printed figures was found. "
            "Treat the table as unsafe. A smaller table, with fewer breakdowns, can be checked."
        )


@dataclass(frozen=True)
class Attack:
    """What the outsider ends up with.

    Attributes:
        bounds: for every hidden cell (position in the table), the counts that remain possible. A cell of unknown count
            is not hidden, and is not listed.
        undecided: hidden cells whose range may in truth be wider than ``bounds`` says.
        required_width: largest minus smallest that must remain for every hidden cell.
    """

    bounds: Mapping[int, CountRange]
    undecided: frozenset[int]
    required_width: int

    @property
    def narrowest(self) -> int | None:
        """The smallest width of any hidden cell; None when no hidden cell has an upper end, or nothing is hidden."""
        return min((known.width for known in self.bounds.values() if known.width is not None), default=None)

    @property
    def unsafe(self) -> frozenset[int]:
        """The hidden cells whose count the outsider knows more closely than the rule allows."""
        return frozenset(cell for cell, known in self.bounds.items() if not known.is_at_least(self.required_width))

    @property
    def is_safe(self) -> bool:
        """Whether every hidden count stays as vague as the rule asks."""
        return not self.unsafe


def attack(
    table: Table,
    released: Sequence[Count],
    attacker: Attacker,
    *,
    required_width: int = 2,
    nodes: int = DEFAULT_NODES,
) -> Attack:
    """Bound every hidden count of a released table from all that is printed in it.

    Args:
        released: one count per cell of the table, as printed. The true counts play no part.
        nodes: branch-and-bound nodes after which one search is given up; with 0 there is no branch and bound.

    Raises:
        InputRefused: there are not as many counts as cells, or the printed figures contradict each other.
        AttackUndecided: no table that fits was found, though none was ruled out.
    """
    if len(released) != len(table.cells):
        raise InputRefused(f"the table has {len(table.cells)} cells and {len(released)} released counts came with it.")
    known = [attacker.range_of(count) for count in released]
    hidden = [cell for cell, count in enumerate(released) if count.status is CellStatus.SUPPRESSED]
    bounds, undecided = feasible_ranges(table, known, hidden, nodes=nodes)
    return Attack(bounds, undecided, required_width)


def feasible_ranges(
    table: Table, known: Sequence[CountRange], cells: Iterable[int], *, nodes: int = DEFAULT_NODES
) -> tuple[dict[int, CountRange], frozenset[int]]:
    """The range that remains for each of ``cells`` when ``known`` and all sums hold, and the cells left undecided.

    Raises:
        ContradictoryFigures: nothing fits.
        AttackUndecided: no table that fits was found, though none was ruled out.
    """
    limits = propagated(table, known)
    tables = FeasibleTables(table, limits, nodes=nodes)
    ranges: dict[int, CountRange] = {}
    undecided: set[int] = set()
    for cell in cells:
        if limits[cell].width == 0:
            ranges[cell] = limits[cell]
            continue
        outcomes = _search_both_ends(tables, cell, limits[cell])
        if Outcome.UNDECIDED in outcomes:
            undecided.add(cell)
        unlimited = Outcome.UNLIMITED in outcomes and cell not in undecided
        largest = None if unlimited else int(tables.largest[cell])
        ranges[cell] = CountRange(int(tables.smallest[cell]), largest)
    return ranges, frozenset(undecided)


def _search_both_ends(tables: FeasibleTables, cell: int, limit: CountRange) -> set[Outcome]:
    """An end that a witness has already taken to its limit needs no search."""
    outcomes = {Outcome.REACHED}
    if tables.smallest[cell] != limit.smallest:
        outcomes.add(tables.search(cell, Direction.DOWN))
    if tables.largest[cell] != limit.largest:
        outcomes.add(tables.search(cell, Direction.UP))
    if not tables.has_witness:
        raise AttackUndecided
    return outcomes
