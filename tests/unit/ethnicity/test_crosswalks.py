from datetime import date

import pytest

from evenhand.errors import InputRefused
from evenhand.ethnicity import classification, classifications, crosswalk, crosswalk_rows, crosswalks
from evenhand.ethnicity.crosswalks import CrosswalkRow, split_categories

PAIRS = [(one.id, other.id) for one in classifications() for other in classifications() if one.id != other.id]


def test_chinese_people_are_under_other_in_2001_and_under_asian_in_the_census_since_2011():
    assert crosswalk("nhs_2001", "nhs_2001_5").target("R") == "other"
    assert crosswalk("nhs_2001", "ons_2011_5").target("R") == "asian"
    assert crosswalk("ons_2021", "ons_2021_5").target("chinese") == "asian"
    assert crosswalk("ons_2021", "nhs_2001_5").target("chinese") == "other"
    assert crosswalk("home_office_16", "home_office_5").target("O1") == "other"
    assert crosswalk("ons_2021", "dfe_6").target("chinese") == "chinese"


@pytest.mark.parametrize(
    ("category", "code"),
    [
        ("english_welsh_scottish_northern_irish_british", "A"),
        ("irish", "B"),
        ("other_white", "C"),
        ("white_and_black_caribbean", "D"),
        ("white_and_black_african", "E"),
        ("white_and_asian", "F"),
        ("other_mixed", "G"),
        ("indian", "H"),
        ("pakistani", "J"),
        ("bangladeshi", "K"),
        ("other_asian", "L"),
        ("caribbean", "M"),
        ("african", "N"),
        ("other_black", "P"),
        ("chinese", "R"),
        ("any_other_ethnic_group", "S"),
        ("gypsy_or_irish_traveller", "C"),
        ("roma", "C"),
        ("arab", "S"),
    ],
)
def test_the_nineteen_census_groups_fold_into_the_sixteen_nhs_codes(category: str, code: str):
    assert crosswalk("ons_2021", "nhs_2001").target(category) == code


def test_white_british_is_white_british_under_every_name():
    for classification_id, name in [
        ("nhs_2001", "A"),
        ("home_office_16", "W1"),
        ("ons_2011", "english_welsh_scottish_northern_irish_british"),
        ("ons_2021", "english_welsh_scottish_northern_irish_british"),
    ]:
        joined = crosswalk(classification_id, "white_british")
        assert [category for category, group in joined.targets.items() if group == "white_british"] == [name]


def test_a_classification_turns_into_itself_without_change():
    joined = crosswalk("dfe_6", "dfe_6")
    assert joined.targets == {category: category for category in classification("dfe_6").category_ids}


@pytest.mark.parametrize(("from_id", "to_id"), PAIRS)
def test_a_crosswalk_is_offered_exactly_when_no_category_would_be_split(from_id: str, to_id: str):
    if split_categories(from_id, to_id):
        with pytest.raises(InputRefused, match="nobody can tell who is who"):
            crosswalk(from_id, to_id)
    else:
        joined = crosswalk(from_id, to_id)
        assert list(joined.targets) == list(classification(from_id).category_ids)
        assert set(joined.targets.values()) == set(classification(to_id).category_ids)


def test_the_broad_other_of_2001_is_not_the_other_of_2011_and_the_refusal_says_why():
    with pytest.raises(InputRefused, match="'other' of nhs_2001_5 holds people of 'asian' and of 'other'"):
        crosswalk("nhs_2001_5", "ons_2011_5")


def test_no_row_of_the_table_stands_against_another():
    keys = [(row.from_classification, row.from_id, row.to_classification) for row in crosswalk_rows()]
    assert len(set(keys)) == len(keys)


def test_not_stated_not_known_and_totals_have_no_target():
    joined = crosswalk("nhs_2001", "white_british")
    for special in ("Z", "99", "not_stated", "not_known", "unknown", "all"):
        with pytest.raises(InputRefused, match="is not a category of nhs_2001"):
            joined.target(special)


def test_regrouping_adds_up_and_leaves_special_groups_alone():
    regrouped = crosswalk("nhs_2001", "nhs_2001_5").regroup(
        {"A": 50, "B": 3, "R": 4, "S": 5, "not_stated": 7, "all": 69}
    )
    assert regrouped == {"white": 53, "other": 9, "not_stated": 7, "all": 69}


def test_a_crosswalk_holds_from_its_first_day():
    assert crosswalk("ons_2021", "nhs_2001", on=date(2021, 3, 21)).target("roma") == "C"
    with pytest.raises(InputRefused, match="can be turned into nhs_2001 from 2021-03-21 to now, not on 2021-03-20"):
        crosswalk("ons_2021", "nhs_2001", on=date(2021, 3, 20))


def test_a_crosswalk_that_has_ended_is_offered_for_its_own_days_alone(monkeypatch: pytest.MonkeyPatch):
    ended = tuple(
        CrosswalkRow("white_british", category, "dfe_6", "white", date(2001, 1, 1), date(2010, 12, 31), "invented")
        for category in ("white_british", "not_white_british")
    )
    monkeypatch.setattr(crosswalks, "_joins", lambda: {("white_british", "dfe_6"): ended})
    assert crosswalk("white_british", "dfe_6", on=date(2010, 12, 31)).target("white_british") == "white"
    with pytest.raises(InputRefused, match="from 2001-01-01 to 2010-12-31, not on later days"):
        crosswalk("white_british", "dfe_6")


def test_an_unknown_classification_is_refused_on_either_side():
    for pair in [("nhs", "nhs_2001"), ("nhs_2001", "nhs")]:
        with pytest.raises(InputRefused, match="'nhs' is not an ethnic classification"):
            crosswalk(*pair)
