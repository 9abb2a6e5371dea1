import numpy as np
import pytest

from evenhand.disclosure import Sum, Table
from evenhand.errors import InputRefused

GROUPS = Table(("all", "white", "black"), (Sum(0, (1, 2)),))


def test_counts_that_add_up_are_accepted() -> None:
    assert GROUPS.checked([10, 7, 3]).tolist() == [10, 7, 3]


def test_a_total_that_is_not_the_sum_of_its_parts_is_refused_without_telling_any_count() -> None:
    with pytest.raises(InputRefused, match="the first is that of 'all'") as refusal:
        GROUPS.checked([11, 7, 3])
    assert "11" not in str(refusal.value)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(InputRefused, match="the count of 'black' is negative"):
        GROUPS.checked([4, 7, -3])


def test_there_must_be_a_count_for_every_cell() -> None:
    with pytest.raises(InputRefused, match="has 3 cells and 2 counts"):
        GROUPS.checked([10, 7])


def test_the_sums_that_fail_are_named_by_position() -> None:
    table = Table(("a", "b", "ab", "c", "abc"), (Sum(2, (0, 1)), Sum(4, (2, 3))))
    assert table.sums_that_fail(np.array([1, 2, 3, 4, 8])).tolist() == [1]
    assert table.sums_that_fail(np.array([1, 2, 4, 4, 8])).tolist() == [0]


def test_a_table_without_sums_has_none_that_fail() -> None:
    assert Table(("a",), ()).checked([4]).tolist() == [4]


def test_a_cell_is_found_by_its_name() -> None:
    assert GROUPS.position("black") == 2


def test_two_cells_of_one_name_are_refused() -> None:
    with pytest.raises(InputRefused, match="two cells named 'white'"):
        Table(("all", "white", "white"), ())


def test_a_table_has_cells() -> None:
    with pytest.raises(InputRefused, match="needs at least one cell"):
        Table((), ())


@pytest.mark.parametrize("wrong", [Sum(0, ()), Sum(0, (0, 1)), Sum(0, (1, 1))])
def test_a_sum_needs_parts_and_names_each_cell_once(wrong: Sum) -> None:
    with pytest.raises(InputRefused, match="sum 1 of the table needs parts"):
        Table(("all", "white"), (wrong,))


@pytest.mark.parametrize("wrong", [Sum(0, (1, 2)), Sum(-1, (0, 1))])
def test_a_sum_stays_inside_the_table(wrong: Sum) -> None:
    with pytest.raises(InputRefused, match="a cell that the table does not have"):
        Table(("all", "white"), (wrong,))
