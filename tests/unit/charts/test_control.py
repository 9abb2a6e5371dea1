import math
from dataclasses import replace

import pytest
from tests.unit.charts.series_example import DETAINED, NO_LIMITS, SCALE, WORDS, control_example, reading, series

from evenhand.charts.control import EndNumbers
from evenhand.charts.plane import Level
from evenhand.charts.readings import Break, Reading, ReadingKind
from evenhand.charts.scale import Scale
from evenhand.charts.shapes import Area, Band, Line, Point, Polyline, Role, Shape

Kind = ReadingKind


def of(chart, *roles: Role) -> list[Shape]:
    return [shape for shape in (*chart.plane.ground, *chart.plane.lane) if shape.role in roles]


def key_words(chart) -> list[str]:
    return [entry.words for entry in chart.key]


def test_points_stand_in_the_middle_of_equal_strips_in_the_order_of_time():
    chart = control_example(series([20, 40, 60, 80]))
    assert of(chart, Role.POINT) == [
        Point(Role.POINT, 12.5, 80.0),
        Point(Role.POINT, 37.5, 60.0),
        Point(Role.POINT, 62.5, 40.0),
        Point(Role.POINT, 87.5, 20.0),
    ]


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (Kind.SPECIAL, Role.POINT_SPECIAL),
        (Kind.PATTERN, Role.POINT_PATTERN),
        (Kind.ORDINARY, Role.POINT),
        (Kind.NONE, Role.POINT_NONE),
        (Kind.GHOSTED, Role.GHOST),
    ],
)
def test_each_kind_with_a_point_has_a_mark_of_its_own(kind, role):
    chart = control_example([reading(0, 60, kind)])
    assert [(shape.role, shape.y) for shape in of(chart, role)] == [(role, 100.0 if kind is Kind.NONE else 40.0)]


def test_without_a_figure_a_mark_stands_below_the_scale_and_none_on_it():
    kinds = {1: Kind.HIDDEN, 2: Kind.HIDDEN, 5: Kind.NOT_RECORDED, 8: Kind.DOES_NOT_APPLY, 9: Kind.DOES_NOT_APPLY}
    chart = control_example(series([50] * 10, kinds))
    assert chart.plane.lane == (
        Band(Role.HATCH_BOX, 10.0, 80.0, 10.0, 20.0),
        Line(Role.DASHED_FINE, 50.0, 60.0),
        Line(Role.SHORT_DASH, 87.0, 93.0),
    )
    assert len(of(chart, Role.POINT)) == 5
    assert 'id="hatch-detained"' in chart.pattern


def test_nothing_hidden_needs_no_hatching():
    assert control_example().pattern == ""
    assert control_example().drawing.lane == ""


def test_the_line_breaks_where_there_is_no_value_and_passes_by_what_is_left_out():
    kinds = {2: Kind.HIDDEN, 4: Kind.NOT_RECORDED, 6: Kind.GHOSTED}
    joined = of(control_example(series([50] * 10, kinds)), Role.JOINED)
    assert [[x for x, _y in line.places] for line in joined] == [[5.0, 15.0], [55.0, 75.0, 85.0, 95.0]]


def test_constant_limits_are_straight_from_side_to_side_with_the_band_between_them():
    chart = control_example()
    lower, upper = of(chart, Role.LIMIT)
    assert lower.places == ((0.0, 63.0), (100.0, 63.0))
    assert upper.places == ((0.0, 16.0), (100.0, 16.0))
    assert of(chart, Role.CENTRE)[0].places == ((0.0, 40.0), (100.0, 40.0))
    assert of(chart, Role.WITHIN) == [Area(Role.WITHIN, ((0.0, 16.0), (100.0, 16.0), (100.0, 63.0), (0.0, 63.0)))]


def test_limits_that_vary_go_in_steps_with_the_readings():
    readings = [reading(0, 50, limits=(30, 50, 70)), reading(1, 50, limits=(40, 50, 60))]
    chart = control_example(readings)
    lower, upper = of(chart, Role.LIMIT_VARYING)
    assert lower.places == ((0.0, 70.0), (50.0, 70.0), (50.0, 60.0), (100.0, 60.0))
    assert upper.places == ((0.0, 30.0), (50.0, 30.0), (50.0, 40.0), (100.0, 40.0))
    assert of(chart, Role.LIMIT) == []
    (sample,) = control_example(readings, words=replace(WORDS, within="What chance alone explains")).key
    assert {shape.role for shape in sample.shapes} == {Role.WITHIN, Role.LIMIT_VARYING}


