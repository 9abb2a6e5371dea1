"""The reference pages that are made of data are those that the data make today."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

REFERENCE = Path(__file__).resolve().parents[3] / "docs/reference"


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_pages", REFERENCE / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["indicators.md", "detention-rates-reproduced.md"])
def test_a_page_made_of_data_is_up_to_date(name: str) -> None:
    pages = generator().PAGES
    assert (REFERENCE / name).read_text(encoding="utf-8") == pages[name](), "run: python docs/reference/generate.py"


def test_the_table_of_england_has_22_rates_that_all_come_out() -> None:
    page = generator().detention_rates_page()
    england = page.partition("## England: all 22 rates")[2].partition("## Leicester")[0]
    rows = [line.split("|")[1:-1] for line in england.splitlines() if line.startswith("| ") and "---" not in line][1:]
    assert len(rows) == 22
    assert [row[3] for row in rows] == [row[4] for row in rows]
