import re

import pytest
from tests.apps.accountability.figures_example import breakdown_of, detention_figures, figure, rounded, version

from evenhand.apps.accountability.presenters.gap import GapSection, gap_section
from evenhand.apps.accountability.presenters.gap_figures import gap_figures
from evenhand.apps.accountability.presenters.indicator import widest
from evenhand.charts.marks import MarkKind
from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, Count

# NHS England, Mental Health Act Statistics 2023-24, Leicester, Leicestershire and Rutland: count / published rate.
LOCAL = [figure("white", Count(515), Count(813_586)), figure("black", Count(50), Count(37_202))]


def section(figures, indicator_id="detention", comparator="white") -> GapSection:
    breakdown = breakdown_of(figures, indicator_id, comparator)
    return gap_section(version(indicator_id), breakdown, widest(breakdown))


def row_of(found: GapSection, name: str):
    return next(drawn.row for drawn in found.chart.rows if drawn.row.label == name)


def cells_of(found: GapSection, name: str) -> dict[str, str]:
    cells = next(row[1:] for row in found.chart.table.rows if row[0] == name)
    return dict(zip(found.chart.table.headings[1:], cells, strict=True))


def test_the_gap_of_the_published_table_before_rounding():
    """By hand: 50/37,202 less 515/813,586 is 134.40 - 63.30 = 71.1 per 100,000, and MOVER on Byar's limits

    99.75 to 177.20 and 57.95 to 69.01 makes it 36.0 to 114.2; times 37,202 people, 26.5 events, 13.4 to 42.5.
    """
    gap = gap_figures(version(), breakdown_of(LOCAL)).to_comparator["black"]
    assert (gap.difference.value, gap.difference.lower, gap.difference.upper) == pytest.approx(
        (71.1, 36.0, 114.2), abs=0.05
    )
    assert (gap.excess.value, gap.excess.lower, gap.excess.upper) == pytest.approx((26.45, 13.39, 42.50), abs=0.01)
    assert (
        section(LOCAL)
        .paragraphs[0]
        .startswith(
            "Among Black people there were between 3 and 12 more detentions in the year for every 10,000 people than "
            "among White people. In all that is about 26 (13 to 43) more detentions than at the rate of White people."
        )
    )


def test_two_groups_stand_beside_their_average_by_their_shares_of_the_people():
    """(1 - π) times 71.1 per 100,000, π = 37,202 of 850,788: 68.0 for Black people, -3.1 for White."""
    to_average = gap_figures(version(), breakdown_of(LOCAL)).to_average
    assert to_average["black"].difference.value == pytest.approx(71.101 * 813_586 / 850_788, abs=0.01)
    assert to_average["white"].difference.value == pytest.approx(-71.101 * 37_202 / 850_788, abs=0.01)


def test_the_gap_is_said_with_rounding_in_frequencies_in_all_and_beside_the_average():
    figures, why = section(detention_figures()).paragraphs
    assert figures == (
        "Among Black people there were between 3 and 13 more detentions in the year for every 10,000 people than among "
        "White people. In all that is about 26 (11 to 45) more detentions than at the rate of White people. Beside the "
        "average of everybody whose ethnicity is recorded there were between 2 and 12 more for every 10,000 people: in "
        "all about 25 (10 to 43) more."
    )
    assert why == "These numbers say how far apart the figures are. They do not say why."


def test_every_group_is_drawn_and_both_references_stand_in_the_table():
    found = section(detention_figures())
    assert [(drawn.row.label, drawn.row.value, drawn.row.range) for drawn in found.chart.rows] == [
        ("White", "", "compared with"),
        ("Mixed", "2 more", "2 fewer to 7 more"),
        ("Asian or Asian British", "as many", "1 fewer to 2 more"),
        ("Black or Black British", "7 more", "3 to 13 more"),
        ("Other ethnic groups", "5 more", "1 fewer to 11 more"),
    ]
    assert cells_of(found, "Black or Black British") == {
        "For every 10,000, than White people": "7.1 more (3.0 to 12.1 more)",
        "Times the rate of White people": "2.12 (1.47 to 2.95)",
        "In all, than at the rate of White people": "26.4 more (11.5 to 44.9 more)",
        "For every 10,000, than everybody recorded": "6.7 more (2.7 to 11.5 more)",
        "Times the rate of everybody recorded": "1.98 (1.40 to 2.70)",
        "In all, than at the rate of everybody recorded": "24.8 more (10.2 to 42.8 more)",
        "What may be said": "higher",
    }
    white = cells_of(found, "White")
    assert white["For every 10,000, than White people"] == "compared with"
    assert white["Times the rate of everybody recorded"] == "0.935 (0.876 to 0.992)"  # not written as reaching 1
    assert found.chart.reference.value == 0
    assert "−5" in found.chart.axis_above
    assert "+10" in found.chart.axis_above
    assert "White people: the group compared with" in found.chart.alternative


def test_where_we_cannot_tell_the_sentence_says_so_and_runs_from_fewer_to_more():
    figures = [figure("white", rounded(515), Count(812_992)), figure("mixed", rounded(25), Count(30_185))]
    words = section(figures).paragraphs[0]
    assert words.startswith(
        "Among people of Mixed ethnicity there could have been anything from 2 fewer to 7 more detentions in the year "
        "for every 10,000 people than among White people: we cannot tell from these figures. In all that is about 6 "
        "more (5 fewer to 21 more) detentions than at the rate of White people."
    )
    assert "it could be from 2 fewer to 7 more for every 10,000 people." in words


