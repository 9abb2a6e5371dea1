"""The damaged workbook of the Mental Health Act statistics 2023-24: exact figures, and every damaged row set aside."""

from collections import Counter

import pytest
from python_calamine import CalamineWorkbook

from evenhand.datasets.counts import CellStatus, Count
from evenhand.datasets.published import load_mapping, read_published

GENDER = {"Male", "Female", "Non-binary", "Other", "Not stated", "All genders", "Missing"}


@pytest.fixture(scope="module")
def workbook(shared):
    return shared / "data/mha_annual/mha_annual_suppressed_2023_24 (version 1).xlsx"


@pytest.fixture(scope="module")
def reading(workbook):
    return read_published(workbook, load_mapping("mental_health_act_annual"))


@pytest.fixture(scope="module")
def rows(workbook):
    """The sheet read without Evenhand: row number → cells."""
    sheet = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return dict(enumerate(sheet, start=1))


def figures(reading, measure, code):
    return {
        (each.classification, each.group): each
        for each in reading.observations
        if (each.measure, each.organisation.code) == (measure, code)
    }


def test_leicester_leicestershire_and_rutland_by_ethnic_group(reading):
    local = figures(reading, "all_detentions", "QK1")
    assert {place: each.count for place, each in local.items()} == {
        ("total", "all"): Count(855, rounded_to=5),
        ("nhs_2001_5", "white"): Count(515, rounded_to=5),
        ("nhs_2001_5", "asian"): Count(145, rounded_to=5),
        ("nhs_2001_5", "black"): Count(50, rounded_to=5),
        ("nhs_2001_5", "mixed"): Count(25, rounded_to=5),
        ("nhs_2001_5", "other"): Count(25, rounded_to=5),
        ("nhs_2001_5", "unknown"): Count(95, rounded_to=5),
    }
    rates = {group: each.published["crude_rate"] for (_, group), each in local.items() if group != "unknown"}
    assert rates == {"all": 75.2, "white": 63.3, "asian": 66.3, "black": 134.4, "mixed": 82.9, "other": 109.3}


def test_leicestershire_partnership(reading):
    assert figures(reading, "all_detentions", "RT5")["total", "all"].count == Count(825, rounded_to=5)


def test_england_by_five_and_by_sixteen_groups(reading):
    england = {place: each.count.value for place, each in figures(reading, "all_detentions", "E92000001").items()}
    five = {group: value for (classification, group), value in england.items() if classification == "nhs_2001_5"}
    assert five == {
        "white": 31_735,
        "asian": 3_993,
        "black": 5_693,
        "mixed": 1_935,
        "other": 2_169,
        "unknown": 3_726,
        "all_known": 45_525,
    }
    sixteen = {group: value for (classification, group), value in england.items() if classification == "nhs_2001"}
    assert sixteen == {
        "A": 28_317,
        "B": 370,
        "C": 3_048,
        "D": 582,
        "E": 252,
        "F": 245,
        "G": 856,
        "H": 1_015,
        "J": 1_214,
        "K": 533,
        "L": 1_231,
        "M": 1_518,
        "N": 2_556,
        "P": 1_619,
        "R": 237,
        "S": 1_932,
        "not_known": 1_774,
        "not_stated": 1_952,
    }


def test_the_two_totals_are_kept_apart(reading):
    """52,458 counts acute hospitals and unknown ethnicity; 45,525 counts neither."""
    england = figures(reading, "all_detentions", "E92000001")
    assert england["total", "all"].count == Count(52_458)
    assert england["nhs_2001_5", "all_known"].count == Count(45_525)
    known = sum(england["nhs_2001_5", group].count.value for group in ("white", "asian", "black", "mixed", "other"))
    assert known == 45_525


def test_standardised_rates_come_with_their_half_width(reading):
    black = figures(reading, "all_detentions", "E92000001")["nhs_2001_5", "black"]
    assert black.published == {"crude_rate": 239.0, "standardised_rate": 242.3, "half_width": 6.9}


def test_every_row_of_the_sheet_is_accounted_for(reading, rows):
    report = reading.report
    assert report.rows_read == len(rows) - 1 == 6_947
    assert (report.rows_loaded, report.rows_left_out, report.rows_set_aside) == (2_853, 3_904, 190)


def test_exactly_the_damaged_rows_are_set_aside(reading, rows):
    """A list of genders filled down over other breakdowns, blank labels beside it, and one overwritten cell."""
    damaged = {line for line, row in rows.items() if line > 1 and row[3] != "Gender" and row[4] in GENDER | {""}}
    assert len(damaged) == 189
    assert Counter(rows[line][3] for line in damaged) == {"IMD": 70, "All": 65, "Ethnicity": 31, "Age": 23}
    overwritten = {line for line, row in rows.items() if row[5] == "h"}
    set_aside = {line for each in reading.report.set_aside for line in each.lines}
    assert set_aside == damaged | overwritten
    assert {each.reason: len(each.lines) for each in reading.report.set_aside} == {
        "the labels of the breakdown 'Gender' were filled down over it": 182,
        "the label is missing": 7,
        "the level of its organisation is not one of the mapping's, though other rows give the organisation one": 1,
    }


def test_a_measure_of_which_every_row_is_damaged_is_named(reading):
    assert reading.report.measures_not_found == ("people_detained_twice",)
    # Of the 81 rows of people detained on 31 March, 60 are lost, England and RT5 among them.
    at_year_end = [each for each in reading.observations if each.measure == "people_detained_31_march"]
    assert len(at_year_end) == 21
    assert not {"E92000001", "RT5"} & {each.organisation.code for each in at_year_end}


def test_no_group_comes_from_a_word_that_the_fill_left(reading, rows):
    for each in reading.observations:
        if each.classification != "total":
            assert rows[each.line][4] not in GENDER


def test_every_loaded_count_is_the_cell_that_it_came_from(reading, rows):
    for each in reading.observations:
        cell = rows[each.line][11]
        assert each.count.value == (None if cell == "" else int(cell))
        assert (each.count.status is CellStatus.SUPPRESSED) == (cell == "")
        assert each.count.rounded_to == (1 if cell == "" or each.organisation.code == "E92000001" else 5)
