import pytest
from tests.apps.accountability.figures_example import breakdown_of, detention_figures, figure, version

from evenhand.apps.accountability.presenters.doubts import all_extremes, could_turn_round, levels
from evenhand.apps.accountability.presenters.unrecorded import sign_words, unrecorded
from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, Count
from evenhand.stats.unknown_ethnicity_gaps import GapSign


def table(figures, indicator_id="detention") -> dict[str, tuple[str, ...]]:
    found = unrecorded(version(indicator_id), breakdown_of(figures, indicator_id))
    return {row[0]: row[1:] for row in found.table.rows}


def test_every_group_has_its_bounds_and_an_assumption_that_is_called_one():
    """By hand, Black people: 50/37,231 = 134.3; all 95 with them 145/37,231 = 389.5; spread as the recorded 760 are,

    50·(1 + 95/760)/37,231 = 56.25/37,231 = 151.1 per 100,000.
    """
    found = unrecorded(version(), breakdown_of(detention_figures()))
    assert found.table.headings == (
        "Ethnic group",
        "Per 100,000 people, as recorded",
        "If none of the 95 belonged to it",
        "If all 95 did",
        "Shared out as those recorded are: an assumption",
        "Times the rate of White people, at its bounds",
        "Wherever they belong, chance apart",
    )
    rows = table(detention_figures())
    assert rows["Black or Black British"] == ("134.3", "134.3", "389.5", "151.1", "1.78 to 6.15", "higher")
    assert rows["Asian or Asian British"][-2:] == ("0.88 to 1.74", "undecided")
    assert rows["White"][-2:] == ("1", "compared with")
    assert found.text.startswith("Of 95 detentions nobody knows to which groups they belong.")


def test_a_hidden_group_leaves_nothing_to_share_out_and_has_no_row():
    rows = table(detention_figures(asian=SUPPRESSED))
    assert "Asian or Asian British" not in rows
    assert rows["Black or Black British"][3] == "cannot be worked out"


def test_shares_have_every_way_between_their_bounds():
    """Black: 150 of 400, 60 of 100 unknown. Lowest 150/(400 + 40), highest (150 + 60)/(400 + 60)."""
    figures = [
        figure("white", Count(5_000), Count(10_000)),
        figure("black", Count(150), Count(400)),
        figure("unknown", Count(60), Count(100)),
    ]
    rows = table(figures, "talking_therapies_recovery")
    assert rows["Black or Black British"][:3] == ("37.5", f"{100 * 150 / 440:.1f}", f"{100 * 210 / 460:.1f}")
    extremes = all_extremes(breakdown_of(figures, "talking_therapies_recovery"))["black"]
    assert extremes.has_other_ways
    assert extremes.lowest == pytest.approx((150 / 440) / (5_060 / 10_060))
    assert extremes.highest == pytest.approx((210 / 460) / (5_000 / 10_040))
    assert not extremes.could_turn_round


def test_a_group_without_a_ratio_is_not_compared():
    figures = [figure("white", Count(500), Count(90_000)), figure("black", Count(9), Count(900))]
    rows = table([*figures, figure("unknown", Count(5), NOT_APPLICABLE), figure("asian", Count(0), Count(50))])
    assert rows["Asian or Asian British"][-1] == "undecided"  # none, and five who may be some
    alone = table([figures[1], figure("unknown", Count(5), NOT_APPLICABLE)])
    assert alone["Black or Black British"] == ("1,000.0", "1,000.0", "1,555.6", "1,555.6")


@pytest.mark.parametrize("unknown", [None, SUPPRESSED, Count(0)])
def test_where_nobody_is_unrecorded_or_how_many_is_not_printed_there_is_no_table(unknown):
    assert unrecorded(version(), breakdown_of(detention_figures(unrecorded=unknown))) is None
    assert levels(breakdown_of(detention_figures(unrecorded=unknown)), 100_000) == ()


def test_a_share_of_unrecorded_ones_whose_whole_is_not_known_has_no_bounds():
    figures = [
        figure("white", Count(500), Count(1_000)),
        figure("black", Count(100), Count(400)),
        figure("unknown", Count(50), NOT_APPLICABLE),
    ]
    assert all_extremes(breakdown_of(figures, "talking_therapies_recovery")) == {}


def test_claims_that_could_turn_round_are_found():
    turned = breakdown_of(detention_figures(unrecorded=Count(900)))
    assert [row.group for row in could_turn_round(turned)] == ["black"]
    assert could_turn_round(breakdown_of(detention_figures())) == ()


def test_every_sign_has_a_word():
    assert len({sign_words(sign) for sign in GapSign}) == len(GapSign)
