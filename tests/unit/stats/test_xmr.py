"""The XmR chart: by hand, as published, and where a series is short, constant, ghosted, rebased or full of gaps."""

from datetime import date
from math import inf, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.chart_rules import Assurance, Conflict, Direction, Rule, Variation
from evenhand.stats.chart_series import ChartSettings
from evenhand.stats.statuses import Status
from evenhand.stats.xmr import xmr_chart

FOUR = ChartSettings(minimum_points=4)


def test_four_points_come_out_as_worked_by_hand() -> None:
    # mean (10 + 12 + 9 + 13)/4 = 11; moving ranges 2, 3, 4, mean 3; limits 11 ± 2.66·3 = 3.02 and 18.98
    # sigma lines at 11 ± 2.66 and 11 ± 5.32; moving-range limit 3.267·3 = 9.801
    chart = xmr_chart([10, 12, 9, 13], settings=FOUR)
    assert chart.centre.tolist() == [11.0] * 4
    np.testing.assert_allclose(chart.lower, 3.02)
    np.testing.assert_allclose(chart.lower_two_sigma, 5.68)
    np.testing.assert_allclose(chart.lower_one_sigma, 8.34)
    np.testing.assert_allclose(chart.upper_one_sigma, 13.66)
    np.testing.assert_allclose(chart.upper_two_sigma, 16.32)
    np.testing.assert_allclose(chart.upper, 18.98)
    np.testing.assert_allclose(chart.moving_range, [nan, 2, 3, 4])
    np.testing.assert_allclose(chart.moving_range_limit, 9.801)
    assert chart.periods == (1, 2, 3, 4)
    assert len(chart) == 4


def test_the_costs_of_mortgage_applications_have_the_published_limits() -> None:
    """Montgomery D. C., Introduction to Statistical Quality Control, example on moving ranges: 300.5, 7.79, 321.22,
    279.78, and 25.45 for the moving range."""
    costs = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]
    chart = xmr_chart(costs)
    assert chart.centre[0] == pytest.approx(300.5)
    assert round(float(np.nanmean(chart.moving_range)), 2) == 7.79
    assert round(float(chart.upper[0]), 2) == 321.22
    assert round(float(chart.lower[0]), 2) == 279.78
    assert round(float(chart.moving_range_limit[0]), 2) == 25.45
    assert not chart.rules.any()
    assert chart.notes == ()
    assert chart.words == "20: no more than chance explains."


def test_screening_leaves_out_a_moving_range_above_its_limit() -> None:
    # 0 1 … 0 1, then 20: ranges nineteen 1s and one 19; mean 38/20 = 1.9, limit 6.2; without the 19 the mean is 1
    values = [0, 1] * 10 + [20]
    plain = xmr_chart(values)
    screened = xmr_chart(values, settings=ChartSettings(screen_moving_ranges=True))
    assert plain.upper[0] - plain.centre[0] == pytest.approx(2.66 * 1.9)
    assert screened.upper[0] - screened.centre[0] == pytest.approx(2.66)
    assert screened.centre[0] == plain.centre[0] == pytest.approx(30 / 21)
    assert screened.moving_range_limit[0] == pytest.approx(3.267 * 1.9)


def test_below_the_minimum_there_are_no_limits_and_no_rules_and_it_says_why() -> None:
    chart = xmr_chart(range(14), settings=ChartSettings(direction=Direction.UP, target=3))
    assert np.isnan(chart.upper).all()
    assert np.isnan(chart.moving_range_limit).all()
    assert not chart.rules.any()
    assert (chart.status == Status.TOO_FEW_POINTS).all()
    assert chart.last_variation is Variation.NOT_JUDGED
    assert chart.assurance is Assurance.NOT_JUDGED
    assert chart.notes == ("14 points set the limits, and 15 are needed: no limits yet.",)


def test_a_constant_series_has_its_limits_on_the_line_and_says_so() -> None:
    chart = xmr_chart([0.1] * 15)
    np.testing.assert_allclose(chart.upper, 0.1, rtol=1e-12)
    assert not chart.rules.any()
    assert (chart.status == Status.GIVEN).all()
    assert "do not vary" in chart.notes[0]


