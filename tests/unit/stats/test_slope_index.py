"""Slope and relative index: by hand, as published, and what is missing, unbounded or refused."""

from math import exp, inf, log

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.rank_line import Scale
from evenhand.stats.slope_index import rank_lines, relative_indices, slope_indices
from evenhand.stats.statuses import Status
from evenhand.stats.summaries import UNIT_OF_THE_VALUES

# Three groups of 1, 2 and 1 people: shares 1/4, 1/2, 1/4; ranks 1/8, 1/2, 7/8, from the middle -3/8, 0, 3/8.
# S = 1/4·9/64·2 = 9/128; w = (-3/32)/(9/128), 0, (3/32)/(9/128) = -4/3, 0, 4/3.
VALUE, SE, PEOPLE = [6.0, 9.0, 12.0], [0.3, 0.9, 0.4], [1, 2, 1]
Z = 1.959963984540054


def test_three_groups_come_out_as_worked_by_hand() -> None:
    """SII = 4/3·(12 - 6) = 8; Var = 16/9·(0.09 + 0.16) = 4/9, so its standard error is 2/3."""
    summary = slope_indices(VALUE, SE, PEOPLE)
    assert summary.value.tolist() == pytest.approx([8])
    assert summary.interval.lower[0] == pytest.approx(8 - Z * 2 / 3)
    assert summary.interval.upper[0] == pytest.approx(8 + Z * 2 / 3)


def test_the_relative_index_comes_out_as_worked_by_hand() -> None:
    """Mean 9, so the line runs from 5 to 13; RII = 13/5.

    At rank 1 the groups count 11/12, 1/2 and -5/12 from the other end: a + w/2 = -5/12, 1/2, 11/12 and a - w/2 = 11/12,
    1/2, -5/12. Var(N) = 25/144·0.09 + 0.81/4 + 121/144·0.16 = 0.352569, Var(D) = 121/144·0.09 + 0.81/4 + 25/144·0.16 =
    0.305903, covariance -55/144·0.25 + 0.81/4 = 0.107014. A = 25 - z²·0.305903 = 23.824882, B = 65 - z²·0.107014 =
    64.588910, C = 169 - z²·0.352569 = 167.645622.
    """
    summary = relative_indices(VALUE, SE, PEOPLE)
    a, b, c = 25 - Z**2 * 0.3059027778, 65 - Z**2 * 0.1070138889, 169 - Z**2 * 0.3525694444
    assert summary.value.tolist() == pytest.approx([2.6])
    assert summary.interval.lower[0] == pytest.approx((b - (b * b - a * c) ** 0.5) / a)
    assert summary.interval.upper[0] == pytest.approx((b + (b * b - a * c) ** 0.5) / a)


def test_the_result_says_what_it_is() -> None:
    slope, ratio = slope_indices(VALUE, SE, PEOPLE), relative_indices(VALUE, SE, PEOPLE, scale=Scale.LOG)
    assert (slope.method, slope.unit, slope.groups.tolist()) == ("slope index, linear", UNIT_OF_THE_VALUES, [3])
    assert (ratio.method, ratio.unit, ratio.confidence) == ("relative index, log", "ratio", 0.95)
    assert np.isnan(slope.corrected).all()
    assert np.isnan(slope.null_upper).all()
    assert (slope.draws, slope.seed, slope.reference) == (0, 0, "")


def test_it_is_the_regression_of_mackenbach_and_kunst() -> None:
    """Two groups lie on their line: ranks 1/4 and 3/4 of a population halved, so SII is twice the difference."""
    summary = slope_indices([0.3, 0.1], [0.01, 0.01], [500, 500])
    assert summary.value[0] == pytest.approx(2 * (0.1 - 0.3))
    line = rank_lines([0.3, 0.1], [500, 500])
    assert (line.at_rank_0[0], line.at_rank_1[0]) == pytest.approx((0.4, 0.0))
    assert line.status.tolist() == [Status.GIVEN]


def test_the_log_scale_comes_out_as_worked_by_hand() -> None:
    """ln of 1, 2, 4 with ranks as above: slope 4/3·ln 4, mean ln 2; relative standard errors 0.1, 0.2, 0.3."""
    summary = relative_indices([1, 2, 4], [0.1, 0.4, 1.2], PEOPLE, scale=Scale.LOG)
    assert summary.value[0] == pytest.approx(exp(4 / 3 * log(4)))
    margin = Z * 4 / 3 * (0.1**2 + 0.3**2) ** 0.5
    assert summary.interval.lower[0] == pytest.approx(exp(4 / 3 * log(4) - margin))
    assert summary.interval.upper[0] == pytest.approx(exp(4 / 3 * log(4) + margin))
    slope = slope_indices([1, 2, 4], [0.1, 0.4, 1.2], PEOPLE, scale=Scale.LOG)
    assert slope.value[0] == pytest.approx(exp(log(2) + 2 / 3 * log(4)) - exp(log(2) - 2 / 3 * log(4)))


