import io
import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from tests.unit.datasets.published.workbook_files import ODS_MANIFEST, ODS_REST, archive, ods, ods_cell, parts_of, xlsx

from evenhand.datasets.published.content import kind_of
from evenhand.datasets.published.limits import MIB, Limits
from evenhand.datasets.published.workbooks import read_workbook, text_of
from evenhand.errors import InputRefused

ROWS = [["Code", "Count"], ["Q1", 274], ["Q2", 2.5]]
AS_TEXT = [(1, ["Code", "Count"]), (2, ["Q1", "274"]), (3, ["Q2", "2.5"])]


def sheets(data, **limits):
    return read_workbook(data, kind_of(data, name="book"), name="book", limits=Limits(**limits))


@pytest.mark.parametrize("make", [xlsx, ods])
def test_every_sheet_comes_in_its_order_as_text(make):
    first, second = sheets(make({"Data": ROWS, "Notes": [["made up"]]}))
    assert (first.name, first.rows) == ("Data", AS_TEXT)
    assert (second.name, second.rows) == ("Notes", [(1, ["made up"])])


def test_rows_above_the_table_keep_their_numbers():
    (sheet,) = sheets(xlsx({"Data": [[], [None, "A"], [None, 1]]}))
    assert sheet.rows == [(1, ["", ""]), (2, ["", "A"]), (3, ["", "1"])]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" a ", "a"),
        (True, "TRUE"),
        (274.0, "274"),
        (0.5, "0.5"),
        (7, "7"),
        (date(2024, 4, 1), "2024-04-01"),
        (datetime(2024, 4, 1, 13, 10), "2024-04-01T13:10:00"),  # noqa: DTZ001 (a spreadsheet knows no time zone)
        (time(13, 10), "13:10:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_a_cell_is_the_text_that_a_csv_file_would_hold(cell, text):
    assert text_of(cell) == text


def test_a_date_cell_becomes_a_day():
    (sheet,) = sheets(xlsx({"Data": [[date(2024, 4, 1)]]}))
    assert sheet.rows == [(1, ["2024-04-01"])]


@pytest.mark.parametrize("make", [xlsx, ods])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_half_a_workbook_is_refused(make, kept):
    data = make({"Data": ROWS})
    with pytest.raises(InputRefused, match=r"damaged or incomplete|not a whole|neither an XLSX"):
        sheets(data[: int(len(data) * kept)])


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_no_spreadsheet_uses_is_refused(compression):
    with pytest.raises(InputRefused, match="damaged or incomplete"):
        sheets(archive(parts_of(xlsx({"Data": ROWS})), compression=compression))


def test_a_part_that_is_no_xml_is_refused():
    parts = parts_of(xlsx({"Data": ROWS}))
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row><c>"
    with pytest.raises(InputRefused, match="is not a whole XLSX workbook"):
        sheets(archive(parts))


def test_a_workbook_protected_as_an_archive_is_refused():
    data = bytearray(xlsx({"Data": ROWS}))
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        first = read.infolist()[0]
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.index(signature) + offset
        data[place : place + 2] = struct.pack("<H", first.flag_bits | 1)
    with pytest.raises(InputRefused, match="is protected by a password"):
        sheets(bytes(data))


def test_an_ods_workbook_protected_by_its_manifest_is_refused():
    parts = parts_of(ods({"Data": ROWS}))
    parts["META-INF/manifest.xml"] = ODS_MANIFEST.format("<manifest:encryption-data></manifest:encryption-data>")
    with pytest.raises(InputRefused, match="is protected by a password"):
        sheets(archive(parts))


def test_a_bomb_is_refused_while_it_is_unpacked():
    parts = parts_of(xlsx({"Data": ROWS}))
    parts["xl/worksheets/sheet1.xml"] = b"<a>" + b" " * (64 * MIB)
    bomb = archive(parts)
    assert len(bomb) < MIB
    with pytest.raises(InputRefused, match="unpacks to more than 8 MiB"):
        sheets(bomb, unpacked_bytes=8 * MIB)


def test_parts_that_hold_no_cells_are_not_unpacked():
    parts = parts_of(xlsx({"Data": ROWS}))
    parts["xl/media/film.bin"] = b" " * (4 * MIB)
    assert sheets(archive(parts), unpacked_bytes=MIB)[0].rows == AS_TEXT


@pytest.mark.parametrize("position", ["XFD1", "A1048576", "ZZ9999", "A" * 5000 + "1", "A" + "9" * 5000])
def test_one_cell_far_out_is_refused_before_a_grid_is_laid_out(position):
    parts = parts_of(xlsx({"Data": ROWS}))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = sheet.replace('r="B3"', f"r='{position}'")
    with pytest.raises(InputRefused, match=r"has a sheet of \d+ rows and \d+ columns"):
        sheets(archive(parts), rows=10_000, columns=500)


def test_a_grid_within_rows_and_columns_may_still_have_too_many_cells():
    with pytest.raises(InputRefused, match="has a sheet of 3 rows and 2 columns"):
        sheets(xlsx({"Data": ROWS}), cells=5)


def test_one_long_text_in_many_cells_is_counted_as_often_as_it_stands():
    data = xlsx({"Data": [["x" * 1000] * 50]})
    assert len(sheets(data, unpacked_bytes=60_000)[0].rows[0][1]) == 50
    with pytest.raises(InputRefused, match=r"holds more than 0\.0381 MiB of text"):
        sheets(data, unpacked_bytes=40_000)


def test_a_reference_to_a_text_that_is_not_there_costs_nothing():
    parts = parts_of(xlsx({"Data": ROWS}))
    parts["xl/sharedStrings.xml"] = b"<sst></sst>"
    with pytest.raises(InputRefused, match="is not a whole XLSX"):
        sheets(archive(parts))


def test_an_ods_row_that_stands_for_a_million_filled_ones_is_refused():
    repeated = f'<table:table-row table:number-rows-repeated="2000000">{ods_cell("x")}</table:table-row>'
    with pytest.raises(InputRefused, match="has a sheet of 2000003 rows"):
        sheets(ods({"Data": ROWS}, rest=repeated))


def test_an_ods_cell_that_stands_for_thousands_is_refused():
    wide = (
        '<table:table-row><table:table-cell table:number-columns-repeated="9000"><text:p>x</text:p>'
        "</table:table-cell></table:table-row>"
    )
    with pytest.raises(InputRefused, match="has a sheet of 4 rows and 9000 columns"):
        sheets(ods({"Data": ROWS}, rest=wide + ODS_REST))


@pytest.mark.parametrize(
    ("part", "piece"),
    [
        ("xl/sharedStrings.xml", b"<si>"),
        ("xl/worksheets/sheet1.xml", b't="s" '),
        ("xl/worksheets/sheet1.xml", b'<c r="A1" t="s"><v'),
    ],
)
def test_xml_that_never_closes_its_tags_comes_to_an_end(part, piece):
    """A pattern that looks ahead from every tag to the end of the part would not be done with this today."""
    parts = parts_of(xlsx({"Data": ROWS}))
    parts[part] = b"<x>" + piece * (2 * MIB // len(piece))
    with suppress(InputRefused):
        sheets(archive(parts))


def test_ods_that_never_closes_its_tags_comes_to_an_end():
    parts = parts_of(ods({"Data": ROWS}))
    parts["content.xml"] = b"<table:table-row " * (MIB // 8)
    with pytest.raises(InputRefused):
        sheets(archive(parts))


def test_the_sheets_of_ods_are_measured_one_by_one():
    assert len(sheets(ods({"A": ROWS, "B": ROWS}), rows=3)) == 2
