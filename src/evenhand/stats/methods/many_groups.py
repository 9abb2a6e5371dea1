"""The methods for many groups or organisations at once: what may be claimed, what is ranked, and funnels."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.estimates import RATIO, SHARE, per_unit
from evenhand.stats.funnel_limits import (
    EXACT_BINOMIAL,
    EXACT_POISSON,
    WILSON_INVERTED,
    proportion_limits,
    rate_limits,
    ratio_limits,
)
from evenhand.stats.funnels import Funnel, Placed, Position, proportion_funnel, rate_funnel, ratio_funnel
from evenhand.stats.grids import Grid
from evenhand.stats.intervals import IntervalArray
from evenhand.stats.methods.gaps import of_shrunken
from evenhand.stats.methods.levels import CONFIDENCE, EVENTS, GROUP, PART, PER, POPULATION, WHOLE
from evenhand.stats.methods.method import (
    Answer,
    Figures,
    Holds,
    LabelRole,
    Method,
    Options,
    Result,
    Role,
    beside,
    in_words,
)
from evenhand.stats.methods.options import number, one_of, switch
from evenhand.stats.multiplicity import BENJAMINI_HOCHBERG, adjusted_p_values
from evenhand.stats.overdispersion import (
    Extremes,
    OverDispersion,
    Scale,
    Scores,
    Widening,
    count_ratio_scores,
    over_dispersion,
    proportion_scores,
    ratio_scores,
)
from evenhand.stats.shrinkage import shrunken_event_ratios, shrunken_values
from evenhand.stats.statuses import Status, first_reason

ORGANISATION = LabelRole("organisation", "what is placed in the funnel")
EXPECTED = Role("expected", "how many events were expected", Holds.NOT_NEGATIVE)
_OBSERVED = Role("events", "how many events there were", among="expected")


def _benjamini_hochberg(grid: Grid, options: Options) -> Answer:
    adjusted, rate = adjusted_p_values(grid.numbers["p_value"]), options["false_discovery_rate"]
    missing = np.isnan(adjusted)
    figures: Figures = {
        "value": adjusted,
        "claimed": np.where(missing, "", np.where(adjusted <= rate, "yes", "no")).astype(object),
        "false_discovery_rate": rate,
        "method": BENJAMINI_HOCHBERG,
    }
    status = first_reason(grid.shape, (missing, Status.MISSING_INPUT))
    return Answer({"adjusted p-value": Result(figures, status)})


def _shrunken_values(grid: Grid, options: Options) -> Answer:
    found = shrunken_values(
        grid.numbers["value"],
        grid.numbers["standard_error"],
        centre=options["centre"],
        confidence=options["confidence"],
    )
    return Answer({"shrunken value": of_shrunken(found)})


def _shrunken_events(grid: Grid, options: Options) -> Answer:
    found = shrunken_event_ratios(
        grid.numbers["events"], grid.numbers["expected"], centre=options["centre"], confidence=options["confidence"]
    )
    return Answer({"shrunken ratio": of_shrunken(found)})


def _funnel(funnel: Funnel, grid: Grid) -> Answer:
    beyond = _spread(funnel.over_dispersion, grid.shape)
    return Answer(
        {
            "by chance": _placed(funnel, funnel.by_chance, {}),
            "beyond the usual spread": _placed(funnel, funnel.beyond_usual_spread, beyond),
        },
    )


def _placed(funnel: Funnel, placed: Placed, more: Figures) -> Result:
    figures: Figures = {
        "value": funnel.value,
        "lower": placed.limits.inner.lower,
        "upper": placed.limits.inner.upper,
        "lower_99_8": placed.limits.outer.lower,
        "upper_99_8": placed.limits.outer.upper,
        "numerator": funnel.events,
        "denominator": funnel.size,
        "target": beside(funnel.target, funnel.value.shape),
        "p_value": placed.p_value,
        "position": in_words(placed.position, lambda code: Position(code).words),
        "unit": funnel.form.unit,
        "method": placed.method,
    }
    return Result(figures | more, placed.status)


def _spread(found: OverDispersion, shape: tuple[int, ...]) -> Figures:
    """φ and τ² of the setting, beside each of its organisations."""
    return {"factor": beside(found.factor, shape), "variance": beside(found.variance, shape)}


def _proportion_funnel(grid: Grid, options: Options) -> Answer:
    found = proportion_funnel(
        grid.numbers["events"],
        grid.numbers["population"],
        target=options["target"],
        method=_limits_of_shares(options),
        widening=options["widening"],
        extremes=options["extremes"],
        mid_p=options["mid_p"],
    )
    return _funnel(found, grid)


def _limits_of_shares(options: Options) -> str:
    return EXACT_BINOMIAL if options["exact"] else WILSON_INVERTED


def _rate_funnel(grid: Grid, options: Options) -> Answer:
    found = rate_funnel(grid.numbers["events"], grid.numbers["population"], per=options["per"], **_how(options))
    return _funnel(found, grid)


def _ratio_funnel(grid: Grid, options: Options) -> Answer:
    return _funnel(ratio_funnel(grid.numbers["events"], grid.numbers["expected"], **_how(options)), grid)


def _how(options: Options) -> dict[str, Any]:
    return {name: options[name] for name in ("target", "scale", "widening", "extremes", "mid_p")}


def _proportion_limits(grid: Grid, options: Options) -> Answer:
    population, target = grid.numbers["population"], grid.numbers["target"]
    method = _limits_of_shares(options)
    limits = proportion_limits(population, target, confidence=options["confidence"], method=method)
    return _limits(limits, population, target, SHARE, method, options)


def _rate_limits(grid: Grid, options: Options) -> Answer:
    population, target = grid.numbers["population"], grid.numbers["target"]
    limits = rate_limits(population, target, confidence=options["confidence"], per=options["per"])
    return _limits(limits, population, target, per_unit(options["per"]), EXACT_POISSON, options)


def _ratio_limits(grid: Grid, options: Options) -> Answer:
    expected = grid.numbers["expected"]
    target = grid.numbers.get("target", np.ones(grid.shape))
    limits = ratio_limits(expected, target=target, confidence=options["confidence"])
    return _limits(limits, expected, target, RATIO, EXACT_POISSON, options)


def _limits(
    limits: IntervalArray, size: NDArray[Any], target: NDArray[Any], unit: str, method: str, options: Options
) -> Answer:
    status = first_reason(
        size.shape, (np.isnan(size) | np.isnan(target), Status.MISSING_INPUT), (size == 0, Status.NO_POPULATION)
    )
    figures: Figures = {
        "lower": limits.lower,
        "upper": limits.upper,
        "target": target,
        "denominator": size,
        "unit": unit,
        "confidence": options["confidence"],
        "method": method,
    }
    return Answer({"funnel limits": Result(figures, status)})


def _proportion_scores(grid: Grid, options: Options) -> Answer:
    scores = proportion_scores(grid.numbers["events"], grid.numbers["population"], target=options["target"])
    return _scores(scores, grid, options)


def _ratio_scores(grid: Grid, options: Options) -> Answer:
    target, scale = options["target"], options["scale"]
    scores = ratio_scores(grid.numbers["events"], grid.numbers["expected"], target=target, scale=scale)
    return _scores(scores, grid, options)


def _count_ratio_scores(grid: Grid, options: Options) -> Answer:
    scores = count_ratio_scores(grid.numbers["events"], grid.numbers["other_events"], target=options["target"])
    return _scores(scores, grid, options)


def _scores(found: Scores, grid: Grid, options: Options) -> Answer:
    spread = over_dispersion(found, extremes=options["extremes"], share=options["set_aside"])
    figures: Figures = {
        "value": found.z,
        "on_scale": found.y,
        "target_on_scale": np.broadcast_to(found.target, grid.shape),
        "standard_error": found.standard_error,
        "used": spread.z,
        "organisations": beside(spread.organisations, grid.shape),
        "method": f"scores on the {found.scale.value}, {spread.extremes.value}",
    }
    return Answer({"z-score": Result(figures | _spread(spread, grid.shape), found.status)})


_CENTRE = number("centre", "what they are drawn towards; their weighted mean when left out")
_LINE = number("target", "the line of the funnel; that of all organisations together when left out")
_LINE_OF_RATIOS = number("target", "the line of the funnel", 1)
_EXACT = switch("exact", "exact binomial limits in place of Wilson's, inverted")
_SCALE = one_of("scale", "on which over-dispersion is measured", Scale.SQUARE_ROOT)
_EXTREMES = one_of("extremes", "what is done with the outermost scores before", Extremes.WINSORISED)
_WIDENING = one_of("widening", "how over-dispersion widens limits", Widening.ADDITIVE)
_MID_P = switch("mid_p", "count half of the chance of the very count in p-values")
_SET_ASIDE = number("set_aside", "the share of scores set aside at either end", 0.1)
_HOW = (_SCALE, _WIDENING, _EXTREMES, _MID_P)
_TARGET = Role("target", "the line of the funnel, in the unit of the limits", Holds.NOT_NEGATIVE)

MANY_GROUPS = (
    Method(
        name="benjamini-hochberg",
        title="what may be claimed when many groups are compared, from their p-values",
        module="evenhand.stats.multiplicity",
        labels=(GROUP,),
        roles=(Role("p_value", "of the comparison", Holds.SHARES),),
        options=(number("false_discovery_rate", "the share of claims that may be chance", 0.05),),
        run=_benjamini_hochberg,
    ),
    Method(
        name="shrink",
        title="values drawn together by how noisy they are, with ranks (empirical Bayes)",
        module="evenhand.stats.shrinkage",
        labels=(GROUP,),
        roles=(
            Role("value", "on a scale where chance is about normal, such as a log ratio", Holds.NUMBERS),
            Role("standard_error", "of the value", Holds.NOT_NEGATIVE),
        ),
        options=(_CENTRE, CONFIDENCE),
        run=_shrunken_values,
    ),
    Method(
        name="shrink-events",
        title="the same for events over expected events, zeros welcome",
        module="evenhand.stats.shrinkage",
        labels=(GROUP,),
        roles=(_OBSERVED, EXPECTED),
        options=(_CENTRE, CONFIDENCE),
        run=_shrunken_events,
    ),
    Method(
        name="proportion-funnel",
        title="organisations' shares against what chance allows at their size",
        module="evenhand.stats.funnels",
        labels=(ORGANISATION,),
        roles=(PART, WHOLE),
        options=(_LINE, _EXACT, _WIDENING, _EXTREMES, _MID_P),
        run=_proportion_funnel,
    ),
    Method(
        name="rate-funnel",
        title="organisations' rates against what chance allows at their size",
        module="evenhand.stats.funnels",
        labels=(ORGANISATION,),
        roles=(EVENTS, POPULATION),
        options=(_LINE, PER, *_HOW),
        run=_rate_funnel,
    ),
    Method(
        name="ratio-funnel",
        title="organisations' events over expected events against what chance allows",
        module="evenhand.stats.funnels",
        labels=(ORGANISATION,),
        roles=(_OBSERVED, EXPECTED),
        options=(_LINE_OF_RATIOS, *_HOW),
        run=_ratio_funnel,
    ),
    Method(
        name="proportion-funnel-limits",
        title="the limits of a funnel of shares at any size",
        module="evenhand.stats.funnel_limits",
        roles=(POPULATION, _TARGET),
        options=(_EXACT, CONFIDENCE),
        run=_proportion_limits,
    ),
    Method(
        name="rate-funnel-limits",
        title="the limits of a funnel of rates at any size, exact",
        module="evenhand.stats.funnel_limits",
        roles=(POPULATION, _TARGET),
        options=(PER, CONFIDENCE),
        run=_rate_limits,
    ),
    Method(
        name="ratio-funnel-limits",
        title="the limits of a funnel of ratios at any number of expected events, exact",
        module="evenhand.stats.funnel_limits",
        roles=(EXPECTED, replace(_TARGET, meaning="the line of the funnel; 1 when left out", required=False)),
        options=(CONFIDENCE,),
        run=_ratio_limits,
    ),
    Method(
        name="proportion-scores",
        title="z-scores of organisations' shares, and how much they differ beyond chance",
        module="evenhand.stats.overdispersion",
        labels=(ORGANISATION,),
        roles=(PART, WHOLE),
        options=(_LINE, _EXTREMES, _SET_ASIDE),
        run=_proportion_scores,
    ),
    Method(
        name="ratio-scores",
        title="the same of events over expected events",
        module="evenhand.stats.overdispersion",
        labels=(ORGANISATION,),
        roles=(_OBSERVED, EXPECTED),
        options=(_LINE_OF_RATIOS, _SCALE, _EXTREMES, _SET_ASIDE),
        run=_ratio_scores,
    ),
    Method(
        name="count-ratio-scores",
        title="the same of ratios of two counts that are both uncertain",
        module="evenhand.stats.overdispersion",
        labels=(ORGANISATION,),
        roles=(
            Role("events", "the count above the line", among="other_events"),
            Role("other_events", "the count below the line"),
        ),
        options=(_LINE, _EXTREMES, _SET_ASIDE),
        run=_count_ratio_scores,
    ),
)
