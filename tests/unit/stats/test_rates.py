"""Byar's interval and the crude rate: by hand, as published, and at their edges."""

from collections.abc import Callable
from math import exp, factorial, isnan, log

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.rates import (
    RateMethod,
    byar_interval,
    byar_intervals,
    crude_rate,
    crude_rates,
    exact_interval,
    exact_intervals,
)


def _chance_of_at_most(count: int, expected: float) -> float:
    return sum(exp(-expected) * expected**k / factorial(k) for k in range(count + 1))


def test_twenty_five_events_come_out_as_worked_by_hand() -> None:
    # L = 25·(1 - 1/225 - 1.95996/15)³ = 25·0.864891³;  U = 26·(1 - 1/234 + 1.95996/(3·5.09902))³ = 26·1.123854³
    interval = byar_interval(25)
    assert interval.lower == pytest.approx(16.174, abs=1e-3)
    assert interval.upper == pytest.approx(36.907, abs=1e-3)


@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    [
        (0, 0.000, 3.689),
        (1, 0.025, 5.572),
        (2, 0.242, 7.225),
        (3, 0.619, 8.767),
        (5, 1.623, 11.668),
        (9, 4.115, 17.085),
    ],
)
def test_below_ten_events_the_limits_are_those_of_the_printed_tables(events: int, lower: float, upper: float) -> None:
    """Exact 95 % limits of a Poisson count, as in Garwood (1936) and every table since."""
    interval = byar_interval(events)
    assert round(interval.lower, 3) == lower
    assert round(interval.upper, 3) == upper


@pytest.mark.parametrize("events", range(1, 10))
def test_below_ten_events_each_tail_holds_two_and_a_half_per_cent(events: int) -> None:
    interval = byar_interval(events)
    assert 1 - _chance_of_at_most(events - 1, interval.lower) == pytest.approx(0.025, rel=1e-9)
    assert _chance_of_at_most(events, interval.upper) == pytest.approx(0.025, rel=1e-9)


def test_no_events_have_an_upper_limit_and_a_lower_one_of_exactly_nought() -> None:
    interval = byar_interval(0)
    assert interval.lower == 0.0
    assert interval.upper == pytest.approx(-log(0.025), rel=1e-12)
    assert byar_intervals([0]).lower[0] == 0.0


def test_at_ten_events_the_formula_takes_over_from_the_exact_limits() -> None:
    assert 1 - _chance_of_at_most(9, byar_interval(10).lower) == pytest.approx(0.025, abs=3e-4)
    assert 1 - _chance_of_at_most(9, byar_interval(10).lower) != pytest.approx(0.025, abs=1e-6)


@pytest.mark.parametrize(
    ("events", "rate", "lower", "upper"),
    [
        (145, 66.3, 55.9, 78.0),
        (50, 134.4, 99.7, 177.2),
        (25, 82.9, 53.6, 122.4),
        (515, 63.3, 58.0, 69.0),
        (25, 109.3, 70.7, 161.4),
    ],
)
def test_detention_rates_of_leicester_leicestershire_and_rutland_have_the_intervals_we_show(
    events: int, rate: float, lower: float, upper: float
) -> None:
    """NHS England, Mental Health Act Statistics 2023-24, QK1: published counts and rates; people = count / rate."""
    estimate = crude_rate(events, events / rate * 100_000)
    assert estimate.value == pytest.approx(rate)
    assert round(estimate.interval.lower, 1) == lower
    assert round(estimate.interval.upper, 1) == upper


def test_a_rate_carries_its_counts_its_unit_and_its_method() -> None:
    estimate = crude_rate(20, 4_000, per=1_000, confidence=0.9)
    assert estimate.value == 5.0
    assert (estimate.numerator, estimate.denominator, estimate.confidence) == (20, 4_000, 0.9)
    assert estimate.unit == "per 1,000"
    assert estimate.method == "Byar, exact below 10 events"
    many = crude_rates([20, 40], 4_000, per=1_000, confidence=0.9)
    assert many.value.tolist() == [5.0, 10.0]
    assert many.numerator.tolist() == [20, 40]
    assert many.denominator.tolist() == [4_000, 4_000]
    assert (many.unit, many.confidence, many.method) == (estimate.unit, 0.9, estimate.method)


