"""The other tables of facts say what the published files say, read by the mapping of each publication."""

from importlib import resources
from pathlib import Path

from evenhand.datasets.counts import CellStatus, Count
from evenhand.datasets.observations import Observation
from evenhand.datasets.published import load_mapping, read_published
from evenhand.ethnicity import crosswalk

FACTS = Path(str(resources.files("evenhand.datasets") / "facts"))


def facts(table: str) -> tuple[Observation, ...]:
    return read_published(FACTS / f"{table}.csv", load_mapping(FACTS / f"{table}.yaml")).observations


TALKING_THERAPIES = "talking_therapies_2017_18_to_2021_22"


def place(each: Observation) -> tuple[str, ...]:
    return each.measure, each.organisation.code, each.classification, each.group


def test_talking_therapies_of_five_years(shared: Path) -> None:
    file = shared / "data/talking_therapies/annual_2017-18_to_2021-22_england_and_leicester.csv"
    published = {
        (each.period, *place(each)): (each.count, each.published)
        for each in read_published(file, load_mapping("talking_therapies_annual")).observations
    }
    typed = {(each.period, *place(each)): (each.count, each.published) for each in facts(TALKING_THERAPIES)}
    measures = {measure for _period, measure, *_place in typed}
    assert len(measures) == 6
    assert typed == {
        (period, measure, code, scheme, group): figures
        for (period, measure, code, scheme, group), figures in published.items()
        if measure in measures and code in {"E92000001", "QK1"} and scheme in {"nhs_2001", "nhs_2001_5", "total"}
    }
    assert len(typed) == 5 * 2 * 23 * 6  # years, places, groups and totals, measures


def test_the_published_shares_of_england_come_out_of_the_counts_in_every_year_and_group() -> None:
    read = [each for each in facts(TALKING_THERAPIES) if each.organisation.code == "E92000001"]
    counts = {(each.period, *place(each)): each.count.value for each in read}
    denominators = {"recovery": "finished_unwell_at_start", "reliable_improvement": "finished_course_of_treatment"}
    printed = [each for each in read if "percentage" in each.published]
    assert len(printed) == 5 * 23 * 2
    for each in printed:
        whole = counts[each.period, denominators[each.measure], *place(each)[1:]]
        assert f"{100 * each.count.value / whole:.1f}" == f"{each.published['percentage']:.1f}", each


def test_small_local_groups_of_talking_therapies_are_hidden() -> None:
    hidden = [each for each in facts(TALKING_THERAPIES) if each.count.status is CellStatus.SUPPRESSED]
    assert hidden
    assert {each.organisation.code for each in hidden} == {"QK1"}


def test_stop_and_search_counts_every_record_of_the_three_months(shared: Path, tmp_path: Path) -> None:
    for file in (shared / "data/stop_search_records").glob("*-leicestershire-*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    records = read_published(tmp_path, load_mapping("stop_and_search_records")).observations
    counted: dict[str, int] = {}
    to_broad = crosswalk("ons_2011", "home_office_5")
    for each in records:
        group = to_broad.targets.get(each.group, each.group)
        counted[group] = counted.get(group, 0) + each.count.value
    typed = {each.group: each.count.value for each in facts("stop_and_search_2019_12_to_2020_02")}
    assert typed.pop("all") == sum(typed.values()) == 701
    assert {group: counted.get(group, 0) for group in typed} == typed
    assert {each.period for each in records} == {each.period for each in facts("stop_and_search_2019_12_to_2020_02")}


def test_police_use_of_force_2019_20(shared: Path) -> None:
    file = shared / "data/police_use_of_force/april2019-march2020.csv"
    published = {
        place(each): (each.count, each.period)
        for each in read_published(file, load_mapping("police_use_of_force")).observations
    }
    typed = facts("police_use_of_force_2019_20")
    assert len(typed) == 7
    for each in typed:
        assert published[place(each)] == (each.count, each.period)
    assert sum(each.count.value for each in typed if each.group != "all") == 12_047
    assert typed[0].count == Count(8_756)
