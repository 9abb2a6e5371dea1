"""Run a method on the columns of a table, and give its answer as the columns of another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.errors import InputRefused
from evenhand.stats.grids import NO_ROW, Grid, Side, by_age, joined, laid_out, ranked
from evenhand.stats.methods import method
from evenhand.stats.methods.method import Answer, Holds, Method, Order, Result, in_words
from evenhand.stats.periods import in_time
from evenhand.stats.statuses import Status
from evenhand.stats.tables import Labels, Numbers, Rows, Table

RESULT, STATUS = "result", "status"
HIDDEN = "a number that it needs is hidden"


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The answer as columns of one length.

    Attributes:
        labels: what each row is about: for each column of the table that says so, the row of the table to take it from.
        figures: ``result`` (what the figure is), the figure with its interval, what it was made of, its unit,
            confidence, method and reference, and ``status``; ``nan`` and "" where there is nothing.
        notes: what a reader must know besides.
    """

    labels: Mapping[str, Rows]
    figures: Mapping[str, NDArray[Any]]
    notes: tuple[str, ...] = ()


def run_on_table(
    name: str,
    table: Table,
    columns: Mapping[str, str],
    *,
    by: Sequence[str] | None = None,
    order: Sequence[str] = (),
    options: Mapping[str, Any] | None = None,
) -> ResultTable:
    """Run the method ``name``.

    Args:
        columns: for each role of the method (``events``, ``population``, ``group``), the name of a column. A role
            whose column has the role's own name may be left out.
        by: columns that say which rows belong together. For a method in which each row stands for itself, columns to
            be carried to the answer: when left out all that the method does not take.
        order: the labels of ranked groups or periods in their order, where it is not that of numbers or dates.
        options: the method's own.

    Returns:
        One row for each figure, in the order of the table's rows; those of a series in the order of time.

    Raises:
        InputRefused: no such method, column or option; cells that are not numbers; two rows for the same thing.
    """
    asked = method(name)
    settings = asked.chosen_options(options or {})
    chosen = asked.chosen_columns(columns, table)
    if order and asked.ordered is None:
        raise InputRefused(f"order: found one, and {name} has none to take; leave it out")
    numbers = _checked_numbers(asked, table, chosen)
    row_by_row = not (asked.labels or asked.sequence)
    for column in by or ():
        table.column(column)
    grid = _grid_of_rows(table, numbers) if row_by_row else _grid(asked, table, chosen, numbers, by or (), order)
    answer = asked.run(grid, settings)
    rows = _table_rows(grid, answer)
    places = _places(rows, every_place=answer.every_place)
    figures = _figures(grid, answer, places)
    notes = answer.notes
    if by is None:
        by, dropped = _carried(table, chosen, figures) if row_by_row else ([], ())
        notes = (*dropped, *notes)
    labels = _labels(asked, rows, places, chosen, by)
    for column in labels:
        if column in figures:
            raise InputRefused(f"column: found {column!r}, which is a column of the result; rename that of the table")
    times = len(answer.results)
    return ResultTable({name: np.tile(label, times) for name, label in labels.items()}, figures, notes)


def _checked_numbers(asked: Method, table: Table, chosen: Mapping[str, str]) -> dict[str, Numbers]:
    """The column of each role, checked for what the role holds, with the rows named where it does not."""
    numbers = {}
    for role in asked.roles:
        if role.name not in chosen:
            continue
        name = chosen[role.name]
        found = numbers[role.name] = table.days(name) if role.holds is Holds.DATES else table.numbers(name)
        if role.holds in (Holds.COUNTS, Holds.NOT_NEGATIVE, Holds.SHARES):
            table.refuse(found.values < 0, f"column {name!r}", "below 0", f"{role.holds.value} are right")
        if role.holds is Holds.SHARES:
            table.refuse(found.values > 1, f"column {name!r}", "above 1", f"{role.holds.value} are right")
    for role in asked.roles:
        where = f"column {chosen.get(role.name)!r}"
        if role.within:
            wrong = numbers[role.name].values > numbers[role.within].values
            right = "a part is not larger than its population"
            table.refuse(wrong, where, f"more than {chosen[role.within]!r} has", right)
        if role.among:
            wrong = (numbers[role.among].values == 0) & (numbers[role.name].values > 0)
            table.refuse(
                wrong, where, f"above 0 where {chosen[role.among]!r} is 0", "a population of 0 can have no events"
            )
    return numbers


def _carried(table: Table, chosen: Mapping[str, str], figures: Mapping[str, Any]) -> tuple[list[str], tuple[str, ...]]:
    """The columns that are carried to the answer, and a note on those that cannot be."""
    others = [name for name in table.columns if name not in chosen.values()]
    taken = [name for name in others if name in figures]
    notes = tuple(f"The column {name!r} is left out: the result has one of that name." for name in taken)
    return [name for name in others if name not in taken], notes


def _grid_of_rows(table: Table, numbers: Mapping[str, Numbers]) -> Grid:
    return Grid(
        sides=(),
        numbers={role: column.values for role, column in numbers.items()},
        hidden=np.any([column.hidden for column in numbers.values()], axis=0),
        row=np.arange(len(table)),
        words={},
    )


