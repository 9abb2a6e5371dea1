"""A series over time as a control chart needs it: ordered periods, values or gaps, ghosts, partitions, baselines.

    gap             a period without a value (``nan``): no moving range and no run crosses it, unless asked
    ghost           a point that is shown and counts in nothing: its neighbours follow each other directly
    partition       the points between two recalculations; each has its own line and limits
    baseline        the points that set the line and limits of the partition in which they lie
    moving range    |x - the counted point before|

Limits need ``minimum_points`` points that set them, in each partition. (The template of Making Data Count asks for 15
in the whole chart; three points after a recalculation would then have limits of their own.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.errors import InputRefused
from evenhand.stats.chart_rules import ROUNDING, BoolArray, Conflict, Direction, IntArray
from evenhand.stats.intervals import FloatArray
from evenhand.stats.statuses import StatusArray

Period = date | int | float | str
Periods = Sequence[Period] | NDArray[Any]

# Wheeler's constants for ranges of two: 3/d₂ and D₄, and d₂ itself, with the digits that the field prints.
LIMITS_PER_MOVING_RANGE = 2.66
MOVING_RANGE_LIMIT = 3.267
D2 = 1.128


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSettings:
    """What a person decides about a chart; the defaults are those of Making Data Count.

    Attributes:
        baseline: the limits are set by the first so many counted points, or by those from one period to another.
        recalculate_at: periods at which a new line and new limits begin.
        ghosted: periods that are shown and not counted.
        across_gaps: whether moving ranges and runs go on across periods without a value.
        screen_moving_ranges: whether moving ranges above 3.267 times their mean are left out of it, once.
        conflict: what a point is shown as that is both an improvement and a concern.
    """

    direction: Direction = Direction.NEITHER
    target: float | None = None
    minimum_points: int = 15
    baseline: int | tuple[Period, Period] | None = None
    recalculate_at: tuple[Period, ...] = ()
    ghosted: tuple[Period, ...] = ()
    across_gaps: bool = False
    screen_moving_ranges: bool = False
    shift_points: int = 7
    trend_points: int = 7
    conflict: Conflict = Conflict.CONCERN

    def __post_init__(self) -> None:
        for name, points in (("shift_points", self.shift_points), ("trend_points", self.trend_points)):
            if not 6 <= points <= 8:
                raise InputRefused(f"{name}: found {points}; 6, 7 or 8 is right")
        if self.minimum_points < 2:
            raise InputRefused(f"minimum_points: found {self.minimum_points}; 2 or more is right")
        if self.target is not None and not np.isfinite(self.target):
            raise InputRefused(f"target: found {self.target}; a number is right, or None for no target")


@dataclass(frozen=True, eq=False)
class ChartSeries:
    """The series with all that its settings decide, one place a period; ``status`` says where a value is missing."""

    periods: tuple[Period, ...]
    value: FloatArray
    status: StatusArray
    settings: ChartSettings

    @cached_property
    def ghosted(self) -> BoolArray:
        """Points that are shown and not counted."""
        return _mask(self.periods, self.settings.ghosted, "ghosted")

    @cached_property
    def gap(self) -> BoolArray:
        """Periods without a value."""
        return np.asarray(np.isnan(self.value))

    @cached_property
    def counted(self) -> BoolArray:
        """Points that have a value and are not ghosted."""
        return np.asarray(~self.gap & ~self.ghosted)

    @cached_property
    def partition(self) -> IntArray:
        """1 for the points before the first recalculation, 2 after it, and so on; one at the first period is none."""
        starts = np.zeros(self.value.shape, dtype=np.int64)
        for period in self.settings.recalculate_at:
            starts[_position(self.periods, period, "recalculate_at")] = 1
        starts[:1] = 0
        return np.asarray(1 + np.cumsum(starts))

    @cached_property
    def stretch(self) -> IntArray:
        """A number that changes at every gap that is not ghosted."""
        if self.settings.across_gaps:
            return np.zeros(self.value.shape, dtype=np.int64)
        return np.asarray(np.cumsum(self.gap & ~self.ghosted))

    @cached_property
    def base(self) -> BoolArray:
        """The points that set the limits of their partition."""
        baseline = self.settings.baseline
        if baseline is None:
            return self.counted
        inside = self._baseline_points(baseline)
        partitions = np.unique(self.partition[inside])
        if partitions.size > 1:
            raise InputRefused(f"baseline: found {baseline}, which crosses a recalculation; one partition is right")
        return np.asarray(self.counted & (inside | ~np.isin(self.partition, partitions)))

    def _baseline_points(self, baseline: int | tuple[Period, Period]) -> BoolArray:
        if isinstance(baseline, tuple):
            first, last = (_position(self.periods, period, "baseline") for period in baseline)
            place = np.arange(self.value.size)
            return self.counted & (place >= first) & (place <= last)
        if baseline < 1:
            raise InputRefused(f"baseline: found {baseline}; a number of points from 1 up is right, or two periods")
        return np.asarray(self.counted & (np.cumsum(self.counted) <= baseline))

    @cached_property
    def points_behind_limits(self) -> IntArray:
        """For each point, how many points set the limits of its partition."""
        return np.bincount(self.partition[self.base], minlength=int(self.partition.max(initial=0)) + 1)[self.partition]

    @cached_property
    def enough_points(self) -> BoolArray:
        """Where there are enough points for limits."""
        return np.asarray(self.points_behind_limits >= self.settings.minimum_points)

    def partition_means(self, numbers: FloatArray, mask: BoolArray) -> FloatArray:
        """For each point the mean of ``numbers`` over the masked points of its partition; ``nan`` where none are."""
        size = int(self.partition.max(initial=0)) + 1
        total = np.bincount(self.partition[mask], weights=numbers[mask], minlength=size)
        count = np.bincount(self.partition[mask], minlength=size)
        return np.asarray((total / np.where(count > 0, count, np.nan))[self.partition])

    def means(self, numbers: FloatArray) -> FloatArray:
        """For each point the mean over the points that set the limits of its partition."""
        return self.partition_means(numbers, self.base)

    def moving_ranges(self, numbers: FloatArray) -> FloatArray:
        """|number - the counted one before|, in any partition; ``nan`` for the first, after a gap, and for a ghost."""
        ranges = np.full(numbers.shape, np.nan)
        place = np.flatnonzero(self.counted)
        follows = self.stretch[place][1:] == self.stretch[place][:-1]
        ranges[place[1:]] = np.where(follows, np.abs(np.diff(numbers[place])), np.nan)
        return ranges

    def mean_moving_ranges(self, ranges: FloatArray) -> tuple[FloatArray, FloatArray]:
        """For each point the mean moving range of its partition: of all ranges, and of those that set the limits."""
        both_ends = np.zeros(ranges.shape, dtype=np.bool_)
        place = np.flatnonzero(self.counted)
        partition, base = self.partition[place], self.base[place]
        both_ends[place[1:]] = (partition[1:] == partition[:-1]) & base[1:] & base[:-1]
        both_ends &= ~np.isnan(ranges)
        mean = self.partition_means(ranges, both_ends)
        if not self.settings.screen_moving_ranges:
            return mean, mean
        return mean, self.partition_means(ranges, both_ends & (ranges <= MOVING_RANGE_LIMIT * mean))

    def usable(self, mean_range: FloatArray, numbers: FloatArray) -> FloatArray:
        """Mean moving ranges, ``nan`` where they are 0 though the points that set the limits are not all the same."""
        away = np.abs(numbers - self.means(numbers))
        rounding = ROUNDING * np.abs(numbers[self.counted]).max(initial=0.0)
        varies = self.means((away > rounding).astype(np.float64)) > 0
        return np.where((mean_range > rounding) | ~varies, mean_range, np.nan)


def checked_series(
    value: FloatArray, status: StatusArray, periods: Periods | None, settings: ChartSettings
) -> ChartSeries:
    """The series, its periods checked: as many as values, of one kind, in order, none twice. None: 1, 2, 3 …"""
    if value.ndim != 1:
        raise InputRefused(f"values: found {value.ndim} dimensions; one series, a list of numbers, is right")
    labels = tuple(range(1, value.size + 1)) if periods is None else as_periods(periods)
    if len(labels) != value.size:
        raise InputRefused(f"periods: found {len(labels)} for {value.size} values; one for each is right")
    if len(set(labels)) < len(labels):
        twice = next(label for place, label in enumerate(labels) if label in labels[:place])
        raise InputRefused(f"periods: found {twice} twice; each period once is right")
    refuse_unordered(labels)
    return ChartSeries(labels, value, status, settings)


def as_periods(periods: Periods) -> tuple[Period, ...]:
    """Dates, numbers or names as a tuple; NumPy's dates become those of Python."""
    if isinstance(periods, np.ndarray):
        dates = periods.dtype.kind == "M"
        return tuple((periods.astype("datetime64[us]") if dates else periods).tolist())
    return tuple(periods)


def refuse_unordered(labels: tuple[Period, ...]) -> None:
    """Raise InputRefused where dates or numbers go back; names are taken as they come."""
    if len({isinstance(label, str) for label in labels}) > 1:
        raise InputRefused("periods: found names among dates or numbers; one kind is right")
    for before, after in pairwise(labels):
        if isinstance(before, str):
            return
        try:
            back = after < before  # type: ignore[operator]  # a date against a number is what the except is for
        except TypeError:
            raise InputRefused(f"periods: found {before} and {after}; one kind of date or number is right") from None
        if back:
            raise InputRefused(f"periods: found {after} after {before}; from the earliest to the latest is right")


def _mask(periods: tuple[Period, ...], chosen: tuple[Period, ...], name: str) -> BoolArray:
    for period in chosen:
        _position(periods, period, name)
    return np.fromiter((period in chosen for period in periods), dtype=np.bool_, count=len(periods))


def _position(periods: tuple[Period, ...], period: Period, name: str) -> int:
    """The first place that has this period; raises InputRefused when none has."""
    if period not in periods:
        raise InputRefused(f"{name}: found {period}; one of the periods of the series is right")
    return periods.index(period)
