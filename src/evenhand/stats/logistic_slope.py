"""The slope and the relative index of a proportion from its counts: a logistic line over the fractional rank.

    logit p(b) = η,  η = α + β·b,  x_i of n_i people at rank b_i,  x_i binomial
    SII = p(1) - p(0),   RII = p(1)/p(0),   both with the delta method (``evenhand.stats.rank_line``)

The maximum of the likelihood, found by Newton's method for all settings at once. A step is shortened to
ln(1 + r)/r of itself, r being the most that it moves any η, with which it never goes downhill and never leaps too far
(Sun T. and Tran-Dinh Q. (2019), Math. Program. 178, 145-213). Each person counts once: weighting by the population a
second time, as one peer does, lets the largest groups draw the line. Counts of a weighted survey may be fractions.

Source: McCullagh P. and Nelder J. A. (1989), Generalized Linear Models, 2nd ed.; World Health Organization (2013),
Handbook on health inequality monitoring, for the indices.

Coverage of 95 % intervals where there is a line, simulated: with 5 and 10 groups RII 94.5 to 96 % from 2 expected
events in the smallest group on, SII 93.5 to 98 %, and either rather wider (to 99 %) with fewer events. With two groups
the line runs beyond both, and the SII covers 90.5 to 100 %: take ``evenhand.stats.differences`` there.

Where it fails: the variance is that of binomial counts about a logistic line; where the groups scatter about it more
than that, the interval is too narrow. With repeated events, or a survey's clusters, use ``evenhand.stats.slope_index``
with standard errors that know of them. ``NO_EVENTS`` where nobody had the event. ``NOT_DEFINED`` where the likelihood
has no maximum: everybody had it, or all with it rank above (or below) all without it, as with two groups of which one
has no events.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.stats.arguments import checked_counts, critical_value, refuse
from evenhand.stats.estimates import RATIO, SHARE
from evenhand.stats.fieller import RatioOfNormals
from evenhand.stats.fractional_rank import Order, fractional_ranks
from evenhand.stats.intervals import FloatArray
from evenhand.stats.rank_line import Scale, back_transformed, difference_of_ends, ratio_of_ends
from evenhand.stats.statuses import Status, StatusArray, first_reason
from evenhand.stats.summaries import GroupValues, Summaries, closed_form, group_values

LOGISTIC_SLOPE_INDEX = "slope index, logistic regression"
LOGISTIC_RELATIVE_INDEX = "relative index, logistic regression"

_SETTLED = 1e-9  # the next step would move an η by the square of this
_MOST_STEPS = 200


def logistic_slope_indices(
    events: ArrayLike, population: ArrayLike, *, order: Order = None, confidence: float = 0.95
) -> Summaries:
    """The slope index of inequality of each of S settings from counts of S × G, as a difference of two shares.

    ``order``: a number for each group, the smallest at rank 0; without it the groups stand in order. Raises
    InputRefused for a negative or infinite count, or a part larger than its population.
    """
    z = critical_value(confidence)
    groups, ends, status = _fitted(events, population, order)
    index, interval = difference_of_ends(ends, Scale.LOGIT, z)
    return closed_form(
        index,
        interval,
        groups=groups.groups,
        status=status,
        unit=SHARE,
        confidence=confidence,
        method=LOGISTIC_SLOPE_INDEX,
    )


def logistic_relative_indices(
    events: ArrayLike, population: ArrayLike, *, order: Order = None, confidence: float = 0.95
) -> Summaries:
    """The relative index of inequality of each setting, as ``logistic_slope_indices``: p(1)/p(0)."""
    z = critical_value(confidence)
    groups, ends, status = _fitted(events, population, order)
    index, interval = ratio_of_ends(ends, Scale.LOGIT, z)
    return closed_form(
        index,
        interval,
        groups=groups.groups,
        status=status,
        unit=RATIO,
        confidence=confidence,
        method=LOGISTIC_RELATIVE_INDEX,
    )


def _fitted(events: ArrayLike, population: ArrayLike, order: Order) -> tuple[GroupValues, RatioOfNormals, StatusArray]:
    """The groups, the logistic line at rank 1 (numerator) and rank 0 (denominator), and whether there is one."""
    groups = group_values(checked_counts(events, "events"), 0.0, population)
    with_event, people = groups.value, groups.population
    refuse(with_event > people, with_event, "events", "a part is not larger than its population")
    ranks = fractional_ranks(groups.share, order)
    status = first_reason(
        groups.status.shape,
        (with_event.sum(axis=1) == 0, Status.NO_EVENTS),
        (~_overlap(ranks, with_event, people - with_event), Status.NOT_DEFINED),
    )
    status = np.where(groups.status == Status.GIVEN, status, groups.status)
    fit = status == Status.GIVEN
    ends = np.full((5, len(status)), np.nan)
    ends[:, fit], settled = _maximum_likelihood(ranks[fit], with_event[fit], people[fit])
    status[fit] = np.where(settled, Status.GIVEN, Status.NOT_DEFINED)
    at_1, at_0, variance_1, variance_0, covariance = ends
    line = RatioOfNormals(
        numerator=at_1,
        denominator=at_0,
        variance_of_numerator=variance_1,
        variance_of_denominator=variance_0,
        covariance=covariance,
    )
    return groups, line, status


def _overlap(ranks: FloatArray, with_event: FloatArray, without: FloatArray) -> NDArray[np.bool_]:
    """Whether the likelihood has a maximum: those with the event and those without overlap in rank.

    Source: Silvapulle M. J. (1981), J. R. Stat. Soc. B 43, 310-313, for one covariate.
    """
    first_with, last_with = _ends_of(ranks, with_event > 0)
    first_without, last_without = _ends_of(ranks, without > 0)
    return np.asarray((last_with > first_without) & (last_without > first_with))


def _ends_of(ranks: FloatArray, there: NDArray[np.bool_]) -> tuple[FloatArray, FloatArray]:
    return np.where(there, ranks, np.inf).min(axis=1), np.where(there, ranks, -np.inf).max(axis=1)


def _maximum_likelihood(
    ranks: FloatArray, with_event: FloatArray, people: FloatArray
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """The line at rank 1 and at rank 0, their variances and their covariance, one row each; and whether it settled."""
    without = people - with_event
    start = np.log(with_event.sum(axis=1) / without.sum(axis=1))
    at_0, at_1 = start, start
    farthest, steps = np.full(start.shape, np.inf), 0
    while (farthest > _SETTLED).any() and steps < _MOST_STEPS:
        information, centre, spread, residual = _about(at_0, at_1, ranks, with_event, without)
        lift = residual.sum(axis=1) / information
        tilt = (residual * (ranks - centre[:, np.newaxis])).sum(axis=1) / spread
        moves = lift[:, np.newaxis] + tilt[:, np.newaxis] * (ranks - centre[:, np.newaxis])
        farthest = np.where(people > 0, np.abs(moves), 0.0).max(axis=1)
        shortened = np.divide(np.log1p(farthest), farthest, out=np.ones_like(farthest), where=farthest > 0)
        at_0 = at_0 + shortened * (lift - tilt * centre)
        at_1 = at_1 + shortened * (lift + tilt * (1 - centre))
        steps += 1
    information, centre, spread, _ = _about(at_0, at_1, ranks, with_event, without)
    ends = (
        at_1,
        at_0,
        1 / information + (1 - centre) ** 2 / spread,
        1 / information + centre**2 / spread,
        1 / information - centre * (1 - centre) / spread,
    )
    return np.array(ends), farthest <= _SETTLED


def _about(
    at_0: FloatArray, at_1: FloatArray, ranks: FloatArray, with_event: FloatArray, without: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Σ w, the mean rank by w and the spread of ranks about it, w = n·p·(1 - p); and each group's x - n·p."""
    eta = at_0[:, np.newaxis] + (at_1 - at_0)[:, np.newaxis] * ranks
    p, q = back_transformed(eta, Scale.LOGIT), back_transformed(-eta, Scale.LOGIT)
    weight = (with_event + without) * p * q
    information = weight.sum(axis=1)
    centre = (weight * ranks).sum(axis=1) / information
    spread = (weight * (ranks - centre[:, np.newaxis]) ** 2).sum(axis=1)
    return information, centre, spread, with_event * q - without * p  # x - n·p without its cancellation near p = 1
