"""Gaps against a reference: equal to plain Python, and what must hold of them whatever the counts."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_gaps import plain_crude_gaps, plain_standardised_gaps

from evenhand.stats.differences import proportion_difference, rate_difference
from evenhand.stats.estimates import Estimates
from evenhand.stats.excess import excess_events, excess_events_by_strata
from evenhand.stats.gaps import Gaps, proportion_gaps, rate_gaps
from evenhand.stats.ratios import proportion_ratio, rate_ratio
from evenhand.stats.references import ALL_OTHERS, POPULATION_AVERAGE, Reference, reference_group
from evenhand.stats.standardised_gaps import standardised_rate_gaps

NAMES = ("White British", "Black", "Asian", "Mixed", "Other")
SMALL = st.integers(0, 12) | st.integers(0, 5_000)
MEASURES = ("difference", "ratio", "excess")


@st.composite
def counts(draw: st.DrawFn, size: int, *, proportion: bool) -> tuple[list[int], list[int]]:
    population = draw(st.lists(st.just(0) | SMALL, min_size=size, max_size=size))
    events = [draw(st.integers(0, people)) if proportion else (draw(SMALL) if people else 0) for people in population]
    return events, population


@st.composite
def references(draw: st.DrawFn, groups: int) -> Reference:
    named = st.sampled_from(NAMES[:groups]).map(reference_group)
    return draw(st.sampled_from([ALL_OTHERS, POPULATION_AVERAGE]) | named)


def _limits(estimates: Estimates, place: tuple[int, ...]) -> list[float]:
    columns = (estimates.interval.lower, estimates.value, estimates.interval.upper)
    return [float(column[place]) for column in columns]


def _hold_equal(gaps: Gaps, place: tuple[int, ...], plain: dict[str, Any]) -> None:
    for measure in MEASURES:
        np.testing.assert_allclose(
            _limits(getattr(gaps, measure), place), plain[measure], rtol=1e-9, atol=1e-9, err_msg=measure
        )


@pytest.mark.parametrize(
    ("many", "difference", "ratio", "proportion"),
    [
        (rate_gaps, lambda *counts: rate_difference(*counts, per=1), rate_ratio, False),
        (proportion_gaps, proportion_difference, proportion_ratio, True),
    ],
    ids=["rates", "proportions"],
)
@examples(60)
@given(data=st.data(), groups=st.integers(1, 4), settings=st.integers(1, 2))
def test_crude_gaps_agree_with_plain_python(
    many: Callable[..., Gaps],
    difference: Callable[..., Any],
    ratio: Callable[..., Any],
    proportion: bool,
    data: st.DataObject,
    groups: int,
    settings: int,
) -> None:
    drawn = [data.draw(counts(groups, proportion=proportion)) for _ in range(settings)]
    reference, names = data.draw(references(groups)), NAMES[:groups]
    per = {} if proportion else {"per": 1}
    x, n = ([row[side] for row in drawn] for side in (0, 1))
    found = many(x, n, groups=names, reference=reference, **per)
    for setting in range(settings):
        for group in range(groups):
            plain = plain_crude_gaps(difference, ratio, x[setting], n[setting], group, reference, names)
            _hold_equal(found, (setting, group), plain)


@examples(80)
@given(data=st.data(), groups=st.integers(1, 4), strata=st.integers(1, 3))
def test_standardised_gaps_agree_with_plain_python(data: st.DataObject, groups: int, strata: int) -> None:
    drawn = [data.draw(counts(strata, proportion=False)) for _ in range(groups)]
    reference, names = data.draw(references(groups)), NAMES[:groups]
    standard = data.draw(st.lists(st.integers(1, 1_000), min_size=strata, max_size=strata))
    x, n = ([row[side] for row in drawn] for side in (0, 1))
    found = standardised_rate_gaps(x, n, standard, groups=names, reference=reference, per=1)
    for group in range(groups):
        _hold_equal(found, (group,), plain_standardised_gaps(x, n, standard, group, reference, names))


@examples(20)
@given(data=st.data())
def test_settings_in_one_call_are_those_in_calls_of_their_own(data: st.DataObject) -> None:
    drawn = [[data.draw(counts(2, proportion=False)) for _ in range(3)] for _ in range(2)]
    x, n = (np.array([[group[side] for group in setting] for setting in drawn]) for side in (0, 1))
    reference = data.draw(references(3))
    together = standardised_rate_gaps(x, n, [1, 2], groups=NAMES[:3], reference=reference)
    for setting in range(2):
        alone = standardised_rate_gaps(x[setting], n[setting], [1, 2], groups=NAMES[:3], reference=reference)
        for measure in MEASURES:
            one, many = getattr(alone, measure), getattr(together, measure)
            for field in fields(Estimates):
                if field.name in ("value", "numerator", "denominator", "status"):
                    np.testing.assert_array_equal(getattr(one, field.name), getattr(many, field.name)[setting])


@examples(60)
@given(data=st.data(), groups=st.integers(2, 5))
def test_the_average_and_all_others_agree_on_the_sign(data: st.DataObject, groups: int) -> None:
    x, n = data.draw(counts(groups, proportion=False))
    others, average = (
        rate_gaps(x, n, groups=NAMES[:groups], reference=reference) for reference in (ALL_OTHERS, POPULATION_AVERAGE)
    )
    for measure, level in (("difference", 0.0), ("ratio", 1.0), ("excess", 0.0)):
        one, other = getattr(others, measure), getattr(average, measure)
        for first, second in (
            (one.value, other.value),
            (one.interval.lower, other.interval.lower),
            (one.interval.upper, other.interval.upper),
        ):
            # 1/(π + (1 - π)/1) is 1 but for rounding.
            distances = np.nan_to_num(first - level), np.nan_to_num(second - level)
            apart = np.abs(distances[0]) > 1e-9
            assert (np.sign(distances[0])[apart] * np.sign(distances[1])[apart] >= 0).all()
        assert np.array_equal(one.status, other.status)


@examples(40)
@given(data=st.data(), groups=st.integers(2, 5))
def test_excess_events_over_the_average_add_up_to_none(data: st.DataObject, groups: int) -> None:
    population = data.draw(st.lists(st.integers(1, 5_000), min_size=groups, max_size=groups))
    events = data.draw(st.lists(SMALL, min_size=groups, max_size=groups))
    gaps = rate_gaps(events, population, groups=NAMES[:groups], reference=POPULATION_AVERAGE)
    assert gaps.excess.value.sum() == pytest.approx(0, abs=1e-6)


@examples(40)
@given(
    risks=st.lists(st.integers(0, 30), min_size=3, max_size=3),
    people=st.lists(st.lists(st.integers(0, 500), min_size=3, max_size=3), min_size=3, max_size=3),
    reference=references(3),
)
def test_equal_risk_in_every_stratum_is_no_gap_also_where_a_group_has_nobody(
    risks: list[int], people: list[list[int]], reference: Reference
) -> None:
    population = np.array(people) * 1_000
    events = np.array(people) * np.array(risks)
    gaps = standardised_rate_gaps(events, population, [5, 3, 2], groups=NAMES[:3], reference=reference)
    given_value = ~np.isnan(gaps.difference.value)
    np.testing.assert_allclose(gaps.difference.value[given_value], 0, atol=1e-6)
    np.testing.assert_allclose(gaps.excess.value[given_value], 0, atol=1e-6)
    np.testing.assert_allclose(gaps.ratio.value[~np.isnan(gaps.ratio.value)], 1)


@examples(40)
@given(data=st.data(), reference=references(3), confidence=st.floats(0.5, 0.98))
def test_more_confidence_is_a_wider_gap_of_the_same_size(
    data: st.DataObject, reference: Reference, confidence: float
) -> None:
    drawn = [data.draw(counts(2, proportion=False)) for _ in range(3)]
    x, n = ([row[side] for row in drawn] for side in (0, 1))
    narrow, wide = (
        standardised_rate_gaps(x, n, [1, 2], groups=NAMES[:3], reference=reference, confidence=level)
        for level in (confidence, (1 + confidence) / 2)
    )
    for measure in MEASURES:
        one, other = getattr(narrow, measure), getattr(wide, measure)
        some = ~np.isnan(one.interval.lower)
        assert (other.interval.lower[some] <= one.interval.lower[some] + 1e-9).all()
        assert (other.interval.upper[some] >= one.interval.upper[some] - 1e-9).all()
        inside = some & ~np.isnan(one.value)
        assert (one.interval.lower[inside] <= one.value[inside] + 1e-9).all()
        assert (one.value[inside] <= one.interval.upper[inside] + 1e-9).all()


@examples(40)
@given(data=st.data())
def test_swapping_two_groups_inverts_the_ratio_and_turns_the_difference(data: st.DataObject) -> None:
    drawn = [data.draw(counts(2, proportion=False)) for _ in range(2)]
    x, n = ([row[side] for row in drawn] for side in (0, 1))
    gaps = standardised_rate_gaps(x, n, [1, 2], groups=NAMES[:2], reference=ALL_OTHERS)
    with np.errstate(divide="ignore"):
        inverted = [1 / gaps.ratio.interval.upper[1], 1 / gaps.ratio.interval.lower[1]]
    some = gaps.difference.status == 0
    if some.all():
        np.testing.assert_allclose([gaps.ratio.interval.lower[0], gaps.ratio.interval.upper[0]], inverted)
        np.testing.assert_allclose(gaps.difference.interval.lower[0], -gaps.difference.interval.upper[1])


@examples(60)
@given(data=st.data(), reference=references(3))
def test_where_anybody_had_an_event_there_is_a_gap_with_an_interval(data: st.DataObject, reference: Reference) -> None:
    population = data.draw(st.lists(st.integers(1, 5_000), min_size=6, max_size=6))
    events = np.array(data.draw(st.lists(SMALL, min_size=6, max_size=6))).reshape(3, 2)
    gaps = standardised_rate_gaps(events, np.reshape(population, (3, 2)), [1, 2], groups=NAMES[:3], reference=reference)
    own = np.array([name == reference.group for name in NAMES[:3]])
    for measure in MEASURES:
        estimates = getattr(gaps, measure)
        assert not np.isnan(estimates.interval.lower[~own]).any()
        assert not np.isnan(estimates.interval.upper[~own]).any()
    assert not np.isnan(gaps.difference.value).any()
    some = (gaps.ratio.numerator > 0) | (gaps.ratio.denominator > 0)
    assert not np.isnan(gaps.ratio.value[some]).any()


@examples(40)
@given(data=st.data())
def test_excess_by_one_stratum_is_the_crude_excess_but_for_exact_limits_in_the_place_of_byars(
    data: st.DataObject,
) -> None:
    (x, b), (n, m) = data.draw(st.tuples(st.tuples(SMALL, SMALL), st.tuples(*[st.integers(1, 5_000)] * 2)))
    crude = excess_events(x, n, b, m)
    strata = excess_events_by_strata([x], [n], [b], [m])
    assert strata.value == pytest.approx(float(crude.value), abs=1e-9)
    width = float(crude.interval.upper - crude.interval.lower)
    assert float(strata.interval.lower) == pytest.approx(float(crude.interval.lower), abs=0.01 * width)
    assert float(strata.interval.upper) == pytest.approx(float(crude.interval.upper), abs=0.01 * width)
