"""The folder of a release, byte by byte: which files it may hold, read once, and written so that nothing is left half.

Every check and every figure is made from the same bytes, so that a file cannot be one thing to the check and another
to the reader.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from evenhand.errors import InputRefused
from evenhand.publication.package import FILES
from evenhand.publication.release import ReleaseUnreadable

T = TypeVar("T")

# The largest release so far thought of, 3 million rows, takes about 900 MB as CSV. What is larger is no release.
MAXIMUM_BYTES = 1 << 30


def release_contents(directory: Path) -> dict[str, bytes]:
    """The content of every file of a release, by name.

    Raises:
        ReleaseUnreadable: it is not a folder, a file is missing or does not belong there, or one is not a plain file
            (a link could lead out of the folder) or too large.
    """
    try:
        names = sorted(entry.name for entry in os.scandir(directory))
    except OSError as error:
        raise ReleaseUnreadable(f"{directory}: is not a folder that can be read ({error.strerror}).") from error
    missing = [name for name in FILES if name not in names]
    if missing:
        raise ReleaseUnreadable(f"{directory}: {missing[0]} is missing. A release holds {', '.join(FILES)}.")
    foreign = [name for name in names if name not in FILES]
    if foreign:
        raise ReleaseUnreadable(
            f"{directory}: {foreign[0]!r} does not belong to a release. A release holds {', '.join(FILES)} alone."
        )
    return {name: _content(directory / name) for name in FILES}


def _content(path: Path) -> bytes:
    try:
        # O_NOFOLLOW: a link would be read in the name of the folder that it stands in.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise ReleaseUnreadable(f"{path}: is not a plain file that can be read ({error.strerror}).") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise ReleaseUnreadable(f"{path}: is not a plain file.")
    with os.fdopen(handle, "rb") as file:
        content = file.read(MAXIMUM_BYTES + 1)
    if len(content) > MAXIMUM_BYTES:
        raise ReleaseUnreadable(f"{path}: is larger than {MAXIMUM_BYTES} bytes; no release is.")
    return content


def write_release_folder(out: Path, name: str, contents: Mapping[str, bytes], read_back: Callable[[Path], T]) -> T:
    """Write the files into a new folder ``name`` in ``out``, all of them or none.

    They are written to a folder beside it, ``read_back`` reads that, and only then does it get its name. What goes
    wrong on the way leaves nothing behind. Returns what was read.

    Raises:
        InputRefused: there is a folder of that name already (a release is never written over), or ``out`` cannot be
            written to.
    """
    final = out / name
    if os.path.lexists(final):
        raise InputRefused(
            f"{final}: exists already. A release is never written over: a correction is a new revision that names what "
            "it replaces."
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _folder_beside(final) as folder:
            for file, content in contents.items():
                _write(folder / file, content)
            read = read_back(folder)
            folder.rename(final)
    except OSError as error:
        raise InputRefused(f"{out}: cannot be written to ({error.strerror}).") from error
    return read


@contextmanager
def _folder_beside(final: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f".{final.name}.", dir=final.parent))
    folder.chmod(0o755)  # mkdtemp makes it private; a release is public
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
