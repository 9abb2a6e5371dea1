"""What the cells of a table may say, and how it is said that one cannot be used."""

from datetime import date, datetime
from decimal import Decimal
from math import inf, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.tables import Table


def numbers(cells):
    found = Table({"x": cells}).numbers("x")
    return found.values.tolist(), found.hidden.tolist()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 0 ", 0),
        ("-0.5", -0.5),
        ("+3", 3),
        (".5", 0.5),
        ("5.", 5),
        ("1e3", 1000),
        ("1,234", 1234),
        ("-1,234,567.5", -1234567.5),
    ],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert numbers([text]) == ([number], [False])


@pytest.mark.parametrize(
    "text",
    ["1,5", "12,34", "4%", "£3", "1_000", "0x10", "inf", "Infinity", "-", "…", "<5", "1 234", "1e999", "٣", "NULLS"],
)
def test_anything_else_is_refused_with_its_row_and_without_its_content(text):
    with pytest.raises(InputRefused) as refused:
        numbers(["1", text])
    right = "a number, an empty cell where one is missing, or * where one is hidden, is right"
    assert str(refused.value) == f"column 'x': row 2 is not a number; {right}"


@pytest.mark.parametrize("cell", ["", "  ", "NA", "n/a", "NaN", "Null", "None", "[x]", None, nan, Decimal("nan")])
def test_a_missing_number_is_missing_and_not_hidden(cell):
    values, hidden = numbers(["5", cell])
    assert values[0] == 5
    assert np.isnan(values[1])
    assert hidden == [False, False]


@pytest.mark.parametrize("cell", ["*", " * ", "Suppressed", "hidden", "[c]"])
def test_a_hidden_number_is_missing_and_hidden(cell):
    values, hidden = numbers(["5", cell])
    assert np.isnan(values[1])
    assert hidden == [False, True]


def test_numbers_of_python_and_of_numpy_are_taken_as_they_are():
    assert numbers([1, 2.5, Decimal("3.5"), np.float32(4), True])[0] == [1, 2.5, 3.5, 4, 1]
    assert numbers(np.array([1, 2], dtype=np.int8))[0] == [1, 2]
    assert np.isnan(numbers(np.array([1, nan]))[0][1])
    assert numbers(np.array(["1", "*"], dtype=object))[1] == [False, True]


def test_an_infinite_number_is_none():
    for column in (np.array([1, inf]), [1, inf]):
        with pytest.raises(InputRefused, match="row 2 is not a number"):
            numbers(column)


@pytest.mark.parametrize("cell", [date(2024, 1, 1), object(), b"\xff"])
def test_what_is_no_number_of_any_kind_is_refused(cell):
    with pytest.raises(InputRefused, match="row 1 is not a number"):
        numbers([cell])


def test_cells_that_are_lists_are_refused():
    for read in (Table({"x": [[1], [2]]}).numbers, Table({"x": [[1], [2]]}).labels):
        with pytest.raises(InputRefused, match="column 'x': found lists or the like; text and numbers are right"):
            read("x")


def test_many_wrong_rows_are_counted_and_not_all_named():
    with pytest.raises(InputRefused, match="rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 5 more are not a number"):
        numbers(["?"] * 15)


def test_rows_of_a_file_are_named_by_their_lines():
    with pytest.raises(InputRefused, match="lines 2 and 7 are not a number"):
        Table({"x": ["?", "1", "?"]}, lines=[2, 3, 7]).numbers("x")


def labels(cells):
    found = Table({"x": cells}).labels("x")
    return [found.names[code] for code in found.codes]


def test_labels_are_the_same_in_whatever_type_they_come():
    assert labels(["b", "a", " b "]) == ["b", "a", "b"]
    assert labels([10, 10.0, "10", 2.5]) == ["10", "10", "10", "2.5"]
    assert labels(np.array([10, 2, 10])) == ["10", "2", "10"]
    assert labels(np.array([10.0, 2.5])) == ["10", "2.5"]
    midnight, morning = (datetime.fromisoformat(f"2024-01-31T{hours}") for hours in ("00:00", "09:30"))
    assert labels([date(2024, 1, 31), midnight, morning]) == [
        "2024-01-31",
        "2024-01-31",
        "2024-01-31T09:30:00",
    ]


def test_dates_of_numpy_are_dates_or_have_their_hours():
    days = np.array(["2024-02-01", "2024-01-31"], dtype="datetime64[us]")
    assert labels(days) == ["2024-02-01", "2024-01-31"]
    assert labels(days + np.timedelta64(90, "m")) == ["2024-02-01T01:30:00", "2024-01-31T01:30:00"]


def test_labels_are_sorted_so_that_the_order_of_rows_is_no_matter():
    assert Table({"x": ["b", "a", "c"]}).labels("x").names == ("a", "b", "c")


@pytest.mark.parametrize(
    "cells",
    [
        ["a", ""],
        ["a", None],
        ["a", nan],
        np.array([1.0, nan]),
        np.array(["2024-01-01", "NaT"], dtype="datetime64[D]"),
    ],
)
def test_a_row_without_a_label_is_refused(cells):
    with pytest.raises(InputRefused, match="column 'x': row 2 is without a label; a label in every row is right"):
        Table({"x": cells}).labels("x")


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("0001-01-01", 1),
        ("2024-03-31", 738976),
        ("2024-03-31T12:00", 738976.5),
        ("2024-03-31 06:00:00", 738976.25),
        ("2024-03-31T00:00:43.2", 738976.0005),
    ],
)
def test_dates_are_days_of_the_calendar(label, day):
    assert Table({"x": [label]}).days("x").values.tolist() == pytest.approx([day], abs=1e-9)


@pytest.mark.parametrize("label", ["31/03/2024", "2024-02-30", "2024-03-31T9", "2024-03-31T9h30", "soon"])
def test_what_is_no_date_is_refused(label):
    with pytest.raises(InputRefused, match="column 'x': row 1 is not a date; a date such as 2024-03-31 is right"):
        Table({"x": [label]}).days("x")


def test_columns_of_unlike_length_are_refused():
    with pytest.raises(InputRefused, match=r"found columns of unlike length \(a 1, b 2\)"):
        Table({"a": [1], "b": [1, 2]})


@pytest.mark.parametrize("columns", [{}, {"a": []}])
def test_a_table_without_rows_is_refused(columns):
    with pytest.raises(InputRefused, match="table: found no rows; one or more are right"):
        Table(columns)


def test_a_column_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(InputRefused, match="column: found no 'c' in the table; it has a, b"):
        Table({"a": [1], "b": [2]}).numbers("c")
