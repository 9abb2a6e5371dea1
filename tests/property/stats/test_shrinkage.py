"""Shrinkage equals its slow twin, moves nothing past the centre, covers what it says, and improves the list."""

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats import plain_shrinkage as plain
from tests.property.stats.sixteen_groups import (
    EXPECTED,
    NO_DIFFERENCE,
    TRUE_RATIO,
    drawn_events,
    error_rates,
    leaves_out_one,
)

from evenhand.stats.shrinkage import Shrunken, ranks, shrunken_event_ratios, shrunken_values

CENTRES = st.none() | st.floats(0.2, 3)
CONFIDENCE = st.sampled_from([0.8, 0.95, 0.998])


@st.composite
def settings_of(draw: st.DrawFn, first: st.SearchStrategy[float], second: st.SearchStrategy[float]) -> np.ndarray:
    """Settings × groups × 2."""
    settings, groups = draw(st.integers(1, 4)), draw(st.integers(1, 9))
    pairs = st.lists(st.tuples(first, second), min_size=groups, max_size=groups)
    return np.array(draw(st.lists(pairs, min_size=settings, max_size=settings)))


VALUES = settings_of(st.floats(-3, 3) | st.just(nan), st.floats(0.01, 2) | st.just(nan))
COUNTS = settings_of(st.integers(0, 60).map(float) | st.just(nan), st.floats(0.1, 60) | st.just(nan))


def _equals(found: Shrunken, expected: list[list[tuple[float, float, float, float]]]) -> None:
    columns = (found.value, found.interval.lower, found.interval.upper, found.share)
    np.testing.assert_allclose(np.stack(columns, axis=-1), expected, rtol=1e-9, atol=1e-9)


@examples(120)
@given(given_=VALUES, centre=CENTRES, confidence=CONFIDENCE)
def test_values_of_many_settings_are_shrunk_as_the_slow_twin_shrinks_one(
    given_: np.ndarray, centre: float | None, confidence: float
) -> None:
    values, errors = given_[..., 0], given_[..., 1]
    found = shrunken_values(values, errors, centre=centre, confidence=confidence)
    twin = [
        plain.shrunken_values(y, s, centre, confidence) for y, s in zip(values.tolist(), errors.tolist(), strict=True)
    ]
    _equals(found, twin)


@examples(120)
@given(given_=COUNTS, centre=CENTRES, confidence=CONFIDENCE)
def test_event_ratios_of_many_settings_are_shrunk_as_the_slow_twin_shrinks_one(
    given_: np.ndarray, centre: float | None, confidence: float
) -> None:
    events, expected = given_[..., 0], given_[..., 1]
    found = shrunken_event_ratios(events, expected, centre=centre, confidence=confidence)
    twin = [
        plain.shrunken_event_ratios(x, e, centre, confidence)
        for x, e in zip(events.tolist(), expected.tolist(), strict=True)
    ]
    _equals(found, twin)


@examples(60)
@given(given_=VALUES)
def test_a_shrunken_value_lies_between_its_own_and_the_centre_and_inside_its_interval(given_: np.ndarray) -> None:
    found = shrunken_values(given_[..., 0], given_[..., 1])
    shrunk = ~np.isnan(found.value)
    centre = np.broadcast_to(found.centre[..., np.newaxis], found.raw.shape)[shrunk]
    low, high = np.minimum(found.raw[shrunk], centre), np.maximum(found.raw[shrunk], centre)
    assert (low - 1e-9 <= found.value[shrunk]).all()
    assert (found.value[shrunk] <= high + 1e-9).all()
    assert (found.interval.lower[shrunk] < found.value[shrunk]).all()
    assert ((found.share[shrunk] >= 0) & (found.share[shrunk] < 1)).all()


