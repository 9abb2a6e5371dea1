"""Population attributable risk and fraction: how the average would change if every group had the reference's value.

    μ = Σ a_i·y_i,  a_i = share of the population
    PAR = y_r - μ             Var = Σ ([i = r] - a_i)²·se_i²
    PAF = y_r/μ - 1           Var(ln(1 + PAF)) = Σ ([i = r]/y_r - a_i/μ)²·se_i²

PAR is in the unit of the values, PAF a share of the average: -0.2 says that the average would be a fifth lower. Both
keep their sign. Some peers show 0 where the change would be for the worse; that the reference is not the best group is
information, and max(0, ·) is there for who wants it. The reference group is part of the average, and its noise counts
once in both: that is the [i = r] - a_i. The interval of PAF is symmetric on the logarithm of 1 + PAF = y_r/μ.

Source: World Health Organization (2013), Handbook on health inequality monitoring; Rockhill B., Newman B. and Weinberg
C. (1998), Am. J. Public Health 88, 15-19, on what such a fraction does not say: it is arithmetic, and no claim that the
difference would go if something were done. The variances are the delta method, exact for PAR.

Coverage of 95 % intervals, simulated with standard errors from the same counts (2 to 18 groups, sizes 3 to 1, or the
reference ten times the others or a tenth of them), by the events expected in the smallest group: both 93 to 95.5 % from
20 on; at 10 PAR 92 to 95 %, PAF 92.5 to 96 %; at 5 PAR 87.5 to 95.5 %, PAF 90 to 97 %.

Where it fails: with a small reference group the average is compared with noise; take a large one. PAF is
``NOT_DEFINED`` where a value is negative or the reference's is 0. The shares count as known.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from evenhand.stats.arguments import critical_value
from evenhand.stats.compared_groups import group_position
from evenhand.stats.estimates import SHARE
from evenhand.stats.intervals import IntervalArray
from evenhand.stats.statuses import Status, StatusArray
from evenhand.stats.summaries import UNIT_OF_THE_VALUES, GroupValues, Summaries, closed_form, group_values

ATTRIBUTABLE_RISK = "population attributable risk"
ATTRIBUTABLE_FRACTION = "population attributable fraction, log-delta"


def attributable_risks(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    groups: Sequence[str],
    reference: str,
    confidence: float = 0.95,
) -> Summaries:
    """PAR of each of S settings from arrays of S × G whose columns are ``groups``, one of them the ``reference``.

    ``NOTHING_TO_COMPARE_WITH`` where the reference does not exist in a setting.
    """
    z = critical_value(confidence)
    of_all, column, status = _against(value, standard_error, population, groups, reference)
    weights = -of_all.share
    weights[:, column] += 1
    risk = of_all.weighted_sum(weights)
    margin = z * of_all.error_of_weighted_sum(weights)
    return closed_form(
        risk,
        IntervalArray(risk - margin, risk + margin),
        groups=of_all.groups,
        status=status,
        unit=UNIT_OF_THE_VALUES,
        confidence=confidence,
        method=ATTRIBUTABLE_RISK,
        reference=reference,
    )


def attributable_fractions(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    groups: Sequence[str],
    reference: str,
    confidence: float = 0.95,
) -> Summaries:
    """PAF of each setting, as ``attributable_risks``, as a share of the average (not per cent)."""
    z = critical_value(confidence)
    of_all, column, status = _against(value, standard_error, population, groups, reference)
    no_ratio = (of_all.value < 0).any(axis=1) | (of_all.value[:, column] == 0)
    mean = np.where(no_ratio, np.nan, of_all.weighted_sum(of_all.share))
    of_reference = np.where(no_ratio, np.nan, of_all.value[:, column])
    relative_weights = -of_all.share / mean[:, np.newaxis]
    relative_weights[:, column] += 1 / of_reference
    ratio = of_reference / mean
    margin = z * of_all.error_of_weighted_sum(relative_weights)
    return closed_form(
        ratio - 1,
        IntervalArray(ratio * np.exp(-margin) - 1, ratio * np.exp(margin) - 1),
        groups=of_all.groups,
        status=np.where((status == Status.GIVEN) & no_ratio, np.uint8(Status.NOT_DEFINED), status),
        unit=SHARE,
        confidence=confidence,
        method=ATTRIBUTABLE_FRACTION,
        reference=reference,
    )


def _against(
    value: ArrayLike, standard_error: ArrayLike, population: ArrayLike, groups: Sequence[str], reference: str
) -> tuple[GroupValues, int, StatusArray]:
    """The groups, the column of the reference, and whether each setting can be compared with it."""
    of_all = group_values(value, standard_error, population)
    column = group_position(of_all, groups, reference)
    absent = ~of_all.exists[:, column] & (of_all.status == Status.GIVEN)
    return of_all, column, np.where(absent, np.uint8(Status.NOTHING_TO_COMPARE_WITH), of_all.status)
