from dataclasses import replace

import pytest
from django.utils import translation
from tests.apps.accountability.figures_example import (
    breakdown_of,
    definition,
    detention_figures,
    figure,
    rounded,
    version,
)

from evenhand.apps.accountability.presenters import drawings
from evenhand.apps.accountability.presenters.tables import figures_table
from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, Count

SOURCE = "NHS England, Mental Health Act Statistics, Annual Figures 2023-24"


def chart(figures, indicator_id="detention"):
    return drawings.groups_chart(
        "by-group", definition(indicator_id), version(indicator_id), breakdown_of(figures, indicator_id), source=SOURCE
    )


def test_groups_stand_in_the_order_of_the_source_with_point_and_range():
    rows = [(drawn.row.label, drawn.row.value, drawn.row.range) for drawn in chart(detention_figures()).rows]
    assert rows == [
        ("White", "63", "57 to 70"),
        ("Mixed", "83", "48 to 131"),
        ("Asian or Asian British", "66", "55 to 80"),
        ("Black or Black British", "134", "95 to 184"),
        ("Other ethnic groups", "109", "63 to 172"),
        ("Ethnicity not recorded", "95", "detentions"),
    ]


def test_the_chart_says_what_it_shows_how_and_from_where():
    words = chart(detention_figures()).words
    assert words.title == "Detentions for every 100,000 people, by ethnic group"
    assert words.subtitle == "Not age-standardised. Counts rounded to 5 before publication."
    assert "Source: NHS England, Mental Health Act Statistics" in words.note
    assert "“Everyone”" in words.note


def test_everyone_is_those_whose_ethnicity_is_recorded_and_named_on_the_drawing():
    assert chart(detention_figures()).reference.words == "everyone: 68"
    hidden = chart(detention_figures(black=SUPPRESSED))
    assert hidden.reference is None
    assert "Everyone" not in hidden.words.note


def test_a_share_says_of_whom():
    figures = [figure("white", Count(51), Count(100)), figure("asian", Count(23), Count(50))]
    drawn = chart(figures, "talking_therapies_recovery")
    assert drawn.words.title == "Recovery in NHS Talking Therapies, by ethnic group"
    assert drawn.words.subtitle.startswith("Per cent of people who finished treatment and were unwell at its start.")


def test_what_the_publisher_allowed_for_is_said():
    figures = [
        figure("white", Count(9), NOT_APPLICABLE, published_value=68.4, published_half_width=0.7),
        figure("black", Count(9), NOT_APPLICABLE, published_value=242.3, published_half_width=6.9),
    ]
    assert chart(figures, "detention_standardised").words.subtitle == "Allowing for age and sex."


def test_no_range_at_all_is_drawn_as_a_point_and_said():
    breakdown = breakdown_of(detention_figures())
    row = breakdown.groups[0]
    bare = replace(row.value, lower=float("nan"), upper=float("nan"))
    bare = replace(bare, lower_with_rounding=float("nan"), upper_with_rounding=float("nan"))
    breakdown = replace(breakdown, groups=(replace(row, value=bare),))
    drawn = drawings.groups_chart("by-group", definition(), version(), breakdown, source=SOURCE)
    assert drawn.rows[0].row.range == ""
    assert drawn.table.rows[0][4:6] == ("not given", "not given")
    nothing = replace(breakdown, groups=(replace(row, value=replace(row.value, method="x")),))
    assert (
        "Ranges: x, 95 %."
        in drawings.groups_chart("by-group", definition(), version(), nothing, source=SOURCE).words.note
    )


def test_the_doubts_are_drawn_one_by_one():
    breakdown = breakdown_of(detention_figures())
    drawn = drawings.doubts_chart("how-sure", version(), breakdown, breakdown.claims[0])
    assert [(row.row.label, row.row.value, row.row.range) for row in drawn.rows] == [
        ("Chance alone", "2.1", "1.5 to 2.9 times"),
        ("Chance, and counts rounded to 5", "2.1", "1.4 to 3 times"),
        ("The 95 not recorded", "no point", "1.7 to 6.2 times"),
    ]
    assert drawn.words.title == "Black people compared with White people: how many times the rate?"
    assert drawn.scale.ticks == (1, 2, 3, 4, 5, 6, 7)


