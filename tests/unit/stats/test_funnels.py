"""Funnels by hand: where organisations lie, by chance alone and beyond their usual spread, and the edges."""

from collections.abc import Callable
from math import exp, nan, sqrt

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.arguments import critical_value
from evenhand.stats.funnel_limits import (
    EXACT_BINOMIAL,
    EXACT_POISSON,
    WILSON_INVERTED,
    proportion_limits,
    rate_limits,
    ratio_limits,
)
from evenhand.stats.funnels import Position, proportion_funnel, rate_funnel, ratio_funnel
from evenhand.stats.overdispersion import Extremes, Scale, Widening
from evenhand.stats.statuses import Status

Z = critical_value(0.95)

# Garwood's table: Garwood F. (1936), Biometrika 28, 437-442, table 1: 95 % limits of a count
GARWOOD = {1: (0.0253, 5.57), 5: (1.62, 11.67), 10: (4.80, 18.39), 20: (12.22, 30.89), 50: (37.11, 65.92)}


@pytest.mark.parametrize(("count", "of_count"), GARWOOD.items())
def test_a_count_stands_on_the_limit_where_its_published_interval_ends(
    count: int, of_count: tuple[float, float]
) -> None:
    low, high = of_count
    assert ratio_limits(high).lower * high == pytest.approx(count, abs=0.02)
    assert ratio_limits(low).upper * low == pytest.approx(count, abs=0.02)


def test_shares_by_hand() -> None:
    # 0.2 ± 1.96·√(0.2·0.8/100) = 0.2 ± 1.96·0.04; of 4 people 0.2 ± 1.96·0.2, cut at 0
    limits = proportion_limits([100, 4, 0], 0.2)
    np.testing.assert_allclose(limits.lower, [0.2 - Z * 0.04, 0, nan])
    np.testing.assert_allclose(limits.upper, [0.2 + Z * 0.04, 0.2 + Z * 0.2, nan])


def test_exact_shares_by_hand() -> None:
    """Two people at ½: even none or both (chance ¼) are no rarity at 95 %, so limits are 0 and 1. Five people at 0.9:
    P(X ≤ 2) = 0.0086 and P(X ≤ 3) = 0.0815, so that 2 of 5 is below and 3 of 5 is not."""
    limits = proportion_limits([2, 5], [0.5, 0.9], method=EXACT_BINOMIAL)
    np.testing.assert_allclose([limits.lower[0], limits.upper[0], limits.upper[1]], [0, 1, 1])
    assert 2 / 5 < limits.lower[1] < 3 / 5


def test_rates_are_ratios_times_the_target() -> None:
    # 40,000 people at 50 in 100,000: 20 expected
    rates, ratios = rate_limits(40_000, 50), ratio_limits(20)
    assert rates.lower == pytest.approx(ratios.lower * 50)
    assert rates.upper == pytest.approx(ratios.upper * 50)
    assert rates.lower == pytest.approx(ratio_limits(40_000, target=0.0005).lower * 100_000)


def test_where_none_is_no_rarity_the_lower_limit_is_0_and_where_one_is_the_upper_lies_below_it() -> None:
    limits = ratio_limits([3.0, 4.0, 0.02, 0])  # P(none) = 0.0498, 0.018; P(at least one of 0.02) = 0.0198
    assert limits.lower[0] == 0
    assert limits.lower[1] > 0
    assert limits.upper[2] * 0.02 == pytest.approx(0.975 / exp(-0.02))
    assert np.isnan([limits.lower[3], limits.upper[3]]).all()
    assert 0 < proportion_limits(1, 0.01, method=EXACT_BINOMIAL).upper < 1


def test_organisations_are_placed_and_words_blame_nobody() -> None:
    # exact intervals of counts around 20: 11 ends at 19.7, 8 at 15.8 and at 99.8 % 4 at 14.8; 31 begins at 21.1
    funnel = ratio_funnel([20, 11, 4, 31, 45], 20)
    assert funnel.by_chance.position.tolist() == [0, -1, -2, 1, 2]
    assert [Position(place).words for place in funnel.by_chance.position.tolist()] == [
        "about what chance allows",
        "lower than chance gives once in 40",
        "lower than chance gives once in 1,000",
        "higher than chance gives once in 40",
        "higher than chance gives once in 1,000",
    ]
    assert (funnel.form.method, funnel.form.unit, float(funnel.target)) == (EXACT_POISSON, "ratio", 1)
    # five organisations are too few to know their usual spread
    assert funnel.beyond_usual_spread.position.tolist() == [Position.NOT_PLACED] * 5
    assert funnel.beyond_usual_spread.status.tolist() == [Status.TOO_FEW_GROUPS] * 5
    assert Position.NOT_PLACED.words == "not placed"


def test_p_values_are_twice_the_smaller_tail_and_mid_p_counts_half_of_the_very_count() -> None:
    # none of an expected 3: P = e⁻³; one: e⁻³·(1 + 3)
    exact, mid = (ratio_funnel([0, 1, 3], 3, mid_p=half).by_chance.p_value for half in (False, True))
    np.testing.assert_allclose(exact, [2 * exp(-3), 8 * exp(-3), 1])
    np.testing.assert_allclose(mid[:2], [exp(-3), 5 * exp(-3)])
    wilson = [proportion_funnel([16, 24], 100, target=0.2, mid_p=half).by_chance.p_value for half in (False, True)]
    np.testing.assert_allclose(wilson[0], wilson[1])  # no count has a chance of its own there
    np.testing.assert_allclose(wilson[0], 0.3173105078629141)  # z = ±1


