"""One figure for a group where some ethnicity is unknown: the unknown are shared out by an assumption, which is named.

a events of A in the group, u events of U unknown, c = A - a; Σ runs over the groups:

    spread as the known are            rate        f·a / (h·A),        f = 1 + u/Σa,   h = 1 + U/ΣA
                                       proportion  f·a / (f·a + h·c),  f = 1 + u/Σa,   h = 1 + (U - u)/Σc
    spread as the population is        (a + s·u) / (A + s·U),          s = A/ΣA

The first multiplies every rate by one number (every odds, for a proportion), so no ratio between groups changes by it:
it says that nothing is to be learnt from the unknown. The second takes the unknown for a sample of everybody, and draws
all groups together.

The interval from chance is that of the recorded events carried through the formula, f, h and s taken as exact; for the
second, MOVER of the two counts (``evenhand.stats.mover``): v ± √((a's margin)² + (s · u's margin)²). It does not hold
the doubt about the assumption: the assumption stands in the method of the result, and the bounds
(``evenhand.stats.unknown_ethnicity``) belong beside the figure.

Where it fails: where recording depends on the event or on the group, and the counts cannot tell whether it does. Asked
on admission and not at home, ethnicity is known of the detained and unknown of the rest; refused more often by some
groups, it is unknown of them.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.stats.arguments import checked_per
from evenhand.stats.estimates import SHARE, Estimates, per_unit
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.proportions import WILSON, wilson_intervals
from evenhand.stats.rates import BYAR, byar_intervals
from evenhand.stats.statuses import Status, StatusArray, first_reason
from evenhand.stats.unknown_ethnicity import GroupsAndUnknown, proportion_groups, rate_groups


class Assumption(StrEnum):
    """Where the unknown are taken to belong."""

    AS_THE_KNOWN = "assuming that the unknown are spread over the groups as the known are"
    AS_THE_POPULATION = "assuming that the unknown are spread over the groups as the population is"


def allocated_rates(
    events: ArrayLike,
    population: ArrayLike,
    unknown_events: ArrayLike,
    unknown_population: ArrayLike = 0,
    *,
    assumption: Assumption = Assumption.AS_THE_KNOWN,
    per: float = 100_000,
    confidence: float = 0.95,
) -> Estimates:
    """Crude rates with the unknown shared out, and so their parts; arguments as ``rates_with_unknown``.

    A number missing of one group leaves all groups of its setting without a value, since the shares are of their sum.
    When nobody known had the event (``NO_EVENTS``), nothing says as whom the unknown with it are spread.
    """
    counts = rate_groups(events, population, unknown_events, unknown_population)
    of_known = byar_intervals(counts.events, confidence=confidence)
    if assumption is Assumption.AS_THE_KNOWN:
        f = _factor(counts.events, counts.unknown_events)
        h = _factor(counts.whole, counts.unknown_whole)
        limits = IntervalArray(f * of_known.lower, f * of_known.upper)
        status = _status(counts, np.isnan(f), np.zeros(f.shape, dtype=np.bool_))
        shared = _SharedOut(f * counts.events, h * counts.whole, limits, status)
    else:
        u = counts.unknown_events
        shared = _as_the_population(counts, of_known, _of_somebody(u, byar_intervals(u, confidence=confidence)))
    return shared.estimates(checked_per(per), per_unit(per), confidence, f"{BYAR}; {assumption.value}")


def allocated_proportions(
    events: ArrayLike,
    population: ArrayLike,
    unknown_events: ArrayLike,
    unknown_population: ArrayLike,
    *,
    assumption: Assumption = Assumption.AS_THE_KNOWN,
    confidence: float = 0.95,
) -> Estimates:
    """Proportions with the unknown shared out; arguments as ``proportions_with_unknown``, the rest as for rates.

    Spread as the known, it is ``NOT_DEFINED`` where everybody known had the event and somebody unknown had not.
    """
    counts = proportion_groups(events, population, unknown_events, unknown_population)
    of_known = wilson_intervals(counts.events, counts.whole, confidence=confidence)
    if assumption is Assumption.AS_THE_KNOWN:
        shared = _proportions_as_the_known(counts, of_known)
    else:
        unknown = counts.unknown_whole
        of_unknown = wilson_intervals(counts.unknown_events, unknown, confidence=confidence)
        shared = _as_the_population(
            counts,
            IntervalArray(of_known.lower * counts.whole, of_known.upper * counts.whole),
            _of_somebody(unknown, IntervalArray(of_unknown.lower * unknown, of_unknown.upper * unknown)),
        )
    return shared.estimates(1, SHARE, confidence, f"{WILSON}; {assumption.value}")


@dataclass(frozen=True, slots=True)
class _SharedOut:
    """Part and whole of each group with its share of the unknown; ``limits`` are those of the part."""

    part: FloatArray
    whole: FloatArray
    limits: IntervalArray
    status: StatusArray

    def estimates(self, per: float, unit: str, confidence: float, method: str) -> Estimates:
        given = self.status == Status.GIVEN
        scale = np.divide(per, self.whole, out=np.full(given.shape, nan), where=given)
        return Estimates(
            value=self.part * scale,
            interval=IntervalArray(self.limits.lower * scale, self.limits.upper * scale),
            numerator=self.part,
            denominator=self.whole,
            unit=unit,
            confidence=confidence,
            method=method,
            status=self.status,
        )


def _proportions_as_the_known(counts: GroupsAndUnknown, of_known: IntervalArray) -> _SharedOut:
    """The odds of every group are multiplied by f/h, and so are the odds of its limits."""
    without = counts.whole - counts.events
    f = _factor(counts.events, counts.unknown_events)
    h = _factor(without, counts.unknown_whole - counts.unknown_events)
    whole = f * counts.events + h * without

    def part(proportion: FloatArray) -> FloatArray:
        return np.asarray(whole * f * proportion / (f * proportion + h * (1 - proportion)))

    limits = IntervalArray(part(of_known.lower), part(of_known.upper))
    return _SharedOut(f * counts.events, whole, limits, _status(counts, np.isnan(f), np.isnan(h)))


def _of_somebody(count: FloatArray, limits: IntervalArray) -> IntervalArray:
    """The limits of the unknown; where none is unknown, nothing is shared out, and chance has no part in that."""
    return IntervalArray(np.where(count == 0, 0.0, limits.lower), np.where(count == 0, 0.0, limits.upper))


def _as_the_population(counts: GroupsAndUnknown, of_known: IntervalArray, of_unknown: IntervalArray) -> _SharedOut:
    """``of_known``, ``of_unknown``: the limits of the events of each group and of the unknown."""
    a, u = counts.events, counts.unknown_events
    people = counts.whole.sum(axis=-1, keepdims=True)
    s = np.divide(counts.whole, people, out=np.full(counts.whole.shape, nan), where=people > 0)
    part = a + s * u
    limits = IntervalArray(
        part - np.hypot(a - of_known.lower, s * (u - of_unknown.lower)),
        part + np.hypot(of_known.upper - a, s * (of_unknown.upper - u)),
    )
    never = np.zeros(u.shape, dtype=np.bool_)
    return _SharedOut(part, counts.whole + s * counts.unknown_whole, limits, _status(counts, never, never))


def _factor(of_groups: FloatArray, of_unknown: FloatArray) -> FloatArray:
    """(Σ groups + unknown) / Σ groups, one number a setting; 1 when none is unknown, ``nan`` for some over none."""
    known = of_groups.sum(axis=-1, keepdims=True)
    more = np.divide(of_unknown, known, out=np.full(known.shape, nan), where=known > 0)
    return np.where(of_unknown == 0, 1.0, 1 + more)


def _status(counts: GroupsAndUnknown, none_with: NDArray[np.bool_], none_without: NDArray[np.bool_]) -> StatusArray:
    missing = np.zeros(counts.unknown_events.shape, dtype=np.bool_)
    for each in (counts.events, counts.whole, counts.unknown_events, counts.unknown_whole):
        missing = missing | np.isnan(each).any(axis=-1, keepdims=True)
    return first_reason(
        counts.events.shape,
        (missing, Status.MISSING_INPUT),
        (counts.whole == 0, Status.NO_POPULATION),
        (none_with, Status.NO_EVENTS),
        (none_without, Status.NOT_DEFINED),
    )
