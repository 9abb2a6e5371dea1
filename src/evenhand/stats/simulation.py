"""What chance alone makes of a measure of many settings: simulated, from one seed, the same for every setting.

Three uses of the same draws z (standard normal, draws × groups):

    null:       y* = μ + se·z    every group has the population's value, and only chance differs (``null_upper_limits``)
    bootstrap:  y* = y + se·z    the values as they are, with as much noise again (``bootstrap_percentiles``)
    permuted:   the events of all groups dealt out again among all people, where counts are at hand
                (``permuted_upper_limits``; multivariate hypergeometric for people, multinomial for events per time)

The mean that a measure compares with is worked out anew in every draw. On the scale ``LOG`` the values stay above 0
(log-normal, of the same mean and standard deviation), on ``LOGIT`` between 0 and 1 (normal on the logit, to first
order). Groups take their columns of z by size, so that neither the order of the groups nor that of the settings
matters, nor what other settings there are.

Source: Efron B. and Tibshirani R. (1993), An Introduction to the Bootstrap, chapters 6, 13 and 16.

Where it fails: a percentile bootstrap is no interval for a measure that noise pushes upwards. It adds noise to noise:
of 16 equal groups that do not differ at all, its 95 % interval for BGV, COV, MDM or Theil T holds the true 0 never, and
where their true spread is their standard error, in 7 to 16 % of settings. It is here to show that, and for measures
that have no such push (a difference, a slope); the intervals of ``evenhand.stats.dispersion`` are not made by it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_confidence, checked_proportion_counts, checked_rate_counts, refuse
from evenhand.stats.blocks import blocks
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.spread import Spread
from evenhand.stats.statuses import Status
from evenhand.stats.summaries import GroupValues, group_values

SEED = 20_211_007
DRAWS = 2_000
NULL_SHARE = 0.95
PLACES_AT_A_TIME = 65_536  # draws × groups; half a megabyte of each intermediate array

MeasureOf = Callable[[Spread], FloatArray]
"""A measure as a function of the groups' values beside their mean."""


class DrawScale(StrEnum):
    """What the noise is normal on."""

    VALUE = "value"
    LOG = "logarithm"
    LOGIT = "logit"


class Counted(StrEnum):
    """What an event is dealt out to, when events are permuted."""

    PEOPLE = "people"  # at most once to each: a share of the population
    TIME = "time"  # as often as it falls: a rate


@dataclass(frozen=True, slots=True)
class Simulation:
    """How many draws, from which seed, on which scale. 0 draws: no simulation, and no null."""

    draws: int = DRAWS
    seed: int = SEED
    scale: DrawScale = DrawScale.VALUE

    def __post_init__(self) -> None:
        if self.draws < 0:
            raise InputRefused(f"draws: found {self.draws}; 0 for no simulation, or some thousand, are right")


SIMULATED = Simulation()
NOT_SIMULATED = Simulation(draws=0)


def null_upper_limits(
    measures: Sequence[MeasureOf], groups: GroupValues, simulation: Simulation
) -> tuple[FloatArray, ...]:
    """For each measure and setting, what it stays below 95 times in 100 when all groups have the population's value.

    ``nan`` for a setting without a summary, without draws, and where the population's value is off the scale.
    """
    upper = tuple(np.full(groups.groups.shape, np.nan) for _ in measures)
    for block, spread in _simulated(groups, simulation, around_mean=True):
        for limits, measure in zip(upper, measures, strict=True):
            limits[block] = _order_statistics(_drawn(measure, spread), NULL_SHARE)
    return upper


def bootstrap_percentiles(
    measure: MeasureOf,
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    confidence: float = 0.95,
    simulation: Simulation = SIMULATED,
) -> IntervalArray:
    """The plain percentile bootstrap of a measure of S settings from arrays of S × G. Read above where it fails."""
    groups = group_values(value, standard_error, population)
    tail = (1 - checked_confidence(confidence)) / 2
    lower, upper = np.full((2, len(groups.groups)), np.nan)
    for block, spread in _simulated(groups, simulation, around_mean=False):
        drawn = _drawn(measure, spread)
        lower[block] = -_order_statistics(-drawn, 1 - tail)
        upper[block] = _order_statistics(drawn, 1 - tail)
    return IntervalArray(lower, upper)


