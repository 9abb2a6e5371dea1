"""YAML written by people: what fits comes out typed; what does not is told by file and place."""

from dataclasses import dataclass

import pytest
from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as pydantic_dataclass

from evenhand import strict_yaml
from evenhand.errors import EvenhandError, InputRefused


@pydantic_dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Threshold:
    smallest: int
    note: str = ""


SCHEMA = TypeAdapter(Threshold)


def refusal(text: str) -> str:
    with pytest.raises(InputRefused) as refused:
        strict_yaml.parse(text, SCHEMA, name="rule.yaml")
    return str(refused.value)


def test_a_file_that_fits_comes_out_as_the_typed_object(tmp_path):
    path = tmp_path / "rule.yaml"
    path.write_text("\ufeffsmallest: 5\n", encoding="utf-8")
    assert strict_yaml.load(path, SCHEMA) == Threshold(smallest=5)


def test_a_missing_field_is_named():
    assert refusal("note: x") == "rule.yaml: smallest: Field required"


def test_a_wrong_value_is_shown_with_what_was_expected():
    message = refusal("smallest: five")
    assert message.startswith("rule.yaml: smallest: Input should be a valid integer")
    assert message.endswith("(found 'five')")


def test_a_long_value_is_not_repeated():
    assert "found" not in refusal(f"smallest: {'x' * 61}")


def test_a_word_that_the_schema_does_not_know_is_refused():
    assert "smalest" in refusal("smallest: 5\nsmalest: 4")


def test_a_file_that_is_no_mapping_is_refused_as_a_whole():
    assert refusal("- 5").startswith("rule.yaml: the whole file: ")


def test_the_second_of_two_equal_keys_does_not_win_silently():
    assert (
        refusal("smallest: 5\nsmallest: 6") == "rule.yaml: line 2: the key 'smallest' stands twice. Keep one of them."
    )


def test_what_is_not_yaml_is_told_by_line():
    assert refusal("smallest: [5").startswith("rule.yaml: line 1, column 13: is not YAML: ")


def test_what_yaml_will_not_hold_is_refused_without_a_line():
    assert "is not YAML" in refusal("smallest: \x00")


def test_a_tag_that_would_run_code_is_refused():
    assert "is not YAML" in refusal("smallest: !!python/object/apply:os.getcwd []")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InputRefused, match="cannot be read"):
        strict_yaml.load(tmp_path / "absent.yaml", SCHEMA)


def test_a_file_in_another_encoding_is_told(tmp_path):
    path = tmp_path / "rule.yaml"
    path.write_bytes(b"note: caf\xe9")
    with pytest.raises(InputRefused, match=r"is not UTF-8 text \(byte 9\)"):
        strict_yaml.load(path, SCHEMA)


def test_every_refusal_belongs_to_the_family_that_people_read():
    assert issubclass(InputRefused, EvenhandError)


def test_a_plain_dataclass_serves_as_a_schema_too():
    @dataclass
    class Plain:
        a: int

    assert strict_yaml.parse("a: 1", TypeAdapter(Plain), name="x").a == 1
