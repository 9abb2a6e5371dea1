"""What charts with two scales have in common: the ground between the scales, and words around and on it.

A plane is drawn in parts that a page sets beside each other: the numbers of the upright scale before the ground, the
numbers of its lines after it, and the words of the other scale below. Each part fills its place, so that neither a
stroke nor a letter is ever stretched. Words that a phone has no room for are marked, and left out there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from evenhand.charts.fluid import Markup, fragment, words_at
from evenhand.charts.lettering import in_lines, width_in_ems
from evenhand.charts.scale import Scale
from evenhand.charts.shapes import Line, Place, Role, Shape

# The ground on the narrowest phone, and on a page, in ems of its words. Both are a little less than the style sheet
# gives, so that words set by them never touch.
_NARROW, _WIDE = (13.5, 13.0), (36.0, 15.0)
_GAP = 0.6  # ems kept free around words
LINE_OF_WORDS = 1.25  # ems from one line of words to the next
_CLEAR_OF_A_MARK = 0.8  # ems between the middle of a mark and the feet of the words over it
_MOST_LETTERS = 22  # of a line of words on the ground of a phone
_ROOM_FOR_A_NUMBER = 8.5  # per cent of the height of the ground that a number beside it needs
_STEPS = (1, 2, 3, 4, 6, 12, 24, 36, 48, 60, 120)  # so that months thin out to quarters, halves and years


class Anchor(StrEnum):
    """Which part of words stands at their place, in the direction in which they are read."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """Words at a place.

    Attributes:
        x, y: per cent of the part of the drawing in which they stand.
        drop: ems from the place to the foot of their first line.
        role: what they are, for the style sheet.
        wide_only: a phone has no room for them.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    role: str
    anchor: Anchor = Anchor.MIDDLE
    drop: float = 0.35
    wide_only: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A line from side to side: its value, the number written at its end, and what the key says of it."""

    value: float
    number: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """The parts of a drawing, before a writer makes it markup.

    Attributes:
        ground: the shapes between the scales; captions: the words on them.
        numbers: the upright scale, written before the ground; ends: the lines' own numbers, written after it.
        lane: marks below the ground for what has no place on the scale.
        along, marks_along: the words of the other scale, and its tick marks, below that.
    """

    ground: tuple[Shape, ...]
    captions: tuple[Caption, ...]
    numbers: tuple[Caption, ...]
    ends: tuple[Caption, ...]
    lane: tuple[Shape, ...]
    along: tuple[Caption, ...]
    marks_along: tuple[Shape, ...]

    @property
    def lines_on_top(self) -> int:
        """For how many lines of words there must be room above the ground; 0 when none stand there."""
        return max((len(caption.lines) for caption in self.captions if caption.y == 0 and caption.drop < 0), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaneMarkup:
    """The parts of a plane as the insides of drawings that fill their places.

    Attributes:
        widest_number, widest_end: what the columns before and after the ground must have room for.
    """

    ground: Markup
    numbers: Markup
    ends: Markup
    lane: Markup
    along: Markup
    widest_number: str
    widest_end: str


def fluid_plane(plane: Plane, *, hatch: str, right_to_left: bool) -> PlaneMarkup:
    """``plane`` for a page. ``hatch``: the id of the pattern for what is hidden."""

    def write(shapes: Sequence[Shape], captions: Iterable[Caption]) -> Markup:
        words = "".join(_written(caption, right_to_left=right_to_left) for caption in captions)
        return Markup(fragment(shapes, hatch=hatch, right_to_left=right_to_left) + words)

    return PlaneMarkup(
        ground=write(plane.ground, plane.captions),
        numbers=write((), plane.numbers),
        ends=write((), plane.ends),
        lane=write(plane.lane, ()),
        along=write(plane.marks_along, plane.along),
        widest_number=_widest(plane.numbers),
        widest_end=_widest(plane.ends),
    )


def _written(caption: Caption, *, right_to_left: bool) -> str:
    return words_at(
        100 - caption.x if right_to_left else caption.x,
        caption.y,
        caption.lines,
        role=f"{caption.role} wide-only" if caption.wide_only else caption.role,
        anchor=caption.anchor,
        drop=caption.drop,
    )


def _widest(captions: Iterable[Caption]) -> str:
    return max((line for caption in captions for line in caption.lines), key=len, default="")


def height_at(scale: Scale, value: float) -> float:
    """Per cent of the ground from its top down to ``value``."""
    return 100 - scale.place(value)


def across(scale: Scale, level: float, role: Role) -> Line:
    """A line from side to side at ``level``."""
    return Line(role, 0.0, 100.0, height_at(scale, level), height_at(scale, level))


def upright_numbers(scale: Scale, written: Iterable[str]) -> tuple[Caption, ...]:
    """The ticks of the upright scale, as ``written``."""
    return tuple(
        Caption(lines=(words,), x=100.0, y=height_at(scale, tick), role="tick", anchor=Anchor.END)
        for tick, words in zip(scale.ticks, written, strict=True)
    )


def end_numbers(numbers: Iterable[tuple[float, str, str]]) -> tuple[Caption, ...]:
    """Numbers at the ends of lines: (height, words, role). Moved apart where they would touch; equal words once."""
    different = {words: (height, words, role) for height, words, role in numbers}
    ordered = sorted(different.values())
    heights = apart([height for height, _words, _role in ordered], room=_ROOM_FOR_A_NUMBER)
    return tuple(
        Caption(lines=(words,), x=0.0, y=height, role=role, anchor=Anchor.START)
        for height, (_height, words, role) in zip(heights, ordered, strict=True)
    )


def apart(heights: Sequence[float], *, room: float) -> list[float]:
    """``heights``, ascending, moved as little as needed so that neighbours stand at least ``room`` apart.

    Numbers that crowd together are spread around their middle: the mean of what each would want, with the distances
    between them taken off, as in the pooling of adjacent violators.
    """
    pools: list[tuple[float, int]] = []  # (where the first of a crowd would stand if all stood together, how many)
    for index, height in enumerate(heights):
        wanted, size = height - index * room, 1
        while pools and pools[-1][0] > wanted:
            before, many = pools.pop()
            wanted, size = (before * many + wanted * size) / (many + size), many + size
        pools.append((wanted, size))
    settled = [wanted for wanted, size in pools for _ in range(size)]
    return [wanted + index * room for index, wanted in enumerate(settled)]


def words_along(candidates: Sequence[tuple[float, str]]) -> tuple[Caption, ...]:
    """Words under the ground, each centred on its place (per cent): every one, every second, … as there is room.

    Those for which only a page has room, and no phone, are marked.
    """
    on_a_page = _thinned(candidates, _WIDE[0])
    on_a_phone = set(_thinned(candidates, _NARROW[0]))
    kept = on_a_page if on_a_phone <= set(on_a_page) else tuple(sorted(on_a_phone))
    return tuple(
        Caption(lines=(words,), x=x, y=0.0, role="tick", drop=1.4, wide_only=(x, words) not in on_a_phone)
        for x, words in kept
    )


def marks_along(words: Iterable[Caption]) -> tuple[Shape, ...]:
    """A tick mark over each word below the ground."""
    return tuple(Line(Role.TICK_MARK, caption.x, caption.x, 0.0, 25.0) for caption in words)


def _thinned(candidates: Sequence[tuple[float, str]], width: float) -> tuple[tuple[float, str], ...]:
    """The largest regular choice of candidates that do not touch on a ground of ``width`` ems."""
    choices = (tuple(candidates[::step]) for step in (*_STEPS, len(candidates) or 1))
    return next(
        chosen for chosen in choices if all(_distance(one, other, width) >= _GAP for one, other in pairwise(chosen))
    )


def _distance(one: tuple[float, str], other: tuple[float, str], width: float) -> float:
    """Ems between the end of one centred word and the beginning of the next."""
    between = (other[0] - one[0]) / 100 * width
    return between - (width_in_ems(one[1]) + width_in_ems(other[1])) / 2


def captions_beside(words: str, x: float, y: float, role: str) -> tuple[Caption, ...]:
    """Where words at a mark at (x, y) may stand: over it or, if there is no room or something in the way, under it."""
    lines = in_lines(words, _MOST_LETTERS)
    over = -_CLEAR_OF_A_MARK - LINE_OF_WORDS * (len(lines) - 1)
    drops = [drop for drop in (over, _CLEAR_OF_A_MARK + 0.75) if y / 100 * _NARROW[1] + drop > 0]
    anchor = _towards_the_middle(lines, x)
    return tuple(Caption(lines=lines, x=x, y=y, role=role, anchor=anchor, drop=drop) for drop in drops)


def caption_on_top(words: str, x: float, role: str) -> Caption:
    """Words over the upper edge of the ground, at a line that goes up to them."""
    lines = in_lines(words, _MOST_LETTERS)
    drop = -0.5 - LINE_OF_WORDS * (len(lines) - 1)
    return Caption(lines=lines, x=x, y=0.0, role=role, anchor=_towards_the_middle(lines, x), drop=drop)


def _towards_the_middle(lines: Sequence[str], x: float) -> Anchor:
    half = 50 * _width(lines) / _NARROW[0]
    return Anchor.START if x < half else Anchor.END if x > 100 - half else Anchor.MIDDLE


def _width(lines: Sequence[str]) -> float:
    return max(width_in_ems(line) for line in lines)


def settled(choices: Iterable[Sequence[Caption]], marks: Sequence[Place] = ()) -> tuple[Caption, ...]:
    """Of each caption's ``choices`` one that covers none of ``marks`` and no caption before it; else none.

    Better one that a phone, too, has room for. What finds no place is said by the table and the text alternative.
    """
    page, phone = _Taken(_WIDE, marks), _Taken(_NARROW, marks)
    found: list[Caption] = []
    for places in choices:
        on_a_page = [caption for caption in places if page.has_room_for(caption)]
        everywhere = [caption for caption in on_a_page if phone.has_room_for(caption)]
        for caption in (everywhere or on_a_page)[:1]:
            found.append(replace(caption, wide_only=not everywhere))
            page.take(caption)
            if everywhere:
                phone.take(caption)
    return tuple(found)


_Box = tuple[float, float, float, float]  # left, right, top and bottom, in ems


class _Taken:
    """What is already on a ground of a certain size."""

    def __init__(self, ground: tuple[float, float], marks: Iterable[Place]) -> None:
        self.width, self.height = (ems / 100 for ems in ground)
        places = ((x * self.width, y * self.height) for x, y in marks)
        self.boxes: list[_Box] = [(x - 0.4, x + 0.4, y - 0.4, y + 0.4) for x, y in places]

    def take(self, caption: Caption) -> None:
        self.boxes.append(self._box(caption))

    def has_room_for(self, caption: Caption) -> bool:
        left, right, top, bottom = self._box(caption)
        return not any(left < box[1] and box[0] < right and top < box[3] and box[2] < bottom for box in self.boxes)

    def _box(self, caption: Caption) -> _Box:
        """The words with the room around them."""
        width = _width(caption.lines)
        before = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[caption.anchor]
        left = caption.x * self.width - before
        foot = caption.y * self.height + caption.drop
        below = LINE_OF_WORDS * (len(caption.lines) - 1)
        return left - _GAP / 2, left + width + _GAP / 2, foot - 0.75, foot + below + 0.25


def simplified(places: Sequence[Place], *, tolerance: float = 0.1) -> tuple[Place, ...]:
    """The same line through fewer places: none left out is further than ``tolerance`` (per cent, upright) from it."""
    if len(places) < 3 or places[0][0] == places[-1][0]:
        return tuple(places)
    (x1, y1), (x2, y2) = places[0], places[-1]
    slope = (y2 - y1) / (x2 - x1)
    off = [abs(y - y1 - slope * (x - x1)) for x, y in places]
    furthest = max(range(len(places)), key=off.__getitem__)
    if off[furthest] <= tolerance:
        return places[0], places[-1]
    before = simplified(places[: furthest + 1], tolerance=tolerance)
    return before[:-1] + simplified(places[furthest:], tolerance=tolerance)
