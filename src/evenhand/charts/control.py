"""The control chart: a series in the order of time, its usual level, and what chance alone would do to it."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evenhand.charts.control_ground import below_the_scale, between_the_scales, middle_of, special_places
from evenhand.charts.dots import DataTable, KeyEntry
from evenhand.charts.fluid import Markup, fragment, hatching
from evenhand.charts.plane import (
    Caption,
    Level,
    Plane,
    PlaneMarkup,
    caption_on_top,
    captions_beside,
    end_numbers,
    fluid_plane,
    height_at,
    marks_along,
    settled,
    upright_numbers,
    words_along,
)
from evenhand.charts.readings import Break, Reading, ReadingKind
from evenhand.charts.scale import Scale
from evenhand.charts.shapes import Area, Band, Line, Point, Polyline, Role, Shape

_MANY = 30  # points from which on a phone draws them smaller


@dataclass(frozen=True, slots=True, kw_only=True)
class EndNumbers:
    """The last limits and the last level as written at the ends of their lines."""

    upper: str = ""
    centre: str = ""
    lower: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlWords:
    """What is written around the drawing.

    Attributes:
        title, subtitle: above the drawing; note: under it (method, source).
        value_heading: over the upright scale.
        label_heading, cell_headings: over the columns of the table.
        summary: the whole of it in a sentence or two; the text alternative begins with it.
        key: for each kind of reading, what its mark says; ordinary ones may go without.
        centre, within: what the key says of the level and of the shaded band; left out, the subtitle has to.
        no_limits: why there is no band. Needed when no reading has limits.
        not_from_zero: said under a drawing whose scale begins elsewhere. Needed then.
        mirrored: said under a drawing in which time runs from right to left.
    """

    title: str
    summary: str
    label_heading: str
    key: Mapping[ReadingKind, str]
    subtitle: str = ""
    value_heading: str = ""
    note: str = ""
    cell_headings: tuple[str, ...] = ()
    centre: str = ""
    within: str = ""
    no_limits: str = ""
    not_from_zero: str = ""
    mirrored: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChart:
    """A chart ready to be set: its parts drawn, its words beside them.

    Attributes:
        identifier: unique on its page; letters, digits and hyphens.
        plane: the drawing before it is markup; drawing: the same as markup for a page.
        pattern: the hatching, to be written once, before the drawing; empty where nothing is hidden.
        right_to_left: the first reading is at the right.
    """

    identifier: str
    words: ControlWords
    readings: tuple[Reading, ...]
    breaks: tuple[Break, ...]
    scale: Scale
    plane: Plane
    drawing: PlaneMarkup
    pattern: Markup
    key: tuple[KeyEntry, ...]
    right_to_left: bool

    @property
    def is_dense(self) -> bool:
        """Whether a phone has to draw the points smaller."""
        return len(self.readings) > _MANY

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said under the drawing."""
        words = self.words
        said = (
            words.no_limits if not any(reading.has_limits for reading in self.readings) else "",
            words.not_from_zero if self.scale.lower != 0 else "",
            words.note,
            words.mirrored if self.right_to_left else "",
        )
        return tuple(sentence for sentence in said if sentence)

    @property
    def alternative(self) -> str:
        """The drawing in words: the whole, where it breaks, and of each kind the readings that are not ordinary."""
        sentences = [self.words.summary]
        sentences += [f"{self.readings[each.before].label}: {each.words}." for each in self.breaks]
        for kind in ReadingKind:
            figures = [f"{reading.label}: {reading.value}" for reading in self.readings if reading.kind is kind]
            if figures and kind is not ReadingKind.ORDINARY:
                sentences.append(f"{'; '.join(figures)}. {self.words.key[kind]}.")
        return " ".join(sentences)

    @property
    def table(self) -> DataTable:
        """The series as a table: when, then the cells that the readings came with."""
        rows = tuple((reading.label, *reading.cells) for reading in self.readings)
        return DataTable((self.words.label_heading, *self.words.cell_headings), rows)


def control_chart(
    identifier: str,
    readings: Sequence[Reading],
    scale: Scale,
    words: ControlWords,
    *,
    ends: EndNumbers | None = None,
    breaks: Sequence[Break] = (),
    target: Level | None = None,
    right_to_left: bool = False,
    write_tick: Callable[[float], str] = "{:g}".format,
) -> ControlChart:
    """Draw ``readings``, which follow each other in time, on ``scale``.

    A period without a figure is a reading too: the line is broken there, and what is known of it is marked below.

    Raises:
        ValueError: a reading does not fit the scale, the table or the key; a break is not within the series; or words
            that an honest reader needs (why there are no limits, that the scale does not begin at 0) are missing.
    """
    _check(readings, scale, words, breaks)
    along = words_along(
        [(middle_of(index, readings), reading.time) for index, reading in enumerate(readings) if reading.time]
    )
    plane = Plane(
        ground=tuple(between_the_scales(readings, scale, breaks, target)),
        captions=settled(_captions(readings, scale, breaks), special_places(readings, scale)),
        numbers=upright_numbers(scale, map(write_tick, scale.ticks)),
        ends=end_numbers(_ends(readings, scale, ends or EndNumbers(), target)),
        lane=tuple(below_the_scale(readings)),
        along=along,
        marks_along=marks_along(along),
    )
    hatch = f"hatch-{identifier}"
    return ControlChart(
        identifier=identifier,
        words=words,
        readings=tuple(readings),
        breaks=tuple(breaks),
        scale=scale,
        plane=plane,
        drawing=fluid_plane(plane, hatch=hatch, right_to_left=right_to_left),
        pattern=hatching(hatch) if any(reading.kind is ReadingKind.HIDDEN for reading in readings) else Markup(),
        key=tuple(
            KeyEntry(shapes, fragment(shapes, hatch=hatch, right_to_left=right_to_left), said)
            for shapes, said in _key(readings, words, breaks, target, plane.ground)
        ),
        right_to_left=right_to_left,
    )


