import pytest
from tests.unit.datasets.published.published_example import TABLE, counts, only, read

from evenhand.datasets.observations import Period
from evenhand.errors import InputRefused


def test_rows_of_another_measure_are_left_out(tmp_path):
    reasons = {each.reason: each.lines for each in read(tmp_path).report.left_out}
    assert reasons == {
        "a breakdown that the mapping does not load": (7,),
        "a measure that the mapping does not name": (8,),
    }


def test_rows_are_left_out_and_kept_by_rules_that_carry_their_reason(tmp_path):
    leave_out = [{"where": {"Level": ["england"], "Label": ["white", "Black"]}, "reason": "England by group"}]
    keep = [{"where": {"Code": ["Q1", "ENG"]}, "reason": "elsewhere"}, {"where": {"Split": ["All"]}, "reason": "split"}]
    reading = read(tmp_path, leave_out=leave_out, keep=keep)
    assert counts(reading) == {("ENG", "all"): 1000}
    assert {each.reason: each.lines for each in reading.report.left_out} == {
        "England by group": (3, 4),
        "split": (5, 6, 7),
        "a measure that the mapping does not name": (8,),
    }


def test_damage_is_looked_for_in_rows_that_are_left_out_too(tmp_path):
    table = TABLE.replace("Gender,Female", "Gender,Asian")
    leave_out = [{"where": {"Split": ["Gender"]}, "reason": "gender"}]
    (apart,) = read(tmp_path, table, leave_out=leave_out).report.set_aside
    assert apart.lines == (7,)


def test_several_columns_may_tell_the_measure(tmp_path):
    measure = {"columns": ["Measure", "Split"], "values": [{"values": ["detentions", "ALL"], "id": "all_detentions"}]}
    assert only(read(tmp_path, measure=measure)).measure == "all_detentions"


def test_a_mapping_may_fix_the_measure(tmp_path):
    reading = read(
        tmp_path,
        TABLE.replace("Transfers,All,All", "Transfers,Ethnicity,Mixed"),
        measure={"fixed": "things"},
    )
    assert {each.measure for each in reading.observations} == {"things"}
    assert len(reading.observations) == 6


def test_two_columns_may_tell_the_period(tmp_path):
    table = TABLE.replace("Year,", "From,Until,").replace("2023/24,", "01/04/2023,30/06/2023,")
    period = {"style": "days", "column": "From", "end_column": "Until", "dates": ["day_first"]}
    (found,) = {each.period for each in read(tmp_path, table, period=period).observations}
    assert (str(found.start), str(found.end)) == ("2023-04-01", "2023-06-30")


@pytest.mark.parametrize(
    ("period", "name"),
    [
        ({"style": "days", "fixed": ["2023-04-01", "2024-03-31"]}, "table.csv"),
        ({"style": "financial_year", "from_name": True}, "april2023.csv"),
    ],
)
def test_the_period_may_stand_outside_the_table(tmp_path, period, name):
    file = {"name_template": "april{year}.csv"} if "from_name" in period else {}
    (found,) = {each.period for each in read(tmp_path, name=name, period=period, file=file).observations}
    assert found == Period(*(type(found.start).fromisoformat(day) for day in ("2023-04-01", "2024-03-31")))


def test_a_period_that_only_headers_could_tell_is_missed_in_a_long_table(tmp_path):
    with pytest.raises(InputRefused, match="line 2: nothing tells the period"):
        read(tmp_path, period={"style": "financial_year", "from_header": True})
