"""Gaps of rounded counts: the union over everything that the published counts may have been."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples

from evenhand.stats.gaps import Gaps, proportion_gaps, rate_gaps
from evenhand.stats.references import ALL_OTHERS, POPULATION_AVERAGE, Reference, reference_group
from evenhand.stats.rounded_gaps import RoundedGaps, proportion_gaps_with_rounding, rate_gaps_with_rounding

NAMES = ("White", "Black", "Asian")
MEASURES = ("difference", "ratio", "excess")
REFERENCES = st.sampled_from([ALL_OTHERS, POPULATION_AVERAGE, reference_group("White")])
Bounds = list[tuple[int, int]]


@st.composite
def bounds(draw: st.DrawFn, *, most: int) -> Bounds:
    """Of each of three groups the smallest and the largest count."""
    smallest = [draw(st.integers(0, most)) for _ in NAMES]
    return [(each, each + draw(st.integers(0, 2))) for each in smallest]


def every(of: Bounds) -> np.ndarray:
    """Every table of three counts within its bounds."""
    return np.array(list(product(*(range(low, high + 1) for low, high in of))))


def _check(rounded: RoundedGaps, each: Gaps, *, exact: bool) -> None:
    own = np.array([rounded.reference.group == name for name in NAMES])
    for measure in MEASURES:
        union, intervals = getattr(rounded, measure), getattr(each, measure).interval
        assert np.isnan(union.lower[own]).all()
        lower, upper = intervals.lower[:, ~own].min(axis=0), intervals.upper[:, ~own].max(axis=0)
        if exact:
            np.testing.assert_allclose(union.lower[~own], lower, rtol=1e-9, atol=1e-9, err_msg=measure)
            np.testing.assert_allclose(union.upper[~own], upper, rtol=1e-9, atol=1e-9, err_msg=measure)
        assert (union.lower[~own] <= lower + 1e-9 * (1 + np.abs(lower))).all()
        assert (union.upper[~own] >= upper - 1e-9 * (1 + np.abs(np.where(np.isinf(upper), 0, upper)))).all()


@examples(40)
@given(counts=bounds(most=40), people=st.lists(st.integers(50, 5_000), min_size=3, max_size=3), reference=REFERENCES)
def test_gaps_of_rounded_rates_are_the_union_over_every_table_they_may_be(
    counts: Bounds, people: list[int], reference: Reference
) -> None:
    low, high = zip(*counts, strict=True)
    rounded = rate_gaps_with_rounding(low, high, people, groups=NAMES, reference=reference, per=1_000)
    each = rate_gaps(every(counts), people, groups=NAMES, reference=reference, per=1_000)
    _check(rounded, each, exact=True)


@examples(20)
@given(counts=bounds(most=40), margin=st.integers(1, 2), reference=REFERENCES)
def test_where_populations_are_rounded_too_the_interval_holds_that_of_every_table(
    counts: Bounds, margin: int, reference: Reference
) -> None:
    people = [60, 90, 300]
    low, high = zip(*counts, strict=True)
    rounded = rate_gaps_with_rounding(
        low, high, people, population_margin=margin, groups=NAMES, reference=reference, per=1_000
    )
    for populations in product(*((each - margin, each, each + margin) for each in people)):
        each = rate_gaps(every(counts), populations, groups=NAMES, reference=reference, per=1_000)
        _check(rounded, each, exact=False)


@examples(40)
@given(counts=bounds(most=40), rest=st.lists(st.integers(2, 60), min_size=3, max_size=3), reference=REFERENCES)
def test_gaps_of_rounded_parts_are_the_union_over_every_table_they_may_be(
    counts: Bounds, rest: list[int], reference: Reference
) -> None:
    low, high = zip(*counts, strict=True)
    wholes = [largest + more for largest, more in zip(high, rest, strict=True)]
    rounded = proportion_gaps_with_rounding(low, high, wholes, wholes, groups=NAMES, reference=reference)
    _check(rounded, proportion_gaps(every(counts), wholes, groups=NAMES, reference=reference), exact=True)


@examples(20)
@given(counts=bounds(most=20), rest=st.lists(st.integers(2, 60), min_size=3, max_size=3), reference=REFERENCES)
def test_where_wholes_are_rounded_too_the_interval_holds_that_of_every_table(
    counts: Bounds, rest: list[int], reference: Reference
) -> None:
    low, high = zip(*counts, strict=True)
    fewest = [largest + more for largest, more in zip(high, rest, strict=True)]
    most = [each + 2 for each in fewest]
    rounded = proportion_gaps_with_rounding(low, high, fewest, most, groups=NAMES, reference=reference)
    for wholes in product(*((each, each + 1, each + 2) for each in fewest)):
        each = proportion_gaps(every(counts), wholes, groups=NAMES, reference=reference)
        _check(rounded, each, exact=False)


@pytest.mark.parametrize("reference", [ALL_OTHERS, POPULATION_AVERAGE, reference_group("White")])
def test_a_group_without_a_population_has_no_gap_and_is_nobody_to_the_others(reference: Reference) -> None:
    rounded = rate_gaps_with_rounding([10, 5, 0], [10, 5, 0], [100, 100, 0], groups=NAMES, reference=reference)
    assert np.isnan(rounded.ratio.lower[2])
    assert not np.isnan(rounded.ratio.lower[1])
