"""The part of a mapping that says how the bytes of a file become rows."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, field_validator, model_validator
from pydantic.dataclasses import dataclass

from evenhand.datasets.published import templates

_STRICT = ConfigDict(extra="forbid")
Text = Annotated[str, Field(min_length=1)]


class FileFormat(StrEnum):
    """Told by the content of the file; its name does not matter."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"


@dataclass(frozen=True, config=_STRICT)
class FileShape:
    """How the bytes become rows.

    Attributes:
        encodings: tried in this order, each strictly. UTF-8 may begin with a byte order mark.
        names: which files of a folder are read, as ``*.csv``; empty: the source is one file.
        name_template: what the file's name tells, for instance ``{year}-{month}-{organisation}-stop-and-search.csv``.
        sheets: which sheets of a workbook, as ``Table 1*``, each of which is read; empty: the one sheet that has all
            the columns.
        skip_rows: rows above the header.
        header_rows: joined top to bottom by `` | ``, blank cells left out; 0: none, and ``column_names`` gives them.
        spread_headers: a blank header cell takes the text of the cell to its left (merged cells), except in the last
            header row.
        ends_at_blank_row: what follows the first blank row (notes, for instance) is not part of the table.
    """

    formats: tuple[FileFormat, ...] = tuple(FileFormat)
    encodings: Annotated[tuple[Literal["utf-8", "cp1252"], ...], Field(min_length=1)] = ("utf-8",)
    delimiter: Literal[",", ";", "\t", "|"] = ","
    names: tuple[Text, ...] = ()
    name_template: str | None = None
    sheets: tuple[Text, ...] = ()
    skip_rows: Annotated[int, Field(ge=0, le=100)] = 0
    header_rows: Annotated[int, Field(ge=0, le=10)] = 1
    column_names: tuple[Text, ...] = ()
    spread_headers: bool = False
    ends_at_blank_row: bool = False

    @field_validator("names")
    @classmethod
    def _stay_in_the_folder(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if "/" in name or "\\" in name or name.startswith(".") or "\0" in name:
                raise ValueError(f"{name!r} leads out of the folder; name files of the folder itself, as *.csv")
        return names

    @model_validator(mode="after")
    def _has_column_names(self) -> Self:
        if (self.header_rows == 0) != bool(self.column_names):
            raise ValueError("column_names are given exactly when header_rows is 0")
        if len(set(self.column_names)) < len(self.column_names):
            raise ValueError("column_names has one name twice")
        if self.name_template is not None:
            templates.placeholders(self.name_template)
        return self
