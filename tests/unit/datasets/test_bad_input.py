"""What people hand in by mistake or on purpose: each kind is refused with one clear message, and nothing is written.

Every file here holds a person's name in free text. No message may repeat it: messages end in logs and e-mails.
"""

import gzip
import os
import tracemalloc
from pathlib import Path

import pytest
from tests.unit.datasets.published.published_example import MAPPING, TABLE, example_mapping
from tests.unit.datasets.published.workbook_files import archive, parts_of, xlsx

from evenhand.cli import main
from evenhand.datasets.published import load_mapping, read_published
from evenhand.datasets.published.limits import MIB
from evenhand.errors import InputRefused

SECRET = "Jane Doe of Mill Lane"
HEADER, TOTAL, WHITE, *REST = TABLE.splitlines(keepends=True)
CELLS = [line.split(",") for line in TABLE.splitlines()]


def with_row(row):
    """The example's table with one row more, and a name in it."""
    return (TABLE + row).replace("Soar Valley", SECRET).encode()


def changed(old, new):
    assert old in TABLE
    return TABLE.replace(old, new).replace("Soar Valley", SECRET).encode()


def workbook(**sheets):
    return xlsx({name.replace("_", " "): cells for name, cells in sheets.items()})


def bomb():
    parts = parts_of(workbook(Data=CELLS))
    parts["xl/worksheets/sheet1.xml"] += b" " * (64 * MIB)
    return archive(parts)


def far_cell():
    parts = parts_of(workbook(Data=CELLS))
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'r="H8"', b'r="XFD1048576"')
    return archive(parts)


