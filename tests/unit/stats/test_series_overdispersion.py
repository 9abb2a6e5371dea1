"""φ of a series: by hand, and where it cannot be told."""

from math import nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.series_overdispersion import OverdispersionMethod, series_overdispersion
from evenhand.stats.statuses import Status


def test_four_months_come_out_as_worked_by_hand() -> None:
    # 4, 16, 4, 16 of 100 each: 10 a month; z = (x - 10)/√10 = ∓1.897; differences 12/√10, squared 14.4; φ = 7.2
    # Pearson: 4 · 3.6/3 = 4.8
    found = series_overdispersion([4, 16, 4, 16], [100] * 4, minimum_points=4)
    assert found.value == pytest.approx(7.2)
    assert (found.points, found.differences) == (4, 3)
    pearson = series_overdispersion([4, 16, 4, 16], [100] * 4, minimum_points=4, method=OverdispersionMethod.PEARSON)
    assert pearson.value == pytest.approx(4.8)
    # as shares of 0.1, the variance is 0.9 times as large
    shares = series_overdispersion([4, 16, 4, 16], [100] * 4, minimum_points=4, proportions=True)
    assert shares.value == pytest.approx(8)


def test_it_is_never_less_than_one() -> None:
    found = series_overdispersion([10] * 12, [100] * 12)
    assert (found.value, found.unfloored) == (1.0, 0.0)


def test_many_series_are_answered_each_for_itself() -> None:
    found = series_overdispersion(
        [[4, 16] * 6, [0] * 12, [4, 16] * 2 + [nan] * 8, [4, nan] * 6, [100] * 12], np.full(12, 100.0), minimum_points=5
    )
    assert found.status.tolist() == [
        Status.GIVEN,
        Status.NO_EVENTS,
        Status.TOO_FEW_POINTS,
        Status.TOO_FEW_POINTS,
        Status.GIVEN,
    ]
    assert found.value[0] == pytest.approx(7.2)
    everybody = series_overdispersion([100] * 12, [100] * 12, proportions=True)
    assert everybody.status == Status.NO_EVENTS


def test_a_month_that_is_missing_or_empty_is_passed_over_and_parts_its_neighbours() -> None:
    whole = series_overdispersion([4, 16, nan, 4, 16, 0], [100, 100, 100, 100, 100, 0], minimum_points=4)
    assert (whole.points, whole.differences) == (4, 2)
    assert whole.value == pytest.approx(7.2)


def test_one_number_is_no_series() -> None:
    with pytest.raises(InputRefused, match="a series, a list of counts"):
        series_overdispersion(4, 100)


def test_every_method_has_words_of_its_own() -> None:
    assert len({method.words for method in OverdispersionMethod}) == 2
