"""What a mapping file says: where in a publisher's table each figure stands. One schema, frozen.

``docs/reference/mappings.md`` explains every key with an example.
"""

import re
from datetime import date
from enum import StrEnum
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass

from evenhand import strict_yaml
from evenhand.datasets.observations import OrganisationLevel
from evenhand.datasets.published import templates
from evenhand.datasets.published.file_shape import FileShape
from evenhand.datasets.published.group_rules import GroupRule
from evenhand.datasets.published.limits import Limits
from evenhand.errors import InputRefused

_STRICT = ConfigDict(extra="forbid")
Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]

COUNT = "count"  # the figure that a row holds when the mapping names no other


class Meaning(StrEnum):
    """What a sign in the place of a number says. It differs from publisher to publisher."""

    SUPPRESSED = "suppressed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    ZERO = "zero"


class PeriodStyle(StrEnum):
    """How a source writes the time that its figures are about."""

    FINANCIAL_YEAR = "financial_year"  # 2023/24: 1 April 2023 to 31 March 2024
    ACADEMIC_YEAR = "academic_year"  # 2015/16: 1 September 2015 to 31 August 2016
    CALENDAR_YEAR = "calendar_year"
    MONTH = "month"  # any day of the month, or 2019-12
    DAYS = "days"  # first and last day in two columns


class DateStyle(StrEnum):
    """How a source writes a day. Month before day (12/31/2021) is not read: 01/02/2022 could then be two days."""

    ISO = "iso"  # 2021-09-01, with or without a time
    DAY_FIRST = "day_first"  # 01/09/2021


@dataclass(frozen=True, config=_STRICT)
class Publication:
    """Where the table comes from. ``as_found`` says how the copy at hand differs from what was published."""

    title: Text
    publisher: Text
    licence: Text
    url: str | None = None
    as_found: str | None = None


@dataclass(frozen=True, config=_STRICT)
class RowRule:
    """Rows whose cells in the named columns hold one of the values; all columns must agree."""

    where: Annotated[dict[Text, tuple[str, ...]], Field(min_length=1)]
    reason: Text


@dataclass(frozen=True, config=_STRICT)
class PeriodRule:
    """Where the period stands: a column, two columns, the file's name, a column header, or fixed in the mapping.

    Attributes:
        several: the source holds several periods; otherwise two periods in it are refused.
        together: the periods of all files are one period without a gap (records that are counted over all of it).
    """

    style: PeriodStyle
    column: str | None = None
    end_column: str | None = None
    from_name: bool = False
    from_header: bool = False
    fixed: tuple[date, date] | None = None
    dates: Annotated[tuple[DateStyle, ...], Field(min_length=1)] = (DateStyle.ISO,)
    several: bool = False
    together: bool = False

    @model_validator(mode="after")
    def _stands_in_one_place(self) -> Self:
        if sum([self.column is not None, self.from_name, self.from_header, self.fixed is not None]) != 1:
            raise ValueError("a period stands in exactly one place: column, from_name, from_header, fixed")
        if (self.style is PeriodStyle.DAYS) != (self.end_column is not None or self.fixed is not None):
            raise ValueError("style days goes with column and end_column, or with fixed")
        return self


@dataclass(frozen=True, config=_STRICT)
class KnownOrganisation:
    """An organisation under the code that all sources shall share, for a source that writes another.

    ``name`` and ``level`` are given where the source's own shall not stand.
    """

    code: Text
    name: Text | None = None
    level: OrganisationLevel | None = None


@dataclass(frozen=True, config=_STRICT)
class OrganisationRule:
    """Where the organisation stands. With several rules, the first whose code (or name) is not blank holds.

    Attributes:
        level: fixed; or ``level_column`` with ``levels`` from its texts.
        from_name: the organisation stands in the file's name.
        fixed: all figures are about this one.
    """

    level: OrganisationLevel | None = None
    level_column: str | None = None
    levels: dict[Text, OrganisationLevel] = Field(default_factory=dict)
    code: str | None = None
    name: str | None = None
    from_name: bool = False
    fixed: KnownOrganisation | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if sum([self.code is not None or self.name is not None, self.from_name, self.fixed is not None]) != 1:
            raise ValueError("an organisation stands in exactly one place: code and name, from_name, fixed")
        if (self.level is None) == (self.level_column is None):
            raise ValueError("give either level or level_column")
        if (self.level_column is None) == bool(self.levels):
            raise ValueError("level_column and levels go together")
        return self


