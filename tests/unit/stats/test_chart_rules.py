"""The words of the rules, and the assurance against a target, case by case."""

import numpy as np
import pytest

from evenhand.stats.chart_rules import Assurance, Conflict, Direction, Rule, Variation, assurance_against, variations


@pytest.mark.parametrize(
    ("direction", "target", "expected"),
    [
        (Direction.UP, 39.9, Assurance.PASS),
        (Direction.UP, 40.0, Assurance.PASS),
        (Direction.UP, 50.0, Assurance.HIT_OR_MISS),
        (Direction.UP, 60.0, Assurance.FAIL),
        (Direction.UP, 61.0, Assurance.FAIL),
        (Direction.DOWN, 60.0, Assurance.PASS),
        (Direction.DOWN, 50.0, Assurance.HIT_OR_MISS),
        (Direction.DOWN, 40.0, Assurance.FAIL),
        (Direction.NEITHER, 50.0, Assurance.NOT_JUDGED),
        (Direction.UP, None, Assurance.NO_TARGET),
    ],
)
def test_assurance_is_that_of_making_data_count(
    direction: Direction, target: float | None, expected: Assurance
) -> None:
    assert assurance_against(target, 40.0, 60.0, direction) is expected


def test_without_limits_no_target_is_judged() -> None:
    assert assurance_against(5.0, float("nan"), float("nan"), Direction.UP) is Assurance.NOT_JUDGED


def test_a_target_at_a_natural_bound_can_be_hit() -> None:
    """None at all, where the lower limit stands at 0 because there cannot be fewer: some months do reach it."""
    assert assurance_against(0.0, 0.0, 4.0, Direction.DOWN, lower_at_bound=True) is Assurance.HIT_OR_MISS
    assert assurance_against(0.0, 0.0, 4.0, Direction.DOWN) is Assurance.FAIL
    assert assurance_against(1.0, 0.8, 1.0, Direction.UP, upper_at_bound=True) is Assurance.HIT_OR_MISS
    assert assurance_against(1.1, 0.8, 1.0, Direction.UP, upper_at_bound=True) is Assurance.FAIL


@pytest.mark.parametrize(
    ("direction", "high", "low", "both"),
    [
        (Direction.UP, Variation.IMPROVEMENT_HIGH, Variation.CONCERN_LOW, Variation.CONCERN_LOW),
        (Direction.DOWN, Variation.CONCERN_HIGH, Variation.IMPROVEMENT_LOW, Variation.CONCERN_HIGH),
        (Direction.NEITHER, Variation.NEITHER_HIGH, Variation.NEITHER_LOW, Variation.NEITHER_HIGH),
    ],
)
def test_variation_follows_the_direction_of_good(
    direction: Direction, high: Variation, low: Variation, both: Variation
) -> None:
    rules = np.array([Rule.RISING, Rule.SHIFT_BELOW, Rule.RISING | Rule.SHIFT_BELOW, 0, Rule.RISING], dtype=np.uint8)
    judged = np.array([True, True, True, True, False])
    codes = variations(rules, judged, direction, Conflict.CONCERN)
    assert codes.tolist() == [high, low, both, Variation.COMMON_CAUSE, Variation.NOT_JUDGED]


def test_the_conflict_rule_can_show_the_improvement() -> None:
    rules = np.array([Rule.RISING | Rule.SHIFT_BELOW], dtype=np.uint8)
    judged = np.array([True])
    assert variations(rules, judged, Direction.UP, Conflict.IMPROVEMENT)[0] == Variation.IMPROVEMENT_HIGH
    assert variations(rules, judged, Direction.DOWN, Conflict.IMPROVEMENT)[0] == Variation.IMPROVEMENT_LOW


def test_every_kind_has_words_of_its_own() -> None:
    for kind in (Direction, Conflict, Rule, Variation, Assurance):
        words = [member.words for member in kind]
        assert all(words)
        assert len(set(words)) == len(words)


def test_several_rules_are_named_together() -> None:
    assert (Rule.SHIFT_ABOVE | Rule.RISING).words == "in a long run above the line and in a long rise"
    assert Rule(0).words == ""
