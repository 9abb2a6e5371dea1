"""The paper of the second writer: shapes and words at fixed places, each with its own look.

Nothing on it depends on a style sheet, a font file or a script, so that word processors and typesetters draw it as
browsers do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from evenhand.charts.dots import KeyEntry
from evenhand.charts.fluid import path_through
from evenhand.charts.lettering import LETTER, in_lines
from evenhand.charts.shapes import Area, Band, Line, Point, Polyline, Role, Shape

WIDTH = 720
MARGIN = 24
SMALL = 13  # size of most of the text
LINE = 17
# Around each text of a page from right to left, so that "14 to 23" in another script is not read as "to 23 14".
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of the house and its type for labels, as any CSS colour and font-family list."""

    paper: str
    ink: str
    ink_2: str
    accent: str
    rule_strong: str
    rule: str
    font: str


class Sheet:
    """Is filled from the top down; ``y`` is where the next thing begins. Everything is turned for scripts that are
    read from right to left; whoever draws on it need not think of them."""

    def __init__(self, palette: Palette, *, right_to_left: bool) -> None:
        self.palette = palette
        self.right_to_left = right_to_left
        self.looks = _looks(palette)
        self.parts: list[str] = []
        self.y = float(MARGIN)

    def heading(self, title: str, subtitle: str) -> None:
        """Title and subtitle under the rule."""
        self.line(f'stroke="{self.palette.ink}" stroke-width="3"', MARGIN, WIDTH - MARGIN, self.y, self.y)
        self.y += 10
        self.paragraph(title, size=18, weight=700)
        self.paragraph(subtitle, size=14, fill=self.palette.ink_2)
        self.y += 12

    def key(self, entries: Iterable[KeyEntry]) -> None:
        """A sample of each mark, and beside it what it says."""
        for entry in entries:
            self.parts += self.shapes(entry.shapes, MARGIN, MARGIN + 52, 22)
            lines = wrap(entry.words, WIDTH - 2 * MARGIN - 76, SMALL)
            for index, line in enumerate(lines):
                self.text(line, MARGIN + 72, self.y + 15 + LINE * index, size=SMALL)
            self.y += LINE * len(lines) + 7
        self.y += 4

    def document(self, title: str, alternative: str, *, definitions: str = "") -> str:
        """Everything drawn so far as one SVG document."""
        direction = ' direction="rtl"' if self.right_to_left else ""
        height = round(self.y)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
            f'viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title desc" '
            f'font-family={quoteattr(self.palette.font)} font-size="{SMALL}" fill="{self.palette.ink}"{direction}>'
            f'<title id="title">{escape(title)}</title>'
            f'<desc id="desc">{escape(alternative)}</desc>'
            f'<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><path d="M0 0V8" stroke="{self.palette.rule_strong}"/></pattern>'
            f"{definitions}</defs>"
            f'<rect width="{WIDTH}" height="{height}" fill="{self.palette.paper}"/>'
            f"{''.join(self.parts)}</svg>\n"
        )

    def shapes(
        self, shapes: Iterable[Shape], start: float, end: float, height: float, *, cut_by: str = ""
    ) -> list[str]:
        """``shapes`` between ``start`` and ``end``, ``height`` high from where the sheet stands.

        ``cut_by``: the id of the clip path beyond which lines through many places are not seen.
        """
        parts: list[str] = []
        for (role, is_cut), neighbours in groupby(shapes, key=lambda shape: (shape.role, _has_many_places(shape))):
            alike = list(neighbours)
            look = self.looks[role] + (f' clip-path="url(#{cut_by})"' if is_cut and cut_by else "")
            each_look = f" {look}" if len(alike) == 1 else ""
            written = [self._shape(shape, start, end, height, each_look) for shape in alike]
            parts += written if each_look else [f"<g {look}>", *written, "</g>"]
        return parts

    def _shape(self, shape: Shape, start: float, end: float, height: float, look: str) -> str:
        def x(position: float) -> float:
            return self.place(start + position / 100 * (end - start))

        def y(position: float) -> float:
            return self.y + position / 100 * height

        match shape:
            case Line(_, x1, x2, y1, y2):
                return f'<path d="M{x(x1):.1f} {y(y1):.1f}L{x(x2):.1f} {y(y2):.1f}"{look}/>'
            case Band(_, from_y, share, from_x, width):
                left = min(x(from_x), x(from_x + width))
                return (
                    f'<rect x="{left:.1f}" y="{y(from_y):.1f}" width="{width / 100 * (end - start):.1f}" '
                    f'height="{share / 100 * height:.1f}"{look}/>'
                )
            case Point(role, at, height_at) if role in _RADII:
                return f'<circle cx="{x(at):.1f}" cy="{y(height_at):.1f}" r="{_RADII[role]}"{look}/>'
            case Point(role, at, height_at):
                turn = " scale(-1 1)" if self.right_to_left else ""
                place = f"translate({x(at):.1f} {y(height_at):.1f}){turn}"
                return f'<path transform="{place}" d="{_PATHS[role]}"{look}/>'
            case Polyline(_, places) | Area(_, places):
                through = path_through([(x(at), y(height_at)) for at, height_at in places], decimals=1)
                return f'<path d="{through}"{look}/>'
            case _:
                assert_never(shape)

    def place(self, x: float) -> float:
        """Where on the page a place stands that is ``x`` px from where reading begins."""
        return WIDTH - x if self.right_to_left else x

    def line(self, look: str, x1: float, x2: float, y1: float, y2: float) -> None:
        """A straight line with a look of its own."""
        self.parts.append(f'<path d="M{self.place(x1):.1f} {y1:.1f}L{self.place(x2):.1f} {y2:.1f}" {look}/>')

    def paragraph(self, words: str, *, size: int = SMALL, weight: int = 400, fill: str = "") -> None:
        """Words over the whole width."""
        for line in wrap(words, WIDTH - 2 * MARGIN, size):
            self.y += 1.35 * size
            self.text(line, MARGIN, self.y - 0.25 * size, size=size, weight=weight, fill=fill)

    def lines(
        self, lines: Sequence[str], x: float, middle: float, *, size: int, weight: int = 400, fill: str = ""
    ) -> None:
        """Lines of text whose block is centred so that a single line would stand on ``middle``."""
        for index, words in enumerate(lines):
            baseline = middle + LINE * (index - (len(lines) - 1) / 2)
            self.text(words, x, baseline, size=size, weight=weight, fill=fill)

    def text(
        self,
        words: str,
        x: float,
        y: float,
        *,
        size: int = SMALL,
        weight: int = 400,
        fill: str = "",
        anchor: str = "",
        halo: bool = False,
    ) -> None:
        """One line of words with its foot on ``y``; with a ``halo``, lines behind it do not cross it."""
        if not words:
            return
        bold = f' font-weight="{weight}"' if weight != 400 else ""
        anchored = f' text-anchor="{anchor}"' if anchor else ""
        colour = f' fill="{fill}"' if fill else ""
        height = f' font-size="{size}"' if size != SMALL else ""
        around = f' stroke="{self.palette.paper}" stroke-width="4" paint-order="stroke"' if halo else ""
        place = f'x="{self.place(x):.0f}" y="{y:.0f}"'
        if self.right_to_left:
            words = f"{_ISOLATE}{words}{_END_ISOLATE}"
        self.parts.append(f"<text {place}{height}{colour}{bold}{anchored}{around}>{escape(words)}</text>")


