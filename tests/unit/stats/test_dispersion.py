"""Measures of dispersion by hand, published chances of a noncentral χ², and every reason for no answer."""

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.dispersion import (
    PER_CENT,
    UNIT_SQUARED,
    between_group_standard_deviations,
    between_group_variances,
    coefficients_of_variation,
    indices_of_disparity,
    mean_differences_from_best,
    mean_differences_from_mean,
    mean_differences_from_reference,
)
from evenhand.stats.folded_sums import NoisySums, chance_of_sums, moments
from evenhand.stats.quadratic_limits import NoiseOfSquares, exceedances, noncentral_limits
from evenhand.stats.simulation import NOT_SIMULATED
from evenhand.stats.statuses import Status
from evenhand.stats.summaries import UNIT_OF_THE_VALUES

# 10, 20 and 40 for 50, 30 and 20 people: μ = 0.5·10 + 0.3·20 + 0.2·40 = 5 + 6 + 8 = 19.
VALUE, STANDARD_ERROR, POPULATION = [10, 20, 40], [2, 2, 3], [50, 30, 20]
GIVEN = (VALUE, STANDARD_ERROR, POPULATION)
NAMES = {"groups": ["a", "b", "c"]}


def test_variance_standard_deviation_and_variation_by_hand() -> None:
    """0.5·9² + 0.3·1² + 0.2·21² = 40.5 + 0.3 + 88.2 = 129; √129 = 11.357…; 100·11.357…/19 = 59.778…"""
    variance = between_group_variances(*GIVEN, simulation=NOT_SIMULATED)
    assert variance.value[0] == pytest.approx(129)
    # Noise: 0.5·0.5·4 + 0.3·0.7·4 + 0.2·0.8·9 = 1 + 0.84 + 1.44 = 3.28.
    assert variance.corrected[0] == pytest.approx(129 - 3.28)
    assert variance.unit == UNIT_SQUARED
    deviation = between_group_standard_deviations(*GIVEN, simulation=NOT_SIMULATED)
    assert deviation.value[0] == pytest.approx(11.3578166916)
    assert deviation.corrected[0] == pytest.approx((129 - 3.28) ** 0.5)
    assert deviation.interval.upper[0] == pytest.approx(variance.interval.upper[0] ** 0.5)
    assert deviation.unit == UNIT_OF_THE_VALUES
    variation = coefficients_of_variation(*GIVEN, simulation=NOT_SIMULATED)
    assert variation.value[0] == pytest.approx(59.7779825872)
    assert variation.corrected[0] == pytest.approx(100 * (129 - 3.28) ** 0.5 / 19)
    assert variation.unit == PER_CENT


def test_mean_differences_by_hand() -> None:
    """From 19: 9, 1, 21. From the first group: 0, 10, 30. From the last: 30, 20, 0."""
    for weighted, from_mean, from_first, from_last in ((True, 9.0, 9.0, 21.0), (False, 31 / 3, 40 / 3, 50 / 3)):
        said = {"weighted": weighted, "simulation": NOT_SIMULATED}
        assert mean_differences_from_mean(*GIVEN, **said).value[0] == pytest.approx(from_mean)
        assert indices_of_disparity(*GIVEN, **said).value[0] == pytest.approx(100 * from_mean / 19)
        against = mean_differences_from_reference(*GIVEN, **NAMES, reference="a", **said)
        assert (against.value[0], against.reference) == (pytest.approx(from_first), "a")
        assert mean_differences_from_best(*GIVEN, **NAMES, best="c", **said).value[0] == pytest.approx(from_last)


def test_an_interval_and_a_null_come_with_the_seed_they_are_from() -> None:
    ours = between_group_variances(*GIVEN)
    assert (ours.draws, ours.seed, ours.confidence, ours.groups[0]) == (2_000, 20_211_007, 0.95, 3)
    assert ours.interval.lower[0] < ours.corrected[0] < ours.interval.upper[0]
    # Noise alone averages 3.28, with about two degrees of freedom: χ²(2) has 95 % below 5.99, three times its mean.
    assert 2 * 3.28 < ours.null_upper[0] < 4 * 3.28


# Patnaik P. B. (1949), Biometrika 36, 202-232, table 1; Ding C. G. (1992), Appl. Stat. 41, 478-482, for six digits.
PUBLISHED = [
    (1.765, 4, 4, 0.05, 5e-5),
    (10, 4, 4, 0.7118, 5e-5),
    (17.309, 4, 4, 0.95, 5e-5),
    (24, 4, 4, 0.9925, 5e-5),
    (10, 4, 10, 0.3148, 5e-5),
    (9.23636, 5, 1, 0.8272918751175548, 1e-9),
    (24.72497, 11, 21, 0.2539481822183126, 1e-9),
    (44.98534, 31, 6, 0.8125198785064969, 1e-9),
]


@pytest.mark.parametrize(("x", "freedom", "noncentrality", "below", "digits"), PUBLISHED)
def test_chances_of_a_noncentral_chi_square_are_the_published_ones(
    x: float, freedom: float, noncentrality: float, below: float, digits: float
) -> None:
    """In units of b = ν·c a noncentral χ² has v = c and k = c: c = 1/ν makes b one."""
    c = 1 / freedom
    ours = exceedances(*(np.array([number]) for number in (x * c, noncentrality * c, c, c)))
    assert 1 - ours[0] == pytest.approx(below, abs=digits)


