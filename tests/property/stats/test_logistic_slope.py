"""The logistic slope: its plain twin, what must hold of it, and how often its intervals hold the truth."""

from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_logistic_slope import PlainLine, plain_logistic_line
from tests.property.stats.plain_slope_index import plain_ranks
from tests.property.stats.settings_of_groups import covered, only

from evenhand.stats.arguments import critical_value
from evenhand.stats.logistic_slope import logistic_relative_indices, logistic_slope_indices
from evenhand.stats.statuses import Status

Counts = tuple[list[int], list[int]]


@st.composite
def counts(draw: st.DrawFn, *, least: int = 0) -> Counts:
    """Events and people of 2 to 6 groups, some of them perhaps not there; at least ``least`` with and without."""
    pairs = st.just((0, 0)) | st.integers(2 * least or 1, 2_000).flatmap(
        lambda people: st.tuples(st.integers(least, people - least), st.just(people))
    )
    groups = draw(st.lists(pairs, min_size=2, max_size=6).filter(lambda drawn: sum(n > 0 for _, n in drawn) > 1))
    return [x for x, _ in groups], [n for _, n in groups]


def _plain(events: list[int], people: list[int]) -> PlainLine:
    share = [x / n if n else 0.0 for x, n in zip(events, people, strict=True)]
    return plain_logistic_line(share, people, plain_ranks(people))


@examples(80)
@given(of=counts(least=1), confidence=st.sampled_from([0.5, 0.95, 0.998]))
def test_both_indices_are_their_plain_twins(of: Counts, confidence: float) -> None:
    line, z = _plain(*of), critical_value(confidence)
    low, high = line.at(0), line.at(1)

    def standard_error(at_1: float, at_0: float) -> float:
        of_intercept, of_slope = at_1 - at_0, at_1
        return sqrt(
            of_intercept**2 * line.variance_of_intercept
            + 2 * of_intercept * of_slope * line.covariance
            + of_slope**2 * line.variance_of_slope
        )

    margin = z * standard_error(high * (1 - high), low * (1 - low))
    slope = only(logistic_slope_indices(*of, confidence=confidence))
    np.testing.assert_allclose(slope, (high - low, high - low - margin, high - low + margin), rtol=1e-7, atol=1e-9)
    margin, ratio = z * standard_error(1 - high, 1 - low), only(logistic_relative_indices(*of, confidence=confidence))
    np.testing.assert_allclose(np.log(ratio), np.log(high / low) + np.array([0, -margin, margin]), rtol=1e-7, atol=1e-7)


@given(of=counts())
def test_there_is_a_line_just_where_those_with_and_those_without_overlap_in_rank(of: Counts) -> None:
    events, people = of
    ranks = plain_ranks(people)
    have = [b for x, b in zip(events, ranks, strict=True) if x > 0]
    lack = [b for x, n, b in zip(events, people, ranks, strict=True) if x < n]
    status = logistic_slope_indices(*of).status[0]
    if not have:
        assert status == Status.NO_EVENTS
    elif not lack or max(have) <= min(lack) or max(lack) <= min(have):
        assert status == Status.NOT_DEFINED
    else:
        assert status == Status.GIVEN


@given(of=counts(), data=st.data())
def test_groups_in_another_place_with_their_order_change_nothing(of: Counts, data: st.DataObject) -> None:
    places = data.draw(st.permutations(range(len(of[0]))))
    moved = [[column[place] for place in places] for column in of]
    for index in (logistic_slope_indices, logistic_relative_indices):
        np.testing.assert_allclose(only(index(*moved, order=places)), only(index(*of)), rtol=1e-6, atol=1e-9)


@given(of=counts())
def test_counting_those_without_the_event_turns_the_slope_round_and_limits_nest(of: Counts) -> None:
    events, people = map(np.array, of)
    slope, without = logistic_slope_indices(events, people), logistic_slope_indices(people - events, people)
    if slope.status[0] == Status.GIVEN:
        value, lower, upper = only(slope)
        np.testing.assert_allclose(only(without), (-value, -upper, -lower), rtol=1e-6, atol=1e-9)
        _, wider_lower, wider_upper = only(logistic_slope_indices(events, people, confidence=0.99))
        assert wider_lower <= lower <= value <= upper <= wider_upper


def test_the_line_through_two_groups_goes_through_both() -> None:
    """Shares 0.2 and 0.4 at ranks 0.25 and 0.75: on the logit scale the ends lie half as far again outside."""
    slope, ratio = logistic_slope_indices([20, 40], [100, 100]), logistic_relative_indices([20, 40], [100, 100])
    low, high = log(0.2 / 0.8), log(0.4 / 0.6)
    at_0, at_1 = (1 / (1 + np.exp(-eta)) for eta in (low - (high - low) / 2, high + (high - low) / 2))
    assert slope.value[0] == pytest.approx(at_1 - at_0, rel=1e-12)
    assert ratio.value[0] == pytest.approx(at_1 / at_0, rel=1e-12)


def test_counting_the_population_twice_turns_the_line_to_the_largest_groups() -> None:
    """Weights of the population's square, as one peer takes them, give 0.352 here; each person once gives 0.247."""
    people, events = [9_000, 4_000, 2_000, 1_000, 500], [900, 1_200, 400, 200, 150]
    share = [x / n for x, n in zip(events, people, strict=True)]
    twice = plain_logistic_line(share, [n * n for n in people], plain_ranks(people))
    assert twice.at(1) - twice.at(0) == pytest.approx(0.352, abs=5e-4)
    assert logistic_slope_indices(events, people).value[0] == pytest.approx(0.247, abs=5e-4)


DRAWS = 8_000


@pytest.mark.parametrize("groups", [5, 10])
@pytest.mark.parametrize(("people_each", "ends"), [(50, (0.3, 0.2)), (200, (0.05, 0.02)), (1_000, (0.6, 0.1))])
def test_intervals_cover(people_each: int, ends: tuple[float, float], groups: int) -> None:
    """Groups whose sizes differ by 3 to 1; the smallest expects 5 events or more."""
    people = np.round(people_each * np.linspace(0.5, 1.5, groups)).astype(int)
    ranks = np.array(plain_ranks(people.tolist()))
    eta = np.log(np.array(ends) / (1 - np.array(ends)))
    true = 1 / (1 + np.exp(-(eta[0] + (eta[1] - eta[0]) * ranks)))
    events = np.random.default_rng(20_261_122).binomial(people, true, (DRAWS, groups))
    assert 0.94 < covered(logistic_slope_indices(events, people), ends[1] - ends[0]) < 0.965
    assert 0.94 < covered(logistic_relative_indices(events, people), ends[1] / ends[0]) < 0.965


def test_the_slope_through_two_small_groups_does_not_cover_as_it_says() -> None:
    """10 and 30 people: the interval of the slope, which runs beyond both groups, holds the truth in 88 to 93 %."""
    true = 1 / (1 + np.exp(-(log(1.5) + (log(1 / 9) - log(1.5)) * np.array([0.125, 0.625]))))
    events = np.random.default_rng(20_261_122).binomial([10, 30], true, (DRAWS, 2))
    assert 0.88 < covered(logistic_slope_indices(events, [10, 30]), 0.1 - 0.6) < 0.93
