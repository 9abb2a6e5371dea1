from pathlib import Path

import pytest

from evenhand.disclosure import Attacker, Rule, load_rule
from evenhand.disclosure.rules import PACKAGED_RULES, Zeros
from evenhand.errors import InputRefused

OWN_RULE = """
id: ours
title: Counts of 1 to 9 are hidden, all others are rounded to the nearest 10
source: a decision of the board
small_up_to: 9
round_to: 10
zeros: hidden
required_width: 3
symbol: c
"""


def test_nhs5_hides_one_to_four_rounds_to_five_and_shows_zero() -> None:
    rule = load_rule("nhs5")
    assert [count for count in range(10) if rule.is_small(count)] == [1, 2, 3, 4]
    assert (rule.round_to, rule.zeros, rule.required_width, rule.symbol) == (5, Zeros.PRINTED, 2, "*")


def test_hes7_hides_one_to_seven() -> None:
    rule = load_rule("hes7")
    assert [count for count in range(10) if rule.is_small(count)] == [1, 2, 3, 4, 5, 6, 7]
    assert rule.round_to == 5


def test_dfe2_hides_one_and_two_and_rounds_nothing() -> None:
    rule = load_rule("dfe2")
    assert [count for count in range(10) if rule.is_small(count)] == [1, 2]
    assert rule.round_to == 1


@pytest.mark.parametrize("file", sorted(PACKAGED_RULES.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_packaged_rule_is_named_as_its_file_and_says_where_it_comes_from(file: Path) -> None:
    rule = load_rule(file.stem)
    assert rule.id == file.stem
    assert len(rule.source) > 40


def test_an_organisation_may_bring_a_rule_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(OWN_RULE)
    rule = load_rule(path)
    assert rule.is_small(0), "this rule hides zeros too"
    assert rule.attacker() == Attacker(hidden_smallest=0, printed_smallest=10)


def test_the_attacker_of_a_rule_that_prints_zeros_knows_that_a_hidden_count_is_at_least_one() -> None:
    assert load_rule("nhs5").attacker() == Attacker(hidden_smallest=1, printed_smallest=5)


def test_an_unknown_rule_is_refused_with_the_names_of_the_known_ones() -> None:
    with pytest.raises(InputRefused, match=r"no disclosure rule 'nhs6'. Packaged rules: dfe2, hes7, nhs5\."):
        load_rule("nhs6")


def test_a_rule_that_would_print_a_small_count_as_zero_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(OWN_RULE.replace("small_up_to: 9", "small_up_to: 3"))
    with pytest.raises(InputRefused, match="a count of 4 would be printed as 0: hide counts up to at least 4"):
        load_rule(path)


def test_a_misspelt_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(OWN_RULE.replace("round_to", "round-to"))
    with pytest.raises(InputRefused, match="round-to"):
        load_rule(path)


def test_a_rule_cannot_be_altered_after_it_was_read() -> None:
    rule: Rule = load_rule("nhs5")
    with pytest.raises(ValueError, match="frozen"):
        rule.small_up_to = 0  # type: ignore[misc]  # the point of the test
