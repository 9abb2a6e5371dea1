"""Control charts in plain Python, written from the formulas: loops over points and windows, and nothing clever."""

from itertools import pairwise
from math import ceil, floor, isnan, log, sqrt
from statistics import NormalDist

BELOW, ABOVE = ("below", "above")


def base_points(
    values: list[float], ghosts: set[int], recalculations: set[int], baseline: int | None
) -> list[list[int]]:
    """For each partition the places of the points that set its limits."""
    partitions: list[list[int]] = [[]]
    for place, value in enumerate(values):
        if place in recalculations and place > 0:
            partitions.append([])
        if not isnan(value) and place not in ghosts:
            partitions[-1].append(place)
    if baseline is not None:
        counted = [place for places in partitions for place in places]
        inside = set(counted[:baseline])
        partitions = [
            [place for place in places if place in inside] if set(places) & inside else places for places in partitions
        ]
    return partitions


def partition_of(size: int, recalculations: set[int]) -> list[int]:
    number, numbers = 0, []
    for place in range(size):
        number += place in recalculations and place > 0
        numbers.append(number)
    return numbers


def mean_moving_range(
    numbers: list[float], base: list[int], ghosts: set[int], *, across_gaps: bool, screen: bool
) -> float | None:
    """Of the points of one partition that set its limits; None where no two of them are neighbours."""
    ranges = []
    for before, after in pairwise(base):
        gap = any(isnan(numbers[place]) and place not in ghosts for place in range(before, after))
        if across_gaps or not gap:
            ranges.append(abs(numbers[after] - numbers[before]))
    if not ranges:
        return None
    mean = sum(ranges) / len(ranges)
    if screen:
        kept = [one for one in ranges if one <= 3.267 * mean]
        mean = sum(kept) / len(kept)
    return mean


def xmr_centre_and_reach(
    values: list[float], base: list[int], ghosts: set[int], *, across_gaps: bool, screen: bool, minimum: int
) -> tuple[float, float] | None:
    """The line of one partition, and how far its limits lie from it."""
    if len(base) < minimum:
        return None
    mean_range = mean_moving_range(values, base, ghosts, across_gaps=across_gaps, screen=screen)
    if mean_range is None or (mean_range == 0 and len({values[place] for place in base}) > 1):
        return None
    return sum(values[place] for place in base) / len(base), 2.66 * mean_range


def attribute_lines(
    events: list[float],
    population: list[float],
    base: list[int],
    *,
    share: bool,
    laney: bool,
    minimum: int,
) -> list[tuple[float, float, float] | None]:
    """Lower limit, line and upper limit at each point of a series of one partition without ghosts."""
    if len(base) < minimum:
        return [None] * len(events)
    centre = sum(events[place] for place in base) / sum(population[place] for place in base)
    spread = sqrt(centre * (1 - centre)) if share else sqrt(centre)
    factor = 1.0
    if laney:
        z = [
            (x / n - centre) / (spread / sqrt(n)) if spread > 0 and n > 0 else (0.0 if n > 0 else float("nan"))
            for x, n in zip(events, population, strict=True)
        ]
        mean_range = mean_moving_range(z, base, set(), across_gaps=False, screen=False)
        if mean_range is None:
            return [None] * len(events)
        factor = mean_range / 1.128
    lines: list[tuple[float, float, float] | None] = []
    for n in population:
        if not n > 0:
            lines.append(None)
            continue
        reach = 3 * factor * spread / sqrt(n)
        lines.append((max(0.0, centre - reach), centre, min(1.0, centre + reach) if share else centre + reach))
    return lines


def geometric_quantile_lines(mean: float) -> list[float]:
    """The seven lines by counting up the distribution, one number of cases after the other."""
    q = mean / (1 + mean)
    lines = []
    for sigma in (-3, -2, -1, 0, 1, 2, 3):
        chance = NormalDist().cdf(sigma)
        if sigma < 0:  # the largest k with P(G < k) ≤ chance
            lines.append(float(floor(log(1 - chance) / log(q) + 1e-9)) if q > 0 else 0.0)
        else:  # the smallest k with P(G > k) ≤ 1 - chance
            lines.append(max(0.0, float(ceil(log(1 - chance) / log(q) - 1e-9) - 1)) if q > 0 else 0.0)
    return lines


def broken(
    values: list[float],
    lines: list[list[float]],
    counted: list[bool],
    partition: list[int],
    stretch: list[int],
    shift: int,
    trend: int,
) -> list[set[str]]:
    """For each point the names of the rules that it breaks; looks at every window of points in turn."""
    found: list[set[str]] = [set() for _ in values]
    points = [place for place, is_counted in enumerate(counted) if is_counted]

    def side(place: int) -> str:
        line = lines[3][place]
        return ABOVE if values[place] > line else BELOW if values[place] < line else ""

    def close(place: int) -> str:
        if lines[5][place] < values[place] <= lines[6][place]:
            return ABOVE
        return BELOW if lines[0][place] <= values[place] < lines[1][place] else ""

    for place in points:
        if values[place] > lines[6][place]:
            found[place].add("above limit")
        if values[place] < lines[0][place]:
            found[place].add("below limit")
    for start in range(len(points)):
        window = points[start : start + shift]
        together = len({(partition[place], stretch[place]) for place in window}) == 1
        if len(window) == shift and together and len({side(place) for place in window}) == 1 and side(window[0]):
            for place in window:
                found[place].add(f"shift {side(window[0])}")
        window = points[start : start + 3]
        together = len({(partition[place], stretch[place]) for place in window}) == 1
        for which in (ABOVE, BELOW):
            if len(window) == 3 and together and all(side(place) == which for place in window):
                near = [place for place in window if close(place) == which]
                if len(near) >= 2:
                    for place in near:
                        found[place].add(f"two of three {which}")
        window = points[start : start + trend]
        if len(window) == trend and len({stretch[place] for place in window}) == 1:
            steps = [values[b] - values[a] for a, b in pairwise(window)]
            for name, all_so in (("rising", all(s > 0 for s in steps)), ("falling", all(s < 0 for s in steps))):
                if all_so:
                    for place in window:
                        found[place].add(name)
    return [set() if isnan(lines[6][place]) else rules for place, rules in enumerate(found)]
