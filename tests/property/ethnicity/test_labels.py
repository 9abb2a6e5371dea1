"""Spelling makes no difference; a word that is not known always does."""

import string
from collections.abc import Callable

from hypothesis import example, given
from hypothesis import strategies as st

from evenhand.ethnicity import classifications, normalise_label, reference, standard_label
from evenhand.ethnicity.label_words import label_words

LABELS = [row["words"] for row in reference.rows("labels")]
CATEGORY_LABELS = [(each.id, category.label) for each in classifications() for category in each.categories]
FILLERS = {"ethnic", "ethnicity", "group", "background", "category"}
FILLERS |= {"ethnicities", "groups", "backgrounds", "categories"}
LONG_NAMES = {"english", "welsh", "scottish", "northern", "multiple", "minor", "major", "total"}
VOCABULARY = {word for label in LABELS for word in label.split()} | FILLERS | LONG_NAMES | {"and", "or"}


@given(st.sampled_from(CATEGORY_LABELS), st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_makes_no_difference(category: tuple[str, str], change: Callable[[str], str]):
    classification_id, label = category
    changed = normalise_label(change(label), classification_id=classification_id)
    assert changed.group == normalise_label(label, classification_id=classification_id).group is not None


@given(
    st.sampled_from([("White", "Irish"), ("Asian", "Indian"), ("Mixed", "White and Asian"), ("Black", "African")]),
    st.sampled_from([" - ", ": ", "–", " — ", "-", "  ", " : ", "_", "-- "]),
    st.sampled_from(["", " group", " ethnic group", " background", " Background "]),
    st.sampled_from(["", "*", " ", ".", "¹", " [note 2]", " (1)"]),
)
def test_dashes_colons_fillers_and_footnotes_make_no_difference(
    parts: tuple[str, str], between: str, filler: str, after: str
):
    written = normalise_label(parts[0] + between + parts[1] + filler + after, classification_id="nhs_2001")
    assert written.group == normalise_label(" ".join(parts), classification_id="nhs_2001").group is not None


@given(st.text(max_size=60) | st.text(alphabet=string.ascii_lowercase + " /&,-", max_size=30))
@example("white ")
@example("Asian, or")
@example("(1)")
def test_a_random_text_matches_only_if_it_consists_of_words_that_are_known(text: str):
    if standard_label(text) is not None:
        assert set(label_words(text).replace("+", " ").split()) <= VOCABULARY


@given(st.sampled_from(LABELS), st.text(alphabet=string.ascii_lowercase, min_size=2, max_size=12), st.data())
def test_a_known_label_with_one_word_more_that_is_not_known_is_reported(label: str, word: str, data: st.DataObject):
    if word in VOCABULARY:
        return
    words = label.replace("+", "and").split()
    words.insert(data.draw(st.integers(0, len(words))), word)
    assert standard_label(" ".join(words)) is None
    for each in classifications():
        assert not normalise_label(" ".join(words), classification_id=each.id).known


@given(st.sampled_from(LABELS), st.data())
def test_a_known_label_with_a_letter_missing_is_no_other_ethnic_group(label: str, data: st.DataObject):
    at = data.draw(st.integers(0, len(label) - 1))
    cut = label[:at] + label[at + 1 :]
    if not set(cut.replace("+", " ").split()) <= VOCABULARY:
        assert standard_label(cut) is None
