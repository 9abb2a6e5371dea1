"""The rules against a twin that looks at every window, and how often they mark a series in which nothing changed."""

from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_control_charts import broken

from evenhand.stats.chart_rules import Direction, Rule, Variation, broken_rules
from evenhand.stats.chart_series import ChartSettings
from evenhand.stats.xmr import xmr_chart

NAMES = {
    Rule.ABOVE_UPPER_LIMIT: "above limit",
    Rule.BELOW_LOWER_LIMIT: "below limit",
    Rule.SHIFT_ABOVE: "shift above",
    Rule.SHIFT_BELOW: "shift below",
    Rule.RISING: "rising",
    Rule.FALLING: "falling",
    Rule.TWO_OF_THREE_ABOVE: "two of three above",
    Rule.TWO_OF_THREE_BELOW: "two of three below",
}


@st.composite
def walks(draw: st.DrawFn) -> list[float]:
    """Runs and climbs in whole and half steps, so that every rule is broken often and lines are hit exactly."""
    pieces = draw(st.lists(st.tuples(st.sampled_from([-4, -2.5, -1, 0, 1, 2.5, 4]), st.integers(0, 9)), max_size=6))
    slope = draw(st.sampled_from([-0.5, 0.0, 0.5]))
    values = [level + slope * step for level, length in pieces for step in range(length)]
    return values + draw(st.lists(st.integers(-8, 8).map(lambda number: number / 2), max_size=8))


@given(walks(), st.data())
@examples(150)
def test_every_rule_marks_the_points_that_a_look_at_every_window_marks(
    values: list[float], data: st.DataObject
) -> None:
    size = len(values)
    counted = data.draw(st.lists(st.sampled_from([True] * 9 + [False]), min_size=size, max_size=size))
    steps = st.lists(st.sampled_from([0] * 9 + [1]), min_size=size, max_size=size)
    partition = np.cumsum(data.draw(steps), dtype=np.int64)
    stretch = np.cumsum(data.draw(steps), dtype=np.int64)
    shift, trend = data.draw(st.integers(6, 8)), data.draw(st.integers(6, 8))
    lines = np.repeat(np.arange(-3.0, 4.0)[:, np.newaxis], size, axis=1)
    lines[:, partition == 2] = np.nan
    rules = broken_rules(
        np.array(values, dtype=np.float64),
        lines,
        counted=np.array(counted, dtype=np.bool_),
        partition=partition,
        stretch=stretch,
        shift_points=shift,
        trend_points=trend,
    )
    expected = broken(values, lines.tolist(), counted, partition.tolist(), stretch.tolist(), shift, trend)
    found = [{name for rule, name in NAMES.items() if rule & int(code)} for code in rules]
    assert found == expected


VALUES = st.lists(st.integers(-500, 500).map(lambda number: number / 100), min_size=15, max_size=40)


def _rules(values: np.ndarray) -> list[int]:
    return xmr_chart(values).rules.tolist()


@given(VALUES, st.integers(-100_000, 100_000).map(lambda number: number / 100))
@examples(100)
def test_adding_a_constant_moves_the_lines_and_leaves_the_rules(values: list[float], constant: float) -> None:
    before, after = xmr_chart(values), xmr_chart(np.array(values) + constant)
    assert after.rules.tolist() == before.rules.tolist()
    np.testing.assert_allclose(after.upper, before.upper + constant, atol=1e-9)
    np.testing.assert_allclose(after.moving_range_limit, before.moving_range_limit, atol=1e-9)


@given(VALUES, st.sampled_from([0.001, 0.5, 3.0, 1_000.0]))
@examples(100)
def test_a_change_of_unit_changes_the_lines_and_no_rule(values: list[float], factor: float) -> None:
    before, after = xmr_chart(values), xmr_chart(np.array(values) * factor)
    assert after.rules.tolist() == before.rules.tolist()
    np.testing.assert_allclose(after.upper, before.upper * factor, rtol=1e-9, atol=1e-12)


