from itertools import pairwise

import pytest

from evenhand.charts.plane import (
    Anchor,
    Caption,
    Plane,
    apart,
    caption_on_top,
    captions_beside,
    end_numbers,
    fluid_plane,
    settled,
    simplified,
    upright_numbers,
    words_along,
)
from evenhand.charts.scale import Scale


def caption(words: str, x: float, y: float = 50.0, **options) -> Caption:
    return Caption(lines=(words,), x=x, y=y, role="caption", **options)


def plane(**parts) -> Plane:
    empty = dict.fromkeys(("ground", "captions", "numbers", "ends", "lane", "along", "marks_along"), ())
    return Plane(**(empty | parts))


def test_numbers_that_stand_apart_already_stay_where_they_are():
    assert apart([10, 20, 90], room=8) == [10, 20, 90]


def test_numbers_that_crowd_together_are_spread_around_their_middle():
    assert apart([50, 50, 50], room=8) == [42, 50, 58]
    assert apart([48, 52], room=8) == [46, 54]


def test_a_crowd_takes_in_the_neighbours_that_it_reaches():
    assert apart([40, 48, 49], room=8) == pytest.approx([113 / 3, 137 / 3, 161 / 3])


def test_equal_numbers_at_the_end_are_written_once_with_the_look_of_the_last():
    (only,) = end_numbers([(50.0, "12", "tick"), (50.0, "12", "tick"), (50.0, "12", "tick centre-number")])
    assert (only.lines, only.role) == (("12",), "tick centre-number")


def test_the_upright_scale_is_written_at_its_ticks():
    numbers = upright_numbers(Scale(0, 100, (0, 50, 100)), ["0", "50", "100"])
    assert [(number.y, number.lines) for number in numbers] == [(100, ("0",)), (50, ("50",)), (0, ("100",))]


def test_months_thin_out_to_what_a_page_and_a_phone_have_room_for():
    months = [(100 * (index + 0.5) / 24, f"Month {index % 12 + 1}") for index in range(24)]
    words = words_along(months)
    assert [each.lines[0] for each in words] == ["Month 1", "Month 5", "Month 9"] * 2
    assert [each.lines[0] for each in words if not each.wide_only] == ["Month 1", "Month 1"]


def test_what_a_phone_shows_a_page_shows_too():
    six = [(100 * (index + 0.5) / 6, "Financial year 2023-24") for index in range(6)]
    words = words_along(six)
    assert [each.x for each in words] == [six[0][0], six[4][0]] or [each.x for each in words] == [six[0][0], six[3][0]]
    assert not words[0].wide_only


def test_words_too_long_for_any_second_one_leave_the_first():
    words = words_along([(10, "x" * 90), (90, "y" * 90)])
    assert [each.lines[0][0] for each in words] == ["x"]


def test_nothing_to_write_along_is_nothing():
    assert words_along([]) == ()


def test_words_stand_over_a_mark_or_where_there_is_no_room_over_it_under_it():
    over, under = captions_beside("April: 88", 50, 50, "caption")
    assert over.drop < 0 < under.drop
    (only,) = captions_beside("April: 88", 50, 2, "caption")
    assert only.drop > 0


@pytest.mark.parametrize(("x", "anchor"), [(5, Anchor.START), (50, Anchor.MIDDLE), (95, Anchor.END)])
def test_words_near_an_edge_lean_towards_the_middle(x, anchor):
    assert {each.anchor for each in captions_beside("April: 88", x, 50, "caption")} == {anchor}
    assert caption_on_top("April", x, "caption").anchor == anchor


def test_words_on_top_end_over_the_ground_however_many_lines_they_have():
    one, two = (caption_on_top(words, 50, "caption") for words in ("New form", "New form from the first of April"))
    assert (len(one.lines), len(two.lines)) == (1, 2)
    assert two.drop + 1.25 == one.drop
    assert plane(captions=(one, two)).lines_on_top == 2
    assert plane(captions=(caption("x", 50),)).lines_on_top == 0


def test_words_that_would_cover_others_are_left_out():
    assert settled([(caption("one", 50),), (caption("two", 51),)]) == (caption("one", 50),)


def test_words_that_only_a_page_has_room_for_are_marked():
    kept = settled([(caption("April: 88", 30),), (caption("May: 90", 60),)])
    assert [each.wide_only for each in kept] == [False, True]


def test_of_two_places_the_one_that_covers_nothing_is_taken():
    over, under = captions_beside("April: 88", 50, 50, "caption")
    assert settled([(over, under)]) == (over,)
    assert settled([(over, under)], marks=[(50, 44)]) == (under,)
    assert settled([(over, under)], marks=[(50, 44), (50, 58)]) == ()


def test_a_place_that_a_phone_has_room_for_is_better_than_one_over_the_mark():
    over, under = captions_beside("April: 88", 50, 50, "caption")
    beside_it_on_a_phone = (70, 42)
    assert settled([(over, under)], marks=[beside_it_on_a_phone]) == (under,)


def test_a_line_is_drawn_through_fewer_places_that_lie_where_it_bends():
    bent = [(x, abs(x - 50)) for x in range(101)]
    assert simplified(bent) == ((0, 50), (50, 0), (100, 50))
    assert simplified([(x, 3.0) for x in range(50)]) == ((0, 3), (49, 3))


@pytest.mark.parametrize("places", [(), ((1, 2),), ((1, 2), (3, 4)), ((1, 2), (1, 9), (1, 4))])
def test_a_line_that_cannot_be_shortened_stays_as_it_is(places):
    assert simplified(places) == places


def test_the_parts_are_written_in_per_cent_with_lines_of_words_beneath_each_other():
    drawing = fluid_plane(
        plane(captions=(Caption(lines=("a < b", "c"), x=10, y=20, role="caption", wide_only=True),)),
        hatch="",
        right_to_left=False,
    )
    assert drawing.ground == (
        '<text class="caption wide-only" x="10%" y="20%" dy="0.35em" text-anchor="middle">a &lt; b'
        '<tspan x="10%" dy="1.25em">c</tspan></text>'
    )
    assert drawing.numbers == drawing.widest_number == ""


def test_the_columns_of_numbers_know_their_widest():
    drawing = fluid_plane(
        plane(numbers=(caption("5", 0), caption("1,000", 0)), ends=(caption("84", 0),)), hatch="", right_to_left=True
    )
    assert (drawing.widest_number, drawing.widest_end) == ("1,000", "84")
    assert 'x="100%"' in drawing.ends


def test_words_on_a_page_never_touch():
    words = words_along([(2 * index + 1, f"{index}") for index in range(50)])
    assert all(one.x < other.x for one, other in pairwise(words))
