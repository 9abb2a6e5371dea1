"""Direct standardisation: the rate a group would have if it had the ages (and sexes) of one named standard population.

    y = Σ w·x/n / Σ w         x events, n people, w standard population, summed over the strata

The interval is Tiwari's or Dobson's, of a weighted sum of counts with the weights w/n / Σ w: the formulas and their
sources stand in ``evenhand.stats.weighted_counts``.

Tiwari's is the default, because every rate is shown here (``evenhand.stats.selection`` says why) and Dobson's is wrong
where that matters: with few events it misses too often and mostly on one side, and without any it does not exist.
Simulated at 3.7, 11, 36 and 110 expected events of 19 ages, 95 % intervals of a group with few old people cover 99, 99,
97 and 96 % by Tiwari and 92, 92, 93 and 95 % by Dobson; of a group whose ages are more like the standard's 98, 97, 96
and 96 % by either (``tests/property/stats/test_coverage_of_gaps.py``). Dobson's on Byar's limits is what English public
health tables show; take it, with ``CLASSIC_RULE``, to be at one with them.

The standard is given, and is the same for every group compared. A weight made of the group's own population cancels,
and what comes out is the crude rate under another name.

A stratum without population says nothing of the rate there. It and its weight are left out, which takes the rate of
that stratum to be the standardised rate of the rest; ``standard_share`` says how much of the standard is left, and the
status says so too. A stratum with people but no events counts in full: leaving it out would raise the rate. A number
that is missing leaves that group, and no other, without a rate.

Where it fails: a stratum of few people and much weight. Fleiss' fifth-born children (0 of 327 births carry 11 % of the
weight) get 67.6 to 83.9 by Dobson, 67.7 to 112.9 by Tiwari, and 67.7 to 188.3 by Fay and Feuer (1997), who allow for an
event in the worst stratum: prefer few, broad ages for small groups. One number also hides that groups may differ at
some ages and not at others; the events must be independent (else ``evenhand.stats.repeated_events``); and the
populations are taken as exact.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_confidence, checked_per, checked_rate_counts
from evenhand.stats.estimates import Estimate, Estimates, per_unit
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.selection import EVERY_RATE, SelectionRule, selected, selected_rate
from evenhand.stats.statuses import Status, StatusArray, first_reason
from evenhand.stats.strata import StandardisedCounts, checked_standard, checked_strata, standardised_counts
from evenhand.stats.weighted_counts import (
    WeightedCount,
    dobson_interval,
    dobson_intervals,
    tiwari_interval,
    tiwari_intervals,
)

STANDARD_POPULATION = "standard population"


class StandardisedMethod(StrEnum):
    """Which interval a directly standardised rate has."""

    TIWARI = "directly standardised, Tiwari's gamma interval"
    DOBSON = "directly standardised, Dobson on Byar"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardisedRate(Estimate):
    """An ``Estimate`` of events per so many people. Numerator and denominator are the totals over all strata.

    Attributes:
        standard_share: the share of the standard population in whose strata this group has people, 0 to 1.
    """

    standard_share: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StandardisedRates(Estimates):
    """As ``StandardisedRate``, in arrays with one place for each group."""

    standard_share: FloatArray

    def __iter__(self) -> Iterator[StandardisedRate]:
        # No zero-argument super() here: a dataclass with slots is a class made anew.
        for rate, share in zip(Estimates.__iter__(self), self.standard_share.tolist(), strict=True):
            yield StandardisedRate(**{name: getattr(rate, name) for name in Estimate.__slots__}, standard_share=share)


def directly_standardised_rate(
    events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
    method: StandardisedMethod = StandardisedMethod.TIWARI,
    reference: str = STANDARD_POPULATION,
    rule: SelectionRule = EVERY_RATE,
    expected: float | None = None,
) -> StandardisedRate:
    """The rate of one group, from its strata: three sequences of one length, in one order.

    Every stratum of the standard belongs in them, also those without events or without people. ``reference`` names the
    standard. ``rule`` decides whether the rate is shown; ``expected`` events are for a rule that asks for them. Raises
    InputRefused for unlike lengths, negative counts, events where there is no population, and a standard with nobody
    in a stratum.
    """
    w = checked_standard(standard)
    x, n = checked_rate_counts(*checked_strata(events, population, w.size, dimensions=1))
    status = _status(x, n)
    count = _weighted_count(x, n, w) if status.has_value else WeightedCount(float(x.sum()), nan, nan, nan, nan)
    interval = tiwari_interval if method is StandardisedMethod.TIWARI else dobson_interval
    limits = interval(count, confidence=checked_confidence(confidence))
    rate = StandardisedRate(
        value=count.value * checked_per(per),
        interval=limits * per,
        numerator=count.events,
        denominator=float(n.sum()),
        unit=per_unit(per),
        confidence=confidence,
        method=method.value,
        reference=reference,
        status=status,
        standard_share=nan if np.isnan(n).any() else float(w[n > 0].sum() / w.sum()),
    )
    return selected_rate(rate, rule, expected=expected)


def _weighted_count(x: FloatArray, n: FloatArray, w: FloatArray) -> WeightedCount:
    """The sums as the formulas have them, over the strata that have people."""
    strata = [stratum for stratum in zip(x.tolist(), n.tolist(), w.tolist(), strict=True) if stratum[1] > 0]
    used = sum(w_s for _, _, w_s in strata)
    weights = [w_s / n_s / used for _, n_s, w_s in strata]
    return WeightedCount(
        events=sum(x_s for x_s, _, _ in strata),
        value=sum(c * x_s for c, (x_s, _, _) in zip(weights, strata, strict=True)),
        variance=sum(c**2 * x_s for c, (x_s, _, _) in zip(weights, strata, strict=True)),
        step=sum(weights) / len(weights),
        step_variance=sum(c**2 for c in weights) / len(weights),
    )


def _status(x: FloatArray, n: FloatArray) -> Status:
    if np.isnan(x).any() or np.isnan(n).any():
        return Status.MISSING_INPUT
    if not n.any():
        return Status.NO_POPULATION
    return Status.GIVEN if n.all() else Status.PART_OF_STANDARD


def directly_standardised_rates(
    events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
    method: StandardisedMethod = StandardisedMethod.TIWARI,
    reference: str = STANDARD_POPULATION,
    rule: SelectionRule = EVERY_RATE,
    expected: ArrayLike | None = None,
) -> StandardisedRates:
    """``directly_standardised_rate`` for many groups: arrays of groups × strata, and one standard for all of them.

    ``expected``: one number for each group.
    """
    w = checked_standard(standard)
    x, n = checked_strata(events, population, w.size, dimensions=2)
    checked_confidence(confidence)
    tiwari = method is StandardisedMethod.TIWARI
    sums = standardised_counts(x, n, w, steps=tiwari)
    intervals = (tiwari_intervals if tiwari else dobson_intervals)(sums.counts, confidence=confidence)
    rates = standardised_rates(
        sums, intervals, per=per, confidence=confidence, method=method.value, reference=reference
    )
    return selected(rates, rule, expected=expected)


def standardised_rates(
    sums: StandardisedCounts, intervals: IntervalArray, *, per: float, confidence: float, method: str, reference: str
) -> StandardisedRates:
    """Sums over strata and their intervals, both per person, as rates per ``per``."""
    checked_per(per)
    return StandardisedRates(
        value=sums.counts.value * per,
        interval=IntervalArray(intervals.lower * per, intervals.upper * per),
        numerator=sums.counts.events,
        denominator=sums.population,
        unit=per_unit(per),
        confidence=confidence,
        method=method,
        reference=reference,
        status=_statuses(sums),
        standard_share=sums.standard_share,
    )


def _statuses(sums: StandardisedCounts) -> StatusArray:
    if sums.standard_share.min(initial=1) == 1 and not np.isnan(sums.counts.events.sum()):
        return np.zeros(sums.standard_share.shape, dtype=np.uint8)  # every group has people everywhere: the common case
    missing = np.isnan(sums.counts.events) | np.isnan(sums.population)
    return first_reason(
        missing.shape,
        (missing, Status.MISSING_INPUT),
        (sums.standard_share == 0, Status.NO_POPULATION),
        (sums.standard_share < 1, Status.PART_OF_STANDARD),
    )


def check_comparable(a: Estimate | Estimates, b: Estimate | Estimates) -> None:
    """Raise InputRefused unless the two were standardised to one standard and are in one unit, at one confidence."""
    first, second = ((rate.unit, rate.confidence, rate.method, rate.reference) for rate in (a, b))
    if first != second:
        found = " and ".join(
            f"{unit} at {level:g}, {how}, {standard}" for unit, level, how, standard in (first, second)
        )
        raise InputRefused(f"standardised rates: found {found}; one unit, confidence, method and standard are right")
