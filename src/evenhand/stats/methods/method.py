"""A statistical method as it is run on a table: which columns it needs, how their rows belong together, what it gives.

The arithmetic is in the modules of ``evenhand.stats``; a method here only says how a table meets it, so that the
command line and the data frames run the same ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.errors import InputRefused
from evenhand.stats.estimates import Estimates
from evenhand.stats.summaries import Summaries
from evenhand.stats.tables import Grid

ResultColumn = NDArray[Any]


class Layout(StrEnum):
    """How the rows of a table belong together."""

    ROWS = "rows"  # each row is a figure of its own
    STRATA = "strata"  # the rows of one group are its strata: age bands, sexes
    GROUPS = "groups"  # the rows of one setting are its groups
    RANKED_GROUPS = "ranked groups"  # and their order has a meaning: tenths of deprivation
    STRATA_OF_GROUPS = "strata of groups"  # the rows of one setting are its groups, each in strata
    PERIODS = "periods"  # the rows of one series are its periods


INNER = {
    Layout.STRATA: "stratum",
    Layout.STRATA_OF_GROUPS: "stratum",
    Layout.GROUPS: "group",
    Layout.RANKED_GROUPS: "group",
    Layout.PERIODS: "period",
}
"""The role of the column that tells the rows of one place apart."""


@dataclass(frozen=True, slots=True)
class Role:
    """A column that a method takes, under the name that the method has for it."""

    name: str
    meaning: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a method leaves to who calls. ``default`` shows its kind; None: there is none, and it is text."""

    name: str
    meaning: str
    default: float | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a method gives: for each name ("difference", "SII") one column of results or more.

    ``per_inner``: one result for each group, stratum or period; else one for all of them together. ``inner``: the
    labels of those that results are for, where they are not all.
    """

    results: Mapping[str, Estimates | Summaries | Mapping[str, ResultColumn]]
    per_inner: bool
    notes: tuple[str, ...] = ()
    inner: tuple[str, ...] | None = None


Options = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method by the name that it is asked for by.

    Attributes:
        title: what it gives, in a few words.
        roles: the columns of numbers that it takes.
        run: from the laid-out numbers and the options to the answer.
    """

    name: str
    title: str
    layout: Layout
    roles: tuple[Role, ...]
    run: Callable[[Grid, Options], Answer] = field(repr=False)
    options: tuple[Option, ...] = ()

    @property
    def label_roles(self) -> tuple[str, ...]:
        """The roles of the columns of words: what tells the rows of one place apart; none where each stands alone."""
        if self.layout is Layout.STRATA_OF_GROUPS:
            return ("group", INNER[self.layout])
        return (INNER[self.layout],) if self.layout in INNER else ()

    def checked_columns(self, given: Sequence[str]) -> None:
        """Raise InputRefused unless the roles that were given are those that the method takes."""
        known = [*self.label_roles, *(role.name for role in self.roles)]
        needed = [*self.label_roles, *(role.name for role in self.roles if role.required)]
        for name in given:
            if name not in known:
                raise InputRefused(f"{self.name}: found a column for {name!r}; it takes {', '.join(known)}")
        for name in needed:
            if name not in given:
                raise InputRefused(f"{self.name}: found no column for {name!r}; say which one, as {name}=COLUMN")

    def checked_options(self, given: Mapping[str, str | float]) -> dict[str, Any]:
        """Every option with its value, as given or by default; raises InputRefused for one that is not known."""
        known = {option.name: option for option in self.options}
        for name in given:
            if name not in known:
                takes = ", ".join(sorted(known)) or "none"
                raise InputRefused(f"{self.name}: found the option {name!r}; it takes {takes}")
        return {option.name: _value(option, given.get(option.name)) for option in self.options}


def _value(option: Option, given: str | float | None) -> str | float | None:
    if given is None:
        return option.default
    return as_number(option.name, given) if isinstance(option.default, float | int) else str(given)


def as_number(name: str, text: str | float) -> float:
    """An option as a number; raises InputRefused when it is none."""
    try:
        return float(text)
    except ValueError:
        raise InputRefused(f"{name}: found {text!r}; a number is right") from None


def strings(values: Sequence[str]) -> ResultColumn:
    """Words as a column of results."""
    return np.array(values, dtype=object)
