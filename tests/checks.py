"""``make check``: what a machine can say of the code without running it. Ends with code 1 at any fault."""

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON_FOLDERS = ["src", "tests", "bench", "requirements", "docs"]

CHECKS: dict[str, list[str]] = {
    "style": ["ruff", "check", *PYTHON_FOLDERS],
    "format": ["ruff", "format", "--check", *PYTHON_FOLDERS],
    "import contracts": ["lint-imports"],
    "types": ["mypy"],
    "migrations in step": ["django-admin", "makemigrations", "--check", "--dry-run"],
    "the site's own checks": ["django-admin", "check", "--fail-level", "WARNING"],
    "templates": ["djlint", "--check", "--lint", "--quiet", "src/evenhand/web/templates"],
}


def main() -> int:
    """Run each check to its end, so that one run shows every fault, and say what came of each."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "evenhand.web.settings", "NO_COLOR": "1"}
    failed = []
    for name, command in CHECKS.items():
        run = subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            cwd=REPOSITORY,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        sys.stdout.write(f"{'ok    ' if run.returncode == 0 else 'FAILED'} {name}\n")
        if run.returncode != 0:
            failed.append(name)
            sys.stdout.write(run.stdout + run.stderr)
        sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
