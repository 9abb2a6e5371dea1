import pytest

from evenhand.charts.marks import Mark, MarkKind, backdrop, draw
from evenhand.charts.scale import Scale
from evenhand.charts.shapes import Band, Line, Point, Role

SCALE = Scale(0, 200, (0, 100, 200))


def test_a_claim_is_a_filled_dot_on_its_bar_with_thin_ends_for_rounding():
    mark = Mark(kind=MarkKind.CLAIM, value=134, lower=100, upper=178, lower_with_rounding=94, upper_with_rounding=184)
    assert draw(mark, SCALE) == (
        Line(Role.ENDS_CLAIM, 47, 92),
        Line(Role.BAR_CLAIM, 50, 89),
        Point(Role.DOT_CLAIM, 67),
    )
    assert mark.has_ends_from_rounding


def test_an_exact_count_has_no_thin_ends():
    mark = Mark(kind=MarkKind.CANNOT_TELL, value=66, lower=50, upper=80, lower_with_rounding=50, upper_with_rounding=80)
    assert draw(mark, SCALE) == (Line(Role.BAR, 25, 40), Point(Role.DOT_OPEN, 33))
    assert not mark.has_ends_from_rounding


def test_rounding_widens_the_range_of_a_group_we_cannot_tell_about():
    mark = Mark(kind=MarkKind.CANNOT_TELL, value=66, lower=56, upper=78, lower_with_rounding=50, upper_with_rounding=80)
    assert Line(Role.ENDS, 25, 40) in draw(mark, SCALE)


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (MarkKind.CLAIM, Role.DOT_CLAIM),
        (MarkKind.CANNOT_TELL, Role.DOT_OPEN),
        (MarkKind.PLAIN, Role.DOT_PLAIN),
        (MarkKind.COMPARATOR, Role.DIAMOND),
        (MarkKind.NONE, Role.DIAMOND_OPEN),
    ],
)
def test_each_kind_with_a_point_has_a_shape_of_its_own(kind, role):
    assert draw(Mark(kind=kind, value=50), SCALE) == (Point(role, 25),)


def test_a_hidden_figure_is_a_band_over_the_whole_scale():
    assert draw(Mark(kind=MarkKind.HIDDEN), SCALE) == (Band(Role.HATCH),)


def test_what_nobody_recorded_is_a_dashed_line_over_the_whole_scale():
    assert draw(Mark(kind=MarkKind.NOT_RECORDED), SCALE) == (Line(Role.DASHED, 0, 100),)


def test_what_does_not_apply_is_a_short_dash_off_the_scale():
    assert draw(Mark(kind=MarkKind.DOES_NOT_APPLY), SCALE) == (Line(Role.SHORT_DASH, 0, 3),)


def test_everything_that_could_be_true_has_two_ends_and_no_point():
    shapes = draw(Mark(kind=MarkKind.POSSIBLE, lower=50, upper=150), SCALE)
    assert shapes == (Line(Role.DASHED, 25, 75), Line(Role.STOP, 25, 25, 30, 70), Line(Role.STOP, 75, 75, 30, 70))


def test_a_range_beyond_the_scale_is_seen_to_run_on():
    assert Point(Role.ONWARD, 100) in draw(Mark(kind=MarkKind.CLAIM, value=150, lower=100, upper=300), SCALE)
    assert draw(Mark(kind=MarkKind.POSSIBLE, lower=50, upper=300), SCALE)[-1] == Point(Role.ONWARD, 100)


def test_a_mark_without_the_point_of_its_kind_is_refused():
    with pytest.raises(ValueError, match="claim, None"):
        Mark(kind=MarkKind.CLAIM)
    with pytest.raises(ValueError, match="hidden, 3"):
        Mark(kind=MarkKind.HIDDEN, value=3)


def test_the_reference_line_replaces_the_grid_line_where_they_meet():
    lines = backdrop(SCALE, reference=100)
    assert [(line.role, line.x1) for line in lines] == [(Role.GRID, 0), (Role.GRID, 100), (Role.REFERENCE, 50)]
    assert [line.role for line in backdrop(SCALE, reference=None)] == [Role.GRID] * 3
