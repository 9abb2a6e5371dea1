"""Empirical Bayes: a published example, cases by hand, and what is said where nothing can be shrunk."""

from collections.abc import Callable
from math import exp, inf, log, nan, sqrt

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.arguments import critical_value
from evenhand.stats.estimates import RATIO
from evenhand.stats.intervals import IntervalArray
from evenhand.stats.ratios import rate_ratios
from evenhand.stats.shrinkage import (
    GAMMA_POISSON,
    NORMAL,
    ranks,
    shrunken_event_ratios,
    shrunken_ratios,
    shrunken_values,
    standard_errors_from_intervals,
)
from evenhand.stats.statuses import Status

# Eight schools: Rubin D. B. (1981), Estimation in parallel randomized experiments, J. Educ. Stat. 6, 377-401, table 1
EFFECTS = (28, 8, -3, 7, -1, 1, 18, 12)
ERRORS = (15, 10, 16, 11, 9, 11, 10, 18)


def test_eight_schools_have_a_pooled_mean_of_eight_and_no_spread_beyond_chance() -> None:
    """The pooled mean 7.7 (standard error 4.1) and τ = 0 at the maximum are those of Gelman and others, Bayesian Data
    Analysis (3rd ed., section 5.5). With τ = 0 each school moves Morris's 5/7 of the way."""
    found = shrunken_values(EFFECTS, ERRORS)
    assert found.centre == pytest.approx(7.69, abs=0.01)
    assert (found.spread, found.groups) == (0, 8)
    np.testing.assert_allclose(found.share, 5 / 7)
    assert found.value[0] == pytest.approx(28 - 5 / 7 * (28 - 7.6856), abs=1e-3)  # 13.49
    assert found.method == NORMAL
    assert ranks(found.value).tolist() == ranks(EFFECTS).tolist()


def test_equal_errors_by_hand() -> None:
    """y = -2 -1 0 1 2 with error 1: k = 5, Σ(y - 0)² = 10 = (k - 1)(1 + τ²), so τ² = 1.5 and w = 0.4.

    Share (5 - 3)/(5 - 1) · 1 · 0.4 = 0.2. For y = 2: 2 - 0.2·2 = 1.6, with variance
    1·(1 - 0.2) + 0.2·0.4/2 + 2/2·0.2²·2.5·0.4·4 = 0.8 + 0.04 + 0.16 = 1.
    """
    found = shrunken_values([-2, -1, 0, 1, 2], 1)
    assert found.centre == pytest.approx(0, abs=1e-12)
    assert found.spread == pytest.approx(sqrt(1.5))
    np.testing.assert_allclose(found.share, 0.2)
    assert found.value[-1] == pytest.approx(1.6)
    assert found.interval.upper[-1] == pytest.approx(1.6 + critical_value(0.95))
    assert found.interval.lower[-1] == pytest.approx(1.6 - critical_value(0.95))
    # towards a stated 0: Σy² = 10 = 5·(1 + τ²), τ² = 1, w = ½, share 3/5 · ½ = 0.3, one term fewer
    stated = shrunken_values([-2, -1, 0, 1, 2], 1, centre=0)
    assert stated.value[-1] == pytest.approx(1.4)
    half = critical_value(0.95) * sqrt(1 - 0.3 + 2 / 3 * 0.3**2 * 2 * 0.5 * 4)
    assert stated.interval.upper[-1] == pytest.approx(1.4 + half)


def test_events_by_hand() -> None:
    """O = 0 10 20 30 of E = 10 each: m = 1.5, V = 0.15, Σ(y - 1.5)² = 5 = 3(0.15 + τ²), τ² = 1.51667, w = 0.6.

    Share 1/3 · 0.15 · 0.6 = 0.03: none of 10 becomes 0.045, 30 of 10 becomes 2.955.
    """
    found = shrunken_event_ratios([0, 10, 20, 30], 10)
    np.testing.assert_allclose(found.raw, [0, 1, 2, 3])
    np.testing.assert_allclose(found.value, [0.045, 1.015, 1.985, 2.955])
    np.testing.assert_allclose(found.share, 0.03)
    assert found.centre == pytest.approx(1.5)
    assert (found.interval.lower > 0).all()
    assert (found.method, found.unit) == (GAMMA_POISSON, RATIO)


def test_two_settings_are_each_their_own_and_a_missing_group_touches_no_other() -> None:
    values = [[-2.0, -1, 0, 1, 2, nan], [5.0, nan, 5.5, 7, 4, 8]]
    errors = [[1.0, 1, 1, 1, 1, 1], [1, 1, 2, 1, nan, 1]]
    found = shrunken_values(values, errors)
    np.testing.assert_allclose(found.value[0, :5], shrunken_values([-2, -1, 0, 1, 2], 1).value)
    assert found.groups.tolist() == [5, 4]
    assert found.status.tolist() == [[0, 0, 0, 0, 0, Status.MISSING_INPUT], [0, 2, 0, 0, 2, 0]]
    assert np.isnan(found.value[found.status != 0]).all()
    assert not np.isnan(found.value[found.status == 0]).any()


