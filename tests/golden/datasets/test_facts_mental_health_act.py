"""The Mental Health Act facts in the package are those of the published workbook, and their rates are reproduced."""

import csv
from importlib import resources
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from evenhand.datasets.population import population
from evenhand.ethnicity import classification

RULE = "mental_health_act_2023_24"
FILE = resources.files("evenhand.datasets") / "facts/mental_health_act_2023_24.csv"
ALL_OF_A_BOARD = ("all_detentions", "icb", "All")
FACTS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))


def group_id(fact: dict[str, str]) -> str:
    if fact["group"] == "All with recorded ethnicity":
        return "all_known"
    if fact["classification"] == "total":
        return "all"
    (found,) = (
        category.id for category in classification(fact["classification"]).categories if category.label == fact["group"]
    )
    return found


def rated(measure: str, organisation: str) -> list[dict[str, str]]:
    """Facts by ethnic group that carry a published crude rate."""
    return [
        fact
        for fact in FACTS
        if (fact["measure"], fact["organisation_code"]) == (measure, organisation)
        and fact["crude_rate"]
        and fact["classification"] != "total"
    ]


def recomputed(fact: dict[str, str]) -> float:
    people = population(fact["organisation_code"], fact["classification"], group_id(fact), rule=RULE)
    return int(fact["count"]) / people.value * 100_000


@pytest.mark.parametrize("measure", ["all_detentions", "section_136_orders", "uses_of_ctos"])
def test_all_22_published_rates_of_england_come_out_to_one_decimal(measure: str) -> None:
    facts = rated(measure, "E92000001")
    assert len(facts) == 22  # 16 groups, 5 broad groups, everybody whose ethnicity is recorded
    assert [f"{recomputed(fact):.1f}" for fact in facts] == [fact["crude_rate"] for fact in facts]


@pytest.mark.parametrize("measure", ["all_detentions", "short_term_orders"])
def test_the_local_rates_come_out_within_a_tenth(measure: str) -> None:
    facts = rated(measure, "QK1")
    assert len(facts) == 5
    for fact in facts:
        assert abs(round(recomputed(fact), 1) - float(fact["crude_rate"])) < 0.1001
        assert recomputed(fact) == pytest.approx(float(fact["crude_rate"]), rel=0.0025)


def test_the_published_rate_of_everybody_comes_out_to_one_decimal_in_every_board() -> None:
    """Measured against the printed digits: one decimal of count and people, rounded as printed, with no tolerance."""
    everybody = [
        fact for fact in FACTS if (fact["measure"], fact["organisation_level"], fact["group"]) == ALL_OF_A_BOARD
    ]
    assert len({fact["organisation_code"] for fact in everybody}) == len(everybody) == 42
    assert [f"{recomputed(fact):.1f}" for fact in everybody] == [fact["crude_rate"] for fact in everybody]


def test_every_board_of_the_published_workbook_stands_here(shared: Path) -> None:
    (workbook,) = (shared / "data/mha_annual").glob("*.xlsx")
    rows = CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python()[1:]
    published = {(_place(row), row[8].upper()) for row in rows if (_measure(row), row[5]) == ("all_detentions", "ICB")}
    typed = {
        (fact["organisation_code"], fact["organisation_name"].upper())
        for fact in FACTS
        if fact["organisation_level"] == "icb"
    }
    assert published - typed == {("All prov", "ALL PROVIDERS"), ("UNKNOWN", "UNKNOWN")}
    assert typed <= published


def test_the_two_totals_are_kept_apart() -> None:
    totals = {fact["group"]: int(fact["count"]) for fact in FACTS if _is_detention_total(fact)}
    assert totals == {"All with recorded ethnicity": 45_525, "All": 52_458}
    census = population("E92000001", "total", "all_known", rule="census_2021").value
    assert f"{52_458 / census * 100_000:.1f}" == "92.9"  # published: 90.9, of a later and larger population


def _is_detention_total(fact: dict[str, str]) -> bool:
    detentions_in_england = (fact["measure"], fact["organisation_code"]) == ("all_detentions", "E92000001")
    return detentions_in_england and fact["group"].startswith("All")


def test_every_fact_stands_in_the_published_workbook(shared: Path) -> None:
    (workbook,) = (shared / "data/mha_annual").glob("*.xlsx")
    rows = CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python()[1:]
    published = {(_measure(row), _place(row), _label(row), _figures(row)) for row in rows}
    assert len(FACTS) == 102 + 41
    for fact in FACTS:
        figures = (fact["count"], fact["crude_rate"], fact["standardised_rate"], fact["half_width"])
        assert (fact["measure"], fact["organisation_code"], _plain(fact["group"]), figures) in published, fact


MEASURES = {
    ("All detentions", "All"): "all_detentions",
    ("Short term orders", "All"): "short_term_orders",
    ("Short term orders", "Section 136"): "section_136_orders",
    ("Uses of CTOs", "All"): "uses_of_ctos",
    ("People detained in hospital on 31st March", "All"): "people_detained_31_march",
    ("People subject to the Act on 31st March", "All"): "people_subject_to_act_31_march",
    ("People subject to Community Treatment Orders (CTOs) on 31st March", "All"): "people_subject_to_cto_31_march",
}


def _measure(row: list) -> str:
    return MEASURES.get((row[1], row[2]), "")


def _place(row: list) -> str:
    return "E92000001" if row[5] == "All submissions" else str(row[7])


def _label(row: list) -> str:
    """Rows about everybody say "All"; in the copy at hand some lost it when a cell was dragged down over the next."""
    return "all" if row[3] == "All" else _plain(str(row[4]))


def _plain(label: str) -> str:
    for long, short in (("White British", "british"), ("White Irish", "irish")):
        label = short if label == long else label
    return label.lower().replace("all with recorded ethnicity", "all")


def _figures(row: list) -> tuple[str, ...]:
    count = "suppressed" if row[11] == "" else str(int(row[11]))
    return (count, *("" if cell == "" else f"{cell:.1f}" for cell in row[12:15]))
