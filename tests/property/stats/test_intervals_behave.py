"""What holds of every interval, whatever the counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples

from evenhand.stats.differences import (
    proportion_difference,
    proportion_differences,
    rate_difference,
    rate_differences,
)
from evenhand.stats.proportions import proportion, proportions, wilson_interval
from evenhand.stats.rates import byar_interval, byar_intervals, crude_rate
from evenhand.stats.ratios import proportion_ratio, proportion_ratios, rate_ratio, rate_ratios
from evenhand.stats.rounded_counts import (
    proportion_difference_interval_with_rounding,
    proportion_interval_with_rounding,
    proportion_ratio_interval_with_rounding,
    rate_difference_interval_with_rounding,
    rate_interval_with_rounding,
    rate_ratio_interval_with_rounding,
)

COUNT = st.integers(0, 15) | st.integers(0, 50_000)
PEOPLE = st.integers(1, 1_000_000)
CONFIDENCE = st.sampled_from([0.5, 0.9, 0.95, 0.998])


@st.composite
def of_people(draw: st.DrawFn) -> tuple[int, int]:
    people = draw(st.integers(1, 15) | st.integers(1, 50_000))
    return draw(st.integers(0, people)), people


@st.composite
def near(draw: st.DrawFn) -> tuple[int, int]:
    """Bounds of a rounded count, a few apart."""
    smallest = draw(COUNT)
    return smallest, smallest + draw(st.integers(0, 4))


@given(events=COUNT, people=PEOPLE, confidence=CONFIDENCE)
def test_a_rate_lies_in_its_interval_and_more_confidence_is_wider(events: int, people: int, confidence: float) -> None:
    estimate = crude_rate(events, people, confidence=confidence)
    assert estimate.interval.lower <= estimate.value < estimate.interval.upper
    wider = crude_rate(events, people, confidence=(1 + confidence) / 2)
    assert wider.interval.lower <= estimate.interval.lower
    assert wider.interval.upper > estimate.interval.upper


@given(counts=of_people(), confidence=CONFIDENCE)
def test_a_proportion_lies_in_its_interval_and_its_complement_mirrors_it(
    counts: tuple[int, int], confidence: float
) -> None:
    events, people = counts
    estimate = proportion(events, people, confidence=confidence)
    assert 0 <= estimate.interval.lower <= estimate.value <= estimate.interval.upper <= 1
    without = wilson_interval(people - events, people, confidence=confidence)
    assert without.lower == pytest.approx(1 - estimate.interval.upper, abs=1e-12)
    assert without.upper == pytest.approx(1 - estimate.interval.lower, abs=1e-12)


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.99, 0.998])
def test_one_more_event_raises_both_limits_also_where_the_method_changes(confidence: float) -> None:
    limits = byar_intervals(np.arange(2_000), confidence=confidence)
    assert (np.diff(limits.lower) > 0).all()
    assert (np.diff(limits.upper) > 0).all()


@given(a=st.tuples(COUNT, PEOPLE), b=st.tuples(COUNT, PEOPLE))
def test_swapping_the_groups_turns_a_rate_ratio_and_a_difference_round(a: tuple[int, int], b: tuple[int, int]) -> None:
    one, other = rate_ratio(*a, *b).interval, rate_ratio(*b, *a).interval
    with np.errstate(divide="ignore"):
        inverted = 1 / np.array([other.upper, other.lower])
    np.testing.assert_allclose([one.lower, one.upper], inverted, rtol=1e-9)
    difference, back = rate_difference(*a, *b), rate_difference(*b, *a)
    assert difference.interval.lower == pytest.approx(-back.interval.upper)


@given(a=of_people(), b=of_people())
def test_a_ratio_and_a_difference_of_proportions_lie_in_their_intervals(a: tuple[int, int], b: tuple[int, int]) -> None:
    difference = proportion_difference(*a, *b)
    assert -1 - 1e-12 <= difference.interval.lower <= difference.value <= difference.interval.upper <= 1 + 1e-12
    ratio = proportion_ratio(*a, *b)
    assert 0 <= ratio.interval.lower <= ratio.interval.upper
    assert np.isnan(ratio.value) or ratio.interval.reaches(ratio.value)


@given(a=st.tuples(COUNT, PEOPLE), b=st.tuples(COUNT, PEOPLE), unit=st.sampled_from([2, 7, 1_000]))
def test_a_rate_ratio_does_not_depend_on_the_unit_of_the_population(
    a: tuple[int, int], b: tuple[int, int], unit: int
) -> None:
    days = rate_ratio(a[0], a[1] * unit, b[0], b[1] * unit).interval
    years = rate_ratio(*a, *b).interval
    np.testing.assert_allclose([days.lower, days.upper], [years.lower, years.upper], rtol=1e-9)


@examples(40)
@given(bounds=near(), people=PEOPLE)
def test_the_interval_of_a_rounded_count_is_the_union_over_every_count_it_may_be(
    bounds: tuple[int, int], people: int
) -> None:
    interval = rate_interval_with_rounding(*bounds, people, per=1)
    each = [byar_interval(count) for count in range(bounds[0], bounds[1] + 1)]
    assert interval.lower == pytest.approx(min(one.lower for one in each) / people)
    assert interval.upper == pytest.approx(max(one.upper for one in each) / people)


@examples(40)
@given(a=near(), b=near(), people=st.tuples(PEOPLE, PEOPLE), confidence=CONFIDENCE)
def test_the_ratio_of_rounded_counts_is_the_union_over_every_pair_they_may_be(
    a: tuple[int, int], b: tuple[int, int], people: tuple[int, int], confidence: float
) -> None:
    interval = rate_ratio_interval_with_rounding(*a, people[0], *b, people[1], confidence=confidence)
    each = rate_ratios(
        np.arange(a[0], a[1] + 1)[:, None], people[0], np.arange(b[0], b[1] + 1), people[1], confidence=confidence
    ).interval
    assert interval.lower == pytest.approx(each.lower.min())
    assert interval.upper == pytest.approx(each.upper.max())


@examples(40)
@given(a=near(), b=near(), people=st.tuples(PEOPLE, PEOPLE), confidence=CONFIDENCE)
def test_the_difference_of_rounded_counts_is_the_union_over_every_pair_they_may_be(
    a: tuple[int, int], b: tuple[int, int], people: tuple[int, int], confidence: float
) -> None:
    interval = rate_difference_interval_with_rounding(*a, people[0], *b, people[1], per=1_000, confidence=confidence)
    each = rate_differences(
        np.arange(a[0], a[1] + 1)[:, None],
        people[0],
        np.arange(b[0], b[1] + 1),
        people[1],
        per=1_000,
        confidence=confidence,
    ).interval
    assert interval.lower == pytest.approx(each.lower.min())
    assert interval.upper == pytest.approx(each.upper.max())


@st.composite
def rounded_part(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Bounds of a part and a whole, both rounded: at least one pair of them is a part of a whole of somebody."""
    most = draw(st.integers(1, 60))
    fewest = draw(st.integers(max(0, most - 4), most))
    smallest = draw(st.integers(0, most))
    return smallest, smallest + draw(st.integers(0, 4)), fewest, most


