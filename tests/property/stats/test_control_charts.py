"""Limits against plain twins; gaps, ghosts, recalculations and baselines; and what the limits do with chance alone."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_control_charts import (
    attribute_lines,
    base_points,
    geometric_quantile_lines,
    partition_of,
    xmr_centre_and_reach,
)

from evenhand.stats.attribute_charts import p_chart, p_prime_chart, u_chart, u_prime_chart
from evenhand.stats.chart_series import ChartSettings
from evenhand.stats.rare_events import g_chart, geometric_lines, t_chart_of_times
from evenhand.stats.statuses import Status
from evenhand.stats.xmr import xmr_chart

MAYBE = st.one_of(*[st.integers(0, 8).map(float)] * 5, st.just(nan))


def _agree(ours: object, theirs: object) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9)


@given(st.data())
@examples(120)
def test_xmr_limits_are_those_of_the_plain_twin(data: st.DataObject) -> None:
    values = data.draw(st.lists(MAYBE, min_size=1, max_size=30))
    labels = st.sampled_from(range(1, len(values) + 1))
    ghosts, starts = data.draw(st.sets(labels, max_size=3)), data.draw(st.sets(labels, max_size=2))
    baseline = data.draw(st.none() | st.integers(1, 12)) if not starts else None
    across, screen = data.draw(st.booleans()), data.draw(st.booleans())
    minimum = data.draw(st.integers(2, 6))
    settings = ChartSettings(
        minimum_points=minimum,
        baseline=baseline,
        ghosted=tuple(ghosts),
        recalculate_at=tuple(starts),
        across_gaps=across,
        screen_moving_ranges=screen,
    )
    ghost_places, start_places = {label - 1 for label in ghosts}, {label - 1 for label in starts}
    base = base_points(values, ghost_places, start_places, baseline)
    chart = xmr_chart(values, settings=settings)
    for place, number in enumerate(partition_of(len(values), start_places)):
        plain = xmr_centre_and_reach(
            values, base[number], ghost_places, across_gaps=across, screen=screen, minimum=minimum
        )
        centre, reach = (nan, nan) if plain is None else plain
        if not isnan(reach):
            _agree(chart.centre[place], centre)
        _agree([chart.lower[place], chart.upper[place]], [centre - reach, centre + reach])
        _agree(chart.upper_two_sigma[place] - chart.upper_one_sigma[place], reach / 3)


@given(st.lists(MAYBE, min_size=16, max_size=30), st.data())
@examples(100)
def test_ghosting_a_point_gives_the_chart_that_lacks_it(values: list[float], data: st.DataObject) -> None:
    ghost = data.draw(st.integers(1, len(values)))
    with_ghost = xmr_chart(values, settings=ChartSettings(minimum_points=2, ghosted=(ghost,)))
    without = xmr_chart(values[: ghost - 1] + values[ghost:], settings=ChartSettings(minimum_points=2))
    kept = np.arange(1, len(values) + 1) != ghost
    for name in ("value", "centre", "lower", "upper", "moving_range", "rules", "variation"):
        np.testing.assert_array_equal(getattr(with_ghost, name)[kept], getattr(without, name))
    assert with_ghost.rules[ghost - 1] == 0


@st.composite
def counts(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    rows = []
    for _ in range(draw(st.integers(1, 25))):
        population = draw(st.sampled_from([0, 1, 7, 40, 40, 40, 1_000, nan]))
        rows.append((nan if isnan(population) else draw(st.integers(0, int(population))), population))
    return [float(x) for x, _ in rows], [float(n) for _, n in rows]


@given(counts(), st.integers(2, 6))
@examples(80)
def test_shares_and_rates_have_the_limits_of_the_plain_twin(
    series: tuple[list[float], list[float]], minimum: int
) -> None:
    events, population = series
    settings = ChartSettings(minimum_points=minimum)
    base = [place for place, n in enumerate(population) if n > 0]
    for share, laney, chart in (
        (True, False, p_chart(events, population, settings=settings)),
        (True, True, p_prime_chart(events, population, settings=settings)),
        (False, False, u_chart(events, population, settings=settings, per=1)),
        (False, True, u_prime_chart(events, population, settings=settings, per=1)),
    ):
        plain = attribute_lines(events, population, base, share=share, laney=laney, minimum=minimum)
        for place, lines in enumerate(plain):
            if lines is not None and not np.isnan(chart.lower[place]):
                _agree([chart.lower[place], chart.centre[place], chart.upper[place]], lines)
            elif lines is not None:
                # Every two neighbours are alike and yet not all points: the twin has limits on the line, ours none.
                assert chart.status[place] == Status.NOT_DEFINED
                _agree(lines[0], lines[2])
            else:
                assert np.isnan(chart.upper[place])


@given(st.lists(MAYBE, min_size=2, max_size=30))
@examples(100)
def test_times_between_events_have_the_xmr_limits_of_their_power(times: list[float]) -> None:
    settings = ChartSettings(minimum_points=2)
    chart = t_chart_of_times(times, settings=settings)
    powers = xmr_chart(np.array(times) ** (1 / 3.6), settings=settings)
    _agree(chart.centre, powers.centre**3.6)
    _agree(chart.upper, powers.upper**3.6)
    _agree(chart.lower, np.maximum(powers.lower, 0) ** 3.6)
    high = np.uint8(1 | 4 | 16 | 64)
    np.testing.assert_array_equal(chart.rules & high, powers.rules & high)


@given(st.floats(0, 5_000))
@examples(200)
def test_geometric_lines_are_those_counted_up(mean: float) -> None:
    assert geometric_lines(np.array([mean]))[:, 0].tolist() == geometric_quantile_lines(mean)


@given(st.integers(1, 300))
@examples(100)
def test_geometric_lines_leave_the_normal_chances_outside(mean: int) -> None:
    q = mean / (1 + mean)
    lower_three, lower_two, _, median, _, upper_two, upper_three = geometric_lines(np.array([float(mean)]))[:, 0]
    for line, chance in ((upper_three, 0.00135), (upper_two, 0.02276), (median, 0.5)):
        assert q ** (line + 1) <= chance
        assert line == 0 or q**line > chance * 0.999
    for line, chance in ((lower_three, 0.00135), (lower_two, 0.02276)):
        assert 1 - q**line <= chance


CHANCE = np.random.default_rng(2002)


def _share_outside(rules: np.ndarray) -> float:
    return float(((rules & np.uint8(3)) != 0).mean())


def test_chance_alone_passes_the_limits_of_t_and_g_charts_no_oftener_than_three_points_in_a_thousand() -> None:
    times = t_chart_of_times(CHANCE.exponential(30, size=100_000))
    assert 0.0003 < _share_outside(times.rules) < 0.0027
    cases = g_chart(CHANCE.geometric(0.02, size=100_000) - 1)
    assert 0.0008 < _share_outside(cases.rules) < 0.0020


def test_three_sigma_about_the_mean_of_cases_between_events_would_be_passed_eighteen_times_in_a_thousand() -> None:
    cases = CHANCE.geometric(0.1, size=200_000) - 1
    assert (cases > 9 + 3 * np.sqrt(9 * 10)).mean() == pytest.approx(0.018, abs=0.002)


def test_where_populations_are_large_the_u_chart_marks_a_third_of_the_points_and_u_prime_hardly_any() -> None:
    """Monthly rates that vary by 3 % for reasons of their own, over populations of about a million."""
    population = CHANCE.integers(800_000, 1_200_000, size=20_000)
    events = CHANCE.poisson(population * 0.01 * CHANCE.normal(1, 0.03, size=20_000))
    assert _share_outside(u_chart(events, population).rules) == pytest.approx(0.34, abs=0.05)
    assert _share_outside(u_prime_chart(events, population).rules) < 0.005


def test_below_five_events_a_period_the_upper_limit_of_a_u_chart_is_passed_too_often() -> None:
    for mean, least, most in ((0.5, 0.012, 0.017), (30, 0.0015, 0.0040)):
        chart = u_chart(CHANCE.poisson(mean, size=50_000), np.full(50_000, 100))
        assert least < _share_outside(chart.rules) < most
