import pytest
from tests.unit.datasets.published.published_example import MAPPING, example_mapping

from evenhand.datasets.published import load_mapping, mapping_names
from evenhand.errors import InputRefused


def loaded(folder, text):
    file = folder / "mine.yaml"
    file.write_text(text)
    return load_mapping(file)


MINE = """\
id: mine
title: A table of our own
publication: {title: Ours, publisher: Us, licence: None}
period: {style: calendar_year, column: Year}
organisations: [{code: Code, level: trust}]
measure: {fixed: things}
figures: {count: Count}
"""


def test_a_mapping_is_found_by_name_or_by_path(tmp_path):
    assert load_mapping("mental_health_act_annual").id == "mental_health_act_annual"
    assert loaded(tmp_path, MINE).title == "A table of our own"
    assert load_mapping(str(tmp_path / "mine.yaml")).measure_ids == {"things"}


def test_a_name_that_is_none_is_refused_with_those_there_are():
    with pytest.raises(InputRefused, match=r"there is no mapping 'nobodys'\. There are key_stage_2, "):
        load_mapping("nobodys")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputRefused, match=r"none\.yaml: cannot be read"):
        load_mapping(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Input should be"),
        ("id: [", "is not YAML"),
        ("? [id]\n: x\n", "is not YAML that can be read"),
        ("[" * 3000, "is not YAML that can be read"),
        (MINE + "id: twice\n", "the key 'id' stands twice"),
        (MINE + "colour: red\n", "colour: Unexpected keyword argument"),
        (MINE.replace("title: A table of our own\n", ""), "title: "),
        (MINE.replace("id: mine", "id: Mine!"), "id: String should match pattern"),
        (MINE.replace("calendar_year", "fortnight"), "period.style: Input should be"),
        (MINE + "file: {names: ['../*.csv']}\n", "leads out of the folder"),
        (MINE + "file: {names: [/etc/passwd]}\n", "leads out of the folder"),
        (MINE + "file: {names: ['..\\\\x.csv']}\n", "leads out of the folder"),
        (MINE + "file: {names: [.hidden]}\n", "leads out of the folder"),
        (MINE + "file: {header_rows: 0}\n", "column_names are given exactly when header_rows is 0"),
        (MINE + "file: {column_names: [a]}\n", "column_names are given exactly when header_rows is 0"),
        (MINE + "file: {header_rows: 0, column_names: [a, a]}\n", "column_names has one name twice"),
        (MINE + "file: {name_template: '{week}'}\n", "is not a placeholder"),
    ],
)
def test_a_mapping_that_is_wrong_is_refused_with_its_place(tmp_path, text, says):
    with pytest.raises(InputRefused, match=says) as refusal:
        loaded(tmp_path, text)
    assert "mine.yaml" in str(refusal.value)


