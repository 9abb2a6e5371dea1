"""How much of a file is read before it is refused: an honest table stays far below, a hostile one ends here."""

from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

Positive = Annotated[int, Field(gt=0)]

MIB = 1024 * 1024


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Limits:
    """What one source may hold. The largest table that the mappings were tried on has 20,000 rows in 4 MB.

    Attributes:
        file_bytes: size of one file on disk.
        unpacked_bytes: size of a workbook once unpacked, counted while it is unpacked, whatever it claims.
        line_bytes: bytes between two line ends of a text file.
        cell_characters: characters in one cell; a spreadsheet holds at most 32,767.
        header_characters: in one column's header, its rows joined.
        rows, columns, cells: of one table, header and blank cells included.
        files: in one folder.
        set_aside_share: of the rows read; when more than this share is damaged, it is not the layout that the mapping
            describes.
    """

    file_bytes: Positive = 256 * MIB
    unpacked_bytes: Positive = 256 * MIB
    line_bytes: Positive = 1 * MIB
    cell_characters: Positive = 32_767
    header_characters: Positive = 1_000
    rows: Positive = 1_000_000
    columns: Positive = 2_000
    cells: Positive = 10_000_000
    files: Positive = 500
    set_aside_share: Annotated[float, Field(ge=0, le=1)] = 0.25
