"""The smallest detectable change against its plain twin, and the power that it has in truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_gap_over_time import detectable

from evenhand.stats.detectable_change import periods_needed, smallest_detectable_change
from evenhand.stats.gap_over_time import change_in_gap

EVENTS = st.lists(st.floats(0.5, 5_000), min_size=4, max_size=4)
SHARES = st.lists(st.sampled_from([0.0, 0.0, 0.02, 0.5, 1.0]), min_size=4, max_size=4)
PHI = st.sampled_from([1.0, 1.4, 3.0])


@given(EVENTS, SHARES, PHI, PHI, st.sampled_from([0.5, 0.8, 0.9]))
@examples(100)
def test_it_is_that_of_the_plain_twin(
    events: list[float], shares: list[float], phi_a: float, phi_b: float, power: float
) -> None:
    found = smallest_detectable_change(
        *events,
        share_a1=shares[0],
        share_b1=shares[1],
        share_a2=shares[2],
        share_b2=shares[3],
        overdispersion_a=phi_a,
        overdispersion_b=phi_b,
        power=power,
    )
    expected = detectable(events, shares, phi_a, phi_b, power)
    np.testing.assert_allclose([found.log_fall, found.log_rise], expected, rtol=1e-9)
    np.testing.assert_allclose([found.falling, found.rising], [np.exp(-expected[0]), np.exp(expected[1])], rtol=1e-9)


CHANCE = np.random.default_rng(1935)
DRAWS = 20_000


def _power(expected: tuple[float, ...], log_change: float, phi: float = 1.0) -> float:
    """How often a change of this size is found, and on its own side, when these events are expected."""
    draws = [
        CHANCE.poisson(mean if phi == 1 else CHANCE.gamma(mean / (phi - 1), phi - 1, DRAWS), DRAWS) for mean in expected
    ]
    people = (expected[0], expected[1], expected[2] / np.exp(log_change), expected[3])
    cells = [number for pair in zip(draws, people, strict=True) for number in pair]
    interval = change_in_gap(*cells, overdispersion_a=phi, overdispersion_b=phi).log_change.interval
    return float((interval.upper < 0).mean() if log_change < 0 else (interval.lower > 0).mean())


@pytest.mark.parametrize(
    ("expected", "least", "most"),
    [
        ((600, 2000, 500, 2100), 0.78, 0.82),
        ((150, 500, 120, 520), 0.78, 0.82),
        ((60, 300, 45, 310), 0.77, 0.82),
        ((20, 100, 20, 100), 0.765, 0.81),
        ((12, 60, 10, 60), 0.735, 0.79),
        ((5, 60, 6, 60), 0.68, 0.76),
    ],
)
def test_the_power_is_what_it_says_from_about_twenty_events_up(
    expected: tuple[float, ...], least: float, most: float
) -> None:
    smallest = smallest_detectable_change(*expected)
    assert least < _power(expected, -float(smallest.log_fall)) < most
    assert least < _power(expected, float(smallest.log_rise)) < most


def test_the_power_holds_with_over_dispersion() -> None:
    expected = (300, 900, 280, 900)
    smallest = smallest_detectable_change(*expected, overdispersion_a=2.5, overdispersion_b=2.5)
    assert 0.78 < _power(expected, -float(smallest.log_fall), phi=2.5) < 0.82


@pytest.mark.parametrize("ratio_of_ratios", [0.7, 0.9, 1.2])
def test_so_many_periods_find_the_change_and_a_tenth_fewer_do_not(ratio_of_ratios: float) -> None:
    """12 events a month in the group and 70 in the other; the plain check of the closed form."""
    needed = float(periods_needed(12, 70, ratio_of_ratios).periods)
    for periods, least, most in ((needed, 0.78, 0.83), (round(0.9 * needed), 0.70, 0.795)):
        expected = (12 * periods, 70 * periods, 12 * ratio_of_ratios * periods, 70 * periods)
        assert least < _power(expected, np.log(ratio_of_ratios)) < most