def test_a_population_of_nobody_has_no_rate_and_stops_nobody_elses() -> None:
    estimate = crude_rate(0, 0)
    assert isnan(estimate.value)
    assert isnan(estimate.interval.lower)
    many = crude_rates([0, 20], [0, 4_000])
    assert np.isnan(many.value[0])
    assert np.isnan(many.interval.upper[0])
    assert many.value[1] == 500.0


@pytest.mark.parametrize("one", [byar_interval, byar_intervals])
def test_a_negative_count_is_refused(one: Callable[..., object]) -> None:
    with pytest.raises(InputRefused, match="events: found -1"):
        one(-1)


@pytest.mark.parametrize("one", [crude_rate, crude_rates])
def test_events_in_a_population_of_nobody_are_refused(one: Callable[..., object]) -> None:
    with pytest.raises(InputRefused, match="a population of 0 can have no events"):
        one(1, 0)


@pytest.mark.parametrize(
    ("events", "lower", "upper"), [(10, 4.80, 18.39), (20, 12.22, 30.89), (50, 37.11, 65.92), (100, 81.36, 121.63)]
)
def test_exact_limits_of_larger_counts_are_those_of_the_printed_tables(events: int, lower: float, upper: float) -> None:
    """95 % limits of a Poisson count as tabulated in Pearson and Hartley, Biometrika Tables for Statisticians, 40."""
    interval = exact_interval(events)
    assert round(interval.lower, 2) == lower
    assert round(interval.upper, 2) == upper
    many = exact_intervals([events])
    assert [many.lower[0], many.upper[0]] == [interval.lower, interval.upper]


def test_of_no_events_the_exact_limits_are_nought_and_the_logarithm_of_the_tail() -> None:
    # P(0 events | U) = exp(-U) = 0.025, so U = -ln 0.025 = 3.6889
    assert exact_interval(0).lower == 0.0
    assert exact_interval(0).upper == pytest.approx(-log(0.025), rel=1e-12)


def test_a_rate_says_which_limits_it_has() -> None:
    one, many = (rate(60, 4_000, method=RateMethod.EXACT) for rate in (crude_rate, crude_rates))
    assert one.method == many.method == "exact (Garwood)"
    assert one.interval.lower == pytest.approx(exact_interval(60).lower / 4_000 * 100_000)
    assert many.interval.upper == pytest.approx(one.interval.upper)
    assert byar_interval(60).lower != pytest.approx(exact_interval(60).lower, rel=1e-9)


def test_a_missing_count_has_no_limits_and_a_negative_one_is_refused_by_the_exact_ones_too() -> None:
    assert isnan(exact_interval(float("nan")).lower)
    assert isnan(byar_interval(float("nan")).upper)
    for one in (exact_interval, exact_intervals):
        with pytest.raises(InputRefused, match="events: found -1"):
            one(-1)


@pytest.mark.parametrize("one", [byar_interval, byar_intervals, exact_interval, exact_intervals])
def test_a_confidence_in_per_cent_is_refused_at_any_count(one: Callable[..., object]) -> None:
    for events in (3, 30):
        with pytest.raises(InputRefused, match="confidence: found 95"):
            one(events, confidence=95)


def test_rates_keep_the_shape_they_were_given() -> None:
    found = crude_rates(np.full((2, 3), 5.0), 100)
    assert found.value.shape == found.interval.lower.shape == found.status.shape == (2, 3)
    assert crude_rates([], []).value.shape == (0,)
    assert crude_rates(5, 100).interval.upper.shape == ()
