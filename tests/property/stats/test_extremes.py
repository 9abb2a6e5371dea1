"""D and R: twins, what must hold of them, and how often their intervals hold the truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_extremes import plain_difference, plain_ratio
from tests.property.stats.settings_of_groups import Setting, covered, only, settings

from evenhand.stats.arguments import critical_value
from evenhand.stats.extremes import extreme_differences, extreme_ratios
from evenhand.stats.statuses import Status

CONFIDENCE = st.sampled_from([0.5, 0.9, 0.95, 0.998])


def _named(setting: Setting) -> dict[str, object]:
    names = [f"group {place}" for place in range(len(setting.value))]
    return {"groups": names, "group": names[-1], "reference": names[0]}


@examples(150)
@given(setting=settings(), confidence=CONFIDENCE)
def test_both_are_their_plain_twins_where_both_groups_exist(setting: Setting, confidence: float) -> None:
    ours = [
        measure(*setting.arrays, confidence=confidence, **_named(setting))
        for measure in (extreme_differences, extreme_ratios)
    ]
    if setting.population[0] == 0:
        assert [summary.status[0] for summary in ours] == [Status.NOTHING_TO_COMPARE_WITH] * 2
    elif setting.population[-1] == 0:
        assert [summary.status[0] for summary in ours] == [Status.NO_POPULATION] * 2
    else:
        value, se, _ = setting.columns
        two = value[-1], se[-1], value[0], se[0], critical_value(confidence)
        np.testing.assert_allclose(only(ours[0]), plain_difference(*two), rtol=1e-9, atol=1e-9 * max(setting.value))
        np.testing.assert_allclose(only(ours[1]), plain_ratio(*two), rtol=1e-9)
        assert [summary.status[0] for summary in ours] == [Status.GIVEN] * 2


@given(setting=settings(), data=st.data())
def test_groups_in_another_place_change_nothing(setting: Setting, data: st.DataObject) -> None:
    places = data.draw(st.permutations(range(len(setting.value))))
    names = _named(setting)
    moved = names | {"groups": [names["groups"][place] for place in places]}
    for measure in (extreme_differences, extreme_ratios):
        np.testing.assert_array_equal(
            only(measure(*setting.moved(places).arrays, **moved)), only(measure(*setting.arrays, **names))
        )


@given(setting=settings(), factor=st.sampled_from([0.5, 4, 1024]))
def test_another_unit_scales_the_difference_and_leaves_the_ratio(setting: Setting, factor: float) -> None:
    value, se, population = setting.arrays
    names = _named(setting)
    difference, scaled = (extreme_differences(value * f, se * f, population, **names) for f in (1, factor))
    np.testing.assert_allclose(only(scaled), np.array(only(difference)) * factor, rtol=1e-12)
    ratio, same = (extreme_ratios(value * f, se * f, population, **names) for f in (1, factor))
    np.testing.assert_allclose(only(same), only(ratio), rtol=1e-12)


@given(setting=settings())
def test_the_two_groups_swapped_turn_both_round_and_limits_nest(setting: Setting) -> None:
    names = _named(setting)
    swapped = names | {"group": names["reference"], "reference": names["group"]}
    value, lower, upper = only(extreme_differences(*setting.arrays, **names))
    np.testing.assert_allclose(only(extreme_differences(*setting.arrays, **swapped)), (-value, -upper, -lower))
    value, lower, upper = only(extreme_ratios(*setting.arrays, **names))
    np.testing.assert_allclose(only(extreme_ratios(*setting.arrays, **swapped)), (1 / value, 1 / upper, 1 / lower))
    if value == value:
        _, wider_lower, wider_upper = only(extreme_ratios(*setting.arrays, confidence=0.99, **names))
        assert wider_lower <= lower <= value <= upper <= wider_upper


DRAWS = 20_000


@pytest.mark.parametrize("true", [(1.0, 1.0), (1.3, 0.7), (1.0, 3.0), (3.0, 1.0)])
@pytest.mark.parametrize("size", [1, 10, 100])
@pytest.mark.parametrize(("events", "least", "most"), [(5, 0.865, 0.96), (10, 0.92, 0.96), (20, 0.935, 0.96)])
def test_intervals_of_two_rates_cover(
    events: float, least: float, most: float, size: float, true: tuple[float, float]
) -> None:
    """R covers from 10 events in the smaller group on; D only from 20 on, and is pinned below that."""
    names = {"groups": ["a", "b"], "group": "a", "reference": "b"}
    people = np.array([1.0, size])
    people *= events / (people * true).min()
    drawn = np.random.default_rng(20_261_122).poisson(true * people, (DRAWS, 2))
    value, se = drawn / people, np.sqrt(drawn) / people
    assert least < covered(extreme_differences(value, se, people, **names), true[0] - true[1]) < most
    assert (
        0.945 < covered(extreme_ratios(value, se, people, **names), true[0] / true[1]) < (0.97 if events > 5 else 0.985)
    )


def test_the_difference_of_a_rate_of_few_events_and_a_sure_one_covers_less() -> None:
    names = {"groups": ["a", "b"], "group": "a", "reference": "b"}
    people = np.array([5.0, 500.0])
    drawn = np.random.default_rng(20_261_122).poisson(people, (DRAWS, 2))
    difference = extreme_differences(drawn / people, np.sqrt(drawn) / people, people, **names)
    assert 0.86 < covered(difference, 0.0) < 0.93
