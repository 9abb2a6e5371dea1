"""Events above or below what would have been expected at the rates of a reference: how many people a gap concerns.

    crude       E = n·B/M                     x events of n people; the reference has B events of M people
                excess = x - n·B/M = n·(x/n - B/M)
    by strata   E = Σ n_s·b_s/m_s
                excess = Σ x_s - Σ n_s·b_s/m_s

Crude, the interval is n times that of the difference of the two rates (``evenhand.stats.differences``). By strata both
sums are weighted counts with Tiwari's limits (``evenhand.stats.weighted_counts``), joined by MOVER. So the uncertainty
of the reference is allowed for, and there is an interval without any event on either side.

The number says what would be different if the reference's rates held for the group and its people stayed the same. It
is a comparison: it does not say why the rates differ, nor that the excess would go if one thing were changed.

Where it fails: as the difference does. The reference must not contain the group (``evenhand.stats.gaps`` answers for
the population average, which does), and counts of repeated events are less certain than the interval says. A stratum
in which the group has people and the reference has nobody has no expectation: it is left out on both sides, and the
status says that it is part only.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_confidence, checked_rate_counts
from evenhand.stats.differences import rate_differences
from evenhand.stats.estimates import Estimates
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.weighted_comparisons import Comparison, status_by_strata, weighted_difference
from evenhand.stats.weighted_counts import weighted_counts

EVENTS = "events"


def excess_events(
    events: ArrayLike,
    population: ArrayLike,
    reference_events: ArrayLike,
    reference_population: ArrayLike,
    *,
    confidence: float = 0.95,
    reference: str = "",
) -> Estimates:
    """Events beyond those expected at the reference's crude rate, for arrays that broadcast to one shape.

    Numerator and denominator are the observed and the expected events. Raises InputRefused as ``rate_differences``.
    """
    difference = rate_differences(
        events, population, reference_events, reference_population, per=1, confidence=confidence, reference=reference
    )
    people = np.broadcast_to(np.asarray(population, dtype=np.float64), difference.value.shape)
    return excess_of_differences(difference, people)


def excess_of_differences(difference: Estimates, people: FloatArray) -> Estimates:
    """A difference of rates or proportions per person, as a number of events among ``people``."""
    return replace(
        difference,
        value=difference.value * people,
        interval=IntervalArray(difference.interval.lower * people, difference.interval.upper * people),
        numerator=difference.numerator * people,
        denominator=difference.denominator * people,
        unit=EVENTS,
    )


def excess_events_by_strata(
    events: ArrayLike,
    population: ArrayLike,
    reference_events: ArrayLike,
    reference_population: ArrayLike,
    *,
    confidence: float = 0.95,
    reference: str = "",
) -> Estimates:
    """Events beyond those expected at the reference's rates in each stratum; the strata are on the last axis.

    For arrays that broadcast to one shape. Numerator and denominator are the observed and the expected events.
    """
    x, n = checked_rate_counts(events, population)
    b, m = checked_rate_counts(reference_events, reference_population)
    try:
        x, n, b, m = np.broadcast_arrays(x, n, b, m)
    except ValueError:
        raise InputRefused(
            f"strata: found a group of shape {x.shape} and a reference of {b.shape}; arrays of one shape are right"
        ) from None
    both = (n != 0) & (m != 0)
    observed = weighted_counts(x, np.where(both, 1.0, 0.0))
    expected = weighted_counts(b, np.divide(n, m, out=np.zeros(n.shape), where=both))
    compared = Comparison(
        numerator=observed.value,
        denominator=expected.value,
        status=status_by_strata(x, n, b, m, both | (n == 0)),
        confidence=checked_confidence(confidence),
        reference=reference,
    )
    return weighted_difference(compared, observed, expected, unit=EVENTS)
