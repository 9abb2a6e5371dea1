"""Concentration indices: by hand, as published, and what is missing, unbounded or refused."""

from math import inf

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.concentration import (
    INDEX,
    absolute_concentration_indices,
    erreygers_indices,
    relative_concentration_indices,
    wagstaff_indices,
)
from evenhand.stats.statuses import Status
from evenhand.stats.summaries import UNIT_OF_THE_VALUES

Z = 1.959963984540054
# Shares 1/4, 1/2, 1/4 with ranks 1/8, 1/2, 7/8: 2·a·(b - 1/2) = -3/16, 0, 3/16. Mean of the values 0.3.
VALUE, SE, PEOPLE = [0.2, 0.3, 0.4], [0.03, 0.09, 0.04], [1, 2, 1]


def test_the_absolute_index_comes_out_as_worked_by_hand() -> None:
    """ACI = 3/16·0.2 = 0.0375; standard error 3/16·0.05 = 0.009375."""
    summary = absolute_concentration_indices(VALUE, SE, PEOPLE)
    assert summary.value[0] == pytest.approx(0.0375)
    assert summary.interval.lower[0] == pytest.approx(0.0375 - Z * 0.009375)
    assert summary.interval.upper[0] == pytest.approx(0.0375 + Z * 0.009375)
    assert (summary.unit, summary.method) == (UNIT_OF_THE_VALUES, "absolute concentration index")


def test_the_relative_index_comes_out_as_worked_by_hand() -> None:
    """RCI = 0.0375/0.3 = 0.125. Var(N) = 0.009375², Var(D) = (0.0009 + 4·0.0081 + 0.0016)/16 = 0.00218125, covariance
    3/64·(0.0016 - 0.0009) = 3.28125e-5.
    """
    a, b, c = 0.09 - Z**2 * 0.00218125, 0.01125 - Z**2 * 3.28125e-5, 0.0375**2 - Z**2 * 0.009375**2
    summary = relative_concentration_indices(VALUE, SE, PEOPLE)
    assert summary.value[0] == pytest.approx(0.125)
    assert summary.interval.lower[0] == pytest.approx((b - (b * b - a * c) ** 0.5) / a)
    assert summary.interval.upper[0] == pytest.approx((b + (b * b - a * c) ** 0.5) / a)
    assert summary.unit == INDEX


def test_wagstaff_and_erreygers_come_out_as_worked_by_hand() -> None:
    """Between 0 and 1: W = RCI/(1 - 0.3), E = 4·0.0375; between 0 and 2 W = 0.0375·2/(1.7·0.3), E half as much.

    By hand the gradient of W: c/q - W·a·(1 - 2·0.3)/q with q = 0.21: -0.996174, -0.340136, 0.789541 (a quarter or a
    half of 0.4·0.178571/0.21 less).
    """
    wagstaff = wagstaff_indices(VALUE, SE, PEOPLE, minimum=0, maximum=1)
    assert wagstaff.value[0] == pytest.approx(0.125 / 0.7)
    by_mean = 0.4 * (0.125 / 0.7) / 0.21
    gradient = [-3 / 16 / 0.21 - by_mean / 4, -by_mean / 2, 3 / 16 / 0.21 - by_mean / 4]
    error = sum((g * s) ** 2 for g, s in zip(gradient, SE, strict=True)) ** 0.5
    assert wagstaff.interval.upper[0] == pytest.approx(0.125 / 0.7 + Z * error)
    assert wagstaff.interval.lower[0] == pytest.approx(0.125 / 0.7 - Z * error)
    erreygers = erreygers_indices(VALUE, SE, PEOPLE, minimum=0, maximum=1)
    assert erreygers.value[0] == pytest.approx(0.15)
    assert erreygers.interval.lower[0] == pytest.approx(0.15 - Z * 0.0375)
    wider = {"minimum": 0, "maximum": 2}
    assert wagstaff_indices(VALUE, SE, PEOPLE, **wider).value[0] == pytest.approx(0.075 / 0.51)
    assert erreygers_indices(VALUE, SE, PEOPLE, **wider).value[0] == pytest.approx(0.075)


