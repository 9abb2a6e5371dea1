"""Concentration indices: twins, what must hold of them, and how often their intervals hold the truth."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_concentration import plain_absolute, plain_erreygers, plain_relative, plain_wagstaff
from tests.property.stats.settings_of_groups import Setting, covered, only, settings_of_two_or_more

from evenhand.stats.arguments import critical_value
from evenhand.stats.concentration import (
    absolute_concentration_indices,
    erreygers_indices,
    relative_concentration_indices,
    wagstaff_indices,
)
from evenhand.stats.slope_index import slope_indices
from evenhand.stats.statuses import Status
from evenhand.stats.summaries import Summaries

CONFIDENCE = st.sampled_from([0.5, 0.9, 0.95, 0.998])
SHARES = settings_of_two_or_more(smallest=0.05, largest=0.9)


def wagstaff(*arrays: object, **options: object) -> Summaries:
    return wagstaff_indices(*arrays, minimum=0, maximum=1, **options)


def erreygers(*arrays: object, **options: object) -> Summaries:
    return erreygers_indices(*arrays, minimum=0, maximum=1, **options)


ALL = [absolute_concentration_indices, relative_concentration_indices, wagstaff, erreygers]
Index = Callable[..., Summaries]


@examples(150)
@given(setting=settings_of_two_or_more(), confidence=CONFIDENCE)
def test_the_absolute_and_the_relative_index_are_their_plain_twins(setting: Setting, confidence: float) -> None:
    z = critical_value(confidence)
    absolute = absolute_concentration_indices(*setting.arrays, confidence=confidence)
    tolerance = 1e-9 * max(setting.value)
    np.testing.assert_allclose(only(absolute), plain_absolute(*setting.columns, z), rtol=1e-9, atol=tolerance)
    relative = relative_concentration_indices(*setting.arrays, confidence=confidence)
    plain = plain_relative(*setting.columns, z)
    np.testing.assert_allclose(only(relative), plain, rtol=1e-9, atol=1e-9)
    assert relative.status.tolist() == [Status.UNBOUNDED if plain[2] == np.inf else Status.GIVEN]


@examples(150)
@given(setting=SHARES, confidence=CONFIDENCE)
def test_the_indices_of_bounded_values_are_their_plain_twins(setting: Setting, confidence: float) -> None:
    z = critical_value(confidence)
    for ours, plain, precision in ((erreygers, plain_erreygers, 1e-9), (wagstaff, plain_wagstaff, 1e-6)):
        summary = ours(*setting.arrays, confidence=confidence)
        np.testing.assert_allclose(only(summary), plain(*setting.columns, z, 0, 1), rtol=precision, atol=precision)


@pytest.mark.parametrize("index", ALL)
@given(setting=SHARES, data=st.data())
def test_groups_in_another_place_with_their_order_change_nothing(
    index: Index, setting: Setting, data: st.DataObject
) -> None:
    places = data.draw(st.permutations(range(len(setting.value))))
    again = index(*setting.moved(places).arrays, order=places)
    np.testing.assert_allclose(only(again), only(index(*setting.arrays)), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("index", ALL)
@given(setting=SHARES)
def test_limits_nest_by_confidence_around_the_value(index: Index, setting: Setting) -> None:
    (value, lower, upper), (_, wider_lower, wider_upper) = (
        only(index(*setting.arrays, confidence=confidence)) for confidence in (0.8, 0.99)
    )
    assert wider_lower <= lower <= value <= upper <= wider_upper


@given(setting=settings_of_two_or_more(), factor=st.sampled_from([0.01, 7, 100_000]))
def test_another_unit_scales_the_absolute_index_and_leaves_the_relative_one(setting: Setting, factor: float) -> None:
    value, se, population = setting.arrays
    absolute, scaled = (absolute_concentration_indices(value * f, se * f, population) for f in (1, factor))
    np.testing.assert_allclose(only(scaled), np.array(only(absolute)) * factor, rtol=1e-9, atol=1e-9 * factor)
    relative, same = (relative_concentration_indices(value * f, se * f, population) for f in (1, factor))
    np.testing.assert_allclose(only(same), only(relative), rtol=1e-9, atol=1e-9)


@given(setting=SHARES)
def test_counting_those_without_the_event_turns_the_bounded_indices_round_and_not_the_relative_one(
    setting: Setting,
) -> None:
    value, se, population = setting.arrays
    for index in (wagstaff, erreygers):
        have, lower, upper = only(index(value, se, population))
        np.testing.assert_allclose(only(index(1 - value, se, population)), (-have, -upper, -lower), atol=1e-12)


@given(setting=settings_of_two_or_more())
def test_the_absolute_index_is_the_slope_index_by_twice_the_spread_of_the_ranks(setting: Setting) -> None:
    share = setting.arrays[2] / setting.arrays[2].sum()
    spread = (share * (np.cumsum(share) - share / 2 - 0.5) ** 2).sum()
    by_slope = 2 * spread * np.array(only(slope_indices(*setting.arrays)))
    ours = only(absolute_concentration_indices(*setting.arrays))
    np.testing.assert_allclose(ours, by_slope, rtol=1e-9, atol=1e-9 * max(setting.value))


DRAWS = 8_000


@pytest.mark.parametrize("steepness", [-0.5, -1.2])
@pytest.mark.parametrize("groups", [5, 10])
@pytest.mark.parametrize("events", [10, 50, 300])
def test_intervals_cover(events: float, groups: int, steepness: float) -> None:
    """Rates of groups whose sizes differ by 3 to 1."""
    share = np.linspace(1, 3, groups) / np.linspace(1, 3, groups).sum()
    true = 1 + steepness * (np.cumsum(share) - share / 2 - 0.5)
    people = share * groups * events
    drawn = np.random.default_rng(20_261_122).poisson(true * people, (DRAWS, groups))
    value, se = drawn / people, np.sqrt(drawn) / people
    for index in (absolute_concentration_indices, relative_concentration_indices):
        assert 0.94 < covered(index(value, se, people), index(true, 0.0, people).value[0]) < 0.96


def test_intervals_cover_less_where_one_group_has_few_events() -> None:
    """Five events in one of two groups, fifty in the other."""
    people = np.array([5.0, 50.0])
    drawn = np.random.default_rng(20_261_122).poisson(people, (DRAWS, 2))
    value, se = drawn / people, np.sqrt(drawn) / people
    for index in (absolute_concentration_indices, relative_concentration_indices):
        assert 0.9 < covered(index(value, se, people), 0.0) < 0.935


def test_wagstaffs_interval_covers_less_where_few_have_the_event() -> None:
    true, people = np.array([0.1, 0.05]), np.full(2, 100)
    value = np.random.default_rng(20_261_122).binomial(100, true, (DRAWS, 2)) / 100
    se = np.sqrt(value * (1 - value) / 100)
    assert 0.88 < covered(wagstaff(value, se, people), wagstaff(true, 0.0, people).value[0]) < 0.94
    assert 0.935 < covered(erreygers(value, se, people), erreygers(true, 0.0, people).value[0]) < 0.96


@pytest.mark.parametrize("groups", [5, 10])
@pytest.mark.parametrize("people_each", [30, 100, 1_000])
def test_intervals_of_bounded_values_cover(people_each: int, groups: int) -> None:
    true, people = np.linspace(0.5, 0.25, groups), np.full(groups, people_each)
    value = np.random.default_rng(20_261_122).binomial(people_each, true, (DRAWS, groups)) / people_each
    se = np.sqrt(value * (1 - value) / people_each)
    for index in (wagstaff, erreygers):
        assert 0.935 < covered(index(value, se, people), index(true, 0.0, people).value[0]) < 0.96
