"""What may be said of a group: worked out from what is printed, and claimed only where chance and rounding cannot."""

import math
from datetime import date

import pytest

from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, CellStatus, Count
from evenhand.datasets.observations import Organisation, OrganisationLevel, Period
from evenhand.errors import InputRefused
from evenhand.indicators.specification import Denominator, Numerator, Source, Statistic, Version
from evenhand.publication.estimates import (
    PUBLISHED_INTERVAL,
    Figure,
    group_label,
    group_order,
    released_observations,
)
from evenhand.publication.observations import CLAIM_RULE, Verdict
from evenhand.stats.multiplicity import BENJAMINI_HOCHBERG

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))
LLR = Organisation("QK1", "Leicester, Leicestershire and Rutland", OrganisationLevel.ICB)


def version(statistic: Statistic, per: int) -> Version:
    published = {"published_value": "rate", "published_half_width": "half_width"}
    return Version(
        valid_from=date(2016, 4, 1),
        statistic=statistic,
        per=per,
        unit=f"per {per}",
        out_of="people",
        numerator=Numerator("counted", "event", "Events.", person_counted_once=False),
        source=Source("A table", "A publisher", "A licence"),
        denominator=Denominator("People.", measure="people"),
        **(published if statistic is Statistic.PUBLISHED_RATE else {}),
    )


RATE = version(Statistic.RATE, 100_000)
SHARE = version(Statistic.PROPORTION, 100)
PUBLISHED = version(Statistic.PUBLISHED_RATE, 100_000)


def figure(group, numerator, denominator=NOT_APPLICABLE, rate=None, half_width=None, scheme="nhs_2001_5", of=LLR):
    return Figure(
        indicator="x",
        period=YEAR,
        organisation=of,
        classification=scheme,
        group=group,
        numerator=numerator,
        denominator=denominator,
        published_value=rate,
        published_half_width=half_width,
    )


def released(definition, *figures):
    """Group → its row, compared with White."""
    rows = released_observations(figures, ["x"], {("x", YEAR): definition}, {"nhs_2001_5": "white"})
    return {row.group: row for row in rows}


def test_black_people_were_detained_more_often_and_of_other_groups_we_cannot_tell():
    """The figures of Leicester, Leicestershire and Rutland 2023-24: counts rounded to 5, residents of the census."""
    rows = released(
        RATE,
        figure("white", Count(515, rounded_to=5), Count(812_992)),
        figure("black", Count(50, rounded_to=5), Count(37_231)),
        figure("other", Count(25, rounded_to=5), Count(22_898)),
    )
    black, other = rows["black"], rows["other"]
    assert black.value.value == pytest.approx(134.3, abs=0.05)
    assert black.ratio.value == pytest.approx(2.12, abs=0.005)
    assert (black.verdict, black.comparator) == (Verdict.HIGHER, "white")
    # By chance alone Other would be higher; with the rounding of both counts the interval reaches no difference.
    assert other.ratio.lower > 1 > other.ratio.lower_with_rounding
    assert other.verdict is Verdict.CANNOT_TELL
    assert (rows["white"].verdict, rows["white"].comparator, rows["white"].ratio) == (Verdict.COMPARATOR, None, None)


def test_exact_counts_have_one_interval_not_two():
    row = released(RATE, figure("white", Count(31_735), Count(45_684_257)))["white"]
    assert (row.value.lower, row.value.upper) == (row.value.lower_with_rounding, row.value.upper_with_rounding)


def test_a_rounded_denominator_widens_the_interval_too():
    exact = released(RATE, figure("white", Count(20), Count(100)))["white"].value
    rounded = released(RATE, figure("white", Count(20), Count(100, rounded_to=5)))["white"].value
    assert (rounded.lower, rounded.upper) == (exact.lower, exact.upper)
    assert rounded.lower_with_rounding < exact.lower < exact.upper < rounded.upper_with_rounding


def test_a_part_of_a_whole_is_a_proportion():
    rows = released(
        SHARE,
        figure("white", Count(50, rounded_to=5), Count(100, rounded_to=5)),
        figure("asian", Count(25, rounded_to=5), Count(100, rounded_to=5)),
    )
    assert (rows["asian"].value.value, rows["asian"].value.method) == (25.0, "Wilson")
    assert (rows["asian"].ratio.value, rows["asian"].verdict) == (0.5, Verdict.LOWER)
    assert rows["asian"].ratio.method == "MOVER-log on Wilson"


