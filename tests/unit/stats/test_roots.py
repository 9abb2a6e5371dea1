"""Where rising functions reach zero."""

import numpy as np
import pytest

from evenhand.stats.roots import doubled_until, rising_roots


def test_roots_of_a_cubic_and_the_ends_where_there_is_none_between() -> None:
    """x³ = 8 at 2, x³ = 0.001 at 0.1; x³ = -1 is below the bracket, x³ = 1000 above, x³ = 0 its lower end."""
    target = np.array([8, 0.001, -1, 1_000, 0])
    roots = rising_roots(lambda x: x**3 - target, np.zeros(5), np.full(5, 5.0))
    np.testing.assert_allclose(roots, [2, 0.1, 0, 5, 0], rtol=1e-10)


def test_a_step_is_found_where_it_is() -> None:
    roots = rising_roots(lambda x: np.where(x < 1 / 3, -1.0, 1.0), np.zeros(1), np.ones(1))
    assert roots[0] == pytest.approx(1 / 3, abs=1e-9)


def test_a_function_that_hits_zero_at_once_is_found_at_once() -> None:
    np.testing.assert_allclose(rising_roots(lambda x: x - 0.5, np.zeros(1), np.ones(1)), 0.5)


def test_an_end_is_doubled_until_the_function_is_not_negative_there() -> None:
    start = np.array([1.0, 1.0, 1.0])
    assert doubled_until(lambda x: x - np.array([0.5, 5, 8]), start).tolist() == [1, 8, 8]


def test_doubling_gives_up_on_a_function_that_stays_negative() -> None:
    assert doubled_until(lambda x: np.full(1, -1.0), np.ones(1))[0] == 2.0**100
