"""Groups against a reference in standardised rates: by hand, on common strata, and at the edges."""

from math import inf, nan, sqrt
from typing import Any

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.gaps import Gaps
from evenhand.stats.ratios import standardised_rate_ratio
from evenhand.stats.references import ALL_OTHERS, POPULATION_AVERAGE, reference_group
from evenhand.stats.standardisation import directly_standardised_rate
from evenhand.stats.standardised_gaps import standardised_rate_gaps
from evenhand.stats.statuses import Status

GROUPS = ("White", "Black", "Asian")
EVENTS = [[30, 60], [20, 20], [4, 0]]
POPULATION = [[3_000, 3_000], [1_000, 500], [500, 100]]
STANDARD = [1, 1]
MEASURES = ("difference", "ratio", "excess")


def _gaps(reference: Any, events: Any = EVENTS, population: Any = POPULATION) -> Gaps:
    return standardised_rate_gaps(events, population, STANDARD, groups=GROUPS, reference=reference, per=1_000)


def test_a_named_group_is_compared_as_two_standardised_rates_are() -> None:
    gaps = _gaps(reference_group("White"))
    # White: (10 + 20)/2 = 15 per 1,000; Black: (20 + 40)/2 = 30; Asian: (8 + 0)/2 = 4.
    assert gaps.difference.value == pytest.approx([0, 15, -11])
    assert gaps.ratio.value == pytest.approx([1, 2, 4 / 15])
    # Black expect 1,000·0.01 + 500·0.02 = 20 and have 40; Asian expect 5 + 2 = 7 and have 4.
    assert gaps.excess.value == pytest.approx([0, 20, -3])
    assert gaps.excess.denominator == pytest.approx([90, 20, 7])
    white, black = (directly_standardised_rate(EVENTS[g], POPULATION[g], STANDARD) for g in (0, 1))
    assert gaps.ratio.interval.upper[1] == pytest.approx(standardised_rate_ratio(black, white).interval.upper)
    assert np.isnan([getattr(gaps, measure).interval.lower[0] for measure in MEASURES]).all()
    assert (gaps.difference.unit, gaps.difference.method) == ("per 1,000", "MOVER on Tiwari's gamma intervals")
    assert gaps.ratio.method == "MOVER-log on Tiwari's gamma intervals"
    assert {getattr(gaps, measure).reference for measure in MEASURES} == {"White"}


def test_all_others_and_the_average_stand_on_the_sums_of_the_strata() -> None:
    others = _gaps(ALL_OTHERS)
    # Black's others: 34 of 3,500 and 60 of 3,100, (9.71429 + 19.35484)/2 per 1,000
    assert others.difference.denominator[1] == pytest.approx(14.534562)
    assert others.difference.value[1] == pytest.approx(30 - 14.534562)
    average = _gaps(POPULATION_AVERAGE)
    # Everybody: 54 of 4,500 and 80 of 3,600, (12 + 22.22222)/2 = 17.11111
    assert average.difference.denominator == pytest.approx([17.11111] * 3, rel=1e-6)
    assert average.difference.value == pytest.approx([15 - 17.11111, 30 - 17.11111, 4 - 17.11111], rel=1e-6)
    assert average.ratio.value == pytest.approx([15 / 17.11111, 30 / 17.11111, 4 / 17.11111], rel=1e-6)
    # Black expect 1,000·0.012 + 500·0.022222 = 23.11111 and have 40.
    assert (average.excess.numerator[1], average.excess.denominator[1]) == (40, pytest.approx(23.11111, rel=1e-6))
    assert average.excess.value.sum() == pytest.approx(0, abs=1e-9)


def test_strata_of_one_share_are_one_crude_comparison_with_the_average() -> None:
    """One stratum: a group of π of the people; the difference and its limits are (1 - π) those from all others."""
    events, population = [[20], [40]], [[1_000], [3_000]]
    others, average = (
        standardised_rate_gaps(events, population, [1], groups="ab", reference=reference)
        for reference in (ALL_OTHERS, POPULATION_AVERAGE)
    )
    for one, other in (
        (others.difference.value, average.difference.value),
        (others.difference.interval.lower, average.difference.interval.lower),
        (others.difference.interval.upper, average.difference.interval.upper),
    ):
        assert other[0] == pytest.approx(0.75 * one[0])
    # The correlation of the group with all is √(20/60): c = 1/1,000 and 1/4,000; 20/(1000·4000) over
    # √(20/1000² · 60/4000²) = 0.57735.  Garwood: 20 has 12.21652 to 30.88838, 60 has 45.78597 to 77.23199.
    down = np.log([20 / 12.21652, 77.23199 / 60])
    below = sqrt(down[0] ** 2 + down[1] ** 2 - 2 * sqrt(20 / 60) * down[0] * down[1])
    assert average.ratio.interval.lower[0] == pytest.approx(4 / 3 * np.exp(-below), rel=1e-5)


