"""The ground of a control chart: the band, the lines and the points of a series, as shapes."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from evenhand.charts.plane import Level, across, height_at
from evenhand.charts.readings import POINTS, Break, Reading, ReadingKind
from evenhand.charts.scale import Scale
from evenhand.charts.shapes import Area, Band, Line, Place, Point, Polyline, Role, Shape


def middle_of(index: float, readings: Sequence[Reading]) -> float:
    """The middle of the strip of the ground that belongs to a reading, in per cent."""
    return 100 * (index + 0.5) / len(readings)


def between_the_scales(
    readings: Sequence[Reading], scale: Scale, breaks: Sequence[Break], target: Level | None
) -> Iterator[Shape]:
    """Everything between the scales, what lies on top last."""
    yield from (across(scale, tick, Role.GRID) for tick in scale.ticks)
    parts = tuple(_parts(len(readings), breaks))
    for part in parts:
        yield from _within(readings, scale, part)
    for part in parts:
        for levels in _levels(readings, part, lambda reading: reading.lower, lambda reading: reading.upper):
            steps = _steps(levels, len(readings), scale)
            yield Polyline(Role.LIMIT if len(steps) == 2 else Role.LIMIT_VARYING, steps)
    for part in parts:
        for levels in _levels(readings, part, lambda reading: reading.centre):
            yield Polyline(Role.CENTRE, _steps(levels, len(readings), scale))
    if target is not None and scale.lower <= target.value <= scale.upper:
        yield across(scale, target.value, Role.TARGET)
    yield from (Line(Role.BREAK, x, x, 0.0, 100.0) for x in (middle_of(each.before - 0.5, readings) for each in breaks))
    yield from _joined(readings, scale)
    points = [(index, each.kind, each.number) for index, each in enumerate(readings) if each.number is not None]
    for index, kind, number in sorted(points, key=lambda point: list(POINTS).index(point[1]), reverse=True):
        yield Point(POINTS[kind], middle_of(index, readings), height_at(scale, number))


def _parts(count: int, breaks: Sequence[Break]) -> Iterator[range]:
    """The readings between two breaks."""
    edges = [0, *sorted({each.before for each in breaks}), count]
    return (range(start, end) for start, end in pairwise(edges))


def _levels(
    readings: Sequence[Reading], part: range, *lines: Callable[[Reading], float]
) -> Iterator[list[tuple[int, float]]]:
    """For each of ``lines``, the stretches of neighbours in a part that all have a level, as (index, level)."""
    for level in lines:
        for missing, stretch in groupby(part, key=lambda index: not math.isfinite(level(readings[index]))):
            if not missing:
                yield [(index, level(readings[index])) for index in stretch]


def _steps(levels: Sequence[tuple[int, float]], count: int, scale: Scale) -> tuple[tuple[float, float], ...]:
    """A line that keeps one height over the strip of each reading, through its corners."""
    corners: list[tuple[float, float]] = []
    for value, strips in groupby(levels, key=lambda level: level[1]):
        indices = [index for index, _value in strips]
        height = height_at(scale, value)
        corners += [(100 * indices[0] / count, height), (100 * (indices[-1] + 1) / count, height)]
    return tuple(corners)


def _within(readings: Sequence[Reading], scale: Scale, part: range) -> Iterator[Area]:
    """The shaded bands of one part. A limit that does not exist bounds nothing: the band goes on to the edge."""
    for limited, strip in groupby(part, key=lambda index: readings[index].has_limits):
        if limited:
            indices = list(strip)
            upper = [(index, _or(readings[index].upper, scale.upper)) for index in indices]
            lower = [(index, _or(readings[index].lower, scale.lower)) for index in indices]
            top, bottom = _steps(upper, len(readings), scale), _steps(lower, len(readings), scale)
            yield Area(Role.WITHIN, (*top, *reversed(bottom)))


def _or(value: float, otherwise: float) -> float:
    return value if math.isfinite(value) else otherwise


def _joined(readings: Sequence[Reading], scale: Scale) -> Iterator[Polyline]:
    """Lines between neighbours. They pass by what is left out of the limits, and break where there is no value."""
    drawn = [(index, each.number) for index, each in enumerate(readings) if each.kind is not ReadingKind.GHOSTED]
    for missing, stretch in groupby(drawn, key=lambda place: place[1] is None):
        places = tuple((middle_of(index, readings), height_at(scale, number or 0.0)) for index, number in stretch)
        if not missing and len(places) > 1:
            yield Polyline(Role.JOINED, places)


def below_the_scale(readings: Sequence[Reading]) -> Iterator[Shape]:
    """Marks for the periods without a figure. They stand below the scale, so that none is read as nought."""
    count = len(readings)
    for kind, together in groupby(enumerate(readings), key=lambda place: place[1].kind):
        indices = [index for index, _reading in together]
        start, end = 100 * indices[0] / count, 100 * (indices[-1] + 1) / count
        if kind is ReadingKind.HIDDEN:
            yield Band(Role.HATCH_BOX, 10.0, 80.0, start, end - start)
        elif kind is ReadingKind.NOT_RECORDED:
            yield Line(Role.DASHED_FINE, start, end)
        elif kind is ReadingKind.DOES_NOT_APPLY:
            middle, reach = (start + end) / 2, 30 / count  # one dash however long it lasts: two would look dashed
            yield Line(Role.SHORT_DASH, middle - reach, middle + reach)


def special_places(readings: Sequence[Reading], scale: Scale) -> tuple[Place, ...]:
    """Where the marks stand that no words may cover."""
    return tuple(
        (middle_of(index, readings), height_at(scale, reading.number))
        for index, reading in enumerate(readings)
        if reading.kind is ReadingKind.SPECIAL and reading.number is not None
    )
