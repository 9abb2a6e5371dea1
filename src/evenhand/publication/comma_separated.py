"""Tables of a release as CSV for people: UTF-8, one header row, and no cell that a spreadsheet would run as a formula.

Spreadsheets take a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return for a formula, quoted
or not. Text that begins so is written with an apostrophe before it, and read without it; so is text that itself begins
with apostrophes and then such a sign, so that reading always gives back what was written.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from evenhand.publication.columns import Column, Kind, Row, Value

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_text(columns: Sequence[Column], rows: Iterable[Row]) -> str:
    """The rows as CSV text with ``\\n`` line ends. Numbers are written so that reading gives the same number."""
    lines = [[column.name for column in columns], *([_written(value) for value in row] for row in rows)]
    return "".join(",".join(map(_quoted, cells)) + "\n" for cells in lines)


def csv_rows(columns: Sequence[Column], text: str) -> list[Row]:
    """The rows that :func:`csv_text` wrote.

    Raises:
        ValueError: another header, a row of another length, or a value that its column does not allow; the message
            names the line and the column.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    expected = [column.name for column in columns]
    rows: list[Row] = []
    try:
        if next(reader, None) != expected:
            raise ValueError(f"line 1: the columns are not the {len(expected)} that a release has, in their order")
        for cells in reader:
            if len(cells) != len(expected):
                raise ValueError(f"line {reader.line_num}: {len(cells)} cells found, {len(expected)} expected")
            line = reader.line_num
            rows.append(tuple(_read(cell, column, line) for cell, column in zip(cells, columns, strict=True)))
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num}: {error}") from error
    return rows


def _quoted(cell: str) -> str:
    """Quoted where it has to be. ``csv.writer`` leaves a carriage return bare, which its own reader trips over."""
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ',"\r\n') else cell


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.lstrip("'").startswith(_FORMULA_SIGNS) else value
    if isinstance(value, date):
        return value.isoformat()
    return repr(value)


def _read(cell: str, column: Column, line: int) -> Value:
    if cell == "":
        if column.required:
            raise ValueError(f"line {line}, column {column.name}: is empty")
        return None
    try:
        return _READ[column.kind](cell)
    except ValueError as error:
        raise ValueError(f"line {line}, column {column.name}: is not a {column.kind}") from error


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA_SIGNS) else cell


_READ: dict[Kind, Callable[[str], Value]] = {
    "string": _unguarded,
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
}
