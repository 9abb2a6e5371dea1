"""Over-dispersion and funnel limits in loops; limits by halving on sums of probabilities."""

from collections.abc import Callable
from math import asin, comb, exp, floor, isnan, lgamma, log, nan, sin, sqrt

from evenhand.stats.arguments import critical_value


def arcsine_scores(events: list[float], population: list[float]) -> tuple[list[float], list[float]]:
    """z and s of shares against that of all together; ``nan`` where a number is missing."""
    known = [(x, n) for x, n in zip(events, population, strict=True) if not (isnan(x) or isnan(n)) and n > 0]
    target = sum(x for x, _ in known) / sum(n for _, n in known)
    z, s = [], []
    for x, n in zip(events, population, strict=True):
        if isnan(x) or isnan(n) or n == 0:
            z.append(nan)
            s.append(nan)
            continue
        s.append(1 / (2 * sqrt(n)))
        z.append((asin(sqrt(x / n)) - asin(sqrt(target))) / s[-1])
    return z, s


def quantile(ordered: list[float], share: float) -> float:
    """Between its neighbours in proportion."""
    position = (len(ordered) - 1) * share
    below = floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def winsorised(z: list[float], share: float) -> list[float]:
    """The outermost scores set to the quantiles."""
    ordered = sorted(each for each in z if not isnan(each))
    low, high = quantile(ordered, share), quantile(ordered, 1 - share)
    return [each if isnan(each) else min(max(each, low), high) for each in z]


def trimmed(z: list[float], share: float) -> list[float]:
    """The outermost scores left out, by mean rank over n + 1."""
    known = [each for each in z if not isnan(each)]
    answers = []
    for each in z:
        rank = sum(other < each for other in known) + (sum(other == each for other in known) + 1) / 2
        place = rank / (len(known) + 1)
        answers.append(each if not isnan(each) and share <= place < 1 - share else nan)
    return answers


def factor_and_variance(z: list[float], s: list[float]) -> tuple[float, float]:
    """φ and τ²."""
    used = [(score, 1 / error**2) for score, error in zip(z, s, strict=True) if not isnan(score)]
    n = len(used)
    phi = sum(score**2 for score, _ in used) / n
    w1, w2 = sum(w for _, w in used), sum(w**2 for _, w in used)
    return phi, max(0.0, (n * phi - (n - 1)) / (w1 - w2 / w1))


def widened_share_limits(size: float, target: float, variance: float, confidence: float) -> tuple[float, float]:
    """Back from the arcsine, within 0 and 1."""
    margin = critical_value(confidence) * sqrt(1 / (4 * size) + variance)
    low, high = asin(sqrt(target)) - margin, asin(sqrt(target)) + margin
    return sin(max(low, 0.0)) ** 2, sin(min(high, asin(1.0))) ** 2


def poisson_at_most(x: int, mean: float) -> float:
    """P(X ≤ x), summed."""
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(x + 1))


def binomial_at_most(x: int, n: int, share: float) -> float:
    """P(X ≤ x), summed."""
    return sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(x + 1))


def side(x: int, at_most: Callable[[int], float], tail: float) -> int:
    """-1 where so few are rarer than ``tail``, 1 where so many are, else 0."""
    if at_most(x) < tail:
        return -1
    return 1 if 1 - (at_most(x - 1) if x > 0 else 0.0) < tail else 0
