"""The facts in the package are read like any published table, and say where they come from."""

import re
from importlib import resources
from pathlib import Path

import pytest

from evenhand.datasets.counts import SUPPRESSED, Count
from evenhand.datasets.population import areas, population
from evenhand.datasets.published import load_mapping, read_published

FACTS = Path(str(resources.files("evenhand.datasets") / "facts"))
TABLES = sorted(file.stem for file in FACTS.glob("*.yaml"))
SOURCES = (FACTS / "SOURCES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_a_table_of_facts_is_read(table: str) -> None:
    reading = read_published(FACTS / f"{table}.csv", load_mapping(FACTS / f"{table}.yaml"))
    assert 0 < reading.report.rows_read == reading.report.rows_loaded <= len(reading.observations)
    assert (reading.report.set_aside, reading.report.left_out) == ((), ())


@pytest.mark.parametrize("file", sorted(file.name for file in FACTS.glob("*.csv")))
def test_every_table_has_its_source_its_date_and_its_licence(file: str) -> None:
    section = re.search(rf"^## `{re.escape(file)}`\n(.*?)(?=^## |\Z)", SOURCES, re.MULTILINE | re.DOTALL)
    assert section is not None
    for word in ("Source:", "Of:", "Licence: Open Government Licence v3.0"):
        assert word in section[1], word


def test_no_source_stands_for_a_table_that_is_gone() -> None:
    assert set(re.findall(r"^## `(.*)`$", SOURCES, re.MULTILINE)) == {file.name for file in FACTS.glob("*.csv")}


@pytest.mark.parametrize("table", TABLES)
def test_every_organisation_of_the_facts_is_an_area_that_population_knows(table: str) -> None:
    reading = read_published(FACTS / f"{table}.csv", load_mapping(FACTS / f"{table}.yaml"))
    for organisation in {each.organisation for each in reading.observations}:
        assert (areas()[organisation.code].name, areas()[organisation.code].level) == (
            organisation.name,
            organisation.level,
        )


def counted(table: str, measure: str, organisation: str, classification: str) -> dict[str, Count]:
    reading = read_published(FACTS / f"{table}.csv", load_mapping(FACTS / f"{table}.yaml"))
    wanted = (measure, organisation, classification)
    return {
        each.group: each.count
        for each in reading.observations
        if (each.measure, each.organisation.code, each.classification) == wanted
    }


def test_a_hidden_count_is_suppressed_and_not_zero() -> None:
    trust = counted("mental_health_act_2023_24", "uses_of_ctos", "RT5", "total")
    assert trust == {"all": SUPPRESSED}


def test_local_counts_are_rounded_to_5_and_those_of_england_are_exact() -> None:
    local = counted("mental_health_act_2023_24", "all_detentions", "QK1", "nhs_2001_5")
    assert local["black"] == Count(50, rounded_to=5)
    england = counted("mental_health_act_2023_24", "all_detentions", "E92000001", "nhs_2001_5")
    assert england["black"] == Count(5_693)


def test_in_england_groups_add_up_to_everybody_whose_ethnicity_is_recorded() -> None:
    for measure in ("all_detentions", "section_136_orders", "uses_of_ctos"):
        broad = counted("mental_health_act_2023_24", measure, "E92000001", "nhs_2001_5")
        known, unknown = broad.pop("all_known"), broad.pop("unknown")
        assert sum(count.value for count in broad.values()) == known.value
        fine = counted("mental_health_act_2023_24", measure, "E92000001", "nhs_2001")
        not_recorded = fine.pop("not_stated").value + fine.pop("not_known").value
        assert sum(count.value for count in fine.values()) == known.value
        assert not_recorded == unknown.value


def test_every_group_of_the_police_has_residents_to_divide_by() -> None:
    for table, measure in (
        ("stop_and_search_2019_12_to_2020_02", "searches"),
        ("police_use_of_force_2019_20", "tactics_used"),
    ):
        groups = counted(table, measure, "E23000021", "home_office_5").keys() - {"not_stated", "unknown"}
        assert groups == {"white", "mixed", "asian", "black", "other"}
        for group in groups:
            assert population("E23000021", "home_office_5", group, rule="census_2021").value > 10_000
