"""Ordered categories: an order that is given, or that of whole numbers, and never that of text."""

import pytest

from evenhand.errors import InputRefused
from evenhand.stats.ordered import OrderedCategories


def test_tenths_come_in_the_order_of_their_numbers() -> None:
    column = ["10", "2", "1", "2", "9", "3", "4", "5", "6", "7", "8"]
    assert OrderedCategories.of(column).labels == tuple(str(tenth) for tenth in range(1, 11))


def test_numbers_may_be_numbers_and_below_zero() -> None:
    assert OrderedCategories.of([10, 2, -1]).labels == ("-1", "2", "10")


def test_an_order_that_is_given_holds_and_may_have_labels_that_the_column_has_not() -> None:
    categories = OrderedCategories.of(["rich", "poor", "rich"], order=["poor", "middle", "rich"])
    assert categories.labels == ("poor", "middle", "rich")
    assert (categories.first, categories.last, len(categories)) == ("poor", "rich", 3)
    assert categories.reversed().labels == ("rich", "middle", "poor")
    assert categories.reversed().reversed() == categories


def test_positions_count_from_0() -> None:
    assert OrderedCategories.of([1, 2, 10]).positions(["10", "1", 2]).tolist() == [2, 0, 1]


@pytest.mark.parametrize("label", ["Q1", "1.5", "", "1 ", "²", "poorest"])
def test_labels_that_are_no_whole_numbers_need_an_order(label: str) -> None:
    with pytest.raises(InputRefused, match=r"no whole number; their order has to be given"):
        OrderedCategories.of(["1", label])


def test_two_spellings_of_one_number_are_refused() -> None:
    with pytest.raises(InputRefused, match="found '01' and '1'; one spelling"):
        OrderedCategories.of(["01", "1", "2"])


def test_a_label_given_twice_and_none_at_all_are_refused() -> None:
    with pytest.raises(InputRefused, match="found 'poor' twice"):
        OrderedCategories(("poor", "rich", "poor"))
    with pytest.raises(InputRefused, match="found none"):
        OrderedCategories.of([])


def test_a_label_that_is_not_in_the_order_is_refused() -> None:
    with pytest.raises(InputRefused, match="found 'richer'; one of poor, rich is right"):
        OrderedCategories.of(["poor", "richer"], order=["poor", "rich"])
