"""The examples of gaps, and of what the unknown could change: tables with the figures that the functions give."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from tests.unit.stats.methods.example_tables import (
    AREA,
    BOUNDS,
    BY_GROUP,
    BY_GROUP_AND_STRATUM,
    GROUP,
    GROUPS,
    Example,
    Figures,
    Results,
    of,
    shrunken,
)

from evenhand.stats.gaps import other_side, proportion_gaps, rate_gaps
from evenhand.stats.references import ALL_OTHERS, POPULATION_AVERAGE, reference_group
from evenhand.stats.rounded_gaps import proportion_gaps_with_rounding, rate_gaps_with_rounding
from evenhand.stats.shrinkage import shrunken_ratios
from evenhand.stats.standardised_gaps import standardised_rate_gaps
from evenhand.stats.unknown_ethnicity import proportions_with_unknown, rates_with_unknown
from evenhand.stats.unknown_ethnicity_allocation import Assumption, allocated_proportions, allocated_rates
from evenhand.stats.unknown_ethnicity_gaps import (
    proportion_differences_with_unknown,
    proportion_ratios_with_unknown,
    rate_differences_with_unknown,
    rate_ratios_with_unknown,
)


def gaps(found: Any, **more: Any) -> Results:
    """The three results of gaps."""
    return {
        "difference": of(found.difference, **more),
        "ratio": of(found.ratio, **more),
        "excess events": of(found.excess, **more),
    }


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


WHITE_BRITISH = reference_group("White British")

SHRUNKEN = {"shrunken": "yes", "false_discovery_rate": 0.1}


def rate_gap(a: Mapping[str, np.ndarray]) -> Results:
    found = rate_gaps(a["events"], a["population"], groups=GROUPS, reference=WHITE_BRITISH, per=1000)
    return {**gaps(found), "shrunken ratio": shrunken(shrunken_ratios(found.ratio))}


GAPS: dict[str, list[Example]] = {
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
}
