"""The page on where the peers are wrong has the tables that its scripts print, and says of them what is so."""

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
EXPLANATION = REPOSITORY / "docs" / "explanation"
SIMULATIONS = EXPLANATION / "simulations"
PAGE = (EXPLANATION / "where-the-peers-are-wrong.md").read_text("utf-8")


def script(name: str) -> ModuleType:
    """A script of the page, as a module, with what stands beside it at hand."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SIMULATIONS))
        specification = importlib.util.spec_from_file_location(name, SIMULATIONS / f"{name}.py")
        module = importlib.util.module_from_spec(specification)
        patch.setitem(sys.modules, name, module)  # a dataclass looks its module up
        specification.loader.exec_module(module)
    return module


def printed(capsys: pytest.CaptureFixture[str], name: str, *arguments: list[str]) -> list[str]:
    """The tables that a script prints."""
    script(name).main(*arguments)
    return [table for table in capsys.readouterr().out.strip().split("\n\n") if table]


def cells(table: str) -> list[list[str]]:
    """The rows of a table, without its heading."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_the_intervals_of_the_peers_in_r_miss_and_ours_hold(capsys: pytest.CaptureFixture[str]) -> None:
    coverage, bias = printed(capsys, "peers_in_r")
    assert coverage in PAGE
    assert bias in PAGE
    held = {(row[0], row[1], row[2]): [float(cell.removesuffix(" %")) for cell in row[3:]] for row in cells(coverage)}
    assert all(93 <= ours <= 99 for _, ours in held.values())
    for measure in ("Theil T", "MLD", "PAF"):
        assert next(theirs for (name, *_), (theirs, _) in held.items() if name == measure) <= 3
    for (_, fault, groups), (theirs, _) in held.items():
        if fault.startswith("percentile") and groups == "do not differ":
            assert theirs == 0
    for _, _, truth, theirs, ours in cells(bias):
        assert abs(float(ours) - float(truth)) < abs(float(theirs) - float(truth))


def test_the_figures_by_the_peers_formulas_are_not_right_and_ours_are(capsys: pytest.CaptureFixture[str]) -> None:
    (figures,) = printed(capsys, "peers_figures")
    assert figures in PAGE
    rows = {row[0]: row[2:] for row in cells(figures)}
    for figure in ("SII of a proportion, per cent, groups of unlike size", "SII over tenths that a file held as text"):
        theirs, ours, right = map(float, rows[figure])
        assert ours == right != theirs


def test_what_the_peers_on_pypi_answered_stands_beside_what_we_answer(capsys: pytest.CaptureFixture[str]) -> None:
    (answers,) = printed(capsys, "peers_on_pypi", [])
    assert answers in PAGE
    rows = {row[0]: row[2:] for row in cells(answers)}
    assert len(rows) == len(script("peers_on_pypi").CASES)
    theirs, ours, right = rows["rates of three groups, one without events"]
    assert theirs.startswith("stops")
    assert ours.startswith(right)


def test_the_peers_whose_answers_are_recorded_are_those_that_are_pinned() -> None:
    pins = dict(
        re.findall(r"^([\w-]+)==(\S+)", (REPOSITORY / "requirements/peers.txt").read_text("utf-8"), re.MULTILINE)
    )
    recorded = json.loads((SIMULATIONS / "peers_answers.json").read_text("utf-8"))
    assert {peer.lower(): version for peer, version in recorded["versions"].items()} == {
        peer.lower(): pins[peer.lower()] for peer in recorded["versions"]
    }
    asked = {case.key for case in script("peers_on_pypi").CASES}
    assert asked == set(recorded["answers"])


def test_each_table_names_the_command_that_prints_it() -> None:
    named = re.findall(r"`\.venv/bin/python (docs/explanation/simulations/\w+\.py)", PAGE)
    assert {Path(path).stem for path in named} == {"peers_in_r", "peers_on_pypi", "peers_figures", "selection"}
    assert all((REPOSITORY / path).exists() for path in named)
