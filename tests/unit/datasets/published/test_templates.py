import pytest

from evenhand.datasets.published.templates import fill, match, placeholders


def test_a_file_name_tells_the_year_the_month_and_the_force():
    found = match("{year}-{month}-{organisation}-stop-and-search.csv", "2019-12-avon-and-somerset-stop-and-search.csv")
    assert found == {"year": "2019", "month": "12", "organisation": "avon-and-somerset"}


@pytest.mark.parametrize(
    "name",
    ["2019-13-derbyshire-stop-and-search.csv", "1719-12-x-stop-and-search.csv", "2019-12-stop-and-search.csv", ""],
)
def test_a_name_that_does_not_follow_the_template_tells_nothing(name):
    assert match("{year}-{month}-{organisation}-stop-and-search.csv", name) is None


def test_a_star_stands_for_anything_and_case_does_not_matter():
    assert match("*KS2_RWM_{group}_EXP", "White | Pupils (all) | ks2_rwm_white_exp") == {"group": "white"}


def test_signs_of_regular_expressions_are_taken_by_the_letter():
    assert match("Rate (per 100).", "Rate (per 100).") == {}
    assert match("Rate (per 100).", "Rate per 100x") is None


def test_a_template_is_filled_with_what_another_found():
    assert fill("{group}_ELIG_{ending}", {"group": "white", "ending": "16"}) == "white_ELIG_16"


def test_the_names_between_braces_are_the_placeholders():
    assert placeholders("{year}-{month}-x") == {"year", "month"}
    assert placeholders("plain") == frozenset()


@pytest.mark.parametrize("template", ["{week}", "{year}-{year}", "{}"])
def test_an_unknown_or_repeated_placeholder_is_a_fault(template):
    with pytest.raises(ValueError, match=r"placeholder|twice"):
        placeholders(template)
