"""What inequality is otherwise measured with: the slow twins of the property tests, and the simulation of the field."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.property.stats.plain_attributable import plain_fraction, plain_risk
from tests.property.stats.plain_concentration import plain_absolute, plain_relative
from tests.property.stats.plain_dispersion import between_group_variance, mean_difference, mean_of
from tests.property.stats.plain_entropy import mean_log_deviation, theil
from tests.property.stats.plain_extremes import plain_difference, plain_ratio
from tests.property.stats.plain_simulation import null_upper_limit
from tests.property.stats.plain_slope_index import plain_relative_index, plain_slope_index

from evenhand.stats.arguments import critical_value
from evenhand.stats.inequality import Measure
from evenhand.stats.intervals import FloatArray

Z = critical_value(0.95)
REFERENCE, GROUP, BEST = 0, 1, 2


def plain_summaries(
    value: list[float], standard_error: list[float], population: list[float], *, draws: int
) -> dict[Measure, tuple[float, ...]]:
    """By measure its value, and its limits where they have a formula. The group compared is 1, with 0; the best is 2.

    The 95th percentile of what chance alone would give is worked out for the measures that chance pushes upwards, and
    not returned: its draws are Python's own.
    """
    given = (value, standard_error, population)
    for measure in DISPERSION.values():
        null_upper_limit(measure, *given, draws=draws, seed=1)
    values = {name: (measure(value, population),) for name, measure in DISPERSION.items()}
    pair = (value[GROUP], standard_error[GROUP], value[REFERENCE], standard_error[REFERENCE], Z)
    relative = plain_relative_index(*given, Z)
    assert relative is not None
    return values | {
        Measure.D: plain_difference(*pair),
        Measure.R: plain_ratio(*pair),
        Measure.SII: plain_slope_index(*given, Z),
        Measure.RII: relative,
        Measure.ACI: plain_absolute(*given, Z),
        Measure.RCI: plain_relative(*given, Z),
        Measure.PAR: plain_risk(*given, REFERENCE, Z),
        Measure.PAF: plain_fraction(*given, REFERENCE, Z),
    }


def _from_mean(weighted: bool, over_mean: bool, value: list[float], population: list[float]) -> float:
    mean = mean_of(value, population)
    difference = mean_difference(value, population, mean, weighted=weighted)
    return 100 * difference / mean if over_mean else difference


DISPERSION = {
    Measure.BGV: between_group_variance,
    Measure.BGSD: lambda value, population: between_group_variance(value, population) ** 0.5,
    Measure.COV: lambda value, population: (
        100 * between_group_variance(value, population) ** 0.5 / mean_of(value, population)
    ),
    Measure.MDM: lambda value, population: _from_mean(True, False, value, population),
    Measure.MDM_UNWEIGHTED: lambda value, population: _from_mean(False, False, value, population),
    Measure.IDIS: lambda value, population: _from_mean(True, True, value, population),
    Measure.IDIS_UNWEIGHTED: lambda value, population: _from_mean(False, True, value, population),
    Measure.MDR: lambda value, population: mean_difference(value, population, value[REFERENCE], weighted=True),
    Measure.MDR_UNWEIGHTED: lambda value, population: mean_difference(
        value, population, value[REFERENCE], weighted=False
    ),
    Measure.MDB: lambda value, population: mean_difference(value, population, value[BEST], weighted=True),
    Measure.MDB_UNWEIGHTED: lambda value, population: mean_difference(value, population, value[BEST], weighted=False),
    Measure.TI: lambda value, population: 1_000 * theil(value, population),
    Measure.MLD: lambda value, population: 1_000 * mean_log_deviation(value, population),
}


def simulated_indices(
    value: FloatArray, error: FloatArray, people: FloatArray, replicates: int, seed: int
) -> FloatArray:
    """Percentile limits of SII and RII from normal replicates of each area: indices × (lower, upper) × areas."""
    random = np.random.default_rng(seed)
    limits = np.empty((2, 2, len(value)))
    for area, (y, se, n) in enumerate(zip(value, error, people, strict=True)):
        share = n / n.sum()
        from_middle = np.cumsum(share) - share / 2 - 0.5
        slope = share * from_middle / (share @ from_middle**2)
        drawn = random.standard_normal((replicates, len(y)))
        drawn *= se
        drawn += y
        difference, middle = drawn @ slope, drawn @ share
        indices = np.array([difference, (middle + difference / 2) / (middle - difference / 2)])
        limits[:, :, area] = np.percentile(indices, [2.5, 97.5], axis=1).T
    return limits
