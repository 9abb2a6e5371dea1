"""Rules on which rates are shown: what each hides, what it says, and what it needs."""

from math import nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.rates import crude_rate, crude_rates
from evenhand.stats.selection import (
    CLASSIC_RULE,
    EVERY_RATE,
    EventsAtLeast,
    ExpectedAtLeast,
    PopulationAtLeast,
    SelectionRule,
    expected_events,
    selected,
    selected_rate,
)
from evenhand.stats.statuses import Status

RATES = crude_rates([0, 9, 10, 5, nan], [100, 200, 300, 400, 500])


@pytest.mark.parametrize(
    ("rule", "expected", "statuses"),
    [
        (EVERY_RATE, None, [0, 0, 0, 0, Status.MISSING_INPUT]),
        (CLASSIC_RULE, None, [Status.TOO_FEW_EVENTS, Status.TOO_FEW_EVENTS, 0, Status.TOO_FEW_EVENTS, 2]),
        (PopulationAtLeast(300), None, [Status.TOO_SMALL_POPULATION, Status.TOO_SMALL_POPULATION, 0, 0, 2]),
        (ExpectedAtLeast(4), [4, 3.9, 9, nan, 9], [0, Status.TOO_FEW_EXPECTED, 0, Status.MISSING_INPUT, 2]),
    ],
)
def test_each_rule_hides_what_it_is_named_for(
    rule: SelectionRule, expected: list[float] | None, statuses: list[int]
) -> None:
    shown = selected(RATES, rule, expected=expected)
    assert shown.status.tolist() == statuses
    hidden = np.array(statuses) != 0
    assert np.isnan(shown.value).tolist() == hidden.tolist()
    assert np.isnan(shown.interval.lower).tolist() == hidden.tolist()
    assert np.isnan(shown.interval.upper).tolist() == hidden.tolist()
    assert np.array_equal(shown.value[~hidden], RATES.value[~hidden])
    assert np.array_equal(shown.numerator, RATES.numerator, equal_nan=True)
    for place in range(3):
        one = selected_rate(
            crude_rate(RATES.numerator[place], RATES.denominator[place]),
            rule,
            expected=None if expected is None else expected[place],
        )
        assert one.status == statuses[place]
        assert one.method == shown.method


def test_a_rule_is_carried_in_the_method_and_the_rule_to_show_all_says_nothing() -> None:
    assert selected(RATES, EVERY_RATE).method == RATES.method
    assert selected(RATES, EventsAtLeast(5)).method == f"{RATES.method}; shown from 5 events"
    assert PopulationAtLeast(12_000).words == "shown from a population of 12,000"
    assert EventsAtLeast(10) == CLASSIC_RULE


def test_a_rate_without_a_value_keeps_the_reason_it_had() -> None:
    nobody = crude_rate(0, 0)
    assert selected_rate(nobody, CLASSIC_RULE).status is Status.NO_POPULATION
    assert selected(crude_rates([0], [0]), CLASSIC_RULE).status.tolist() == [Status.NO_POPULATION]


def test_expected_events_are_the_population_times_the_rates() -> None:
    # 100·0.02 + 300·0.01 = 5
    assert expected_events([[100, 300], [0, 100]], [0.02, 0.01]).tolist() == [5.0, 1.0]
    assert expected_events([100, 300], np.array([0.02, 0.01])) == pytest.approx(5)


def test_a_rule_that_needs_expected_events_and_has_none_is_refused() -> None:
    with pytest.raises(InputRefused, match="expected: found none"):
        selected(RATES, ExpectedAtLeast(4))
    with pytest.raises(InputRefused, match=r"expected: found shape \(2,\); one for each rate, \(5,\), is right"):
        selected(RATES, ExpectedAtLeast(4), expected=[4, 5])
    with pytest.raises(InputRefused, match="expected: found -1"):
        selected(RATES, ExpectedAtLeast(4), expected=[-1] * 5)


@pytest.mark.parametrize("rates", [[[0.1]], [0.1, 0.2, 0.3]])
def test_rates_that_do_not_match_the_strata_are_refused(rates: list[float]) -> None:
    with pytest.raises(InputRefused, match="one place for each rate on the last axis is right"):
        expected_events([100, 300], rates)
