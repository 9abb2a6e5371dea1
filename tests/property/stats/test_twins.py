"""Every vectorised function gives what its slow scalar twin gives, place by place, zeros and empty groups included."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_standardisation import plain_rate_of_repeated_events

from evenhand.stats.differences import (
    proportion_difference,
    proportion_differences,
    rate_difference,
    rate_differences,
)
from evenhand.stats.intervals import Interval, IntervalArray
from evenhand.stats.proportions import proportion, proportions, wilson_interval, wilson_intervals
from evenhand.stats.rates import byar_interval, byar_intervals, crude_rate, crude_rates
from evenhand.stats.ratios import (
    proportion_ratio,
    proportion_ratios,
    published_rate_ratio,
    published_rate_ratios,
    rate_ratio,
    rate_ratios,
)
from evenhand.stats.repeated_events import rate_of_repeated_events, rates_of_repeated_events
from evenhand.stats.rounded_counts import (
    proportion_difference_interval_with_rounding,
    proportion_difference_intervals_with_rounding,
    proportion_interval_with_rounding,
    proportion_intervals_with_rounding,
    proportion_ratio_interval_with_rounding,
    proportion_ratio_intervals_with_rounding,
    rate_difference_interval_with_rounding,
    rate_difference_intervals_with_rounding,
    rate_interval_with_rounding,
    rate_intervals_with_rounding,
    rate_ratio_interval_with_rounding,
    rate_ratio_intervals_with_rounding,
)
from evenhand.stats.standardisation import (
    StandardisedMethod,
    directly_standardised_rate,
    directly_standardised_rates,
)

SMALL = st.integers(0, 12) | st.integers(0, 100_000)
CONFIDENCE = st.sampled_from([0.5, 0.9, 0.95, 0.998])
MISSING = st.sampled_from([(np.nan, 5.0), (0.0, np.nan), (np.nan, 0.0)])


@st.composite
def rate_counts(draw: st.DrawFn) -> tuple[float, float]:
    """Events, and a population that is 0 only where there are none; events may outnumber people."""
    population = draw(st.just(0) | st.integers(1, 1_000_000))
    return (draw(SMALL) if population else 0), population


@st.composite
def proportion_counts(draw: st.DrawFn) -> tuple[float, float]:
    population = draw(SMALL)
    return draw(st.just(population) | st.integers(0, population)), population


@st.composite
def rounded_rate_counts(draw: st.DrawFn) -> tuple[float, float, float]:
    largest, population = draw(rate_counts())
    return draw(st.integers(0, int(largest))), largest, population


@st.composite
def rounded_proportion_counts(draw: st.DrawFn) -> tuple[float, float, float, float]:
    most = draw(SMALL)
    fewest = draw(st.integers(0, most))
    smallest = draw(st.integers(0, most))
    return smallest, smallest + draw(st.integers(0, 4)), fewest, most


@st.composite
def published_rates(draw: st.DrawFn) -> tuple[float, float]:
    return draw(st.just(0.0) | st.floats(0.1, 1_000)), draw(st.floats(0, 50))


def pairs(one: st.SearchStrategy[tuple[float, ...]]) -> st.SearchStrategy[tuple[float, ...]]:
    return st.tuples(one, one).map(lambda two: two[0] + two[1])


def _figures(result: Any, *, place: int | None = None) -> list[float]:
    """The value, where there is one, and the limits: of a scalar result, or of one place of an array result."""
    interval = result if isinstance(result, Interval | IntervalArray) else result.interval
    figures = [interval.lower, interval.upper]
    if interval is not result:
        figures.append(result.value)
    return [float(figure if place is None else figure[place]) for figure in figures]


@pytest.mark.parametrize(
    ("one", "many", "arguments"),
    [
        (wilson_interval, wilson_intervals, proportion_counts()),
        (proportion, proportions, proportion_counts()),
        (byar_interval, byar_intervals, st.tuples(SMALL)),
        (crude_rate, crude_rates, rate_counts()),
        (rate_ratio, rate_ratios, pairs(rate_counts())),
        (proportion_ratio, proportion_ratios, pairs(proportion_counts())),
        (published_rate_ratio, published_rate_ratios, pairs(published_rates())),
        (rate_difference, rate_differences, pairs(rate_counts())),
        (proportion_difference, proportion_differences, pairs(proportion_counts())),
        (rate_interval_with_rounding, rate_intervals_with_rounding, rounded_rate_counts()),
        (rate_ratio_interval_with_rounding, rate_ratio_intervals_with_rounding, pairs(rounded_rate_counts())),
        (rate_difference_interval_with_rounding, rate_difference_intervals_with_rounding, pairs(rounded_rate_counts())),
        (proportion_interval_with_rounding, proportion_intervals_with_rounding, rounded_proportion_counts()),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
@examples(50)
@given(data=st.data())
def test_the_vectorised_function_agrees_with_its_scalar_twin(
    one: Callable[..., Any],
    many: Callable[..., Any],
    arguments: st.SearchStrategy[tuple[float, ...]],
    data: st.DataObject,
) -> None:
    rows = data.draw(st.lists(arguments, min_size=1, max_size=6))
    confidence = data.draw(CONFIDENCE)
    results = many(*map(np.array, zip(*rows, strict=True)), confidence=confidence)
    for place, row in enumerate(rows):
        np.testing.assert_allclose(
            _figures(results, place=place), _figures(one(*row, confidence=confidence)), rtol=1e-9, atol=1e-15
        )


@pytest.mark.parametrize(
    ("one", "many"),
    [
        (proportion_ratio_interval_with_rounding, proportion_ratio_intervals_with_rounding),
        (proportion_difference_interval_with_rounding, proportion_difference_intervals_with_rounding),
    ],
    ids=["ratio", "difference"],
)
@examples(50)
@given(rows=st.lists(st.tuples(rounded_proportion_counts(), rounded_proportion_counts()), min_size=1, max_size=6))
def test_the_rounded_gaps_of_proportions_agree_with_their_scalar_twin(
    one: Callable[..., Interval],
    many: Callable[..., IntervalArray],
    rows: list[tuple[tuple[float, float, float, float], tuple[float, float, float, float]]],
) -> None:
    bounds_a, bounds_b = (
        tuple(np.array(column) for column in zip(*side, strict=True)) for side in zip(*rows, strict=True)
    )
    results = many(bounds_a, bounds_b)
    for place, (a, b) in enumerate(rows):
        np.testing.assert_allclose(_figures(results, place=place), _figures(one(a, b)), rtol=1e-9, atol=1e-15)


@examples(60)
@given(
    data=st.data(),
    strata=st.integers(1, 5),
    groups=st.integers(1, 4),
    method=st.sampled_from(StandardisedMethod),
    confidence=CONFIDENCE,
)
def test_the_standardised_rates_agree_with_their_scalar_twin(
    data: st.DataObject, strata: int, groups: int, method: StandardisedMethod, confidence: float
) -> None:
    cells = data.draw(st.lists(rate_counts() | MISSING, min_size=strata * groups, max_size=strata * groups))
    counts = np.array(cells, dtype=float).reshape(groups, strata, 2)
    standard = data.draw(st.lists(st.integers(1, 10_000), min_size=strata, max_size=strata))
    many = directly_standardised_rates(counts[..., 0], counts[..., 1], standard, method=method, confidence=confidence)
    for place in range(groups):
        one = directly_standardised_rate(
            counts[place, :, 0], counts[place, :, 1], standard, method=method, confidence=confidence
        )
        np.testing.assert_allclose(_figures(many, place=place), _figures(one), rtol=1e-9, atol=1e-15)
        assert many.status[place] == one.status
        np.testing.assert_allclose(many.standard_share[place], one.standard_share)


@examples(30)
@given(data=st.data(), times=st.integers(1, 3), strata=st.integers(1, 4), groups=st.integers(1, 3))
def test_the_rates_of_repeated_events_agree_with_plain_python(
    data: st.DataObject, times: int, strata: int, groups: int
) -> None:
    size = groups * times * strata
    people = np.array(data.draw(st.lists(st.integers(0, 40), min_size=size, max_size=size))).reshape(
        groups, times, strata
    )
    population = people.sum(axis=1) * 7 + data.draw(st.integers(0, 1))
    standard = data.draw(st.lists(st.integers(1, 10_000), min_size=strata, max_size=strata))
    many = rates_of_repeated_events(people, population, standard, per=1)
    for place in range(groups):
        plain = plain_rate_of_repeated_events(people[place].tolist(), population[place].tolist(), standard)
        np.testing.assert_allclose(_figures(many, place=place), plain, rtol=1e-9, atol=1e-15)
        one = rate_of_repeated_events(people[place], population[place], standard, per=1)
        np.testing.assert_allclose(_figures(one), plain, rtol=1e-9, atol=1e-15)
        assert many.status[place] == one.status
