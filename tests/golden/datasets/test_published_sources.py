"""Every other real file, against figures found by reading it without Evenhand."""

import csv
import io
from collections import Counter
from datetime import date

import pytest

from evenhand.datasets.counts import SUPPRESSED, UNKNOWN, CellStatus, Count
from evenhand.datasets.observations import OrganisationLevel, Period
from evenhand.datasets.published import load_mapping, read_published

FILES = {
    "talking_therapies_annual": "talking_therapies/annual_2017-18_to_2021-22_england_and_leicester.csv",
    "maternity_annual": "maternity/hosp-epis-stat-mat-msdscsv-2020-21.csv",
    "key_stage_2": "dfe_attainment/key_stage_2_2016.csv",
    "police_use_of_force": "police_use_of_force/april2019-march2020.csv",
    "stop_and_search_records": "stop_search_records",
    "mhsds_monthly": "mhsds_4ww/MHSDS%20Data_4WW_AprPerf_2024_v2.csv",
    "restraint_provider_months": "restraint_open_data",
}


@pytest.fixture(scope="module")
def readings(shared):
    return {name: read_published(shared / "data" / file, load_mapping(name)) for name, file in FILES.items()}


def rows(shared, name):
    """A CSV file read without Evenhand."""
    text = (shared / "data" / FILES[name]).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def counts(reading, measure, code, *, start=None):
    return {
        (each.classification, each.group): each.count
        for each in reading.observations
        if (each.measure, each.organisation.code) == (measure, code)
        and (start is None or each.period.start == date.fromisoformat(start))
    }


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_set_aside_and_every_row_is_accounted_for(readings, name):
    report = readings[name].report
    assert report.rows_set_aside == 0
    assert report.rows_read == report.rows_loaded + report.rows_left_out


@pytest.mark.parametrize("name", FILES)
def test_every_measure_of_the_mapping_is_found(readings, name):
    assert {each.measure for each in readings[name].observations} == load_mapping(name).measure_ids


def test_talking_therapies_england(readings):
    reading = readings["talking_therapies_annual"]
    year = "2021-04-01"
    total = {
        measure: counts(reading, measure, "E92000001", start=year)["total", "all"]
        for measure in ("referrals_received", "finished_course_of_treatment", "recovery", "reliable_improvement")
    }
    assert total == {
        "referrals_received": Count(1_812_596),
        "finished_course_of_treatment": Count(664_087),
        "recovery": Count(313_919),
        "reliable_improvement": Count(444_555),
    }
    # 664,087 who finished, less 38,168 who were below the threshold at the start.
    assert counts(reading, "finished_unwell_at_start", "E92000001", start=year)["total", "all"] == Count(625_919)


def test_the_published_percentages_of_talking_therapies_follow_from_the_counts(readings, shared):
    """Recovery over those unwell at the start, and improvement over those who finished, in every exact row."""
    reading = readings["talking_therapies_annual"]
    by_place = {
        (each.measure, each.period, each.organisation.code, each.classification, each.group): each
        for each in reading.observations
        if each.organisation.level is OrganisationLevel.COUNTRY
    }
    compared = 0
    for (measure, *place), each in by_place.items():
        whole = {"recovery": "finished_unwell_at_start", "reliable_improvement": "finished_course_of_treatment"}
        if measure in whole and each.published:
            of = by_place[whole[measure], *place].count.value
            assert each.published["percentage"] == pytest.approx(100 * each.count.value / of, abs=0.051)
            compared += 1
    printed = [
        row
        for row in rows(shared, "talking_therapies_annual")
        if (row["org_type"], row["measure_statistic"]) == ("England", "percentage")
        and row["measure_name"] in ("recovery", "improvement")
        and row["variable_type"] in ("Total", "Ethnic Group", "BME Group")
        and row["value"] != "*"
    ]
    assert compared == len(printed) == 242


def test_the_groups_of_talking_therapies_add_up_to_the_total(readings):
    reading = readings["talking_therapies_annual"]
    for year in (2017, 2018, 2019, 2020, 2021):
        found = counts(reading, "finished_course_of_treatment", "E92000001", start=f"{year}-04-01")
        five = sum(count.value for (classification, _), count in found.items() if classification == "nhs_2001_5")
        assert five == found["total", "all"].value


