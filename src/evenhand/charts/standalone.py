"""The second writer: one finished drawing of fixed width, for a download, a slide or a board paper."""

from evenhand.charts.dots import DotChart, DrawnRow
from evenhand.charts.lettering import LETTER
from evenhand.charts.marks import backdrop, draw
from evenhand.charts.shapes import Role
from evenhand.charts.sheet import LINE, MARGIN, SMALL, WIDTH, Palette, Sheet, wrap

__all__ = ["WIDTH", "Palette", "standalone_svg"]

_LABELS = 176  # width of the first column
_VALUES = 128  # width of the last
_PLOT_FROM = MARGIN + _LABELS
_PLOT_TO = WIDTH - MARGIN - _VALUES
_BESIDE = _PLOT_TO + 22
_ROW = 46


def standalone_svg(chart: DotChart, palette: Palette) -> str:
    """The chart as an SVG document, 720 px wide, with its title and text alternative inside."""
    page = _Rows(chart, palette)
    page.heading(chart.words.title, chart.words.subtitle)
    page.axis()
    page.rows()
    page.foot()
    return page.document(chart.words.title, chart.alternative)


class _Rows(Sheet):
    """A sheet with a column of labels, a column of marks and a column of values."""

    def __init__(self, chart: DotChart, palette: Palette) -> None:
        super().__init__(palette, right_to_left=chart.right_to_left)
        self.chart = chart

    def axis(self) -> None:
        """Headings of the columns, and the numbers of the scale."""
        top = self.y
        label_lines = wrap(self.chart.words.label_heading, _LABELS - 16, SMALL)
        value_lines = wrap(self.chart.words.value_heading, _VALUES - 22, SMALL)
        height = LINE * max(len(label_lines), len(value_lines))
        for column, lines in ((MARGIN, label_lines), (_BESIDE, value_lines)):
            for index, words in enumerate(lines):
                baseline = top + height - LINE * (len(lines) - index) + 13
                self.text(words, column, baseline, size=SMALL, fill=self.palette.ink_2)
        self._ticks(top + height - 4)
        self.y = top + height + 8

    def rows(self) -> None:
        """All rows, over one set of grid and reference lines that is as high as they are together."""
        first, top = len(self.parts), self.y
        for drawn in self.chart.rows:
            self._row(drawn)
        height, self.y = self.y - top, top
        reference = self.chart.reference.value if self.chart.reference else None
        behind = self.shapes(backdrop(self.chart.scale, reference), _PLOT_FROM, _PLOT_TO, height)
        self.parts[first:first] = behind
        self.y = top + height

    def _row(self, drawn: DrawnRow) -> None:
        """One row of the chart: its label, its mark, its value."""
        row = drawn.row
        labels = wrap(row.label, _LABELS - 16, 15)
        ranges = wrap(row.range, _VALUES - 22, SMALL)
        notes = wrap(row.note, _PLOT_TO - _PLOT_FROM - 60, SMALL)
        height = max(_ROW, 12 + LINE * max(len(labels), 1 + len(ranges), len(notes)))
        self.parts += self.shapes(draw(row.mark, self.chart.scale), _PLOT_FROM, _PLOT_TO, height)
        first = self.y + height / 2 + 5
        self.lines(labels, MARGIN, first, size=15, weight=600)
        self.lines([row.value, *[""] * len(ranges)], _BESIDE, first, size=15, weight=700)
        self.lines(["", *ranges], _BESIDE, first, size=SMALL, fill=self.palette.ink_2)
        self._note(notes, first)
        self.y += height

    def foot(self) -> None:
        """The scale again, the name of the reference line, the key, and the note with the source."""
        self._ticks(self.y + 16)
        self.y += 26
        if self.chart.reference:
            self._reference(self.chart.reference.words, self.chart.scale.position(self.chart.reference.value))
        self.y += 12
        self.key(self.chart.key)
        self.paragraph(self.chart.words.note, size=SMALL, fill=self.palette.ink_2)
        if self.right_to_left:
            self.paragraph(self.chart.words.mirrored, size=SMALL, fill=self.palette.ink_2)
        self.y += MARGIN - 8

    def _ticks(self, baseline: float) -> None:
        for tick in self.chart.scale.ticks:
            x = _across(self.chart.scale.position(tick))
            self.text(self.chart.write_tick(tick), x, baseline, size=SMALL, fill=self.palette.ink_2, anchor="middle")

    def _reference(self, words: str, position: float) -> None:
        x = _across(position)
        self.line(self.looks[Role.REFERENCE], x, x, self.y - 26, self.y)
        self.text(words, x, self.y + 13, size=SMALL, weight=700, anchor="middle")
        self.y += 18

    def _note(self, lines: list[str], middle: float) -> None:
        """Words on the drawing, with paper behind them."""
        if not lines:
            return
        width = LETTER * SMALL * max(len(line) for line in lines) + 12
        height = LINE * len(lines) + 5
        start = _PLOT_FROM + 14 + (width if self.right_to_left else 0)
        self.parts.append(
            f'<rect x="{self.place(start):.0f}" y="{middle - 5 - height / 2:.0f}" width="{width:.0f}" '
            f'height="{height:.0f}" fill="{self.palette.paper}"/>'
        )
        self.lines(lines, _PLOT_FROM + 20, middle, size=SMALL, fill=self.palette.ink_2)


def _across(position: float) -> float:
    return _PLOT_FROM + position / 100 * (_PLOT_TO - _PLOT_FROM)
