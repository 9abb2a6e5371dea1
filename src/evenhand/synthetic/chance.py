"""Chance that falls the same way everywhere: drawn from ``random()`` alone, whose sequence Python promises to keep."""

from math import exp
from random import Random


def poisson(mean: float, chance: Random) -> int:
    """A Poisson count by multiplying uniform numbers, in steps small enough for e^-mean to stay a number."""
    if mean > 100:
        return poisson(100, chance) + poisson(mean - 100, chance)
    limit, product, count = exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def around_one(spread: float, chance: Random) -> float:
    """A factor of mean 1 and standard deviation ``spread``, bell-shaped: twelve uniform numbers added up.

    It lies within six times ``spread`` of 1, and so above 0 while ``spread`` is below a sixth.
    """
    return 1 + spread * (sum(chance.random() for _ in range(12)) - 6)
