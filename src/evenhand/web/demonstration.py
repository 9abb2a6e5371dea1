"""The demonstration: a whole site with real published figures, built once and reused while the software is the same.

It has a folder and a database of its own, is never made in production, and its sign-ins open nothing there.
"""

import json
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connections

import evenhand
from evenhand.apps.content.actions import create_starting_pages
from evenhand.apps.monitoring.actions import load_release
from evenhand.apps.monitoring.permissions import RELEASE_MANAGERS
from evenhand.apps.users.actions import open_demonstration_account
from evenhand.apps.users.models import User
from evenhand.apps.users.roles import establish
from evenhand.errors import EvenhandError

Step = Callable[[str], None]

STEPS = 6  # how often `build` says what it does next
_MADE_HERE = ("stamp.json", "evenhand.sqlite3", "evenhand.sqlite3-wal", "evenhand.sqlite3-shm")
_FOLDERS_MADE_HERE = ("made", "releases", "static", "media")


class NotHere(EvenhandError):
    """The demonstration was asked for in a place where it must not run."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account whose password is printed. ``may`` says what it can do, in words."""

    email: str
    names: tuple[str, str]
    may: str


ADMINISTRATOR = SignIn("administrator@demonstration.example", ("Asha", "Administrator"), "do everything")
RELEASES = SignIn("releases@demonstration.example", ("Robin", "Releases"), "load and withdraw releases")
EDITOR = SignIn("editor@demonstration.example", ("Emeka", "Editor"), "write pages")
SIGN_INS = (ADMINISTRATOR, RELEASES, EDITOR)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands: made by which software, opened by which password."""

    software: str
    password: str


def standing() -> Stamp | None:
    """The demonstration that stands and was made by this very software; None when it has to be built."""
    try:
        stamp = Stamp(**json.loads(_stamp_file().read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return stamp if stamp.software == software_digest() else None


def build(step: Step) -> Stamp:
    """Clear what stands and build the demonstration anew. Until the last step it counts as not built.

    Raises:
        NotHere: in production, or anywhere but in an environment of its own.
    """
    # Here and not above: it brings SciPy, which a demonstration that stands has no use for.
    from evenhand.synthetic.demonstration import make_demonstration_releases

    if settings.ENVIRONMENT != "demonstration":
        raise NotHere("The demonstration is built with EVENHAND_ENVIRONMENT=demonstration, and nowhere else.")
    stamp = Stamp(software_digest(), secrets.token_urlsafe(9))
    _clear(settings.DATA_DIR)
    step("Setting up the database")
    call_command("migrate", interactive=False, verbosity=0)
    step("Opening the demonstration's accounts")
    accounts = _open_accounts(stamp.password)
    step("Making and verifying releases")
    for release in make_demonstration_releases(settings.DATA_DIR / "made", step=lambda _: None):
        load_release(directory=release.directory, by=accounts[RELEASES])
    step("Writing the first pages")
    create_starting_pages(by=accounts[ADMINISTRATOR])
    step("Gathering style sheets and pictures")
    call_command("collectstatic", interactive=False, verbosity=0)
    step("Sealing")
    _write_privately(_stamp_file(), json.dumps({"software": stamp.software, "password": stamp.password}))
    return stamp


def software_digest() -> str:
    """One SHA-256 over every file of the package: its code, definitions, facts, templates and style sheets."""
    package = Path(evenhand.__file__).parent
    digest = sha256(version("evenhand").encode())
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(package)}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _clear(folder: Path) -> None:
    """Take away what an earlier build made there, by name, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    connections.close_all()
    for name in _MADE_HERE:
        (folder / name).unlink(missing_ok=True)
    for name in _FOLDERS_MADE_HERE:
        shutil.rmtree(folder / name, ignore_errors=True)


def _open_accounts(password: str) -> dict[SignIn, User]:
    groups = {RELEASES: [establish(RELEASE_MANAGERS)], EDITOR: [Group.objects.get(name="Editors")]}
    return {
        sign_in: open_demonstration_account(
            email=sign_in.email,
            password=password,
            names=sign_in.names,
            groups=groups.get(sign_in, ()),
            administrator=sign_in is ADMINISTRATOR,
        )
        for sign_in in SIGN_INS
    }


def _stamp_file() -> Path:
    return settings.DATA_DIR / "stamp.json"


def _write_privately(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, "utf-8")
