import pytest

from evenhand.datasets.published.file_shape import FileShape
from evenhand.datasets.published.limits import Limits
from evenhand.datasets.published.tables import Sheet, Table, with_header
from evenhand.errors import InputRefused


def table(*rows, limits=None, sheet="", **shape):
    numbered = [(line, list(cells)) for line, cells in enumerate(rows, start=1)]
    return with_header(Sheet(sheet, numbered), FileShape(**shape), file="t.csv", limits=limits or Limits())


def test_the_first_row_is_the_header_and_lines_count_from_the_top_of_the_file():
    read = table(["A", "B"], ["1", "2"])
    assert read.headers == ("A", "B")
    assert read.rows == [(2, ["1", "2"])]
    assert read.origin == "t.csv"
    assert table(["A"], ["1"], sheet="Data").origin == "t.csv, sheet 'Data'"


def test_several_header_rows_are_joined_without_their_blanks():
    read = table(["", "", ""], ["", "White", "White"], ["Area", "Pupils", "Achieving"], ["X", "4", "3"], header_rows=3)
    assert read.headers == ("Area", "White | Pupils", "White | Achieving")
    assert read.rows == [(4, ["X", "4", "3"])]


def test_merged_header_cells_are_spread_to_the_right_except_in_the_last_row():
    rows = (["", "White", "", "Black", ""], ["Area", "n", "of", "n", ""], ["X", "4", "3", "2", "1"])
    read = table(*rows, header_rows=2, spread_headers=True)
    assert read.headers == ("Area", "White | n", "White | of", "Black | n", "Black")


def test_rows_above_the_header_are_skipped():
    assert table(["Table 1"], ["A"], ["1"], skip_rows=1).headers == ("A",)


def test_without_a_header_the_mapping_gives_the_names():
    read = table(["x", "1"], header_rows=0, column_names=("name", "value"))
    assert (read.headers, read.rows) == (("name", "value"), [(1, ["x", "1"])])


def test_blank_rows_are_no_rows_and_short_rows_are_filled():
    read = table(["A", "B"], ["1", "2"], ["", ""], ["3"], ["", "", ""])
    assert read.rows == [(2, ["1", "2"]), (4, ["3", ""])]


def test_notes_below_a_blank_row_are_not_part_of_the_table_when_the_mapping_says_so():
    rows = (["A"], ["1"], [""], ["Source: somebody"])
    assert len(table(*rows).rows) == 2
    assert len(table(*rows, ends_at_blank_row=True).rows) == 1


def test_blank_cells_beyond_the_header_are_nothing_and_filled_ones_are_refused():
    assert table(["A", ""], ["1", "", ""]).rows == [(2, ["1"])]
    with pytest.raises(InputRefused, match="line 2: has 3 cells where the header has 2"):
        table(["A", "B"], ["1", "2", "3"])


@pytest.mark.parametrize("rows", [[], [["A"]], [["A"], [""]]])
def test_a_table_without_rows_is_refused(rows):
    with pytest.raises(InputRefused, match="has no rows below its header"):
        table(*rows)


def test_too_many_columns_are_refused():
    with pytest.raises(InputRefused, match="has 3 columns; the limit is 2"):
        table(["A", "B", "C"], ["1", "2", "3"], limits=Limits(columns=2))


def test_a_header_like_a_book_is_refused():
    with pytest.raises(InputRefused, match="has a header longer than 5 characters"):
        table(["A", "B" * 6], ["1", "2"], limits=Limits(header_characters=5))


def test_a_column_is_found_whatever_its_case_and_spaces():
    read = table(["Org  Code", "Value"], ["1", "2"])
    assert read.column("ORG code") == 0
    assert read.find("nothing like it") is None


def test_a_missing_column_is_named_with_the_nearest_there_is():
    read = table(["OrgCode", "Value"], ["1", "2"])
    with pytest.raises(InputRefused, match=r"no column 'Org_Code' among its 2\. Is it 'orgcode'\?"):
        read.column("Org_Code")
    with pytest.raises(InputRefused, match=r"no column 'Population' among its 2\.$"):
        read.column("Population")


def test_two_columns_of_one_name_are_refused_when_that_name_is_asked_for():
    read = Table(file="t.csv", sheet="", headers=("A", "a ", "B"), rows=[])
    assert read.column("B") == 2
    with pytest.raises(InputRefused, match="2 columns are called 'A'"):
        read.column("A")
