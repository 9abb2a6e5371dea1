"""Sixteen groups as a small trust has them, five of them at a rate ratio of 1.5 against a common reference.

The scenario on which several ways to claim and to rank are compared: 3,000 tables, drawn with a fixed seed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.ratios import rate_ratios

TABLES = 3_000
EXPECTED = np.geomspace(1.5, 120, 16)
AFFECTED = (2, 5, 8, 10, 12)
TRUE_RATIO = np.where(np.isin(np.arange(16), AFFECTED), 1.5, 1.0)
NO_DIFFERENCE = TRUE_RATIO == 1
REFERENCE_EVENTS = 2_000


@dataclass(frozen=True)
class ErrorRates:
    """Of one way to claim: tables with a false claim, the mean share of claims that are false, true ones claimed."""

    any_false: float
    false_share: float
    power: float


def drawn_events() -> tuple[FloatArray, FloatArray]:
    """Events of the groups (tables × 16) and of the reference (tables × 1)."""
    random = np.random.default_rng(20261122)
    events = random.poisson(EXPECTED * TRUE_RATIO, (TABLES, 16)).astype(float)
    return events, random.poisson(REFERENCE_EVENTS, (TABLES, 1)).astype(float)


def ratio_intervals_at(confidence: float, events: FloatArray, reference: FloatArray) -> IntervalArray:
    """MOVER intervals of the groups' rate ratios to the reference."""
    return rate_ratios(events, EXPECTED, reference, REFERENCE_EVENTS, confidence=confidence).interval


def leaves_out_one(intervals: IntervalArray) -> NDArray[np.bool_]:
    """Where an interval says that there is a difference."""
    return (intervals.lower > 1) | (intervals.upper < 1)


def error_rates(claimed: NDArray[np.bool_]) -> ErrorRates:
    """How often a way to claim is wrong and how often it finds what is there."""
    false = (claimed & NO_DIFFERENCE).sum(axis=1)
    return ErrorRates(
        any_false=float((false > 0).mean()),
        false_share=float((false / np.maximum(claimed.sum(axis=1), 1)).mean()),
        power=float(claimed[:, ~NO_DIFFERENCE].mean()),
    )