def test_at_a_break_the_limits_begin_anew_and_a_line_with_its_words_stands_there():
    readings = [reading(index, 50, limits=(30, 50, 70) if index < 2 else (40, 55, 75)) for index in range(4)]
    chart = control_example(readings, breaks=[Break(2, "New form from March")])
    assert [line.places[0][0] for line in of(chart, Role.LIMIT)] == [0.0, 0.0, 50.0, 50.0]
    assert len(of(chart, Role.WITHIN)) == len(of(chart, Role.CENTRE)) == 2
    assert of(chart, Role.BREAK) == [Line(Role.BREAK, 50.0, 50.0, 0.0, 100.0)]
    assert [caption.lines for caption in chart.plane.captions] == [("New form from March",)]
    assert chart.plane.lines_on_top == 1
    assert key_words(chart)[-1] == "New form from March"
    assert "Mar 2023: New form from March." in chart.alternative
    assert len(of(chart, Role.JOINED)) == 1


def test_a_limit_that_does_not_exist_is_not_drawn_and_the_band_goes_on_to_the_edge():
    for limits, height in (((math.nan, 50, 70), 100.0), ((30, 50, math.nan), 0.0)):
        chart = control_example([reading(0, 50, limits=limits)])
        assert len(of(chart, Role.LIMIT)) == 1
        assert height in [y for _x, y in of(chart, Role.WITHIN)[0].places]


def test_where_some_limits_are_missing_the_others_are_drawn():
    readings = [reading(0, 50), reading(1, 50, limits=NO_LIMITS), reading(2, 50)]
    chart = control_example(readings)
    assert len(of(chart, Role.WITHIN)) == len(of(chart, Role.CENTRE)) == 2
    assert len(of(chart, Role.LIMIT)) == 4


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_short_series_is_points_alone_and_the_words_say_why(count):
    chart = control_example(series(DETAINED[:count], limits=NO_LIMITS))
    assert of(chart, Role.WITHIN, Role.LIMIT, Role.CENTRE) == []
    assert chart.notes == (WORDS.no_limits, WORDS.note)
    assert chart.plane.ends == ()
    assert len(of(chart, Role.POINT)) == count


def test_values_that_are_all_equal_lie_on_their_level_and_its_number_is_written_once():
    chart = control_example(
        series([60] * 24, limits=(60, 60, 60)), scale=None, ends=EndNumbers(upper="60", centre="60", lower="60")
    )
    assert {point.y for point in of(chart, Role.POINT)} == {of(chart, Role.CENTRE)[0].places[0][1]}
    assert [caption.lines for caption in chart.plane.ends] == [("60",)]


def test_the_ends_of_the_lines_have_their_numbers():
    ends = control_example(target=Level(65, "65", "Target: 65")).plane.ends
    assert [(caption.lines[0], round(caption.y, 2)) for caption in ends] == [
        ("84", 16.0),
        ("65", 33.25),
        ("60", 41.75),
        ("37", 63.0),
    ]


def test_the_numbers_of_lines_that_end_beyond_the_scale_are_left_out():
    chart = control_example(series([50] * 3, limits=(-20, 50, 300)), target=Level(400, "400", "Target: 400"))
    assert [caption.lines[0] for caption in chart.plane.ends] == ["60"]
    assert of(chart, Role.TARGET) == []


def test_a_target_is_a_line_from_side_to_side_and_named_in_the_key():
    chart = control_example(target=Level(70, "70", "Target: 70 people"))
    assert of(chart, Role.TARGET) == [Line(Role.TARGET, 0.0, 100.0, 30.0, 30.0)]
    assert "Target: 70 people" in key_words(chart)


def test_the_key_explains_only_what_occurs():
    assert key_words(control_example()) == ["A month that chance does not explain"]
    words = replace(WORDS, centre="The usual level", within="What chance alone explains")
    assert key_words(control_example(words=words))[1:] == ["The usual level", "What chance alone explains"]
    short = control_example(series(DETAINED[:3], limits=NO_LIMITS), words=words)
    assert key_words(short) == []


def test_every_kind_has_a_sample_in_the_key():
    kinds = dict(enumerate(Kind))
    words = replace(WORDS, key={**WORDS.key, Kind.ORDINARY: "One month"})
    chart = control_example(series([50] * len(kinds), kinds), words=words)
    assert key_words(chart) == [words.key[kind] for kind in Kind]
    assert all(entry.drawing for entry in chart.key)


def test_special_points_are_labelled_and_ordinary_ones_are_not():
    captions = control_example().plane.captions
    assert [caption.lines for caption in captions] == [("May 2024: 88",)]
    assert captions[0].role == "caption special"
    labelled = replace(reading(0, 40, Kind.PATTERN), caption="from here on")
    assert control_example([labelled, reading(1, 50)]).plane.captions[0].role == "caption"


