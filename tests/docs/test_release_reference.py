"""The reference of releases names every column, every field and every key of a recipe."""

from dataclasses import fields
from pathlib import Path

import pytest

from evenhand.publication.certificate import Certificate
from evenhand.publication.columns import OBSERVATION_COLUMNS
from evenhand.publication.package import Adding, Package
from evenhand.publication.quality import QUALITY_COLUMNS
from evenhand.publication.recipe import Protect, Recipe

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/release.md").read_text("utf-8")


@pytest.mark.parametrize("column", {*OBSERVATION_COLUMNS, *QUALITY_COLUMNS}, ids=lambda column: column.name)
def test_every_column_is_explained_in_its_own_words(column):
    assert f"| `{column.name}` | {column.description} |" in PAGE


def first_cells() -> set[str]:
    """What stands between back-ticks in the first cell of a table row."""
    rows = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `")]
    return {word.strip(" `") for row in rows for word in row.split(",")}


@pytest.mark.parametrize("field", [*fields(Certificate), *fields(Recipe)], ids=lambda field: field.name)
def test_every_field_of_a_certificate_and_every_key_of_a_recipe_is_explained(field):
    assert field.name in first_cells()


def test_what_stands_under_evenhand_is_explained():
    standard = {"title", "revision", "licence", "sources", "released_by", "released_on"}
    assert {field.name for field in fields(Package)} - standard <= first_cells()
    assert len(fields(Adding)) == 4, "explain the new part of `adding` in the reference"
    assert {field.name for field in fields(Protect)} == {"kind", "rule", "whole"}
