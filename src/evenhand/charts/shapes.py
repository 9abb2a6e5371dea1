"""What a drawing is made of. x and y are per cent of the plot (x from where reading begins); sizes are the writer's."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never


class Role(StrEnum):
    """What a shape stands for. The style sheet and the palette give each role its look; a shape has none of its own."""

    GRID = "grid"
    REFERENCE = "reference"
    BAR = "bar"
    BAR_CLAIM = "bar claim"
    ENDS = "ends"  # what rounding adds to a range
    ENDS_CLAIM = "ends claim"
    DOT_CLAIM = "dot claim"
    DOT_OPEN = "dot open"
    DOT_PLAIN = "dot plain"
    DIAMOND = "diamond"
    DIAMOND_OPEN = "diamond open"
    HATCH = "hatch"
    HATCH_BOX = "hatch box"
    DASHED = "dashed"
    DASHED_FINE = "dashed fine"  # where a mark is short
    STOP = "stop"
    SHORT_DASH = "short dash"
    ONWARD = "onward"
    # Charts with two scales: a series in time, or places by their size.
    WITHIN = "within"  # where chance alone would put nearly everything
    LIMIT = "limit"
    LIMIT_VARYING = "limit varying"  # another at each reading
    LIMIT_OUTER = "limit outer"
    LIMIT_INNER = "limit inner"
    LIMIT_CHANCE = "limit chance"  # before differences between places are allowed for
    CENTRE = "centre"
    TARGET = "target"
    BREAK = "break"  # from here on another level
    JOINED = "joined"  # from one value of a series to the next
    TICK_MARK = "tick-mark"
    POINT = "point"
    POINT_PATTERN = "point pattern"
    POINT_SPECIAL = "diamond special"
    POINT_NONE = "diamond open small"
    GHOST = "ghost"
    PLACE = "place"
    PLACE_OPEN = "place open"
    PLACE_CLAIM = "place claim"
    FRAME = "frame"  # around the place that a page is about
    LEADER = "leader"  # from its name to its point


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line between two places of the plot."""

    role: Role
    x1: float
    x2: float
    y1: float = 50.0
    y2: float = 50.0


@dataclass(frozen=True, slots=True)
class Point:
    """A dot, a diamond or an arrow-head, at half height unless said otherwise; its size belongs to its role."""

    role: Role
    x: float
    y: float = 50.0


@dataclass(frozen=True, slots=True)
class Band:
    """A hatched band. Over a whole scale its length says nothing, so it has none of its own unless it is given one."""

    role: Role
    y: float = 28.0
    height: float = 44.0
    x: float = 0.0
    width: float = 100.0


Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Polyline:
    """A line through places (x, y). What lies outside the plot is not seen."""

    role: Role
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A filled area within a line through places (x, y). What lies outside the plot is not seen."""

    role: Role
    places: tuple[Place, ...]


Shape = Line | Point | Band | Polyline | Area


def mirrored(shape: Shape) -> Shape:
    """The same shape for a script that runs from right to left."""
    match shape:
        case Line(role, x1, x2, y1, y2):
            return Line(role, 100 - x2, 100 - x1, y2, y1)
        case Point(role, x, y):
            return Point(role, 100 - x, y)
        case Band(x=x, width=width):
            return replace(shape, x=100 - x - width)
        case Polyline(places=places) | Area(places=places):
            return replace(shape, places=tuple((100 - x, y) for x, y in places))
        case _:
            assert_never(shape)
