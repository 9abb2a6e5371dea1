import pytest

from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, Count
from evenhand.disclosure import Attacker, CountRange, load_rule

READER_OF_NHS5 = load_rule("nhs5").attacker()


def test_an_exact_figure_is_known_exactly() -> None:
    assert Attacker().range_of(Count(37)) == CountRange(37, 37)


def test_a_rounded_figure_is_known_to_within_the_rounding() -> None:
    assert READER_OF_NHS5.range_of(Count(10, rounded_to=5)) == CountRange(8, 12)


def test_a_printed_five_cannot_be_three_or_four_since_those_are_hidden() -> None:
    assert READER_OF_NHS5.range_of(Count(5, rounded_to=5)) == CountRange(5, 7)
    assert Attacker().range_of(Count(5, rounded_to=5)) == CountRange(3, 7)


def test_an_exact_figure_below_the_threshold_is_taken_at_its_word() -> None:
    assert READER_OF_NHS5.range_of(Count(3)) == CountRange(3, 3)


def test_a_printed_zero_is_a_zero_where_small_counts_are_hidden() -> None:
    assert READER_OF_NHS5.range_of(Count(0)) == CountRange(0, 0)
    assert READER_OF_NHS5.range_of(Count(0, rounded_to=5)) == CountRange(0, 0)


def test_a_rounded_zero_may_be_more_where_small_counts_are_printed() -> None:
    assert Attacker().range_of(Count(0, rounded_to=5)) == CountRange(0, 2)


def test_a_hidden_count_is_at_least_one_where_zeros_are_printed() -> None:
    assert READER_OF_NHS5.range_of(SUPPRESSED) == CountRange(1, None)


def test_a_hidden_count_may_be_zero_where_zeros_are_hidden_and_is_small_where_only_small_ones_are() -> None:
    assert Attacker(hidden_smallest=0, hidden_largest=4).range_of(SUPPRESSED) == CountRange(0, 4)


def test_of_an_unknown_count_nothing_is_known_and_one_that_cannot_exist_counts_nobody() -> None:
    assert READER_OF_NHS5.range_of(UNKNOWN) == CountRange(0, None)
    assert READER_OF_NHS5.range_of(NOT_APPLICABLE) == CountRange(0, 0)


@pytest.mark.parametrize(("smallest", "largest"), [(-1, 4), (3, 2)])
def test_a_range_of_counts_runs_upwards_from_zero(smallest: int, largest: int) -> None:
    with pytest.raises(ValueError, match="runs upwards from 0"):
        CountRange(smallest, largest)


def test_a_range_holds_its_ends_and_what_lies_between() -> None:
    assert [count for count in range(8) if count in CountRange(2, 5)] == [2, 3, 4, 5]
    assert 10**9 in CountRange(2, None)


def test_the_width_of_a_range_is_the_largest_less_the_smallest() -> None:
    assert CountRange(1, 3).width == 2
    assert CountRange(1, None).width is None
    assert CountRange(1, 3).is_at_least(2)
    assert not CountRange(1, 3).is_at_least(3)
    assert CountRange(1, None).is_at_least(1_000)


def test_the_attacker_is_described_in_words() -> None:
    assert READER_OF_NHS5.statement.endswith(
        "that a hidden count is at least 1 and that no count from 1 to 4 is ever printed."
    )
    assert Attacker(hidden_smallest=0, hidden_largest=4).statement.endswith("that a hidden count is from 0 to 4.")
