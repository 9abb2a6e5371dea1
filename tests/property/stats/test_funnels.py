"""Funnels place whole counts as sums of probabilities do, positions agree with limits, and chance is seldom outside."""

from math import nan

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats import plain_funnels as plain

from evenhand.stats.funnel_limits import (
    EXACT_BINOMIAL,
    WILSON_INVERTED,
    proportion_limits,
    rate_limits,
    ratio_limits,
)
from evenhand.stats.funnels import Funnel, Position, proportion_funnel, rate_funnel, ratio_funnel
from evenhand.stats.overdispersion import (
    Extremes,
    Scale,
    Widening,
    over_dispersion,
    proportion_scores,
    ratio_scores,
)
from evenhand.stats.proportions import wilson_intervals
from evenhand.stats.statuses import Status

LEVELS = [0.8, 0.95, 0.998]


@examples(150)
@given(
    expected=st.floats(0.005, 60),
    target=st.floats(0.2, 3),
    events=st.integers(0, 90),
    confidence=st.sampled_from(LEVELS),
)
def test_a_count_is_outside_exact_limits_when_so_many_or_so_few_are_rare(
    expected: float, target: float, events: int, confidence: float
) -> None:
    tail, mean = (1 - confidence) / 2, expected * target
    chances = (plain.poisson_at_most(events, mean), 1 - plain.poisson_at_most(events, mean))
    assume(all(abs(chance - tail) > 1e-9 for chance in chances))
    limits = ratio_limits(expected, target=target, confidence=confidence)
    side = plain.side(events, lambda x: plain.poisson_at_most(x, mean), tail)
    assume(abs(1 - plain.poisson_at_most(max(events - 1, 0), mean) - tail) > 1e-9)
    ratio = events / expected
    assert int(ratio > limits.upper) - int(ratio < limits.lower) == side


@examples(150)
@given(
    people=st.integers(1, 60), target=st.floats(0.01, 0.99), share=st.floats(0, 1), confidence=st.sampled_from(LEVELS)
)
def test_a_part_is_outside_exact_limits_when_so_many_or_so_few_are_rare(
    people: int, target: float, share: float, confidence: float
) -> None:
    tail, events = (1 - confidence) / 2, round(share * people)
    side = plain.side(events, lambda x: plain.binomial_at_most(x, people, target), tail)
    assume(abs(plain.binomial_at_most(events, people, target) - tail) > 1e-9)
    assume(abs(1 - plain.binomial_at_most(events - 1, people, target) - tail) > 1e-9)
    limits = proportion_limits(people, target, confidence=confidence, method=EXACT_BINOMIAL)
    assert int(events / people > limits.upper) - int(events / people < limits.lower) == side


@examples(100)
@given(people=st.integers(1, 5_000), target=st.floats(0.001, 0.999), confidence=st.sampled_from(LEVELS))
def test_the_wilson_interval_of_a_limit_just_reaches_the_target(people: int, target: float, confidence: float) -> None:
    limits = proportion_limits(people, target, confidence=confidence)
    if limits.lower > 0:
        reached = wilson_intervals(limits.lower * people, people, confidence=confidence)
        assert reached.upper == pytest.approx(target, rel=1e-7)
    if limits.upper < 1:
        reached = wilson_intervals(limits.upper * people, people, confidence=confidence)
        assert reached.lower == pytest.approx(target, rel=1e-7)


@examples(60)
@given(size=st.floats(0.5, 500), target=st.floats(0.05, 0.9))
def test_limits_nest_by_confidence_and_close_in_with_size(size: float, target: float) -> None:
    for method in (WILSON_INVERTED, EXACT_BINOMIAL):
        inner, outer = (proportion_limits(size, target, confidence=level, method=method) for level in (0.95, 0.998))
        assert outer.lower <= inner.lower <= target <= inner.upper <= outer.upper
    inner, outer = (ratio_limits(size, target=target, confidence=level) for level in (0.95, 0.998))
    assert outer.lower <= inner.lower <= target <= inner.upper <= outer.upper
    larger = ratio_limits(size * 4, target=target)
    assert larger.upper < inner.upper
    rates = rate_limits(size / target, target * 1000, per=1000)
    assert rates.upper == pytest.approx(ratio_limits(size).upper * target * 1000)


