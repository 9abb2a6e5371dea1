"""Groups against a reference, crude: by hand, the reference's own row, zeros, missing numbers, and what is refused."""

from collections.abc import Callable
from math import inf, nan
from typing import Any

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.differences import proportion_difference, rate_difference
from evenhand.stats.gaps import Gaps, all_others, proportion_gaps, rate_gaps
from evenhand.stats.ratios import proportion_ratio, rate_ratio
from evenhand.stats.references import ALL_OTHERS, POPULATION_AVERAGE, reference_group
from evenhand.stats.statuses import Status

GROUPS = ("White British", "Black", "Asian")
EVENTS, POPULATION = [30, 20, 10], [2_000, 1_000, 1_000]
MEASURES = ("difference", "ratio", "excess")


def _gaps(reference: Any, events: Any = EVENTS, population: Any = POPULATION) -> Gaps:
    return rate_gaps(events, population, groups=GROUPS, reference=reference, per=1_000)


def test_a_named_group_is_compared_as_two_groups_are() -> None:
    gaps = _gaps(reference_group("White British"))
    # 20 less 15 per 1,000, 20 over 15, and 20 less the 1,000·30/2,000 = 15 expected.
    assert gaps.difference.value.tolist() == [0, 5, -5]
    assert gaps.ratio.value[1:] == pytest.approx([4 / 3, 2 / 3])
    assert gaps.excess.value.tolist() == [0, 5, -5]
    one = rate_difference(20, 1_000, 30, 2_000, per=1_000)
    assert gaps.difference.interval.lower[1] == pytest.approx(one.interval.lower)
    assert gaps.ratio.interval.upper[2] == pytest.approx(rate_ratio(10, 1_000, 30, 2_000).interval.upper)
    assert gaps.excess.interval.upper[1] == pytest.approx(one.interval.upper)  # of 1,000 people
    assert (gaps.excess.numerator.tolist(), gaps.excess.denominator.tolist()) == ([30, 20, 10], [30, 15, 15])


def test_the_reference_group_itself_differs_by_nought_and_has_no_interval() -> None:
    for events in (EVENTS, [0, 20, 10]):  # 0 over 0 is 1 where it is one group over itself
        gaps = _gaps(reference_group("White British"), events)
        assert [getattr(gaps, measure).value[0] for measure in MEASURES] == [0, 1, 0]
        assert [getattr(gaps, measure).status[0] for measure in MEASURES] == [Status.GIVEN] * 3
        for measure in MEASURES:
            interval = getattr(gaps, measure).interval
            assert np.isnan([interval.lower[0], interval.upper[0]]).all()
            assert not np.isnan([interval.lower[1], interval.upper[2]]).any()


def test_all_others_are_everybody_but_the_group() -> None:
    gaps = _gaps(ALL_OTHERS)
    # White British: 15 per 1,000 against 30 of 2,000, which is 15 too; Black: 20 against 40 of 3,000.
    assert gaps.difference.value == pytest.approx([0, 20 - 40 / 3, 10 - 50 / 3])
    assert gaps.ratio.interval.lower[1] == pytest.approx(rate_ratio(20, 1_000, 40, 3_000).interval.lower)
    assert gaps.excess.value == pytest.approx([0, 20 - 40 / 3, 10 - 50 / 3])


def test_the_average_contains_the_group_and_comes_from_all_others() -> None:
    gaps = _gaps(POPULATION_AVERAGE)
    # 60 of 4,000: 15 per 1,000.  Black: 20 - 15 = 5; π = 1/4, so (1 - π)·(20 - 13.3333) = 5 as well; 20/15.
    assert gaps.difference.value == pytest.approx([0, 5, -5])
    assert gaps.ratio.value == pytest.approx([1, 4 / 3, 2 / 3])
    assert gaps.excess.value == pytest.approx([0, 5, -5])
    assert gaps.difference.denominator == pytest.approx([15, 15, 15])
    assert gaps.ratio.denominator == pytest.approx([0.015, 0.015, 0.015])
    assert gaps.excess.denominator == pytest.approx([30, 15, 15])
    others = rate_difference(20, 1_000, 40, 3_000, per=1_000).interval
    assert gaps.difference.interval.lower[1] == pytest.approx(0.75 * others.lower)
    assert gaps.excess.interval.upper[1] == pytest.approx(0.75 * others.upper)
    ratio = rate_ratio(20, 1_000, 40, 3_000).interval
    assert gaps.ratio.interval.lower[1] == pytest.approx(1 / (0.25 + 0.75 / ratio.lower))
    assert gaps.ratio.interval.upper[1] == pytest.approx(1 / (0.25 + 0.75 / ratio.upper))


def test_proportions_are_compared_by_newcombes_limits() -> None:
    gaps = proportion_gaps(EVENTS, [60, 40, 20], groups=GROUPS, reference=reference_group("White British"))
    assert gaps.difference.interval.lower[2] == pytest.approx(proportion_difference(10, 20, 30, 60).interval.lower)
    assert gaps.ratio.interval.lower[1] == pytest.approx(proportion_ratio(20, 40, 30, 60).interval.lower)
    assert gaps.excess.interval.upper[1] == 40 * gaps.difference.interval.upper[1]
    assert (gaps.difference.unit, gaps.ratio.unit, gaps.excess.unit) == ("share", "ratio", "events")
    assert gaps.difference.method == "MOVER on Wilson (Newcombe's method 10)"


