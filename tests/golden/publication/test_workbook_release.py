"""The annual workbook of the Mental Health Act statistics 2023-24, as it was found, made into a release."""

import shutil

import pytest

from evenhand.publication.audit import audit
from evenhand.publication.making import check_source, make_release
from evenhand.publication.observations import Verdict


@pytest.fixture(scope="module")
def workbook(shared):
    return next((shared / "data" / "mha_annual").glob("*.xlsx"))


@pytest.fixture(scope="module")
def release(workbook, tmp_path_factory):
    return make_release(workbook, "mental_health_act_annual", tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def rows(release):
    return {(row.indicator, row.organisation.code, row.group): row for row in release.observations}


@pytest.mark.parametrize(
    ("group", "rate", "ratio", "with_rounding", "verdict"),
    [
        ("asian", 66.3, 1.05, (0.85, 1.28), Verdict.CANNOT_TELL),
        ("black", 134.4, 2.12, (1.48, 2.95), Verdict.HIGHER),
        ("mixed", 82.9, 1.31, (0.75, 2.08), Verdict.CANNOT_TELL),
        ("other", 109.3, 1.73, (0.99, 2.75), Verdict.CANNOT_TELL),
    ],
)
def test_what_may_be_said_of_leicester_leicestershire_and_rutland(rows, group, rate, ratio, with_rounding, verdict):
    """Published rates to 0.2 %: the publisher divides by a population a little different from the census."""
    row = rows["detention", "QK1", group]
    assert row.value.value == pytest.approx(rate, rel=0.002)
    assert row.ratio.value == pytest.approx(ratio, abs=0.01)
    assert (row.ratio.lower_with_rounding, row.ratio.upper_with_rounding) == pytest.approx(with_rounding, abs=0.01)
    assert row.verdict is verdict


def test_the_standardised_rates_of_england_are_carried_as_published(rows):
    black = rows["detention_standardised", "E92000001", "black"]
    assert (black.value.value, round(black.value.upper - black.value.value, 1)) == (242.3, 6.9)
    limits = (black.ratio.value, black.ratio.lower, black.ratio.upper)
    assert [round(number, 2) for number in limits] == [3.54, 3.44, 3.65]


def test_the_two_totals_of_england_are_kept_apart(rows):
    assert rows["detention", "E92000001", "all"].numerator.value == 52_458
    assert rows["detention", "E92000001", "all_known"].numerator.value == 45_525
    assert rows["detention", "E92000001", "unknown"].numerator.value == 3_726


def test_ethnicity_is_unknown_for_one_detention_in_nine(release):
    (quality,) = [row for row in release.quality if (row.organisation.code, row.measure) == ("QK1", "all_detentions")]
    assert (quality.unknown.value, quality.total.value) == (95, 855)
    assert quality.completeness == pytest.approx(1 - 95 / 855)


def test_the_packaged_facts_say_the_same_as_the_workbook(rows, tmp_path):
    """Where both hold a figure, it is the same figure."""
    facts = make_release("mental_health_act_2023_24", "mental_health_act_2023_24", tmp_path)
    compared = 0
    for row in facts.observations:
        other = rows.get((row.indicator, row.organisation.code, row.group))
        if other is not None and other.classification == row.classification:
            assert (row.numerator, row.value, row.ratio) == (other.numerator, other.value, other.ratio)
            compared += 1
    assert compared > 80


def test_one_number_changed_in_a_copy_is_found(release, tmp_path):
    assert audit(release.directory).exit_code == 0
    copy = shutil.copytree(release.directory, tmp_path / "copy")
    path = copy / "observations.csv"
    path.write_text(path.read_text("utf-8").replace("31735", "31736", 1), "utf-8")
    report = audit(copy)
    assert report.exit_code == 1
    assert "observations.csv is not the file that was certified" in report.reason


def test_the_check_reports_the_damaged_rows_with_their_lines(workbook):
    """Labels were filled down over 65 rows of totals and 70 of deprivation after publication."""
    report = check_source(workbook, "mental_health_act_annual").report
    assert report.rows_read == 6_947
    assert report.rows_set_aside > 100
    assert any("1131-" in each.lines_in_words for each in report.set_aside)
