"""Indirect standardisation: by hand, against printed limits, and at its edges."""

from collections.abc import Callable
from math import nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.estimates import Estimates
from evenhand.stats.indirect_standardisation import indirectly_standardised_rates, indirectly_standardised_ratios
from evenhand.stats.rates import RateMethod
from evenhand.stats.statuses import Status

STANDARD = ([100, 900], [100_000, 60_000])
"""Events and people of the young and the old; crude rate 1,000/160,000 = 625 per 100,000."""


def test_two_ages_come_out_as_worked_by_hand() -> None:
    # expected 5,000·0.001 + 1,000·0.015 = 20; 30/20 = 1.5; the rate 1.5·625 = 937.5 per 100,000
    ratio = indirectly_standardised_ratios([30], [[5_000, 1_000]], *STANDARD, reference="England 2021")
    assert ratio.value.tolist() == pytest.approx([1.5])
    assert (ratio.numerator[0], ratio.denominator[0]) == (30, pytest.approx(20))
    rate = indirectly_standardised_rates([30], [[5_000, 1_000]], *STANDARD, reference="England 2021")
    assert rate.value.tolist() == pytest.approx([937.5])
    # Byar of 30: 30·(1 - 1/270 - 1.959964/(3√30))³ = 20.2369
    assert ratio.interval.lower[0] == pytest.approx(20.2369 / 20, abs=1e-5)
    assert rate.interval.lower[0] == pytest.approx(20.2369 / 20 * 625, abs=1e-2)


@pytest.mark.parametrize(("events", "lower", "upper"), [(10, 0.480, 1.84), (20, 0.611, 1.54)])
def test_the_exact_limits_are_the_printed_multiples_of_the_ratio(events: int, lower: float, upper: float) -> None:
    """Haenszel W., Loveland D. B. and Sirken M. G. (1962), J. Natl. Cancer Inst. 28, 947-1001, appendix C."""
    exact = indirectly_standardised_ratios(
        [events], [[1_000 * events, 0]], *STANDARD, reference="England 2021", method=RateMethod.EXACT
    )
    assert exact.value[0] == pytest.approx(1)
    assert round(exact.interval.lower[0], 3) == lower
    assert round(exact.interval.upper[0], 2) == upper


def test_a_ratio_carries_its_standard_its_unit_and_its_method() -> None:
    ratio = indirectly_standardised_ratios([30], [[5_000, 1_000]], *STANDARD, reference="England 2021", times=100)
    assert ratio.value[0] == pytest.approx(150)
    assert (ratio.unit, ratio.reference, ratio.confidence) == ("ratio × 100", "England 2021", 0.95)
    assert ratio.method == "indirectly standardised ratio, Byar, exact below 10 events"
    rate = indirectly_standardised_rates(
        [30], [[5_000, 1_000]], *STANDARD, reference="England 2021", per=1_000, method=RateMethod.EXACT
    )
    assert (rate.unit, rate.method) == ("per 1,000", "indirectly standardised rate, exact (Garwood)")
    assert indirectly_standardised_ratios([1], [[1, 1]], *STANDARD, reference="-").unit == "ratio"


def test_two_groups_at_the_same_risks_have_different_ratios_when_their_ages_differ() -> None:
    """Why the ratios of two groups may not be compared: here both have risks of 2 and 15 per 1,000, young and old."""
    people = np.array([[9_000, 1_000], [1_000, 9_000]])
    ratios = indirectly_standardised_ratios(people @ [0.002, 0.015], people, *STANDARD, reference="England 2021")
    assert ratios.value == pytest.approx([33 / 24, 137 / 136])


def test_what_stands_in_the_way_of_one_group_does_not_stop_another() -> None:
    ratio = indirectly_standardised_ratios(
        [30, nan, 3, 0, 4],
        [[5_000, 1_000], [5_000, 1_000], [nan, 1_000], [0, 0], [1_000, 0]],
        *STANDARD,
        reference="England 2021",
    )
    assert ratio.status.tolist() == [
        Status.GIVEN,
        Status.MISSING_INPUT,
        Status.MISSING_INPUT,
        Status.NO_POPULATION,
        Status.GIVEN,
    ]
    assert np.isnan(ratio.value).tolist() == [False, True, True, True, False]


def test_an_age_without_a_standard_matters_to_those_who_have_people_of_it_and_to_no_other() -> None:
    people = [[5_000, 1_000], [5_000, 0]]
    empty = indirectly_standardised_ratios([30, 3], people, [100, 0], [100_000, 0], reference="no old people")
    assert empty.status.tolist() == [Status.NOTHING_TO_COMPARE_WITH, Status.GIVEN]
    missing = indirectly_standardised_ratios([30, 3], people, [100, nan], [100_000, 60_000], reference="-")
    assert missing.status.tolist() == [Status.MISSING_INPUT, Status.GIVEN]
    assert missing.value[1] == empty.value[1] == pytest.approx(3 / 5)


def test_no_expected_events_is_nothing_to_compare_with() -> None:
    for standard in (([0, 900], [100_000, 60_000]), ([0, 0], [0, 0])):
        for method in (indirectly_standardised_ratios, indirectly_standardised_rates):
            found = method([3], [[1_000, 0]], *standard, reference="-")
            assert found.status.tolist() == [Status.NOTHING_TO_COMPARE_WITH]
            assert np.isnan([found.value[0], found.interval.lower[0], found.interval.upper[0]]).all()


@pytest.mark.parametrize("method", [indirectly_standardised_ratios, indirectly_standardised_rates])
@pytest.mark.parametrize(
    ("counts", "message"),
    [
        (([-1], [[1, 1]], *STANDARD), "events: found -1"),
        (([1], [[1, -1]], *STANDARD), "population: found -1"),
        (([1], [[1, 1]], [-1, 1], [1, 1]), "standard events: found -1"),
        (([1], [[1, 1]], [1, 1], [-1, 1]), "standard population: found -1"),
        (([1], [[0, 0]], *STANDARD), "a population of 0 can have no events"),
        (([1, 2], [[1, 1]], *STANDARD), r"groups and ages: found events of shape \(2,\)"),
        (([1], [[1, 1, 1]], *STANDARD), "groups × ages"),
        ((1, 1, 1, 1), "groups and ages"),
    ],
)
def test_wrong_numbers_are_refused(method: Callable[..., Estimates], counts: tuple[object, ...], message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        method(*counts, reference="England 2021")


def test_one_group_needs_no_dimension_of_its_own_and_a_multiple_of_nothing_is_refused() -> None:
    assert indirectly_standardised_ratios(30, [5_000, 1_000], *STANDARD, reference="-").value == pytest.approx(1.5)
    with pytest.raises(InputRefused, match="per: found 0"):
        indirectly_standardised_ratios(30, [5_000, 1_000], *STANDARD, reference="-", times=0)
