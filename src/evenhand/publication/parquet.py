"""Observations as Parquet, written and read by DuckDB. The only module that imports the engine."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from evenhand.publication.columns import Column, Row

_ENGINE_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}

# One thread keeps the order of rows and with it the bytes; extensions are never fetched from the network.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": "1",
    "memory_limit": "1GB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

# England has about 250 trusts and boards; 50 indicators × 12 months × 40 groups of each are 6 million rows at most in
# a file that would be many releases in one. A release of half of that is refused before it is unpacked.
MAXIMUM_ROWS = 3_000_000


def parquet_bytes(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """The rows as one Parquet file. The same rows give the same bytes with the same version of the engine."""
    selected = ", ".join(
        f'unnest(${place}::{_ENGINE_TYPES[column.kind]}[]) AS "{column.name}"'
        for place, column in enumerate(columns, start=1)
    )
    values = [[row[place] for row in rows] for place in range(len(columns))]
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=_SETTINGS) as engine:
        file = Path(folder) / "rows.parquet"
        # The names are those of our own columns; the values travel as parameters.
        engine.sql(f"SELECT {selected}", params=values).write_parquet(str(file), compression="zstd")
        return file.read_bytes()


def parquet_rows(columns: Sequence[Column], content: bytes) -> list[Row]:
    """The rows of a Parquet file that has exactly these columns.

    The file may come from a stranger: it is read from a copy in a folder of its own, the engine may open nothing but
    that copy, and the number of rows is looked at before any is unpacked.

    Raises:
        ValueError: it is no Parquet file, has other columns or types, or more than :data:`MAXIMUM_ROWS` rows.
    """
    expected = [(column.name, _ENGINE_TYPES[column.kind]) for column in columns]
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=_SETTINGS) as engine:
        file = Path(folder) / "rows.parquet"
        file.write_bytes(content)
        quoted = str(file).replace("'", "''")
        engine.execute(f"SET allowed_paths = ['{quoted}']")
        engine.execute("SET enable_external_access = false")
        try:
            found = engine.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(file)]).fetchall()
            if [(name, kind) for name, kind, *_ in found] != expected:
                raise ValueError("its columns are not those that a release has, in their order and of their types")
            held = engine.execute("SELECT num_rows FROM parquet_file_metadata(?)", [str(file)]).fetchall()
            if held[0][0] > MAXIMUM_ROWS:
                raise ValueError(f"it holds {held[0][0]} rows; a release holds at most {MAXIMUM_ROWS}")
            return engine.execute("SELECT * FROM read_parquet(?)", [str(file)]).fetchall()
        except duckdb.Error as error:
            raise ValueError("it cannot be read as a Parquet file") from error