def test_a_stratum_where_one_side_has_nobody_is_left_out_on_both() -> None:
    events = [[30, 60], [20, 0], [4, 0]]
    population = [[3_000, 3_000], [1_000, 0], [500, 100]]
    gaps = _gaps(reference_group("White"), events, population)
    assert gaps.difference.status.tolist() == [Status.GIVEN, Status.PART_OF_STANDARD, Status.GIVEN]
    # 20 and 10 per 1,000 in the one stratum that both have.
    assert (gaps.difference.numerator[1], gaps.difference.denominator[1]) == (pytest.approx(20), pytest.approx(10))
    assert gaps.ratio.value[1] == pytest.approx(2)
    average = _gaps(POPULATION_AVERAGE, events, population)
    assert average.ratio.status[1] == Status.PART_OF_STANDARD
    assert average.difference.denominator[1] == pytest.approx(1_000 * 54 / 4_500)
    # Expected events need no standard: a stratum of nobody expects none, and nothing is left out.
    assert gaps.excess.status[1] == average.excess.status[1] == Status.GIVEN
    # The other way round, White has no people in the second stratum: Black's events there cannot be expected.
    gaps = _gaps(reference_group("White"), [[30, 0], [20, 20], [4, 0]], [[3_000, 0], [1_000, 500], [500, 100]])
    assert gaps.excess.status.tolist() == [Status.PART_OF_STANDARD] * 3
    assert (gaps.excess.numerator[1], gaps.excess.denominator[1]) == (20, pytest.approx(10))


def test_groups_that_share_no_stratum_have_nothing_to_compare() -> None:
    for reference in (reference_group("White"), ALL_OTHERS, POPULATION_AVERAGE):
        gaps = standardised_rate_gaps(
            [[3, 0], [0, 4]], [[100, 0], [0, 100]], STANDARD, groups=["White", "Black"], reference=reference
        )
        for measure in MEASURES:
            assert getattr(gaps, measure).status[1] == Status.NOTHING_TO_COMPARE_WITH
            assert np.isnan(getattr(gaps, measure).value[1])
            assert np.isnan(getattr(gaps, measure).interval.upper[1])


def test_no_events_on_one_side_still_have_an_interval() -> None:
    for reference in (reference_group("White"), ALL_OTHERS, POPULATION_AVERAGE):
        gaps = _gaps(reference, [[30, 60], [20, 20], [0, 0]])
        assert (gaps.ratio.value[2], gaps.ratio.interval.lower[2]) == (0, 0)
        assert 0 < gaps.ratio.interval.upper[2] < 1
        assert gaps.difference.interval.upper[2] < 0
        assert gaps.excess.interval.lower[2] < gaps.excess.value[2] < gaps.excess.interval.upper[2]
    alone = _gaps(ALL_OTHERS, [[0, 0], [20, 20], [0, 0]])
    assert alone.ratio.value[1] == alone.ratio.interval.upper[1] == inf
    nobody = _gaps(POPULATION_AVERAGE, [[0, 0]] * 3)
    assert nobody.ratio.status.tolist() == [Status.NOT_DEFINED] * 3


def test_missing_numbers_and_settings_without_groups_do_not_stop_the_others() -> None:
    events = np.array([EVENTS, EVENTS], dtype=float)
    events[0, 1, 1] = nan
    population = [POPULATION, POPULATION]
    gaps = _gaps(reference_group("White"), events, population)
    assert gaps.ratio.status.tolist() == [[0, Status.MISSING_INPUT, 0], [0, 0, 0]]
    gaps = _gaps(POPULATION_AVERAGE, events, population)
    assert gaps.ratio.status.tolist() == [[Status.MISSING_INPUT] * 3, [0, 0, 0]]
    assert _gaps(ALL_OTHERS, np.empty((0, 3, 2)), np.empty((0, 3, 2))).ratio.value.shape == (0, 3)


def test_many_settings_are_taken_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _gaps(ALL_OTHERS, [EVENTS] * 5, [POPULATION] * 5)
    monkeypatch.setattr("evenhand.stats.standardised_gaps.CELLS_AT_A_TIME", 12)
    pieces = _gaps(ALL_OTHERS, [EVENTS] * 5, [POPULATION] * 5)
    for measure in MEASURES:
        one, other = getattr(whole, measure), getattr(pieces, measure)
        assert np.array_equal(one.value, other.value)
        assert np.array_equal(one.interval.upper, other.interval.upper)
        assert np.array_equal(one.status, other.status)


@pytest.mark.parametrize(
    ("groups", "reference", "message"),
    [
        (("White", "Black"), ALL_OTHERS, "3 different ones are right"),
        (GROUPS, reference_group("Roma"), "found 'Roma'; one of White, Black, Asian is right"),
    ],
)
def test_names_that_do_not_fit_are_refused(groups: Any, reference: Any, message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        standardised_rate_gaps(EVENTS, POPULATION, STANDARD, groups=groups, reference=reference)


def test_strata_that_do_not_match_the_standard_are_refused() -> None:
    with pytest.raises(InputRefused, match="one place for each stratum of the standard is right"):
        standardised_rate_gaps(EVENTS, POPULATION, [1, 2, 3], groups=GROUPS, reference=ALL_OTHERS)
    with pytest.raises(InputRefused, match="one place for each stratum of the standard is right"):
        standardised_rate_gaps([1, 2], [3, 4], STANDARD, groups=GROUPS, reference=ALL_OTHERS)
