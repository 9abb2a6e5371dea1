"""A small table for every kind of method; the same figures from the functions themselves are in the examples beside it.

The rows of each table stand in the order setting, group, stratum, so that its columns are arrays of that shape as they
are; ``direct`` calls the functions on those arrays, without the registry, and flattens what they give.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from evenhand.stats.estimates import Estimates
from evenhand.stats.shrinkage import ranks
from evenhand.stats.statuses import Status
from evenhand.stats.summaries import Summaries

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


def pair(a: Mapping[str, np.ndarray]) -> list[np.ndarray]:
    return [a[name] for name in ("events_a", "population_a", "events_b", "population_b")]


def limits_of(found: Any) -> Figures:
    return {"lower": found.lower, "upper": found.upper}


def shrunken(found: Any) -> Figures:
    return of(found, raw=found.raw, rank=ranks(found.value))


STATUS_WORDS = {status.value: status.words for status in Status}