def test_too_few_groups_are_not_shrunk_and_say_so() -> None:
    found = shrunken_values([1.0, 2.0, 3.0], 1)
    assert np.isnan(found.value).all()
    assert found.raw.tolist() == [1, 2, 3]
    assert found.status.tolist() == [Status.TOO_FEW_GROUPS] * 3
    assert np.isnan(found.centre)
    assert not np.isnan(shrunken_values([1.0, 2.0, 3.0], 1, centre=1).value).any()
    assert np.isnan(shrunken_values([1.0, 2.0], 1, centre=1).value).all()


def test_a_centre_may_differ_from_setting_to_setting_and_may_be_missing() -> None:
    found = shrunken_values([[1.0, 2, 3], [1.0, 2, 3], [1.0, 2, 3]], 1, centre=[1, 2, nan])
    np.testing.assert_array_equal(found.centre, [1, 2, nan])
    assert found.value[0, 2] < found.value[1, 2]
    assert found.status[2].tolist() == [Status.MISSING_INPUT] * 3


def test_settings_without_events_or_expectation_say_why() -> None:
    found = shrunken_event_ratios(
        [[0, 0, 0, 0], [1, 2, 3, 0], [nan, 2, 3, 4], [1, 2, 3, 4]],
        [[1, 1, 1, 1], [1, 2, 3, 0], [1, 1, 1, 1], [1, 2, 3, 4]],
    )
    few, missing, nobody = Status.TOO_FEW_GROUPS, Status.MISSING_INPUT, Status.NO_POPULATION
    assert found.status.tolist() == [[Status.NO_EVENTS] * 4, [few, few, few, nobody], [missing, few, few, few], [0] * 4]
    assert np.isnan(found.value[:3]).all()
    np.testing.assert_allclose(found.value[3], 1)  # all as expected, and none of them moves
    # with a centre that is stated, no event in three groups is information
    stated = shrunken_event_ratios([0, 0, 0], 1, centre=1)
    np.testing.assert_allclose(stated.value, 1 / 3)


def test_ratios_are_shrunk_on_the_logarithm_and_keep_their_reference() -> None:
    ratios = rate_ratios([0, 30, 50, 60, 90, nan], 100, 500, 1000, reference="all others")
    found = shrunken_ratios(ratios)
    assert found.status.tolist() == [Status.NOT_DEFINED, 0, 0, 0, 0, Status.MISSING_INPUT]
    on_log = shrunken_values(
        np.log(ratios.value[1:5]), standard_errors_from_intervals(ratios.value, ratios.interval)[1:5]
    )
    np.testing.assert_allclose(found.value[1:5], np.exp(on_log.value))
    np.testing.assert_allclose(found.interval.upper[1:5], np.exp(on_log.interval.upper))
    assert found.centre == pytest.approx(exp(on_log.centre))
    assert (found.reference, found.unit) == ("all others", RATIO)
    np.testing.assert_array_equal(found.raw, ratios.value)
    towards_one = shrunken_ratios(ratios, centre=1)
    assert towards_one.centre == 1


def test_standard_errors_come_from_either_side_of_an_interval() -> None:
    z = critical_value(0.9)
    lower, upper = np.array([exp(-0.2), 0.0, 1.5, 0.0, 0.0]), np.array([exp(0.4), exp(0.3), inf, 3.0, inf])
    errors = standard_errors_from_intervals([1.0, 1.0, 2.0, 0.0, 1.0], IntervalArray(lower, upper), confidence=0.9)
    np.testing.assert_allclose(errors, [0.3 / z, 0.3 / z, log(2 / 1.5) / z, nan, nan])


def test_ranks_share_the_better_place_and_leave_the_missing_out() -> None:
    np.testing.assert_array_equal(ranks([3, 1, 3, nan, 5]), [2, 4, 2, nan, 1])
    np.testing.assert_array_equal(ranks([3, 1, 3, nan, 5], highest_first=False), [2, 1, 2, nan, 4])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: shrunken_values([1, inf], 1), "value: found inf at position 1"),
        (lambda: shrunken_values([1, 2], 0), "standard error: found 0"),
        (lambda: shrunken_values(1, 1), "groups: found a single number"),
        (lambda: shrunken_values([1, 2, 3], [1, 2]), r"groups: found shapes \(3,\) and \(2,\)"),
        (lambda: shrunken_values([[1, 2], [3, 4]], 1, centre=[1, 2, 3]), r"centre: found shape \(3,\)"),
        (lambda: shrunken_values([1, 2], 1, centre=inf), "centre: found inf"),
        (lambda: shrunken_event_ratios([1, 2], 1, centre=0), "centre: found 0; a ratio above 0"),
        (lambda: shrunken_event_ratios([1, 2], [1, 0]), "population of 0 can have no events"),
    ],
)
def test_wrong_input_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        call()
