"""Means, life expectancy, indirect standardisation and quantiles once more, one at a time, as their formulas read."""

from fractions import Fraction
from math import ceil, inf, isnan, nan, sqrt
from statistics import NormalDist

from scipy.special import stdtrit

from evenhand.stats.rates import RateMethod, byar_interval, exact_interval
from evenhand.stats.statuses import Status

Figure = tuple[float, float, float, Status]
"""Value, limits and status."""


def plain_mean(total: float, count: float, standard_deviation: float, confidence: float) -> Figure:
    if isnan(total) or isnan(count):
        return nan, nan, nan, Status.MISSING_INPUT
    if count == 0:
        return nan, nan, nan, Status.NO_POPULATION
    mean = total / count
    if count == 1:
        return mean, nan, nan, Status.NO_INTERVAL
    if isnan(standard_deviation):
        return nan, nan, nan, Status.MISSING_INPUT
    t = float(stdtrit(count - 1, (1 + confidence) / 2))
    margin = t * standard_deviation / sqrt(count)
    return mean, mean - margin, mean + margin, Status.GIVEN


def plain_life_expectancy(
    deaths: list[float], population: list[float], ages: list[float], confidence: float
) -> list[Figure]:
    """From each age on a table of its own: 100,000 people, how many reach each band, and the years they live in it."""
    return [_life_table(deaths[first:], population[first:], ages[first:], confidence) for first in range(len(ages))]


def _life_table(deaths: list[float], population: list[float], ages: list[float], confidence: float) -> Figure:
    for wrong, status in (
        (any(map(isnan, deaths + population)), Status.MISSING_INPUT),
        (0 in population, Status.NO_POPULATION),
        (any(d > p for d, p in zip(deaths, population, strict=True)), Status.MORE_EVENTS_THAN_PEOPLE),
        (sum(deaths) == 0, Status.NO_EVENTS),
        (deaths[-1] == 0, Status.NO_EVENTS_IN_OPEN_BAND),
    ):
        if wrong:
            return nan, nan, nan, status
    last = len(ages) - 1
    reach, lived = [100_000.0], []
    chances, variances, shares, widths = [], [], [], []
    for band in range(last):
        n = ages[band + 1] - ages[band]
        a = 0.1 if (ages[band], ages[band + 1]) == (0, 1) else 0.5
        m = deaths[band] / population[band]
        q = n * m / (1 + (1 - a) * n * m)
        if a * n * m > 1:
            return nan, nan, nan, Status.NOT_DEFINED
        dying = reach[band] * q
        reach.append(reach[band] - dying)
        lived.append(n * reach[band + 1] + a * n * dying)
        chances.append(q)
        # Chiang's variance of q, in its first form: q²·(1 - q)/D
        variances.append(q**2 * (1 - q) / deaths[band] if deaths[band] else 0.0)
        shares.append(a)
        widths.append(n)
    rate = deaths[last] / population[last]
    lived.append(reach[last] / rate)
    years = sum(lived) / reach[0]
    total = reach[last] ** 2 / (deaths[last] * rate**2)
    for band in range(last):
        if chances[band] == 1:  # nobody reaches the next band, and that is certain
            continue
        after = sum(lived[band + 1 :]) / reach[band + 1]
        total += reach[band] ** 2 * ((1 - shares[band]) * widths[band] + after) ** 2 * variances[band]
    margin = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(total) / reach[0]
    return years, years - margin, years + margin, Status.GIVEN


def plain_standardised_ratio(
    events: float,
    population: list[float],
    standard_events: list[float],
    standard_population: list[float],
    confidence: float,
    method: RateMethod,
) -> Figure:
    ages = list(zip(population, standard_events, standard_population, strict=True))
    missing = isnan(events) or any(isnan(n) or (n > 0 and (isnan(x) or isnan(of))) for n, x, of in ages)
    if missing:
        return nan, nan, nan, Status.MISSING_INPUT
    if sum(population) == 0:
        return nan, nan, nan, Status.NO_POPULATION
    expected = 0.0
    for n, x, of in ages:
        if n > 0:
            expected += n * x / of if of > 0 else inf
    if expected in (0, inf):
        return nan, nan, nan, Status.NOTHING_TO_COMPARE_WITH
    limits = (byar_interval if method is RateMethod.BYAR else exact_interval)(events, confidence=confidence)
    return events / expected, limits.lower / expected, limits.upper / expected, Status.GIVEN


def plain_quantiles(values: list[float], number: int, places: list[str], *, highest_first: bool) -> list[int | None]:
    found: list[int | None] = []
    for value, place in zip(values, places, strict=True):
        others = [
            -other if highest_first else other
            for other, where in zip(values, places, strict=True)
            if where == place and not isnan(other)
        ]
        own = -value if highest_first else value
        if isnan(value) or len(others) < number:
            found.append(None)
            continue
        at_or_after = sum(other >= own for other in others)
        found.append(number + 1 - ceil(Fraction(at_or_after * number, len(others))))
    return found
