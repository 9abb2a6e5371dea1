import math
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.unit.charts.series_example import (
    POINTLESS,
    WORDS,
    Kind,
    control_example,
    funnel_example,
    organisation,
    reading,
)

from evenhand.charts.funnel import FunnelKind
from evenhand.charts.lettering import width_in_ems
from evenhand.charts.plane import apart, captions_beside, settled, simplified, words_along
from evenhand.charts.scale import scale_of_series
from evenhand.charts.shapes import Area, Point, Polyline, Role, mirrored

values = st.floats(min_value=-1e6, max_value=1e6).map(lambda value: round(value, 3))
levels = st.one_of(st.just(math.nan), st.floats(min_value=0, max_value=500).map(lambda value: round(value, 2)))
per_cent = st.floats(min_value=0, max_value=100)


@given(points=st.lists(values, max_size=30), limits=st.lists(values | st.just(math.nan), max_size=30))
def test_every_value_of_a_series_fits_on_its_scale(points: list[float], limits: list[float]):
    scale = scale_of_series(points, limits)
    assert all(scale.lower <= point <= scale.upper for point in points)
    assert 2 <= len(scale.ticks) <= 8
    assert (scale.lower, scale.upper) == (scale.ticks[0], scale.ticks[-1])


@given(heights=st.lists(per_cent, min_size=1, max_size=6).map(sorted), room=st.floats(1, 20))
def test_numbers_moved_apart_keep_their_order_their_room_and_their_mean(heights: list[float], room: float):
    moved = apart(heights, room=room)
    assert all(other - one >= room - 1e-9 for one, other in pairwise(moved))
    assert math.isclose(math.fsum(moved), math.fsum(heights), abs_tol=1e-6)
    assert apart(moved, room=room - 1e-6) == pytest.approx(moved)


@given(ys=st.lists(per_cent, min_size=2, max_size=80), tolerance=st.floats(0.05, 5))
def test_a_shortened_line_passes_near_every_place(ys: list[float], tolerance: float):
    places = list(enumerate(ys))
    kept = simplified(places, tolerance=tolerance)
    assert (kept[0], kept[-1]) == (places[0], places[-1])
    for x, y in places:
        (x1, y1), (x2, y2) = next(pair for pair in pairwise(kept) if pair[0][0] <= x <= pair[1][0])
        assert abs(y1 + (y2 - y1) * (x - x1) / (x2 - x1) - y) <= tolerance + 1e-9


@given(words=st.lists(st.text("abc ", min_size=1, max_size=12), min_size=1, max_size=60))
def test_words_along_never_touch_on_a_page_or_on_a_phone(words: list[str]):
    count = len(words)
    written = words_along([(100 * (index + 0.5) / count, word) for index, word in enumerate(words)])
    for ems, shown in ((36.0, written), (13.5, [each for each in written if not each.wide_only])):
        for one, other in pairwise(shown):
            between = (other.x - one.x) / 100 * ems
            assert between >= (width_in_ems(one.lines[0]) + width_in_ems(other.lines[0])) / 2
    assert not written[0].wide_only


@given(places=st.lists(st.tuples(per_cent, per_cent), min_size=1, max_size=20))
def test_the_first_words_at_a_mark_are_always_written(places: list[tuple[float, float]]):
    kept = settled([captions_beside("April 2025: 88", x, y, "caption") for x, y in places])
    assert kept[0].x == places[0][0]
    assert not kept[0].wide_only


readings = st.lists(
    st.tuples(
        st.floats(min_value=0, max_value=100).map(lambda value: round(value, 1)),
        st.sampled_from(Kind),
        st.tuples(levels, levels, levels),
    ),
    min_size=1,
    max_size=60,
)


@examples(60)
@given(drawn=readings, right_to_left=st.booleans())
def test_any_series_is_drawn_within_its_ground(
    drawn: list[tuple[float, Kind, tuple[float, float, float]]], right_to_left: bool
):
    series = [reading(index, *each) for index, each in enumerate(drawn)]
    words = replace(WORDS, not_from_zero="The scale does not begin at 0.")
    chart = control_example(series, scale=None, words=words, right_to_left=right_to_left)
    points = [shape for shape in chart.plane.ground if isinstance(shape, Point)]
    assert len(points) == sum(each.kind not in POINTLESS for each in series)
    assert all(0 <= point.x <= 100 and 0 <= point.y <= 100 for point in points)
    runs = [shape.places for shape in chart.plane.ground if shape.role is Role.JOINED and isinstance(shape, Polyline)]
    assert all(one[0] < other[0] for places in runs for one, other in pairwise(places))
    assert len(chart.table.rows) == len(series)
    drawing = chart.drawing
    for part in (drawing.ground, drawing.numbers, drawing.ends, drawing.lane, drawing.along):
        ET.fromstring(f"<svg>{part}</svg>")  # noqa: S314 (our own text)


@examples(60)
@given(
    names=st.lists(st.text(min_size=1, max_size=20), max_size=30),
    data=st.data(),
)
def test_no_order_of_organisations_changes_a_funnel(names: list[str], data: st.DataObject):
    known = [
        organisation(name, FunnelKind.WITHIN, 10.0 + index, float(index)) for index, name in enumerate(sorted(names))
    ]
    unknown = [organisation(f"{name}?", FunnelKind.HIDDEN) for name in names[:3]]
    every = [*known, *unknown]
    chart = funnel_example(every)
    names_in_table = [row[0] for row in chart.table.rows]
    assert names_in_table == sorted((each.name for each in every), key=lambda name: (name.casefold(), name))
    if len(set(names_in_table)) == len(every):
        assert funnel_example(data.draw(st.permutations(every))).drawing == chart.drawing


@given(places=st.lists(st.tuples(per_cent, per_cent), min_size=1, max_size=9).map(tuple))
def test_a_line_mirrored_twice_is_the_line(places: tuple[tuple[float, float], ...]):
    for shape in (Polyline(Role.LIMIT, places), Area(Role.WITHIN, places)):
        twice = mirrored(mirrored(shape))
        assert isinstance(twice, Polyline | Area)
        assert [(round(x, 9), y) for x, y in twice.places] == [(round(x, 9), y) for x, y in places]
