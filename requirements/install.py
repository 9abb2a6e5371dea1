"""Set up ``.venv`` from the pinned, hashed requirement files, with the standard library alone.

    python3 requirements/install.py base    what the product needs
    python3 requirements/install.py dev     that, and what testing and checking it needs

A second run sees that nothing changed and does nothing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
VENV = REPOSITORY / ".venv"
PYTHON = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"
STAMP = VENV / "evenhand-installed"
OLDEST = (3, 11)
SETS = {"base": ["base"], "dev": ["dev", "base"]}  # what a stamp of the left-hand set stands for


def main() -> int:
    """Install the set named on the command line; 0 when it stands, 1 with a message when it cannot."""
    wanted = sys.argv[1] if len(sys.argv) == 2 else ""
    if wanted not in SETS:
        say(f"which set? Say one of: {', '.join(SETS)}")
        return 1
    if sys.version_info < OLDEST:
        say(
            f"Evenhand needs Python {OLDEST[0]}.{OLDEST[1]} or newer; {sys.executable} is "
            f"{sys.version_info[0]}.{sys.version_info[1]}. Name a newer one: make PYTHON=/path/to/python3.11"
        )
        return 1
    if already_stands(wanted):
        return 0
    say(f"setting up .venv ({wanted}): the first time this takes a minute or two")
    try:
        if not PYTHON.exists():
            create_venv()
        install(wanted)
    except subprocess.CalledProcessError as error:
        say(f"could not finish: `{' '.join(map(str, error.cmd))}` ended with code {error.returncode}")
        return 1
    STAMP.write_text(f"{wanted} {digest()}\n", encoding="utf-8")
    return 0


def already_stands(wanted: str) -> bool:
    """Whether an earlier run installed this set, or a larger one, from the same files."""
    if not (STAMP.exists() and PYTHON.exists()):
        return False
    installed, _, stamped = STAMP.read_text(encoding="utf-8").strip().partition(" ")
    return wanted in SETS.get(installed, []) and stamped == digest()


def digest() -> str:
    """One fingerprint of the interpreter and of everything that decides what gets installed."""
    content = hashlib.sha256(sys.version.encode())
    for path in [*sorted(HERE.glob("*.txt")), REPOSITORY / "pyproject.toml"]:
        content.update(path.read_bytes())
    return content.hexdigest()


def create_venv() -> None:
    """A new virtual environment. Debian keeps the module in a package of its own, which root may install."""
    if subprocess.run([sys.executable, "-m", "venv", VENV], check=False).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        say("Python's venv module is missing. On Debian and Ubuntu: sudo apt-get install python3-venv; then try again.")
        raise SystemExit(1)
    say("Python's venv module is missing: installing the Debian package python3-venv")
    run("apt-get", "update", "-qq")
    run("apt-get", "install", "-y", "-qq", "python3-venv")
    run(sys.executable, "-m", "venv", VENV)


def install(wanted: str) -> None:
    """uv where it can be had, for its speed; pip where it cannot. Both check every hash."""
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    has_uv = subprocess.run([*pip, "--require-hashes", "-r", HERE / "uv.txt"], check=False).returncode == 0
    installer = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON] if has_uv else pip
    if not has_uv:
        say("uv could not be installed; going on with pip, which takes longer")
    run(*installer, "--require-hashes", "-r", HERE / "build.txt", "-r", HERE / f"{wanted}.txt")
    run(*installer, "--no-deps", "--no-build-isolation", "--editable", REPOSITORY)


def run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, cwd=REPOSITORY)


def say(message: str) -> None:
    sys.stdout.write(f"evenhand: {message}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
