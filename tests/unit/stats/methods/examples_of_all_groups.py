"""The examples of summary measures: each table with the figures that the functions give for it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from tests.unit.stats.methods.example_tables import BY_FIFTH, BY_FIFTH_VALUES, FIFTHS, Example, Results, of

from evenhand.stats.entropy import theil_decomposition
from evenhand.stats.inequality import Measure, inequality_summaries
from evenhand.stats.logistic_slope import logistic_relative_indices, logistic_slope_indices
from evenhand.stats.rank_line import Scale
from evenhand.stats.simulation import Counted, Simulation, permuted_upper_limits
from evenhand.stats.slope_index import rank_lines, relative_indices, slope_indices
from evenhand.stats.spread import Spread
from evenhand.stats.summaries import Summaries


def summaries(found: Mapping[Any, Summaries]) -> Results:
    return {
        measure.value: of(each, corrected=each.corrected, null_upper=each.null_upper) for measure, each in found.items()
    }


def rates_with_errors(a: Mapping[str, np.ndarray], per: float) -> tuple[np.ndarray, ...]:
    return per * a["events"] / a["population"], per * np.sqrt(a["events"]) / a["population"], a["population"]


def shares_with_errors(a: Mapping[str, np.ndarray]) -> tuple[np.ndarray, ...]:
    share = a["events"] / a["population"]
    return share, np.sqrt(share * (1 - share) / a["population"]), a["population"]


def permuted(a: Mapping[str, np.ndarray], per: float) -> Results:
    found = summaries(inequality_summaries(*rates_with_errors(a, per), draws=50))
    (variance,) = permuted_upper_limits(
        [lambda spread: Spread(spread.value * per, spread.share, spread.equal_share).variance],
        a["events"],
        a["population"],
        counted=Counted.TIME,
        simulation=Simulation(draws=50),
    )
    return {**found, Measure.BGV.value: {**found[Measure.BGV.value], "permuted_upper": variance}}


def theil(a: Mapping[str, np.ndarray]) -> Results:
    found = theil_decomposition(a["value"], a["population"], larger_group=["poor", "poor", "rich", "rich", "rich"])
    return {
        "in all": {"value": found.total, "status": found.status},
        "within larger groups": {"value": found.within},
        "between larger groups": {"value": found.between},
    }


DRAWN = {"draws": 50}

ALL_GROUPS: dict[str, list[Example]] = {
    "inequality": [
        Example(
            BY_FIFTH_VALUES,
            lambda a: summaries(
                inequality_summaries(
                    a["value"],
                    a["standard_error"],
                    a["population"],
                    groups=FIFTHS,
                    reference="10",
                    group="1",
                    best="10",
                    draws=50,
                )
            ),
            (2, 5),
            by=("area",),
            options={"reference": "10", "group": "1", "best": "10", **DRAWN},
        )
    ],
    "inequality-by-rank": [
        Example(
            BY_FIFTH_VALUES,
            lambda a: summaries(
                inequality_summaries(
                    a["value"], a["standard_error"], a["population"], order=np.arange(5), bounds=(0, 50), draws=0
                )
            ),
            (2, 5),
            by=("area",),
            options={"draws": 0, "minimum": 0, "maximum": 50},
        )
    ],
    "rate-inequality": [
        Example(
            BY_FIFTH,
            lambda a: permuted(a, 1000),
            (2, 5),
            by=("area",),
            options={"per": 1000, "permuted": "yes", **DRAWN},
        )
    ],
    "rate-inequality-by-rank": [
        Example(
            BY_FIFTH,
            lambda a: summaries(inequality_summaries(*rates_with_errors(a, 1e5), order=np.arange(5), draws=50)),
            (2, 5),
            by=("area",),
            options=DRAWN,
        )
    ],
    "proportion-inequality": [
        Example(
            BY_FIFTH,
            lambda a: summaries(inequality_summaries(*shares_with_errors(a), draws=50)),
            (2, 5),
            by=("area",),
            options=DRAWN,
        )
    ],
    "proportion-inequality-by-rank": [
        Example(
            BY_FIFTH,
            lambda a: summaries(
                inequality_summaries(*shares_with_errors(a), order=np.arange(5), bounds=(0, 1), draws=50)
            ),
            (2, 5),
            by=("area",),
            options=DRAWN,
        )
    ],
    "slope-index": [
        Example(
            BY_FIFTH_VALUES,
            lambda a: {
                "slope index of inequality": of(
                    slope_indices(a["value"], a["standard_error"], a["population"], scale=Scale.LOG),
                    at_rank_0=rank_lines(a["value"], a["population"], scale=Scale.LOG).at_rank_0,
                ),
                "relative index of inequality": of(
                    relative_indices(a["value"], a["standard_error"], a["population"], scale=Scale.LOG)
                ),
            },
            (2, 5),
            by=("area",),
            options={"scale": "log"},
        )
    ],
    "logistic-slope": [
        Example(
            BY_FIFTH,
            lambda a: {
                "slope index of inequality": of(logistic_slope_indices(a["events"], a["population"])),
                "relative index of inequality": of(logistic_relative_indices(a["events"], a["population"])),
            },
            (2, 5),
            by=("area",),
        )
    ],
    "theil-decomposition": [
        Example(
            {**BY_FIFTH_VALUES, "larger_group": ["poor", "poor", "rich", "rich", "rich"] * 2},
            theil,
            (2, 5),
            by=("area",),
        )
    ],
}
