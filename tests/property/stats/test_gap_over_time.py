"""The change in a gap against its plain twin, and how often its interval covers the truth and finds a change."""

from math import log, nan

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_gap_over_time import log_change

from evenhand.stats.gap_over_time import GapChanges, GapVerdict, change_in_gap
from evenhand.stats.series_overdispersion import OverdispersionMethod, series_overdispersion

COUNT = st.sampled_from([0, 0, 1, 2, 7, nan]) | st.integers(0, 400)
PHI = st.sampled_from([1.0, 1.0, 1.7, 4.0, nan])
CELLS = st.lists(COUNT, min_size=4, max_size=4)


@given(CELLS, st.lists(st.integers(400, 9_000), min_size=4, max_size=4), st.booleans(), PHI, PHI)
@examples(100)
def test_the_change_is_that_of_the_plain_twin(
    counts: list[float], populations: list[float], proportions: bool, phi_a: float, phi_b: float
) -> None:
    cells = [number for pair in zip(counts, populations, strict=True) for number in pair]
    changes = change_in_gap(*cells, proportions=proportions, overdispersion_a=phi_a, overdispersion_b=phi_b)
    value, lower, upper = log_change(counts, populations, proportions=proportions, phi_a=phi_a, phi_b=phi_b)
    change = changes.log_change
    np.testing.assert_allclose(change.value[0], value, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(change.interval.lower[0], lower, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(change.interval.upper[0], upper, rtol=1e-9, atol=1e-12)
    assert (change.status[0] == 0) == (not np.isnan(value))
    (one,) = changes
    assert one.words
    assert (one.verdict is GapVerdict.NOT_KNOWN) == np.isnan(value)


@given(
    CELLS.filter(lambda counts: not any(np.isnan(counts))), st.lists(st.integers(400, 9_000), min_size=4, max_size=4)
)
@examples(50)
def test_the_periods_and_the_groups_can_be_turned_round(counts: list[float], populations: list[float]) -> None:
    a1, b1, a2, b2 = zip(counts, populations, strict=True)
    forwards = change_in_gap(*a1, *b1, *a2, *b2).log_change
    for turned in (change_in_gap(*a2, *b2, *a1, *b1).log_change, change_in_gap(*b1, *a1, *b2, *a2).log_change):
        np.testing.assert_allclose(turned.interval.lower, -forwards.interval.upper, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(turned.interval.upper, -forwards.interval.lower, rtol=1e-9, atol=1e-9)


@given(st.lists(st.integers(1, 400), min_size=4, max_size=4))
@examples(50)
def test_the_interval_widens_with_confidence_and_with_over_dispersion(counts: list[int]) -> None:
    cells = [number for count in counts for number in (count, 5_000)]
    assume(min(counts) > 0)
    narrow = change_in_gap(*cells, confidence=0.8).log_change.interval
    for wide in (
        change_in_gap(*cells, confidence=0.95).log_change.interval,
        change_in_gap(*cells, confidence=0.8, overdispersion_a=1.5).log_change.interval,
        change_in_gap(*cells, confidence=0.8, overdispersion_b=1.5).log_change.interval,
    ):
        assert wide.lower[0] < narrow.lower[0] < narrow.upper[0] < wide.upper[0]


CHANCE = np.random.default_rng(2008)
DRAWS = 4_000


def _months(expected: float, phi: float) -> np.ndarray:
    """Twelve months of counts whose variance is φ times their mean, for many draws."""
    mean = expected / 12
    if phi == 1:
        return CHANCE.poisson(mean, (DRAWS, 12)).astype(np.float64)
    return CHANCE.poisson(CHANCE.gamma(mean / (phi - 1), phi - 1, (DRAWS, 12))).astype(np.float64)


def _coverage(changes: GapChanges, truth: float) -> float:
    """Of the draws that have a change at all; two zeros have none."""
    interval, known = changes.log_change.interval, changes.log_change.status == 0
    return float(((interval.lower <= truth) & (truth <= interval.upper))[known].mean())


def _simulated(expected: tuple[float, ...], phi: float, method: OverdispersionMethod | None) -> float:
    """Ratios of 2 before and 1.5 after; φ from the 24 months of each group, or known."""
    a1, b1, a2, b2 = (_months(one, phi) for one in expected)
    people = [1_000 * expected[0] / 2, 1_000 * expected[1], 1_000 * expected[2] / 1.5, 1_000 * expected[3]]
    phi_a, phi_b = np.full(DRAWS, phi), np.full(DRAWS, phi)
    if method is not None:
        phi_a, phi_b = (
            np.nan_to_num(series_overdispersion(np.hstack(months), np.repeat(whole, 12), method=method).value, nan=1.0)
            for months, whole in (((a1, a2), (people[0], people[2])), ((b1, b2), (people[1], people[3])))
        )
    a1, b1, a2, b2 = (months.sum(axis=1) for months in (a1, b1, a2, b2))
    changes = change_in_gap(
        a1, people[0], b1, people[1], a2, people[2], b2, people[3], overdispersion_a=phi_a, overdispersion_b=phi_b
    )
    return _coverage(changes, log(1.5 / 2))


@pytest.mark.parametrize(
    "expected", [(20, 100, 20, 100), (60, 300, 45, 310), (120, 120, 120, 120), (600, 2000, 500, 2100)]
)
@pytest.mark.parametrize("phi", [1.0, 1.5, 2.0, 4.0])
def test_95_per_cent_intervals_cover_93_to_97_with_over_dispersion_from_24_months(
    expected: tuple[float, ...], phi: float
) -> None:
    assert 0.93 < _simulated(expected, phi, OverdispersionMethod.SUCCESSIVE) < 0.975


@pytest.mark.parametrize("expected", [(20, 100, 20, 100), (120, 120, 120, 120), (600, 2000, 500, 2100)])
def test_poisson_counts_without_over_dispersion_are_covered_too(expected: tuple[float, ...]) -> None:
    assert 0.94 < _simulated(expected, 1.0, None) < 0.97


def test_at_five_events_the_interval_is_wider_than_it_need_be_and_never_too_narrow() -> None:
    for phi in (1.0, 2.0):
        assert 0.955 < _simulated((5, 60, 6, 60), phi, OverdispersionMethod.SUCCESSIVE) < 0.99


def test_without_over_dispersion_counts_that_have_it_are_not_covered() -> None:
    """Why φ is asked for: at φ = 2, Poisson intervals cover about 84 %."""
    a1, b1, a2, b2 = (_months(one, 2.0).sum(axis=1) for one in (200, 800, 200, 800))
    changes = change_in_gap(a1, 1_000, b1, 1_000, a2, 1_000, b2, 1_000)
    assert _coverage(changes, 0.0) == pytest.approx(0.84, abs=0.03)


def test_proportions_are_covered_where_they_are_far_from_rare() -> None:
    people, shares = (150, 600, 160, 620), (0.6, 0.3, 0.5, 0.3)
    events = [CHANCE.binomial(n, p, 20_000) for n, p in zip(people, shares, strict=True)]
    cells = [number for pair in zip(events, people, strict=True) for number in pair]
    truth = log(0.5 / 0.3) - log(0.6 / 0.3)
    assert 0.94 < _coverage(change_in_gap(*cells, proportions=True), truth) < 0.965
    # as if they were rates, the interval is far too wide
    assert _coverage(change_in_gap(*cells), truth) > 0.98


def test_a_verdict_on_no_change_is_wrong_one_time_in_twenty() -> None:
    events = [CHANCE.poisson(mean, 20_000) for mean in (80, 300, 80, 300)]
    cells = [number for pair in zip(events, (1_000, 9_000, 1_000, 9_000), strict=True) for number in pair]
    verdict = change_in_gap(*cells).verdict
    assert (verdict != GapVerdict.TOO_SMALL_TO_SEE).mean() == pytest.approx(0.05, abs=0.01)
