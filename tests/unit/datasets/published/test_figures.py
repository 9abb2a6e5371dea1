import pytest
from tests.unit.datasets.published.published_example import TABLE, counts, read

from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, Count
from evenhand.errors import InputRefused

WIDE = """\
Area,White,Black,White of,Black of,Everyone
Soar Valley,10,3,100,x,13
Tent Valley,x,0,50,4,7
"""
SHAPE = {
    "period": {"style": "financial_year", "from_name": True},
    "file": {"name_template": "pupils-{year}.csv"},
    "organisations": [{"name": "Area", "level": "local_authority"}],
    "measure": {"fixed": "pupils"},
    "groups": {"breakdowns": [{"kind": "ethnicity", "classifications": ["nhs_2001_5"]}]},
    "figures": None,
    "markers": {"x": "suppressed"},
    "rounding": {"to": 1},
    "wide": [{"header": "{group}", "labels": ["White", "black"]}],
}


def wide(folder, table=WIDE, **changes):
    return read(folder, table, name="pupils-2023.csv", **{**SHAPE, **changes})


def test_a_long_table_gives_one_figure_for_each_row(tmp_path):
    assert counts(read(tmp_path)) == {
        ("ENG", "all"): 1000,
        ("ENG", "white"): 600,
        ("ENG", "black"): 200,
        ("Q1", "white"): 55,
        ("Q1", "black"): None,
    }


def test_a_denominator_and_published_figures_stand_beside_the_count(tmp_path):
    table = TABLE.replace(",80.7", ",1200")
    reading = read(
        tmp_path,
        table,
        keep=[{"where": {"Split": ["All"]}, "reason": "total"}],
        figures={"count": "Count", "denominator": "Rate"},
    )
    assert reading.observations[0].denominator == Count(1200)
    observation = read(tmp_path).observations[0]
    assert (observation.denominator, observation.published) == (NOT_APPLICABLE, {"crude_rate": 80.7})


def test_a_published_figure_behind_a_sign_is_absent(tmp_path):
    hidden = read(tmp_path).observations[4]
    assert (hidden.count, hidden.published) == (SUPPRESSED, {})


def test_a_published_figure_in_a_row_of_its_own_joins_its_count(tmp_path):
    table = TABLE.replace(
        "Transfers,All,All,England,ENG,England,70", "Percentage,Ethnicity,White,England,ENG,England,60.5"
    )
    table += "2023/24,Percentage,Ethnicity,Black,ICB,Q1,Soar Valley,*,\n"
    values = [
        {"values": ["Detentions"], "id": "detentions"},
        {"values": ["Percentage"], "id": "detentions", "figure": "percentage"},
    ]
    reading = read(tmp_path, table, measure={"columns": ["Measure"], "values": values}, figures={"count": "Count"})
    assert [each.published for each in reading.observations] == [{}, {"percentage": 60.5}, {}, {}, {}]
    assert reading.report.rows_loaded == 7
    with pytest.raises(InputRefused, match=r"line 10: gives the same figure as .*line 8"):
        again = table + "2023/24,Percentage,Ethnicity,White,England,ENG,England,60.5,\n"
        read(tmp_path, again, measure={"columns": ["Measure"], "values": values}, figures={"count": "Count"})


def test_a_wide_table_gives_one_figure_for_each_groups_column(tmp_path):
    assert counts(wide(tmp_path)) == {
        ("Soar Valley", "white"): 10,
        ("Soar Valley", "black"): 3,
        ("Tent Valley", "white"): None,
        ("Tent Valley", "black"): 0,
    }


def test_a_column_without_a_group_is_about_everybody(tmp_path):
    columns = [{"header": "Everyone", "measure": "everyone"}, *SHAPE["wide"]]
    everybody = [each for each in wide(tmp_path, wide=columns).observations if each.group == "all"]
    assert [(each.measure, each.classification, each.count.value) for each in everybody] == [
        ("everyone", "total", 13),
        ("everyone", "total", 7),
    ]


def test_the_columns_that_belong_to_a_count_are_found_by_their_template(tmp_path):
    columns = [
        {"header": "{group}", "labels": ["White"], "denominator": "{group} of", "published": {"share": "Everyone"}}
    ]
    first, second = wide(tmp_path, wide=columns).observations
    assert (first.denominator, second.denominator) == (Count(100), Count(50))
    assert (first.published, second.published) == ({"share": 13.0}, {"share": 7.0})


def test_the_headers_may_tell_the_period_with_the_group_in_the_rows(tmp_path):
    table = "Group,2021,2022\nWhite,10,20\nBlack,30,x\n"
    reading = wide(
        tmp_path,
        table,
        file={},
        period={"style": "financial_year", "from_header": True, "several": True},
        organisations=[{"fixed": {"code": "E92000001", "name": "England"}, "level": "country"}],
        groups={"label_columns": ["Group"], "breakdowns": SHAPE["groups"]["breakdowns"]},
        wide=[{"header": "{year}"}],
    )
    assert [(each.group, each.period.start.year, each.count.value) for each in reading.observations] == [
        ("white", 2021, 10),
        ("white", 2022, 20),
        ("black", 2021, 30),
        ("black", 2022, None),
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"header": "{group}", "labels": ["Mixed"]}, "0 columns are called 'Mixed'"),
        (
            {"header": "{group}", "labels": ["White"], "denominator": "{group} pupils"},
            "0 columns are called 'White pupils'",
        ),
        ({"header": "{group}", "labels": ["Everyone"]}, "mapping example: 'Everyone' is not a label of nhs_2001_5"),
    ],
)
def test_a_column_that_is_not_there_or_no_group_is_refused(tmp_path, change, says):
    with pytest.raises(InputRefused, match=says):
        wide(tmp_path, wide=[change])


def test_two_columns_of_one_group_are_refused(tmp_path):
    with pytest.raises(InputRefused, match="2 columns are called 'White'; there must be one"):
        wide(tmp_path, WIDE.replace("Everyone", "WHITE"))
