"""Whether a gap changed: which counts are added up, what is said of the change, and what could be seen."""

from dataclasses import replace

import pytest
from tests.apps.accountability.figures_example import ENGLAND, definition, detention_figures, figure, rounded, version
from tests.apps.accountability.released_example import in_time, observed, release, year

from evenhand.apps.accountability.presenters.breakdowns import breakdowns
from evenhand.apps.accountability.presenters.gap_over_time import gap_over_time, what_could_be_seen, why_added_up
from evenhand.apps.accountability.presenters.over_time import over_time
from evenhand.apps.accountability.presenters.two_groups import TwoGroups, two_groups
from evenhand.apps.monitoring.queries import StatedFigures
from evenhand.charts.marks import MarkKind
from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, Count

WHITE = [160, 150, 166, 155, 148, 170, 158, 149, 163, 152, 161, 157]
BLACK = [38, 35, 41, 33, 39, 36, 40, 34, 37, 42, 35, 38]
OF, OF_OTHERS = Count(1_000), Count(10_000)


def two(black, white, indicator_id: str = "restraint", *, of=OF, of_others=OF_OTHERS, **changes) -> TwoGroups | None:
    figures = [*in_time("white", white, of=of_others, **changes), *in_time("black", black, of=of, **changes)]
    stated = [StatedFigures(release=release(), observations=observed(figures, indicator_id))]
    main = breakdowns(stated[0].observations)[0]
    group = next(row for row in main.groups if row.group == "black")
    return two_groups(version(indicator_id), group, main.comparator, stated)


def said(found: TwoGroups) -> str:
    return gap_over_time("gap", found).text


def test_the_newest_year_is_compared_with_the_one_before_month_for_month():
    found = two([*BLACK, *BLACK[::-1]], [*WHITE, *WHITE])
    before, after = found.ends
    assert (before.group, before.others) == ((sum(BLACK), 12_000), (sum(WHITE), 120_000))
    assert (before.periods, after.periods, found.length, found.left_out) == (12, 12, 12, 0)
    assert said(found).startswith(
        "From April 2022 to March 2023 the rate of Black people was 2.1 to 2.7 times that of White people; from April "
        "2023 to March 2024 it was 2.1 to 2.7 times. If there was a change, it is too small to be seen"
    )
    older = two([*BLACK, *BLACK, *BLACK], [*WHITE, *WHITE, *WHITE])
    assert older.ends[0].period.start.year == 2023


def test_a_month_hidden_in_one_group_is_left_out_of_both_and_said():
    black = [*BLACK, *BLACK]
    black[2], black[20] = SUPPRESSED, SUPPRESSED
    white = [*WHITE, *WHITE]
    white[2] = None
    found = two(black, white)
    before, after = found.ends
    assert before.others == (sum(WHITE) - WHITE[2], 110_000)
    assert after.group == (sum(BLACK) - BLACK[8], 11_000)
    assert said(found).endswith("Left out of both groups, since a count of one of them is hidden or missing: 2 months.")


def test_a_gap_that_narrowed_widened_or_turned_is_called_so():
    half = [round(each / 2) for each in BLACK]
    assert "The gap narrowed by more than chance explains." in said(two([*BLACK, *half], [*WHITE, *WHITE]))
    assert "The gap widened by more than chance explains." in said(two([*half, *BLACK], [*WHITE, *WHITE]))
    few = [round(each / 6) for each in BLACK]
    turned = two([*[round(each / 1.6) for each in BLACK], *few], [*WHITE, *WHITE])
    assert "The gap turned round, by more than chance explains: who had more before now has less." in said(turned)


def test_a_few_and_then_none_is_a_change_we_cannot_tell_of():
    found = two([1, *[0] * 10, 1, *[0] * 12], [*WHITE, *WHITE])
    assert "Whether the gap changed we cannot tell from these figures." in said(found)
    last = gap_over_time("gap", found).chart.rows[1].row
    assert (last.value, last.cells[0]) == ("0.00", "0")


def test_a_change_too_small_to_be_seen_says_what_seeing_it_would_take():
    found = two([*BLACK, *(each - 3 for each in BLACK)], [*WHITE, *WHITE])
    assert "it is too small to be seen with these numbers; seeing it would take about " in said(found)
    assert "before and as long after, or about " in said(found)
    assert "integrated care boards of this size counted together." in said(found)
    same = two([*BLACK, *BLACK], [*WHITE, *WHITE])
    assert "If there was a change, it is too small to be seen with these numbers." in said(same)
    barely = two([*BLACK, *BLACK[:-1], BLACK[-1] + 1], [*WHITE, *WHITE])
    assert "seeing it would take more than 100 years before and after." in said(barely)


def test_how_much_months_vary_beyond_chance_widens_the_ranges_and_is_said():
    calm = two([*BLACK, *BLACK], [*WHITE, *WHITE])
    wild = two([each + (12 if index % 2 else -12) for index, each in enumerate([*BLACK, *BLACK])], [*WHITE, *WHITE])
    assert calm.spread == (1.0, 1.0)
    assert wild.spread[0] > 2
    assert wild.spread_is_known
    note = gap_over_time("gap", wild).chart.words.note
    assert note == "Ranges: 95 %, widened by how much the counts of neighbouring periods differ beyond chance."


