"""The methods for series: control charts, and the change in a gap."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import numpy as np

from evenhand.errors import InputRefused
from evenhand.stats.attribute_charts import p_chart, p_prime_chart, u_chart, u_prime_chart
from evenhand.stats.chart_rules import Direction, Rule, Variation
from evenhand.stats.chart_series import ChartSettings, Period
from evenhand.stats.control_charts import ControlChart
from evenhand.stats.gap_over_time import GapVerdict, change_in_gap
from evenhand.stats.methods.levels import CONFIDENCE, EVENTS, PER, POPULATION
from evenhand.stats.methods.method import (
    Answer,
    Layout,
    Method,
    Option,
    Options,
    ResultColumn,
    Role,
    as_number,
    strings,
)
from evenhand.stats.rare_events import g_chart, t_chart_of_times
from evenhand.stats.tables import Grid
from evenhand.stats.xmr import xmr_chart

_DIRECTION = Option("direction", "which way is good: up, down or neither", Direction.NEITHER.value)
_CHART_OPTIONS = (
    _DIRECTION,
    Option("target", "a line that the series should reach"),
    Option("minimum_points", "how many points limits need", 15),
    Option("baseline", "how many first points set the limits; all of them when left out"),
    Option("recalculate_at", "periods at which new limits begin, with commas between"),
    Option("ghosted", "periods that are shown and not counted, with commas between"),
)


def _charts(draw: Callable[[Grid, int, tuple[Period, ...], ChartSettings, Options], ControlChart]) -> Any:
    """Run a chart on every series of the table."""

    def run(grid: Grid, options: Options) -> Answer:
        periods = chart_periods(grid.inner)
        settings = _settings(options, periods)
        charts = [draw(grid, series, periods, settings, options) for series in range(len(grid.outer))]
        results = {charts[0].method: _columns(charts)} if charts else {}
        return Answer(results=results, per_inner=True, notes=tuple(_notes(grid, charts)))

    return run


def chart_periods(labels: tuple[str, ...]) -> tuple[Period, ...]:
    """Dates as dates, whole numbers as numbers, so that their order can be checked; other names as they come."""
    for read in (date.fromisoformat, int):
        try:
            return tuple(read(label) for label in labels)
        except ValueError:
            continue
    return labels


def _settings(options: Options, periods: tuple[Period, ...]) -> ChartSettings:
    baseline, target = options["baseline"], options["target"]
    try:
        direction = Direction(options["direction"])
    except ValueError:
        raise InputRefused(f"direction: found {options['direction']!r}; up, down or neither is right") from None
    return ChartSettings(
        direction=direction,
        target=None if target is None else as_number("target", target),
        minimum_points=int(options["minimum_points"]),
        baseline=None if baseline is None else int(as_number("baseline", baseline)),
        recalculate_at=_named(options["recalculate_at"], periods, "recalculate_at"),
        ghosted=_named(options["ghosted"], periods, "ghosted"),
    )


def _named(text: str | None, periods: tuple[Period, ...], name: str) -> tuple[Period, ...]:
    by_label = {str(period): period for period in periods}
    labels = [label.strip() for label in text.split(",")] if text else []
    for label in labels:
        if label not in by_label:
            raise InputRefused(f"{name}: found {label!r}; one of the periods of the table is right")
    return tuple(by_label[label] for label in labels)


def _columns(charts: list[ControlChart]) -> dict[str, ResultColumn]:
    def stacked(name: str) -> ResultColumn:
        return np.stack([getattr(chart, name) for chart in charts])

    return {
        **{name: stacked(name) for name in ("value", "lower", "upper", "centre", "numerator", "denominator")},
        "rules": np.stack([strings([Rule(int(code)).words for code in chart.rules]) for chart in charts]),
        "variation": np.stack([strings([Variation(code).words for code in chart.variation]) for chart in charts]),
        "unit": np.stack([strings([chart.unit] * len(chart)) for chart in charts]),
        "method": np.stack([strings([chart.method] * len(chart)) for chart in charts]),
        "status": stacked("status"),
    }


def _notes(grid: Grid, charts: list[ControlChart]) -> Iterable[str]:
    for place, chart in zip(grid.outer, charts, strict=True):
        name = f"{', '.join(place)}: " if place else ""
        yield from (f"{name}{sentence}" for sentence in (chart.words, *chart.notes))


def _change_in_gap(grid: Grid, options: Options) -> Answer:
    columns = {
        f"{role}_{group}{period}": grid.row(f"{role}_{group}{period}")
        for period in (1, 2)
        for group in "ab"
        for role in ("events", "population")
    }
    found = change_in_gap(
        **columns,
        proportions=bool(options["proportions"]),
        overdispersion_a=options["overdispersion_a"],
        overdispersion_b=options["overdispersion_b"],
        confidence=options["confidence"],
        reference=options["reference"] or "",
    )
    detectable = {
        "value": found.smallest_detectable.falling,
        "upper": found.smallest_detectable.rising,
        "method": strings([found.smallest_detectable.method] * len(found)),
        "status": found.smallest_detectable.status,
    }
    verdict = {"words": strings([GapVerdict(code).words for code in found.verdict])}
    return Answer(
        results={
            "ratio before": found.before,
            "ratio after": found.after,
            "ratio of ratios": found.ratio_of_ratios,
            "smallest detectable fall and rise": detectable,
            "verdict": verdict,
        },
        per_inner=False,
    )


def _values(grid: Grid, series: int) -> dict[str, Any]:
    return {role: numbers[series] for role, numbers in grid.numbers.items()}


_ONE_VALUE = (Role("value", "of the period; empty where there is none"),)

OVER_TIME = (
    Method(
        name="xmr",
        title="a control chart of any numbers, limits from how much neighbours differ",
        layout=Layout.PERIODS,
        roles=_ONE_VALUE,
        options=_CHART_OPTIONS,
        run=_charts(
            lambda grid, series, periods, settings, _: xmr_chart(grid.numbers["value"][series], periods, settings)
        ),
    ),
    *(
        Method(
            name=name,
            title=title,
            layout=Layout.PERIODS,
            roles=(EVENTS, Role("population", "the whole that the events are part of")),
            options=_CHART_OPTIONS,
            run=_charts(
                lambda grid, series, periods, settings, _, chart=chart: chart(
                    **_values(grid, series), periods=periods, settings=settings
                )
            ),
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
            layout=Layout.PERIODS,
            roles=(EVENTS, POPULATION),
            options=(PER, *_CHART_OPTIONS),
            run=_charts(
                lambda grid, series, periods, settings, options, chart=chart: chart(
                    **_values(grid, series), periods=periods, settings=settings, per=options["per"]
                )
            ),
        )
        for name, title, chart in (
            ("u-prime", "a control chart of rates that vary more than chance", u_prime_chart),
            ("u", "a control chart of rates, limits by chance alone", u_chart),
        )
    ),
    Method(
        name="t",
        title="a control chart of the time between rare events",
        layout=Layout.PERIODS,
        roles=(Role("value", "days from the event before to this one"),),
        options=_CHART_OPTIONS,
        run=_charts(
            lambda grid, series, periods, settings, _: t_chart_of_times(
                grid.numbers["value"][series], periods, settings
            )
        ),
    ),
    Method(
        name="g",
        title="a control chart of the cases between rare events",
        layout=Layout.PERIODS,
        roles=(Role("value", "cases without the event since the event before"),),
        options=_CHART_OPTIONS,
        run=_charts(
            lambda grid, series, periods, settings, _: g_chart(grid.numbers["value"][series], periods, settings)
        ),
    ),
    Method(
        name="change-in-gap",
        title="how the gap of group a to group b changed from period 1 to period 2, and what could have been seen",
        layout=Layout.ROWS,
        roles=tuple(
            Role(f"{role}_{group}{period}", f"of group {group} in period {period}")
            for period in (1, 2)
            for group in "ab"
            for role in ("events", "population")
        ),
        options=(
            CONFIDENCE,
            Option("proportions", "1 when the events are a part of the population", 0),
            Option("overdispersion_a", "how much more than chance group a varies, 1 or more", 1),
            Option("overdispersion_b", "the same for group b", 1),
            Option("reference", "the name of group b"),
        ),
        run=_change_in_gap,
    ),
)