def test_every_result_carries_reference_unit_and_method() -> None:
    for reference, words in ((reference_group("Black"), "Black"), (ALL_OTHERS, "all others")):
        gaps = _gaps(reference)
        assert gaps.reference is reference
        assert gaps.groups == GROUPS
        assert {getattr(gaps, measure).reference for measure in MEASURES} == {words}
    average = _gaps(POPULATION_AVERAGE)
    assert (average.difference.unit, average.ratio.unit, average.excess.unit) == ("per 1,000", "ratio", "events")
    assert average.difference.method == "MOVER on Byar, from the comparison with all others"
    assert average.ratio.method == "MOVER-log on Byar, from the comparison with all others"
    assert average.excess.reference == "population average"


def test_none_and_some_have_limits_against_every_reference() -> None:
    none = _gaps(POPULATION_AVERAGE, [30, 0, 10])
    assert (none.ratio.value[1], none.ratio.interval.lower[1]) == (0, 0)
    assert 0 < none.ratio.interval.upper[1] < 1
    # All events are the group's own: to all others it is ∞, to the average 1/π = 4000/1000 at most.
    alone = _gaps(POPULATION_AVERAGE, [0, 20, 0])
    assert alone.ratio.value[1] == alone.ratio.interval.upper[1] == 4
    assert 1 < alone.ratio.interval.lower[1] < 4
    assert _gaps(ALL_OTHERS, [0, 20, 0]).ratio.interval.upper[1] == inf


def test_nobody_with_an_event_is_no_difference_and_no_ratio() -> None:
    for reference in (ALL_OTHERS, POPULATION_AVERAGE):
        gaps = _gaps(reference, [0, 0, 0])
        assert gaps.difference.value.tolist() == [0, 0, 0]
        assert np.isnan(gaps.ratio.value).all()
        assert gaps.ratio.status.tolist() == [Status.NOT_DEFINED] * 3
        assert (gaps.ratio.interval.lower == 0).all()


def test_a_missing_number_leaves_out_what_needs_it_and_nothing_else() -> None:
    events = [[30, nan, 10], EVENTS]
    population = [POPULATION, POPULATION]
    named = _gaps(reference_group("White British"), events, population)
    assert named.difference.status.tolist() == [[0, Status.MISSING_INPUT, 0], [0, 0, 0]]
    for reference in (ALL_OTHERS, POPULATION_AVERAGE, reference_group("Black")):
        gaps = _gaps(reference, events, population)
        assert gaps.excess.status.tolist() == [[Status.MISSING_INPUT] * 3, [0, 0, 0]]
        assert np.isnan(gaps.ratio.value[0]).all()
        assert not np.isnan(gaps.ratio.value[1]).any()


def test_a_group_of_nobody_has_no_gap_and_is_nobodys_comparator() -> None:
    gaps = _gaps(ALL_OTHERS, [30, 0, 10], [2_000, 0, 1_000])
    assert gaps.difference.status.tolist() == [0, Status.NO_POPULATION, 0]
    gaps = _gaps(reference_group("Black"), [30, 0, 10], [2_000, 0, 1_000])
    nothing = Status.NOTHING_TO_COMPARE_WITH
    assert gaps.ratio.status.tolist() == [nothing, Status.NO_POPULATION, nothing]
    for reference in (ALL_OTHERS, POPULATION_AVERAGE):
        alone = rate_gaps([5], [100], groups=["all"], reference=reference)
        assert alone.ratio.status.tolist() == [nothing]
        assert np.isnan(alone.difference.value).all()


def test_others_are_added_up_without_subtracting() -> None:
    """0.1 + 0.2 - 0.2 - 0.1 is not 0 in floating point; and a missing group would take its others with it."""
    assert all_others(np.array([0.1, 0.2, 0.0]), axis=-1)[2] == pytest.approx(0.3)
    assert all_others(np.array([0.3, 0.0, 0.0]), axis=-1).tolist() == [0, 0.3, 0.3]
    assert np.isnan(all_others(np.array([nan, 1.0, 2.0]), axis=-1)).tolist() == [False, True, True]
    assert all_others(np.array([[1.0, 2], [3, 4], [5, 6]]), axis=0).tolist() == [[8, 10], [6, 8], [4, 6]]


@pytest.mark.parametrize("many", [rate_gaps, proportion_gaps])
@pytest.mark.parametrize(
    ("groups", "reference", "message"),
    [
        (["a", "b"], ALL_OTHERS, "groups: found the names a, b; 3 different ones are right"),
        (["a", "b", "a"], ALL_OTHERS, "groups: found the names a, b, a; 3 different ones are right"),
        (["a", "b", "c"], reference_group("d"), "reference: found 'd'; one of a, b, c is right"),
    ],
)
def test_names_that_do_not_fit_are_refused(
    many: Callable[..., Gaps], groups: list[str], reference: Any, message: str
) -> None:
    with pytest.raises(InputRefused, match=message):
        many(EVENTS, POPULATION, groups=groups, reference=reference)


def test_one_number_is_no_set_of_groups() -> None:
    with pytest.raises(InputRefused, match="0 different ones are right"):
        rate_gaps(3, 100, groups=["a"], reference=ALL_OTHERS)
    with pytest.raises(InputRefused, match="0 different ones are right"):
        proportion_gaps(3, 100, groups=["a"], reference=ALL_OTHERS)
