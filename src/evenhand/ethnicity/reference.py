"""Reads the packaged reference tables in ``tables/``: plain CSV, so that a database can join to the same files."""

import csv
from collections.abc import Iterator
from datetime import date
from importlib.resources import files


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of ``tables/<table>.csv`` in file order, each as column name → text."""
    text = files("evenhand.ethnicity").joinpath("tables", f"{table}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def day(text: str) -> date | None:
    """A date of a reference table; an empty cell means "no end"."""
    return date.fromisoformat(text) if text else None


def holds(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Whether something that is valid from one day to another, both included, is valid on the day ``on``."""
    return valid_from <= on and (valid_to is None or on <= valid_to)
