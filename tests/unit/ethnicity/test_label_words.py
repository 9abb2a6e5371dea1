import pytest

from evenhand.ethnicity.label_words import LONGEST_LABEL, label_words


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("White - Irish", "white irish"),
        ("WHITE: IRISH", "white irish"),
        ("white–irish", "white irish"),
        ("  White   Irish ", "white irish"),
        ("Mixed: White & Asian", "mixed white + asian"),
        ("Mixed - White/Asian", "mixed white + asian"),
        ("white_and_asian", "white + asian"),
        ("Other ethnic groups", "other"),
        ("Any other Asian background", "asian other"),
        ("Asian - any other", "asian other"),
        ("Black - any other Black", "black other"),
        ("Asian, Asian British or Asian Welsh: Indian", "asian indian"),
        ("Black, Black British, Black Welsh, Caribbean or African: African", "black african"),
        ("Black/African/Caribbean/Black British - Caribbean", "black caribbean"),
        ("White: English, Welsh, Scottish, Northern Irish or British", "white british"),
        ("English/Welsh/Scottish/Northern Irish/British", "british"),
        ("Mixed or Multiple ethnic groups: Other Mixed or Multiple ethnic groups", "mixed other"),
        ("Other ethnic group: Any other ethnic group", "any other"),
        ("Ethnic Group: White: Irish; measures: Value", "white irish"),
        ("White: Irish\n(number)", "white irish"),
        ("Chinese [note 4]", "chinese"),
        ("Chinese²", "chinese"),
        ("Chinese (2)", "chinese"),
        ("England's average", "englands average"),
        ("Asian,, or", "asian"),
        ("or Asian", "asian"),
        ("", ""),
        ("/", ""),
        ("Ethnic group", ""),
    ],
)
def test_a_label_is_read_by_its_words(label: str, words: str):
    assert label_words(label) == words


def test_and_is_kept_because_asian_and_other_is_not_any_other_asian():
    assert label_words("Asian and other") == "asian + other"
    assert label_words("Asian other") == "asian other"


def test_a_text_too_long_for_a_label_has_no_words():
    assert label_words("a" * LONGEST_LABEL) != ""
    assert label_words("a" * (LONGEST_LABEL + 1)) == ""
