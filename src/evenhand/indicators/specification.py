"""What an indicator is: read from ``definitions/<id>.yaml`` by one schema, and frozen."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

_STRICT = ConfigDict(extra="forbid")
Text = Annotated[str, Field(min_length=1)]


class Direction(StrEnum):
    """Which way is better for people; CONTEXT where more can be good or bad (reports of hate crime, for instance)."""

    LOWER_IS_BETTER = "lower_is_better"
    HIGHER_IS_BETTER = "higher_is_better"
    CONTEXT = "context"


class Statistic(StrEnum):
    """How numerator and denominator become a figure, and with that which interval belongs to it."""

    RATE = "rate"  # events per `per` of the denominator; Byar, exact below 10
    PROPORTION = "proportion"  # a part of its own denominator, shown per `per`; Wilson
    PUBLISHED_RATE = "published_rate"  # the publisher's own (standardised) rate with the half-width it printed


@dataclass(frozen=True, config=_STRICT)
class Source:
    """Where a definition or a figure comes from."""

    title: Text
    publisher: Text
    licence: Text
    url: str | None = None


@dataclass(frozen=True, config=_STRICT)
class Numerator:
    """What is counted. ``counts`` is the field's word for it, in the plural (*detentions*, *searches*, *people*)."""

    measure: Text  # id of a measure in a mapping of `datasets.published`
    counts: Text
    description: Text
    person_counted_once: bool  # False: one person can be counted several times in the period
    on_one_day: bool = False  # a count on a day that ``counts`` names, not over the period


@dataclass(frozen=True, config=_STRICT)
class Denominator:
    """What it is counted out of: a measure of the same source, or the people who live in the area."""

    description: Text
    measure: str | None = None  # id of a measure in the same mapping
    population: str | None = None  # id of a denominator rule of `datasets.population`
    published: bool = False  # printed beside the numerator in the same row of the source

    @model_validator(mode="after")
    def _from_one_place(self) -> Self:
        given = [self.measure is not None, self.population is not None, self.published]
        if sum(given) != 1:
            raise ValueError("a denominator comes from exactly one of: measure, population, published")
        return self


@dataclass(frozen=True, config=_STRICT)
class Version:
    """The definition in force between two dates, both included; ``valid_to`` empty while it still holds."""

    valid_from: date
    statistic: Statistic
    per: Annotated[int, Field(gt=0)]
    unit: Text  # in words: "per 100,000 people"
    out_of: Text  # the noun of the unit: "people", "bed days"
    numerator: Numerator
    source: Source
    denominator: Denominator | None = None
    valid_to: date | None = None
    published_value: str | None = None  # for PUBLISHED_RATE: name of the published figure, e.g. "standardised_rate"
    published_half_width: str | None = None
    allows_for: tuple[str, ...] = ()  # what is standardised for: ("age", "sex")
    beside_the_figure: tuple[str, ...] = ()  # caveats without which the figure misleads: pages say them next to it
    caveats: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} is before valid_from {self.valid_from}")
        if self.statistic is Statistic.PUBLISHED_RATE:
            if self.published_value is None or self.published_half_width is None:
                raise ValueError("a published_rate names published_value and published_half_width")
        elif self.denominator is None:
            raise ValueError(f"a {self.statistic} needs a denominator")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, config=_STRICT)
class Indicator:
    """One measure of inequality.

    Attributes:
        id: stable, lower case with underscores; part of addresses and releases.
        title: the measure's name; ``question``: the same as a person would ask it ("Who is detained …?").
        domain: access, experience, outcome, restriction, safety, workforce, education, justice or data_quality.
        versions: dated, without overlap, oldest first.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Text
    question: Text
    domain: Text
    direction: Direction
    rationale: Text
    versions: Annotated[tuple[Version, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _versions_follow_each_other(self) -> Self:
        for earlier, later in zip(self.versions, self.versions[1:], strict=False):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                raise ValueError(f"the version from {earlier.valid_from} does not end before {later.valid_from}")
        return self

    def on(self, day: date) -> Version | None:
        """The version in force on ``day``; None when there is none."""
        return next((version for version in self.versions if version.holds_on(day)), None)
