"""The dot-and-interval chart: one row for a group or a measure, drawn on one scale, with its words and its table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evenhand.charts.fluid import Markup, axis_text, foot_line, fragment, hatching
from evenhand.charts.marks import Mark, MarkKind, backdrop, draw
from evenhand.charts.scale import Scale
from evenhand.charts.shapes import Line, Role, Shape

_ROOM_FOR_A_NUMBER = 5.0  # per cent of the plot, on either side of a line
_KEY_SCALE = Scale(0.0, 10.0, ())
_KEY_SAMPLES = {
    MarkKind.CLAIM: Mark(kind=MarkKind.CLAIM, value=5.0, lower=1.0, upper=9.0),
    MarkKind.CANNOT_TELL: Mark(kind=MarkKind.CANNOT_TELL, value=5.0, lower=1.0, upper=9.0),
    MarkKind.PLAIN: Mark(kind=MarkKind.PLAIN, value=5.0, lower=1.0, upper=9.0),
    MarkKind.COMPARATOR: Mark(kind=MarkKind.COMPARATOR, value=5.0, lower=1.0, upper=9.0),
    MarkKind.POSSIBLE: Mark(kind=MarkKind.POSSIBLE, lower=1.0, upper=9.0),
    MarkKind.HIDDEN: Mark(kind=MarkKind.HIDDEN),
    MarkKind.NOT_RECORDED: Mark(kind=MarkKind.NOT_RECORDED),
    MarkKind.NONE: Mark(kind=MarkKind.NONE, value=2.0, lower=2.0, upper=9.0),
}
_ROUNDING_SAMPLE = Mark(
    kind=MarkKind.PLAIN, value=5.0, lower=2.5, upper=7.5, lower_with_rounding=0.5, upper_with_rounding=9.5
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure and the words for it, already in the reader's language.

    Attributes:
        label: whom or what the figure is about.
        value, range: the words of the value column: the point ("134", "hidden"), and its range ("95 to 184").
        meaning: what the mark says, as in the key.
        note: words to write on the drawing where there is no point to draw.
        cells: the further columns of the chart's table.
        link: where the label leads, if anywhere.
    """

    label: str
    mark: Mark
    value: str
    meaning: str
    range: str = ""
    note: str = ""
    cells: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that every row is read against, and its name as written under the axis ("everyone: 68")."""

    value: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is written around the rows.

    Attributes:
        title, subtitle: above the drawing; note: under it (method, source).
        label_heading, value_heading: over the first and the last column.
        cell_headings: over the further columns of the table.
        key: for each kind of mark, what it says. Kinds that do not occur are left out of the key.
        rounding: what the thin ends say, when any range has them.
        mirrored: said under a drawing that runs from right to left.
    """

    title: str
    label_heading: str
    value_heading: str
    key: Mapping[MarkKind, str]
    subtitle: str = ""
    note: str = ""
    cell_headings: tuple[str, ...] = ()
    rounding: str = ""
    mirrored: str = ""


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row with its drawing: the inside of an ``<svg>`` without a viewBox."""

    row: Row
    drawing: Markup

    @property
    def kind(self) -> str:
        """The kind of its mark, for the style sheet."""
        return self.row.mark.kind.value


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A sample of a mark and what it says."""

    shapes: tuple[Shape, ...]
    drawing: Markup
    words: str


