"""The documents are run: each console block in order, each python block, and every link between them is followed.

A console block shows ``$ command`` and under it what it prints. A line ``…`` stands for lines left out. Each document
runs in an empty folder of its own, as a reader would.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(?P<language>[\w-]+)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
SECONDS_FOR_ONE_COMMAND = 120


def blocks(document: Path, language: str) -> list[str]:
    return [match["body"] for match in FENCE.finditer(document.read_text("utf-8")) if match["language"] == language]


def documents_with(language: str) -> list:
    return [pytest.param(path, id=str(path.relative_to(REPOSITORY))) for path in DOCUMENTS if blocks(path, language)]


def steps(block: str) -> list[tuple[str, list[str]]]:
    """(command, lines it is said to print) for each ``$`` of a console block."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def appears(expected: list[str], printed: list[str]) -> bool:
    """Whether the expected lines stand in the output in this order; ``…`` skips any number of lines."""
    position = 0
    may_skip = False
    for line in expected:
        if line.strip() == "…":
            may_skip = True
            continue
        rest = printed[position:] if may_skip else printed[position : position + 1]
        if line.rstrip() not in [text.rstrip() for text in rest]:
            return False
        position += [text.rstrip() for text in rest].index(line.rstrip()) + 1
        may_skip = False
    return True


@pytest.mark.parametrize(
    ("expected", "printed", "holds"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b"], ["a", "x", "b"], False),
        (["a", "…", "b"], ["a", "x", "b"], True),
        (["…", "c"], ["a"], False),
        ([], ["anything"], True),
    ],
)
def test_what_a_block_promises_is_compared_line_by_line(expected, printed, holds):
    assert appears(expected, printed) is holds


@pytest.mark.parametrize("document", documents_with("console"))
def test_console_blocks_do_what_they_show(document, tmp_path):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "120", "NO_COLOR": "1", "TERM": "dumb"}
    for block in blocks(document, "console"):
        for command, expected in steps(block):
            run = subprocess.run(
                ["/bin/sh", "-c", command],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                timeout=SECONDS_FOR_ONE_COMMAND,
                check=False,
            )
            printed = (run.stdout + run.stderr).splitlines()
            assert appears(expected, printed), f"$ {command}\nprinted (code {run.returncode}):\n" + "\n".join(printed)


@pytest.mark.parametrize("document", documents_with("python"))
def test_python_blocks_run(document):
    program = "\n".join(blocks(document, "python"))
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_links_lead_somewhere(document):
    targets = [match["target"] for match in LINK.finditer(document.read_text("utf-8"))]
    inside = [target.partition("#")[0] for target in targets if "://" not in target and not target.startswith("#")]
    missing = [target for target in inside if not (document.parent / target).exists()]
    assert missing == []