@dataclass(frozen=True, config=_STRICT)
class MeasureValue:
    """One measure of the source.

    Attributes:
        values: what stands in the measure columns, in their order.
        figure: ``count``, or the name of a published figure that belongs to the count ``id`` of another row.
        part_of: id of the measure that this one is a part of: a larger part is refused.
    """

    values: Annotated[tuple[str, ...], Field(min_length=1)]
    id: Id
    figure: Id = COUNT
    part_of: Id | None = None


@dataclass(frozen=True, config=_STRICT)
class MeasureRule:
    """Which measure a row is about: fixed, or told by columns. Rows of other measures are left out."""

    fixed: Id | None = None
    columns: tuple[Text, ...] = ()
    values: tuple[MeasureValue, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.fixed is None) != bool(self.columns) or bool(self.columns) != bool(self.values):
            raise ValueError("give either fixed, or columns and values")
        if any(len(value.values) != len(self.columns) for value in self.values):
            raise ValueError(f"each measure needs one value for each of the columns {', '.join(self.columns)}")
        return self


@dataclass(frozen=True, config=_STRICT)
class Figures:
    """Columns that hold numbers: of a long table, one row, one count."""

    count: Text
    denominator: str | None = None
    published: dict[Id, Text] = Field(default_factory=dict)


@dataclass(frozen=True, config=_STRICT)
class WideFigures:
    """Columns that hold numbers: of a wide table, one column for each group.

    Attributes:
        header: template of the header; ``{group}`` stands for each of ``labels``. Without it, the column is about the
            row's group, and about everybody when rows have none.
        denominator, published: templates of the columns that belong to it, with the same placeholders.
        measure: when the row does not tell it.
    """

    header: Text
    labels: tuple[Text, ...] = ()
    denominator: str | None = None
    published: dict[Id, Text] = Field(default_factory=dict)
    measure: Id | None = None

    @model_validator(mode="after")
    def _templates_fit(self) -> Self:
        names = templates.placeholders(self.header)
        if ("group" in names) != bool(self.labels):
            raise ValueError("labels are given exactly when the header has {group}")
        for template in (self.denominator, *self.published.values()):
            if template is not None and not templates.placeholders(template) <= names:
                raise ValueError(f"{template!r} has a placeholder that the header {self.header!r} has not")
        return self


@dataclass(frozen=True, config=_STRICT)
class Records:
    """Each row is one event, to be counted. ``date_column``: a day outside the period is set aside.

    A row that repeats another word for word is counted like any other and reported: without an identifier nobody can
    tell a record entered twice from two people searched at the same place and minute. ``set_aside`` leaves it out.
    """

    date_column: str | None = None
    repeated: Literal["count", "set_aside"] = "count"


