"""A ZIP file from outside is hostile until it is unpacked: each test is one way in which it can be."""

import io
import struct
import zipfile

import pytest

from evenhand.apps.monitoring.archives import MOST_ENTRIES, ArchiveRefused, unpacked


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> io.BytesIO:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writing:
        for name, content in files:
            writing.writestr(name, content)
    archive.seek(0)
    return archive


def refused(archive: io.BytesIO, message: str) -> None:
    with pytest.raises(ArchiveRefused, match=message), unpacked(archive):
        pytest.fail("it was unpacked")


@pytest.mark.parametrize("prefix", ["", "qk1-2023-24-1/"])
def test_files_at_the_top_or_in_one_folder_are_unpacked(prefix):
    with unpacked(zipped((f"{prefix}a.csv", b"1"), (f"{prefix}b.json", b"2"))) as folder:
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == {"a.csv": b"1", "b.json": b"2"}
    assert not folder.exists()


def test_a_folder_of_its_own_among_the_entries_does_no_harm():
    with unpacked(zipped(("r/", b""), ("r/a.csv", b"1"))) as folder:
        assert [file.name for file in folder.iterdir()] == ["a.csv"]


@pytest.mark.parametrize(
    "name",
    [
        "../a.csv",
        "/etc/a.csv",
        "../../r/a.csv",
        "r/../a.csv",
        "r/deep/a.csv",
        "..",
        "a",
        ".a.csv",
        "a.csv.",
        "A.csv",
        "a b.csv",
        "a.csv\n",
        "..\\a.csv",
        "c:\\a.csv",
        "ä.csv",
        "x" * 70 + ".csv",
    ],
)
def test_a_name_that_is_not_plain_is_refused(name, tmp_path):
    refused(zipped((name, b"1")), "whose name is not that of a release")


def test_a_link_is_refused():
    link = zipfile.ZipInfo("a.csv")
    link.external_attr = 0o120777 << 16
    refused(zipped((link, b"/etc/passwd")), "or a link")


def test_a_bomb_is_stopped_while_it_unpacks(settings):
    settings.RELEASE_SIZE_LIMIT = 1024**2
    bomb = zipped(("a.csv", b"0" * 10 * 1024**2))
    assert len(bomb.getvalue()) < 20_000
    refused(bomb, "unpacks to more than 1 MB")


def test_the_limit_is_for_all_files_together(settings):
    settings.RELEASE_SIZE_LIMIT = 1024**2
    refused(zipped(*((f"{letter}.csv", b"0" * 600_000) for letter in "ab")), "unpacks to more than 1 MB")


def test_a_size_that_lies_is_not_believed(settings):
    """The entry says 10 bytes; what unpacks is counted, and a ZIP that contradicts itself is no ZIP."""
    settings.RELEASE_SIZE_LIMIT = 1024**2
    bomb = zipped(("a.csv", b"0" * 5 * 1024**2)).getvalue()
    lying = bomb.replace(struct.pack("<L", 5 * 1024**2), struct.pack("<L", 10))
    assert lying != bomb
    refused(io.BytesIO(lying), "ZIP")


@pytest.mark.parametrize(
    ("archive", "message"),
    [
        (io.BytesIO(b""), "not a ZIP file"),
        (io.BytesIO(b"PK\x03\x04 nothing more"), "not a ZIP file"),
        (io.BytesIO(zipped(("a.csv", b"1" * 5_000)).getvalue()[:-30]), "not a ZIP file"),
        (zipped(), "holds 0 files"),
        (zipped(*((f"a{number}.csv", b"") for number in range(MOST_ENTRIES + 1))), "a release has six"),
        (zipped(("a/a.csv", b""), ("b/b.csv", b"")), "in several folders"),
    ],
    ids=["empty", "begun", "cut", "nothing in it", "crowded", "several folders"],
)
def test_what_is_not_a_release_in_a_zip_is_refused(archive, message):
    refused(archive, message)


def test_content_that_was_damaged_is_refused():
    archive = bytearray(zipped(("a.csv", bytes(range(256)) * 40)).getvalue())
    archive[60] ^= 0xFF
    refused(io.BytesIO(bytes(archive)), "not a ZIP file that can be read whole")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused():
    refused(zipped(("a.csv", b"1"), ("a.csv", b"2")), "holds a.csv twice")


def test_a_locked_zip_is_refused():
    archive = bytearray(zipped(("a.csv", b"1")).getvalue())
    archive[6] |= 1  # the flag in the file's own header
    archive[archive.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    refused(io.BytesIO(bytes(archive)), "locked with a password")


def test_an_unknown_way_of_packing_is_refused():
    archive = bytearray(zipped(("a.csv", b"1")).getvalue())
    archive[8] = archive[archive.index(b"PK\x01\x02") + 10] = 97
    refused(io.BytesIO(bytes(archive)), "not a ZIP file that can be read whole")
