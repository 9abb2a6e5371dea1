"""Every variable that the site reads is explained, and no other is."""

import ast
import re
from pathlib import Path

import pytest

from evenhand import web

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "docs/reference/settings.md").read_text("utf-8")
READERS = {"text", "choice", "flag", "number", "words", "folder", "database"}


def variables_read() -> set[str]:
    """What `environment.flag("…")` and its like are asked for in the site's own modules."""
    found = set()
    for path in Path(web.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and (node.func.value.id, node.func.attr in READERS) == ("environment", True)
            ):
                found.add(ast.literal_eval(node.args[0]))
    return found


def variables_in_tables() -> set[str]:
    cells = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def test_some_variables_are_read():
    assert {"EVENHAND_SECRET_KEY", "DATABASE_URL", "EVENHAND_BIND"} <= variables_read()


def test_each_variable_that_is_read_is_explained_and_no_other():
    assert variables_in_tables() == variables_read()


def test_no_module_of_the_site_reads_the_environment_by_another_way():
    """The demonstration's starter may: it sets the environment for the site that it starts."""
    source = Path(web.__file__).parents[1]
    readers = [
        path.relative_to(source).as_posix()
        for folder in ("apps", "web")
        for path in (source / folder).rglob("*.py")
        if re.search(r"os\.(environ\b(?!\.setdefault\(\"DJANGO)|getenv)", path.read_text("utf-8"))
    ]
    allowed = {"web/environment.py", "web/demonstration/__main__.py", "web/demonstration/serving.py"}
    assert set(readers) <= allowed


@pytest.mark.parametrize("name", sorted(variables_read()))
def test_each_default_is_stated(name):
    row = next(line for line in PAGE.splitlines() if line.startswith("| `") and f"`{name}`" in line.split("|")[1])
    assert row.split("|")[2].strip()
