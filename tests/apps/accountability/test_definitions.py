from dataclasses import replace
from datetime import date

import pytest
from tests.apps.accountability.figures_example import MONTH, YEAR, definition, version

from evenhand.apps.accountability.presenters import definitions
from evenhand.datasets.observations import Period


@pytest.mark.parametrize(
    ("indicator_id", "events", "out_of", "heading"),
    [
        ("detention", "detentions", "people", "Per 100,000 people"),
        ("detention_standardised", "detentions", "people", "Per 100,000 people"),
        ("restraint", "people restrained", "bed days", "Per 1,000 bed days"),
        ("stop_and_search", "searches", "people", "Per 1,000 people"),
        (
            "talking_therapies_recovery",
            "people who recovered",
            "people who finished treatment and were unwell at its start",
            "Per cent",
        ),
    ],
)
def test_what_is_counted_and_out_of_what_is_said(indicator_id, events, out_of, heading):
    found = version(indicator_id)
    assert definitions.events(found) == events
    assert definitions.counted_out_of(found) == out_of
    assert definitions.per_so_many(found) == heading


def test_what_names_its_own_day_is_not_said_to_be_in_the_year():
    assert definitions.events_in(version("detained_at_year_end"), YEAR) == "people detained on 31 March"
    assert definitions.events_in(version(), YEAR) == "detentions in the year"
    assert definitions.events_in(version("restraint"), MONTH) == "people restrained in the month"


def test_what_is_allowed_for_is_said():
    assert definitions.allowing_for(version("detention_standardised")) == "allowing for age and sex"
    assert definitions.allowing_for(version()) == ""


def test_every_version_is_shown_the_newest_first_and_the_one_in_force_marked():
    newest = definition().versions[-1]
    older = replace(newest, valid_from=date(2010, 1, 1), valid_to=date(2016, 3, 31))
    both = replace(definition(), versions=(older, newest))
    first, second = definitions.definition_versions(both, YEAR)
    assert first.in_force
    assert first.validity == "From 1 April 2016"
    assert not second.in_force
    assert second.validity == "From 1 January 2010 to 31 March 2016"
    assert "One person can be counted more than once." in first.counted_once
    assert "Events for every 100,000" in first.how


def test_figures_older_than_every_version_are_read_by_the_newest():
    before = Period(date(1999, 1, 1), date(1999, 12, 31))
    assert definitions.version_for(definition(), before) is definition().versions[-1]


def test_a_definition_without_a_denominator_shows_none():
    (shown,) = definitions.definition_versions(definition("detention_standardised"), YEAR)
    assert shown.denominator == ""
    assert "publisher's own rate" in shown.how
    (restraint,) = definitions.definition_versions(definition("restraint"), MONTH)
    assert restraint.counted_once == "Each person is counted once."
