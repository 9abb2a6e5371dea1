"""The methods for groups against a stated reference, and for what those of unknown ethnicity could change."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.errors import InputRefused
from evenhand.stats.gaps import Gaps, other_side, proportion_gaps, rate_gaps
from evenhand.stats.grids import MOST_LABELS_LISTED, Grid
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.methods.levels import (
    CONFIDENCE,
    EVENTS,
    GROUP,
    PART,
    PER,
    POPULATION,
    STANDARD,
    STRATUM,
    WHOLE,
)
from evenhand.stats.methods.method import Answer, Figures, Method, Options, Result, Role, in_words, of_estimates
from evenhand.stats.methods.options import number, switch, text
from evenhand.stats.multiplicity import BENJAMINI_HOCHBERG, Claim, Claims, claims
from evenhand.stats.references import ALL_OTHERS, POPULATION_AVERAGE, Reference, ReferenceKind, reference_group
from evenhand.stats.shrinkage import Shrunken, ranks, shrunken_ratios
from evenhand.stats.standardised_gaps import standardised_rate_gaps
from evenhand.stats.tables import BoolArray, Rows
from evenhand.stats.unknown_ethnicity import LevelsWithUnknown, proportions_with_unknown, rates_with_unknown
from evenhand.stats.unknown_ethnicity_allocation import Assumption, allocated_proportions, allocated_rates
from evenhand.stats.unknown_ethnicity_gaps import (
    GapSign,
    GapsWithUnknown,
    proportion_differences_with_unknown,
    proportion_ratios_with_unknown,
    rate_differences_with_unknown,
    rate_ratios_with_unknown,
)

_KINDS = {str(reference): reference for reference in (POPULATION_AVERAGE, ALL_OTHERS)}
_REFERENCES = f"the label of a group, {' or '.join(map(repr, _KINDS))}"
REFERENCE = text("reference", "what each group is compared with", takes=_REFERENCES, required=True)
_GAP_OPTIONS = (
    number(
        "false_discovery_rate",
        f"also say what may be claimed, groups of one setting together ({BENJAMINI_HOCHBERG}), so that no larger "
        "share of claims is chance",
    ),
    switch("shrunken", "also give the ratios drawn together by how noisy they are, for ranking (empirical Bayes)"),
)
_UNKNOWN = text("unknown", "the label of the row of those without a recorded group", "unknown")
_CLAIMS = {Claim.HIGHER: "higher", Claim.LOWER: "lower", Claim.NONE: "no"}


def position_of(name: str, what: str, groups: tuple[str, ...]) -> int:
    """Where a group stands; raises InputRefused, with what groups there are unless they are very many."""
    if name in groups:
        return groups.index(name)
    those = ", ".join(groups) if len(groups) <= MOST_LABELS_LISTED else f"the {len(groups)} labels of the table"
    raise InputRefused(f"{what}: found {name!r}; one of {those} is right")


def reference_of(options: Options, groups: tuple[str, ...]) -> Reference:
    """The reference that was asked for: none is right by default."""
    name = options["reference"]
    if name in _KINDS:
        return _KINDS[name]
    position_of(name, "reference", groups)
    return reference_group(name)


def _answer(at: Callable[[float], Gaps], grid: Grid, options: Options) -> Answer:
    """The gaps at the confidence asked for, with what may be claimed and the shrunken ratios where asked."""
    gaps = at(options["confidence"])
    more: dict[str, Any] = {}
    if options["false_discovery_rate"] is not None:
        rate = options["false_discovery_rate"]
        found = claims(lambda level: at(level).ratio.interval, no_difference=1, false_discovery_rate=rate)
        more = {"claimed": _claimed(found), "false_discovery_rate": rate}
    results = {
        name: of_estimates(estimates, **more)
        for name, estimates in (
            ("difference", gaps.difference),
            ("ratio", gaps.ratio),
            ("excess events", gaps.excess),
        )
    }
    if options["shrunken"]:
        results["shrunken ratio"] = of_shrunken(shrunken_ratios(gaps.ratio))
    return Answer(results, hidden=needs_hidden(grid, gaps.reference))


def _claimed(found: Claims) -> NDArray[Any]:
    return np.where(found.compared, in_words(found.claim, lambda code: _CLAIMS[Claim(code)]), "")


def of_shrunken(found: Shrunken) -> Result:
    """Shrunken values with their ranks, the highest first."""
    figures: Figures = {
        "value": found.value,
        "lower": found.interval.lower,
        "upper": found.interval.upper,
        "raw": found.raw,
        "rank": ranks(found.value),
        "unit": found.unit,
        "confidence": found.confidence,
        "method": found.method,
        "reference": found.reference,
    }
    return Result(figures, found.status)


def needs_hidden(grid: Grid, reference: Reference) -> BoolArray | None:
    """Against a named group only its numbers and the group's own are needed."""
    if reference.kind is not ReferenceKind.GROUP:
        return None
    strata = tuple(range(2, len(grid.shape)))
    hidden, incomplete = (np.asarray(each.any(axis=strata)) for each in (grid.hidden, grid.incomplete))
    of_reference = hidden[:, [reference.position_in(grid.names(1))]]
    return np.asarray(hidden | (of_reference & ~incomplete))


