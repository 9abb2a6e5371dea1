from math import inf, isnan, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.differences import rate_difference, rate_differences
from evenhand.stats.proportions import proportion, proportions
from evenhand.stats.rates import crude_rate, crude_rates
from evenhand.stats.ratios import published_rate_ratio, published_rate_ratios, rate_ratio, rate_ratios
from evenhand.stats.references import ALL_OTHERS, POPULATION_AVERAGE, Reference, ReferenceKind, reference_group
from evenhand.stats.statuses import Status, first_reason, status_of_comparison, with_value


def test_every_status_has_words_and_says_whether_a_value_comes_with_it() -> None:
    assert len({status.words for status in Status}) == len(Status)
    assert [status.has_value for status in Status] == with_value(np.arange(len(Status), dtype=np.uint8)).tolist()


def test_the_first_condition_that_holds_is_the_reason() -> None:
    first, second = np.array([True, False, False]), np.array([True, True, False])
    status = first_reason((3,), (first, Status.MISSING_INPUT), (second, Status.NO_POPULATION))
    assert status.tolist() == [Status.MISSING_INPUT, Status.NO_POPULATION, Status.GIVEN]


def test_a_missing_number_makes_its_own_place_missing_and_no_other() -> None:
    for many in (crude_rates([nan, 20, 5], [10, 400, nan]), proportions([nan, 20, 5], [10, 400, nan])):
        assert many.status.tolist() == [Status.MISSING_INPUT, Status.GIVEN, Status.MISSING_INPUT]
        assert np.isnan(many.value).tolist() == [True, False, True]
        assert np.isnan(many.interval.upper).tolist() == [True, False, True]
        assert [one.status for one in many] == [Status.MISSING_INPUT, Status.GIVEN, Status.MISSING_INPUT]
        assert len(many) == 3


@pytest.mark.parametrize("one", [crude_rate, proportion])
def test_one_figure_of_a_missing_number_says_so(one) -> None:  # type: ignore[no-untyped-def] # two functions of one shape
    assert one(nan, 10).status is Status.MISSING_INPUT
    assert isnan(one(3, nan).interval.upper)
    assert one(0, 0).status is Status.NO_POPULATION
    assert one(3, 10).status is Status.GIVEN


def test_a_comparison_says_whether_the_group_or_the_reference_is_wanting() -> None:
    a, b = np.array([5, 5, 0, nan, 0]), np.array([10, 10, 0, 10, 10])
    c, d = np.array([2, 0, 2, 2, 0]), np.array([10, 0, 10, 10, 10])
    expected = [
        Status.GIVEN,
        Status.NOTHING_TO_COMPARE_WITH,
        Status.NO_POPULATION,
        Status.MISSING_INPUT,
        Status.NOT_DEFINED,
    ]
    assert rate_ratios(a, b, c, d).status.tolist() == expected
    assert [rate_ratio(*four).status for four in zip(a, b, c, d, strict=True)] == expected
    differences = [*expected[:-1], Status.GIVEN]
    assert rate_differences(a, b, c, d).status.tolist() == differences
    assert [rate_difference(*four).status for four in zip(a, b, c, d, strict=True)] == differences


def test_a_missing_reference_is_a_missing_input_not_an_absent_reference() -> None:
    given, missing = np.array([0], dtype=np.uint8), np.array([Status.MISSING_INPUT], dtype=np.uint8)
    assert status_of_comparison(given, missing).tolist() == [Status.MISSING_INPUT]


def test_published_rates_that_are_missing_or_both_zero_say_so() -> None:
    many = published_rate_ratios([2, nan, 0], [0.1, 0.1, 0.1], [1, 1, 0], [0.1, 0.1, 0.1])
    assert many.status.tolist() == [Status.GIVEN, Status.MISSING_INPUT, Status.NOT_DEFINED]
    assert published_rate_ratio(nan, 0.1, 1, 0.1).status is Status.MISSING_INPUT


def test_the_reference_is_carried_in_the_result() -> None:
    assert rate_ratio(5, 10, 2, 10, reference="White British").reference == "White British"
    assert [one.reference for one in rate_ratios([5], [10], [2], [10], reference="White British")] == ["White British"]
    assert rate_ratio(5, 10, 0, 10).value == inf


def test_a_reference_is_a_group_by_name_or_everybody_or_all_others() -> None:
    white = reference_group("White British")
    assert [str(each) for each in (white, POPULATION_AVERAGE, ALL_OTHERS)] == [
        "White British",
        "population average",
        "all others",
    ]
    assert white.position_in(("Black", "White British")) == 1
    with pytest.raises(InputRefused, match="reference: found 'White British'; one of Black, Asian is right"):
        white.position_in(("Black", "Asian"))
    for kind, group in ((ReferenceKind.GROUP, ""), (ReferenceKind.ALL_OTHERS, "Black")):
        with pytest.raises(InputRefused, match="a group's name goes with the kind 'group'"):
            Reference(kind, group)
