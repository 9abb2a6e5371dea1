"""The methods that sum up all groups of a setting in one number: the summary measures of inequality."""

from collections.abc import Callable

import numpy as np

from evenhand.errors import InputRefused
from evenhand.stats.entropy import theil_decomposition
from evenhand.stats.grids import Grid
from evenhand.stats.inequality import OF_ANY_GROUPS, Measure, inequality_summaries
from evenhand.stats.intervals import FloatArray
from evenhand.stats.logistic_slope import logistic_relative_indices, logistic_slope_indices
from evenhand.stats.methods.gaps import position_of
from evenhand.stats.methods.levels import CONFIDENCE, GROUP, PART, PER, WHOLE
from evenhand.stats.methods.method import (
    Answer,
    Holds,
    LabelRole,
    Method,
    Options,
    Order,
    Result,
    Role,
    of_summaries,
)
from evenhand.stats.methods.options import Option, number, one_of, switch, text, whole
from evenhand.stats.proportions import proportions
from evenhand.stats.rank_line import Scale
from evenhand.stats.rates import crude_rates
from evenhand.stats.simulation import DRAWS, SEED, Counted, DrawScale, Simulation, permuted_upper_limits
from evenhand.stats.slope_index import rank_lines, relative_indices, slope_indices
from evenhand.stats.spread import Spread

RANKED_GROUP = LabelRole("group", "the groups, from the most to the least disadvantaged", Order.RANK)

GroupFigures = Callable[[Grid, Options], tuple[FloatArray, FloatArray]]
"""The value and the standard error of each group, S × G."""


def _as_given(grid: Grid, options: Options) -> tuple[FloatArray, FloatArray]:
    return grid.numbers["value"], grid.numbers["standard_error"]


def _shares(grid: Grid, options: Options) -> tuple[FloatArray, FloatArray]:
    population = grid.counts("population")
    share = proportions(grid.counts("events"), population).value
    return share, np.sqrt(share * (1 - share) / np.where(population > 0, population, np.nan))


def _rates(grid: Grid, options: Options) -> tuple[FloatArray, FloatArray]:
    population, per = grid.counts("population"), options["per"]
    rates = crude_rates(grid.counts("events"), population, per=per)
    return rates.value, per * np.sqrt(rates.numerator) / np.where(population > 0, population, np.nan)


def _bounds(options: Options, own: tuple[float, float] | None) -> tuple[float, float] | None:
    """Between which values lie: as given, else what they are by their nature."""
    least, most = options["minimum"], options["maximum"]
    if (least is None) != (most is None):
        raise InputRefused("minimum and maximum: found one of them; both together are right")
    return own if least is None else (least, most)


def _inequality(
    figures: GroupFigures, *, ranked: bool, counted: Counted | None, own_bounds: tuple[float, float] | None
) -> Callable[[Grid, Options], Answer]:
    def run(grid: Grid, options: Options) -> Answer:
        value, error = figures(grid, options)
        groups = grid.names(1)
        for name in ("reference", "group", "best"):
            if options[name]:
                position_of(options[name], name, groups)
        found = inequality_summaries(
            value,
            error,
            grid.counts("population"),
            groups=groups,
            reference=options["reference"],
            group=options["group"],
            best=options["best"],
            order=np.arange(len(groups)) if ranked else None,
            bounds=_bounds(options, own_bounds) if ranked else None,
            confidence=options["confidence"],
            draws=options["draws"],
            seed=options["seed"],
            scale=options["scale"],
        )
        permuted = _permuted(grid, options, counted) if counted and options["permuted"] else {}
        return Answer(
            {
                measure.value: of_summaries(summaries, **permuted.get(measure, {}))
                for measure, summaries in found.items()
            },
            notes=_notes(grid),
        )

    return run


def _permuted(grid: Grid, options: Options, counted: Counted) -> dict[Measure, dict[str, FloatArray]]:
    """What each measure of dispersion stays below 95 times in 100 when the events are dealt out again."""
    per = options.get("per", 1)
    limits = permuted_upper_limits(
        [_in_unit(measure.of, per) for measure in OF_ANY_GROUPS.values()],
        grid.counts("events"),
        grid.counts("population"),
        counted=counted,
        simulation=Simulation(options["draws"], options["seed"]),
    )
    return {measure: {"permuted_upper": limit} for measure, limit in zip(OF_ANY_GROUPS, limits, strict=True)}


def _in_unit(measure: Callable[[Spread], FloatArray], per: float) -> Callable[[Spread], FloatArray]:
    """A measure of values per 1 as one of values per ``per``."""
    return lambda spread: measure(Spread(spread.value * per, spread.share, spread.equal_share))


def _notes(grid: Grid) -> tuple[str, ...]:
    if "events" not in grid.numbers:
        return ()
    none = int(((grid.numbers["events"] == 0) & (grid.numbers["population"] > 0)).sum())
    had = "1 group had no event and counts" if none == 1 else f"{none} groups had no event and count"
    return (f"{had} as known exactly, which makes intervals too narrow.",) if none else ()


