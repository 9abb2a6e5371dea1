"""A small table for every method, and the same figures from the functions themselves: what the registry is held to.

The rows of each table stand in the order setting, group, stratum, so that its columns are arrays of that shape as they
are; ``direct`` calls the functions on those arrays, without the registry, and flattens what they give.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from evenhand.stats import attribute_charts, funnel_limits, funnels, overdispersion, rare_events
from evenhand.stats.chart_series import ChartSettings
from evenhand.stats.detectable_change import periods_needed, smallest_detectable_change
from evenhand.stats.differences import (
    proportion_differences,
    rate_differences,
    standardised_rate_differences,
)
from evenhand.stats.entropy import theil_decomposition
from evenhand.stats.estimates import Estimates
from evenhand.stats.excess import excess_events, excess_events_by_strata
from evenhand.stats.gap_over_time import change_in_gap
from evenhand.stats.gap_series import gap_series
from evenhand.stats.gaps import other_side, proportion_gaps, rate_gaps
from evenhand.stats.indirect_standardisation import indirectly_standardised_rates, indirectly_standardised_ratios
from evenhand.stats.inequality import inequality_summaries
from evenhand.stats.life_expectancy import life_expectancies
from evenhand.stats.logistic_slope import logistic_relative_indices, logistic_slope_indices
from evenhand.stats.means import means
from evenhand.stats.multiplicity import adjusted_p_values
from evenhand.stats.proportions import ProportionMethod, proportions
from evenhand.stats.quantiles import QuantileOrder, quantiles
from evenhand.stats.rank_line import Scale
from evenhand.stats.rates import RateMethod, crude_rates
from evenhand.stats.ratios import proportion_ratios, published_rate_ratios, rate_ratios, standardised_rate_ratios
from evenhand.stats.references import ALL_OTHERS, POPULATION_AVERAGE, reference_group
from evenhand.stats.repeated_events import rates_of_repeated_events
from evenhand.stats.rounded_counts import (
    proportion_difference_intervals_with_rounding,
    proportion_intervals_with_rounding,
    proportion_ratio_intervals_with_rounding,
    rate_difference_intervals_with_rounding,
    rate_intervals_with_rounding,
    rate_ratio_intervals_with_rounding,
)
from evenhand.stats.rounded_gaps import proportion_gaps_with_rounding, rate_gaps_with_rounding
from evenhand.stats.series_overdispersion import series_overdispersion
from evenhand.stats.shrinkage import ranks, shrunken_event_ratios, shrunken_ratios, shrunken_values
from evenhand.stats.simulation import Counted, Simulation, permuted_upper_limits
from evenhand.stats.slope_index import rank_lines, relative_indices, slope_indices
from evenhand.stats.standardisation import StandardisedMethod, directly_standardised_rates
from evenhand.stats.standardised_gaps import standardised_rate_gaps
from evenhand.stats.statuses import Status
from evenhand.stats.summaries import Summaries
from evenhand.stats.unknown_ethnicity import proportions_with_unknown, rates_with_unknown
from evenhand.stats.unknown_ethnicity_allocation import Assumption, allocated_proportions, allocated_rates
from evenhand.stats.unknown_ethnicity_gaps import (
    proportion_differences_with_unknown,
    proportion_ratios_with_unknown,
    rate_differences_with_unknown,
    rate_ratios_with_unknown,
)
from evenhand.stats.xmr import xmr_chart

Figures = Mapping[str, Any]
Results = Mapping[str, Figures]


@dataclass(frozen=True)
class Example:
    """One table, what is asked of it, and what the functions say."""

    columns: Mapping[str, list[Any]]
    direct: Callable[[Mapping[str, np.ndarray]], Results]
    shape: tuple[int, ...]
    by: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    def expected(self) -> Results:
        """The figures from the functions, on arrays of the table's shape."""
        arrays = {
            name: np.array(cells, dtype=np.float64).reshape(self.shape)
            for name, cells in self.columns.items()
            if all(isinstance(cell, int | float) for cell in cells)
        }
        return self.direct(arrays)


def of(found: Estimates | Summaries, **more: Any) -> Figures:
    """Value, limits and status of estimates or summaries, and what else is given."""
    return {
        "value": found.value,
        "lower": found.interval.lower,
        "upper": found.interval.upper,
        "status": found.status,
        **more,
    }


