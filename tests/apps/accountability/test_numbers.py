import math
from datetime import date

import pytest

from evenhand.apps.accountability.presenters import numbers
from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, Count
from evenhand.datasets.observations import Period


def test_numbers_are_rounded_and_not_cut_off():
    assert numbers.number(82.8) == "83"
    assert numbers.number(1_122_500) == "1,122,500"


@pytest.mark.parametrize(("value", "written"), [(134.4, "134"), (8.31, "8.3"), (0.417, "0.42"), (0, "0")])
def test_a_small_rate_keeps_two_digits_and_is_never_written_as_none(value, written):
    assert numbers.point(value) == written


def test_ranges_are_rounded_outwards():
    assert numbers.range_of(55.9, 78.01, decimals=0) == "55 to 79"
    assert numbers.range_of(55.0, 78.00000000001, decimals=0) == "55 to 78"
    assert numbers.range_of(0.449, 0.451, decimals=2) == "0.44 to 0.46"


def test_a_range_without_an_upper_end_says_so_and_one_without_limits_says_nothing():
    assert numbers.range_of(3.2, math.inf, decimals=0) == "3 or more"
    assert numbers.range_of(math.nan, math.nan, decimals=0) == ""
    assert numbers.times_range(2.16, math.inf) == "2.1 times or more"
    assert numbers.times_range(math.nan, math.nan) == ""


def test_ratios_are_spoken_as_the_published_figures_are():
    assert numbers.times_range(1.48, 2.95) == "1.4 to 3 times"
    assert numbers.times_range(3.44, 3.65) == "3.4 to 3.7 times"


def test_a_ratio_that_does_not_reach_one_is_never_written_as_one():
    assert numbers.ratio_limits(1.04, 1.38) == ("1.04", "1.38")
    assert numbers.ratio_limits(0.75, 0.976) == ("0.75", "0.98")
    assert numbers.ratio_limits(1.004, 1.3) == ("1.004", "1.300")


def test_a_ratio_is_written_as_finely_as_its_range():
    assert numbers.ratio_point(2.12, 1.48, 2.95) == "2.1"
    assert numbers.ratio_point(1.2, 1.04, 1.38) == "1.20"
    assert numbers.ratio_point(2.0, 1.5, 2.5) == "2"
    assert numbers.ratio_point(14.26, 11, 18) == "14"


def test_four_words_for_no_number():
    words = [numbers.count(count) for count in (Count(0), SUPPRESSED, UNKNOWN, NOT_APPLICABLE)]
    assert words == ["none", "hidden", "not recorded", "does not apply"]
    assert len(set(words)) == 4


def test_a_zero_that_rounding_made_is_not_called_none():
    assert numbers.count(Count(0, rounded_to=5)) == "0"
    assert numbers.count(Count(1_135)) == "1,135"


def test_shares_are_said_as_people_say_them():
    assert numbers.one_in(95, 855) == "1\u00a0in\u00a09"
    assert numbers.one_in(3, 4) == "75 %"
    assert numbers.per_cent(0.8889) == "89 %"


def test_a_share_with_some_missing_is_never_a_hundred():
    assert numbers.per_cent(0.9996) == "99 %"
    assert numbers.per_cent(1.0) == "100 %"


@pytest.mark.parametrize(
    ("start", "end", "long", "short", "within"),
    [
        ((2023, 4, 1), (2024, 3, 31), "April 2023 to March 2024", "2023-24", "in the year"),
        ((2021, 1, 1), (2021, 12, 31), "January 2021 to December 2021", "2021", "in the year"),
        ((2024, 2, 1), (2024, 2, 29), "February 2024", "February 2024", "in the month"),
        ((2024, 3, 31), (2024, 3, 31), "31 March 2024", "31 March 2024", "on 31 March 2024"),
        ((2019, 12, 1), (2020, 2, 29), *["December 2019 to February 2020"] * 2, "in the period"),
        ((2024, 1, 8), (2024, 3, 5), *["8 January 2024 to 5 March 2024"] * 2, "in the period"),
    ],
)
def test_periods(start, end, long, short, within):
    of = Period(date(*start), date(*end))
    assert (numbers.period(of), numbers.short_period(of), numbers.within(of)) == (long, short, within)


def test_lists():
    assert [numbers.listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("values", "per", "base"),
    [
        ([134.4, 63.3], 100_000, 10_000),  # about 13 and 6 in 10,000
        ([242.3, 68.4], 100_000, 10_000),
        ([45.2, 51.0], 100, 100),
        ([46.8, 6.9], 100_000, 100_000),
        ([52.1, 52.4], 100, 1_000),  # 52 and 52 in 100 would read the same
        ([0.0, 63.3], 100_000, 10_000),  # none is "no", whatever the base
        ([0.0001], 100_000, 1_000_000),
    ],
)
def test_frequencies_are_said_of_a_round_number_of_people(values, per, base):
    assert numbers.natural_base(values, per=per) == base


def test_large_counts_and_years_in_one_piece():
    assert numbers.about(1_121_985) == "1,122,000"
    assert numbers.unbroken("Figures 2023-24, age-standardised") == "Figures 2023\u201124, age-standardised"


def test_ratios_below_one_are_written_equally_fine_whether_or_not_rounding_is_allowed_for():
    assert numbers.ratio_point(0.752, 0.62, 0.90) == numbers.ratio_point(0.752, 0.58, 0.94) == "0.75"
    assert numbers.times_range(0.623, 0.897) == "0.62 to 0.90 times"


@pytest.mark.parametrize(
    ("lower", "upper", "words", "between"),
    [
        (3.1, 12.04, "3 to 13 more", "between 3 and 13 more"),
        (-12.04, -3.1, "3 to 13 fewer", "between 3 and 13 fewer"),
        (-1.6, 6.7, "2 fewer to 7 more", "from 2 fewer to 7 more"),
        (0.7, 1.4, "0.7 to 1.4 more", "between 0.7 and 1.4 more"),  # a claim is not written as touching none
        (-5.2, -0.04, "0.04 to 5.20 fewer", "between 0.04 and 5.20 fewer"),
        (-0.04, 0.31, "0.1 fewer to 0.4 more", "from 0.1 fewer to 0.4 more"),
        (0.0, 4.0, "0 to 4 more", "between 0 and 4 more"),
        (-4.0, 0.0, "0 to 4 fewer", "between 0 and 4 fewer"),
        (0.0, 0.004, "0.00 to 0.01 more", "between 0.00 and 0.01 more"),
    ],
)
def test_a_range_of_differences_is_written_in_words_and_rounded_outwards(lower, upper, words, between):
    assert numbers.more_range(lower, upper) == words
    assert numbers.between_more(lower, upper) == between


def test_a_number_of_more_or_fewer_has_its_range():
    assert numbers.about_more(26.4, 11.5, 44.8) == "about 26 (11 to 45) more"
    assert numbers.about_more(-425.0, -510.4, -339.6) == "about 425 (339 to 511) fewer"
    assert numbers.about_more(5.9, -4.8, 20.3) == "about 6 more (5 fewer to 21 more)"
    assert numbers.more(0.3) == "as many"
    assert numbers.more(-2.6) == "3 fewer"


def test_a_ratio_in_full_does_not_touch_1_when_it_does_not_reach_it():
    assert numbers.ratio_in_full(2.12, 1.477, 2.944) == "2.12 (1.47 to 2.95)"
    assert numbers.ratio_in_full(0.935, 0.8768, 0.9916) == "0.935 (0.876 to 0.992)"
