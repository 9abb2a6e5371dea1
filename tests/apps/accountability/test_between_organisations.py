"""Where an organisation lies among others of its level: who is compared, what is said, and what the drawing names."""

from dataclasses import replace

import pytest
from django.utils import translation
from tests.apps.accountability.figures_example import LLR, definition, figure, rounded
from tests.apps.accountability.released_example import observed, release

from evenhand.apps.accountability.presenters.between_organisations import BetweenOrganisations, between_organisations
from evenhand.apps.accountability.presenters.breakdowns import breakdowns
from evenhand.apps.accountability.presenters.funnels import position_words
from evenhand.apps.accountability.presenters.indicator import widest
from evenhand.apps.accountability.presenters.levels import several
from evenhand.apps.accountability.queries import IndicatorInPlace
from evenhand.apps.monitoring.queries import ListedOrganisation, StatedFigures
from evenhand.apps.organisations.models import Kind
from evenhand.charts.funnel import FunnelKind
from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, Count
from evenhand.datasets.observations import Organisation, OrganisationLevel
from evenhand.stats.funnels import Position

PEOPLE = Count(1_000_000)


def board(index: int, level: OrganisationLevel = OrganisationLevel.ICB) -> Organisation:
    return LLR if index == 0 else Organisation(f"X{index:02}", f"Board {index:02}", level)


def of_everybody(counts, *, of: Count = PEOPLE, level: OrganisationLevel = OrganisationLevel.ICB):
    return [
        figure("all", count, of, organisation=replace(board(index), level=level), classification="total")
        for index, count in enumerate(counts)
    ]


def of_group(group: str, counts, *, of: Count):
    return [figure(group, count, of, organisation=board(index)) for index, count in enumerate(counts)]


def between(figures, indicator_id: str = "detention") -> BetweenOrganisations | None:
    rows = observed(figures, indicator_id)
    here = [row for row in rows if row.organisation.code == LLR.code]
    organisations = {row.organisation.code: row.organisation for row in rows}
    listed = {
        code: ListedOrganisation(organisation=each, kind=Kind.AREA, invented=False)
        for code, each in organisations.items()
    }
    main = breakdowns(here)[0]
    of = IndicatorInPlace(
        definition=definition(indicator_id),
        organisation=listed[LLR.code],
        stated=(StatedFigures(release=release(), observations=tuple(here)),),
        quality=(),
        beside=(StatedFigures(release=release(), observations=rows),),
        listed=tuple(listed.values()),
    )
    return between_organisations(of, definition(indicator_id).versions[-1], main, widest(main))


def counts_of(*numbers: int) -> list[Count]:
    return [Count(number) for number in numbers]


def test_an_organisation_among_few_lies_where_chance_allows_and_how_they_differ_nobody_can_tell():
    found = between(of_everybody(counts_of(800, 790, 815, 780)))
    (funnel,) = found.funnels
    assert "This is no league table" in found.text
    assert funnel.text == (
        "Leicester, Leicestershire and Rutland: about what chance allows. By chance alone less than one of the 4 "
        "integrated care boards would lie outside the range that holds 95 of 100; none lies outside. With fewer than "
        "10, nobody can tell how much they usually differ."
    )
    words = funnel.chart.words
    assert words.title == "Detentions for every 100,000 people: integrated care boards side by side"
    assert words.size_heading == "People, in thousands"
    assert [organisation.name for organisation in funnel.chart.organisations] == [
        "Board 01",
        "Board 02",
        "Board 03",
        "Leicester, Leicestershire and Rutland",
    ]
    assert [each.is_subject for each in funnel.chart.organisations] == [False, False, False, True]


def test_one_that_differs_by_more_than_chance_among_few_is_called_so_and_no_more():
    (funnel,) = between(of_everybody(counts_of(1100, 790, 815, 780))).funnels
    assert funnel.text.startswith(
        "Leicester, Leicestershire and Rutland: higher than chance gives once in 1,000. By chance alone"
    )
    low = between(of_everybody(counts_of(720, 800, 815, 800))).funnels[0]
    assert low.text.startswith("Leicester, Leicestershire and Rutland: lower than chance gives once in 40. By chance")


USUALLY = (700, 900, 760, 840, 660, 940, 720, 880, 800, 780, 820)


def test_with_ten_or_more_the_lines_allow_for_how_much_they_usually_differ():
    within = between(of_everybody(counts_of(690, *USUALLY))).funnels[0]
    assert "lower than chance gives once in 1,000, but within how much integrated care boards usually differ." in (
        within.text
    )
    assert "So they differ by more than chance. With a range that allows for their usual differences, none lies" in (
        within.text
    )
    beyond = between(of_everybody(counts_of(2000, *USUALLY))).funnels[0]
    assert (
        "higher than chance gives once in 1,000, even allowing for how much integrated care boards usually differ."
        in beyond.text
    )
    assert beyond.text.endswith("2 lie outside.")
    kinds = {each.name: each.kind for each in beyond.chart.organisations}
    assert kinds["Leicester, Leicestershire and Rutland"] is FunnelKind.BEYOND_OUTER
    cells = {row[0]: row[-1] for row in beyond.chart.table.rows}
    assert cells["Leicester, Leicestershire and Rutland"].endswith("once in 1,000, usual differences allowed for")
    assert cells["Board 09"] == "within what is usual"
    assert "Spiegelhalter" in beyond.chart.words.note


def test_ten_that_differ_by_chance_alone_keep_the_lines_of_chance():
    found = between(of_everybody(counts_of(800, 810, 790, 805, 795, 800, 812, 788, 803, 797, 801))).funnels[0]
    assert "So they differ" not in found.text
    assert "nobody can tell" not in found.text
    assert "less than one of the 11" in found.text
    many = between(of_everybody(counts_of(*[800, 810, 790] * 14))).funnels[0]
    assert "By chance alone about 2 of the 42 integrated care boards" in many.text


