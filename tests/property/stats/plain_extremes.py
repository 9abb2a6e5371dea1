"""D and R of one setting from their formulas, in plain Python."""

from math import exp, log, sqrt


def plain_difference(a: float, error_a: float, b: float, error_b: float, z: float) -> tuple[float, float, float]:
    margin = z * sqrt(error_a**2 + error_b**2)
    return a - b, a - b - margin, a - b + margin


def plain_ratio(a: float, error_a: float, b: float, error_b: float, z: float) -> tuple[float, float, float]:
    margin = z * sqrt((error_a / a) ** 2 + (error_b / b) ** 2)
    return a / b, exp(log(a / b) - margin), exp(log(a / b) + margin)