BREAKDOWN = {"kind": "ethnicity", "classifications": ["nhs_2001_5"]}
LABELLED = {"label_columns": ["Label"]}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"period": {"style": "financial_year"}}, "a period stands in exactly one place"),
        ({"period": {"style": "financial_year", "column": "Y", "from_name": True}}, "a period stands in exactly one"),
        ({"period": {"style": "days", "column": "Y"}}, "style days goes with"),
        ({"period": {"style": "month", "column": "Y", "end_column": "Z"}}, "style days goes with"),
        ({"period": {"style": "month", "from_name": True}, "file": {"name_template": "{year}.csv"}}, "needs {year}"),
        ({"period": {"style": "financial_year", "from_name": True}}, "a period from_name needs {year} or {ending}"),
        (
            {"period": {"style": "financial_year", "from_header": True}, "figures": None, "wide": [{"header": "A"}]},
            "a period from_header needs {year} or {ending} in 'A'",
        ),
        ({"organisations": []}, "at least 1 item"),
        ({"organisations": [{"level": "icb"}]}, "an organisation stands in exactly one place"),
        (
            {"organisations": [{"code": "C", "from_name": True, "level": "icb"}]},
            "an organisation stands in exactly one",
        ),
        ({"organisations": [{"code": "C"}]}, "give either level or level_column"),
        ({"organisations": [{"code": "C", "level_column": "L"}]}, "level_column and levels go together"),
        ({"organisations": [{"from_name": True, "level": "icb"}]}, "needs {organisation} in file.name_template"),
        ({"measure": {}}, "give either fixed, or columns and values"),
        ({"measure": {"columns": ["A"]}}, "give either fixed, or columns and values"),
        ({"measure": {"columns": ["A", "B"], "values": [{"values": ["x"], "id": "x"}]}}, "one value for each"),
        ({"groups": {**LABELLED, "breakdowns": []}}, "at least 1 item"),
        ({"groups": {**LABELLED, "breakdowns": [{"kind": "ethnicity"}]}}, "classifications are given exactly"),
        (
            {"groups": {**LABELLED, "breakdowns": [{"kind": "ethnicity", "classifications": ["nhs_3001"]}]}},
            "'nhs_3001' is not an ethnic classification",
        ),
        (
            {
                "groups": {
                    **LABELLED,
                    "breakdowns": [{"kind": "total", "labels": {"x": {"group": "all", "classification": "total"}}}],
                }
            },
            "labels are for kind ethnicity",
        ),
        (
            {
                "groups": {
                    **LABELLED,
                    "breakdowns": [{**BREAKDOWN, "labels": {"x": {"group": "Z9", "classification": "nhs_2001"}}}],
                }
            },
            "'Z9' is not a category of nhs_2001",
        ),
        (
            {
                "groups": {
                    **LABELLED,
                    "breakdowns": [{**BREAKDOWN, "labels": {"x": {"group": "all", "classification": "x"}}}],
                }
            },
            "'x' is not an ethnic classification",
        ),
        ({"groups": {**LABELLED, "breakdowns": [{**BREAKDOWN, "names": ["E"]}]}}, "a breakdown has names exactly"),
        ({"groups": {**LABELLED, "column": "S", "breakdowns": [BREAKDOWN]}}, "a breakdown has names exactly"),
        ({"groups": {**LABELLED, "breakdowns": [BREAKDOWN, BREAKDOWN]}}, "several breakdowns need a breakdown column"),
        ({"groups": {"label_columns": ["A", "B"], "breakdowns": [BREAKDOWN]}}, "one classification for each"),
        ({"groups": {"breakdowns": [BREAKDOWN]}}, "groups need label_columns"),
        ({"figures": None}, "give exactly one of figures, wide, records"),
        ({"records": {}}, "give exactly one of figures, wide, records"),
        ({"figures": None, "records": {}}, "records are of one measure"),
        ({"figures": None, "wide": [{"header": "{group}"}]}, "labels are given exactly when the header has {group}"),
        ({"figures": None, "wide": [{"header": "A", "denominator": "{year}"}]}, "that the header"),
        ({"figures": None, "groups": None, "wide": [{"header": "{group}", "labels": ["White"]}]}, "need groups"),
        ({"limits": {"rows": 0}}, "greater than 0"),
        ({"keep": [{"where": {}, "reason": "x"}]}, "at least 1 item"),
    ],
)
def test_keys_that_do_not_go_together_are_a_fault(changes, says):
    with pytest.raises(ValueError, match=says.replace("{", r"\{").replace("}", r"\}")):
        example_mapping(**changes)


def test_a_label_may_mean_everybody():
    label = {"group": "all", "classification": "total"}
    groups = {**LABELLED, "breakdowns": [{**BREAKDOWN, "labels": {"Everyone": label}}]}
    assert example_mapping(groups=groups).groups.breakdowns[0].labels["Everyone"].group == "all"


def test_a_mapping_knows_its_columns_and_measures():
    mapping = example_mapping(
        leave_out=[{"where": {"Kind": ["x"]}, "reason": "x"}],
        differences=[{"id": "rest", "whole": "detentions", "minus": "transfers"}],
    )
    assert mapping.columns == ("Year", "Measure", "Code", "Name", "Level", "Kind", "Split", "Label", "Count", "Rate")
    assert mapping.measure_ids == {"detentions", "rest"}
    records = example_mapping(figures=None, groups=None, records={"date_column": "Day"}, measure={"fixed": "searches"})
    assert records.columns == ("Year", "Code", "Name", "Level", "Day")
    wide = example_mapping(figures=None, groups=None, wide=[{"header": "A", "measure": "a"}, {"header": "B"}])
    assert wide.measure_ids == {"detentions", "a"}


def test_all_shipped_mappings_are_listed():
    assert mapping_names() == (
        "key_stage_2",
        "maternity_annual",
        "mental_health_act_annual",
        "mhsds_monthly",
        "police_use_of_force",
        "restraint_provider_months",
        "stop_and_search_records",
        "talking_therapies_annual",
    )


def test_the_example_of_these_tests_is_itself_a_mapping():
    assert example_mapping().id == MAPPING["id"]