def _has_many_places(shape: Shape) -> bool:
    return isinstance(shape, Polyline | Area)


def wrap(words: str, width: float, size: int) -> list[str]:
    """``words`` in lines of at most ``width`` px, as far as their letters' usual width tells."""
    return list(in_lines(words, max(1, int(width / (LETTER * size)))))


_PATHS = {
    Role.DIAMOND: "M0-7.5 7.5 0 0 7.5-7.5 0z",
    Role.DIAMOND_OPEN: "M0-6.5 6.5 0 0 6.5-6.5 0z",
    Role.ONWARD: "M-7-6 1 0-7 6",
    Role.POINT_SPECIAL: "M0-7 7 0 0 7-7 0z",
    Role.POINT_NONE: "M0-5 5 0 0 5-5 0z",
    Role.GHOST: "M-4-4 4 4M-4 4 4-4",
    Role.FRAME: "M0-13 13 0 0 13-13 0z",
}
_RADII = {
    Role.DOT_CLAIM: "8.5",
    Role.DOT_OPEN: "7",
    Role.DOT_PLAIN: "5",
    Role.POINT: "3",
    Role.POINT_PATTERN: "4",
    Role.PLACE: "3.5",
    Role.PLACE_OPEN: "4.5",
    Role.PLACE_CLAIM: "5",
}


