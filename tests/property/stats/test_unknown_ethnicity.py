"""The bounds hold whatever the unknown are, and are reached; what is shared out adds up to what there was."""

from collections.abc import Callable
from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_unknown_ethnicity import (
    gap,
    shared_out_as_the_known,
    shared_out_as_the_population,
    union,
    ways_of_proportions,
    ways_of_rates,
)

from evenhand.stats.differences import proportion_difference, rate_difference
from evenhand.stats.estimates import Estimate
from evenhand.stats.proportions import proportion, proportions
from evenhand.stats.rates import crude_rate, crude_rates
from evenhand.stats.ratios import proportion_ratio, rate_ratio
from evenhand.stats.references import ALL_OTHERS, POPULATION_AVERAGE, Reference, ReferenceKind, reference_group
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

REFERENCES = [reference_group("White British"), ALL_OTHERS, POPULATION_AVERAGE]
EVENTS = st.integers(0, 4) | st.integers(0, 60)
DAYS = st.integers(1, 6) | st.integers(1, 400)
CONFIDENCE = st.sampled_from([0.5, 0.95, 0.998])


@st.composite
def part_and_whole(draw: st.DrawFn, fewest: int = 1, most: int = 60) -> tuple[int, int]:
    whole = draw(st.integers(fewest, most))
    return draw(st.integers(0, whole)), whole


RATE = st.tuples(EVENTS, DAYS)
UNKNOWN_OF_RATES = st.tuples(st.integers(0, 3), st.just(0) | st.integers(0, 3))
UNKNOWN_OF_PROPORTIONS = part_and_whole(fewest=0, most=5)


@examples(80)
@given(group=RATE, unknown=UNKNOWN_OF_RATES, confidence=CONFIDENCE)
def test_the_bounds_of_a_rate_are_those_over_every_way_of_giving_out_the_unknown(
    group: tuple[int, int], unknown: tuple[int, int], confidence: float
) -> None:
    found = rates_with_unknown([group[0]], [group[1]], *unknown, confidence=confidence)
    ways = ways_of_rates(group, (0, 1), unknown, elsewhere=True)
    plain = union(crude_rate(way[0], way[1], confidence=confidence) for way in ways)
    ours = found.bounds.lower, found.bounds.upper, found.bounds_with_chance.lower, found.bounds_with_chance.upper
    np.testing.assert_allclose(np.ravel(ours), plain, rtol=1e-9)


@examples(80)
@given(group=part_and_whole(), unknown=UNKNOWN_OF_PROPORTIONS, confidence=CONFIDENCE)
def test_the_bounds_of_a_proportion_are_those_over_every_way_of_giving_out_the_unknown(
    group: tuple[int, int], unknown: tuple[int, int], confidence: float
) -> None:
    found = proportions_with_unknown([group[0]], [group[1]], *unknown, confidence=confidence)
    ways = ways_of_proportions(group, (0, 0), unknown, elsewhere=True)
    plain = union(proportion(way[0], way[1], confidence=confidence) for way in ways)
    ours = found.bounds.lower, found.bounds.upper, found.bounds_with_chance.lower, found.bounds_with_chance.upper
    np.testing.assert_allclose(np.ravel(ours), plain, rtol=1e-9, atol=1e-15)


def _hold(found: GapsWithUnknown, plain: tuple[float, float, float, float], *, exactly: bool) -> None:
    np.testing.assert_allclose(np.ravel([found.bounds.lower, found.bounds.upper]), plain[:2], rtol=1e-9, atol=1e-9)
    lower, upper = found.bounds_with_chance.lower[0], found.bounds_with_chance.upper[0]
    if exactly:
        np.testing.assert_allclose([lower, upper], plain[2:], rtol=1e-9, atol=1e-9)
    assert lower <= plain[2] + 1e-9 * abs(plain[2])
    assert upper >= plain[3] - 1e-9 * abs(plain[3]) or upper == plain[3]
    for sign, lower, upper in ((found.sign, *plain[:2]), (found.sign_with_chance, *plain[2:])):
        assert sign[0] == _sign(lower, upper, found.no_difference, given=not np.isnan(plain[0]))


def _sign(lower: float, upper: float, no_difference: float, *, given: bool) -> GapSign:
    if not given:
        return GapSign.NOT_GIVEN
    if lower > no_difference + 1e-9:
        return GapSign.HIGHER
    return GapSign.LOWER if upper < no_difference - 1e-9 else GapSign.UNDECIDED


@pytest.mark.parametrize("reference", REFERENCES, ids=str)
@pytest.mark.parametrize(
    ("many", "one"), [(rate_ratios_with_unknown, rate_ratio), (rate_differences_with_unknown, rate_difference)]
)
@examples(60)
@given(group=RATE, others=RATE, unknown=UNKNOWN_OF_RATES, confidence=CONFIDENCE)
def test_the_bounds_and_the_sign_of_a_gap_of_rates_are_those_over_every_way(
    many: Callable[..., GapsWithUnknown],
    one: Callable[..., Estimate],
    reference: Reference,
    group: tuple[int, int],
    others: tuple[int, int],
    unknown: tuple[int, int],
    confidence: float,
) -> None:
    found = many([group[0]], [group[1]], *others, *unknown, reference=reference, confidence=confidence)
    ways = ways_of_rates(group, others, unknown, elsewhere=reference.kind is ReferenceKind.GROUP)
    plain = union(gap(lambda *way: one(*way, confidence=confidence), way, reference.kind) for way in ways)
    _hold(found, plain, exactly=reference.kind is not ReferenceKind.POPULATION_AVERAGE or unknown[1] == 0)


