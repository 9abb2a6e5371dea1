"""Comparing two groups: the ratio of two rates or two proportions, and of two rates that somebody published.

A ratio of counted rates or proportions has the MOVER interval (``evenhand.stats.mover``) of its parts' limits: Byar for
rates, Wilson for proportions. Zeros are answered: none against some gives 0 with an upper limit, some against none
gives ``inf`` with a lower limit.

A ratio of directly standardised rates takes the limits that each of them has; Tiwari's exist without any event.

A ratio of two published rates v ± h, where no counts are at hand, takes the delta method on the logarithm:

    ln R = ln(v_a/v_b) ± √((h_a/v_a)² + (h_b/v_b)²)

Each h is z standard errors, and the standard error of ln v is that of v over v, so z cancels. An interval of another
confidence than the published half-widths have takes the root times z/z_published. (Source: Armitage P., Berry G. and
Matthews J. N. S. (2002), Statistical Methods in Medical Research, 4th ed., on the delta method.)

Where they fail: the groups must not overlap, and the comparator is a choice, which belongs beside every ratio. The
delta method needs rates well away from 0 (half-widths under about a third of their rates), since it takes their limits
for symmetric; where a half-width reaches its rate, no interval is given.
"""

from math import exp, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike

from evenhand.stats.arguments import checked_counts, critical_value
from evenhand.stats.estimates import RATIO, Estimate, Estimates
from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.mover import ratio_interval, ratio_intervals, ratio_value, ratio_values
from evenhand.stats.proportions import proportion, proportions
from evenhand.stats.rates import crude_rate, crude_rates
from evenhand.stats.standardisation import StandardisedRate, StandardisedRates, check_comparable
from evenhand.stats.statuses import Status, StatusArray, first_reason, status_of_comparison, status_of_ratio

MOVER_LOG_BYAR = "MOVER-log on Byar"
MOVER_LOG_WILSON = "MOVER-log on Wilson"
LOG_DELTA = "log-delta on published half-widths"


def rate_ratio(
    events_a: float,
    population_a: float,
    events_b: float,
    population_b: float,
    *,
    confidence: float = 0.95,
    reference: str = "",
) -> Estimate:
    """The rate of a over the rate of b, with its interval. Numerator and denominator are rates per 1.

    Raises InputRefused when a count is negative, or where there are events but no population.
    """
    a = crude_rate(events_a, population_a, per=1, confidence=confidence)
    b = crude_rate(events_b, population_b, per=1, confidence=confidence)
    return _ratio(a, b, MOVER_LOG_BYAR, reference)


def rate_ratios(
    events_a: ArrayLike,
    population_a: ArrayLike,
    events_b: ArrayLike,
    population_b: ArrayLike,
    *,
    confidence: float = 0.95,
    reference: str = "",
) -> Estimates:
    """``rate_ratio`` for arrays that broadcast to one shape."""
    a = crude_rates(events_a, population_a, per=1, confidence=confidence)
    b = crude_rates(events_b, population_b, per=1, confidence=confidence)
    return _ratios(a, b, MOVER_LOG_BYAR, reference)


def _ratio(a: Estimate, b: Estimate, method: str, reference: str) -> Estimate:
    value = ratio_value(a.value, b.value)
    parts = status_of_comparison(np.array(a.status, np.uint8), np.array(b.status, np.uint8))
    return Estimate(
        value=value,
        interval=ratio_interval(a, b),
        numerator=a.value,
        denominator=b.value,
        unit=RATIO,
        confidence=a.confidence,
        method=method,
        reference=reference,
        status=Status(status_of_ratio(np.array(value), parts).item()),
    )


def _ratios(a: Estimates, b: Estimates, method: str, reference: str) -> Estimates:
    numerator, denominator = np.broadcast_arrays(a.value, b.value)
    value = ratio_values(numerator, denominator)
    return Estimates(
        value=value,
        interval=ratio_intervals(a, b),
        numerator=numerator,
        denominator=denominator,
        unit=RATIO,
        confidence=a.confidence,
        method=method,
        reference=reference,
        status=status_of_ratio(value, status_of_comparison(a.status, b.status)),
    )


def proportion_ratio(
    events_a: float,
    population_a: float,
    events_b: float,
    population_b: float,
    *,
    confidence: float = 0.95,
    reference: str = "",
) -> Estimate:
    """The proportion of a over the proportion of b, with its interval.

    Raises InputRefused when a count is negative or a part is larger than its whole.
    """
    a = proportion(events_a, population_a, confidence=confidence)
    b = proportion(events_b, population_b, confidence=confidence)
    return _ratio(a, b, MOVER_LOG_WILSON, reference)


