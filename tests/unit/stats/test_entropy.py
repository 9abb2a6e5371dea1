"""Theil's T, the mean log deviation and the decomposition by hand, a published case, and every reason for no answer."""

from math import log

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.entropy import (
    mean_log_deviation_standard_errors,
    mean_log_deviations,
    theil_decomposition,
    theil_indices,
    theil_standard_errors,
)
from evenhand.stats.simulation import NOT_SIMULATED
from evenhand.stats.statuses import Status


def test_theil_and_mean_log_deviation_by_hand() -> None:
    """10 and 30 for 3 and 1 people: μ = 15, r = 2/3 and 2.

    T = 0.75·(2/3)·ln(2/3) + 0.25·2·ln 2 = 0.5·(ln(2/3) + ln 2) = 0.5·ln(4/3) = 0.143841…
    MLD = -0.75·ln(2/3) - 0.25·ln 2 = 0.304099 - 0.173287 = 0.130812…
    """
    given = ([10, 30], 0, [3, 1])
    assert theil_indices(*given, simulation=NOT_SIMULATED).value[0] == pytest.approx(500 * log(4 / 3))
    mld = mean_log_deviations(*given, simulation=NOT_SIMULATED)
    assert mld.value[0] == pytest.approx(-750 * log(2 / 3) - 250 * log(2))


def test_all_to_one_of_n_gives_the_logarithm_of_n() -> None:
    """Theil H. (1967), Economics and Information Theory, p. 92: T runs from 0 (all equal) to ln N (one has all)."""
    ours = theil_indices([[0, 0, 0, 0, 20], [4, 4, 4, 4, 4]], 0, 1, simulation=NOT_SIMULATED)
    assert ours.value.tolist() == pytest.approx([1000 * log(5), 0])


def test_values_a_rounding_apart_have_an_index_of_0_and_limits() -> None:
    for method in (theil_indices, mean_log_deviations):
        found = method([[0.5, 0.5000000000000001], [0.1 + 0.2, 0.3]], 1, [1, 1], simulation=NOT_SIMULATED)
        assert (found.value >= 0).all()
        assert found.interval.lower.tolist() == [0, 0]
        assert (found.interval.upper > 0).all()


def test_noise_by_hand() -> None:
    """Two halves at 10.8 and 9.2, ± 0.5: μ = 10.

    MLD: b = ½·0.25·(0.5/10.8² + 0.5/9.2² - 2·0.25/10²) = 0.125·(0.0042867 + 0.0059074 - 0.005) = 0.00064926
    TI: T = ½(1.08·ln 1.08 + 0.92·ln 0.92) = 0.0032031, and b = ½·0.25·0.5/10·(1/10.8 + 1/9.2) = 0.00125805
        less ½·0.000625·(2 + 2(ln 1.08 + ln 0.92 - 2T)) = 0.00061698, leaves 0.00064107
    """
    for method, bias in ((mean_log_deviations, 0.64926), (theil_indices, 0.64107)):
        ours = method([10.8, 9.2], 0.5, 1, simulation=NOT_SIMULATED)
        assert ours.value[0] - ours.corrected[0] == pytest.approx(bias, abs=1e-5)


def test_standard_errors_by_hand() -> None:
    """10 and 30 for 3 and 1 people, ± 1 and ± 2: g of T = p/μ·(ln r - T), of MLD = p/μ - p/y."""
    theil = 0.5 * log(4 / 3)
    first, second = 0.75 / 15 * (log(2 / 3) - theil), 0.25 / 15 * (log(2) - theil)
    expected = 1000 * (first**2 + (2 * second) ** 2) ** 0.5
    assert theil_standard_errors([10, 30], [1, 2], [3, 1])[0] == pytest.approx(expected)
    first, second = 0.75 / 15 - 0.75 / 10, 0.25 / 15 - 0.25 / 30
    expected = 1000 * (first**2 + (2 * second) ** 2) ** 0.5
    assert mean_log_deviation_standard_errors([10, 30], [1, 2], [3, 1])[0] == pytest.approx(expected)


def test_decomposition_by_hand() -> None:
    """10, 30 | 15, 15 for 3, 1 | 2, 2 people: both larger groups average 15, all is within the first: half its T."""
    parts = theil_decomposition([10, 30, 15, 15], [3, 1, 2, 2], larger_group=["a", "a", "b", "b"])
    assert parts.between[0] == pytest.approx(0, abs=1e-12)
    assert parts.within[0] == parts.total[0] == pytest.approx(250 * log(4 / 3))
    assert parts.larger_groups == ("a", "b")
    # And with no difference within: 10, 10 | 30 for 3 | 1 people.
    parts = theil_decomposition([10, 10, 30], [1, 2, 1], larger_group=[1, 1, 2])
    assert parts.within[0] == pytest.approx(0, abs=1e-12)
    assert parts.between[0] == pytest.approx(500 * log(4 / 3))


def test_a_value_of_0_counts_in_theil_and_has_no_mean_log_deviation() -> None:
    value, error = [[0, 10, 20], [0, 10, 20], [-1, 10, 20], [0, 0, 0], [np.nan, 1, 2]], [[0] * 3, [2] * 3, [2] * 3]
    error = [*error, [2] * 3, [2] * 3]
    theil = theil_indices(value, error, 1, simulation=NOT_SIMULATED)
    none = [Status.NOT_DEFINED, Status.NOT_DEFINED, Status.MISSING_INPUT]
    assert theil.status.tolist() == [Status.GIVEN, Status.GIVEN, *none]
    assert theil.interval.lower[0] == theil.interval.upper[0] == theil.value[0] == pytest.approx(theil.value[1])
    assert theil.interval.lower[1] < theil.value[1] < theil.interval.upper[1]
    assert mean_log_deviations(value, error, 1).status.tolist() == [Status.NOT_DEFINED] * 4 + [Status.MISSING_INPUT]
    assert np.isfinite(theil_standard_errors(value, error, 1)).tolist() == [True, True, False, False, False]


def test_a_decomposition_says_why_there_is_none() -> None:
    value = [[1, 2, 3], [1, np.nan, 3], [-1, 2, 3], [1, 2, 3], [0, 0, 3]]
    parts = theil_decomposition(value, [[1, 1, 1]] * 3 + [[1, 0, 0], [1, 1, 1]], larger_group="aab")
    reasons = [Status.GIVEN, Status.MISSING_INPUT, Status.NOT_DEFINED, Status.TOO_FEW_GROUPS, Status.GIVEN]
    assert parts.status.tolist() == reasons
    for numbers in (parts.total, parts.within, parts.between):
        assert np.isnan(numbers).tolist() == [False, True, True, True, False]
    assert parts.total[4] == pytest.approx(1000 * log(3))


def test_a_larger_group_for_each_group_is_asked_for() -> None:
    with pytest.raises(InputRefused, match="larger group: found 2 names; one for each of 3 groups"):
        theil_decomposition([1, 2, 3], 1, larger_group="ab")


def test_draws_below_0_are_no_obstacle_to_the_null() -> None:
    for method, finite in ((theil_indices, True), (mean_log_deviations, False)):
        ours = method([1, 1, 1], 0.9, 1)
        assert np.isfinite(ours.null_upper[0]) == finite
