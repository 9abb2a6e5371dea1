"""People of unknown ethnicity: bounds, shared out, and whether a gap keeps its sign; by hand and at the edges."""

from collections.abc import Callable
from math import inf, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.proportions import wilson_interval
from evenhand.stats.rates import byar_interval
from evenhand.stats.ratios import rate_ratio
from evenhand.stats.references import ALL_OTHERS, POPULATION_AVERAGE, reference_group
from evenhand.stats.statuses import Status
from evenhand.stats.unknown_ethnicity import proportions_with_unknown, rates_with_unknown
from evenhand.stats.unknown_ethnicity_allocation import Assumption, allocated_proportions, allocated_rates
from evenhand.stats.unknown_ethnicity_gaps import (
    GapSign,
    GapsWithUnknown,
    proportion_differences_with_unknown,
    proportion_ratios_with_unknown,
    rate_differences_with_unknown,
    rate_ratios_with_unknown,
)

WHITE_BRITISH = reference_group("White British")


def test_the_bounds_of_a_rate_over_a_population_come_out_as_worked_by_hand() -> None:
    # 30 of 10,000, 12 of unknown ethnicity: from 30/10,000 = 300 to 42/10,000 = 420 per 100,000
    found = rates_with_unknown([30], [10_000], 12)
    assert found.bounds.lower == found.as_recorded.value == pytest.approx([300])
    assert found.bounds.upper == found.all_in_group.value == pytest.approx([420])
    assert found.bounds_with_chance.lower == pytest.approx([byar_interval(30).lower * 10])
    assert found.bounds_with_chance.upper == pytest.approx([byar_interval(42).upper * 10])


def test_the_bounds_of_a_rate_over_days_come_out_as_worked_by_hand() -> None:
    # 30 events in 1,000 days; 10 events and 200 days unknown: 30/1,200 = 25 to 40/1,000 = 40; all of both 40/1,200
    found = rates_with_unknown([30], [1_000], 10, 200, per=1_000)
    assert (found.bounds.lower[0], found.bounds.upper[0]) == pytest.approx((25, 40))
    assert found.all_in_group.value[0] == pytest.approx(100 / 3)
    assert found.lowest.unit == "per 1,000"


def test_the_bounds_of_a_proportion_come_out_as_worked_by_hand() -> None:
    # 40 of 80 recovered; of 20 unknown 5 did: from 40/(80 + 15) to 45/85; all of them 45/100
    found = proportions_with_unknown([40], [80], 5, 20)
    assert (found.bounds.lower[0], found.bounds.upper[0]) == pytest.approx((40 / 95, 45 / 85))
    assert found.all_in_group.value[0] == 0.45
    assert found.bounds_with_chance.lower[0] == pytest.approx(wilson_interval(40, 95).lower)
    assert found.bounds_with_chance.upper[0] == pytest.approx(wilson_interval(45, 85).upper)


def test_each_figure_says_what_is_taken_of_the_unknown() -> None:
    found = proportions_with_unknown([40], [80], 5, 20, confidence=0.9)
    assert found.as_recorded.method == "Wilson; the unknown left out"
    assert found.lowest.method == "Wilson; the lowest over all that the unknown could be"
    assert found.highest.method == "Wilson; the highest over all that the unknown could be"
    assert found.all_in_group.method == "Wilson; all the unknown in the group"
    assert found.lowest.confidence == 0.9


def test_unknown_and_missing_are_two_things_and_neither_stops_another_setting() -> None:
    """Two settings of two groups: in the second how many are unknown is itself missing."""
    found = rates_with_unknown([[5, nan], [5, 3]], [[100, 100], [100, 100]], [2, nan])
    missing, given = Status.MISSING_INPUT, Status.GIVEN
    assert found.as_recorded.status.tolist() == [[given, missing], [given, given]]
    assert found.highest.status.tolist() == [[given, missing], [missing, missing]]
    assert found.lowest.status.tolist() == [[given, missing], [given, given]]


def test_a_group_without_a_population_has_no_rate_to_bound() -> None:
    found = rates_with_unknown([5, 0], [100, 0], 2, 10)
    for each in (found.as_recorded, found.lowest, found.highest, found.all_in_group):
        assert each.status.tolist() == [Status.GIVEN, Status.NO_POPULATION]


