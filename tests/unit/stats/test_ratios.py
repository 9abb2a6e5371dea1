"""Ratios of two groups: by hand, as shown in the study of the site, and where one of them has none."""

from collections.abc import Callable
from math import inf, isnan
from typing import Any

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.proportions import wilson_interval
from evenhand.stats.rates import byar_interval
from evenhand.stats.ratios import (
    proportion_ratio,
    proportion_ratios,
    published_rate_ratio,
    published_rate_ratios,
    rate_ratio,
    rate_ratios,
    standardised_rate_ratio,
    standardised_rate_ratios,
)
from evenhand.stats.standardisation import (
    StandardisedMethod,
    directly_standardised_rate,
    directly_standardised_rates,
)
from evenhand.stats.statuses import Status

# NHS England, Mental Health Act Statistics 2023-24, Leicester, Leicestershire and Rutland: count / published rate.
BLACK = (50, 50 / 134.4e-5)
WHITE = (515, 515 / 63.3e-5)
OTHER = (25, 25 / 109.3e-5)


def test_twenty_against_ten_in_equal_populations_comes_out_as_worked_by_hand() -> None:
    # Byar: 10 has 4.78745 to 18.39146, 20 has 12.21143 to 30.88988.
    # below: √(ln²(20/12.21143) + ln²(18.39146/10)) = √(0.49337² + 0.60930²) = 0.78400;  2·e^-0.78400 = 0.9131
    # above: √(ln²(30.88988/20) + ln²(10/4.78745))   = √(0.43470² + 0.73659²) = 0.85529;  2·e^+0.85529 = 4.7041
    estimate = rate_ratio(20, 1_000, 10, 1_000)
    assert estimate.value == pytest.approx(2.0)
    assert estimate.interval.lower == pytest.approx(0.9131, abs=2e-4)
    assert estimate.interval.upper == pytest.approx(4.7041, abs=5e-4)


@pytest.mark.parametrize(("group", "ratio", "lower", "upper"), [(BLACK, 2.12, 1.56, 2.84), (OTHER, 1.73, 1.11, 2.57)])
def test_detention_ratios_to_white_have_the_intervals_we_show(
    group: tuple[float, float], ratio: float, lower: float, upper: float
) -> None:
    estimate = rate_ratio(*group, *WHITE)
    assert round(estimate.value, 2) == ratio
    assert round(estimate.interval.lower, 2) == lower
    assert round(estimate.interval.upper, 2) == upper


def test_two_published_rates_give_the_ratio_of_england_that_we_show() -> None:
    """NHS England, Mental Health Act Statistics 2023-24, standardised rates per 100,000: 242.3 ± 6.9 and 68.4 ± 0.7."""
    estimate = published_rate_ratio(242.3, 6.9, 68.4, 0.7)
    assert round(estimate.value, 2) == 3.54
    assert round(estimate.interval.lower, 2) == 3.44
    assert round(estimate.interval.upper, 2) == 3.65


def test_a_ratio_carries_the_two_rates_and_its_method() -> None:
    estimate = rate_ratio(20, 1_000, 10, 2_000, confidence=0.9)
    assert (estimate.numerator, estimate.denominator, estimate.confidence) == (0.02, 0.005, 0.9)
    assert estimate.method == "MOVER-log on Byar"
    assert proportion_ratio(1, 2, 1, 2).method == "MOVER-log on Wilson"
    published = published_rate_ratio(2, 1, 4, 1, confidence=0.9)
    assert (published.numerator, published.denominator, published.confidence) == (2, 4, 0.9)
    assert published.method == "log-delta on published half-widths"
    many = rate_ratios([20, 30], 1_000, 10, 2_000, confidence=0.9)
    assert many.denominator.tolist() == [0.005, 0.005]
    assert (many.confidence, many.method) == (0.9, estimate.method)


def test_none_against_some_is_a_ratio_of_nought_with_an_upper_limit() -> None:
    estimate = rate_ratio(0, 1_000, 20, 1_000)
    assert estimate.value == 0.0
    assert estimate.interval.lower == 0.0
    # 3.68888 / √(12.21143·(40 - 12.21143)) = 3.68888 / 18.4212
    assert estimate.interval.upper == pytest.approx(0.20025, abs=1e-5)


def test_some_against_none_has_a_lower_limit_and_no_upper_one() -> None:
    estimate = rate_ratio(20, 1_000, 0, 1_000)
    assert estimate.value == inf
    assert estimate.interval.lower == pytest.approx(1 / 0.20025, rel=1e-4)
    assert estimate.interval.upper == inf


