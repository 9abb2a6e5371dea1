"""The smallest change that could be seen, and how much it takes: by hand, and where there is no answer."""

from math import log, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.detectable_change import periods_needed, smallest_detectable_change
from evenhand.stats.statuses import Status


def test_it_comes_out_as_worked_by_hand() -> None:
    # se² = 1/40 + 1/100 + 1/60 + 1/90 = 0.062778; 0.8416·se = 0.2109
    # Distances of the Byar limits as in the hand-worked change of a gap:
    # fall: √(0.2525² + 0.2180² + 0.3365² + 0.1958²) = 0.5127; rise: √(0.2705² + 0.2064² + 0.3088² + 0.2063²) = 0.5037
    found = smallest_detectable_change(40, 100, 60, 90)
    assert found.log_fall == pytest.approx(0.7236, abs=3e-4)
    assert found.log_rise == pytest.approx(0.7145, abs=3e-4)
    assert found.falling == pytest.approx(0.485, abs=1e-3)
    assert found.rising == pytest.approx(2.043, abs=1e-3)


def test_for_large_counts_it_is_2_80_standard_errors() -> None:
    found = smallest_detectable_change(4e4, 1e5, 4e4, 1e5)
    se = np.sqrt(2 / 4e4 + 2 / 1e5)
    assert found.log_fall == pytest.approx(2.8016 * se, rel=1e-3)
    assert found.log_rise == pytest.approx(2.8016 * se, rel=1e-3)


def test_over_dispersion_widens_it_by_its_root_and_a_share_narrows_it() -> None:
    plain = smallest_detectable_change(4e4, 1e5, 4e4, 1e5).log_fall
    assert smallest_detectable_change(4e4, 1e5, 4e4, 1e5, overdispersion_a=4, overdispersion_b=4).log_fall == (
        pytest.approx(2 * plain, rel=1e-3)
    )
    half = {f"share_{cell}": 0.5 for cell in ("a1", "b1", "a2", "b2")}
    assert smallest_detectable_change(4e4, 1e5, 4e4, 1e5, **half).log_fall == pytest.approx(
        plain / np.sqrt(2), rel=1e-3
    )


def test_periods_needed_come_out_as_worked_by_hand() -> None:
    # ln 0.8 = -0.22314; variance of one period: 1/10 + 1/8 + 2/50 = 0.265
    # (2.80159/0.22314)² · 0.265 = 157.63 · 0.265 = 41.77, so 42
    needed = periods_needed(10, 50, 0.8)
    assert needed.periods == 42
    assert needed.ratio_of_ratios == 0.8
    # φ of 2 in both groups takes twice as many: 83.5, so 84
    assert periods_needed(10, 50, 0.8, overdispersion_a=2, overdispersion_b=2).periods == 84


def test_periods_needed_for_shares_come_out_as_worked_by_hand() -> None:
    # 0.6/10 + (1 - 0.32)/8 + 2·0.8/50 = 0.06 + 0.085 + 0.032 = 0.177;  157.63 · 0.177 = 27.9, so 28
    assert periods_needed(10, 50, 0.8, share_a=0.4, share_b=0.2).periods == 28


def test_nothing_expected_missing_or_unchanged_has_a_reason() -> None:
    found = smallest_detectable_change([40, 0, nan, 0], 100, 60, 90)
    assert found.status.tolist() == [Status.GIVEN, Status.NO_EVENTS, Status.MISSING_INPUT, Status.NO_EVENTS]
    assert np.isnan(found.log_fall[1:]).all()
    needed = periods_needed([10, 0, nan, 10], 50, [0.8, 0.8, 0.8, 1.0])
    assert needed.status.tolist() == [Status.GIVEN, Status.NO_EVENTS, Status.MISSING_INPUT, Status.NOT_DEFINED]
    assert np.isnan(needed.periods[1:]).all()


def test_a_count_that_over_dispersion_makes_all_but_none_shows_no_rise_and_warns_of_nothing() -> None:
    found = smallest_detectable_change(0.5, 100, 60, 90, overdispersion_a=1_000, reference="all others")
    assert found.log_fall == np.inf
    assert found.reference == "all others"


def test_it_is_closed_under_asking_back() -> None:
    """With as many periods as are needed for a change, that change is just about the smallest detectable."""
    k = float(periods_needed(100, 500, 0.9).periods)
    smallest = smallest_detectable_change(100 * k, 500 * k, 90 * k, 500 * k)
    assert smallest.log_fall == pytest.approx(-log(0.9), rel=0.01)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"power": 0.4}, "power: found 0.4"),
        ({"power": 1.0}, "power: found 1.0"),
        ({"share_a1": 1.2}, "share_a1: found 1.2"),
        ({"overdispersion_b": 0.9}, "overdispersion: found 0.9"),
    ],
)
def test_wrong_arguments_are_refused(arguments: dict[str, float], said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        smallest_detectable_change(40, 100, 60, 90, **arguments)


def test_a_ratio_of_nought_and_a_share_that_would_pass_one_are_refused() -> None:
    with pytest.raises(InputRefused, match="ratio_of_ratios: found 0"):
        periods_needed(10, 50, 0)
    with pytest.raises(InputRefused, match="at most 1 after the change"):
        periods_needed(10, 50, 2, share_a=0.6)