def _pairs(bounds: tuple[int, int, int, int]) -> tuple[list[int], list[int]]:
    smallest, largest, fewest, most = bounds
    whole_and_part = [
        (part, whole) for whole in range(max(1, fewest), most + 1) for part in range(smallest, min(largest, whole) + 1)
    ]
    parts, wholes = zip(*whole_and_part, strict=True)
    return list(parts), list(wholes)


@examples(60)
@given(bounds=rounded_part())
def test_the_interval_of_a_rounded_part_of_a_rounded_whole_is_the_union_over_every_pair(
    bounds: tuple[int, int, int, int],
) -> None:
    interval = proportion_interval_with_rounding(*bounds)
    each = proportions(*_pairs(bounds)).interval
    assert interval.lower == pytest.approx(each.lower.min())
    assert interval.upper == pytest.approx(each.upper.max())


@examples(60)
@given(a=rounded_part(), b=rounded_part())
def test_the_ratio_of_rounded_proportions_is_the_union_over_all_that_they_may_be(
    a: tuple[int, int, int, int], b: tuple[int, int, int, int]
) -> None:
    interval = proportion_ratio_interval_with_rounding(a, b)
    (parts_a, wholes_a), (parts_b, wholes_b) = _pairs(a), _pairs(b)
    each = proportion_ratios(np.array(parts_a)[:, None], np.array(wholes_a)[:, None], parts_b, wholes_b).interval
    assert interval.lower == pytest.approx(each.lower.min())
    assert interval.upper == pytest.approx(each.upper.max())


@examples(60)
@given(a=rounded_part(), b=rounded_part())
def test_the_difference_of_rounded_proportions_is_the_union_over_all_that_they_may_be(
    a: tuple[int, int, int, int], b: tuple[int, int, int, int]
) -> None:
    interval = proportion_difference_interval_with_rounding(a, b)
    (parts_a, wholes_a), (parts_b, wholes_b) = _pairs(a), _pairs(b)
    each = proportion_differences(np.array(parts_a)[:, None], np.array(wholes_a)[:, None], parts_b, wholes_b).interval
    assert interval.lower == pytest.approx(each.lower.min())
    assert interval.upper == pytest.approx(each.upper.max())
