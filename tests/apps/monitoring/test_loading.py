"""Requirement 9, the platform's side: what does not verify is refused with the reason, and nothing of it stays."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection

from evenhand.apps.core.models import Event
from evenhand.apps.core.queries import history
from evenhand.apps.core.triggers import release_rows
from evenhand.apps.monitoring import storage
from evenhand.apps.monitoring.actions import NotLoaded, NotWithdrawn, load_release, withdraw_release
from evenhand.apps.monitoring.models import QualityRecord, Release, ReleasedFigure, ReleaseFile, State
from evenhand.apps.monitoring.storage import MOST_FILES
from evenhand.apps.organisations.models import Organisation
from evenhand.errors import InputRefused
from evenhand.publication.release import ReleaseRefused

pytestmark = pytest.mark.slow

NAME = "nhs-england-2023-24-1"


@pytest.fixture
def folder(release_folder, tmp_path):
    """A copy of the release that a test may spoil."""
    return shutil.copytree(release_folder, tmp_path / "sent")


@pytest.fixture
def nothing_stays(settings, db):
    """After a refusal: no row, no file, no record."""
    yield
    assert [model.objects.count() for model in (Release, ReleasedFigure, QualityRecord, ReleaseFile)] == [0] * 4
    assert not Organisation.objects.exists()
    assert not Event.objects.exists()
    assert list(settings.RELEASES_ROOT.glob("*")) + list(settings.RELEASES_ROOT.glob(".*")) == []


def test_a_release_is_loaded_whole_signed_and_recorded(loaded, release_manager, release_folder, settings):
    assert (loaded.name, loaded.state, loaded.loaded_by) == (NAME, State.CURRENT, release_manager)
    assert loaded.figures.count() > 50
    assert loaded.quality_records.exists()
    stored = {file.name: file.read_bytes() for file in (settings.RELEASES_ROOT / NAME).iterdir()}
    assert stored == {file.name: file.read_bytes() for file in release_folder.iterdir()}
    assert {file.name for file in loaded.files.all()} == set(stored)
    (line,) = history(loaded)
    assert (line.what, line.actor, line.details["name"]) == ("release_loaded", release_manager.pk, NAME)
    assert str(loaded) == "Mental Health Act Statistics, Annual Figures 2023-24"


@pytest.mark.usefixtures("nothing_stays")
class TestRefused:
    def test_a_figure_that_was_changed(self, folder, release_manager):
        file = folder / "observations.csv"
        text = file.read_text()
        file.write_text(text.replace("published", "Published", 1))
        with pytest.raises(ReleaseRefused, match=r"observations\.csv"):
            load_release(directory=folder, by=release_manager)

    def test_a_certificate_that_was_changed(self, folder, release_manager):
        file = folder / "certificate.json"
        file.write_text(file.read_text().replace('"as_published"', '"protected"'))
        with pytest.raises(ReleaseRefused, match="certificate"):
            load_release(directory=folder, by=release_manager)

    def test_a_digest_that_was_changed(self, folder, release_manager):
        file = folder / "certificate.json"
        start = file.read_text().index('"digest": "') + len('"digest": "')
        text = file.read_text()
        other = "0" if text[start] != "0" else "1"
        file.write_text(text[:start] + other + text[start + 1 :])
        with pytest.raises(ReleaseRefused):
            load_release(directory=folder, by=release_manager)

    def test_a_file_that_is_missing(self, folder, release_manager):
        (folder / "quality.csv").unlink()
        with pytest.raises(ReleaseRefused, match=r"quality\.csv"):
            load_release(directory=folder, by=release_manager)

    def test_a_file_too_many(self, folder, release_manager):
        (folder / "notes.txt").write_text("x")
        with pytest.raises(ReleaseRefused, match=r"notes\.txt"):
            load_release(directory=folder, by=release_manager)

    def test_the_reason_names_no_folder_of_the_server(self, folder, release_manager, settings):
        (folder / "quality.csv").unlink()
        with pytest.raises(ReleaseRefused) as refusal:
            load_release(directory=folder, by=release_manager)
        assert str(settings.RELEASES_ROOT) not in str(refusal.value)

    def test_a_link_instead_of_a_file(self, folder, release_manager, tmp_path):
        secret = tmp_path / "secret"
        secret.write_text("s")
        (folder / "quality.csv").unlink()
        (folder / "quality.csv").symlink_to(secret)
        with pytest.raises(InputRefused, match="not a plain file"):
            load_release(directory=folder, by=release_manager)

    def test_a_pipe_that_took_the_place_of_a_file(self, tmp_path):
        """Looked at, it was a file; opened, it is a pipe on which a reader would wait for ever."""
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(InputRefused, match="not a plain file"):
            storage._copy_at_most(tmp_path / "pipe", tmp_path / "copy", 1_000)

    def test_a_folder_that_is_not_there(self, tmp_path, release_manager):
        with pytest.raises(InputRefused, match="no such folder"):
            load_release(directory=tmp_path / "nowhere", by=release_manager)

    def test_a_crowd_of_files(self, folder, release_manager):
        for number in range(MOST_FILES):
            (folder / f"x{number}").touch()
        with pytest.raises(InputRefused, match="a release has six"):
            load_release(directory=folder, by=release_manager)

    def test_a_file_without_end(self, folder, release_manager, settings):
        settings.RELEASE_SIZE_LIMIT = 10_000
        with pytest.raises(InputRefused, match="larger than"):
            load_release(directory=folder, by=release_manager)

    def test_somebody_without_the_permission(self, release_folder, stranger):
        with pytest.raises(PermissionDenied):
            load_release(directory=release_folder, by=stranger)

    def test_a_fault_in_the_middle(self, release_folder, release_manager, settings):
        """The last thing that happens fails: what was done before is undone."""
        settings.RELEASES_ROOT.mkdir()
        (settings.RELEASES_ROOT / NAME).mkdir()
        (settings.RELEASES_ROOT / NAME / "left-over").touch()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ReleaseFile.objects, "bulk_create", lambda files: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                load_release(directory=release_folder, by=release_manager)
        assert not Release.objects.exists()
        shutil.rmtree(settings.RELEASES_ROOT / NAME)  # what the next load of it would put out of its way


def test_an_interrupted_load_is_done_over(settings, release_folder, release_manager):
    (settings.RELEASES_ROOT / NAME).mkdir(parents=True)
    (settings.RELEASES_ROOT / NAME / "left-over").touch()
    release = load_release(directory=release_folder, by=release_manager)
    assert {path.name for path in storage.folder_of(NAME).iterdir()} == {file.name for file in release.files.all()}


def test_the_same_release_twice_is_refused(loaded, release_folder, release_manager):
    with pytest.raises(NotLoaded, match=f"here already, as {NAME}"):
        load_release(directory=release_folder, by=release_manager)
    assert Release.objects.count() == 1


def test_another_release_of_the_same_name_is_refused(loaded, make_folder, release_manager):
    other = make_folder(("released_by: The tests", "released_by: Somebody else"))
    with pytest.raises(NotLoaded, match="A release does not change"):
        load_release(directory=other, by=release_manager)


def test_a_new_revision_takes_the_place_of_the_one_it_replaces(loaded, second_revision, release_manager):
    newer = load_release(directory=second_revision, by=release_manager)
    loaded.refresh_from_db()
    assert (newer.state, loaded.state) == (State.CURRENT, State.SUPERSEDED)
    assert newer.replaces == loaded
    assert [line.what for line in history(loaded)] == ["release_loaded", "release_superseded"]


def test_an_older_revision_does_not_come_after_a_newer_one(second_revision, release_folder, release_manager):
    load_release(directory=second_revision, by=release_manager)
    with pytest.raises(NotLoaded, match="Revision 2 of this release is here already"):
        load_release(directory=release_folder, by=release_manager)


def test_a_revision_that_replaces_something_else_is_refused(loaded, make_folder, release_manager):
    stray = make_folder(more="revision: 3\nreplaces: nhs-england-2023-24-2\n")
    with pytest.raises(NotLoaded, match=f"{NAME} is here for the same organisation and period"):
        load_release(directory=stray, by=release_manager)


def test_invented_figures_about_real_organisations_are_refused(loaded, make_folder, release_manager):
    invented = make_folder(("code: NHS-England", "code: Invented"), more="invented: true\n")
    with pytest.raises(InputRefused, match="a code of its own"):
        load_release(directory=invented, by=release_manager)
    assert not Organisation.objects.filter(code="Invented").exists()


def test_an_organisation_may_release_two_sets_of_figures_for_one_period(loaded, make_folder, release_manager):
    other = load_release(directory=make_folder(more="subject: detentions-again\n"), by=release_manager)
    loaded.refresh_from_db()
    assert other.name == "nhs-england-detentions-again-2023-24-1"
    assert (other.state, loaded.state) == (State.CURRENT, State.CURRENT)


def test_a_correction_finds_the_set_of_figures_that_it_corrects(loaded, make_folder, release_manager):
    subject = "subject: detentions-again\n"
    first = load_release(directory=make_folder(more=subject), by=release_manager)
    correction = make_folder(more=f"{subject}revision: 2\nreplaces: {first.name}\n")
    load_release(directory=correction, by=release_manager)
    first.refresh_from_db()
    loaded.refresh_from_db()
    assert (first.state, loaded.state) == (State.SUPERSEDED, State.CURRENT)


def test_the_database_holds_one_current_release_in_a_series(loaded, second_revision, release_manager):
    newer = load_release(directory=second_revision, by=release_manager)
    assert newer.state == State.CURRENT
    with pytest.raises(IntegrityError):
        Release.objects.filter(pk=loaded.pk).update(state=State.CURRENT)


class TestWithdrawing:
    def test_it_is_signed_dated_and_says_why(self, loaded, release_manager):
        withdrawn = withdraw_release(release=loaded, reason=" A count was wrong. ", by=release_manager)
        assert (withdrawn.state, withdrawn.withdrawn_because) == (State.WITHDRAWN, "A count was wrong.")
        assert withdrawn.withdrawn_by == release_manager
        assert [line.what for line in history(loaded)] == ["release_loaded", "release_withdrawn"]

    def test_it_happens_once(self, loaded, release_manager):
        withdraw_release(release=loaded, reason="wrong", by=release_manager)
        with pytest.raises(NotWithdrawn, match="withdrawn before"):
            withdraw_release(release=loaded, reason="wrong again", by=release_manager)

    def test_it_needs_a_reason(self, loaded, release_manager):
        with pytest.raises(NotWithdrawn, match="Say why"):
            withdraw_release(release=loaded, reason=" \n", by=release_manager)

    def test_it_needs_the_permission(self, loaded, editor):
        with pytest.raises(PermissionDenied):
            withdraw_release(release=loaded, reason="wrong", by=editor)

    def test_the_one_it_replaced_does_not_come_back(self, loaded, second_revision, release_manager):
        newer = load_release(directory=second_revision, by=release_manager)
        withdraw_release(release=newer, reason="wrong", by=release_manager)
        loaded.refresh_from_db()
        assert loaded.state == State.SUPERSEDED

    def test_a_corrected_revision_may_follow(self, loaded, second_revision, release_manager):
        withdraw_release(release=loaded, reason="wrong", by=release_manager)
        newer = load_release(directory=second_revision, by=release_manager)
        loaded.refresh_from_db()
        assert (newer.state, loaded.state) == (State.CURRENT, State.WITHDRAWN)


if connection.vendor == "postgresql":  # for SQLite see tests/journeys/test_demo_command.py: it needs a file

    @pytest.fixture
    def emptied_afterwards(transactional_db):
        """The tables are emptied after a test of several connections, which their guards would refuse."""
        yield
        for model in (Event, Release, ReleasedFigure, QualityRecord, ReleaseFile):
            release_rows(model, connection)

    @pytest.mark.usefixtures("emptied_afterwards")
    def test_of_two_who_load_the_same_release_at_once_one_succeeds(release_folder, release_manager):
        def load(number: int) -> str:
            try:
                return load_release(directory=release_folder, by=release_manager).name
            except NotLoaded as refusal:
                return str(refusal)
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as people:
            outcomes = sorted(people.map(load, range(4)))
        assert outcomes == [f"The same release is here already, as {NAME} (current)."] * 3 + [NAME]
        assert Release.objects.count() == 1
        storage_names = [path.name for path in storage.folder_of(NAME).parent.iterdir()]
        assert storage_names == [NAME]
