"""A table as it comes out of any file: text cells, the line of each row, and columns found by their header."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from evenhand.datasets.published.file_shape import FileShape
from evenhand.datasets.published.limits import Limits
from evenhand.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows before anything is known of them: of a text file (``name`` empty) or of one sheet of a workbook.

    Attributes:
        rows: the line (or spreadsheet row) number, from 1, and the cells.
    """

    name: str
    rows: list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its header found.

    Attributes:
        file, sheet: their names; the sheet's is empty for a text file.
        headers: as in the file, spaces tidied.
        rows: line number and cells; each row has as many cells as there are headers. No row is blank.
    """

    file: str
    sheet: str
    headers: tuple[str, ...]
    rows: list[tuple[int, list[str]]]

    @property
    def origin(self) -> str:
        """Where the table stands, for messages and the report."""
        return origin_of(self.file, self.sheet)

    def column(self, header: str) -> int:
        """The index of the column with this header; upper and lower case and extra spaces do not matter.

        Raises:
            InputRefused: there is none, or there are two.
        """
        found = self.find(header)
        if found is None:
            near = get_close_matches(comparable(header), map(comparable, self.headers), n=1, cutoff=0.7)
            hint = f" Is it {near[0]!r}?" if near else ""
            raise InputRefused(f"{self.origin}: there is no column {header!r} among its {len(self.headers)}.{hint}")
        return found

    def find(self, header: str) -> int | None:
        """Like :meth:`column`, with None when there is no such column."""
        wanted = comparable(header)
        found = [index for index, each in enumerate(self.headers) if comparable(each) == wanted]
        if len(found) > 1:
            raise InputRefused(
                f"{self.origin}: {len(found)} columns are called {header!r}. Rename all but the one to be read."
            )
        return found[0] if found else None


def comparable(text: str) -> str:
    """A text without the differences that publishers make between one year and the next: case and spaces."""
    return " ".join(text.split()).casefold()


def origin_of(file: str, sheet: str) -> str:
    """A file's name, with its sheet where it has one."""
    return f"{file}, sheet {sheet!r}" if sheet else file


def with_header(sheet: Sheet, shape: FileShape, *, file: str, limits: Limits) -> Table:
    """Find the header of a sheet and drop blank rows.

    Raises:
        InputRefused: there is no row below the header, a row has more cells than the header, or there are more
            columns than ``limits`` allow.
    """
    origin = origin_of(file, sheet.name)
    below = sheet.rows[shape.skip_rows + shape.header_rows :]
    headers = headers_of(sheet, shape)
    if len(headers) > limits.columns:
        raise InputRefused(f"{origin}: has {len(headers)} columns; the limit is {limits.columns}.")
    if any(len(header) > limits.header_characters for header in headers):
        raise InputRefused(f"{origin}: has a header longer than {limits.header_characters} characters.")
    rows = list(_filled(below, len(headers), ends_at_blank_row=shape.ends_at_blank_row, origin=origin))
    if not rows:
        raise InputRefused(f"{origin}: has no rows below its header.")
    return Table(file=file, sheet=sheet.name, headers=headers, rows=rows)


def headers_of(sheet: Sheet, shape: FileShape) -> tuple[str, ...]:
    """The header of each column: the mapping's own names, or the header rows joined."""
    if shape.column_names:
        return shape.column_names
    header_rows = [[_tidy(cell) for cell in cells] for _, cells in sheet.rows[shape.skip_rows :][: shape.header_rows]]
    if shape.spread_headers:
        header_rows = [*map(_spread, header_rows[:-1]), *header_rows[-1:]]
    width = max((len(cells) for cells in header_rows), default=0)
    padded = [cells + [""] * (width - len(cells)) for cells in header_rows]
    headers = [" | ".join(filter(None, column)) for column in zip(*padded, strict=True)]
    while headers and not headers[-1]:
        headers.pop()
    return tuple(headers)


def _spread(cells: list[str]) -> list[str]:
    spread: list[str] = []
    for cell in cells:
        spread.append(cell or (spread[-1] if spread else ""))
    return spread


def _filled(
    rows: list[tuple[int, list[str]]], width: int, *, ends_at_blank_row: bool, origin: str
) -> Iterator[tuple[int, list[str]]]:
    for line, cells in rows:
        if not any(cells):
            if ends_at_blank_row:
                return
            continue
        if len(cells) > width and any(cells[width:]):
            raise InputRefused(f"{origin}, line {line}: has {len(cells)} cells where the header has {width}.")
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        yield line, cells[:width]


def _tidy(text: str) -> str:
    return " ".join(text.split())
