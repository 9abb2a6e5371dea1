"""Eleven invented trusts: of many sizes, unlike each other by more than chance, and two of them truly outlying."""

from math import sqrt

import pytest

from evenhand.synthetic.earlier_months import SOAR_VALLEY
from evenhand.synthetic.neighbours import (
    MONTH,
    NEIGHBOURS,
    OFTEN_FOR_BLACK_PEOPLE,
    OFTEN_FOR_EVERYBODY,
    SEED,
    neighbouring_trusts,
)
from evenhand.synthetic.trust_months import BLACK, TIMES


def counted(measure, group=None):
    """The counts of each trust; of everybody when no group is named."""
    counts = {trust.code: 0 for trust in NEIGHBOURS}
    for each in neighbouring_trusts():
        if each.measure == measure and group in {None, each.group}:
            counts[each.trust.code] += each.count
    return counts


def departures(group=None):
    """How many standard errors each trust lies from all together: twice the difference of the square roots."""
    people, days = counted("people_restrained", group), counted("bed_days", group)
    rate = sum(people.values()) / sum(days.values())
    return {code: 2 * (sqrt(count) - sqrt(rate * days[code])) for code, count in people.items()}


def test_the_counts_are_the_same_every_time():
    assert list(neighbouring_trusts()) == list(neighbouring_trusts(SEED))
    assert list(neighbouring_trusts()) != list(neighbouring_trusts(SEED + 1))


def test_there_are_eleven_and_each_says_that_it_is_invented():
    assert len({trust.code for trust in NEIGHBOURS}) == len({trust.name for trust in NEIGHBOURS}) == 11
    assert SOAR_VALLEY.code not in {trust.code for trust in NEIGHBOURS}
    assert all(trust.name.endswith("(invented)") for trust in NEIGHBOURS)


def test_no_code_could_be_that_of_a_trust():
    """The NHS gives its trusts codes of three letters and digits, and their sites five that begin with the trust's."""
    assert all(len(trust.code) == 5 and trust.code.isalpha() and not trust.code.startswith("R") for trust in NEIGHBOURS)


def test_they_are_of_many_sizes_and_every_bed_has_its_group():
    beds = sorted(trust.beds for trust in NEIGHBOURS)
    assert beds[-1] > 10 * beds[0]
    for trust in NEIGHBOURS:
        assert trust.of_thousand.keys() == TIMES.keys()
        assert sum(trust.of_thousand.values()) == 1000
        assert min(trust.of_thousand.values()) > 0


def test_every_trust_counts_every_group_once_in_one_month():
    places = [(each.month, each.trust.code, each.measure, each.group) for each in neighbouring_trusts()]
    assert len(places) == len(set(places)) == 11 * 2 * len(TIMES)
    assert {month for month, *_ in places} == {MONTH}


@pytest.mark.parametrize(("group", "outlying"), [(None, OFTEN_FOR_EVERYBODY), (BLACK, OFTEN_FOR_BLACK_PEOPLE)])
def test_one_trust_is_outlying_even_where_trusts_are_allowed_to_differ(group, outlying):
    """Further out than three standard errors of the spread of the others (over-dispersion), and the only one above."""
    found = departures(group)
    others = [found[code] for code in found if code != outlying]
    dispersion = sum(departure**2 for departure in others) / len(others)
    assert dispersion > 1.5
    assert [code for code in found if found[code] > 3 * sqrt(dispersion)] == [outlying]


def test_in_small_trusts_some_counts_have_to_be_hidden():
    beds = {trust.code: trust.beds for trust in NEIGHBOURS}
    small = {each.trust.code for each in neighbouring_trusts() if each.measure != "bed_days" and 0 < each.count < 5}
    assert min(beds, key=beds.__getitem__) in small
    assert max(beds, key=beds.__getitem__) not in small
