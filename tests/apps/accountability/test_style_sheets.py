"""What the style sheets promise: small, one home of colours and type sizes, and no left or right."""

import re
from pathlib import Path

import pytest

from evenhand import web
from evenhand.apps.accountability.downloads import house_palette

STATIC = Path(web.__file__).parent / "static"
SHEETS = sorted(STATIC.glob("*.css"))
PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)|left|right|top|bottom|width|height"
    r"|(?:min|max)-(?:width|height)|float|clear)\s*:",
)


def rules(sheet: Path) -> str:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"@media[^{]*", "@media ", text)


def test_all_style_sheets_together_weigh_less_than_25_kilobytes():
    assert len(SHEETS) >= 4
    assert sum(sheet.stat().st_size for sheet in SHEETS) < 25_000


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_only_logical_properties_are_used(sheet):
    assert PHYSICAL.findall(rules(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_property_has_four_physical_sides(sheet):
    four = re.findall(r"(?:padding|margin|inset|border-radius):(?:\s+[^\s;]+){3,4};", rules(sheet))
    assert four == []


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in SHEETS if sheet.name != "tokens.css"], ids=lambda sheet: sheet.name
)
def test_sizes_of_type_come_from_the_tokens(sheet):
    sizes = re.findall(r"font-size:\s*([^;]+);", rules(sheet))
    assert [size for size in sizes if not re.fullmatch(r"var\(--t-[a-z0-9]+\)|inherit|[\d.]+em", size)] == []


def test_every_token_that_is_used_is_there():
    defined = set(re.findall(r"(--[a-z0-9-]+):", (STATIC / "tokens.css").read_text("utf-8")))
    used = {token for sheet in SHEETS for token in re.findall(r"var\((--[a-z0-9-]+)\)", sheet.read_text("utf-8"))}
    assert used <= defined
    assert used >= defined - {"--surface", "--accent-tint"}, "a token that nothing uses"


def test_the_downloaded_drawing_takes_its_colours_from_the_tokens():
    tokens = (STATIC / "tokens.css").read_text("utf-8")
    palette = house_palette()
    for colour in (palette.paper, palette.ink, palette.ink_2, palette.accent, palette.rule, palette.rule_strong):
        assert f": {colour};" in tokens
