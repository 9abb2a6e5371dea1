"""The control chart: a series in the order of time, its usual level, and what chance alone would do to it."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from evenhand.charts.dots import DataTable, KeyEntry
from evenhand.charts.fluid import Markup, fragment, hatching
from evenhand.charts.plane import (
    Caption,
    Level,
    Plane,
    PlaneMarkup,
    across,
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
from evenhand.charts.scale import Scale
from evenhand.charts.shapes import Area, Band, Line, Place, Point, Polyline, Role, Shape

_MANY = 30  # points from which on a phone draws them smaller


class ReadingKind(StrEnum):
    """What the mark of one reading says, in the order in which a key explains the kinds."""

    SPECIAL = "special"  # alone beyond a limit
    PATTERN = "pattern"  # one of a run, of a trend, or of two out of three near a limit
    ORDINARY = "ordinary"
    NONE = "none"  # counted, and there were none
    GHOSTED = "ghosted"  # drawn, and left out of what the level and the limits are worked out from
    HIDDEN = "hidden"
    NOT_RECORDED = "not_recorded"
    DOES_NOT_APPLY = "does_not_apply"


_POINTS = {  # those that must be seen lie on top: the first, over all others
    ReadingKind.SPECIAL: Role.POINT_SPECIAL,
    ReadingKind.PATTERN: Role.POINT_PATTERN,
    ReadingKind.ORDINARY: Role.POINT,
    ReadingKind.NONE: Role.POINT_NONE,
    ReadingKind.GHOSTED: Role.GHOST,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One point of the series, or the reason why there is none, with its words in the reader's language.

    Attributes:
        label: when it was ("April 2025"); value: the figure in words ("88", "hidden").
        number: where the point stands; None for the kinds that have no point.
        lower, centre, upper: the limits and the level that hold here; ``nan`` where there is none.
        time: what may be written under it ("Jan 2025"); of many, as many are written as there is room for.
        caption: what is written at the point ("April 2025: 88"), for the few that need it.
        cells: the further columns of the chart's table.
    """

    kind: ReadingKind
    label: str
    value: str
    number: float | None = None
    lower: float = math.nan
    centre: float = math.nan
    upper: float = math.nan
    time: str = ""
    caption: str = ""
    cells: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind in _POINTS) != (self.number is not None):
            raise ValueError(
                f"{self.label}: a reading has a number exactly when its kind has a point: {self.kind}, {self.number}"
            )

    @property
    def has_limits(self) -> bool:
        """Whether chance can be told from more than chance here, upwards or downwards."""
        return not (math.isnan(self.lower) and math.isnan(self.upper))


