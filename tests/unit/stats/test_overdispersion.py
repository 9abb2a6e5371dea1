"""Over-dispersion by hand, on each scale, and what is said where there are too few organisations."""

from collections.abc import Callable
from math import asin, log, nan, pi, sqrt

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.overdispersion import (
    Extremes,
    OverDispersion,
    Scale,
    Widening,
    count_ratio_scores,
    from_scale,
    on_scale,
    over_dispersion,
    proportion_scores,
    ratio_scores,
    widened,
)
from evenhand.stats.statuses import Status

# Expected 25 of every organisation: s = 0.1, and counts with whole roots give whole tenths of z.
COUNTS = (16, 16, 25, 25, 25, 25, 25, 25, 36, 49)
TEN = ratio_scores(COUNTS, 25)


def test_scores_on_the_square_root_by_hand() -> None:
    # √(16/25) = 0.8, s = 1/(2·5) = 0.1: z = -2; √(36/25) = 1.2: z = 2; √(49/25) = 1.4: z = 4
    np.testing.assert_allclose(TEN.z, [-2, -2, 0, 0, 0, 0, 0, 0, 2, 4], atol=1e-12)
    np.testing.assert_allclose(TEN.standard_error, 0.1)


def test_factor_and_variance_by_hand_with_extremes_kept_winsorised_and_trimmed() -> None:
    """All: Σz² = 28, φ = 2.8; w = 100 each, Σw - Σw²/Σw = 1000 - 100 = 900, τ² = (28 - 9)/900.

    Winsorised: the 10 % quantile stands at 0.9 of the way from the first -2 to the second, the 90 % quantile a tenth
    of the way from 2 to 4: 2.2. Σz² = 4 + 4 + 4 + 4.84 = 16.84. Trimmed: ranks 1 and 10 over 11 are outside 0.1 and
    0.9, but the two lowest share rank 1.5, 0.136: only the highest goes. Σz² = 12 of nine, Σw - Σw²/Σw = 800.
    """
    for extremes, phi, tau2, used in (
        (Extremes.KEPT, 2.8, 19 / 900, 10),
        (Extremes.WINSORISED, 1.684, 7.84 / 900, 10),
        (Extremes.TRIMMED, 12 / 9, 4 / 800, 9),
    ):
        found = over_dispersion(TEN, extremes=extremes)
        assert found.factor == pytest.approx(phi)
        assert found.variance == pytest.approx(tau2)
        assert found.organisations == used
        assert found.status == Status.GIVEN


def test_limits_widen_by_a_variance_or_by_a_factor_and_never_narrow() -> None:
    found = over_dispersion(TEN, extremes=Extremes.KEPT)
    errors = np.array([0.1, 0.2])
    np.testing.assert_allclose(widened(errors, found, Widening.MULTIPLICATIVE), errors * sqrt(2.8))
    np.testing.assert_allclose(widened(errors, found, Widening.ADDITIVE), np.sqrt(errors**2 + 19 / 900))
    alike = over_dispersion(ratio_scores([25] * 9 + [36], 25))
    assert (alike.factor < 1, alike.variance) == (True, 0)
    for widening in Widening:
        np.testing.assert_allclose(widened(errors, alike, widening), errors)


def test_scores_of_shares_against_that_of_all_together() -> None:
    scores = proportion_scores([10, 30], [100, 100])
    assert scores.target[0] == pytest.approx(asin(sqrt(0.2)))
    np.testing.assert_allclose(scores.standard_error, 0.05)
    assert scores.z[0] == pytest.approx((asin(sqrt(0.1)) - asin(sqrt(0.2))) / 0.05)
    given = proportion_scores([[10, 30], [10, 30]], [100, 100], target=[0.1, 0.3])
    np.testing.assert_allclose([given.z[0, 0], given.z[1, 1]], 0, atol=1e-12)


