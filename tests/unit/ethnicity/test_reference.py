from datetime import date

import pytest

from evenhand.ethnicity import reference


def test_an_empty_cell_is_no_end():
    assert reference.day("") is None
    assert reference.day("2021-03-21") == date(2021, 3, 21)


@pytest.mark.parametrize(
    ("on", "valid"),
    [("2020-12-31", False), ("2021-01-01", True), ("2021-12-31", True), ("2022-01-01", False)],
)
def test_the_first_and_the_last_day_are_both_included(on: str, valid: bool):
    assert reference.holds(date(2021, 1, 1), date(2021, 12, 31), date.fromisoformat(on)) is valid


def test_something_without_an_end_holds_on():
    assert reference.holds(date(2021, 1, 1), None, date(2099, 1, 1))


@pytest.mark.parametrize("table", ["classifications", "categories", "crosswalks", "codes", "labels", "label_groups"])
def test_every_row_of_a_table_fills_the_columns_and_no_row_stands_twice(table: str):
    rows = list(reference.rows(table))
    assert all(None not in row and None not in row.values() for row in rows)
    assert len({tuple(row.values()) for row in rows}) == len(rows)
