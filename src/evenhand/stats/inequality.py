"""All summary measures of inequality of many settings in one call.

Which measures come depends on what is said about the groups, since none of it can be read off their values:

    nothing                   BGV, BGSD, COV, MDM, IDIS (weighted and unweighted), TI, MLD
    ``groups``, ``reference`` and MDR (weighted and unweighted), PAR, PAF
    … and ``group``           and D, R: of ``group`` against ``reference``
    ``groups``, ``best``      and MDB (weighted and unweighted), from the group that counts as best by what is known
                              before the figures are seen
    ``order``                 and SII, RII, ACI, RCI, along the order
    … and ``bounds``          and Wagstaff's and Erreygers's index, of values that lie between the two bounds

Formulas, sources and where each fails stand in the module of each measure: ``evenhand.stats.dispersion``, ``entropy``,
``extremes``, ``attributable``, ``slope_index`` and ``concentration``. The dispersion measures share their draws.

Where it fails: fourteen measures of the same groups are fourteen views of one thing, and the one that looks worst (or
best) of them is picked by luck. Say before looking which one counts.
"""

from collections.abc import Sequence
from enum import StrEnum

from numpy.typing import ArrayLike

from evenhand.errors import InputRefused
from evenhand.stats.attributable import attributable_fractions, attributable_risks
from evenhand.stats.compared_groups import group_position
from evenhand.stats.concentration import (
    absolute_concentration_indices,
    erreygers_indices,
    relative_concentration_indices,
    wagstaff_indices,
)
from evenhand.stats.dispersion import (
    BETWEEN_GROUP_STANDARD_DEVIATION,
    BETWEEN_GROUP_VARIANCE,
    COEFFICIENT_OF_VARIATION,
    difference_from_group,
    difference_from_mean,
    index_of_disparity,
)
from evenhand.stats.entropy import MEAN_LOG_DEVIATION, THEIL_INDEX
from evenhand.stats.extremes import extreme_differences, extreme_ratios
from evenhand.stats.noisy_measures import NoisyMeasure, summarised
from evenhand.stats.simulation import DRAWS, SEED, DrawScale, Simulation
from evenhand.stats.slope_index import relative_indices, slope_indices
from evenhand.stats.summaries import GroupValues, Summaries, group_values


class Measure(StrEnum):
    """The summary measures, by the names of the field."""

    D = "difference"
    R = "ratio"
    SII = "slope index of inequality"
    RII = "relative index of inequality"
    ACI = "absolute concentration index"
    RCI = "relative concentration index"
    WAGSTAFF = "Wagstaff's concentration index"
    ERREYGERS = "Erreygers's concentration index"
    PAR = "population attributable risk"
    PAF = "population attributable fraction"
    BGV = "between-group variance"
    BGSD = "between-group standard deviation"
    COV = "coefficient of variation"
    MDM = "mean difference from the mean, weighted"
    MDM_UNWEIGHTED = "mean difference from the mean, unweighted"
    MDR = "mean difference from a reference, weighted"
    MDR_UNWEIGHTED = "mean difference from a reference, unweighted"
    MDB = "mean difference from the best, weighted"
    MDB_UNWEIGHTED = "mean difference from the best, unweighted"
    IDIS = "index of disparity, weighted"
    IDIS_UNWEIGHTED = "index of disparity, unweighted"
    TI = "Theil index"
    MLD = "mean log deviation"


OF_ANY_GROUPS = {
    Measure.BGV: BETWEEN_GROUP_VARIANCE,
    Measure.BGSD: BETWEEN_GROUP_STANDARD_DEVIATION,
    Measure.COV: COEFFICIENT_OF_VARIATION,
    Measure.MDM: difference_from_mean(weighted=True),
    Measure.MDM_UNWEIGHTED: difference_from_mean(weighted=False),
    Measure.IDIS: index_of_disparity(weighted=True),
    Measure.IDIS_UNWEIGHTED: index_of_disparity(weighted=False),
    Measure.TI: THEIL_INDEX,
    Measure.MLD: MEAN_LOG_DEVIATION,
}