def test_a_group_that_nobody_is_recorded_of_may_still_be_who_the_unknown_are() -> None:
    found = proportions_with_unknown([0], [0], 5, 20)
    assert found.as_recorded.status.tolist() == [Status.NO_POPULATION]
    assert (found.bounds.lower[0], found.bounds.upper[0], found.all_in_group.value[0]) == (0, 1, 0.25)


def test_spread_as_the_known_are_every_rate_rises_by_the_same_factor() -> None:
    # 30 and 10 known, 8 unknown: f = 48/40 = 1.2; 36 of 10,000 and 12 of 2,000
    found = allocated_rates([30, 10], [10_000, 2_000], 8)
    assert found.value == pytest.approx([360, 600])
    assert found.numerator == pytest.approx([36, 12])
    assert found.interval.lower[0] == pytest.approx(1.2 * byar_interval(30).lower * 10)
    assert found.method == (
        "Byar, exact below 10 events; assuming that the unknown are spread over the groups as the known are"
    )
    # and 1,200 unknown days: h = 13,200/12,000 = 1.1
    assert allocated_rates([30, 10], [10_000, 2_000], 8, 1_200).value == pytest.approx([360 / 1.1, 600 / 1.1])


def test_spread_as_the_population_is_all_groups_draw_together() -> None:
    # 8 unknown by 10,000 to 2,000: 30 + 6.667 of 10,000, 10 + 1.333 of 2,000
    found = allocated_rates([30, 10], [10_000, 2_000], 8, assumption=Assumption.AS_THE_POPULATION)
    assert found.value == pytest.approx([366.667, 566.667], abs=1e-3)
    known, unknown = byar_interval(10), byar_interval(8)
    above = np.hypot(known.upper - 10, (unknown.upper - 8) / 6)
    assert found.interval.upper[1] == pytest.approx((10 + 8 / 6 + above) * 50)
    assert found.method.endswith("assuming that the unknown are spread over the groups as the population is")


def test_proportions_with_the_unknown_shared_out_come_out_as_worked_by_hand() -> None:
    # 40 of 80 and 10 of 40 recovered; of 20 unknown 5 did. f = 55/50 = 1.1, h = 85/70
    # 44 of 44 + 48.571 and 11 of 11 + 36.429
    found = allocated_proportions([40, 10], [80, 40], 5, 20)
    assert found.value == pytest.approx([44 / (44 + 40 * 85 / 70), 11 / (11 + 30 * 85 / 70)])
    limit = wilson_interval(40, 80).lower
    assert found.interval.lower[0] == pytest.approx(1.1 * limit / (1.1 * limit + 85 / 70 * (1 - limit)))
    # by population: two thirds of the unknown are of the first group
    found = allocated_proportions([40, 10], [80, 40], 5, 20, assumption=Assumption.AS_THE_POPULATION)
    assert found.value == pytest.approx([(40 + 10 / 3) / (80 + 40 / 3), (10 + 5 / 3) / (40 + 20 / 3)])
    assert (found.unit, found.confidence) == ("share", 0.95)


def test_where_nothing_is_known_nothing_says_how_to_share_out() -> None:
    assert allocated_rates([0, 0], [50, 50], 3).status.tolist() == [Status.NO_EVENTS] * 2
    assert allocated_rates([0, 0], [50, 50], 0).value.tolist() == [0, 0]
    assert allocated_proportions([0, 0], [50, 50], 3, 3).status.tolist() == [Status.NO_EVENTS] * 2
    assert allocated_proportions([50, 0], [50, 0], 3, 4).status.tolist() == [Status.NOT_DEFINED, Status.NO_POPULATION]
    by_population = Assumption.AS_THE_POPULATION
    assert allocated_rates([0, 0], [50, 50], 3, assumption=by_population).value.tolist() == [3_000, 3_000]
    assert allocated_rates([0, 0], [0, 0], 3, assumption=by_population).status.tolist() == [Status.NO_POPULATION] * 2