@pytest.mark.parametrize("reference", REFERENCES, ids=str)
@pytest.mark.parametrize(
    ("many", "one"),
    [
        (proportion_ratios_with_unknown, proportion_ratio),
        (proportion_differences_with_unknown, proportion_difference),
    ],
)
@examples(60)
@given(group=part_and_whole(), others=part_and_whole(), unknown=UNKNOWN_OF_PROPORTIONS, confidence=CONFIDENCE)
def test_the_bounds_and_the_sign_of_a_gap_of_proportions_are_those_over_every_way(
    many: Callable[..., GapsWithUnknown],
    one: Callable[..., Estimate],
    reference: Reference,
    group: tuple[int, int],
    others: tuple[int, int],
    unknown: tuple[int, int],
    confidence: float,
) -> None:
    found = many([group[0]], [group[1]], *others, *unknown, reference=reference, confidence=confidence)
    ways = ways_of_proportions(group, others, unknown, elsewhere=reference.kind is ReferenceKind.GROUP)
    plain = union(gap(lambda *way: one(*way, confidence=confidence), way, reference.kind) for way in ways)
    _hold(found, plain, exactly=reference.kind is not ReferenceKind.POPULATION_AVERAGE or unknown[1] == 0)


def _groups(size: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    return st.lists(part_and_whole(), min_size=size, max_size=size)


@examples(80)
@given(groups=_groups(3), unknown=UNKNOWN_OF_RATES)
def test_events_shared_out_over_rates_are_those_of_the_plain_twin_and_none_is_lost(
    groups: list[tuple[int, int]], unknown: tuple[int, int]
) -> None:
    events, people = (list(column) for column in zip(*groups, strict=True))
    events[0] += 1
    found = allocated_rates(events, people, *unknown, per=1)
    part, whole = shared_out_as_the_known(events, unknown[0]), shared_out_as_the_known(people, unknown[1])
    np.testing.assert_allclose(found.value, np.array(part) / whole, rtol=1e-9)
    of_recorded = crude_rates(events, people, per=1)
    same = of_recorded.value > 0
    by = (found.value / np.where(same, of_recorded.value, nan))[same]
    np.testing.assert_allclose(by, by[0], rtol=1e-9)
    np.testing.assert_allclose(found.interval.upper, of_recorded.interval.upper * by[0], rtol=1e-9)

    found = allocated_rates(events, people, *unknown, per=1, assumption=Assumption.AS_THE_POPULATION)
    part = shared_out_as_the_population(events, unknown[0], people)
    whole = shared_out_as_the_population(people, unknown[1], people)
    np.testing.assert_allclose(found.value, np.array(part) / whole, rtol=1e-9)
    for shared in (part, found.numerator):
        assert sum(shared) == pytest.approx(sum(events) + unknown[0])


@examples(80)
@given(groups=_groups(3), unknown=UNKNOWN_OF_PROPORTIONS)
def test_people_shared_out_over_proportions_are_those_of_the_plain_twin_and_none_is_lost(
    groups: list[tuple[int, int]], unknown: tuple[int, int]
) -> None:
    events, people = (list(column) for column in zip(*groups, strict=True))
    events[0], people[0] = events[0] + 1, people[0] + 2
    without = [whole - part for part, whole in zip(events, people, strict=True)]
    found = allocated_proportions(events, people, *unknown)
    part = np.array(shared_out_as_the_known(events, unknown[0]))
    others = np.array(shared_out_as_the_known(without, unknown[1] - unknown[0]))
    np.testing.assert_allclose(found.value, part / (part + others), rtol=1e-9)
    assert found.denominator.sum() == pytest.approx(sum(people) + unknown[1])
    lower, upper = found.interval.lower, found.interval.upper
    assert ((lower >= 0) & (lower <= found.value + 1e-12) & (found.value <= upper + 1e-12) & (upper <= 1 + 1e-12)).all()

    found = allocated_proportions(events, people, *unknown, assumption=Assumption.AS_THE_POPULATION)
    part = np.array(shared_out_as_the_population(events, unknown[0], people))
    whole = np.array(shared_out_as_the_population(people, unknown[1], people))
    np.testing.assert_allclose(found.value, part / whole, rtol=1e-9)


@given(groups=_groups(2))
def test_with_nobody_unknown_everything_is_as_recorded(groups: list[tuple[int, int]]) -> None:
    events, people = (list(column) for column in zip(*groups, strict=True))
    recorded = proportions(events, people)
    for assumption in Assumption:
        found = allocated_proportions(events, people, 0, 0, assumption=assumption)
        np.testing.assert_allclose(found.value, recorded.value, rtol=1e-12)
        np.testing.assert_allclose(found.interval.lower, recorded.interval.lower, rtol=1e-9, atol=1e-15)
        rates = allocated_rates(events, people, 0, assumption=assumption)
        np.testing.assert_allclose(rates.interval.upper, crude_rates(events, people).interval.upper, rtol=1e-9)
    bounds = proportions_with_unknown(events, people, 0, 0)
    for each in (bounds.lowest, bounds.highest, bounds.all_in_group):
        np.testing.assert_array_equal(each.value, recorded.value)
