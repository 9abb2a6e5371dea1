from xml.etree import ElementTree as ET

from evenhand.charts.fluid import Markup, axis_text, fragment, hatching
from evenhand.charts.shapes import Area, Band, Line, Point, Polyline, Role, mirrored


def parsed(markup: str) -> list[ET.Element]:
    return list(ET.fromstring(f"<svg>{markup}</svg>"))  # noqa: S314 (our own text)


def test_lines_are_written_in_per_cent_so_that_nothing_is_stretched():
    (line,) = parsed(fragment([Line(Role.BAR, 12.345, 50)], hatch=""))
    assert line.attrib == {"class": "bar", "x1": "12.35%", "x2": "50%", "y1": "50%", "y2": "50%"}


def test_dots_are_circles_and_diamonds_are_paths_at_their_place():
    dot, diamond = parsed(fragment([Point(Role.DOT_OPEN, 10), Point(Role.DIAMOND, 20)], hatch=""))
    assert (dot.tag, dot.get("cx"), dot.get("r")) == ("circle", "10%", "7.5")
    assert (diamond.get("x"), diamond[0].get("class")) == ("20%", "diamond")


def test_a_hidden_band_is_filled_with_the_pattern_of_its_chart():
    (band,) = parsed(fragment([Band(Role.HATCH)], hatch="hatch-detention"))
    assert band.get("fill") == "url(#hatch-detention)"
    (definitions,) = parsed(hatching("hatch-detention"))
    assert definitions[0].get("id") == "hatch-detention"


def test_in_a_script_that_runs_leftwards_the_drawing_is_mirrored():
    assert 'x1="25%" x2="90%"' in fragment([Line(Role.BAR, 10, 75)], hatch="", right_to_left=True)
    assert 'cx="90%"' in fragment([Point(Role.DOT_CLAIM, 10)], hatch="", right_to_left=True)
    assert 'x="70%"' in axis_text(30, "everyone: 68", role="reference-name", room=18, right_to_left=True)


def test_an_arrow_head_turns_with_the_script_and_a_diamond_does_not():
    onward, diamond = parsed(fragment([Point(Role.ONWARD, 100), Point(Role.DIAMOND, 1)], hatch="", right_to_left=True))
    assert onward[0].get("transform") == "scale(-1 1)"
    assert diamond[0].get("transform") is None


def test_a_band_is_the_same_in_both_directions():
    assert mirrored(Band(Role.HATCH)) == Band(Role.HATCH)


def test_words_near_an_end_are_marked_so_that_a_phone_can_hold_them_inside():
    classes = [parsed(axis_text(x, "same rate", role="r", room=18))[0].get("class") for x in (5, 50, 95)]
    assert classes == ["r first", "r", "r last"]


def test_words_are_escaped_and_the_result_is_not_escaped_again():
    text = axis_text(50, "a < b & c", role="r", room=0)
    assert parsed(text)[0].text == "a < b & c"
    assert isinstance(text, Markup)
    assert text.__html__() == text


def test_lines_through_many_places_are_stretched_to_the_plot_and_cut_at_its_edges():
    (stretched, dot) = parsed(
        fragment([Polyline(Role.LIMIT, ((0, 5), (50, 5), (50, 9), (60, 7))), Point(Role.POINT, 1, 2)], hatch="")
    )
    assert stretched.attrib == {"class": "stretched", "viewBox": "0 0 100 100", "preserveAspectRatio": "none"}
    assert stretched[0].attrib == {"class": "limit", "d": "M0 5H50V9L60 7"}
    assert (dot.get("cx"), dot.get("cy")) == ("1%", "2%")


def test_an_area_is_closed():
    assert 'd="M0 5L10 6z"' in fragment([Area(Role.WITHIN, ((0, 5), (10, 6)))], hatch="")


def test_what_has_a_place_across_the_plot_is_mirrored_too():
    assert mirrored(Polyline(Role.LIMIT, ((0, 5), (10, 6)))) == Polyline(Role.LIMIT, ((100, 5), (90, 6)))
    assert mirrored(Area(Role.WITHIN, ((0, 5),))) == Area(Role.WITHIN, ((100, 5),))
    assert mirrored(Band(Role.HATCH_BOX, 10, 80, 20, 5)) == Band(Role.HATCH_BOX, 10, 80, 75, 5)
    assert 'x="20%"' in fragment([Band(Role.HATCH_BOX, 10, 80, 20, 5)], hatch="h")
    assert mirrored(Point(Role.POINT, 20, 30)) == Point(Role.POINT, 80, 30)