def test_whatever_the_multiplier_no_limit_is_beyond_everybody() -> None:
    for per in (1, 100, 1_000):
        funnel = proportion_funnel([9, 8, 9, 10], [10, 10, 10, 10], per=per)
        assert funnel.by_chance.limits.outer.upper.tolist() == [per] * 4
        assert float(funnel.target) == pytest.approx(0.9 * per)
    assert funnel.form.unit == "per 1,000"
    stated = proportion_funnel([1, 2], [10, 10], target=20, per=100)
    np.testing.assert_allclose(stated.by_chance.limits.inner.upper, 20 + 100 * Z * sqrt(0.2 * 0.8 / 10))


COUNTS = (16, 16, 25, 25, 25, 25, 25, 25, 36, 49)  # of 25 expected; φ and τ² by hand in test_overdispersion


def test_beyond_the_usual_spread_by_hand() -> None:
    """τ² = 7.84/900 on the root: √(0.01 + 0.00871) = 0.1368. 1.4 lies 2.92 of these from 1, beyond 95 % and within
    99.8 %; by chance alone it lies 4 standard errors out."""
    funnel = ratio_funnel(COUNTS, 25)
    assert funnel.by_chance.position[-1] == Position.FAR_ABOVE
    assert funnel.beyond_usual_spread.position.tolist() == [0] * 9 + [Position.ABOVE]
    s = sqrt(0.01 + 7.84 / 900)
    assert funnel.beyond_usual_spread.limits.inner.upper[0] == pytest.approx((1 + Z * s) ** 2)
    assert funnel.beyond_usual_spread.limits.inner.lower[0] == pytest.approx((1 - Z * s) ** 2)
    np.testing.assert_allclose(funnel.widened_curve([25]).inner.upper, (1 + Z * s) ** 2)
    assert funnel.beyond_usual_spread.method == "additive over-dispersion on the square root, winsorised"
    by_factor = ratio_funnel(COUNTS, 25, widening=Widening.MULTIPLICATIVE, extremes=Extremes.KEPT)
    np.testing.assert_allclose(by_factor.widened_curve([100]).inner.upper, (1 + Z * 0.05 * sqrt(2.8)) ** 2)


def test_without_a_spread_the_limits_are_those_of_chance() -> None:
    for widening in Widening:
        funnel = ratio_funnel([24, 25, 26, 25, 25, 27, 25, 23, 25, 25], 25, widening=widening)
        np.testing.assert_array_equal(
            funnel.beyond_usual_spread.limits.inner.upper, funnel.by_chance.limits.inner.upper
        )
        np.testing.assert_array_equal(funnel.beyond_usual_spread.p_value, funnel.by_chance.p_value)
        np.testing.assert_array_equal(funnel.widened_curve([5, 50]).outer.lower, funnel.curve([5, 50]).outer.lower)


def test_a_zero_count_is_placed_on_every_scale() -> None:
    for scale in (Scale.SQUARE_ROOT, Scale.LOGARITHM):
        funnel = rate_funnel([0, *COUNTS], 25_000, per=1_000, scale=scale)
        assert funnel.by_chance.position[0] == Position.FAR_BELOW
        assert funnel.beyond_usual_spread.position[0] < 0
        assert (funnel.value[0], funnel.form.unit) == (0, "per 1,000")
    assert proportion_funnel([0, 20], [40, 40], method=EXACT_BINOMIAL).by_chance.position.tolist() == [-2, 2]


def test_settings_are_each_their_own_and_missing_organisations_touch_no_other() -> None:
    events = [[16, 25, nan, 36], [0, 0, 0, 0], [8, 9, 0, 7]]
    people = [[100, 100, 100, 100], [100, 100, 100, 100], [10, 10, 0, 10]]
    funnel = proportion_funnel(events, people)
    alone = proportion_funnel(events[0], people[0])
    np.testing.assert_array_equal(funnel.by_chance.position[0], alone.by_chance.position)
    assert funnel.by_chance.status.tolist() == [
        [0, 0, Status.MISSING_INPUT, 0],
        [Status.NO_EVENTS] * 4,
        [0, 0, Status.NO_POPULATION, 0],
    ]
    np.testing.assert_allclose(funnel.target, [77 / 300, nan, 0.8])
    assert funnel.curve([10, 20, 30]).inner.upper.shape == (3, 3)
    assert (funnel.by_chance.position[1] == Position.NOT_PLACED).all()


def test_where_everybody_of_every_organisation_had_the_event_there_is_nothing_to_place() -> None:
    placed = proportion_funnel([5, 9], [5, 9]).by_chance
    assert placed.status.tolist() == [Status.NOT_DEFINED] * 2
    assert placed.position.tolist() == [Position.NOT_PLACED] * 2
    assert placed.method == WILSON_INVERTED


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: proportion_limits(10, 1), "target: found 1; a share above 0 and below 1"),
        (lambda: proportion_limits(10, 0.5, method="Wald"), "method: found 'Wald'; 'Wilson inverted' or"),
        (lambda: proportion_funnel([1, 2], 4, method="Wald"), "method: found 'Wald'"),
        (lambda: ratio_limits(-1), "expected events: found -1"),
        (lambda: ratio_limits(1, target=0), "target: found 0; a finite number above 0"),
        (lambda: ratio_limits(1, confidence=95), "confidence: found 95"),
        (lambda: rate_limits(1, 1, per=0), "per: found 0"),
        (lambda: ratio_funnel(3, 4), "organisations: found a single number"),
        (lambda: rate_funnel([3, 4], 5, scale=Scale.ARCSINE), "which is for shares"),
        (lambda: proportion_funnel([3, 4], 5, target=1.2), "target: found 1.2"),
        (lambda: ratio_funnel([1, 2], 3).curve([-1]), "size: found -1"),
    ],
)
def test_wrong_input_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        call()
