import pytest
from tests.unit.datasets.published.published_example import MAPPING, TABLE, counts, example_mapping, read
from tests.unit.datasets.published.workbook_files import ods, xlsx

from evenhand.datasets.published import read_published
from evenhand.errors import InputRefused

CELLS = [line.split(",") for line in TABLE.splitlines()]
NOTES = [["Notes"], ["Made up."]]
FOLDER = {"file": {"names": ["*.csv"]}, "period": {**MAPPING["period"], "several": True}}


@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_workbook_reads_like_its_csv(tmp_path, make):
    assert counts(read(tmp_path, make({"Data": CELLS}))) == counts(read(tmp_path))


def test_the_sheet_is_found_by_its_columns_among_notes_and_dashboards(tmp_path):
    reading = read(tmp_path, xlsx({"Notes": NOTES, "Data 2023-24": CELLS, "Empty": []}))
    assert reading.report.files[0].sheet == "Data 2023-24"
    assert len(reading.observations) == 5


def test_a_mapping_may_name_sheets_and_read_several(tmp_path):
    workbook = xlsx({"Notes": NOTES, "Table 1": CELLS[:3], "Table 2": [CELLS[0], *CELLS[3:]]})
    reading = read(tmp_path, workbook, file={"sheets": ["Table *", "Table 1"]})
    assert [each.sheet for each in reading.report.files] == ["Table 1", "Table 2"]
    assert counts(reading) == counts(read(tmp_path))


@pytest.mark.parametrize(
    ("sheets", "shape", "says"),
    [
        ({"Data": CELLS}, {"sheets": ["Table 1"]}, "there is no sheet 'Table 1'. It has 'Data'"),
        ({"A": CELLS, "B": CELLS}, {}, "several sheets could be the table .*'A', 'B'"),
        ({"Notes": NOTES, "More": NOTES}, {}, "no sheet has the columns 'Year', 'Measure'.*It has 'Notes', 'More'"),
        ({"Notes": NOTES}, {}, "sheet 'Notes': there is no column 'Code' among its 1"),
        ({"Empty": []}, {}, "no sheet has the columns"),
        (
            {"Data": CELLS},
            {"formats": ["csv", "ods"]},
            "is XLSX; Detentions, an invented table is read from CSV or ODS",
        ),
    ],
)
def test_a_workbook_without_the_table_is_refused(tmp_path, sheets, shape, says):
    with pytest.raises(InputRefused, match=says):
        read(tmp_path, xlsx(sheets), file=shape)


def test_the_files_of_a_folder_are_read_in_the_order_of_their_names(tmp_path):
    (tmp_path / "b.csv").write_text(TABLE.replace("2023/24", "2022/23"))
    (tmp_path / "a.csv").write_text(TABLE)
    (tmp_path / "notes.txt").write_text("nothing")
    reading = read_published(tmp_path, example_mapping(**FOLDER))
    assert [each.name for each in reading.report.files] == ["a.csv", "b.csv"]
    assert len(reading.observations) == 10


def test_one_file_of_a_folder_may_be_read_alone(tmp_path):
    assert len(read(tmp_path, **FOLDER).observations) == 5


def test_a_folder_without_the_files_or_with_too_many_is_refused(tmp_path):
    with pytest.raises(InputRefused, match=r"holds no file called \*\.csv"):
        read_published(tmp_path, example_mapping(**FOLDER))
    for name in "abc":
        (tmp_path / f"{name}.csv").write_text(TABLE)
    with pytest.raises(InputRefused, match="holds 3 files; the limit is 2"):
        read_published(tmp_path, example_mapping(**FOLDER, limits={"files": 2}))


def test_a_link_inside_the_folder_is_followed(tmp_path):
    (tmp_path / "real.txt").write_text(TABLE)
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.txt")
    assert len(read_published(tmp_path, example_mapping(**FOLDER)).observations) == 5


def test_a_name_that_does_not_follow_the_template_is_refused(tmp_path):
    file = {"name_template": "april{year}.csv"}
    with pytest.raises(InputRefused, match=r"table\.csv: its name does not follow 'april\{year\}\.csv'"):
        read(tmp_path, file=file, period={"style": "financial_year", "from_name": True})
