"""Excess events: by hand, with the reference's uncertainty, at no events, and where something is missing."""

from math import nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.excess import excess_events, excess_events_by_strata
from evenhand.stats.rates import byar_interval
from evenhand.stats.statuses import Status


def test_twenty_where_ten_were_expected_come_out_as_worked_by_hand() -> None:
    # 1,000 people of each: n·B/M = 10.  The limits are those of the difference of the rates, worked by hand in
    # test_differences: 10 - 11.4491 to 10 + 12.0731 per 1,000.
    excess = excess_events([20], [1_000], [10], [1_000])
    assert excess.value[0] == pytest.approx(10)
    assert excess.interval.lower[0] == pytest.approx(-1.4491, abs=1e-3)
    assert excess.interval.upper[0] == pytest.approx(22.0731, abs=1e-3)
    assert (excess.numerator.tolist(), excess.denominator.tolist()) == ([20], [10])
    assert (excess.unit, excess.method) == ("events", "MOVER on Byar")


def test_strata_come_out_as_worked_by_hand() -> None:
    # Observed 12 + 8 = 20.  Expected 100·30/1000 + 200·10/1000 = 3 + 2 = 5, from counts with weights 0.1 and 0.2:
    # V = 0.01·30 + 0.04·10 = 0.7;  shape y²/V = 35.7143, scale 0.14: q(2.5 %) = 24.9751, times 0.14 = 3.49651
    # y' = 5.15, V' = 0.725: shape 36.5828, scale 0.140777: q(97.5 %) = 49.3543, times 0.140777 = 6.94794
    # 20 observed: Garwood's 12.21652 to 30.88838
    # below: √(7.78348² + 1.94794²) = 8.02353;  above: √(10.88838² + 1.50349²) = 10.99169
    excess = excess_events_by_strata([12, 8], [100, 200], [30, 10], [1_000, 1_000], reference="White British")
    assert float(excess.value) == pytest.approx(15)
    assert float(excess.interval.lower) == pytest.approx(15 - 8.02353, abs=1e-4)
    assert float(excess.interval.upper) == pytest.approx(15 + 10.99169, abs=1e-4)
    assert (float(excess.numerator), float(excess.denominator)) == (20, pytest.approx(5))
    assert (excess.unit, excess.reference) == ("events", "White British")
    assert excess.method == "MOVER on Tiwari's gamma intervals"


def test_an_exact_reference_leaves_the_uncertainty_of_the_count_alone() -> None:
    excess, counts = excess_events(25, 1e3, 1e12, 1e14), byar_interval(25)
    assert float(excess.interval.lower) == pytest.approx(counts.lower - 10, rel=1e-4)
    assert float(excess.interval.upper) == pytest.approx(counts.upper - 10, rel=1e-4)


def test_no_events_have_an_interval_on_either_side() -> None:
    for excess in (
        excess_events([0, 9, 0], 100, [9, 0, 0], 100),
        excess_events_by_strata([[0], [9], [0]], [[100]], [[9], [0], [0]], [[100]]),
    ):
        assert excess.value.tolist() == [-9, 9, 0]
        assert (excess.interval.lower < excess.value).all()
        assert (excess.value < excess.interval.upper).all()


def test_nobody_and_nothing_known_have_no_excess_and_stop_nobody_else() -> None:
    excess = excess_events([5, 0, 5, nan], [100, 0, 100, 100], [5, 5, 0, 5], [100, 100, 0, 100])
    nothing = Status.NOTHING_TO_COMPARE_WITH
    assert excess.status.tolist() == [0, Status.NO_POPULATION, nothing, Status.MISSING_INPUT]
    assert np.isnan(excess.value).tolist() == [False, True, True, True]
    by_strata = excess_events_by_strata(
        [[5], [0], [5], [nan]], [[100], [0], [100], [100]], [[5], [5], [0], [5]], [[100], [100], [0], [100]]
    )
    assert by_strata.status.tolist() == excess.status.tolist()
    assert np.isnan(by_strata.interval.lower).tolist() == [False, True, True, True]


def test_shapes_and_confidence_that_cannot_be_are_refused() -> None:
    with pytest.raises(InputRefused, match=r"found a group of shape \(2,\) and a reference of \(3,\)"):
        excess_events_by_strata([1, 2], [10, 10], [1, 2, 3], [10, 10, 10])
    with pytest.raises(InputRefused, match="confidence"):
        excess_events_by_strata([1, 2], [10, 10], [1, 2], [10, 10], confidence=95)
    with pytest.raises(InputRefused, match="a population of 0 can have no events"):
        excess_events_by_strata([1, 2], [10, 0], [1, 2], [10, 10])
