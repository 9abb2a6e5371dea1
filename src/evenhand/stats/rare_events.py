"""Charts for rare events: how long, or how many cases, pass between one and the next. T and G.

    T:  y = t^(1/3.6),   the XmR chart of y, its lines raised to the power 3.6
    G:  ḡ = mean number of cases between events,   q = ḡ/(1 + ḡ),   P(G ≥ k) = q^k
        each line at the quantile of that geometric distribution that a normal line has: 0.135 % and 99.865 % for the
        limits, 50 % for the centre

Times between events that happen by chance are exponential; their power 1/3.6 is nearly normal, so that limits and
rules keep their meaning. Each event is a point, so no chart is quicker to show a change in something rare: restraint
of a small group, deaths, serious incidents. Long gaps between events are high points.

Several events on one day count as spread evenly over it: k of them stand at (½, 1½, …)/k of the day, so that the times
between days stay whole and none is 0. Where hours are known, give datetimes.

G's centre is the median, not the mean, which lies so far above it that runs below it would come by chance. Counts are
whole numbers, so its rules are somewhat slower than their names, never quicker. Three sigma on either side of the mean,
ḡ ± 3√(ḡ(ḡ + 1)), would have no lower limit and be passed above by 18 events in 1,000 instead of 1.

Sources: Nelson L. S. (1994), J. Qual. Technol. 26, 239-245, for T; Benneyan J. C. (2001), Health Care Manag. Sci. 4,
305-318, for G.

Where they fail: T wants a rate of events that would be constant over time if nothing changed: a group that grows has
shorter times (G, with cases, has not that fault). The time since the last event is not in the chart until the next one.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_counts, refuse
from evenhand.stats.chart_series import ChartSeries, ChartSettings, Periods, checked_series, refuse_unordered
from evenhand.stats.control_charts import SIGMAS, ChartMaking, ControlChart, control_chart
from evenhand.stats.intervals import FloatArray
from evenhand.stats.statuses import Status, first_reason
from evenhand.stats.xmr import xmr_lines

T = "T chart, XmR on the power 1/3.6 of the time between events"
G = "G chart, geometric quantiles of the cases between events"

POWER = 3.6

DEFAULT_SETTINGS = ChartSettings()


def t_chart(event_dates: Sequence[date], settings: ChartSettings = DEFAULT_SETTINGS) -> ControlChart:
    """The days between events, each point named by the event that ended them.

    Dates stand in order, several events on one day as often as they happened; datetimes are counted to the second.
    Raises InputRefused when one is earlier than the one before.
    """
    days = days_between(event_dates)
    notes: tuple[str, ...] = ()
    if not _have_hours(event_dates) and len(set(event_dates)) < len(event_dates):
        notes = ("Some days have more than one event: they count as spread evenly over the day.",)
    series = ChartSeries(tuple(event_dates[1:]), days, first_reason(days.shape), settings)
    return _t_chart(series, "days", notes)


def days_between(event_dates: Sequence[date]) -> FloatArray:
    """The days from each event to the next; events on one day are spread evenly over it."""
    wrong = [event for event in event_dates if not isinstance(event, date)]
    if wrong:
        raise InputRefused(f"event_dates: found {wrong[0]!r}; dates or datetimes of Python are right")
    refuse_unordered(tuple(event_dates))
    if _have_hours(event_dates):
        return np.array([(after - before) / timedelta(days=1) for before, after in pairwise(event_dates)])
    days = np.array([event.toordinal() for event in event_dates], dtype=np.int64)
    day, first, events = np.unique(days, return_index=True, return_counts=True)
    of_day = np.searchsorted(day, days)
    within = (np.arange(days.size) - first[of_day] + 0.5) / events[of_day]
    return np.asarray(np.diff(days + within), dtype=np.float64)


def _have_hours(event_dates: Sequence[date]) -> bool:
    return any(isinstance(event, datetime) for event in event_dates)


def t_chart_of_times(
    times: ArrayLike,
    periods: Periods | None = None,
    settings: ChartSettings = DEFAULT_SETTINGS,
    *,
    unit: str = "days",
) -> ControlChart:
    """The same for times between events that somebody has already taken; ``nan`` is one that is not known."""
    t = checked_counts(times, "times")
    series = checked_series(t, first_reason(t.shape, (np.isnan(t), Status.MISSING_INPUT)), periods, settings)
    return _t_chart(series, unit, ())


def _t_chart(series: ChartSeries, unit: str, notes: tuple[str, ...]) -> ControlChart:
    y = series.value ** (1 / POWER)
    _, mean_range = series.mean_moving_ranges(series.moving_ranges(y))
    lines = xmr_lines(series, y, mean_range)
    # Below 0 the power has no root: a line there stands for "no limit", and is cut off at 0 by the bound.
    raised = np.where(lines < 0, lines, np.maximum(lines, 0) ** POWER)
    return control_chart(series, raised, ChartMaking(method=T, unit=unit, lower_bound=0.0, notes=notes))


def g_chart(
    cases_between: ArrayLike,
    periods: Periods | None = None,
    settings: ChartSettings = DEFAULT_SETTINGS,
    *,
    unit: str = "cases between events",
) -> ControlChart:
    """The cases without the event between one event and the next: 0 where two cases running had it."""
    g = checked_counts(cases_between, "cases_between")
    refuse(g > np.floor(g), g, "cases_between", "a whole number of cases is right")
    series = checked_series(g, first_reason(g.shape, (np.isnan(g), Status.MISSING_INPUT)), periods, settings)
    mean = series.means(g)
    return control_chart(series, geometric_lines(mean), ChartMaking(method=G, unit=unit, lower_bound=0.0))


def geometric_lines(mean: FloatArray) -> FloatArray:
    """The seven lines of a geometric distribution with this mean, at the quantiles of the normal ones."""
    with np.errstate(divide="ignore"):
        log_q = np.log(mean / (1 + mean))
    slack = 1e-9  # a quantile that is a whole number up to rounding is that number
    upper = np.maximum(np.ceil(np.log(ndtr(-SIGMAS)) / log_q - slack) - 1, 0)
    lower = np.floor(np.log1p(-ndtr(SIGMAS)) / log_q + slack)
    return np.asarray(np.where(SIGMAS < 0, lower, upper))
