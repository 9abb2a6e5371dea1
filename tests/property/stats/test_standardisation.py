"""What a standardised rate must do, and what a published national pipeline did instead.

NHS England's public notebooks for the monthly statistics (menh_bbrb, ``produce_direct_standardised_rate_df``) weight
each age by the group's own population. The population then cancels: the "standardised" rate is the crude rate, and
groups at equal risk differ because their ages differ. They also lose the ages in which a group had no event.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.stats.plain_standardisation import plain_gamma_limits

from evenhand.stats.rates import crude_rate, exact_interval
from evenhand.stats.standardisation import StandardisedMethod, directly_standardised_rate
from evenhand.stats.statuses import Status

STRATA = 4
THOUSANDS = st.lists(st.integers(1, 500), min_size=STRATA, max_size=STRATA)
PER_THOUSAND = st.lists(st.integers(0, 30), min_size=STRATA, max_size=STRATA).filter(lambda risks: sum(risks) >= 10)
STANDARD = st.lists(st.integers(1, 10_000), min_size=STRATA, max_size=STRATA)


@given(one=THOUSANDS, other=THOUSANDS, risks=PER_THOUSAND, standard=STANDARD)
def test_equal_risk_at_every_age_gives_equal_standardised_rates(
    one: list[int], other: list[int], risks: list[int], standard: list[int]
) -> None:
    rates = [
        directly_standardised_rate(
            [people * risk for people, risk in zip(group, risks, strict=True)],
            [1_000 * people for people in group],
            standard,
            per=1_000,
        )
        for group in (one, other)
    ]
    assert rates[0].value == pytest.approx(rates[1].value)
    assert rates[0].value == pytest.approx(np.average(risks, weights=standard))


def test_the_groups_own_population_as_standard_gives_the_crude_rate_which_differs_at_equal_risk() -> None:
    risks, young, old = np.array([1, 2, 4, 8]), np.array([40, 30, 20, 10]), np.array([10, 20, 30, 40])
    rates = {
        name: directly_standardised_rate(group * risks, group * 1_000, standard, per=1_000).value
        for name, group, standard in [
            ("young, own ages", young, young),
            ("old, own ages", old, old),
            ("young, common ages", young, young + old),
            ("old, common ages", old, young + old),
        ]
    }
    assert rates["young, own ages"] == pytest.approx(crude_rate(260, 100_000, per=1_000).value)
    assert rates["old, own ages"] == pytest.approx(crude_rate(490, 100_000, per=1_000).value)
    assert rates["young, common ages"] == pytest.approx(rates["old, common ages"])


@given(people=THOUSANDS, risks=PER_THOUSAND, standard=STANDARD, empty=st.integers(0, STRATA - 1))
def test_a_stratum_with_no_event_keeps_its_population_and_lowers_the_rate(
    people: list[int], risks: list[int], standard: list[int], empty: int
) -> None:
    events = np.array(people) * np.array(risks)
    events[empty] = 0
    if events.sum() < 10:
        events[empty - 1] += 10
    kept = directly_standardised_rate(events, np.array(people) * 1_000, standard)
    without = [stratum for stratum in range(STRATA) if stratum != empty]
    lost = directly_standardised_rate(events[without], np.array(people)[without] * 1_000, np.array(standard)[without])
    assert kept.status is Status.GIVEN
    assert kept.value == pytest.approx(lost.value * sum(standard[s] for s in without) / sum(standard))
    assert kept.value < lost.value


@given(people=THOUSANDS, risks=PER_THOUSAND, factor=st.integers(2, 9))
def test_with_the_groups_own_ages_as_standard_the_interval_is_that_of_the_crude_rate(
    people: list[int], risks: list[int], factor: int
) -> None:
    """V is then X/n² and Dobson's limits are Byar's: an independent check of the variance."""
    events, population = np.array(people) * np.array(risks), np.array(people) * 1_000
    rate = directly_standardised_rate(events, population, population * factor, method=StandardisedMethod.DOBSON)
    crude = crude_rate(float(events.sum()), float(population.sum()))
    assert rate.value == pytest.approx(crude.value)
    assert rate.interval.lower == pytest.approx(crude.interval.lower)
    assert rate.interval.upper == pytest.approx(crude.interval.upper)


@given(people=THOUSANDS, risks=PER_THOUSAND, factor=st.integers(2, 9))
def test_with_the_groups_own_ages_as_standard_tiwaris_limits_are_the_exact_ones_of_the_count(
    people: list[int], risks: list[int], factor: int
) -> None:
    events, population = np.array(people) * np.array(risks), np.array(people) * 1_000
    rate = directly_standardised_rate(events, population, population * factor, per=float(population.sum()))
    exact = exact_interval(float(events.sum()))
    assert rate.interval.lower == pytest.approx(exact.lower)
    assert rate.interval.upper == pytest.approx(exact.upper)


@given(
    people=THOUSANDS,
    risks=PER_THOUSAND,
    standard=STANDARD,
    confidence=st.floats(0.5, 0.99),
    method=st.sampled_from(StandardisedMethod),
)
def test_more_confidence_is_a_wider_interval_around_the_same_rate(
    people: list[int], risks: list[int], standard: list[int], confidence: float, method: StandardisedMethod
) -> None:
    events, population = np.array(risks), np.array(people) * 1_000
    narrow = directly_standardised_rate(events, population, standard, confidence=confidence, method=method)
    wide = directly_standardised_rate(events, population, standard, confidence=(1 + confidence) / 2, method=method)
    assert wide.interval.lower <= narrow.interval.lower <= narrow.value <= narrow.interval.upper < wide.interval.upper


@given(people=THOUSANDS, risks=PER_THOUSAND, standard=STANDARD)
def test_tiwaris_upper_limit_is_never_above_that_of_fay_and_feuer(
    people: list[int], risks: list[int], standard: list[int]
) -> None:
    events, population = np.array(risks), np.array(people) * 1_000
    weights = np.array(standard) / population / sum(standard)
    rate = directly_standardised_rate(events, population, standard, per=1)
    lower, upper = plain_gamma_limits(
        events.tolist(), weights.tolist(), float(weights.max()), float(weights.max()) ** 2
    )
    assert rate.interval.lower == pytest.approx(lower)
    assert rate.interval.upper <= upper * (1 + 1e-9)


def test_the_plain_gamma_limits_are_those_printed_for_fleiss_1981() -> None:
    """Fay and Feuer's 67.70212 to 188.30017, in the example of the R package dsrTest 1.0.0 (2022)."""
    births = [327, 30_666, 123_419, 149_919, 104_088, 34_392]
    standard = [319_933, 931_318, 786_511, 488_235, 237_863, 61_313]
    weights = [1e5 * w / n / sum(standard) for w, n in zip(standard, births, strict=True)]
    limits = plain_gamma_limits([0, 8, 63, 112, 262, 295], weights, max(weights), max(weights) ** 2)
    assert [round(limit, 5) for limit in limits] == [67.70212, 188.30017]


@given(people=THOUSANDS, risks=PER_THOUSAND, standard=STANDARD, data=st.data())
def test_the_order_of_the_strata_does_not_matter(
    people: list[int], risks: list[int], standard: list[int], data: st.DataObject
) -> None:
    order = np.array(data.draw(st.permutations(range(STRATA))))
    events, population, weights = np.array(people) * np.array(risks), np.array(people) * 1_000, np.array(standard)
    one = directly_standardised_rate(events, population, weights)
    other = directly_standardised_rate(events[order], population[order], weights[order])
    assert one.value == pytest.approx(other.value)
    assert one.interval.lower == pytest.approx(other.interval.lower)