def test_local_counts_of_talking_therapies_are_rounded_and_stars_stay_hidden(readings, shared):
    reading = readings["talking_therapies_annual"]
    local = [each for each in reading.observations if each.organisation.level is not OrganisationLevel.COUNTRY]
    assert {each.organisation.code for each in local} == {"QK1", "03W", "04C", "04V"}
    printed = [each for each in local if each.measure != "finished_unwell_at_start"]
    ethnic = [
        row
        for row in rows(shared, "talking_therapies_annual")
        if row["variable_type"] in ("Total", "Ethnic Group", "BME Group")
    ]
    stars = sum(row["value"] == "*" and row["measure_statistic"] == "count" for row in ethnic)
    assert sum(each.count.status is CellStatus.SUPPRESSED for each in printed) == stars > 0
    assert all(each.count.value % 5 == 0 for each in printed if each.count.value is not None)
    assert counts(reading, "finished_course_of_treatment", "04C", start="2021-04-01")["total", "all"].rounded_to == 5


def test_maternity_deliveries_of_leicester(readings):
    assert counts(readings["maternity_annual"], "deliveries", "RWE") == {
        ("nhs_2001_5", "white"): Count(6_060, rounded_to=5),
        ("nhs_2001_5", "asian"): Count(2_565, rounded_to=5),
        ("nhs_2001_5", "black"): Count(415, rounded_to=5),
        ("nhs_2001_5", "mixed"): Count(210, rounded_to=5),
        ("nhs_2001_5", "other"): Count(235, rounded_to=5),
        ("nhs_2001_5", "not_stated"): Count(275, rounded_to=5),
        ("nhs_2001_5", "not_known"): Count(140, rounded_to=9),  # 130 not known and 10 missing
        ("total", "all"): Count(9_345, rounded_to=5),
    }


def test_maternity_england_and_the_whole_file(readings, shared):
    reading = readings["maternity_annual"]
    assert counts(reading, "deliveries", "E92000001")["total", "all"] == Count(482_515, rounded_to=5)
    assert counts(reading, "babies", "E92000001")["total", "all"] == Count(486_155, rounded_to=5)
    asked = [row for row in rows(shared, "maternity_annual") if row["Dimension"] == "EthnicCategoryMotherGroup"]
    by_ethnicity = [each for each in reading.observations if each.classification == "nhs_2001_5"]
    assert sum(int(row["Value"]) for row in asked) == sum(each.count.value for each in by_ethnicity)
    assert {each.organisation.level for each in by_ethnicity} == {"country", "region", "trust"}


def test_key_stage_2_leicester_and_england(readings):
    reading = readings["key_stage_2"]
    leicester = {
        each.group: (each.count, each.denominator)
        for each in reading.observations
        if (each.measure, each.organisation.code) == ("reading_writing_maths_expected", "E06000016")
    }
    assert leicester == {
        "all": (Count(2_019), Count(3_968)),
        "white": (Count(697), Count(1_519)),
        "mixed": (Count(134), Count(279)),
        "asian": (Count(913), Count(1_620)),
        "black": (Count(222), Count(452)),
        "R": (Count(5), Count(9)),
    }
    england = counts(reading, "reading_writing_maths_expected", "E92000001")
    assert (england["total", "all"], england["nhs_2001_5", "white"]) == (Count(312_637), Count(235_114))
    assert {each.period for each in reading.observations} == {Period(date(2015, 9, 1), date(2016, 8, 31))}
    rutland = counts(reading, "reading_writing_maths_expected", "E06000017")
    assert (rutland["nhs_2001_5", "asian"], rutland["nhs_2001", "R"]) == (SUPPRESSED, Count(0))


def test_key_stage_2_has_every_authority_once(readings):
    levels = Counter(each.organisation.level for each in readings["key_stage_2"].observations)
    assert levels == {"country": 18, "local_authority": 152 * 18}


def test_police_use_of_force(readings):
    reading = readings["police_use_of_force"]
    assert {group: count.value for (_, group), count in counts(reading, "tactics_used", "E23000021").items()} == {
        "all": 12_047, "white": 8_756, "black": 1_450, "asian": 1_239, "mixed": 343, "other": 120, "unknown": 139,
    }  # fmt: skip
    assert counts(reading, "tactics_used", "K04000001")["total", "all"] == Count(715_276)
    assert len({each.organisation.code for each in reading.observations}) == 44
    # Warwickshire and West Mercia tell of one tactic without saying on whom: five groups each.
    assert sum(each.count == UNKNOWN for each in reading.observations) == 10


