"""A release sent as one ZIP file, unpacked without trusting a word of it.

A ZIP can name files outside the folder it is unpacked into, hold links, claim one size and unpack to another, or unpack
to a thousand times its length. None of that is asked of the archive: names are held to a plain form, and what comes out
is counted while it comes.
"""

import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings

from evenhand.errors import InputRefused

MOST_ENTRIES = 20
CHUNK = 64 * 1024
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}\.[a-z]{1,10}")
_A_LINK = 0o120000


class ArchiveRefused(InputRefused):
    """A ZIP file is not unpacked; the message gives the reason."""


@contextmanager
def unpacked(archive: IO[bytes]) -> Iterator[Path]:
    """A folder with the files of ``archive``, gone afterwards.

    The files stand at the top of the archive or together in one folder.

    Raises:
        ArchiveRefused: it is no ZIP file, or holds what a release does not.
    """
    with tempfile.TemporaryDirectory(prefix="evenhand-") as place:
        folder = Path(place) / "release"
        folder.mkdir()
        try:
            with zipfile.ZipFile(archive) as opened:
                _unpack(opened, folder)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError):
            raise ArchiveRefused("This is not a ZIP file that can be read whole. Send the release as a ZIP.") from None
        yield folder


def _unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if not entries or len(entries) > MOST_ENTRIES:
        raise ArchiveRefused(f"The ZIP holds {len(entries)} files; a release has six.")
    if len({PurePosixPath(entry.filename).parent for entry in entries}) > 1:
        raise ArchiveRefused("The files of the ZIP stand in several folders; those of a release stand in one.")
    room = settings.RELEASE_SIZE_LIMIT
    for entry in entries:
        room -= _write_at_most(archive, entry, folder / _plain_name(entry), room)


def _plain_name(entry: zipfile.ZipInfo) -> str:
    path = PurePosixPath(entry.filename)
    in_one_folder = len(path.parts) <= 2 and not path.is_absolute() and ".." not in path.parts
    if not in_one_folder or not _PLAIN_NAME.fullmatch(path.name) or entry.external_attr >> 16 & 0o170000 == _A_LINK:
        raise ArchiveRefused(
            "The ZIP holds a file whose name is not that of a release’s file (small letters, a dot, an ending), "
            "or a link. Pack the folder of the release as it was made."
        )
    return path.name


def _write_at_most(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, limit: int) -> int:
    if entry.flag_bits & 0x1:
        raise ArchiveRefused("The ZIP is locked with a password. Send it without one.")
    if target.exists():
        raise ArchiveRefused(f"The ZIP holds {target.name} twice.")
    written = 0
    with archive.open(entry) as reading, target.open("xb") as writing:
        while chunk := reading.read(CHUNK):
            written += len(chunk)
            if written > limit:
                raise ArchiveRefused(
                    f"The ZIP unpacks to more than {settings.RELEASE_SIZE_LIMIT // 1024**2} MB. No release is as large."
                )
            writing.write(chunk)
    return written