def test_a_published_rate_is_carried_with_its_half_width():
    rows = released(
        PUBLISHED,
        figure("white", Count(31_735), rate=68.4, half_width=0.7),
        figure("black", Count(5_693), rate=242.3, half_width=6.9),
    )
    black = rows["black"]
    assert (black.value.value, black.value.lower, black.value.upper) == (242.3, 235.4, 249.2)
    assert black.value.method == PUBLISHED_INTERVAL
    assert [round(limit, 2) for limit in (black.ratio.value, black.ratio.lower, black.ratio.upper)] == [
        3.54,
        3.44,
        3.65,
    ]


def test_a_published_rate_is_not_below_zero_however_wide():
    row = released(PUBLISHED, figure("white", Count(2), rate=1.0, half_width=3.0))["white"]
    assert (row.value.lower, row.value.upper) == (0.0, 4.0)


def test_a_published_rate_without_a_half_width_is_not_carried():
    row = released(PUBLISHED, figure("white", Count(2), rate=1.0))["white"]
    assert (row.value, row.value_status) == (None, CellStatus.UNKNOWN)


@pytest.mark.parametrize(("rate", "half_width"), [(None, None), (5.0, None), (0.0, 0.0)])
def test_no_ratio_is_made_without_two_published_rates(rate, half_width):
    rows = released(
        PUBLISHED,
        figure("white", Count(9), rate=68.4, half_width=0.7),
        figure("black", Count(9), rate=rate, half_width=half_width),
    )
    assert (rows["black"].ratio, rows["black"].verdict) == (None, Verdict.NO_CLAIM)


@pytest.mark.parametrize(
    ("numerator", "denominator", "status"),
    [
        (SUPPRESSED, Count(100), CellStatus.SUPPRESSED),
        (Count(5), SUPPRESSED, CellStatus.SUPPRESSED),
        (UNKNOWN, SUPPRESSED, CellStatus.SUPPRESSED),
        (UNKNOWN, Count(100), CellStatus.UNKNOWN),
        (Count(5), UNKNOWN, CellStatus.UNKNOWN),
        (Count(5), NOT_APPLICABLE, CellStatus.NOT_APPLICABLE),
        (Count(0), Count(0), CellStatus.NOT_APPLICABLE),
        (Count(1), Count(2, rounded_to=5), CellStatus.NOT_APPLICABLE),
    ],
)
@pytest.mark.parametrize("definition", [RATE, SHARE])
def test_what_has_no_value_says_why_and_claims_nothing(definition, numerator, denominator, status):
    rows = released(definition, figure("white", Count(5), Count(100)), figure("black", numerator, denominator))
    black = rows["black"]
    assert (black.value, black.value_status) == (None, status)
    assert (black.ratio, black.comparator, black.verdict) == (None, None, Verdict.NO_CLAIM)


def test_when_the_comparator_is_hidden_nothing_is_claimed_of_anybody():
    rows = released(RATE, figure("white", SUPPRESSED, Count(100)), figure("black", Count(5), Count(100)))
    assert rows["black"].value is not None
    assert (rows["black"].ratio, rows["black"].verdict) == (None, Verdict.NO_CLAIM)


def test_when_the_comparator_is_missing_nothing_is_claimed():
    assert released(RATE, figure("black", Count(5), Count(100)))["black"].verdict is Verdict.NO_CLAIM


def test_a_true_zero_is_a_figure_like_any_other():
    rows = released(RATE, figure("white", Count(50), Count(1000)), figure("black", Count(0), Count(1000)))
    assert rows["black"].value.value == 0
    assert (rows["black"].ratio.value, rows["black"].verdict) == (0, Verdict.LOWER)


def test_none_in_the_comparator_gives_no_ratio():
    rows = released(RATE, figure("white", Count(0), Count(1000)), figure("black", Count(50), Count(1000)))
    assert (rows["black"].ratio, rows["black"].verdict) == (None, Verdict.NO_CLAIM)


def test_totals_and_unknown_are_compared_with_nobody_and_come_last():
    rows = released(
        RATE,
        figure("all_known", Count(90), Count(1000)),
        figure("unknown", Count(10)),
        figure("white", Count(40), Count(500)),
    )
    assert list(rows) == ["white", "unknown", "all_known"]
    assert {rows[group].verdict for group in ("unknown", "all_known")} == {Verdict.NO_CLAIM}


def test_two_figures_of_one_group_are_refused():
    with pytest.raises(InputRefused, match="x, QK1, 2023-04-01 to 2024-03-31: the group 'white' of nhs_2001_5 has two"):
        released(RATE, figure("white", Count(5), Count(100)), figure("white", Count(6), Count(100)))