def permuted_upper_limits(
    measures: Sequence[MeasureOf],
    events: ArrayLike,
    population: ArrayLike,
    *,
    counted: Counted,
    simulation: Simulation = SIMULATED,
) -> tuple[FloatArray, ...]:
    """As ``null_upper_limits``, from the counts of S settings (S × G): the events of a setting dealt out again.

    Right for the smallest counts, where values are not normal. Raises InputRefused for counts that are not whole or do
    not fit: events without people, or for ``Counted.PEOPLE`` more events than people.
    """
    x, n = _checked_whole(events, population, counted)
    groups = group_values(np.divide(x, n, out=np.zeros(x.shape), where=n > 0), np.zeros(x.shape), n)
    upper = tuple(np.full(groups.groups.shape, np.nan) for _ in measures)
    for setting in np.flatnonzero(groups.status == Status.GIVEN) if simulation.draws else ():
        order = np.argsort(-n[setting], kind="stable")
        order = order[n[setting, order] > 0]
        people = n[setting, order].astype(np.int64)
        rng = np.random.default_rng(simulation.seed)
        total = int(x[setting].sum())
        if counted is Counted.PEOPLE:
            dealt = rng.multivariate_hypergeometric(people, total, size=simulation.draws, method="marginals")
        else:
            dealt = rng.multinomial(total, people / people.sum(), size=simulation.draws)
        spread = Spread(dealt / people, people / people.sum(), np.full(len(people), 1 / len(people)))
        for limits, measure in zip(upper, measures, strict=True):
            limits[setting] = _order_statistics(measure(spread), NULL_SHARE)
    return upper


def shares(groups: GroupValues) -> tuple[FloatArray, FloatArray]:
    """Each group's share of the population, and one over the number of groups; 0 for a group that does not exist."""
    return groups.share, np.where(groups.exists, 1 / np.maximum(groups.groups, 1)[:, np.newaxis], 0.0)


def _simulated(
    groups: GroupValues, simulation: Simulation, *, around_mean: bool
) -> Iterator[tuple[NDArray[np.intp], Spread]]:
    """The settings that have a summary, some at a time, with the draws of each: settings × draws × groups."""
    share, equal_share = shares(groups)
    mean = np.vecdot(share, groups.value)[:, np.newaxis]
    centre = np.where(groups.exists & (not around_mean), groups.value, mean)
    rows = np.flatnonzero(groups.status == Status.GIVEN) if simulation.draws else np.zeros(0, dtype=np.intp)
    # Draws go to groups by size and noise, so that the order of the groups does not matter.
    column = np.argsort(np.lexsort((-groups.standard_error, -share), axis=1), axis=1)
    z = _standard_normals(simulation.draws, share.shape[1], simulation.seed)
    for piece in blocks(len(rows), at_a_time=max(1, PLACES_AT_A_TIME // max(1, z.size))):
        block = rows[piece]
        noise = z[:, column[block]].swapaxes(0, 1)
        value = _on_scale(centre[block], groups.standard_error[block], noise, simulation.scale)
        yield block, Spread(value, share[block, np.newaxis], equal_share[block, np.newaxis])


@lru_cache(maxsize=4)
def _standard_normals(draws: int, groups: int, seed: int) -> FloatArray:
    """Draws × groups. The first groups' draws are the same however many groups there are."""
    z = np.random.default_rng(seed).standard_normal((groups, draws)).T.copy()
    z.flags.writeable = False
    return z


def _on_scale(centre: FloatArray, standard_error: FloatArray, z: FloatArray, scale: DrawScale) -> FloatArray:
    """Settings × draws × groups of values with noise; ``nan`` around a centre that is not inside the scale."""
    middle, error = centre[:, np.newaxis], standard_error[:, np.newaxis]
    if scale is DrawScale.VALUE:
        return np.asarray(middle + error * z)
    if scale is DrawScale.LOG:
        middle = np.where(middle > 0, middle, np.nan)
        variance = np.log1p((error / middle) ** 2)
        return np.asarray(middle * np.exp(np.sqrt(variance) * z - variance / 2))
    middle = np.where((middle > 0) & (middle < 1), middle, np.nan)
    return np.asarray(expit(logit(middle) + error / (middle * (1 - middle)) * z))


def _drawn(measure: MeasureOf, spread: Spread) -> FloatArray:
    """Settings × draws; beyond any limit where a draw has no answer, such as one relative to a mean below 0."""
    drawn = measure(spread)
    return np.where(np.isnan(drawn) & ~np.isnan(spread.mean), np.inf, drawn)


def _order_statistics(drawn: FloatArray, share: float) -> FloatArray:
    """Of each row of draws, the one that a further draw would stay at or below with probability ``share``."""
    draws = drawn.shape[-1]
    rank = min(int(np.ceil(share * (draws + 1))), draws) - 1
    return np.asarray(np.partition(drawn, rank, axis=-1)[..., rank])


def _checked_whole(events: ArrayLike, population: ArrayLike, counted: Counted) -> tuple[FloatArray, FloatArray]:
    checked = checked_proportion_counts if counted is Counted.PEOPLE else checked_rate_counts
    x, n = (np.atleast_2d(counts) for counts in checked(events, population))
    for counts, name in ((x, "events"), (n, "population")):
        refuse((counts != np.floor(counts)) & ~np.isnan(counts), counts, name, "a whole number is right")
    return x, n
