"""The simulation's edges: how many draws, what is refused, which settings have no null."""

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.dispersion import BETWEEN_GROUP_VARIANCE
from evenhand.stats.simulation import (
    NOT_SIMULATED,
    Counted,
    DrawScale,
    Simulation,
    bootstrap_percentiles,
    null_upper_limits,
    permuted_upper_limits,
)
from evenhand.stats.summaries import group_values

MEASURES = [BETWEEN_GROUP_VARIANCE.of]


def test_two_equal_groups_have_the_null_of_a_chi_square() -> None:
    """BGV of two halves is (y₁ - y₂)²/4, of noise 1 each ~ χ²(1)/2: below 3.841/2 = 1.921 95 times in 100."""
    (upper,) = null_upper_limits(MEASURES, group_values([5, 5], 1, 1), Simulation(draws=60_000))
    assert upper[0] == pytest.approx(1.921, rel=0.02)


def test_nothing_is_simulated_with_no_draws() -> None:
    groups = group_values([5, 5], 1, 1)
    assert np.isnan(null_upper_limits(MEASURES, groups, NOT_SIMULATED)[0]).all()
    interval = bootstrap_percentiles(MEASURES[0], [5, 5], 1, 1, simulation=NOT_SIMULATED)
    assert np.isnan([interval.lower[0], interval.upper[0]]).all()
    permuted = permuted_upper_limits(MEASURES, [5, 5], [9, 9], counted=Counted.TIME, simulation=NOT_SIMULATED)
    assert np.isnan(permuted[0]).all()


def test_fewer_than_no_draws_are_refused() -> None:
    with pytest.raises(InputRefused, match="draws: found -1"):
        Simulation(draws=-1)


def test_one_draw_is_its_own_percentile() -> None:
    assert np.isfinite(null_upper_limits(MEASURES, group_values([5, 5], 1, 1), Simulation(draws=1))[0]).all()


def test_a_setting_without_a_summary_has_no_null() -> None:
    groups = group_values([[1, 2], [np.nan, 2], [1, 2]], 1, [[1, 1], [1, 1], [0, 1]])
    assert np.isnan(null_upper_limits(MEASURES, groups, Simulation(50))[0]).tolist() == [False, True, True]
    permuted = permuted_upper_limits(
        MEASURES, [[1, 2], [np.nan, 2], [0, 2]], [[9, 9], [9, 9], [0, 9]], counted=Counted.PEOPLE
    )
    assert np.isnan(permuted[0]).tolist() == [False, True, True]


@pytest.mark.parametrize(("scale", "value"), [(DrawScale.LOG, [-1, -2]), (DrawScale.LOGIT, [1, 2])])
def test_a_value_off_the_scale_has_no_null(scale: DrawScale, value: list[float]) -> None:
    groups = group_values([value, [0.2, 0.3]], 0.01, 1)
    upper = null_upper_limits(MEASURES, groups, Simulation(50, scale=scale))[0]
    assert np.isnan(upper).tolist() == [True, False]


@pytest.mark.parametrize(
    ("events", "population", "counted", "words"),
    [
        ([1.5, 2], [9, 9], Counted.PEOPLE, "events: found 1.5"),
        ([1, 2], [9.5, 9], Counted.TIME, "population: found 9.5"),
        ([10, 2], [9, 9], Counted.PEOPLE, "not larger than its population"),
        ([10, 2], [0, 9], Counted.TIME, "population of 0"),
    ],
)
def test_counts_that_cannot_be_dealt_out_are_refused(
    events: list[float], population: list[float], counted: Counted, words: str
) -> None:
    with pytest.raises(InputRefused, match=words):
        permuted_upper_limits(MEASURES, events, population, counted=counted)


def test_more_events_than_people_can_be_dealt_out_over_time() -> None:
    upper = permuted_upper_limits(MEASURES, [30, 20], [9, 9], counted=Counted.TIME)
    assert np.isfinite(upper[0]).all()
