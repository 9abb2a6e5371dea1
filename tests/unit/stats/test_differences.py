"""Differences of two groups: as Newcombe printed them, by hand, and where there is nobody."""

from collections.abc import Callable
from math import isnan
from typing import Any

import numpy as np
import pytest

from evenhand.stats.differences import (
    proportion_difference,
    proportion_differences,
    rate_difference,
    rate_differences,
    standardised_rate_difference,
    standardised_rate_differences,
)
from evenhand.stats.standardisation import directly_standardised_rates


@pytest.mark.parametrize(
    ("counts", "lower", "upper"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0000),
        ((10, 10, 0, 10), 0.6075, 1.0000),
    ],
)
def test_the_examples_of_newcombe_1998_come_out_as_printed(
    counts: tuple[int, int, int, int], lower: float, upper: float
) -> None:
    """Newcombe R. G. (1998), Stat. Med. 17, 873-890, table II, method 10."""
    interval = proportion_difference(*counts).interval
    assert round(interval.lower, 4) == lower
    assert round(interval.upper, 4) == upper


def test_twenty_less_ten_per_thousand_comes_out_as_worked_by_hand() -> None:
    # Byar: 10 has 4.78745 to 18.39146, 20 has 12.21143 to 30.88988.
    # below: √(7.78857² + 8.39146²) = 11.4491;  above: √(10.88988² + 5.21255²) = 12.0731
    estimate = rate_difference(20, 1_000, 10, 1_000, per=1_000)
    assert estimate.value == pytest.approx(10)
    assert estimate.interval.lower == pytest.approx(10 - 11.4491, abs=1e-3)
    assert estimate.interval.upper == pytest.approx(10 + 12.0731, abs=1e-3)


def test_two_groups_without_events_differ_by_nought_give_or_take() -> None:
    interval = rate_difference(0, 1_000, 0, 2_000, per=1_000).interval
    assert interval.lower == pytest.approx(-3.68888 / 2, abs=1e-5)
    assert interval.upper == pytest.approx(3.68888, abs=1e-5)


def test_a_difference_carries_the_two_rates_its_unit_and_its_method() -> None:
    estimate = rate_difference(20, 1_000, 10, 1_000, per=100, confidence=0.9)
    assert (estimate.numerator, estimate.denominator, estimate.unit, estimate.confidence) == (2, 1, "per 100", 0.9)
    assert estimate.method == "MOVER on Byar"
    share = proportion_difference(1, 2, 1, 4, confidence=0.9)
    assert (share.numerator, share.denominator, share.unit, share.confidence) == (0.5, 0.25, "share", 0.9)
    assert share.method == "MOVER on Wilson (Newcombe's method 10)"
    many = rate_differences([20, 30], 1_000, 10, 1_000, per=100, confidence=0.9)
    assert many.denominator.tolist() == [1, 1]
    assert (many.unit, many.confidence, many.method) == ("per 100", 0.9, estimate.method)


@pytest.mark.parametrize(
    ("one", "many"), [(rate_difference, rate_differences), (proportion_difference, proportion_differences)]
)
@pytest.mark.parametrize("counts", [(0, 0, 20, 1_000), (20, 1_000, 0, 0)])
def test_a_population_of_nobody_has_no_difference(
    one: Callable[..., Any], many: Callable[..., Any], counts: tuple[int, ...]
) -> None:
    scalar, arrays = one(*counts), many(*counts)
    assert isnan(scalar.value)
    assert isnan(scalar.interval.lower)
    assert isnan(scalar.interval.upper)
    assert np.isnan([arrays.value, arrays.interval.lower, arrays.interval.upper]).all()


def test_two_standardised_rates_have_a_difference_in_their_unit() -> None:
    # One stratum of 1,000: exact limits of 20 are 12.21652 to 30.88838, of 10 4.79539 to 18.39036.
    # below: √(7.78348² + 8.39036²) = 11.4449;  above: √(10.88838² + 5.20461²) = 12.0683
    rates = directly_standardised_rates([[20], [10]], [[1_000], [1_000]], [1], per=1_000)
    a, b = rates
    one = standardised_rate_difference(a, b, reference="White")
    assert one.value == pytest.approx(10)
    assert one.interval.lower == pytest.approx(10 - 11.4449, abs=1e-3)
    assert one.interval.upper == pytest.approx(10 + 12.0683, abs=1e-3)
    assert (one.unit, one.reference) == ("per 1,000", "White")
    assert one.method == "MOVER on directly standardised, Tiwari's gamma interval"
    many = standardised_rate_differences(rates, directly_standardised_rates([[10]], [[1_000]], [1], per=1_000))
    assert many.value.tolist() == [pytest.approx(10), 0]
    assert many.interval.upper[0] == pytest.approx(one.interval.upper)
