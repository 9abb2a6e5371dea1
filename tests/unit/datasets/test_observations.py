"""Periods run forwards."""

from datetime import date

import pytest

from evenhand.datasets.observations import Period


def test_a_period_may_be_one_day():
    assert Period(date(2024, 3, 31), date(2024, 3, 31)).start == date(2024, 3, 31)


def test_a_period_that_runs_backwards_cannot_be_made():
    with pytest.raises(ValueError, match="2024-04-01 to 2024-03-31"):
        Period(date(2024, 4, 1), date(2024, 3, 31))


def test_periods_sort_by_time():
    year, next_year = (Period(date(y, 4, 1), date(y + 1, 3, 31)) for y in (2022, 2023))
    assert sorted([next_year, year]) == [year, next_year]
