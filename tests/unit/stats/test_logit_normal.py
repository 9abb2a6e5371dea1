"""Moments of a share known on the logit scale: against a fine sum, by symmetry, and what is refused."""

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.logit_normal import logit_normal_moments


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9])
@pytest.mark.parametrize(("spread", "precision"), [(0.05, 1e-9), (0.5, 1e-9), (1.0, 1e-7), (2.0, 2e-4)])
def test_twenty_points_give_what_a_fine_sum_over_the_density_gives(
    share: float, spread: float, precision: float
) -> None:
    z = np.linspace(-12, 12, 100_001)
    density = np.exp(-(z**2) / 2)
    density /= density.sum()
    at = 1 / (1 + np.exp(-(np.log(share / (1 - share)) + spread * z)))
    mean = (density * at).sum()
    deviation = np.sqrt((density * (at - mean) ** 2).sum())
    ours = logit_normal_moments([share], [spread])
    assert (ours[0][0], ours[1][0]) == pytest.approx((mean, deviation), rel=precision)


def test_a_half_keeps_its_mean_and_a_small_spread_is_that_of_the_delta_method() -> None:
    mean, deviation = logit_normal_moments([0.5, 0.2], [0.8, 1e-4])
    assert mean[0] == pytest.approx(0.5, abs=1e-15)
    assert deviation[1] == pytest.approx(0.2 * 0.8 * 1e-4, rel=1e-6)


def test_a_share_without_a_logit_and_a_missing_one_are_missing() -> None:
    mean, deviation = logit_normal_moments([[0.0, 1.0, np.nan], [0.5, 0.5, 0.5]], [[0.1] * 3, [0.1, np.nan, 0.0]])
    assert np.isnan(mean).tolist() == np.isnan(deviation).tolist() == [[True] * 3, [False, True, False]]
    assert (mean[1, 2], deviation[1, 2]) == (0.5, 0.0)


def test_a_share_above_1_and_a_negative_error_are_refused() -> None:
    with pytest.raises(InputRefused, match=r"share: found 1.2 at position 0; a share is 1 at most"):
        logit_normal_moments([1.2], [0.1])
    with pytest.raises(InputRefused, match=r"standard error of the logit: found -0.1"):
        logit_normal_moments([0.2], [-0.1])
