import pytest
from tests.unit.datasets.published.published_example import MAPPING, counts, only, read

from evenhand.datasets.observations import Observation
from evenhand.errors import InputRefused

HEADER = "Year,Measure,Split,Label,Level,Code,Name,Count,Rate\n"


def rows(*split_and_label, count=10):
    """A table of the example with these breakdowns and labels, one organisation for each row."""
    lines = [
        f"2023/24,Detentions,{each},ICB,Q{number},Somewhere,{count},\n"
        for number, each in enumerate(split_and_label, start=1)
    ]
    return HEADER + "".join(lines)


def groups(**changes):
    return {**MAPPING["groups"], **changes}


def test_a_label_becomes_the_group_of_its_classification(tmp_path):
    observation = only(read(tmp_path, rows("Ethnicity,Black or Black British")))
    assert (observation.classification, observation.group) == ("nhs_2001_5", "black")


def test_case_does_not_matter_since_it_changes_between_years(tmp_path):
    assert only(read(tmp_path, rows("ETHNICITY,BLACK OR BLACK BRITISH"))).group == "black"


def test_people_whose_ethnicity_is_not_recorded_keep_their_own_group(tmp_path):
    assert only(read(tmp_path, rows("Ethnicity,Not stated"))).group == "not_stated"


def test_a_total_is_about_everybody(tmp_path):
    observation = only(read(tmp_path, rows("All,All")))
    assert (observation.classification, observation.group) == ("total", "all")


def test_a_mapping_may_say_what_a_label_means_in_its_source(tmp_path):
    breakdowns = [
        {
            "names": ["Ethnicity"],
            "kind": "ethnicity",
            "classifications": ["nhs_2001_5"],
            "labels": {"All": {"group": "all_known", "classification": "nhs_2001_5"}},
        }
    ]
    reading = read(tmp_path, rows("Ethnicity,ALL", "Ethnicity,White"), groups=groups(breakdowns=breakdowns))
    assert set(counts(reading)) == {("Q1", "all_known"), ("Q2", "white")}


def test_with_two_levels_in_one_column_the_finer_one_is_asked_first(tmp_path):
    breakdowns = [{"names": ["Ethnicity"], "kind": "ethnicity", "classifications": ["nhs_2001_5", "nhs_2001"]}]
    reading = read(
        tmp_path,
        rows("Ethnicity,Any other ethnic group", "Ethnicity,Other Ethnic Groups", "Ethnicity,Chinese"),
        groups=groups(breakdowns=breakdowns),
    )
    assert [(each.classification, each.group) for each in reading.observations] == [
        ("nhs_2001", "S"),
        ("nhs_2001_5", "other"),
        ("nhs_2001", "R"),
    ]


def test_with_two_label_columns_the_first_that_is_not_blank_holds_the_label(tmp_path):
    table = (
        "Year,Measure,Split,Fine,Broad,Level,Code,Name,Count,Rate\n"
        "2023/24,Detentions,Ethnicity,African,Black or Black British,ICB,Q1,X,10,\n"
        "2023/24,Detentions,Ethnicity,All,Black or Black British,ICB,Q1,X,30,\n"
    )
    rule = {
        "column": "Split",
        "label_columns": ["Fine", "Broad"],
        "blank": ["All"],
        "breakdowns": [{"names": ["Ethnicity"], "kind": "ethnicity", "classifications": ["nhs_2001", "nhs_2001_5"]}],
    }
    found: tuple[Observation, ...] = read(tmp_path, table, groups=rule).observations
    assert [(each.classification, each.group) for each in found] == [("nhs_2001", "N"), ("nhs_2001_5", "black")]


def test_without_a_breakdown_column_every_label_is_of_the_one_breakdown(tmp_path):
    rule = {"label_columns": ["Label"], "breakdowns": [{"kind": "ethnicity", "classifications": ["nhs_2001_5"]}]}
    reading = read(tmp_path, rows(",White", ",Nobody", ",Mixed"), groups=rule)
    assert [each.group for each in reading.observations] == ["white", "mixed"]
    assert reading.report.set_aside[0].reason == "the label does not belong to the breakdown by ethnicity"


def test_without_groups_every_figure_is_about_everybody(tmp_path):
    assert only(read(tmp_path, rows("Ethnicity,White"), groups=None)).group == "all"


def test_a_breakdown_that_is_not_loaded_is_left_out_and_so_is_one_that_the_mapping_does_not_name(tmp_path):
    report = read(tmp_path, rows("Gender,Female", "Disability,Yes", "All,All")).report
    (left_out,) = report.left_out
    assert (left_out.reason, left_out.lines) == ("a breakdown that the mapping does not load", (2, 3))


def test_a_label_that_is_not_of_its_breakdown_is_set_aside_with_its_line_and_code(tmp_path):
    report = read(tmp_path, rows("Ethnicity,White", "Ethnicity,1.0", "Gender,White", "All,All")).report
    assert [(each.reason, each.lines, each.codes) for each in report.set_aside] == [
        ("the label does not belong to the breakdown 'Ethnicity'", (3,), ("'1.0'",)),
        ("the label does not belong to the breakdown 'Gender'", (4,), ("'White'",)),
    ]


