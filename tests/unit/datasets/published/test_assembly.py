import pytest
from tests.unit.datasets.published.published_example import TABLE, counts, read

from evenhand.datasets.counts import SUPPRESSED, UNKNOWN, Count
from evenhand.errors import InputRefused

HEADER = "Year,Measure,Level,Code,Name,Count\n"
ROW = "2023/24,{},{},X,Somewhere,{}\n"
MEASURES = [
    {"values": ["Finished"], "id": "finished"},
    {"values": ["Well"], "id": "well", "part_of": "finished"},
    {"values": ["Recovered"], "id": "recovered", "part_of": "unwell"},
]


def table(level="ICB", **values):
    return HEADER + "".join(ROW.format(measure, level, value) for measure, value in values.items())


def assemble(folder, text, **changes):
    measure = {"columns": ["Measure"], "values": MEASURES}
    difference = [{"id": "unwell", "whole": "finished", "minus": "well"}]
    changes = {"measure": measure, "groups": None, "figures": {"count": "Count"}, "differences": difference, **changes}
    return {each.measure: each.count for each in read(folder, text, **changes).observations}


def test_a_difference_is_as_wide_as_both_roundings_together(tmp_path):
    unwell = assemble(tmp_path, table(Finished=100, Well=40))["unwell"]
    assert (unwell.value, unwell.smallest, unwell.largest) == (60, 56, 64)


def test_a_difference_of_exact_counts_is_exact(tmp_path):
    assert assemble(tmp_path, table("England", Finished=102, Well=41))["unwell"] == Count(61)


def test_a_difference_does_not_go_below_zero(tmp_path):
    unwell = assemble(tmp_path, table(Finished=5, Well=5))["unwell"]
    assert (unwell.value, unwell.smallest, unwell.largest) == (0, 0, 4)
    assert assemble(tmp_path, table(Finished=5, Well=5), rounding={"to": 5})["unwell"].value == 0


def test_a_difference_with_a_hidden_part_is_hidden_and_with_an_unknown_one_unknown(tmp_path):
    assert assemble(tmp_path, table(Finished=100, Well="*"))["unwell"] == SUPPRESSED
    assert assemble(tmp_path, table(Finished=100, Well=""))["unwell"] == UNKNOWN


def test_a_difference_needs_both_of_its_measures(tmp_path):
    assert set(assemble(tmp_path, table(Finished=100))) == {"finished"}
    assert set(assemble(tmp_path, table(Well=100))) == {"well"}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"Finished": 10, "Well": 15}, r"line 3: well is larger than finished .*line 2"),
        ({"Finished": 20, "Well": 10, "Recovered": 20}, "line 4: recovered is larger than unwell"),
    ],
)
def test_a_part_that_rounding_cannot_explain_is_refused(tmp_path, values, says):
    with pytest.raises(InputRefused, match=says):
        assemble(tmp_path, table(**values))


def test_a_part_is_held_against_its_whole_without_a_difference_too(tmp_path):
    with pytest.raises(InputRefused, match="line 3: well is larger than finished"):
        assemble(tmp_path, table(Finished=10, Well=15), differences=[])


def test_a_part_may_look_larger_by_rounding_alone(tmp_path):
    found = assemble(tmp_path, table(Finished=20, Well=10, Recovered=15))
    assert (found["unwell"].value, found["recovered"].value) == (10, 15)


def test_a_count_above_its_denominator_is_refused_unless_the_mapping_says_it_is_no_part_of_it(tmp_path):
    text = TABLE.replace("1000,80.7", "1000,900")
    totals = [{"where": {"Split": ["All"]}, "reason": "totals alone"}]
    changes = {"figures": {"count": "Count", "denominator": "Rate"}, "keep": totals}
    with pytest.raises(InputRefused, match="line 2: its count is larger than its denominator"):
        read(tmp_path, text, **changes)
    assert counts(read(tmp_path, text, denominator_is_whole=False, **changes)) == {("ENG", "all"): 1000}


def test_the_same_figure_twice_is_refused_with_both_lines(tmp_path):
    with pytest.raises(InputRefused, match=r"line 9: gives the same figure as table\.csv, line 2\. Keep one"):
        read(tmp_path, TABLE + TABLE.splitlines(keepends=True)[1])


def test_two_periods_in_a_source_of_one_are_refused(tmp_path):
    mixed = TABLE + "2022/23,Detentions,All,All,England,ENG,England,990,\n"
    with pytest.raises(InputRefused, match=r"line 9: is about 2022-04-01 to 2023-03-31, while table\.csv, line 2"):
        read(tmp_path, mixed)
    period = {"column": "Year", "style": "financial_year", "several": True}
    assert len({each.period for each in read(tmp_path, mixed, period=period).observations}) == 2
