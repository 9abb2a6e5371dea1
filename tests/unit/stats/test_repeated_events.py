"""Standardised rates of repeated events: wider intervals on the same rate, and what is refused."""

from math import isnan, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.repeated_events import rate_of_repeated_events, rates_of_repeated_events
from evenhand.stats.selection import ExpectedAtLeast
from evenhand.stats.standardisation import StandardisedMethod, directly_standardised_rate
from evenhand.stats.statuses import Status

DOBSON = StandardisedMethod.DOBSON


def test_repeated_events_leave_the_rate_and_widen_the_interval() -> None:
    # 5 people once and 10 people twice in the first stratum: 25 events; V has 5 + 4·10 = 45 in the place of 25.
    repeated = rate_of_repeated_events([[5], [10]], [100], [1], per=1)
    independent = directly_standardised_rate([25], [100], [1], per=1, method=DOBSON)
    assert repeated.value == independent.value
    assert repeated.numerator == 25
    below = (repeated.value - repeated.interval.lower) / (independent.value - independent.interval.lower)
    assert below == pytest.approx((45 / 25) ** 0.5)
    assert repeated.method == "directly standardised, Dobson on Byar, repeated events allowed for"


def test_one_event_each_is_the_independent_case() -> None:
    once = rate_of_repeated_events([[10, 15], [0, 0]], [100, 300], [1, 3])
    independent = directly_standardised_rate([10, 15], [100, 300], [1, 3], method=DOBSON)
    assert once.interval.lower == pytest.approx(independent.interval.lower, rel=1e-12)
    assert once.interval.upper == pytest.approx(independent.interval.upper, rel=1e-12)


def test_nobody_with_an_event_is_a_rate_of_nought_without_an_interval() -> None:
    none = rate_of_repeated_events([[0], [0]], [100], [1])
    assert (none.value, none.status) == (0.0, Status.GIVEN)
    assert isnan(none.interval.lower)


def test_a_rule_a_missing_number_and_an_empty_stratum_are_answered_as_in_any_standardised_rate() -> None:
    rates = rates_of_repeated_events(
        [[[1, 2], [3, 4]], [[1, nan], [3, 4]], [[1, 0], [3, 0]], [[1, 2], [3, 4]]],
        [[100, 300], [100, 300], [100, 0], [100, 300]],
        [1, 3],
        rule=ExpectedAtLeast(5),
        expected=[6, 6, 6, 4],
    )
    assert rates.status.tolist() == [
        Status.GIVEN,
        Status.MISSING_INPUT,
        Status.PART_OF_STANDARD,
        Status.TOO_FEW_EXPECTED,
    ]
    assert np.isnan(rates.value).tolist() == [False, True, False, True]
    hidden = rate_of_repeated_events([[1], [3]], [100], [1], rule=ExpectedAtLeast(5), expected=4)
    assert hidden.status is Status.TOO_FEW_EXPECTED
    assert hidden.method.endswith("allowed for; shown from 5 expected events")


def test_people_by_events_of_the_wrong_shape_are_refused() -> None:
    with pytest.raises(InputRefused, match="found 1 dimensions; numbers of events × strata is right"):
        rate_of_repeated_events([5, 10], [100, 200], [1, 3])
    with pytest.raises(InputRefused, match="found 2 dimensions; groups × numbers of events × strata is right"):
        rates_of_repeated_events([[5, 10]], [[100, 200]], [1, 3])
