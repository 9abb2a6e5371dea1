"""What chance makes of a measure: vectorised draws against plain ones, scales, seeds, the percentile bootstrap."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats import plain_dispersion, plain_entropy
from tests.property.stats.plain_simulation import null_upper_limit, permuted_upper_limit

from evenhand.stats.dispersion import BETWEEN_GROUP_VARIANCE, COEFFICIENT_OF_VARIATION, difference_from_mean
from evenhand.stats.entropy import MEAN_LOG_DEVIATION, THEIL_INDEX
from evenhand.stats.intervals import FloatArray
from evenhand.stats.noisy_measures import NoisyMeasure
from evenhand.stats.simulation import (
    Counted,
    DrawScale,
    MeasureOf,
    Simulation,
    bootstrap_percentiles,
    null_upper_limits,
    permuted_upper_limits,
)
from evenhand.stats.spread import Spread
from evenhand.stats.summaries import GroupValues, group_values

VALUE, STANDARD_ERROR, POPULATION = [10.0, 12.0, 9.0, 15.0], [1.0, 2.0, 0.5, 3.0], [400, 100, 900, 50]
MEASURES = [BETWEEN_GROUP_VARIANCE.of, THEIL_INDEX.of]


@pytest.mark.parametrize(
    ("ours", "plain"),
    [(BETWEEN_GROUP_VARIANCE.of, plain_dispersion.between_group_variance), (THEIL_INDEX.of, plain_entropy.theil)],
)
def test_the_null_is_that_of_plain_draws(
    ours: MeasureOf, plain: Callable[[plain_dispersion.Numbers, plain_dispersion.Numbers], float]
) -> None:
    """Two generators: with 8,000 draws each the two 95th percentiles are a few parts in a hundred apart."""
    groups = group_values(VALUE, STANDARD_ERROR, POPULATION)
    (upper,) = null_upper_limits([ours], groups, Simulation(draws=8_000))
    expected = null_upper_limit(plain, VALUE, STANDARD_ERROR, POPULATION, draws=8_000, seed=1)
    scale = 1000 if ours is THEIL_INDEX.of else 1
    assert upper[0] == pytest.approx(scale * expected, rel=0.06)


def test_the_permuted_null_is_that_of_people_dealt_out_one_by_one() -> None:
    population, events = [60, 25, 10], [6, 1, 2]
    (upper,) = permuted_upper_limits(
        [BETWEEN_GROUP_VARIANCE.of], events, population, counted=Counted.PEOPLE, simulation=Simulation(draws=4_000)
    )
    expected = permuted_upper_limit(plain_dispersion.between_group_variance, 9, population, draws=4_000, seed=2)
    assert upper[0] == pytest.approx(expected, rel=0.1)


@pytest.mark.parametrize("counted", list(Counted))
def test_with_many_events_the_permuted_null_is_the_normal_one(counted: Counted) -> None:
    population = np.array([40_000, 10_000, 90_000, 5_000])
    events = np.array([410, 95, 905, 40])
    share = events.sum() / population.sum()
    variance = share * (1 - share if counted is Counted.PEOPLE else 1) / population
    groups = group_values(np.full(4, share), np.sqrt(variance), population)
    simulation = Simulation(draws=6_000)
    for normal, permuted in zip(
        null_upper_limits(MEASURES, groups, simulation),
        permuted_upper_limits(MEASURES, events, population, counted=counted, simulation=simulation),
        strict=True,
    ):
        assert permuted[0] == pytest.approx(normal[0], rel=0.08)


def test_where_no_group_differs_one_setting_in_twenty_is_above_its_null() -> None:
    value = 10 + np.array(STANDARD_ERROR) * np.random.default_rng(8).standard_normal((2_000, 4))
    groups = group_values(value, STANDARD_ERROR, POPULATION)
    share = np.array(POPULATION) / sum(POPULATION)
    (upper,) = null_upper_limits([BETWEEN_GROUP_VARIANCE.of], groups, Simulation(draws=1_000))
    observed = ((value - (value @ share)[:, np.newaxis]) ** 2) @ share
    assert 0.035 <= np.mean(observed > upper) <= 0.065


@pytest.mark.parametrize("scale", list(DrawScale))
def test_one_seed_gives_one_answer_whatever_other_settings_there_are(scale: DrawScale) -> None:
    rng = np.random.default_rng(6)
    value = rng.uniform(0.1, 0.3, (40, 5))
    given_arrays = [value, rng.uniform(0.005, 0.02, (40, 5)), rng.integers(10, 1_000, (40, 5))]
    simulation = Simulation(draws=4_000, seed=9, scale=scale)
    together = null_upper_limits(MEASURES, group_values(*given_arrays), simulation)
    order = rng.permutation(40)
    again = null_upper_limits(MEASURES, group_values(*(array[order] for array in given_arrays)), simulation)
    alone = null_upper_limits(MEASURES, group_values(*(array[3] for array in given_arrays)), simulation)
    other_seed = null_upper_limits(MEASURES, group_values(*given_arrays), Simulation(4_000, 10, scale))
    for one, two, three, four in zip(together, again, alone, other_seed, strict=True):
        np.testing.assert_array_equal(one[order], two)
        assert one[3] == pytest.approx(three[0], rel=1e-12)
        assert not np.any(one == four)


def _drawn_values(groups: GroupValues, simulation: Simulation) -> FloatArray:
    seen = []

    def remember(spread: Spread) -> FloatArray:
        seen.append(spread.value)
        return spread.mean

    null_upper_limits([remember], groups, simulation)
    return seen[0]


@given(share=st.floats(0.02, 0.98), error=st.floats(0.001, 0.3))
@examples(30)
def test_draws_on_a_scale_stay_within_it(share: float, error: float) -> None:
    groups = group_values([share, share], error, [1, 1])
    assert np.all(_drawn_values(groups, Simulation(200, scale=DrawScale.LOG)) >= 0)
    shares = _drawn_values(groups, Simulation(200, scale=DrawScale.LOGIT))
    assert np.all((shares >= 0) & (shares <= 1))


@pytest.mark.parametrize("scale", [DrawScale.LOG, DrawScale.VALUE])
def test_draws_have_the_mean_and_the_standard_error_they_should(scale: DrawScale) -> None:
    drawn = _drawn_values(group_values([10.0, 10.0], [3.0, 1.0], [1, 1]), Simulation(40_000, scale=scale))
    assert drawn.mean(axis=(0, 1)) == pytest.approx([10, 10], rel=0.01)
    assert drawn.std(axis=(0, 1)) == pytest.approx([3, 1], rel=0.03)


def test_draws_on_the_logit_have_about_the_standard_error_they_should() -> None:
    groups = group_values([0.3, 0.3], [0.02, 0.01], [1, 1])
    drawn = _drawn_values(groups, Simulation(40_000, scale=DrawScale.LOGIT))
    assert drawn.mean(axis=(0, 1)) == pytest.approx([0.3, 0.3], rel=0.01)
    assert drawn.std(axis=(0, 1)) == pytest.approx([0.02, 0.01], rel=0.03)


@pytest.mark.parametrize(
    "measure",
    [
        BETWEEN_GROUP_VARIANCE,
        COEFFICIENT_OF_VARIATION,
        difference_from_mean(weighted=True),
        THEIL_INDEX,
        MEAN_LOG_DEVIATION,
    ],
)
def test_a_percentile_bootstrap_never_holds_the_truth_where_there_is_no_inequality(measure: NoisyMeasure) -> None:
    value = 1 + 0.05 * np.random.default_rng(5).standard_normal((100, 16))
    interval = bootstrap_percentiles(measure.of, value, 0.05, 1.0, simulation=Simulation(draws=400))
    assert np.all(interval.lower > 0)


def test_a_percentile_bootstrap_hardly_ever_holds_the_truth_of_differences_within_the_noise() -> None:
    rng = np.random.default_rng(5)
    apart = rng.standard_normal(16)
    apart = (apart - apart.mean()) / apart.std()
    value = 1 + 0.05 * (apart + rng.standard_normal((200, 16)))
    interval = bootstrap_percentiles(BETWEEN_GROUP_VARIANCE.of, value, 0.05, 1.0, simulation=Simulation(draws=400))
    assert np.mean((interval.lower <= 0.05**2) & (interval.upper >= 0.05**2)) <= 0.16


def test_a_percentile_bootstrap_is_right_for_a_measure_that_noise_does_not_push() -> None:
    value = 1 + 0.05 * np.random.default_rng(7).standard_normal((1_000, 6))
    interval = bootstrap_percentiles(lambda spread: spread.mean, value, 0.05, 1.0, simulation=Simulation(draws=1_000))
    assert 0.93 <= np.mean((interval.lower <= 1) & (interval.upper >= 1)) <= 0.97
