"""How large the grid of a workbook would be, told from its XML before any grid is laid out.

A spreadsheet reader reserves a place for every cell between the first and the last. One cell in the last corner of an
XLSX sheet, one row of ODS "repeated" a million times, or a million references to one long text, each of a few bytes,
would fill the memory of any machine.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from evenhand.datasets.published.limits import MIB, Limits
from evenhand.errors import InputRefused

BEYOND_ALL_LIMITS = 10**9

# No pattern runs on over a "<" or without a bound: a hostile part must not make the search itself endless.

# XLSX: r="C7" in a cell, r="7" in a row; a cell of type "s" holds the index of a shared text.
_POSITION = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_SHARED_REFERENCE = re.compile(
    rb"""\bt\s*=\s*["']s["'][^<>]{0,200}>\s{0,20}<(?:\w{1,20}:)?v[^<>]{0,100}>\s{0,20}(\d+)"""
)
_SHARED_TEXT = re.compile(rb"<(?:\w{1,20}:)?si[\s/>]")

# ODS: rows and cells, which may stand for many; a cell has content in its attributes or in a paragraph.
_ODS_PIECE = re.compile(
    rb"<table:table-row\b([^<>]*)>|<table:(?:covered-)?table-cell\b([^<>]*)>|<text:p\b|<table:table\b"
)
_ROWS_REPEATED = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)""")
_COLUMNS_REPEATED = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)""")


def refuse_large_grids(parts: dict[str, bytes], *, name: str, limits: Limits) -> None:
    """Refuse a workbook, given as its unpacked parts by name, of which one sheet is too large to lay out.

    Raises:
        InputRefused: a sheet reaches beyond the limits of rows, columns or cells, or its texts would fill more than a
            workbook may.
    """
    for part, content in parts.items():
        for rows, columns in _grids(part, content):
            if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
                raise InputRefused(
                    f"{name}: has a sheet of {rows} rows and {columns} columns. The limits for one table are "
                    f"{limits.rows} rows, {limits.columns} columns and {limits.cells} cells."
                )
    if _shared_text_bytes(parts) > limits.unpacked_bytes:
        raise InputRefused(f"{name}: holds more than {limits.unpacked_bytes / MIB:.3g} MiB of text, the limit.")


def _grids(part: str, content: bytes) -> Iterator[tuple[int, int]]:
    if part == "content.xml":
        yield from _ods_grids(content)
    elif part.endswith(".xml"):
        positions = _POSITION.findall(content)
        yield (
            max((_number(row) for row in {row for _, row in positions}), default=0),
            max((_column_number(letters) for letters in {letters for letters, _ in positions}), default=0),
        )


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) < 10 else BEYOND_ALL_LIMITS


def _column_number(letters: bytes) -> int:
    if len(letters) > 3:
        return BEYOND_ALL_LIMITS
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _shared_text_bytes(parts: dict[str, bytes]) -> int:
    """The bytes of all texts once every cell has its own copy."""
    texts = parts.get("xl/sharedStrings.xml", b"")
    starts = [found.start() for found in _SHARED_TEXT.finditer(texts)]
    lengths = [end - start for start, end in pairwise([*starts, len(texts)])]
    references: Counter[bytes] = Counter()
    for part, content in parts.items():
        if part != "xl/sharedStrings.xml":
            references.update(_SHARED_REFERENCE.findall(content))
    return sum(lengths[_number(index)] * times for index, times in references.items() if _number(index) < len(lengths))


def _ods_grids(content: bytes) -> Iterator[tuple[int, int]]:
    """Rows and columns up to the last cell with content, of each sheet.

    Every sheet of ODS ends in one empty row that stands for a million and one empty cell that stands for thousands:
    what comes after the last content does not count.
    """
    rows = columns = 0  # up to the last content
    row = column = 0
    for piece in _ODS_PIECE.finditer(content):
        if piece[0].startswith(b"<table:table-row"):
            row += _times(_ROWS_REPEATED, piece[1])
            column = 0
        elif piece[0].startswith((b"<table:table-cell", b"<table:covered-table-cell")):
            column += _times(_COLUMNS_REPEATED, piece[2])
            if b"office:" in piece[2]:
                rows, columns = row, max(columns, column)
        elif piece[0] == b"<text:p":
            rows, columns = row, max(columns, column)
        else:
            yield rows, columns
            rows = columns = row = column = 0
    yield rows, columns


def _times(attribute: re.Pattern[bytes], attributes: bytes) -> int:
    found = attribute.search(attributes)
    return _number(found[1]) if found else 1
