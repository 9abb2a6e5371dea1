"""Tables of counts as CSV: read strictly, with the line of every row; results, written so that numbers stay the same.

UTF-8 with or without a byte order mark, cells between commas, quoted where they hold a comma or a line end; lines end
in LF, CR LF or CR. Lines without any content are passed over. What cannot be a table is refused, not repaired.
"""

import csv
import io
import sys
from collections.abc import Sequence
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.errors import InputRefused
from evenhand.stats.methods.run import ResultTable
from evenhand.stats.tables import Table

STANDARD_INPUT = "-"
_PACKED = b"PK\x03\x04"
_SAVE_AS = "save it as CSV in UTF-8"


def read_table(source: str) -> Table:
    """The table in the file ``source``, or on standard input for ``-``.

    Raises:
        InputRefused: it cannot be read, is no CSV in UTF-8, has two columns of one heading, a row of another length
            than its heading, or no rows; the message names the line.
    """
    name = "standard input" if source == STANDARD_INPUT else source
    try:
        data = sys.stdin.buffer.read() if source == STANDARD_INPUT else Path(source).read_bytes()
    except OSError as error:
        raise InputRefused(f"{name}: cannot be read ({error.strerror})") from error
    return table_of(data, name)


def table_of(data: bytes, name: str) -> Table:
    """The table in the bytes of a CSV file; ``name`` stands for it in messages."""
    rows, lines = _rows(_text(data, name), name)
    if not rows:
        raise InputRefused(f"{name}: is empty; a heading and one row or more are right")
    headings = [cell.strip() or f"column {place}" for place, cell in enumerate(rows[0], start=1)]
    if len(headings) == 1 and any(sign in headings[0] for sign in ";\t"):
        raise InputRefused(f"{name}, line {lines[0]}: found one column; commas between cells are right")
    for place, heading in enumerate(headings):
        if heading in headings[:place]:
            raise InputRefused(f"{name}, line {lines[0]}: found the heading {heading!r} twice; each once is right")
    for cells, line in zip(rows, lines, strict=True):
        if len(cells) != len(headings):
            right = f"{len(headings)}, as in line {lines[0]}, is right"
            raise InputRefused(f"{name}, line {line}: found {len(cells)} cells; {right}")
    if len(rows) == 1:
        raise InputRefused(f"{name}: found a heading and no rows; one row or more is right")
    columns = zip(*rows[1:], strict=True)
    return Table(dict(zip(headings, columns, strict=True)), lines[1:])


def _text(data: bytes, name: str) -> str:
    if data.startswith(_PACKED):
        raise InputRefused(f"{name}: is a workbook or packed in another way; {_SAVE_AS}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused(f"{name}: is not UTF-8 text (byte {error.start} does not fit); {_SAVE_AS}") from None
    if "\0" in text:
        raise InputRefused(f"{name}: holds a NUL character, and is no table of text; {_SAVE_AS}")
    if text.lstrip()[:5].casefold() in ("<!doc", "<html"):
        raise InputRefused(f"{name}: is a web page; {_SAVE_AS}")
    return text


def _rows(text: str, name: str) -> tuple[list[list[str]], list[int]]:
    """The cells of each row that has any content, and the line that it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, lines, line = [], [], 1
    try:
        for cells in reader:
            if cells and (cells[0].strip() or any(map(str.strip, cells))):
                rows.append(cells)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputRefused(f"{name}, line {line}: cannot be divided into cells ({error})") from None
    return rows, lines


def result_text(result: ResultTable, table: Table, *, digits: int | None = None) -> str:
    """The result as CSV; an empty cell says that there is no figure, and its status why.

    ``digits``: how many significant digits figures have that are not whole numbers; as many as there are if left out.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*result.labels, *result.figures])
    columns: list[Sequence[Any]] = []
    for name, rows in result.labels.items():
        cells = table.column(name)
        columns.append([cells[row] for row in rows.tolist()])
    columns += [_written(figures, digits) for figures in result.figures.values()]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()


def _written(figures: NDArray[Any], digits: int | None) -> Sequence[Any]:
    """Numbers as text: whole ones without a decimal point, others so that the same number is read back, or rounded."""
    if figures.dtype.kind != "f":
        return list(figures)
    whole = np.isfinite(figures) & (figures == np.trunc(figures)) & (np.abs(figures) < 1e15)
    return [
        "" if isnan(figure) else str(int(figure)) if is_whole else _fraction(figure, digits)
        for figure, is_whole in zip(figures.tolist(), whole.tolist(), strict=True)
    ]


def _fraction(figure: float, digits: int | None) -> str:
    if digits is None:
        return repr(figure)
    return np.format_float_positional(figure, precision=digits, fractional=False, trim="-")
