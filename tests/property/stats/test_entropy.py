"""Theil's T and the mean log deviation: plain twins, decomposition, noise to the second order, coverage."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats import plain_entropy as plain
from tests.property.stats.noisy_settings import (
    DESIGNS,
    SETTING,
    Method,
    Setting,
    coverage,
    coverage_from_counts,
)

from evenhand.stats.dispersion import coefficients_of_variation
from evenhand.stats.entropy import (
    mean_log_deviation_standard_errors,
    mean_log_deviations,
    theil_decomposition,
    theil_indices,
    theil_standard_errors,
)
from evenhand.stats.simulation import NOT_SIMULATED, Simulation

pytestmark = pytest.mark.slow

METHODS = [theil_indices, mean_log_deviations]
TWINS = [
    (theil_indices, theil_standard_errors, plain.theil),
    (mean_log_deviations, mean_log_deviation_standard_errors, plain.mean_log_deviation),
]


@given(setting=SETTING)
@examples(100)
def test_values_are_those_of_the_plain_twins(setting: Setting) -> None:
    value, standard_error, population = setting
    for method, _, twin in TWINS:
        ours = method(value, standard_error, population, simulation=NOT_SIMULATED)
        assert ours.value[0] == pytest.approx(1000 * twin(value, population), rel=1e-9, abs=1e-9)


@given(setting=SETTING)
@examples(60)
def test_bias_and_standard_error_are_those_of_the_derivatives(setting: Setting) -> None:
    value, _, population = setting
    standard_error = [y / 20 for y in value]
    for method, errors, twin in TWINS:
        ours = method(value, standard_error, population, simulation=NOT_SIMULATED)
        bias = 1000 * plain.second_order_bias(twin, value, standard_error, population)
        if bias > 1e-6:
            assert ours.corrected[0] == pytest.approx(max(0.0, ours.value[0] - bias), rel=1e-4, abs=1e-3)
        else:  # the second order says none or less, and noise is not taken for none
            assert 0 <= ours.corrected[0] < ours.value[0] + 1e-9
            assert ours.interval.upper[0] > ours.interval.lower[0]
        variance = plain.delta_variance(twin, value, standard_error, population)
        assert errors(value, standard_error, population)[0] == pytest.approx(1000 * variance**0.5, rel=1e-5, abs=1e-4)


@given(setting=SETTING, data=st.data())
@examples(100)
def test_theil_is_the_sum_of_within_and_between_larger_groups(setting: Setting, data: st.DataObject) -> None:
    value, _, population = setting
    larger = data.draw(st.lists(st.sampled_from("ABC"), min_size=len(value), max_size=len(value)))
    parts = theil_decomposition([value, value[::-1]], [population, population[::-1]], larger_group=larger)
    np.testing.assert_allclose(parts.total, parts.within + parts.between, rtol=1e-9, atol=1e-9)
    between, within = plain.theil_between_and_within(value, population, larger)
    np.testing.assert_allclose([parts.between[0], parts.within[0]], [1000 * between, 1000 * within], atol=1e-9)
    assert parts.between[0] >= -1e-9
    assert parts.within[0] >= -1e-9


@given(setting=SETTING, seed=st.integers(0, 2**32 - 1), factor=st.floats(0.001, 1_000))
@examples(30)
def test_neither_unit_nor_order_matters(setting: Setting, seed: int, factor: float) -> None:
    value, standard_error, population = (np.array(row, dtype=float) for row in setting)
    order = np.random.default_rng(seed).permutation(len(value))
    for method in METHODS:
        one = method(value, standard_error, population, simulation=Simulation(draws=50))
        two = method(
            factor * value[order], factor * standard_error[order], population[order], simulation=Simulation(draws=50)
        )
        for ours, other in (
            (one.value, two.value),
            (one.corrected, two.corrected),
            (one.interval.lower, two.interval.lower),
            (one.interval.upper, two.interval.upper),
            (one.null_upper, two.null_upper),
        ):
            np.testing.assert_allclose(other, ours, rtol=1e-6, atol=1e-6)


@given(setting=SETTING)
@examples(30)
def test_limits_nest_by_confidence_around_the_corrected_measure(setting: Setting) -> None:
    for method in METHODS:
        intervals = [
            method(*setting, confidence=confidence, simulation=NOT_SIMULATED) for confidence in (0.5, 0.8, 0.95, 0.99)
        ]
        slack = 1e-6 * intervals[-1].interval.upper[0]
        assert np.all(np.diff([one.interval.lower[0] for one in intervals]) <= slack)
        assert np.all(np.diff([one.interval.upper[0] for one in intervals]) >= -slack)
        wide = intervals[-1]
        assert wide.interval.lower[0] - slack <= wide.corrected[0] <= wide.interval.upper[0] + slack


@given(setting=SETTING, people=st.integers(1, 500))
@examples(30)
def test_two_groups_of_one_value_may_be_merged(setting: Setting, people: int) -> None:
    value, standard_error, population = setting
    for method in METHODS:
        apart = method([value[0], *value], [0.1, *standard_error], [people, *population], simulation=NOT_SIMULATED)
        merged = method(value, standard_error, [people + population[0], *population[1:]], simulation=NOT_SIMULATED)
        np.testing.assert_allclose(apart.value, merged.value, rtol=1e-9, atol=1e-9)


@given(setting=SETTING)
@examples(30)
def test_equal_values_give_0_and_an_interval_from_0(setting: Setting) -> None:
    _, standard_error, population = setting
    for method in METHODS:
        ours = method([7.3] * len(population), standard_error, population, simulation=Simulation(draws=50))
        assert ours.value[0] == ours.corrected[0] == ours.interval.lower[0] == 0
        assert ours.interval.upper[0] > 0


@given(setting=SETTING)
@examples(50)
def test_small_inequality_is_half_the_squared_coefficient_of_variation(setting: Setting) -> None:
    value, _, population = setting
    near = [100 + y / 50 for y in value]
    variation = coefficients_of_variation(near, 0.0, population, simulation=NOT_SIMULATED).value[0] / 100
    assume(variation > 1e-5)
    for method in METHODS:
        ours = method(near, 0.0, population, simulation=NOT_SIMULATED).value[0]
        assert ours == pytest.approx(1000 * variation**2 / 2, rel=0.02)


@pytest.mark.parametrize(("groups", "sizes", "who", "spread"), DESIGNS)
@pytest.mark.parametrize("method", METHODS)
def test_95_per_cent_intervals_cover_93_to_97(method: Method, groups: int, sizes: str, who: str, spread: float) -> None:
    assert 0.93 <= coverage(method, groups, sizes, who, spread)[0] <= 0.975


@pytest.mark.parametrize("method", METHODS)
def test_without_any_inequality_intervals_hold_in_95_per_cent_or_more(method: Method) -> None:
    for groups in (5, 16, 34):
        assert coverage(method, groups, "falling", "any", 0.0, settings=1_000)[0] >= 0.95


def test_with_standard_errors_of_a_fifth_of_the_values_intervals_are_too_wide() -> None:
    assert coverage(mean_log_deviations, 16, "equal", "any", 0.5, noise=0.25, settings=1_000)[0] >= 0.975


def test_the_delta_method_fails_where_groups_hardly_differ() -> None:
    """16 equal groups without any difference: value ± 1.96 standard errors holds the true 0 in 57 %."""
    value = 1 + 0.05 * np.random.default_rng(5).standard_normal((2_000, 16))
    ours = theil_indices(value, 0.05, 1.0, simulation=NOT_SIMULATED)
    half_width = 1.96 * theil_standard_errors(value, 0.05, 1.0)
    assert 0.5 <= np.mean(ours.value <= half_width) <= 0.65
    assert (ours.interval.lower == 0).mean() >= 0.95


@pytest.mark.parametrize("method", METHODS)
def test_from_counts_of_10_events_on_intervals_cover_at_least_92(method: Method) -> None:
    assert coverage_from_counts(method, 10) >= 0.92
