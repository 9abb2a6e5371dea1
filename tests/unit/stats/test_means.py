"""The mean and Student's interval: by hand, as published, and at their edges."""

from math import isnan, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.means import means
from evenhand.stats.statuses import Status


def test_three_values_come_out_as_worked_by_hand() -> None:
    # 2, 4, 9: mean 15/3 = 5; s² = (9 + 1 + 16)/2 = 13; t of 2 degrees of freedom is 4.302653
    # margin 4.302653·√(13/3) = 8.95669
    found = means(15, 3, 13**0.5)
    assert found.value == 5
    assert found.interval.lower == pytest.approx(5 - 8.95669, abs=1e-5)
    assert found.interval.upper == pytest.approx(5 + 8.95669, abs=1e-5)


def test_the_hours_of_sleep_of_student_1908_come_out_as_published() -> None:
    """Student (1908), Biometrika 6, 1-25, the second drug against the first; 0.70 to 2.46 as every textbook since."""
    hours = np.array([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
    found = means(hours.sum(), 10, hours.std(ddof=1))
    assert found.value == pytest.approx(1.58)
    assert found.interval.lower == pytest.approx(0.7001142, abs=1e-7)
    assert found.interval.upper == pytest.approx(2.4598858, abs=1e-7)


def test_a_mean_carries_its_parts_its_unit_and_its_method() -> None:
    found = means([15, 40], [3, 4], 2, confidence=0.9, unit="days")
    assert found.numerator.tolist() == [15, 40]
    assert found.denominator.tolist() == [3, 4]
    assert (found.unit, found.confidence, found.method, found.reference) == ("days", 0.9, "Student's t", "")
    assert means(15, 3, 2).unit == "unit of the values"


def test_one_person_has_a_mean_and_no_interval_nobody_neither_and_both_say_why() -> None:
    found = means([7, 0, 15, nan, 15, 15], [1, 0, 3, 3, nan, 3], [nan, nan, 2, 2, 2, nan])
    assert found.status.tolist() == [
        Status.NO_INTERVAL,
        Status.NO_POPULATION,
        Status.GIVEN,
        Status.MISSING_INPUT,
        Status.MISSING_INPUT,
        Status.MISSING_INPUT,
    ]
    assert found.value[[0, 2]].tolist() == [7, 5]
    assert np.isnan(found.value[[1, 3, 4, 5]]).all()
    assert np.isnan(found.interval.lower).tolist() == [True, True, False, True, True, True]
    assert np.isnan(found.interval.upper).tolist() == [True, True, False, True, True, True]
    assert Status.NO_INTERVAL.has_value


def test_a_mean_may_be_negative_and_values_that_are_all_the_same_have_an_interval_of_no_width() -> None:
    found = means(-12, 4, 0)
    assert [found.value, found.interval.lower, found.interval.upper] == [-3, -3, -3]
    assert not isnan(found.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((5, -1, 1), "count: found -1"),
        ((5, 3, -1), "standard deviation: found -1"),
        ((float("inf"), 3, 1), "total: found inf"),
        ((5, 0, 1), "total: found 5; the total of nobody is 0"),
    ],
)
def test_wrong_numbers_are_refused(arguments: tuple[float, float, float], message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        means(*arguments)
    with pytest.raises(InputRefused, match="confidence: found 95"):
        means(5, 3, 1, confidence=95)
