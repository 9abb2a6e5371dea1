"""What a denominator rule says, and the rules that are shipped."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Self

from pydantic import ConfigDict, Field, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass

from evenhand import strict_yaml
from evenhand.datasets.observations import OrganisationLevel
from evenhand.errors import InputRefused
from evenhand.ethnicity import TOTAL, classification, crosswalk

_STRICT = ConfigDict(extra="forbid")
Text = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, config=_STRICT)
class RuleSource:
    """Where the rule comes from: its publisher's word, or how it was found."""

    title: Text
    publisher: Text
    licence: Text
    url: str | None = None


@dataclass(frozen=True, config=_STRICT)
class Grouping:
    """For one classification, which groups of the census make up each of its groups.

    Attributes:
        classification: an id of ``evenhand.ethnicity``, or ``total`` for figures about everybody.
        groups: for each group id the census groups that are added up.
        left_out: the census groups that enter no group of this classification. Named, so that nobody is lost silently.
    """

    classification: Text
    groups: dict[str, tuple[str, ...]]
    left_out: tuple[str, ...] = ()

    def census_groups(self) -> Iterator[str]:
        """Every census group that this grouping names, as often as it names it."""
        for parts in self.groups.values():
            yield from parts
        yield from self.left_out


@dataclass(frozen=True, config=_STRICT)
class DenominatorRule:
    """A rule that turns census counts into the denominators of one publication or purpose.

    Attributes:
        table: the table of people, a file of ``datasets/facts``.
        people_by: the ethnic classification that the table counts people by.
        everyone_table: the table for ``all`` (unknown ethnicity included); None when ``all`` has the same people as
            ``all_known`` of the rule.
        otherwise: for areas of a level, the rule that the publisher follows there instead of this one.
        groupings: the groups written out, where the rule departs from a plain mapping.
        by_crosswalk: classifications that follow the crosswalk of ``evenhand.ethnicity`` without departure.
        notes: what a reader of a rate should know.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Text
    source: RuleSource
    table: Text
    people_by: Text
    groupings: tuple[Grouping, ...] = ()
    by_crosswalk: tuple[str, ...] = ()
    everyone_table: str | None = None
    otherwise: dict[OrganisationLevel, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_about_everybody_once(self) -> Self:
        ids = [*(grouping.classification for grouping in self.groupings), *self.by_crosswalk]
        if twice := [name for name, times in Counter(ids).items() if times > 1]:
            raise ValueError(f"the classification {twice[0]} stands twice")
        if TOTAL not in ids:
            raise ValueError("a rule has a grouping for the classification total")
        try:
            for grouping in self.groupings:
                _check_partition(grouping, self.people_by)
            for classification_id in self.by_crosswalk:
                _by_crosswalk(self.people_by, classification_id)
        except InputRefused as error:
            raise ValueError(str(error)) from error
        return self

    def grouping(self, classification_id: str) -> Grouping:
        """The groups of ``classification_id`` under this rule.

        Raises:
            InputRefused: the rule says nothing about that classification.
        """
        for grouping in self.groupings:
            if grouping.classification == classification_id:
                return grouping
        if classification_id in self.by_crosswalk:
            return _by_crosswalk(self.people_by, classification_id)
        raise InputRefused(
            f"the denominator rule {self.id} has no groups of {classification_id!r}. "
            f"It has: {', '.join(self.classifications())}."
        )

    def classifications(self) -> tuple[str, ...]:
        """The ids of the classifications that the rule gives denominators for."""
        return (*(grouping.classification for grouping in self.groupings), *self.by_crosswalk)


def _check_partition(grouping: Grouping, people_by: str) -> None:
    """Every census group is in one group or left out by name: nobody is counted twice, nobody is lost."""
    named = Counter(grouping.census_groups())
    known = {category.id for category in classification(people_by).categories}
    for problem, groups in (
        (f"not a group of {people_by}", named.keys() - known),
        ("named more than once", {group for group, times in named.items() if times > 1}),
        ("neither in a group nor left out", known - named.keys()),
    ):
        if groups:
            raise ValueError(f"{grouping.classification}: {', '.join(sorted(groups))}: {problem}")


@cache
def _by_crosswalk(people_by: str, classification_id: str) -> Grouping:
    to_target = crosswalk(people_by, classification_id)
    groups: dict[str, list[str]] = {category.id: [] for category in classification(classification_id).categories}
    for category in classification(people_by).categories:
        groups[to_target.target(category.id)].append(category.id)
    return Grouping(classification=classification_id, groups={group: tuple(parts) for group, parts in groups.items()})


@cache
def denominator_rules() -> tuple[DenominatorRule, ...]:
    """All rules that are shipped, by id."""
    schema = TypeAdapter(DenominatorRule)
    folder = resources.files("evenhand.datasets.denominators")
    with resources.as_file(folder) as path:
        return tuple(_read(file, schema) for file in sorted(Path(path).glob("*.yaml")))


def _read(file: Path, schema: TypeAdapter[DenominatorRule]) -> DenominatorRule:
    rule = strict_yaml.load(file, schema)
    if rule.id != file.stem:
        raise InputRefused(f"{file}: the id is {rule.id!r}. A rule is kept in the file of its name, {rule.id}.yaml.")
    return rule


def denominator_rule(id: str) -> DenominatorRule:  # noqa: A002 (the word of the definition files)
    """The rule called ``id``.

    Raises:
        InputRefused: there is none; the message names those there are.
    """
    for rule in denominator_rules():
        if rule.id == id:
            return rule
    known = ", ".join(rule.id for rule in denominator_rules())
    raise InputRefused(f"there is no denominator rule {id!r}. There are: {known}.")
