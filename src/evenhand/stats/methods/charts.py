"""The control charts: XmR, p′, p, u′, u, and T and G for rare events."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from evenhand.errors import InputRefused
from evenhand.stats.attribute_charts import p_chart, p_prime_chart, u_chart, u_prime_chart
from evenhand.stats.chart_rules import Conflict, Direction, Rule, Variation
from evenhand.stats.chart_series import ChartSettings, Period
from evenhand.stats.control_charts import ControlChart
from evenhand.stats.grids import Grid
from evenhand.stats.methods.levels import EVENTS, PART, PER, POPULATION, WHOLE
from evenhand.stats.methods.method import (
    Answer,
    Holds,
    LabelRole,
    Method,
    Options,
    Order,
    Result,
    Role,
    in_words,
)
from evenhand.stats.methods.options import names, number, one_of, switch, whole
from evenhand.stats.periods import periods_of
from evenhand.stats.rare_events import g_chart, t_chart, t_chart_of_times
from evenhand.stats.statuses import Status
from evenhand.stats.tables import Rows
from evenhand.stats.xmr import xmr_chart

SECONDS_OF_A_DAY = 86_400

PERIOD = LabelRole("period", "the periods of each series", Order.TIME)

_CHART_FIGURES = ("value", "lower", "upper", "centre", "numerator", "denominator")

Draw = Callable[[dict[str, Any], tuple[Period, ...], ChartSettings, Options], ControlChart]
"""From the numbers of one series, its periods, the settings and the options to its chart."""


def _charts(draw: Draw, *, gaps: bool = True) -> Callable[[Grid, Options], Answer]:
    """Draw the chart of every series. ``gaps``: a period that other series have and this one has not is a gap in it."""

    def run(grid: Grid, options: Options) -> Answer:
        periods = np.array(periods_of(grid.names(1)), dtype=object)
        settings = _settings(options, dict(zip(grid.names(1), periods, strict=True)))
        charts, places = [], []
        for series in range(grid.shape[0]):
            place = np.arange(grid.shape[1]) if gaps else np.flatnonzero(grid.there[series])
            numbers = {role: column[series, place] for role, column in grid.numbers.items()}
            own = tuple(periods[place])
            charts.append(draw(numbers, own, _of_series(settings, own), options))
            places.append(place)
        return _answer(charts, places, grid, every_place=gaps)

    return run


def _answer(charts: list[ControlChart], places: list[Rows], grid: Grid, *, every_place: bool) -> Answer:
    """The charts of all series; ``places``: where in the grid the points of each stand."""
    figures: dict[str, Any] = {name: np.full(grid.shape, np.nan) for name in _CHART_FIGURES}
    status = np.full(grid.shape, Status.MISSING_INPUT, dtype=np.uint8)
    rules, variation = np.zeros(grid.shape, dtype=np.int64), np.zeros(grid.shape, dtype=np.int64)
    for series, (chart, place) in enumerate(zip(charts, places, strict=True)):
        for name in _CHART_FIGURES:
            figures[name][series, place] = getattr(chart, name)
        status[series, place] = chart.status
        rules[series, place], variation[series, place] = chart.rules, chart.variation
    figures |= {
        "rules": in_words(rules, lambda code: Rule(code).words),
        "variation": in_words(variation, lambda code: Variation(code).words),
        "unit": charts[0].unit,
        "method": charts[0].method,
    }
    notes = tuple(_notes(charts, grid.names(0)))
    return Answer({"chart": Result(figures, status)}, notes=notes, every_place=every_place)


def _notes(charts: list[ControlChart], series: tuple[str, ...]) -> Iterator[str]:
    for name, chart in zip(series, charts, strict=True):
        for sentence in (chart.words, *chart.notes):
            yield f"{name}: {sentence}" if name else sentence


def _settings(options: Options, periods: dict[str, Period]) -> ChartSettings:
    baseline = tuple(_period(name, periods, "baseline") for name in options["baseline"])
    if options["baseline_points"] is not None and baseline:
        raise InputRefused("baseline and baseline_points: found both; one of them is right")
    if len(baseline) not in (0, 2):
        raise InputRefused(f"baseline: found {len(baseline)} periods; the first and the last of it are right")
    return ChartSettings(
        direction=options["direction"],
        target=options["target"],
        minimum_points=options["minimum_points"],
        baseline=(baseline[0], baseline[1]) if baseline else options["baseline_points"],
        recalculate_at=tuple(_period(name, periods, "recalculate_at") for name in options["recalculate_at"]),
        ghosted=tuple(_period(name, periods, "ghosted") for name in options["ghosted"]),
        across_gaps=options["across_gaps"],
        screen_moving_ranges=options["screen_moving_ranges"],
        shift_points=options["shift_points"],
        trend_points=options["trend_points"],
        conflict=options["conflict"],
    )


def _of_series(settings: ChartSettings, periods: tuple[Period, ...]) -> ChartSettings:
    """The settings for a series that may not have all periods that they name."""
    return replace(
        settings,
        recalculate_at=tuple(period for period in settings.recalculate_at if period in periods),
        ghosted=tuple(period for period in settings.ghosted if period in periods),
    )


def _period(name: str, periods: dict[str, Period], option: str) -> Period:
    if name not in periods:
        raise InputRefused(f"{option}: found {name!r}; one of the periods of the table is right")
    return periods[name]


def _xmr(
    numbers: dict[str, Any], periods: tuple[Period, ...], settings: ChartSettings, options: Options
) -> ControlChart:
    bounds = {name: options[name] for name in ("lower_bound", "upper_bound")}
    return xmr_chart(numbers["value"], periods, settings, **bounds)


def _of_shares(chart: Callable[..., ControlChart]) -> Draw:
    def draw(
        numbers: dict[str, Any], periods: tuple[Period, ...], settings: ChartSettings, options: Options
    ) -> ControlChart:
        return chart(numbers["events"], numbers["population"], periods, settings)

    return draw


def _of_rates(chart: Callable[..., ControlChart]) -> Draw:
    def draw(
        numbers: dict[str, Any], periods: tuple[Period, ...], settings: ChartSettings, options: Options
    ) -> ControlChart:
        return chart(numbers["events"], numbers["population"], periods, settings, per=options["per"])

    return draw


def _of_values(chart: Callable[..., ControlChart]) -> Draw:
    def draw(
        numbers: dict[str, Any], periods: tuple[Period, ...], settings: ChartSettings, options: Options
    ) -> ControlChart:
        return chart(numbers["value"], periods, settings)

    return draw


def _event_dates(grid: Grid, options: Options) -> Answer:
    """The grid is series × events in order; the first event has no time before it, and so no point."""
    days, there = grid.numbers["date"], grid.there
    dates = [_dates(days[series, there[series]].tolist()) for series in range(grid.shape[0])]
    settings = _settings(options, {point.isoformat(): point for series in dates for point in series[1:]})
    charts = [t_chart(series, _of_series(settings, tuple(series[1:]))) for series in dates]
    places = [np.arange(1, len(series)) for series in dates]
    whole = _answer(charts, places, grid, every_place=False)
    after_first = {
        name: Result(
            {key: value[:, 1:] if isinstance(value, np.ndarray) else value for key, value in result.figures.items()},
            result.status[:, 1:],
        )
        for name, result in whole.results.items()
    }
    return Answer(after_first, whole.notes, kept=np.arange(1, grid.shape[1]))


def _dates(days: list[float]) -> list[date]:
    """Days of the calendar as dates, or with their hours where one of them has any."""
    dates = [date.fromordinal(int(day)) for day in days]
    if all(day.is_integer() for day in days):
        return dates
    seconds = [round(day % 1 * SECONDS_OF_A_DAY) for day in days]
    return [datetime.combine(on, time()) + timedelta(seconds=since) for on, since in zip(dates, seconds, strict=True)]


_CHART_OPTIONS = (
    one_of("direction", "which way is good", Direction.NEITHER),
    number("target", "a line that the series should reach"),
    whole("minimum_points", "how many points limits need", 15),
    whole("baseline_points", "how many first points set the limits; all of them when left out"),
    names("baseline", "the first and the last period that set the limits"),
    names("recalculate_at", "periods at which new limits begin"),
    names("ghosted", "periods that are shown and not counted"),
    switch("across_gaps", "let runs and moving ranges go on across periods without a value"),
    switch("screen_moving_ranges", "leave the largest moving ranges out of their mean"),
    whole("shift_points", "how many points on one side make a shift: 6 to 8", 7),
    whole("trend_points", "how many points that rise or fall make a trend: 6 to 8", 7),
    one_of("conflict", "what a point is that breaks a rule for the better and one for the worse", Conflict.CONCERN),
)

CHARTS = (
    Method(
        name="xmr",
        title="a control chart of any numbers, limits from how much neighbours differ",
        module="evenhand.stats.xmr",
        labels=(PERIOD,),
        roles=(Role("value", "of the period; empty where there is none", Holds.NUMBERS),),
        options=(
            *_CHART_OPTIONS,
            number("lower_bound", "what the values cannot fall below, such as 0"),
            number("upper_bound", "what they cannot rise above, such as 1"),
        ),
        run=_charts(_xmr),
    ),
    *(
        Method(
            name=name,
            title=title,
            module="evenhand.stats.attribute_charts",
            labels=(PERIOD,),
            roles=(PART, WHOLE),
            options=_CHART_OPTIONS,
            run=_charts(_of_shares(chart)),
        )
        for name, title, chart in (
            ("p-prime", "a control chart of shares that vary more than chance", p_prime_chart),
            ("p", "a control chart of shares, limits by chance alone", p_chart),
        )
    ),
    *(
        Method(
            name=name,
            title=title,
            module="evenhand.stats.attribute_charts",
            labels=(PERIOD,),
            roles=(EVENTS, POPULATION),
            options=(PER, *_CHART_OPTIONS),
            run=_charts(_of_rates(chart)),
        )
        for name, title, chart in (
            ("u-prime", "a control chart of rates that vary more than chance", u_prime_chart),
            ("u", "a control chart of rates, limits by chance alone", u_chart),
        )
    ),
    Method(
        name="t",
        title="a control chart of the days between rare events, from their dates",
        module="evenhand.stats.rare_events",
        roles=(Role("date", "of each event; several on one day are several rows", Holds.DATES),),
        sequence="date",
        options=_CHART_OPTIONS,
        run=_event_dates,
    ),
    Method(
        name="t-of-times",
        title="the same from the days themselves",
        module="evenhand.stats.rare_events",
        labels=(PERIOD,),
        roles=(Role("value", "days from the event before to this one", Holds.NOT_NEGATIVE),),
        options=_CHART_OPTIONS,
        run=_charts(_of_values(t_chart_of_times), gaps=False),
    ),
    Method(
        name="g",
        title="a control chart of the cases between rare events",
        module="evenhand.stats.rare_events",
        labels=(PERIOD,),
        roles=(Role("value", "cases without the event since the event before"),),
        options=_CHART_OPTIONS,
        run=_charts(_of_values(g_chart), gaps=False),
    ),
)