def inequality_summaries(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    groups: Sequence[str] | None = None,
    reference: str | None = None,
    group: str | None = None,
    best: str | None = None,
    order: ArrayLike | None = None,
    bounds: tuple[float, float] | None = None,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
    scale: DrawScale = DrawScale.VALUE,
) -> dict[Measure, Summaries]:
    """Every measure that what is said of the groups allows (see above), for S settings from arrays of S × G.

    ``groups`` names the columns; ``order`` gives each group a number, the smallest at rank 0. ``draws``, ``seed`` and
    ``scale`` are of the simulation behind ``null_upper``; 0 draws leave it out. Raises InputRefused when a name is not
    among the groups, or when ``group`` comes without ``reference`` or ``bounds`` without ``order``.
    """
    _checked_company(groups, reference, group, best, order, bounds)
    of_all = group_values(value, standard_error, population)
    noisy = OF_ANY_GROUPS | _from_groups(of_all, groups, reference, best)
    summaries = summarised(noisy, of_all, confidence=confidence, simulation=Simulation(draws, seed, scale))
    given = (value, standard_error, population)
    if groups is not None and reference is not None:
        summaries[Measure.PAR] = attributable_risks(*given, groups=groups, reference=reference, confidence=confidence)
        summaries[Measure.PAF] = attributable_fractions(
            *given, groups=groups, reference=reference, confidence=confidence
        )
        if group is not None:
            summaries[Measure.D] = extreme_differences(
                *given, groups=groups, group=group, reference=reference, confidence=confidence
            )
            summaries[Measure.R] = extreme_ratios(
                *given, groups=groups, group=group, reference=reference, confidence=confidence
            )
    if order is not None:
        summaries |= _along_order(given, order, bounds, confidence)
    return {measure: summaries[measure] for measure in Measure if measure in summaries}


def _from_groups(
    of_all: GroupValues, groups: Sequence[str] | None, reference: str | None, best: str | None
) -> dict[Measure, NoisyMeasure]:
    """MDR and MDB, where their group is named."""
    measures: dict[Measure, NoisyMeasure] = {}
    for name, weighted, unweighted in (
        (reference, Measure.MDR, Measure.MDR_UNWEIGHTED),
        (best, Measure.MDB, Measure.MDB_UNWEIGHTED),
    ):
        if groups is not None and name is not None:
            column = group_position(of_all, groups, name)
            measures[weighted] = difference_from_group(column, name, weighted=True)
            measures[unweighted] = difference_from_group(column, name, weighted=False)
    return measures


def _along_order(
    given: tuple[ArrayLike, ArrayLike, ArrayLike],
    order: ArrayLike,
    bounds: tuple[float, float] | None,
    confidence: float,
) -> dict[Measure, Summaries]:
    summaries = {
        Measure.SII: slope_indices(*given, order=order, confidence=confidence),
        Measure.RII: relative_indices(*given, order=order, confidence=confidence),
        Measure.ACI: absolute_concentration_indices(*given, order=order, confidence=confidence),
        Measure.RCI: relative_concentration_indices(*given, order=order, confidence=confidence),
    }
    if bounds is not None:
        least, most = bounds
        for measure, indices in ((Measure.WAGSTAFF, wagstaff_indices), (Measure.ERREYGERS, erreygers_indices)):
            summaries[measure] = indices(*given, minimum=least, maximum=most, order=order, confidence=confidence)
    return summaries


def _checked_company(
    groups: Sequence[str] | None,
    reference: str | None,
    group: str | None,
    best: str | None,
    order: ArrayLike | None,
    bounds: tuple[float, float] | None,
) -> None:
    """Each of these means something only beside another."""
    for name, found, company, there in (
        ("reference", reference, "groups", groups),
        ("best", best, "groups", groups),
        ("group", group, "reference", reference),
        ("bounds", bounds, "order", order),
    ):
        if found is not None and there is None:
            raise InputRefused(f"{name}: found {found!r} without {company}; both together are right")
