"""The methods for groups beside each other: gaps, summaries over all groups, many comparisons, funnels, the unknown."""

from collections.abc import Callable
from typing import Any

import numpy as np

from evenhand.errors import InputRefused
from evenhand.stats.funnels import Funnel, Position, proportion_funnel, rate_funnel, ratio_funnel
from evenhand.stats.gaps import Gaps, proportion_gaps, rate_gaps
from evenhand.stats.inequality import inequality_summaries
from evenhand.stats.intervals import FloatArray
from evenhand.stats.methods.levels import CONFIDENCE, EVENTS, PER, POPULATION, the_same_everywhere
from evenhand.stats.methods.method import Answer, Layout, Method, Option, Options, Role, as_number, strings
from evenhand.stats.multiplicity import BENJAMINI_HOCHBERG, adjusted_p_values
from evenhand.stats.proportions import proportions
from evenhand.stats.rates import crude_rates
from evenhand.stats.references import (
    ALL_OTHERS,
    POPULATION_AVERAGE,
    Reference,
    ReferenceKind,
    reference_group,
)
from evenhand.stats.shrinkage import Shrunken, ranks, shrunken_event_ratios, shrunken_values
from evenhand.stats.simulation import DRAWS, SEED
from evenhand.stats.standardised_gaps import standardised_rate_gaps
from evenhand.stats.statuses import Status
from evenhand.stats.tables import Grid
from evenhand.stats.unknown_ethnicity import LevelsWithUnknown, proportions_with_unknown, rates_with_unknown

_WHOLE = Role("population", "the whole that the events are part of")
_STANDARD = Role("standard", "the standard population of the stratum, the same for every group")
_REFERENCE = Option(
    "reference",
    f"a group by its name, {POPULATION_AVERAGE.kind.value!r} or {ALL_OTHERS.kind.value!r}; there is no default",
)
UNKNOWN = "unknown"


def reference_of(options: Options) -> Reference:
    """The reference that was asked for; raises InputRefused when none was, since none is right by default."""
    name = options["reference"]
    if not name:
        raise InputRefused(
            "reference: found none; say what groups are compared with: a group by its name, "
            f"{POPULATION_AVERAGE.kind.value!r} or {ALL_OTHERS.kind.value!r}"
        )
    kinds = {ReferenceKind.POPULATION_AVERAGE.value: POPULATION_AVERAGE, ReferenceKind.ALL_OTHERS.value: ALL_OTHERS}
    return kinds.get(name) or reference_group(name)


def _gaps(found: Gaps) -> Answer:
    results = {"difference": found.difference, "ratio": found.ratio, "excess events": found.excess}
    return Answer(results=results, per_inner=True)


def _rate_gap(grid: Grid, options: Options) -> Answer:
    return _gaps(
        rate_gaps(
            grid.of_those_there("events"),
            grid.of_those_there("population"),
            groups=grid.inner,
            reference=reference_of(options),
            per=options["per"],
            confidence=options["confidence"],
        )
    )


def _proportion_gap(grid: Grid, options: Options) -> Answer:
    return _gaps(
        proportion_gaps(
            grid.of_those_there("events"),
            grid.of_those_there("population"),
            groups=grid.inner,
            reference=reference_of(options),
            confidence=options["confidence"],
        )
    )


