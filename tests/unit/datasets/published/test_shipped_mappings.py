"""The shipped mappings on invented tables of the publishers' layouts, of years that no code has seen."""

import csv
import io

import pytest
from tests.unit.datasets.published.workbook_files import xlsx

from evenhand.datasets.counts import SUPPRESSED, UNKNOWN, Count
from evenhand.datasets.observations import OrganisationLevel
from evenhand.datasets.published import load_mapping, mapping_names, read_published


def read(name, folder, file, content):
    path = folder / file
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_published(path, load_mapping(name))


def table(header, *rows, line_end="\n"):
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows([header, *rows])
    return text.getvalue()


def found(reading, measure):
    return {
        (each.organisation.code, each.classification, each.group): each.count
        for each in reading.observations
        if each.measure == measure
    }


@pytest.mark.parametrize("name", mapping_names())
def test_every_mapping_is_named_after_its_file_and_says_where_its_source_is(name):
    mapping = load_mapping(name)
    assert mapping.id == name
    assert mapping.publication.licence == "Open Government Licence v3.0"
    assert mapping.publication.url.startswith("https://")


MHA_HEADER = [
    "Year",
    "Measure",
    "measureSubcategory",
    "Demographic",
    "DemographicBreakdown",
    "OrganisationBreakdown",
    "Datasource",
    "OrgID",
    "OrgName",
    "MHSDS_Count",
    "Acute_Count",
    "Total_Count",
    "CrudeRate",
    "StdRate",
    "Confidence_interval",
]
ALL_2022 = ["2022/23", "All detentions", "All"]
ENGLAND = ["All submissions", "MHSDS", "All prov", "All providers"]
LEICESTER = ["ICB", "MHSDS", "QK1", "LLR"]
MHA_2022 = (
    [*ALL_2022, "All", "All", "All submissions", "Both", "All prov", "All", 49_000, 2_312, "51,312", 90.8, "", ""],
    [*ALL_2022, "All", "All", "ICB", "MHSDS", "All prov", "All", 49_000, 0, 49_000, 87, "", ""],
    [*ALL_2022, "Ethnicity", "All", *ENGLAND, 44_000, 0, 44_000, 78, "", ""],
    [*ALL_2022, "Ethnicity", "Black or Black British", *ENGLAND, 5_000, 0, 5_000, 227.9, 230.1, 6.9],
    [*ALL_2022, "Ethnicity", "Chinese", *ENGLAND, 230, 0, 230, 53, 54, 7],
    [*ALL_2022, "Ethnicity", "Unknown", *ENGLAND, 3_600, 0, 3_600, "", "", ""],
    [*ALL_2022, "Ethnicity", "Not Stated", *ENGLAND, 1_900, 0, 1_900, "", "", ""],
    [*ALL_2022, "Ethnicity", "Black or Black British", *LEICESTER, "*", "", "*", "*", "", ""],
    [*ALL_2022, "Age", "65 and over", *LEICESTER, 100, "", 100, 9, "", ""],
    [*ALL_2022, "All", "All", "ICB", "MHSDS", "UNKNOWN", "UNKNOWN", 800, "", 800, "", "", ""],
)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_another_year_of_the_mental_health_act_statistics_loads_with_no_change(tmp_path, form):
    content = table(MHA_HEADER, *MHA_2022) if form == "csv" else xlsx({"mha_annual_2022_23": [MHA_HEADER, *MHA_2022]})
    reading = read("mental_health_act_annual", tmp_path, f"mha.{form}", content)
    assert found(reading, "all_detentions") == {
        ("E92000001", "total", "all"): Count(51_312),
        ("E92000001", "nhs_2001_5", "all_known"): Count(44_000),
        ("E92000001", "nhs_2001_5", "black"): Count(5_000),
        ("E92000001", "nhs_2001", "R"): Count(230),
        ("E92000001", "nhs_2001_5", "unknown"): Count(3_600),
        ("E92000001", "nhs_2001", "not_stated"): Count(1_900),
        ("QK1", "nhs_2001_5", "black"): SUPPRESSED,
    }
    assert {each.period.start.isoformat() for each in reading.observations} == {"2022-04-01"}
    assert reading.observations[2].published == {"crude_rate": 227.9, "standardised_rate": 230.1, "half_width": 6.9}
    assert (reading.report.rows_left_out, reading.report.rows_set_aside) == (3, 0)


