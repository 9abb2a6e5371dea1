"""p, u, p′ and u′ charts: by hand, as published, and at zero events and zero people."""

from math import nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.attribute_charts import p_chart, p_prime_chart, u_chart, u_prime_chart
from evenhand.stats.chart_series import ChartSettings
from evenhand.stats.statuses import Status
from evenhand.stats.xmr import xmr_chart

THREE = ChartSettings(minimum_points=3)


def test_the_orange_juice_cans_have_the_published_limits() -> None:
    """Montgomery D. C., Introduction to Statistical Quality Control, example of the p chart: 30 samples of 50 cans;
    0.2313, 0.4102 and 0.0524, two samples outside."""
    cans = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
    chart = p_chart(cans, [50] * 30)
    assert round(float(chart.centre[0]), 4) == 0.2313
    assert round(float(chart.upper[0]), 4) == 0.4102
    assert round(float(chart.lower[0]), 4) == 0.0524
    assert (np.flatnonzero(chart.rules & np.uint8(3)) + 1).tolist() == [15, 23]


def test_p_prime_comes_out_as_worked_by_hand() -> None:
    # Σx/Σn = (20 + 60 + 20)/(100 + 200 + 100) = 0.25; σ = √(0.1875/n) = 0.0433013, 0.0306186, 0.0433013
    # z = -1.1547005, 1.6329932, -1.1547005; mean |Δz| = 2.7876937; σ_z = 2.7876937/1.128 = 2.4713596
    # limits at n = 200: 0.25 ± 3·0.0306186·2.4713596 = 0.25 ± 0.2270089
    chart = p_prime_chart([20, 60, 20], [100, 200, 100], settings=THREE)
    np.testing.assert_allclose(
        [chart.lower[1], chart.centre[1], chart.upper[1]], [0.0229911, 0.25, 0.4770089], atol=1e-7
    )
    assert chart.lower[0] == 0.0
    assert chart.lower_at_bound.tolist() == [True, False, True]
    assert chart.unit == "share"
    assert chart.numerator.tolist() == [20, 60, 20]
    assert chart.denominator.tolist() == [100, 200, 100]


def test_u_prime_comes_out_as_worked_by_hand() -> None:
    # Σx/Σn = 50/5000 = 0.01 = 10 per 1,000; σ = √(0.01/n) = 0.00316228, 0.00182574, 0.00316228
    # rates 0.012, 0.0086667, 0.012
    # z = 0.6324555, -0.7302967, 0.6324555; mean |Δz| = 1.3627522; σ_z = 1.2081136
    # limit at n = 1000: 0.01 + 3·0.00316228·1.2081136 = 0.0214612, 21.4612 per 1,000
    chart = u_prime_chart([12, 26, 12], [1000, 3000, 1000], settings=THREE, per=1000)
    assert chart.centre[0] == pytest.approx(10)
    assert chart.upper[0] == pytest.approx(21.4612, abs=1e-4)
    assert chart.unit == "per 1,000"


def test_with_one_population_p_prime_is_the_xmr_chart_of_the_shares_to_the_rounding_of_its_constant() -> None:
    events = np.array([12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22])
    prime, xmr = p_prime_chart(events, np.full(15, 50)), xmr_chart(events / 50)
    np.testing.assert_allclose(prime.upper - prime.centre, (xmr.upper - xmr.centre) * (3 / 1.128) / 2.66, rtol=1e-9)


def test_nobody_is_a_gap_and_no_events_is_a_point() -> None:
    chart = u_prime_chart([3, 0, nan, 0, 2, 4], [100, 0, 100, 100, 100, 100], settings=THREE, per=100)
    assert chart.status.tolist() == [0, Status.NO_POPULATION, Status.MISSING_INPUT, 0, 0, 0]
    assert chart.value[3] == 0.0
    assert np.isnan(chart.value[[1, 2]]).all()
    assert chart.notes[:2] == ("1 period has no value.", "1 period has nobody it could have happened to.")


def test_a_series_without_events_has_its_limits_at_nought() -> None:
    for chart in (p_prime_chart([0] * 15, range(100, 115)), u_prime_chart([0] * 15, range(100, 115))):
        assert (chart.upper == 0).all()
        assert not chart.rules.any()
        assert "do not vary" in chart.notes[0]


def test_shares_that_are_all_the_same_break_no_rule_whatever_the_populations() -> None:
    population = np.arange(1, 21) * 30
    chart = p_prime_chart(population / 10 * 3, population)
    assert not chart.rules.any()
    np.testing.assert_allclose(chart.upper, 0.3)
    assert "do not vary" in chart.notes[0]


def test_few_events_a_period_are_said_to_make_rough_limits() -> None:
    chart = u_chart([1, 2] * 10, [100] * 20)
    assert "1.5 events a period set the limits: below about 5 they are rough." in chart.notes
    assert not any("rough" in note for note in u_chart([10, 12] * 10, [100] * 20).notes)


def test_wrong_counts_are_refused() -> None:
    with pytest.raises(InputRefused, match="a part is not larger"):
        p_chart([3], [2])
    with pytest.raises(InputRefused, match="can have no events"):
        u_chart([3], [0])
    with pytest.raises(InputRefused, match="dimensions"):
        u_chart([[3]], [[10]])
