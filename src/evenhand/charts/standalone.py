"""The second writer: one finished drawing of fixed width, for a download, a slide or a board paper.

Nothing in it depends on a style sheet, a font file or a script: every shape carries its own look, so that word
processors and typesetters draw it as browsers do.
"""

from dataclasses import dataclass
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from evenhand.charts.dots import DotChart, DrawnRow
from evenhand.charts.marks import backdrop, draw
from evenhand.charts.shapes import Area, Band, Line, Point, Polyline, Role, Shape

WIDTH = 720
_MARGIN = 24
_LABELS = 176  # width of the first column
_VALUES = 128  # width of the last
_PLOT_FROM = _MARGIN + _LABELS
_PLOT_TO = WIDTH - _MARGIN - _VALUES
_BESIDE = _PLOT_TO + 22
_ROW = 46
_SMALL = 13  # size of most of the text
_LINE = 17
# Around each text of a page from right to left, so that "14 to 23" in another script is not read as "to 23 14".
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_LETTER = 0.56  # width of a letter in ems, on the generous side: text set in advance may not run over


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


def standalone_svg(chart: DotChart, palette: Palette) -> str:
    """The chart as an SVG document, 720 px wide, with its title and text alternative inside."""
    page = _Page(chart, palette)
    page.heading()
    page.axis()
    page.rows()
    page.foot()
    return page.document()


