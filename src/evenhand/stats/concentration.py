"""The concentration indices: how unequally a value is spread along an order of groups, from the most to the least
disadvantaged. 0 says that it is not; below 0 that the disadvantaged end has more of it than its share.

    a_i = share of the population,  b_i = fractional rank,  μ = Σ a_i·y_i
    absolute    ACI = 2·Σ a_i·(b_i - ½)·y_i                  Var = Σ (2·a_i·(b_i - ½))²·se_i²
    relative    RCI = ACI/μ                                  Fieller's limits (``evenhand.stats.fieller``)
    Wagstaff    W = ACI·(m - l)/((m - μ)·(μ - l))            delta method
    Erreygers   E = 4·ACI/(m - l)                            as ACI

ACI and RCI are what the "convenient regression" of 2·σ²_b·y_i (over μ) on b_i estimates. The variance is that of the
groups' own standard errors, not the regression's residual one, which measures how far the groups are from a line and
says nothing of their noise. For values that can lie only between limits l and m (a share: 0 and 1) the RCI depends on
whether the event or its absence is counted; Wagstaff's and Erreygers' versions only change sign.

Sources: Kakwani N., Wagstaff A. and van Doorslaer E. (1997), J. Econometrics 77, 87-103; Wagstaff A. (2005), Health
Econ. 14, 429-432; Erreygers G. (2009), J. Health Econ. 28, 504-515.

Coverage of 95 % intervals, simulated with standard errors from the same counts (2 to 18 groups, sizes 3 to 1 or one ten
times the others or a tenth of them), by the events expected in the smallest group: ACI and RCI from 20 on 93 to 95.5 %,
at 10 92.5 to 95.5 %, at 5 90.5 to 95.5 %. Groups of one size, by the fewest expected with or without the event:
Wagstaff from 20 on 94 to 95 %, at 10 93 to 95 %, at 5 89 to 95 %; Erreygers 94 to 95.5 % from 5 on.

Where it fails: a U-shaped pattern gives 0. An RCI is ``NOT_DEFINED`` where a value is negative or the mean is 0, and
``UNBOUNDED`` where the mean may well be 0; Wagstaff's is ``NOT_DEFINED`` where the mean lies on a limit. A standard
error of 0 from 0 events says falsely that the rate is known exactly.
"""

import numpy as np
from numpy.typing import ArrayLike

from evenhand.errors import InputRefused
from evenhand.stats.arguments import critical_value, refuse
from evenhand.stats.fieller import fieller_limits, ratio_of_sums
from evenhand.stats.fractional_rank import Order, fractional_ranks
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.statuses import Status, first_reason
from evenhand.stats.summaries import UNIT_OF_THE_VALUES, GroupValues, Summaries, closed_form, group_values

ABSOLUTE_CONCENTRATION = "absolute concentration index"
RELATIVE_CONCENTRATION = "relative concentration index"
WAGSTAFF = "Wagstaff's concentration index"
ERREYGERS = "Erreygers' concentration index"
INDEX = "index from -1 to 1"


def absolute_concentration_indices(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    order: Order = None,
    confidence: float = 0.95,
) -> Summaries:
    """The ACI of each of S settings from arrays of S × G, in the unit of the values.

    ``order``: a number for each group, the smallest for the most disadvantaged; without it the groups stand in order.
    """
    z = critical_value(confidence)
    groups = group_values(value, standard_error, population)
    weights = _weights(groups, order)
    index, margin = groups.weighted_sum(weights), z * groups.error_of_weighted_sum(weights)
    return closed_form(
        index,
        IntervalArray(index - margin, index + margin),
        groups=groups.groups,
        status=groups.status,
        unit=UNIT_OF_THE_VALUES,
        confidence=confidence,
        method=ABSOLUTE_CONCENTRATION,
    )


def relative_concentration_indices(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    order: Order = None,
    confidence: float = 0.95,
) -> Summaries:
    """The RCI of each setting, as ``absolute_concentration_indices``: the ACI over the mean."""
    z = critical_value(confidence)
    groups = group_values(value, standard_error, population)
    ratio = ratio_of_sums(groups.value, groups.standard_error, _weights(groups, order), groups.share)
    interval, bounded = fieller_limits(ratio, z)
    no_ratio = (groups.value < 0).any(axis=1) | (ratio.denominator == 0)
    status = first_reason(no_ratio.shape, (no_ratio, Status.NOT_DEFINED), (~bounded, Status.UNBOUNDED))
    return closed_form(
        ratio.numerator / np.where(no_ratio, np.nan, ratio.denominator),
        interval,
        groups=groups.groups,
        status=np.where(groups.status == Status.GIVEN, status, groups.status),
        unit=INDEX,
        confidence=confidence,
        method=RELATIVE_CONCENTRATION,
    )


def wagstaff_indices(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    minimum: float,
    maximum: float,
    order: Order = None,
    confidence: float = 0.95,
) -> Summaries:
    """Wagstaff's index of values that lie between ``minimum`` and ``maximum``; raises InputRefused for one outside."""
    z = critical_value(confidence)
    groups = _within(group_values(value, standard_error, population), minimum, maximum)
    weights = _weights(groups, order)
    mean = groups.weighted_sum(groups.share)
    room = (maximum - mean) * (mean - minimum)
    room = np.where(room > 0, room, np.nan)
    concentration = groups.weighted_sum(weights)
    index = concentration * (maximum - minimum) / room
    # dW/dy_i, the mean being of the same values
    by_mean = concentration * (maximum + minimum - 2 * mean) / room**2
    gradient = (maximum - minimum) * (weights / room[:, np.newaxis] - by_mean[:, np.newaxis] * groups.share)
    margin = z * groups.error_of_weighted_sum(gradient)
    answered = groups.status == Status.GIVEN
    return closed_form(
        index,
        IntervalArray(index - margin, index + margin),
        groups=groups.groups,
        status=np.where(answered & np.isnan(room), np.uint8(Status.NOT_DEFINED), groups.status),
        unit=INDEX,
        confidence=confidence,
        method=WAGSTAFF,
    )


def erreygers_indices(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    minimum: float,
    maximum: float,
    order: Order = None,
    confidence: float = 0.95,
) -> Summaries:
    """Erreygers' index of values that lie between ``minimum`` and ``maximum``; raises InputRefused for one outside."""
    z = critical_value(confidence)
    groups = _within(group_values(value, standard_error, population), minimum, maximum)
    weights = 4 / (maximum - minimum) * _weights(groups, order)
    index, margin = groups.weighted_sum(weights), z * groups.error_of_weighted_sum(weights)
    return closed_form(
        index,
        IntervalArray(index - margin, index + margin),
        groups=groups.groups,
        status=groups.status,
        unit=INDEX,
        confidence=confidence,
        method=ERREYGERS,
    )


def _weights(groups: GroupValues, order: Order) -> FloatArray:
    """What each group's value counts for in the ACI."""
    return 2 * groups.share * (fractional_ranks(groups.share, order) - 0.5)


def _within(groups: GroupValues, minimum: float, maximum: float) -> GroupValues:
    if not -np.inf < minimum < maximum < np.inf:
        raise InputRefused(
            f"limits of the values: found {minimum:g} and {maximum:g}; a smaller and a larger number are right"
        )
    outside = groups.exists & ((groups.value < minimum) | (groups.value > maximum))
    refuse(outside, groups.value, "value", f"it lies between the limits {minimum:g} and {maximum:g}")
    return groups
