"""Mistakes found in published national code, each with the rule that keeps it out here.

Every test repeats the published mistake on a few records first, so that it also shows that the mistake would be seen.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from evenhand.ethnicity import CodeKind, Coding, classification, count_groups, crosswalk

VALID = "ABCDEFGHJKLMNPRS"
BROAD = ("nhs_2001_5", "ons_2011_5", "ons_2021_5", "home_office_5")


def as_published(codes: Iterable[str], group_of: Callable[[str], str]) -> Counter[str]:
    return Counter(group_of(code) for code in codes)


def test_caribbean_and_other_asian_people_are_not_dropped_by_a_missing_comma():
    """In a list of codes, "L" and "M" ran together into one code that nobody has."""
    listed = {"C", "D", "E", "F", "G", "H", "J", "K", "LM", "N", "P", "R", "S"}
    codes = ["A"] * 5 + ["L"] * 7 + ["M"] * 11
    assert as_published(codes, lambda code: "minority" if code in listed else "left out")["minority"] == 0

    assert count_groups(codes, grouping="white_british")["not_white_british"] == 18
    assert count_groups(codes, grouping="nhs_2001")["L"] == 7
    assert count_groups(codes, grouping="nhs_2001")["M"] == 11


def test_not_stated_and_not_known_are_not_published_as_other_ethnic_groups():
    """R, S, 99 and Z were all labelled "Other Ethnic Groups"."""
    codes = ["A", "R", "S", "99", "Z"]
    assert as_published(codes, lambda code: "other" if code in {"R", "S", "99", "Z"} else "white")["other"] == 4

    counts = count_groups(codes, grouping="nhs_2001_5")
    assert (counts["other"], counts["not_stated"], counts["not_known"]) == (2, 1, 1)


def test_not_stated_is_not_counted_as_not_white_british():
    """Everything but A, 99 and -1 became "not White British", Z included."""
    codes = ["A", "B", "Z", "99", "-1"]
    assert as_published(codes, lambda code: "no" if code in {"A", "99", "-1"} else "not WB")["not WB"] == 2

    counts = count_groups(codes, grouping="white_british")
    assert counts == {"white_british": 1, "not_white_british": 1, "not_stated": 1, "not_known": 1, "unknown": 1}


def test_chinese_and_any_other_people_are_not_counted_with_the_white_group():
    """The broad groups White and Other were both labelled "Non-BAME"."""
    codes = ["A", "B", "C", "R", "S"]
    broad = crosswalk("nhs_2001", "nhs_2001_5")
    together = as_published(codes, lambda code: "Non-BAME" if broad.target(code) in {"white", "other"} else "BAME")
    assert together["Non-BAME"] == 5

    for grouping in (*BROAD, "dfe_6"):
        assert count_groups(codes, grouping=grouping)["white"] == 3
    assert count_groups(codes, grouping="white_british")["not_white_british"] == 4


def test_chinese_and_any_other_people_are_not_missing_and_no_label_is_shifted_by_one():
    """L was labelled Chinese and M any other ethnic group; R and S fell through to "Missing/Invalid"."""
    shifted = {"L": "Chinese", "M": "Any other ethnic group"}
    assert as_published("LMRS", lambda code: shifted.get(code, "Missing/Invalid"))["Missing/Invalid"] == 2

    assert {code: classification("nhs_2001").category(code).label for code in "LMRS"} == {
        "L": "Any other Asian background",
        "M": "Caribbean",
        "R": "Chinese",
        "S": "Any other ethnic group",
    }
    assert {Coding().read(code).kind for code in "LMRS"} == {CodeKind.VALID}
    counts = count_groups("LMRS", grouping="nhs_2001_5")
    assert (counts["asian"], counts["black"], counts["other"], counts["unknown"]) == (1, 1, 2, 0)


def test_arab_people_have_the_same_broad_group_everywhere():
    """Arab stood under Asian in one pipeline and under Other in the next."""
    for census in ("ons_2011", "ons_2021"):
        assert {crosswalk(census, grouping).target("arab") for grouping in (*BROAD, "dfe_6")} == {"other"}


def test_roma_people_fall_out_of_no_denominator():
    """The list of branches named Gypsy alone; Roma was in none and became NULL."""
    branches = {"gypsy_or_irish_traveller": "white", "irish": "white", "other_white": "white"}
    assert as_published(["roma", "irish"], lambda group: branches.get(group, "NULL"))["NULL"] == 1

    for grouping in (*BROAD, "dfe_6"):
        assert crosswalk("ons_2021", grouping).regroup({"roma": 1, "irish": 1}) == {"white": 2}


def test_nobody_is_in_a_denominator_whose_group_no_numerator_can_have():
    """Numerators carry 2001 codes; the census groups without one (T, U, V) swelled the denominators alone."""
    folded = crosswalk("ons_2021", "nhs_2001")
    assert set(folded.targets.values()) == set(VALID)
    for grouping in (*BROAD, "dfe_6", "white_british"):
        numerator, denominator = crosswalk("nhs_2001", grouping), crosswalk("ons_2021", grouping)
        for census_group in folded.targets:
            assert denominator.target(census_group) == numerator.target(folded.target(census_group))
