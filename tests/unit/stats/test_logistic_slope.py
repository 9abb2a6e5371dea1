"""The logistic slope: what has no line, what is missing or refused, and counts that are hard to fit."""

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats import logistic_slope
from evenhand.stats.logistic_slope import logistic_relative_indices, logistic_slope_indices
from evenhand.stats.statuses import Status

BOTH = [logistic_slope_indices, logistic_relative_indices]


@pytest.mark.parametrize("index", BOTH)
def test_what_has_no_line_says_why_and_touches_no_other(index: object) -> None:
    events = [[0, 0, 0], [5, 5, 5], [5, 0, 0], [5, 3, 0], [1, 2, np.nan], [1, 0, 0], [2, 3, 4]]
    people = [[5, 5, 5]] * 5 + [[5, 0, 0], [5, 5, 5]]
    summary = index(events, people)
    assert summary.status.tolist() == [
        Status.NO_EVENTS,
        Status.NOT_DEFINED,
        Status.NOT_DEFINED,
        Status.NOT_DEFINED,
        Status.MISSING_INPUT,
        Status.TOO_FEW_GROUPS,
        Status.GIVEN,
    ]
    assert np.isnan(summary.value).tolist() == [True] * 6 + [False]
    alone = index(events[-1], people[-1])
    assert (summary.value[-1], summary.interval.upper[-1]) == (alone.value[0], alone.interval.upper[0])


def test_no_setting_with_a_line_is_answered_too() -> None:
    assert logistic_slope_indices([[0, 0]], [[5, 5]]).status.tolist() == [Status.NO_EVENTS]


def test_very_rare_very_common_and_very_steep_counts_are_fitted() -> None:
    """Symmetric settings have symmetric lines: p(1) = 1 - p(0), or no slope at all."""
    events = [[1, 1], [10**9 - 1, 10**9 - 1], [1, 10**9 - 1]]
    slope = logistic_slope_indices(events, [[10**9, 10**9]] * 3)
    assert slope.status.tolist() == [Status.GIVEN] * 3
    assert slope.value == pytest.approx([0, 0, 1], abs=1e-9)


def test_a_fit_that_does_not_settle_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logistic_slope, "_MOST_STEPS", 1)
    summary = logistic_slope_indices([[1, 4], [3, 3]], [[5, 5], [5, 5]])
    assert summary.status.tolist() == [Status.NOT_DEFINED, Status.GIVEN]  # the second starts where it ends
    assert np.isnan(summary.value[0])


def test_counts_of_a_weighted_survey_may_be_fractions() -> None:
    assert logistic_slope_indices([1.5, 2.5], [4.5, 6.5]).status.tolist() == [Status.GIVEN]


@pytest.mark.parametrize(
    ("events", "people", "message"),
    [([6, 1], [5, 5], "a part is not larger than its population"), ([-1, 1], [5, 5], "events: found -1")],
)
def test_wrong_counts_are_refused(events: list[float], people: list[float], message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        logistic_slope_indices(events, people)
