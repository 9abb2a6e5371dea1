"""Standardised rates of events that one person may have several times, such as detentions.

Such events are not independent, and an interval that takes them to be is too narrow. With x_f people who had exactly f
events each,

    X = Σ f·x_f,   V = Σ_f f²·V_f,   V_f being V of a directly standardised rate with x_f in the place of x

and the rate and Dobson's interval are as in ``evenhand.stats.standardisation``. With one event each it is the same.

Source: Stukel T. A., Glynn R. J., Fisher E. S., Sharp S. M., Lu-Yao G. and Wennberg J. E. (1994), Stat. Med. 13,
1781-1791.

Where it fails: how often each person had the event must be known; published tables do not say it. The interval is
Dobson's alone, since what one further person would add (how many events?) is not known either: without any event there
is a rate of 0 and no interval.
"""

import numpy as np
from numpy.typing import ArrayLike

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_confidence, checked_counts
from evenhand.stats.intervals import FloatArray
from evenhand.stats.selection import EVERY_RATE, SelectionRule, selected
from evenhand.stats.standardisation import (
    STANDARD_POPULATION,
    StandardisedMethod,
    StandardisedRate,
    StandardisedRates,
    standardised_rates,
)
from evenhand.stats.strata import checked_standard, checked_strata, standardised_counts
from evenhand.stats.weighted_counts import dobson_intervals

DOBSON_REPEATED = f"{StandardisedMethod.DOBSON}, repeated events allowed for"


def rate_of_repeated_events(
    people_by_events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
    reference: str = STANDARD_POPULATION,
    rule: SelectionRule = EVERY_RATE,
    expected: float | None = None,
) -> StandardisedRate:
    """The rate of one group. ``people_by_events[f - 1][s]``: people of stratum s who had exactly f events each.

    Events, not people, are counted in the rate. For the rest as ``directly_standardised_rate``.
    """
    people = _checked_people(people_by_events, dimensions=2)
    rates = rates_of_repeated_events(
        people[np.newaxis],
        np.asarray(population)[np.newaxis],
        standard,
        per=per,
        confidence=confidence,
        reference=reference,
        rule=rule,
        expected=None if expected is None else [expected],
    )
    return next(iter(rates))


def rates_of_repeated_events(
    people_by_events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
    reference: str = STANDARD_POPULATION,
    rule: SelectionRule = EVERY_RATE,
    expected: ArrayLike | None = None,
) -> StandardisedRates:
    """``rate_of_repeated_events`` for many groups: ``people_by_events`` is groups × numbers of events × strata."""
    people = _checked_people(people_by_events, dimensions=3)
    w = checked_standard(standard)
    times = np.arange(1, people.shape[1] + 1, dtype=np.float64)
    x, n = checked_strata(np.einsum("f,gfs->gs", times, people), population, w.size, dimensions=2)
    checked_confidence(confidence)
    sums = standardised_counts(x, n, w, spread=np.einsum("f,gfs->gs", times**2, people), steps=False)
    intervals = dobson_intervals(sums.counts, confidence=confidence)
    rates = standardised_rates(
        sums, intervals, per=per, confidence=confidence, method=DOBSON_REPEATED, reference=reference
    )
    return selected(rates, rule, expected=expected)


def _checked_people(people_by_events: ArrayLike, *, dimensions: int) -> FloatArray:
    people = checked_counts(people_by_events, "people by events")
    if people.ndim != dimensions:
        right = "numbers of events × strata" if dimensions == 2 else "groups × numbers of events × strata"
        raise InputRefused(f"people by events: found {people.ndim} dimensions; {right} is right")
    return people
