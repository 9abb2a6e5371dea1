"""Which rates are shown: a rule for each, and what it costs.

A rule that looks at the events picks by luck: of groups that expect five or six, only those that happened to have ten
or more are shown, and their intervals cover the true rate 70 times in 100 (``docs/explanation/which-rates-are-shown``).
A rule that looks at who lives there, or at how many events would be expected, picks before the dice are thrown, and an
interval shown by it covers as often as it says.

    EVERY_RATE              nothing is hidden; a small group has a wide interval, which says the same and more
    PopulationAtLeast(N)    the population is N or more
    ExpectedAtLeast(E)      E or more events are expected: the population times the rates of the standard or reference
    EventsAtLeast(10)       the classic rule of English public health tables (fewer than ten: not shown), for parity

Source of the classic rule: Office for Health Improvement and Disparities, technical guide on directly standardised
rates. That selecting on the outcome spoils intervals: Benjamini Y. and Yekutieli D. (2005), J. Am. Stat. Assoc. 100,
71-81. Where it fails: no rule here protects people; what may be published at all is ``evenhand.disclosure``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_counts
from evenhand.stats.estimates import Estimate, Estimates
from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.statuses import Status, StatusArray, first_reason, with_value

_Many = TypeVar("_Many", bound=Estimates)
_One = TypeVar("_One", bound=Estimate)


class SelectionRule(Protocol):
    """What a rule says of rates, from their events, population and expected events: arrays of one shape."""

    @property
    def words(self) -> str:
        """The rule in words, as the method of a result carries it; empty where nothing is ever hidden."""
        ...

    def statuses(self, events: FloatArray, population: FloatArray, expected: FloatArray | None) -> StatusArray:
        """``GIVEN`` for what is shown, the reason for what is not."""
        ...


@dataclass(frozen=True, slots=True)
class EveryRate:
    """Nothing is hidden."""

    @property
    def words(self) -> str:
        return ""

    def statuses(self, events: FloatArray, population: FloatArray, expected: FloatArray | None) -> StatusArray:
        return np.zeros(events.shape, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class EventsAtLeast:
    """Shown from so many observed events on: it picks high draws, and is here for parity with published tables."""

    events: float

    @property
    def words(self) -> str:
        return f"shown from {self.events:g} events"

    def statuses(self, events: FloatArray, population: FloatArray, expected: FloatArray | None) -> StatusArray:
        return first_reason(events.shape, (events < self.events, Status.TOO_FEW_EVENTS))


@dataclass(frozen=True, slots=True)
class ExpectedAtLeast:
    """Shown from so many expected events on; who calls gives how many are expected (``expected_events``)."""

    events: float

    @property
    def words(self) -> str:
        return f"shown from {self.events:g} expected events"

    def statuses(self, events: FloatArray, population: FloatArray, expected: FloatArray | None) -> StatusArray:
        if expected is None:
            raise InputRefused(
                "expected: found none; the rule on expected events needs how many are expected in each place"
            )
        if expected.shape != events.shape:
            raise InputRefused(f"expected: found shape {expected.shape}; one for each rate, {events.shape}, is right")
        return first_reason(
            events.shape,
            (np.isnan(expected), Status.MISSING_INPUT),
            (expected < self.events, Status.TOO_FEW_EXPECTED),
        )


@dataclass(frozen=True, slots=True)
class PopulationAtLeast:
    """Shown from so many people (or days) on."""

    people: float

    @property
    def words(self) -> str:
        return f"shown from a population of {self.people:,.10g}"

    def statuses(self, events: FloatArray, population: FloatArray, expected: FloatArray | None) -> StatusArray:
        return first_reason(population.shape, (population < self.people, Status.TOO_SMALL_POPULATION))


EVERY_RATE = EveryRate()
CLASSIC_RULE = EventsAtLeast(10)


def expected_events(population: ArrayLike, rates: Sequence[float] | FloatArray) -> FloatArray:
    """How many events so many people would have at these rates per person: Σ n·r over the strata (the last axis)."""
    r = checked_counts(rates, "rates")
    n = checked_counts(population, "population")
    if r.ndim != 1 or n.shape[-1:] != r.shape:
        raise InputRefused(
            f"expected events: found a population of shape {n.shape} for {r.size} rates; one place for each rate on "
            "the last axis is right"
        )
    return np.asarray(n @ r)


def selected(rates: _Many, rule: SelectionRule, *, expected: ArrayLike | None = None) -> _Many:
    """``rates`` with those that the rule does not show taken out: ``nan``, and the reason as their status.

    Numerator and denominator of a rate are its events and its population, and stay. A rate that had no value keeps
    the reason it had.
    """
    if rule == EVERY_RATE:
        return rates
    counts = None if expected is None else checked_counts(expected, "expected")
    by_rule = rule.statuses(rates.numerator, rates.denominator, counts)
    hidden = (by_rule != Status.GIVEN) & with_value(rates.status)
    method = _method(rates.method, rule)
    if not hidden.any():
        return replace(rates, method=method)
    lower, upper = (np.where(hidden, np.nan, limit) for limit in (rates.interval.lower, rates.interval.upper))
    return replace(
        rates,
        value=np.where(hidden, np.nan, rates.value),
        interval=IntervalArray(lower, upper),
        status=np.where(hidden, by_rule, rates.status),
        method=method,
    )


def selected_rate(rate: _One, rule: SelectionRule, *, expected: float | None = None) -> _One:
    """``selected`` for one rate."""
    counts = None if expected is None else checked_counts(expected, "expected")
    by_rule = Status(rule.statuses(np.array(rate.numerator), np.array(rate.denominator), counts).item())
    method = _method(rate.method, rule)
    if by_rule is Status.GIVEN or not rate.status.has_value:
        return replace(rate, method=method)
    return replace(rate, value=np.nan, interval=Interval(np.nan, np.nan), status=by_rule, method=method)


def _method(method: str, rule: SelectionRule) -> str:
    return f"{method}; {rule.words}" if rule.words else method