def test_exact_counts_that_are_complete_leave_chance_alone():
    breakdown = breakdown_of([figure("white", Count(515), Count(812_992)), figure("black", Count(50), Count(37_231))])
    drawn = drawings.doubts_chart("how-sure", version(), breakdown, breakdown.claims[0])
    assert [row.row.label for row in drawn.rows] == ["Chance alone"]


def test_a_row_without_a_ratio_cannot_be_drawn_as_one():
    breakdown = breakdown_of(detention_figures())
    with pytest.raises(ValueError, match="without an estimate"):
        drawings.ratio_row(breakdown.comparator, "White")


def test_from_right_to_left_the_drawing_is_mirrored_and_says_so():
    with translation.override("ur"):
        drawn = chart(detention_figures())
    assert drawn.right_to_left
    assert drawn.words.mirrored
    zero = 'x="100%" y="1em" text-anchor="middle">0<'
    assert zero in drawn.axis_above
    assert zero not in chart(detention_figures()).axis_above


def test_the_table_has_the_figures_of_the_chart_and_the_totals():
    figures = [*detention_figures(), figure("all", rounded(855), Count(1_136_705))]
    breakdown = breakdown_of(figures)
    table = figures_table(version(), breakdown, chart(figures))
    by_group = {row[0]: row[1:] for row in table.rows}
    assert table.headings == (
        "Ethnic group",
        "Detentions, to nearest 5",
        "People",
        "Per 100,000 people",
        "Range from chance, 95 per cent",
        "Range with rounding",
        "Times the rate of White people",
        "What may be said",
    )
    assert by_group["Black or Black British"] == (
        "50",
        "37,231",
        "134.3",
        "99.6 to 177.1",
        "95.0 to 183.2",
        "2.12 (1.47 to 2.95)",
        "higher",
    )
    assert by_group["White"][-2:] == ("1", "compared with")
    assert by_group["Other ethnic groups"][-1] == "we cannot tell"
    assert by_group["Ethnicity not recorded"][:3] == ("95", "does not apply", "does not apply")
    assert by_group["All"][-2:] == ("does not apply", "not compared")


def test_hidden_is_written_out_in_every_cell_that_would_tell():
    breakdown = breakdown_of(detention_figures(black=SUPPRESSED))
    table = figures_table(version(), breakdown, chart(detention_figures(black=SUPPRESSED)))
    black = next(row for row in table.rows if row[0] == "Black or Black British")
    assert black[1:] == ("hidden", "37,231", "hidden", "hidden", "hidden", "hidden", "not compared")


def test_exact_figures_without_a_comparison_have_fewer_columns():
    only = [figure("black", Count(50), Count(37_231))]
    table = figures_table(version(), breakdown_of(only), chart(only))
    assert table.headings == (
        "Ethnic group",
        "Detentions",
        "People",
        "Per 100,000 people",
        "Range from chance, 95 per cent",
    )


def test_without_groups_the_table_has_the_totals_alone():
    totals = breakdown_of([figure("all", Count(185), NOT_APPLICABLE)])
    table = figures_table(version(), totals, None)
    assert table.headings[0] == "Who"
    assert table.rows == (("All", "185", "does not apply", "does not apply", "does not apply"),)


def test_ticks_are_written_as_finely_as_they_are_spaced():
    rare = drawings.groups_chart(
        "x", definition(), version(), breakdown_of([figure("white", Count(9), Count(9_000_000))]), source=SOURCE
    )
    assert [f">{tick}<" in rare.axis_above for tick in ("0", "0.05", "0.1", "0.15", "0.2")] == [True] * 5
