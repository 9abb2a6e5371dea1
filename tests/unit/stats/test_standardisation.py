"""Direct standardisation: by hand, as published, and what happens where there are no people or few events."""

from collections.abc import Callable
from math import isnan, nan
from typing import Any

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.intervals import Interval
from evenhand.stats.rates import exact_interval
from evenhand.stats.selection import CLASSIC_RULE, ExpectedAtLeast, PopulationAtLeast
from evenhand.stats.standardisation import (
    StandardisedMethod,
    StandardisedRate,
    directly_standardised_rate,
    directly_standardised_rates,
)
from evenhand.stats.statuses import Status
from evenhand.stats.strata import CELLS_AT_A_TIME

DOBSON = StandardisedMethod.DOBSON

# Births and children with Down syndrome by age of mother, Michigan 1950-64, fifth and later births; all births as
# standard. Fleiss J. L. (1981), Statistical Methods for Rates and Proportions, table 14.4. No child in the first.
BIRTHS = [327, 30_666, 123_419, 149_919, 104_088, 34_392]
CHILDREN = [0, 8, 63, 112, 262, 295]
ALL_BIRTHS = [319_933, 931_318, 786_511, 488_235, 237_863, 61_313]


def test_two_strata_come_out_as_worked_by_hand_for_dobson() -> None:
    # v = (1·10/100 + 3·15/300)/4 = 0.0625;  V = (1·10/100² + 9·15/300²)/16 = (0.001 + 0.0015)/16 = 0.00015625
    # X = 25, Byar 16.174 to 36.907;  √(V/X) = 0.0025;  L = 0.0625 - 0.0025·8.826;  U = 0.0625 + 0.0025·11.907
    rate = directly_standardised_rate([10, 15], [100, 300], [1, 3], per=1, method=DOBSON)
    assert rate.value == pytest.approx(0.0625)
    assert rate.interval.lower == pytest.approx(0.040435, abs=5e-6)
    assert rate.interval.upper == pytest.approx(0.092268, abs=5e-6)


def test_two_strata_come_out_as_worked_by_hand_for_tiwari() -> None:
    # c = (1/4)/100 = 0.0025 and (3/4)/300 = 0.0025: alike, so that y/c = 25 events have Garwood's exact limits.
    # 25 events: 16.17869 to 36.90492 (Garwood 1936); times 0.0025
    rate = directly_standardised_rate([10, 15], [100, 300], [1, 3], per=1)
    assert rate.value == pytest.approx(0.0625)
    assert rate.interval.lower == pytest.approx(16.17869 * 0.0025, abs=1e-7)
    assert rate.interval.upper == pytest.approx(36.90492 * 0.0025, abs=1e-7)


def test_unlike_weights_come_out_as_worked_by_hand_for_tiwari() -> None:
    # c = (1/2)/100 = 0.005 and (1/2)/500 = 0.001
    # y = 0.005·2 + 0.001·10 = 0.02;  V = 0.000025·2 + 0.000001·10 = 0.00006
    # below: shape y²/V = 6.6667, scale V/y = 0.003.  χ² of 13.3333 degrees of freedom at 2.5 %: 5.21382;  ·0.0015
    # y' = 0.02 + 0.003 = 0.023;  V' = 0.00006 + 0.000013 = 0.000073;  shape 7.2466, scale 0.00317391
    # above: χ² of 14.4932 degrees of freedom at 97.5 %: 26.79593;  ·0.00158696
    rate = directly_standardised_rate([2, 10], [100, 500], [1, 1], per=1)
    assert rate.value == pytest.approx(0.02)
    assert rate.interval.lower == pytest.approx(0.0078207, abs=1e-7)
    assert rate.interval.upper == pytest.approx(0.0425240, abs=1e-7)


def test_the_rate_of_fleiss_1981_comes_out_as_printed() -> None:
    """Printed as 75.52901, Fay and Feuer's limits as 67.70212 to 188.30017, for the R package dsrTest 1.0.0 (2022).

    Tiwari's lower limit is theirs; his upper one is what the docstring says.
    """
    rate = directly_standardised_rate(CHILDREN, BIRTHS, ALL_BIRTHS)
    assert round(rate.value, 5) == 75.52901
    assert round(rate.interval.lower, 5) == 67.70212
    assert rate.interval.upper == pytest.approx(112.9, abs=0.05)
    # Dobson's lower limit is near the gamma's; the upper one is not, as the docstring of the module warns.
    dobson = directly_standardised_rate(CHILDREN, BIRTHS, ALL_BIRTHS, method=DOBSON)
    assert dobson.interval.lower == pytest.approx(67.6, abs=0.05)
    assert dobson.interval.upper == pytest.approx(83.9, abs=0.05)