@dataclass(frozen=True, slots=True)
class DataTable:
    """The chart's figures as words: what a reader gets who does not see the drawing."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DotChart:
    """A chart ready to be set: its parts drawn, its words beside them.

    Attributes:
        identifier: unique on its page; letters, digits and hyphens.
        axis_above, axis_below: the insides of the two axis drawings. In the first stand the hatching, and the lines
            that every row has behind its mark.
        right_to_left: zero is at the right.
    """

    identifier: str
    words: Words
    scale: Scale
    reference: Reference | None
    rows: tuple[DrawnRow, ...]
    axis_above: Markup
    axis_below: Markup
    key: tuple[KeyEntry, ...]
    right_to_left: bool
    write_tick: Callable[[float], str]

    @property
    def alternative(self) -> str:
        """The drawing in words: each row with its value, its range and what its mark says."""
        return " ".join(_in_words(drawn.row) for drawn in self.rows)

    @property
    def table(self) -> DataTable:
        """The figures as a table: the label, then the cells that the rows came with."""
        rows = tuple((drawn.row.label, *drawn.row.cells) for drawn in self.rows)
        return DataTable((self.words.label_heading, *self.words.cell_headings), rows)


def dot_chart(
    identifier: str,
    rows: Sequence[Row],
    scale: Scale,
    words: Words,
    *,
    reference: Reference | None = None,
    right_to_left: bool = False,
    write_tick: Callable[[float], str] = "{:g}".format,
) -> DotChart:
    """Draw ``rows``, in their order, on ``scale``.

    Raises:
        ValueError: a row's cells do not match the headings of the table, or a kind of mark has no words in the key.
    """
    for row in rows:
        if len(row.cells) != len(words.cell_headings):
            raise ValueError(f"{row.label}: {len(row.cells)} cells under {len(words.cell_headings)} headings")
        if row.mark.kind not in words.key:
            raise ValueError(f"{row.label}: the key has no words for {row.mark.kind}")
    hatch = f"hatch-{identifier}"
    behind = fragment(backdrop(scale, reference.value if reference else None), hatch=hatch, right_to_left=right_to_left)
    drawn = tuple(
        DrawnRow(row, _over(identifier, fragment(draw(row.mark, scale), hatch=hatch, right_to_left=right_to_left)))
        for row in rows
    )
    key = _key(rows, words, hatch=hatch, right_to_left=right_to_left)
    numbers = {
        tick: axis_text(scale.position(tick), write_tick(tick), role="tick", room=2, right_to_left=right_to_left)
        for tick in scale.ticks
    }
    ticks = "".join(numbers.values())
    below = "".join(text for tick, text in numbers.items() if not _in_the_way(tick, scale, reference))
    pattern = hatching(hatch) if any(row.mark.kind is MarkKind.HIDDEN for row in rows) else ""
    return DotChart(
        identifier=identifier,
        words=words,
        scale=scale,
        reference=reference,
        rows=drawn,
        axis_above=Markup(f'{pattern}<defs><g id="behind-{identifier}">{behind}</g></defs>{ticks}'),
        axis_below=_axis_below(below, scale, reference, right_to_left=right_to_left),
        key=key,
        right_to_left=right_to_left,
        write_tick=write_tick,
    )


def _over(identifier: str, mark: str) -> Markup:
    """``mark`` over the lines that all rows have behind them, which are written once: half of a page would be they."""
    return Markup(f'<use href="#behind-{identifier}"/>{mark}')


def _in_the_way(tick: float, scale: Scale, reference: Reference | None) -> bool:
    """Whether a number under the drawing would stand where the reference line runs on to its name."""
    return reference is not None and abs(scale.position(tick) - scale.position(reference.value)) < _ROOM_FOR_A_NUMBER


def _axis_below(ticks: str, scale: Scale, reference: Reference | None, *, right_to_left: bool) -> Markup:
    if reference is None:
        return Markup(ticks)
    x = scale.position(reference.value)
    line = foot_line(x, right_to_left=right_to_left)
    name = axis_text(x, reference.words, role="reference-name", room=18, right_to_left=right_to_left)
    return Markup(f"{ticks}{line}{name}")


def key_to(meanings: Mapping[MarkKind, str], *, hatch: str, right_to_left: bool = False) -> tuple[KeyEntry, ...]:
    """A sample of each kind of mark in ``meanings``, with its words, in the order in which the kinds are declared."""
    samples = [(_sample(kind), meanings[kind]) for kind in MarkKind if kind in meanings]
    return tuple(_entry(shapes, words, hatch, right_to_left=right_to_left) for shapes, words in samples)


def _key(rows: Sequence[Row], words: Words, *, hatch: str, right_to_left: bool) -> tuple[KeyEntry, ...]:
    """Only the marks that occur."""
    present = {row.mark.kind for row in rows}
    meanings = {kind: meaning for kind, meaning in words.key.items() if kind in present}
    entries = key_to(meanings, hatch=hatch, right_to_left=right_to_left)
    if any(row.mark.has_ends_from_rounding for row in rows):
        bars_without_their_point = draw(_ROUNDING_SAMPLE, _KEY_SCALE)[:-1]
        entries += (_entry(bars_without_their_point, words.rounding, hatch, right_to_left=right_to_left),)
    return entries


def _sample(kind: MarkKind) -> tuple[Shape, ...]:
    if kind is MarkKind.DOES_NOT_APPLY:
        return (Line(Role.SHORT_DASH, 35.0, 65.0),)  # as long as it is in a chart, which is wider than a key
    return draw(_KEY_SAMPLES[kind], _KEY_SCALE)


def _entry(shapes: tuple[Shape, ...], words: str, hatch: str, *, right_to_left: bool) -> KeyEntry:
    return KeyEntry(shapes, fragment(shapes, hatch=hatch, right_to_left=right_to_left), words)


def _in_words(row: Row) -> str:
    figure = ", ".join(part for part in (row.value, row.range) if part)
    return f"{row.label}: {figure}. {row.meaning}."
