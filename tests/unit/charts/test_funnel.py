import math
from dataclasses import replace

import pytest
from tests.unit.charts.series_example import (
    FUNNEL_WORDS,
    LIMIT_PAIRS,
    ORGANISATIONS,
    funnel_example,
    limits,
    organisation,
)

from evenhand.charts.funnel import FunnelKind, LimitKind, Limits, Organisation
from evenhand.charts.scale import Scale
from evenhand.charts.shapes import Line, Point, Role

SIZES, VALUES = Scale(0, 1000, (0, 500, 1000)), Scale(0, 160, (0, 80, 160))


def drawn(*arguments, **options):
    return funnel_example(*arguments, sizes=SIZES, values=options.pop("values", VALUES), **options)


def of(chart, *roles: Role):
    return [shape for shape in chart.plane.ground if shape.role in roles]


def test_each_organisation_stands_at_its_size_and_its_figure():
    chart = drawn()
    assert of(chart, Role.PLACE, Role.PLACE_OPEN, Role.PLACE_CLAIM) == [
        Point(Role.PLACE, 2.0, 100.0),
        Point(Role.PLACE, 30.0, 56.25),
        Point(Role.PLACE_CLAIM, 90.0, 25.0),
        Point(Role.PLACE_OPEN, 60.0, 50.0),
    ]


def test_the_one_that_the_page_is_about_is_framed_and_named_over_the_crowd():
    chart = drawn()
    assert of(chart, Role.FRAME) == [Point(Role.FRAME, 60.0, 50.0)]
    assert of(chart, Role.LEADER) == [Line(Role.LEADER, 60.0, 60.0, 0.0, 50.0)]
    assert [caption.lines for caption in chart.plane.captions] == [("Soar Valley", "Partnership Trust")]
    assert chart.plane.lines_on_top == 2
    assert chart.key[0].words == "Soar Valley Partnership Trust"


def test_no_other_organisation_is_named_on_the_drawing():
    others = [replace(each, is_subject=False) for each in ORGANISATIONS]
    chart = drawn(others)
    assert chart.plane.captions == ()
    assert of(chart, Role.FRAME, Role.LEADER) == []
    assert FUNNEL_WORDS.subject not in [entry.words for entry in chart.key]


@pytest.mark.parametrize("turned", [1, -1])
def test_organisations_are_listed_by_name_in_whatever_order_they_come(turned):
    chart = drawn(ORGANISATIONS[::turned])
    assert [row[0] for row in chart.table.rows] == ["Avon", "Medway", "Soar Valley Partnership Trust", "Tees", "Trent"]
    assert chart.table.headings == ("Trust", "Rate")


def test_those_without_a_figure_are_listed_with_the_reason():
    chart = drawn([*ORGANISATIONS, organisation("Exe", FunnelKind.NOT_RECORDED)])
    assert [(each.name, each.value) for each in chart.not_drawn] == [("Exe", "not recorded"), ("Tees", "hidden")]
    assert len(of(chart, Role.PLACE, Role.PLACE_OPEN, Role.PLACE_CLAIM)) == 4


def test_a_subject_without_a_figure_has_no_frame_and_is_listed():
    chart = drawn([replace(ORGANISATIONS[3], is_subject=True), *ORGANISATIONS[:2]])
    assert of(chart, Role.FRAME) == []
    assert chart.plane.captions == ()
    assert chart.not_drawn[0].is_subject
    assert chart.alternative.startswith("Two of five trusts lie outside the funnel. Tees: hidden. Hidden to protect")


def test_the_limits_are_curves_that_stay_within_a_thousandth_of_the_ground():
    chart = drawn()
    inner = of(chart, Role.LIMIT_INNER)
    assert len(inner) == len(of(chart, Role.LIMIT_OUTER)) == 2
    assert len(inner[1].places) < 60
    x, y = inner[1].places[-1]
    assert (x, round(y, 3)) == (100.0, round(100 * (1 - (68 + 1.96 * 68 / math.sqrt(1000)) / 160), 3))


def test_a_limit_that_does_not_exist_at_small_sizes_begins_later():
    lower, upper = of(drawn(), Role.LIMIT_OUTER)
    assert lower.places[0][0] > upper.places[0][0]
    nowhere = Limits(kind=LimitKind.OUTER, sizes=[1, 2], lower=[math.nan, math.nan], upper=[70.0, 70.0])
    assert len(of(drawn(pairs=[nowhere]), Role.LIMIT_OUTER)) == 1