def test_organisations_and_classifications_come_as_the_figures_first_name_them():
    trust = Organisation("RT5", "Leicestershire Partnership", OrganisationLevel.TRUST)
    figures = [
        figure("A", Count(5), Count(100), scheme="nhs_2001", of=trust),
        figure("white", Count(5), Count(100)),
        figure("A", Count(5), Count(100), scheme="nhs_2001"),
    ]
    rows = released_observations(figures, ["x"], {("x", YEAR): RATE}, {})
    assert [(row.organisation.code, row.classification) for row in rows] == [
        ("RT5", "nhs_2001"),
        ("QK1", "nhs_2001"),
        ("QK1", "nhs_2001_5"),
    ]


@pytest.mark.parametrize(
    ("events", "claim"),
    [(41, Verdict.HIGHER), (40, Verdict.CANNOT_TELL), (19, Verdict.CANNOT_TELL), (18, Verdict.LOWER)],
)
def test_one_group_alone_is_claimed_by_its_own_interval(events, claim):
    """Against 29 in 100 of a million: the group's own interval is all there is."""
    rows = released(RATE, figure("white", Count(290_000), Count(1_000_000)), figure("black", Count(events), Count(100)))
    ratio = rows["black"].ratio
    assert rows["black"].verdict is claim
    assert (ratio.lower_with_rounding > 1) == (claim is Verdict.HIGHER)
    assert (ratio.upper_with_rounding < 1) == (claim is Verdict.LOWER)


def test_among_several_groups_one_at_the_edge_is_no_claim_and_its_printed_interval_stays_its_own():
    """43 of 100 against 29 in 100 is just beyond 95 %. Among four groups the first claim needs 98.75 %."""
    alone = released(RATE, figure("white", Count(290_000), Count(1_000_000)), figure("black", Count(43), Count(100)))
    among = released(
        RATE,
        figure("white", Count(290_000), Count(1_000_000)),
        figure("black", Count(43), Count(100)),
        *(figure(group, Count(29), Count(100)) for group in ("mixed", "asian", "other")),
    )
    assert alone["black"].verdict is Verdict.HIGHER
    assert among["black"].verdict is Verdict.CANNOT_TELL
    assert among["black"].ratio == alone["black"].ratio
    assert among["black"].ratio.lower_with_rounding > 1


def test_the_more_groups_stand_out_the_less_each_has_to():
    """With all four as far out, each at 95 % is enough: of four claims one in twenty may be chance."""
    rows = released(
        RATE,
        figure("white", Count(290_000), Count(1_000_000)),
        *(figure(group, Count(43), Count(100)) for group in ("black", "mixed", "asian", "other")),
    )
    assert {row.verdict for group, row in rows.items() if group != "white"} == {Verdict.HIGHER}


def test_hidden_groups_and_those_of_unknown_ethnicity_do_not_make_claims_harder():
    rows = released(
        RATE,
        figure("white", Count(290_000), Count(1_000_000)),
        figure("black", Count(43), Count(100)),
        figure("mixed", SUPPRESSED, Count(100)),
        figure("unknown", Count(29), Count(100)),
        figure("all", Count(290_104), Count(1_000_300)),
    )
    assert rows["black"].verdict is Verdict.HIGHER
    assert {rows[group].verdict for group in ("mixed", "unknown", "all")} == {Verdict.NO_CLAIM}


def test_published_rates_are_claimed_by_their_half_widths_scaled_to_the_number_of_groups():
    """Half-widths are 1.96 standard errors. A group 2.2 of them away is beyond 95 %, and within the 98.75 % (2.5)."""
    apart = 100 * math.exp(2.2 / 1.96 * 0.05)  # the comparator's own half-width, 0.0001, counts for nothing
    edge = figure("black", Count(9), rate=apart, half_width=apart * 0.05)
    like_white = [figure(group, Count(9), rate=100.0, half_width=5.0) for group in ("mixed", "asian", "other")]
    white = figure("white", Count(9), rate=100.0, half_width=0.0001)
    assert released(PUBLISHED, white, edge)["black"].verdict is Verdict.HIGHER
    assert released(PUBLISHED, white, edge, *like_white)["black"].verdict is Verdict.CANNOT_TELL


def test_the_rule_that_a_release_names_is_the_one_that_decides():
    assert CLAIM_RULE.method == BENJAMINI_HOCHBERG


def test_groups_are_named_as_their_classification_names_them():
    assert group_label("nhs_2001", "P") == "Any other Black background"
    assert group_label("total", "all") == "All"
    assert group_label("nhs_2001_5", "unknown") == "Ethnicity not recorded"
    assert group_order("nhs_2001_5", "white") == 0
    assert group_order("nhs_2001_5", "unknown") == 5
    assert group_order("total", "all") == 4


def test_a_group_that_does_not_exist_has_no_name():
    with pytest.raises(InputRefused, match="'purple' is not a category of nhs_2001_5"):
        group_label("nhs_2001_5", "purple")
