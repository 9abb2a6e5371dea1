"""The second writer for charts with two scales: one finished drawing of a control chart or a funnel."""

from collections.abc import Iterable

from evenhand.charts.control import ControlChart
from evenhand.charts.funnel import FunnelChart
from evenhand.charts.lettering import width_in_ems
from evenhand.charts.plane import LINE_OF_WORDS, Caption
from evenhand.charts.sheet import LINE, MARGIN, SMALL, WIDTH, Palette, Sheet

_HEIGHT = 280
_LANE = 14
_ALONG = 26
_GAP = 8  # between a number and the ground


def standalone_plane_svg(chart: ControlChart | FunnelChart, palette: Palette) -> str:
    """The chart as an SVG document, 720 px wide, with its title and text alternative inside."""
    sheet = Sheet(palette, right_to_left=chart.right_to_left)
    sheet.heading(chart.words.title, chart.words.subtitle)
    sheet.paragraph(chart.words.value_heading, fill=palette.ink_2)
    sheet.y += LINE * (1 + chart.plane.lines_on_top)
    edges = _plot(sheet, chart)
    if isinstance(chart, FunnelChart):
        _below_the_funnel(sheet, chart)
    sheet.y += 10
    sheet.key(chart.key)
    sheet.paragraph(" ".join(chart.notes), fill=palette.ink_2)
    sheet.y += MARGIN - 8
    return sheet.document(chart.words.title, chart.alternative, definitions=edges)


def _plot(sheet: Sheet, chart: ControlChart | FunnelChart) -> str:
    """The ground with its scales. Returns the definition of its edges."""
    plane = chart.plane
    start = MARGIN + _GAP + _width(chart.drawing.widest_number)
    end = WIDTH - MARGIN - _GAP - _width(chart.drawing.widest_end)
    top = sheet.y
    sheet.parts += sheet.shapes(plane.ground, start, end, _HEIGHT, cut_by="ground")
    _captions(sheet, plane.captions, start, end, _HEIGHT)
    _captions(sheet, plane.numbers, MARGIN, start - _GAP, _HEIGHT)
    _captions(sheet, plane.ends, end + _GAP, WIDTH - MARGIN, _HEIGHT)
    sheet.y += _HEIGHT
    if plane.lane:
        sheet.parts += sheet.shapes(plane.lane, start, end, _LANE)
        sheet.y += _LANE
    sheet.parts += sheet.shapes(plane.marks_along, start, end, _ALONG)
    _captions(sheet, plane.along, start, end, _ALONG)
    sheet.y += _ALONG
    left = min(sheet.place(start), sheet.place(end))
    edges = f'x="{left:.1f}" y="{top:.1f}" width="{end - start:.1f}" height="{_HEIGHT}"'
    return f'<clipPath id="ground"><rect {edges}/></clipPath>'


def _below_the_funnel(sheet: Sheet, chart: FunnelChart) -> None:
    """What the other scale counts, and who has no place on it."""
    sheet.text(chart.words.size_heading, WIDTH / 2, sheet.y + 12, fill=sheet.palette.ink_2, anchor="middle")
    sheet.y += LINE + 4
    if chart.not_drawn:
        names = "; ".join(f"{each.name}: {each.value}" for each in chart.not_drawn)
        sheet.paragraph(f"{chart.words.not_drawn} {names}", fill=sheet.palette.ink_2)


def _captions(sheet: Sheet, captions: Iterable[Caption], start: float, end: float, height: float) -> None:
    """Words at their places in a part of the drawing between ``start`` and ``end``."""
    for caption in captions:
        x = start + caption.x / 100 * (end - start)
        foot = sheet.y + caption.y / 100 * height + caption.drop * SMALL
        for index, line in enumerate(caption.lines):
            sheet.text(
                line,
                x,
                foot + index * LINE_OF_WORDS * SMALL,
                weight=400 if caption.role == "tick" else 700,
                fill=_colour(caption.role, sheet.palette),
                anchor=caption.anchor,
                halo=caption.role.startswith("caption"),
            )


def _colour(role: str, palette: Palette) -> str:
    return {"tick": palette.ink_2, "caption special": palette.accent}.get(role, "")


def _width(words: str) -> float:
    return SMALL * width_in_ems(words)
