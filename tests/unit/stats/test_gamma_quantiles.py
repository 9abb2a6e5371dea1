"""Quantiles of the gamma distribution: as tabulated, and as the exact inverse gives them one by one."""

import numpy as np
import pytest
from scipy.special import gammainccinv, gammaincinv

from evenhand.stats.gamma_quantiles import lower_gamma_quantiles, upper_gamma_quantiles


def test_halves_of_tabulated_chi_square_quantiles_come_out() -> None:
    """χ² of 2, 20 and 100 degrees of freedom at 2.5 and 97.5 %: 0.0506, 9.591, 74.222; 7.378, 34.170, 129.561.

    Pearson E. S. and Hartley H. O. (1966), Biometrika Tables for Statisticians I, table 8.
    """
    shape = np.array([1.0, 10.0, 50.0])
    assert (2 * lower_gamma_quantiles(shape, 0.025)).round(3).tolist() == [0.051, 9.591, 74.222]
    assert (2 * upper_gamma_quantiles(shape, 0.025)).round(3).tolist() == [7.378, 34.170, 129.561]


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9, 0.95, 0.99, 0.998, 0.9999])
def test_every_shape_agrees_with_the_exact_inverse(confidence: float) -> None:
    tail = (1 - confidence) / 2
    random = np.random.default_rng(20261122)
    shape = np.concatenate([10 ** random.uniform(-1, 7, 3_000), [1, 9, np.nextafter(9, 0), np.nextafter(1, 0)]])
    np.testing.assert_allclose(lower_gamma_quantiles(shape, tail), gammaincinv(shape, tail), rtol=1e-12)
    np.testing.assert_allclose(upper_gamma_quantiles(shape, tail), gammainccinv(shape, tail), rtol=1e-12)


def test_a_missing_shape_has_no_quantile_and_an_empty_array_stays_empty() -> None:
    assert np.isnan(lower_gamma_quantiles(np.array([np.nan, 20.0]), 0.025)).tolist() == [True, False]
    assert upper_gamma_quantiles(np.array([]), 0.025).shape == (0,)
