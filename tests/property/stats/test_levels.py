"""Every level gives what its slow twin gives, row by row, with numbers missing, nobody and nothing among them."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_levels import (
    Figure,
    plain_life_expectancy,
    plain_mean,
    plain_quantiles,
    plain_standardised_ratio,
)

from evenhand.stats.estimates import Estimates
from evenhand.stats.indirect_standardisation import indirectly_standardised_rates, indirectly_standardised_ratios
from evenhand.stats.life_expectancy import life_expectancies
from evenhand.stats.means import means
from evenhand.stats.proportions import (
    ProportionMethod,
    clopper_pearson_interval,
    clopper_pearson_intervals,
    proportion,
    proportions,
)
from evenhand.stats.quantiles import QuantileOrder, quantiles
from evenhand.stats.rates import (
    RateMethod,
    byar_interval,
    count_intervals,
    crude_rate,
    crude_rates,
    exact_interval,
    exact_intervals,
)
from evenhand.stats.statuses import Status

CONFIDENCE = st.sampled_from([0.5, 0.9, 0.95, 0.998])
MISSING = st.just(nan)
COUNT = st.integers(0, 12).map(float) | st.integers(0, 100_000).map(float)
FRACTION = st.floats(0, 40) | st.floats(60_000, 80_000)


def _figures(found: Estimates) -> list[Figure]:
    return [(one.value, one.interval.lower, one.interval.upper, one.status) for one in found]


def _agree(ours: list[Figure], plain: list[Figure]) -> None:
    assert [figure[3] for figure in ours] == [figure[3] for figure in plain]
    np.testing.assert_allclose([figure[:3] for figure in ours], [figure[:3] for figure in plain], rtol=1e-9, atol=1e-12)


@examples(50)
@given(counts=st.lists(COUNT | FRACTION | MISSING, min_size=1, max_size=8), confidence=CONFIDENCE)
@pytest.mark.parametrize("method", RateMethod)
def test_the_limits_of_whole_missing_and_weighted_counts_are_those_of_each_alone(
    method: RateMethod, counts: list[float], confidence: float
) -> None:
    many = count_intervals(counts, method=method, confidence=confidence)
    alone = byar_interval if method is RateMethod.BYAR else exact_interval
    each = [alone(count, confidence=confidence) for count in counts]
    np.testing.assert_allclose(many.lower, [one.lower for one in each], rtol=1e-9)
    np.testing.assert_allclose(many.upper, [one.upper for one in each], rtol=1e-9)


def test_a_table_of_limits_serves_a_long_column_as_it_does_a_short_one() -> None:
    """Over several blocks, of which some hold a missing count, a fraction, or a count larger than any table."""
    counts = np.arange(200_000.0) % 37
    counts[[50_000, 50_001]] = nan, 3.5
    counts[[90_000, 150_000]] = nan, 1e6
    for method in RateMethod:
        many = count_intervals(counts, method=method)
        for place in (0, 36, 49_999, 50_000, 50_001, 50_002, 90_000, 90_001, 150_000, 150_001, 199_999):
            one = crude_rate(counts[place], 1, per=1, method=method).interval
            assert [many.lower[place], many.upper[place]] == pytest.approx(
                [one.lower, one.upper], rel=1e-9, nan_ok=True
            )


@examples(50)
@given(data=st.data(), confidence=CONFIDENCE)
@pytest.mark.parametrize("method", RateMethod)
def test_rates_agree_with_the_rate_of_one(method: RateMethod, data: st.DataObject, confidence: float) -> None:
    people = data.draw(st.lists(st.integers(0, 1_000_000) | MISSING, min_size=1, max_size=6))
    events = [data.draw(COUNT | MISSING) if n != 0 else data.draw(st.just(0.0) | MISSING) for n in people]
    many = crude_rates(events, people, confidence=confidence, method=method)
    each = [crude_rate(x, n, confidence=confidence, method=method) for x, n in zip(events, people, strict=True)]
    _agree(_figures(many), [(one.value, one.interval.lower, one.interval.upper, one.status) for one in each])
    assert many.method == each[0].method == method.value


@examples(50)
@given(data=st.data(), confidence=CONFIDENCE)
def test_clopper_pearsons_intervals_agree_with_that_of_one(data: st.DataObject, confidence: float) -> None:
    people = data.draw(st.lists(st.integers(0, 12) | st.integers(0, 50_000) | MISSING, min_size=1, max_size=6))
    events = [data.draw(MISSING | (COUNT if isnan(n) else st.integers(0, int(n)))) for n in people]
    method = ProportionMethod.CLOPPER_PEARSON
    many = proportions(events, people, confidence=confidence, method=method)
    each = [proportion(x, n, confidence=confidence, method=method) for x, n in zip(events, people, strict=True)]
    _agree(_figures(many), [(one.value, one.interval.lower, one.interval.upper, one.status) for one in each])
    assert many.method == each[0].method == "Clopper-Pearson"


@given(events=st.integers(0, 400), more=st.integers(0, 400), confidence=CONFIDENCE)
def test_clopper_pearsons_interval_of_those_without_mirrors_that_of_those_with(
    events: int, more: int, confidence: float
) -> None:
    with_it = clopper_pearson_interval(events, events + more + 1, confidence=confidence)
    without = clopper_pearson_interval(more + 1, events + more + 1, confidence=confidence)
    assert without.lower == pytest.approx(1 - with_it.upper, abs=1e-12)
    assert without.upper == pytest.approx(1 - with_it.lower, abs=1e-12)


def test_more_confidence_is_wider_for_exact_limits_too() -> None:
    counts, people = np.arange(60), np.full(60, 60)
    for intervals in (exact_intervals(counts), clopper_pearson_intervals(counts, people)):
        assert (np.diff(intervals.lower) > 0).all()
        assert (np.diff(intervals.upper) > 0).all()
    for at, more in ((0.5, 0.9), (0.9, 0.95), (0.95, 0.998)):
        narrow, wide = (exact_intervals(counts, confidence=confidence) for confidence in (at, more))
        assert (wide.upper > narrow.upper).all()
        assert (wide.lower[1:] < narrow.lower[1:]).all()


@examples(100)
@given(
    rows=st.lists(
        st.tuples(
            st.floats(-1e6, 1e6) | MISSING, st.integers(0, 3) | st.integers(0, 10_000) | MISSING, FRACTION | MISSING
        ),
        min_size=1,
        max_size=6,
    ),
    confidence=CONFIDENCE,
)
def test_means_agree_with_their_plain_twin(rows: list[tuple[float, float, float]], confidence: float) -> None:
    rows = [(0.0 if count == 0 else total, count, deviation) for total, count, deviation in rows]
    many = means(*map(np.array, zip(*rows, strict=True)), confidence=confidence)
    _agree(_figures(many), [plain_mean(*row, confidence) for row in rows])


AGES = [0, 1, 5, 20, 65]


@st.composite
def an_area(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    """Deaths and people of each band: half the areas as areas are, half with anything that may stand in the way."""
    people = st.integers(100, 50_000).map(float)
    deaths = st.integers(1, 90).map(float)
    if draw(st.booleans()):
        people = people | people | st.integers(0, 20).map(float) | MISSING
        deaths = deaths | deaths | st.just(0.0) | MISSING
    return [draw(deaths) for _ in AGES], [draw(people) for _ in AGES]


@examples(100)
@given(areas=st.lists(an_area(), min_size=1, max_size=4), confidence=CONFIDENCE)
def test_life_expectancies_agree_with_a_plain_life_table(
    areas: list[tuple[list[float], list[float]]], confidence: float
) -> None:
    deaths, people = (np.array([area[part] for area in areas]) for part in (0, 1))
    many = life_expectancies(deaths, people, AGES, confidence=confidence)
    for place, area in enumerate(areas):
        plain = plain_life_expectancy(*area, AGES, confidence)
        rows = zip(
            many.value[place], many.interval.lower[place], many.interval.upper[place], many.status[place], strict=True
        )
        _agree([(value, lower, upper, Status(status)) for value, lower, upper, status in rows], plain)


@examples(50)
@given(data=st.data(), ages=st.integers(1, 4), groups=st.integers(1, 4), confidence=CONFIDENCE)
def test_standardised_ratios_agree_with_their_plain_twin(
    data: st.DataObject, ages: int, groups: int, confidence: float
) -> None:
    people, risky, of_standard = st.integers(1, 1_000) | st.just(0), st.integers(1, 50), st.integers(50, 5_000)
    observed = COUNT
    if data.draw(st.booleans()):
        people, observed = people | MISSING, observed | MISSING
        risky, of_standard = risky | st.just(0) | MISSING, of_standard | st.just(0) | MISSING
    population = [[data.draw(people) for _ in range(ages)] for _ in range(groups)]
    events = [data.draw(observed) if any(row) else 0.0 for row in population]
    standard, of = [data.draw(risky) for _ in range(ages)], [data.draw(of_standard) for _ in range(ages)]
    for method in RateMethod:
        many = indirectly_standardised_ratios(
            events, population, standard, of, reference="all groups", confidence=confidence, method=method
        )
        rows = zip(events, population, strict=True)
        _agree(_figures(many), [plain_standardised_ratio(x, n, standard, of, confidence, method) for x, n in rows])
        rates = indirectly_standardised_rates(
            events, population, standard, of, reference="all groups", per=1, confidence=confidence, method=method
        )
        crude = sum(standard) / sum(of) if sum(of) > 0 else nan
        np.testing.assert_allclose(rates.value, many.value * crude, rtol=1e-9)
        np.testing.assert_allclose(rates.interval.upper, many.interval.upper * crude, rtol=1e-9)


def test_the_ratio_of_the_standard_to_itself_is_one() -> None:
    events, people = np.array([3.0, 20.0, 90.0]), np.array([1_000.0, 2_000.0, 3_000.0])
    ratio = indirectly_standardised_ratios([events.sum()], [people], events, people, reference="itself")
    assert ratio.value == pytest.approx([1])


VALUES = st.sampled_from([-2.5, 0.0, 1.0, 1.5, 2.0, 7.0]) | st.floats(-1e6, 1e6) | MISSING


@examples(100)
@given(
    areas=st.lists(st.tuples(VALUES, st.sampled_from("NS")), max_size=30),
    number=st.integers(2, 12),
    order=st.sampled_from(QuantileOrder),
)
def test_quantiles_agree_with_their_plain_twin(
    areas: list[tuple[float, str]], number: int, order: QuantileOrder
) -> None:
    values, places = [area[0] for area in areas], [area[1] for area in areas]
    found = quantiles(values, number, within=places, order=order)
    plain = plain_quantiles(values, number, places, highest_first=order is QuantileOrder.HIGHEST_FIRST)
    assert list(found) == plain
    for place, quantile in enumerate(plain):
        reason = Status.MISSING_INPUT if isnan(values[place]) else Status.TOO_FEW_GROUPS
        assert found.status[place] == (Status.GIVEN if quantile else reason)


@given(size=st.integers(2, 200), number=st.integers(2, 12), seed=st.integers(0, 9))
def test_without_ties_quantiles_rise_with_the_values_and_hold_as_many_each(size: int, number: int, seed: int) -> None:
    values = np.random.default_rng(seed).permutation(size)
    found = quantiles(values, number).quantile
    if size < number:
        assert not found.any()
        return
    assert (np.diff(found[np.argsort(values)]) >= 0).all()
    held = np.bincount(found, minlength=number + 1)[1:]
    assert held.max() - held.min() <= 1
    assert len(held) == number
