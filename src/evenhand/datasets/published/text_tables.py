"""Bytes of a CSV file into rows of text cells, strictly: a wrong encoding or a stray quote is refused, not repaired."""

import csv
import io
import re

from evenhand.datasets.published.file_shape import FileShape
from evenhand.datasets.published.limits import Limits
from evenhand.datasets.published.tables import Sheet
from evenhand.errors import InputRefused

# What no table of text holds: NUL and the other control characters, tab and line ends apart.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_text(data: bytes, shape: FileShape, *, name: str, limits: Limits) -> Sheet:
    """The rows of a CSV file; lines may end in LF, CR LF or CR alone.

    Raises:
        InputRefused: the bytes are in none of the mapping's encodings, hold control characters or an unclosed quote,
            or pass a limit.
    """
    text = decoded(data, shape.encodings, name=name)
    refuse_control_characters(text, name=name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=shape.delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line, total = 1, 0
    try:
        for cells in reader:
            if len(rows) == limits.rows:
                raise InputRefused(f"{name}: has more than {limits.rows} rows, the limit for one table.")
            total += len(cells)
            if total > limits.cells:
                raise InputRefused(f"{name}: has more than {limits.cells} cells, the limit for one table.")
            if any(len(cell) > limits.cell_characters for cell in cells):
                raise InputRefused(f"{name}, line {line}: has a cell longer than {limits.cell_characters} characters.")
            rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputRefused(f"{name}, line {line}: cannot be divided into cells ({error}).") from error
    return Sheet("", rows)


def decoded(data: bytes, encodings: tuple[str, ...], *, name: str) -> str:
    """The text, in the first of the encodings that fits every byte; a byte order mark is taken off."""
    for encoding in encodings:
        try:
            return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
        except UnicodeDecodeError as error:
            fault = error
    raise InputRefused(
        f"{name}: is not {' or '.join(encodings)} text (byte {fault.start} does not fit). "
        "Save it as UTF-8, or name its encoding in the mapping."
    )


def refuse_control_characters(text: str, *, name: str) -> None:
    """Refuse text that holds a character no printed table can show."""
    if found := _CONTROL.search(text):
        line = len(re.findall(r"\r\n|\r|\n", text[: found.start()])) + 1
        raise InputRefused(
            f"{name}, line {line}: holds the control character U+{ord(found[0]):04X}. It is not a table."
        )
