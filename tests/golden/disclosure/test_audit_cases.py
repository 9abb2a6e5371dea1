"""Twenty releases of five kinds, with the range of every cell worked out by another solver in whole numbers."""

from collections import defaultdict
from pathlib import Path

import pytest
from tests.golden.disclosure.printed_tables import rows, table_of

from evenhand.disclosure import CountRange
from evenhand.disclosure.attack import feasible_ranges

COLUMNS = ("g", "provider", "sex")
CASES = [f"c{number:03}" for number in range(20)]


@pytest.mark.parametrize("case", CASES)
def test_the_attack_finds_the_expected_range_of_every_cell(shared: Path, case: str) -> None:
    folder = shared / "golden" / "disclosure" / "audit_cases"
    printed = [row for row in rows(folder / "releases.csv") if row["case"] == case]
    expected = [row for row in rows(folder / "expected_intervals.csv") if row["case"] == case]
    children: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in rows(folder / "hierarchy.csv"):
        siblings = children[row["column"]].get(row["parent"], ())
        children[row["column"]][row["parent"]] = (*siblings, row["child"])
    cells = [tuple(row[column] for column in COLUMNS) for row in printed]
    assert cells == [tuple(row[column] for column in COLUMNS) for row in expected]
    known = [
        CountRange(int(row["attacker_lo"]), int(row["attacker_hi"]) if row["attacker_hi"] else None) for row in printed
    ]

    table = table_of(cells, [children[column] for column in COLUMNS])
    ranges, undecided = feasible_ranges(table, known, range(len(cells)))

    assert len(cells) >= 24
    assert not undecided
    for cell, row in enumerate(expected):
        largest = None if row["feasible_max"] == "inf" else int(row["feasible_max"])
        assert (table.cells[cell], ranges[cell]) == (table.cells[cell], CountRange(int(row["feasible_min"]), largest))