def test_no_events_stand_as_a_half_on_the_logarithm_and_as_none_on_the_root() -> None:
    logarithm, root = (ratio_scores([0, 8], [4, 4], scale=scale) for scale in (Scale.LOGARITHM, Scale.SQUARE_ROOT))
    assert logarithm.y[0] == pytest.approx(log(0.5 / 4))
    assert logarithm.z[1] == pytest.approx(log(2) * 2)  # s = 1/√4
    assert root.z[0] == pytest.approx(-4)  # (0 - 1)/(1/(2·2))


def test_scores_of_two_counts() -> None:
    scores = count_ratio_scores([3, 1], [1, 3])
    assert scores.target[0] == 0  # 4 over 4
    assert scores.z[0] == pytest.approx(log(3.5 / 1.5) / sqrt(3 / 3.5**2 + 1 / 1.5**2))


def test_missing_numbers_and_empty_organisations_are_left_out_and_say_why() -> None:
    scores = ratio_scores([*COUNTS, nan, 0], [25.0] * 11 + [0])
    assert scores.status.tolist() == [0] * 10 + [Status.MISSING_INPUT, Status.NO_POPULATION]
    assert np.isnan(scores.z[10:]).all()
    same = over_dispersion(scores)
    assert same.factor == pytest.approx(over_dispersion(TEN).factor)
    none = proportion_scores([[0, 0], [1, nan], [0, nan]], [[9, 9], [9, 9], [0, 9]])
    missing, nobody, no_events = Status.MISSING_INPUT, Status.NO_POPULATION, Status.NO_EVENTS
    assert none.status.tolist() == [[no_events] * 2, [0, missing], [nobody, missing]]
    assert ratio_scores([1, 2], [1, 2], target=nan).status.tolist() == [missing, missing]
    assert np.isnan(count_ratio_scores([0, 0], [3, 0]).z).all()


def _too_few(found: OverDispersion) -> bool:
    return found.status.tolist() == Status.TOO_FEW_GROUPS and bool(np.isnan(found.factor) and np.isnan(found.variance))


def test_fewer_than_ten_organisations_say_nothing() -> None:
    assert _too_few(over_dispersion(ratio_scores(COUNTS[:9], 25)))
    assert _too_few(over_dispersion(ratio_scores(range(20, 30), 25), extremes=Extremes.TRIMMED, share=0.49))
    settings = over_dispersion(ratio_scores([COUNTS, (nan, *COUNTS[1:])], 25))
    assert settings.status.tolist() == [Status.GIVEN, Status.TOO_FEW_GROUPS]
    np.testing.assert_allclose(settings.factor, [1.684, nan])


def test_scales_go_there_and_back_and_end_where_figures_end() -> None:
    for scale in Scale:
        np.testing.assert_allclose(from_scale(on_scale(np.array([0.2, 0.9]), scale), scale), [0.2, 0.9])
    np.testing.assert_array_equal(from_scale(np.array([-0.1, 2.0]), Scale.ARCSINE), [0, 1])
    np.testing.assert_array_equal(from_scale(np.array([-0.1, 2.0]), Scale.SQUARE_ROOT), [0, 4])
    assert from_scale(np.array(pi / 4), Scale.ARCSINE) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: proportion_scores(1, 2), "organisations: found a single number"),
        (lambda: proportion_scores([1, 2], [2, 2], target=1), "target: found 1; a share above 0 and below 1"),
        (lambda: ratio_scores([1, 2], [2, 2], target=0), "target: found 0; a finite number above 0"),
        (lambda: ratio_scores([1, 2], [2, 2], target=[1, 1]), r"target: found shape \(2,\); one for all"),
        (lambda: ratio_scores([1, 2], [2, 2], scale=Scale.ARCSINE), "which is for shares"),
        (lambda: over_dispersion(TEN, share=0.5), "share: found 0.5"),
        (lambda: over_dispersion(TEN, share=0), "share: found 0"),
    ],
)
def test_wrong_input_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        call()
