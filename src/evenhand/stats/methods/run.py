"""Run a method on the columns of a table, and give its answer as the columns of another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.errors import InputRefused
from evenhand.stats.estimates import Estimates
from evenhand.stats.methods import method
from evenhand.stats.methods.method import Answer, Layout, Method, ResultColumn
from evenhand.stats.statuses import Status
from evenhand.stats.summaries import Summaries
from evenhand.stats.tables import Column, Grid, grid, number_column

ResultCells = list[Any]

_NUMBERS_OF_ESTIMATES = ("value", "lower", "upper", "numerator", "denominator")
_NUMBERS_OF_SUMMARIES = ("value", "lower", "upper", "corrected", "null_upper", "groups")
_SUPPRESSED = "a number that it needs is hidden"


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The answer as columns of one length, in order; what a reader must know besides stands in ``notes``."""

    columns: dict[str, ResultCells]
    notes: tuple[str, ...] = ()


def run_on_columns(
    name: str,
    table: Mapping[str, Column],
    columns: Mapping[str, str],
    *,
    by: Sequence[str] = (),
    order: Sequence[str] = (),
    options: Mapping[str, str | float] | None = None,
) -> ResultTable:
    """Run the method ``name``.

    Args:
        table: each column of the table under its name.
        columns: for each role of the method (``events``, ``population``, ``group``), the name of a column.
        by: columns that say which rows belong together; for a method in which each row stands for itself, columns to
            be carried to the answer.
        order: the labels of ranked groups or periods in their order, where it is not that of numbers or dates.
        options: the method's own.

    Returns:
        One row for each figure: the columns of ``by``, the group, stratum or period where there is one, ``result``
        (what the figure is), the figure with its interval, what it was made of, its unit, confidence, method and
        reference, and ``status``.

    Raises:
        InputRefused: no such method, column or option; cells that are not numbers; two rows for the same thing.
    """
    asked = method(name)
    asked.checked_columns(list(columns))
    for column in (*columns.values(), *by):
        if column not in table:
            raise InputRefused(f"column: found no {column!r} in the table; it has {', '.join(table)}")
    laid_out = _laid_out(asked, table, columns, by, order)
    answer = asked.run(laid_out, asked.checked_options(options or {}))
    outer_names = [*by, *([columns["group"]] if asked.layout is Layout.STRATA_OF_GROUPS else [])]
    inner_name = columns[asked.label_roles[-1]] if asked.label_roles else ""
    places = _Places(asked, laid_out, answer, outer_names, inner_name, [_labels(table[column]) for column in by])
    return ResultTable(places.columns(), answer.notes)


def _laid_out(
    asked: Method, table: Mapping[str, Column], columns: Mapping[str, str], by: Sequence[str], order: Sequence[str]
) -> Grid:
    numbers = {
        role: number_column(table[column], column) for role, column in columns.items() if role not in asked.label_roles
    }
    if asked.layout is Layout.ROWS:
        rows = len(next(iter(numbers.values())).values)
        return grid(numbers, [], [str(row) for row in range(rows)])
    outer = [_labels(table[column]) for column in by]
    if asked.layout is Layout.STRATA_OF_GROUPS:
        outer.append(_labels(table[columns["group"]]))
    inner = _labels(table[columns[asked.label_roles[-1]]])
    return grid(numbers, outer, inner, order=order, ordered=asked.layout is Layout.RANKED_GROUPS)


def _labels(column: Column) -> list[str]:
    """Whole numbers without a decimal point, so that 10 and 10.0 are one label."""
    return [f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in column]