# What is wrong → the file's bytes, the mapping's changes, and what the message must say.
BAD_FILES = {
    "an empty file": (b"", {}, "is empty"),
    "a header and nothing below it": (HEADER.encode(), {}, "has no rows below its header"),
    "blank lines alone": (b"\n\n\n", {}, "has no rows below its header"),
    "a wrong sheet": (workbook(Notes=[["x"], [SECRET]]), {"file": {"sheets": ["Data"]}}, "there is no sheet 'Data'"),
    "no sheet with the columns": (workbook(A=[["x"], [SECRET]], B=[["y"], ["z"]]), {}, "no sheet has the columns"),
    "two sheets that both fit": (workbook(A=CELLS, B=CELLS), {}, "several sheets could be the table"),
    "a wrong encoding": (
        changed("England,1000", "Engl\N{LATIN SMALL LETTER A WITH ACUTE}nd,1000").decode().encode("cp1252"),
        {},
        "is not utf-8 text",
    ),
    "UTF-16": (TABLE.encode("utf-16"), {}, "is UTF-16 text"),
    "a missing column": (changed("Code,", "Kode,"), {}, r"there is no column 'Code' among its 9\. Is it 'kode'\?"),
    "a file without a header": (
        (WHITE + "".join(REST)).replace("Soar Valley", SECRET).encode(),
        {},
        "there is no column",
    ),
    "two columns of the same name": (
        changed("Name,Count", "COUNT,Count"),
        {"organisations": [{"code": "Code", "level": "icb"}]},
        "2 columns are called 'Count'",
    ),
    "more cells than the header": (
        with_row(f"2023/24,Detentions,All,All,ICB,Q2,X,5,,{SECRET}\n"),
        {},
        "line 9: has 10 cells",
    ),
    "text in a count": (
        changed(",55,", f",{SECRET},"),
        {},
        "line 5: expected a count .* found a text of 21 characters",
    ),
    "an unknown sign in a count": (
        changed(",55,", ",q,"),
        {},
        "line 5: expected a count or one of blank, '\\*', found 'q'",
    ),
    "a negative count": (changed(",55,", ",-55,"), {}, "line 5: a count is not negative, found '-55'"),
    "a fraction in a count": (changed(",55,", ",55.5,"), {}, r"line 5: a count is a whole number, found '55\.5'"),
    "a count beyond all people": (changed(",55,", ",99999999999999,"), {}, "line 5: expected a count"),
    "a spreadsheet formula in a count": (changed(",55,", ",=SUM(A1:A9),"), {}, "line 5: expected a count"),
    "text in a published figure": (changed("63.3", "about 63"), {}, "line 5: expected a figure"),
    "a numerator over its denominator": (
        changed("600,69.5", "600,599"),
        {
            "figures": {"count": "Count", "denominator": "Rate"},
            "keep": [{"where": {"Label": ["White"]}, "reason": "x"}, {"where": {"Code": ["ENG"]}, "reason": "x"}],
        },
        "line 3: its count is larger than its denominator",
    ),
    "a row twice": (with_row(TOTAL), {}, "line 9: gives the same figure as .*line 2"),
    "two periods mixed": (
        with_row(TOTAL.replace("2023/24", "2022/23")),
        {},
        "line 9: is about 2022-04-01 to 2023-03-31",
    ),
    "a year that is none": (
        changed("2023/24,Detentions,All", "2023/26,Detentions,All"),
        {},
        "line 2: expected a financial year such as 2023/24, found '2023/26'",
    ),
    "a date that is no date": (
        changed("2023/24", "31/02/2024"),
        {"period": {"column": "Year", "style": "month", "dates": ["day_first"]}},
        "line 2: expected a day written as day_first, found '31/02/2024'",
    ),
    "an unknown ethnic code": (
        changed("Ethnicity,White", "Ethnicity,Q7"),
        {"groups": {**MAPPING["groups"], "unknown_labels": "refuse"}},
        "line 3: 'Q7' is not a label of this source",
    ),
    "a table of something else": (
        changed("Ethnicity,", "Ethnicity,x"),
        {"limits": {"set_aside_share": 0.25}},
        "4 of 7 rows do not fit the mapping",
    ),
    "a table without the measures": (
        changed("Detentions", "Discharges"),
        {},
        "no figure that the mapping example asks for",
    ),
    "NUL characters": (changed("England,1000", "Engl\0nd,1000"), {}, r"line 2: holds the control character U\+0000"),
    "an escape sequence for a terminal": (
        changed("England,1000", "\x1b[2Jnd,1000"),
        {},
        r"line 2: holds the control character U\+001B",
    ),
    "a quote that never closes": (changed("England,1000", '"England,1000'), {}, "line 2: cannot be divided into cells"),
    "a cell like a book": (
        changed("England,1000", "x" * 40_000),
        {},
        "line 2: has a cell longer than 32767 characters",
    ),
    "more rows than the limit": (TABLE.encode(), {"limits": {"rows": 7}}, "has more than 7 rows"),
    "more columns than the limit": (TABLE.encode(), {"limits": {"columns": 8}}, "has 9 columns; the limit is 8"),
    "a zip bomb as XLSX": (bomb(), {"limits": {"unpacked_bytes": 8 * MIB}}, "unpacks to more than 8 MiB"),
    "one cell in the last corner of a sheet": (far_cell(), {}, "has a sheet of 1048576 rows and 16384 columns"),
    "half an XLSX": (workbook(Data=CELLS)[:4000], {}, "damaged or incomplete"),
    "a zip archive of something else": (archive({"notes.txt": SECRET}), {}, "neither an XLSX nor an ODS"),
    "a password-protected workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, {}, "password-protected"),
    "a PDF": (b"%PDF-1.7\n" + SECRET.encode(), {}, "is a PDF"),
    "a web page saved as CSV": (f"<!DOCTYPE html><html>{SECRET}</html>".encode(), {}, "is a web page"),
    "a compressed file": (gzip.compress(TABLE.encode()), {}, "compressed with gzip"),
    "a format that the mapping does not read": (workbook(Data=CELLS), {"file": {"formats": ["csv"]}}, "is XLSX"),
    "a name that does not tell the year": (
        TABLE.encode(),
        {"period": {"style": "financial_year", "from_name": True}, "file": {"name_template": "april{year}.csv"}},
        "its name does not follow",
    ),
}


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def refusal_of(folder: Path, source: Path, mapping) -> str:
    """Read the source, expecting a refusal; nothing in the folder may change. Returns the message."""
    before = contents(folder)
    with pytest.raises(InputRefused) as refusal:
        read_published(source, mapping)
    assert contents(folder) == before
    message = str(refusal.value)
    assert "\n" not in message
    assert len(message) < 400
    assert not any(word in message for word in ("Jane", "Doe", "Mill"))
    return message


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_refused_in_one_line_without_a_word_of_its_rows(tmp_path, kind):
    data, changes, says = BAD_FILES[kind]
    file = tmp_path / "table.csv"
    file.write_bytes(data)
    assert_says(says, refusal_of(tmp_path, file, example_mapping(**changes)))


def assert_says(says, message):
    with pytest.raises(InputRefused, match=says):
        raise InputRefused(message)