def test_a_hidden_group_is_hidden_and_leaves_no_average():
    found = section(detention_figures(asian=SUPPRESSED))
    hidden = row_of(found, "Asian or Asian British")
    assert (hidden.value, hidden.note) == ("hidden", "hidden to protect people in small groups")
    assert hidden.mark.kind is MarkKind.HIDDEN
    assert cells_of(found, "Asian or Asian British")["Times the rate of White people"] == "hidden"
    assert "everybody recorded" not in " ".join(found.chart.table.headings)
    assert found.paragraphs[1].endswith(
        "The average of everybody cannot be worked out, since not every group's figures are shown."
    )


def test_not_recorded_and_does_not_apply_keep_their_words():
    figures = [each for each in detention_figures() if each.group not in {"mixed", "other"}]
    figures += [figure("mixed", UNKNOWN, Count(30_185)), figure("other", Count(25), NOT_APPLICABLE)]
    found = section(figures)
    assert row_of(found, "Mixed").value == "not recorded"
    assert row_of(found, "Other ethnic groups").value == "does not apply"
    assert row_of(found, "Other ethnic groups").note == "not compared"


def test_a_group_that_counted_none_has_a_difference_like_any_other():
    found = section(detention_figures(other=Count(0), unrecorded=None))
    none = row_of(found, "Other ethnic groups")
    assert none.mark.kind is MarkKind.CLAIM
    assert none.value == "6 fewer"


def test_of_published_rates_only_what_can_be_had_is_said():
    """242.3 ± 6.9 less 68.4 ± 0.7: 173.9 ± √(6.9² + 0.7²) = 166.96 to 180.84 per 100,000."""
    figures = [
        figure("white", Count(31_735), NOT_APPLICABLE, published_value=68.4, published_half_width=0.7),
        figure("black", Count(5_693), NOT_APPLICABLE, published_value=242.3, published_half_width=6.9),
    ]
    found = section(figures, "detention_standardised")
    said, cannot = found.paragraphs
    assert said == (
        "Among Black people there were between 16 and 19 more detentions in the year for every 10,000 people than "
        "among White people."
    )
    assert cannot == (
        "These numbers say how far apart the figures are. They do not say why. The source prints rates and not the "
        "people they are out of: how many more or fewer that is in all, and how far it is from the average of "
        "everybody, cannot be worked out."
    )
    assert cells_of(found, "Black or Black British")["For every 10,000, than White people"] == (
        "17.4 more (16.6 to 18.1 more)"
    )
    assert len(found.chart.table.headings) == 4


def test_shares_are_said_of_a_hundred():
    figures = [figure("white", Count(5_450), Count(10_000)), figure("asian", Count(2_300), Count(5_000))]
    words = section(figures, "talking_therapies_recovery").paragraphs[0]
    assert "between 6 and 11 fewer people who recovered in the year for every 100 people who finished" in words
    assert "about 425 (340 to 510) fewer people who recovered than at the share of White people." in words


def test_what_was_not_written_down_can_make_a_gap_undecided():
    figures = [*LOCAL, figure("unknown", Count(700), NOT_APPLICABLE)]
    found = section(figures)
    assert "What was not written down could turn this round: it is undecided." in found.paragraphs[0]
    assert cells_of(found, "Black or Black British")["What may be said"] == "undecided (higher as recorded)"
    assert row_of(found, "Black or Black British").range == "3 to 12 more; undecided"
    assert "Undecided, since what was not written down could turn it round: Black or Black British." in (
        found.chart.words.note
    )


def test_a_group_that_stands_out_alone_and_not_among_so_many_says_so():
    """66 of 100,000 to 500 of a million: 1.32, from 1.01 at 95 %; the first claim of four takes 98.75 %."""
    events = {"A": (500, 1_000_000), "H": (66, 100_000), "J": (50, 100_000), "K": (51, 100_000), "L": (48, 100_000)}
    figures = [
        figure(code, Count(count), Count(people), classification="nhs_2001") for code, (count, people) in events.items()
    ]
    breakdown = breakdown_of(figures)
    assert [row.group for row in breakdown.different_by_themselves] == ["H"]
    found = gap_section(version(), breakdown, widest(breakdown))
    assert (
        "Indian: by itself the range leaves out no difference; among the 4 groups compared here it may be chance."
        in (found.chart.words.note)
    )
    assert row_of(found, "Indian").range.endswith(" more; may be chance")
    assert cells_of(found, "Indian")["What may be said"] == "we cannot tell: among 4 groups it may be chance"
    assert re.search(r"Indian: .* We cannot tell: among 4 groups it may be chance\.", found.chart.alternative)


def test_where_nothing_is_compared_there_is_no_gap():
    assert section([figure("black", Count(50), Count(37_202))]) is None
    assert section([figure("white", Count(0), Count(90_000)), figure("black", Count(9), Count(90_000))]) is None
    assert gap_figures(version(), breakdown_of([figure("black", Count(50), Count(37_202))])).to_comparator == {}


def test_no_sentence_claims_a_cause():
    found = section(detention_figures())
    assert "caus" not in " ".join([*found.paragraphs, found.chart.words.note, found.chart.alternative])