def _check(readings: Sequence[Reading], scale: Scale, words: ControlWords, breaks: Sequence[Break]) -> None:
    if not readings:
        raise ValueError("a series has at least one reading")
    for reading in readings:
        if len(reading.cells) != len(words.cell_headings):
            raise ValueError(f"{reading.label}: {len(reading.cells)} cells under {len(words.cell_headings)} headings")
        if reading.kind is not ReadingKind.ORDINARY and reading.kind not in words.key:
            raise ValueError(f"{reading.label}: the key has no words for {reading.kind}")
        if reading.number is not None and not scale.lower <= reading.number <= scale.upper:
            raise ValueError(f"{reading.label}: {reading.number} is not on the scale, {scale.lower} to {scale.upper}")
    for each in breaks:
        if not 0 < each.before < len(readings):
            raise ValueError(f"{each.words}: a break stands between two readings, not before number {each.before}")
    if not words.no_limits and not any(reading.has_limits for reading in readings):
        raise ValueError("without limits the words have to say why there are none")
    if not words.not_from_zero and scale.lower != 0:
        raise ValueError("a scale that does not begin at 0 has to be pointed out in words")


def _captions(readings: Sequence[Reading], scale: Scale, breaks: Sequence[Break]) -> Iterator[Sequence[Caption]]:
    for each in breaks:
        yield (caption_on_top(each.words, middle_of(each.before - 0.5, readings), "caption"),)
    for index, reading in enumerate(readings):
        if reading.caption and reading.number is not None:
            role = "caption special" if reading.kind is ReadingKind.SPECIAL else "caption"
            yield captions_beside(reading.caption, middle_of(index, readings), height_at(scale, reading.number), role)


def _ends(
    readings: Sequence[Reading], scale: Scale, ends: EndNumbers, target: Level | None
) -> Iterator[tuple[float, str, str]]:
    """The numbers of the last lines, where these end on the scale."""
    numbers = [(target.value, target.number, "tick")] if target else []
    last = next((reading for reading in reversed(readings) if reading.has_limits), None)
    if last is not None:
        limits = [(last.upper, ends.upper, "tick"), (last.lower, ends.lower, "tick")]
        numbers += [*limits, (last.centre, ends.centre, "tick centre-number")]
    for value, words, role in numbers:
        if words and scale.lower <= value <= scale.upper:
            yield height_at(scale, value), words, role


_KEY_SAMPLES: dict[ReadingKind, tuple[Shape, ...]] = {
    ReadingKind.SPECIAL: (Point(Role.POINT_SPECIAL, 50.0),),
    ReadingKind.PATTERN: (
        Polyline(Role.JOINED, ((20.0, 50.0), (80.0, 50.0))),
        *(Point(Role.POINT_PATTERN, x) for x in (20.0, 50.0, 80.0)),
    ),
    ReadingKind.ORDINARY: (
        Polyline(Role.JOINED, ((20.0, 50.0), (80.0, 50.0))),
        *(Point(Role.POINT, x) for x in (20.0, 50.0, 80.0)),
    ),
    ReadingKind.NONE: (Point(Role.POINT_NONE, 50.0),),
    ReadingKind.GHOSTED: (Point(Role.GHOST, 50.0),),
    ReadingKind.HIDDEN: (Band(Role.HATCH_BOX, 28.0, 44.0, 20.0, 60.0),),
    ReadingKind.NOT_RECORDED: (Line(Role.DASHED_FINE, 20.0, 80.0),),
    ReadingKind.DOES_NOT_APPLY: (Line(Role.SHORT_DASH, 35.0, 65.0),),
}


def _band_sample(ground: Sequence[Shape]) -> tuple[Shape, ...]:
    """A piece of the band, between limits as they are drawn."""
    varying = any(shape.role is Role.LIMIT_VARYING for shape in ground)
    limit = Role.LIMIT_VARYING if varying else Role.LIMIT
    return (
        Area(Role.WITHIN, ((0.0, 20.0), (100.0, 20.0), (100.0, 80.0), (0.0, 80.0))),
        *(Polyline(limit, ((0.0, height), (100.0, height))) for height in (20.0, 80.0)),
    )


def _key(
    readings: Sequence[Reading],
    words: ControlWords,
    breaks: Sequence[Break],
    target: Level | None,
    ground: Sequence[Shape],
) -> Iterator[tuple[tuple[Shape, ...], str]]:
    """Only the marks that occur."""
    present = {reading.kind for reading in readings}
    yield from ((_KEY_SAMPLES[kind], words.key[kind]) for kind in ReadingKind if kind in present and kind in words.key)
    if words.centre and any(math.isfinite(reading.centre) for reading in readings):
        yield (Polyline(Role.CENTRE, ((0.0, 50.0), (100.0, 50.0))),), words.centre
    if words.within and any(reading.has_limits for reading in readings):
        yield _band_sample(ground), words.within
    if target is not None:
        yield (Line(Role.TARGET, 0.0, 100.0),), target.words
    if breaks:
        yield (Line(Role.BREAK, 50.0, 50.0, 0.0, 100.0),), "; ".join(each.words for each in breaks)
