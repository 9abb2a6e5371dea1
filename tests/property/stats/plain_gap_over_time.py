"""The change in a gap in plain Python, written from the formulas, one number at a time."""

from itertools import pairwise
from math import exp, inf, isnan, log, nan, sqrt
from statistics import NormalDist

from evenhand.stats.estimates import Estimate
from evenhand.stats.intervals import Interval
from evenhand.stats.proportions import wilson_interval
from evenhand.stats.rates import byar_interval
from evenhand.stats.ratios import proportion_ratio, rate_ratio


def log_change(
    counts: list[float], populations: list[float], *, proportions: bool, phi_a: float, phi_b: float
) -> tuple[float, float, float]:
    """Δ with its limits, for the cells a1, b1, a2, b2."""
    ratio = proportion_ratio if proportions else rate_ratio
    phi = [phi_a, phi_b, phi_a, phi_b]
    x = [count / one for count, one in zip(counts, phi, strict=True)]
    n = [population / one for population, one in zip(populations, phi, strict=True)]
    before, after = ratio(x[0], n[0], x[1], n[1]), ratio(x[2], n[2], x[3], n[3])
    if isnan(before.interval.lower) or isnan(after.interval.lower):
        return nan, nan, nan
    value = nan if isnan(before.value) or isnan(after.value) else _log(after.value) - _log(before.value)
    return value, -_upper(after, before), _upper(before, after)


def _upper(before: Estimate, after: Estimate) -> float:
    """The upper limit of ln after - ln before."""
    v1, l1 = before.value, before.interval.lower
    v2, u2 = after.value, after.interval.upper
    if isnan(v1) or isnan(v2) or v2 == inf or v1 == 0:
        return inf
    if v2 == 0 and v1 == inf:
        return _log(u2) - _log(l1)
    if v2 == 0:
        return _log(u2) - _log(sqrt(l1 * (2 * v1 - l1)))
    if v1 == inf:
        inverse, inverse_lower = 1 / v2, 1 / u2
        return -_log(sqrt(inverse_lower * (2 * inverse - inverse_lower))) - _log(l1)
    return _log(v2) - _log(v1) + sqrt((_log(u2) - _log(v2)) ** 2 + (_log(v1) - _log(l1)) ** 2)


def _log(number: float) -> float:
    return log(number) if number > 0 else -inf


def detectable(
    events: list[float], shares: list[float], phi_a: float, phi_b: float, power: float
) -> tuple[float, float]:
    """The smallest fall and rise, for the cells a1, b1, a2, b2."""
    variance, below, above = 0.0, [], []
    for e, s, phi in zip(events, shares, [phi_a, phi_b, phi_a, phi_b], strict=True):
        variance += phi * (1 - s) / e
        value, limits = _level(e / phi, s)
        below.append(log(value / limits.lower))
        above.append(log(limits.upper / value))
    margin = NormalDist().inv_cdf(power) * sqrt(variance)
    fall = margin + sqrt(above[2] ** 2 + below[3] ** 2 + below[0] ** 2 + above[1] ** 2)
    rise = margin + sqrt(below[2] ** 2 + above[3] ** 2 + above[0] ** 2 + below[1] ** 2)
    return fall, rise


def _level(count: float, share: float) -> tuple[float, Interval]:
    if share == 0:
        return count, byar_interval(count)
    return share, wilson_interval(count, count / share)


def overdispersion(events: list[float], population: list[float], *, proportions: bool, pearson: bool) -> float:
    known = [not isnan(x) and n > 0 for x, n in zip(events, population, strict=True)]
    total = sum(x for x, is_known in zip(events, known, strict=True) if is_known)
    whole = sum(n for n, is_known in zip(population, known, strict=True) if is_known)
    level = total / whole
    z = [
        (x - n * level) / sqrt(n * level * ((1 - level) if proportions else 1)) if is_known else nan
        for x, n, is_known in zip(events, population, known, strict=True)
    ]
    if pearson:
        return sum(one**2 for one in z if not isnan(one)) / (sum(known) - 1)
    differences = [(b - a) ** 2 for a, b in pairwise(z) if not isnan(a) and not isnan(b)]
    return sum(differences) / len(differences) / 2


def slope(rows: list[tuple[float, float, float, float, float]], *, proportions: bool) -> tuple[float, float, float]:
    """β, its standard error without φ, and φ, for rows of x_a, n_a, x_b, n_b, t.

    By repeated weighted least squares of working logarithms on time: an algorithm other than the library's.
    """
    rows = [row for row in rows if row[1] > 0 and row[3] > 0 and row[0] + row[2] > 0]
    alpha, beta = (
        log(sum(r[0] for r in rows) / sum(r[1] for r in rows) * sum(r[3] for r in rows) / sum(r[2] for r in rows)),
        0.0,
    )
    for _ in range(200):
        sw = swt = swtt = swy = swty = 0.0
        for x_a, n_a, x_b, n_b, t in rows:
            share, total = _share(n_a, n_b, alpha + beta * t), x_a + x_b
            weight = share * (1 - share) * total
            working = alpha + beta * t + (x_a - share * total) / weight
            sw, swt, swtt = sw + weight, swt + weight * t, swtt + weight * t * t
            swy, swty = swy + weight * working, swty + weight * t * working
        determinant = sw * swtt - swt**2
        alpha, beta = (swtt * swy - swt * swty) / determinant, (sw * swty - swt * swy) / determinant
    residuals = meat_11 = meat_12 = meat_22 = 0.0
    for x_a, n_a, x_b, n_b, t in rows:
        share, total = _share(n_a, n_b, alpha + beta * t), x_a + x_b
        own = share * (1 - share) * total
        if proportions:
            p_a, p_b = min(share * total / n_a, 1), min((1 - share) * total / n_b, 1)
            own = (1 - share) ** 2 * share * total * (1 - p_a) + share**2 * (1 - share) * total * (1 - p_b)
        if own > 0:
            residuals += (x_a - share * total) ** 2 / own
        meat_11, meat_12, meat_22 = meat_11 + own, meat_12 + own * t, meat_22 + own * t * t
    # Row 2 of the inverse information is (-swt, sw)/determinant.
    variance = (swt**2 * meat_11 - 2 * swt * sw * meat_12 + sw**2 * meat_22) / determinant**2
    return beta, sqrt(variance), max(1.0, residuals / (len(rows) - 2))


def _share(n_a: float, n_b: float, log_ratio: float) -> float:
    return 1 / (1 + n_b / n_a * exp(-log_ratio))
