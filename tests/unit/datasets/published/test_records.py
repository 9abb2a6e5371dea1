import pytest
from tests.unit.datasets.published.published_example import example_mapping

from evenhand.datasets.published import read_published
from evenhand.errors import InputRefused

HEADER = "Type,Date,Ethnicity\n"
SEARCHES = {
    "period": {"style": "month", "from_name": True, "several": True},
    "file": {"names": ["*.csv"], "name_template": "{year}-{month}-{organisation}.csv"},
    "organisations": [{"from_name": True, "level": "police_force"}],
    "known_organisations": {"soarshire": {"code": "E23000099", "name": "Soarshire Police"}},
    "measure": {"fixed": "searches"},
    "groups": {
        "label_columns": ["Ethnicity"],
        "breakdowns": [
            {
                "kind": "ethnicity",
                "classifications": ["nhs_2001_5"],
                "labels": {"": {"group": "not_known", "classification": "nhs_2001_5"}},
            }
        ],
    },
    "figures": None,
    "records": {"date_column": "Date"},
}


def search(folder, files, **changes):
    """Write each file's records and read the folder."""
    for name, rows in files.items():
        (folder / f"{name}.csv").write_text(HEADER + "".join(f"Person,{row}\n" for row in rows))
    return read_published(folder, example_mapping(**{**SEARCHES, **changes}))


def found(reading):
    return {
        (each.organisation.code, each.period.start.month, each.group): each.count.value for each in reading.observations
    }


def test_records_are_counted_by_force_month_and_group(tmp_path):
    reading = search(
        tmp_path,
        {
            "2019-12-soarshire": [
                "2019-12-01T13:10:00+00:00,White",
                "2019-12-02,White",
                "2019-12-03,",
                "2019-12-31,Black",
            ],
            "2020-01-soarshire": ["2020-01-01,White"],
            "2019-12-tentshire": ["2019-12-01,Black"],
        },
    )
    assert found(reading) == {
        ("E23000099", 12, "black"): 1,
        ("E23000099", 12, "not_known"): 1,
        ("E23000099", 12, "white"): 2,
        ("E23000099", 12, "all"): 4,
        ("tentshire", 12, "black"): 1,
        ("tentshire", 12, "not_known"): 0,
        ("tentshire", 12, "white"): 0,
        ("tentshire", 12, "all"): 1,
        ("E23000099", 1, "black"): 0,
        ("E23000099", 1, "not_known"): 0,
        ("E23000099", 1, "white"): 1,
        ("E23000099", 1, "all"): 1,
    }
    assert all(each.count.rounded_to == 1 for each in reading.observations)
    assert reading.report.rows_loaded == 6


def test_a_record_that_repeats_another_is_counted_and_reported(tmp_path):
    records = {"2019-12-soarshire": ["2019-12-01,White", "2019-12-01,White", "2019-12-01,White"]}
    reading = search(tmp_path, records)
    assert found(reading)[("E23000099", 12, "white")] == 3
    (remarked,) = reading.report.remarked
    assert (remarked.reason, remarked.lines) == ("it repeats an earlier record word for word", (3, 4))
    assert reading.report.set_aside == ()


def test_a_mapping_may_set_repeated_records_aside(tmp_path):
    records = {"2019-12-soarshire": ["2019-12-01,White", "2019-12-01,White", "2019-12-01,Black"]}
    reading = search(tmp_path, records, records={"repeated": "set_aside"})
    assert found(reading)[("E23000099", 12, "white")] == 1
    assert [each.lines for each in reading.report.set_aside] == [(3,)]


def test_a_record_of_another_month_is_set_aside(tmp_path):
    records = {"2019-12-soarshire": ["2019-12-01,White", "2020-01-01,White", "2019-12-31,Black"]}
    reading = search(tmp_path, records)
    assert found(reading)[("E23000099", 12, "all")] == 2
    (apart,) = reading.report.set_aside
    assert (apart.reason, apart.lines) == ("its day lies outside the period of the file", (3,))


def test_without_groups_records_are_counted_as_everybodys(tmp_path):
    reading = search(tmp_path, {"2019-12-soarshire": ["2019-12-01,White"]}, groups=None)
    assert found(reading) == {("E23000099", 12, "all"): 1}


TOGETHER = {"period": {**SEARCHES["period"], "together": True}}


def test_all_files_may_be_one_period(tmp_path):
    reading = search(
        tmp_path,
        {"2019-12-soarshire": ["2019-12-01,White"], "2020-01-soarshire": ["2020-01-01,White", "2020-01-02,Black"]},
        **TOGETHER,
    )
    assert {(each.group, each.count.value) for each in reading.observations} == {("white", 2), ("black", 1), ("all", 3)}
    (period,) = {each.period for each in reading.observations}
    assert (str(period.start), str(period.end)) == ("2019-12-01", "2020-01-31")


@pytest.mark.parametrize(
    "months",
    [
        ("2019-11-soarshire", "2020-01-soarshire"),
        ("2019-12-soarshire", "2020-01-soarshire", "2020-01-tentshire"),
    ],
)
def test_one_period_has_no_gap_for_anybody(tmp_path, months):
    records = {month: [f"{month[:7]}-01,White"] for month in months}
    with pytest.raises(InputRefused, match=r"do not cover 2019-1[12]-01 to 2020-01-31 without a gap"):
        search(tmp_path, records, **TOGETHER)


def test_files_without_a_record_that_counts_are_refused(tmp_path):
    keep = [{"where": {"Type": ["Vehicle"]}, "reason": "persons"}]
    with pytest.raises(InputRefused, match="has rows, but no figure that the mapping example asks for"):
        search(tmp_path, {"2019-12-soarshire": ["2019-12-01,White"]}, keep=keep, **TOGETHER)