class _Page:
    """Draws from the top down; ``y`` is where the next thing begins."""

    def __init__(self, chart: DotChart, palette: Palette) -> None:
        self.chart = chart
        self.palette = palette
        self.looks = _looks(palette)
        self.parts: list[str] = []
        self.y = float(_MARGIN)

    def heading(self) -> None:
        """Title and subtitle under the rule."""
        self._line(f'stroke="{self.palette.ink}" stroke-width="3"', _MARGIN, WIDTH - _MARGIN, self.y, self.y)
        self.y += 10
        self._paragraph(self.chart.words.title, size=18, weight=700)
        self._paragraph(self.chart.words.subtitle, size=14, fill=self.palette.ink_2)
        self.y += 12

    def axis(self) -> None:
        """Headings of the columns, and the numbers of the scale."""
        top = self.y
        label_lines = _wrap(self.chart.words.label_heading, _LABELS - 16, _SMALL)
        value_lines = _wrap(self.chart.words.value_heading, _VALUES - 22, _SMALL)
        height = _LINE * max(len(label_lines), len(value_lines))
        for column, lines in ((_MARGIN, label_lines), (_BESIDE, value_lines)):
            for index, words in enumerate(lines):
                baseline = top + height - _LINE * (len(lines) - index) + 13
                self._text(words, column, baseline, size=_SMALL, fill=self.palette.ink_2)
        self._ticks(top + height - 4)
        self.y = top + height + 8

    def rows(self) -> None:
        """All rows, over one set of grid and reference lines that is as high as they are together."""
        first, top = len(self.parts), self.y
        for drawn in self.chart.rows:
            self._row(drawn)
        height, self.y = self.y - top, top
        reference = self.chart.reference.value if self.chart.reference else None
        behind = [self._shape(shape, _PLOT_FROM, _PLOT_TO, height) for shape in backdrop(self.chart.scale, reference)]
        self.parts[first:first] = behind
        self.y = top + height

    def _row(self, drawn: DrawnRow) -> None:
        """One row of the chart: its label, its mark, its value."""
        row = drawn.row
        labels = _wrap(row.label, _LABELS - 16, 15)
        ranges = _wrap(row.range, _VALUES - 22, _SMALL)
        notes = _wrap(row.note, _PLOT_TO - _PLOT_FROM - 60, _SMALL)
        height = max(_ROW, 12 + _LINE * max(len(labels), 1 + len(ranges), len(notes)))
        self.parts += [self._shape(shape, _PLOT_FROM, _PLOT_TO, height) for shape in draw(row.mark, self.chart.scale)]
        first = self.y + height / 2 + 5
        self._lines(labels, _MARGIN, first, size=15, weight=600)
        self._lines([row.value, *[""] * len(ranges)], _BESIDE, first, size=15, weight=700)
        self._lines(["", *ranges], _BESIDE, first, size=_SMALL, fill=self.palette.ink_2)
        self._note(notes, first)
        self.y += height

    def foot(self) -> None:
        """The scale again, the name of the reference line, the key, and the note with the source."""
        self._ticks(self.y + 16)
        self.y += 26
        if self.chart.reference:
            self._reference(self.chart.reference.words, self.chart.scale.position(self.chart.reference.value))
        self.y += 12
        for entry in self.chart.key:
            self.parts += [self._shape(shape, _MARGIN, _MARGIN + 52, 22) for shape in entry.shapes]
            lines = _wrap(entry.words, WIDTH - 2 * _MARGIN - 76, _SMALL)
            for index, line in enumerate(lines):
                self._text(line, _MARGIN + 72, self.y + 15 + _LINE * index, size=_SMALL)
            self.y += _LINE * len(lines) + 7
        self.y += 4
        self._paragraph(self.chart.words.note, size=_SMALL, fill=self.palette.ink_2)
        if self.chart.right_to_left:
            self._paragraph(self.chart.words.mirrored, size=_SMALL, fill=self.palette.ink_2)
        self.y += _MARGIN - 8

    def document(self) -> str:
        """Everything drawn so far as one SVG document."""
        direction = ' direction="rtl"' if self.chart.right_to_left else ""
        height = round(self.y)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
            f'viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title desc" '
            f'font-family={quoteattr(self.palette.font)} font-size="{_SMALL}" fill="{self.palette.ink}"{direction}>'
            f'<title id="title">{escape(self.chart.words.title)}</title>'
            f'<desc id="desc">{escape(self.chart.alternative)}</desc>'
            f'<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><path d="M0 0V8" stroke="{self.palette.rule_strong}"/></pattern></defs>'
            f'<rect width="{WIDTH}" height="{height}" fill="{self.palette.paper}"/>'
            f"{''.join(self.parts)}</svg>\n"
        )

    def _ticks(self, baseline: float) -> None:
        for tick in self.chart.scale.ticks:
            x = _across(self.chart.scale.position(tick))
            self._text(self.chart.write_tick(tick), x, baseline, size=_SMALL, fill=self.palette.ink_2, anchor="middle")

    def _reference(self, words: str, position: float) -> None:
        x = _across(position)
        self._line(self.looks[Role.REFERENCE], x, x, self.y - 26, self.y)
        self._text(words, x, self.y + 13, size=_SMALL, weight=700, anchor="middle")
        self.y += 18

    def _note(self, lines: list[str], middle: float) -> None:
        """Words on the drawing, with paper behind them."""
        if not lines:
            return
        width = _LETTER * _SMALL * max(len(line) for line in lines) + 12
        height = _LINE * len(lines) + 5
        start = _PLOT_FROM + 14 + (width if self.chart.right_to_left else 0)
        self.parts.append(
            f'<rect x="{self._place(start):.0f}" y="{middle - 5 - height / 2:.0f}" width="{width:.0f}" '
            f'height="{height:.0f}" fill="{self.palette.paper}"/>'
        )
        self._lines(lines, _PLOT_FROM + 20, middle, size=_SMALL, fill=self.palette.ink_2)

    def _shape(self, shape: Shape, start: float, end: float, height: float) -> str:
        """``shape`` in the plot between ``start`` and ``end``, ``height`` high from where the page stands."""

        def x(position: float) -> float:
            return self._place(start + position / 100 * (end - start))

        def y(position: float) -> float:
            return self.y + position / 100 * height

        look = self.looks[shape.role]
        match shape:
            case Line(_, x1, x2, y1, y2):
                return f'<path d="M{x(x1):.1f} {y(y1):.1f}L{x(x2):.1f} {y(y2):.1f}" {look}/>'
            case Band(_, from_y, share):
                left = min(x(0), x(100))
                return (
                    f'<rect x="{left:.1f}" y="{y(from_y):.1f}" width="{end - start:.1f}" '
                    f'height="{share / 100 * height:.1f}" {look}/>'
                )
            case Point(role, at, height_at):
                turn = " scale(-1 1)" if self.chart.right_to_left else ""
                place = f"translate({x(at):.1f} {y(height_at):.1f}){turn}"
                return f'<g transform="{place}">{_POINT_SHAPES[role]} {look}/></g>'
            case Polyline(_, places) | Area(_, places):
                through = "L".join(f"{x(at):.1f} {y(height_at):.1f}" for at, height_at in places)
                return f'<path d="M{through}" {look}/>'
            case _:
                assert_never(shape)

    def _place(self, x: float) -> float:
        return WIDTH - x if self.chart.right_to_left else x

    def _line(self, look: str, x1: float, x2: float, y1: float, y2: float) -> None:
        self.parts.append(f'<path d="M{self._place(x1):.1f} {y1:.1f}L{self._place(x2):.1f} {y2:.1f}" {look}/>')

    def _paragraph(self, words: str, *, size: int, weight: int = 400, fill: str = "") -> None:
        for line in _wrap(words, WIDTH - 2 * _MARGIN, size):
            self.y += 1.35 * size
            self._text(line, _MARGIN, self.y - 0.25 * size, size=size, weight=weight, fill=fill)

    def _lines(
        self, lines: list[str], x: float, middle: float, *, size: int, weight: int = 400, fill: str = ""
    ) -> None:
        """Lines of text whose block is centred so that a single line would stand on ``middle``."""
        for index, words in enumerate(lines):
            baseline = middle + _LINE * (index - (len(lines) - 1) / 2)
            self._text(words, x, baseline, size=size, weight=weight, fill=fill)

    def _text(
        self, words: str, x: float, y: float, *, size: int, weight: int = 400, fill: str = "", anchor: str = ""
    ) -> None:
        if not words:
            return
        bold = f' font-weight="{weight}"' if weight != 400 else ""
        anchored = f' text-anchor="{anchor}"' if anchor else ""
        colour = f' fill="{fill}"' if fill else ""
        height = f' font-size="{size}"' if size != _SMALL else ""
        place = f'x="{self._place(x):.0f}" y="{y:.0f}"'
        if self.chart.right_to_left:
            words = f"{_ISOLATE}{words}{_END_ISOLATE}"
        self.parts.append(f"<text {place}{height}{colour}{bold}{anchored}>{escape(words)}</text>")