MIRRORED = {rule: 2 * rule if bit % 2 == 0 else rule // 2 for bit, rule in enumerate(Rule)}


@given(VALUES)
@examples(100)
def test_the_mirror_image_swaps_high_for_low_and_keeps_good_and_bad(values: list[float]) -> None:
    chart = xmr_chart(values, settings=ChartSettings(direction=Direction.UP))
    mirror = xmr_chart(-np.array(values), settings=ChartSettings(direction=Direction.DOWN))
    assert [
        sum(MIRRORED[rule] for rule in Rule if rule & code) for code in chart.rules.tolist()
    ] == mirror.rules.tolist()
    image_of = {
        Variation.COMMON_CAUSE: Variation.COMMON_CAUSE,
        Variation.IMPROVEMENT_HIGH: Variation.IMPROVEMENT_LOW,
        Variation.CONCERN_LOW: Variation.CONCERN_HIGH,
    }
    assert [image_of[point.variation] for point in chart] == [point.variation for point in mirror]


@given(st.floats(-1e6, 1e6), st.integers(2, 60))
@examples(100)
def test_a_constant_series_breaks_no_rule(value: float, points: int) -> None:
    for screen in (False, True):
        settings = ChartSettings(minimum_points=2, screen_moving_ranges=screen)
        chart = xmr_chart([value] * points, settings=settings)
        assert not chart.rules.any()
        np.testing.assert_allclose(chart.upper, value, rtol=1e-12)


STABLE = np.random.default_rng(1931)


def test_in_a_long_stable_series_each_rule_marks_as_many_points_as_the_theory_says() -> None:
    """Per point, each way.

    Point: 0.00135. Shift: a point of a fair coin lies in a run of seven or more with chance 8/2⁷, half of it each way.
    Trend: seven ranks in order have chance 1/7!, and a longest rise of L begins with chance 1/L! - 1/(L + 1)!.
    Two of three: both points between two and three sigma (0.0214 each); neighbours with one of two thirds on their
    side (¾), or one apart with the middle one on their side (½); two partners each.
    """
    chart = xmr_chart(STABLE.normal(size=600_000))
    share = {rule: float(((chart.rules & np.uint8(rule)) != 0).mean()) for rule in Rule}
    shift = 8 / 2**7 / 2
    trend = 7 * (1 / factorial(7) - 1 / factorial(8)) + 1 / factorial(8)
    two_of_three = 2 * 0.0214**2 * (3 / 4 + 1 / 2)
    for expected, tolerance, rules in (
        (0.00135, 0.25, (Rule.ABOVE_UPPER_LIMIT, Rule.BELOW_LOWER_LIMIT)),
        (shift, 0.05, (Rule.SHIFT_ABOVE, Rule.SHIFT_BELOW)),
        (trend, 0.3, (Rule.RISING, Rule.FALLING)),
        (two_of_three, 0.25, (Rule.TWO_OF_THREE_ABOVE, Rule.TWO_OF_THREE_BELOW)),
    ):
        for rule in rules:
            assert share[rule] == pytest.approx(expected, rel=tolerance)


def _share_of_marked_charts(series: np.ndarray) -> float:
    return float(np.mean([xmr_chart(values).rules.any() for values in series]))


def test_one_stable_chart_of_24_points_in_six_has_a_marked_point() -> None:
    assert _share_of_marked_charts(STABLE.normal(size=(1_000, 24))) == pytest.approx(0.16, abs=0.03)


def test_neighbours_that_resemble_each_other_mark_seven_charts_in_ten() -> None:
    noise = STABLE.normal(size=(800, 74))
    series = np.zeros_like(noise)
    for step in range(1, 74):
        series[:, step] = 0.5 * series[:, step - 1] + noise[:, step]
    assert _share_of_marked_charts(series[:, 50:]) == pytest.approx(0.70, abs=0.05)
