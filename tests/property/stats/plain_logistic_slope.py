"""A logistic line over the fractional rank, one setting at a time, by the textbook's iteration in plain Python."""

from math import exp, log
from typing import NamedTuple


class PlainLine(NamedTuple):
    """Intercept, slope and their covariance matrix."""

    intercept: float
    slope: float
    variance_of_intercept: float
    covariance: float
    variance_of_slope: float

    def at(self, rank: float) -> float:
        return 1 / (1 + exp(-self.intercept - self.slope * rank))


def plain_logistic_line(
    share: list[float], weight: list[float], rank: list[float], *, iterations: int = 60
) -> PlainLine:
    """The binomial line of shares that count as many times as ``weight`` says, by Newton's method from the mean.

    Where a full step would make the likelihood smaller, it is halved until it does not.
    """
    groups = [(p, n, b) for p, n, b in zip(share, weight, rank, strict=True) if n > 0]
    average = sum(p * n for p, n, _ in groups) / sum(n for _, n, _ in groups)
    intercept, slope = log(average / (1 - average)), 0.0
    for _ in range(iterations):
        i, c, s = _information(groups, intercept, slope)
        score = sum(n * (p - _expit(intercept + slope * b)) for p, n, b in groups)
        score_of_slope = sum(n * (p - _expit(intercept + slope * b)) * b for p, n, b in groups)
        determinant = i * s - c * c
        step = (s * score - c * score_of_slope) / determinant
        step_of_slope = (i * score_of_slope - c * score) / determinant
        now = _log_likelihood(groups, intercept, slope)
        while _log_likelihood(groups, intercept + step, slope + step_of_slope) < now - 1e-9 * abs(now):
            step, step_of_slope = step / 2, step_of_slope / 2
        intercept, slope = intercept + step, slope + step_of_slope
    i, c, s = _information(groups, intercept, slope)
    determinant = i * s - c * c
    return PlainLine(intercept, slope, s / determinant, -c / determinant, i / determinant)


def _expit(eta: float) -> float:
    return 1 / (1 + exp(-eta))


def _information(
    groups: list[tuple[float, float, float]], intercept: float, slope: float
) -> tuple[float, float, float]:
    weights = []
    for _, n, b in groups:
        p = _expit(intercept + slope * b)
        weights.append((n * p * (1 - p), b))
    return sum(w for w, _ in weights), sum(w * b for w, b in weights), sum(w * b * b for w, b in weights)


def _log_likelihood(groups: list[tuple[float, float, float]], intercept: float, slope: float) -> float:
    total = 0.0
    for p, n, b in groups:
        eta = intercept + slope * b
        total += n * (p * eta - (eta + log(1 + exp(-eta)) if eta > 0 else log(1 + exp(eta))))
    return total