def test_a_standardised_rate_carries_its_counts_its_unit_its_method_and_its_standard() -> None:
    rate = directly_standardised_rate([10, 15], [100, 300], [1, 3], per=1_000, confidence=0.9)
    assert isinstance(rate, StandardisedRate)
    assert (rate.numerator, rate.denominator, rate.unit, rate.confidence) == (25, 400, "per 1,000", 0.9)
    assert (rate.status, rate.standard_share) == (Status.GIVEN, 1.0)
    assert rate.method == "directly standardised, Tiwari's gamma interval"
    assert rate.reference == "standard population"
    dobson = directly_standardised_rate([10, 15], [100, 300], [1, 3], method=DOBSON, reference="England 2021")
    assert (dobson.method, dobson.reference) == ("directly standardised, Dobson on Byar", "England 2021")
    many = directly_standardised_rates([[10, 15]], [[100, 300]], [1, 3], per=1_000, confidence=0.9)
    assert (many.numerator.tolist(), many.denominator.tolist()) == ([25], [400])
    assert (many.unit, many.confidence, many.method, many.reference) == (
        rate.unit,
        rate.confidence,
        rate.method,
        rate.reference,
    )
    assert next(iter(many)) == StandardisedRate(
        value=many.value[0],
        interval=Interval(many.interval.lower[0], many.interval.upper[0]),
        numerator=25,
        denominator=400,
        unit="per 1,000",
        confidence=0.9,
        method=rate.method,
        reference="standard population",
        standard_share=1.0,
    )


def test_no_events_at_all_are_a_rate_of_nought_with_an_upper_limit() -> None:
    """Weights alike: Garwood's limit of no events, -ln 0.025 = 3.68888; Dobson's formula divides by the events."""
    rate = directly_standardised_rate([0, 0], [100, 300], [1, 3], per=1)
    assert (rate.value, rate.interval.lower) == (0.0, 0.0)
    assert rate.interval.upper == pytest.approx(3.68888 * 0.0025, abs=1e-7)
    dobson = directly_standardised_rate([0, 0], [100, 300], [1, 3], method=DOBSON)
    many = directly_standardised_rates([[0, 0]], [[100, 300]], [1, 3], method=DOBSON)
    assert dobson.value == many.value[0] == 0.0
    assert isnan(dobson.interval.lower)
    assert np.isnan([many.interval.lower, many.interval.upper]).all()


@pytest.mark.parametrize(
    ("rule", "expected", "reason", "words"),
    [
        (CLASSIC_RULE, None, Status.TOO_FEW_EVENTS, "shown from 10 events"),
        (ExpectedAtLeast(5), 4.9, Status.TOO_FEW_EXPECTED, "shown from 5 expected events"),
        (PopulationAtLeast(401), None, Status.TOO_SMALL_POPULATION, "shown from a population of 401"),
    ],
)
def test_a_rule_takes_a_rate_out_and_says_why(rule: Any, expected: Any, reason: Status, words: str) -> None:
    one = directly_standardised_rate([4, 5], [100, 300], [1, 3], rule=rule, expected=expected)
    many = directly_standardised_rates(
        [[4, 5]], [[100, 300]], [1, 3], rule=rule, expected=None if expected is None else [expected]
    )
    assert one.status is reason
    assert many.status.tolist() == [reason]
    assert isnan(one.value)
    assert isnan(one.interval.lower)
    assert np.isnan([many.value, many.interval.lower, many.interval.upper]).all()
    assert one.numerator == many.numerator[0] == 9
    assert one.method == many.method == f"directly standardised, Tiwari's gamma interval; {words}"


def test_ten_events_are_enough_for_the_classic_rule() -> None:
    rate = directly_standardised_rate([4, 6], [100, 300], [1, 3], rule=CLASSIC_RULE)
    assert rate.status is Status.GIVEN
    assert rate.value == pytest.approx(0.025 * 100_000)


def test_a_missing_number_leaves_that_group_alone_without_a_rate() -> None:
    many = directly_standardised_rates(
        [[10, nan], [10, 15], [10, 15], [0, nan]], [[100, 300], [100, nan], [100, 300], [0, 0]], [1, 3]
    )
    assert many.status.tolist() == [
        Status.MISSING_INPUT,
        Status.MISSING_INPUT,
        Status.GIVEN,
        Status.MISSING_INPUT,
    ]
    assert np.isnan(many.value).tolist() == [True, True, False, True]
    assert np.isnan(many.standard_share).tolist() == [False, True, False, False]
    for events, population in (([10, nan], [100, 300]), ([10, 15], [100, nan])):
        one = directly_standardised_rate(events, population, [1, 3])
        assert one.status is Status.MISSING_INPUT
        assert isnan(one.value)
        assert isnan(one.interval.upper)


def test_a_stratum_without_people_leaves_with_its_weight_and_the_result_says_so() -> None:
    with_it = directly_standardised_rate([10, 15, 0], [100, 300, 0], [1, 3, 1])
    without = directly_standardised_rate([10, 15], [100, 300], [1, 3])
    assert with_it.value == pytest.approx(without.value)
    assert with_it.interval.lower == pytest.approx(without.interval.lower)
    assert with_it.status is Status.PART_OF_STANDARD
    assert with_it.standard_share == 0.8