def test_limits_from_chance_alone_lie_under_the_wider_ones():
    chart = drawn(pairs=[*LIMIT_PAIRS, limits(LimitKind.CHANCE_ALONE, 1.5)])
    roles = [shape.role for shape in chart.plane.ground if "limit" in shape.role]
    assert roles == [Role.LIMIT_CHANCE] * 2 + [Role.LIMIT_INNER] * 2 + [Role.LIMIT_OUTER] * 2
    assert chart.key[-1].words == FUNNEL_WORDS.limits[LimitKind.CHANCE_ALONE]


def test_the_key_explains_only_what_occurs():
    assert [entry.words for entry in drawn(ORGANISATIONS[:2], LIMIT_PAIRS[:1]).key] == [
        "Further from the line than chance explains",
        "Within what chance explains",
        "Everyone: 68",
        "Limits of chance, 95 per cent",
    ]


def test_the_common_level_has_its_number_at_the_end():
    chart = drawn()
    assert [(caption.lines, caption.y) for caption in chart.plane.ends] == [(("68",), 57.5)]
    assert of(chart, Role.CENTRE)[0].places == ((0.0, 57.5), (100.0, 57.5))


def test_the_text_alternative_names_the_subject_and_those_beyond_the_limits_in_the_order_of_names():
    others = [*ORGANISATIONS, organisation("Aire", FunnelKind.BEYOND_OUTER, 100, 10)]
    assert drawn(others).alternative == (
        "Two of five trusts lie outside the funnel. "
        "Soar Valley Partnership Trust: 80. Perhaps further than chance explains. "
        "Aire: 10; Avon: 120. Further from the line than chance explains. "
        "Tees: hidden. Hidden to protect people in small groups."
    )


def test_without_limits_the_words_say_why():
    chart = drawn(pairs=())
    assert chart.notes == (FUNNEL_WORDS.no_limits, FUNNEL_WORDS.note)
    with pytest.raises(ValueError, match="have to say why"):
        drawn(pairs=(), words=replace(FUNNEL_WORDS, no_limits=""))


def test_from_right_to_left_the_smallest_are_at_the_right_and_the_words_say_so():
    chart = drawn(right_to_left=True)
    assert 'class="place claim" cx="10%"' in chart.drawing.ground
    assert chart.notes[-1] == FUNNEL_WORDS.mirrored


def test_a_scale_that_does_not_begin_at_zero_is_pointed_out():
    scale = Scale(50, 150, (50, 150))
    with pytest.raises(ValueError, match="does not begin at 0"):
        drawn(ORGANISATIONS[:3], values=scale)
    words = replace(FUNNEL_WORDS, not_from_zero="The scale begins at 50.")
    assert "The scale begins at 50." in drawn(ORGANISATIONS[:3], values=scale, words=words).notes


@pytest.mark.parametrize(
    ("changed", "words", "reason"),
    [
        (replace(ORGANISATIONS[0], cells=()), FUNNEL_WORDS, "Trent: 0 cells under 1 headings"),
        (ORGANISATIONS[0], replace(FUNNEL_WORDS, key={}), "no words for within"),
        (replace(ORGANISATIONS[0], size=1001.0), FUNNEL_WORDS, "its size, 1001.0, is not on the scale"),
        (replace(ORGANISATIONS[0], number=161.0), FUNNEL_WORDS, "its number, 161.0, is not on the scale"),
        (ORGANISATIONS[2], replace(FUNNEL_WORDS, subject=""), "has no words in the key"),
        (ORGANISATIONS[3], replace(FUNNEL_WORDS, not_drawn=""), "has no words over it"),
        (ORGANISATIONS[0], replace(FUNNEL_WORDS, limits={}), "no words for the limits inner"),
    ],
)
def test_what_does_not_fit_together_is_refused(changed, words, reason):
    with pytest.raises(ValueError, match=reason):
        drawn([changed], words=words)


@pytest.mark.parametrize(
    ("kind", "size", "number"),
    [(FunnelKind.HIDDEN, 3.0, 4.0), (FunnelKind.WITHIN, None, None), (FunnelKind.WITHIN, 3.0, None)],
)
def test_an_organisation_has_a_place_exactly_when_its_kind_has_a_point(kind, size, number):
    with pytest.raises(ValueError, match="exactly when its kind has a point"):
        Organisation(name="Trent", kind=kind, value="x", size=size, number=number)
