"""Measures that noise pushes upwards, summarised for many settings at once: value, correction, limits and null."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.arguments import checked_confidence
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.quadratic_limits import NoiseFree
from evenhand.stats.simulation import MeasureOf, Simulation, null_upper_limits, shares
from evenhand.stats.spread import Spread
from evenhand.stats.statuses import Status, StatusArray
from evenhand.stats.summaries import GroupValues, Summaries

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoisyMeasure:
    """One measure.

    Attributes:
        of: its value.
        limits: the measure without noise, and its limits, from the values, their standard errors and the confidence.
        lacking: where the formula has no answer, and the reason it then has none.
    """

    unit: str
    method: str
    of: MeasureOf
    limits: Callable[[Spread, FloatArray, float], NoiseFree]
    lacking: Callable[[Spread], NDArray[np.bool_]]
    reason: Status = Status.NOT_DEFINED
    reference: str = ""


def never_lacking(spread: Spread) -> NDArray[np.bool_]:
    """The formula has an answer for any values."""
    return np.zeros(spread.mean.shape, dtype=np.bool_)


def summarised(
    measures: Mapping[Key, NoisyMeasure], groups: GroupValues, *, confidence: float, simulation: Simulation
) -> dict[Key, Summaries]:
    """Every measure of every setting, over the same draws."""
    checked_confidence(confidence)
    nulls = null_upper_limits([measure.of for measure in measures.values()], groups, simulation)
    return {
        key: _summary(measure, groups, null_upper, confidence, simulation)
        for (key, measure), null_upper in zip(measures.items(), nulls, strict=True)
    }


def _summary(
    measure: NoisyMeasure, groups: GroupValues, null_upper: FloatArray, confidence: float, simulation: Simulation
) -> Summaries:
    status, rows, spread = answerable(measure, groups)
    free = measure.limits(spread, groups.standard_error[rows], confidence)
    answers = np.full((4, len(status)), np.nan)
    answers[:, rows] = measure.of(spread), free.corrected, free.lower, free.upper
    return Summaries(
        value=answers[0],
        corrected=answers[1],
        interval=IntervalArray(answers[2], answers[3]),
        null_upper=np.where(status == Status.GIVEN, null_upper, np.nan),
        groups=groups.groups,
        unit=measure.unit,
        confidence=confidence,
        method=measure.method,
        status=status,
        reference=measure.reference,
        draws=simulation.draws,
        seed=simulation.seed if simulation.draws else 0,
    )


def answerable(measure: NoisyMeasure, groups: GroupValues) -> tuple[StatusArray, NDArray[np.intp], Spread]:
    """The status of each setting, and the settings that have an answer with their values."""
    given = np.flatnonzero(groups.status == Status.GIVEN)
    lacking = measure.lacking(spread_of(groups, given))
    status = groups.status.copy()
    status[given[lacking]] = measure.reason
    rows = given[~lacking]
    return status, rows, spread_of(groups, rows)


def spread_of(groups: GroupValues, rows: NDArray[np.intp]) -> Spread:
    """The values of some settings beside their means; a group that does not exist has the mean."""
    share, equal_share = (array[rows] for array in shares(groups))
    value, exists = groups.value[rows], groups.exists[rows]
    # Around a group that exists, so that the mean of equal values is that value to the last digit.
    one = np.take_along_axis(value, exists.argmax(axis=1, keepdims=True), axis=1)
    mean = one + np.vecdot(share, value - one)[:, np.newaxis]
    return Spread(np.where(exists, value, mean), share, equal_share)
