"""PAR and PAF: twins, what must hold of them, and how often their intervals hold the truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_attributable import plain_fraction, plain_risk
from tests.property.stats.settings_of_groups import Setting, covered, only, settings_of_two_or_more

from evenhand.stats.arguments import critical_value
from evenhand.stats.attributable import attributable_fractions, attributable_risks
from evenhand.stats.statuses import Status

CONFIDENCE = st.sampled_from([0.5, 0.9, 0.95, 0.998])


def _named(setting: Setting) -> dict[str, object]:
    return {"groups": [f"group {place}" for place in range(len(setting.value))], "reference": "group 0"}


@examples(150)
@given(setting=settings_of_two_or_more(), confidence=CONFIDENCE)
def test_both_are_their_plain_twins_where_the_reference_exists(setting: Setting, confidence: float) -> None:
    risk, fraction = (
        measure(*setting.arrays, confidence=confidence, **_named(setting))
        for measure in (attributable_risks, attributable_fractions)
    )
    if setting.population[0] == 0:
        assert risk.status[0] == fraction.status[0] == Status.NOTHING_TO_COMPARE_WITH
        return
    z = critical_value(confidence)
    np.testing.assert_allclose(
        only(risk), plain_risk(*setting.columns, 0, z), rtol=1e-9, atol=1e-9 * max(setting.value)
    )
    np.testing.assert_allclose(only(fraction), plain_fraction(*setting.columns, 0, z), rtol=1e-7, atol=1e-7)


@given(setting=settings_of_two_or_more(), data=st.data())
def test_groups_in_another_place_change_nothing(setting: Setting, data: st.DataObject) -> None:
    places = data.draw(st.permutations(range(len(setting.value))))
    names = _named(setting)
    moved = names | {"groups": [names["groups"][place] for place in places]}
    for measure in (attributable_risks, attributable_fractions):
        again = only(measure(*setting.moved(places).arrays, **moved))
        ours = only(measure(*setting.arrays, **names))
        np.testing.assert_allclose(again, ours, rtol=1e-9, atol=1e-9 * max(setting.value))


@given(setting=settings_of_two_or_more(), factor=st.sampled_from([0.01, 7, 100_000]))
def test_another_unit_scales_the_risk_and_leaves_the_fraction(setting: Setting, factor: float) -> None:
    value, se, population = setting.arrays
    names = _named(setting)
    risk, scaled = (attributable_risks(value * f, se * f, population, **names) for f in (1, factor))
    np.testing.assert_allclose(only(scaled), np.array(only(risk)) * factor, rtol=1e-9, atol=1e-9 * factor)
    fraction, same = (attributable_fractions(value * f, se * f, population, **names) for f in (1, factor))
    np.testing.assert_allclose(only(same), only(fraction), rtol=1e-9, atol=1e-9)


@given(setting=settings_of_two_or_more())
def test_limits_nest_by_confidence_and_the_fraction_is_the_risk_over_the_average(setting: Setting) -> None:
    value, _, population = setting.arrays
    risk, fraction = (
        measure(*setting.arrays, **_named(setting)) for measure in (attributable_risks, attributable_fractions)
    )
    mean = (value * population).sum() / population.sum()
    np.testing.assert_allclose(fraction.value * mean, risk.value, rtol=1e-9, atol=1e-9 * max(setting.value))
    for measure in (attributable_risks, attributable_fractions):
        (middle, lower, upper), (_, wider_lower, wider_upper) = (
            only(measure(*setting.arrays, confidence=confidence, **_named(setting))) for confidence in (0.8, 0.99)
        )
        if middle == middle:
            assert wider_lower <= lower <= middle <= upper <= wider_upper


DRAWS = 20_000


@pytest.mark.parametrize("groups", [2, 5, 10])
@pytest.mark.parametrize("size_of_reference", [0.1, 1, 10])
@pytest.mark.parametrize(
    ("events", "least_of_risk", "least_of_fraction"),
    [(5, 0.87, 0.895), (10, 0.915, 0.92), (20, 0.93, 0.93), (100, 0.94, 0.94)],
)
def test_intervals_cover(
    events: float, least_of_risk: float, least_of_fraction: float, size_of_reference: float, groups: int
) -> None:
    """``events`` are expected in the smallest group. Both cover from 20 on, and are pinned below that."""
    size = np.ones(groups)
    size[0] = size_of_reference
    true = np.linspace(0.6, 1.4, groups)
    people = size * events / (size * true).min()
    names = {"groups": [str(group) for group in range(groups)], "reference": "0"}
    drawn = np.random.default_rng(20_261_122).poisson(true * people, (DRAWS, groups))
    value, se = drawn / people, np.sqrt(drawn) / people
    truth = [measure(true, 0.0, people, **names).value[0] for measure in (attributable_risks, attributable_fractions)]
    assert least_of_risk < covered(attributable_risks(value, se, people, **names), truth[0]) < 0.96
    assert least_of_fraction < covered(attributable_fractions(value, se, people, **names), truth[1]) < 0.97
