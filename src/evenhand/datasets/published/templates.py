"""File names and column headers that carry a meaning: ``{year}-{month}-{organisation}-stop-and-search``.

A mapping writes the name with placeholders, never a regular expression: short, readable, and nothing a mapping can say
makes the match slow.
"""

import re
from functools import cache

PLACEHOLDERS = {
    "year": r"(?:19|20)[0-9]{2}",  # the calendar year in which the period starts
    "ending": r"[0-9]{2}",  # the last two digits of the year in which the period ends: 16 for 2015/16
    "month": r"(?:0[1-9]|1[0-2])",
    "organisation": r".+",
    "group": r".+",
}

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders(template: str) -> frozenset[str]:
    """The names between braces.

    Raises:
        ValueError: a name is not one of ``PLACEHOLDERS``, or stands twice.
    """
    names = _PLACEHOLDER.findall(template)
    for name in names:
        if name not in PLACEHOLDERS:
            raise ValueError(f"{{{name}}} is not a placeholder; there are {', '.join(sorted(PLACEHOLDERS))}")
        if names.count(name) > 1:
            raise ValueError(f"{{{name}}} stands twice in {template!r}")
    return frozenset(names)


def match(template: str, text: str) -> dict[str, str] | None:
    """What each placeholder stands for in ``text``; None when the text does not follow the template.

    ``*`` in a template stands for anything. Upper and lower case do not matter.
    """
    found = _pattern(template).fullmatch(text)
    return found.groupdict() if found else None


def fill(template: str, values: dict[str, str]) -> str:
    """The template with each placeholder replaced by its value."""
    return _PLACEHOLDER.sub(lambda name: values[name.group(1)], template)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    pieces = re.split(r"(\{[^{}]*\}|\*)", template)
    return re.compile("".join(_piece(piece) for piece in pieces), re.IGNORECASE | re.DOTALL)


def _piece(piece: str) -> str:
    if piece == "*":
        return ".*"
    if piece.startswith("{"):
        return f"(?P<{piece[1:-1]}>{PLACEHOLDERS[piece[1:-1]]})"
    return re.escape(piece)
