"""One cell for one count, however many indicators are made of it."""

from datetime import date

import pytest
from tests.unit.publication.test_quality import LLR, YEAR, row

from evenhand.datasets.counts import NOT_APPLICABLE, Count
from evenhand.indicators import indicator
from evenhand.publication.cells import (
    Cell,
    ContradictoryCounts,
    denominator_measure,
    part_and_whole,
    printed_counts,
)


def version(name):
    return indicator(name).on(date(2024, 3, 31))


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("detention", None),  # residents
        ("detention_standardised", None),  # none at all
        ("restraint", "bed_days"),
        ("key_stage_2_attainment", "reading_writing_maths_expected (denominator)"),
    ],
)
def test_the_denominator_goes_by_its_measure_or_by_that_of_its_numerator(name, measure):
    assert denominator_measure(indicator(name).versions[-1]) == measure


def test_only_a_proportion_has_a_part_and_a_whole():
    assert part_and_whole(version("talking_therapies_reliable_improvement")) == (
        "reliable_improvement",
        "finished_course_of_treatment",
    )
    assert part_and_whole(version("restraint")) is None
    assert part_and_whole(version("detention")) is None


def test_indicators_that_share_a_numerator_share_its_cell():
    versions = {(name, YEAR): version(name) for name in ("detention", "detention_standardised")}
    rows = [row("white", Count(5), "detention"), row("white", Count(5), "detention_standardised")]
    assert printed_counts(rows, versions) == {Cell("all_detentions", YEAR, LLR.code, "nhs_2001_5", "white"): Count(5)}


def test_one_cell_with_two_counts_is_a_contradiction():
    versions = {(name, YEAR): version(name) for name in ("detention", "detention_standardised")}
    rows = [row("white", Count(5), "detention"), row("white", Count(6), "detention_standardised")]
    with pytest.raises(ContradictoryCounts, match="all_detentions, QK1, nhs_2001_5 white: two different counts"):
        printed_counts(rows, versions)


def test_a_denominator_of_the_source_is_a_cell_and_one_that_does_not_apply_is_none():
    from dataclasses import replace

    versions = {("restraint", YEAR): version("restraint")}
    with_days = replace(row("white", Count(5), "restraint"), denominator=Count(900))
    without = replace(row("black", Count(5), "restraint"), denominator=NOT_APPLICABLE)
    cells = printed_counts([with_days, without], versions)
    assert [(cell.measure, cell.group) for cell in cells] == [
        ("people_restrained", "white"),
        ("bed_days", "white"),
        ("people_restrained", "black"),
    ]
