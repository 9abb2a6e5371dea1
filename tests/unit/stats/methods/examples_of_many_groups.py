"""The examples of many groups at once: each table with the figures that the functions give for it."""

from typing import Any

import numpy as np
from tests.unit.stats.methods.example_tables import (
    AREA,
    AREA_5,
    AREA_T,
    BY_FIFTH,
    BY_TRUST,
    EXPECTED_BY_TRUST,
    FIFTH,
    GROUP,
    TRUST,
    VALUES,
    Example,
    Results,
    counts,
    limits_of,
    shrunken,
)

from evenhand.stats import funnel_limits, funnels, overdispersion
from evenhand.stats.multiplicity import adjusted_p_values
from evenhand.stats.shrinkage import shrunken_event_ratios, shrunken_values


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


MANY_GROUPS: dict[str, list[Example]] = {
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
}
