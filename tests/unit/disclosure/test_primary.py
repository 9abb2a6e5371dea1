from evenhand.datasets.counts import SUPPRESSED, CellStatus, Count
from evenhand.disclosure import load_rule
from evenhand.disclosure.primary import primary_cells, printed_count, released_counts

NHS5 = load_rule("nhs5")


def test_the_small_counts_are_found_and_zero_is_not_one_of_them() -> None:
    assert primary_cells([0, 1, 4, 5, 34], NHS5) == {1, 2}


def test_a_count_is_printed_rounded_and_says_so() -> None:
    assert printed_count(37, NHS5) == Count(35, rounded_to=5)
    assert printed_count(37, load_rule("dfe2")) == Count(37)


def test_a_zero_is_printed_as_an_exact_zero() -> None:
    assert printed_count(0, NHS5) == Count(0, rounded_to=1)


def test_a_hidden_count_carries_no_trace_of_why_it_is_hidden() -> None:
    released = released_counts([3, 21, 34], {0, 1}, NHS5)
    assert released == (SUPPRESSED, SUPPRESSED, Count(35, rounded_to=5))
    assert {each.status for each in released[:2]} == {CellStatus.SUPPRESSED}
