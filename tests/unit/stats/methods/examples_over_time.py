"""The examples of series over time: each table with the figures that the functions give for it."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from tests.unit.stats.methods.example_tables import (
    BY_MONTH,
    BY_MONTH_VALUES,
    CELLS,
    EVENT_DATES,
    FOUR_CELLS,
    MONTHS,
    PAIR_BY_MONTH,
    SETTINGS,
    Example,
    Results,
    of,
    pair,
)

from evenhand.stats import attribute_charts, rare_events
from evenhand.stats.chart_series import ChartSettings
from evenhand.stats.detectable_change import periods_needed, smallest_detectable_change
from evenhand.stats.gap_over_time import change_in_gap
from evenhand.stats.gap_series import gap_series
from evenhand.stats.series_overdispersion import series_overdispersion
from evenhand.stats.xmr import xmr_chart


def charts(draw: Callable[[int], Any]) -> Results:
    """The charts of both series."""
    found = [draw(series) for series in range(2)]
    return {
        "chart": {
            name: np.concatenate([getattr(chart, name) for chart in found])
            for name in ("value", "lower", "upper", "centre", "status")
        }
    }


def series_of_gaps(a: Mapping[str, np.ndarray]) -> list[Any]:
    return [gap_series(*(column[series] for column in pair(a)), overdispersion_a=1.5) for series in range(2)]


def slopes(a: Mapping[str, np.ndarray]) -> Results:
    found = [series.slope for series in series_of_gaps(a)]
    return {
        "slope of the logarithm of the ratio": {
            "value": np.array([slope.value for slope in found]),
            "lower": np.array([slope.interval.lower for slope in found]),
            "upper": np.array([slope.interval.upper for slope in found]),
        }
    }


def changes(a: Mapping[str, np.ndarray]) -> Results:
    found = change_in_gap(**a, overdispersion_b=2, power=0.9, reference="b")
    return {
        "ratio before": of(found.before),
        "ratio after": of(found.after),
        "ratio of ratios": of(found.ratio_of_ratios),
        "smallest detectable fall": {"value": found.smallest_detectable.falling},
        "smallest detectable rise": {"value": found.smallest_detectable.rising},
    }


def detectable(a: Mapping[str, np.ndarray]) -> Results:
    found = smallest_detectable_change(**a)
    return {
        "smallest detectable fall": {"value": found.falling, "status": found.status},
        "smallest detectable rise": {"value": found.rising, "status": found.status},
    }


OVER_TIME: dict[str, list[Example]] = {
    "xmr": [
        Example(
            BY_MONTH_VALUES,
            lambda a: charts(
                lambda s: xmr_chart(
                    a["value"][s],
                    MONTHS,
                    ChartSettings(baseline=9, recalculate_at=("2023-01",), minimum_points=5, ghosted=("2022-03",)),
                    lower_bound=0,
                )
            ),
            (2, 20),
            by=("area",),
            options={
                "baseline_points": 9,
                "recalculate_at": "2023-01",
                "minimum_points": 5,
                "ghosted": "2022-03",
                "lower_bound": 0,
            },
        )
    ],
    "p-prime": [
        Example(
            BY_MONTH,
            lambda a: charts(
                lambda s: attribute_charts.p_prime_chart(
                    a["events"][s],
                    a["population"][s],
                    MONTHS,
                    ChartSettings(baseline=("2022-01", "2023-06")),
                )
            ),
            (2, 20),
            by=("area",),
            options={"baseline": "2022-01,2023-06"},
        )
    ],
    "p": [
        Example(
            BY_MONTH,
            lambda a: charts(lambda s: attribute_charts.p_chart(a["events"][s], a["population"][s])),
            (2, 20),
            by=("area",),
        )
    ],
    "u-prime": [
        Example(
            BY_MONTH,
            lambda a: charts(lambda s: attribute_charts.u_prime_chart(a["events"][s], a["population"][s], per=1000)),
            (2, 20),
            by=("area",),
            options={"per": 1000},
        )
    ],
    "u": [
        Example(
            BY_MONTH,
            lambda a: charts(lambda s: attribute_charts.u_chart(a["events"][s], a["population"][s])),
            (2, 20),
            by=("area",),
        )
    ],
    "t": [
        Example(
            {
                "area": [SETTINGS[s] for s in range(2) for _ in EVENT_DATES[s]],
                "date": [day.isoformat() for days in EVENT_DATES for day in days],
            },
            lambda a: charts(lambda s: rare_events.t_chart(EVENT_DATES[s])),
            (38,),
            by=("area",),
        )
    ],
    "t-of-times": [
        Example(
            BY_MONTH_VALUES,
            lambda a: charts(lambda s: rare_events.t_chart_of_times(a["value"][s])),
            (2, 20),
            by=("area",),
        )
    ],
    "g": [
        Example(
            BY_MONTH_VALUES,
            lambda a: charts(lambda s: rare_events.g_chart(a["value"][s])),
            (2, 20),
            by=("area",),
        )
    ],
    "change-in-gap": [
        Example(FOUR_CELLS, changes, (3,), options={"overdispersion_b": 2, "power": 0.9, "reference": "b"})
    ],
    "gap-series": [
        Example(
            PAIR_BY_MONTH,
            lambda a: {
                "ratio": {
                    "value": np.concatenate([series.ratio.value for series in series_of_gaps(a)]),
                    "upper": np.concatenate([series.ratio.interval.upper for series in series_of_gaps(a)]),
                }
            },
            (2, 20),
            by=("area",),
            options={"overdispersion_a": 1.5},
        )
    ],
    "gap-slope": [Example(PAIR_BY_MONTH, slopes, (2, 20), by=("area",), options={"overdispersion_a": 1.5})],
    "smallest-detectable-change": [
        Example(
            {
                "name": ["x", "y"],
                **{f"expected_{cell}": [20, 0 if cell == "a2" else 50] for cell in CELLS},
                "share_a1": [0.2, 0.1],
            },
            detectable,
            (2,),
        )
    ],
    "periods-needed": [
        Example(
            {"expected_a": [3, 8], "expected_b": [20, 30], "ratio_of_ratios": [0.8, 1], "share_b": [0.1, 0.2]},
            lambda a: {"periods needed": {"value": periods_needed(**a).periods, "status": periods_needed(**a).status}},
            (2,),
        )
    ],
    "series-overdispersion": [
        Example(
            BY_MONTH,
            lambda a: {
                "over-dispersion": {
                    "value": series_overdispersion(a["events"], a["population"], proportions=True).value,
                    "points": series_overdispersion(a["events"], a["population"], proportions=True).points,
                }
            },
            (2, 20),
            by=("area",),
            options={"proportions": "yes"},
        )
    ],
}
