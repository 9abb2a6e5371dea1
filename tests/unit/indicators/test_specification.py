"""What a definition may say, and what is refused: one schema, with the place of each fault."""

from datetime import date

import pytest
from pydantic import TypeAdapter

from evenhand import strict_yaml
from evenhand.errors import InputRefused
from evenhand.indicators import Denominator, Indicator

DEFINITION = """
id: detention
title: Detentions
question: How often?
domain: restriction
direction: lower_is_better
rationale: It matters.
versions:
  - valid_from: 2016-04-01
    valid_to: 2020-03-31
    statistic: rate
    per: 100000
    unit: per 100,000 people
    out_of: people
    numerator: {measure: all_detentions, counts: detention, description: New ones., person_counted_once: false}
    denominator: {description: People., population: census_2021}
    source: {title: A table, publisher: A publisher, licence: OGL}
  - valid_from: 2020-04-01
    statistic: published_rate
    per: 100000
    unit: per 100,000 people
    out_of: people
    numerator: {measure: all_detentions, counts: detention, description: New ones., person_counted_once: false}
    published_value: standardised_rate
    published_half_width: half_width
    source: {title: A table, publisher: A publisher, licence: OGL}
"""


def read(text: str) -> Indicator:
    return strict_yaml.parse(text, TypeAdapter(Indicator), name="detention.yaml")


def test_the_version_in_force_is_that_of_the_day() -> None:
    detention = read(DEFINITION)
    first, second = detention.versions
    assert detention.on(date(2016, 3, 31)) is None
    assert detention.on(date(2016, 4, 1)) is first
    assert detention.on(date(2020, 3, 31)) is first
    assert detention.on(date(2020, 4, 1)) is second
    assert detention.on(date(2099, 1, 1)) is second


@pytest.mark.parametrize(
    ("found", "instead", "message"),
    [
        ("    valid_to: 2020-03-31\n", "", "the version from 2016-04-01 does not end before 2020-04-01"),
        ("valid_to: 2020-03-31", "valid_to: 2020-04-01", "the version from 2016-04-01 does not end before 2020-04-01"),
        ("valid_to: 2020-03-31", "valid_to: 2016-03-31", "valid_to 2016-03-31 is before valid_from 2016-04-01"),
        ("    published_half_width: half_width\n", "", "names published_value and published_half_width"),
        ("    published_value: standardised_rate\n", "", "names published_value and published_half_width"),
        ("    denominator: {description: People., population: census_2021}\n", "", "a rate needs a denominator"),
        (", population: census_2021", "", "exactly one of: measure, population, published"),
        ("population: census_2021", "population: census_2021, published: true", "exactly one of: measure, population"),
        ("direction: lower_is_better", "direction: down", "direction: "),
        ("id: detention", "id: Detention", "id: "),
        ("per: 100000", "per: 0", "versions.0.per: "),
        ("unit: per 100,000 people", "units: per 100,000 people", "versions.0.units: "),
    ],
)
def test_a_definition_that_cannot_hold_is_refused_with_its_place(found: str, instead: str, message: str) -> None:
    assert found in DEFINITION
    with pytest.raises(InputRefused) as refused:
        read(DEFINITION.replace(found, instead, 1))
    assert str(refused.value).startswith("detention.yaml: ")
    assert message in str(refused.value)


def test_a_denominator_may_be_printed_beside_the_count() -> None:
    assert Denominator(description="Pupils on roll.", published=True).measure is None
