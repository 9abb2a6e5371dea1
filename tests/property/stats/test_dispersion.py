"""Measures of dispersion: their plain twins, what they must not depend on, and intervals that hold."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats import plain_dispersion as plain

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

SETTING = st.integers(2, 8).flatmap(
    lambda groups: st.tuples(
        st.lists(st.floats(0.5, 50), min_size=groups, max_size=groups),
        st.lists(st.floats(0.5, 5), min_size=groups, max_size=groups),
        st.lists(st.integers(1, 2_000), min_size=groups, max_size=groups),
    )
)
Setting = tuple[list[float], list[float], list[int]]
Method = Callable[..., Summaries]

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


# Coverage. Groups × sizes × spread of the true values in standard errors of an equal share, and who differs.


def _sizes(groups: int, sizes: str) -> FloatArray:
    if sizes == "equal":
        return np.full(groups, 1 / groups)
    if sizes == "one of 80 %":
        return np.array([0.8] + [0.2 / (groups - 1)] * (groups - 1))
    share = 1 / np.arange(1.0, groups + 1)
    return np.asarray(share / share.sum())


def _apart(groups: int, who: str, spread: float) -> FloatArray:
    if who == "halves":
        return spread * np.where(np.arange(groups) % 2, 1.0, -1.0)
    if who == "one":
        return np.array([0.0] * (groups - 1) + [3 * spread])
    return spread * np.random.default_rng(5).standard_normal(groups)


def coverage(
    method: Method,
    width: int,
    sizes: str,
    who: str,
    spread: float,
    *,
    noise: float = 0.03,
    settings: int = 2_000,
    **said: Any,
) -> tuple[float, float]:
    """The share of simulated settings whose 95 % interval holds the true measure, and mean corrected over true."""
    share = _sizes(width, sizes)
    apart = _apart(width, who, spread)
    true = 1 + noise * (apart - apart @ share)
    standard_error = noise / np.sqrt(share * width)
    value = true + standard_error * np.random.default_rng(20_260).standard_normal((settings, width))
    ours = method(value, standard_error, share, simulation=NOT_SIMULATED, **said)
    truth = method(true, 0.0, share, simulation=NOT_SIMULATED, **said).value[0]
    holds = (ours.interval.lower <= truth + 1e-12) & (truth <= ours.interval.upper + 1e-12)
    return float(holds.mean()), float(ours.corrected.mean() / truth) if truth > 1e-9 else 1.0


DESIGNS = [
    (5, "equal", "halves", 2.0),
    (5, "one of 80 %", "any", 5.0),
    (16, "equal", "any", 2.0),
    (16, "one of 80 %", "one", 5.0),
    (16, "falling", "any", 5.0),
    (34, "equal", "any", 1.0),
    (34, "one of 80 %", "halves", 5.0),
    (34, "falling", "halves", 2.0),
]


@pytest.mark.parametrize(("groups", "sizes", "who", "spread"), DESIGNS)
@pytest.mark.parametrize("method", [between_group_variances, coefficients_of_variation])
def test_95_per_cent_intervals_of_quadratic_measures_cover_93_to_97(
    method: Method, groups: int, sizes: str, who: str, spread: float
) -> None:
    assert 0.93 <= coverage(method, groups, sizes, who, spread)[0] <= 0.97


@pytest.mark.parametrize(("groups", "sizes", "who", "spread"), DESIGNS)
@pytest.mark.parametrize("weighted", [True, False])
def test_95_per_cent_intervals_of_absolute_measures_cover_at_least_93(
    weighted: bool, groups: int, sizes: str, who: str, spread: float
) -> None:
    method = mean_differences_from_mean
    assert coverage(method, groups, sizes, who, spread, settings=1_000, weighted=weighted)[0] >= 0.93


@pytest.mark.parametrize("groups", [5, 16, 34])
@pytest.mark.parametrize("sizes", ["equal", "one of 80 %", "falling"])
def test_without_any_inequality_intervals_start_at_0_and_hold_in_95_per_cent_or_more(groups: int, sizes: str) -> None:
    """One-sided there: the true measure is 0, no upper limit can miss, and 97.5 % is what a lower limit should do."""
    for name in ("bgv", "cov", "mdm", "idis"):
        assert coverage(ALL[name], groups, sizes, "any", 0.0, settings=500)[0] >= 0.95


@pytest.mark.parametrize("name", ["bgv", "cov"])
def test_while_differences_are_within_the_noise_intervals_hold_in_more_than_95_per_cent(name: str) -> None:
    assert 0.96 <= coverage(ALL[name], 16, "falling", "any", 0.5)[0] <= 0.99


def test_intervals_of_absolute_measures_are_too_wide_where_one_group_stands_far_out() -> None:
    assert coverage(mean_differences_from_mean, 34, "equal", "one", 5.0, settings=500)[0] >= 0.99


@pytest.mark.parametrize(("groups", "sizes", "who", "spread"), DESIGNS)
@pytest.mark.parametrize("reference", ["0", "last"])
def test_95_per_cent_intervals_from_a_reference_cover_at_least_93(
    reference: str, groups: int, sizes: str, who: str, spread: float
) -> None:
    said = {
        "groups": [str(i) for i in range(groups)],
        "reference": reference if reference == "0" else str(groups - 1),
    }
    method = mean_differences_from_reference
    assert coverage(method, groups, sizes, who, spread, settings=500, **said)[0] >= 0.93


@pytest.mark.parametrize("sizes", ["equal", "one of 80 %", "falling"])
def test_noise_adds_what_the_formula_says_and_the_corrected_variance_is_unbiased(sizes: str) -> None:
    """E[BGV] = true BGV + Σ p(1 - p)·se², simulated; 20,000 settings leave about one part in a hundred to chance."""
    share = _sizes(16, sizes)
    true = 1 + 0.1 * _apart(16, "any", 1.0)
    standard_error = 0.03 / np.sqrt(share * 16)
    value = true + standard_error * np.random.default_rng(3).standard_normal((20_000, 16))
    ours = between_group_variances(value[:2], standard_error, share, simulation=NOT_SIMULATED)
    excess = float(share @ ((1 - share) * standard_error**2))
    np.testing.assert_allclose(ours.value - ours.corrected, excess, rtol=1e-9)
    mean = value @ share
    simulated = float(((value - mean[:, np.newaxis]) ** 2 @ share).mean())
    of_true = float((true - true @ share) ** 2 @ share)
    assert simulated - of_true == pytest.approx(excess, rel=0.15)
    assert simulated - excess == pytest.approx(of_true, rel=0.01)


@pytest.mark.parametrize("name", ["mdm", "mdm unweighted", "idis"])
def test_correction_takes_off_most_of_the_bias_of_absolute_measures(name: str) -> None:
    """True differences of about the noise, where the observed measure is a quarter too high."""
    corrected = coverage(ALL[name], 34, "equal", "any", 1.0, settings=1_000)[1]
    assert 0.9 <= corrected <= 1.1


def test_the_best_of_noisy_values_is_a_lucky_one() -> None:
    """16 equal groups that do not differ: from the lowest value 1.75 standard errors, from a named one 1.06."""
    value = 1 + 0.01 * np.random.default_rng(4).standard_normal((2_000, 16))
    lucky = np.abs(value - value.min(axis=1, keepdims=True)).mean() / 0.01
    names = [str(i) for i in range(16)]
    named = mean_differences_from_best(value, 0.01, 1.0, groups=names, best="3", simulation=NOT_SIMULATED)
    assert lucky == pytest.approx(1.75, abs=0.03)
    assert named.value.mean() / 0.01 == pytest.approx(1.06, abs=0.03)
    assert (named.interval.lower == 0).mean() >= 0.95


def coverage_from_counts(method: Method, smallest: float, settings: int = 1_000) -> float:
    """34 groups of falling sizes, one far out; Poisson counts, of which the smallest group expects ``smallest``."""
    share = _sizes(34, "falling")
    rate = 1 + 0.2 * _apart(34, "one", 5.0)
    people = smallest / (share * rate).min() * share
    events = np.random.default_rng(12).poisson(people * rate, (settings, 34))
    ours = method(events / people, np.sqrt(events) / people, people, simulation=NOT_SIMULATED)
    truth = method(rate, 0.0, people, simulation=NOT_SIMULATED).value[0]
    return float(((ours.interval.lower <= truth) & (truth <= ours.interval.upper)).mean())


def test_from_few_events_with_one_group_far_out_variation_covers_too_little() -> None:
    assert 0.88 <= coverage_from_counts(coefficients_of_variation, 10) <= 0.94
    assert coverage_from_counts(coefficients_of_variation, 100) >= 0.93