def _rate_gap(grid: Grid, options: Options) -> Answer:
    counts, groups = (grid.counts("events"), grid.counts("population")), grid.names(1)
    reference, per = reference_of(options, groups), options["per"]
    return _answer(
        lambda level: rate_gaps(*counts, groups=groups, reference=reference, per=per, confidence=level), grid, options
    )


def _proportion_gap(grid: Grid, options: Options) -> Answer:
    counts, groups = (grid.counts("events"), grid.counts("population")), grid.names(1)
    reference = reference_of(options, groups)
    return _answer(
        lambda level: proportion_gaps(*counts, groups=groups, reference=reference, confidence=level), grid, options
    )


def _standardised_gap(grid: Grid, options: Options) -> Answer:
    counts, groups = (grid.counts("events"), grid.counts("population")), grid.names(1)
    standard = grid.the_same_for_all("standard", side=2)
    reference, per = reference_of(options, groups), options["per"]
    return _answer(
        lambda level: standardised_rate_gaps(
            *counts, standard, groups=groups, reference=reference, per=per, confidence=level
        ),
        grid,
        options,
    )


def _known_and_unknown(
    grid: Grid, options: Options, *, proportions: bool
) -> tuple[Rows, FloatArray, FloatArray, FloatArray, FloatArray]:
    """The places of the known groups; events and population of all groups; and of the unknown, one a setting.

    For rates, an unknown population that is left empty is one in which everybody has a group: 0.
    """
    place = position_of(options["unknown"], "unknown", grid.names(1))
    known = np.delete(np.arange(grid.shape[1]), place)
    x, n = grid.counts("events"), grid.counts("population")
    unknown = n[:, place]
    if not proportions:
        unknown = np.where(np.isnan(unknown) & ~grid.hidden[:, place], 0.0, unknown)
    return known, x, n, x[:, place], unknown


def _unknown_rates(grid: Grid, options: Options) -> Answer:
    known, x, n, u, unknown = _known_and_unknown(grid, options, proportions=False)
    counts, shared = (x[:, known], n[:, known], u, unknown), {key: options[key] for key in ("per", "confidence")}
    results = {"rate": _level(rates_with_unknown(*counts, **shared))}
    for name, assumption in _ASSUMPTIONS.items():
        results[f"rate, {name}"] = of_estimates(allocated_rates(*counts, assumption=assumption, **shared))
    return Answer(results, kept=known)


def _unknown_proportions(grid: Grid, options: Options) -> Answer:
    known, x, n, u, unknown = _known_and_unknown(grid, options, proportions=True)
    counts, confidence = (x[:, known], n[:, known], u, unknown), options["confidence"]
    results = {"share": _level(proportions_with_unknown(*counts, confidence=confidence))}
    for name, assumption in _ASSUMPTIONS.items():
        found = allocated_proportions(*counts, assumption=assumption, confidence=confidence)
        results[f"share, {name}"] = of_estimates(found)
    return Answer(results, kept=known)


_ASSUMPTIONS = {
    "the unknown shared out as the known": Assumption.AS_THE_KNOWN,
    "the unknown shared out as the population": Assumption.AS_THE_POPULATION,
}


def _level(found: LevelsWithUnknown) -> Result:
    return of_estimates(
        found.as_recorded,
        lowest=found.lowest.value,
        highest=found.highest.value,
        all_in_group=found.all_in_group.value,
        **_bounds(found.bounds_with_chance),
    )


def _bounds(bounds: IntervalArray) -> dict[str, FloatArray]:
    return {"lowest_with_chance": bounds.lower, "highest_with_chance": bounds.upper}


def _gap_with_unknown(
    grid: Grid, options: Options, comparisons: dict[str, Callable[..., GapsWithUnknown]], *, proportions: bool
) -> Answer:
    """Each known group against the reference; a named reference is not compared with itself."""
    known, x, n, u, unknown = _known_and_unknown(grid, options, proportions=proportions)
    groups = tuple(grid.names(1)[place] for place in known)
    reference = reference_of(options, groups)
    b, m = (other_side(counts[:, known], groups, reference, axis=-1) for counts in (x, n))
    compared = np.array([place for place, group in enumerate(groups) if group != reference.group], dtype=np.intp)
    counts = (x[:, known], n[:, known], b, m)
    of_unknown = u[:, np.newaxis], unknown[:, np.newaxis]
    return Answer(
        {
            name: _gap(compare(*(each[:, compared] for each in counts), *of_unknown, reference=reference))
            for name, compare in comparisons.items()
        },
        kept=known[compared],
    )


