"""What a page says and draws of a series, with each kind of series that a release can hold."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from tests.apps.accountability.figures_example import definition, figure, rounded
from tests.apps.accountability.released_example import in_time, month, observed, release, year

from evenhand.apps.accountability.presenters.breakdowns import breakdowns
from evenhand.apps.accountability.presenters.over_time import OverTime, over_time
from evenhand.apps.accountability.presenters.series import Cadence, cadence_of, series_of
from evenhand.apps.accountability.presenters.time_chart import what_it_shows
from evenhand.apps.monitoring.queries import StatedFigures
from evenhand.charts.readings import ReadingKind
from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, Count
from evenhand.datasets.observations import Period
from evenhand.indicators.specification import Direction
from evenhand.stats.chart_rules import Rule

# 24 months that vary as chance would have it: around 180 people on 10,000 days, 18 for every 1,000.
USUAL = [
    *(180, 172, 190, 184, 169, 177, 195, 181, 174, 188, 179, 166),
    *(183, 192, 175, 178, 186, 170, 181, 189, 173, 176, 185, 180),
]


def section(figures, indicator_id: str = "restraint", indicator=None) -> OverTime | None:
    stated = [StatedFigures(release=release(), observations=observed(figures, indicator_id))]
    main = breakdowns(stated[0].observations)[0]
    indicator = indicator or definition(indicator_id)
    return over_time(indicator, indicator.versions[-1], main, next(iter(main.claims), None), stated)


def everybody(counts, indicator_id: str = "restraint", **changes) -> OverTime | None:
    return section(in_time("all", counts, **changes), indicator_id)


def kinds(found: OverTime) -> list[ReadingKind]:
    return [reading.kind for reading in found.chart.readings]


def test_a_series_in_which_nothing_stands_out_is_what_chance_explains():
    found = everybody(USUAL)
    assert found.text == (
        "Over 24 months there were between 17 and 20 people restrained for every 1,000 bed days. All of it is what "
        "chance explains, going by how much the figures vary."
    )
    assert set(kinds(found)) == {ReadingKind.ORDINARY}
    assert found.chart.words.title == "People restrained for every 1,000 bed days, month by month"
    assert found.chart.words.subtitle == "Everybody, those whose ethnicity is not recorded too."
    assert "Where nothing changes" not in found.chart.words.note
    assert found.gap is None
    assert found.beside == ()


def test_a_month_beyond_the_limits_is_named_and_so_is_the_newest():
    found = everybody([*USUAL[:15], 300, *USUAL[16:]])
    assert "Higher than chance explains: July 2023." in found.text
    assert found.text.endswith("The newest, March 2024, is within what chance explains.")
    special = found.chart.readings[15]
    assert (special.kind, special.caption, special.cells[-1]) == (
        ReadingKind.SPECIAL,
        "July 2023: 30",
        "higher than chance explains",
    )
    assert "in one series of six" in found.chart.words.note
    low = everybody([*USUAL[:-1], 60])
    assert "Lower than chance explains: March 2024. The newest, March 2024, is among these. Lower is better here." in (
        low.text
    )


@pytest.mark.parametrize(
    ("direction", "said"),
    [(Direction.HIGHER_IS_BETTER, "Higher is better here."), (Direction.CONTEXT, "is among these.")],
)
def test_which_way_is_good_is_said_where_the_definition_says_so(direction, said):
    found = section(in_time("all", [*USUAL[:-1], 60]), indicator=replace(definition("restraint"), direction=direction))
    assert found.text.endswith(said)


def test_a_long_run_a_rise_and_a_fall_are_told_as_what_they_are():
    run = everybody([*USUAL[:15], *(196, 195, 197, 194, 196, 198, 195, 197, 196)])
    assert "From July 2023 to March 2024 it was above its usual level every month." in run.text
    assert ReadingKind.PATTERN in kinds(run)
    below = everybody([*USUAL[:15], *(165, 164, 166, 163, 165, 167, 164, 166, 165)])
    assert "it was below its usual level every month." in below.text
    rise = everybody([*USUAL[:8], *(170, 173, 176, 179, 182, 185, 188, 191), *USUAL[16:]])
    assert re.search(r"From \w+ 202\d to \w+ 2023 it rose every month\.", rise.text)
    fall = everybody([*USUAL[:8], *(191, 188, 185, 182, 179, 176, 173, 170), *USUAL[16:]])
    assert re.search(r"From \w+ 202\d to \w+ 2023 it fell every month\.", fall.text)


def test_two_of_three_near_a_limit_are_told():
    high = everybody([*[178, 182] * 9, 191, 183, 191])
    assert "So high so close together is more than chance usually gives: October 2023 and December 2023." in high.text
    low = everybody([*[182, 178] * 9, 169, 177, 169])
    assert "So low so close together is more than chance usually gives: October 2023 and December 2023." in low.text


def test_more_months_than_a_sentence_can_name_are_counted():
    counts = [179, 181] * 20
    for index in (5, 12, 19, 26, 33):
        counts[index] = 230
    assert "Higher than chance explains: 5 months." in everybody(counts).text


def test_too_few_years_have_points_and_the_reason_why_there_is_no_more():
    figures = in_time("all", [3095, 3650, 3460, 4495, 3425], of=Count(7000), periods=[year(2017 + n) for n in range(5)])
    found = section(figures, "talking_therapies_recovery")
    assert found.text == (
        "Over 5 years the share was between 44 and 64 of every 100. 5 years: 15 are needed to say what is usual. So we "
        "cannot tell whether any of this is more than the usual ups and downs."
    )
    assert found.chart.notes[0] == "5 years: 15 are needed to say what is usual."
    assert [reading.label for reading in found.chart.readings] == [
        "2017-18",
        "2018-19",
        "2019-20",
        "2020-21",
        "2021-22",
    ]
    assert found.chart.readings[0].cells[-1] == "too few to say"
    assert not any(reading.has_limits for reading in found.chart.readings)


def test_one_year_says_that_it_cannot_show_change():
    found = everybody([180], periods=[year(2023)])
    assert found.text == "Only 1 year of figures is here, which cannot show how the number changes."
    assert found.chart is None


def test_a_series_that_never_changes_says_so_and_so_does_one_of_nothing():
    same = everybody([180] * 20)
    assert same.text.startswith("The number was the same every month. All of it is what chance explains")
    none = everybody([0] * 16)
    assert none.text == "16 months, and none in any of them."
    assert set(kinds(none)) == {ReadingKind.NONE}


def test_hidden_missing_unknown_and_none_are_four_different_marks():
    counts = [*USUAL]
    counts[3], counts[5], counts[7], counts[9] = SUPPRESSED, None, UNKNOWN, 0
    found = everybody(counts)
    marks = kinds(found)
    assert (marks[3], marks[5], marks[7]) == (
        ReadingKind.HIDDEN,
        ReadingKind.NOT_RECORDED,
        ReadingKind.NOT_RECORDED,
    )
    readings = found.chart.readings
    assert [readings[index].value for index in (3, 5, 7, 9)] == ["hidden", "not released here", "not recorded", "none"]
    assert readings[3].cells == ("hidden", "10,000", "hidden", "", "hidden")
    assert readings[5].cells == ("not released here", "not released here", "not released here", "", "")
    assert marks[9] is ReadingKind.SPECIAL  # none where 18 are usual
    assert "Lower than chance explains: January 2023." in found.text


def test_none_in_a_series_of_few_is_a_zero_and_the_limits_are_called_rough():
    found = everybody([2, 0, 3, 1, 2, 4, 1, 0, 2, 3, 1, 2, 2, 1, 3, 2])
    assert kinds(found).count(ReadingKind.NONE) == 2
    assert "So few are counted each time that the limits are rough." in found.chart.words.note
    assert found.chart.table.rows[1][1] == "none"


def test_does_not_apply_is_marked_as_such():
    marked = in_time("all", USUAL)
    marked[4] = replace(marked[4], numerator=NOT_APPLICABLE)
    assert kinds(section(marked))[4] is ReadingKind.DOES_NOT_APPLY


def test_so_many_gaps_that_no_two_months_follow_each_other_leave_no_limits():
    counts = [count for each in USUAL[:16] for count in (each, None)]
    found = everybody(counts)
    assert "With so many gaps nobody can say what is usual." in found.text


def test_rounding_is_said_to_be_part_of_the_ups_and_downs():
    found = everybody([rounded(5 * round(each / 5)) for each in USUAL])
    assert found.chart.words.subtitle.endswith("Counts rounded to 5 before publication.")
    assert "Rounding moves each count by up to 2; that is part of the ups and downs." in found.chart.words.note
    assert found.chart.table.headings[1] == "People restrained, to nearest 5"


def test_only_periods_of_the_same_kind_stand_in_one_series():
    figures = [*in_time("all", USUAL), *in_time("all", [2000], of=Count(120_000), periods=[year(2021)])]
    assert len(section(figures).chart.readings) == 24


def test_without_everybody_those_with_a_recorded_ethnicity_are_followed_and_without_them_the_group_alone():
    known = [replace(each, group="all_known", classification="nhs_2001_5") for each in in_time("all", USUAL)]
    assert section(known).chart.words.subtitle == "Everybody whose ethnicity is recorded."
    both = [*in_time("white", USUAL), *in_time("black", USUAL, of=Count(2_000))]
    found = section(both)
    assert found.chart.words.subtitle == "Black people alone: for everybody there are no figures here."
    assert section(in_time("white", [SUPPRESSED])) is None


def test_rates_of_a_publisher_are_judged_by_how_much_they_differ_and_have_no_counts():
    figures = [
        figure(
            "all",
            Count(9),
            NOT_APPLICABLE,
            period=year(2000 + index),
            classification="total",
            published_value=90 + count % 7,
            published_half_width=0.7,
        )
        for index, count in enumerate(USUAL)
    ]
    found = section(figures, "detention_standardised")
    assert "XmR" in found.chart.words.note
    assert found.chart.table.headings == (
        "Year",
        "Per 100,000 people",
        "What chance explains",
        "What it shows",
    )
    assert "The scale does not begin at zero." in found.chart.notes
    gap = [*figures[:3], *figures[4:]]
    assert section(gap, "detention_standardised").chart.table.rows[3] == ("2003-04", "not released here", "", "")


def test_where_the_definition_changes_level_and_limits_begin_anew():
    indicator = definition("restraint")
    first, changed = indicator.versions[-1], month(16).start
    newer = replace(first, valid_from=changed)
    indicator = replace(indicator, versions=(replace(first, valid_to=month(15).end), newer))
    found = section(in_time("all", [*USUAL[:16], *(2 * each for each in USUAL[:16])]), indicator=indicator)
    assert [(each.before, each.words) for each in found.chart.breaks] == [(16, "counted in another way from here")]
    assert found.chart.readings[0].centre < 0.6 * found.chart.readings[-1].centre


def test_a_lower_limit_at_nothing_bounds_nothing():
    found = everybody([9, 3, 8, 2, 9, 4, 8, 3, 7, 2, 9, 3, 8, 4, 9, 3])
    assert all(reading.lower != reading.lower for reading in found.chart.readings)
    assert found.chart.table.rows[0][4].startswith("0.0 to ")


def test_from_right_to_left_time_runs_from_the_right():
    with translation.override("ur"):
        found = everybody(USUAL)
    assert found.chart.right_to_left
    assert found.chart.words.mirrored in found.chart.notes


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (month(0), ("2 months", "month by month", "every month", "Month", "Apr 2022")),
        (year(2021), ("2 years", "year by year", "every year", "Year", "2021-22")),
        (
            Period(date(2021, 4, 1), date(2021, 6, 30)),
            ("2 quarters", "quarter by quarter", "every quarter", "Quarter", "Apr 2021"),
        ),
        (
            Period(date(2024, 3, 31), date(2024, 3, 31)),
            ("2 periods", "period by period", "in every period", "Period", "31 Mar 2024"),
        ),
    ],
)
def test_each_kind_of_period_has_its_words(period, words):
    cadence = cadence_of(period)
    assert words == (
        cadence.count(2),
        cadence.one_by_one(),
        cadence.each(),
        cadence.heading(),
        cadence.short(period),
    )


def test_a_period_of_two_years_is_no_part_of_a_year():
    assert cadence_of(Period(date(2020, 1, 1), date(2021, 12, 31))).in_a_year == 1
    assert [Cadence(months, 0).in_a_year for months in (1, 3, 12, 0)] == [12, 4, 1, 1]


def test_counts_on_one_day_a_year_follow_each_other_without_gaps_between():
    days = [Period(date(2020 + index, 3, 31), date(2020 + index, 3, 31)) for index in (0, 2, 3)]
    rows = observed(in_time("all", [5, 6, 7], periods=days), "detained_at_year_end")
    series = series_of("all", None, rows[-1], [StatedFigures(release=release(), observations=rows)])
    assert [place.period for place in series.places] == days


def test_every_rule_has_words_and_so_has_keeping_to_all_of_them():
    assert len({what_it_shows(rule, with_limits=True) for rule in Rule}) == 8
    assert what_it_shows(Rule(0), with_limits=True) == "what chance explains"