def test_after_a_constant_baseline_any_other_value_is_beyond_the_limits() -> None:
    chart = xmr_chart([3] * 15 + [4], settings=ChartSettings(baseline=15))
    assert chart.last_rules == Rule.ABOVE_UPPER_LIMIT
    assert "any other value is beyond them" in chart.notes[0]


def test_an_empty_series_and_one_without_any_value_say_that_there_is_nothing_to_judge() -> None:
    for values in ([], [nan] * 20):
        chart = xmr_chart(values, settings=ChartSettings(target=1.0))
        assert chart.last is None
        assert chart.last_variation is Variation.NOT_JUDGED
        assert chart.last_rules == Rule(0)
        assert chart.assurance is Assurance.NOT_JUDGED
        assert chart.words == "There is no value to judge."


def test_no_moving_range_crosses_a_gap_unless_asked() -> None:
    # ranges: 2 | gap | 1; mean 1.5. Across the gap also |4 - 12| = 8; mean 11/3.
    values = [10, 12, nan, 4, 5]
    apart = xmr_chart(values, settings=FOUR)
    assert apart.upper[0] - apart.centre[0] == pytest.approx(2.66 * 1.5)
    assert apart.status.tolist() == [0, 0, Status.MISSING_INPUT, 0, 0]
    assert apart.variation[2] == Variation.NOT_JUDGED
    assert apart.notes == ("1 period has no value.",)
    across = xmr_chart(values, settings=ChartSettings(minimum_points=4, across_gaps=True))
    assert across.upper[0] - across.centre[0] == pytest.approx(2.66 * 11 / 3)


def test_no_run_crosses_a_gap_unless_asked() -> None:
    """Four points above the line, a missing month, and four more are not a run of eight."""
    values = [1.0, 0.0] * 8 + [5, 5.1, 5, 5.1, nan, 5, 5.1, 5, 5.1]
    shift = np.uint8(Rule.SHIFT_ABOVE)
    settings = ChartSettings(baseline=16)
    assert not (xmr_chart(values, settings=settings).rules & shift).any()
    across = xmr_chart(values, settings=ChartSettings(baseline=16, across_gaps=True))
    assert ((across.rules & shift) > 0).tolist() == [False] * 16 + [True] * 4 + [False] + [True] * 4


@pytest.mark.parametrize(
    "values",
    [
        [place % 3 if place % 2 else nan for place in range(40)],  # no two neighbours
        [1.0, 1.0, nan, 2.0, 2.0, nan] * 5,  # neighbours that are alike, in a series that varies
    ],
)
def test_where_gaps_leave_no_telling_how_much_a_series_varies_there_are_no_limits(values: list[float]) -> None:
    chart = xmr_chart(values)
    assert (chart.status[~np.isnan(chart.value)] == Status.NOT_DEFINED).all()
    assert not chart.rules.any()
    assert chart.notes[1].startswith("No limits: with so many gaps")


def test_a_baseline_sets_the_limits_for_all_that_follows() -> None:
    steady = [0.0, 1.0] * 8
    chart = xmr_chart(steady + [9.0] * 4, settings=ChartSettings(baseline=16))
    assert chart.centre.tolist() == [0.5] * 20
    assert chart.upper[-1] == pytest.approx(0.5 + 2.66)
    assert (chart.rules[16:] == Rule.ABOVE_UPPER_LIMIT).all()
    assert chart.sets_limits.tolist() == [True] * 16 + [False] * 4


def test_a_run_goes_on_past_the_end_of_a_baseline() -> None:
    values = [0.0, 1.0] * 8 + [1.0, 0.9] * 3
    chart = xmr_chart(values, settings=ChartSettings(baseline=16))
    assert ((chart.rules & np.uint8(Rule.SHIFT_ABOVE)) > 0).tolist() == [False] * 15 + [True] * 7


def test_a_baseline_can_run_from_one_period_to_another() -> None:
    months = [date(2024, month, 1) for month in range(1, 13)]
    values = [50.0, 0, 1, 0, 1, 0, 1, 9, 9, 9, 9, 9]
    settings = ChartSettings(baseline=(date(2024, 2, 1), date(2024, 7, 1)), minimum_points=6)
    chart = xmr_chart(values, months, settings)
    assert chart.centre.tolist() == [0.5] * 12
    with pytest.raises(InputRefused, match="crosses a recalculation"):
        xmr_chart(
            values,
            months,
            ChartSettings(baseline=(date(2024, 2, 1), date(2024, 7, 1)), recalculate_at=(date(2024, 4, 1),)),
        )


