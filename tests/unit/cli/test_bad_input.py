"""What can be wrong with what is handed in: one clear message, exit code 2, nothing written, nobody's name repeated."""

import sys

import pytest
from tests.unit.publication.conftest import MAPPING, PROTECTED_RECIPE, RESTRAINED, source_text

from evenhand import cli

NAME = "Jane Doe of Mill Lane"
SOURCE = source_text(RESTRAINED).replace("Service A", NAME)
RECIPE = PROTECTED_RECIPE.replace("RULE", "nhs5")

# What is wrong → the file, what is changed in it, and what the message says.
BAD = {
    "the source is not there": ("source.csv", None, "source.csv: cannot be read"),
    "the source is empty": ("source.csv", lambda text: "", "is empty"),
    "the source has a header alone": ("source.csv", lambda text: text.partition("\n")[0] + "\n", "no rows"),
    "a column is missing": ("source.csv", lambda text: text.replace("group,", "grp,", 1), "there is no column 'group'"),
    "text in a count": ("source.csv", lambda text: text.replace(",41\n", f",{NAME}\n"), "line 2: expected a count"),
    "a negative count": ("source.csv", lambda text: text.replace(",41\n", ",-41\n"), "a count is not negative"),
    "a fraction in a count": ("source.csv", lambda text: text.replace(",41\n", ",41.5\n"), "a whole number"),
    "a count beyond all people": ("source.csv", lambda text: text.replace(",41\n", f",{10**15}\n"), "line 2"),
    "a rate in the place of a count": ("source.csv", lambda text: text.replace(",41\n", ",4%\n"), "line 2"),
    "an unknown group": ("source.csv", lambda text: text.replace(",unknown,", ",Q7,"), "'Q7' is not a label"),
    "a row twice": ("source.csv", lambda text: text + text.splitlines()[1] + "\n", "the same figure"),
    "two periods mixed": ("source.csv", lambda text: text.replace("2024-03-01", "2024-04-01", 1), "is about"),
    "another period": (
        "source.csv",
        lambda text: text.replace("2024-03-01", "2022-03-01"),
        "no figure that lies within",
    ),
    "a date that is no date": ("source.csv", lambda text: text.replace("2024-03-01", "31/31/2024", 1), "line 2"),
    "a group left out": ("source.csv", lambda text: text.rpartition("2024")[0], "there is no count of"),
    "a hidden count to be protected": ("source.csv", lambda text: text.replace(",41\n", ",*\n"), "only exact counts"),
    "an unclosed quote": ("source.csv", lambda text: text.replace(NAME, f'"{NAME}', 1), "cannot be divided"),
    "control characters": ("source.csv", lambda text: text.replace(NAME, "\x1b[2J", 1), "control character"),
    "a web page": ("source.csv", lambda text: f"<!DOCTYPE html><html>{NAME}</html>", "is a web page"),
    "the recipe is not there": ("recipe.yaml", None, "recipe.yaml: cannot be read"),
    "a recipe that is not YAML": ("recipe.yaml", lambda text: "title: [", "is not YAML"),
    "a recipe that is a list": ("recipe.yaml", lambda text: "- a\n- b\n", "recipe.yaml"),
    "a key twice": ("recipe.yaml", lambda text: text + "title: Another\n", "stands twice"),
    "a key that is not known": ("recipe.yaml", lambda text: text + "secret: yes\n", "secret"),
    "a key left out": ("recipe.yaml", lambda text: text.replace("released_by: A test\n", ""), "released_by"),
    "a period that runs backwards": (
        "recipe.yaml",
        lambda text: text.replace("2024-03-31", "2024-02-01"),
        "a period runs forwards",
    ),
    "an unknown indicator": ("recipe.yaml", lambda text: text.replace("[restraint]", "[x]"), "no indicator 'x'"),
    "an indicator that is not counted": (
        "recipe.yaml",
        lambda text: text.replace("[restraint]", "[restraint, detention]"),
        "no figure for the indicator 'detention'",
    ),
    "an unknown rule": ("recipe.yaml", lambda text: text.replace("rule: nhs5", "rule: nhs6"), "'nhs6'"),
    "an unknown mapping": ("recipe.yaml", lambda text: text.replace("mapping.yaml", "mapping_x"), "'mapping_x'"),
    "a mapping outside the folder": (
        "recipe.yaml",
        lambda text: text.replace("mapping.yaml", "../../etc/passwd"),
        "leads out of the recipe's folder",
    ),
    "an organisation that is not there": (
        "recipe.yaml",
        lambda text: text + "organisations: [TST-A, TST-B, TST-Z]\n",
        "no figure of 'TST-Z'",
    ),
    "a comparator that is no group": (
        "recipe.yaml",
        lambda text: text.replace("{white_british: white_british}", "{white_british: all}"),
        "'all' is not a category",
    ),
    "a mapping of something else": ("mapping.yaml", lambda text: text.replace("measure]", "kind]"), "'kind'"),
    "a mapping with a path outside": (
        "mapping.yaml",
        lambda text: text.replace("formats: [csv]", "formats: [csv], names: ['../*.csv']"),
        "leads out of the folder",
    ),
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("command", ["release", "check"])
def test_what_is_wrong_is_one_message_and_nothing_is_written(kind, command, tmp_path, monkeypatch, capsys):
    for name, text in {"source.csv": SOURCE, "mapping.yaml": MAPPING, "recipe.yaml": RECIPE}.items():
        (tmp_path / name).write_text(text, "utf-8")
    name, change, says = BAD[kind]
    if change is None:
        (tmp_path / name).unlink()
    else:
        before = (tmp_path / name).read_text("utf-8")
        (tmp_path / name).write_text(change(before), "utf-8")
        assert change(before) != before
    files = sorted(tmp_path.rglob("*"))
    arguments = [tmp_path / "source.csv", "--recipe", tmp_path / "recipe.yaml"]
    arguments += ["--out", tmp_path / "out"] if command == "release" else []
    monkeypatch.setattr(sys, "argv", ["evenhand", command, *map(str, arguments)])
    with pytest.raises(SystemExit) as end:
        cli.main()
    out, err = capsys.readouterr()
    assert (end.value.code, out) == (2, "")
    assert err.startswith("evenhand: ")
    assert err.count("\n") == 1
    assert says in err
    assert "Jane" not in err
    assert sorted(tmp_path.rglob("*")) == files
