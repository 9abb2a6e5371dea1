"""The concentration indices of one setting from their formulas, in plain Python."""

from math import sqrt

from tests.property.stats.plain_slope_index import plain_fieller, plain_ranks

Triple = tuple[float, float, float]


def plain_absolute(value: list[float], standard_error: list[float], population: list[float], z: float) -> Triple:
    """ACI by the convenient regression: the slope of 2·σ²·y on the rank, weighted by population."""
    share, rank = _shares(population), plain_ranks(population)
    spread = sum(a * (b - 0.5) ** 2 for a, b in zip(share, rank, strict=True))
    transformed = [2 * spread * y for y in value]
    mean = sum(a * y for a, y in zip(share, transformed, strict=True))
    slope = sum(a * (b - 0.5) * (y - mean) for a, b, y in zip(share, rank, transformed, strict=True)) / spread
    variance = sum((2 * a * (b - 0.5) * s) ** 2 for a, b, s in zip(share, rank, standard_error, strict=True))
    return slope, slope - z * sqrt(variance), slope + z * sqrt(variance)


def plain_relative(value: list[float], standard_error: list[float], population: list[float], z: float) -> Triple:
    """RCI, with Fieller's limits."""
    share, rank = _shares(population), plain_ranks(population)
    mean = sum(a * y for a, y in zip(share, value, strict=True))
    weights = [2 * a * (b - 0.5) for a, b in zip(share, rank, strict=True)]
    index = 2 / mean * sum(a * b * y for a, b, y in zip(share, rank, value, strict=True)) - 1
    return index, *plain_fieller(weights, share, value, standard_error, z, positive=False)


def plain_erreygers(
    value: list[float], standard_error: list[float], population: list[float], z: float, low: float, high: float
) -> Triple:
    """Four times the ACI over the room between the limits."""
    index, lower, upper = (4 * part / (high - low) for part in plain_absolute(value, standard_error, population, z))
    return index, lower, upper


def plain_wagstaff(
    value: list[float], standard_error: list[float], population: list[float], z: float, low: float, high: float
) -> Triple:
    """Wagstaff's index; its gradient by differences, which needs no calculus."""
    index = _wagstaff(value, population, low, high)
    variance = 0.0
    for group, s in enumerate(standard_error):
        step = 1e-5 * (high - low)
        above, below = value.copy(), value.copy()
        above[group] += step
        below[group] -= step
        gradient = (_wagstaff(above, population, low, high) - _wagstaff(below, population, low, high)) / (2 * step)
        variance += (gradient * s) ** 2
    return index, index - z * sqrt(variance), index + z * sqrt(variance)


def _wagstaff(value: list[float], population: list[float], low: float, high: float) -> float:
    share, rank = _shares(population), plain_ranks(population)
    mean = sum(a * y for a, y in zip(share, value, strict=True))
    relative = 2 / mean * sum(a * b * y for a, b, y in zip(share, rank, value, strict=True)) - 1
    return relative * mean * (high - low) / ((high - mean) * (mean - low))


def _shares(population: list[float]) -> list[float]:
    return [n / sum(population) for n in population]
