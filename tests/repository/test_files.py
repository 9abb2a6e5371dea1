"""The house rules that only a walk over the files can see."""

import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TEMPLATES = REPOSITORY / "src/evenhand/web/templates"
TOKENS = REPOSITORY / "src/evenhand/web/static/tokens.css"

LONGEST = 500
WRITTEN_BY_HAND = {".py", ".html", ".css", ".js", ".md", ".sh", ".toml", ".yaml"}
MAY_HOLD_NO_COLOUR = {".py", ".html", ".css", ".svg"}

COLOUR = re.compile(
    r"""(?<!&)\#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b      # a hexadecimal colour, not a character reference
      | \b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(       # a colour function
      | (?:color|background|fill|stroke|border(?:-[a-z]+)*)\s*[:=]\s*"?
        (?:red|green|blue|black|white|gr[ae]y|yellow|orange|purple|pink|brown|navy|teal|maroon)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def tracked_files() -> list[Path]:
    """Every file that git keeps, or will keep once it is added."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    return [path for name in listing.splitlines() if (path := REPOSITORY / name).is_file()]


def files_with(suffixes: set[str], *, under: str = "") -> list[Path]:
    folder = REPOSITORY / under
    return [path for path in tracked_files() if path.suffix in suffixes and path.is_relative_to(folder)]


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(REPOSITORY)) for path in paths]


def test_no_file_is_longer_than_a_reader_can_hold():
    by_hand = [path for path in files_with(WRITTEN_BY_HAND) if path.parent.name != "migrations"]  # Django writes those
    long = [path for path in by_hand if len(path.read_text("utf-8").splitlines()) > LONGEST]
    assert named(long) == [], f"split by noun: over {LONGEST} lines"


def colours_in(text: str) -> list[str]:
    return [match.group() for match in COLOUR.finditer(text)]


@pytest.mark.parametrize(
    "text",
    [
        "color: #7c1d48",
        "--ink: #26191f;",
        "fill='#fff'",
        "background:rgb(0 0 0 / 10%)",
        'stroke="black"',
        "border-color: red;",
    ],
)
def test_a_colour_is_recognised(text):
    assert colours_in(text)


@pytest.mark.parametrize("text", ["&#8211;", "href='#main'", "color: var(--ink)", "fill: currentColor", "# a remark"])
def test_what_is_no_colour_is_let_through(text):
    assert colours_in(text) == []


def test_colours_live_in_the_tokens_alone():
    files = [path for path in files_with(MAY_HOLD_NO_COLOUR, under="src") if path != TOKENS]
    found = {str(path.relative_to(REPOSITORY)): colours_in(path.read_text("utf-8")) for path in files}
    assert {name: colours for name, colours in found.items() if colours} == {}
    assert colours_in(TOKENS.read_text("utf-8")), "the tokens hold no colour: is this the right file?"


# Django looks for these by name; no line of ours mentions them.
FOUND_BY_NAME = {"400.html", "403.html", "404.html", "500.html"}


def test_every_template_is_used():
    sources = {path: path.read_text("utf-8") for path in files_with({".py", ".html"}, under="src")}
    orphans = []
    for template in files_with({".html", ".svg", ".txt"}, under="src/evenhand/web/templates"):
        name = template.relative_to(TEMPLATES).as_posix()
        users = [path for path, text in sources.items() if path != template and name in text]
        overrides_a_library = name.split("/")[0] in {"wagtailadmin", "wagtailcore"}
        if not users and name not in FOUND_BY_NAME and not overrides_a_library:
            orphans.append(name)
    assert orphans == []


def test_no_path_of_one_machine_stands_in_the_project():
    machine = re.compile(r"(?<![\w./-])/(?:home|root|work|Users)/[\w.-]+")
    texts = {path: path.read_text("utf-8", errors="ignore") for path in tracked_files() if path.suffix != ".svg"}
    found = {str(path.relative_to(REPOSITORY)): machine.findall(text) for path, text in texts.items()}
    assert {name: paths for name, paths in found.items() if paths} == {}


def test_requirement_files_pin_and_hash_and_name_no_host():
    files = sorted((REPOSITORY / "requirements").glob("*.txt"))
    assert {path.stem for path in files} >= {"base", "dev", "build", "uv"}
    for path in files:
        text = path.read_text("utf-8")
        assert "://" not in text, f"{path.name} names a download address"
        blocks = [block for block in re.split(r"\n(?=\S)", text) if block.strip() and not block.startswith("#")]
        unpinned = [block.split()[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block]
        assert unpinned == [], f"{path.name}: every line pins one version and its hashes"
