"""Claims by nested intervals are Benjamini and Hochberg's on p-values, and are seldom wrong."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_multiplicity import adjusted, how_many_claimed, p_value
from tests.property.stats.sixteen_groups import (
    drawn_events,
    error_rates,
    leaves_out_one,
    ratio_intervals_at,
)

from evenhand.stats.intervals import IntervalArray
from evenhand.stats.multiplicity import adjusted_p_values, claims
from evenhand.stats.ratios import rate_ratio, rate_ratios

P_VALUES = st.floats(0, 1) | st.sampled_from([0.0, 0.01, 0.02, 0.03, 0.05, 1.0, nan])
GROUPS = st.lists(st.tuples(st.integers(0, 80), st.integers(20, 400)), min_size=1, max_size=6)


@examples(100)
@given(
    st.integers(1, 9).flatmap(lambda g: st.lists(st.lists(P_VALUES, min_size=g, max_size=g), min_size=1, max_size=4))
)
def test_adjusted_p_values_of_many_families_are_those_of_each(families: list[list[float]]) -> None:
    np.testing.assert_allclose(adjusted_p_values(families), [adjusted(family) for family in families], rtol=1e-12)


@examples(30)
@given(groups=GROUPS, reference=st.integers(5, 200), rate=st.sampled_from([0.01, 0.05, 0.2]))
def test_claims_by_intervals_are_those_of_p_values_found_by_inverting_them(
    groups: list[tuple[int, int]], reference: int, rate: float
) -> None:
    p_values = [
        p_value(lambda c, g=group: rate_ratio(*g, reference, 200, confidence=c).interval, 1) for group in groups
    ]
    m = len(groups)
    # where a p-value stands on a threshold, either answer is right
    assume(all(abs(p - k * rate / m) > 1e-9 for p in p_values for k in range(1, m + 1)))
    events, people = np.array(groups, dtype=float).T
    found = claims(
        lambda c: rate_ratios(events, people, reference, 200, confidence=c).interval,
        no_difference=1,
        false_discovery_rate=rate,
    )
    k = how_many_claimed(p_values, rate)
    threshold = k * rate / m
    higher = [events_ / people_ > reference / 200 for events_, people_ in groups]
    expected = [(1 if above else -1) if p <= threshold else 0 for p, above in zip(p_values, higher, strict=True)]
    assert found.claim.tolist() == expected
    assert found.family == m
    assert found.confidence == pytest.approx(1 - max(k, 1) * rate / m)
    adjusted_say = adjusted_p_values(p_values) <= rate
    assert (found.claim != 0).tolist() == adjusted_say.tolist()


@examples(60)
@given(data=st.data(), groups=st.integers(1, 7), settings=st.integers(1, 5))
def test_each_setting_is_its_own_family_and_missing_groups_are_in_none(
    data: st.DataObject, groups: int, settings: int
) -> None:
    scores = st.floats(-5, 5) | st.just(nan)
    z = np.array(
        data.draw(st.lists(st.lists(scores, min_size=groups, max_size=groups), min_size=settings, max_size=settings))
    )

    def around(values: np.ndarray, confidence: float) -> IntervalArray:
        margin = -3 * np.log(1 - confidence) / 2  # any widths that nest will do
        return IntervalArray(values - margin, values + margin)

    together = claims(lambda c: around(z, c), no_difference=0)
    for row, claim in zip(z, together.claim, strict=True):
        known = row[~np.isnan(row)]
        alone = claims(lambda c, k=known: around(k, c), no_difference=0)
        assert claim[~np.isnan(row)].tolist() == alone.claim.tolist()
        assert not claim[np.isnan(row)].any()
    assert together.family.tolist() == [sum(not isnan(value) for value in row) for row in z.tolist()]


def test_of_claims_among_sixteen_groups_two_in_a_hundred_are_false() -> None:
    events, reference = drawn_events()
    benjamini_hochberg = claims(lambda c: ratio_intervals_at(c, events, reference), no_difference=1).claim != 0
    each_alone = leaves_out_one(ratio_intervals_at(0.95, events, reference))
    bonferroni = leaves_out_one(ratio_intervals_at(1 - 0.05 / 16, events, reference))

    ours, alone, strict = (error_rates(each) for each in (benjamini_hochberg, each_alone, bonferroni))
    assert ours.false_share == pytest.approx(0.020, abs=0.005)  # under 0.05 · 11/16, the bound for 11 true nulls
    assert ours.any_false == pytest.approx(0.048, abs=0.01)
    assert ours.power == pytest.approx(0.244, abs=0.01)
    assert alone.false_share == pytest.approx(0.115, abs=0.01)
    assert alone.any_false == pytest.approx(0.298, abs=0.02)
    assert alone.power == pytest.approx(0.434, abs=0.01)
    assert strict.any_false < 0.05
    assert strict.power < ours.power


@pytest.mark.parametrize("reference", [20, 200, 2_000])
def test_where_nothing_differs_at_all_one_table_in_twenty_at_most_makes_a_claim(reference: int) -> None:
    """Whether all groups share the noise of a small reference or hardly any: two to four tables in a hundred."""
    random = np.random.default_rng(3)
    expected = np.geomspace(5, 300, 16)
    events, compared = random.poisson(expected, (4_000, 16)), random.poisson(reference, (4_000, 1))
    found = claims(lambda c: rate_ratios(events, expected, compared, reference, confidence=c).interval, no_difference=1)
    assert 0.015 < (found.claim != 0).any(axis=1).mean() < 0.045
