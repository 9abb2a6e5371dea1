"""Where the files of releases stand: one folder each, written once, read-only, checked at every reading."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from django.conf import settings

from evenhand.errors import EvenhandError, InputRefused

MOST_FILES = 20  # a release has six; the reader says which one is too many
CHUNK = 1024 * 1024
_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class FileDamaged(EvenhandError):
    """A stored file is not what was stored."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Name, size in bytes and SHA-256 of a file as it was when it was stored."""

    name: str
    size: int
    sha256: str


@contextmanager
def private_copy(directory: Path) -> Iterator[Path]:
    """A copy of the files in ``directory`` that nobody else writes to, so that what is verified is what is kept.

    The copy is gone afterwards, unless it was kept.

    Raises:
        InputRefused: no folder, too many files, something that is no plain file, or too much of it.
    """
    root = _root()
    copy = Path(tempfile.mkdtemp(prefix=".incoming-", dir=root))
    try:
        _copy_plain_files(directory, copy)
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def keep(copy: Path, name: str) -> tuple[StoredFile, ...]:
    """Make a private copy the folder of the release ``name``. What an interrupted load left there gives way."""
    folder = folder_of(name)
    if folder.exists():
        shutil.rmtree(folder)
    for file in copy.iterdir():
        file.chmod(0o444)
    copy.chmod(0o755)
    copy.rename(folder)
    return tuple(_stored(file) for file in sorted(folder.iterdir()))


def content(name: str, file: StoredFile) -> bytes:
    """The content of a release's file.

    Raises:
        FileDamaged: it is gone, or it is not the file that was stored.
    """
    try:
        found = (folder_of(name) / file.name).read_bytes()
    except OSError:
        found = b""
    if len(found) != file.size or sha256(found).hexdigest() != file.sha256:
        raise FileDamaged(
            f"{file.name} of release {name} is not the file that was stored, and is not handed out. "
            "Restore the folder of releases from a backup."
        )
    return found


def folder_of(name: str) -> Path:
    """The folder of the release ``name``."""
    return _root() / name


def _root() -> Path:
    root = Path(settings.RELEASES_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    return root


def _copy_plain_files(directory: Path, copy: Path) -> None:
    if not directory.is_dir():
        raise InputRefused(f"{directory.name}: there is no such folder. Give the folder of a release.")
    entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
    if len(entries) > MOST_FILES:
        raise InputRefused(f"{directory.name}: {len(entries)} files; a release has six.")
    room = settings.RELEASE_SIZE_LIMIT
    for entry in entries:
        if not entry.is_file(follow_symlinks=False):
            raise InputRefused(f"{directory.name}: {entry.name} is not a plain file. A release has plain files only.")
        room -= _copy_at_most(Path(entry.path), copy / entry.name, room)


def _copy_at_most(source: Path, target: Path, limit: int) -> int:
    """Copy, and count what was really read: a size that a folder states can change under the reader."""
    copied = 0
    # Neither following a link nor waiting on a pipe, in case one took the file's place since it was looked at.
    descriptor = os.open(source, os.O_RDONLY | _PLAIN)
    with os.fdopen(descriptor, "rb") as reading, target.open("xb") as writing:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise InputRefused(f"{source.name} is not a plain file.")
        while chunk := reading.read(CHUNK):
            copied += len(chunk)
            if copied > limit:
                raise InputRefused(f"The release is larger than {settings.RELEASE_SIZE_LIMIT // CHUNK} MB.")
            writing.write(chunk)
    return copied


def _stored(path: Path) -> StoredFile:
    with path.open("rb") as file:
        return StoredFile(path.name, path.stat().st_size, file_digest(file, "sha256").hexdigest())
