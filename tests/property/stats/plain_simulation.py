"""The null of one setting drawn one number at a time, from Python's own generator."""

from collections.abc import Callable
from random import Random

from tests.property.stats.plain_dispersion import Numbers, mean_of


def null_upper_limit(
    measure: Callable[[Numbers, Numbers], float],
    value: Numbers,
    standard_error: Numbers,
    population: Numbers,
    *,
    draws: int,
    seed: int,
) -> float:
    """The 95th percentile of a measure of groups that all have the mean and differ by their noise alone."""
    random, mean = Random(seed), mean_of(value, population)  # noqa: S311 - for chance, not for secrets
    drawn = sorted(measure([random.gauss(mean, se) for se in standard_error], population) for _ in range(draws))
    return drawn[int(0.95 * draws)]


def permuted_upper_limit(
    measure: Callable[[Numbers, Numbers], float], events: int, population: list[int], *, draws: int, seed: int
) -> float:
    """The same of events dealt out among all people, each at most once."""
    random = Random(seed)  # noqa: S311 - for chance, not for secrets
    group_of_person = [group for group, people in enumerate(population) for _ in range(people)]
    drawn = []
    for _ in range(draws):
        dealt = random.sample(group_of_person, events)
        drawn.append(measure([dealt.count(group) / people for group, people in enumerate(population)], population))
    return sorted(drawn)[int(0.95 * draws)]
