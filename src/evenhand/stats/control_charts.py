"""A control chart: a series over time with its line, its limits, the rules that points break, and what it comes to.

This is the shape that all charts share; the formulas of the limits are in ``xmr`` (any number), ``attribute_charts``
(shares and rates) and ``rare_events`` (time or cases between events), the rules in ``chart_rules``, gaps, ghosts,
baselines and recalculations in ``chart_series``.

The line and limits of a partition exist when enough points set them (15 unless set) and the series tells how much it
varies. Otherwise they are ``nan``, no rule is applied, and ``status`` and ``notes`` say why.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evenhand.stats.chart_rules import (
    ROUNDING,
    Assurance,
    BoolArray,
    CodeArray,
    IntArray,
    Rule,
    Variation,
    assurance_against,
    broken_rules,
    variations,
)
from evenhand.stats.chart_series import ChartSeries, ChartSettings, Period
from evenhand.stats.intervals import FloatArray
from evenhand.stats.statuses import Status, StatusArray, first_reason

SIGMAS = np.arange(-3.0, 4.0)[:, np.newaxis]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPoint:
    """One period of a chart."""

    period: Period
    value: float
    centre: float
    lower: float
    upper: float
    ghosted: bool
    partition: int
    rules: Rule
    variation: Variation
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ControlChart:
    """A series with its limits and rules, one place a period.

    Attributes:
        centre, lower, upper: the line and the process limits, in ``unit``; the sigma lines divide them in thirds.
        lower_at_bound, upper_at_bound: where a limit stands at a natural bound (0 events, a share of 1), so that no
            point can be beyond it.
        numerator, denominator: what the values were made of; ``nan`` for a chart of bare numbers.
        moving_range, moving_range_limit: of the values, for an XmR chart; ``nan`` for others.
        ghosted: shown, and counted neither in limits nor in rules. partition: 1, 2 … between recalculations.
        sets_limits: the points that the limits of their partition rest on (the baseline, where there is one).
        rules: ``Rule`` bits; variation: ``Variation`` codes; status: ``GIVEN`` where there is a value with limits.
        assurance: of the last counted point's limits against the target.
        notes: what a reader must know, in words.
    """

    periods: tuple[Period, ...]
    value: FloatArray
    centre: FloatArray
    lower: FloatArray
    lower_two_sigma: FloatArray
    lower_one_sigma: FloatArray
    upper_one_sigma: FloatArray
    upper_two_sigma: FloatArray
    upper: FloatArray
    lower_at_bound: BoolArray
    upper_at_bound: BoolArray
    numerator: FloatArray
    denominator: FloatArray
    moving_range: FloatArray
    moving_range_limit: FloatArray
    ghosted: BoolArray
    partition: IntArray
    sets_limits: BoolArray
    rules: CodeArray
    variation: CodeArray
    status: StatusArray
    assurance: Assurance
    settings: ChartSettings
    method: str
    unit: str
    notes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.periods)

    def __iter__(self) -> Iterator[ControlPoint]:
        """One ``ControlPoint`` a period."""
        columns = (self.value, self.centre, self.lower, self.upper, self.ghosted, self.partition)
        codes = (self.rules, self.variation, self.status)
        rows = zip(self.periods, *(column.tolist() for column in (*columns, *codes)), strict=True)
        for period, value, centre, lower, upper, ghosted, partition, rules, variation, status in rows:
            yield ControlPoint(
                period=period,
                value=value,
                centre=centre,
                lower=lower,
                upper=upper,
                ghosted=ghosted,
                partition=partition,
                rules=Rule(rules),
                variation=Variation(variation),
                status=Status(status),
            )

    @property
    def last(self) -> int | None:
        """The place of the last counted point, which the icons are about; None where no point is counted."""
        return _last(~np.isnan(self.value) & ~self.ghosted)

    @property
    def last_variation(self) -> Variation:
        """What the last counted point shows."""
        return Variation.NOT_JUDGED if self.last is None else Variation(self.variation[self.last])

    @property
    def last_rules(self) -> Rule:
        """The rules that the last counted point breaks."""
        return Rule(0) if self.last is None else Rule(int(self.rules[self.last]))

    @property
    def words(self) -> str:
        """What the chart comes to, in one or two sentences."""
        if self.last is None:
            return "There is no value to judge."
        sentence = f"{self.periods[self.last]}: {self.last_variation.words}"
        if self.last_rules:
            sentence += f" (the point is {self.last_rules.words})"
        if self.assurance is not Assurance.NO_TARGET:
            sentence += f". Target: {self.assurance.words}"
        return f"{sentence}."


def _last(mask: BoolArray) -> int | None:
    places = np.flatnonzero(mask)
    return int(places[-1]) if places.size else None


def sigma_lines(centre: FloatArray, sigma: FloatArray) -> FloatArray:
    """Seven rows, from centre - 3·sigma to centre + 3·sigma."""
    return np.asarray(centre + SIGMAS * sigma)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartMaking:
    """What a kind of chart adds to the series: its name, its natural bounds and what the values were made of."""

    method: str
    unit: str
    lower_bound: float = -np.inf
    upper_bound: float = np.inf
    numerator: FloatArray | None = None
    denominator: FloatArray | None = None
    moving_range: FloatArray | None = None
    moving_range_limit: FloatArray | None = None
    notes: tuple[str, ...] = ()


def control_chart(series: ChartSeries, lines: FloatArray, making: ChartMaking) -> ControlChart:
    """The chart of a series with the seven lines of its kind, which are ``nan`` where the formula has no answer."""
    settings = series.settings
    below_bound, above_bound = lines <= making.lower_bound, lines >= making.upper_bound
    lines = np.clip(lines, making.lower_bound, making.upper_bound)
    lines[:, ~series.enough_points] = np.nan
    status = np.where(series.gap, series.status, _status_of_limits(series, lines)).astype(np.uint8)
    rules = broken_rules(
        series.value,
        lines,
        counted=series.counted,
        partition=series.partition,
        stretch=series.stretch,
        shift_points=settings.shift_points,
        trend_points=settings.trend_points,
    )
    last = _last(series.counted)
    assurance = Assurance.NO_TARGET if settings.target is None else Assurance.NOT_JUDGED
    if last is not None:
        assurance = assurance_against(
            settings.target,
            float(lines[0, last]),
            float(lines[6, last]),
            settings.direction,
            lower_at_bound=bool(below_bound[0, last]),
            upper_at_bound=bool(above_bound[6, last]),
        )
    none = np.full(series.value.shape, np.nan)
    has_limits = ~np.isnan(lines[0])
    return ControlChart(
        periods=series.periods,
        value=series.value,
        centre=lines[3],
        lower=lines[0],
        lower_two_sigma=lines[1],
        lower_one_sigma=lines[2],
        upper_one_sigma=lines[4],
        upper_two_sigma=lines[5],
        upper=lines[6],
        lower_at_bound=below_bound[0] & has_limits,
        upper_at_bound=above_bound[6] & has_limits,
        numerator=none if making.numerator is None else making.numerator,
        denominator=none if making.denominator is None else making.denominator,
        moving_range=none if making.moving_range is None else making.moving_range,
        moving_range_limit=none if making.moving_range_limit is None else making.moving_range_limit,
        ghosted=series.ghosted,
        partition=series.partition,
        sets_limits=series.base,
        rules=rules,
        variation=variations(rules, series.counted & has_limits, settings.direction, settings.conflict),
        status=status,
        assurance=assurance,
        settings=settings,
        method=making.method,
        unit=making.unit,
        notes=(*_notes(series, lines, making), *making.notes),
    )


def _status_of_limits(series: ChartSeries, lines: FloatArray) -> StatusArray:
    return first_reason(
        series.value.shape,
        (~series.enough_points, Status.TOO_FEW_POINTS),
        (np.asarray(np.isnan(lines[0])), Status.NOT_DEFINED),
    )


def _notes(series: ChartSeries, lines: FloatArray, making: ChartMaking) -> Iterator[str]:
    """What a reader must know of gaps, ghosts, short or constant partitions and bounds."""
    yield from _notes_on_points(series)
    for number in range(1, int(series.partition.max(initial=0)) + 1):
        here = series.partition == number
        yield from _notes_on_partition(series, lines, here, since=_since(series, here))
    if np.isfinite(making.lower_bound) and (lines[0] == making.lower_bound).any():
        yield f"The lower limit stands at {making.lower_bound:g} where no less is possible: no point can fall below it."
    if np.isfinite(making.upper_bound) and (lines[6] == making.upper_bound).any():
        yield f"The upper limit stands at {making.upper_bound:g} where no more is possible: no point can rise above it."


def _notes_on_points(series: ChartSeries) -> Iterator[str]:
    missing = int((series.gap & (series.status == Status.MISSING_INPUT)).sum())
    nobody = int((series.gap & (series.status == Status.NO_POPULATION)).sum())
    ghosts = int(series.ghosted.sum())
    if missing:
        yield f"{_periods(missing)} no value."
    if nobody:
        yield f"{_periods(nobody)} nobody it could have happened to."
    if ghosts:
        yield f"{_points(ghosts, 'is', 'are')} shown and not counted, neither in the limits nor in the rules."


def _notes_on_partition(series: ChartSeries, lines: FloatArray, here: BoolArray, since: str) -> Iterator[str]:
    first = int(np.flatnonzero(here)[0])
    points, least = int(series.points_behind_limits[first]), series.settings.minimum_points
    judged = here & series.counted
    if points < least:
        yield f"{since}{points} points set the limits, and {least} are needed: no limits yet."
    elif np.isnan(lines[0, judged]).all():
        yield f"{since}No limits: with so many gaps it cannot be told how much the series varies from point to point."
    elif (lines[6, judged] - lines[0, judged] <= ROUNDING * np.abs(lines[3, judged])).all():
        yield (
            f"{since}The points that set the limits do not vary, so that the limits fall on the line and any other "
            "value is beyond them."
        )


def _since(series: ChartSeries, here: BoolArray) -> str:
    first = int(np.flatnonzero(here)[0])
    return f"From {series.periods[first]}: " if series.partition[-1] > 1 else ""


def _periods(count: int) -> str:
    return f"{count} period has" if count == 1 else f"{count} periods have"


def _points(count: int, one: str, many: str) -> str:
    return f"{count} point {one}" if count == 1 else f"{count} points {many}"