def _values(grid: Grid, options: Options) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Value, standard error and population of each group: as given, or from events of a population."""
    population = grid.of_those_there("population")
    if "value" in grid.numbers and "standard_error" in grid.numbers:
        return grid.numbers["value"], grid.numbers["standard_error"], population
    if "events" not in grid.numbers:
        raise InputRefused("inequality: found neither events nor values with their standard errors; either is right")
    if options["proportions"]:
        shares = proportions(grid.of_those_there("events"), population)
        somebody = np.where(population > 0, population, np.nan)
        return shares.value, np.sqrt(shares.value * (1 - shares.value) / somebody), population
    rates = crude_rates(grid.of_those_there("events"), population, per=options["per"])
    somebody = np.where(population > 0, population, np.nan)
    return rates.value, options["per"] * np.sqrt(rates.numerator) / somebody, population


def _inequality(grid: Grid, options: Options, *, ranked: bool) -> Answer:
    summaries = inequality_summaries(
        *_values(grid, options),
        groups=grid.inner,
        reference=options["reference"],
        group=options["group"],
        order=np.arange(len(grid.inner)) if ranked else None,
        confidence=options["confidence"],
        draws=int(options["draws"]),
        seed=int(options["seed"]),
    )
    return Answer(results={measure.value: found for measure, found in summaries.items()}, per_inner=False)


def _benjamini_hochberg(grid: Grid, options: Options) -> Answer:
    p_values = grid.numbers["p_value"]
    adjusted = adjusted_p_values(p_values)
    rate = options["false_discovery_rate"]
    words = np.where(np.isnan(adjusted), "", np.where(adjusted <= rate, "claimed", "not claimed")).astype(object)
    columns = {
        "value": adjusted,
        "words": words,
        "method": np.broadcast_to(strings([f"{BENJAMINI_HOCHBERG} at {rate:g}"]), p_values.shape),
        "status": np.where(np.isnan(p_values), Status.MISSING_INPUT, Status.GIVEN),
    }
    return Answer(results={"adjusted p-value": columns}, per_inner=True)


def _shrunken(found: Shrunken) -> Answer:
    shape = found.value.shape
    columns = {
        "raw": found.raw,
        "value": found.value,
        "lower": found.interval.lower,
        "upper": found.interval.upper,
        "rank": ranks(found.value),
        "unit": np.broadcast_to(strings([found.unit]), shape),
        "method": np.broadcast_to(strings([found.method]), shape),
        "status": found.status,
    }
    return Answer(results={"shrunken": columns}, per_inner=True)


def _shrink(grid: Grid, options: Options) -> Answer:
    centre = _centre(options)
    return _shrunken(
        shrunken_values(
            grid.numbers["value"], grid.numbers["standard_error"], centre=centre, confidence=options["confidence"]
        )
    )


def _shrink_events(grid: Grid, options: Options) -> Answer:
    centre = _centre(options)
    return _shrunken(
        shrunken_event_ratios(
            grid.numbers["events"], grid.numbers["expected"], centre=centre, confidence=options["confidence"]
        )
    )


def _centre(options: Options) -> float | None:
    return None if options["centre"] is None else as_number("centre", options["centre"])


def _funnel(draw: Callable[[Grid, Options], Funnel]) -> Callable[[Grid, Options], Answer]:
    def run(grid: Grid, options: Options) -> Answer:
        funnel = draw(grid, options)
        shape = funnel.value.shape
        results: dict[str, Any] = {}
        for name, placed in (("by chance", funnel.by_chance), ("beyond the usual spread", funnel.beyond_usual_spread)):
            results[name] = {
                "value": funnel.value,
                "lower": placed.limits.inner.lower,
                "upper": placed.limits.inner.upper,
                "lower_99_8": placed.limits.outer.lower,
                "upper_99_8": placed.limits.outer.upper,
                "target": np.broadcast_to(
                    funnel.target[:, np.newaxis] if funnel.target.ndim == 1 else funnel.target, shape
                ),
                "p_value": placed.p_value,
                "words": np.array(
                    [[Position(int(code)).words for code in row] for row in placed.position], dtype=object
                ),
                "unit": np.broadcast_to(strings([funnel.form.unit]), shape),
                "method": np.broadcast_to(strings([placed.method]), shape),
                "status": placed.status,
            }
        return Answer(results=results, per_inner=True)

    return run


def _with_unknown(grid: Grid, options: Options) -> Answer:
    """The group whose label is ``unknown`` holds those without a recorded group; the others are bounded by it."""
    if UNKNOWN not in grid.inner:
        raise InputRefused(f"group: found no group {UNKNOWN!r}; the row of those without a recorded group is called so")
    place = grid.inner.index(UNKNOWN)
    known = np.delete(np.arange(len(grid.inner)), place)
    x, n = grid.of_those_there("events"), grid.of_those_there("population")
    unknown_n = np.where(grid.there[:, place] & np.isnan(n[:, place]), 0.0, n[:, place])
    counts = (x[:, known], n[:, known], x[:, place], unknown_n)
    confidence = options["confidence"]
    found: LevelsWithUnknown
    if options["proportions"]:
        found = proportions_with_unknown(*counts, confidence=confidence)
    else:
        found = rates_with_unknown(*counts, per=options["per"], confidence=confidence)
    names = ("as recorded", "lowest", "highest", "all unknown in the group")
    levels = (found.as_recorded, found.lowest, found.highest, found.all_in_group)
    return Answer(
        results=dict(zip(names, levels, strict=True)), per_inner=True, inner=tuple(grid.inner[g] for g in known)
    )


def _standardised_gap(grid: Grid, options: Options) -> Answer:
    """The outer places are settings and groups; the last of their labels is the group."""
    settings = {outer[:-1]: place for place, outer in reversed(list(enumerate(grid.outer)))}
    settings = {setting: place for place, setting in enumerate(sorted(settings, key=lambda setting: settings[setting]))}
    groups = tuple(dict.fromkeys(outer[-1] for outer in grid.outer))
    at = [(settings[outer[:-1]], groups.index(outer[-1])) for outer in grid.outer]
    rows, columns = (np.array(axis) for axis in zip(*at, strict=True))
    shape = (len(settings), len(groups), len(grid.inner))

    def cube(role: str) -> FloatArray:
        numbers = np.zeros(shape)  # a group that a setting does not have has nobody there
        numbers[rows, columns] = grid.of_those_there(role)
        return numbers

    gaps = standardised_rate_gaps(
        cube("events"),
        cube("population"),
        the_same_everywhere(grid, "standard"),
        groups=groups,
        reference=reference_of(options),
        per=options["per"],
        confidence=options["confidence"],
    )
    return Answer(
        results={
            name: estimates.at((rows, columns))
            for name, estimates in (
                ("difference", gaps.difference),
                ("ratio", gaps.ratio),
                ("excess events", gaps.excess),
            )
        },
        per_inner=False,
    )


_FUNNEL_TARGET = Option("target", "the line; that of all organisations together when left out")
_CENTRE = Option("centre", "what the values are drawn towards; their weighted mean when left out")
_SUMMARY_ROLES = (
    Role("population", "people of the group"),
    Role("events", "of the group", required=False),
    Role("value", "of the group, instead of events", required=False),
    Role("standard_error", "of the value", required=False),
)
_SUMMARY_OPTIONS = (
    Option("reference", "the group that PAR, PAF and MDR compare with"),
    Option("group", "the group that D and R compare with the reference"),
    Option("proportions", "1 when the events are a part of the population", 0),
    PER,
    CONFIDENCE,
    Option("draws", "of the simulation; 0 for none", DRAWS),
    Option("seed", "of the simulation", SEED),
)


def _target(options: Options) -> float | None:
    return None if options["target"] is None else as_number("target", options["target"])


COMPARED_GROUPS = (
    Method(
        name="rate-gap",
        title="each group's rate against a stated reference: difference, ratio and excess events",
        layout=Layout.GROUPS,
        roles=(EVENTS, POPULATION),
        options=(_REFERENCE, PER, CONFIDENCE),
        run=_rate_gap,
    ),
    Method(
        name="proportion-gap",
        title="each group's share against a stated reference: difference, ratio and excess events",
        layout=Layout.GROUPS,
        roles=(EVENTS, _WHOLE),
        options=(_REFERENCE, CONFIDENCE),
        run=_proportion_gap,
    ),
    Method(
        name="standardised-gap",
        title="each group's standardised rate against a stated reference",
        layout=Layout.STRATA_OF_GROUPS,
        roles=(EVENTS, POPULATION, _STANDARD),
        options=(_REFERENCE, PER, CONFIDENCE),
        run=_standardised_gap,
    ),
    Method(
        name="unknown-ethnicity",
        title="how far those of unknown ethnicity could move each group's figure",
        layout=Layout.GROUPS,
        roles=(EVENTS, Role("population", "people or days; empty for the unknown where everybody has a group")),
        options=(PER, CONFIDENCE, Option("proportions", "1 when the events are a part of the population", 0)),
        run=_with_unknown,
    ),
    Method(
        name="inequality",
        title="summary measures over all groups, whatever their order",
        layout=Layout.GROUPS,
        roles=_SUMMARY_ROLES,
        options=_SUMMARY_OPTIONS,
        run=lambda grid, options: _inequality(grid, options, ranked=False),
    ),
    Method(
        name="inequality-by-rank",
        title="the same, and those along the order of the groups: SII, RII, ACI, RCI",
        layout=Layout.RANKED_GROUPS,
        roles=_SUMMARY_ROLES,
        options=_SUMMARY_OPTIONS,
        run=lambda grid, options: _inequality(grid, options, ranked=True),
    ),
    Method(
        name="benjamini-hochberg",
        title="what may be claimed when many groups are compared, from p-values",
        layout=Layout.GROUPS,
        roles=(Role("p_value", "of the comparison"),),
        options=(Option("false_discovery_rate", "the share of claims that may be chance", 0.05),),
        run=_benjamini_hochberg,
    ),
    Method(
        name="shrink",
        title="values drawn towards their centre by how noisy they are, for ranking (empirical Bayes)",
        layout=Layout.GROUPS,
        roles=(Role("value", "on a scale where chance is about normal"), Role("standard_error", "of the value")),
        options=(_CENTRE, CONFIDENCE),
        run=_shrink,
    ),
    Method(
        name="shrink-events",
        title="the same for events over expected events, zeros welcome",
        layout=Layout.GROUPS,
        roles=(EVENTS, Role("expected", "how many events were expected")),
        options=(_CENTRE, CONFIDENCE),
        run=_shrink_events,
    ),
    Method(
        name="proportion-funnel",
        title="organisations' shares against what chance allows at their size",
        layout=Layout.GROUPS,
        roles=(EVENTS, _WHOLE),
        options=(_FUNNEL_TARGET,),
        run=_funnel(
            lambda grid, options: proportion_funnel(
                grid.numbers["events"], grid.numbers["population"], target=_target(options)
            )
        ),
    ),
    Method(
        name="rate-funnel",
        title="organisations' rates against what chance allows at their size",
        layout=Layout.GROUPS,
        roles=(EVENTS, POPULATION),
        options=(_FUNNEL_TARGET, PER),
        run=_funnel(
            lambda grid, options: rate_funnel(
                grid.numbers["events"], grid.numbers["population"], target=_target(options), per=options["per"]
            )
        ),
    ),
    Method(
        name="ratio-funnel",
        title="organisations' events over expected events against what chance allows",
        layout=Layout.GROUPS,
        roles=(EVENTS, Role("expected", "how many events were expected")),
        options=(_FUNNEL_TARGET,),
        run=_funnel(
            lambda grid, options: ratio_funnel(
                grid.numbers["events"], grid.numbers["expected"], target=_target(options)
            )
        ),
    ),
)