def test_a_group_that_is_missing_leaves_its_setting_without_shares_and_no_other() -> None:
    for share_out in (allocated_rates, allocated_proportions):
        for assumption in Assumption:
            found = share_out([[5, nan], [5, 3]], [[100, 100], [100, 100]], [2, 2], [4, 4], assumption=assumption)
            assert found.status.tolist() == [[Status.MISSING_INPUT] * 2, [Status.GIVEN] * 2]
            assert np.isnan(found.value[0]).all()


def test_the_extremes_of_a_ratio_come_out_as_worked_by_hand() -> None:
    # 30 of 10,000 against 100 of 50,000, 12 unknown: 0.003/0.00224 = 1.339 to 0.0042/0.002 = 2.1; recorded 1.5
    found = rate_ratios_with_unknown([30], [10_000], [100], [50_000], [12], reference=WHITE_BRITISH)
    assert found.as_recorded.value == pytest.approx([1.5])
    assert found.bounds.lower == found.all_in_reference.value == pytest.approx([0.003 / 0.00224])
    assert found.bounds.upper == found.all_in_group.value == pytest.approx([2.1])
    assert found.bounds_with_chance.lower == pytest.approx([rate_ratio(30, 10_000, 112, 50_000).interval.lower])
    assert found.bounds_with_chance.upper == pytest.approx([rate_ratio(42, 10_000, 100, 50_000).interval.upper])
    assert found.lowest.reference == "White British"
    assert found.lowest.method == "MOVER-log on Byar; the lowest over all that the unknown could be"


def test_the_two_simplest_ways_of_a_proportion_are_not_its_extremes() -> None:
    # 40 of 80 against 60 of 100; of 20 unknown 5 had the event
    found = proportion_ratios_with_unknown([40], [80], [60], [100], [5], [20], reference=WHITE_BRITISH)
    assert found.all_in_group.value == pytest.approx([(45 / 100) / (60 / 100)])
    assert found.all_in_reference.value == pytest.approx([(40 / 80) / (65 / 120)])
    assert found.bounds.lower == pytest.approx([(40 / 95) / (65 / 105)])
    assert found.bounds.upper == pytest.approx([(45 / 85) / (60 / 115)])


def test_against_the_population_average_a_gap_is_that_to_everybody_and_keeps_its_sign() -> None:
    # 30 of 10,000; everybody 130 + 12 of 60,000, whoever the unknown are
    for reference, to in ((ALL_OTHERS, "all others"), (POPULATION_AVERAGE, "population average")):
        found = rate_ratios_with_unknown([30], [10_000], [100], [50_000], [12], reference=reference)
        assert found.highest.reference == to
    assert found.bounds.lower == pytest.approx([0.003 / (142 / 60_000)])
    assert found.bounds.upper == pytest.approx([0.0042 / (142 / 60_000)])
    assert found.lowest.denominator == pytest.approx([142 / 60_000])
    apart = rate_differences_with_unknown([30], [10_000], [100], [50_000], [12], reference=POPULATION_AVERAGE)
    assert apart.bounds.lower == pytest.approx([300 - 14_200 / 60])
    assert apart.sign.tolist() == found.sign.tolist() == [GapSign.HIGHER]


@pytest.mark.parametrize(
    "many",
    [
        rate_ratios_with_unknown,
        rate_differences_with_unknown,
        proportion_ratios_with_unknown,
        proportion_differences_with_unknown,
    ],
)
def test_a_gap_that_the_unknown_can_turn_is_undecided(many: Callable[..., GapsWithUnknown]) -> None:
    """Of 1,000 each: clearly above, clearly below, turned by the unknown, and by the unknown and chance together."""
    groups, reference, unknown = [400, 100, 210, 190], [200, 200, 200, 200], [10, 10, 20, 10]
    found = many(groups, 1_000, reference, 1_000, unknown, unknown, reference=WHITE_BRITISH)
    assert found.sign[:3].tolist() == [GapSign.HIGHER, GapSign.LOWER, GapSign.UNDECIDED]
    assert found.sign_with_chance.tolist() == [GapSign.HIGHER, GapSign.LOWER, GapSign.UNDECIDED, GapSign.UNDECIDED]


