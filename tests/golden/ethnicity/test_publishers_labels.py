"""The labels in real published files: each ethnic group is found, and nothing else in those files passes for one."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from evenhand.ethnicity import classification, normalise_label, normalise_label_at_any_level, standard_label

DAMAGED = {"All genders", "Female", "Male", "Missing", "Non-binary", "Not stated", "Other", ""}
SIXTEEN_AND_FIVE = ("nhs_2001", "nhs_2001_5")


def rows_of(path: Path, encoding: str = "utf-8-sig", delimiter: str = ",") -> Iterator[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        text = file.read().replace("\r\n", "\n").replace("\r", "\n")
    yield from csv.reader(io.StringIO(text), delimiter=delimiter)


def groups(labels: set[str], classification_id: str) -> dict[str, str | None]:
    return {label: normalise_label(label, classification_id=classification_id).group for label in labels}


def detention_rows(shared: Path) -> list[list[object]]:
    workbook = CalamineWorkbook.from_path(next((shared / "data" / "mha_annual").glob("*.xlsx")))
    return workbook.get_sheet_by_index(0).to_python()[1:]


def test_the_mental_health_act_workbook_has_sixteen_and_five_groups_in_one_column(shared: Path):
    labels = {str(row[4]) for row in detention_rows(shared) if row[3] == "Ethnicity"} - DAMAGED
    found = {
        label: (match.classification_id, match.group)
        for label in labels
        if (match := normalise_label_at_any_level(label, classification_ids=SIXTEEN_AND_FIVE))
    }
    assert {group for level, group in found.values() if level == "nhs_2001"} == {
        *classification("nhs_2001").category_ids,
        "not_stated",
        "not_known",
        "unknown",
        "all",
    }
    assert {group for level, group in found.values() if level == "nhs_2001_5"} == set(
        classification("nhs_2001_5").category_ids
    )
    assert len(set(found.values())) == len(found) == 25


def test_the_other_columns_of_the_workbook_hold_no_ethnic_group(shared: Path):
    """Gender says "Other": a mapping has to name the demographic, for the word alone cannot tell."""
    labels = {str(row[4]) for row in detention_rows(shared) if row[3] in ("Age", "Gender", "IMD", "All")}
    organisations = {str(row[8]) for row in detention_rows(shared)}
    found = {label for label in labels | organisations if standard_label(label) is not None}
    assert found == {"All", "Other", "Not stated", "Missing", "Unknown", "UNKNOWN", "Not stated/Not known/Invalid"}


def test_talking_therapies_changes_its_capitals_between_years_and_nothing_else(shared: Path):
    path = shared / "data" / "talking_therapies" / "annual_2017-18_to_2021-22_england_and_leicester.csv"
    rows = [row for row in rows_of(path) if row[6] == "Ethnic Group"]
    found: dict[str, set[str | None]] = {}
    for row in rows:
        broad, fine = row[7], row[8]
        if fine == "All":
            match = normalise_label(broad, classification_id="nhs_2001_5")
        else:
            match = normalise_label(f"{broad} - {fine}", classification_id="nhs_2001")
        found.setdefault(row[0], set()).add(match.group)
    expected = {*classification("nhs_2001").category_ids, *classification("nhs_2001_5").category_ids, "unknown"}
    assert found == dict.fromkeys(["2017-18", "2018-19", "2019-20", "2020-21", "2021-22"], expected)


def test_maternity_has_five_groups_and_three_ways_of_not_knowing(shared: Path):
    rows = list(rows_of(shared / "data" / "maternity" / "hosp-epis-stat-mat-msdscsv-2020-21.csv"))
    labels = {row[5] for row in rows if row[1] == "EthnicCategoryMotherGroup"}
    assert groups(labels, "nhs_2001_5") == {
        "White": "white",
        "Mixed": "mixed",
        "Asian or Asian British": "asian",
        "Black or Black British": "black",
        "Any other ethnic group": "other",
        "Not Stated": "not_stated",
        "Not known": "not_known",
        "Missing value / Value outside reporting parameters": "unknown",
    }


def test_no_other_dimension_of_maternity_passes_for_an_ethnic_group(shared: Path):
    rows = list(rows_of(shared / "data" / "maternity" / "hosp-epis-stat-mat-msdscsv-2020-21.csv"))[1:]
    others = {row[5] for row in rows if row[1] != "EthnicCategoryMotherGroup"} | {row[4] for row in rows}
    found = {label for label in others if normalise_label(label, classification_id="nhs_2001_5").is_category}
    assert len(others) > 200
    assert found == {"Other"}  # of another question; only the name of the dimension tells


@pytest.mark.parametrize("classification_id", ["nhs_2001_5", "dfe_6"])
def test_organisations_are_not_ethnic_groups(shared: Path, classification_id: str):
    rows = list(rows_of(shared / "data" / "eff_taxonomy" / "organisations.csv"))[1:]
    found = {row[1] for row in rows if normalise_label(row[1], classification_id=classification_id).known}
    assert found == set()


def test_key_stage_2_has_the_major_groups_in_its_first_header_row(shared: Path):
    first = next(iter(rows_of(shared / "data" / "dfe_attainment" / "key_stage_2_2016.csv", "cp1252")))
    assert groups({cell for cell in first if cell}, "dfe_6") == {
        "White": "white",
        "Mixed": "mixed",
        "Asian": "asian",
        "Black": "black",
        "Chinese": "chinese",
    }


def test_police_use_of_force_has_five_groups_in_its_header(shared: Path):
    header = next(iter(rows_of(shared / "data" / "police_use_of_force" / "april2019-march2020.csv")))
    assert {label: group for label, group in groups(set(header), "home_office_5").items() if group} == {
        "White": "white",
        "Black (or Black British)": "black",
        "Asian (or Asian British)": "asian",
        "Mixed": "mixed",
        "Other": "other",
        "Not reported": "unknown",
    }


def test_stop_and_search_says_not_stated_under_other_ethnic_group(shared: Path):
    labels: set[str] = set()
    for path in sorted((shared / "data" / "stop_search_records").glob("*.csv")):
        header, *rows = rows_of(path)
        at = header.index("Self-defined ethnicity")
        labels |= {row[at] for row in rows if row[at]}
    found = groups(labels, "home_office_16")
    assert found["Other ethnic group - Not stated"] == "not_stated"
    assert set(found.values()) == {*classification("home_office_16").category_ids, "not_stated"}
    assert len(found) == 17


@pytest.mark.parametrize(
    ("file", "delimiter", "classification_id", "groups_found"),
    [
        ("census2011_la_ethnic_groups.csv", ",", "ons_2011", 18),
        ("census2021_ltla_sex_ethnicity19.csv", ",", "ons_2021", 19),
        ("ethnicity-composition-across-uk.csv", ";", "ons_2021", 19),
    ],
)
def test_census_headers_name_every_category(
    shared: Path, file: str, delimiter: str, classification_id: str, groups_found: int
):
    header = next(iter(rows_of(shared / "data" / "census" / file, delimiter=delimiter)))
    found = {normalise_label(cell, classification_id=classification_id) for cell in header}
    categories = {match.group for match in found if match.is_category}
    assert categories == set(classification(classification_id).category_ids)
    assert len(categories) == groups_found


def test_the_broad_groups_of_the_census_are_found(shared: Path):
    path = shared / "data" / "census" / "RM032-2021-1-filtered-2024-01-08T00_57_55Z.csv"
    labels = {row[3] for row in list(rows_of(path))[1:]}
    found = groups(labels, "ons_2021_5")
    assert found.pop("Does not apply") is None
    assert set(found.values()) == set(classification("ons_2021_5").category_ids)


def test_a_housing_table_in_nine_groups_is_known_by_the_standard_list(shared: Path):
    workbook = CalamineWorkbook.from_path(shared / "data" / "dfe_attainment" / "access_to_social_housing_measure.xlsx")
    labels = [str(row[1]) for row in workbook.get_sheet_by_index(0).to_python()[3:12]]
    assert [standard_label(label) for label in labels] == [
        "White British",
        "White other",
        "Black",
        "Indian",
        "Pakistani and Bangladeshi",
        "Asian other",
        "Chinese",
        "Mixed",
        "Other",
    ]
