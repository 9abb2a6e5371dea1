import numpy as np
import pytest

from evenhand.disclosure import CountRange, Sum, Table
from evenhand.disclosure.feasible import ContradictoryFigures, Direction, FeasibleTables, Outcome

GROUPS = Table(("all", "white", "black", "asian"), (Sum(0, (1, 2, 3)),))
ANY = CountRange(0, None)
HIDDEN = CountRange(1, None)

# Twice a, and the rest, is the total: a = b, since the cell "none" counts nobody.
TWINS = Table(("none", "a", "b", "rest", "total"), (Sum(1, (0, 2)), Sum(4, (1, 2, 3))))


def exactly(count: int) -> CountRange:
    return CountRange(count, count)


def test_both_ends_of_a_range_are_shown_by_tables_that_fit() -> None:
    tables = FeasibleTables(GROUPS, [exactly(58), exactly(34), HIDDEN, HIDDEN])
    assert not tables.has_witness
    assert tables.search(2, Direction.DOWN) is Outcome.REACHED
    assert tables.search(2, Direction.UP) is Outcome.REACHED
    assert (tables.smallest[2], tables.largest[2]) == (1, 23)
    assert tables.has_witness


def test_a_witness_for_one_cell_serves_the_others() -> None:
    tables = FeasibleTables(GROUPS, [exactly(58), exactly(34), HIDDEN, HIDDEN])
    tables.search(2, Direction.DOWN)
    tables.search(2, Direction.UP)
    assert (tables.smallest[3], tables.largest[3]) == (1, 23)


def test_a_count_without_an_upper_end_is_shown_far_above_its_lowest() -> None:
    tables = FeasibleTables(GROUPS, [CountRange(1, None), exactly(34), HIDDEN, HIDDEN])
    assert tables.search(0, Direction.UP) is Outcome.UNLIMITED
    assert tables.largest[0] - tables.smallest[0] >= 0
    assert tables.largest[0] >= 1_000


def test_a_search_need_not_go_further_than_is_of_interest() -> None:
    tables = FeasibleTables(GROUPS, [exactly(58), exactly(34), HIDDEN, HIDDEN])
    assert tables.search(2, Direction.UP, stop_at=9) is Outcome.REACHED
    assert tables.largest[2] == 9
    assert tables.search(3, Direction.DOWN, stop_at=12) is Outcome.REACHED
    assert tables.smallest[3] == 12
    assert tables.search(2, Direction.UP) is Outcome.REACHED, "and the next search is not held back by that"
    assert tables.largest[2] == 23


def test_a_range_that_ends_between_whole_numbers_ends_at_the_whole_number_within() -> None:
    tables = FeasibleTables(TWINS, [exactly(0), HIDDEN, HIDDEN, ANY, exactly(5)])
    assert tables.search(1, Direction.UP) is Outcome.REACHED
    assert tables.largest[1] == 2


def test_without_branch_and_bound_such_a_range_is_left_undecided() -> None:
    for tables, whole in (
        (FeasibleTables(TWINS, [exactly(0), HIDDEN, HIDDEN, ANY, exactly(5)]), False),
        (FeasibleTables(TWINS, [exactly(0), HIDDEN, HIDDEN, ANY, exactly(5)], nodes=0), True),
    ):
        assert tables.search(1, Direction.UP, whole=whole) is Outcome.UNDECIDED
        assert not tables.has_witness, "a table of halves is no witness"


def test_figures_that_no_fractions_fit_are_contradictory() -> None:
    tables = FeasibleTables(GROUPS, [exactly(50), exactly(34), exactly(21), HIDDEN])
    with pytest.raises(ContradictoryFigures, match="contradict each other"):
        tables.search(3, Direction.UP)


def test_figures_that_fractions_fit_and_no_whole_numbers_are_contradictory() -> None:
    tables = FeasibleTables(TWINS, [exactly(0), HIDDEN, HIDDEN, exactly(0), exactly(5)])
    with pytest.raises(ContradictoryFigures):
        tables.search(1, Direction.UP)


def test_a_table_from_elsewhere_is_a_witness_only_when_it_adds_up_and_fits_what_is_known() -> None:
    tables = FeasibleTables(GROUPS, [exactly(58), exactly(34), HIDDEN, HIDDEN])
    assert not tables.offer(np.array([58, 34, 20, 3.0])), "does not add up"
    assert not tables.offer(np.array([59, 34, 20, 5.0])), "is not what is printed"
    assert not tables.offer(np.array([])), "is no table"
    assert tables.offer(np.array([58, 34, 20.0000001, 4.0])), "the solver's dust is rounded off before the check"
    assert tables.smallest.tolist() == tables.largest.tolist() == [58, 34, 20, 4]
    assert tables.offer(np.array([58, 34, 20, 4.0])), "again, with nothing new in it"


def test_a_witness_counts_only_while_it_fits_what_is_known() -> None:
    true_counts = np.array([58, 34, 21, 3])
    tables = FeasibleTables(GROUPS, [exactly(58), exactly(34), HIDDEN, HIDDEN], witnesses=[true_counts])
    tables.search(2, Direction.DOWN)
    assert tables.smallest[2] == 1
    tables.set_range(2, exactly(21))
    assert tables.smallest[2] == tables.largest[2] == 21
    tables.set_range(2, HIDDEN)
    assert tables.smallest[2] == 1, "it was set aside, not lost"
