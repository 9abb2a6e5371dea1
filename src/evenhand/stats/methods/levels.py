"""The methods for one level at a time: proportions, rates, means, standardised rates, life expectancy, quantiles."""

import numpy as np

from evenhand.errors import InputRefused
from evenhand.stats.indirect_standardisation import indirectly_standardised_rates, indirectly_standardised_ratios
from evenhand.stats.intervals import FloatArray
from evenhand.stats.life_expectancy import life_expectancies
from evenhand.stats.means import means
from evenhand.stats.methods.method import Answer, Layout, Method, Option, Options, Role, strings
from evenhand.stats.proportions import ProportionMethod, proportions
from evenhand.stats.quantiles import QuantileOrder, quantiles
from evenhand.stats.rates import RateMethod, crude_rates
from evenhand.stats.standardisation import StandardisedMethod, directly_standardised_rates
from evenhand.stats.statuses import Status
from evenhand.stats.tables import Grid

EVENTS = Role("events", "how many it happened to, or how many times it happened")
POPULATION = Role("population", "people or days that it could have happened to")
CONFIDENCE = Option("confidence", "of the intervals, as a share", 0.95)
PER = Option("per", "the size of population that a rate is for", 100_000)
_STANDARD = Role("standard", "the standard population of the stratum, the same for every group")
_EXACT = Option("exact", "1 for exact limits instead of the usual ones", 0)


def _proportion(grid: Grid, options: Options) -> Answer:
    method = ProportionMethod.CLOPPER_PEARSON if options["exact"] else ProportionMethod.WILSON
    found = proportions(grid.row("events"), grid.row("population"), confidence=options["confidence"], method=method)
    return Answer(results={"proportion": found}, per_inner=False)


def _rate(grid: Grid, options: Options) -> Answer:
    found = crude_rates(
        grid.row("events"),
        grid.row("population"),
        per=options["per"],
        confidence=options["confidence"],
        method=RateMethod.EXACT if options["exact"] else RateMethod.BYAR,
    )
    return Answer(results={"rate": found}, per_inner=False)


def _mean(grid: Grid, options: Options) -> Answer:
    found = means(
        grid.row("total"), grid.row("count"), grid.row("standard_deviation"), confidence=options["confidence"]
    )
    return Answer(results={"mean": found}, per_inner=False)


def _standardised_rate(grid: Grid, options: Options) -> Answer:
    found = directly_standardised_rates(
        grid.numbers["events"],
        grid.numbers["population"],
        the_same_everywhere(grid, "standard"),
        per=options["per"],
        confidence=options["confidence"],
        method=StandardisedMethod.DOBSON_BYAR if options["dobson"] else StandardisedMethod.TIWARI,
    )
    return Answer(results={"standardised rate": found}, per_inner=False)


def the_same_everywhere(grid: Grid, role: str) -> FloatArray:
    """One number for each stratum; raises InputRefused where groups have different ones, or none has any."""
    column = grid.numbers[role]
    highest, lowest = np.fmax.reduce(column, axis=0), np.fmin.reduce(column, axis=0)
    for stratum, low, high in zip(grid.inner, lowest.tolist(), highest.tolist(), strict=True):
        if low != high:
            found = "no number" if np.isnan(low) else f"{low:g} and {high:g}"
            raise InputRefused(f"{role}: found {found} for the stratum {stratum}; one number for all groups is right")
    return np.asarray(lowest)


def _indirectly(grid: Grid, options: Options) -> Answer:
    events, population = grid.numbers["events"].sum(axis=1), grid.numbers["population"]
    standard = the_same_everywhere(grid, "standard_events"), the_same_everywhere(grid, "standard_population")
    reference, confidence = options["reference"], options["confidence"]
    ratios = indirectly_standardised_ratios(events, population, *standard, reference=reference, confidence=confidence)
    rates = indirectly_standardised_rates(
        events, population, *standard, reference=reference, confidence=confidence, per=options["per"]
    )
    return Answer(results={"standardised ratio": ratios, "standardised rate": rates}, per_inner=False)


def _life_expectancy(grid: Grid, options: Options) -> Answer:
    found = life_expectancies(
        grid.numbers["deaths"],
        grid.numbers["population"],
        [float(age) for age in grid.inner],
        confidence=options["confidence"],
    )
    return Answer(results={"life expectancy": found}, per_inner=True)


def _quantile(grid: Grid, options: Options) -> Answer:
    lowest_first = options["first"] == "lowest"
    order = QuantileOrder.LOWEST_FIRST if lowest_first else QuantileOrder.HIGHEST_FIRST
    places, areas = np.nonzero(grid.there)
    found = quantiles(grid.numbers["value"][places, areas], int(options["number"]), within=places, order=order)
    quantile = np.zeros(grid.there.shape)
    status = np.full(grid.there.shape, Status.MISSING_INPUT, dtype=np.uint8)
    quantile[places, areas], status[places, areas] = found.quantile, found.status
    words = {"value": np.where(quantile > 0, quantile, np.nan), "status": status}
    method = strings([f"{found.number} quantiles, {order.value}"])
    return Answer(results={"quantile": {**words, "method": np.broadcast_to(method, status.shape)}}, per_inner=True)


LEVELS = (
    Method(
        name="proportion",
        title="a share of its own whole, with Wilson's interval",
        layout=Layout.ROWS,
        roles=(EVENTS, Role("population", "the whole that the events are part of")),
        options=(CONFIDENCE, _EXACT),
        run=_proportion,
    ),
    Method(
        name="rate",
        title="events per so many people or days, with Byar's interval",
        layout=Layout.ROWS,
        roles=(EVENTS, POPULATION),
        options=(PER, CONFIDENCE, _EXACT),
        run=_rate,
    ),
    Method(
        name="mean",
        title="the mean of a measurement, with Student's interval",
        layout=Layout.ROWS,
        roles=(
            Role("total", "the sum of the values"),
            Role("count", "how many values there are"),
            Role("standard_deviation", "of the values"),
        ),
        options=(CONFIDENCE,),
        run=_mean,
    ),
    Method(
        name="standardised-rate",
        title="the rate a group would have with the ages of one standard population",
        layout=Layout.STRATA,
        roles=(EVENTS, POPULATION, _STANDARD),
        options=(PER, CONFIDENCE, Option("dobson", "1 for Dobson's limits instead of Tiwari's", 0)),
        run=_standardised_rate,
    ),
    Method(
        name="indirectly-standardised",
        title="events counted over events expected at the standard's rates, and the rate that makes",
        layout=Layout.STRATA,
        roles=(
            EVENTS,
            POPULATION,
            Role("standard_events", "events of the standard in the stratum"),
            Role("standard_population", "people of the standard in the stratum"),
        ),
        options=(PER, CONFIDENCE, Option("reference", "what the standard is, in words", "standard population")),
        run=_indirectly,
    ),
    Method(
        name="life-expectancy",
        title="years still to live at each age, by Chiang's abridged life table",
        layout=Layout.STRATA,
        roles=(Role("deaths", "in the age band"), Role("population", "people in the age band")),
        options=(CONFIDENCE,),
        run=_life_expectancy,
    ),
    Method(
        name="quantile",
        title="which fifth or tenth each area is in",
        layout=Layout.GROUPS,
        roles=(Role("value", "what the areas are ordered by"),),
        options=(
            Option("number", "how many quantiles", 5),
            Option("first", "what quantile 1 holds: highest or lowest values", "highest"),
        ),
        run=_quantile,
    ),
)
