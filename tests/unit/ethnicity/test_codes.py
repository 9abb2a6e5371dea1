import pytest

from evenhand.errors import InputRefused
from evenhand.ethnicity import CodeKind, Coding, classification, count_groups


@pytest.mark.parametrize(
    ("code", "kind", "group"),
    [
        ("A", CodeKind.VALID, "A"),
        (" s ", CodeKind.VALID, "S"),
        ("Z", CodeKind.NOT_STATED, "not_stated"),
        ("99", CodeKind.NOT_KNOWN, "not_known"),
        ("X", CodeKind.NOT_KNOWN, "not_known"),
        ("-1", CodeKind.INVALID, "unknown"),
        ("9", CodeKind.INVALID, "unknown"),  # "not given" until 2004, then withdrawn
        ("I", CodeKind.INVALID, "unknown"),  # I, O and Q were never given out
        ("NA", CodeKind.INVALID, "unknown"),
        ("A1", CodeKind.INVALID, "unknown"),
        ("", CodeKind.MISSING, "unknown"),
        ("  ", CodeKind.MISSING, "unknown"),
        (None, CodeKind.MISSING, "unknown"),
    ],
)
def test_an_nhs_code_is_read(code: str | None, kind: CodeKind, group: str):
    reading = Coding().read(code)
    assert (reading.kind, reading.group) == (kind, group)


@pytest.mark.parametrize(
    ("classification_id", "code", "group"),
    [
        ("home_office_16", "W1", "W1"),
        ("home_office_16", "NS", "not_stated"),
        ("ons_2021", "13", "english_welsh_scottish_northern_irish_british"),
        ("ons_2021", "16", "roma"),
        ("ons_2021", "-8", "unknown"),  # "does not apply": no answer about a person
    ],
)
def test_other_code_sets_are_read(classification_id: str, code: str, group: str):
    assert Coding(classification_id).read(code).group == group


@pytest.mark.parametrize("classification_id", ["nhs_2001", "ons_2021", "home_office_16"])
def test_every_category_of_a_code_set_has_exactly_one_code(classification_id: str):
    coding = Coding(classification_id)
    tried = [*map(str, range(-9, 100)), *(a + b for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in ("", *"0123456789"))]
    found = [reading.group for code in tried if (reading := coding.read(code)).kind is CodeKind.VALID]
    assert sorted(found) == sorted(classification(classification_id).category_ids)


def test_a_code_that_the_system_fills_in_by_itself_is_a_default():
    coding = Coding(default_codes={"s ", "UN"})
    assert coding.read("S").kind is CodeKind.DEFAULT
    assert coding.read("un").kind is CodeKind.DEFAULT
    assert coding.read("A").kind is CodeKind.VALID


def test_a_local_second_character_is_read_only_where_it_is_declared():
    coding = Coding(local_subdivisions=True)
    assert coding.read("A1").group == "A"
    assert coding.read("ZX").kind is CodeKind.NOT_STATED
    assert coding.read("99").kind is CodeKind.NOT_KNOWN
    assert coding.read("Q1").kind is CodeKind.INVALID
    assert coding.read("A12").kind is CodeKind.INVALID


def test_records_are_counted_by_group_with_zeros_and_those_not_recorded():
    codes = ["A", "A", "r", "S", "Z", "99", "", None, "-1"]
    assert count_groups(codes, grouping="nhs_2001_5") == {
        "white": 2,
        "mixed": 0,
        "asian": 0,
        "black": 0,
        "other": 2,
        "not_stated": 1,
        "not_known": 1,
        "unknown": 3,
    }


def test_counting_into_a_finer_classification_is_refused():
    with pytest.raises(InputRefused, match="nhs_2001 cannot be turned into ons_2021: 'C' of nhs_2001 holds people of"):
        count_groups(["A"], grouping="ons_2021")


def test_an_unknown_classification_is_refused():
    with pytest.raises(InputRefused, match="'nhs' is not an ethnic classification"):
        Coding("nhs").read("A")


def test_a_classification_without_codes_is_refused_instead_of_finding_every_code_invalid():
    with pytest.raises(InputRefused, match="The categories of ons_2011 have names and no codes"):
        Coding("ons_2011").read("A")


def test_a_strange_letter_that_becomes_a_code_in_capitals_is_not_that_code():
    assert "ſ".upper() == "S"
    assert Coding().read("ſ").kind is CodeKind.INVALID