def _looks(palette: Palette) -> dict[Role, str]:
    """How each role is drawn, as attributes."""

    def stroke(colour: str, width: float, more: str = "") -> str:
        return f'fill="none" stroke="{colour}" stroke-width="{width:g}"{more}'

    def dashed(colour: str, width: float, dashes: str) -> str:
        return stroke(colour, width, f' stroke-dasharray="{dashes}"')

    def filled(fill: str, edge: str, width: float) -> str:
        return f'fill="{fill}" stroke="{edge}" stroke-width="{width:g}"'

    round_ends = ' stroke-linecap="round"'
    return {
        Role.GRID: stroke(palette.rule, 1),
        Role.REFERENCE: dashed(palette.ink, 1.5, "1.5 3"),
        Role.BAR: stroke(palette.rule_strong, 4, round_ends),
        Role.BAR_CLAIM: stroke(palette.accent, 4, round_ends),
        Role.ENDS: stroke(palette.rule_strong, 1.5),
        Role.ENDS_CLAIM: stroke(palette.accent, 1.5),
        Role.DOT_CLAIM: filled(palette.accent, palette.paper, 3),
        Role.DOT_OPEN: filled(palette.paper, palette.ink, 2.5),
        Role.DOT_PLAIN: filled(palette.ink, palette.paper, 2),
        Role.DIAMOND: filled(palette.ink, palette.paper, 3),
        Role.DIAMOND_OPEN: filled(palette.paper, palette.ink, 2),
        Role.HATCH: 'fill="url(#hatch)"',
        Role.HATCH_BOX: f'fill="url(#hatch)" stroke="{palette.rule_strong}"',
        Role.DASHED: dashed(palette.ink_2, 2, "6 5"),
        Role.DASHED_FINE: dashed(palette.ink_2, 2, "3 2"),
        Role.STOP: stroke(palette.ink_2, 2),
        Role.SHORT_DASH: stroke(palette.ink, 2.5),
        Role.ONWARD: stroke(palette.ink_2, 2),
        Role.WITHIN: f'fill="{palette.rule}" fill-opacity=".35"',
        Role.LIMIT: dashed(palette.rule_strong, 1.5, "5 4"),
        Role.LIMIT_VARYING: stroke(palette.rule_strong, 1),
        Role.LIMIT_OUTER: stroke(palette.rule_strong, 1),
        Role.LIMIT_INNER: dashed(palette.rule_strong, 1.5, "5 4"),
        Role.LIMIT_CHANCE: dashed(palette.rule_strong, 1.5, "1 3"),
        Role.CENTRE: stroke(palette.ink, 2),
        Role.TARGET: dashed(palette.accent, 1.5, "10 3 2 3"),
        Role.BREAK: dashed(palette.ink_2, 1, "2 3"),
        Role.JOINED: stroke(palette.ink_2, 1),
        Role.TICK_MARK: stroke(palette.ink_2, 1),
        Role.POINT: f'fill="{palette.ink}"',
        Role.POINT_PATTERN: filled(palette.paper, palette.accent, 2),
        Role.POINT_SPECIAL: filled(palette.accent, palette.paper, 2),
        Role.POINT_NONE: filled(palette.paper, palette.ink, 2),
        Role.GHOST: stroke(palette.rule_strong, 1.5),
        Role.PLACE: filled(palette.ink_2, palette.paper, 1),
        Role.PLACE_OPEN: filled(palette.paper, palette.accent, 2),
        Role.PLACE_CLAIM: filled(palette.accent, palette.paper, 1),
        Role.FRAME: stroke(palette.ink, 2),
        Role.LEADER: stroke(palette.ink, 1),
    }
