"""Life expectancy: by hand, against a published table, and at its edges."""

from math import nan, sqrt

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.life_expectancy import life_expectancies
from evenhand.stats.statuses import Status

AGES = (0, 1, 60)


def test_three_bands_come_out_as_worked_by_hand() -> None:
    """
    60 and over: M = 40/1,000 = 0.04; e = 25; V = 1/(40·0.04²) = 15.625
    1 to 60:     M = 20/10,000 = 0.002, n·M = 0.118, q = 0.118/(1 + 0.5·0.118) = 0.118/1.059 = 0.1114259
                 e = 59·(1 - 0.5·q) + (1 - q)·25 = 55.7129367 + 22.2143532 = 77.9272899
                 Var q = 59²·0.002·(1 - 0.059)/(10,000·1.059³) = 6.551242/11876.48379 = 0.000551615
                 V = (25 + 29.5)²·Var q + (1 - q)²·15.625 = 1.6384345 + 12.3369425 = 13.975377
    the infants: M = 5/1,000 = 0.005, q = 0.005/1.0045 = 0.00497760
                 e = 1 - 0.9·q + (1 - q)·77.9272899 = 78.5349227
                 Var q = 0.005·(1 - 0.0005)/(1,000·1.0045³) = 0.00000493057
                 V = (77.9272899 + 0.9)²·Var q + (1 - q)²·13.975377 = 0.0306374 + 13.8365961 = 13.8672335
    """
    found = life_expectancies([5, 20, 40], [1_000, 10_000, 1_000], AGES)
    np.testing.assert_allclose(found.value, [78.5349227, 77.9272899, 25], atol=1e-6)
    margins = 1.959964 * np.sqrt([13.8672335, 13.975377, 15.625])
    np.testing.assert_allclose(found.interval.upper - found.value, margins, rtol=1e-6)
    np.testing.assert_allclose(found.value - found.interval.lower, margins, rtol=1e-6)


# Reach each age of 100,000, and years still lived by all of them from it on: Statistics Singapore, Complete Life Tables
# for Singapore Resident Population 2005, table 7.
REACH = np.array([100_000, 99_771, 99_711, 99_662, 99_595, 99_463, 99_266, 99_075])
YEARS_FROM = np.array([8_007_308, 7_907_496, 7_508_537, 7_010_121, 6_512_000, 6_014_349, 5_517_515, 5_021_656])


def test_the_life_expectancies_of_singapore_in_2005_come_out_as_published() -> None:
    """In the stationary population of a life table the years lived in a band are its people; the last band is 30 on."""
    deaths, people = -np.diff(np.append(REACH, 0)), -np.diff(np.append(YEARS_FROM, 0))
    found = life_expectancies(deaths, people, (0, 1, 5, 10, 15, 20, 25, 30))
    assert found.value.round(1).tolist() == [80.1, 79.3, 75.3, 70.3, 65.4, 60.5, 55.6, 50.7]


def test_a_life_expectancy_carries_its_deaths_and_people_from_that_age_on_its_unit_and_its_method() -> None:
    found = life_expectancies([[5, 20, 40]], [[1_000, 10_000, 1_000]], AGES, confidence=0.9)
    assert found.numerator.tolist() == [[65, 60, 40]]
    assert found.denominator.tolist() == [[12_000, 11_000, 1_000]]
    assert (found.unit, found.confidence, found.reference) == ("years", 0.9, "")
    assert found.method == "abridged life table, Chiang II, variance of Silcocks"
    assert found.interval.upper[0, 2] == pytest.approx(25 + 1.6448536 * sqrt(15.625))


