"""Standardised rates in plain Python, from the formulas: what the vectorised ones are held to."""

from math import nan, sqrt

from scipy.special import gammainccinv, gammaincinv

from evenhand.stats.rates import byar_interval


def plain_rate_of_repeated_events(
    people_by_events: list[list[float]], population: list[float], standard: list[float]
) -> list[float]:
    """Lower limit, upper limit and value per person."""
    used = sum(w for w, n in zip(standard, population, strict=True) if n > 0)
    value = variance = total = 0.0
    for stratum, (n, w) in enumerate(zip(population, standard, strict=True)):
        for times, people in enumerate(people_by_events, start=1):
            if n > 0:
                value += w * times * people[stratum] / n / used
                variance += w**2 * times**2 * people[stratum] / n**2 / used**2
                total += times * people[stratum]
    if used == 0:
        return [nan, nan, nan]
    if total == 0:
        return [nan, nan, 0.0]
    byar = byar_interval(total)
    scale = sqrt(variance / total)
    return [max(0.0, value + scale * (byar.lower - total)), value + scale * (byar.upper - total), value]


def plain_gamma_limits(
    events: list[float], weights: list[float], step: float, step_variance: float, confidence: float = 0.95
) -> tuple[float, float]:
    """The gamma interval of Σ c·x when the further event adds ``step`` to y and ``step_variance`` to V."""
    tail = (1 - confidence) / 2
    y = sum(c * x for c, x in zip(weights, events, strict=True))
    v = sum(c**2 * x for c, x in zip(weights, events, strict=True))
    lower = float(gammaincinv(y**2 / v, tail)) * v / y if y else 0.0
    y, v = y + step, v + step_variance
    return lower, float(gammainccinv(y**2 / v, tail)) * v / y
