"""A statistical method as it is run on a table: which columns it takes, how their rows belong together, what it gives.

The arithmetic is in the modules of ``evenhand.stats``; a method here only says how a table meets it, so that the
command line and the data frames run the same ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.errors import InputRefused
from evenhand.stats.estimates import Estimates
from evenhand.stats.grids import Grid
from evenhand.stats.methods.options import Option
from evenhand.stats.statuses import StatusArray
from evenhand.stats.summaries import Summaries
from evenhand.stats.tables import BoolArray, Table

Options = Mapping[str, Any]
Figures = dict[str, Any]
"""Columns of a result: arrays, or one text or number that holds for all of it."""


class Holds(StrEnum):
    """What a column holds."""

    COUNTS = "counts, 0 or more"
    NUMBERS = "numbers"
    NOT_NEGATIVE = "numbers, 0 or more"
    SHARES = "numbers from 0 to 1"
    DATES = "dates"


class Order(Enum):
    """What order the labels of a column have."""

    NONE = ""
    RANK = "their order is that of rank, the most disadvantaged first: whole numbers, or as --order says"
    TIME = "their order is that of time: dates, months, years, whole numbers, or as --order says"
    AGE = "ages or age bands such as 0, 1-4, 90+"


@dataclass(frozen=True, slots=True)
class Role:
    """A column of numbers that a method takes, under the name that the method has for it.

    Attributes:
        within: the role of the whole that these counts are part of.
        among: the role of those it happened to: where there are none, nothing can have happened.
    """

    name: str
    meaning: str
    holds: Holds = Holds.COUNTS
    required: bool = True
    within: str = ""
    among: str = ""


@dataclass(frozen=True, slots=True)
class LabelRole:
    """A column of labels. Each becomes a side of the arrays, unless it only ``names`` something (a larger group)."""

    name: str
    meaning: str
    order: Order = Order.NONE
    names: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One kind of figure: arrays in the shape of ``status``, or what is the same for all of them."""

    figures: Figures
    status: StatusArray


@dataclass(frozen=True, slots=True)
class Answer:
    """What a method gives.

    Attributes:
        results: each under its name ("difference", "slope index of inequality"), all of one shape: the first sides of
            the grid, as many as they have dimensions.
        notes: what a reader must know besides, in sentences.
        kept: where the last side of the results holds only some of the grid's places, which these are.
        every_place: whether there is a figure for each place of each setting, whether or not the table has a row.
        hidden: where a figure that lacks a number lacks one that was hidden; worked out by the grid when left out.
    """

    results: Mapping[str, Result]
    notes: tuple[str, ...] = ()
    kept: NDArray[np.intp] | None = None
    every_place: bool = False
    hidden: BoolArray | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method, under the name that it is asked for by.

    Attributes:
        title: what it gives, in a few words.
        module: where its formulas, their sources and where it fails are written.
        labels: the columns of labels it takes; none where each row stands for itself.
        roles: the columns of numbers.
        run: from the laid-out numbers and the options to the answer.
        sequence: the role of the dates by which the rows of one series follow each other, where they are its places.
    """

    name: str
    title: str
    module: str
    roles: tuple[Role, ...]
    run: Callable[[Grid, Options], Answer] = field(repr=False)
    labels: tuple[LabelRole, ...] = ()
    options: tuple[Option, ...] = ()
    sequence: str = ""

    @property
    def takes(self) -> tuple["LabelRole | Role", ...]:
        """Every column that it takes."""
        return (*self.labels, *self.roles)

    @property
    def sides(self) -> tuple[LabelRole, ...]:
        """The labels that rows are laid out by."""
        return tuple(label for label in self.labels if not label.names)

    @property
    def ordered(self) -> LabelRole | None:
        """The column of labels whose order may be given, where there is one."""
        return next((label for label in self.labels if label.order in (Order.RANK, Order.TIME)), None)

    def chosen_columns(self, given: Mapping[str, str], table: Table) -> dict[str, str]:
        """The column of each role: as given, or that of the role's own name.

        Raises InputRefused for a role or a column that does not exist, and for a role without a column.
        """
        for name in given:
            if name not in {role.name for role in self.takes}:
                takes = ", ".join(role.name for role in self.takes)
                raise InputRefused(f"columns: found {name!r}, which {self.name} does not take; it takes {takes}")
        chosen = {}
        for role in self.takes:
            if role.name in given:
                table.column(given[role.name])
                chosen[role.name] = given[role.name]
            elif role.name in table.columns:
                chosen[role.name] = role.name
            elif isinstance(role, LabelRole) or role.required:
                raise InputRefused(
                    f"columns: found none for {role.name!r} ({role.meaning}); "
                    f"{role.name}=COLUMN is right, with one of {', '.join(map(str, table.columns))}"
                )
        return chosen

    def chosen_options(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every option with its value, as given or by default; one that is unknown or lacking is refused."""
        known = {option.name: option for option in self.options}
        for name in given:
            if name not in known:
                takes = ", ".join(known) or "none"
                raise InputRefused(f"options: found {name!r}, which {self.name} does not take; it takes {takes}")
        for option in self.options:
            if option.required and option.name not in given:
                raise InputRefused(f"{option.name}: found none; {option.takes} is right")
        return {name: option.value(given[name]) if name in given else option.default for name, option in known.items()}


def of_estimates(found: Estimates, **more: Any) -> Result:
    """Estimates as a result; ``more`` figures come after them."""
    figures: Figures = {
        "value": found.value,
        "lower": found.interval.lower,
        "upper": found.interval.upper,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "unit": found.unit,
        "confidence": found.confidence,
        "method": found.method,
        "reference": found.reference,
    }
    return Result({**figures, **more}, found.status)


def of_summaries(found: Summaries, **more: Any) -> Result:
    """Summaries as a result."""
    figures: Figures = {
        "value": found.value,
        "lower": found.interval.lower,
        "upper": found.interval.upper,
        "corrected": found.corrected,
        "null_upper": found.null_upper,
        "groups": found.groups,
        "unit": found.unit,
        "confidence": found.confidence,
        "method": found.method,
        "reference": found.reference,
    }
    simulated: Figures = {"draws": found.draws, "seed": found.seed} if found.draws else {}
    return Result(figures | more | simulated, found.status)


def in_words(codes: NDArray[Any], words: Callable[[int], str]) -> NDArray[Any]:
    """Codes as words, each looked up once."""
    distinct, places = np.unique(codes, return_inverse=True)
    return np.array([words(code) for code in distinct.tolist()], dtype=object)[places].reshape(codes.shape)


def beside(values: NDArray[Any], shape: Sequence[int]) -> NDArray[Any]:
    """One value a setting, set beside each figure of the setting."""
    return np.broadcast_to(values[:, np.newaxis], tuple(shape))
