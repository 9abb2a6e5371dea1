"""What holds for every table: nothing is lost or guessed, and bytes of any kind end in a reading or a refusal."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.unit.datasets.published.published_example import MAPPING, TABLE, example_mapping, read
from tests.unit.datasets.published.workbook_files import archive, ods, parts_of, xlsx

from evenhand.datasets.counts import CellStatus
from evenhand.datasets.published import read_published
from evenhand.errors import InputRefused

HEADER = ["Year", "Measure", "Split", "Label", "Level", "Code", "Name", "Count", "Rate"]
GENDER = MAPPING["groups"]["breakdowns"][2]["vocabulary"]
GROUPS = {"White": "white", "Mixed": "mixed", "Asian": "asian", "Black": "black", "Not stated": "not_stated"}
SIGNS = {"*": CellStatus.SUPPRESSED, "": CellStatus.UNKNOWN, "[x]": CellStatus.NOT_APPLICABLE}

cells = st.one_of(st.integers(min_value=0, max_value=10**9).map(str), st.sampled_from(sorted(SIGNS)))
tables = st.dictionaries(
    st.tuples(st.sampled_from(["Q1", "Q2", "Q3"]), st.sampled_from(sorted(GROUPS))), cells, min_size=1, max_size=12
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tables")


def rows_of(table):
    return [
        ["2023/24", "Detentions", "Ethnicity", label, "ICB", code, f"Place {code}", cell, ""]
        for (code, label), cell in table.items()
    ]


def text_of(rows, *, delimiter=",", line_end="\n"):
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=line_end).writerows([HEADER, *rows])
    return written.getvalue()


def said(reading):
    return {
        (each.organisation.code, each.group): each.count.status if each.count.value is None else each.count.value
        for each in reading.observations
    }


@examples(60)
@given(
    table=tables,
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    line_end=st.sampled_from(["\n", "\r", "\r\n"]),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
)
def test_each_count_comes_back_as_it_was_written_whatever_the_dialect(folder, table, delimiter, line_end, mark):
    data = mark + text_of(rows_of(table), delimiter=delimiter, line_end=line_end).encode()
    markers = {"*": "suppressed", "[x]": "not_applicable"}
    reading = read(folder, data, file={"delimiter": delimiter}, markers=markers)
    assert said(reading) == {
        (code, GROUPS[label]): SIGNS[cell] if cell in SIGNS else int(cell) for (code, label), cell in table.items()
    }


@examples(15)
@given(table=tables)
def test_a_workbook_says_what_its_csv_says(folder, table):
    rows = [[int(cell) if cell.isdigit() else cell for cell in row] for row in rows_of(table)]
    markers = {"*": "suppressed", "[x]": "not_applicable"}
    as_text = said(read(folder, text_of(rows), markers=markers))
    for make in (xlsx, ods):
        assert said(read(folder, make({"Data": [HEADER, *rows]}), markers=markers)) == as_text


words = st.sampled_from([*GROUPS, *GENDER, "All", "1", "", "Nobody"])
rows_of_any_kind = st.lists(
    st.tuples(
        st.sampled_from(["Detentions", "Transfers"]),
        st.sampled_from(["All", "Ethnicity", "Gender", "Age"]),
        words,
        st.sampled_from(["England", "ICB", "h", ""]),
        st.sampled_from(["Q1", "Q2", ""]),
    ),
    min_size=1,
    max_size=25,
)


@examples(150)
@given(rows=rows_of_any_kind)
def test_every_row_ends_in_exactly_one_place_and_no_damaged_label_is_loaded(folder, rows):
    table = text_of(
        ["2023/24", measure, split, label, level, f"{code}{number}" if code else "", "", "10", ""]
        for number, (measure, split, label, level, code) in enumerate(rows)
    )
    try:
        reading = read(folder, table, limits={"set_aside_share": 1.0})
    except InputRefused as refusal:
        assert "no figure that the mapping" in str(refusal)
        return
    report = reading.report
    apart = [line for each in (*report.left_out, *report.set_aside) for line in each.lines]
    loaded = [each.line for each in reading.observations]
    assert sorted(apart + loaded) == list(range(2, len(rows) + 2))
    assert report.rows_read == report.rows_loaded + report.rows_left_out + report.rows_set_aside
    for observation in reading.observations:
        _, split, label, _, _ = rows[observation.line - 2]
        assert split == "All" or label in {*GROUPS, "Other", "All"}


@examples(80)
@given(data=st.data(), length=st.integers(min_value=2, max_value=8))
def test_a_list_filled_down_over_ethnic_labels_leaves_no_figure(folder, data, length):
    """A fill repeats the labels of one breakdown in their order; every row it covers is set aside."""
    start = data.draw(st.integers(min_value=0, max_value=len(GENDER) - 1))
    filled = [GENDER[(start + step) % len(GENDER)] for step in range(length)]
    assume(any(label in ("Female", "Male") for label in filled))
    rows = [
        ["2023/24", "Detentions", "Ethnicity", label, "ICB", f"Q{n}", "", "10", ""] for n, label in enumerate(filled)
    ]
    around = ["2023/24", "Detentions", "Ethnicity", "White", "ICB", "Q", "", "10", ""]
    after = [*around[:3], "Black", *around[4:]]
    reading = read(folder, text_of([around, *rows, after]), limits={"set_aside_share": 1.0})
    assert [each.line for each in reading.observations] == [2, length + 3]


@examples(300)
@given(data=st.binary(max_size=400))
@example(data=b"PK\x03\x04xl/workbook.xml")
@example(data=b"\x00\x01")
@example(data=TABLE.encode()[:57])
def test_any_bytes_end_in_a_reading_or_a_refusal(folder, data):
    refused_or_read(folder, data)


@examples(150)
@given(data=st.data(), make=st.sampled_from([xlsx, ods]))
def test_a_workbook_with_flipped_bytes_ends_in_a_reading_or_a_refusal(folder, data, make):
    book = bytearray(make({"Data": [HEADER, *rows_of({("Q1", "White"): "10", ("Q2", "Black"): "*"})]}))
    for place in data.draw(st.lists(st.integers(min_value=4, max_value=len(book) - 1), min_size=1, max_size=6)):
        book[place] = data.draw(st.integers(min_value=0, max_value=255))
    refused_or_read(folder, bytes(book))


@examples(150)
@given(data=st.data())
def test_a_sheet_with_changed_xml_ends_in_a_reading_or_a_refusal(folder, data):
    parts = parts_of(xlsx({"Data": [HEADER, *rows_of({("Q1", "White"): "10"})]}))
    name = data.draw(st.sampled_from(sorted(name for name in parts if name.startswith("xl/"))))
    xml = bytearray(parts[name])
    for place in data.draw(st.lists(st.integers(min_value=0, max_value=len(xml) - 1), min_size=1, max_size=4)):
        xml[place : place + 1] = data.draw(st.sampled_from([b"", b"<", b'"', b"9", b"A", b"/>"]))
    refused_or_read(folder, archive({**parts, name: bytes(xml)}))


def refused_or_read(folder: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".csv") as file:
        file.write(data)
        file.flush()
        try:
            reading = read_published(Path(file.name), example_mapping())
        except InputRefused as refusal:
            assert "\n" not in str(refusal)
        else:
            assert reading.observations
