"""Which files a source is: one file, or those of one folder that the mapping names. Nothing outside the folder."""

from fnmatch import fnmatchcase
from pathlib import Path

from evenhand.datasets.published import content, templates
from evenhand.datasets.published.file_shape import FileFormat
from evenhand.datasets.published.mapping import Mapping
from evenhand.datasets.published.tables import Sheet, Table, comparable, headers_of, with_header
from evenhand.datasets.published.text_tables import read_text
from evenhand.datasets.published.workbooks import read_workbook
from evenhand.errors import InputRefused


def files_of(source: Path, mapping: Mapping) -> list[Path]:
    """The files to read, by name.

    Raises:
        InputRefused: the source does not exist, is a folder where the mapping reads one file, holds none of the files
            or too many, or one of them is a link that leads out of the folder.
    """
    try:
        folder = source.resolve(strict=True)
        if not folder.is_dir():
            return [source]
        entries = sorted(folder.iterdir())
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "a link that leads to itself"
        raise InputRefused(f"{source.name or source}: cannot be read ({reason}).") from error
    if not mapping.file.names:
        raise InputRefused(f"{source.name}: is a folder where a file is meant. {mapping.title} is read from one file.")
    wanted = [each for each in entries if any(fnmatchcase(each.name, name) for name in mapping.file.names)]
    if not wanted:
        raise InputRefused(f"{source.name}: holds no file called {' or '.join(mapping.file.names)}.")
    if len(wanted) > mapping.limits.files:
        raise InputRefused(f"{source.name}: holds {len(wanted)} files; the limit is {mapping.limits.files}.")
    for each in wanted:
        if not each.resolve().is_relative_to(folder):
            raise InputRefused(f"{each.name}: is a link that leads out of the folder {source.name}.")
    return wanted


def placeholders_of(file: Path, mapping: Mapping) -> dict[str, str]:
    """What the file's name tells.

    Raises:
        InputRefused: the name does not follow the mapping's template.
    """
    template = mapping.file.name_template
    if template is None:
        return {}
    found = templates.match(template, file.name)
    if found is None:
        raise InputRefused(f"{file.name}: its name does not follow {template!r}, which tells what the file is about.")
    return found


def tables_of(file: Path, mapping: Mapping) -> list[Table]:
    """The tables of one file.

    Raises:
        InputRefused: the file is no table of the mapping's formats, or a sheet is missing or not the only one.
    """
    limits = mapping.limits
    data = content.read_bytes(file, limits=limits)
    kind = content.kind_of(data, name=file.name)
    if kind not in mapping.file.formats:
        raise InputRefused(f"{file.name}: is {kind.upper()}; {mapping.title} is read from {_names(mapping)}.")
    if kind is FileFormat.CSV:
        sheet = read_text(data, mapping.file, name=file.name, limits=limits)
        return [with_header(sheet, mapping.file, file=file.name, limits=limits)]
    sheets = read_workbook(data, kind, name=file.name, limits=limits)
    if mapping.file.sheets:
        chosen = _named(sheets, mapping, file)
        return [with_header(sheet, mapping.file, file=file.name, limits=limits) for sheet in chosen]
    return [_only_table(sheets, mapping, file)]


def _named(sheets: list[Sheet], mapping: Mapping, file: Path) -> list[Sheet]:
    chosen: dict[str, Sheet] = {}
    for wanted in mapping.file.sheets:
        found = [sheet for sheet in sheets if fnmatchcase(sheet.name, wanted)]
        if not found:
            raise InputRefused(f"{file.name}: there is no sheet {wanted!r}. It has {_sheet_names(sheets)}.")
        chosen |= {sheet.name: sheet for sheet in found}
    return list(chosen.values())


def _only_table(sheets: list[Sheet], mapping: Mapping, file: Path) -> Table:
    """The one sheet with all the columns. Dashboards, notes and pivot tables beside it do not have them."""
    needed = {comparable(column) for column in mapping.columns}
    filled = [sheet for sheet in sheets if any(any(cells) for _, cells in sheet.rows)]
    fitting = [sheet for sheet in filled if needed <= {comparable(each) for each in headers_of(sheet, mapping.file)}]
    if len(fitting) > 1:
        raise InputRefused(
            f"{file.name}: several sheets could be the table ({_sheet_names(fitting)}). Name one in the mapping."
        )
    if not fitting and len(filled) != 1:
        columns = ", ".join(repr(column) for column in mapping.columns)
        raise InputRefused(f"{file.name}: no sheet has the columns {columns}. It has {_sheet_names(sheets)}.")
    # When a workbook's only sheet does not fit, its missing column is named where it is looked for.
    return with_header((fitting or filled)[0], mapping.file, file=file.name, limits=mapping.limits)


def _sheet_names(sheets: list[Sheet]) -> str:
    return ", ".join(repr(sheet.name) for sheet in sheets) or "no sheet"


def _names(mapping: Mapping) -> str:
    return " or ".join(each.upper() for each in mapping.file.formats)