def test_less_than_three_are_not_compared_and_why_is_said():
    two = between(of_everybody(counts_of(800, 790)))
    assert two == BetweenOrganisations(
        "Only 2 integrated care boards have figures of this period here; it takes 3 to compare them.", ()
    )
    one = between(of_everybody(counts_of(800)))
    assert one.text == "No others of the integrated care boards have figures of this period here to compare with."


def test_countries_rates_of_a_publisher_and_figures_without_counts_are_not_compared_at_all():
    countries = [
        replace(each, organisation=replace(each.organisation, level=OrganisationLevel.COUNTRY))
        for each in of_everybody(counts_of(800, 790, 815))
    ]
    assert between(countries) is None
    published = [
        replace(each, denominator=NOT_APPLICABLE, published_value=80.0, published_half_width=2.0)
        for each in of_everybody(counts_of(800, 790, 815))
    ]
    assert between(published, "detention_standardised") is None
    assert between([figure("white", SUPPRESSED, PEOPLE)]) is None


def test_whoever_is_hidden_or_not_recorded_is_named_with_the_word():
    found = between(of_everybody([*counts_of(800, 790, 815), SUPPRESSED, UNKNOWN])).funnels[0]
    assert [(each.name, each.value, each.kind) for each in found.chart.not_drawn] == [
        ("Board 03", "hidden", FunnelKind.HIDDEN),
        ("Board 04", "not recorded", FunnelKind.NOT_RECORDED),
    ]
    assert found.chart.table.rows[2] == ("Board 03", "hidden", "1,000,000", "hidden", "hidden")
    without = [
        *of_everybody(counts_of(800, 790, 815)),
        figure("all", Count(5), NOT_APPLICABLE, organisation=board(9), classification="total"),
    ]
    (nobody,) = between(without).funnels[0].chart.not_drawn
    assert nobody.value == "does not apply"


def test_none_is_a_place_like_any_other():
    found = between(of_everybody(counts_of(8, 0, 5, 7))).funnels[0]
    assert {each.name: each.value for each in found.chart.organisations}["Board 01"] == "none"


GROUPS = [
    *of_everybody(counts_of(900, 910, 890, 905, 900, 880)),
    *of_group("white", counts_of(700, 690, 710, 700, 705, 698), of=Count(900_000)),
]


def test_where_five_print_the_group_of_the_page_it_has_a_funnel_of_its_own():
    black = of_group("black", [*counts_of(90, 85, 80, 95, 88), SUPPRESSED], of=Count(40_000))
    funnels = between([*GROUPS, *black]).funnels
    assert [each.chart.identifier for each in funnels] == ["between-organisations", "between-organisations-group"]
    assert funnels[1].chart.words.title == (
        "Detentions for every 100,000 people, Black people: integrated care boards side by side"
    )
    assert funnels[1].text.startswith("Leicester, Leicestershire and Rutland, Black people: about what chance allows.")
    assert [each.name for each in funnels[1].chart.not_drawn] == ["Board 05"]
    assert funnels[1].chart.words.size_heading == "People"


def test_else_the_group_that_most_print_and_where_fewer_than_five_do_there_is_none():
    black = of_group("black", counts_of(90, 85, 80, 95), of=Count(40_000))
    assert len(between([*GROUPS, *black]).funnels) == 1
    asian = of_group("asian", counts_of(120, 125, 118, 130, 122, 119), of=Count(150_000))
    mixed = of_group("mixed", counts_of(30, 31, 33, 30, 32), of=Count(40_000))
    chosen = between([*GROUPS, *black, *asian, *mixed]).funnels[1].chart
    assert "Asian people" in chosen.words.title


def test_a_group_hidden_here_may_be_shown_elsewhere_and_has_no_place_in_it():
    asian = of_group("asian", [SUPPRESSED, *counts_of(125, 118, 130, 122, 119)], of=Count(150_000))
    funnel = between([*GROUPS, *asian]).funnels[1]
    assert funnel.text.startswith(
        "Leicester, Leicestershire and Rutland has no place in it: its figure is not printed."
    )


def test_shares_are_compared_as_shares():
    found = between(of_everybody(counts_of(480, 500, 520), of=Count(1_000)), "talking_therapies_recovery").funnels[0]
    assert found.chart.words.value_heading == "Per cent"
    assert found.chart.plane.ends[0].lines == ("50",)


def test_rounding_is_said_to_move_a_small_one():
    words = between(of_everybody([rounded(800), rounded(790), rounded(815)])).funnels[0].chart.words
    assert words.subtitle == "Counts rounded to 5 before publication."
    assert words.cell_headings[0] == "Detentions, to nearest 5"
    assert words.note.startswith("Rounding of counts can move a small one across a line.")


def test_each_organisation_stands_once_whatever_its_releases_repeat():
    twice = of_everybody(counts_of(800, 790, 815))
    known = [replace(each, group="all_known", classification="nhs_2001_5") for each in twice]
    found = between([*twice, *known]).funnels[0]
    assert len(found.chart.organisations) == 3


def test_from_right_to_left_the_smallest_are_at_the_right():
    with translation.override("ur"):
        found = between(of_everybody(counts_of(800, 790, 815))).funnels[0]
    assert found.chart.right_to_left


@pytest.mark.parametrize("position", Position)
def test_every_position_has_the_words_of_the_library(position):
    assert position_words(position) == position.words


@pytest.mark.parametrize("level", OrganisationLevel)
def test_every_level_has_a_plural(level):
    assert several(level)
