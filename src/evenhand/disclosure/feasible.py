"""Every table of whole numbers that fits what an outsider knows, searched with linear and integer programming (HiGHS).

A floating-point answer is never a verdict here. A solver's table counts only when, rounded to whole numbers, it holds
every sum and lies in every range in integer arithmetic: it is then a **witness**, a table that the outsider cannot rule
out. A solver's bound is only ever used to say that an outsider knows *more*.
"""

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from math import ceil, floor

import highspy
import numpy as np
from numpy.typing import NDArray

from evenhand.disclosure.attacker import CountRange
from evenhand.disclosure.tables import IntArray, Table
from evenhand.errors import InputRefused

# A bound that the solver gives as 4.999998 means 5. Were it truly below 5, no witness of 5 would turn up and the search
# would go on in whole numbers, so the allowance can cost time but not truth.
_ALLOWANCE = 1e-5
# Branch and bound stops after so many nodes, not seconds: the same table gives the same answer on every machine.
DEFAULT_NODES = 20_000
# How far a count without an upper end is followed before it is called unlimited.
_FAR = 1_000
_NO_CEILING = np.iinfo(np.int64).max

_Status = highspy.HighsModelStatus


class ContradictoryFigures(InputRefused):
    """No table of whole numbers fits what is known: the printed figures contradict each other."""

    def __init__(self) -> None:
        super().__init__(
            "the figures contradict each other: no counts fit all of them and their sums. Check that every total is "
            "counted on the same basis as its parts, and that the rounding is stated as the publisher did it."
        )


class Direction(Enum):
    """Which end of a cell's range is looked for."""

    DOWN = -1
    UP = 1


class Outcome(Enum):
    """How a search for the end of a cell's range came out."""

    REACHED = auto()  # a witness stands at the end, and the solver's bound says there is nothing beyond
    UNLIMITED = auto()  # there is no end, and a witness stands a long way out
    UNDECIDED = auto()  # the search was given up: there may be something beyond the furthest witness


class FeasibleTables:
    """The tables of whole numbers that fit a range for every cell and the sums between them.

    Attributes:
        smallest, largest: int64, one per cell: the extremes among the witnesses found so far. Until there is a witness
            every ``smallest`` is above every ``largest``.
    """

    smallest: IntArray
    largest: IntArray

    def __init__(
        self,
        table: Table,
        ranges: Sequence[CountRange],
        *,
        witnesses: Iterable[IntArray] = (),
        nodes: int = DEFAULT_NODES,
    ) -> None:
        self._table = table
        self._nodes = nodes
        self._lower = np.array([each.smallest for each in ranges], dtype=np.int64)
        self._upper = np.array([_ceiling(each) for each in ranges], dtype=np.int64)
        self._witnesses = list(witnesses)
        self._gather_extremes()
        self._solver = quiet_solver(sum_constraints(table, ranges), nodes=nodes)

    @property
    def has_witness(self) -> bool:
        """Whether any table that fits has been found yet."""
        return bool(self.largest[0] >= self.smallest[0])

    def set_range(self, cell: int, known: CountRange) -> None:
        """Change what is known of one cell. Witnesses that do not fit rest until they fit again."""
        self._lower[cell], self._upper[cell] = known.smallest, _ceiling(known)
        self._bound_column(cell, self._lower[cell], self._upper[cell])
        self._gather_extremes()

    def search(self, cell: int, direction: Direction, *, stop_at: int | None = None, whole: bool = True) -> Outcome:
        """Look for the end of one cell's range, and keep every witness met on the way.

        Args:
            stop_at: do not look beyond this value.
            whole: go on in whole numbers when the linear programme ends between them; False gives up there, as it
                does when no nodes are allowed.

        Raises:
            ContradictoryFigures: no table fits.
        """
        if stop_at is not None:
            self._bound_column(cell, *self._up_to(cell, direction, stop_at))
        try:
            return self._search_linear(cell, direction, whole=whole)
        finally:
            self._bound_column(cell, self._lower[cell], self._upper[cell])

    def _search_linear(self, cell: int, direction: Direction, *, whole: bool) -> Outcome:
        status, values = _extreme_table(self._solver, cell, direction)
        if status == _Status.kUnbounded:
            return self._search_far(cell, whole=whole)
        _refuse_if_infeasible(status)
        self.offer(values)
        if status == _Status.kOptimal and self._witnessed(cell, direction, _whole_bound(values[cell], direction)):
            return Outcome.REACHED
        return self._search_whole(cell, direction) if whole and self._nodes else Outcome.UNDECIDED

    def _search_far(self, cell: int, *, whole: bool) -> Outcome:
        """The count has no upper end: show it far above everything that was seen of it so far."""
        far = max(int(self._lower[cell]), int(self.largest[cell])) + _FAR
        self._bound_column(cell, far, _NO_CEILING)
        outcome = self._search_linear(cell, Direction.DOWN, whole=whole)
        return Outcome.UNLIMITED if self.largest[cell] >= far else outcome

    def _search_whole(self, cell: int, direction: Direction) -> Outcome:
        programme = self._solver.getLp()
        programme.integrality_ = [highspy.HighsVarType.kInteger] * len(self._table.cells)
        status, values = _extreme_table(quiet_solver(programme, nodes=self._nodes), cell, direction)
        _refuse_if_infeasible(status)
        admitted = self.offer(values)
        return Outcome.REACHED if admitted and status == _Status.kOptimal else Outcome.UNDECIDED

    def _up_to(self, cell: int, direction: Direction, stop_at: int) -> tuple[int, int]:
        if direction is Direction.UP:
            return int(self._lower[cell]), min(int(self._upper[cell]), stop_at)
        return max(int(self._lower[cell]), stop_at), int(self._upper[cell])

    def _bound_column(self, cell: int, lower: int, upper: int) -> None:
        self._solver.changeColBounds(cell, float(lower), highspy.kHighsInf if upper == _NO_CEILING else float(upper))

    def offer(self, values: NDArray[np.float64]) -> bool:
        """Whether a table found elsewhere is, in whole numbers, a witness; if so it is kept. Empty means no table."""
        if values.size == 0:
            return False
        witness = np.rint(values).astype(np.int64)
        if self._table.sums_that_fail(witness).size or not self._fits(witness):
            return False
        if (witness < self.smallest).any() or (witness > self.largest).any():
            self._witnesses.append(witness)
            self._extend_extremes(witness)
        return True

    def _witnessed(self, cell: int, direction: Direction, bound: int) -> bool:
        return bool(self.largest[cell] >= bound if direction is Direction.UP else self.smallest[cell] <= bound)

    def _fits(self, witness: IntArray) -> bool:
        return bool(((self._lower <= witness) & (witness <= self._upper)).all())

    def _gather_extremes(self) -> None:
        known = np.array(self._witnesses, dtype=np.int64).reshape(-1, len(self._table.cells))
        fitting = known[((self._lower <= known) & (known <= self._upper)).all(axis=1)]
        self.smallest = fitting.min(axis=0, initial=_NO_CEILING)
        self.largest = fitting.max(axis=0, initial=-1)

    def _extend_extremes(self, witness: IntArray) -> None:
        np.minimum(self.smallest, witness, out=self.smallest)
        np.maximum(self.largest, witness, out=self.largest)