def test_of_years_the_newest_is_compared_with_the_oldest_that_both_have_and_nothing_is_known_beyond_chance():
    years = [year(2018 + index) for index in range(5)]
    found = two(
        [SUPPRESSED, 52, 60, 57, 70],
        [900, 1000, 950, 980, 960],
        "talking_therapies_recovery",
        of=Count(150),
        of_others=Count(2_000),
        periods=years,
    )
    assert [end.period for end in found.ends] == [years[1], years[4]]
    assert not found.spread_is_known
    made = gap_over_time("gap", found)
    assert "the share of Black people was" in made.text
    assert made.text.endswith("is hidden or missing: 1 year.")
    assert made.chart.words.note.startswith("Ranges: 95 %, from chance alone; with so few periods nobody can tell")
    assert [drawn.row.mark.kind for drawn in made.chart.rows] == [MarkKind.CLAIM, MarkKind.CANNOT_TELL]
    assert why_added_up(found) == ""


def test_less_than_two_years_of_months_are_two_halves_and_not_the_same_months():
    found = two(BLACK[:7], WHITE[:7])
    assert (found.length, found.ends[0].periods) == (3, 3)
    assert "The two periods are not the same months of the year." in gap_over_time("gap", found).chart.words.note


def test_the_drawing_has_both_ratios_and_its_table_the_counts():
    found = two([rounded(35)] * 24, [rounded(155)] * 24)
    chart = gap_over_time("gap", found).chart
    assert chart.words.title == "Black people compared with White people, then and now: how many times the rate?"
    assert chart.table.headings == (
        "Period",
        "People restrained, Black people",
        "Bed days, Black people",
        "People restrained, White people",
        "Bed days, White people",
        "Times, and its range",
    )
    assert chart.table.rows[0][:5] == ("2022-23", "420", "12,000", "1,860", "120,000")
    assert "Each count that is added up may be off by up to 2 from rounding." in chart.words.note


def test_none_at_all_in_one_group_is_said_and_not_drawn():
    nobody_else = gap_over_time("gap", two([*BLACK, *BLACK], [0] * 24))
    assert nobody_else.chart is None
    nobody = gap_over_time("gap", two([0] * 24, [0] * 24))
    assert nobody.chart is None
    assert nobody.text == (
        "Whether the gap between Black people and White people changed nobody can tell: too few were counted."
    )


def test_without_counts_or_two_periods_there_is_no_change_to_speak_of():
    published = [
        figure(
            group, Count(9), NOT_APPLICABLE, period=year(2020 + index), published_value=50.0, published_half_width=1.0
        )
        for group in ("white", "black")
        for index in range(2)
    ]
    rows = observed(published, "detention_standardised")
    stated = [StatedFigures(release=release(), observations=rows)]
    assert two_groups(version("detention_standardised"), rows[0], rows[1], stated) is None
    assert two([SUPPRESSED], [150]) is None
    one = two([50], [500], "detention", of=Count(40_000), of_others=Count(800_000), periods=[year(2023)])
    assert gap_over_time("gap", one) is None
    apart = two([SUPPRESSED, SUPPRESSED, 30, 30], WHITE[:4])
    assert apart.ends is None


def test_what_could_be_seen_is_said_from_one_year_already():
    figures = detention_figures()
    stated = [StatedFigures(release=release(), observations=observed(figures))]
    main = breakdowns(stated[0].observations)[0]
    found = over_time(definition(), version(), main, main.claims[0], stated)
    # The arithmetic: 2.8² / ln(0.8)² · (1/50 + 1/40 + 2/515) = 157.6 · 0.0489 = 7.7 years
    ((heading, (sentence,)),) = found.beside
    assert heading == "What could be seen"
    assert sentence == (
        "To see the rate of Black people come down by a fifth, and no other, takes about 8 years before and as long "
        "after, or about 8 integrated care boards of this size counted together."
    )


def test_what_could_be_seen_of_a_lower_rate_is_a_rise_and_a_country_has_no_neighbours():
    figures = [replace(each, organisation=ENGLAND) for each in detention_figures(black=rounded(10))]
    stated = [StatedFigures(release=release(), observations=observed(figures))]
    main = breakdowns(stated[0].observations)[0]
    group = next(row for row in main.groups if row.group == "black")
    (sentence,) = what_could_be_seen(two_groups(version(), group, main.comparator, stated))
    assert sentence.startswith("To see the rate of Black people go up by a quarter, and no other, takes about 29 ")
    assert sentence.endswith("years before and as long after.")


def test_a_share_that_cannot_rise_by_a_quarter_is_not_said_to():
    periods = [year(2022), year(2023)]
    found = two(
        [85, 86], [950, 951], "talking_therapies_recovery", of=Count(100), of_others=Count(1_000), periods=periods
    )
    assert len(what_could_be_seen(found)) == 1


def test_the_smallest_change_is_said_from_the_ratio_as_it_was():
    found = two([*BLACK, *BLACK], [*WHITE, *WHITE])
    first, second = what_could_be_seen(found)
    assert first.startswith("With numbers like these, a ratio that goes from 2.37 to 1.92 or below")
    assert "come down by a fifth" in second
    assert why_added_up(found) == (
        "Among Black people there are about 37 people restrained every month: chance alone moves so few up and down. "
        "So the gap is added up over 12 months."
    )


@pytest.mark.parametrize("months", [24, 12])
def test_where_nothing_happened_to_a_group_no_smallest_change_is_made_up(months):
    assert what_could_be_seen(two([0] * months, [0] * months)) == ()
