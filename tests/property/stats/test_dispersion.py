"""Measures of dispersion: their plain twins, what they must not depend on, and intervals that hold."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats import plain_dispersion as plain
from tests.property.stats.noisy_settings import SETTING, Method, Setting

from evenhand.stats.absolute_limits import absolute_limits
from evenhand.stats.dispersion import (
    between_group_standard_deviations,
    between_group_variances,
    coefficients_of_variation,
    indices_of_disparity,
    mean_differences_from_best,
    mean_differences_from_mean,
    mean_differences_from_reference,
    noise_of_variance,
)
from evenhand.stats.folded_sums import NoisySums, chance_of_sums, exceedances, moments
from evenhand.stats.intervals import FloatArray
from evenhand.stats.quadratic_limits import SANKARAN_FROM, NoiseOfSquares, noncentral_limits
from evenhand.stats.quadratic_limits import exceedances as exceedances_of_squares
from evenhand.stats.simulation import NOT_SIMULATED, Simulation
from evenhand.stats.summaries import Summaries

pytestmark = pytest.mark.slow

RELATIVE = {"cov": coefficients_of_variation, "idis": indices_of_disparity}
ABSOLUTE = {
    "bgsd": between_group_standard_deviations,
    "mdm": mean_differences_from_mean,
    "mdm unweighted": lambda *given, **said: mean_differences_from_mean(*given, weighted=False, **said),
    "mdr": lambda *given, **said: mean_differences_from_reference(
        *given, **({"groups": [str(i) for i in range(np.shape(given[0])[-1])], "reference": "0"} | said)
    ),
}
ALL: dict[str, Method] = {"bgv": between_group_variances} | ABSOLUTE | RELATIVE


def _numbers(summaries: Summaries) -> FloatArray:
    return np.array([summaries.value, summaries.corrected, summaries.interval.lower, summaries.interval.upper])


def _closed(method: Method, *given: Any, **said: Any) -> FloatArray:
    return _numbers(method(*given, simulation=NOT_SIMULATED, **said))


@given(setting=SETTING, weighted=st.booleans())
@examples(30)
def test_values_are_those_of_the_plain_twins(setting: Setting, weighted: bool) -> None:
    value, standard_error, population = setting
    names = [str(i) for i in range(len(value))]
    mean = plain.mean_of(value, population)
    variance = plain.between_group_variance(value, population)
    from_mean = plain.mean_difference(value, population, mean, weighted=weighted)
    from_last = plain.mean_difference(value, population, value[-1], weighted=weighted)
    said = {"weighted": weighted}
    named = {"groups": names, "reference": names[-1]} | said
    best = {"groups": names, "best": names[-1]} | said
    for method, more, expected in (
        (between_group_variances, {}, variance),
        (between_group_standard_deviations, {}, variance**0.5),
        (coefficients_of_variation, {}, 100 * variance**0.5 / mean),
        (mean_differences_from_mean, said, from_mean),
        (indices_of_disparity, said, 100 * from_mean / mean),
        (mean_differences_from_reference, named, from_last),
        (mean_differences_from_best, best, from_last),
    ):
        ours = method(value, standard_error, population, simulation=NOT_SIMULATED, **more)
        assert ours.value[0] == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(setting=SETTING)
@examples(100)
def test_the_noise_of_the_variance_is_that_of_its_matrices(setting: Setting) -> None:
    _, standard_error, population = setting
    share = np.array([plain.shares(population)])
    ours = np.ravel(noise_of_variance(share, np.array([standard_error])))
    np.testing.assert_allclose(ours, plain.noise_of_variance(standard_error, population), rtol=1e-9)


@given(setting=SETTING, confidence=st.sampled_from([0.5, 0.9, 0.95, 0.998]))
@examples(15)
def test_limits_of_the_variance_leave_out_what_a_plain_sum_of_chi_squares_says(
    setting: Setting, confidence: float
) -> None:
    value, standard_error, population = setting
    ours = between_group_variances(value, standard_error, population, confidence=confidence, simulation=NOT_SIMULATED)
    t, tail = ours.value[0], (1 - confidence) / 2
    bias, null_variance = plain.noise_of_variance(standard_error, population)
    assert ours.corrected[0] == pytest.approx(max(0.0, t - bias), rel=1e-9, abs=1e-9)
    mean = plain.mean_of(value, population)
    slope = sum(
        (2 * p * (y - mean) * se) ** 2 for p, y, se in zip(plain.shares(population), value, standard_error, strict=True)
    )

    def beyond(m: float, observed: float) -> float:
        k = slope / (4 * t) if t > 0 else null_variance / bias
        return plain.exceedance_of_square(observed, m, bias, null_variance, 4 * k * observed)

    lower, upper = ours.interval.lower[0], ours.interval.upper[0]
    if lower > 0:
        assert beyond(lower, t) == pytest.approx(tail, rel=1e-4)
    else:
        assert beyond(0.0, t) >= tail * (1 - 1e-6)
    if beyond(0.0, t) < 0.5:  # else the upper limit is that of the median of chance
        assert beyond(upper, t) == pytest.approx(1 - tail, rel=1e-4)
    assert upper > max(0.0, lower)


@given(st.floats(0.01, 60), st.floats(0, 40), st.floats(0.02, 1), st.floats(0.02, 2), st.floats(0.001, 1_000))
@examples(100)
def test_exceedances_of_squares_are_those_of_the_plain_twin(
    t: float, m: float, v: float, k: float, bias: float
) -> None:
    ours = exceedances_of_squares(*(np.array([number]) for number in (t, m, v, k)))[0]
    expected = plain.exceedance_of_square(t * bias, m * bias, bias, v * bias**2, 4 * k * t * bias**2)
    noncentrality = m * (1 + 2 * m) / (v + 2 * k * m)
    by_formula = noncentrality >= SANKARAN_FROM
    assert ours == pytest.approx(expected, rel=1e-9, abs=3e-6 if by_formula else 2e-12)


@given(x=st.floats(0.8, 1.2), freedom=st.floats(0.5, 40))
@examples(30)
def test_large_noncentralities_by_formula_are_those_of_the_plain_sum(x: float, freedom: float) -> None:
    noncentrality = 1_200.0
    c = 1 / freedom
    m = noncentrality * c
    k = (c * (1 + 2 * m) - c) / (2 * m)
    t = x * (1 + m)
    ours = exceedances_of_squares(*(np.array([number]) for number in (t, m, c, k)))[0]
    assert ours == pytest.approx(plain.noncentral_exceedance(t / c, freedom, noncentrality), abs=3e-6)


def _sums(setting: Setting, kind: str, weighted: bool) -> tuple[NoisySums, list[float], list[float], list[float]]:
    value, standard_error, population = setting
    share = plain.shares(population)
    contrast = [1.0] + [0.0] * (len(value) - 1) if kind == "reference" else share
    mean = plain.mean_of(value, population)
    centre = value[0] if kind == "reference" else mean
    divisor = [p / mean for p in share] if kind == "relative" else [0.0] * len(value)
    weight = plain.weights(population, weighted=weighted)
    difference = np.array([value]) - centre
    sums = NoisySums(
        difference=difference,
        direction=np.sign(difference),
        weight=np.array([weight]),
        contrast=np.array([contrast]),
        standard_error=np.array([standard_error]),
        divisor=np.array([divisor]),
        from_group=0 if kind == "reference" else None,
    )
    return sums, weight, contrast, divisor


@given(
    setting=SETTING,
    kind=st.sampled_from(["mean", "reference", "relative"]),
    weighted=st.booleans(),
    scale=st.floats(0, 2),
)
@examples(60)
def test_moments_of_folded_sums_are_those_of_the_plain_twin(
    setting: Setting, kind: str, weighted: bool, scale: float
) -> None:
    sums, weight, contrast, divisor = _sums(setting, kind, weighted)
    size = scale * np.abs(sums.difference)
    mean, variance = moments(sums, size)
    expected = plain.folded_moments(size[0].tolist(), sums.direction[0].tolist(), weight, contrast, setting[1], divisor)
    np.testing.assert_allclose([mean[0], variance[0]], expected, rtol=1e-9, atol=1e-12)
    beyond = exceedances(np.array([1.1]) * mean, mean, variance)[0]
    assert beyond == pytest.approx(plain.exceedance_of_sum(1.1 * expected[0], *expected), rel=1e-6, abs=1e-12)


@given(setting=SETTING, weighted=st.booleans(), scale=st.floats(0, 2), at=st.floats(0.2, 3))
@examples(15)
def test_chances_around_a_reference_are_those_of_a_plain_average_over_its_noise(
    setting: Setting, weighted: bool, scale: float, at: float
) -> None:
    """The plain one works mean and variance out at every point, without the cubics between some of them."""
    sums, weight, _, _ = _sums(setting, "reference", weighted)
    size = scale * np.abs(sums.difference)
    observed = at * float(moments(sums, size)[0][0])
    ours = chance_of_sums(sums, size)(np.array([observed]))[0]
    signed = [float(s if d >= 0 else -s) for s, d in zip(size[0], sums.direction[0], strict=True)]
    expected = plain.exceedance_around_reference(observed, signed, weight, setting[1])
    assert ours == pytest.approx(expected, abs=0.005)


@given(st.floats(0.02, 0.3), st.floats(0.8, 1.3))
@examples(50)
def test_the_cube_root_of_chi_square_is_nearly_normal(spread: float, at: float) -> None:
    """Within 0.003 of the χ² itself for a sum whose standard deviation is below a third of its mean."""
    exact = plain.exceedance_of_sum(at, 1.0, spread**2)
    assert plain.exceedance_by_cube_root(at, 1.0, spread**2) == pytest.approx(exact, abs=0.003)


@given(setting=SETTING, kind=st.sampled_from(["mean", "reference", "relative"]), weighted=st.booleans())
@examples(100)
def test_a_corrected_sum_is_what_makes_the_observed_one_expected(setting: Setting, kind: str, weighted: bool) -> None:
    sums, weight, contrast, divisor = _sums(setting, kind, weighted)
    observed = sums.observed[0]
    corrected = absolute_limits(sums, 0.95).corrected[0]
    scale = corrected / observed if observed > 0 else 0.0
    size = (scale * np.abs(sums.difference[0])).tolist()
    mean, _ = plain.folded_moments(size, sums.direction[0].tolist(), weight, contrast, setting[1], divisor)
    if corrected > 0:
        assert mean == pytest.approx(observed, rel=1e-8)
    else:
        assert mean >= observed * (1 - 1e-9)


@given(setting=SETTING, seed=st.integers(0, 2**32 - 1))
@examples(15)
def test_neither_the_order_of_the_groups_nor_of_the_settings_matters(setting: Setting, seed: int) -> None:
    rng = np.random.default_rng(seed)
    given = [np.array([row, row[::-1]], dtype=float) for row in setting]
    order = rng.permutation(len(setting[0]))
    for name, method in ALL.items():
        if name != "mdr":
            ours = method(*given, simulation=Simulation(draws=50))
            other = method(*(array[::-1, order] for array in given), simulation=Simulation(draws=50))
            np.testing.assert_allclose(_numbers(other)[:, ::-1], _numbers(ours), rtol=1e-6, atol=1e-9)
            np.testing.assert_allclose(other.null_upper[::-1], ours.null_upper, rtol=1e-9)


@given(setting=SETTING, factor=st.floats(0.001, 1_000))
@examples(15)
def test_relative_measures_are_free_of_the_unit_and_the_others_follow_it(setting: Setting, factor: float) -> None:
    value, standard_error, population = (np.array(row, dtype=float) for row in setting)
    scaled = (factor * value, factor * standard_error, population)
    for power, methods in ((0, RELATIVE), (1, ABSOLUTE), (2, {"bgv": between_group_variances})):
        for method in methods.values():
            ours = _closed(method, value, standard_error, population)
            np.testing.assert_allclose(
                _closed(method, *scaled), factor**power * ours, rtol=1e-6, atol=1e-9 * factor**power
            )


@given(setting=SETTING, people=st.integers(1, 500))
@examples(50)
def test_two_groups_of_one_value_may_be_merged(setting: Setting, people: int) -> None:
    """Weighted measures; and noise goes with the merged group, of which each part had more."""
    value, standard_error, population = setting
    together = population[0] + people
    apart = (
        [value[0], *value],
        [*(standard_error[0] * (together / part) ** 0.5 for part in (people, population[0])), *standard_error[1:]],
        [people, *population],
    )
    merged = (value, standard_error, [together, *population[1:]])
    for name in ("bgv", "bgsd", "cov", "mdm", "idis"):
        one, two = (ALL[name](*given, simulation=NOT_SIMULATED) for given in (apart, merged))
        np.testing.assert_allclose(one.value, two.value, rtol=1e-9, atol=1e-9)


@given(setting=SETTING)
@examples(15)
def test_equal_values_give_0_and_an_interval_from_0(setting: Setting) -> None:
    _, standard_error, population = setting
    for name, method in ALL.items():
        ours = method(
            [np.nan, *[7.3] * len(population)],
            [np.nan, *standard_error],
            [0, *population],
            simulation=Simulation(draws=50),
            **({"reference": "1"} if name == "mdr" else {}),
        )
        assert ours.value[0] == ours.corrected[0] == ours.interval.lower[0] == 0
        assert ours.interval.upper[0] > 0
        assert ours.null_upper[0] > 0


@given(setting=SETTING)
@examples(15)
def test_limits_nest_by_confidence_around_the_corrected_measure(setting: Setting) -> None:
    for method in ALL.values():
        intervals = [
            method(*setting, confidence=confidence, simulation=NOT_SIMULATED) for confidence in (0.5, 0.8, 0.95, 0.99)
        ]
        lower = [interval.interval.lower[0] for interval in intervals]
        upper = [interval.interval.upper[0] for interval in intervals]
        slack = 1e-6 * max(upper)
        assert np.all(np.diff(lower) <= slack)
        assert np.all(np.diff(upper) >= -slack)
        assert lower[1] - slack <= intervals[1].corrected[0] <= upper[1] + slack


@given(setting=SETTING)
@examples(15)
def test_groups_that_do_not_exist_and_settings_that_are_missing_change_nothing(setting: Setting) -> None:
    value, standard_error, population = (np.array(row, dtype=float) for row in setting)
    padded = [
        np.array([[*row, filler], [np.nan, *row[1:], filler]])
        for row, filler in ((value, np.nan), (standard_error, np.nan), (population, 0.0))
    ]
    padded[2][1, 0] = 5.0
    for method in ALL.values():
        ours = method(value, standard_error, population, simulation=Simulation(draws=50))
        other = method(*padded, simulation=Simulation(draws=50))
        np.testing.assert_allclose(_numbers(other)[:, 0], _numbers(ours)[:, 0], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(other.null_upper[0], ours.null_upper[0], rtol=1e-9)
        assert np.isnan(_numbers(other)[:, 1]).all()


@given(t=st.floats(0.001, 100), bias=st.floats(0.001, 10))
@examples(50)
def test_an_upper_limit_is_never_below_that_of_the_median_of_chance(t: float, bias: float) -> None:
    noise = NoiseOfSquares(np.array([bias]), np.array([bias**2 / 4]), np.array([4 * t * bias]))
    free = noncentral_limits(np.array([t]), noise, 0.95)
    at_zero = noncentral_limits(np.array([0.0]), noise, 0.95)
    assert free.upper[0] >= at_zero.upper[0] * (1 - 1e-9)
    assert at_zero.upper[0] > 0
