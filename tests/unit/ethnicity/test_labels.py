import pytest

from evenhand.errors import InputRefused
from evenhand.ethnicity import (
    classification,
    classifications,
    normalise_label,
    normalise_label_at_any_level,
    reference,
    standard_label,
)


@pytest.mark.parametrize(
    ("label", "classification_id", "group"),
    [
        ("British", "nhs_2001", "A"),
        ("White - Any other White background", "nhs_2001", "C"),
        ("Indian (Asian or Asian British)", "nhs_2001", "H"),
        ("White and Black Caribbean (Mixed)", "nhs_2001", "D"),
        ("mixed_white_black_african", "nhs_2001", "E"),
        ("ethnicity_minor_any_other_black_background", "nhs_2001", "P"),
        ("Indian Total", "nhs_2001", "H"),
        ("Other Ethnic Groups", "nhs_2001_5", "other"),
        ("Chinese or other ethnic group", "nhs_2001_5", "other"),
        ("Any other ethnic group", "nhs_2001_5", "other"),
        ("Black (or Black British)", "home_office_5", "black"),
        ("Asian excluding Chinese", "dfe_6", "asian"),
        ("Any other ethnic group", "dfe_6", "other"),
        ("Other than White British", "white_british", "not_white_british"),
        ("White: Gypsy or Irish Traveller", "ons_2021", "gypsy_or_irish_traveller"),
        ("Other ethnic group: Arab", "ons_2011", "arab"),
        ("Asian/Asian British - Any other Asian background", "home_office_16", "A9"),
    ],
)
def test_a_label_names_a_group_of_the_classification_it_is_read_in(label: str, classification_id: str, group: str):
    match = normalise_label(label, classification_id=classification_id)
    assert match.group == group
    assert match.known
    assert match.is_category
    assert match.reason == ""


@pytest.mark.parametrize(
    ("label", "group"),
    [
        ("Not Stated", "not_stated"),
        ("Prefer not to say", "not_stated"),
        ("Other ethnic group - Not stated", "not_stated"),
        ("Not known", "not_known"),
        ("Unknown", "unknown"),
        ("Not stated/Not known/Invalid", "unknown"),
        ("Missing value / Value outside reporting parameters", "unknown"),
        ("Unclassified", "unknown"),
        ("All", "all"),
        ("Total", "all"),
        ("All ethnic groups", "all"),
        ("All known", "all_known"),
    ],
)
def test_totals_and_people_not_recorded_are_special_groups_in_every_classification(label: str, group: str):
    for each in classifications():
        match = normalise_label(label, classification_id=each.id)
        assert match.group == group
        assert not match.is_category


@pytest.mark.parametrize(
    ("label", "classification_id"),
    [
        ("Chinese", "nhs_2001_5"),  # a group of a finer classification is not folded here
        ("Arab", "nhs_2001"),
        ("Roma", "ons_2011"),
        ("Gypsy/Roma", "ons_2021"),  # two census categories in one
        ("White", "nhs_2001"),
        ("Mixed ethnic groups", "nhs_2001"),  # broad or residual: nobody can tell
        ("BAME", "white_british"),  # White minorities in or out: nobody can tell
        ("Asian and other", "nhs_2001_5"),
        ("Mixed/Other", "nhs_2001_5"),
        ("Other (including Chinese)", "ons_2011_5"),  # there, Chinese people are under Asian
        ("Not applicable", "nhs_2001"),
    ],
)
def test_a_known_label_of_another_classification_is_reported_and_not_folded(label: str, classification_id: str):
    match = normalise_label(label, classification_id=classification_id)
    assert not match.known
    assert not match.is_category
    assert match.reason == f"{label!r} (standard label {match.standard_label!r}) is not a group of {classification_id}"


@pytest.mark.parametrize("label", ["", "Martian", "White Martian", "Blackpool", "Indiana", "A", "Whit", "non", "group"])
def test_a_label_that_is_not_known_is_reported_and_never_guessed(label: str):
    match = normalise_label(label, classification_id="nhs_2001")
    assert match.group is None
    assert match.standard_label is None
    assert match.reason == f"{label!r} is not a label of an ethnic group that is known here"
    assert standard_label(label) is None


def test_a_long_text_from_a_wrong_column_is_cut_in_the_report():
    match = normalise_label("x" * 61, classification_id="nhs_2001")
    assert match.reason.startswith(f"'{'x' * 60}…' is not")


def test_a_text_longer_than_any_label_is_none_even_if_it_begins_like_one():
    assert standard_label("White" + " " * 300 + "x") is None
    assert normalise_label("White (" + "British" * 100_000 + ")", classification_id="nhs_2001").group is None


def test_the_label_of_every_category_names_that_category():
    for each in classifications():
        for category in each.categories:
            assert normalise_label(category.label, classification_id=each.id).group == category.id


@pytest.mark.parametrize("classification_id", ["ons_2011", "ons_2021", "nhs_2001_5", "dfe_6", "white_british"])
def test_an_id_in_words_names_its_own_category(classification_id: str):
    for category in classification(classification_id).categories:
        assert normalise_label(category.id, classification_id=classification_id).group == category.id


def test_the_finest_level_is_asked_first_whatever_the_order():
    levels = ("nhs_2001_5", "nhs_2001")
    found = {
        label: normalise_label_at_any_level(label, classification_ids=levels)
        for label in ["Any Other Ethnic Group", "Other Ethnic Groups", "Unknown", "Arab"]
    }
    assert (found["Any Other Ethnic Group"].classification_id, found["Any Other Ethnic Group"].group) == (
        "nhs_2001",
        "S",
    )
    assert (found["Other Ethnic Groups"].classification_id, found["Other Ethnic Groups"].group) == (
        "nhs_2001_5",
        "other",
    )
    assert found["Unknown"].group == "unknown"
    assert found["Arab"].reason == "'Arab' (standard label 'Arab') is not a group of nhs_2001"


def test_a_spelling_that_only_its_punctuation_tells_has_the_standard_label_of_the_lookup():
    assert standard_label("Mixed/ multiple ethnic groups") == "Mixed other"
    assert standard_label("Mixed / multiple ethnic groups") == "Mixed"
    assert standard_label("Other inc. Chinese") == "Other"
    assert standard_label("Other inc Chinese") == "Other inc Chinese"


def test_an_unknown_classification_is_refused():
    with pytest.raises(InputRefused, match="'nhs' is not an ethnic classification"):
        normalise_label("White", classification_id="nhs")


def test_every_words_of_the_table_are_in_the_form_that_labels_are_read_in():
    from evenhand.ethnicity.label_words import label_words

    rows = list(reference.rows("labels"))
    assert [label_words(row["words"]) for row in rows] == [row["words"] for row in rows]
    assert len({row["words"] for row in rows}) == len(rows)


def test_the_table_of_groups_names_every_category_and_only_meanings_that_some_label_has():
    meanings = {row["meaning"] for row in reference.rows("labels")}
    rows = list(reference.rows("label_groups"))
    assert {row["meaning"] for row in rows} <= meanings
    assert len({(row["classification"], row["meaning"]) for row in rows}) == len(rows)
    for each in classifications():
        assert {row["group"] for row in rows if row["classification"] == each.id} == set(each.category_ids)
