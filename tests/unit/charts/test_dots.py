import re
from dataclasses import replace

import pytest
from tests.unit.charts.chart_example import KEY, ROWS, WORDS, example

from evenhand.charts.dots import Reference, dot_chart, key_to
from evenhand.charts.marks import MarkKind
from evenhand.charts.scale import Scale


def test_the_key_explains_only_the_marks_that_occur_and_the_thin_ends():
    chart = example(ROWS[:1])
    assert [entry.words for entry in chart.key] == ["We cannot tell from these figures", WORDS.rounding]


def test_without_rounding_the_key_is_silent_about_it():
    assert [entry.words for entry in example(ROWS[3:]).key] == list(KEY.values())[3:]


def test_the_reference_line_is_named_on_the_drawing():
    assert "everyone: 68" in example().axis_below
    assert "everyone: 68" not in example(with_reference=False).axis_below
    chart = example()
    behind = re.search(rf'<g id="behind-{chart.identifier}">(.*?)</g>', chart.axis_above).group(1)
    assert 'class="reference"' in behind
    assert all(f'<use href="#behind-{chart.identifier}"/>' in row.drawing for row in chart.rows)


def test_no_number_stands_where_the_reference_line_runs_on_to_its_name():
    chart = dot_chart("x", ROWS, Scale(0, 200, (0, 50, 100)), WORDS, reference=Reference(54, "everyone: 54"))
    assert [f">{tick}<" in chart.axis_below for tick in (0, 50, 100)] == [True, False, True]
    assert ">50<" in chart.axis_above


def test_the_scale_is_written_above_and_below():
    chart = example()
    for axis in (chart.axis_above, chart.axis_below):
        assert [number in axis for number in (">0<", ">50<", ">100<", ">150<", ">200<")] == [True] * 5


def test_the_hatching_is_defined_only_where_something_is_hidden():
    assert 'id="hatch-detention"' in example().axis_above
    assert "pattern" not in example(ROWS[:2]).axis_above


def test_the_text_alternative_says_each_row_with_its_range_and_what_its_mark_means():
    alternative = example().alternative
    assert "Black & Black British: 134, 95 to 184. Different from White people by more than" in alternative
    assert "Chinese: hidden. Hidden to protect people in small groups." in alternative


def test_the_table_carries_the_rows_in_the_order_of_the_drawing():
    table = example().table
    assert table.headings == ("Ethnic group", "Rate")
    assert table.rows[0] == ("Asian", "66")
    assert [row.kind for row in example().rows][:2] == ["cannot_tell", "claim"]


def test_in_a_script_that_runs_leftwards_zero_is_at_the_right():
    assert 'x="100%" y="1em" text-anchor="middle">0<' in example(right_to_left=True).axis_above


def test_a_row_whose_cells_do_not_match_the_table_is_refused():
    with pytest.raises(ValueError, match="Asian: 0 cells under 1 headings"):
        example((replace(ROWS[0], cells=()),))


def test_a_mark_without_words_in_the_key_is_refused():
    with pytest.raises(ValueError, match="no words for cannot_tell"):
        dot_chart("x", ROWS[:1], Scale(0, 1, ()), replace(WORDS, key={}))


def test_a_key_can_stand_without_a_chart():
    none, does_not_apply = key_to(
        {MarkKind.DOES_NOT_APPLY: "no such number", MarkKind.NONE: "none"}, hatch="hatch-words"
    )
    assert none.words == "none"
    assert "diamond open" in none.drawing
    assert "short dash" in does_not_apply.drawing