def _slope_index(grid: Grid, options: Options) -> Answer:
    given = grid.numbers["value"], grid.numbers["standard_error"], grid.counts("population")
    scale, confidence = options["scale"], options["confidence"]
    line = rank_lines(given[0], given[2], scale=scale)
    ends = {"at_rank_0": line.at_rank_0, "at_rank_1": line.at_rank_1}
    return Answer(
        {
            Measure.SII.value: of_summaries(slope_indices(*given, scale=scale, confidence=confidence), **ends),
            Measure.RII.value: of_summaries(relative_indices(*given, scale=scale, confidence=confidence), **ends),
        }
    )


def _logistic_slope(grid: Grid, options: Options) -> Answer:
    counts, confidence = (grid.counts("events"), grid.counts("population")), options["confidence"]
    return Answer(
        {
            Measure.SII.value: of_summaries(logistic_slope_indices(*counts, confidence=confidence)),
            Measure.RII.value: of_summaries(logistic_relative_indices(*counts, confidence=confidence)),
        }
    )


def _theil(grid: Grid, options: Options) -> Answer:
    larger = grid.the_same_for_all("larger_group", side=1)
    names = [grid.words["larger_group"][int(code)] for code in larger.tolist()]
    found = theil_decomposition(grid.numbers["value"], grid.counts("population"), larger_group=names)
    parts = {"in all": found.total, "within larger groups": found.within, "between larger groups": found.between}
    shared = {"unit": "thousandths", "method": "Theil index, decomposed"}
    return Answer({name: Result({"value": part, **shared}, found.status) for name, part in parts.items()})


_VALUE = Role("value", "the rate, share or mean of the group", Holds.NUMBERS)
_STANDARD_ERROR = Role("standard_error", "of the value, without the multiplier of an interval", Holds.NOT_NEGATIVE)
_PEOPLE = Role("population", "people of the group, by which it counts; 0 where the group does not exist")
_SIMULATION = (
    whole("draws", "of the simulation of chance alone; 0 for none", DRAWS),
    whole("seed", "of the simulation", SEED),
    one_of("scale", "what noise is normal on in the simulation", DrawScale.VALUE),
)
_NAMED = (
    text("reference", "the group that PAR, PAF and MDR compare with; without it they are left out"),
    text("group", "the group that D and R compare with the reference; without it they are left out"),
    text("best", "the group that MDB compares with, named before the figures are seen"),
)
_BOUNDS = (
    number("minimum", "what no value lies below, for the indices of Wagstaff and Erreygers"),
    number("maximum", "what no value lies above, for the same"),
)
_PERMUTED = switch("permuted", "also deal the events out again by chance: right for the smallest counts")

_FROM: tuple[tuple[str, str, GroupFigures, tuple[Role, ...], Counted | None, tuple[Option, ...]], ...] = (
    ("", "values with errors", _as_given, (_VALUE, _STANDARD_ERROR, _PEOPLE), None, ()),
    (
        "rate-",
        "rates",
        _rates,
        (Role("events", "of the group", among="population"), _PEOPLE),
        Counted.TIME,
        (PER, _PERMUTED),
    ),
    ("proportion-", "shares", _shares, (PART, WHOLE), Counted.PEOPLE, (_PERMUTED,)),
)


def _summary_methods() -> tuple[Method, ...]:
    made = []
    for prefix, of_what, figures, roles, counted, options in _FROM:
        own_bounds = (0.0, 1.0) if counted is Counted.PEOPLE else None
        made += [
            Method(
                name=f"{prefix}inequality",
                title=f"of {of_what}, over groups in no order: BGV, COV, MDM, IDIS, Theil, PAR …",
                module="evenhand.stats.inequality",
                labels=(GROUP,),
                roles=roles,
                options=(*_NAMED, *options, CONFIDENCE, *_SIMULATION),
                run=_inequality(figures, ranked=False, counted=counted, own_bounds=None),
            ),
            Method(
                name=f"{prefix}inequality-by-rank",
                title=f"of {of_what}, over groups in an order: the same, and SII, RII, ACI, RCI",
                module="evenhand.stats.inequality",
                labels=(RANKED_GROUP,),
                roles=roles,
                options=(*_NAMED, *_BOUNDS, *options, CONFIDENCE, *_SIMULATION),
                run=_inequality(figures, ranked=True, counted=counted, own_bounds=own_bounds),
            ),
        ]
    return tuple(made)


ALL_GROUPS = (
    *_summary_methods(),
    Method(
        name="slope-index",
        title="SII and RII of values with standard errors, also on the logarithm or the logit",
        module="evenhand.stats.slope_index",
        labels=(RANKED_GROUP,),
        roles=(_VALUE, _STANDARD_ERROR, _PEOPLE),
        options=(one_of("scale", "what the line is straight on", Scale.LINEAR), CONFIDENCE),
        run=_slope_index,
    ),
    Method(
        name="logistic-slope",
        title="SII and RII of shares from counts, by a logistic line; right for small groups",
        module="evenhand.stats.logistic_slope",
        labels=(RANKED_GROUP,),
        roles=(PART, WHOLE),
        options=(CONFIDENCE,),
        run=_logistic_slope,
    ),
    Method(
        name="theil-decomposition",
        title="the Theil index within and between larger groups",
        module="evenhand.stats.entropy",
        labels=(GROUP, LabelRole("larger_group", "the larger group that the group belongs to", names=True)),
        roles=(_VALUE, _PEOPLE),
        run=_theil,
    ),
)
