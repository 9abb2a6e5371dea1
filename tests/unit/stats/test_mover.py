"""MOVER at its edges, and how often the interval of a rate ratio covers the truth."""

from math import inf, isnan
from types import SimpleNamespace

import numpy as np
import pytest

from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.mover import (
    Part,
    difference_interval,
    difference_intervals,
    ratio_interval,
    ratio_intervals,
    ratio_value,
)
from evenhand.stats.ratios import rate_ratios


def _part(value: float, lower: float, upper: float) -> Part:
    return SimpleNamespace(value=value, interval=Interval(lower, upper))


def _parts(value: float, lower: float, upper: float) -> SimpleNamespace:
    return SimpleNamespace(value=np.array(value), interval=IntervalArray(np.array(lower), np.array(upper)))


@pytest.mark.parametrize(
    ("a", "b", "lower", "upper"),
    [
        ((2, 0, 3), (1, 0.5, 2), 0, None),  # the group's lower limit is 0: so is the ratio's
        ((2, 1, 3), (1, 0, 2), None, inf),  # the comparator's lower limit is 0: the ratio has no upper one
        ((0, 0, 3), (1, 0, 2), 0, inf),
    ],
)
def test_a_lower_limit_of_nought_leaves_the_ratio_open_on_its_side(
    a: tuple[float, float, float], b: tuple[float, float, float], lower: float | None, upper: float | None
) -> None:
    one, many = ratio_interval(_part(*a), _part(*b)), ratio_intervals(_parts(*a), _parts(*b))
    assert lower is None or one.lower == many.lower == lower
    assert upper is None or one.upper == many.upper == upper
    assert one.lower == pytest.approx(float(many.lower))
    assert one.upper == pytest.approx(float(many.upper))


def test_some_over_none_is_infinite_and_none_over_none_is_no_number() -> None:
    assert ratio_value(1, 0) == inf
    assert isnan(ratio_value(0, 0))


def test_a_part_without_an_interval_gives_none() -> None:
    nothing, something = _part(np.nan, np.nan, np.nan), _part(2, 1, 3)
    assert isnan(ratio_interval(nothing, something).upper)
    assert isnan(ratio_interval(something, nothing).upper)
    assert isnan(difference_interval(nothing, something).upper)


def test_correlated_parts_come_out_as_worked_by_hand() -> None:
    # a = 10 (7 to 14), b = 8 (6 to 11), r = 0.5
    # below: √(3² + 3² - 2·0.5·3·3) = 3;  above: √(4² + 2² - 2·0.5·4·2) = √12 = 3.46410
    a, b = (10, 7, 14), (8, 6, 11)
    one = difference_interval(_part(*a), _part(*b), correlation=0.5)
    many = difference_intervals(_parts(*a), _parts(*b), correlation=np.array(0.5))
    assert (one.lower, one.upper) == (pytest.approx(-1), pytest.approx(5.46410, abs=1e-5))
    assert (float(many.lower), float(many.upper)) == (pytest.approx(one.lower), pytest.approx(one.upper))
    # ln(10/7) = 0.35667, ln(11/8) = 0.31845: √(0.12722 + 0.10141 - 0.11358) = 0.33919;  1.25·e^-0.33919 = 0.89044
    # ln(14/10) = 0.33647, ln(8/6) = 0.28768: √(0.11321 + 0.08276 - 0.09680) = 0.31493;  1.25·e^0.31493 = 1.71269
    ratio = ratio_interval(_part(*a), _part(*b), correlation=0.5)
    ratios = ratio_intervals(_parts(*a), _parts(*b), correlation=0.5)
    assert (ratio.lower, ratio.upper) == (pytest.approx(0.89044, abs=2e-5), pytest.approx(1.71269, abs=2e-5))
    assert (float(ratios.lower), float(ratios.upper)) == (pytest.approx(ratio.lower), pytest.approx(ratio.upper))


def test_a_part_against_itself_wholly_correlated_has_no_width() -> None:
    same = _part(10, 8, 12)
    assert difference_interval(same, same, correlation=1) == Interval(0, 0)
    both = _parts(10, 8, 12)
    assert float(difference_intervals(both, both, correlation=1.0).upper) == 0


def _poisson(expected: float, counts: FloatArray) -> FloatArray:
    log_factorials = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, counts.size)))])
    return np.exp(counts * np.log(expected) - expected - log_factorials)


def test_the_interval_of_a_rate_ratio_covers_the_truth_at_least_as_often_as_it_says() -> None:
    """Exact, by summing over every pair of counts, for a grid of small and unequal rates; zeros included."""
    counts = np.arange(200, dtype=float)
    interval = rate_ratios(counts[:, None], 1, counts[None, :], 1).interval
    worst = 1.0
    for ratio in (0.2, 0.5, 1, 2, 5):
        covers = (interval.lower <= ratio) & (ratio <= interval.upper)
        for expected in (0.5, 1, 2, 3, 5, 8, 12, 20):
            chance = np.outer(_poisson(ratio * expected, counts), _poisson(expected, counts))
            worst = min(worst, float(chance[covers].sum()))
    assert 0.95 <= worst < 0.97
