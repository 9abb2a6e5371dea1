"""The scale of a chart: where a value stands, in per cent of the drawing, and which values are written on the axis."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

_MOST_INTERVALS = 5  # 4 to 6 ticks: fewer leave a reader guessing, more collide on a phone
_MOST_WHOLE_TIMES = 7  # "2×" is short: up to here every whole number has its tick
_BEYOND_THE_POINTS = 2.5  # one very wide range may not press all the others together
_HEADROOM = 0.1  # share of the values kept free beyond them, for the words at a point
_FAR_FROM_ZERO = 0.6  # values that all lie above this share of the highest do not need the scale's first part,
_THE_SAME = 0.999  # unless they are as good as equal
_ROOM = 0.05  # share of the scale kept free below "the same rate", so that a mark on it is seen whole


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from ``lower`` to ``upper`` with the values to write on it, ascending."""

    lower: float
    upper: float
    ticks: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.lower < self.upper:
            raise ValueError(f"a scale runs upwards: found {self.lower} to {self.upper}")

    def position(self, value: float) -> float:
        """Per cent of the way from the start of the scale, 0 to 100; a value beyond an end stands on that end."""
        return min(100.0, max(0.0, self.place(value)))

    def place(self, value: float) -> float:
        """Per cent of the way from the start of the scale, below 0 or above 100 for a value beyond an end."""
        return 100 * (value - self.lower) / (self.upper - self.lower)

    def ends_before(self, value: float) -> bool:
        """Whether ``value`` lies beyond the upper end, so that a bar to it has to be shown as running on."""
        return value > self.upper


def scale_from_zero(points: Iterable[float], limits: Iterable[float]) -> Scale:
    """For rates, proportions and counts: from 0 to a round number that holds the points and, within reason, the limits.

    Args:
        points: the values drawn as dots. All of them fit on the scale.
        limits: upper ends of their ranges. A limit beyond 2½ times the largest point runs off the scale.
    """
    largest = _largest_shown(points, limits)
    step = _step(largest, most=_MOST_INTERVALS)
    intervals = math.ceil(_tidy(largest / step))
    return Scale(0.0, _tidy(intervals * step), tuple(_tidy(k * step) for k in range(intervals + 1)))


def scale_around_one(points: Iterable[float], limits: Iterable[float]) -> Scale:
    """For ratios: 1 ("the same rate") is always on the scale and always written.

    Args:
        points: the ratios drawn as dots; limits: both ends of all ranges, in any order.
    """
    points, limits = tuple(points), tuple(limits)
    smallest = min((value for value in (*points, *limits) if not math.isnan(value)), default=1.0)
    smallest = min(1.0, smallest)
    largest = max(1.0, _largest_shown(points, limits))
    if largest - smallest < 1:
        largest = smallest + 1  # near-equal rates would otherwise fill the drawing and look far apart
    step = _step(largest - smallest, most=_MOST_INTERVALS)
    if step == 2 and largest - smallest <= _MOST_WHOLE_TIMES:
        step = 1.0
    upper = max(1.0, _tidy(math.ceil(_tidy(largest / step)) * step))
    lower = max(0.0, smallest - _ROOM * (upper - smallest))
    multiples = (_tidy(k * step) for k in range(1, round(upper / step) + 1))
    ticks = {1.0} | {tick for tick in multiples if tick >= lower and abs(tick - 1) > 0.4 * step}
    return Scale(lower, upper, tuple(sorted(ticks)))


def scale_around_zero(points: Iterable[float], limits: Iterable[float]) -> Scale:
    """For differences: 0 ("as many") is always on the scale, and every lower end.

    Args:
        points: the differences drawn as dots; limits: both ends of all ranges, in any order. An upper end far beyond
            everything else runs off the scale.
    """
    limits = [limit for limit in limits if math.isfinite(limit)]
    return scale_of_series([0.0, *points, *(limit for limit in limits if limit < 0)], limits)


def scale_of_series(points: Iterable[float], limits: Iterable[float] = ()) -> Scale:
    """For values drawn one above another: from 0, unless all lie so far from it that they would look like one.

    Args:
        points: the values drawn, and the lines that must be seen. All of them fit, with room above for a word.
        limits: both ends of what chance explains. A limit beyond 2½ times the point furthest from 0 runs off the scale.
    """
    finite = [value for value in points if math.isfinite(value)]
    low, high = min(finite, default=0.0), max(finite, default=0.0)
    reach = _BEYOND_THE_POINTS * max(abs(low), abs(high)) or math.inf
    shown = [min(reach, max(-reach, limit)) for limit in limits if math.isfinite(limit)]
    low, high = min([low, *shown]), max([high, *shown])
    if low > 0 and not high * _FAR_FROM_ZERO < low < high * _THE_SAME:
        low = 0.0
    if high < 0 and not low * _FAR_FROM_ZERO > high > low * _THE_SAME:
        high = 0.0
    if low == high:
        return Scale(0.0, 1.0, (0.0, 0.5, 1.0))  # nothing but zeros
    room = _HEADROOM * (high - low)
    low, high = low - room * (low < 0), high + room * (high > 0)
    step = _step(high - low, most=_MOST_INTERVALS)
    first, last = math.floor(_tidy(low / step)), math.ceil(_tidy(high / step))
    ticks = tuple(_tidy(k * step) for k in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def _largest_shown(points: Iterable[float], limits: Iterable[float]) -> float:
    """The value that the upper end must reach; 1 when there is nothing to draw."""
    largest_point = max((value for value in points if math.isfinite(value)), default=0.0)
    largest_limit = max((value for value in limits if math.isfinite(value)), default=0.0)
    if largest_point <= 0:
        return largest_limit or 1.0
    return max(largest_point, min(largest_limit, _BEYOND_THE_POINTS * largest_point))


def _step(span: float, *, most: int) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that divides ``span`` into at most ``most`` intervals."""
    power: float = 10.0 ** math.floor(math.log10(span / most))
    steps = (power, 2 * power, 5 * power, 10 * power, 20 * power)
    return _tidy(next(step for step in steps if math.ceil(_tidy(span / step)) <= most))


def _tidy(value: float) -> float:
    """Without the dust of binary arithmetic: 0.30000000000000004 is written 0.3."""
    return float(f"{value:.10g}")