def test_neighbours_that_are_both_special_do_not_cover_each_other():
    chart = control_example(series([50, 90, 85, 50], {1: Kind.SPECIAL, 2: Kind.SPECIAL}))
    first, second = chart.plane.captions
    assert first.drop < 0 < second.drop


def test_time_is_written_as_often_as_there_is_room():
    years = control_example(series([50] * 60)).plane
    assert [caption.lines[0] for caption in years.along] == [f"Jan {year}" for year in range(2023, 2028)]
    assert [caption.wide_only for caption in years.along] == [False, True, False, True, False]
    assert [mark.x1 for mark in years.marks_along] == [caption.x for caption in years.along]


def test_the_text_alternative_says_the_whole_and_then_what_stands_out():
    kinds = {2: Kind.SPECIAL, 5: Kind.PATTERN, 6: Kind.PATTERN, 8: Kind.HIDDEN}
    assert control_example(series([50] * 10, kinds)).alternative == (
        "The number goes up and down every month. "
        "Mar 2023: 50. A month that chance does not explain. "
        "Jun 2023: 50; Jul 2023: 50. A run on one side. "
        "Sep 2023: hidden. Hidden to protect people in small groups."
    )


def test_the_table_has_every_reading_in_the_order_of_time():
    table = control_example(series([50, 51, 52], {1: Kind.HIDDEN})).table
    assert table.headings == ("Month", "Detained")
    assert table.rows == (("Jan 2023", "50"), ("Feb 2023", "hidden"), ("Mar 2023", "52"))


def test_in_a_script_that_runs_leftwards_time_does_so_too_and_the_words_say_so():
    chart = control_example(series([20, 40]), right_to_left=True)
    assert 'cx="75%" cy="80%"' in chart.drawing.ground
    assert 'd="M75 80L25 60"' in chart.drawing.ground
    assert chart.notes[-1] == WORDS.mirrored


def test_many_points_are_drawn_smaller_on_a_phone():
    assert not control_example().is_dense
    assert control_example(series([50] * 60)).is_dense


def test_a_scale_that_does_not_begin_at_zero_is_pointed_out():
    scale = Scale(40, 100, (40, 100))
    with pytest.raises(ValueError, match="does not begin at 0"):
        control_example(scale=scale)
    words = replace(WORDS, not_from_zero="The scale begins at 40.")
    assert "The scale begins at 40." in control_example(scale=scale, words=words).notes


def test_what_does_not_fit_together_is_refused():
    for readings, words, reason in (
        ([], WORDS, "at least one reading"),
        ([replace(reading(0, 5), cells=())], WORDS, "0 cells under 1 headings"),
        ([reading(0, 5, Kind.GHOSTED)], replace(WORDS, key={}), "no words for ghosted"),
        ([reading(0, 101)], WORDS, "101.0 is not on the scale"),
        ([reading(0, 5, limits=NO_LIMITS)], replace(WORDS, no_limits=""), "have to say why"),
    ):
        with pytest.raises(ValueError, match=reason):
            control_example(readings, scale=SCALE, words=words)
    for before in (0, 24):
        with pytest.raises(ValueError, match="stands between two readings"):
            control_example(breaks=[Break(before, "x")])


@pytest.mark.parametrize(("kind", "number"), [(Kind.HIDDEN, 3.0), (Kind.ORDINARY, None)])
def test_a_reading_has_a_number_exactly_when_its_kind_has_a_point(kind, number):
    with pytest.raises(ValueError, match="exactly when its kind has a point"):
        Reading(kind=kind, label="May", value="x", number=number)


def test_what_varies_is_drawn_under_what_must_be_seen():
    roles = [shape.role for shape in control_example(breaks=[Break(3, "x")]).plane.ground]
    order = [Role.GRID, Role.WITHIN, Role.LIMIT, Role.CENTRE, Role.BREAK, Role.JOINED, Role.POINT, Role.POINT_SPECIAL]
    assert sorted(order, key=roles.index) == order
    assert isinstance(control_example().plane.ground[-1], Point)
    assert any(isinstance(shape, Polyline) for shape in control_example().plane.ground)


def test_without_numbers_for_the_ends_none_are_written():
    assert control_example(ends=None).plane.ends == ()


def test_an_infinite_limit_is_none():
    chart = control_example([reading(0, 50, limits=(-math.inf, 50, math.inf))])
    assert of(chart, Role.LIMIT, Role.WITHIN) == []
    assert "inf" not in chart.drawing.ground
