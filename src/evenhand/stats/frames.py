"""The methods on data frames: pandas, polars, or what else Narwhals takes; and on mappings of columns.

    from evenhand.stats.frames import analyse

    analyse(frame, "rate-gap", columns={"events": "detained", "population": "people", "group": "ethnicity"},
            by=["area"], reference="White British")

The same methods as ``evenhand stats`` runs on a CSV file, with the same answers. What comes back is the caller's kind
of frame; the columns that say what a row is about keep their types. ``None``, ``nan``, ``NA`` and ``null`` are missing
numbers; ``*`` in a column of text is a hidden one. A column of ordered categories (a pandas categorical with
``ordered=True``, a polars ``Enum``) gives the order of ranked groups or periods by itself.

Only this module imports Narwhals: nothing else of the package needs it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import narwhals as nw
import numpy as np
from narwhals.exceptions import DuplicateError
from numpy.typing import NDArray

from evenhand.errors import InputRefused
from evenhand.stats.methods import method as method_named
from evenhand.stats.methods.run import ResultTable, run_on_table
from evenhand.stats.tables import Column, Rows, Table

WHOLE_NUMBERS = frozenset({"rank", "groups", "points", "differences", "organisations"})
"""Figures that are whole numbers or missing: a frame that can hold both in one column does."""


def analyse(
    frame: Any,
    method: str,
    *,
    columns: Mapping[str, str] | None = None,
    by: Sequence[str] | None = None,
    order: Sequence[str | int] = (),
    say: Callable[[str], object] | None = None,
    **options: Any,
) -> Any:
    """Run the method of that name on a frame.

    Args:
        frame: a pandas or polars data frame, any other eager one that Narwhals takes, or a mapping of columns.
        method: as ``evenhand stats`` lists it.
        columns: for each role of the method (``events``, ``population``, ``group``) the name of a column; a role whose
            column has the role's own name may be left out.
        by: columns that say which rows belong together (area, year).
        order: the labels of ranked groups or periods in their order, where neither numbers, dates nor the column's own
            categories give it.
        say: is called with each sentence that a reader must know besides, such as ``print``.
        options: the method's own: ``reference="White British"``, ``per=1000``.

    Returns:
        A frame of the caller's kind (for a mapping, a dictionary of columns), one row for each figure; its columns
        are those of ``evenhand.stats.methods.run.run_on_table``.

    Raises:
        InputRefused: what cannot be used as it stands, with what was found and what would be right.
    """
    asked, given = method_named(method), _columns(frame)
    table = Table({name: _as_column(name, column) for name, column in given.items()})
    chosen = dict(columns or {})
    ordered = asked.ordered
    if ordered is not None and not order:
        order = _categories(given.get(chosen.get(ordered.name, ordered.name)))
    names = [by] if isinstance(by, str) else by
    result = run_on_table(method, table, chosen, by=names, order=[str(label) for label in order], options=options)
    for note in result.notes:
        if say is not None:
            say(note)
    return _given_back(frame, given, result)


def _columns(frame: Any) -> dict[str, Any]:
    """The columns under their names, as Narwhals has them, or as they are where it knows no such column."""
    if isinstance(frame, Mapping):
        return {name: nw.from_native(column, series_only=True, pass_through=True) for name, column in frame.items()}
    try:
        known = nw.from_native(frame, eager_only=True)
    except DuplicateError:
        raise InputRefused("frame: found two columns of one name; each name once is right") from None
    except TypeError:
        raise InputRefused(
            f"frame: found {type(frame).__name__}; a pandas or polars data frame, collected if it is lazy, or a "
            "mapping of columns is right"
        ) from None
    return {name: known.get_column(name) for name in known.columns}


def _as_column(name: str, column: Any) -> Column:
    """Numbers and dates as arrays, the rest as a list with None for what is missing."""
    if isinstance(column, np.ndarray) and column.ndim == 1:
        return np.asarray(column)
    if not isinstance(column, nw.Series):
        if not isinstance(column, Sequence) or isinstance(column, str):
            raise InputRefused(f"column {name!r}: found {type(column).__name__}; a list of cells is right")
        return list(column)
    if column.dtype.is_numeric():
        return np.asarray(column.cast(nw.Float64()).to_numpy())
    if isinstance(column.dtype, nw.Datetime):
        column = column.dt.replace_time_zone(None)  # the hour that the clock of the place shows
    if column.dtype in (nw.Date, nw.Datetime):
        return np.asarray(column.to_numpy(), dtype="datetime64[us]")
    missing = column.is_null().to_numpy()
    cells: list[Any] = column.to_list()
    for row in np.flatnonzero(missing).tolist():
        cells[row] = None
    return cells


def _categories(column: Any) -> tuple[Any, ...]:
    """The order of ordered categories, as far as they occur; none for any other column."""
    if not (isinstance(column, nw.Series) and isinstance(column.dtype, nw.Enum)):
        return ()
    there = set(column.unique().to_list())
    return tuple(label for label in column.dtype.categories if label in there)


def _given_back(frame: Any, given: Mapping[str, Any], result: ResultTable) -> Any:
    """The result as the caller's kind of frame."""
    labels = {name: _picked(given[name], rows) for name, rows in result.labels.items()}
    if isinstance(frame, Mapping):
        plain = {name: nw.to_native(column, pass_through=True) for name, column in labels.items()}
        return plain | dict(result.figures)
    backend = nw.from_native(frame, eager_only=True).implementation
    figures = {name: _as_series(name, column, backend) for name, column in result.figures.items()}
    return nw.from_dict(
        {name: nw.to_native(column) for name, column in (labels | figures).items()}, backend=backend
    ).to_native()


def _picked(column: Any, rows: Rows) -> Any:
    """The cells of these rows, in a column of the same kind."""
    if isinstance(column, nw.Series):
        return nw.maybe_reset_index(column[rows])
    return column[rows] if isinstance(column, np.ndarray) else [column[row] for row in rows.tolist()]


def _as_series(name: str, figures: NDArray[Any], backend: Any) -> Any:
    """Figures as a column with its proper type, null where there is none."""
    if figures.dtype == object:
        words = [cell or None for cell in figures.tolist()]
        return nw.new_series(name, words, nw.String(), backend=backend)
    if figures.dtype.kind == "i":
        return nw.new_series(name, figures, nw.Int64(), backend=backend)
    series = nw.new_series(name, figures, nw.Float64(), backend=backend).fill_nan(None)
    return series.cast(nw.Int64()) if name in WHOLE_NUMBERS and not backend.is_pandas_like() else series
