"""Slope and relative index of one setting from the formulas, in plain Python: regression by its sums, Fieller exactly.

Fieller's quadratic is solved in fractions, so that nothing cancels; only its root is a float.
"""

from fractions import Fraction
from math import exp, inf, isqrt, log, sqrt


def plain_ranks(population: list[float], order: list[float] | None = None) -> list[float]:
    """The middle of each group's stretch on the line from 0 to 1; groups level in the order share a stretch."""
    places = list(range(len(population))) if order is None else order
    total = sum(population)
    ranks = []
    for place in places:
        before = sum(n for n, other in zip(population, places, strict=True) if other < place)
        level = sum(n for n, other in zip(population, places, strict=True) if other == place)
        ranks.append((before + level / 2) / total)
    return ranks


def plain_ends(population: list[float], order: list[float] | None) -> tuple[list[float], list[float]]:
    """What each group's value counts for in the weighted regression's line at rank 0 and at rank 1."""
    ranks = plain_ranks(population, order)
    n = sum(population)
    mean_rank = sum(w * b for w, b in zip(population, ranks, strict=True)) / n
    spread = sum(w * (b - mean_rank) ** 2 for w, b in zip(population, ranks, strict=True))
    slope = [w * (b - mean_rank) / spread for w, b in zip(population, ranks, strict=True)]
    at_0 = [w / n - s * mean_rank for w, s in zip(population, slope, strict=True)]
    return at_0, [a + s for a, s in zip(at_0, slope, strict=True)]


def plain_slope_index(
    value: list[float],
    standard_error: list[float],
    population: list[float],
    z: float,
    *,
    scale: str = "linear",
    order: list[float] | None = None,
) -> tuple[float, float, float]:
    """SII and its limits."""
    at_0, at_1 = plain_ends(population, order)
    y, se = _on_scale(value, standard_error, population, scale)
    bottom, top = _sum(at_0, y), _sum(at_1, y)
    low, high = _back(bottom, scale), _back(top, scale)
    steep_low, steep_high = _steepness(low, scale), _steepness(high, scale)
    variance = sum(
        (steep_high * one - steep_low * other) ** 2 * s**2 for one, other, s in zip(at_1, at_0, se, strict=True)
    )
    return high - low, high - low - z * sqrt(variance), high - low + z * sqrt(variance)


def plain_relative_index(
    value: list[float],
    standard_error: list[float],
    population: list[float],
    z: float,
    *,
    scale: str = "linear",
    order: list[float] | None = None,
) -> tuple[float, float, float] | None:
    """RII and its limits; ``None`` where there is no ratio."""
    at_0, at_1 = plain_ends(population, order)
    y, se = _on_scale(value, standard_error, population, scale)
    bottom, top = _sum(at_0, y), _sum(at_1, y)
    if scale == "linear":
        return None if bottom <= 0 or top < 0 else (top / bottom, *plain_fieller(at_1, at_0, y, se, z))
    low, high = _back(bottom, scale), _back(top, scale)
    steep_low, steep_high = _steepness(low, scale) / low, _steepness(high, scale) / high
    variance = sum(
        (steep_high * one - steep_low * other) ** 2 * s**2 for one, other, s in zip(at_1, at_0, se, strict=True)
    )
    middle = log(high) - log(low)
    return exp(middle), exp(middle - z * sqrt(variance)), exp(middle + z * sqrt(variance))


def plain_fieller(
    of_numerator: list[float],
    of_denominator: list[float],
    value: list[float],
    standard_error: list[float],
    z: float,
    *,
    positive: bool = True,
) -> tuple[float, float]:
    """The ends of the set of ratios ρ with (N - ρD)² ≤ z²·Var(N - ρD), a ratio of nothing negative if ``positive``."""
    numerator, denominator = map(Fraction, of_numerator), map(Fraction, of_denominator)
    groups = list(zip(numerator, denominator, map(Fraction, value), map(Fraction, standard_error), strict=True))
    n, d = sum(p * y for p, _, y, _ in groups), sum(q * y for _, q, y, _ in groups)
    squared = Fraction(z) ** 2
    a = d * d - squared * sum(q * q * s * s for _, q, _, s in groups)
    b = n * d - squared * sum(p * q * s * s for p, q, _, s in groups)
    c = n * n - squared * sum(p * p * s * s for p, _, _, s in groups)
    if a <= 0:
        roots_from = float((b - _root(b * b - a * c)) / a) if a and c > 0 else 0.0
        return (roots_from, inf) if positive else (-inf, inf)
    lower, upper = float((b - _root(b * b - a * c)) / a), float((b + _root(b * b - a * c)) / a)
    return (max(lower, 0.0) if positive else lower), upper


def _root(square: Fraction) -> Fraction:
    """To about 40 digits, for what is taken from it may be nearly as large."""
    shift = 10**40
    scaled = max(square, Fraction(0)) * shift * shift
    return Fraction(isqrt(scaled.numerator // scaled.denominator), shift)


def _on_scale(
    value: list[float], standard_error: list[float], population: list[float], scale: str
) -> tuple[list[float], list[float]]:
    y, se = [], []
    for v, s, n in zip(value, standard_error, population, strict=True):
        if n == 0:
            y.append(0.0)
            se.append(0.0)
        elif scale == "log":
            y.append(log(v))
            se.append(s / v)
        elif scale == "logit":
            y.append(log(v / (1 - v)))
            se.append(s / (v * (1 - v)))
        else:
            y.append(v)
            se.append(s)
    return y, se


def _back(eta: float, scale: str) -> float:
    if scale == "log":
        return exp(eta)
    return 1 / (1 + exp(-eta)) if scale == "logit" else eta


def _steepness(value: float, scale: str) -> float:
    if scale == "log":
        return value
    return value * (1 - value) if scale == "logit" else 1.0


def _sum(weights: list[float], values: list[float]) -> float:
    return sum(w * v for w, v in zip(weights, values, strict=True))
