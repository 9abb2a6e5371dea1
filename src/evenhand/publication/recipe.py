"""A recipe says which figures of a source become a release, how they are protected, and who stands for it.

Recipes are written by people in YAML. Those that the package ships stand in ``publication/recipes``; a recipe of an
organisation's own is named by its path and may bring its own mapping and rule, in its own folder.
"""

import re
from dataclasses import dataclass as plain_dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass

from evenhand import strict_yaml
from evenhand.datasets.observations import OrganisationLevel, Period
from evenhand.errors import InputRefused
from evenhand.indicators.specification import Source

SHIPPED = Path(__file__).parent / "recipes"

_STRICT = ConfigDict(extra="forbid")
_SHIPPED_NAME = re.compile(r"[a-z][a-z0-9_]*")
Text = Annotated[str, Field(min_length=1)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")]
Subject = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]


@dataclass(frozen=True, config=_STRICT)
class Licence:
    """Under which terms others may use the figures."""

    name: Text  # an identifier of the Open Definition or SPDX: OGL-UK-3.0
    title: Text
    url: str | None = None

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True, config=_STRICT)
class Releaser:
    """The body whose figures these are: its code, of letters, digits and hyphens, begins the name of the folder."""

    code: Code
    name: Text
    level: OrganisationLevel


@dataclass(frozen=True, config=_STRICT)
class AsPublished:
    """The source is public already: its publisher's own suppression and rounding are carried as they stand."""

    kind: Literal["as_published"]
    publisher: Text
    rule: Text  # the publisher's rule in words


@dataclass(frozen=True, config=_STRICT)
class Whole:
    """An organisation whose counts are the sum of others': a trust and its services."""

    code: Code
    name: Text
    level: OrganisationLevel
    parts: Annotated[tuple[Code, ...], Field(min_length=1)]


@dataclass(frozen=True, config=_STRICT)
class Protect:
    """The source holds exact counts, which this release protects.

    Attributes:
        rule: a packaged rule of ``evenhand.disclosure``, or the path of a rule's YAML file in the recipe's folder.
        whole: the organisation that the source's organisations add up to; None when each stands for itself.
    """

    kind: Literal["protect"]
    rule: Text
    whole: Whole | None = None


@dataclass(frozen=True, config=_STRICT)
class Recipe:
    """What goes into one release.

    Attributes:
        period: figures whose own period lies within it are kept.
        subject: what the figures are about, in a word or two (``talking-therapies``), where one organisation releases
            several sets of figures for a period; it stands in the release's name.
        revision: 1 for the first release; a correction counts on and says in ``replaces`` which release it replaces.
        mapping: how to read the source: a shipped mapping, or the path of a mapping in the recipe's folder.
        indicators: ids of ``evenhand.indicators``.
        organisations: codes to keep, in the order in which pages show them; all of them when empty.
        comparators: for a classification, the group that others are compared with.
        sources: where the figures come from.
        released_by: who stands for this release, a person or a body.
        released_on: the day of release; the day on which it is made when left out.
        invented: True when the figures are invented, for demonstration or practice: every page then says so.
    """

    title: Text
    organisation: Releaser
    period: Period
    mapping: Text
    indicators: Annotated[tuple[Text, ...], Field(min_length=1)]
    comparators: dict[Text, Text]
    protection: Annotated[AsPublished | Protect, Field(discriminator="kind")]
    licence: Licence
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    released_by: Text
    subject: Subject | None = None
    revision: Annotated[int, Field(ge=1)] = 1
    replaces: Text | None = None
    organisations: tuple[Text, ...] = ()
    released_on: date | None = None
    invented: bool = False

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.revision > 1) != (self.replaces is not None):
            raise ValueError(
                "a revision above 1 says in `replaces` which release it replaces; revision 1 replaces none"
            )
        for name in ("indicators", "organisations"):
            listed = getattr(self, name)
            if len(set(listed)) != len(listed):
                raise ValueError(f"`{name}` lists one of them twice")
        return self

    @property
    def name(self) -> str:
        """The release's name and folder: organisation, subject where it has one, period, revision."""
        return release_name(release_series(self.organisation.code, self.subject, self.period), self.revision)


@plain_dataclass(frozen=True, slots=True)
class RecipeFile:
    """A recipe and the folder it stands in, in which alone it may name files."""

    recipe: Recipe
    folder: Path


_RECIPE = TypeAdapter(Recipe)


def shipped_recipes() -> dict[str, Path]:
    """The recipes that the package brings, by name."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.yaml"))}


def read_recipe(path_or_name: Path | str) -> Recipe:
    """The recipe in a YAML file, or the shipped recipe of that name.

    Raises:
        InputRefused: there is no such file, or it is no recipe; the message names each fault and its place.
    """
    return open_recipe(path_or_name).recipe


def open_recipe(path_or_name: Path | str) -> RecipeFile:
    """Like :func:`read_recipe`, with the folder that the recipe stands in."""
    path = Path(path_or_name)
    shipped = shipped_recipes()
    if str(path_or_name) in shipped and not path.exists():
        path = shipped[str(path_or_name)]
    elif not path.exists() and path.suffix not in {".yaml", ".yml"}:
        raise InputRefused(
            f"{path}: there is no such recipe. Give the path of a .yaml file, or one of the shipped recipes: "
            f"{', '.join(shipped)}."
        )
    return RecipeFile(strict_yaml.load(path, _RECIPE), path.resolve().parent)


def named_file(name_or_path: str, folder: Path, what: str) -> str | Path:
    """A shipped file's name as it is, or the path of a file in ``folder``.

    Raises:
        InputRefused: the path leads out of the folder. A recipe from elsewhere must not read files of this machine.
    """
    if _SHIPPED_NAME.fullmatch(name_or_path):
        return name_or_path
    inside = (folder / name_or_path).resolve()
    if not inside.is_relative_to(folder.resolve()):
        raise InputRefused(
            f"the {what} {name_or_path!r} leads out of the recipe's folder. Name a shipped {what}, or a file that "
            "stands beside the recipe."
        )
    return inside


def release_series(organisation_code: str, subject: str | None, period: Period) -> str:
    """``qk1-2023-24``, ``qk1-talking-therapies-2023-24``: what all revisions of a release have in common."""
    return "-".join([organisation_code.lower(), *([subject] if subject else []), period_name(period)])


def release_name(series: str, revision: int) -> str:
    """``qk1-2023-24-1``: one revision of a series."""
    return f"{series}-{revision}"


def period_name(period: Period) -> str:
    """``2023-24`` for a financial year, ``2023`` for a calendar year, ``2023-09`` for a month, else both days."""
    start, end = period.start, period.end
    if (start.month, start.day, end.month, end.day) == (4, 1, 3, 31) and end.year == start.year + 1:
        return f"{start.year}-{end.year % 100:02}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and end.year == start.year:
        return str(start.year)
    if start.day == 1 and (start.year, start.month) == (end.year, end.month) and (end + timedelta(1)).day == 1:
        return f"{start.year}-{start.month:02}"
    return f"{start.isoformat()}-{end.isoformat()}"
