"""Records are counted by group, those of which something is not known too."""

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.proportions import ProportionMethod, clopper_pearson_interval, wilson_interval
from evenhand.stats.records import UNKNOWN_GROUP, group_proportions
from evenhand.stats.statuses import Status

GROUPS = ["Black", "White", None, "White", "", "Black", "White", float("nan"), "White"]
HAPPENED = [True, False, True, True, False, None, False, None, False]


def test_each_record_stands_in_one_place() -> None:
    found = group_proportions(GROUPS, HAPPENED)
    assert found.labels == ("Black", "White")
    assert found.estimates.numerator.tolist() == [1, 1]  # of Black one with it and one not known; of White 1 of 4
    assert found.estimates.denominator.tolist() == [1, 4]
    assert found.unknown_outcome.tolist() == [1, 0]
    assert (found.without_group.numerator.tolist(), found.without_group.denominator.tolist()) == ([1], [2])
    assert found.without_both == 1
    assert found.records == len(GROUPS)


def test_the_interval_is_that_of_the_proportion_and_of_the_method() -> None:
    white = wilson_interval(1, 4)
    found = group_proportions(GROUPS, HAPPENED).estimates
    assert (found.interval.lower[1], found.interval.upper[1]) == pytest.approx((white.lower, white.upper), rel=1e-12)
    exact = clopper_pearson_interval(1, 4, confidence=0.9)
    found = group_proportions(GROUPS, HAPPENED, confidence=0.9, method=ProportionMethod.CLOPPER_PEARSON).estimates
    assert (found.interval.lower[1], found.interval.upper[1]) == pytest.approx((exact.lower, exact.upper), rel=1e-12)


def test_a_group_without_records_has_no_proportion_and_keeps_its_place() -> None:
    found = group_proportions(GROUPS, HAPPENED, labels=("White", "Asian", "Black"))
    assert [Status(status) for status in found.estimates.status] == [Status.GIVEN, Status.NO_POPULATION, Status.GIVEN]
    assert found.estimates.denominator.tolist() == [4, 0, 1]


def test_codes_stand_for_labels_in_any_whole_number_type() -> None:
    labels = [f"group {number}" for number in range(120)]
    codes = np.array([119, 0, UNKNOWN_GROUP, 119], dtype=np.int8)  # 119 · 3 does not fit into eight bits
    found = group_proportions(codes, np.array([True, False, True, True]), labels=labels)
    assert found.estimates.numerator[119] == 2
    assert found.estimates.denominator[[0, 119]].tolist() == [1, 2]
    assert found.without_group.numerator.tolist() == [1]
    unsigned = group_proportions(np.array([1, 0, 1], dtype=np.uint8), [1, 0, 0], labels=["a", "b"])
    assert unsigned.estimates.value.tolist() == [0, 0.5]


def test_text_in_an_array_and_in_a_list_are_the_same() -> None:
    texts = ["b", "a", "b", ""]
    in_list = group_proportions(texts, [1, 0, 0, 1])
    in_array = group_proportions(np.array(texts), [1, 0, 0, 1])
    assert in_list.labels == in_array.labels == ("a", "b")
    assert in_list.estimates.value.tolist() == in_array.estimates.value.tolist() == [0, 0.5]


def test_more_records_than_one_block_are_all_counted() -> None:
    codes = np.tile(np.array([0, 1, UNKNOWN_GROUP]), 40_000)
    found = group_proportions(codes, codes == 1, labels=("a", "b"))
    assert found.estimates.numerator.tolist() == [0, 40_000]
    assert found.records == 120_000


def test_no_records_are_no_groups() -> None:
    found = group_proportions([], [])
    assert found.labels == ()
    assert found.records == 0
    assert np.isnan(found.without_group.value).all()


@pytest.mark.parametrize(
    ("groups", "happened", "labels", "message"),
    [
        (["a", "b"], [True], None, r"found groups of shape \(2,\) and outcomes of shape \(1,\)"),
        ([["a"], ["b"]], [True, False], None, r"found groups of shape \(2, 1\); one label a record"),
        (np.zeros((2, 1), dtype=int), np.zeros((2, 1), dtype=bool), ["a"], "one of each a record is right"),
        (["a", "c"], [True, False], ["a", "b"], "group: found 'c'; one of a, b is right"),
        (["a"], [True], ["a", "a"], "each label once is right"),
        (np.array([0, 2]), [True, False], ["a", "b"], "group: found 2 at position 1; a code from -1 to 1 is right"),
        (np.array([0, -2]), [True, False], ["a", "b"], "group: found -2 at position 1"),
        (np.array([0, 1]), [True, False], None, "labels: found none for groups given as codes"),
        (["a", "b"], [1, 2], None, "happened: found 2 at position 1; true or false, or nan, is right"),
    ],
)
def test_what_is_wrong_is_refused_with_what_would_be_right(groups, happened, labels, message) -> None:
    with pytest.raises(InputRefused, match=message):
        group_proportions(groups, happened, labels=labels)
