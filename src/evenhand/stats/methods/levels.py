"""The methods for one level at a time: shares, rates, means, standardised rates, life expectancy, quantiles."""

from collections.abc import Callable

import numpy as np

from evenhand.errors import InputRefused
from evenhand.stats.grids import Grid, starting_age
from evenhand.stats.indirect_standardisation import indirectly_standardised_rates, indirectly_standardised_ratios
from evenhand.stats.intervals import FloatArray
from evenhand.stats.life_expectancy import life_expectancies
from evenhand.stats.means import means
from evenhand.stats.methods.method import (
    Answer,
    Holds,
    LabelRole,
    Method,
    Options,
    Order,
    Result,
    Role,
    of_estimates,
)
from evenhand.stats.methods.options import number, one_of, switch, text, whole
from evenhand.stats.proportions import ProportionMethod, proportions
from evenhand.stats.quantiles import QuantileOrder, quantiles
from evenhand.stats.rates import RateMethod, crude_rates
from evenhand.stats.repeated_events import rates_of_repeated_events
from evenhand.stats.selection import (
    EVERY_RATE,
    EventsAtLeast,
    ExpectedAtLeast,
    PopulationAtLeast,
    SelectionRule,
    selected,
)
from evenhand.stats.standardisation import StandardisedMethod, directly_standardised_rates
from evenhand.stats.statuses import Status

EVENTS = Role("events", "how many times it happened", among="population")
POPULATION = Role("population", "people, or days, that it could have happened to")
PART = Role("events", "how many people it happened to", within="population")
WHOLE = Role("population", "the people of whom they are a part")
STANDARD = Role("standard", "the standard population of the stratum, the same for every group")
STRATUM = LabelRole("stratum", "age band, sex, or both: what is standardised for")
GROUP = LabelRole("group", "the groups that are compared: ethnicity, organisation")

CONFIDENCE = number("confidence", "of the intervals, as a share", 0.95)
PER = number("per", "the size of population that a rate is for", 100_000)
EXACT_RATE = switch("exact", "exact limits (Garwood) in place of Byar's")
STANDARD_NAME = text("reference", "what the standard is, to be carried in the result", "standard population")
_EXACT_SHARE = switch("exact", "exact limits (Clopper-Pearson) in place of Wilson's")

_SHOWN: dict[str, Callable[[float], SelectionRule]] = {
    "shown_from_expected": ExpectedAtLeast,
    "shown_from_population": PopulationAtLeast,
    "shown_from_events": EventsAtLeast,
}
_SELECTION = (
    number("shown_from_expected", "show a rate from so many expected events on; every rate when left out"),
    number("shown_from_population", "show a rate from such a population on"),
    number("shown_from_events", "show a rate from so many events on (10: the classic rule, which misleads)"),
)
_EXPECTED = Role("expected", "events to be expected, for shown_from_expected", Holds.NOT_NEGATIVE, required=False)


def _rule(options: Options) -> SelectionRule:
    asked = [rule(options[name]) for name, rule in _SHOWN.items() if options.get(name) is not None]
    if len(asked) > 1:
        raise InputRefused(f"{' and '.join(_SHOWN)}: found more than one; one rule is right")
    return asked[0] if asked else EVERY_RATE


def rate_method(options: Options) -> RateMethod:
    """The limits of a count that were asked for."""
    return RateMethod.EXACT if options["exact"] else RateMethod.BYAR


def _proportion(grid: Grid, options: Options) -> Answer:
    method = ProportionMethod.CLOPPER_PEARSON if options["exact"] else ProportionMethod.WILSON
    counts = grid.numbers["events"], grid.numbers["population"]
    found = proportions(*counts, confidence=options["confidence"], method=method)
    return Answer({"share": of_estimates(found)})


def _rate(grid: Grid, options: Options) -> Answer:
    counts = grid.numbers["events"], grid.numbers["population"]
    rates = crude_rates(*counts, per=options["per"], confidence=options["confidence"], method=rate_method(options))
    return Answer({"rate": of_estimates(selected(rates, _rule(options), expected=grid.numbers.get("expected")))})


def _mean(grid: Grid, options: Options) -> Answer:
    columns = (grid.numbers[role] for role in ("total", "count", "standard_deviation"))
    return Answer({"mean": of_estimates(means(*columns, confidence=options["confidence"], unit=options["unit"]))})


def _standardised_rate(grid: Grid, options: Options) -> Answer:
    found = directly_standardised_rates(
        grid.numbers["events"],
        grid.numbers["population"],
        grid.the_same_for_all("standard", side=1),
        per=options["per"],
        confidence=options["confidence"],
        method=options["interval"],
        reference=options["reference"],
        rule=_rule(options),
        expected=_expected_in_all(grid),
    )
    return Answer({"standardised rate": of_estimates(found, standard_share=found.standard_share)})


def _expected_in_all(grid: Grid) -> FloatArray | None:
    """Expected events of each group over its strata, where the table has them."""
    return np.asarray(grid.numbers["expected"].sum(axis=1)) if "expected" in grid.numbers else None


def _repeated_events(grid: Grid, options: Options) -> Answer:
    """The grid is groups × strata × numbers of events; a number of events without a row is one that nobody had."""
    times = [_number_of_times(label) for label in grid.names(2)]
    people = np.zeros((*grid.shape[:2], max(times, default=0) + 1))
    people[..., times] = np.where(grid.there, grid.numbers["people"], 0.0)
    found = rates_of_repeated_events(
        people[..., 1:].swapaxes(1, 2),
        grid.the_same("population", sides=(0, 1)),
        grid.the_same_for_all("standard", side=1),
        per=options["per"],
        confidence=options["confidence"],
        reference=options["reference"],
        rule=_rule(options),
    )
    return Answer({"standardised rate": of_estimates(found, standard_share=found.standard_share)})