def _across(position: float) -> float:
    return _PLOT_FROM + position / 100 * (_PLOT_TO - _PLOT_FROM)


_POINT_SHAPES = {
    Role.DOT_CLAIM: '<circle r="8.5"',
    Role.DOT_OPEN: '<circle r="7"',
    Role.DOT_PLAIN: '<circle r="5"',
    Role.DIAMOND: '<path d="M0-7.5 7.5 0 0 7.5-7.5 0z"',
    Role.DIAMOND_OPEN: '<path d="M0-6.5 6.5 0 0 6.5-6.5 0z"',
    Role.ONWARD: '<path d="M-7-6 1 0-7 6"',
}


def _looks(palette: Palette) -> dict[Role, str]:
    """How each role is drawn, as attributes."""

    def stroke(colour: str, width: float, more: str = "") -> str:
        return f'fill="none" stroke="{colour}" stroke-width="{width:g}"{more}'

    def filled(fill: str, edge: str, width: float) -> str:
        return f'fill="{fill}" stroke="{edge}" stroke-width="{width:g}"'

    round_ends = ' stroke-linecap="round"'
    return {
        Role.GRID: stroke(palette.rule, 1),
        Role.REFERENCE: stroke(palette.ink, 1.5, ' stroke-dasharray="1.5 3"'),
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
        Role.DASHED: stroke(palette.ink_2, 2, ' stroke-dasharray="6 5"'),
        Role.STOP: stroke(palette.ink_2, 2),
        Role.SHORT_DASH: stroke(palette.ink, 2.5),
        Role.ONWARD: stroke(palette.ink_2, 2),
    }


def _wrap(words: str, width: float, size: int) -> list[str]:
    """``words`` in lines of at most ``width`` px, as far as their letters' usual width tells."""
    most = max(1, int(width / (_LETTER * size)))
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
