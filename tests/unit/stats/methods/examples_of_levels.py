"""The examples of levels and of two groups in one row: each table with the figures that the functions give for it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from tests.unit.stats.methods.example_tables import (
    AREA_T,
    BOUNDS,
    BY_STRATUM,
    BY_TIMES,
    PAIR,
    PAIR_IN_STRATA,
    RNG,
    ROWS,
    STANDARD,
    TRUST,
    Example,
    Results,
    limits_of,
    of,
    pair,
)

from evenhand.stats.differences import (
    proportion_differences,
    rate_differences,
    standardised_rate_differences,
)
from evenhand.stats.excess import excess_events, excess_events_by_strata
from evenhand.stats.indirect_standardisation import indirectly_standardised_rates, indirectly_standardised_ratios
from evenhand.stats.life_expectancy import life_expectancies
from evenhand.stats.means import means
from evenhand.stats.proportions import ProportionMethod, proportions
from evenhand.stats.quantiles import QuantileOrder, quantiles
from evenhand.stats.rates import RateMethod, crude_rates
from evenhand.stats.ratios import proportion_ratios, published_rate_ratios, rate_ratios, standardised_rate_ratios
from evenhand.stats.repeated_events import rates_of_repeated_events
from evenhand.stats.rounded_counts import (
    proportion_difference_intervals_with_rounding,
    proportion_intervals_with_rounding,
    proportion_ratio_intervals_with_rounding,
    rate_difference_intervals_with_rounding,
    rate_intervals_with_rounding,
    rate_ratio_intervals_with_rounding,
)
from evenhand.stats.standardisation import StandardisedMethod, directly_standardised_rates


def standardised_pair(a: Mapping[str, np.ndarray]) -> Results:
    x, y = (
        directly_standardised_rates(a[f"events_{side}"], a[f"population_{side}"], a["standard"][0], per=1000)
        for side in "ab"
    )
    return {
        "difference": of(standardised_rate_differences(x, y)),
        "ratio": of(standardised_rate_ratios(x, y)),
        "excess events": of(excess_events_by_strata(*pair(a))),
    }


def bounds(a: Mapping[str, np.ndarray]) -> list[Any]:
    return [tuple(a[f"{name}_{side}"] for name in BOUNDS) for side in "ab"]


def quantile(a: Mapping[str, np.ndarray]) -> Results:
    found = [quantiles(values, 4, order=QuantileOrder.LOWEST_FIRST) for values in a["value"]]
    return {"quantile": {"value": np.concatenate([each.quantile for each in found])}}


def repeated(a: Mapping[str, np.ndarray]) -> Results:
    by_times = np.zeros((2, 4, 3))
    by_times[:, [0, 1, 3]] = a["people"].swapaxes(1, 2)
    found = rates_of_repeated_events(by_times, a["population"][..., 0], STANDARD, per=1000)
    return {"standardised rate": of(found)}


def indirect(a: Mapping[str, np.ndarray]) -> Results:
    counted = a["events"].sum(axis=1), a["population"], a["standard_events"][0], a["standard_population"][0]
    named = {"reference": "England"}
    return {
        "standardised ratio": of(indirectly_standardised_ratios(*counted, **named, times=100)),
        "standardised rate": of(indirectly_standardised_rates(*counted, **named)),
    }


LEVELS: dict[str, list[Example]] = {
    "proportion": [
        Example(ROWS, lambda a: {"share": of(proportions(a["events"], a["population"]))}, (3,)),
        Example(
            ROWS,
            lambda a: {"share": of(proportions(a["events"], a["population"], method=ProportionMethod.CLOPPER_PEARSON))},
            (3,),
            options={"exact": "yes"},
        ),
    ],
    "rate": [
        Example(
            ROWS,
            lambda a: {"rate": of(crude_rates(a["events"], a["population"], per=10, method=RateMethod.EXACT))},
            (3,),
            options={"exact": True, "per": 10},
        )
    ],
    "mean": [
        Example(
            {"name": ["a", "b"], "total": [80.5, -3], "count": [10, 4], "standard_deviation": [2.5, 1]},
            lambda a: {"mean": of(means(a["total"], a["count"], a["standard_deviation"], confidence=0.9))},
            (2,),
            options={"confidence": 0.9},
        )
    ],
    "standardised-rate": [
        Example(
            BY_STRATUM,
            lambda a: {
                "standardised rate": of(
                    directly_standardised_rates(
                        a["events"], a["population"], a["standard"][0], method=StandardisedMethod.DOBSON
                    )
                )
            },
            (2, 3),
            by=("area",),
            options={"interval": "dobson"},
        )
    ],
    "repeated-events-rate": [Example(BY_TIMES, repeated, (2, 3, 3), by=("area",), options={"per": 1000})],
    "indirectly-standardised": [
        Example(
            {
                **{name: BY_STRATUM[name] for name in ("area", "stratum", "events", "population")},
                "standard_events": [9, 8, 7] * 2,
                "standard_population": [900, 1000, 500] * 2,
            },
            indirect,
            (2, 3),
            by=("area",),
            options={"reference": "England", "times": 100},
        )
    ],
    "life-expectancy": [
        Example(
            {
                "area": ["Leeds"] * 4,
                "stratum": ["0", "1-4", "5-64", "65+"],
                "deaths": [5, 3, 40, 300],
                "population": [900, 4000, 50000, 9000],
            },
            lambda a: {"life expectancy": of(life_expectancies(a["deaths"], a["population"], [0, 1, 5, 65]))},
            (1, 4),
            by=("area",),
        )
    ],
    "quantile": [
        Example(
            {"place": AREA_T, "area": TRUST, "value": RNG.uniform(0, 9, 24).tolist()},
            quantile,
            (2, 12),
            by=("place",),
            options={"number": 4, "first": "lowest-first"},
        )
    ],
    "rate-comparison": [
        Example(
            PAIR,
            lambda a: {
                "difference": of(rate_differences(*pair(a), per=1000)),
                "ratio": of(rate_ratios(*pair(a))),
                "excess events": of(excess_events(*pair(a))),
            },
            (3,),
            options={"per": 1000, "reference": "b"},
        )
    ],
    "proportion-comparison": [
        Example(
            PAIR,
            lambda a: {
                "difference": of(proportion_differences(*pair(a))),
                "ratio": of(proportion_ratios(*pair(a))),
            },
            (3,),
        )
    ],
    "standardised-comparison": [
        Example(PAIR_IN_STRATA, standardised_pair, (2, 3), by=("area",), options={"per": 1000})
    ],
    "published-ratio": [
        Example(
            {"value_a": [50.5, 20], "half_width_a": [5, 21], "value_b": [20, 0], "half_width_b": [2.5, 0]},
            lambda a: {"ratio": of(published_rate_ratios(**a, published_confidence=0.998))},
            (2,),
            options={"published_confidence": 0.998},
        )
    ],
    "rounded-rate": [
        Example(
            {"smallest": [3, 0], "largest": [7, 0], "population": [100, 0], "population_margin": [5, 0]},
            lambda a: {"rate": limits_of(rate_intervals_with_rounding(**a, per=10))},
            (2,),
            options={"per": 10},
        )
    ],
    "rounded-proportion": [
        Example(
            BOUNDS,
            lambda a: {"share": limits_of(proportion_intervals_with_rounding(**a))},
            (2,),
        )
    ],
    "rounded-rate-comparison": [
        Example(
            {
                "smallest_a": [3, 8],
                "largest_a": [7, 12],
                "population_a": [100, 90],
                "smallest_b": [48, 18],
                "largest_b": [52, 22],
                "population_b": [1000, 500],
                "population_margin_b": [5, 2],
            },
            lambda a: {
                "difference": limits_of(rate_difference_intervals_with_rounding(**a, per=1000)),
                "ratio": limits_of(rate_ratio_intervals_with_rounding(**a)),
            },
            (2,),
            options={"per": 1000},
        )
    ],
    "rounded-proportion-comparison": [
        Example(
            {f"{name}_{side}": [*numbers] for side in "ab" for name, numbers in BOUNDS.items()},
            lambda a: {
                "difference": limits_of(proportion_difference_intervals_with_rounding(*bounds(a))),
                "ratio": limits_of(proportion_ratio_intervals_with_rounding(*bounds(a))),
            },
            (2,),
        )
    ],
}
