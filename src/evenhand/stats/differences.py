"""Comparing two groups: the difference of two rates or two proportions, with the MOVER interval of their limits.

    L = a - b - √((a - l_a)² + (u_b - b)²),   U = a - b + √((u_a - a)² + (b - l_b)²)

Sources: Newcombe R. G. (1998), Stat. Med. 17, 873-890, his method 10, for proportions (Wilson limits); Zou G. Y. and
Donner A. (2008), Stat. Med. 27, 1693-1702, for the same idea with any limits (Byar for rates; for standardised rates
those that they have).

A difference says how many people it concerns, a ratio how unequal it is: show both. Where it fails: as ``mover`` says,
the groups must not overlap; and a difference of rates from places of unlike size says nothing on how many people.
"""

import numpy as np
from numpy.typing import ArrayLike

from evenhand.stats.estimates import SHARE, Estimate, Estimates, per_unit
from evenhand.stats.mover import difference_interval, difference_intervals
from evenhand.stats.proportions import proportion, proportions
from evenhand.stats.rates import crude_rate, crude_rates
from evenhand.stats.standardisation import StandardisedRate, StandardisedRates, check_comparable
from evenhand.stats.statuses import Status, status_of_comparison

MOVER_BYAR = "MOVER on Byar"
MOVER_WILSON = "MOVER on Wilson (Newcombe's method 10)"


def rate_difference(
    events_a: float,
    population_a: float,
    events_b: float,
    population_b: float,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
    reference: str = "",
) -> Estimate:
    """The rate of a minus the rate of b, events per ``per``; ``nan`` where a population is 0.

    Raises InputRefused when a count is negative, or where there are events but no population.
    """
    a = crude_rate(events_a, population_a, per=per, confidence=confidence)
    b = crude_rate(events_b, population_b, per=per, confidence=confidence)
    return _difference(a, b, per_unit(per), MOVER_BYAR, reference)


def rate_differences(
    events_a: ArrayLike,
    population_a: ArrayLike,
    events_b: ArrayLike,
    population_b: ArrayLike,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
    reference: str = "",
) -> Estimates:
    """``rate_difference`` for arrays that broadcast to one shape."""
    a = crude_rates(events_a, population_a, per=per, confidence=confidence)
    b = crude_rates(events_b, population_b, per=per, confidence=confidence)
    return _differences(a, b, per_unit(per), MOVER_BYAR, reference)


def _difference(a: Estimate, b: Estimate, unit: str, method: str, reference: str) -> Estimate:
    return Estimate(
        value=a.value - b.value,
        interval=difference_interval(a, b),
        numerator=a.value,
        denominator=b.value,
        unit=unit,
        confidence=a.confidence,
        method=method,
        reference=reference,
        status=Status(status_of_comparison(np.array(a.status, np.uint8), np.array(b.status, np.uint8)).item()),
    )


def _differences(a: Estimates, b: Estimates, unit: str, method: str, reference: str) -> Estimates:
    first, second = np.broadcast_arrays(a.value, b.value)
    return Estimates(
        value=first - second,
        interval=difference_intervals(a, b),
        numerator=first,
        denominator=second,
        unit=unit,
        confidence=a.confidence,
        method=method,
        reference=reference,
        status=status_of_comparison(a.status, b.status),
    )


def proportion_difference(
    events_a: float,
    population_a: float,
    events_b: float,
    population_b: float,
    *,
    confidence: float = 0.95,
    reference: str = "",
) -> Estimate:
    """The proportion of a minus the proportion of b, as a share from -1 to 1; ``nan`` where a population is 0.

    Raises InputRefused when a count is negative or a part is larger than its whole.
    """
    a = proportion(events_a, population_a, confidence=confidence)
    b = proportion(events_b, population_b, confidence=confidence)
    return _difference(a, b, SHARE, MOVER_WILSON, reference)


def proportion_differences(
    events_a: ArrayLike,
    population_a: ArrayLike,
    events_b: ArrayLike,
    population_b: ArrayLike,
    *,
    confidence: float = 0.95,
    reference: str = "",
) -> Estimates:
    """``proportion_difference`` for arrays that broadcast to one shape."""
    a = proportions(events_a, population_a, confidence=confidence)
    b = proportions(events_b, population_b, confidence=confidence)
    return _differences(a, b, SHARE, MOVER_WILSON, reference)


def standardised_rate_difference(a: StandardisedRate, b: StandardisedRate, *, reference: str = "") -> Estimate:
    """One directly standardised rate minus another of the same standard, from the limits that they have.

    Raises InputRefused when unit, confidence, method or standard differ, since then they cannot be compared.
    """
    check_comparable(a, b)
    return _difference(a, b, a.unit, f"MOVER on {a.method}", reference)


def standardised_rate_differences(a: StandardisedRates, b: StandardisedRates, *, reference: str = "") -> Estimates:
    """``standardised_rate_difference`` for arrays that broadcast to one shape."""
    check_comparable(a, b)
    return _differences(a, b, a.unit, f"MOVER on {a.method}", reference)