@dataclass(frozen=True, config=_STRICT)
class Rounding:
    """To what the publisher rounded its counts.

    Attributes:
        to: the base; ``by_level`` where it differs.
        zero_is_exact: a published 0 is a true 0. Otherwise it may stand for anything that rounds to it.
        wider: a published number that stands for more than rounding says: ``{5: 9}`` reads a 5 as 1 to 9, for a
            publisher that prints 5 for 1 to 7.
    """

    to: Annotated[int, Field(ge=1)] = 1
    by_level: dict[OrganisationLevel, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    zero_is_exact: bool = True
    wider: dict[int, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)


@dataclass(frozen=True, config=_STRICT)
class Difference:
    """A measure that the source does not print: one of its measures minus another that is a part of it."""

    id: Id
    whole: Id
    minus: Id


@dataclass(frozen=True, config=_STRICT)
class Mapping:
    """One source: its shape, its roles and what its signs mean. Exactly one of ``figures``, ``wide``, ``records``.

    Attributes:
        keep, leave_out: a row is loaded when all rules of the first and none of the second hold.
        markers: what the signs in the place of a number mean; a blank cell that is not named is "unknown".
        thousands: the sign between thousands.
        differences: measures to add that the source does not print.
        denominator_is_whole: the count is a part of the denominator beside it; a larger count is refused.
    """

    id: Id
    title: Text
    publication: Publication
    period: PeriodRule
    organisations: Annotated[tuple[OrganisationRule, ...], Field(min_length=1)]
    measure: MeasureRule
    file: FileShape = Field(default_factory=FileShape)
    groups: GroupRule | None = None
    figures: Figures | None = None
    wide: tuple[WideFigures, ...] = ()
    records: Records | None = None
    known_organisations: dict[Text, KnownOrganisation] = Field(default_factory=dict)
    keep: tuple[RowRule, ...] = ()
    leave_out: tuple[RowRule, ...] = ()
    markers: dict[str, Meaning] = Field(default_factory=dict)
    thousands: Literal["", ","] = ""
    rounding: Rounding = Field(default_factory=Rounding)
    differences: tuple[Difference, ...] = ()
    denominator_is_whole: bool = True
    notes: tuple[Text, ...] = ()
    limits: Limits = Field(default_factory=Limits)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if sum([self.figures is not None, bool(self.wide), self.records is not None]) != 1:
            raise ValueError("give exactly one of figures, wide, records")
        names = templates.placeholders(self.file.name_template or "")
        if any(rule.from_name for rule in self.organisations) and "organisation" not in names:
            raise ValueError("an organisation from_name needs {organisation} in file.name_template")
        if self.period.from_name and not self._tells_period(names):
            raise ValueError("a period from_name needs {year} or {ending} (a month both {year} and {month}) in it")
        if self.period.from_header:
            for wide in self.wide:
                if not self._tells_period(templates.placeholders(wide.header)):
                    raise ValueError(f"a period from_header needs {{year}} or {{ending}} in {wide.header!r}")
        if self.records is not None and self.measure.fixed is None:
            raise ValueError("records are of one measure: give measure.fixed")
        in_headers = any(wide.labels for wide in self.wide)
        if in_headers and self.groups is None:
            raise ValueError("wide columns with {group} need groups")
        if self.groups is not None and not (in_headers or self.groups.label_columns):
            raise ValueError("groups need label_columns, or a wide header with {group}")
        return self

    def _tells_period(self, names: frozenset[str]) -> bool:
        if self.period.style is PeriodStyle.MONTH:
            return {"year", "month"} <= names
        return not names.isdisjoint({"year", "ending"}) and "month" not in names

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the mapping names by their whole header, each once, in the order of the roles."""
        named = [self.period.column, self.period.end_column, *self.measure.columns]
        named += [column for rule in self.organisations for column in (rule.code, rule.name, rule.level_column)]
        named += [column for rule in (*self.keep, *self.leave_out) for column in rule.where]
        if self.groups is not None:
            named += [self.groups.column, *self.groups.label_columns]
        if self.figures is not None:
            named += [self.figures.count, self.figures.denominator, *self.figures.published.values()]
        if self.records is not None:
            named.append(self.records.date_column)
        return tuple(dict.fromkeys(column for column in named if column is not None))

    @property
    def measure_ids(self) -> frozenset[str]:
        """Every measure that a reading can hold."""
        ids = {value.id for value in self.measure.values} | {difference.id for difference in self.differences}
        ids |= {wide.measure for wide in self.wide if wide.measure is not None}
        return frozenset(ids | ({self.measure.fixed} if self.measure.fixed else set()))


_SCHEMA = TypeAdapter(Mapping)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def mapping_names() -> tuple[str, ...]:
    """The mappings that come with Evenhand, by id."""
    folder = files("evenhand.datasets") / "mappings"
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")))


def load_mapping(path_or_name: Path | str) -> Mapping:
    """The mapping with this name among those that come with Evenhand, or the one in this file.

    Raises:
        InputRefused: there is none of this name, or the file is not a mapping; the message names the place.
    """
    name = str(path_or_name)
    if isinstance(path_or_name, str) and _NAME.fullmatch(name):
        if name not in mapping_names():
            raise InputRefused(f"there is no mapping {name!r}. There are {', '.join(mapping_names())}.")
        with as_file(files("evenhand.datasets") / "mappings" / f"{name}.yaml") as path:
            return strict_yaml.load(path, _SCHEMA)
    return strict_yaml.load(Path(name), _SCHEMA)