def _gap(found: GapsWithUnknown) -> Result:
    return of_estimates(
        found.as_recorded,
        lowest=found.lowest.value,
        highest=found.highest.value,
        all_in_reference=found.all_in_reference.value,
        all_in_group=found.all_in_group.value,
        **_bounds(found.bounds_with_chance),
        sign=in_words(found.sign, _sign),
        sign_with_chance=in_words(found.sign_with_chance, _sign),
    )


def _sign(code: int) -> str:
    return GapSign(code).words


def _unknown_rate_gap(grid: Grid, options: Options) -> Answer:
    per, confidence = options["per"], options["confidence"]

    def differences(*counts: FloatArray, reference: Reference) -> GapsWithUnknown:
        return rate_differences_with_unknown(*counts, reference=reference, per=per, confidence=confidence)

    def ratios(*counts: FloatArray, reference: Reference) -> GapsWithUnknown:
        return rate_ratios_with_unknown(*counts, reference=reference, confidence=confidence)

    return _gap_with_unknown(grid, options, {"difference": differences, "ratio": ratios}, proportions=False)


def _unknown_proportion_gap(grid: Grid, options: Options) -> Answer:
    confidence = options["confidence"]

    def differences(*counts: FloatArray, reference: Reference) -> GapsWithUnknown:
        return proportion_differences_with_unknown(*counts, reference=reference, confidence=confidence)

    def ratios(*counts: FloatArray, reference: Reference) -> GapsWithUnknown:
        return proportion_ratios_with_unknown(*counts, reference=reference, confidence=confidence)

    return _gap_with_unknown(grid, options, {"difference": differences, "ratio": ratios}, proportions=True)


_EVENTS_OF_ALL = Role("events", "how many times it happened")
_PEOPLE_OF_ALL = Role("population", "people or days; empty for the unknown where everybody has a recorded group")

GAPS = (
    Method(
        name="rate-gap",
        title="each group's rate against a stated reference: difference, ratio and excess events",
        module="evenhand.stats.gaps",
        labels=(GROUP,),
        roles=(EVENTS, POPULATION),
        options=(REFERENCE, PER, CONFIDENCE, *_GAP_OPTIONS),
        run=_rate_gap,
    ),
    Method(
        name="proportion-gap",
        title="each group's share against a stated reference: difference, ratio and excess events",
        module="evenhand.stats.gaps",
        labels=(GROUP,),
        roles=(PART, WHOLE),
        options=(REFERENCE, CONFIDENCE, *_GAP_OPTIONS),
        run=_proportion_gap,
    ),
    Method(
        name="standardised-gap",
        title="each group's standardised rate against a stated reference",
        module="evenhand.stats.standardised_gaps",
        labels=(GROUP, STRATUM),
        roles=(EVENTS, POPULATION, STANDARD),
        options=(REFERENCE, PER, CONFIDENCE, *_GAP_OPTIONS),
        run=_standardised_gap,
    ),
    Method(
        name="unknown-rate",
        title="how far those of unknown ethnicity could move each group's rate",
        module="evenhand.stats.unknown_ethnicity",
        labels=(GROUP,),
        roles=(_EVENTS_OF_ALL, _PEOPLE_OF_ALL),
        options=(_UNKNOWN, PER, CONFIDENCE),
        run=_unknown_rates,
    ),
    Method(
        name="unknown-proportion",
        title="how far those of unknown ethnicity could move each group's share",
        module="evenhand.stats.unknown_ethnicity",
        labels=(GROUP,),
        roles=(PART, WHOLE),
        options=(_UNKNOWN, CONFIDENCE),
        run=_unknown_proportions,
    ),
    Method(
        name="unknown-rate-gap",
        title="how far they could move each group's gap in rates, and whether its sign holds",
        module="evenhand.stats.unknown_ethnicity_gaps",
        labels=(GROUP,),
        roles=(_EVENTS_OF_ALL, _PEOPLE_OF_ALL),
        options=(REFERENCE, _UNKNOWN, PER, CONFIDENCE),
        run=_unknown_rate_gap,
    ),
    Method(
        name="unknown-proportion-gap",
        title="how far they could move each group's gap in shares, and whether its sign holds",
        module="evenhand.stats.unknown_ethnicity_gaps",
        labels=(GROUP,),
        roles=(PART, WHOLE),
        options=(REFERENCE, _UNKNOWN, CONFIDENCE),
        run=_unknown_proportion_gap,
    ),
)
