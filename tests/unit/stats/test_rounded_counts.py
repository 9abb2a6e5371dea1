"""Chance and rounding together: the figures that the site shows, and the edges."""

from collections.abc import Callable
from math import inf, isnan, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.differences import proportion_difference, rate_difference
from evenhand.stats.proportions import wilson_interval
from evenhand.stats.rates import crude_rate
from evenhand.stats.ratios import proportion_ratio, rate_ratio
from evenhand.stats.references import POPULATION_AVERAGE, reference_group
from evenhand.stats.rounded_counts import (
    proportion_difference_interval_with_rounding,
    proportion_interval_with_rounding,
    proportion_ratio_interval_with_rounding,
    rate_difference_interval_with_rounding,
    rate_interval_with_rounding,
    rate_intervals_with_rounding,
    rate_ratio_interval_with_rounding,
    rate_ratio_intervals_with_rounding,
)
from evenhand.stats.rounded_gaps import proportion_gaps_with_rounding, rate_gaps_with_rounding

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
        rate_difference_interval_with_rounding(25, 25, 5_000, 9, 9, 700) == rate_difference(25, 5_000, 9, 700).interval
    )
    assert (
        proportion_difference_interval_with_rounding((25, 25, 50, 50), (9, 9, 70, 70))
        == proportion_difference(25, 50, 9, 70).interval
    )
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


def test_the_difference_of_rounded_counts_by_hand() -> None:
    """48 to 52 of 37,202 less 513 to 517 of 813,586, per 100,000; Byar's limits of 48, 517, 52 and 513 events.

    48 and 517 events, 35.39 to 63.64 and 473.40 to 563.55: 129.02 - 63.55 = 65.48, and below it
        √((129.02 - 95.13)² + (69.27 - 63.55)²) = √(33.90² + 5.72²) = 34.38, so 31.10.
    52 and 513 events, 38.84 to 68.19 and 469.57 to 559.38: 139.78 - 63.05 = 76.72, and above it
        √((183.31 - 139.78)² + (63.05 - 57.72)²) = √(43.53² + 5.34²) = 43.86, so 120.58.
    """
    interval = rate_difference_interval_with_rounding(48, 52, 37_202, 513, 517, 813_586)
    assert interval.lower == pytest.approx(31.10, abs=0.02)
    assert interval.upper == pytest.approx(120.58, abs=0.02)


def test_a_rounded_excess_is_the_difference_among_the_groups_own_people() -> None:
    gaps = rate_gaps_with_rounding(
        [513, 48], [517, 52], [813_586, 37_202], groups=("White", "Black"), reference=reference_group("White")
    )
    assert gaps.excess.lower[1] == pytest.approx(31.10 * 0.37202, abs=0.01)
    assert gaps.excess.upper[1] == pytest.approx(120.58 * 0.37202, abs=0.01)
    assert isnan(gaps.excess.lower[0])


def test_two_groups_of_one_size_lie_half_as_far_from_their_average_as_from_each_other() -> None:
    one = proportion_difference_interval_with_rounding((28, 32, 100, 100), (8, 12, 100, 100))
    gaps = proportion_gaps_with_rounding(
        [28, 8], [32, 12], [100, 100], [100, 100], groups=("a", "b"), reference=POPULATION_AVERAGE
    )
    assert gaps.difference.lower[0] == pytest.approx(one.lower / 2)
    assert gaps.difference.upper[0] == pytest.approx(one.upper / 2)
    assert gaps.excess.upper[0] == pytest.approx(50 * one.upper)


def test_names_that_do_not_fit_the_groups_are_refused() -> None:
    for refused in (
        lambda: rate_gaps_with_rounding(5, 6, 100, groups=("a",), reference=POPULATION_AVERAGE),
        lambda: proportion_gaps_with_rounding(5, 6, 100, 100, groups=("a",), reference=POPULATION_AVERAGE),
        lambda: rate_gaps_with_rounding([5, 6], [5, 6], 100, groups=("a", "b"), reference=reference_group("c")),
    ):
        with pytest.raises(InputRefused):
            refused()
