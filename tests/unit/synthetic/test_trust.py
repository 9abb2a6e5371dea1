"""The trust that does not exist: the same every time, and enough like a real one to need protection."""

import csv

import pytest

from evenhand.synthetic.trust import SEED, SERVICES, invented_counts, write_invented_source


def counts(measure, seed=SEED):
    return {(each.service.code, each.category): each.count for each in invented_counts(seed) if each.measure == measure}


def test_the_counts_are_the_same_every_time():
    assert list(invented_counts()) == list(invented_counts(SEED))
    assert list(invented_counts()) != list(invented_counts(SEED + 1))


def test_every_service_counts_every_category_once():
    restrained = counts("people_restrained")
    assert len(restrained) == len(SERVICES) * 18
    assert {category for _, category in restrained} == set("ABCDEFGHJKLMNPRSZ") | {"99"}
    assert restrained.keys() == counts("bed_days").keys()


def test_there_are_single_people_who_would_be_seen():
    assert sum(0 < count < 5 for count in counts("people_restrained").values()) >= 10


def test_there_are_groups_of_whom_something_can_be_said():
    assert max(counts("people_restrained").values()) > 50


@pytest.mark.parametrize("seed", range(20))
def test_nobody_is_restrained_who_is_not_there(seed):
    days = counts("bed_days", seed)
    assert all(0 <= count <= days[place] for place, count in counts("people_restrained", seed).items())


def test_a_mean_above_a_hundred_is_drawn_in_parts():
    """White British people on the adult wards: about 90 on average, above 100 in some draws."""
    drawn = [counts("people_restrained", seed)["SVPT-A", "A"] for seed in range(60)]
    assert 70 < sum(drawn) / len(drawn) < 110
    assert max(drawn) > 100 > min(drawn)


def test_the_source_is_a_table_of_one_line_for_each_count(tmp_path):
    path = write_invented_source(tmp_path / "source.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(list(invented_counts()))
    assert rows[0] == {
        "month": "2024-03-01",
        "service_code": "SVPT-A",
        "service_name": "Soar Valley adult wards",
        "measure": "people_restrained",
        "ethnic_category": "A",
        "count": str(next(invented_counts()).count),
    }
