"""From a path to bytes, and what kind of file the bytes are: nothing is read that is too large, and no name is trusted.

A long line is found while the file streams past, so a file that is one line of two gigabytes costs one megabyte.
"""

import re
import stat
from pathlib import Path
from typing import BinaryIO

from evenhand.datasets.published.file_shape import FileFormat
from evenhand.datasets.published.limits import MIB, Limits
from evenhand.errors import InputRefused

ZIP = b"PK\x03\x04"

# First bytes of what people hand in by mistake, and what to do about it.
_MISTAKEN = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "is an old .xls or a password-protected workbook. Save it as .xlsx without one",
    ),
    (b"%PDF", "is a PDF. Use the publisher's CSV, XLSX or ODS"),
    (b"\x1f\x8b", "is compressed with gzip. Unpack it first"),
    (b"PAR1", "is a Parquet file. Use the publisher's CSV, XLSX or ODS"),
    (b"\xff\xfe", "is UTF-16 text. Save it as UTF-8"),
    (b"\xfe\xff", "is UTF-16 text. Save it as UTF-8"),
)
_BINARY = (ZIP, *(signature for signature, _ in _MISTAKEN))
_WEB_PAGE = re.compile(rb"\s*<(!doctype|html|\?xml)", re.IGNORECASE)
_LINE_END = re.compile(rb"[\r\n]")


def read_bytes(path: Path, *, limits: Limits) -> bytes:
    """The whole file.

    Raises:
        InputRefused: it is not a regular file that can be read, is empty, is too large, or is text with a line that
            is too long.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputRefused(f"{path.name}: is a folder where a file is meant.")
        if not stat.S_ISREG(status.st_mode):
            raise InputRefused(f"{path.name}: is not a regular file.")
        if status.st_size == 0:
            raise InputRefused(f"{path.name}: is empty.")
        with path.open("rb") as stream:
            return _read_within(stream, path.name, limits)
    except OSError as error:
        raise InputRefused(f"{path.name}: cannot be read ({error.strerror}).") from error


def _read_within(stream: BinaryIO, name: str, limits: Limits) -> bytes:
    chunks: list[bytes] = []
    size = open_line = 0
    is_text = True
    while chunk := stream.read(MIB):
        is_text = is_text and not (size == 0 and chunk.startswith(_BINARY))
        size += len(chunk)
        if is_text:
            open_line = _open_line(chunk, open_line, name, limits)
        if size > limits.file_bytes:
            raise InputRefused(f"{name}: is larger than {_mebibytes(limits.file_bytes)}, the limit for one file.")
        chunks.append(chunk)
    return b"".join(chunks)


def _open_line(chunk: bytes, before: int, name: str, limits: Limits) -> int:
    """Refuse a line that is too long; return the length so far of the line that goes on into the next chunk."""
    lengths = [len(piece) for piece in _LINE_END.split(chunk)]
    lengths[0] += before
    if max(lengths) > limits.line_bytes:
        raise InputRefused(
            f"{name}: has a line longer than {_mebibytes(limits.line_bytes)}. A table has one row on each line."
        )
    return lengths[-1]


def _mebibytes(size: int) -> str:
    return f"{size / MIB:.3g} MiB"


def kind_of(data: bytes, *, name: str) -> FileFormat:
    """What the content is.

    Raises:
        InputRefused: it is something that is no table; the message says what, and what to do.
    """
    for signature, advice in _MISTAKEN:
        if data.startswith(signature):
            raise InputRefused(f"{name}: {advice}.")
    if data.startswith(ZIP):
        return _workbook_kind(data, name)
    if _WEB_PAGE.match(data[:1000]):
        raise InputRefused(f"{name}: is a web page or XML, not a table. Download the file itself.")
    return FileFormat.CSV


def _workbook_kind(data: bytes, name: str) -> FileFormat:
    # An ODS file must begin with an uncompressed entry "mimetype"; an XLSX file has its parts under xl/.
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in data[:200]:
        return FileFormat.ODS
    if b"xl/workbook.xml" in data:
        return FileFormat.XLSX
    raise InputRefused(f"{name}: is a ZIP archive, but neither an XLSX nor an ODS workbook. Unpack it first.")