def _grid(
    asked: Method,
    table: Table,
    chosen: Mapping[str, str],
    numbers: Mapping[str, Numbers],
    by: Sequence[str],
    order: Sequence[str],
) -> Grid:
    for column in by:
        if column in chosen.values():
            raise InputRefused(f"by: found {column!r}, which {asked.name} takes for something else; leave it out")
    settings = joined([table.labels(column) for column in by], len(table))
    sides = [Side(", ".join(map(str, by)), settings)]
    if asked.sequence:
        sides.append(Side("event", _one_after_other(settings.codes, numbers[asked.sequence].values)))
    for label in asked.sides:
        labels = table.labels(chosen[label.name])
        sides.append(Side(chosen[label.name], _ordered(labels, label.order, order)))
    words = {label.name: table.labels(chosen[label.name]) for label in asked.labels if label.names}
    return laid_out(table, numbers, sides, words)


def _ordered(labels: Labels, how: Order, order: Sequence[str]) -> Labels:
    if how is Order.RANK:
        return ranked(labels, order)
    if how is Order.TIME:
        return in_time(labels, order)
    return by_age(labels) if how is Order.AGE else labels


def _one_after_other(series: Rows, days: NDArray[np.float64]) -> Labels:
    """Each row's place in its series, in order of time; those of one time in the order of the table."""
    in_order = np.lexsort((days, series))
    starts = np.append(0, np.flatnonzero(np.diff(series[in_order])) + 1)
    lengths = np.diff(np.append(starts, len(series)))
    place = np.empty(len(series), dtype=np.intp)
    place[in_order] = np.arange(len(series)) - np.repeat(starts, lengths)
    return Labels(tuple(str(number + 1) for number in range(lengths.max())), place)


def _table_rows(grid: Grid, answer: Answer) -> Rows:
    """For each place of the results the first row that the table has for it."""
    rows = grid.first_rows(next(iter(answer.results.values())).status.ndim)
    return rows if answer.kept is None else rows[..., answer.kept]


def _places(rows: Rows, *, every_place: bool) -> tuple[Rows, ...]:
    """Where in the results each row of the answer stands."""
    if not every_place:
        places = np.nonzero(rows != NO_ROW)
        order = np.argsort(rows[places])
        return tuple(place[order] for place in places)
    # A period that no row of the table has is a gap in every series, and no row of the answer.
    of_series, of_period = _first(rows, side=0), _first(rows, side=1)
    series, period = np.nonzero(np.broadcast_to(of_period != NO_ROW, rows.shape))
    order = np.lexsort((period, of_series[series]))
    return series[order], period[order]


def _first(rows: Rows, *, side: int) -> Rows:
    """For each place of one side the first row that the table has for it."""
    last = np.iinfo(np.intp).max
    others = tuple(other for other in range(rows.ndim) if other != side)
    first = np.where(rows == NO_ROW, last, rows).min(axis=others)
    return np.where(first == last, NO_ROW, first)


def _labels(
    asked: Method, rows: Rows, places: tuple[Rows, ...], chosen: Mapping[str, str], by: Sequence[str]
) -> dict[str, Rows]:
    """For each column that says what a row of the answer is about, the row of the table that has its label."""
    own = rows[places]

    def row_of(side: int) -> Rows:
        return np.where(own == NO_ROW, _first(rows, side=side)[places[side]], own)

    labels = {column: row_of(0) for column in by}
    if asked.sequence:
        labels[chosen[asked.sequence]] = own
    for side, label in enumerate(asked.sides[: rows.ndim - 1], start=1):
        labels[chosen[label.name]] = row_of(side)
    return labels


def _figures(grid: Grid, answer: Answer, places: tuple[Rows, ...]) -> dict[str, NDArray[Any]]:
    """The results one below the other, each column as wide as they need together."""
    results = list(answer.results.values())
    size = len(places[0])
    figures = {RESULT: np.repeat(np.array(list(answer.results), dtype=object), size)}
    for name in dict.fromkeys(name for result in results for name in result.figures):
        found = [result.figures.get(name) for result in results]
        if any(figure is not None and not (isinstance(figure, str) and not figure) for figure in found):
            figures[name] = np.concatenate([_column(figure, places, size, _nothing(found)) for figure in found])
    return {**figures, STATUS: np.concatenate([_statuses(grid, answer, result, places) for result in results])}


def _nothing(found: Sequence[Any]) -> str | float:
    """What stands in a column for nothing: no text among texts, ``nan`` among numbers."""
    words = any(isinstance(each, str) or (isinstance(each, np.ndarray) and each.dtype == object) for each in found)
    return "" if words else np.nan


def _column(figure: Any, places: tuple[Rows, ...], size: int, nothing: str | float) -> NDArray[Any]:
    """One column of one result, at the places of the answer's rows."""
    if isinstance(figure, np.ndarray):
        return np.asarray(figure[places])
    value = nothing if figure is None else figure
    return np.full(size, value, dtype=object if isinstance(value, str) else None)


def _statuses(grid: Grid, answer: Answer, result: Result, places: tuple[Rows, ...]) -> NDArray[Any]:
    """The status of each row in words: a number that is missing told from one that is hidden."""
    status = result.status[places]
    hidden = answer.hidden if answer.hidden is not None else grid.needs_hidden(len(places))
    if answer.kept is not None:
        hidden = hidden[..., answer.kept]
    words = in_words(status, lambda code: Status(code).words)
    words[(status == Status.MISSING_INPUT) & hidden[places]] = HIDDEN
    return words
