"""What stands of the demonstration. Knows no Django, so that a demonstration that stands is served at once."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import evenhand

PACKAGE = Path(evenhand.__file__).parent


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
    """Made by which software, opened by which password."""

    software: str
    password: str


def standing(folder: Path) -> Stamp | None:
    """The demonstration that stands in ``folder`` and was made by this very software; None when it has to be built."""
    try:
        stamp = Stamp(**json.loads(_file(folder).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return stamp if stamp.software == software_digest() else None


def seal(stamp: Stamp, folder: Path) -> None:
    """Say that the demonstration in ``folder`` stands. Only its owner may read the password."""
    file = _file(folder)
    file.touch(mode=0o600)
    file.write_text(json.dumps(asdict(stamp)), "utf-8")


def break_seal(folder: Path) -> None:
    """Say that nothing stands in ``folder`` until `seal` says so again."""
    _file(folder).unlink(missing_ok=True)


def software_digest(package: Path = PACKAGE) -> str:
    """One SHA-256 over every file of the package: its code, definitions, facts, templates and style sheets."""
    digest = sha256(version("evenhand").encode())
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(package)}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def folder_in(environment: Mapping[str, str]) -> Path:
    """The demonstration's folder, as the settings will find it."""
    return Path(environment.get("EVENHAND_DATA_DIR", "").strip() or "var").expanduser().resolve() / "demonstration"


def _file(folder: Path) -> Path:
    return folder / "stamp.json"
