"""The definitions that are shipped hold together: schema, file names, denominator rules, measures, sources."""

from datetime import date
from pathlib import Path

import pytest

from evenhand.datasets.denominators import denominator_rules
from evenhand.datasets.published import load_mapping, mapping_names
from evenhand.errors import InputRefused
from evenhand.indicators import (
    DERIVED_MEASURES,
    Indicator,
    Statistic,
    catalogue,
    indicator,
    read_definitions,
    unread_measures,
)

NEEDED = {
    "community_treatment_order",
    "detained_at_year_end",
    "detention",
    "detention_standardised",
    "ethnicity_completeness",
    "restraint",
    "short_term_order",
    "stop_and_search",
    "talking_therapies_recovery",
    "talking_therapies_reliable_improvement",
    "use_of_force",
}
DOMAINS = {
    "access",
    "experience",
    "outcome",
    "restriction",
    "safety",
    "workforce",
    "data_quality",
    "justice",
    "education",
}

DEFINITION = """
id: detention
title: Detentions
question: How often?
domain: restriction
direction: lower_is_better
rationale: It matters.
versions:
  - valid_from: 2016-04-01
    statistic: rate
    per: 100000
    unit: per 100,000 people
    out_of: people
    numerator: {measure: all_detentions, counts: detention, description: New ones., person_counted_once: false}
    denominator: {description: People., population: census_2021}
    source: {title: A table, publisher: A publisher, licence: OGL}
"""


def define(folder: Path, text: str, *, name: str = "detention") -> tuple[Indicator, ...]:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return read_definitions(folder)


def test_the_catalogue_holds_what_was_promised() -> None:
    assert {each.id for each in catalogue()} >= NEEDED


def test_an_indicator_is_found_by_its_id() -> None:
    assert indicator("detention").title == "Detentions under the Mental Health Act"


def test_an_indicator_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(
        InputRefused, match=r"no indicator 'detentions'\. There are: community_treatment_order, community_wait, det"
    ):
        indicator("detentions")


@pytest.mark.parametrize("each", catalogue(), ids=lambda each: each.id)
def test_every_definition_asks_a_question_and_names_a_source_in_force(each: Indicator) -> None:
    assert each.question.endswith("?")
    assert each.domain in DOMAINS
    version = each.on(date(2024, 3, 31))
    assert version is not None
    assert version.source.url is not None
    assert version.source.url.startswith("https://")
    assert version.caveats
    assert version.per in {100, 1_000, 100_000}
    assert (version.per == 100) == (version.statistic is Statistic.PROPORTION)


def test_every_measure_of_a_definition_is_read_by_a_mapping_or_worked_out_by_a_release() -> None:
    readable = {measure for name in mapping_names() for measure in load_mapping(name).measure_ids}
    assert unread_measures(catalogue(), readable) == ()


def test_a_measure_that_nothing_reads_is_found(tmp_path: Path) -> None:
    by_measure = DEFINITION.replace("population: census_2021", "measure: bed_days")
    definitions = define(tmp_path, by_measure)
    assert unread_measures(definitions, {"all_detentions"}) == ("bed_days",)
    assert unread_measures(definitions, {"bed_days"}) == ("all_detentions",)
    assert unread_measures(definitions, {"bed_days", "all_detentions"}) == ()


def test_a_measure_that_a_release_works_out_is_known(tmp_path: Path) -> None:
    derived = sorted(DERIVED_MEASURES)[0]
    assert unread_measures(define(tmp_path, DEFINITION.replace("all_detentions", derived)), ()) == ()


def test_a_denominator_rule_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        define(tmp_path, DEFINITION.replace("census_2021", "census_2031"))
    assert "the version from 2016-04-01 names the denominator rule 'census_2031'" in str(refused.value)
    assert all(rule.id in str(refused.value) for rule in denominator_rules())


def test_a_definition_is_kept_in_the_file_of_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"kept in the file of its name, detention\.yaml"):
        define(tmp_path, DEFINITION, name="another")


def test_a_published_rate_needs_no_denominator(tmp_path: Path) -> None:
    published = DEFINITION.replace("statistic: rate", "statistic: published_rate").replace(
        "    denominator: {description: People., population: census_2021}\n",
        "    published_value: standardised_rate\n    published_half_width: half_width\n",
    )
    (each,) = define(tmp_path, published)
    assert each.versions[0].denominator is None
    assert unread_measures([each], {"all_detentions"}) == ()
