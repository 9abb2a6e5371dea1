import pytest

from evenhand.datasets.counts import SUPPRESSED, UNKNOWN, Count
from evenhand.disclosure import Attack, Attacker, CountRange, Sum, Table, attack
from evenhand.disclosure.attack import AttackUndecided
from evenhand.disclosure.feasible import ContradictoryFigures
from evenhand.errors import InputRefused

GROUPS = Table(("all", "white", "black", "asian"), (Sum(0, (1, 2, 3)),))
KNOWS_THAT_ZEROS_ARE_PRINTED = Attacker()
KNOWS_NOTHING_OF_ZEROS = Attacker(hidden_smallest=0)
READER_OF_NHS5 = Attacker(printed_smallest=5)


def test_one_hidden_count_among_exact_ones_is_worked_out() -> None:
    found = attack(GROUPS, [Count(58), Count(34), Count(21), SUPPRESSED], KNOWS_THAT_ZEROS_ARE_PRINTED)
    assert found.bounds == {3: CountRange(3, 3)}
    assert found.narrowest == 0
    assert found.unsafe == {3}
    assert not found.is_safe


def test_two_hidden_counts_shield_each_other() -> None:
    found = attack(GROUPS, [Count(58), Count(34), SUPPRESSED, SUPPRESSED], KNOWS_THAT_ZEROS_ARE_PRINTED)
    assert found.bounds == {2: CountRange(1, 23), 3: CountRange(1, 23)}
    assert found.narrowest == 22
    assert found.is_safe


def test_two_hidden_ones_are_worked_out_where_zeros_are_printed() -> None:
    released = [Count(36), Count(34), SUPPRESSED, SUPPRESSED]
    assert attack(GROUPS, released, KNOWS_THAT_ZEROS_ARE_PRINTED).unsafe == {2, 3}
    assert attack(GROUPS, released, KNOWS_NOTHING_OF_ZEROS).is_safe


def test_rounding_shields_a_count_that_stands_alone() -> None:
    released = [Count(60, rounded_to=5), Count(35, rounded_to=5), Count(20, rounded_to=5), SUPPRESSED]
    found = attack(GROUPS, released, READER_OF_NHS5)
    assert found.bounds == {3: CountRange(1, 11)}, "at most 62 less 33 less 18; at least 1"
    assert found.is_safe


def test_rounding_does_not_shield_a_count_among_printed_zeros() -> None:
    # The total 5 says 5, 6 or 7, and everything but "black" is nobody: three values remain, and none is below five.
    released = [Count(5, rounded_to=5), Count(0), SUPPRESSED, Count(0)]
    assert attack(GROUPS, released, READER_OF_NHS5).bounds == {2: CountRange(5, 7)}


def test_a_hidden_count_under_a_small_rounded_total_may_still_be_known_too_closely() -> None:
    released = [Count(5, rounded_to=5), Count(5, rounded_to=5), SUPPRESSED, Count(0)]
    found = attack(GROUPS, released, READER_OF_NHS5)
    assert found.bounds == {2: CountRange(1, 2)}
    assert found.unsafe == {2}


def test_the_required_width_is_a_choice_of_the_rule() -> None:
    released = [Count(5, rounded_to=5), Count(5, rounded_to=5), SUPPRESSED, Count(0)]
    assert attack(GROUPS, released, READER_OF_NHS5, required_width=1).is_safe
    assert attack(GROUPS, [Count(0), Count(0), Count(0), Count(0)], READER_OF_NHS5, required_width=9).is_safe


def test_a_hidden_total_has_no_upper_end() -> None:
    found = attack(GROUPS, [SUPPRESSED, Count(34), SUPPRESSED, Count(0)], KNOWS_THAT_ZEROS_ARE_PRINTED)
    assert found.bounds == {0: CountRange(35, None), 2: CountRange(1, None)}
    assert found.narrowest is None
    assert found.is_safe


def test_a_hidden_count_in_no_sum_is_not_known_at_all() -> None:
    found = attack(Table(("alone",), ()), [SUPPRESSED], KNOWS_THAT_ZEROS_ARE_PRINTED)
    assert found.bounds == {0: CountRange(1, None)}


def test_where_nothing_is_hidden_there_is_nothing_to_find() -> None:
    found = attack(GROUPS, [Count(58), Count(34), Count(21), Count(3)], KNOWS_THAT_ZEROS_ARE_PRINTED)
    assert found == Attack({}, frozenset(), 2)
    assert found.narrowest is None
    assert found.is_safe


def test_an_unknown_count_hides_nothing_and_shields_its_neighbours() -> None:
    found = attack(GROUPS, [Count(58), Count(34), UNKNOWN, SUPPRESSED], KNOWS_THAT_ZEROS_ARE_PRINTED)
    assert found.bounds == {3: CountRange(1, 24)}


def test_a_count_is_worked_out_by_way_of_a_second_sum() -> None:
    table = Table(
        ("all", "known", "unknown", "white", "black"),
        (Sum(1, (3, 4)), Sum(0, (1, 2))),
    )
    found = attack(table, [Count(58), SUPPRESSED, Count(20), Count(35), SUPPRESSED], KNOWS_THAT_ZEROS_ARE_PRINTED)
    assert found.bounds == {1: CountRange(38, 38), 4: CountRange(3, 3)}


def test_figures_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ContradictoryFigures):
        attack(GROUPS, [Count(50), Count(34), Count(21), SUPPRESSED], KNOWS_THAT_ZEROS_ARE_PRINTED)


def test_there_must_be_a_count_for_every_cell() -> None:
    with pytest.raises(InputRefused, match="has 4 cells and 1 released counts"):
        attack(GROUPS, [Count(50)], KNOWS_THAT_ZEROS_ARE_PRINTED)


# Twice a, and twice c, and the rest, is the total; "none" counts nobody.
PAIRS = Table(
    ("none", "a", "b", "c", "d", "rest", "total"),
    (Sum(1, (0, 2)), Sum(3, (0, 4)), Sum(6, (1, 2, 3, 4, 5))),
)


def test_an_attack_given_up_calls_a_cell_no_safer_than_was_shown() -> None:
    released = [Count(0), *[SUPPRESSED] * 5, Count(10)]
    whole = attack(PAIRS, released, KNOWS_THAT_ZEROS_ARE_PRINTED)
    assert (whole.bounds[1], whole.undecided) == (CountRange(1, 3), frozenset())
    given_up = attack(PAIRS, released, KNOWS_THAT_ZEROS_ARE_PRINTED, nodes=0)
    assert 1 in given_up.undecided
    assert given_up.bounds[1].largest in {1, 2}, "3 is possible, but was not shown"
    assert 1 in given_up.unsafe


def test_an_attack_that_finds_no_table_at_all_says_so() -> None:
    released = [Count(0), *[SUPPRESSED] * 4, Count(0), Count(9)]
    with pytest.raises(AttackUndecided, match="Treat the table as unsafe"):
        attack(PAIRS, released, KNOWS_THAT_ZEROS_ARE_PRINTED, nodes=0)
    with pytest.raises(ContradictoryFigures):
        attack(PAIRS, released, KNOWS_THAT_ZEROS_ARE_PRINTED)