def test_none_against_none_says_nothing() -> None:
    estimate = rate_ratio(0, 1_000, 0, 1_000)
    assert isnan(estimate.value)
    assert (estimate.interval.lower, estimate.interval.upper) == (0.0, inf)


@pytest.mark.parametrize("counts", [(0, 0, 20, 1_000), (20, 1_000, 0, 0), (0, 0, 0, 0)])
@pytest.mark.parametrize(("one", "many"), [(rate_ratio, rate_ratios), (proportion_ratio, proportion_ratios)])
def test_a_population_of_nobody_has_no_ratio(
    one: Callable[..., Any], many: Callable[..., Any], counts: tuple[int, ...]
) -> None:
    scalar, arrays = one(*counts), many(*counts)
    assert isnan(scalar.value)
    assert isnan(scalar.interval.lower)
    assert isnan(scalar.interval.upper)
    assert np.isnan([arrays.value, arrays.interval.lower, arrays.interval.upper]).all()


def test_everybody_against_half_comes_out_as_worked_by_hand() -> None:
    # a = 10/10: 0.72247 to 1; b = 5/10: 0.23659 to 0.76341.
    # below: √(ln²(1/0.72247) + ln²(0.76341/0.5)) = √(0.32508² + 0.42319²) = 0.53364;  2·e^-0.53364 = 1.1729
    # above: √(0 + ln²(0.5/0.23659)) = 0.74828;                                        2·e^+0.74828 = 4.2267
    estimate = proportion_ratio(10, 10, 5, 10)
    assert estimate.value == 2.0
    assert estimate.interval.lower == pytest.approx(1.1729, abs=2e-4)
    assert estimate.interval.upper == pytest.approx(4.2267, abs=5e-4)


def test_of_rare_events_the_ratio_of_proportions_is_that_of_rates() -> None:
    as_rates, as_proportions = rate_ratio(200, 1e7, 100, 1e7), proportion_ratio(200, 1e7, 100, 1e7)
    assert as_proportions.value == pytest.approx(as_rates.value)
    assert as_proportions.interval.lower == pytest.approx(as_rates.interval.lower, rel=0.01)
    assert as_proportions.interval.upper == pytest.approx(as_rates.interval.upper, rel=0.01)


def test_an_exact_comparator_leaves_the_interval_of_the_group_alone() -> None:
    """Where the comparator is known almost exactly, the ratio is as uncertain as the group."""
    estimate, counts = rate_ratio(25, 1e3, 1e12, 1e12), byar_interval(25)
    assert estimate.interval.lower == pytest.approx(counts.lower / 1e3, rel=1e-4)
    assert estimate.interval.upper == pytest.approx(counts.upper / 1e3, rel=1e-4)
    share, alone = proportion_ratio(25, 100, 1e12, 2e12), wilson_interval(25, 100)
    assert share.interval.lower == pytest.approx(alone.lower * 2, rel=1e-4)


@pytest.mark.parametrize(("a", "b"), [(0.0, 68.4), (242.3, 0.0), (0.0, 0.0), (1.0, 68.4), (242.3, 0.9)])
def test_a_published_rate_of_nought_or_no_larger_than_its_half_width_gives_no_interval(a: float, b: float) -> None:
    scalar, arrays = published_rate_ratio(a, 1.0, b, 1.0), published_rate_ratios(a, 1.0, b, 1.0)
    assert isnan(scalar.interval.lower)
    assert isnan(scalar.interval.upper)
    assert np.isnan([arrays.interval.lower, arrays.interval.upper]).all()
    assert np.array_equal(scalar.value, arrays.value, equal_nan=True)


@pytest.mark.parametrize("one", [published_rate_ratio, published_rate_ratios])
def test_published_half_widths_of_95_per_cent_give_an_interval_of_another_confidence(one: Callable[..., Any]) -> None:
    # h/v: 6.9/242.3 = 0.028477 and 0.7/68.4 = 0.010234, root of the sum of squares 0.030260.
    # z of 99 % over z of 95 %: 2.575829/1.959964 = 1.314223;  0.030260·1.314223 = 0.039768;  3.54240·e^±0.039768
    interval = one(242.3, 6.9, 68.4, 0.7, confidence=0.99).interval
    assert interval.lower == pytest.approx(3.40428, abs=1e-4)
    assert interval.upper == pytest.approx(3.68611, abs=1e-4)
    # Half-widths published at 99 % are the same standard errors times 2.575829.
    as_wide = one(242.3, 6.9 * 1.3142227, 68.4, 0.7 * 1.3142227, confidence=0.99, published_confidence=0.99).interval
    assert as_wide.lower == pytest.approx(interval.lower, rel=1e-6)


