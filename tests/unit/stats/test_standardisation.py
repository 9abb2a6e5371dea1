"""Direct standardisation: by hand, as published, and what happens where there are no people or few events."""

from collections.abc import Callable
from math import isnan
from typing import Any

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.standardisation import (
    Standardised,
    directly_standardised_rate,
    directly_standardised_rates,
    rate_of_repeated_events,
    rates_of_repeated_events,
    standardised_rate_ratio,
)

# Births and children with Down syndrome by age of mother, Michigan 1950-64, fifth and later births; all births as
# standard. Fleiss J. L. (1981), Statistical Methods for Rates and Proportions, table 14.4. No child in the first.
BIRTHS = [327, 30_666, 123_419, 149_919, 104_088, 34_392]
CHILDREN = [0, 8, 63, 112, 262, 295]
ALL_BIRTHS = [319_933, 931_318, 786_511, 488_235, 237_863, 61_313]


def test_two_strata_come_out_as_worked_by_hand() -> None:
    # v = (1·10/100 + 3·15/300)/4 = 0.0625;  V = (1·10/100² + 9·15/300²)/16 = (0.001 + 0.0015)/16 = 0.00015625
    # X = 25, Byar 16.174 to 36.907;  √(V/X) = 0.0025;  L = 0.0625 - 0.0025·8.826;  U = 0.0625 + 0.0025·11.907
    rate = directly_standardised_rate([10, 15], [100, 300], [1, 3], per=1)
    assert rate.value == pytest.approx(0.0625)
    assert rate.interval.lower == pytest.approx(0.040435, abs=5e-6)
    assert rate.interval.upper == pytest.approx(0.092268, abs=5e-6)


def test_the_rate_of_fleiss_1981_comes_out_as_printed() -> None:
    """Printed as 75.52901 in the example of the R package dsrTest 1.0.0 (2022), with gamma limits 67.7 to 188.3."""
    rate = directly_standardised_rate(CHILDREN, BIRTHS, ALL_BIRTHS)
    assert round(rate.value, 5) == 75.52901
    # Dobson's lower limit is near the gamma's; the upper one is not, as the docstring of the module warns.
    assert rate.interval.lower == pytest.approx(67.7, abs=0.1)
    assert rate.interval.upper == pytest.approx(83.9, abs=0.05)


def test_a_standardised_rate_carries_its_counts_its_unit_and_its_method() -> None:
    rate = directly_standardised_rate([10, 15], [100, 300], [1, 3], per=1_000, confidence=0.9)
    assert (rate.events, rate.population, rate.per, rate.confidence) == (25, 400, 1_000, 0.9)
    assert (rate.status, rate.standard_share) == (Standardised.GIVEN, 1.0)
    assert rate.method == "directly standardised, Dobson on Byar"
    many = directly_standardised_rates([[10, 15]], [[100, 300]], [1, 3], per=1_000, confidence=0.9)
    assert (many.events.tolist(), many.population.tolist()) == ([25], [400])
    assert (many.per, many.confidence, many.method) == (1_000, 0.9, rate.method)


@pytest.mark.parametrize(("events", "given"), [([4, 5], False), ([4, 6], True)])
def test_a_rate_is_given_from_ten_events_and_not_before(events: list[int], given: bool) -> None:
    one = directly_standardised_rate(events, [100, 300], [1, 3])
    many = directly_standardised_rates([events], [[100, 300]], [1, 3])
    assert one.status is many.status[0]
    assert one.status is (Standardised.GIVEN if given else Standardised.FEWER_THAN_TEN_EVENTS)
    assert isnan(one.value) is not given
    assert isnan(one.interval.lower) is not given
    assert isnan(one.interval.upper) is not given
    assert one.events == sum(events)


def test_a_stratum_without_people_leaves_with_its_weight_and_the_result_says_so() -> None:
    with_it = directly_standardised_rate([10, 15, 0], [100, 300, 0], [1, 3, 1])
    without = directly_standardised_rate([10, 15], [100, 300], [1, 3])
    assert with_it.value == pytest.approx(without.value)
    assert with_it.interval.lower == pytest.approx(without.interval.lower)
    assert with_it.status is Standardised.PART_OF_STANDARD
    assert with_it.standard_share == 0.8


def test_a_stratum_without_events_counts_in_full() -> None:
    """The published national rates lose such strata, which makes a small group look twice as detained as it is."""
    kept = directly_standardised_rate([10, 15, 0], [100, 300, 200], [1, 3, 4])
    lost = directly_standardised_rate([10, 15], [100, 300], [1, 3])
    assert kept.value == pytest.approx(lost.value / 2)
    assert kept.status is Standardised.GIVEN


def test_one_group_without_people_or_with_few_events_stops_nobody_elses_rate() -> None:
    many = directly_standardised_rates(
        [[10, 15], [1, 2], [0, 0], [12, 0]], [[100, 300], [50, 60], [0, 0], [100, 0]], [1, 3]
    )
    assert many.status.tolist() == [
        Standardised.GIVEN,
        Standardised.FEWER_THAN_TEN_EVENTS,
        Standardised.NO_POPULATION,
        Standardised.PART_OF_STANDARD,
    ]
    assert all(isinstance(status, Standardised) for status in many.status)
    assert many.standard_share.tolist() == [1.0, 1.0, 0.0, 0.25]
    assert np.isnan(many.value).tolist() == [False, True, True, False]


