"""The shape of an uncertain number."""

import pytest

from evenhand.stats.intervals import Interval


def test_an_interval_runs_upwards() -> None:
    with pytest.raises(ValueError, match="an interval runs upwards: found 2 to 1"):
        Interval(2, 1)


def test_an_interval_reaches_its_edges() -> None:
    assert Interval(1, 2).reaches(1)
    assert Interval(1, 2).reaches(2)
    assert not Interval(1, 2).reaches(0.99)
    assert not Interval(1, 2).reaches(2.01)


def test_an_interval_changes_its_unit_by_a_factor() -> None:
    assert Interval(1, 2) * 1_000 == Interval(1_000, 2_000)
