"""How each kind of figure is drawn. Shape and fill tell the kinds apart, never colour alone."""

import math
from dataclasses import dataclass
from enum import StrEnum

from evenhand.charts.scale import Scale
from evenhand.charts.shapes import Band, Line, Point, Role, Shape


class MarkKind(StrEnum):
    """What a mark says, in the order in which a key explains the kinds."""

    CLAIM = "claim"  # different from the comparison group by more than chance and rounding explain
    CANNOT_TELL = "cannot_tell"
    PLAIN = "plain"  # a figure that is compared with nothing
    COMPARATOR = "comparator"
    POSSIBLE = "possible"  # everything that could be true of a quantity nobody recorded: a range without a point
    HIDDEN = "hidden"
    NOT_RECORDED = "not_recorded"
    NONE = "none"  # counted, and there were none
    DOES_NOT_APPLY = "does_not_apply"


_WITH_A_RANGE = {MarkKind.CLAIM, MarkKind.CANNOT_TELL, MarkKind.PLAIN, MarkKind.COMPARATOR, MarkKind.NONE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One figure to draw, in the unit of its scale.

    Attributes:
        value: where the point stands; None for the kinds that have no point.
        lower, upper: the range from chance; ``nan`` when the method gives none. For POSSIBLE, the whole range.
        lower_with_rounding, upper_with_rounding: the same with the rounding of published counts allowed for; left
            out, they are ``lower`` and ``upper``.
    """

    kind: MarkKind
    value: float | None = None
    lower: float = math.nan
    upper: float = math.nan
    lower_with_rounding: float = math.nan
    upper_with_rounding: float = math.nan

    def __post_init__(self) -> None:
        if (self.kind in _WITH_A_RANGE) != (self.value is not None):
            raise ValueError(f"a mark has a point exactly when its kind has one: found {self.kind}, {self.value}")

    @property
    def has_range(self) -> bool:
        """Whether there is a bar to draw."""
        return not (math.isnan(self.lower) or math.isnan(self.upper))

    @property
    def reaches_from(self) -> float:
        """The lower end of everything that is drawn as a range."""
        return self.lower if math.isnan(self.lower_with_rounding) else min(self.lower, self.lower_with_rounding)

    @property
    def reaches_to(self) -> float:
        """The upper end of everything that is drawn as a range."""
        return self.upper if math.isnan(self.upper_with_rounding) else max(self.upper, self.upper_with_rounding)

    @property
    def has_ends_from_rounding(self) -> bool:
        """Whether rounding makes the range visibly longer than chance alone does."""
        return self.has_range and (self.reaches_from < self.lower or self.reaches_to > self.upper)


def draw(mark: Mark, scale: Scale) -> tuple[Shape, ...]:
    """The shapes of one mark, those that lie on top last."""
    match mark.kind:
        case MarkKind.HIDDEN:
            return (Band(Role.HATCH),)
        case MarkKind.NOT_RECORDED:
            return (Line(Role.DASHED, 0.0, 100.0),)
        case MarkKind.DOES_NOT_APPLY:
            return (Line(Role.SHORT_DASH, 0.0, 3.0),)
        case MarkKind.POSSIBLE:
            return _possible(mark, scale)
        case _:
            return (*_range(mark, scale), _point(mark, scale))


def _range(mark: Mark, scale: Scale) -> tuple[Shape, ...]:
    if not mark.has_range:
        return ()
    claim = mark.kind is MarkKind.CLAIM
    bar = Line(Role.BAR_CLAIM if claim else Role.BAR, scale.position(mark.lower), scale.position(mark.upper))
    shapes: tuple[Shape, ...] = (bar,)
    if mark.has_ends_from_rounding:
        ends = Role.ENDS_CLAIM if claim else Role.ENDS
        shapes = (Line(ends, scale.position(mark.reaches_from), scale.position(mark.reaches_to)), bar)
    if scale.ends_before(mark.reaches_to):
        shapes += (Point(Role.ONWARD, 100.0),)
    return shapes


_POINTS = {
    MarkKind.CLAIM: Role.DOT_CLAIM,
    MarkKind.CANNOT_TELL: Role.DOT_OPEN,
    MarkKind.PLAIN: Role.DOT_PLAIN,
    MarkKind.COMPARATOR: Role.DIAMOND,
    MarkKind.NONE: Role.DIAMOND_OPEN,
}


def _point(mark: Mark, scale: Scale) -> Shape:
    assert mark.value is not None  # noqa: S101 (Mark refuses a kind with a point but no value)
    return Point(_POINTS[mark.kind], scale.position(mark.value))


def _possible(mark: Mark, scale: Scale) -> tuple[Shape, ...]:
    start, end = scale.position(mark.lower), scale.position(mark.upper)
    beyond = scale.ends_before(mark.upper)
    last: Shape = Point(Role.ONWARD, 100.0) if beyond else Line(Role.STOP, end, end, 30.0, 70.0)
    return (Line(Role.DASHED, start, end), Line(Role.STOP, start, start, 30.0, 70.0), last)


def backdrop(scale: Scale, reference: float | None) -> tuple[Shape, ...]:
    """Grid lines at the ticks and the dotted reference line, from edge to edge of a row so that rows join up."""
    grid = tuple(
        Line(Role.GRID, x, x, 0.0, 100.0) for x in (scale.position(tick) for tick in scale.ticks if tick != reference)
    )
    if reference is None:
        return grid
    x = scale.position(reference)
    return (*grid, Line(Role.REFERENCE, x, x, 0.0, 100.0))