@pytest.mark.parametrize("unit", [3, 7, 1_000, 99_999])
def test_bounds_that_reach_no_difference_but_for_rounding_leave_it_undecided(unit: int) -> None:
    """10 of 3 units and 10 more unknown against 20 of 3: at one extreme exactly the same."""
    for many in (rate_ratios_with_unknown, rate_differences_with_unknown):
        for group, reference in ((10, 20), (20, 10)):
            found = many([group], [3 * unit], [reference], [3 * unit], [10], reference=ALL_OTHERS)
            assert found.sign.tolist() == [GapSign.UNDECIDED]
            assert found.sign_with_chance.tolist() == [GapSign.UNDECIDED]


def test_a_gap_that_has_no_value_has_no_sign() -> None:
    found = rate_ratios_with_unknown(
        [5, 5, 0, 0, 5, 5],
        [10, 10, 0, 10, 10, nan],
        [2, 0, 2, 0, 2, 2],
        [10, 0, 10, 10, 10, 10],
        [nan, 1, 1, 0, 1, 1],
        [0, 0, 3, 0, 0, 0],
        reference=WHITE_BRITISH,
    )
    assert found.lowest.status.tolist() == [
        Status.MISSING_INPUT,
        Status.NOTHING_TO_COMPARE_WITH,
        Status.NO_POPULATION,
        Status.NOT_DEFINED,
        Status.GIVEN,
        Status.MISSING_INPUT,
    ]
    assert found.sign.tolist() == [*[GapSign.NOT_GIVEN] * 4, GapSign.HIGHER, GapSign.NOT_GIVEN]
    assert found.sign_with_chance[4] == GapSign.UNDECIDED


def test_against_an_average_of_nobody_else_there_is_no_gap() -> None:
    found = rate_ratios_with_unknown([5, 0], [10, 0], [0, 0], [0, 0], [1, 1], reference=POPULATION_AVERAGE)
    assert found.sign.tolist() == [GapSign.NOT_GIVEN] * 2
    none_elsewhere = rate_ratios_with_unknown([5], [10], [0], [30], [0], reference=POPULATION_AVERAGE)
    assert none_elsewhere.highest.value.tolist() == [4]  # all events in a quarter of the people
    assert rate_ratios_with_unknown([5], [10], [0], [30], [0], reference=ALL_OTHERS).highest.value.tolist() == [inf]


def test_every_sign_has_words() -> None:
    assert len({sign.words for sign in GapSign}) == len(GapSign)
    assert GapSign.UNDECIDED.words == "undecided: within what is not known it could be higher, lower or the same"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rates_with_unknown([1], [10], -1), "unknown events: found -1"),
        (lambda: rates_with_unknown([1], [10], 1, -1), "unknown population: found -1"),
        (lambda: rates_with_unknown([1], [0], 1), "a population of 0 can have no events"),
        (lambda: rates_with_unknown([[1], [1]], [[10], [10]], [1, 2, 3]), r"settings: found \(3,\) unknown events"),
        (lambda: rates_with_unknown(1, 10, 1), "groups: found a single number"),
        (lambda: proportions_with_unknown([11], [10], 1, 2), "a part is not larger"),
        (lambda: proportions_with_unknown([1], [10], 3, 2), "unknown events: found 3"),
        (lambda: allocated_rates([1], [10], 1, per=0), "per: found 0"),
        (lambda: allocated_proportions([1], [10], 3, 2), "unknown events: found 3"),
        (lambda: rate_ratios_with_unknown([1], [0], [1], [1], [1], reference=ALL_OTHERS), "a population of 0"),
        (lambda: rate_ratios_with_unknown([1], [1], [1], [0], [1], reference=ALL_OTHERS), "a population of 0"),
        (lambda: rate_ratios_with_unknown([1], [1], [1], [1], [-1], reference=ALL_OTHERS), "unknown events: found -1"),
        (
            lambda: proportion_ratios_with_unknown([1], [1], [1], [1], [2], [1], reference=ALL_OTHERS),
            "unknown events: found 2",
        ),
        (
            lambda: proportion_differences_with_unknown([1], [1], [2], [1], [1], [1], reference=ALL_OTHERS),
            "a part is not larger",
        ),
    ],
)
def test_wrong_numbers_are_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        call()
