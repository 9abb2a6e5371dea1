"""How often intervals hold the truth, simulated: the scenarios of the coverage tests, and a page's."""

import numpy as np

from evenhand.stats.intervals import FloatArray, IntervalArray

# A standard of 19 ages; a young group and an old one; a risk that triples over the ages. Shapes, not real populations.
AGES = np.arange(19)
STANDARD = np.array([5, 5.5, 5.5, 5.5, 6, 6, 6.5, 7, 7, 7, 7, 6.5, 6, 5.5, 5, 4, 2.5, 1.5, 1]) * 1_000
YOUNG = np.exp(-(((AGES - 5) / 6) ** 2))
OLD = np.exp(-(((AGES - 10) / 8) ** 2))
RISK = 1 + AGES / 9


def population(ages: FloatArray, expected: float, risk: FloatArray = RISK) -> FloatArray:
    """People by age, so many that this number of events is expected among them at this risk per 10,000."""
    return np.asarray(ages * expected / (ages @ risk) * 10_000)


def standardised(risk: FloatArray) -> float:
    """The true standardised rate per person."""
    return float(STANDARD @ risk / STANDARD.sum() / 10_000)


def draws(population: FloatArray, risk: FloatArray, number: int, seed: int) -> FloatArray:
    """Numbers of events by age, draws × ages."""
    random = np.random.default_rng(seed)
    return random.poisson(population * risk / 10_000, (number, len(population))).astype(np.float64)


def coverage(interval: IntervalArray, truth: float) -> float:
    """How often the interval holds the truth; one that does not exist holds nothing."""
    return float(((interval.lower <= truth) & (truth <= interval.upper)).mean())
