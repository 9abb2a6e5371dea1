"""The import contracts, and that each of them would catch the mistake it is there for.

Security property 1: no patient-level record reaches the platform. The door is an import that nobody may write.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def contracts_of(checkout: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    command = [str(LINT_IMPORTS), "--config", str(checkout / "pyproject.toml"), "--no-cache"]
    return subprocess.run(command, cwd=checkout / "src", env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copy_of_the_source(tmp_path):
    shutil.copytree(REPOSITORY / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold():
    run = contracts_of(REPOSITORY)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("stats/rates.py", "import django.db", "The analytical library knows no Django"),
        ("apps/monitoring/queries.py", "import duckdb", "The engine is imported only where"),
        ("disclosure/attack.py", "import duckdb", "The engine is imported only where"),
        ("datasets/population.py", "from evenhand import publication", "Platform layers"),
        ("disclosure/attack.py", "from evenhand import publication", "Platform layers"),
        ("apps/core/models.py", "from evenhand.apps import monitoring", "Apps depend in one direction"),
        ("apps/monitoring/models.py", "from evenhand.apps.monitoring import actions", "Inside an app"),
        ("apps/organisations/models.py", "from evenhand.apps.content import models", "Apps depend in one direction"),
    ],
)
def test_a_forbidden_import_is_caught(copy_of_the_source, file, line, contract):
    path = copy_of_the_source / "src/evenhand" / file
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", encoding="utf-8")
    run = contracts_of(copy_of_the_source)
    assert run.returncode != 0
    broken = [text for text in run.stdout.splitlines() if "BROKEN" in text]
    assert any(contract in text for text in broken), run.stdout


def test_a_package_outside_every_layer_is_caught(copy_of_the_source):
    (copy_of_the_source / "src/evenhand/anywhere").mkdir()
    (copy_of_the_source / "src/evenhand/anywhere/__init__.py").write_text("", encoding="utf-8")
    assert contracts_of(copy_of_the_source).returncode != 0
