"""Parquet: written so that the same rows give the same bytes, read so that a stranger's file can do no harm."""

from datetime import date

import duckdb
import pytest

from evenhand.publication import parquet
from evenhand.publication.columns import Column
from evenhand.publication.parquet import parquet_bytes, parquet_rows

COLUMNS = (
    Column("label", "string", "A label."),
    Column("count", "integer", "A count.", required=False),
    Column("value", "number", "A value.", required=False),
    Column("day", "date", "A day.", required=False),
)
ROWS = [("a", 1, 0.1, date(2024, 3, 31)), ("b", None, float("inf"), None), ("", 0, 1e-300, None)]


def test_rows_come_back_in_their_order_and_kind():
    assert parquet_rows(COLUMNS, parquet_bytes(COLUMNS, ROWS)) == ROWS


def test_the_same_rows_give_the_same_bytes():
    rows = [(f"group {number % 7}", number, number / 3, None) for number in range(20_000)]
    assert parquet_bytes(COLUMNS, rows) == parquet_bytes(COLUMNS, rows)


def test_a_table_of_no_rows_is_a_table():
    assert parquet_rows(COLUMNS, parquet_bytes(COLUMNS, [])) == []


def test_other_columns_are_refused():
    content = parquet_bytes(COLUMNS[:2], [("a", 1)])
    with pytest.raises(ValueError, match="its columns are not those that a release has"):
        parquet_rows(COLUMNS, content)


def test_a_number_in_the_place_of_text_is_refused():
    content = parquet_bytes((Column("label", "integer", "A label."), *COLUMNS[1:]), [(1, 1, 1.0, None)])
    with pytest.raises(ValueError, match="its columns are not those that a release has"):
        parquet_rows(COLUMNS, content)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"label,count\na,1\n", b"PAR1" + bytes(1000) + b"PAR1"])
def test_what_is_no_parquet_is_refused(content):
    with pytest.raises(ValueError, match="cannot be read as a Parquet file"):
        parquet_rows(COLUMNS, content)


def test_a_file_of_too_many_rows_is_refused_before_it_is_unpacked(monkeypatch):
    content = parquet_bytes(COLUMNS, ROWS)
    monkeypatch.setattr(parquet, "MAXIMUM_ROWS", 2)
    with pytest.raises(ValueError, match="it holds 3 rows; a release holds at most 2"):
        parquet_rows(COLUMNS, content)


def test_a_small_file_that_unpacks_to_millions_of_rows_is_refused(tmp_path):
    file = tmp_path / "bomb.parquet"
    query = "SELECT 'a' AS label, 1::BIGINT AS count, 1.0::DOUBLE AS value, DATE '2024-01-01' AS day FROM range($rows)"
    duckdb.sql(query, params={"rows": parquet.MAXIMUM_ROWS + 1}).write_parquet(str(file), compression="zstd")
    assert file.stat().st_size < 1_000_000
    with pytest.raises(ValueError, match="a release holds at most"):
        parquet_rows(COLUMNS, file.read_bytes())