@examples(60)
@given(given_=VALUES, shift=st.floats(-2, 2), scale=st.floats(0.1, 5))
def test_shifted_and_scaled_values_are_shrunk_alike(given_: np.ndarray, shift: float, scale: float) -> None:
    values, errors = given_[..., 0], given_[..., 1]
    one, other = shrunken_values(values, errors), shrunken_values(values * scale + shift, errors * scale)
    np.testing.assert_allclose(other.value, one.value * scale + shift, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(other.share, one.share, rtol=1e-6, atol=1e-6)


@examples(60)
@given(
    st.lists(st.lists(st.sampled_from([1.0, 2.0, 2.5, nan]), min_size=5, max_size=5), min_size=1, max_size=3),
    st.booleans(),
)
def test_ranks_are_counted_places(values: list[list[float]], highest_first: bool) -> None:
    expected = [plain.ranks(row, highest_first=highest_first) for row in values]
    np.testing.assert_array_equal(ranks(values, highest_first=highest_first), expected)


# ------------------------------------------------------------------------------------------------ what it is good for


def test_the_error_of_sixteen_log_ratios_more_than_halves() -> None:
    events, _ = drawn_events()
    truth = np.log(TRUE_RATIO)
    raw = np.log(np.maximum(events, 0.5) / EXPECTED)
    by_counts = np.log(shrunken_event_ratios(events, EXPECTED).value)
    by_logarithm = shrunken_values(raw, 1 / np.sqrt(np.maximum(events, 0.5))).value

    def error(estimate: np.ndarray) -> float:
        return float(np.sqrt(((estimate - truth) ** 2).mean()))

    assert error(raw) == pytest.approx(0.412, abs=0.01)
    assert error(by_counts) == pytest.approx(0.174, abs=0.01)
    assert error(by_logarithm) < 0.2


def test_the_group_that_heads_the_list_is_seldom_one_without_a_difference() -> None:
    events, _ = drawn_events()
    raw = NO_DIFFERENCE[(events / EXPECTED).argmax(axis=1)].mean()
    shrunk = NO_DIFFERENCE[shrunken_event_ratios(events, EXPECTED).value.argmax(axis=1)].mean()
    assert raw == pytest.approx(0.325, abs=0.02)
    assert shrunk == pytest.approx(0.108, abs=0.02)


def test_claiming_by_shrunken_intervals_is_no_control_of_error_rates() -> None:
    """Why the module says so: false claims in three tables of twenty and more, against one with Benjamini-Hochberg."""
    events, _ = drawn_events()
    rates = error_rates(leaves_out_one(shrunken_event_ratios(events, EXPECTED).interval))
    assert rates.any_false == pytest.approx(0.169, abs=0.02)
    assert rates.false_share == pytest.approx(0.074, abs=0.01)
    assert rates.power == pytest.approx(0.324, abs=0.02)


@pytest.mark.parametrize("groups", [4, 8, 16, 40])
@pytest.mark.parametrize("spread", [0.1, 0.3, 1])
def test_intervals_cover_over_groups_that_are_draws_as_the_model_says(groups: int, spread: float) -> None:
    """95 % and more; above 97 where few groups tell little of a small spread, which costs width and not truth."""
    random = np.random.default_rng(groups)
    errors = np.geomspace(0.05, 0.5, groups)
    truth = random.normal(0.2, spread, (2_000, groups))
    found = shrunken_values(random.normal(truth, errors), np.broadcast_to(errors, truth.shape))
    covered = (found.interval.lower <= truth) & (truth <= found.interval.upper)
    assert 0.94 < covered.mean() < 0.98
    assert (found.interval.upper - found.interval.lower).mean() < 2 * 1.96 * errors.mean()


@pytest.mark.parametrize(
    ("groups", "expected", "lowest", "highest"),
    [(8, 5, 0.945, 0.975), (16, 50, 0.945, 0.96), (40, 5, 0.93, 0.96), (40, 1, 0.90, 0.94)],
)
def test_gamma_poisson_intervals_cover_less_only_where_about_one_event_is_expected(
    groups: int, expected: float, lowest: float, highest: float
) -> None:
    random = np.random.default_rng(groups)
    sizes = np.geomspace(expected * 0.3, expected * 4, groups)
    spread = 0.7 if expected < 50 else 0.3
    truth = random.gamma(1 / spread**2, spread**2, (2_000, groups))
    found = shrunken_event_ratios(random.poisson(sizes * truth), np.broadcast_to(sizes, truth.shape))
    covered = (found.interval.lower <= truth) & (truth <= found.interval.upper)
    assert lowest < covered.mean() < highest