def test_everything_held_by_the_last_person_of_n_is_1_less_1_of_n() -> None:
    """The largest that the index can be for n people (Kakwani, Wagstaff and van Doorslaer 1997): (n - 1)/n."""
    holds = np.zeros(50)
    holds[-1] = 7.0
    assert relative_concentration_indices(holds, 0.0, np.ones(50)).value[0] == pytest.approx(49 / 50)
    assert relative_concentration_indices(holds[::-1], 0.0, np.ones(50)).value[0] == pytest.approx(-49 / 50)


def test_wagstaffs_index_reaches_1_where_it_cannot_be_more_unequal() -> None:
    """The richer half has all of a thing that one has or has not: Wagstaff (2005) scales that to 1."""
    summary = wagstaff_indices([0.0, 1.0], 0.0, [5, 5], minimum=0, maximum=1)
    assert summary.value[0] == pytest.approx(1)
    assert erreygers_indices([0.0, 1.0], 0.0, [5, 5], minimum=0, maximum=1).value[0] == pytest.approx(1)


def test_what_is_missing_or_not_defined_is_said_and_touches_no_other() -> None:
    value = [[0.2, 0.3, np.nan], [0.2, 0.3, 0.4], [0.0, 0.0, 0.0], [0.2, -0.1, 0.3]]
    absolute, relative = (
        index(value, 0.0, PEOPLE) for index in (absolute_concentration_indices, relative_concentration_indices)
    )
    assert absolute.status.tolist() == [Status.MISSING_INPUT, Status.GIVEN, Status.GIVEN, Status.GIVEN]
    not_defined = [Status.MISSING_INPUT, Status.GIVEN, Status.NOT_DEFINED, Status.NOT_DEFINED]
    assert relative.status.tolist() == not_defined
    assert np.isnan(relative.value).tolist() == [True, False, True, True]
    bounded = wagstaff_indices(value[:3], 0.0, PEOPLE, minimum=0, maximum=1)
    assert bounded.status.tolist() == not_defined[:3]
    assert np.isnan(bounded.interval.upper).tolist() == [True, False, True]


def test_a_relative_index_by_a_mean_that_may_be_0_has_no_limits() -> None:
    summary = relative_concentration_indices([0.1, 0.3], [0.2, 0.4], [1, 1])
    assert summary.status.tolist() == [Status.UNBOUNDED]
    assert (summary.interval.lower[0], summary.interval.upper[0]) == (-inf, inf)
    assert summary.value[0] == pytest.approx(0.25)


@pytest.mark.parametrize("index", [wagstaff_indices, erreygers_indices])
def test_values_outside_the_limits_and_limits_that_are_none_are_refused(index: object) -> None:
    with pytest.raises(InputRefused, match=r"value: found 0.4 at position 0, 2; it lies between the limits 0 and 0.35"):
        index(VALUE, SE, PEOPLE, minimum=0, maximum=0.35)
    with pytest.raises(InputRefused, match=r"value: found 0.2 at position 0, 0"):
        index(VALUE, SE, PEOPLE, minimum=0.25, maximum=1)
    for minimum, maximum in ((1, 1), (1, 0), (-inf, 1), (0, np.nan)):
        with pytest.raises(InputRefused, match="a smaller and a larger number are right"):
            index(VALUE, SE, PEOPLE, minimum=minimum, maximum=maximum)


def test_a_group_that_does_not_exist_may_lie_outside_the_limits() -> None:
    summary = erreygers_indices([0.2, 0.3, 9.0, 0.4], [0.03, 0.09, 0.0, 0.04], [1, 2, 0, 1], minimum=0.1, maximum=1.1)
    assert summary.value[0] == pytest.approx(0.15)
