"""The invented trust's earlier months tell the story that they were made to tell, and are safe to look at."""

import csv
from datetime import date
from itertools import pairwise
from math import log, sqrt

import pytest

from evenhand.synthetic.earlier_months import EXCEPTIONAL, MONTHS, NARROWER_FROM, SEED, SOAR_VALLEY, earlier_months
from evenhand.synthetic.trust import MONTH, SERVICES
from evenhand.synthetic.trust_months import BLACK, TIMES, write_trust_months


def counted(measure, group=None, seed=SEED):
    """The counts of each month; of everybody when no group is named."""
    counts = dict.fromkeys(MONTHS, 0)
    for each in earlier_months(seed):
        if each.measure == measure and group in {None, each.group}:
            counts[each.month] += each.count
    return counts


def rates(group=None):
    days = counted("bed_days", group)
    return {month: 1000 * people / days[month] for month, people in counted("people_restrained", group).items()}


def test_the_counts_are_the_same_every_time():
    assert list(earlier_months()) == list(earlier_months(SEED))
    assert list(earlier_months()) != list(earlier_months(SEED + 1))


def test_there_are_23_whole_months_that_end_before_the_release_by_service_begins():
    assert MONTHS[0] == date(2022, 4, 1)
    assert MONTHS[-1] == date(2024, 2, 1) < date.fromisoformat(MONTH)
    assert len(set(MONTHS)) == len(MONTHS) == 23


def test_every_month_counts_every_group_once_and_nobody_is_restrained_who_is_not_there():
    for measure in ("people_restrained", "bed_days"):
        assert sum(each.measure == measure for each in earlier_months()) == 23 * len(TIMES)
    for group in TIMES:
        days = counted("bed_days", group)
        assert all(0 <= count <= days[month] for month, count in counted("people_restrained", group).items())


def test_it_is_the_trust_of_the_release_by_service():
    assert SOAR_VALLEY.beds == sum(service.beds for service in SERVICES)
    assert sum(SOAR_VALLEY.of_thousand.values()) == 1000
    assert SOAR_VALLEY.of_thousand.keys() == TIMES.keys()


@pytest.mark.parametrize("group", [None, "White", BLACK])
def test_one_month_stands_out_and_no_other_does(group):
    """By the limits of an XmR chart: the mean and 2.66 times the mean difference of neighbouring months."""
    values = list(rates(group).values())
    mean = sum(values) / len(values)
    moving_range = sum(abs(a - b) for a, b in pairwise(values)) / (len(values) - 1)
    assert [month for month, rate in rates(group).items() if abs(rate - mean) > 2.66 * moving_range] == [EXCEPTIONAL]


def test_months_vary_by_more_than_chance_alone():
    ordinary = [month for month in MONTHS if month != EXCEPTIONAL]
    people, days = counted("people_restrained"), counted("bed_days")
    rate = sum(people[month] for month in ordinary) / sum(days[month] for month in ordinary)
    expected = {month: rate * days[month] for month in ordinary}
    dispersion = sum((people[month] - expected[month]) ** 2 / expected[month] for month in ordinary)
    assert dispersion / (len(ordinary) - 1) > 1.5


def test_in_the_last_year_the_gap_is_narrower_by_less_than_chance_alone_could_make_it():
    """ln of the rate ratio, Black to White: the change is within 1.96 standard errors of chance alone."""

    def total(measure, group, *, late):
        return sum(count for month, count in counted(measure, group).items() if (month >= NARROWER_FROM) is late)

    gaps, variance = {}, 0.0
    for late in (False, True):
        restrained = {group: total("people_restrained", group, late=late) for group in ("White", BLACK)}
        rate = {group: restrained[group] / total("bed_days", group, late=late) for group in restrained}
        gaps[late] = log(rate[BLACK] / rate["White"])
        variance += sum(1 / count for count in restrained.values())
    assert -1.96 * sqrt(variance) < gaps[True] - gaps[False] < -0.5 * sqrt(variance)


def test_some_counts_are_so_small_that_they_have_to_be_hidden():
    small = [each for each in earlier_months() if each.measure == "people_restrained" and 0 < each.count < 5]
    assert 5 <= len(small) <= 30
    assert {each.group for each in small} <= {"Other ethnic groups", "Unknown", "Mixed"}


def test_the_source_is_a_table_of_one_line_for_each_count(tmp_path):
    path = write_trust_months(tmp_path / "source.csv", earlier_months())
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(list(earlier_months()))
    assert rows[0] == {
        "month": "2022-04-01",
        "trust_code": "SVPT",
        "trust_name": "Soar Valley Partnership Trust (invented)",
        "measure": "people_restrained",
        "ethnic_group": "White",
        "count": str(next(earlier_months()).count),
    }