@st.composite
def organisations_of(draw: st.DrawFn) -> list[tuple[float, float]]:
    """Parts and wholes of 12 to 25 organisations, of which one may not be known and another may serve nobody."""
    people = draw(st.lists(st.integers(100, 2_000), min_size=12, max_size=25))
    found = [(float(draw(st.integers(1 if place == 2 else 0, 100))), float(n)) for place, n in enumerate(people)]
    found[0] = draw(st.sampled_from([found[0], (nan, found[0][1]), (3.0, nan)]))
    found[1] = draw(st.sampled_from([found[1], (0.0, 0.0)]))
    return found


SHARES = organisations_of()


@examples(60)
@given(organisations=SHARES)
def test_over_dispersion_of_shares_is_that_of_the_slow_twin(organisations: list[tuple[float, float]]) -> None:
    events, people = (list(map(float, column)) for column in zip(*organisations, strict=True))
    z, s = plain.arcsine_scores(events, people)
    scores = proportion_scores([events, events], [people, people])
    np.testing.assert_allclose(scores.z[1], z, rtol=1e-9, atol=1e-9)
    for extremes, treated in (
        (Extremes.WINSORISED, plain.winsorised(z, 0.1)),
        (Extremes.TRIMMED, plain.trimmed(z, 0.1)),
        (Extremes.KEPT, z),
    ):
        found = over_dispersion(scores, extremes=extremes)
        phi, tau2 = plain.factor_and_variance(treated, s)
        np.testing.assert_allclose(found.z[0], treated, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(found.factor, [phi, phi], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(found.variance, [tau2, tau2], rtol=1e-7, atol=1e-12)


@examples(40)
@given(organisations=SHARES)
def test_positions_and_limits_tell_the_same(organisations: list[tuple[float, float]]) -> None:
    events, people = (list(map(float, column)) for column in zip(*organisations, strict=True))
    for funnel in (
        proportion_funnel(events, people),
        proportion_funnel(events, people, method=EXACT_BINOMIAL, widening=Widening.MULTIPLICATIVE, per=100),
        rate_funnel(events, people, scale=Scale.LOGARITHM, extremes=Extremes.KEPT),
        rate_funnel([events, events], [people, people]),
    ):
        _agrees_with_its_limits(funnel)


def _agrees_with_its_limits(funnel: Funnel) -> None:
    for placed in (funnel.by_chance, funnel.beyond_usual_spread):
        has_place = placed.status == Status.GIVEN
        assert (placed.position[~has_place] == Position.NOT_PLACED).all()
        inner, outer = placed.limits.inner, placed.limits.outer
        # a figure within rounding of its limit may fall on either side of it
        clear = np.full(funnel.value.shape, True)
        for limit in (inner.lower, inner.upper, outer.lower, outer.upper):
            clear &= ~np.isclose(funnel.value, limit, rtol=1e-9, atol=1e-12)
        counted_none = (funnel.events == 0) & (placed.method.find("logarithm") >= 0)  # stands as a half there
        chosen = has_place & clear & ~counted_none
        by_limits = np.zeros(funnel.value.shape, dtype=int)
        for limits in (inner, outer):
            by_limits += (funnel.value > limits.upper).astype(int) - (funnel.value < limits.lower).astype(int)
        assert placed.position[chosen].tolist() == by_limits[chosen].tolist()


@examples(30)
@given(size=st.floats(5, 5_000), target=st.floats(0.02, 0.98), seed=st.integers(0, 9))
def test_widened_limits_go_back_from_the_arcsine(size: float, target: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    funnel = proportion_funnel(random.binomial(200, random.uniform(0.1, 0.9, 20)), 200.0, target=target)
    variance = float(funnel.over_dispersion.variance)
    assert variance > 0
    curve = funnel.widened_curve([size])
    np.testing.assert_allclose(
        (curve.outer.lower[0], curve.outer.upper[0]),
        plain.widened_share_limits(size, target, variance, 0.998),
        rtol=1e-9,
        atol=1e-12,
    )


# --------------------------------------------------------------------------------------------- what chance alone does


def test_how_many_lie_outside_by_chance_alone() -> None:
    """Exact limits leave out less than 2.5 % on either side; the interval of a count, which some take, does not."""
    random = np.random.default_rng(11)
    few = random.poisson(5.0, 400_000)
    limits = ratio_limits(5.0)
    assert (few / 5 < limits.lower).mean() == pytest.approx(0.0067, abs=0.001)
    assert (few / 5 > limits.upper).mean() == pytest.approx(0.0137, abs=0.001)
    many = random.poisson(20.0, 400_000)
    limits = ratio_limits(20.0)
    assert (many / 20 < limits.lower).mean() == pytest.approx(0.0214, abs=0.001)
    assert (many / 20 > limits.upper).mean() == pytest.approx(0.0218, abs=0.001)
    shares = random.binomial(100, 0.03, 400_000) / 100
    wilson = proportion_limits(100, 0.03)
    assert (shares < wilson.lower).mean() == 0
    assert (shares > wilson.upper).mean() == pytest.approx(0.0312, abs=0.001)


def test_mid_p_is_right_on_average_where_the_exact_p_is_too_large() -> None:
    random = np.random.default_rng(12)
    events = random.poisson(8.0, (300, 20))
    exact, mid = (ratio_funnel(events, 8.0, mid_p=half).by_chance for half in (False, True))
    assert exact.p_value.mean() == pytest.approx(0.58, abs=0.02)
    assert mid.p_value.mean() == pytest.approx(0.50, abs=0.02)
    np.testing.assert_array_equal(exact.position, mid.position)


@pytest.mark.parametrize(
    ("true_factor", "extremes", "found_factor"),
    [
        (1, Extremes.WINSORISED, 0.69),
        (2, Extremes.WINSORISED, 1.37),
        (1, Extremes.TRIMMED, 0.47),
        (2, Extremes.TRIMMED, 0.95),
        (1, Extremes.KEPT, 1.0),
        (2, Extremes.KEPT, 2.0),
    ],
)
def test_extremes_set_aside_make_the_factor_smaller_than_it_is(
    true_factor: float, extremes: Extremes, found_factor: float
) -> None:
    """Expected events of 400 and organisations that differ by a variance of (φ - 1)/400 besides chance."""
    random = np.random.default_rng(13)
    truth = 1 + random.normal(0, ((true_factor - 1) / 400) ** 0.5, (3_000, 40))
    scores = ratio_scores(random.poisson(400 * truth), 400.0)
    assert over_dispersion(scores, extremes=extremes).factor.mean() == pytest.approx(found_factor, abs=0.03)


def test_limits_beyond_the_usual_spread_find_the_one_that_is_unusual() -> None:
    """Forty organisations with a spread of a tenth, one of them at 1.8: by chance alone every third is outside."""
    random = np.random.default_rng(14)
    truth = np.exp(random.normal(0, 0.1, (500, 40)))
    truth[:, 0] = 1.8
    funnel = ratio_funnel(random.poisson(300 * truth), 300.0)
    others_by_chance = (funnel.by_chance.position[:, 1:] != 0).mean()
    others_beyond = (funnel.beyond_usual_spread.position[:, 1:] != 0).mean()
    assert others_by_chance > 0.25
    assert others_beyond < 0.12
    assert (funnel.beyond_usual_spread.position[:, 0] == Position.FAR_ABOVE).mean() > 0.95
