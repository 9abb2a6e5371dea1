"""T and G charts: by hand, as published, and with several events on one day."""

from datetime import UTC, date, datetime
from math import nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.chart_rules import Direction, Rule, Variation
from evenhand.stats.chart_series import ChartSettings
from evenhand.stats.rare_events import days_between, g_chart, t_chart, t_chart_of_times
from evenhand.stats.statuses import Status


def test_the_valve_failures_have_the_published_line() -> None:
    """Montgomery D. C., Introduction to Statistical Quality Control, on times between failures: on the scale of
    t^0.2777 the mean is 5.386 and the mean moving range 2.36; the power 1/3.6, 0.27778, makes them 5.389 and 2.361."""
    hours = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96]
    chart = t_chart_of_times(hours, unit="hours")
    assert chart.centre[0] ** (1 / 3.6) == pytest.approx(5.386, abs=0.004)
    assert (chart.upper[0] ** (1 / 3.6) - chart.centre[0] ** (1 / 3.6)) / 2.66 == pytest.approx(2.36, abs=0.002)
    assert chart.lower[0] == 0.0
    assert chart.lower_at_bound.all()
    assert chart.unit == "hours"
    assert not (chart.rules & np.uint8(3)).any()


def test_days_are_counted_from_event_to_event() -> None:
    days = [date(2024, 1, 1), date(2024, 1, 11), date(2024, 3, 1)]
    assert days_between(days).tolist() == [10.0, 50.0]
    chart = t_chart(days, ChartSettings(minimum_points=2))
    assert chart.periods == (date(2024, 1, 11), date(2024, 3, 1))
    assert chart.unit == "days"


def test_several_events_on_one_day_are_spread_evenly_over_it_and_it_says_so() -> None:
    # Two on 2 January stand at ¼ and ¾ of the day, the others at noon: 0.75, 0.5, then 1.75 to 4 January at noon.
    days = [date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 2), date(2024, 1, 4)]
    assert days_between(days).tolist() == [0.75, 0.5, 1.75]
    chart = t_chart(days)
    assert "Some days have more than one event: they count as spread evenly over the day." in chart.notes
    assert not any("more than one" in note for note in t_chart([days[0], days[1]]).notes)


def test_hours_count_where_they_are_known() -> None:
    moments = [
        datetime(2024, 1, 1, tzinfo=UTC),
        datetime(2024, 1, 1, 6, tzinfo=UTC),
        datetime(2024, 1, 1, 6, tzinfo=UTC),
    ]
    assert days_between(moments).tolist() == [0.25, 0.0]
    assert not any("more than one" in note for note in t_chart(moments).notes)


def test_dates_that_go_back_or_are_none_are_refused() -> None:
    with pytest.raises(InputRefused, match="found 2024-01-01 after 2024-02-01"):
        t_chart([date(2024, 2, 1), date(2024, 1, 1)])
    with pytest.raises(InputRefused, match="event_dates: found '2024-01-01'"):
        t_chart(["2024-01-01"])  # type: ignore[list-item]  # what is tested


@pytest.mark.parametrize("events", [[], [date(2024, 1, 1)]])
def test_no_event_or_one_has_no_time_between(events: list[date]) -> None:
    assert len(t_chart(events)) == 0


def test_a_long_time_without_an_event_is_good_where_more_time_is_better() -> None:
    times = [10.0, 14, 8, 12, 11, 9, 13, 10, 12, 9, 11, 13, 8, 12, 10, 14, 100]
    chart = t_chart_of_times(times, settings=ChartSettings(direction=Direction.UP))
    assert chart.last_rules == Rule.ABOVE_UPPER_LIMIT
    assert chart.last_variation is Variation.IMPROVEMENT_HIGH


def test_a_time_that_is_not_known_is_a_gap() -> None:
    chart = t_chart_of_times([3, nan, 0, 4], settings=ChartSettings(minimum_points=3, across_gaps=True))
    assert chart.status.tolist() == [0, Status.MISSING_INPUT, 0, 0]
    assert chart.value[2] == 0.0
    assert not np.isnan(chart.upper).any()


def test_the_same_time_every_time_breaks_no_rule() -> None:
    assert not t_chart_of_times([7.3] * 20).rules.any()


def test_g_chart_lines_come_out_as_worked_by_hand() -> None:
    # mean 9: q = 0.9, ln q = -0.1053605. Upper: ln 0.0013499/ln q = 62.71, so 62; two sigma: ln 0.0227501/ln q = 35.91,
    # so 35; one sigma: ln 0.1586553/ln q = 17.47, so 17; median: ln 0.5/ln q = 6.58, so 6; one below:
    # ln 0.8413447/ln q = 1.64, so 1; two below: 0.22, so 0; three below: 0.01, so 0
    chart = g_chart([3, 15] * 8)
    for line, expected in (
        (chart.lower, 0),
        (chart.lower_two_sigma, 0),
        (chart.lower_one_sigma, 1),
        (chart.centre, 6),
        (chart.upper_one_sigma, 17),
        (chart.upper_two_sigma, 35),
        (chart.upper, 62),
    ):
        assert (line == expected).all()
    assert chart.unit == "cases between events"
    assert chart.notes == ("The lower limit stands at 0 where no less is possible: no point can fall below it.",)


def test_where_every_case_has_the_event_g_stays_at_nought() -> None:
    chart = g_chart([0] * 15)
    assert (chart.upper == 0).all()
    assert not chart.rules.any()


def test_cases_between_events_are_whole_numbers() -> None:
    with pytest.raises(InputRefused, match=r"cases_between: found 1.5 at position 1"):
        g_chart([1, 1.5])
    assert g_chart([1, nan]).status[1] == Status.MISSING_INPUT
