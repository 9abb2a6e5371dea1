from dataclasses import replace
from xml.etree import ElementTree as ET

from tests.unit.charts.chart_example import ROWS, WORDS, example

from evenhand.charts.standalone import WIDTH, Palette, standalone_svg

PALETTE = Palette(
    paper="paper", ink="ink", ink_2="ink-2", accent="accent", rule_strong="strong", rule="rule", font="Serif, 'Two'"
)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*arguments, **options) -> ET.Element:
    return ET.fromstring(standalone_svg(example(*arguments, **options), PALETTE))  # noqa: S314 (our own text)


def texts(document: ET.Element) -> list[str]:
    return [(text.text or "").strip("\u2068\u2069") for text in document.iter(f"{SVG}text")]


def test_the_drawing_is_a_whole_document_with_title_and_alternative():
    document = drawn()
    assert document.get("width") == str(WIDTH)
    assert document.findtext(f"{SVG}title") == WORDS.title
    assert document.findtext(f"{SVG}desc") == example().alternative
    assert document.get("aria-labelledby") == "title desc"


def test_every_label_value_and_key_entry_is_written():
    words = " ".join(texts(drawn()))
    for expected in ("Black & Black", "134", "95 to 184", "everyone: 68", "hidden to protect people in small groups"):
        assert expected in words
    for entry in example().key:
        assert entry.words in words


def test_nothing_is_drawn_outside_the_page():
    for right_to_left in (False, True):
        document = drawn(right_to_left=right_to_left)
        height = float(document.get("height"))
        for text in document.iter(f"{SVG}text"):
            assert 0 < float(text.get("x")) < WIDTH
            assert 0 < float(text.get("y")) < height


def test_the_look_travels_with_the_drawing():
    document = standalone_svg(example(), PALETTE)
    assert "class=" not in document
    assert "style" not in document
    assert 'stroke="accent"' in document


def test_eighteen_groups_weigh_less_than_fifteen_kilobytes():
    rows = tuple(replace(ROWS[index % len(ROWS)], label=f"Group {index} of eighteen") for index in range(18))
    assert len(standalone_svg(example(rows), PALETTE).encode()) < 15_000


def test_from_right_to_left_everything_is_mirrored_and_the_page_says_so():
    document = drawn(right_to_left=True)
    assert document.get("direction") == "rtl"
    zero = next(text for text in document.iter(f"{SVG}text") if text.text == "\u20680\u2069")
    assert float(zero.get("x")) > WIDTH / 2
    assert WORDS.mirrored in texts(document)
    assert WORDS.mirrored not in texts(drawn())


def test_a_long_label_makes_its_row_higher_and_loses_no_word():
    label = "English, Welsh, Scottish, Northern Irish, British or any other White background in the list"
    document = drawn((replace(ROWS[0], label=label),))
    assert label.split() == [word for text in texts(document) if text and text in label for word in text.split()]
    assert float(document.get("height")) > float(drawn(ROWS[:1]).get("height"))


def test_without_a_reference_line_none_is_named():
    assert "everyone: 68" not in texts(drawn(with_reference=False))
