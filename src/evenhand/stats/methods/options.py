"""The choices that a method leaves to who calls, as text from the command line or as values from Python."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Any

from evenhand.errors import InputRefused

YES, NO = frozenset({"1", "yes", "true"}), frozenset({"0", "no", "false"})


@dataclass(frozen=True, slots=True)
class Option:
    """One choice.

    Attributes:
        meaning: what it decides; ``takes``: what may be given, in words.
        read: from what was given to the value; raises ValueError for what is not right.
        default: the value when nothing is given. ``required``: nothing is right when nothing is given.
    """

    name: str
    meaning: str
    takes: str
    read: Callable[[Any], Any]
    default: Any = None
    required: bool = False

    def value(self, given: Any) -> Any:
        """The value of what was given; raises InputRefused when it is not right."""
        try:
            return self.read(given)
        except (TypeError, ValueError):
            raise InputRefused(f"{self.name}: found {given!r}; {self.takes} is right") from None

    @property
    def words(self) -> str:
        """What it is, for a person who asks."""
        if self.required:
            return f"{self.meaning}: {self.takes}; it has to be given"
        none = self.default is None or self.default in ("", ())
        return f"{self.meaning}: {self.takes}" + ("" if none else f"; {self._default_in_words} when left out")

    @property
    def _default_in_words(self) -> str:
        if isinstance(self.default, bool):
            return "yes" if self.default else "no"
        return _short(self.default) if isinstance(self.default, StrEnum) else f"{self.default}"


def number(name: str, meaning: str, default: float | None = None) -> Option:
    """A finite number."""
    return Option(name, meaning, "a number", _number, default)


def whole(name: str, meaning: str, default: int | None = None) -> Option:
    """A whole number."""
    return Option(name, meaning, "a whole number", _whole, default)


def switch(name: str, meaning: str) -> Option:
    """Yes or no; no when left out."""
    return Option(name, meaning, "yes or no", _switch, False)


def text(name: str, meaning: str, default: str | None = None, *, takes: str = "text", required: bool = False) -> Option:
    """Any text."""
    return Option(name, meaning, takes, str, default, required)


def names(name: str, meaning: str) -> Option:
    """Several names."""
    return Option(name, meaning, "one or more, with commas between", _names, ())


def one_of(name: str, meaning: str, default: StrEnum) -> Option:
    """One of the members of an enumeration, by its short name."""
    members = {_short(member): member for member in type(default)}
    *others, last = members

    def read(given: Any) -> StrEnum:
        found = given if isinstance(given, type(default)) else members.get(str(given).strip().casefold())
        if found is None:
            raise ValueError
        return found

    return Option(name, meaning, f"{', '.join(others)} or {last}", read, default)


def _short(member: StrEnum) -> str:
    return member.name.casefold().replace("_", "-")


def _number(given: Any) -> float:
    found = float(given)
    if not isfinite(found):
        raise ValueError
    return found


def _whole(given: Any) -> int:
    found = _number(given)
    if not found.is_integer():
        raise ValueError
    return int(found)


def _switch(given: Any) -> bool:
    said = str(given).strip().casefold()
    if said not in YES | NO:
        raise ValueError
    return said in YES


def _names(given: Any) -> tuple[str, ...]:
    parts: Iterable[Any] = given.split(",") if isinstance(given, str) else given
    return tuple(str(part).strip() for part in parts)
