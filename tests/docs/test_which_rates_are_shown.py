"""The page on which rates are shown has the tables that its simulation prints, and says of them what is so."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

EXPLANATION = Path(__file__).resolve().parents[2] / "docs" / "explanation"


@pytest.fixture(scope="module")
def simulation() -> ModuleType:
    """The script, as a module."""
    specification = importlib.util.spec_from_file_location("selection", EXPLANATION / "simulations" / "selection.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def printed(simulation: ModuleType) -> list[str]:
    """The lines that the script prints."""
    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simulation.sys, "stdout", type("Lines", (), {"write": staticmethod(lines.append)}))
        simulation.main()
    return "".join(lines).splitlines()


def test_the_tables_of_the_page_are_those_that_the_simulation_prints(printed: list[str]) -> None:
    page = (EXPLANATION / "which-rates-are-shown.md").read_text("utf-8")
    tables = [table for table in "\n".join(printed).split("\n\n") if table]
    assert len(tables) == 2
    for table in tables:
        assert table in page, f"the page has not this table:\n{table}"


def test_near_the_classic_threshold_intervals_fail_and_by_rules_that_do_not_look_they_hold(printed: list[str]) -> None:
    rows = {
        line.split("|")[1].strip(): [int(number) for number in re.findall(r"(\d+) %", line)]
        for line in printed
        if "%" in line and line[2].isdigit()
    }
    happens, tiwari_picked, dobson_picked, tiwari, dobson = rows["5.5"]
    assert happens <= 6
    assert 66 <= tiwari_picked <= 74
    assert 66 <= dobson_picked <= 74
    assert min(tiwari, dobson) >= 95
    assert all(95 <= shares[3] <= 99 for shares in rows.values())
