"""Wilson's interval: by hand, as published, and at its edges."""

from collections.abc import Callable
from math import isnan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.proportions import (
    ProportionMethod,
    clopper_pearson_interval,
    clopper_pearson_intervals,
    proportion,
    proportions,
    wilson_interval,
    wilson_intervals,
)


def test_two_of_four_comes_out_as_worked_by_hand() -> None:
    # z² = 3.8415; centre (0.5 + 0.4802)/1.9604 = 0.5; margin 1.96·√(0.0625 + 0.0600)/1.9604 = 0.3500
    interval = wilson_interval(2, 4)
    assert interval.lower == pytest.approx(0.1500, abs=5e-5)
    assert interval.upper == pytest.approx(0.8500, abs=5e-5)


@pytest.mark.parametrize(
    ("events", "population", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_four_examples_of_newcombe_1998_come_out_as_printed(
    events: int, population: int, lower: float, upper: float
) -> None:
    """Newcombe R. G. (1998), Stat. Med. 17, 857-872, table I, method 3."""
    interval = wilson_interval(events, population)
    assert round(interval.lower, 4) == lower
    assert round(interval.upper, 4) == upper


def test_nobody_of_twenty_has_a_lower_limit_of_exactly_nought() -> None:
    assert wilson_interval(0, 20).lower == 0.0
    assert wilson_intervals([0], [20]).lower[0] == 0.0


def test_everybody_of_twenty_has_an_upper_limit_of_exactly_one() -> None:
    assert wilson_interval(20, 20).upper == 1.0
    assert wilson_intervals([20], [20]).upper[0] == 1.0


def test_a_proportion_carries_its_counts_and_its_method() -> None:
    estimate = proportion(15, 148, confidence=0.9)
    assert estimate.value == 15 / 148
    assert (estimate.numerator, estimate.denominator, estimate.confidence) == (15, 148, 0.9)
    assert (estimate.unit, estimate.method) == ("share", "Wilson")
    assert estimate.interval == wilson_interval(15, 148, confidence=0.9)


def test_a_higher_confidence_gives_a_wider_interval() -> None:
    assert wilson_interval(15, 148, confidence=0.998).lower < wilson_interval(15, 148).lower


def test_a_population_of_nobody_has_no_proportion() -> None:
    estimate = proportion(0, 0)
    assert isnan(estimate.value)
    assert isnan(estimate.interval.lower)
    assert isnan(estimate.interval.upper)
    many = proportions([0, 1], [0, 2])
    assert np.isnan(many.value[0])
    assert np.isnan(many.interval.lower[0])
    assert np.isnan(many.interval.upper[0])
    assert many.value[1] == 0.5


def test_many_proportions_carry_their_counts_and_their_method() -> None:
    many = proportions([1, 2], 4, confidence=0.9)
    assert many.numerator.tolist() == [1, 2]
    assert many.denominator.tolist() == [4, 4]
    assert (many.confidence, many.method) == (0.9, "Wilson")


@pytest.mark.parametrize(
    "one",
    [wilson_interval, proportion, wilson_intervals, proportions, clopper_pearson_interval, clopper_pearson_intervals],
)
def test_a_part_larger_than_its_whole_is_refused(one: Callable[..., object]) -> None:
    with pytest.raises(InputRefused, match="events: found 5; a part is not larger than its population"):
        one(5, 4)


def test_clopper_pearsons_interval_of_one_of_two_comes_out_as_worked_by_hand() -> None:
    # P(at least 1 of 2 | L) = 1 - (1 - L)² = 0.025, so L = 1 - √0.975 = 0.012579; by symmetry U = 1 - L
    interval = clopper_pearson_interval(1, 2)
    assert interval.lower == pytest.approx(1 - 0.975**0.5, rel=1e-12)
    assert interval.upper == pytest.approx(0.975**0.5, rel=1e-12)


@pytest.mark.parametrize(
    ("events", "population", "lower", "upper"),
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0000, 0.1684), (1, 29, 0.0009, 0.1776)],
)
def test_the_four_exact_examples_of_newcombe_1998_come_out_as_printed(
    events: int, population: int, lower: float, upper: float
) -> None:
    """Newcombe R. G. (1998), Stat. Med. 17, 857-872, table I, method 5."""
    interval = clopper_pearson_interval(events, population)
    assert round(interval.lower, 4) == lower
    assert round(interval.upper, 4) == upper
    many = clopper_pearson_intervals([events], [population])
    assert many.lower[0] == pytest.approx(interval.lower, rel=1e-12)
    assert many.upper[0] == pytest.approx(interval.upper, rel=1e-12)


def test_clopper_pearsons_interval_is_nought_below_nobody_one_above_everybody_and_missing_of_nobody() -> None:
    many = clopper_pearson_intervals([0, 20, 0, float("nan")], [20, 20, 0, 20])
    assert many.lower[0] == clopper_pearson_interval(0, 20).lower == 0.0
    assert many.upper[1] == clopper_pearson_interval(20, 20).upper == 1.0
    assert np.isnan(many.lower).tolist() == np.isnan(many.upper).tolist() == [False, False, True, True]
    assert isnan(clopper_pearson_interval(0, 0).lower)
    assert isnan(clopper_pearson_interval(0, float("nan")).lower)


def test_a_proportion_says_which_interval_it_has() -> None:
    one, many = (each(15, 148, method=ProportionMethod.CLOPPER_PEARSON) for each in (proportion, proportions))
    assert one.method == many.method == "Clopper-Pearson"
    assert one.interval == clopper_pearson_interval(15, 148)
    assert many.interval.upper == pytest.approx(one.interval.upper)


@pytest.mark.parametrize("one", [clopper_pearson_interval, clopper_pearson_intervals, proportion, proportions])
def test_a_confidence_in_per_cent_is_refused(one: Callable[..., object]) -> None:
    with pytest.raises(InputRefused, match="confidence: found 95"):
        one(3, 30, confidence=95)
