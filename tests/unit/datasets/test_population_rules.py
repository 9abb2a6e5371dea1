"""A denominator rule puts each census group in one place, or names it as left out."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from evenhand import strict_yaml
from evenhand.datasets.denominators import DenominatorRule, denominator_rule, denominator_rules, rules
from evenhand.errors import InputRefused

RULE = """
id: plain
title: A rule
source: {title: A table, publisher: A publisher, licence: OGL}
table: census_2021_by_age
people_by: ons_2021_5
groupings:
  - classification: total
    groups: {all_known: [white, mixed, asian, black, other]}
"""


def read(text: str) -> DenominatorRule:
    return strict_yaml.parse(text, TypeAdapter(DenominatorRule), name="plain.yaml")


def test_the_rules_that_are_shipped() -> None:
    assert [rule.id for rule in denominator_rules()] == [
        "census_2021",
        "census_2021_by_age",
        "mental_health_act_2023_24",
        "mental_health_act_2023_24_icb",
    ]


def test_a_rule_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(InputRefused, match=r"no denominator rule 'census_2031'\. There are: census_2021, "):
        denominator_rule("census_2031")


def test_a_rule_is_read() -> None:
    assert read(RULE).classifications() == ("total",)


@pytest.mark.parametrize(
    ("found", "instead", "message"),
    [
        ("black, other]}", "black]}", "total: other: neither in a group nor left out"),
        ("black, other]}", "black, other, other]}", "total: other: named more than once"),
        ("black, other]}", "black, other, roma]}", "total: roma: not a group of ons_2021_5"),
        ("classification: total", "classification: ons_2021_5", "a rule has a grouping for the classification total"),
        ("people_by: ons_2021_5", "people_by: ons_2031", "'ons_2031' is not an ethnic classification"),
        ("table: ", "by_crosswalk: [total]\ntable: ", "the classification total stands twice"),
        ("table: ", "by_crosswalk: [nhs_2001]\ntable: ", "ons_2021_5 cannot be turned into nhs_2001"),
    ],
)
def test_a_rule_that_loses_people_or_counts_them_twice_is_refused(found: str, instead: str, message: str) -> None:
    assert found in RULE
    with pytest.raises(InputRefused) as refused:
        read(RULE.replace(found, instead))
    assert message in str(refused.value)


def test_a_rule_is_kept_in_the_file_of_its_name(tmp_path: Path) -> None:
    file = tmp_path / "another.yaml"
    file.write_text(RULE, encoding="utf-8")
    with pytest.raises(InputRefused, match=r"A rule is kept in the file of its name, plain\.yaml"):
        rules._read(file, TypeAdapter(DenominatorRule))


def test_every_rule_that_is_followed_elsewhere_exists() -> None:
    for rule in denominator_rules():
        for other in rule.otherwise.values():
            assert denominator_rule(other).otherwise == {}