def test_another_year_of_talking_therapies_loads_with_no_change(tmp_path):
    header = "start_date end_date org_type org_code org_name variable_type variable_a variable_b measure_name "
    header += "measure_statistic value"
    england = ["2023-04-01", "2024-03-31", "England", "All", "All"]
    local = ["2023-04-01", "2024-03-31", "SubICB", "04C", "LEICESTER CITY"]
    white, other = ["Ethnic Group", "White", "All"], ["Ethnic Group", "Other Ethnic Groups", "Any Other ethnic group"]
    reading = read(
        "talking_therapies_annual",
        tmp_path,
        "tt.csv",
        table(
            header.split(),
            [*england, "Total", "NULL", "NULL", "finished_course_treatment", "count", 1003],
            [*england, "Total", "NULL", "NULL", "not_at_caseness", "count", 52],
            [*england, "Total", "NULL", "NULL", "recovery", "count", 480],
            [*england, "Total", "NULL", "NULL", "recovery", "percentage", 50.5],
            [*england, "BME Group", "BME", "NULL", "referrals_received", "count", 7],
            [*england, "Age Group", "18 to 25", "NULL", "referrals_received", "count", 9],
            [*local, *white, "finished_course_treatment", "count", 100],
            [*local, *white, "not_at_caseness", "count", "*"],
            [*local, *white, "improvement", "count", 70],
            [*local, *white, "improvement", "percentage", "*"],
            [*local, *other, "finished_course_treatment", "count", 20],
            [*local, *other, "not_at_caseness", "count", 5],
        ),
    )
    assert found(reading, "finished_unwell_at_start") == {
        ("E92000001", "total", "all"): Count(951),
        ("04C", "nhs_2001_5", "white"): SUPPRESSED,
        ("04C", "nhs_2001", "S"): Count(15, rounded_to=9),
    }
    recovery = next(each for each in reading.observations if each.measure == "recovery")
    assert (recovery.count.value, recovery.published) == (480, {"percentage": 50.5})
    assert found(reading, "referrals_received") == {("E92000001", "white_british", "not_white_british"): Count(7)}
    assert found(reading, "reliable_improvement") == {("04C", "nhs_2001_5", "white"): Count(70, rounded_to=5)}


def test_another_year_of_maternity_statistics_loads_with_no_change(tmp_path):
    header = ["Period", "Dimension", "Org_Level", "Org_Code", "Org_Name", "Measure", "Count_Of", "Value"]
    rows = [
        ["2022-23", "EthnicCategoryMotherGroup", "Provider", "RWE", "LEICESTER", measure, "Deliveries", value]
        for measure, value in (
            ("White", 6000),
            ("Mixed", 5),
            ("Black or Black British", 0),
            ("Not known", 130),
            ("Not Stated", 275),
            ("Missing value / Value outside reporting parameters", 10),
        )
    ]
    rows.append(["2022-23", "TotalDeliveries", "National", "National", "ALL SUBMITTERS", "", "Deliveries", 480_000])
    reading = read("maternity_annual", tmp_path, "m.csv", table(header, *rows))
    assert found(reading, "deliveries") == {
        ("RWE", "nhs_2001_5", "white"): Count(6000, rounded_to=5),
        ("RWE", "nhs_2001_5", "mixed"): Count(5, rounded_to=9),
        ("RWE", "nhs_2001_5", "black"): Count(0),
        ("RWE", "nhs_2001_5", "not_stated"): Count(275, rounded_to=5),
        ("RWE", "nhs_2001_5", "not_known"): Count(140, rounded_to=9),
        ("E92000001", "total", "all"): Count(480_000, rounded_to=5),
    }


def test_another_year_of_key_stage_2_loads_with_no_change(tmp_path):
    places = [
        "COUNTRY_CODE",
        "COUNTRY_NAME",
        "REGION_CODE_9DIGIT",
        "REGION_CODE",
        "REGION_NAME",
        "LA_NO",
        "LA_CODE",
        "LA_NAME",
    ]
    names = ["", "white_", "mixed_", "asian_", "black_", "chinese_"]
    columns = [
        f"KS2_{subject}_ALL_{group}{what}_17"
        for subject in ("RWM", "READ", "MAT")
        for group in names
        for what in ("ELIG", "EXP")
    ]
    extra = ["KS2_RWM_ALL_DIS_ELIG_17", "KS2_RWM_ALL_DIS_EXP_17"]
    groups = ["White" if "white" in column else "" for column in columns]
    england = ["E92000001", "England", "", "", "", "", "", ""]
    leicester = ["E92000001", "England", "E12000004", "E", "East Midlands", "E06000016", "856", "Leicester"]
    text = table(
        ["", *[""] * 7, *groups, "", ""],
        [*[""] * 8, *["Pupils"] * len(columns), "", ""],
        [*places, *columns, *extra],
        [*england, *[100, 60] * 18, 9, 9],
        [*leicester, *[10, 6] * 17, 3, "x", 9, 9],
        line_end="\r",
    )
    reading = read("key_stage_2", tmp_path, "ks2.csv", text)
    assert len(reading.observations) == 2 * 18
    first, last = reading.observations[0], reading.observations[-1]
    assert (first.organisation.level, first.group, first.count, first.denominator) == (
        OrganisationLevel.COUNTRY,
        "all",
        Count(60),
        Count(100),
    )
    assert (last.measure, last.organisation.code, last.group, last.count, last.denominator) == (
        "maths_expected",
        "E06000016",
        "R",
        SUPPRESSED,
        Count(3),
    )
    assert (str(first.period.start), str(first.period.end)) == ("2016-09-01", "2017-08-31")


