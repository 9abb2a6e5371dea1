"""Shapes as the inside of an ``<svg>`` without a viewBox: it fills its cell and stretches no stroke and no letter."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import assert_never
from xml.sax.saxutils import escape

from evenhand.charts.shapes import Area, Band, Line, Place, Point, Polyline, Role, Shape, mirrored


class Markup(str):
    """Text that is finished markup: template engines that honour ``__html__`` do not escape it again.

    Only this package makes it, out of numbers, roles and words that it has escaped.
    """

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


_PATHS = {
    Role.DIAMOND: "M0-8 8 0 0 8-8 0z",
    Role.DIAMOND_OPEN: "M0-7 7 0 0 7-7 0z",
    Role.ONWARD: "M-7-6 1 0-7 6",
    Role.POINT_SPECIAL: "M0-8 8 0 0 8-8 0z",
    Role.POINT_NONE: "M0-5 5 0 0 5-5 0z",
    Role.GHOST: "M-4-4 4 4M-4 4 4-4",
    Role.FRAME: "M0-14 14 0 0 14-14 0z",
}
_RADII = {
    Role.DOT_CLAIM: "9",
    Role.DOT_OPEN: "7.5",
    Role.DOT_PLAIN: "5.5",
    Role.POINT: "3",
    Role.POINT_PATTERN: "4.5",
    Role.PLACE: "4",
    Role.PLACE_OPEN: "5",
    Role.PLACE_CLAIM: "5.5",
}


_STRETCHED = '<svg class="stretched" viewBox="0 0 100 100" preserveAspectRatio="none">'


def fragment(shapes: Sequence[Shape], *, hatch: str, right_to_left: bool = False) -> Markup:
    """The shapes in order. ``hatch`` is the id of the page's pattern for hidden bands (see :func:`hatching`).

    Lines through many places cannot be written in per cent. They stand in a drawing of their own that is stretched to
    the plot and cut at its edges; the style sheet keeps their strokes from being stretched with it.
    """
    placed = (mirrored(shape) for shape in shapes) if right_to_left else shapes
    parts: list[str] = []
    for stretched, together in groupby(placed, key=lambda shape: isinstance(shape, Polyline | Area)):
        written = "".join(_write(shape, hatch=hatch, right_to_left=right_to_left) for shape in together)
        parts.append(f"{_STRETCHED}{written}</svg>" if stretched else written)
    return Markup("".join(parts))


def hatching(identifier: str) -> Markup:
    """The pattern that hidden bands are filled with; written once for a chart."""
    return Markup(
        f'<defs><pattern id="{identifier}" width="8" height="8" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><line class="hatch-line" x1="0" x2="0" y1="0" y2="8"/></pattern></defs>'
    )


def axis_text(x: float, words: str, *, role: str, room: float, right_to_left: bool = False) -> Markup:
    """Words on the axis, centred on ``x`` (per cent).

    ``room`` is what they need on either side, in per cent of a narrow plot: nearer to an end than that they are marked
    ``first`` or ``last``, and a style sheet can hold them inside.
    """
    place = 100 - x if right_to_left else x
    # "first" is where reading begins, in either direction: text-anchor follows the direction of the script.
    end = " first" if x < room else " last" if x > 100 - room else ""
    return Markup(
        f'<text class="{role}{end}" x="{_number(place)}%" y="1em" text-anchor="middle">{escape(words)}</text>'
    )


def words_at(x: float, y: float, lines: Sequence[str], *, role: str, anchor: str, drop: float) -> str:
    """Lines of words at a place (per cent), their first foot ``drop`` ems below it, ``anchor`` in reading direction."""
    place = f'class="{role}" x="{_number(x)}%" y="{_number(y)}%" dy="{_number(drop)}em" text-anchor="{anchor}"'
    first, *further = (escape(line) for line in lines)
    spans = "".join(f'<tspan x="{_number(x)}%" dy="1.25em">{line}</tspan>' for line in further)
    return f"<text {place}>{first}{spans}</text>"


def foot_line(x: float, *, right_to_left: bool = False) -> Markup:
    """The end of a reference line, between the last row and its name under the numbers of the axis."""
    place = _number(100 - x if right_to_left else x)
    return Markup(f'<line class="{Role.REFERENCE}" x1="{place}%" x2="{place}%" y2="1.7em"/>')


def _write(shape: Shape, *, hatch: str, right_to_left: bool) -> str:
    match shape:
        case Line(role, x1, x2, y1, y2):
            x1_, x2_, y1_, y2_ = (_number(part) for part in (x1, x2, y1, y2))
            return f'<line class="{role}" x1="{x1_}%" x2="{x2_}%" y1="{y1_}%" y2="{y2_}%"/>'
        case Band(role, y, height, x, width):
            start = f'x="{_number(x)}%" ' if x else ""
            place = f'{start}y="{_number(y)}%" width="{_number(width)}%" height="{_number(height)}%"'
            return f'<rect class="{role}" {place} fill="url(#{hatch})"/>'
        case Point(role, x, y) if role in _RADII:
            return f'<circle class="{role}" cx="{_number(x)}%" cy="{_number(y)}%" r="{_RADII[role]}"/>'
        case Point(role, x, y):
            turned = ' transform="scale(-1 1)"' if right_to_left and role is Role.ONWARD else ""
            path = f'<path class="{role}" d="{_PATHS[role]}"{turned}/>'
            return f'<svg x="{_number(x)}%" y="{_number(y)}%" overflow="visible">{path}</svg>'
        case Polyline(role, places):
            return f'<path class="{role}" d="{path_through(places)}"/>'
        case Area(role, places):
            return f'<path class="{role}" d="{path_through(places)}z"/>'
        case _:
            assert_never(shape)


def path_through(places: Sequence[Place], *, decimals: int = 2) -> str:
    """The commands of a path through ``places``; level and upright pieces, of which steps are made, in short."""
    written = [(_number(x, decimals), _number(y, decimals)) for x, y in places]
    parts = [f"M{' '.join(written[0])}"]
    for (last_x, last_y), (x, y) in pairwise(written):
        parts.append(f"H{x}" if y == last_y else f"V{y}" if x == last_x else f"L{x} {y}")
    return "".join(parts)


def _number(value: float, decimals: int = 2) -> str:
    """Two decimals of a per cent: a hundredth of a pixel on the widest page."""
    return f"{value:.{decimals}f}".rstrip("0").rstrip(".")