def test_a_recalculation_begins_a_line_of_its_own_and_breaks_shifts_but_not_trends() -> None:
    # First part: 0 to 3 round 1.5, ending in a rise; second part: 10 to 14, which goes on rising.
    first, second = [3.0, 0.0, 3.0, 0.0, 1.0, 2.0, 3.0], [10.0, 11.0, 12.0, 13.0, 14.0, 11.0, 12.0]
    settings = ChartSettings(recalculate_at=(8, 1), minimum_points=7)
    chart = xmr_chart(first + second, settings=settings)
    assert chart.partition.tolist() == [1] * 7 + [2] * 7
    assert chart.centre[0] == pytest.approx(12 / 7)
    assert chart.centre[-1] == pytest.approx(83 / 7)
    # 0 1 2 3 10 11 12 13 14: a rise of nine points, across the recalculation
    assert ((chart.rules & np.uint8(Rule.RISING)) > 0).tolist() == [False] * 3 + [True] * 9 + [False] * 2
    # the moving range at the recalculation is shown, and is in neither mean: (3+3+3+1+1+1)/6 = 2, (4·1+3+1)/6 = 8/6
    assert chart.moving_range[7] == 7.0
    assert chart.upper[0] - chart.centre[0] == pytest.approx(2.66 * 2)
    assert chart.upper[-1] - chart.centre[-1] == pytest.approx(2.66 * 8 / 6)


def test_a_part_with_too_few_points_has_no_limits_and_the_other_keeps_its_own() -> None:
    chart = xmr_chart([0.0, 1.0] * 8 + [5.0, 6.0, 7.0], settings=ChartSettings(recalculate_at=(17,)))
    assert not np.isnan(chart.upper[:16]).any()
    assert np.isnan(chart.upper[16:]).all()
    assert chart.last_variation is Variation.NOT_JUDGED
    assert chart.notes == ("From 17: 3 points set the limits, and 15 are needed: no limits yet.",)


def test_a_ghost_is_shown_and_counts_in_nothing() -> None:
    values = [0.0, 1.0] * 8 + [50.0]
    chart = xmr_chart(values, settings=ChartSettings(ghosted=(17,), direction=Direction.UP))
    assert chart.value[16] == 50.0
    assert chart.rules[16] == 0
    assert chart.upper[16] == pytest.approx(0.5 + 2.66)
    assert chart.variation[16] == Variation.NOT_JUDGED
    assert chart.last == 15
    assert chart.notes == ("1 point is shown and not counted, neither in the limits nor in the rules.",)


def test_a_ghost_without_a_value_is_no_gap() -> None:
    chart = xmr_chart([10, 12, nan, 4, 5], settings=ChartSettings(minimum_points=4, ghosted=(3,)))
    assert chart.moving_range[3] == 8.0
    assert "2 points are" in xmr_chart([1, 2, 3, 4], settings=ChartSettings(ghosted=(1, 2))).notes[0]


def test_a_limit_stops_at_what_the_numbers_cannot_pass_and_cannot_be_broken() -> None:
    chart = xmr_chart([0, 1, 0, 0, 2] * 4, lower_bound=0.0)
    assert (chart.lower == 0).all()
    assert (chart.lower_two_sigma == 0).all()
    assert chart.lower_at_bound.all()
    assert not (chart.rules & np.uint8(Rule.BELOW_LOWER_LIMIT)).any()
    assert chart.notes == ("The lower limit stands at 0 where no less is possible: no point can fall below it.",)
    shares = xmr_chart([1, 0.9, 1, 0.95, 0.8] * 4, lower_bound=0.0, upper_bound=1.0)
    assert (shares.upper == 1).all()
    assert shares.upper_at_bound.all()
    assert shares.notes == ("The upper limit stands at 1 where no more is possible: no point can rise above it.",)


def test_a_value_beyond_its_bounds_is_refused() -> None:
    with pytest.raises(InputRefused, match=r"values: found -1 at position 2; 0 to inf is right"):
        xmr_chart([0, 1, -1], lower_bound=0.0)
    with pytest.raises(InputRefused, match="finite"):
        xmr_chart([0, inf])
    with pytest.raises(InputRefused, match="lower_bound: found 2; less than the upper bound, 1"):
        xmr_chart([1], lower_bound=2.0, upper_bound=1.0)


