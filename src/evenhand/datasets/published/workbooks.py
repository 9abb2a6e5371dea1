"""Bytes of an XLSX or ODS workbook into rows of text cells.

A workbook is a ZIP archive of XML, and both can be made to claim a few kilobytes and fill a machine. So the archive is
unpacked here, counting the bytes that really come out; the positions of its cells are looked at before a grid is laid
out for them; and only then does the spreadsheet reader see it, in the form that was measured.
"""

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, XmlError, ZipError

from evenhand.datasets.published.file_shape import FileFormat
from evenhand.datasets.published.limits import MIB, Limits
from evenhand.datasets.published.tables import Sheet
from evenhand.datasets.published.workbook_size import refuse_large_grids
from evenhand.errors import InputRefused

Cell = str | int | float | bool | date | time | datetime | timedelta

_NEEDED = re.compile(
    r"xl/.*\.(xml|rels)|_rels/.rels|\[Content_Types\]\.xml|content\.xml|mimetype|META-INF/manifest\.xml"
)


def read_workbook(data: bytes, kind: FileFormat, *, name: str, limits: Limits) -> list[Sheet]:
    """Every sheet of a workbook, in its order.

    Raises:
        InputRefused: the archive is damaged, protected by a password, or passes a limit.
    """
    parts = _unpacked(data, name=name, limits=limits)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise InputRefused(f"{name}: is protected by a password. Save it without one.")
    refuse_large_grids(parts, name=name, limits=limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(_packed(parts, kind))) as workbook:
            return [
                Sheet(sheet, _text_rows(workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)))
                for sheet in workbook.sheet_names
            ]
    except (CalamineError, XmlError, ZipError) as error:
        raise InputRefused(f"{name}: is not a whole {kind.upper()} workbook. Download it again.") from error


def _unpacked(data: bytes, *, name: str, limits: Limits) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = limits.unpacked_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if not _NEEDED.fullmatch(entry.filename):
                    continue
                if entry.flag_bits & 0x1:
                    raise InputRefused(f"{name}: is protected by a password. Save it without one.")
                if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise zipfile.BadZipFile("no spreadsheet compresses its parts in this way")
                with archive.open(entry) as stream:
                    parts[entry.filename] = stream.read(left + 1)
                left -= len(parts[entry.filename])
                if left < 0:
                    raise InputRefused(
                        f"{name}: unpacks to more than {limits.unpacked_bytes / MIB:.3g} MiB, the limit for a workbook."
                    )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise InputRefused(f"{name}: is a damaged or incomplete workbook. Download it again.") from error
    return parts


def _packed(parts: dict[str, bytes], kind: FileFormat) -> bytes:
    """The same parts as an archive without compression: what was measured is what is read."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for part in sorted(parts, key=lambda each: each != "mimetype"):
            archive.writestr(part, parts[part])
    return buffer.getvalue()


def _text_rows(rows: list[list[Cell]]) -> list[tuple[int, list[str]]]:
    return [(line, [text_of(cell) for cell in cells]) for line, cells in enumerate(rows, start=1)]


def text_of(cell: Cell) -> str:
    """A spreadsheet cell as the text that a CSV file of the same table would hold: 274.0 is ``274``, a day is ISO."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell)
