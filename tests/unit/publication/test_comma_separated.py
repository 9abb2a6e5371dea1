"""CSV for people: read back as written, and never a formula to a spreadsheet."""

import pytest

from evenhand.publication.columns import Column
from evenhand.publication.comma_separated import csv_rows, csv_text

COLUMNS = (
    Column("label", "string", "A label."),
    Column("note", "string", "A note.", required=False),
    Column("count", "integer", "A count.", required=False),
    Column("value", "number", "A value.", required=False),
    Column("day", "date", "A day.", required=False),
)
HEADER = "label,note,count,value,day\n"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_label_begins_a_formula(sign):
    text = csv_text(COLUMNS, [(f"{sign}1+1", None, 1, None, None)])
    cell = text.removeprefix(HEADER).lstrip('"')
    assert cell.startswith(f"'{sign}")


@pytest.mark.parametrize("label", ["=1", "'=1", "''@x", "'quoted'", "plain", "O'Brien", "-", "a,b", 'a"b', "a\nb"])
def test_every_label_comes_back_as_it_was(label):
    rows = [(label, label, None, None, None)]
    assert csv_rows(COLUMNS, csv_text(COLUMNS, rows)) == rows


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the columns are not"),
        ("count,label\n", "line 1: the columns are not"),
        (HEADER + "a,b\n", "line 2: 2 cells found, 5 expected"),
        (HEADER + ",,,,\n", "line 2, column label: is empty"),
        (HEADER + "a,,one,,\n", "line 2, column count: is not a integer"),
        (HEADER + "a,,,much,\n", "line 2, column value: is not a number"),
        (HEADER + "a,,,,01/02/2024\n", "line 2, column day: is not a date"),
        (HEADER + 'a,"b"c,,,\n', "line 2: "),
        (HEADER + '"a', "line 2: "),
    ],
)
def test_what_is_not_such_a_table_is_refused_with_its_place(text, message):
    with pytest.raises(ValueError, match=message):
        csv_rows(COLUMNS, text)