def test_nobody_in_any_stratum_is_said() -> None:
    rate = directly_standardised_rate([0, 0], [0, 0], [1, 3])
    assert rate.status is Standardised.NO_POPULATION
    assert rate.standard_share == 0.0
    assert isnan(rate.value)


def test_a_lower_limit_is_never_below_nought() -> None:
    """One event in a stratum of one, with most of the weight: the bare formula goes to -0.6 of the value."""
    one = directly_standardised_rate([9, 1], [100_000, 10], [1, 99])
    assert one.interval.lower == 0.0
    assert directly_standardised_rates([[9, 1]], [[100_000, 10]], [1, 99]).interval.lower[0] == 0.0


def test_repeated_events_leave_the_rate_and_widen_the_interval() -> None:
    # 5 people once and 10 people twice in the first stratum: 25 events; V has 5 + 4·10 = 45 in the place of 25.
    repeated = rate_of_repeated_events([[5], [10]], [100], [1], per=1)
    independent = directly_standardised_rate([25], [100], [1], per=1)
    assert repeated.value == independent.value
    assert repeated.events == 25
    below = (repeated.value - repeated.interval.lower) / (independent.value - independent.interval.lower)
    assert below == pytest.approx((45 / 25) ** 0.5)
    assert repeated.method == "directly standardised, Dobson on Byar, repeated events allowed for"


def test_one_event_each_is_the_independent_case() -> None:
    once = rate_of_repeated_events([[10, 15], [0, 0]], [100, 300], [1, 3])
    assert once.interval == directly_standardised_rate([10, 15], [100, 300], [1, 3]).interval


def test_two_standardised_rates_have_a_ratio_with_an_interval() -> None:
    a = directly_standardised_rate([20], [1_000], [1])
    b = directly_standardised_rate([10], [1_000], [1])
    ratio = standardised_rate_ratio(a, b)
    # One stratum: the same as the ratio of two crude rates, worked by hand in test_ratios.
    assert ratio.value == pytest.approx(2.0)
    assert ratio.interval.lower == pytest.approx(0.9131, abs=2e-4)
    assert ratio.interval.upper == pytest.approx(4.7041, abs=5e-4)
    assert (ratio.numerator, ratio.denominator, ratio.method) == (a.value, b.value, "MOVER-log on Dobson")


def test_a_rate_that_is_not_given_has_no_ratio() -> None:
    few = directly_standardised_rate([9], [1_000], [1])
    assert isnan(standardised_rate_ratio(few, few).value)
    assert isnan(standardised_rate_ratio(few, few).interval.lower)


def test_rates_in_unlike_units_have_no_ratio() -> None:
    a = directly_standardised_rate([20], [1_000], [1], per=1_000)
    b = directly_standardised_rate([20], [1_000], [1])
    with pytest.raises(InputRefused, match=r"found one per 1000 at 0.95 and one per 100000 at 0.95"):
        standardised_rate_ratio(a, b)


@pytest.mark.parametrize("one", [directly_standardised_rate, directly_standardised_rates])
@pytest.mark.parametrize("standard", [[0, 1], [], [[1, 3]]])
def test_a_standard_with_nobody_in_a_stratum_is_refused(one: Callable[..., Any], standard: list[int]) -> None:
    with pytest.raises(InputRefused, match="standard population: one number above 0 for each stratum is right"):
        one([10, 15], [100, 300], standard)


@pytest.mark.parametrize(
    ("one", "events", "population"),
    [
        (directly_standardised_rate, [10, 15], [100, 300, 200]),
        (directly_standardised_rate, [10], [100]),
        (directly_standardised_rate, [[10, 15]], [[100, 300]]),
        (directly_standardised_rates, [10, 15], [100, 300]),
    ],
)
def test_strata_that_do_not_match_the_standard_are_refused(
    one: Callable[..., Any], events: list[Any], population: list[Any]
) -> None:
    """The oldest ages left out would otherwise give a rate on the remaining weights, unsaid."""
    with pytest.raises(InputRefused, match="one place for each stratum of the standard is right"):
        one(events, population, [1, 3])


@pytest.mark.parametrize(
    ("one", "population"), [(directly_standardised_rate, [100, 0]), (directly_standardised_rates, [[100, 0]])]
)
def test_events_in_a_stratum_without_people_are_refused(one: Callable[..., Any], population: list[Any]) -> None:
    events = [[10, 2]] if one is directly_standardised_rates else [10, 2]
    with pytest.raises(InputRefused, match=r"events: found 2 at position .*1; a population of 0 can have no events"):
        one(events, population, [1, 3])


@pytest.mark.parametrize("one", [rate_of_repeated_events, rates_of_repeated_events])
def test_people_by_events_of_the_wrong_shape_are_refused(one: Callable[..., Any]) -> None:
    with pytest.raises(InputRefused, match=r"people by events: .* right"):
        one([5, 10], [100, 200], [1, 3])
