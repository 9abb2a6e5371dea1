from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from tests.unit.charts.series_example import (
    FUNNEL_WORDS,
    LIMIT_PAIRS,
    ORGANISATIONS,
    WORDS,
    Kind,
    control_example,
    funnel_example,
    limits,
    organisation,
    reading,
    series,
)
from tests.unit.charts.test_standalone import PALETTE, SVG, texts

from evenhand.charts.funnel import FunnelKind, LimitKind
from evenhand.charts.plane import Level
from evenhand.charts.readings import Break
from evenhand.charts.sheet import WIDTH
from evenhand.charts.standalone_planes import standalone_plane_svg

KINDS = {3: Kind.SPECIAL, 5: Kind.HIDDEN, 7: Kind.NOT_RECORDED, 9: Kind.DOES_NOT_APPLY, 11: Kind.GHOSTED, 12: Kind.NONE}


def busy(*, right_to_left: bool = False):
    return control_example(
        series([50] * 24, KINDS),
        breaks=[Break(15, "New form")],
        target=Level(70, "70", "Target: 70"),
        right_to_left=right_to_left,
    )


def drawn(chart) -> ET.Element:
    return ET.fromstring(standalone_plane_svg(chart, PALETTE))  # noqa: S314 (our own text)


@pytest.mark.parametrize("chart", [busy(), funnel_example()], ids=["control chart", "funnel"])
def test_the_drawing_is_a_whole_document_with_title_and_alternative(chart):
    document = drawn(chart)
    assert document.get("width") == str(WIDTH)
    assert document.findtext(f"{SVG}title") == chart.words.title
    assert document.findtext(f"{SVG}desc") == chart.alternative


def test_everything_that_is_written_on_a_control_chart_is_written():
    words = texts(drawn(busy()))
    for expected in ("Apr 2023: 50", "New form", "Jan 2023", "Jan 2024", "0", "50", "100", "84", "60", "37", "70"):
        assert expected in words
    assert {entry.words for entry in busy().key} <= set(words)
    assert {WORDS.title, WORDS.value_heading, WORDS.note} <= set(words)


def test_everything_that_is_written_on_a_funnel_is_written():
    words = texts(drawn(funnel_example()))
    for expected in ("Soar Valley", "Partnership Trust", "0", "100", "68", FUNNEL_WORDS.size_heading):
        assert expected in words
    assert f"{FUNNEL_WORDS.not_drawn} Tees: hidden" in words
    everyone = drawn(funnel_example([each for each in ORGANISATIONS if each.kind is not FunnelKind.HIDDEN]))
    assert FUNNEL_WORDS.not_drawn not in " ".join(texts(everyone))


@pytest.mark.parametrize("right_to_left", [False, True])
@pytest.mark.parametrize("make", [busy, funnel_example], ids=["control chart", "funnel"])
def test_nothing_is_drawn_outside_the_page(make, right_to_left):
    document = drawn(make(right_to_left=right_to_left))
    for text in document.iter(f"{SVG}text"):
        assert 0 < float(text.get("x")) < WIDTH
        assert 0 < float(text.get("y")) < float(document.get("height"))
    for circle in document.iter(f"{SVG}circle"):
        assert 0 < float(circle.get("cx")) < WIDTH


def test_lines_beyond_the_scale_are_cut_at_the_edges_of_the_ground():
    document = drawn(funnel_example())
    (edges,) = document.iter(f"{SVG}clipPath")
    assert any(part.get("clip-path") == f"url(#{edges.get('id')})" for part in document.iter())


def test_from_right_to_left_time_begins_at_the_right():
    def first_month(document: ET.Element) -> float:
        return next(float(text.get("x")) for text in document.iter(f"{SVG}text") if "Jan 2023" in (text.text or ""))

    assert first_month(drawn(busy())) == WIDTH - first_month(drawn(busy(right_to_left=True)))
    assert WORDS.mirrored in " ".join(texts(drawn(busy(right_to_left=True))))


def test_the_look_travels_with_the_drawing():
    document = standalone_plane_svg(busy(), PALETTE)
    assert "class=" not in document
    assert "style" not in document
    assert 'fill="accent"' in document


def weights(chart) -> tuple[int, int]:
    """The drawing on a page, with its key and its alternative; and the finished one; in bytes."""
    parts = chart.drawing
    markup = (parts.ground, parts.numbers, parts.ends, parts.lane, parts.along, chart.alternative)
    key = (part for entry in chart.key for part in (entry.drawing, entry.words))
    on_a_page = "".join((*markup, *key))
    return len(on_a_page.encode()), len(standalone_plane_svg(chart, PALETTE).encode())


@pytest.mark.parametrize("kind", [*Kind, None], ids=str)
def test_sixty_points_with_limits_of_their_own_weigh_less_than_fifteen_kilobytes(kind):
    kinds = list(Kind)
    steps = [(20.123 - index / 7, 45.6, 70.456 + index / 9) for index in range(60)]
    readings = [
        reading(index, 40 + index % 7, kind or kinds[index % len(kinds)], each) for index, each in enumerate(steps)
    ]
    words = replace(WORDS, key={**WORDS.key, Kind.ORDINARY: "One month"}, within="Chance", centre="The usual level")
    chart = control_example(readings, words=words, breaks=[Break(30, "New form from July 2025")])
    assert max(weights(chart)) < 15_000


@pytest.mark.parametrize("kind", [FunnelKind.WITHIN, FunnelKind.BEYOND_OUTER, FunnelKind.HIDDEN], ids=str)
def test_sixty_organisations_weigh_less_than_fifteen_kilobytes(kind):
    name = "Leicestershire Partnership NHS Foundation Trust {:02}"
    hidden = kind is FunnelKind.HIDDEN
    many = [
        organisation(name.format(index), kind, *((None, None) if hidden else (17.3 * index, 61.7 + index)))
        for index in range(1, 60)
    ]
    pairs = [*LIMIT_PAIRS, limits(LimitKind.CHANCE_ALONE, 1.2), limits(LimitKind.CHANCE_ALONE, 2.2)]
    assert max(weights(funnel_example([*many, ORGANISATIONS[2]], pairs))) < 15_000
