"""D and R: the difference and the ratio between two groups of a setting, one of them the reference.

    D = y_g - y_r       D ± z·√(se_g² + se_r²)
    R = y_g / y_r       exp(ln R ± z·√((se_g/y_g)² + (se_r/y_r)²))

Both groups are named. For an ordered characteristic they are the ends of the order (``OrderedCategories.first`` and
``.last``: most and least deprived); otherwise a group and the reference of the comparison. They are never picked by
their values: the highest of many noisy rates over the lowest is far above 1 where nothing differs at all. Source: World
Health Organization (2013), Handbook on health inequality monitoring; the delta method for ln R.

Coverage of 95 % intervals, simulated with standard errors from the same counts (rates up to 3 to 1, sizes up to 100 to
1), by the events expected in the smaller group: R 95 to 96 % from 10 on, 96.5 to 98 % at 5; D 94 to 95.5 % from 20 on,
92.5 to 95 % at 10, 87 to 96 % at 5, since rates of few events are skewed. From counts, ``evenhand.stats.differences``
and ``evenhand.stats.ratios`` are better there.

Where it fails: D and R look at two groups only, and say nothing of those between, nor of how many people they are. R
is ``NOT_DEFINED`` where a value is 0 or negative (``evenhand.stats.ratios`` answers 0 events with a one-sided
interval). The two groups must not overlap.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from evenhand.errors import InputRefused
from evenhand.stats.arguments import critical_value
from evenhand.stats.compared_groups import group_position
from evenhand.stats.estimates import RATIO
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.statuses import Status, StatusArray, first_reason
from evenhand.stats.summaries import UNIT_OF_THE_VALUES, Summaries, closed_form, group_values

DIFFERENCE = "difference of two groups"
RATIO_OF_TWO = "ratio of two groups, log-delta"


def extreme_differences(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    groups: Sequence[str],
    group: str,
    reference: str,
    confidence: float = 0.95,
) -> Summaries:
    """D of each of S settings from arrays of S × G whose columns are ``groups``: ``group`` less ``reference``.

    Only these two need a value. ``NO_POPULATION`` where the group does not exist, ``NOTHING_TO_COMPARE_WITH`` where the
    reference does not.
    """
    z = critical_value(confidence)
    y, se, both, status = _two_groups(value, standard_error, population, groups, group, reference)
    difference = y[:, 0] - y[:, 1]
    margin = z * np.sqrt((se**2).sum(axis=1))
    return closed_form(
        difference,
        IntervalArray(difference - margin, difference + margin),
        groups=both,
        status=status,
        unit=UNIT_OF_THE_VALUES,
        confidence=confidence,
        method=DIFFERENCE,
        reference=reference,
    )


def extreme_ratios(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    groups: Sequence[str],
    group: str,
    reference: str,
    confidence: float = 0.95,
) -> Summaries:
    """R of each setting, as ``extreme_differences``: ``group`` over ``reference``."""
    z = critical_value(confidence)
    y, se, both, status = _two_groups(value, standard_error, population, groups, group, reference)
    y = np.where((y > 0).all(axis=1, keepdims=True), y, np.nan)
    ratio = y[:, 0] / y[:, 1]
    margin = z * np.sqrt(((se / y) ** 2).sum(axis=1))
    return closed_form(
        ratio,
        IntervalArray(ratio * np.exp(-margin), ratio * np.exp(margin)),
        groups=both,
        status=np.where((status == Status.GIVEN) & np.isnan(ratio), np.uint8(Status.NOT_DEFINED), status),
        unit=RATIO,
        confidence=confidence,
        method=RATIO_OF_TWO,
        reference=reference,
    )


def _two_groups(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    groups: Sequence[str],
    group: str,
    reference: str,
) -> tuple[FloatArray, FloatArray, FloatArray, StatusArray]:
    """Values and standard errors of the two, S × 2, how many of the two exist, and whether they can be compared."""
    of_all = group_values(value, standard_error, population)
    if group == reference:
        raise InputRefused(f"group and reference: found {group!r} for both; two different groups are right")
    pair = [group_position(of_all, groups, name) for name in (group, reference)]
    y, se, people = (array[:, pair] for array in (of_all.value, of_all.standard_error, of_all.population))
    exists = of_all.exists[:, pair]
    missing = np.isnan(y + se + people)
    status = first_reason(
        (len(y),),
        (~exists[:, 1], Status.NOTHING_TO_COMPARE_WITH),
        (~exists[:, 0], Status.NO_POPULATION),
        (np.asarray(missing.any(axis=1)), Status.MISSING_INPUT),
    )
    return y, se, exists.sum(axis=1).astype(np.float64), status
