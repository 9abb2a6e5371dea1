"""Quantiles of areas: by hand, and at their edges."""

from math import inf, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.quantiles import QuantileOrder, quantiles
from evenhand.stats.statuses import Status


def test_ten_areas_come_out_as_worked_by_hand() -> None:
    # 5 quantiles of 10: two each, by rank; of the value with rank 3, j = 8 and 5 + 1 - ⌈8·5/10⌉ = 2
    values = [40, 10, 30, 20, 50, 100, 60, 90, 80, 70]
    assert list(quantiles(values, 5)) == [2, 1, 2, 1, 3, 5, 3, 5, 4, 4]
    highest_first = quantiles(values, 5, order=QuantileOrder.HIGHEST_FIRST)
    assert list(highest_first) == [4, 5, 4, 5, 3, 1, 3, 1, 2, 2]
    assert highest_first.order.value == "1 holds the highest values"


def test_twelve_areas_in_fifths_are_three_two_three_two_and_two() -> None:
    assert np.bincount(quantiles(np.arange(12), 5).quantile).tolist() == [0, 3, 2, 3, 2, 2]


def test_the_tenths_of_the_neighbourhoods_of_england_hold_as_many_as_published() -> None:
    """English Indices of Deprivation 2019: 32,844 neighbourhoods; a tenth has 3,284 or 3,285 of them."""
    held = np.bincount(quantiles(np.arange(32_844), 10, order=QuantileOrder.HIGHEST_FIRST).quantile)
    assert set(held[1:].tolist()) == {3_284, 3_285}


def test_areas_of_one_value_are_not_torn_apart() -> None:
    assert list(quantiles([1, 2, 2, 2, 3, 4], 3)) == [1, 1, 1, 1, 3, 3]
    assert list(quantiles([1, 2, 2, 2, 3, 4], 3, order=QuantileOrder.HIGHEST_FIRST)) == [3, 2, 2, 2, 1, 1]
    assert list(quantiles([5, 5, 5], 3)) == [1, 1, 1]


def test_each_place_is_cut_on_its_own_and_a_small_one_does_not_stop_the_others() -> None:
    values, places = [1, 2, 30, 40, 7, nan], ["N", "N", "S", "S", "T", "T"]
    found = quantiles(values, 2, within=places)
    assert list(found) == [1, 2, 1, 2, None, None]
    assert found.status.tolist() == [Status.GIVEN] * 4 + [Status.TOO_FEW_GROUPS, Status.MISSING_INPUT]
    assert found.quantile.tolist() == [1, 2, 1, 2, 0, 0]
    assert list(quantiles(values[:4], 2)) == [1, 1, 2, 2]


def test_quantiles_are_whole_numbers_in_order_so_that_the_tenth_is_after_the_second() -> None:
    found = quantiles(np.arange(20), 10)
    assert found.quantile.dtype == np.int64
    assert found.categories.labels == ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10")
    assert sorted(set(found)) == list(range(1, 11))
    assert (len(found), found.number) == (20, 10)


def test_no_areas_have_no_quantiles() -> None:
    assert list(quantiles([], 5)) == []
    assert list(quantiles([nan], 5)) == [None]


@pytest.mark.parametrize(
    ("values", "number", "within", "message"),
    [
        ([1, inf], 2, None, "value: found inf at position 1"),
        ([1, 2], 1, None, "number of quantiles: found 1; a whole number of 2 or more"),
        ([1, 2], 2, ["N"], r"areas: found values \(2,\) within \(1,\)"),
        ([[1, 2]], 2, None, "one of each an area is right"),
    ],
)
def test_wrong_numbers_are_refused(values: list[float], number: int, within: list[str] | None, message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        quantiles(values, number, within=within)