@pytest.mark.parametrize("one", [published_rate_ratio, published_rate_ratios])
def test_whether_a_published_ratio_has_an_interval_does_not_depend_on_the_confidence_asked(
    one: Callable[..., Any],
) -> None:
    assert isnan(one(1.0, 1.0, 2, 1, confidence=0.5).interval.lower)
    assert not isnan(one(1.0, 0.9, 2, 1, confidence=0.999).interval.lower)


@pytest.mark.parametrize("one", [published_rate_ratio, published_rate_ratios])
def test_a_negative_half_width_is_refused(one: Callable[..., object]) -> None:
    with pytest.raises(InputRefused, match="half-width: found -1"):
        one(242.3, -1, 68.4, 0.7)


DOBSON = StandardisedMethod.DOBSON


def test_two_standardised_rates_have_a_ratio_with_an_interval() -> None:
    a = directly_standardised_rate([20], [1_000], [1], method=DOBSON)
    b = directly_standardised_rate([10], [1_000], [1], method=DOBSON)
    ratio = standardised_rate_ratio(a, b, reference="White British")
    # One stratum: the same as the ratio of two crude rates, worked by hand above.
    assert ratio.value == pytest.approx(2.0)
    assert ratio.interval.lower == pytest.approx(0.9131, abs=2e-4)
    assert ratio.interval.upper == pytest.approx(4.7041, abs=5e-4)
    assert (ratio.numerator, ratio.denominator, ratio.reference) == (a.value, b.value, "White British")
    assert ratio.method == "MOVER-log on directly standardised, Dobson on Byar"


def test_a_ratio_of_standardised_rates_exists_without_events_on_tiwaris_limits_and_not_on_dobsons() -> None:
    # One stratum: none against 20 of 1,000 is worked by hand above on Byar's limits of 20; here they are exact,
    # 12.21652 and 30.88838: 3.68888 / √(12.21652·(40 - 12.21652)) = 3.68888 / 18.4233
    none, some = directly_standardised_rates([[0], [20]], [[1_000], [1_000]], [1])
    ratio = standardised_rate_ratio(none, some)
    assert (ratio.value, ratio.interval.lower, ratio.status) == (0.0, 0.0, Status.GIVEN)
    assert ratio.interval.upper == pytest.approx(0.20023, abs=1e-5)
    none, some = directly_standardised_rates([[0], [20]], [[1_000], [1_000]], [1], method=DOBSON)
    assert isnan(standardised_rate_ratio(none, some).interval.upper)


def test_ratios_of_standardised_rates_in_arrays_are_those_one_by_one() -> None:
    rates = directly_standardised_rates([[20], [0], [0]], [[1_000], [1_000], [0]], [1])
    white = directly_standardised_rates([[10]], [[1_000]], [1])
    ratios = standardised_rate_ratios(rates, white, reference="White")
    for place, (rate, ratio) in enumerate(zip(rates, ratios, strict=True)):
        one = standardised_rate_ratio(rate, next(iter(white)), reference="White")
        np.testing.assert_allclose(
            [ratio.value, ratio.interval.lower, ratio.interval.upper],
            [one.value, one.interval.lower, one.interval.upper],
            rtol=1e-12,
        )
        assert ratios.status[place] == one.status
    assert ratios.status.tolist() == [Status.GIVEN, Status.GIVEN, Status.NO_POPULATION]


@pytest.mark.parametrize("other", [{"per": 1_000}, {"confidence": 0.9}, {"method": DOBSON}, {"reference": "1976"}])
def test_standardised_rates_that_are_not_alike_have_no_ratio(other: dict[str, Any]) -> None:
    a, b = directly_standardised_rate([20], [1_000], [1], **other), directly_standardised_rate([20], [1_000], [1])
    with pytest.raises(InputRefused, match="one unit, confidence, method and standard are right"):
        standardised_rate_ratio(a, b)
    with pytest.raises(InputRefused, match=r"per 100,000 at 0.95, .*, standard population"):
        standardised_rate_ratios(
            directly_standardised_rates([[20]], [[1_000]], [1], **other),
            directly_standardised_rates([[20]], [[1_000]], [1]),
        )
