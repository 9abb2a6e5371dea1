import pytest
from tests.unit.datasets.published.published_example import example_mapping

from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, Count
from evenhand.datasets.observations import OrganisationLevel
from evenhand.datasets.published.cells import CellReader
from evenhand.errors import InputRefused

SIGNS = {
    "*": "suppressed",
    "[c]": "suppressed",
    "c": "suppressed",
    "-": "zero",
    "[x]": "not_applicable",
    "x": "not_applicable",
    "z": "not_applicable",
    "N/A": "not_applicable",
    "NULL": "unknown",
}


def count(cell, level=OrganisationLevel.ICB, **changes):
    return CellReader(example_mapping(**{"markers": SIGNS, **changes})).count(cell, level, where="t.csv, line 2")


def figure(cell, **changes):
    return CellReader(example_mapping(**{"markers": SIGNS, **changes})).figure(cell, where="t.csv, line 2")


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("*", SUPPRESSED),
        ("[c]", SUPPRESSED),
        ("c", SUPPRESSED),
        ("[x]", NOT_APPLICABLE),
        ("x", NOT_APPLICABLE),
        ("z", NOT_APPLICABLE),
        ("N/A", NOT_APPLICABLE),
        ("NULL", UNKNOWN),
        ("-", Count(0)),
        ("0", Count(0)),
        ("", UNKNOWN),
    ],
)
def test_a_sign_means_what_the_mapping_says_and_zero_is_a_number(cell, read):
    assert count(cell) == read


def test_a_blank_cell_means_what_the_source_says():
    assert count("", markers={"": "suppressed"}) == SUPPRESSED
    assert count("", markers={"": "zero"}) == Count(0)


def test_a_count_carries_the_rounding_of_its_level():
    assert count("25") == Count(25, rounded_to=5)
    assert count("27", OrganisationLevel.COUNTRY) == Count(27)


def test_a_rounded_zero_is_exact_only_where_the_publisher_says_so():
    assert count("0", rounding={"to": 5}) == Count(0)
    assert count("0", rounding={"to": 5, "zero_is_exact": False}) == Count(0, rounded_to=5)


def test_a_number_may_stand_for_more_than_rounding_says():
    rounding = {"to": 5, "by_level": {"country": 1}, "wider": {5: 9}}
    assert count("5", rounding=rounding) == Count(5, rounded_to=9)
    assert count("10", rounding=rounding) == Count(10, rounded_to=5)
    assert count("5", OrganisationLevel.COUNTRY, rounding=rounding) == Count(5)


@pytest.mark.parametrize(("cell", "value"), [("274.0", 274), ("1,234", 1234), ("12,345,678", 12_345_678), ("007", 7)])
def test_counts_as_publishers_write_them(cell, value):
    assert count(cell, OrganisationLevel.COUNTRY, thousands=",").value == value


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("-3", "a count is not negative, found '-3'"),
        ("-3.5", "a count is not negative"),
        ("2.5", "a count is a whole number, found '2.5'"),
        ("1,234", "expected a count or one of"),
        ("q", "expected a count or one of blank, '\\*'.*found 'q'"),
        ("1e5", "expected a count"),
        ("٣", "expected a count"),
        ("9" * 13, "expected a count"),
        ("Jane Doe, 4 Mill Lane", "found a text of 21 characters"),
    ],
)
def test_what_is_no_count_is_refused_with_its_place_and_no_free_text(cell, says):
    with pytest.raises(InputRefused, match=says) as refusal:
        count(cell)
    assert str(refusal.value).startswith("t.csv, line 2: ")
    assert "Jane" not in str(refusal.value)


@pytest.mark.parametrize("cell", ["1,23", "12,34,567", "1,2345", ",123"])
def test_commas_in_the_wrong_place_are_not_thousands(cell):
    with pytest.raises(InputRefused, match="expected a count"):
        count(cell, thousands=",")


@pytest.mark.parametrize(
    ("cell", "read"), [("80.7", 80.7), ("50.2%", 50.2), ("1,204.5", 1204.5), ("*", None), ("", None), ("-", 0.0)]
)
def test_a_published_figure_is_a_number_or_is_not_there(cell, read):
    assert figure(cell, thousands=",") == read


@pytest.mark.parametrize("cell", ["about 80", "-1.5", "nan", "inf"])
def test_what_is_no_figure_is_refused(cell):
    with pytest.raises(InputRefused, match="expected a figure or one of"):
        figure(cell)