def proportion_ratios(
    events_a: ArrayLike,
    population_a: ArrayLike,
    events_b: ArrayLike,
    population_b: ArrayLike,
    *,
    confidence: float = 0.95,
    reference: str = "",
) -> Estimates:
    """``proportion_ratio`` for arrays that broadcast to one shape."""
    a = proportions(events_a, population_a, confidence=confidence)
    b = proportions(events_b, population_b, confidence=confidence)
    return _ratios(a, b, MOVER_LOG_WILSON, reference)


def standardised_rate_ratio(a: StandardisedRate, b: StandardisedRate, *, reference: str = "") -> Estimate:
    """The ratio of two directly standardised rates of one standard, from the limits that they have.

    Raises InputRefused when unit, confidence, method or standard differ, since then they cannot be compared.
    """
    check_comparable(a, b)
    return _ratio(a, b, f"MOVER-log on {a.method}", reference)


def standardised_rate_ratios(a: StandardisedRates, b: StandardisedRates, *, reference: str = "") -> Estimates:
    """``standardised_rate_ratio`` for arrays that broadcast to one shape."""
    check_comparable(a, b)
    return _ratios(a, b, f"MOVER-log on {a.method}", reference)


def published_rate_ratio(
    value_a: float,
    half_width_a: float,
    value_b: float,
    half_width_b: float,
    *,
    confidence: float = 0.95,
    published_confidence: float = 0.95,
    reference: str = "",
) -> Estimate:
    """The ratio of two published rates in one unit, each with the half-width of its interval.

    ``published_confidence`` is that of both half-widths, ``confidence`` that of the answer's interval. The interval is
    ``nan`` for a rate of 0 and for a published half-width as large as its rate, at every confidence. Raises
    InputRefused when a rate or a half-width is negative or infinite.
    """
    scale = critical_value(confidence) / critical_value(published_confidence)
    checked_counts((value_a, value_b), "published rate")
    checked_counts((half_width_a, half_width_b), "half-width")
    ratio = ratio_value(value_a, value_b)
    interval = Interval(nan, nan)
    if half_width_a < value_a and half_width_b < value_b:
        margin = scale * sqrt((half_width_a / value_a) ** 2 + (half_width_b / value_b) ** 2)
        interval = Interval(ratio * exp(-margin), ratio * exp(margin))
    return Estimate(
        value=ratio,
        interval=interval,
        numerator=value_a,
        denominator=value_b,
        unit=RATIO,
        confidence=confidence,
        method=LOG_DELTA,
        reference=reference,
        status=Status(_status(ratio, (value_a, half_width_a, value_b, half_width_b)).item()),
    )


def published_rate_ratios(
    value_a: ArrayLike,
    half_width_a: ArrayLike,
    value_b: ArrayLike,
    half_width_b: ArrayLike,
    *,
    confidence: float = 0.95,
    published_confidence: float = 0.95,
    reference: str = "",
) -> Estimates:
    """``published_rate_ratio`` for arrays that broadcast to one shape."""
    scale = critical_value(confidence) / critical_value(published_confidence)
    a, h_a, b, h_b = np.broadcast_arrays(
        checked_counts(value_a, "published rate"),
        checked_counts(half_width_a, "half-width"),
        checked_counts(value_b, "published rate"),
        checked_counts(half_width_b, "half-width"),
    )
    ratio = ratio_values(a, b)
    with np.errstate(divide="ignore", invalid="ignore"):
        margin = scale * np.sqrt((h_a / a) ** 2 + (h_b / b) ** 2)
    margin = np.where((h_a < a) & (h_b < b), margin, nan)
    return Estimates(
        value=ratio,
        interval=IntervalArray(ratio * np.exp(-margin), ratio * np.exp(margin)),
        numerator=a,
        denominator=b,
        unit=RATIO,
        confidence=confidence,
        method=LOG_DELTA,
        reference=reference,
        status=_status(ratio, (a, h_a, b, h_b)),
    )


def _status(ratio: FloatArray | float, inputs: tuple[ArrayLike, ...]) -> StatusArray:
    missing = np.asarray(np.isnan(np.asarray(inputs, dtype=np.float64)).any(axis=0))
    undefined = np.asarray(np.isnan(ratio))
    return first_reason(np.shape(ratio), (missing, Status.MISSING_INPUT), (undefined, Status.NOT_DEFINED))
