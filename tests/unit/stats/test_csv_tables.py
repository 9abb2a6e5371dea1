"""CSV files as they come, and what is said of those that cannot be used."""

import io
import sys

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.csv_tables import read_table, result_text, table_of
from evenhand.stats.methods.run import ResultTable


def table(text, encoding="utf-8"):
    return table_of(text.encode(encoding), "x.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_files_are_read_with_or_without_a_mark_and_with_any_line_ends(encoding, end):
    found = table(end.join(['group, events ,"a, b"', 'Any other “White”,"1,234", x ', ""]), encoding)
    assert dict(found.columns) == {"group": ("Any other “White”",), "events": ("1,234",), "a, b": (" x ",)}


def test_rows_are_known_by_the_line_they_begin_on():
    found = table('a,b\n\n1,"two\nlines"\n,\n3,4\n')
    assert found.columns["a"] == ("1", "3")
    assert list(found.lines) == [3, 6]


def test_a_column_without_a_heading_is_called_by_its_place():
    assert list(table(",a,\n1,2,3\n").columns) == ["column 1", "a", "column 3"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "x.csv: is empty; a heading and one row or more are right"),
        ("\n \n,,\n", "x.csv: is empty; a heading and one row or more are right"),
        ("a,b\n", "x.csv: found a heading and no rows; one row or more is right"),
        ("a,b,a\n1,2,3\n", "x.csv, line 1: found the heading 'a' twice; each once is right"),
        ("a,b\n1,2\n\n3\n", "x.csv, line 4: found 1 cells; 2, as in line 1, is right"),
        ("a,b\n1,2\n3,4,5\n", "x.csv, line 3: found 3 cells; 2, as in line 1, is right"),
        ("a;b\n1;2\n", "x.csv, line 1: found one column; commas between cells are right"),
        ("a\tb\n1\t2\n", "x.csv, line 1: found one column; commas between cells are right"),
        ('a,b\n1,2\n"3,4\n5,6\n', "x.csv, line 3: cannot be divided into cells (unexpected end of data)"),
        ("a,b\n1,\0\n", "x.csv: holds a NUL character, and is no table of text; save it as CSV in UTF-8"),
        ("<!DOCTYPE html>\n<p>1,2</p>\n", "x.csv: is a web page; save it as CSV in UTF-8"),
        ("PK\x03\x04,a", "x.csv: is a workbook or packed in another way; save it as CSV in UTF-8"),
    ],
)
def test_what_is_no_table_is_refused(text, says):
    with pytest.raises(InputRefused) as refused:
        table(text)
    assert str(refused.value) == says


def test_another_encoding_is_refused():
    with pytest.raises(InputRefused) as refused:
        table("a,b\né,2\n", "latin-1")
    assert str(refused.value) == "x.csv: is not UTF-8 text (byte 4 does not fit); save it as CSV in UTF-8"


def test_a_table_is_read_from_a_file_or_from_standard_input(tmp_path, monkeypatch):
    file = tmp_path / "counts.csv"
    file.write_bytes(b"a\n1\n")
    assert read_table(str(file)).columns == {"a": ("1",)}
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a\n2\n")))
    assert read_table("-").columns == {"a": ("2",)}
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(InputRefused, match="standard input: is empty"):
        read_table("-")
    with pytest.raises(InputRefused, match=r"none.csv: cannot be read \(No such file or directory\)"):
        read_table(str(tmp_path / "none.csv"))


def test_results_are_written_so_that_the_same_numbers_are_read_back():
    figures = {
        "result": np.array(["rate"] * 6, dtype=object),
        "value": np.array([0.1 + 0.2, 12.0, np.nan, np.inf, -0.0, 1e22]),
        "rank": np.array([1, 2, 3, 4, 5, 6]),
    }
    written = result_text(ResultTable({"group": np.array([1, 1, 0, 0, 0, 0])}, figures), table('group\n"a, b"\nc\n'))
    assert written == (
        "group,result,value,rank\n"
        "c,rate,0.30000000000000004,1\n"
        "c,rate,12,2\n"
        '"a, b",rate,,3\n'
        '"a, b",rate,inf,4\n'
        '"a, b",rate,0,5\n'
        '"a, b",rate,1e+22,6\n'
    )


def test_results_are_rounded_to_significant_digits_where_asked():
    figures = {"value": np.array([0.00123456, 123456.78, 250_000.0, np.nan, -np.inf, 0.5])}
    written = result_text(ResultTable({}, figures), table("a\n1\n"), digits=3)
    assert written.split() == ["value", "0.00123", "123000", "250000", '""', "-inf", "0.5"]
