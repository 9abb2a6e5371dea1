"""What a method says of numbers it cannot use."""

from math import inf, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.arguments import (
    checked_confidence,
    checked_counts,
    checked_per,
    checked_rate_counts,
    critical_value,
)


def test_the_critical_value_of_95_per_cent_is_the_one_in_every_table() -> None:
    assert critical_value(0.95) == pytest.approx(1.959964, abs=5e-7)


@pytest.mark.parametrize("confidence", [95, 1, 0, -0.95, nan])
def test_a_confidence_that_is_no_share_is_refused_with_what_would_be_right(confidence: float) -> None:
    with pytest.raises(
        InputRefused, match=r"confidence: found .*; a share between 0 and 1 is right, for instance 0.95"
    ):
        checked_confidence(confidence)


@pytest.mark.parametrize("per", [0, -1, inf, nan])
def test_a_rate_per_nobody_is_refused(per: float) -> None:
    with pytest.raises(InputRefused, match=r"per: found .*; a number above 0 is right"):
        checked_per(per)


@pytest.mark.parametrize("count", [-1, inf])
def test_a_count_that_is_negative_or_without_end_is_refused(count: float) -> None:
    with pytest.raises(InputRefused, match=r"events: found .*; a count is a finite number, 0 or more"):
        checked_counts(count, "events")


def test_a_missing_count_is_let_through_for_the_method_to_answer() -> None:
    assert np.isnan(checked_counts([1, nan], "events")).tolist() == [False, True]


def test_a_wrong_count_among_many_is_named_by_its_position() -> None:
    with pytest.raises(InputRefused, match=r"events: found -3 at position 1, 2; a count is"):
        checked_counts([[1, 2, 3], [4, 5, -3]], "events")


def test_events_without_anybody_to_have_them_are_refused() -> None:
    with pytest.raises(InputRefused, match="events: found 2 at position 1; a population of 0 can have no events"):
        checked_rate_counts([0, 2], [0, 0])
