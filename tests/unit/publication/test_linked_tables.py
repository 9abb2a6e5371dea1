"""Which cells a release has, and which add up to which."""

from datetime import date

import pytest

from evenhand.datasets.observations import Period
from evenhand.publication.cells import Cell
from evenhand.publication.linked_tables import group_hierarchy, linked_tables, total_classification
from evenhand.publication.package import Adding

MARCH = Period(date(2024, 3, 1), date(2024, 3, 31))
APRIL = Period(date(2024, 4, 1), date(2024, 4, 30))


def exact_counts(measures=("treated",), organisations=("A", "B"), periods=(MARCH,)):
    """White British 10, not White British 3, unknown 1 for the first measure; ten times as many for each other."""
    counts = {"white_british": 10, "not_white_british": 3, "unknown": 1}
    return {
        Cell(measure, period, organisation, "white_british", group): count * 10**power
        for power, measure in enumerate(measures)
        for period in periods
        for organisation in organisations
        for group, count in counts.items()
    }


def added(table, counts):
    """Organisation and group → the count, for the cells that are printed."""
    cells = zip(table.cells, table.added_up(counts), strict=True)
    return {(cell.measure, cell.organisation, cell.group): count for cell, count in cells if cell is not None}


def test_groups_and_organisations_add_up_to_everybody():
    counts = exact_counts()
    (table,) = linked_tables(counts, Adding("white_british", ("unknown",), {"T": ("A", "B")}))
    sums = added(table, counts)
    assert sums["treated", "T", "all"] == 28
    assert sums["treated", "A", "all_known"] == 13
    assert sums["treated", "T", "unknown"] == 2
    assert len(table.cells) == 3 * 5
    assert not table.table.sums_that_fail(table.table.checked(table.added_up(counts))).size


def test_the_total_of_everybody_stands_outside_the_classification():
    counts = exact_counts()
    (table,) = linked_tables(counts, Adding("white_british", ("unknown",), {"T": ("A", "B")}))
    assert {cell.classification for cell in table.cells if cell.group == "all"} == {"total"}


def test_without_unrecorded_ethnicity_those_in_a_group_are_everybody():
    counts = {cell: count for cell, count in exact_counts().items() if cell.group != "unknown"}
    (table,) = linked_tables(counts, Adding("white_british", (), {"T": ("A", "B")}))
    assert {cell.group for cell in table.cells} == {"white_british", "not_white_british", "all_known"}


def test_small_groups_add_up_through_their_broad_groups():
    hierarchy, names = group_hierarchy(Adding("nhs_2001", ("not_stated", "not_known"), {}))
    assert len(hierarchy.nodes) == 16 + 5 + 1 + 2 + 1
    assert names[hierarchy.top] == ("total", "all")
    assert [names[child] for child in hierarchy.children["nhs_2001_5/white"]] == [
        ("nhs_2001", "A"),
        ("nhs_2001", "B"),
        ("nhs_2001", "C"),
    ]
    assert total_classification(Adding("nhs_2001", (), {})) == "nhs_2001_5"


def test_organisations_that_belong_to_no_whole_have_a_table_each():
    counts = exact_counts(organisations=("A", "B", "C"))
    tables = list(linked_tables(counts, Adding("white_british", ("unknown",), {"T": ("A", "B")})))
    assert [table.organisations.top for table in tables] == ["T", "C"]


def test_every_period_has_a_table_of_its_own():
    counts = exact_counts(periods=(MARCH, APRIL))
    tables = list(linked_tables(counts, Adding("white_british", ("unknown",), {"T": ("A", "B")})))
    assert [table.period for table in tables] == [MARCH, APRIL]


def test_a_part_and_its_whole_are_one_table_with_the_rest_between_them():
    counts = exact_counts(measures=("recovered", "treated"))
    adding = Adding("white_british", ("unknown",), {"T": ("A", "B")}, (("recovered", "treated"),))
    (table,) = linked_tables(counts, adding)
    assert table.measures == ("recovered", "treated")
    assert table.cells.count(None) == 15
    values = table.added_up(counts)
    rest = dict(zip(table.table.cells, values, strict=True))["treated without recovered × T × total/all"]
    assert rest == 280 - 28
    assert not table.table.sums_that_fail(table.table.checked(values)).size


def test_measures_that_are_no_part_of_each_other_have_a_table_each():
    counts = exact_counts(measures=("recovered", "treated", "restrained"))
    adding = Adding("white_british", ("unknown",), {"T": ("A", "B")}, (("recovered", "treated"), ("x", "y")))
    assert [table.measures for table in linked_tables(counts, adding)] == [("restrained",), ("recovered", "treated")]


def test_a_part_whose_whole_is_not_counted_stands_alone():
    adding = Adding("white_british", ("unknown",), {"T": ("A", "B")}, (("treated", "referred"),))
    (table,) = linked_tables(exact_counts(), adding)
    assert (table.measures, table.links) == (("treated",), ())


def test_a_count_that_is_not_given_is_named_by_its_cell():
    counts = exact_counts()
    missing = Cell("treated", MARCH, "B", "white_british", "unknown")
    del counts[missing]
    (table,) = linked_tables(counts, Adding("white_british", ("unknown",), {"T": ("A", "B")}))
    with pytest.raises(KeyError) as error:
        table.added_up(counts)
    assert error.value.args == (missing,)
