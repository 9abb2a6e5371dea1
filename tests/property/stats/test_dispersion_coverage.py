"""Dispersion: intervals that hold, and the bias of noise taken off, over simulated settings."""

import numpy as np
import pytest
from tests.property.stats.noisy_settings import DESIGNS, Method, apart_of, coverage, coverage_from_counts, sizes_of

from evenhand.stats.dispersion import (
    between_group_variances,
    coefficients_of_variation,
    indices_of_disparity,
    mean_differences_from_best,
    mean_differences_from_mean,
    mean_differences_from_reference,
)
from evenhand.stats.simulation import NOT_SIMULATED

pytestmark = pytest.mark.slow

ALL: dict[str, Method] = {
    "bgv": between_group_variances,
    "cov": coefficients_of_variation,
    "mdm": mean_differences_from_mean,
    "mdm unweighted": lambda *given, **said: mean_differences_from_mean(*given, weighted=False, **said),
    "idis": indices_of_disparity,
}


@pytest.mark.parametrize(("groups", "sizes", "who", "spread"), DESIGNS)
@pytest.mark.parametrize("method", [between_group_variances, coefficients_of_variation])
def test_95_per_cent_intervals_of_quadratic_measures_cover_93_to_97(
    method: Method, groups: int, sizes: str, who: str, spread: float
) -> None:
    assert 0.93 <= coverage(method, groups, sizes, who, spread)[0] <= 0.97


@pytest.mark.parametrize(("groups", "sizes", "who", "spread"), DESIGNS)
@pytest.mark.parametrize("weighted", [True, False])
def test_95_per_cent_intervals_of_absolute_measures_cover_at_least_93(
    weighted: bool, groups: int, sizes: str, who: str, spread: float
) -> None:
    method = mean_differences_from_mean
    assert coverage(method, groups, sizes, who, spread, settings=1_000, weighted=weighted)[0] >= 0.93


@pytest.mark.parametrize("groups", [5, 16, 34])
@pytest.mark.parametrize("sizes", ["equal", "one of 80 %", "falling"])
def test_without_any_inequality_intervals_start_at_0_and_hold_in_95_per_cent_or_more(groups: int, sizes: str) -> None:
    """One-sided there: the true measure is 0, no upper limit can miss, and 97.5 % is what a lower limit should do."""
    for name in ("bgv", "cov", "mdm", "idis"):
        assert coverage(ALL[name], groups, sizes, "any", 0.0, settings=500)[0] >= 0.95


@pytest.mark.parametrize("name", ["bgv", "cov"])
def test_while_differences_are_within_the_noise_intervals_hold_in_more_than_95_per_cent(name: str) -> None:
    assert 0.96 <= coverage(ALL[name], 16, "falling", "any", 0.5)[0] <= 0.99


def test_intervals_of_absolute_measures_are_too_wide_where_one_group_stands_far_out() -> None:
    assert coverage(mean_differences_from_mean, 34, "equal", "one", 5.0, settings=500)[0] >= 0.99


@pytest.mark.parametrize(("groups", "sizes", "who", "spread"), DESIGNS)
@pytest.mark.parametrize("reference", ["0", "last"])
def test_95_per_cent_intervals_from_a_reference_cover_at_least_93(
    reference: str, groups: int, sizes: str, who: str, spread: float
) -> None:
    said = {
        "groups": [str(i) for i in range(groups)],
        "reference": reference if reference == "0" else str(groups - 1),
    }
    method = mean_differences_from_reference
    assert coverage(method, groups, sizes, who, spread, settings=500, **said)[0] >= 0.93


@pytest.mark.parametrize("sizes", ["equal", "one of 80 %", "falling"])
def test_noise_adds_what_the_formula_says_and_the_corrected_variance_is_unbiased(sizes: str) -> None:
    """E[BGV] = true BGV + Σ p(1 - p)·se², simulated; 20,000 settings leave about one part in a hundred to chance."""
    share = sizes_of(16, sizes)
    true = 1 + 0.1 * apart_of(16, "any", 1.0)
    standard_error = 0.03 / np.sqrt(share * 16)
    value = true + standard_error * np.random.default_rng(3).standard_normal((20_000, 16))
    ours = between_group_variances(value[:2], standard_error, share, simulation=NOT_SIMULATED)
    excess = float(share @ ((1 - share) * standard_error**2))
    np.testing.assert_allclose(ours.value - ours.corrected, excess, rtol=1e-9)
    mean = value @ share
    simulated = float(((value - mean[:, np.newaxis]) ** 2 @ share).mean())
    of_true = float((true - true @ share) ** 2 @ share)
    assert simulated - of_true == pytest.approx(excess, rel=0.15)
    assert simulated - excess == pytest.approx(of_true, rel=0.01)


@pytest.mark.parametrize("name", ["mdm", "mdm unweighted", "idis"])
def test_correction_takes_off_most_of_the_bias_of_absolute_measures(name: str) -> None:
    """True differences of about the noise, where the observed measure is a quarter too high."""
    corrected = coverage(ALL[name], 34, "equal", "any", 1.0, settings=1_000)[1]
    assert 0.9 <= corrected <= 1.1


def test_the_best_of_noisy_values_is_a_lucky_one() -> None:
    """16 equal groups that do not differ: from the lowest value 1.75 standard errors, from a named one 1.06."""
    value = 1 + 0.01 * np.random.default_rng(4).standard_normal((2_000, 16))
    lucky = np.abs(value - value.min(axis=1, keepdims=True)).mean() / 0.01
    names = [str(i) for i in range(16)]
    named = mean_differences_from_best(value, 0.01, 1.0, groups=names, best="3", simulation=NOT_SIMULATED)
    assert lucky == pytest.approx(1.75, abs=0.03)
    assert named.value.mean() / 0.01 == pytest.approx(1.06, abs=0.03)
    assert (named.interval.lower == 0).mean() >= 0.95


def test_from_few_events_with_one_group_far_out_variation_covers_too_little() -> None:
    assert 0.88 <= coverage_from_counts(coefficients_of_variation, 10) <= 0.94
    assert coverage_from_counts(coefficients_of_variation, 100) >= 0.93