@dataclass(frozen=True, slots=True)
class _Places:
    """Which rows the answer has, and what stands in them."""

    asked: Method
    grid: Grid
    answer: Answer
    outer_names: list[str]
    inner_name: str
    carried: list[list[str]]

    def columns(self) -> dict[str, ResultCells]:
        """The columns of the answer; those in which no row has anything are left out."""
        named = {name: self.cells(found) for name, found in self.answer.results.items()}
        names = dict.fromkeys(column for cells in named.values() for column in cells)
        labels = self.labels()
        rows = len(self.suppressed())
        out: dict[str, ResultCells] = {name: column * len(named) for name, column in labels.items()}
        out["result"] = [name for name in named for _ in range(rows)]
        for column in names:
            out[column] = [cell for cells in named.values() for cell in cells.get(column, [None] * rows)]
        return {name: column for name, column in out.items() if any(cell is not None and cell != "" for cell in column)}

    def labels(self) -> dict[str, ResultCells]:
        """What each row is about."""
        if self.asked.layout is Layout.ROWS:
            return {name: list(column) for name, column in zip(self._by_names(), self.carried, strict=True)}
        outer, inner = (axis.tolist() for axis in self.at())
        labels: dict[str, ResultCells] = {
            name: [self.grid.outer[place][level] for place in outer] for level, name in enumerate(self.outer_names)
        }
        if self.answer.per_inner:
            names = self.inner_labels()
            labels[self.inner_name] = [names[place] for place in inner]
        return labels

    def _by_names(self) -> list[str]:
        return self.outer_names

    def inner_labels(self) -> tuple[str, ...]:
        return self.answer.inner or self.grid.inner

    def at(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The outer and inner place of each row of the answer."""
        if self.asked.layout is Layout.ROWS:
            rows = np.arange(self.grid.there.shape[1])
            return np.zeros_like(rows), rows
        if not self.answer.per_inner:
            places = np.arange(len(self.grid.outer))
            return places, np.zeros_like(places)
        kept = [self.grid.inner.index(label) for label in self.inner_labels()]
        # A period that the table does not have is a gap of its series, and a row of its chart.
        there = self.grid.there[:, kept] | (self.asked.layout is Layout.PERIODS)
        outer, inner = np.nonzero(there)
        return outer, inner

    def suppressed(self) -> NDArray[np.bool_]:
        """For each row of the answer, whether a number that it is made of was hidden."""
        outer, inner = self.at()
        if self.asked.layout is Layout.ROWS:
            return self.grid.suppressed[0]
        if not self.answer.per_inner:
            return np.asarray(self.grid.suppressed.any(axis=1)[outer])
        kept = [self.grid.inner.index(label) for label in self.inner_labels()]
        return np.asarray(self.grid.suppressed[:, kept][outer, inner])

    def cells(self, found: Estimates | Summaries | Mapping[str, ResultColumn]) -> dict[str, ResultCells]:
        """The columns of one result."""
        if isinstance(found, Mapping):
            return self._of_mapping(found)
        numbers = _NUMBERS_OF_ESTIMATES if isinstance(found, Estimates) else _NUMBERS_OF_SUMMARIES
        cells = {name: _given(self._picked(_column(found, name))) for name in numbers}
        rows = len(cells["value"])
        words = {name: [getattr(found, name)] * rows for name in ("unit", "confidence", "method", "reference")}
        if isinstance(found, Summaries) and found.draws:
            words |= {"draws": [found.draws] * rows, "seed": [found.seed] * rows}
        return {**cells, **words, "status": self._reasons(found.status)}

    def _of_mapping(self, found: Mapping[str, ResultColumn]) -> dict[str, ResultCells]:
        return {
            name: self._reasons(column) if name == "status" else _given(self._picked(np.asarray(column)))
            for name, column in found.items()
        }

    def _picked(self, column: NDArray[Any]) -> NDArray[Any]:
        """The places of the answer's rows, in their order."""
        if column.ndim == 1:
            return column
        outer, inner = self.at()
        return np.asarray(column[outer, inner])

    def _reasons(self, status: NDArray[Any]) -> ResultCells:
        codes = self._picked(status).tolist()
        return [
            _SUPPRESSED if code == Status.MISSING_INPUT and hidden else Status(code).words
            for code, hidden in zip(codes, self.suppressed().tolist(), strict=True)
        ]


def _column(found: Estimates | Summaries, name: str) -> NDArray[Any]:
    if name in ("lower", "upper"):
        return np.asarray(getattr(found.interval, name))
    return np.asarray(getattr(found, name))


def _given(column: NDArray[Any]) -> ResultCells:
    """None for ``nan``: an empty cell says that there is no number, and the status why."""
    return [None if isinstance(cell, float) and cell != cell else cell for cell in column.tolist()]
