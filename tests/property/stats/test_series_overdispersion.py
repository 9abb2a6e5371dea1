"""φ of a series against its plain twin, and what it comes to where the truth is known."""

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_gap_over_time import overdispersion

from evenhand.stats.series_overdispersion import OverdispersionMethod, series_overdispersion
from evenhand.stats.statuses import Status


@st.composite
def months(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    rows = []
    for _ in range(draw(st.integers(3, 14))):
        people = draw(st.sampled_from([0, 50, 50, 90, nan]))
        events = 0 if not people > 0 else draw(st.integers(0, int(people)))
        rows.append((draw(st.sampled_from([events] * 9 + [nan])), people))
    return [float(x) for x, _ in rows], [float(n) for _, n in rows]


@given(months(), st.booleans(), st.sampled_from(OverdispersionMethod))
@examples(100)
def test_it_is_that_of_the_plain_twin(
    series: tuple[list[float], list[float]], proportions: bool, method: OverdispersionMethod
) -> None:
    events, population = series
    found = series_overdispersion(events, population, proportions=proportions, method=method, minimum_points=3)
    if found.status == Status.GIVEN:
        plain = overdispersion(events, population, proportions=proportions, pearson=method == "Pearson")
        np.testing.assert_allclose(found.unfloored, plain, rtol=1e-9)
        np.testing.assert_allclose(found.value, max(1, plain), rtol=1e-9)
    else:
        assert np.isnan(found.value)


CHANCE = np.random.default_rng(1941)


def _negative_binomial(mean: float, phi: float, shape: tuple[int, int]) -> np.ndarray:
    return CHANCE.poisson(CHANCE.gamma(mean / (phi - 1), phi - 1, shape))


@pytest.mark.parametrize("method", OverdispersionMethod)
@pytest.mark.parametrize(("mean", "phi"), [(3.0, 2.0), (3.0, 4.0), (30.0, 2.0), (30.0, 4.0)])
def test_on_average_it_is_right_for_small_counts_and_large(
    method: OverdispersionMethod, mean: float, phi: float
) -> None:
    found = series_overdispersion(_negative_binomial(mean, phi, (5_000, 24)), np.full(24, 100.0), method=method)
    assert np.nanmean(found.unfloored) == pytest.approx(phi, rel=0.05)


def test_the_sigma_of_a_u_prime_chart_would_be_too_small() -> None:
    events = _negative_binomial(3.0, 4.0, (5_000, 24))
    mean = events.mean(axis=1, keepdims=True)
    sigma = np.abs(np.diff((events - mean) / np.sqrt(mean), axis=1)).mean(axis=1) / 1.128
    assert (sigma**2).mean() == pytest.approx(3.2, abs=0.15)


def test_a_step_half_way_is_taken_for_over_dispersion_by_pearson_and_hardly_by_successive_differences() -> None:
    """40 events a month, and 60 from the thirteenth on; Poisson throughout."""
    events = CHANCE.poisson(np.repeat([40.0, 60.0], 12), (3_000, 24))
    successive = series_overdispersion(events, np.full(24, 100.0))
    pearson = series_overdispersion(events, np.full(24, 100.0), method=OverdispersionMethod.PEARSON)
    assert successive.unfloored.mean() == pytest.approx(1.17, abs=0.05)
    assert pearson.unfloored.mean() == pytest.approx(3.1, abs=0.2)
    assert successive.unfloored.std() == pytest.approx(0.36, abs=0.06)
