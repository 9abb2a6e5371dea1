"""The methods for how a gap between two groups changes over time, and what change could be seen."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from evenhand.stats.detectable_change import DetectableChange, periods_needed, smallest_detectable_change
from evenhand.stats.gap_over_time import GapVerdict, change_in_gap
from evenhand.stats.gap_series import GapSeries, gap_series
from evenhand.stats.grids import Grid
from evenhand.stats.methods.charts import PERIOD
from evenhand.stats.methods.levels import CONFIDENCE, EVENTS, POPULATION
from evenhand.stats.methods.method import (
    Answer,
    Figures,
    Holds,
    Method,
    Options,
    Result,
    Role,
    in_words,
    of_estimates,
)
from evenhand.stats.methods.options import number, one_of, switch, text, whole
from evenhand.stats.periods import years_of
from evenhand.stats.series_overdispersion import OverdispersionMethod, series_overdispersion

_CELLS = tuple(f"{group}{period}" for period in (1, 2) for group in "ab")
_TWO_GROUPS = tuple(f"{role}_{group}" for group in "ab" for role in ("events", "population"))


def _change_in_gap(grid: Grid, options: Options) -> Answer:
    columns = _or_none(grid, (f"{role}_{cell}" for cell in _CELLS for role in ("events", "population")))
    found = change_in_gap(**columns, proportions=options["proportions"], **_how_sure(options))
    words = in_words(found.verdict, lambda code: GapVerdict(code).words)
    return Answer(
        {
            "ratio before": of_estimates(found.before),
            "ratio after": of_estimates(found.after),
            "ratio of ratios": of_estimates(found.ratio_of_ratios, verdict=words),
            **_detectable(found.smallest_detectable),
        }
    )


def _how_sure(options: Options) -> dict[str, Any]:
    shared = ("overdispersion_a", "overdispersion_b", "confidence", "power", "reference")
    return {name: options[name] for name in shared}


def _detectable(found: DetectableChange) -> dict[str, Result]:
    shared: Figures = {
        "unit": "ratio of ratios",
        "confidence": found.confidence,
        "power": found.power,
        "method": found.method,
        "reference": found.reference,
    }
    return {
        "smallest detectable fall": Result({"value": found.falling, **shared}, found.status),
        "smallest detectable rise": Result({"value": found.rising, **shared}, found.status),
    }


def _smallest_detectable(grid: Grid, options: Options) -> Answer:
    columns = _or_none(grid, (f"{what}_{cell}" for cell in _CELLS for what in ("expected", "share")))
    return Answer(_detectable(smallest_detectable_change(**columns, **_how_sure(options))))


def _or_none(grid: Grid, roles: Iterable[str]) -> dict[str, Any]:
    """The columns, 0 throughout for a share that the table does not have."""
    return {role: grid.numbers.get(role, np.zeros(grid.shape)) for role in roles}


def _periods_needed(grid: Grid, options: Options) -> Answer:
    roles = ("expected_a", "expected_b", "ratio_of_ratios", "share_a", "share_b")
    found = periods_needed(**_or_none(grid, roles), **_how_sure(options))
    figures: Figures = {
        "value": found.periods,
        "unit": "periods before, and as many after",
        "confidence": found.confidence,
        "power": found.power,
        "method": found.method,
        "reference": found.reference,
    }
    return Answer({"periods needed": Result(figures, found.status)})


def _series(grid: Grid, options: Options) -> list[GapSeries]:
    """The gap series of every place."""
    years = years_of(grid.names(1), periods_per_year=options["periods_per_year"])
    shared = ("proportions", "overdispersion_a", "overdispersion_b", "confidence", "reference")
    chosen = {name: options[name] for name in shared}
    return [
        gap_series(*(grid.numbers[role][series] for role in _TWO_GROUPS), years=years, **chosen)
        for series in range(grid.shape[0])
    ]


def _gap_series(grid: Grid, options: Options) -> Answer:
    found = _series(grid, options)
    ratios = [of_estimates(series.ratio) for series in found]
    figures = {
        name: np.stack([np.asarray(ratio.figures[name]) for ratio in ratios])
        if isinstance(value, np.ndarray)
        else value
        for name, value in ratios[0].figures.items()
    }
    status = np.stack([ratio.status for ratio in ratios])
    return Answer({"ratio": Result(figures, status)}, notes=_slopes_in_words(found, grid), every_place=True)


def _gap_slope(grid: Grid, options: Options) -> Answer:
    found = _series(grid, options)
    slopes = [series.slope for series in found]
    figures: Figures = {
        "value": np.array([slope.value for slope in slopes]),
        "lower": np.array([slope.interval.lower for slope in slopes]),
        "upper": np.array([slope.interval.upper for slope in slopes]),
        "numerator": np.array([slope.numerator for slope in slopes]),
        "denominator": np.array([slope.denominator for slope in slopes]),
        "overdispersion": np.array([series.overdispersion for series in found]),
        "points": np.array([series.points for series in found]),
        "unit": slopes[0].unit,
        "confidence": slopes[0].confidence,
        "method": slopes[0].method,
        "reference": slopes[0].reference,
    }
    status = np.array([slope.status for slope in slopes], dtype=np.uint8)
    return Answer({"slope of the logarithm of the ratio": Result(figures, status)}, notes=_slopes_in_words(found, grid))


def _slopes_in_words(found: list[GapSeries], grid: Grid) -> tuple[str, ...]:
    names = grid.names(0)
    return tuple(f"{name}: {series.words}" if name else series.words for name, series in zip(names, found, strict=True))


def _overdispersion(grid: Grid, options: Options) -> Answer:
    found = series_overdispersion(
        grid.numbers["events"],
        grid.numbers["population"],
        proportions=options["proportions"],
        method=options["estimated_from"],
        minimum_points=options["minimum_points"],
    )
    figures: Figures = {
        "value": found.value,
        "unfloored": found.unfloored,
        "points": found.points,
        "differences": found.differences,
        "method": found.method.words,
    }
    return Answer({"over-dispersion": Result(figures, found.status)})


_PROPORTIONS = switch("proportions", "whether the events are people of the population, at most one each")
_SURE = (
    number("overdispersion_a", "how much more than chance group a varies, 1 or more", 1),
    number("overdispersion_b", "the same of group b", 1),
    CONFIDENCE,
)
_A_YEAR = number("periods_per_year", "how many a year has, where periods are numbers or names", 12)
_B = text("reference", "what group b is called, to be carried in the result", "")
_POWER = number("power", "with which a change is to be found, as a share", 0.8)
_PAIR = tuple(
    role
    for group in "ab"
    for role in (
        Role(f"events_{group}", f"of group {group}", among=f"population_{group}"),
        Role(f"population_{group}", f"people or days of group {group}"),
    )
)
_FOUR_CELLS = tuple(
    role
    for cell in _CELLS
    for role in (
        Role(f"events_{cell}", f"of group {cell[0]} in period {cell[1]}", among=f"population_{cell}"),
        Role(f"population_{cell}", f"people or days of group {cell[0]} in period {cell[1]}"),
    )
)

GAP_CHANGES = (
    Method(
        name="change-in-gap",
        title="how the gap of a to b changed from period 1 to 2, and what could have been seen",
        module="evenhand.stats.gap_over_time",
        roles=_FOUR_CELLS,
        options=(_PROPORTIONS, *_SURE, _POWER, _B),
        run=_change_in_gap,
    ),
    Method(
        name="gap-series",
        title="the ratio of group a to group b period by period",
        module="evenhand.stats.gap_series",
        labels=(PERIOD,),
        roles=_PAIR,
        options=(_A_YEAR, _PROPORTIONS, *_SURE, _B),
        run=_gap_series,
    ),
    Method(
        name="gap-slope",
        title="how fast that ratio changes in a year",
        module="evenhand.stats.gap_series",
        labels=(PERIOD,),
        roles=_PAIR,
        options=(_A_YEAR, _PROPORTIONS, *_SURE, _B),
        run=_gap_slope,
    ),
    Method(
        name="smallest-detectable-change",
        title="the smallest change of a gap that so many expected events can show",
        module="evenhand.stats.detectable_change",
        roles=(
            *(
                Role(f"expected_{cell}", f"events of group {cell[0]} in period {cell[1]}", Holds.NOT_NEGATIVE)
                for cell in _CELLS
            ),
            *(
                Role(f"share_{cell}", "of the people who have the event; 0 when left out", Holds.SHARES, required=False)
                for cell in _CELLS
            ),
        ),
        options=(*_SURE, _POWER, _B),
        run=_smallest_detectable,
    ),
    Method(
        name="periods-needed",
        title="how many periods before and after would show a change of a gap",
        module="evenhand.stats.detectable_change",
        roles=(
            Role("expected_a", "events of group a in one period, as things are", Holds.NOT_NEGATIVE),
            Role("expected_b", "events of group b in one period", Holds.NOT_NEGATIVE),
            Role(
                "ratio_of_ratios",
                "what the ratio changes to, as times itself: 0.8 falls by a fifth",
                Holds.NOT_NEGATIVE,
            ),
            Role("share_a", "of group a who have the event; 0 when left out", Holds.SHARES, required=False),
            Role("share_b", "the same of group b", Holds.SHARES, required=False),
        ),
        options=(*_SURE, _POWER, _B),
        run=_periods_needed,
    ),
    Method(
        name="series-overdispersion",
        title="how much more than chance a series of counts varies",
        module="evenhand.stats.series_overdispersion",
        labels=(PERIOD,),
        roles=(EVENTS, POPULATION),
        options=(
            _PROPORTIONS,
            one_of("estimated_from", "what it is estimated from", OverdispersionMethod.SUCCESSIVE),
            whole("minimum_points", "how many points it needs", 12),
        ),
        run=_overdispersion,
    ),
)
