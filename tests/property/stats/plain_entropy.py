"""Theil's T and the mean log deviation of one setting, from the formulas; not in thousandths."""

from collections.abc import Callable, Hashable, Sequence
from math import log

from tests.property.stats.plain_dispersion import Numbers, mean_of, shares


def theil(value: Numbers, population: Numbers) -> float:
    mean = mean_of(value, population)
    relative = [y / mean for y in value]
    return sum(p * r * log(r) for p, r in zip(shares(population), relative, strict=True) if r > 0)


def mean_log_deviation(value: Numbers, population: Numbers) -> float:
    mean = mean_of(value, population)
    return sum(p * -log(y / mean) for p, y in zip(shares(population), value, strict=True))


def theil_between_and_within(value: Numbers, population: Numbers, larger: Sequence[Hashable]) -> tuple[float, float]:
    """Σ P(μ_k/μ)·ln(μ_k/μ) and Σ P(μ_k/μ)·T_k over the larger groups k that have anybody."""
    mean, everybody = mean_of(value, population), sum(population)
    between = within = 0.0
    for name in set(larger):
        places = [i for i, of in enumerate(larger) if of == name and population[i] > 0]
        values, people = [value[i] for i in places], [population[i] for i in places]
        if people and mean_of(values, people) > 0:
            share, relative = sum(people) / everybody, mean_of(values, people) / mean
            between += share * relative * log(relative)
            within += share * relative * theil(values, people)
    return between, within


def second_order_bias(
    measure: Callable[[Numbers, Numbers], float], value: Numbers, standard_error: Numbers, population: Numbers
) -> float:
    """½Σ f''_i·se_i², the second derivatives by differences of the values."""
    total = 0.0
    for i, se in enumerate(standard_error):
        step = 1e-4 * value[i]
        moved = [[y + sign * step * (j == i) for j, y in enumerate(value)] for sign in (-1, 0, 1)]
        below, here, above = (measure(values, population) for values in moved)
        total += (above - 2 * here + below) / step**2 * se**2 / 2
    return total


def delta_variance(
    measure: Callable[[Numbers, Numbers], float], value: Numbers, standard_error: Numbers, population: Numbers
) -> float:
    """Σ f'_i²·se_i², the first derivatives by differences of the values."""
    total = 0.0
    for i, se in enumerate(standard_error):
        step = 1e-5 * value[i]
        above, below = (
            measure([y + sign * step * (j == i) for j, y in enumerate(value)], population) for sign in (1, -1)
        )
        total += ((above - below) / (2 * step)) ** 2 * se**2
    return total
