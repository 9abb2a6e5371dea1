"""Workbooks made for the tests: XLSX by XlsxWriter, ODS and damaged archives part by part."""

import io
import zipfile
from datetime import UTC, datetime
from html import escape

import xlsxwriter

_ODS_START = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_ODS_END = "</office:spreadsheet></office:body></office:document-content>"
ODS_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{}</manifest:file-entry>'
    "</manifest:manifest>"
)
# The empty row and cell with which every ODS sheet ends.
ODS_REST = (
    '<table:table-row table:number-rows-repeated="1048570">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def xlsx(sheets):
    """An XLSX workbook: sheet name → rows of cells. Numbers are written as numbers, None is left out."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": datetime(2024, 1, 1, tzinfo=UTC)})  # the same bytes each time
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if hasattr(cell, "year"):
                        sheet.write_datetime(row, column, cell, day)
                    elif cell is not None:
                        sheet.write(row, column, cell)
    return buffer.getvalue()


def ods_cell(cell):
    if isinstance(cell, (int, float)):
        attributes = f'office:value-type="float" office:value="{cell}"'
    else:
        attributes = 'office:value-type="string"'
    return f"<table:table-cell {attributes}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def ods(sheets, *, rest=ODS_REST):
    """An ODS workbook: sheet name → rows of cells, each sheet followed by ``rest``."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(ods_cell, cells))}</table:table-row>" for cells in rows)
        + rest
        + "</table:table>"
        for name, rows in sheets.items()
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": _ODS_START + tables + _ODS_END,
            "META-INF/manifest.xml": ODS_MANIFEST.format(""),
        }
    )


def archive(parts, *, compression=zipfile.ZIP_DEFLATED):
    """A ZIP archive of parts by name; ``mimetype`` is stored first and uncompressed, as ODS asks."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as written:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else compression
            written.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return buffer.getvalue()


def parts_of(data):
    """The parts of an archive by name, to change one and pack them again."""
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        return {name: read.read(name) for name in read.namelist()}