def test_what_stands_in_the_way_of_an_age_stands_in_the_way_of_those_before_it_and_of_no_other_area() -> None:
    good, people = [5, 20, 40], [1_000, 10_000, 1_000]
    areas = [
        (good, people, [Status.GIVEN] * 3),
        ([0, 0, 0], people, [Status.NO_EVENTS] * 3),
        ([5, 20, 0], people, [Status.NO_EVENTS_IN_OPEN_BAND] * 2 + [Status.NO_EVENTS]),
        (good, [1_000, 0, 1_000], [Status.NO_POPULATION] * 2 + [Status.GIVEN]),
        ([5, 20, 41], [1_000, 10_000, 40], [Status.MORE_EVENTS_THAN_PEOPLE] * 3),
        ([5, nan, 40], people, [Status.MISSING_INPUT] * 2 + [Status.GIVEN]),
        (good, [nan, 10_000, 1_000], [Status.MISSING_INPUT] + [Status.GIVEN] * 2),
        # 59 years at 0.04 a year: with half of the last band lived, 1.08 of every one would die
        ([5, 400, 40], people, [Status.NOT_DEFINED] * 2 + [Status.GIVEN]),
        ([0, 20, 40], people, [Status.GIVEN] * 3),
    ]
    deaths, population, expected = zip(*areas, strict=True)
    found = life_expectancies(deaths, population, AGES)
    assert found.status.tolist() == [list(row) for row in expected]
    without = found.status != Status.GIVEN
    for figures in (found.value, found.interval.lower, found.interval.upper):
        assert (np.isnan(figures) == without).all()
    np.testing.assert_allclose(found.value[0], found.value[0])
    np.testing.assert_allclose(found.value[3, 2], 25)


def test_a_band_in_which_exactly_everybody_dies_leaves_what_they_live_in_it() -> None:
    # 2 years at M = 1: q = 2/(1 + 0.5·2) = 1, and everybody lives one of the two years
    found = life_expectancies([10, 5], [10, 10], (0, 2))
    assert found.value.tolist() == [1, 2]
    assert found.interval.lower[0] == found.interval.upper[0] == 1


def test_infants_who_die_live_a_tenth_of_their_year_and_all_others_half_of_their_band() -> None:
    # M = 0.5 in the first band of n years, 1 after it: q = 0.5n/(1 + (1 - a)·0.5n), e = n·(1 - (1 - a)·q) + 1 - q
    infants = life_expectancies([50, 10], [100, 10], (0, 1)).value[0]
    q = 0.5 / (1 + 0.9 * 0.5)
    assert infants == pytest.approx(1 - 0.9 * q + 1 - q)
    for ages in ((0, 2), (5, 7)):
        q = 1 / (1 + 0.5 * 1)
        assert life_expectancies([50, 10], [100, 10], ages).value[0] == pytest.approx(2 * (1 - 0.5 * q) + 1 - q)


def test_ages_to_ninety_are_taken_where_none_are_given() -> None:
    assert life_expectancies(np.full(20, 5), np.full(20, 1_000)).value[19] == pytest.approx(200)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([5, 20], [1_000, 1_000], AGES), r"areas and ages: found deaths of shape \(2,\)"),
        (([5, 20, 40], [1_000, 1_000], AGES), r"population \(2,\) for 3 ages"),
        ((5, 10, AGES), "areas × ages"),
        (([5, -20, 40], [1_000] * 3, AGES), "deaths: found -20 at position 1"),
        (([5, 20, 40], [1_000, -1, 5], AGES), "population: found -1"),
        (([5, 20, 40], [1_000] * 3, (0, 60, 1)), r"starting ages: found \[0.0, 60.0, 1.0\]"),
        (([5, 20, 40], [1_000] * 3, (-1, 0, 1)), "none below 0"),
        (([5, 20, 40], [1_000] * 3, (0, 1, float("inf"))), "starting ages"),
        (([5], [1_000], (0,)), "two or more"),
        (([5], [1_000], 0), "two or more"),
    ],
)
def test_wrong_numbers_are_refused(arguments: tuple[object, ...], message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        life_expectancies(*arguments)  # type: ignore[arg-type] # wrong on purpose


def test_a_confidence_in_per_cent_is_refused() -> None:
    with pytest.raises(InputRefused, match="confidence: found 95"):
        life_expectancies([5, 20, 40], [1_000] * 3, AGES, confidence=95)
