from hypothesis import given
from hypothesis import strategies as st

from evenhand.charts.scale import Scale, scale_around_one, scale_from_zero
from evenhand.charts.shapes import Line, Point, Role, mirrored

rates = st.floats(min_value=0.01, max_value=1e6)
ratios = st.floats(min_value=0.01, max_value=500)


@given(points=st.lists(rates, min_size=1, max_size=20), limits=st.lists(rates, max_size=20))
def test_every_rate_fits_between_four_and_six_ticks(points: list[float], limits: list[float]):
    scale = scale_from_zero(points, limits)
    assert scale.upper >= max(points) * (1 - 1e-9)
    assert 3 <= len(scale.ticks) <= 6
    assert scale.ticks[0] == scale.lower == 0
    assert scale.ticks[-1] == scale.upper


@given(points=st.lists(ratios, min_size=1, max_size=20), limits=st.lists(ratios, max_size=20))
def test_every_ratio_fits_and_one_is_written(points: list[float], limits: list[float]):
    scale = scale_around_one(points, limits)
    assert scale.lower <= min(*points, 1)
    assert scale.upper >= max(*points, 1) * (1 - 1e-9)
    assert 1 in scale.ticks
    assert 1 <= len(scale.ticks) <= 7
    assert all(scale.lower <= tick <= scale.upper for tick in scale.ticks)


@given(value=st.floats(allow_nan=False, allow_infinity=True))
def test_nothing_is_drawn_outside_the_plot(value: float):
    assert 0 <= Scale(0, 10, ()).position(value) <= 100


@given(x1=st.floats(0, 100), x2=st.floats(0, 100))
def test_a_drawing_mirrored_twice_is_the_drawing(x1: float, x2: float):
    twice = mirrored(mirrored(Line(Role.BAR, x1, x2)))
    assert isinstance(twice, Line)
    assert (round(twice.x1, 9), round(twice.x2, 9)) == (round(x1, 9), round(x2, 9))
    point = mirrored(mirrored(Point(Role.DIAMOND, x1)))
    assert isinstance(point, Point)
    assert round(point.x, 9) == round(x1, 9)
