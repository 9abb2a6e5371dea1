"""Reading the environment: each variable once, checked, with an error that says what would be right."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from evenhand.errors import EvenhandError

YES = {"1", "yes", "true", "on"}
NO = {"0", "no", "false", "off", ""}


class SettingRefused(EvenhandError):
    """A setting is missing or means nothing."""


def text(name: str, *, default: str = "") -> str:
    """The value of ``name`` without blanks around it."""
    return os.environ.get(name, default).strip()


def choice(name: str, *, options: tuple[str, ...]) -> str:
    """One of ``options``; the first when the variable is not set."""
    value = text(name, default=options[0])
    if value not in options:
        raise SettingRefused(f"{name} is {value!r}; it takes one of: {', '.join(options)}.")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """Yes or no."""
    value = text(name, default="yes" if default else "no").lower()
    if value not in YES | NO:
        raise SettingRefused(f"{name} is {value!r}; it takes yes or no.")
    return value in YES


def number(name: str, *, default: int) -> int:
    """A whole number of 0 or more."""
    value = text(name, default=str(default))
    if not value.isdecimal():
        raise SettingRefused(f"{name} is {value!r}; it takes a whole number of 0 or more.")
    return int(value)


def words(name: str) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def folder(name: str, *, default: Path) -> Path:
    """A folder, made absolute. It need not exist yet."""
    return Path(text(name) or default).expanduser().resolve()


def database(name: str, *, default: Path, keep_to_default: bool = False) -> dict[str, Any]:
    """Django's description of the database at the address in ``name``; a SQLite file at ``default`` when not set, or
    when the demonstration must not touch any other.

    ``sqlite:////var/lib/evenhand/evenhand.sqlite3`` or ``postgresql://user:password@host:5432/name?sslmode=require``.
    A ``host`` among the options (a folder of a socket) takes the place of the host in the address.
    """
    given = "" if keep_to_default else text(name)
    address = given or f"sqlite:///{default}"
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path).removeprefix("/"))
    if parts.scheme in {"postgres", "postgresql"}:
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise SettingRefused(f"{name} begins with {parts.scheme!r}; it takes sqlite:///… or postgresql://…")


def _sqlite(file: str) -> dict[str, Any]:
    """WAL lets people read while one writes; IMMEDIATE takes the write lock at the start of a transaction, where SQLite
    waits for it, and not in its middle, where it would fail."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # With recursive triggers, REPLACE runs the delete triggers of the rows it puts out of the way.
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA recursive_triggers = ON;",
        },
    }
