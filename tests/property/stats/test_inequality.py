"""All measures in one call: each is what its own function gives, and only those come that what is said allows."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.noisy_settings import SETTING, Setting
from tests.property.stats.plain_inequality import measures_from

from evenhand.stats.attributable import attributable_fractions, attributable_risks
from evenhand.stats.concentration import (
    absolute_concentration_indices,
    erreygers_indices,
    relative_concentration_indices,
    wagstaff_indices,
)
from evenhand.stats.dispersion import (
    between_group_standard_deviations,
    between_group_variances,
    coefficients_of_variation,
    indices_of_disparity,
    mean_differences_from_best,
    mean_differences_from_mean,
    mean_differences_from_reference,
)
from evenhand.stats.entropy import mean_log_deviations, theil_indices
from evenhand.stats.extremes import extreme_differences, extreme_ratios
from evenhand.stats.inequality import Measure, inequality_summaries
from evenhand.stats.simulation import Simulation
from evenhand.stats.slope_index import relative_indices, slope_indices


@given(reference=st.booleans(), group=st.booleans(), best=st.booleans(), order=st.booleans(), bounds=st.booleans())
@examples(32)
def test_only_those_measures_come_that_what_is_said_allows(
    reference: bool, group: bool, best: bool, order: bool, bounds: bool
) -> None:
    said: dict[str, Any] = {"groups": ["a", "b", "c"]}
    said |= {"reference": "a"} if reference or group else {}
    said |= {"group": "b"} if group else {}
    said |= {"best": "c"} if best else {}
    said |= {"order": [1, 2, 3]} if order or bounds else {}
    said |= {"bounds": (0, 1)} if bounds else {}
    ours = inequality_summaries([0.1, 0.2, 0.4], 0.01, [5, 6, 7], draws=0, **said)
    expected = measures_from(reference=reference or group, group=group, best=best, order=order or bounds, bounds=bounds)
    assert [measure.name for measure in ours] == [measure.name for measure in Measure if measure.name in expected]


@given(setting=SETTING, confidence=st.sampled_from([0.8, 0.95]))
@examples(10)
def test_each_measure_is_what_its_own_function_gives(setting: Setting, confidence: float) -> None:
    given_arrays = [np.array([row, row[::-1]], dtype=float) for row in setting]
    names = [str(i) for i in range(len(setting[0]))]
    order = np.arange(len(names))[::-1]
    ours = inequality_summaries(
        *given_arrays,
        groups=names,
        reference="0",
        group="1",
        best="1",
        order=order,
        bounds=(0, 60),
        confidence=confidence,
        draws=60,
        seed=4,
    )
    simulated = {"simulation": Simulation(60, 4)}
    against = {"groups": names, "reference": "0"}
    from_best = {"groups": names, "best": "1"} | simulated
    along: dict[str, Any] = {"order": order}
    within = along | {"minimum": 0, "maximum": 60}
    expected = {
        Measure.BGV: (between_group_variances, simulated),
        Measure.BGSD: (between_group_standard_deviations, simulated),
        Measure.COV: (coefficients_of_variation, simulated),
        Measure.MDM: (mean_differences_from_mean, simulated),
        Measure.MDM_UNWEIGHTED: (mean_differences_from_mean, simulated | {"weighted": False}),
        Measure.IDIS: (indices_of_disparity, simulated),
        Measure.IDIS_UNWEIGHTED: (indices_of_disparity, simulated | {"weighted": False}),
        Measure.MDR: (mean_differences_from_reference, against | simulated),
        Measure.MDR_UNWEIGHTED: (mean_differences_from_reference, against | simulated | {"weighted": False}),
        Measure.MDB: (mean_differences_from_best, from_best),
        Measure.MDB_UNWEIGHTED: (mean_differences_from_best, from_best | {"weighted": False}),
        Measure.TI: (theil_indices, simulated),
        Measure.MLD: (mean_log_deviations, simulated),
        Measure.PAR: (attributable_risks, against),
        Measure.PAF: (attributable_fractions, against),
        Measure.D: (extreme_differences, against | {"group": "1"}),
        Measure.R: (extreme_ratios, against | {"group": "1"}),
        Measure.SII: (slope_indices, along),
        Measure.RII: (relative_indices, along),
        Measure.ACI: (absolute_concentration_indices, along),
        Measure.RCI: (relative_concentration_indices, along),
        Measure.WAGSTAFF: (wagstaff_indices, within),
        Measure.ERREYGERS: (erreygers_indices, within),
    }
    assert set(ours) == set(expected) == set(Measure)
    for measure, (method, said) in expected.items():
        alone, together = method(*given_arrays, confidence=confidence, **said), ours[measure]  # type: ignore[operator]
        for one, other in (
            (alone.value, together.value),
            (alone.corrected, together.corrected),
            (alone.interval.lower, together.interval.lower),
            (alone.interval.upper, together.interval.upper),
            (alone.null_upper, together.null_upper),
            (alone.status, together.status),
        ):
            np.testing.assert_array_equal(other, one)
        assert (alone.unit, alone.method, alone.reference) == (together.unit, together.method, together.reference)