def test_the_groups_of_each_force_add_up_to_its_total(readings):
    reading = readings["police_use_of_force"]
    for code in {each.organisation.code for each in reading.observations}:
        for measure in load_mapping("police_use_of_force").measure_ids:
            found = {group: count.value for (_, group), count in counts(reading, measure, code).items()}
            total = found.pop("all")
            assert sum(value or 0 for value in found.values()) == total


def test_stop_and_search_records_are_counted(readings, shared):
    reading = readings["stop_and_search_records"]
    leicestershire = {group: count.value for (_, group), count in counts(reading, "searches", "E23000021").items()}
    assert leicestershire == {
        "english_welsh_scottish_northern_irish_british": 353, "irish": 4, "other_white": 41,
        "white_and_black_caribbean": 3, "white_and_black_african": 1, "white_and_asian": 0, "other_mixed": 4,
        "indian": 48, "pakistani": 10, "bangladeshi": 6, "chinese": 0, "other_asian": 39,
        "african": 29, "caribbean": 24, "other_black": 14, "any_other_ethnic_group": 2,
        "not_stated": 123, "not_known": 0, "all": 701,
    }  # fmt: skip
    asked = [
        row["Self-defined ethnicity"]
        for file in sorted((shared / "data/stop_search_records").glob("*derbyshire*"))
        for row in csv.DictReader(file.read_text().splitlines())
        if row["Type"] != "Vehicle search"
    ]
    derbyshire = counts(reading, "searches", "E23000018")
    assert derbyshire["total", "all"] == Count(len(asked)) == Count(480)
    assert derbyshire["ons_2011", "not_known"] == Count(asked.count(""))
    assert derbyshire["ons_2011", "not_stated"] == Count(asked.count("Other ethnic group - Not stated"))
    assert {each.period for each in reading.observations} == {Period(date(2019, 12, 1), date(2020, 2, 29))}


def test_repeated_records_are_counted_and_reported(readings, shared):
    repeated = 0
    for file in sorted((shared / "data/stop_search_records").glob("*.csv")):
        records = [tuple(row) for row in csv.reader(file.read_text().splitlines()) if row[0] != "Vehicle search"]
        repeated += len(records) - len(set(records))
    assert sum(len(each.lines) for each in readings["stop_and_search_records"].report.remarked) == repeated == 50


def test_the_monthly_layout(readings, shared):
    reading = readings["mhsds_monthly"]
    assert counts(reading, "adult_waits_ended", "E92000001") == {("total", "all"): Count(19_727)}
    assert counts(reading, "adults_waiting", "RT5") == {("total", "all"): Count(19_015, rounded_to=5)}
    over_a_year = [each for each in reading.observations if each.measure == "adults_waiting_over_52_weeks"]
    assert {each.organisation.code: each.published for each in over_a_year}["RT5"] == {"percentage": 67.0}
    read = load_mapping("mhsds_monthly").measure.values
    asked = {value.values[0] for value in read if value.figure == "count"}
    stars = [
        row
        for row in rows(shared, "mhsds_monthly")
        if row["MEASURE_ID"] in asked and row["PRIMARY_LEVEL"] != "UNKNOWN" and row["MEASURE_VALUE"] == "*"
    ]
    assert sum(each.count == SUPPRESSED for each in reading.observations) == len(stars)
    assert len({each.period for each in reading.observations}) == 2


def test_restraint_by_provider_and_month(readings):
    reading = readings["restraint_provider_months"]
    for measure, values in {
        "people_restrained": [45, 30, 40, 40, 45, 40],
        "bed_days": [8_710, 9_305, 8_735, 9_395, 9_145, 8_470],
    }.items():
        found = [
            each.count
            for each in sorted(reading.observations, key=lambda each: each.period)
            if (each.measure, each.organisation.code) == (measure, "RT5")
        ]
        assert found == [Count(value, rounded_to=5) for value in values]
    assert reading.report.rows_read == reading.report.rows_loaded == 3_923
    assert {(each.classification, each.group) for each in reading.observations} == {("total", "all")}
