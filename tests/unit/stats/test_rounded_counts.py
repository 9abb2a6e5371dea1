"""Chance and rounding together: the figures that the site shows, and the edges."""

from collections.abc import Callable
from math import inf, isnan, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.proportions import wilson_interval
from evenhand.stats.rates import crude_rate
from evenhand.stats.ratios import proportion_ratio, rate_ratio
from evenhand.stats.rounded_counts import (
    proportion_interval_with_rounding,
    proportion_ratio_interval_with_rounding,
    rate_interval_with_rounding,
    rate_intervals_with_rounding,
    rate_ratio_interval_with_rounding,
    rate_ratio_intervals_with_rounding,
)

# NHS England, Mental Health Act Statistics 2023-24, Leicester, Leicestershire and Rutland: count / published rate.
BLACK, WHITE, OTHER = 50 / 134.4e-5, 515 / 63.3e-5, 25 / 109.3e-5


@pytest.mark.parametrize(
    ("count", "rate", "lower", "upper"),
    [
        (145, 66.3, 55.1, 79.0),
        (50, 134.4, 95.1, 183.3),
        (25, 82.9, 48.3, 130.3),
        (515, 63.3, 57.7, 69.3),
        (25, 109.3, 63.7, 171.8),
    ],
)
def test_local_detention_rates_rounded_to_five_have_the_thin_ends_we_show(
    count: int, rate: float, lower: float, upper: float
) -> None:
    interval = rate_interval_with_rounding(count - 2, count + 2, count / rate * 100_000)
    assert round(interval.lower, 1) == lower
    assert round(interval.upper, 1) == upper


def test_black_to_white_is_still_a_difference_with_rounding_allowed_for() -> None:
    interval = rate_ratio_interval_with_rounding(48, 52, BLACK, 513, 517, WHITE)
    assert round(interval.lower, 2) == 1.48
    assert round(interval.upper, 2) == 2.95


def test_other_to_white_is_a_difference_no_more_with_rounding_allowed_for() -> None:
    interval = rate_ratio_interval_with_rounding(23, 27, OTHER, 513, 517, WHITE)
    assert round(interval.lower, 2) == 0.99
    assert interval.reaches(1)
    assert not rate_ratio(25, OTHER, 515, WHITE).interval.reaches(1)


def test_counts_that_are_exact_have_the_interval_of_chance_alone() -> None:
    assert rate_interval_with_rounding(25, 25, 5_000) == crude_rate(25, 5_000).interval
    assert rate_ratio_interval_with_rounding(25, 25, 5_000, 9, 9, 700) == rate_ratio(25, 5_000, 9, 700).interval
    assert proportion_interval_with_rounding(25, 25, 50, 50) == wilson_interval(25, 50)
    assert (
        proportion_ratio_interval_with_rounding((25, 25, 50, 50), (9, 9, 70, 70))
        == proportion_ratio(25, 50, 9, 70).interval
    )


def test_a_population_that_may_be_off_widens_the_interval_at_both_ends() -> None:
    interval = rate_interval_with_rounding(25, 25, 100, population_margin=2, per=1_000)
    assert interval.lower == crude_rate(25, 102, per=1_000).interval.lower
    assert interval.upper == crude_rate(25, 98, per=1_000).interval.upper
    ratio = rate_ratio_interval_with_rounding(25, 25, 100, 9, 9, 200, population_margin_a=2, population_margin_b=3)
    assert ratio.lower == pytest.approx(rate_ratio(25, 102, 9, 197).interval.lower)
    assert ratio.upper == pytest.approx(rate_ratio(25, 98, 9, 203).interval.upper)


def test_a_part_that_may_fill_its_whole_may_be_everybody() -> None:
    interval = proportion_interval_with_rounding(8, 12, 8, 12)
    assert interval.lower == wilson_interval(8, 12).lower
    assert interval.upper == 1.0


def test_a_whole_that_may_be_nobody_is_taken_as_one_at_least() -> None:
    interval = proportion_interval_with_rounding(0, 0, 0, 2)
    assert interval.lower == 0.0
    assert interval.upper == wilson_interval(0, 1).upper


def test_a_whole_that_can_only_be_nobody_has_no_interval() -> None:
    interval = proportion_interval_with_rounding(0, 0, 0, 0)
    assert isnan(interval.lower)
    assert isnan(interval.upper)
    assert isnan(rate_interval_with_rounding(0, 0, 0).lower)


def test_a_count_that_may_be_nought_leaves_the_ratio_open_on_its_side() -> None:
    assert rate_ratio_interval_with_rounding(0, 2, 1_000, 20, 24, 1_000).lower == 0.0
    assert rate_ratio_interval_with_rounding(20, 24, 1_000, 0, 2, 1_000).upper == inf


@pytest.mark.parametrize("one", [rate_interval_with_rounding, rate_intervals_with_rounding])
def test_bounds_in_the_wrong_order_are_refused(one: Callable[..., object]) -> None:
    with pytest.raises(InputRefused, match="bounds of a count: found a smallest above its largest"):
        one(3, 2, 100)


@pytest.mark.parametrize("one", [rate_interval_with_rounding, rate_intervals_with_rounding])
def test_a_margin_that_could_leave_nobody_is_refused(one: Callable[..., object]) -> None:
    with pytest.raises(InputRefused, match="population margin: found one as large as its population"):
        one(2, 3, 2, population_margin=2)


def test_a_part_that_cannot_fit_in_its_whole_is_refused() -> None:
    with pytest.raises(InputRefused, match="a part is not larger than its population"):
        proportion_interval_with_rounding(8, 12, 3, 7)


def test_a_bound_that_is_missing_leaves_no_interval_in_its_place_and_nowhere_else() -> None:
    for bounds in ((nan, 5, 100), (3, nan, 100), (3, 5, nan)):
        one = rate_interval_with_rounding(*bounds)
        assert isnan(one.lower)
        assert isnan(one.upper)
    many = rate_intervals_with_rounding([nan, 3, 3, 3], [5, nan, 5, 5], [100, 100, nan, 100])
    assert np.isnan(many.lower).tolist() == np.isnan(many.upper).tolist() == [True, True, True, False]
    assert many.upper[3] == rate_interval_with_rounding(3, 5, 100).upper
    ratios = rate_ratio_intervals_with_rounding([3, 3], [5, 5], [100, 100], [nan, 3], [5, 5], [100, 100])
    assert np.isnan(ratios.lower).tolist() == np.isnan(ratios.upper).tolist() == [True, False]
    assert isnan(rate_ratio_interval_with_rounding(3, 5, 100, nan, 5, 100).lower)
    assert isnan(rate_ratio_interval_with_rounding(3, 5, 100, nan, 5, 100).upper)
