"""The funnel: places by their size, and how far from the common level chance alone would take a place of that size.

It is no league table. Places are listed by name, whatever their figures; the drawing names only the one that its page
is about; and a place without a figure is named below the drawing with the reason.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evenhand.charts.dots import DataTable, KeyEntry
from evenhand.charts.fluid import fragment
from evenhand.charts.plane import (
    Caption,
    Level,
    Plane,
    PlaneMarkup,
    across,
    caption_on_top,
    end_numbers,
    fluid_plane,
    height_at,
    marks_along,
    settled,
    simplified,
    upright_numbers,
    words_along,
)
from evenhand.charts.scale import Scale
from evenhand.charts.shapes import Line, Point, Polyline, Role, Shape


class FunnelKind(StrEnum):
    """What is known of an organisation's figure, in the order in which a key explains the kinds."""

    BEYOND_OUTER = "beyond_outer"
    BEYOND_INNER = "beyond_inner"
    WITHIN = "within"
    HIDDEN = "hidden"
    NOT_RECORDED = "not_recorded"
    DOES_NOT_APPLY = "does_not_apply"


_POINTS = {
    FunnelKind.BEYOND_OUTER: Role.PLACE_CLAIM,
    FunnelKind.BEYOND_INNER: Role.PLACE_OPEN,
    FunnelKind.WITHIN: Role.PLACE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation's figure and the words for it.

    Attributes:
        value: the figure in words ("134 per 100,000", "none", "hidden").
        size, number: where it stands, along and up; None for the kinds that have no point.
        cells: the further columns of the chart's table.
        link: where its name leads, if anywhere.
        is_subject: the page is about it, and the drawing names it.
    """

    name: str
    kind: FunnelKind
    value: str
    size: float | None = None
    number: float | None = None
    cells: tuple[str, ...] = ()
    link: str = ""
    is_subject: bool = False

    def __post_init__(self) -> None:
        has_place = self.size is not None and self.number is not None
        if (self.kind in _POINTS) != has_place:
            raise ValueError(
                f"{self.name}: it has a size and a number exactly when its kind has a point: "
                f"{self.kind}, {self.size}, {self.number}"
            )


class LimitKind(StrEnum):
    """Which limits a pair of curves shows."""

    OUTER = "outer"  # 99.8 per cent
    INNER = "inner"  # 95 per cent
    CHANCE_ALONE = "chance_alone"  # drawn faintly beside wider ones that allow for over-dispersion


_CURVES = {
    LimitKind.OUTER: Role.LIMIT_OUTER,
    LimitKind.INNER: Role.LIMIT_INNER,
    LimitKind.CHANCE_ALONE: Role.LIMIT_CHANCE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A pair of limits at sizes that ascend. ``nan`` where a limit does not exist."""

    kind: LimitKind
    sizes: Sequence[float]
    lower: Sequence[float]
    upper: Sequence[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelWords:
    """What is written around the drawing.

    Attributes:
        title, subtitle: above the drawing; note: under it (method, source).
        value_heading, size_heading: what the upright scale and the other one count.
        label_heading, cell_headings: over the columns of the table.
        summary: the whole of it in a sentence or two; the text alternative begins with it.
        key: for each kind of organisation, what its mark says.
        limits: for each kind of limits drawn, what its line says.
        not_drawn: over the list of those without a place in the drawing; needed when there are any.
        subject: what the frame says ("Soar Valley Partnership Trust"); needed when one is the subject of the page.
        no_limits: why there are no limits. Needed when there are none.
        not_from_zero: said under a drawing whose upright scale begins elsewhere. Needed then.
        mirrored: said under a drawing that runs from right to left.
    """

    title: str
    summary: str
    value_heading: str
    size_heading: str
    label_heading: str
    key: Mapping[FunnelKind, str]
    limits: Mapping[LimitKind, str]
    subtitle: str = ""
    note: str = ""
    cell_headings: tuple[str, ...] = ()
    not_drawn: str = ""
    subject: str = ""
    no_limits: str = ""
    not_from_zero: str = ""
    mirrored: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelChart:
    """A chart ready to be set: its parts drawn, its words beside them.

    Attributes:
        identifier: unique on its page; letters, digits and hyphens.
        organisations: all of them, by name.
        plane: the drawing before it is markup; drawing: the same as markup for a page.
        right_to_left: the smallest are at the right.
    """

    identifier: str
    words: FunnelWords
    organisations: tuple[Organisation, ...]
    value_scale: Scale
    has_limits: bool
    plane: Plane
    drawing: PlaneMarkup
    key: tuple[KeyEntry, ...]
    right_to_left: bool

    @property
    def not_drawn(self) -> tuple[Organisation, ...]:
        """Those without a point, to be named under the drawing with their words."""
        return tuple(each for each in self.organisations if each.kind not in _POINTS)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said under the drawing."""
        words = self.words
        said = (
            "" if self.has_limits else words.no_limits,
            words.not_from_zero if self.value_scale.lower != 0 else "",
            words.note,
            words.mirrored if self.right_to_left else "",
        )
        return tuple(sentence for sentence in said if sentence)

    @property
    def alternative(self) -> str:
        """The drawing in words: the whole, the subject, then by name all that are not within the limits."""
        subjects = [each for each in self.organisations if each.is_subject]
        sentences = [f"{each.name}: {each.value}. {self.words.key[each.kind]}." for each in subjects]
        for kind in FunnelKind:
            others = [each for each in self.organisations if each.kind is kind and not each.is_subject]
            if others and kind is not FunnelKind.WITHIN:
                figures = "; ".join(f"{each.name}: {each.value}" for each in others)
                sentences.append(f"{figures}. {self.words.key[kind]}.")
        return " ".join((self.words.summary, *sentences))

    @property
    def table(self) -> DataTable:
        """All organisations by name, then the cells that they came with."""
        rows = tuple((each.name, *each.cells) for each in self.organisations)
        return DataTable((self.words.label_heading, *self.words.cell_headings), rows)


def funnel_chart(
    identifier: str,
    organisations: Sequence[Organisation],
    limits: Sequence[Limits],
    size_scale: Scale,
    value_scale: Scale,
    words: FunnelWords,
    *,
    centre: Level,
    right_to_left: bool = False,
    write_size: Callable[[float], str] = "{:g}".format,
    write_value: Callable[[float], str] = "{:g}".format,
) -> FunnelChart:
    """Draw ``organisations``, in whatever order they come, within ``limits`` around ``centre``.

    Raises:
        ValueError: an organisation does not fit the scales, the table or the key, or words that an honest reader needs
            (what a line says, why there are no limits, that the scale does not begin at 0) are missing.
    """
    by_name = tuple(sorted(organisations, key=lambda each: (each.name.casefold(), each.name)))
    _check(by_name, limits, size_scale, value_scale, words)
    along = words_along([(size_scale.position(tick), write_size(tick)) for tick in size_scale.ticks])
    plane = Plane(
        ground=tuple(_ground(by_name, limits, size_scale, value_scale, centre)),
        captions=settled(_captions(by_name, size_scale)),
        numbers=upright_numbers(value_scale, map(write_value, value_scale.ticks)),
        ends=end_numbers([(height_at(value_scale, centre.value), centre.number, "tick centre-number")]),
        lane=(),
        along=along,
        marks_along=marks_along(along),
    )
    return FunnelChart(
        identifier=identifier,
        words=words,
        organisations=by_name,
        value_scale=value_scale,
        has_limits=bool(limits),
        plane=plane,
        drawing=fluid_plane(plane, hatch="", right_to_left=right_to_left),
        key=tuple(
            KeyEntry(shapes, fragment(shapes, hatch="", right_to_left=right_to_left), said)
            for shapes, said in _key(by_name, limits, words, centre)
        ),
        right_to_left=right_to_left,
    )


def _check(
    organisations: Sequence[Organisation], limits: Sequence[Limits], sizes: Scale, values: Scale, words: FunnelWords
) -> None:
    for each in organisations:
        if len(each.cells) != len(words.cell_headings):
            raise ValueError(f"{each.name}: {len(each.cells)} cells under {len(words.cell_headings)} headings")
        if each.kind not in words.key:
            raise ValueError(f"{each.name}: the key has no words for {each.kind}")
        for what, number, scale in (("size", each.size, sizes), ("number", each.number, values)):
            if number is not None and not scale.lower <= number <= scale.upper:
                raise ValueError(f"{each.name}: its {what}, {number}, is not on the scale")
    if any(each.is_subject for each in organisations) and not words.subject:
        raise ValueError("the organisation that the page is about has no words in the key")
    if any(each.kind not in _POINTS for each in organisations) and not words.not_drawn:
        raise ValueError("the list of those without a place in the drawing has no words over it")
    for pair in limits:
        if pair.kind not in words.limits:
            raise ValueError(f"the key has no words for the limits {pair.kind}")
    if not words.no_limits and not limits:
        raise ValueError("without limits the words have to say why there are none")
    if not words.not_from_zero and values.lower != 0:
        raise ValueError("a scale that does not begin at 0 has to be pointed out in words")


def _ground(
    organisations: Sequence[Organisation], limits: Sequence[Limits], sizes: Scale, values: Scale, centre: Level
) -> Iterator[Shape]:
    """Everything between the scales, what lies on top last: those beyond the limits, and over all the subject."""
    yield from (across(values, tick, Role.GRID) for tick in values.ticks)
    for pair in sorted(limits, key=lambda pair: list(LimitKind).index(pair.kind), reverse=True):
        for curve in (pair.lower, pair.upper):
            known = [(size, limit) for size, limit in zip(pair.sizes, curve, strict=True) if math.isfinite(limit)]
            places = simplified([(sizes.place(size), height_at(values, limit)) for size, limit in known])
            if len(places) > 1:
                yield Polyline(_CURVES[pair.kind], places)
    height = height_at(values, centre.value)
    yield Polyline(Role.CENTRE, ((0.0, height), (100.0, height)))
    kinds = list(FunnelKind)
    for each in sorted(organisations, key=lambda each: (each.is_subject, -kinds.index(each.kind))):
        if each.size is not None and each.number is not None:
            x, y = sizes.position(each.size), height_at(values, each.number)
            yield from (Line(Role.LEADER, x, x, 0.0, y), Point(Role.FRAME, x, y)) if each.is_subject else ()
            yield Point(_POINTS[each.kind], x, y)


def _captions(organisations: Sequence[Organisation], sizes: Scale) -> Iterator[Sequence[Caption]]:
    """The name of the subject, over the crowd, at the line that leads down to its point."""
    for each in organisations:
        if each.is_subject and each.size is not None:
            yield (caption_on_top(each.name, sizes.position(each.size), "caption"),)


def _key(
    organisations: Sequence[Organisation], limits: Sequence[Limits], words: FunnelWords, centre: Level
) -> Iterator[tuple[tuple[Shape, ...], str]]:
    """Only the marks that occur."""
    subject = next((each for each in organisations if each.is_subject and each.kind in _POINTS), None)
    if subject is not None:
        yield (Point(Role.FRAME, 50.0), Point(_POINTS[subject.kind], 50.0)), words.subject
    present = {each.kind for each in organisations}
    yield from (((Point(role, 50.0),), words.key[kind]) for kind, role in _POINTS.items() if kind in present)
    drawn = {pair.kind for pair in limits}
    across_the_sample = ((0.0, 50.0), (100.0, 50.0))
    yield (Polyline(Role.CENTRE, across_the_sample),), centre.words
    yield from (
        ((Polyline(_CURVES[kind], across_the_sample),), words.limits[kind]) for kind in LimitKind if kind in drawn
    )
