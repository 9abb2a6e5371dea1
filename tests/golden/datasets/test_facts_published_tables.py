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


def place(each: Observation) -> tuple[str, ...]:
    return each.measure, each.organisation.code, each.classification, each.group


def test_talking_therapies_2021_22(shared: Path) -> None:
    file = shared / "data/talking_therapies/annual_2017-18_to_2021-22_england_and_leicester.csv"
    published = {
        place(each): each
        for each in read_published(file, load_mapping("talking_therapies_annual")).observations
        if each.period.end.year == 2022
    }
    typed = facts("talking_therapies_2021_22")
    assert {each.organisation.code for each in typed} == {"E92000001", "QK1"}
    for each in typed:
        source = published[place(each)]
        assert (each.count, each.period, each.published) == (source.count, source.period, source.published)


def test_the_published_share_of_recovery_in_england_comes_out() -> None:
    counts = {place(each): each.count for each in facts("talking_therapies_2021_22")}
    everybody = ("E92000001", "total", "all")
    recovered = counts["recovery", *everybody].value / counts["finished_unwell_at_start", *everybody].value
    assert f"{100 * recovered:.1f}" == "50.2"
    improved = (
        counts["reliable_improvement", *everybody].value / counts["finished_course_of_treatment", *everybody].value
    )
    assert f"{100 * improved:.1f}" == "66.9"


def test_small_local_groups_of_talking_therapies_are_hidden() -> None:
    hidden = [each for each in facts("talking_therapies_2021_22") if each.count.status is CellStatus.SUPPRESSED]
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
