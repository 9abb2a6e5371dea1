"""Direct standardisation: the rate a group would have if it had the ages (and sexes) of one named standard population.

    v   = Σ w·x/n / Σ w                     x events, n people, w standard population, summed over the strata
    V   = Σ w²·x/n² / (Σ w)²
    L,U = v + √(V/X)·(B(X) - X)             X = Σ x, B(X) Byar's lower and upper limit of X; L not below 0

Where one person may have several events, those are not independent. With x_f people who had f events each,

    X = Σ f·x_f,   V = Σ_f f²·V_f,   V_f being V with x_f in the place of x

Sources: Dobson A. J., Kuulasmaa K., Eberle E. and Scherer J. (1991), Stat. Med. 10, 457-462; for repeated events
Stukel T. A. and others (1994), Stat. Med. 13, 1781-1791.

The standard is given, and is the same for every group compared. A weight made of the group's own population cancels,
and what comes out is the crude rate under another name.

What is not given: below ten events neither value nor interval (the interval would not cover what it claims). The
choice to show a rate only from ten events on itself picks high draws: where about five are expected, intervals so
picked cover 70 to 80 %.

A stratum without population says nothing of the rate there. It and its weight are left out, which takes the rate of
that stratum to be the standardised rate of the rest; ``standard_share`` says how much of the standard is left, and the
status says so too. A stratum with people but no events counts in full: leaving it out would raise the rate.

Where else it fails: a stratum without events adds nothing to V, however few people and however much weight it has.
Fleiss' fifth-born children (0 of 327 births carry 11 % of the weight) get 67.6 to 83.9 here and 67.7 to 188.3 from the
gamma method of Fay and Feuer (1997), which allows for it. One number also hides that groups may differ at some ages
and not at others, and the populations are taken as exact.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_counts, checked_per, checked_rate_counts
from evenhand.stats.estimates import RATIO, Estimate
from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.mover import ratio_interval, ratio_value
from evenhand.stats.rates import byar_interval, byar_intervals

DOBSON = "directly standardised, Dobson on Byar"
DOBSON_REPEATED = "directly standardised, Dobson on Byar, repeated events allowed for"
MOVER_LOG_DOBSON = "MOVER-log on Dobson"

GIVEN_FROM = 10


class Standardised(StrEnum):
    """Whether a standardised rate is given, and what it rests on."""

    GIVEN = "given"
    PART_OF_STANDARD = "part_of_standard"  # given, but some strata of the standard have nobody in this group
    FEWER_THAN_TEN_EVENTS = "fewer_than_ten_events"  # not given
    NO_POPULATION = "no_population"  # not given: no stratum of the standard has anybody in this group


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardisedRate:
    """Events per ``per``, standardised. ``value`` and ``interval`` are ``nan`` unless ``status`` says that it is given.

    Attributes:
        events, population: totals over all strata.
        standard_share: the share of the standard population in whose strata this group has people, 0 to 1.
    """

    value: float
    interval: Interval
    status: Standardised
    standard_share: float
    events: float
    population: float
    per: float
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StandardisedRates:
    """As ``StandardisedRate``, in arrays with one place per group; ``status`` holds ``Standardised`` members."""

    value: FloatArray
    interval: IntervalArray
    status: NDArray[np.object_]
    standard_share: FloatArray
    events: FloatArray
    population: FloatArray
    per: float
    confidence: float
    method: str


def directly_standardised_rate(
    events: ArrayLike, population: ArrayLike, standard: ArrayLike, *, per: float = 100_000, confidence: float = 0.95
) -> StandardisedRate:
    """The rate of one group, from its strata: three sequences of one length, in one order.

    Every stratum of the standard belongs in them, also those without events or without people. Raises InputRefused
    for unlike lengths, negative counts, events where there is no population, and a standard with nobody in a stratum.
    """
    x, n, w = _checked_strata(events, population, standard, groups=False)
    return _standardised_rate(x, x, n, w, per, confidence, DOBSON)


def rate_of_repeated_events(
    people_by_events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
) -> StandardisedRate:
    """The same rate when one person may have several events, with the wider interval that this calls for.

    ``people_by_events[f - 1][s]``: how many people of stratum s had exactly f events each. Events, not people, are
    counted in the rate.
    """
    people = checked_counts(people_by_events, "people by events")
    if people.ndim != 2:
        raise InputRefused("people by events: one row per number of events and one column per stratum is right")
    times = np.arange(1, people.shape[0] + 1, dtype=np.float64)
    x, n, w = _checked_strata(times @ people, population, standard, groups=False)
    return _standardised_rate(x, times**2 @ people, n, w, per, confidence, DOBSON_REPEATED)


def _standardised_rate(
    x: FloatArray, spread: FloatArray, n: FloatArray, w: FloatArray, per: float, confidence: float, method: str
) -> StandardisedRate:
    """``spread``: the count whose rate has the variance of the events; the events themselves when independent."""
    checked_per(per)
    total = float(x.sum())
    used = float(w[n > 0].sum())
    status = _status(total, n)
    value, interval = nan, Interval(nan, nan)
    if status in (Standardised.GIVEN, Standardised.PART_OF_STANDARD):
        strata = [stratum for stratum in zip(x, spread, n, w, strict=True) if stratum[2] > 0]
        value = float(sum(w_s * x_s / n_s for x_s, _, n_s, w_s in strata) / used)
        variance = sum(w_s**2 * spread_s / n_s**2 for _, spread_s, n_s, w_s in strata) / used**2
        counted = byar_interval(total, confidence=confidence)
        scale = sqrt(variance / total)
        lower, upper = value + scale * (counted.lower - total), value + scale * (counted.upper - total)
        interval = Interval(max(0.0, lower), upper)
    return StandardisedRate(
        value=value * per,
        interval=interval * per,
        status=status,
        standard_share=used / float(w.sum()),
        events=total,
        population=float(n.sum()),
        per=per,
        confidence=confidence,
        method=method,
    )


def _status(events: float, population: FloatArray) -> Standardised:
    if not population.any():
        return Standardised.NO_POPULATION
    if events < GIVEN_FROM:
        return Standardised.FEWER_THAN_TEN_EVENTS
    return Standardised.GIVEN if population.all() else Standardised.PART_OF_STANDARD


def directly_standardised_rates(
    events: ArrayLike, population: ArrayLike, standard: ArrayLike, *, per: float = 100_000, confidence: float = 0.95
) -> StandardisedRates:
    """``directly_standardised_rate`` for many groups: arrays of groups × strata, and one standard for all of them."""
    x, n, w = _checked_strata(events, population, standard, groups=True)
    return _standardised_rates(x, x, n, w, per, confidence, DOBSON)


def rates_of_repeated_events(
    people_by_events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
) -> StandardisedRates:
    """``rate_of_repeated_events`` for many groups: ``people_by_events`` is groups × numbers of events × strata."""
    people = checked_counts(people_by_events, "people by events")
    if people.ndim != 3:
        raise InputRefused("people by events: groups, numbers of events and strata, in this order, are right")
    times = np.arange(1, people.shape[1] + 1, dtype=np.float64)
    x, n, w = _checked_strata(np.einsum("f,gfs->gs", times, people), population, standard, groups=True)
    return _standardised_rates(x, np.einsum("f,gfs->gs", times**2, people), n, w, per, confidence, DOBSON_REPEATED)


def _standardised_rates(
    x: FloatArray, spread: FloatArray, n: FloatArray, w: FloatArray, per: float, confidence: float, method: str
) -> StandardisedRates:
    checked_per(per)
    total = x.sum(axis=1)
    used = (n > 0) @ w
    given = total >= GIVEN_FROM
    # nan for what is not given, before anything divides by it.
    whole, count = np.where(given, used, nan), np.where(given, total, nan)
    weight = np.divide(w, n, out=np.zeros(n.shape), where=n > 0)
    value = np.einsum("gs,gs->g", weight, x) / whole
    variance = np.einsum("gs,gs,gs->g", weight, weight, spread) / whole**2
    counted = byar_intervals(total, confidence=confidence)
    scale = np.sqrt(variance / count)
    lower, upper = value + scale * (counted.lower - count), value + scale * (counted.upper - count)
    return StandardisedRates(
        value=value * per,
        interval=IntervalArray(np.maximum(lower, 0.0) * per, upper * per),
        status=_statuses(given, n > 0),
        standard_share=used / w.sum(),
        events=total,
        population=n.sum(axis=1),
        per=per,
        confidence=confidence,
        method=method,
    )


def _statuses(given: NDArray[np.bool_], has_population: NDArray[np.bool_]) -> NDArray[np.object_]:
    status = np.empty(given.shape, dtype=np.object_)
    status[given] = Standardised.GIVEN
    status[~given] = Standardised.FEWER_THAN_TEN_EVENTS
    status[given & ~has_population.all(axis=1)] = Standardised.PART_OF_STANDARD
    status[~has_population.any(axis=1)] = Standardised.NO_POPULATION
    return status


def _checked_strata(
    events: ArrayLike, population: ArrayLike, standard: ArrayLike, *, groups: bool
) -> tuple[FloatArray, FloatArray, FloatArray]:
    w = checked_counts(standard, "standard population")
    if w.ndim != 1 or not w.all() or not w.size:
        raise InputRefused("standard population: one number above 0 for each stratum is right; leave out the others")
    x, n = checked_counts(events, "events"), checked_counts(population, "population")
    if x.shape != n.shape or x.ndim != 1 + groups or x.shape[-1] != w.size:
        raise InputRefused(
            f"strata: found events of shape {x.shape} and population of shape {n.shape} for a standard of {w.size}; "
            "one place for each stratum of the standard is right, and in the same order"
        )
    x, n = checked_rate_counts(x, n)
    return x, n, w


def standardised_rate_ratio(a: StandardisedRate, b: StandardisedRate) -> Estimate:
    """The ratio of two standardised rates of one standard, MOVER on the logarithm with their Dobson limits.

    ``nan`` where either is not given. Raises InputRefused when units or confidences differ, since then they cannot be
    compared; that the standard was the same is for who calls to know.
    """
    if (a.per, a.confidence) != (b.per, b.confidence):
        raise InputRefused(
            f"standardised rates: found one per {a.per:g} at {a.confidence:g} and one per {b.per:g} at "
            f"{b.confidence:g}; the same unit and confidence are right"
        )
    return Estimate(
        value=ratio_value(a.value, b.value),
        interval=ratio_interval(a, b),
        numerator=a.value,
        denominator=b.value,
        unit=RATIO,
        confidence=a.confidence,
        method=MOVER_LOG_DOBSON,
    )
