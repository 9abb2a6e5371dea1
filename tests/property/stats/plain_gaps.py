"""Gaps in plain Python, one group and one stratum at a time: what the vectorised ones are held to."""

from collections.abc import Callable, Sequence
from math import exp, inf, log, nan, sqrt
from typing import Any

from tests.property.stats.plain_standardisation import plain_gamma_limits

from evenhand.stats.references import Reference, ReferenceKind

Limits = tuple[float, float, float]  # lower, value, upper
NO_LIMITS = (nan, nan, nan)


def plain_crude_gaps(
    difference: Callable[..., Any],
    ratio: Callable[..., Any],
    events: Sequence[float],
    population: Sequence[float],
    group: int,
    reference: Reference,
    groups: Sequence[str],
) -> dict[str, Limits]:
    """Difference, ratio and excess of one group of one setting, per person, by the scalar functions."""
    others = [place for place in range(len(groups)) if place != group]
    if reference.kind is ReferenceKind.GROUP:
        others = [groups.index(reference.group)]
    counts = (events[group], population[group], sum(events[o] for o in others), sum(population[o] for o in others))
    gap, times = difference(*counts), ratio(*counts)
    found = {
        "difference": (gap.interval.lower, gap.value, gap.interval.upper),
        "ratio": (times.interval.lower, times.value, times.interval.upper),
    }
    if reference.kind is ReferenceKind.POPULATION_AVERAGE and counts[1] + counts[3] > 0:
        share = counts[1] / (counts[1] + counts[3])
        found["difference"] = tuple(limit * (1 - share) for limit in found["difference"])
        found["ratio"] = tuple(_to_average(limit, share) for limit in found["ratio"])
    if others == [group]:
        has_rate = population[group] > 0
        found = {"difference": (nan, 0.0 if has_rate else nan, nan), "ratio": (nan, 1.0 if has_rate else nan, nan)}
    found["excess"] = tuple(limit * population[group] for limit in found["difference"])
    return found


def _to_average(ratio: float, share: float) -> float:
    if ratio == 0:
        return 0.0
    return 1 / share if ratio == inf else 1 / (share + (1 - share) / ratio) if ratio == ratio else nan


def plain_standardised_gaps(
    events: list[list[float]],
    population: list[list[float]],
    standard: list[float],
    group: int,
    reference: Reference,
    groups: Sequence[str],
) -> dict[str, Limits]:
    """Difference, ratio and excess of one group of one setting, per person, stratum by stratum."""
    strata = range(len(standard))
    x, n = events[group], population[group]
    others = [place for place in range(len(groups)) if place != group]
    if reference.kind is ReferenceKind.GROUP:
        others = [groups.index(reference.group)]
    b = [sum(events[o][s] for o in others) for s in strata]
    m = [sum(population[o][s] for o in others) for s in strata]
    if sum(n) == 0 or not any(n[s] > 0 and m[s] > 0 for s in strata):
        return {"difference": NO_LIMITS, "ratio": NO_LIMITS, "excess": NO_LIMITS}
    if others == [group]:
        return {"difference": (nan, 0.0, nan), "ratio": (nan, 1.0, nan), "excess": (nan, 0.0, nan)}
    if reference.kind is ReferenceKind.POPULATION_AVERAGE:
        return _from_average(x, n, b, m, standard)
    both = [s for s in strata if n[s] > 0 and m[s] > 0]
    whole = sum(standard[s] for s in both)
    one = _weighted([(x[s], standard[s] / n[s] / whole) for s in both])
    other = _weighted([(b[s], standard[s] / m[s] / whole) for s in both])
    observed = _weighted([(x[s], 1.0) for s in both])
    expected = _weighted([(b[s], n[s] / m[s]) for s in both])
    return {
        "difference": _difference(one, other),
        "ratio": _ratio(one, other, 0.0),
        "excess": _difference(observed, expected),
    }


def _from_average(
    x: list[float], n: list[float], b: list[float], m: list[float], standard: list[float]
) -> dict[str, Limits]:
    here = [s for s in range(len(standard)) if n[s] > 0]
    both = [s for s in here if m[s] > 0]
    whole = sum(standard[s] for s in here)
    share = {s: standard[s] / whole for s in here}
    everybody = {s: n[s] + m[s] for s in here}
    rate = _weighted([(x[s], share[s] / n[s]) for s in here])
    average = _weighted([(x[s] + b[s], share[s] / everybody[s]) for s in here])
    own = _weighted([(x[s], share[s] * m[s] / everybody[s] / n[s]) for s in both])
    theirs = _weighted([(b[s], share[s] / everybody[s]) for s in both])
    covariance = sum(share[s] ** 2 * x[s] / (n[s] * everybody[s]) for s in here)
    variances = sum(share[s] ** 2 * x[s] / n[s] ** 2 for s in here) * sum(
        share[s] ** 2 * (x[s] + b[s]) / everybody[s] ** 2 for s in here
    )
    correlation = covariance / sqrt(variances) if variances > 0 else 0.0
    observed = _weighted([(x[s], m[s] / everybody[s]) for s in both])
    expected = _weighted([(b[s], n[s] / everybody[s]) for s in both])
    return {
        "difference": _difference(own, theirs),
        "ratio": _ratio(rate, average, correlation),
        "excess": _difference(observed, expected),
    }


def _weighted(counts: list[tuple[float, float]]) -> Limits:
    events, weights = [x for x, _ in counts], [c for _, c in counts]
    step, square = sum(weights) / len(weights), sum(c**2 for c in weights) / len(weights)
    lower, upper = plain_gamma_limits(events, weights, step, square)
    return lower, sum(c * x for x, c in counts), upper


def _difference(a: Limits, b: Limits) -> Limits:
    below = sqrt((a[1] - a[0]) ** 2 + (b[2] - b[1]) ** 2)
    above = sqrt((a[2] - a[1]) ** 2 + (b[1] - b[0]) ** 2)
    return a[1] - b[1] - below, a[1] - b[1], a[1] - b[1] + above


def _ratio(a: Limits, b: Limits, correlation: float) -> Limits:
    if a[1] == 0 and b[1] == 0:
        return 0.0, nan, inf
    if a[1] == 0:
        return 0.0, 0.0, a[2] / sqrt(b[0] * (2 * b[1] - b[0]))
    if b[1] == 0:
        return sqrt(a[0] * (2 * a[1] - a[0])) / b[2], inf, inf
    down, up = (log(a[1] / a[0]), log(b[2] / b[1])), (log(a[2] / a[1]), log(b[1] / b[0]))
    distances = [sqrt(max(0.0, one**2 + other**2 - 2 * correlation * one * other)) for one, other in (down, up)]
    value = a[1] / b[1]
    return value * exp(-distances[0]), value, value * exp(distances[1])
