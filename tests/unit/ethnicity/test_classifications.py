from datetime import date

import pytest

from evenhand.errors import InputRefused
from evenhand.ethnicity import classification, classifications
from evenhand.ethnicity.special_groups import SPECIAL_GROUPS, TOTAL, TOTALS, UNRECORDED


@pytest.mark.parametrize(
    ("classification_id", "size"),
    [
        ("nhs_2001", 16),
        ("nhs_2001_5", 5),
        ("white_british", 2),
        ("ons_2011", 18),
        ("ons_2011_5", 5),
        ("ons_2021", 19),
        ("ons_2021_5", 5),
        ("home_office_16", 16),
        ("home_office_5", 5),
        ("dfe_6", 6),
    ],
)
def test_each_classification_has_the_number_of_categories_that_its_source_has(classification_id: str, size: int):
    categories = classification(classification_id).categories
    assert len(categories) == size
    assert [category.order for category in categories] == list(range(size))
    assert len({category.id for category in categories}) == size


def test_there_are_ten_classifications_and_all_tell_their_source():
    assert len(classifications()) == 10
    assert all(each.source and each.title for each in classifications())


def test_the_nhs_codes_skip_the_letters_that_look_like_numbers():
    assert "".join(classification("nhs_2001").category_ids) == "ABCDEFGHJKLMNPRS"


def test_a_category_knows_its_broad_group():
    assert classification("nhs_2001").category("R").parent == "other"
    assert classification("ons_2021").category("chinese").parent == "asian"
    assert classification("nhs_2001_5").category("other").parent is None
    assert classification("nhs_2001_5").broad_groups is None


def test_every_category_of_a_fine_classification_has_a_parent_in_its_broad_groups():
    for each in classifications():
        if each.broad_groups is not None:
            assert {category.parent for category in each.categories} == set(
                classification(each.broad_groups).category_ids
            )


def test_the_residual_categories_are_the_five_called_any_other():
    residual = [category.id for category in classification("nhs_2001").categories if category.residual]
    assert residual == ["C", "G", "L", "P", "S"]
    for each in ("ons_2011", "ons_2021", "home_office_16"):
        assert sum(category.residual for category in classification(each).categories) == 5
    assert not any(category.residual for category in classification("nhs_2001_5").categories)


def test_the_nineteen_groups_are_in_use_from_the_census_of_2021():
    assert not classification("ons_2021").holds_on(date(2021, 3, 20))
    assert classification("ons_2021").holds_on(date(2021, 3, 21))


def test_no_category_is_a_special_group():
    ids = {category.id for each in classifications() for category in each.categories}
    assert ids.isdisjoint(SPECIAL_GROUPS)
    assert TOTAL not in {each.id for each in classifications()}
    assert UNRECORDED | TOTALS == SPECIAL_GROUPS
    assert UNRECORDED.isdisjoint(TOTALS)


def test_an_unknown_classification_is_refused_with_the_list_of_those_that_there_are():
    with pytest.raises(InputRefused, match=r"'nhs' is not an ethnic classification\. There are: nhs_2001, "):
        classification("nhs")


def test_an_unknown_category_is_refused_with_the_list_of_those_that_there_are():
    with pytest.raises(InputRefused, match=r"'Z' is not a category of nhs_2001 .* A, B, C, D"):
        classification("nhs_2001").category("Z")
