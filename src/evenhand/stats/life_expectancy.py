"""Life expectancy from an abridged life table (Chiang's second method) with Silcocks' variance.

For the age band from x, of n years, with D deaths of P people, a the share of the band that who dies in it lives:

    M = D/P                                    the rate of death
    q = n·M / (1 + (1 - a)·n·M)                the chance of dying in the band;   p = 1 - q
    e(x) = n·(1 - (1 - a)·q) + p·e(x + n)      years still to live;   1/M in the last band, which has no upper end
    Var q = n²·M·(1 - a·n·M) / (P·(1 + (1 - a)·n·M)³)
    V(x) = (e(x + n) + (1 - a)·n)²·Var q + p²·V(x + n);   1/(D·M²) in the last band
    interval: e ± z·√V

a is 0.1 for the first year of life, most of whose deaths are in its first month, and 0.5 for every other band.

Sources: Chiang C. L. (1984), The Life Table and its Applications, Krieger; Silcocks P. B. S., Jenner D. A. and Reza R.
(2001), Life expectancy as a summary of mortality in a population, J. Epidemiol. Community Health 55, 38-43, for the
variance of the last band. Written here from the oldest band to the youngest, which is the same table without its
column of survivors.

It is no forecast: it is how long somebody would live on average who met at every age the rates of death of this one
period.

Where it fails: in small groups the answer is pushed upwards, since 1/M of few deaths is large on average. Simulated
with the mortality of a long-lived country, at 10,000 people it is 0.13 years too long and a 95 % interval covers 94 %;
at 1,000 it is 0.8 years too long, covers 92 %, and one in eight has no answer at all (under 5,000 nobody should give
one: Toson B. and Baker A. (2003), Life expectancy at birth: methodological options for small populations, National
Statistics Methodological Series 33). Deaths of people whose ethnicity the register does not know make every group
live longer than it does. The first band must end after the first year for the share of 0.1 to hold.
"""

from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_counts, critical_value
from evenhand.stats.estimates import Estimates
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.statuses import Status, StatusArray, first_reason

CHIANG_SILCOCKS = "abridged life table, Chiang II, variance of Silcocks"
YEARS = "years"

AGES_TO_90 = (0, 1, *range(5, 91, 5))
SHARE_OF_FIRST_YEAR_LIVED = 0.1
SHARE_OF_BAND_LIVED = 0.5


def life_expectancies(
    deaths: ArrayLike,
    population: ArrayLike,
    starting_ages: ArrayLike = AGES_TO_90,
    *,
    confidence: float = 0.95,
) -> Estimates:
    """Years still to live at the start of each age band, for each area: areas × bands, or the bands of one area.

    ``numerator`` and ``denominator`` are the deaths and the people from that age on. What stands in the way of one age
    (see ``status``: nobody of a band, more deaths than people in it, no death in the last one) stands in the way of
    the ages before it, and of no other area. ``NOT_DEFINED``: a rate of death so high that more would die than there
    are. Raises InputRefused when a count is negative, the ages do not rise, or the shapes do not fit.
    """
    ages = _checked_ages(starting_ages)
    d, people = checked_counts(deaths, "deaths"), checked_counts(population, "population")
    if d.shape != people.shape or d.shape[-1:] != ages.shape:
        raise InputRefused(
            f"areas and ages: found deaths of shape {d.shape} and population {people.shape} for {len(ages)} ages; "
            "areas × ages twice are right"
        )
    years, share = np.diff(ages), _shares_lived(ages)
    rate = np.divide(d, people, out=np.full(d.shape, nan), where=people > 0)
    status = _status(d, people, rate[..., :-1] * years * share)
    value, variance = _from_the_oldest(d, people, rate, years, share)
    value = np.where(status == Status.GIVEN, value, nan)
    margin = critical_value(confidence) * np.sqrt(np.where(status == Status.GIVEN, variance, nan))
    return Estimates(
        value=value,
        interval=IntervalArray(value - margin, value + margin),
        numerator=_from_here_on(d),
        denominator=_from_here_on(people),
        unit=YEARS,
        confidence=confidence,
        method=CHIANG_SILCOCKS,
        status=status,
    )


def _from_the_oldest(
    d: FloatArray, people: FloatArray, rate: FloatArray, years: FloatArray, share: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """e and V of every band. ``nan`` and ``inf`` run through: the status says where they stand."""
    value, variance = np.empty(d.shape), np.empty(d.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        value[..., -1] = 1 / rate[..., -1]
        variance[..., -1] = 1 / (d[..., -1] * rate[..., -1] ** 2)
        for band in reversed(range(len(years))):
            n, a, m = years[band], share[band], rate[..., band]
            dying = n * m / (1 + (1 - a) * n * m)
            of_dying = n**2 * m * (1 - a * n * m) / (people[..., band] * (1 + (1 - a) * n * m) ** 3)
            value[..., band] = n * (1 - (1 - a) * dying) + (1 - dying) * value[..., band + 1]
            lost = value[..., band + 1] + (1 - a) * n
            variance[..., band] = lost**2 * of_dying + (1 - dying) ** 2 * variance[..., band + 1]
    return value, variance


def _status(d: FloatArray, people: FloatArray, dying_lived: FloatArray) -> StatusArray:
    """Of each band and all after it. ``dying_lived`` is a·n·M of all but the last: above 1, q is above 1."""
    nobody_left = np.zeros(d.shape, dtype=np.bool_)
    with np.errstate(invalid="ignore"):
        nobody_left[..., :-1] = dying_lived > 1
    return first_reason(
        d.shape,
        (_any_from_here_on(np.isnan(d) | np.isnan(people)), Status.MISSING_INPUT),
        (_any_from_here_on(people == 0), Status.NO_POPULATION),
        (_any_from_here_on(d > people), Status.MORE_EVENTS_THAN_PEOPLE),
        (_from_here_on(d) == 0, Status.NO_EVENTS),
        (np.broadcast_to(d[..., -1:] == 0, d.shape), Status.NO_EVENTS_IN_OPEN_BAND),
        (_any_from_here_on(nobody_left), Status.NOT_DEFINED),
    )


def _from_here_on(counts: FloatArray) -> FloatArray:
    return np.asarray(np.cumsum(counts[..., ::-1], axis=-1)[..., ::-1])


def _any_from_here_on(holds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(np.logical_or.accumulate(holds[..., ::-1], axis=-1)[..., ::-1])


def _checked_ages(starting_ages: ArrayLike) -> FloatArray:
    ages = np.asarray(starting_ages, dtype=np.float64)
    if ages.ndim != 1 or len(ages) < 2 or ages[0] < 0 or not (np.diff(ages) > 0).all() or np.isinf(ages[-1]):
        raise InputRefused(
            f"starting ages: found {ages.tolist()}; two or more that rise, none below 0, are right, such as 0, 1, 5, 10"
        )
    return ages


def _shares_lived(ages: FloatArray) -> FloatArray:
    """a of every band but the last."""
    first_year = (ages[:-1] == 0) & (ages[1:] == 1)
    return np.where(first_year, SHARE_OF_FIRST_YEAR_LIVED, SHARE_OF_BAND_LIVED)