def test_a_stratum_without_events_counts_in_full() -> None:
    """The published national rates lose such strata, which makes a small group look twice as detained as it is."""
    kept = directly_standardised_rate([10, 15, 0], [100, 300, 200], [1, 3, 4])
    lost = directly_standardised_rate([10, 15], [100, 300], [1, 3])
    assert kept.value == pytest.approx(lost.value / 2)
    assert kept.status is Status.GIVEN


def test_one_group_without_people_or_with_few_events_stops_nobody_elses_rate() -> None:
    many = directly_standardised_rates(
        [[10, 15], [1, 2], [0, 0], [12, 0]], [[100, 300], [50, 60], [0, 0], [100, 0]], [1, 3], rule=CLASSIC_RULE
    )
    assert many.status.tolist() == [
        Status.GIVEN,
        Status.TOO_FEW_EVENTS,
        Status.NO_POPULATION,
        Status.PART_OF_STANDARD,
    ]
    assert many.standard_share.tolist() == [1.0, 1.0, 0.0, 0.25]
    assert np.isnan(many.value).tolist() == [False, True, True, False]


def test_whole_numbers_and_fractions_are_read_alike() -> None:
    whole = directly_standardised_rates(np.array([[10, 15]]), np.array([[100, 300]]), [1, 3])
    texts = directly_standardised_rates([["10", "15"]], [["100", "300"]], [1, 3])
    assert whole.value == texts.value
    assert directly_standardised_rates(np.empty((0, 2)), np.empty((0, 2)), [1, 3]).value.shape == (0,)


def test_many_more_groups_than_fit_a_block_have_the_rates_they_have_alone() -> None:
    """Small groups in one block, an empty stratum in another: a block is only a matter of speed."""
    random = np.random.default_rng(20261122)
    population = random.integers(1, 500, (12_000, 7))
    events = random.poisson(population * 0.02)
    population[11_500, 2] = events[11_500, 2] = 0
    standard = [3, 1, 4, 1, 5, 9, 2]
    many = directly_standardised_rates(events, population, standard)
    assert len(many) > CELLS_AT_A_TIME / len(standard)
    for group in (0, 9_361, 9_362, 11_500, 11_999):
        alone = directly_standardised_rate(events[group], population[group], standard)
        assert many.value[group] == pytest.approx(alone.value, rel=1e-12)
        assert many.interval.lower[group] == pytest.approx(alone.interval.lower, rel=1e-9)
        assert many.interval.upper[group] == pytest.approx(alone.interval.upper, rel=1e-9)
        assert many.status[group] == alone.status


def test_nobody_in_any_stratum_is_said() -> None:
    rate = directly_standardised_rate([0, 0], [0, 0], [1, 3])
    assert rate.status is Status.NO_POPULATION
    assert rate.standard_share == 0.0
    assert isnan(rate.value)


def test_a_lower_limit_is_never_below_nought() -> None:
    """One event in a stratum of one, with most of the weight: the bare formula goes to -0.6 of the value."""
    one = directly_standardised_rate([9, 1], [100_000, 10], [1, 99], method=DOBSON)
    many = directly_standardised_rates([[9, 1]], [[100_000, 10]], [1, 99], method=DOBSON)
    assert one.interval.lower == many.interval.lower[0] == 0.0


def test_one_stratum_has_garwoods_exact_limits() -> None:
    rate, exact = directly_standardised_rate([7], [1_000], [5], per=1_000), exact_interval(7)
    assert rate.interval.lower == pytest.approx(exact.lower, rel=1e-12)
    assert rate.interval.upper == pytest.approx(exact.upper, rel=1e-12)


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


@pytest.mark.parametrize("wrong", [-1, np.inf])
def test_a_negative_or_infinite_number_is_refused_where_it_stands(wrong: float) -> None:
    for events, population in (([[1, 2], [3, wrong]], [[9, 9], [9, 9]]), ([[1, 2], [3, 4]], [[9, 9], [9, wrong]])):
        with pytest.raises(InputRefused, match=r"found (-1|inf) at position 1, 1; a count is a finite number"):
            directly_standardised_rates(events, population, [1, 3])


@pytest.mark.parametrize(("argument", "value"), [("per", 0), ("confidence", 95)])
def test_a_unit_of_nought_and_a_confidence_in_per_cent_are_refused(argument: str, value: float) -> None:
    wrong: dict[str, Any] = {argument: value}
    with pytest.raises(InputRefused, match=argument):
        directly_standardised_rate([10, 15], [100, 300], [1, 3], **wrong)
    with pytest.raises(InputRefused, match=argument):
        directly_standardised_rates([[10, 15]], [[100, 300]], [1, 3], **wrong)
