"""Building the demonstration: database, accounts, releases, pages, static files."""

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command

from evenhand.apps.content.actions import create_starting_pages
from evenhand.apps.monitoring.actions import load_release
from evenhand.apps.monitoring.permissions import RELEASE_MANAGERS
from evenhand.apps.users.actions import open_demonstration_account
from evenhand.apps.users.models import User
from evenhand.apps.users.roles import establish
from evenhand.errors import EvenhandError
from evenhand.synthetic.demonstration import make_demonstration_releases
from evenhand.web.demonstration.stamp import (
    ADMINISTRATOR,
    EDITOR,
    RELEASES,
    SIGN_INS,
    SignIn,
    Stamp,
    break_seal,
    seal,
    software_digest,
)

Step = Callable[[str], None]

STEPS = 6  # how often `build` says what it does next
_FILES_MADE_HERE = ("evenhand.sqlite3", "evenhand.sqlite3-wal", "evenhand.sqlite3-shm")
_FOLDERS_MADE_HERE = ("made", "releases", "static", "media")


class NotHere(EvenhandError):
    """The demonstration was asked for in a place where it must not run."""


def build(step: Step) -> Stamp:
    """Clear what stands and build the demonstration anew. Until the last step it counts as not built.

    Raises:
        NotHere: in production, or anywhere but in an environment of its own.
    """
    if settings.ENVIRONMENT != "demonstration":
        raise NotHere("The demonstration is built with EVENHAND_ENVIRONMENT=demonstration, and nowhere else.")
    stamp = Stamp(software_digest(), secrets.token_urlsafe(9))
    clear(settings.DATA_DIR)
    step("Setting up the database")
    call_command("migrate", interactive=False, verbosity=0)
    step("Opening the demonstration's accounts")
    accounts = open_accounts(stamp.password)
    step("Making and verifying releases")
    for release in make_demonstration_releases(settings.DATA_DIR / "made", step=lambda _: None):
        load_release(directory=release.directory, by=accounts[RELEASES])
    step("Writing the first pages")
    create_starting_pages(by=accounts[ADMINISTRATOR])
    step("Gathering style sheets and pictures")
    call_command("collectstatic", interactive=False, verbosity=0)
    step("Built")
    seal(stamp, settings.DATA_DIR)
    return stamp


def clear(folder: Path) -> None:
    """Take away what an earlier build made there, by name, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    break_seal(folder)
    for name in _FILES_MADE_HERE:
        (folder / name).unlink(missing_ok=True)
    for name in _FOLDERS_MADE_HERE:
        shutil.rmtree(folder / name, ignore_errors=True)


def open_accounts(password: str) -> dict[SignIn, User]:
    """The accounts of the demonstration, each with its role."""
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