def sum_constraints(table: Table, ranges: Sequence[CountRange]) -> highspy.HighsLp:
    """The linear programme with a column per cell, within its range, and a row per sum: parts - total = 0."""
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(table.cells), len(table.sums)
    programme.col_cost_ = np.zeros(len(table.cells))
    bounds = [solver_bounds(each) for each in ranges]
    programme.col_lower_ = np.array([lower for lower, _ in bounds])
    programme.col_upper_ = np.array([upper for _, upper in bounds])
    programme.row_lower_ = programme.row_upper_ = np.zeros(len(table.sums))
    members = [(*each.parts, each.total) for each in table.sums]
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = np.cumsum([0, *map(len, members)])
    programme.a_matrix_.index_ = np.array([cell for each in members for cell in each], dtype=np.int32)
    programme.a_matrix_.value_ = np.array([sign for each in members for sign in [1.0] * (len(each) - 1) + [-1.0]])
    return programme


def solver_bounds(known: CountRange) -> tuple[float, float]:
    """The range as the solver writes it: no upper end is infinity."""
    return float(known.smallest), highspy.kHighsInf if known.largest is None else float(known.largest)


def quiet_solver(programme: highspy.HighsLp, *, nodes: int) -> highspy.Highs:
    """HiGHS with this programme, on one thread and with a fixed seed, so that the same input gives the same answer."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # HiGHS annotates no constructor
    for option, setting in {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "presolve": "off" if not len(programme.integrality_) else "on",
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,  # values are whole numbers
        "mip_max_nodes": nodes,
    }.items():
        solver.setOptionValue(option, setting)
    solver.passModel(programme)
    return solver


def _extreme_table(solver: highspy.Highs, cell: int, direction: Direction) -> tuple[_Status, NDArray[np.float64]]:
    """The solver's status and its table with the cell as far in that direction as it gets; empty without a table."""
    solver.changeColCost(cell, -float(direction.value))
    solver.run()
    status, solution = solver.getModelStatus(), solver.getSolution()
    values = np.array(solution.col_value if solution.value_valid else [])
    solver.changeColCost(cell, 0.0)  # only now: a change of the programme discards its solution
    return status, values


def _refuse_if_infeasible(status: _Status) -> None:
    if status == _Status.kInfeasible:
        raise ContradictoryFigures


def _whole_bound(value: float, direction: Direction) -> int:
    return floor(value + _ALLOWANCE) if direction is Direction.UP else ceil(value - _ALLOWANCE)


def _ceiling(known: CountRange) -> int:
    return _NO_CEILING if known.largest is None else known.largest