def test_a_row_without_its_label_is_set_aside(tmp_path):
    report = read(tmp_path, rows("Ethnicity,", "All,All")).report
    assert [(each.reason, each.codes) for each in report.set_aside] == [("the label is missing", ())]


def test_labels_filled_down_from_another_breakdown_are_set_aside_even_where_a_word_would_pass(tmp_path):
    """ "Other" and "Not stated" would be read as ethnic groups, were it not for the words around them."""
    table = rows("All,All", "Ethnicity,White", "Ethnicity,Other", "Ethnicity,Not stated", "Ethnicity,Female", "All,All")
    reading = read(tmp_path, table)
    assert set(counts(reading)) == {("Q1", "all"), ("Q2", "white"), ("Q6", "all")}
    (rows_apart,) = reading.report.set_aside
    assert rows_apart.lines == (4, 5, 6)
    assert rows_apart.reason == "the labels of the breakdown 'Gender' were filled down over it"


def test_a_fill_goes_on_over_the_edge_of_a_breakdown_and_is_broken_by_a_row_of_its_own(tmp_path):
    table = rows("All,Female", "Ethnicity,Other", "Gender,Female", "Ethnicity,Other", "All,All")
    reading = read(tmp_path, table)
    assert set(counts(reading)) == {("Q4", "other"), ("Q5", "all")}
    assert [each.lines for each in reading.report.set_aside] == [(2, 3)]


def test_words_that_two_breakdowns_share_are_no_damage_by_themselves(tmp_path):
    reading = read(tmp_path, rows("Ethnicity,Other", "Ethnicity,Not stated"))
    assert reading.report.set_aside == ()
    assert set(counts(reading)) == {("Q1", "other"), ("Q2", "not_stated")}


def test_a_fill_over_the_last_rows_is_found(tmp_path):
    reading = read(tmp_path, rows("All,All", "Ethnicity,Other", "Ethnicity,Male"))
    assert [each.lines for each in reading.report.set_aside] == [(3, 4)]


def test_a_mapping_may_refuse_unknown_labels_instead(tmp_path):
    with pytest.raises(InputRefused, match=r"table\.csv, line 3: 'Q9' is not a label of this source"):
        read(tmp_path, rows("Ethnicity,White", "Ethnicity,Q9"), groups=groups(unknown_labels="refuse"))


def test_labels_that_mean_the_same_group_are_added_up_where_the_mapping_says_so(tmp_path):
    not_known = {"group": "not_known", "classification": "nhs_2001_5", "added": True}
    breakdowns = [
        {
            "names": ["Ethnicity"],
            "kind": "ethnicity",
            "classifications": ["nhs_2001_5"],
            "labels": {"Not known": not_known, "Missing": not_known},
        }
    ]
    rule = groups(breakdowns=breakdowns)
    line = "2023/24,Detentions,Ethnicity,{},ICB,{},X,{},\n"
    table = (
        HEADER + line.format("Not known", "Q1", 10) + line.format("Missing", "Q1", 15) + line.format("Missing", "Q2", 5)
    )
    reading = read(tmp_path, table, groups=rule)
    assert counts(reading) == {("Q1", "not_known"): 25, ("Q2", "not_known"): 5}
    first, second = (each.count for each in reading.observations)
    assert (first.smallest, first.largest) == (21, 29)  # 8 to 12 and 13 to 17
    assert (second.smallest, second.largest) == (3, 7)
    with pytest.raises(InputRefused, match="gives the same figure as"):
        read(tmp_path, table + line.format("Missing", "Q1", 15), groups=rule)


def test_a_sum_with_a_hidden_part_is_hidden(tmp_path):
    not_known = {"group": "not_known", "classification": "nhs_2001_5", "added": True}
    breakdowns = [
        {
            "names": ["Ethnicity"],
            "kind": "ethnicity",
            "classifications": ["nhs_2001_5"],
            "labels": {"Not known": not_known, "Missing": not_known},
        }
    ]
    table = rows("Ethnicity,Not known") + "2023/24,Detentions,Ethnicity,Missing,ICB,Q1,X,*,\n"
    assert only(read(tmp_path, table, groups=groups(breakdowns=breakdowns))).count.status == "suppressed"


def test_missing_labels_are_called_missing_where_a_total_has_a_blank_label(tmp_path):
    breakdowns = [{"names": ["All"], "kind": "total", "vocabulary": [""]}, MAPPING["groups"]["breakdowns"][1]]
    reading = read(tmp_path, rows("All,", "Ethnicity,", "Ethnicity,White"), groups=groups(breakdowns=breakdowns))
    assert [(each.reason, each.lines) for each in reading.report.set_aside] == [("the label is missing", (3,))]
