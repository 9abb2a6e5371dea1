import pytest

from evenhand.errors import InputRefused
from evenhand.ethnicity import Coding, Part, coding_quality


def test_a_worked_example_that_can_be_counted_by_hand():
    codes = ["A", "A", "C", "S", "H", "Z", "99", "UN", "-1", "", None, "H"]
    people = [1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 2, 7]
    quality = coding_quality(codes, people=people, coding=Coding(default_codes={"UN"}))
    assert quality.valid == Part(6, 12)
    assert quality.not_stated == Part(1, 12)
    assert quality.not_known == Part(1, 12)
    assert quality.default == Part(1, 12)
    assert quality.invalid == Part(1, 12)
    assert quality.missing == Part(2, 12)
    assert quality.residual_other == Part(2, 6)  # C and S of the six valid codes
    assert quality.conflicting == Part(2, 3)  # person 1: A, C; person 2: S, H; person 7 agrees with itself


def test_the_five_national_shares_put_not_known_under_default():
    quality = coding_quality(["A", "Z", "99", "UN", "?", ""], coding=Coding(default_codes={"UN"}))
    assert {name: part.count for name, part in quality.vodim.items()} == {
        "valid": 1,
        "other": 1,
        "default": 2,
        "invalid": 1,
        "missing": 1,
    }


def test_case_and_blanks_are_no_contradiction():
    assert coding_quality(["A", "a", " A "], people=[1, 1, 1]).conflicting == Part(0, 1)


def test_not_stated_does_not_contradict_a_valid_code():
    assert coding_quality(["A", "Z", "99"], people=[1, 1, 1]).conflicting == Part(0, 1)


def test_without_people_conflicts_are_unknown_and_not_zero():
    assert coding_quality(["A", "B"]).conflicting is None


def test_the_share_of_nothing_is_unknown_and_not_zero():
    quality = coding_quality([])
    assert quality.valid.share is None
    assert Part(1, 4).share == 0.25
    assert Part(0, 4).share == 0.0


def test_people_must_be_given_for_every_record():
    with pytest.raises(InputRefused, match="There are 2 codes and 1 people"):
        coding_quality(["A", "B"], people=[1])