def test_the_last_point_says_what_it_shows_and_how_the_target_stands() -> None:
    values = [5.0, 6.0] * 10 + [12.0]
    chart = xmr_chart(
        values,
        [f"week {week}" for week in range(1, 22)],
        ChartSettings(direction=Direction.DOWN, target=20.0),
    )
    assert chart.last_variation is Variation.CONCERN_HIGH
    assert chart.last_rules == Rule.ABOVE_UPPER_LIMIT
    assert chart.assurance is Assurance.PASS
    assert chart.words == (
        "week 21: worse: high or rising, and chance does not explain it (the point is above the upper limit). "
        "Target: as things run, the target is met every time."
    )


def test_each_point_can_be_taken_as_a_row() -> None:
    chart = xmr_chart([5.0, 6.0] * 10 + [12.0], settings=ChartSettings(direction=Direction.UP))
    last = list(chart)[-1]
    assert (last.period, last.value, last.ghosted, last.partition) == (21, 12.0, False, 1)
    assert (last.rules, last.variation, last.status) == (
        Rule.ABOVE_UPPER_LIMIT,
        Variation.IMPROVEMENT_HIGH,
        Status.GIVEN,
    )
    assert last.lower < last.centre < last.upper < last.value
    assert np.isnan(chart.numerator).all()


def test_a_point_that_is_good_and_bad_is_shown_as_the_setting_says() -> None:
    """A long fall that starts far above the line: high, and falling."""
    values = [9.0, 8.5, 8, 7.5, 7, 6.5, 6] + [2, 1, 0, 1, 2] * 4
    for conflict, expected in (
        (Conflict.CONCERN, Variation.CONCERN_HIGH),
        (Conflict.IMPROVEMENT, Variation.IMPROVEMENT_LOW),
    ):
        chart = xmr_chart(values, settings=ChartSettings(direction=Direction.DOWN, conflict=conflict))
        assert Rule.FALLING in Rule(int(chart.rules[0]))
        assert Rule.SHIFT_ABOVE in Rule(int(chart.rules[0]))
        assert chart.variation[0] == expected


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        ([1, 2], "found 2 for 3 values"),
        ([1, 2, 2], "found 2 twice"),
        ([1, 3, 2], "found 2 after 3"),
        ([date(2024, 3, 1), date(2024, 1, 1), date(2024, 2, 1)], "found 2024-01-01 after 2024-03-01"),
        ([date(2024, 3, 1), 5, 6], "one kind of date or number"),
        (["a", 5, 6], "found names among dates"),
    ],
)
def test_periods_out_of_order_twice_or_mixed_are_refused(periods: list[object], said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        xmr_chart([1, 2, 3], periods)  # type: ignore[arg-type]  # wrong kinds are what is tested


def test_dates_of_numpy_become_those_of_python() -> None:
    months = np.arange("2024-01", "2024-04", dtype="datetime64[M]")
    chart = xmr_chart([1, 2, 3], months)
    assert str(chart.periods[0]) == "2024-01-01 00:00:00"
    assert xmr_chart([1, 2], np.array([2023, 2024])).periods == (2023, 2024)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"shift_points": 5}, "shift_points: found 5; 6, 7 or 8"),
        ({"trend_points": 9}, "trend_points: found 9"),
        ({"minimum_points": 1}, "minimum_points: found 1"),
        ({"target": inf}, "target: found inf"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings: dict[str, float], said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        ChartSettings(**settings)  # type: ignore[arg-type]  # one dictionary for settings of several kinds


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (ChartSettings(ghosted=(9,)), "ghosted: found 9"),
        (ChartSettings(recalculate_at=(9,)), "recalculate_at: found 9"),
        (ChartSettings(baseline=(1, 9)), "baseline: found 9"),
        (ChartSettings(baseline=0), "baseline: found 0"),
    ],
)
def test_settings_that_do_not_fit_the_series_are_refused(settings: ChartSettings, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        xmr_chart([1, 2, 3], settings=settings)


def test_a_table_of_series_is_refused() -> None:
    with pytest.raises(InputRefused, match="2 dimensions"):
        xmr_chart([[1, 2], [3, 4]])