@dataclass(frozen=True, slots=True)
class Break:
    """From the reading with this index on, the level and the limits are worked out anew; and why, in words."""

    before: int
    words: str


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
    along = words_along([(_x(index, readings), reading.time) for index, reading in enumerate(readings) if reading.time])
    plane = Plane(
        ground=tuple(_ground(readings, scale, breaks, target)),
        captions=settled(_captions(readings, scale, breaks), _special_places(readings, scale)),
        numbers=upright_numbers(scale, map(write_tick, scale.ticks)),
        ends=end_numbers(_ends(readings, scale, ends or EndNumbers(), target)),
        lane=tuple(_lane(readings)),
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


def _x(index: float, readings: Sequence[Reading]) -> float:
    """The middle of the strip of the ground that belongs to a reading, in per cent."""
    return 100 * (index + 0.5) / len(readings)


def _ground(
    readings: Sequence[Reading], scale: Scale, breaks: Sequence[Break], target: Level | None
) -> Iterator[Shape]:
    """Everything between the scales, what lies on top last."""
    yield from (across(scale, tick, Role.GRID) for tick in scale.ticks)
    parts = tuple(_parts(len(readings), breaks))
    for part in parts:
        yield from _within(readings, scale, part)
    for part in parts:
        for levels in _levels(readings, part, lambda reading: reading.lower, lambda reading: reading.upper):
            steps = _steps(levels, len(readings), scale)
            yield Polyline(Role.LIMIT if len(steps) == 2 else Role.LIMIT_VARYING, steps)
    for part in parts:
        for levels in _levels(readings, part, lambda reading: reading.centre):
            yield Polyline(Role.CENTRE, _steps(levels, len(readings), scale))
    if target is not None and scale.lower <= target.value <= scale.upper:
        yield across(scale, target.value, Role.TARGET)
    yield from (Line(Role.BREAK, x, x, 0.0, 100.0) for x in (_x(each.before - 0.5, readings) for each in breaks))
    yield from _joined(readings, scale)
    points = [(index, each.kind, each.number) for index, each in enumerate(readings) if each.number is not None]
    for index, kind, number in sorted(points, key=lambda point: list(_POINTS).index(point[1]), reverse=True):
        yield Point(_POINTS[kind], _x(index, readings), height_at(scale, number))


def _parts(count: int, breaks: Sequence[Break]) -> Iterator[range]:
    """The readings between two breaks."""
    edges = [0, *sorted({each.before for each in breaks}), count]
    return (range(start, end) for start, end in pairwise(edges))


def _levels(
    readings: Sequence[Reading], part: range, *lines: Callable[[Reading], float]
) -> Iterator[list[tuple[int, float]]]:
    """For each of ``lines``, the stretches of neighbours in a part that all have a level, as (index, level)."""
    for level in lines:
        for missing, stretch in groupby(part, key=lambda index: math.isnan(level(readings[index]))):
            if not missing:
                yield [(index, level(readings[index])) for index in stretch]


def _steps(levels: Sequence[tuple[int, float]], count: int, scale: Scale) -> tuple[tuple[float, float], ...]:
    """A line that keeps one height over the strip of each reading, through its corners."""
    corners: list[tuple[float, float]] = []
    for value, strips in groupby(levels, key=lambda level: level[1]):
        indices = [index for index, _value in strips]
        height = height_at(scale, value)
        corners += [(100 * indices[0] / count, height), (100 * (indices[-1] + 1) / count, height)]
    return tuple(corners)


def _within(readings: Sequence[Reading], scale: Scale, part: range) -> Iterator[Area]:
    """The shaded bands of one part. A limit that does not exist bounds nothing: the band goes on to the edge."""
    for limited, strip in groupby(part, key=lambda index: readings[index].has_limits):
        if limited:
            indices = list(strip)
            upper = [(index, _or(readings[index].upper, scale.upper)) for index in indices]
            lower = [(index, _or(readings[index].lower, scale.lower)) for index in indices]
            top, bottom = _steps(upper, len(readings), scale), _steps(lower, len(readings), scale)
            yield Area(Role.WITHIN, (*top, *reversed(bottom)))


def _or(value: float, otherwise: float) -> float:
    return otherwise if math.isnan(value) else value


def _joined(readings: Sequence[Reading], scale: Scale) -> Iterator[Polyline]:
    """Lines between neighbours. They pass by what is left out of the limits, and break where there is no value."""
    drawn = [(index, each.number) for index, each in enumerate(readings) if each.kind is not ReadingKind.GHOSTED]
    for missing, stretch in groupby(drawn, key=lambda place: place[1] is None):
        places = tuple((_x(index, readings), height_at(scale, number or 0.0)) for index, number in stretch)
        if not missing and len(places) > 1:
            yield Polyline(Role.JOINED, places)


def _lane(readings: Sequence[Reading]) -> Iterator[Shape]:
    """Marks for the periods without a figure. They stand below the scale, so that none is read as nought."""
    count = len(readings)
    for kind, together in groupby(enumerate(readings), key=lambda place: place[1].kind):
        indices = [index for index, _reading in together]
        start, end = 100 * indices[0] / count, 100 * (indices[-1] + 1) / count
        if kind is ReadingKind.HIDDEN:
            yield Band(Role.HATCH_BOX, 10.0, 80.0, start, end - start)
        elif kind is ReadingKind.NOT_RECORDED:
            yield Line(Role.DASHED_FINE, start, end)
        elif kind is ReadingKind.DOES_NOT_APPLY:
            middle, reach = (start + end) / 2, 30 / count  # one dash however long it lasts: two would look dashed
            yield Line(Role.SHORT_DASH, middle - reach, middle + reach)


def _captions(readings: Sequence[Reading], scale: Scale, breaks: Sequence[Break]) -> Iterator[Sequence[Caption]]:
    for each in breaks:
        yield (caption_on_top(each.words, _x(each.before - 0.5, readings), "caption"),)
    for index, reading in enumerate(readings):
        if reading.caption and reading.number is not None:
            role = "caption special" if reading.kind is ReadingKind.SPECIAL else "caption"
            yield captions_beside(reading.caption, _x(index, readings), height_at(scale, reading.number), role)


def _special_places(readings: Sequence[Reading], scale: Scale) -> tuple[Place, ...]:
    """Where the marks stand that no words may cover."""
    return tuple(
        (_x(index, readings), height_at(scale, reading.number))
        for index, reading in enumerate(readings)
        if reading.kind is ReadingKind.SPECIAL and reading.number is not None
    )


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
    if words.centre and any(not math.isnan(reading.centre) for reading in readings):
        yield (Polyline(Role.CENTRE, ((0.0, 50.0), (100.0, 50.0))),), words.centre
    if words.within and any(reading.has_limits for reading in readings):
        yield _band_sample(ground), words.within
    if target is not None:
        yield (Line(Role.TARGET, 0.0, 100.0),), target.words
    if breaks:
        yield (Line(Role.BREAK, 50.0, 50.0, 0.0, 100.0),), "; ".join(each.words for each in breaks)
