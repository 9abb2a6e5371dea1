"""Indirect standardisation: the events of a group against those it would have at the standard's risk of each age.

    expected E = Σ n_i·(X_i/N_i)          n_i: the group's people of age i;  X_i, N_i: the standard's events and people
    ratio      = O/E                      limits: those of the count O, over E
    rate       = O/E · ΣX/ΣN · per        limits: likewise

O needs no ages, and that is what the method is for: groups so small that most of their ages had no event, or whose
events came without an age. Source: Breslow N. E. and Day N. E. (1987), Statistical Methods in Cancer Research II, IARC,
pp. 65-72.

The standard is given explicitly, with its name, and the ratio says how the group differs from *it*. **Two indirect
ratios may not be compared with each other.** Each weights the ages by its own group's people: two groups with the very
same risk at every age have different ratios when their ages differ, unless their risk is one multiple of the standard's
at all ages. To compare two groups use ``evenhand.stats.standardisation``, whose weights are the same for all.

Where it fails: as ``evenhand.stats.rates`` (independent events). The standard's own risks count as exact: a standard
not much larger than the group makes the interval too narrow, and one that contains the group draws the ratio to 1.
"""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_counts, checked_per, refuse
from evenhand.stats.estimates import RATIO, Estimates, per_unit
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.rates import RateMethod, count_intervals
from evenhand.stats.statuses import Status, StatusArray, first_reason


def indirectly_standardised_ratios(
    events: ArrayLike,
    population: ArrayLike,
    standard_events: ArrayLike,
    standard_population: ArrayLike,
    *,
    reference: str,
    times: float = 1,
    confidence: float = 0.95,
    method: RateMethod = RateMethod.BYAR,
) -> Estimates:
    """The standardised ratio of each group: 1 (or ``times``, where 100 is customary) is the risk of the standard.

    ``events``: one number a group; ``population``: groups × ages; the standard: one number an age. ``reference`` says
    in words what the standard is. ``denominator`` of the result is the expected number of events.

    An age with nobody of the standard is no matter to a group that has nobody of it either; any other group has no
    ratio then, and neither has one where no events were expected. Raises InputRefused when a count is negative, a
    group of nobody has events, or the shapes do not fit.
    """
    of_groups = _observed_and_expected(events, population, standard_events, standard_population)
    unit = RATIO if times == 1 else f"{RATIO} × {checked_per(times):,.10g}"
    return _estimates(of_groups, checked_per(times), unit, reference, confidence, method, "standardised ratio")


def indirectly_standardised_rates(
    events: ArrayLike,
    population: ArrayLike,
    standard_events: ArrayLike,
    standard_population: ArrayLike,
    *,
    reference: str,
    per: float = 100_000,
    confidence: float = 0.95,
    method: RateMethod = RateMethod.BYAR,
) -> Estimates:
    """As ``indirectly_standardised_ratios``, times the crude rate of the standard: events per ``per``."""
    of_groups = _observed_and_expected(events, population, standard_events, standard_population)
    factor = checked_per(per) * of_groups.crude_rate_of_standard
    return _estimates(of_groups, factor, per_unit(per), reference, confidence, method, "standardised rate")


@dataclass(frozen=True, slots=True)
class _OfGroups:
    """What was counted and what was to be expected, one number a group."""

    observed: FloatArray
    expected: FloatArray
    crude_rate_of_standard: float
    status: StatusArray


def _observed_and_expected(
    events: ArrayLike, population: ArrayLike, standard_events: ArrayLike, standard_population: ArrayLike
) -> _OfGroups:
    x, n = checked_counts(events, "events"), checked_counts(population, "population")
    of_standard = checked_counts(standard_events, "standard events")
    people = checked_counts(standard_population, "standard population")
    if n.ndim < 1 or x.shape != n.shape[:-1] or not of_standard.shape == people.shape == n.shape[-1:]:
        raise InputRefused(
            f"groups and ages: found events of shape {x.shape}, population {n.shape}, standard events "
            f"{of_standard.shape} and population {people.shape}; one number a group, groups × ages, and one number an "
            "age twice are right"
        )
    refuse((x > 0) & (n == 0).all(axis=-1), x, "events", "a population of 0 can have no events")
    risk = np.divide(of_standard, people, out=np.full(people.shape, nan), where=people > 0)
    somebody = n != 0  # a number that is missing may be somebody
    expected = np.where(somebody, n * risk, 0.0).sum(axis=-1)
    unknown = np.isnan(n) | (somebody & (np.isnan(of_standard) | np.isnan(people)))
    status = first_reason(
        x.shape,
        (np.isnan(x) | unknown.any(axis=-1), Status.MISSING_INPUT),
        (~somebody.any(axis=-1), Status.NO_POPULATION),
        ((somebody & (people == 0)).any(axis=-1) | (expected == 0), Status.NOTHING_TO_COMPARE_WITH),
    )
    everybody = people.sum()
    crude = float(of_standard.sum() / everybody) if everybody > 0 else nan
    return _OfGroups(x, expected, crude, status)


def _estimates(
    of_groups: _OfGroups,
    factor: float,
    unit: str,
    reference: str,
    confidence: float,
    method: RateMethod,
    what: str,
) -> Estimates:
    given = of_groups.status == Status.GIVEN
    scale = np.divide(factor, of_groups.expected, out=np.full(given.shape, nan), where=given)
    counts = count_intervals(of_groups.observed, method=method, confidence=confidence)
    return Estimates(
        value=of_groups.observed * scale,
        interval=IntervalArray(counts.lower * scale, counts.upper * scale),
        numerator=of_groups.observed,
        denominator=of_groups.expected,
        unit=unit,
        confidence=confidence,
        method=f"indirectly {what}, {method.value}",
        status=of_groups.status,
        reference=reference,
    )
