"""Settings of groups with noisy values: any at all, and simulated ones whose true measure is known."""

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st

from evenhand.stats.intervals import FloatArray
from evenhand.stats.simulation import NOT_SIMULATED
from evenhand.stats.summaries import Summaries

SETTING = st.integers(2, 8).flatmap(
    lambda groups: st.tuples(
        st.lists(st.floats(0.5, 50), min_size=groups, max_size=groups),
        st.lists(st.floats(0.5, 5), min_size=groups, max_size=groups),
        st.lists(st.integers(1, 2_000), min_size=groups, max_size=groups),
    )
)
Setting = tuple[list[float], list[float], list[int]]
Method = Callable[..., Summaries]


def sizes_of(groups: int, sizes: str) -> FloatArray:
    """Each group's share of the population."""
    if sizes == "equal":
        return np.full(groups, 1 / groups)
    if sizes == "one of 80 %":
        return np.array([0.8] + [0.2 / (groups - 1)] * (groups - 1))
    share = 1 / np.arange(1.0, groups + 1)
    return np.asarray(share / share.sum())


def apart_of(groups: int, who: str, spread: float) -> FloatArray:
    """True differences, in standard errors of a group of equal share."""
    if who == "halves":
        return spread * np.where(np.arange(groups) % 2, 1.0, -1.0)
    if who == "one":
        return np.array([0.0] * (groups - 1) + [3 * spread])
    return spread * np.random.default_rng(5).standard_normal(groups)


def coverage(
    method: Method,
    width: int,
    sizes: str,
    who: str,
    spread: float,
    *,
    noise: float = 0.03,
    settings: int = 2_000,
    **said: Any,
) -> tuple[float, float]:
    """The share of simulated settings whose 95 % interval holds the true measure, and mean corrected over true."""
    share = sizes_of(width, sizes)
    apart = apart_of(width, who, spread)
    true = 1 + noise * (apart - apart @ share)
    standard_error = noise / np.sqrt(share * width)
    value = true + standard_error * np.random.default_rng(20_260).standard_normal((settings, width))
    ours = method(value, standard_error, share, simulation=NOT_SIMULATED, **said)
    truth = method(true, 0.0, share, simulation=NOT_SIMULATED, **said).value[0]
    holds = (ours.interval.lower <= truth + 1e-12) & (truth <= ours.interval.upper + 1e-12)
    return float(holds.mean()), float(ours.corrected.mean() / truth) if truth > 1e-9 else 1.0


# Groups, sizes, who differs, and by how many standard errors of an equal share.
DESIGNS = [
    (5, "equal", "halves", 2.0),
    (5, "one of 80 %", "any", 5.0),
    (16, "equal", "any", 2.0),
    (16, "one of 80 %", "one", 5.0),
    (16, "falling", "any", 5.0),
    (34, "equal", "any", 1.0),
    (34, "one of 80 %", "halves", 5.0),
    (34, "falling", "halves", 2.0),
]


def coverage_from_counts(method: Method, smallest: float, settings: int = 1_000) -> float:
    """34 groups of falling sizes, one far out; Poisson counts, of which the smallest group expects ``smallest``."""
    share = sizes_of(34, "falling")
    rate = 1 + 0.2 * apart_of(34, "one", 5.0)
    people = smallest / (share * rate).min() * share
    events = np.random.default_rng(12).poisson(people * rate, (settings, 34))
    ours = method(events / people, np.sqrt(events) / people, people, simulation=NOT_SIMULATED)
    truth = method(rate, 0.0, people, simulation=NOT_SIMULATED).value[0]
    return float(((ours.interval.lower <= truth) & (truth <= ours.interval.upper)).mean())
