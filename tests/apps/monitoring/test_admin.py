"""The editors' area: a release is loaded from a ZIP file and withdrawn with a reason, in the browser's own way."""

import io
import zipfile

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.apps.monitoring import queries
from evenhand.apps.monitoring.models import Release, State

NAME = "nhs-england-2023-24-1"


def as_zip(folder) -> SimpleUploadedFile:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writing:
        for file in folder.iterdir():
            writing.write(file, f"{folder.name}/{file.name}")
    return SimpleUploadedFile("release.zip", archive.getvalue(), "application/zip")


@pytest.fixture
def signed_in(client, release_manager):
    client.force_login(release_manager)
    return client


def test_a_release_is_loaded_from_a_zip(signed_in, release_folder, release_manager):
    answer = signed_in.post("/admin/releases/load/", {"archive": as_zip(release_folder)}, follow=True)
    page = answer.content.decode()
    assert f"{NAME} is loaded and shown" in page
    assert Release.objects.get().loaded_by == release_manager
    assert "Rae Lees" in page


def test_what_is_downloaded_here_can_be_loaded_elsewhere(signed_in, loaded, db):
    package = queries.whole_package(queries.release(NAME))
    answer = signed_in.post("/admin/releases/load/", {"archive": SimpleUploadedFile("r.zip", package)})
    assert "The same release is here already" in answer.content.decode()


def test_a_release_that_does_not_verify_is_refused_with_the_reason(signed_in, release_folder):
    sent = as_zip(release_folder)
    content = bytearray(sent.read())
    content[content.index(b"observations.csv") + 400] ^= 1
    for fault, reason in (
        (SimpleUploadedFile("r.zip", bytes(content)), "not a ZIP file that can be read whole"),
        (SimpleUploadedFile("r.zip", b"PK"), "not a ZIP file"),
        (SimpleUploadedFile("r.zip", b""), "The submitted file is empty"),
    ):
        page = signed_in.post("/admin/releases/load/", {"archive": fault}).content.decode()
        assert reason in page
    assert not Release.objects.exists()


def test_a_file_that_is_too_large_is_not_opened(signed_in, release_folder, settings):
    settings.RELEASE_UPLOAD_LIMIT = 1000
    page = signed_in.post("/admin/releases/load/", {"archive": as_zip(release_folder)}).content.decode()
    assert "larger than 0 MB" in page
    assert not Release.objects.exists()


def test_a_release_is_withdrawn_with_a_reason(signed_in, loaded):
    address = f"/admin/releases/{NAME}/withdraw/"
    assert "cannot be undone" in signed_in.get(address).content.decode()
    assert "This field is required" in signed_in.post(address, {"reason": " "}).content.decode()
    page = signed_in.post(address, {"reason": "A count was wrong."}, follow=True).content.decode()
    assert "A count was wrong." in page
    assert Release.objects.get().state == State.WITHDRAWN
    again = signed_in.post(address, {"reason": "Once more."})
    assert "was withdrawn before" in again.content.decode()
    assert Release.objects.get().withdrawn_because == "A count was wrong."


def test_the_list_says_when_there_is_nothing(signed_in):
    page = signed_in.get("/admin/releases/").content.decode()
    assert "No release has been loaded." in page
    assert "Load a release" in page


def test_who_may_only_look_finds_nothing_to_act_with(client, loaded, stranger):
    stranger.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_release"]))
    client.force_login(stranger)
    page = client.get("/admin/releases/").content.decode()
    assert NAME in page
    assert "withdraw/" not in page
    assert "load/" not in page


def test_the_menu_shows_releases_to_those_who_may_see_them(client, editor, release_manager):
    for account, shown in ((editor, False), (release_manager, True)):
        client.force_login(account)
        assert ("/admin/releases/" in client.get("/admin/").content.decode()) is shown


def test_an_administrator_can_give_the_permissions(client, administrator):
    client.force_login(administrator)
    page = client.get("/admin/groups/new/").content.decode()
    for codename in ("load_release", "withdraw_release", "view_release"):
        permission = Permission.objects.get(codename=codename)
        assert f'value="{permission.pk}"' in page