def _number_of_times(label: str) -> int:
    if not label.isdecimal() or int(label) > 1000:
        raise InputRefused("times: found a label that is no number of events; whole numbers from 0 to 1000 are right")
    return int(label)


def _indirectly_standardised(grid: Grid, options: Options) -> Answer:
    standard = (
        grid.the_same_for_all(role, side=1, required=False) for role in ("standard_events", "standard_population")
    )
    counts = grid.numbers["events"].sum(axis=1), grid.numbers["population"], *standard
    shared = {
        "reference": options["reference"],
        "confidence": options["confidence"],
        "method": rate_method(options),
    }
    ratios = indirectly_standardised_ratios(*counts, times=options["times"], **shared)
    rates = indirectly_standardised_rates(*counts, per=options["per"], **shared)
    return Answer({"standardised ratio": of_estimates(ratios), "standardised rate": of_estimates(rates)})


def _life_expectancy(grid: Grid, options: Options) -> Answer:
    ages = [starting_age(label) for label in grid.names(1)]
    counts = grid.numbers["deaths"], grid.numbers["population"]
    return Answer({"life expectancy": of_estimates(life_expectancies(*counts, ages, confidence=options["confidence"]))})


def _quantile(grid: Grid, options: Options) -> Answer:
    places, areas = np.nonzero(grid.there)
    order: QuantileOrder = options["first"]
    found = quantiles(grid.numbers["value"][places, areas], options["number"], within=places, order=order)
    quantile = np.full(grid.shape, np.nan)
    status = np.full(grid.shape, Status.MISSING_INPUT, dtype=np.uint8)
    quantile[places, areas] = np.where(found.quantile > 0, found.quantile, np.nan)
    status[places, areas] = found.status
    method = f"{found.number} quantiles, {order.value}"
    return Answer({"quantile": Result({"value": quantile, "method": method}, status)})


LEVELS = (
    Method(
        name="proportion",
        title="a share of its own whole, with Wilson's interval",
        module="evenhand.stats.proportions",
        roles=(PART, WHOLE),
        options=(CONFIDENCE, _EXACT_SHARE),
        run=_proportion,
    ),
    Method(
        name="rate",
        title="events per so many people or days, with Byar's interval",
        module="evenhand.stats.rates",
        roles=(EVENTS, POPULATION, _EXPECTED),
        options=(PER, CONFIDENCE, EXACT_RATE, *_SELECTION),
        run=_rate,
    ),
    Method(
        name="mean",
        title="the mean of a measurement, with Student's interval",
        module="evenhand.stats.means",
        roles=(
            Role("total", "the sum of the values", Holds.NUMBERS),
            Role("count", "how many values there are"),
            Role("standard_deviation", "of the values", Holds.NOT_NEGATIVE),
        ),
        options=(CONFIDENCE, text("unit", "of the values, to be carried in the result", "unit of the values")),
        run=_mean,
    ),
    Method(
        name="standardised-rate",
        title="the rate a group would have with the ages of one standard population",
        module="evenhand.stats.standardisation",
        labels=(STRATUM,),
        roles=(EVENTS, POPULATION, STANDARD, _EXPECTED),
        options=(
            PER,
            CONFIDENCE,
            one_of("interval", "whose interval it has", StandardisedMethod.TIWARI),
            STANDARD_NAME,
            *_SELECTION,
        ),
        run=_standardised_rate,
    ),
    Method(
        name="repeated-events-rate",
        title="the same for events that one person may have several times, such as detentions",
        module="evenhand.stats.repeated_events",
        labels=(STRATUM, LabelRole("times", "how many events each of these people had: 1, 2, 3 …")),
        roles=(
            Role("people", "how many people of the stratum had so many events; no row where none had"),
            Role("population", "all people of the stratum, the same in all its rows"),
            STANDARD,
        ),
        options=(PER, CONFIDENCE, STANDARD_NAME, *_SELECTION[1:]),
        run=_repeated_events,
    ),
    Method(
        name="indirectly-standardised",
        title="events over those expected at the standard's rate of each age; and as a rate",
        module="evenhand.stats.indirect_standardisation",
        labels=(STRATUM,),
        roles=(
            EVENTS,
            POPULATION,
            Role("standard_events", "events of the standard in the stratum"),
            Role("standard_population", "people of the standard in the stratum"),
        ),
        options=(
            PER,
            number("times", "what the ratio of the standard itself is: 1, or 100 where that is customary", 1),
            CONFIDENCE,
            EXACT_RATE,
            STANDARD_NAME,
        ),
        run=_indirectly_standardised,
    ),
    Method(
        name="life-expectancy",
        title="years still to live at each age, by Chiang's abridged life table",
        module="evenhand.stats.life_expectancy",
        labels=(LabelRole("stratum", "the age band", Order.AGE),),
        roles=(Role("deaths", "in the age band"), Role("population", "people in the age band")),
        options=(CONFIDENCE,),
        run=_life_expectancy,
    ),
    Method(
        name="quantile",
        title="which fifth or tenth each area is in",
        module="evenhand.stats.quantiles",
        labels=(LabelRole("area", "what is put into quantiles"),),
        roles=(Role("value", "what the areas are ordered by", Holds.NUMBERS),),
        options=(
            whole("number", "how many quantiles", 5),
            one_of("first", "what quantile 1 holds", QuantileOrder.HIGHEST_FIRST),
        ),
        run=_quantile,
    ),
)