def test_equal_shares_on_the_logit_scale_have_no_slope() -> None:
    for index, expected in ((slope_indices, 0.0), (relative_indices, 1.0)):
        assert index([0.2] * 3, 0.01, PEOPLE, scale=Scale.LOGIT).value[0] == pytest.approx(expected, abs=1e-12)


def test_a_value_that_the_scale_does_not_have_is_not_defined_and_touches_no_other() -> None:
    value = [[0.2, 0.0, 0.1], [0.2, 0.3, 0.1], [0.2, 1.0, 0.1]]
    for index in (
        slope_indices,
        relative_indices,
    ):
        assert index(value, 0.01, PEOPLE, scale=Scale.LOG).status.tolist() == [Status.NOT_DEFINED, 0, 0]
        summary = index(value, 0.01, PEOPLE, scale=Scale.LOGIT)
        assert summary.status.tolist() == [Status.NOT_DEFINED, 0, Status.NOT_DEFINED]
        assert np.isnan(summary.value).tolist() == [True, False, True]
        assert np.isnan(summary.interval.lower).tolist() == [True, False, True]


def test_a_group_that_does_not_exist_is_left_out_whatever_stands_there() -> None:
    without = slope_indices([6, 9, 12], [0.3, 0.9, 0.4], PEOPLE)
    for nothing in (0.0, np.nan, -5.0):
        summary = slope_indices([6, nothing, 9, 12], [0.3, nothing and np.nan, 0.9, 0.4], [1, 0, 2, 1])
        assert summary.value.tolist() == without.value.tolist()
        assert summary.interval.lower.tolist() == without.interval.lower.tolist()
    on_log = relative_indices([6, 0, 9, 12], 0.1, [1, 0, 2, 1], scale=Scale.LOG)
    assert on_log.status.tolist() == [Status.GIVEN]


def test_a_missing_number_and_too_few_groups_are_said() -> None:
    value, people = [[1, 2, np.nan], [1, 2, 3], [1, 2, 3]], [[1, 1, 1], [1, 0, 0], [1, 1, 1]]
    for index in (slope_indices, relative_indices):
        summary = index(value, 0.1, people)
        assert summary.status.tolist() == [Status.MISSING_INPUT, Status.TOO_FEW_GROUPS, Status.GIVEN]
        assert np.isnan(summary.value).tolist() == [True, True, False]


def test_a_line_that_falls_below_0_has_a_slope_and_no_ratio() -> None:
    """Never a negative ratio: the values 10, 1, 1 of equal groups have a line that ends at -2.75."""
    value = [[10, 1, 1], [1, 1, 10], [-1, 2, 3], [0, 0, 0]]
    ratio = relative_indices(value, 0.1, [1, 1, 1])
    assert ratio.status.tolist() == [Status.NOT_DEFINED] * 4
    assert np.isnan([ratio.value, ratio.interval.lower, ratio.interval.upper]).all()
    assert (slope_indices(value, 0.1, [1, 1, 1]).status == Status.GIVEN).all()


def test_a_ratio_by_what_may_be_0_has_no_upper_limit() -> None:
    """Line from 1 to 3, each end with a standard error near 1: the rank-0 end may be 0.

    With a small error at the top the lower limit is above 0; where the top, too, may be 0, it is 0.
    """
    ratio = relative_indices([[1.5, 2.5], [0.6, 0.9]], [[0.6, 0.1], [0.6, 0.6]], [[1, 1], [1, 1]])
    assert ratio.status.tolist() == [Status.UNBOUNDED, Status.UNBOUNDED]
    assert ratio.interval.upper.tolist() == [inf, inf]
    assert 0 < ratio.interval.lower[0] < ratio.value[0] == pytest.approx(3.0)
    assert ratio.interval.lower[1] == 0


def test_a_lower_limit_of_a_ratio_is_never_below_0() -> None:
    """The line ends at 0.05 with a standard error of 0.6, well away from 0 at rank 0."""
    ratio = relative_indices([10.0, 3.35], [0.1, 0.6], [1, 1])
    assert ratio.status.tolist() == [Status.GIVEN]
    assert ratio.interval.lower[0] == 0
    assert 0 < ratio.value[0] < ratio.interval.upper[0] < 1


def test_groups_that_are_all_level_in_the_order_have_no_slope() -> None:
    summary = slope_indices(VALUE, SE, PEOPLE, order=[5, 5, 5])
    assert summary.status.tolist() == [Status.NOT_DEFINED]


def test_an_order_of_its_own_for_each_setting() -> None:
    summary = slope_indices([VALUE, VALUE[::-1]], 0.1, PEOPLE, order=[[1, 2, 3], [3, 2, 1]])
    assert summary.value.tolist() == pytest.approx([8, 8])


@pytest.mark.parametrize(
    ("order", "message"),
    [([1, 2], r"order: found shape \(2,\); one number for each of 3 groups"), ([1, np.nan, 3], "order: found nan")],
)
def test_an_order_that_does_not_fit_is_refused(order: list[float], message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        slope_indices(VALUE, SE, PEOPLE, order=order)