def test_of_one_difference_the_sum_is_a_folded_normal() -> None:
    """|x| of x ~ N(1, 1): mean 2φ(1) + 1·(2Φ(1) - 1) = 0.48394 + 0.68269 = 1.16663; variance 2 - 1.16663² = 0.63897."""
    sums = NoisySums(
        difference=np.array([[1.0, 0.0]]),
        direction=np.array([[1.0, 0.0]]),
        weight=np.array([[1.0, 0.0]]),
        contrast=np.array([[0.0, 1.0]]),
        standard_error=np.array([[0.6, 0.8]]),  # together 1
        divisor=np.zeros((1, 2)),
    )
    mean, variance = moments(sums, np.array([[1.0, 0.0]]))
    assert mean[0] == pytest.approx(1.16663, abs=1e-5)
    assert variance[0] == pytest.approx(2 - 1.16663**2, abs=3e-5)
    # Without a difference, half-normal: above 1.959964 five times in a hundred.
    assert chance_of_sums(sums, np.zeros((1, 2)))(np.array([1.959964]))[0] == pytest.approx(0.05, abs=0.002)


def test_without_noise_a_measure_is_its_own_limits() -> None:
    for method in (between_group_variances, coefficients_of_variation, mean_differences_from_mean):
        ours = method(VALUE, 0, POPULATION)
        for limit in (ours.interval.lower[0], ours.interval.upper[0], ours.corrected[0]):
            assert limit == pytest.approx(ours.value[0], rel=1e-12)
        assert ours.null_upper[0] == pytest.approx(0, abs=1e-9)
    against = mean_differences_from_reference(VALUE, 0, POPULATION, **NAMES, reference="b", simulation=NOT_SIMULATED)
    assert against.interval.lower[0] == against.interval.upper[0] == against.value[0]


def test_what_is_known_without_noise_stays_in_both_limits() -> None:
    """Of four groups two are known exactly and 10 from the reference, which is known too: 2·0.25·10 = 5 at least."""
    ours = mean_differences_from_reference(
        [0, 10, 10, 0.1], [0, 0, 0, 1], 1, groups=list("abcd"), reference="a", simulation=NOT_SIMULATED
    )
    assert ours.interval.lower[0] == pytest.approx(5)
    assert 5 < ours.interval.upper[0] < 6


def test_noise_without_a_value_has_an_upper_limit() -> None:
    noise = NoiseOfSquares(np.array([2.0, 0.0]), np.array([1.0, 0.0]), np.array([0.0, 0.0]))
    free = noncentral_limits(np.array([0.0, 3.0]), noise, 0.95)
    assert (free.corrected[0], free.lower[0]) == (0, 0)
    assert free.upper[0] > 2
    assert free.lower[1] == free.upper[1] == free.corrected[1] == 3


def test_a_setting_without_a_summary_says_why_and_leaves_the_others_alone() -> None:
    value = [[10, 20, 40], [10, np.nan, 40], [10, 20, 40], [-10, -20, 10]]
    population = [[50, 30, 20], [50, 30, 20], [50, 0, 0], [50, 30, 20]]
    reasons = [Status.GIVEN, Status.MISSING_INPUT, Status.TOO_FEW_GROUPS]
    ours = between_group_variances(value, 1, population)
    assert ours.status.tolist() == [*reasons, Status.GIVEN]
    for relative in (coefficients_of_variation, indices_of_disparity):
        summaries = relative(value, 1, population)
        assert summaries.status.tolist() == [*reasons, Status.NOT_DEFINED]
        for numbers in (summaries.value, summaries.corrected, summaries.interval.lower, summaries.null_upper):
            assert np.isnan(numbers).tolist() == [False, True, True, True]


def test_a_reference_that_does_not_exist_in_a_setting_is_nothing_to_compare_with() -> None:
    ours = mean_differences_from_reference([VALUE] * 2, 1, [POPULATION, [50, 30, 0]], **NAMES, reference="c")
    assert ours.status.tolist() == [Status.GIVEN, Status.NOTHING_TO_COMPARE_WITH]
    assert np.isnan(ours.value).tolist() == [False, True]


def test_no_settings_give_no_summaries() -> None:
    nothing = np.zeros((0, 3))
    assert mean_differences_from_mean(nothing, nothing, nothing).value.shape == (0,)
    assert between_group_variances(nothing, nothing, nothing).value.shape == (0,)


def test_a_relative_measure_of_more_noise_than_mean_has_no_limit_by_chance() -> None:
    ours = coefficients_of_variation([1, 1, 1], 30, 1)
    assert ours.null_upper[0] == np.inf


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"value": [1, np.inf, 2]}, "value: found inf"),
        ({"standard_error": [1, -1, 2]}, "standard error: found -1"),
        ({"population": [1, 2]}, "shapes"),
        ({"confidence": 95}, "confidence: found 95"),
    ],
)
def test_wrong_input_is_refused(said: dict[str, object], words: str) -> None:
    arguments: dict[str, object] = {"value": VALUE, "standard_error": STANDARD_ERROR, "population": POPULATION} | said
    for method in (between_group_variances, mean_differences_from_mean):
        with pytest.raises(InputRefused, match=words):
            method(**arguments)


def test_an_unknown_reference_is_refused() -> None:
    with pytest.raises(InputRefused, match="found 'd'"):
        mean_differences_from_reference(*GIVEN, **NAMES, reference="d")
