"""How complete the recording of ethnicity is, from what is printed."""

from datetime import date

import pytest

from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, CellStatus, Count
from evenhand.datasets.observations import Organisation, OrganisationLevel, Period
from evenhand.publication.observations import ReleasedObservation, Verdict
from evenhand.publication.quality import quality_rows

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))
LLR = Organisation("QK1", "Leicester, Leicestershire and Rutland", OrganisationLevel.ICB)


def row(group, count, indicator="detention"):
    return ReleasedObservation(
        indicator=indicator,
        period=YEAR,
        organisation=LLR,
        classification="nhs_2001_5",
        group=group,
        group_label=group,
        group_order=0,
        numerator=count,
        denominator=NOT_APPLICABLE,
        value=None,
        value_status=CellStatus.NOT_APPLICABLE,
        unit="x",
        comparator=None,
        ratio=None,
        verdict=Verdict.NO_CLAIM,
    )


def quality(**counts):
    """The one quality row of these counts."""
    rows = quality_rows([row(group, count) for group, count in counts.items()], {("detention", YEAR): "all_detentions"})
    (only,) = rows
    return only


def test_one_in_nine_detentions_is_of_somebody_of_unknown_ethnicity():
    found = quality(white=Count(515, rounded_to=5), unknown=Count(95, rounded_to=5), all=Count(855, rounded_to=5))
    assert found.completeness == pytest.approx(8 / 9)
    # 855 may be 853 to 857 and 95 may be 93 to 97: what is left is 756 to 764.
    assert (found.known.smallest, found.known.value, found.known.largest) == (756, 760, 764)


def test_the_total_of_those_with_a_known_ethnicity_goes_before_a_total_that_holds_others():
    """England 2023-24: 52,458 holds acute hospitals, which report no ethnicity; 45,525 is everybody in a group."""
    found = quality(unknown=Count(3_726), all_known=Count(45_525), all=Count(52_458))
    assert (found.known, found.total) == (Count(45_525), Count(49_251))
    assert found.completeness == pytest.approx(0.9243, abs=1e-4)


def test_not_stated_and_not_known_are_both_not_recorded():
    found = quality(not_stated=Count(1_952), not_known=Count(1_774), all_known=Count(45_525))
    assert found.unknown == Count(3_726)


def test_one_of_the_two_alone_is_what_the_source_knows():
    assert quality(not_stated=Count(3), all=Count(12)).known == Count(9)


@pytest.mark.parametrize(
    ("unknown", "expected"), [(SUPPRESSED, SUPPRESSED), (UNKNOWN, UNKNOWN), (NOT_APPLICABLE, UNKNOWN)]
)
def test_what_is_not_printed_leaves_completeness_open(unknown, expected):
    found = quality(unknown=unknown, all=Count(100))
    assert (found.known, found.completeness) == (expected, None)


def test_rounding_does_not_take_the_rest_below_nobody():
    found = quality(unknown=Count(10, rounded_to=5), all=Count(5, rounded_to=5))
    assert (found.known.value, found.completeness) == (0, 0.0)


def test_of_nobody_no_share_is_taken():
    assert quality(unknown=Count(0), all=Count(0)).completeness is None


def test_a_source_that_counts_no_unknown_has_no_quality_row():
    measures = {("detention", YEAR): "all_detentions"}
    assert quality_rows([row("white", Count(5)), row("all", Count(5))], measures) == ()
    assert quality_rows([row("white", Count(5)), row("unknown", Count(5))], measures) == ()


def test_indicators_that_share_a_numerator_have_one_row():
    measures = {("detention", YEAR): "all_detentions", ("detention_standardised", YEAR): "all_detentions"}
    rows = [
        row(group, count, indicator)
        for indicator in ("detention", "detention_standardised")
        for group, count in (("unknown", Count(1)), ("all", Count(10)))
    ]
    assert len(quality_rows(rows, measures)) == 1
