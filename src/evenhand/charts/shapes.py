"""What a drawing is made of. x and y are per cent of the plot (x from where reading begins); sizes are the writer's."""

from dataclasses import dataclass
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
    DASHED = "dashed"
    STOP = "stop"
    SHORT_DASH = "short dash"
    ONWARD = "onward"


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
    """A dot, a diamond or an arrow-head at half height; its size belongs to its role."""

    role: Role
    x: float


@dataclass(frozen=True, slots=True)
class Band:
    """A hatched band over the whole scale. Its length says nothing, so it has none of its own."""

    role: Role
    y: float = 28.0
    height: float = 44.0


Shape = Line | Point | Band


def mirrored(shape: Shape) -> Shape:
    """The same shape for a script that runs from right to left."""
    match shape:
        case Line(role, x1, x2, y1, y2):
            return Line(role, 100 - x2, 100 - x1, y2, y1)
        case Point(role, x):
            return Point(role, 100 - x)
        case Band():
            return shape
        case _:
            assert_never(shape)
