"""People of unknown ethnicity, given to groups in every way there is, one after the other."""

from collections.abc import Callable, Iterator
from math import inf, isnan, nan

from evenhand.stats.estimates import RATIO, Estimate
from evenhand.stats.intervals import Interval
from evenhand.stats.references import ReferenceKind

Level = tuple[int, int]
"""Events, and the people or days they are of."""

Union = tuple[float, float, float, float]
"""The smallest and the largest value over all ways, the smallest lower and the largest upper limit."""


def shares_of(count: int, *, elsewhere: bool) -> Iterator[tuple[int, int]]:
    """How many of ``count`` the group and its reference are given; the rest go to nobody, where there is a third."""
    for to_group in range(count + 1):
        for to_reference in range(count - to_group + 1):
            if elsewhere or to_group + to_reference == count:
                yield to_group, to_reference


def ways_of_rates(
    group: Level, reference: Level, unknown: Level, *, elsewhere: bool
) -> Iterator[tuple[int, int, int, int]]:
    """Each unknown event and each unknown day goes its own way."""
    for events, reference_events in shares_of(unknown[0], elsewhere=elsewhere):
        for days, reference_days in shares_of(unknown[1], elsewhere=elsewhere):
            yield group[0] + events, group[1] + days, reference[0] + reference_events, reference[1] + reference_days


def ways_of_proportions(
    group: Level, reference: Level, unknown: Level, *, elsewhere: bool
) -> Iterator[tuple[int, int, int, int]]:
    """Each unknown person goes with the event they had or had not."""
    for with_it, reference_with in shares_of(unknown[0], elsewhere=elsewhere):
        for without, reference_without in shares_of(unknown[1] - unknown[0], elsewhere=elsewhere):
            yield (
                group[0] + with_it,
                group[1] + with_it + without,
                reference[0] + reference_with,
                reference[1] + reference_with + reference_without,
            )


def union(estimates: Iterator[Estimate]) -> Union:
    found = list(estimates)
    values = [one.value for one in found if not isnan(one.value)]
    return (
        min(values, default=nan),
        max(values, default=nan),
        min(one.interval.lower for one in found),
        max(one.interval.upper for one in found),
    )


def gap(compare: Callable[..., Estimate], way: tuple[int, int, int, int], kind: ReferenceKind) -> Estimate:
    """The gap to the reference, or with the population average the gap to everybody together."""
    found = compare(*way)
    if kind is not ReferenceKind.POPULATION_AVERAGE:
        return found
    w = way[1] / (way[1] + way[3])
    everybody = w * found.numerator + (1 - w) * found.denominator

    def turned(figure: float) -> float:
        """The figure that the group's level would have to the average, were it so to the others."""
        if found.unit != RATIO:
            return (1 - w) * figure
        return 1 / w if figure == inf else figure / (w * figure + 1 - w)

    if found.unit == RATIO:
        value = found.numerator / everybody if everybody > 0 else nan
    else:
        value = found.numerator - everybody
    return Estimate(
        value=value,
        interval=Interval(turned(found.interval.lower), turned(found.interval.upper)),
        numerator=found.numerator,
        denominator=everybody,
        unit=found.unit,
        confidence=found.confidence,
        method=found.method,
    )


def shared_out_as_the_known(known: list[float], unknown: float) -> list[float]:
    """Each group's count with the share of the unknown that it has of the known."""
    return [count + unknown * count / sum(known) if unknown else count for count in known]


def shared_out_as_the_population(counts: list[float], unknown: float, population: list[float]) -> list[float]:
    return [count + unknown * people / sum(population) for count, people in zip(counts, population, strict=True)]
