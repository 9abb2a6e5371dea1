import pytest

from evenhand.disclosure import CountRange, Sum, Table
from evenhand.disclosure.feasible import ContradictoryFigures
from evenhand.disclosure.propagation import propagated

GROUPS = Table(("all", "white", "black", "asian"), (Sum(0, (1, 2, 3)),))
ANY = CountRange(0, None)


def exactly(count: int) -> CountRange:
    return CountRange(count, count)


def test_a_hidden_count_alone_in_its_sum_is_worked_out() -> None:
    ranges = propagated(GROUPS, [exactly(58), exactly(34), exactly(21), CountRange(1, None)])
    assert ranges[3] == exactly(3)


def test_two_hidden_counts_leave_each_other_room() -> None:
    ranges = propagated(GROUPS, [exactly(58), exactly(34), CountRange(1, None), CountRange(1, None)])
    assert ranges[2] == ranges[3] == CountRange(1, 23)


def test_a_total_is_at_least_what_is_known_of_its_parts() -> None:
    assert propagated(GROUPS, [ANY, exactly(34), exactly(21), CountRange(1, None)])[0] == CountRange(56, None)
    assert propagated(GROUPS, [ANY, exactly(34), exactly(21), CountRange(1, 4)])[0] == CountRange(56, 59)


def test_a_part_without_an_upper_end_is_at_least_what_the_others_leave_of_the_total() -> None:
    assert propagated(GROUPS, [CountRange(50, None), exactly(10), exactly(10), ANY])[3] == CountRange(30, None)


def test_what_follows_from_one_sum_is_used_in_the_next() -> None:
    table = Table(("all", "known", "unknown", "white", "black"), (Sum(1, (3, 4)), Sum(0, (1, 2))))
    ranges = propagated(table, [exactly(20), ANY, exactly(5), exactly(12), ANY])
    assert ranges[1] == exactly(15)
    assert ranges[4] == exactly(3)


def test_figures_that_no_count_fits_are_contradictory() -> None:
    with pytest.raises(ContradictoryFigures):
        propagated(GROUPS, [exactly(50), exactly(34), exactly(21), CountRange(1, None)])


def test_ranges_that_creep_for_ever_are_left_as_they_are_after_a_while() -> None:
    # a = b + 1 and b = a + 1 have no solution; one sum at a time, the lower ends just climb.
    table = Table(("a", "b", "one"), (Sum(0, (1, 2)), Sum(1, (0, 2))))
    ranges = propagated(table, [ANY, ANY, exactly(1)])
    assert ranges[0].largest is None
    assert ranges[0].smallest > 10
