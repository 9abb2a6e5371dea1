"""The cheapest way to let a hidden count vary: another table, equal in every sum, that departs from little in print.

A linear programme over the cells of the other table. Hidden cells are free. A printed cell may take any value that
would be printed the same way at no cost; how far it goes beyond is charged at the cell's cost. Cells that may not be
hidden stay within what is printed.
"""

from collections.abc import Mapping, Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

from evenhand.disclosure.attacker import CountRange
from evenhand.disclosure.feasible import DEFAULT_NODES, quiet_solver, solver_bounds, sum_constraints
from evenhand.disclosure.tables import Table

_NONE = 1e-6


class Moves:
    """The programme, kept between searches: ``hide`` makes a cell free for good."""

    def __init__(
        self, table: Table, known: Sequence[CountRange], behind_symbol: CountRange, cost: Mapping[int, float]
    ) -> None:
        """``known``: what would be known of each cell now; ``cost``: of every printed cell that may be hidden."""
        self._cells = len(table.cells)
        self._columns = [behind_symbol if cell in cost else each for cell, each in enumerate(known)]
        self._solver = quiet_solver(sum_constraints(table, self._columns), nodes=DEFAULT_NODES)
        self._printed = {cell: known[cell] for cell in cost}
        self._row = {cell: self._charge(cell, known[cell], each) for cell, each in cost.items()}

    def hide(self, cell: int) -> None:
        """From now on the other table may differ in this cell at no cost."""
        del self._printed[cell]
        self._solver.changeRowBounds(self._row[cell], -highspy.kHighsInf, highspy.kHighsInf)

    def cheapest(self, cell: int, wanted: CountRange, *, whole: bool) -> NDArray[np.float64] | None:
        """The cheapest table with the cell in the range wanted, one float per cell; None when none was found.

        ``whole`` asks for whole numbers by branch and bound; otherwise the table may fall between them.
        """
        self._solver.changeColBounds(cell, *solver_bounds(wanted))
        solver = self._in_whole_numbers() if whole else self._solver
        solver.run()
        solution = solver.getSolution()
        status = solver.getModelStatus()
        self._solver.changeColBounds(cell, *solver_bounds(self._columns[cell]))
        if status == highspy.HighsModelStatus.kInfeasible or not solution.value_valid:
            return None
        return np.array(solution.col_value[: self._cells])

    def departures(self, table: NDArray[np.float64]) -> list[int]:
        """The printed cells in which the other table would be printed differently."""
        return [
            cell
            for cell, known in self._printed.items()
            if table[cell] < known.smallest - _NONE
            or (known.largest is not None and table[cell] > known.largest + _NONE)
        ]

    def _charge(self, cell: int, known: CountRange, cost: float) -> int:
        """A row that measures how far the other table lies above or below what is printed, and what that costs."""
        row = int(self._solver.getNumRow())
        self._solver.addRow(*solver_bounds(known), 1, np.array([cell]), np.array([1.0]))
        for sign in (1.0, -1.0):
            self._solver.addCol(cost, 0.0, highspy.kHighsInf, 1, np.array([row]), np.array([sign]))
        return row

    def _in_whole_numbers(self) -> highspy.Highs:
        programme = self._solver.getLp()
        charged = programme.num_col_ - self._cells
        programme.integrality_ = [highspy.HighsVarType.kInteger] * self._cells + [
            highspy.HighsVarType.kContinuous
        ] * charged
        return quiet_solver(programme, nodes=DEFAULT_NODES)
