"""PAR and PAF of one setting from their formulas, in plain Python."""

from math import exp, log, sqrt

Triple = tuple[float, float, float]


def plain_risk(
    value: list[float], standard_error: list[float], population: list[float], reference: int, z: float
) -> Triple:
    """Of y_r - μ, whose parts are y_r less its own share of the average, and the average of the others."""
    total = sum(population)
    mean = sum(n * y for n, y in zip(population, value, strict=True)) / total
    variance = 0.0
    for group, (s, n) in enumerate(zip(standard_error, population, strict=True)):
        counts_for = 1 - n / total if group == reference else -n / total
        variance += (counts_for * s) ** 2
    risk = value[reference] - mean
    return risk, risk - z * sqrt(variance), risk + z * sqrt(variance)


def plain_fraction(
    value: list[float], standard_error: list[float], population: list[float], reference: int, z: float
) -> Triple:
    """Of y_r/μ - 1, by the logarithm of y_r/μ; its gradient by differences, which needs no calculus."""

    def log_ratio(values: list[float]) -> float:
        mean = sum(n * y for n, y in zip(population, values, strict=True)) / sum(population)
        return log(values[reference] / mean)

    variance = 0.0
    for group, s in enumerate(standard_error):
        step = 1e-5 * value[group]
        above, below = value.copy(), value.copy()
        above[group] += step
        below[group] -= step
        variance += ((log_ratio(above) - log_ratio(below)) / (2 * step) * s) ** 2
    middle = log_ratio(value)
    return exp(middle) - 1, exp(middle - z * sqrt(variance)) - 1, exp(middle + z * sqrt(variance)) - 1