def test_another_year_of_police_use_of_force_loads_with_no_change(tmp_path):
    header = [
        "Police Force",
        "Type of force",
        "Tactic",
        "White",
        "Black (or Black British)",
        "Asian (or Asian British)",
    ]
    header += ["Mixed", "Other", "Not reported", "Number of times tactic reported"]
    total = ["Total (excluding not reported and tactical communication)", "*Total Tactics"]
    reading = read(
        "police_use_of_force",
        tmp_path,
        "april2021-march2022.csv",
        table(
            header,
            ["Total England and Wales", *total, "60.0", "20.0", "10.0", "5.0", "3.0", "2.0", "100.0"],
            ["Leicestershire", "Restraint", "Ground restraint", "", "", "", "", "", "", ""],
            ["Leicestershire", "Other", "Dog bite", "1.0", "1.0", "1.0", "1.0", "1.0", "1.0", "6.0"],
        ),
    )
    assert found(reading, "tactics_used")["K04000001", "home_office_5", "unknown"] == Count(2)
    assert found(reading, "tactics_used")["K04000001", "total", "all"] == Count(100)
    assert found(reading, "ground_restraint_used")["E23000021", "home_office_5", "black"] == UNKNOWN
    assert {str(each.period.start) for each in reading.observations} == {"2021-04-01"}
    assert reading.report.rows_left_out == 1


def test_other_months_of_stop_and_search_load_with_no_change(tmp_path):
    header = "Type,Date,Self-defined ethnicity,Officer-defined ethnicity\n"
    british = "White - English/Welsh/Scottish/Northern Irish/British"
    (tmp_path / "2023-06-leicestershire-stop-and-search.csv").write_text(
        header
        + f"Person search,2023-06-01T10:00:00+00:00,{british},White\n"
        + "Person and Vehicle search,2023-06-02T10:00:00+00:00,Other ethnic group - Not stated,Black\n"
        + "Vehicle search,2023-06-02T10:00:00+00:00,,\n"
        + "Person search,2023-06-30T22:59:00+00:00,,White\n"
    )
    (tmp_path / "2023-07-leicestershire-stop-and-search.csv").write_text(
        header + "Person search,2023-07-01T10:00:00+00:00,White - Gypsy or Irish Traveller,White\n"
    )
    reading = read_published(tmp_path, load_mapping("stop_and_search_records"))
    assert {each.group: each.count.value for each in reading.observations} == {
        "english_welsh_scottish_northern_irish_british": 1,
        "gypsy_or_irish_traveller": 1,
        "not_stated": 1,
        "not_known": 1,
        "all": 4,
    }
    assert {each.organisation.code for each in reading.observations} == {"E23000021"}


def test_the_monthly_layout_loads_ethnic_groups_where_a_file_has_them(tmp_path):
    header = (
        "REPORTING_PERIOD_START,REPORTING_PERIOD_END,STATUS,BREAKDOWN,PRIMARY_LEVEL,PRIMARY_LEVEL_DESCRIPTION,"
        "SECONDARY_LEVEL,SECONDARY_LEVEL_DESCRIPTION,MEASURE_ID,MEASURE_NAME,MEASURE_VALUE\n"
    )
    period = "01/05/2025,31/05/2025,Performance,"
    reading = read(
        "mhsds_monthly",
        tmp_path,
        "mhsds.csv",
        header
        + period
        + "England,England,England,NONE,NONE,MRS02,Waiting,1003\n"
        + period
        + "England,England,England,NONE,NONE,MRS02e,Waiting,200\n"
        + period
        + "England,England,England,NONE,NONE,MRS02f,Waiting,19.9\n"
        + period
        + "England; Ethnicity,England,England,H,Indian,MRS02,Waiting,51\n"
        + period
        + "Provider; Ethnicity,RT5,LEICESTERSHIRE PARTNERSHIP,H,Indian,MRS02,Waiting,*\n"
        + period
        + "Provider,RT5,LEICESTERSHIRE PARTNERSHIP,NONE,NONE,MRS02,Waiting,95\n",
    )
    assert found(reading, "adults_waiting") == {
        ("E92000001", "total", "all"): Count(1003),
        ("E92000001", "nhs_2001", "H"): Count(51),
        ("RT5", "nhs_2001", "H"): SUPPRESSED,
        ("RT5", "total", "all"): Count(95, rounded_to=5),
    }
    assert reading.observations[1].published == {"percentage": 19.9}


def test_other_months_of_restraint_load_with_no_change_in_both_date_styles(tmp_path):
    (tmp_path / "beds01_Mar_2023.csv").write_text(
        "01/03/2023,LEICESTERSHIRE PARTNERSHIP NHS TRUST,Bed days in RP,9000\n"
    )
    (tmp_path / "rstr01_Mar_2023.csv").write_text("2023-03-01,LEICESTERSHIRE PARTNERSHIP NHS TRUST,MHS76,*\n")
    reading = read_published(tmp_path, load_mapping("restraint_provider_months"))
    assert found(reading, "bed_days") == {("RT5", "total", "all"): Count(9000, rounded_to=5)}
    assert found(reading, "people_restrained") == {("RT5", "total", "all"): SUPPRESSED}
    assert {str(each.period.end) for each in reading.observations} == {"2023-03-31"}