SETTINGS = ["Leeds", "York"]
GROUPS = ["White British", "Black", "Asian", "unknown"]
STRATA = ["65+", "0-14", "15-64"]
FIFTHS = ["1", "2", "3", "4", "10"]
MONTHS = [f"20{22 + month // 12}-{month % 12 + 1:02}" for month in range(20)]
RNG = np.random.default_rng(20)


def over(*sides: list[Any]) -> list[list[Any]]:
    """The labels of each side, for every combination, the last side fastest."""
    return [list(column) for column in zip(*_combinations(sides), strict=True)]


def _combinations(sides: tuple[list[Any], ...]) -> list[tuple[Any, ...]]:
    if not sides:
        return [()]
    return [(label, *rest) for label in sides[0] for rest in _combinations(sides[1:])]


def counts(size: int, about: float = 20) -> list[int]:
    return RNG.poisson(about, size).tolist()


def people(size: int, about: int = 2_000) -> list[int]:
    return RNG.integers(about, 3 * about, size).tolist()


AREA, GROUP = over(SETTINGS, GROUPS)
BY_GROUP = {"area": AREA, "group": GROUP, "events": counts(8), "population": people(8)}
AREA_5, FIFTH = over(SETTINGS, FIFTHS)
BY_FIFTH = {"area": AREA_5, "group": FIFTH, "events": counts(10), "population": people(10)}
VALUES = {"value": RNG.uniform(5, 15, 10).tolist(), "standard_error": RNG.uniform(0.5, 1, 10).tolist()}
BY_FIFTH_VALUES = {"area": AREA_5, "group": FIFTH, **VALUES, "population": people(10)}
AREA_S, STRATUM = over(SETTINGS, STRATA)
STANDARD = [30.0, 20.0, 50.0]
BY_STRATUM = {
    "area": AREA_S,
    "stratum": STRATUM,
    "events": counts(6, 8),
    "population": people(6),
    "standard": STANDARD * 2,
}
AREA_G, GROUP_S, STRATUM_G = over(SETTINGS, GROUPS[:3], STRATA)
BY_GROUP_AND_STRATUM = {
    "area": AREA_G,
    "group": GROUP_S,
    "stratum": STRATUM_G,
    "events": counts(18, 8),
    "population": people(18),
    "standard": STANDARD * 6,
}
AREA_R, STRATUM_R, TIMES = over(SETTINGS, STRATA, ["1", "2", "4"])
REPEATED_PEOPLE = people(6)
BY_TIMES = {
    "area": AREA_R,
    "stratum": STRATUM_R,
    "times": TIMES,
    "people": counts(18, 5),
    "population": [number for number in REPEATED_PEOPLE for _ in range(3)],
    "standard": [number for number in STANDARD * 2 for _ in range(3)],
}
AREA_M, MONTH = over(SETTINGS, MONTHS)
BY_MONTH = {"area": AREA_M, "period": MONTH, "events": counts(40, 30), "population": people(40)}
BY_MONTH_VALUES = {"area": AREA_M, "period": MONTH, "value": counts(40, 30)}
PAIR_BY_MONTH = {
    "area": AREA_M,
    "period": MONTH,
    "events_a": counts(40, 15),
    "population_a": people(40),
    "events_b": counts(40, 30),
    "population_b": people(40),
}
TRUSTS = [f"T{number:02}" for number in range(12)]
AREA_T, TRUST = over(SETTINGS, TRUSTS)
BY_TRUST = {"area": AREA_T, "organisation": TRUST, "events": counts(24, 30), "population": people(24)}
EXPECTED_BY_TRUST = {"area": AREA_T, "organisation": TRUST, "events": counts(24, 30), "expected": [30.5] * 24}
ROWS = {"name": ["a", "b", "c"], "events": [3, 0, 12], "population": [40, 30, 90]}
PAIR = {
    "name": ["a", "b", "c"],
    "events_a": [3, 0, 12],
    "population_a": [40, 30, 90],
    "events_b": [9, 4, 0],
    "population_b": [300, 100, 80],
}
PAIR_IN_STRATA = {
    "area": AREA_S,
    "stratum": STRATUM,
    "events_a": counts(6, 8),
    "population_a": people(6),
    "events_b": counts(6, 30),
    "population_b": people(6, 5_000),
    "standard": STANDARD * 2,
}
CELLS = ("a1", "b1", "a2", "b2")
FOUR_CELLS = {
    "name": ["x", "y", "z"],
    **{f"events_{cell}": counts(3, 40) for cell in CELLS},
    **{f"population_{cell}": people(3) for cell in CELLS},
}
BOUNDS = {"smallest": [3, 8], "largest": [7, 12], "smallest_population": [18, 48], "largest_population": [22, 52]}
EVENT_DATES = [
    [
        date(2023, 1, 5),
        date(2023, 2, 9),
        date(2023, 2, 9),
        *(date(2023, 3 + n // 2, 2 + 11 * (n % 2)) for n in range(18)),
    ],
    [date(2023, 1, 1), *(date(2023, 1 + n // 2, 3 + 12 * (n % 2)) for n in range(1, 17))],
]


def gaps(found: Any, **more: Any) -> Results:
    """The three results of gaps."""
    return {
        "difference": of(found.difference, **more),
        "ratio": of(found.ratio, **more),
        "excess events": of(found.excess, **more),
    }


def pair(a: Mapping[str, np.ndarray]) -> list[np.ndarray]:
    return [a[name] for name in ("events_a", "population_a", "events_b", "population_b")]


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


def limits_of(found: Any) -> Figures:
    return {"lower": found.lower, "upper": found.upper}


def bounds(a: Mapping[str, np.ndarray]) -> list[Any]:
    return [tuple(a[f"{name}_{side}"] for name in BOUNDS) for side in "ab"]


def rounded_gaps(found: Any, kept: slice) -> Results:
    """Limits of the groups that are compared."""
    return {
        name: {"lower": intervals.lower[..., kept], "upper": intervals.upper[..., kept]}
        for name, intervals in (
            ("difference", found.difference),
            ("ratio", found.ratio),
            ("excess events", found.excess),
        )
    }


def levels_with_unknown(found: Any) -> Figures:
    return of(
        found.as_recorded,
        lowest=found.lowest.value,
        highest=found.highest.value,
        all_in_group=found.all_in_group.value,
        lowest_with_chance=found.bounds_with_chance.lower,
        highest_with_chance=found.bounds_with_chance.upper,
    )


def gap_with_unknown(found: Any) -> Figures:
    return levels_with_unknown(found) | {"all_in_reference": found.all_in_reference.value}


def unknown_rates(a: Mapping[str, np.ndarray]) -> Results:
    x, n = a["events"], a["population"]
    known = (x[:, :3], n[:, :3], x[:, 3], n[:, 3])
    return {
        "rate": levels_with_unknown(rates_with_unknown(*known, per=1000)),
        "rate, the unknown shared out as the known": of(allocated_rates(*known, per=1000)),
        "rate, the unknown shared out as the population": of(
            allocated_rates(*known, per=1000, assumption=Assumption.AS_THE_POPULATION)
        ),
    }


def unknown_shares(a: Mapping[str, np.ndarray]) -> Results:
    x, n = a["events"], a["population"]
    known = (x[:, :3], n[:, :3], x[:, 3], n[:, 3])
    return {
        "share": levels_with_unknown(proportions_with_unknown(*known)),
        "share, the unknown shared out as the known": of(allocated_proportions(*known)),
        "share, the unknown shared out as the population": of(
            allocated_proportions(*known, assumption=Assumption.AS_THE_POPULATION)
        ),
    }


def unknown_gaps(a: Mapping[str, np.ndarray], differences: Any, ratios: Any, reference: Any) -> Results:
    """Of the known groups; a named reference is the first of them, and not compared with itself."""
    x, n = a["events"], a["population"]
    b, m = (other_side(counts[:, :3], tuple(GROUPS[:3]), reference, axis=-1) for counts in (x, n))
    first = 1 if reference.group else 0
    four = [each[:, first:3] for each in (x, n, b, m)]
    unknown = x[:, 3:], n[:, 3:]
    return {
        "difference": gap_with_unknown(differences(*four, *unknown, reference=reference)),
        "ratio": gap_with_unknown(ratios(*four, *unknown, reference=reference)),
    }


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
    from evenhand.stats.inequality import Measure
    from evenhand.stats.spread import Spread

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


def shrunken(found: Any) -> Figures:
    return of(found, raw=found.raw, rank=ranks(found.value))


def in_funnel(found: funnels.Funnel) -> Results:
    return {
        name: {
            "value": found.value,
            "lower": placed.limits.inner.lower,
            "upper_99_8": placed.limits.outer.upper,
            "p_value": placed.p_value,
            "status": placed.status,
        }
        for name, placed in (("by chance", found.by_chance), ("beyond the usual spread", found.beyond_usual_spread))
    }


def scored(found: overdispersion.Scores, extremes: Any = overdispersion.Extremes.WINSORISED) -> Results:
    spread = overdispersion.over_dispersion(found, extremes=extremes)
    sized = np.ones(found.z.shape)
    return {
        "z-score": {
            "value": found.z,
            "standard_error": found.standard_error,
            "used": spread.z,
            "factor": spread.factor[:, np.newaxis] * sized,
            "variance": spread.variance[:, np.newaxis] * sized,
            "status": found.status,
        }
    }


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


WHITE_BRITISH = reference_group("White British")
SHRUNKEN = {"shrunken": "yes", "false_discovery_rate": 0.1}
DRAWN = {"draws": 50}
CLASSIC = {"shown_from_events": 20}


def rate_gap(a: Mapping[str, np.ndarray]) -> Results:
    found = rate_gaps(a["events"], a["population"], groups=GROUPS, reference=WHITE_BRITISH, per=1000)
    return {**gaps(found), "shrunken ratio": shrunken(shrunken_ratios(found.ratio))}


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


EXAMPLES: dict[str, list[Example]] = {
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
    "rounded-rate-gap": [
        Example(
            {
                "area": AREA,
                "group": GROUP,
                "smallest": [8] * 8,
                "largest": [12] * 8,
                "population": BY_GROUP["population"],
                "population_margin": [5] * 8,
            },
            lambda a: rounded_gaps(
                rate_gaps_with_rounding(**a, groups=GROUPS, reference=WHITE_BRITISH, per=1000), slice(1, None)
            ),
            (2, 4),
            by=("area",),
            options={"reference": "White British", "per": 1000},
        )
    ],
    "rounded-proportion-gap": [
        Example(
            {"group": GROUPS[:2], **BOUNDS},
            lambda a: rounded_gaps(
                proportion_gaps_with_rounding(**a, groups=GROUPS[:2], reference=POPULATION_AVERAGE), slice(None)
            ),
            (1, 2),
            options={"reference": "population average"},
        )
    ],
    "rate-gap": [
        Example(
            BY_GROUP,
            rate_gap,
            (2, 4),
            by=("area",),
            options={"reference": "White British", "per": 1000, **SHRUNKEN},
        ),
        Example(
            BY_GROUP,
            lambda a: gaps(rate_gaps(a["events"], a["population"], groups=GROUPS, reference=POPULATION_AVERAGE)),
            (2, 4),
            by=("area",),
            options={"reference": "population average"},
        ),
    ],
    "proportion-gap": [
        Example(
            BY_GROUP,
            lambda a: gaps(proportion_gaps(a["events"], a["population"], groups=GROUPS, reference=ALL_OTHERS)),
            (2, 4),
            by=("area",),
            options={"reference": "all others", "false_discovery_rate": 0.05},
        )
    ],
    "standardised-gap": [
        Example(
            BY_GROUP_AND_STRATUM,
            lambda a: gaps(
                standardised_rate_gaps(
                    a["events"],
                    a["population"],
                    a["standard"][0, 0],
                    groups=GROUPS[:3],
                    reference=WHITE_BRITISH,
                )
            ),
            (2, 3, 3),
            by=("area",),
            options={"reference": "White British", "false_discovery_rate": 0.05},
        )
    ],
    "unknown-rate": [Example(BY_GROUP, unknown_rates, (2, 4), by=("area",), options={"per": 1000})],
    "unknown-proportion": [Example(BY_GROUP, unknown_shares, (2, 4), by=("area",))],
    "unknown-rate-gap": [
        Example(
            BY_GROUP,
            lambda a: unknown_gaps(a, rate_differences_with_unknown, rate_ratios_with_unknown, WHITE_BRITISH),
            (2, 4),
            by=("area",),
            options={"reference": "White British"},
        ),
    ],
    "unknown-proportion-gap": [
        Example(
            BY_GROUP,
            lambda a: unknown_gaps(a, proportion_differences_with_unknown, proportion_ratios_with_unknown, ALL_OTHERS),
            (2, 4),
            by=("area",),
            options={"reference": "all others"},
        ),
    ],
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
    "benjamini-hochberg": [
        Example(
            {"area": AREA, "group": GROUP, "p_value": [0.001, 0.02, 0.8, 0.04, 0.5, 0.5, 0.01, 0.2]},
            lambda a: {"adjusted p-value": {"value": adjusted_p_values(a["p_value"])}},
            (2, 4),
            by=("area",),
            options={"false_discovery_rate": 0.1},
        )
    ],
    "shrink": [
        Example(
            {"area": AREA_5, "group": FIFTH, **VALUES},
            lambda a: {"shrunken value": shrunken(shrunken_values(a["value"], a["standard_error"], centre=10))},
            (2, 5),
            by=("area",),
            options={"centre": 10},
        )
    ],
    "shrink-events": [
        Example(
            {"area": AREA_5, "group": FIFTH, "events": BY_FIFTH["events"], "expected": [20.5] * 10},
            lambda a: {"shrunken ratio": shrunken(shrunken_event_ratios(a["events"], a["expected"]))},
            (2, 5),
            by=("area",),
        )
    ],
    "proportion-funnel": [
        Example(
            BY_TRUST,
            lambda a: in_funnel(
                funnels.proportion_funnel(a["events"], a["population"], method=funnel_limits.EXACT_BINOMIAL, mid_p=True)
            ),
            (2, 12),
            by=("area",),
            options={"exact": "yes", "mid_p": "yes"},
        )
    ],
    "rate-funnel": [
        Example(
            BY_TRUST,
            lambda a: in_funnel(
                funnels.rate_funnel(
                    a["events"],
                    a["population"],
                    target=800,
                    scale=overdispersion.Scale.LOGARITHM,
                    widening=overdispersion.Widening.MULTIPLICATIVE,
                    extremes=overdispersion.Extremes.TRIMMED,
                )
            ),
            (2, 12),
            by=("area",),
            options={"target": 800, "scale": "logarithm", "widening": "multiplicative", "extremes": "trimmed"},
        )
    ],
    "ratio-funnel": [
        Example(
            EXPECTED_BY_TRUST,
            lambda a: in_funnel(funnels.ratio_funnel(a["events"], a["expected"])),
            (2, 12),
            by=("area",),
        )
    ],
    "proportion-funnel-limits": [
        Example(
            {"population": [10, 100, 0], "target": [0.1, 0.2, 0.3]},
            lambda a: {"funnel limits": limits_of(funnel_limits.proportion_limits(a["population"], a["target"]))},
            (3,),
        )
    ],
    "rate-funnel-limits": [
        Example(
            {"population": [1000, 9000], "target": [10, 20]},
            lambda a: {"funnel limits": limits_of(funnel_limits.rate_limits(a["population"], a["target"], per=1000))},
            (2,),
            options={"per": 1000},
        )
    ],
    "ratio-funnel-limits": [
        Example(
            {"expected": [10.0, 100.5, 0.0]},
            lambda a: {"funnel limits": limits_of(funnel_limits.ratio_limits(a["expected"], confidence=0.998))},
            (3,),
            options={"confidence": 0.998},
        )
    ],
    "proportion-scores": [
        Example(
            BY_TRUST,
            lambda a: scored(overdispersion.proportion_scores(a["events"], a["population"])),
            (2, 12),
            by=("area",),
        )
    ],
    "ratio-scores": [
        Example(
            EXPECTED_BY_TRUST,
            lambda a: scored(
                overdispersion.ratio_scores(a["events"], a["expected"], scale=overdispersion.Scale.LOGARITHM),
                overdispersion.Extremes.KEPT,
            ),
            (2, 12),
            by=("area",),
            options={"scale": "logarithm", "extremes": "kept"},
        )
    ],
    "count-ratio-scores": [
        Example(
            {"area": AREA_T, "organisation": TRUST, "events": counts(24, 30), "other_events": counts(24, 60)},
            lambda a: scored(overdispersion.count_ratio_scores(a["events"], a["other_events"])),
            (2, 12),
            by=("area",),
        )
    ],
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

STATUS_WORDS = {status.value: status.words for status in Status}