def test_a_line_of_two_gigabytes_is_refused_without_being_read_into_memory(tmp_path):
    file = tmp_path / "line.csv"
    with file.open("wb") as stream:
        stream.write(HEADER.encode() + b"x" * 10)
        stream.truncate(2 * 1024 * MIB)  # a sparse file: its zeros take no space on the disk
    tracemalloc.start()
    with pytest.raises(InputRefused, match="has a line longer than 1 MiB") as refusal:
        read_published(file, example_mapping(limits={"file_bytes": 4 * 1024 * MIB}))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 * MIB
    assert str(refusal.value).startswith("line.csv: ")


def test_a_file_of_many_short_lines_that_is_too_large_is_refused(tmp_path):
    file = tmp_path / "large.csv"
    file.write_bytes(TABLE.encode() * 2000)
    assert_says("is larger than 0.5 MiB", refusal_of(tmp_path, file, example_mapping(limits={"file_bytes": MIB // 2})))


def test_a_source_that_is_not_there_is_refused(tmp_path):
    assert_says(r"none\.csv: cannot be read", refusal_of(tmp_path, tmp_path / "none.csv", example_mapping()))


def test_a_folder_where_a_file_is_meant_is_refused(tmp_path):
    message = refusal_of(tmp_path, tmp_path, example_mapping())
    assert_says("is a folder where a file is meant", message)


def test_a_folder_among_the_files_of_a_folder_is_refused(tmp_path):
    (tmp_path / "inner.csv").mkdir()
    message = refusal_of(tmp_path, tmp_path, example_mapping(file={"names": ["*.csv"]}))
    assert_says(r"inner\.csv: is a folder where a file is meant", message)


def test_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InputRefused, match="is not a regular file"):
        read_published(tmp_path / "pipe.csv", example_mapping())


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "elsewhere.csv").write_text(TABLE)
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    message = refusal_of(tmp_path, folder, example_mapping(file={"names": ["*.csv"]}))
    assert_says(r"link\.csv: is a link that leads out of the folder data", message)


def test_a_link_to_nothing_is_refused(tmp_path):
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputRefused, match=r"gone\.csv: cannot be read"):
        read_published(tmp_path, example_mapping(file={"names": ["*.csv"]}))


def test_a_link_to_itself_is_refused(tmp_path):
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    with pytest.raises(InputRefused, match=r"loop\.csv: cannot be read"):
        read_published(tmp_path / "loop.csv", example_mapping())


@pytest.mark.parametrize("name", ["../*.csv", "/etc/passwd", "a/../../b.csv", "..\\x.csv", "sub/*.csv"])
def test_a_path_outside_the_folder_in_a_mapping_is_refused(tmp_path, name):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(f"id: x\nfile: {{names: ['{name}']}}\n")
    with pytest.raises(InputRefused, match="leads out of the folder"):
        load_mapping(mapping)


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe\x00", b"id: [1, 2", b"- just\n- a list\n", b"id: {x: *nobody}", b"? {a: b}\n: c\n", b"day: 2024-02-31"],
)
def test_a_mapping_that_is_no_mapping_is_refused(tmp_path, data):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_bytes(data)
    with pytest.raises(InputRefused, match=r"mapping\.yaml"):
        load_mapping(mapping)


def test_a_mapping_that_is_a_folder_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="cannot be read"):
        load_mapping(tmp_path)


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path):
    """The size that an entry claims is made smaller than what it unpacks to."""
    data = bytearray(workbook(Data=CELLS))
    name = b"xl/worksheets/sheet1.xml"
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(name))
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    file = tmp_path / "liar.xlsx"
    file.write_bytes(bytes(data))
    assert_says("damaged or incomplete", refusal_of(tmp_path, file, example_mapping()))


@pytest.mark.parametrize(
    "kind", ["an empty file", "a missing column", "NUL characters", "half an XLSX", "a PDF", "a wrong sheet"]
)
def test_the_command_says_it_in_one_line_with_exit_code_2_and_leaves_no_release(tmp_path, monkeypatch, capsys, kind):
    source, out = tmp_path / "table.csv", tmp_path / "out"
    source.write_bytes(BAD_FILES[kind][0])
    command = ["evenhand", "release", str(source), "--recipe", "mental_health_act_annual", "--out", str(out)]
    monkeypatch.setattr("sys.argv", command)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    (message,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("evenhand: ")]
    assert message.startswith("evenhand: table.csv")
    assert "Jane" not in message
    assert contents(tmp_path) == {source: BAD_FILES[kind][0]}
