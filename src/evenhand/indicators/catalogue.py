"""The indicators that are shipped: ``definitions/<id>.yaml``, one file each, read by one schema."""

from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pydantic import TypeAdapter

from evenhand import strict_yaml
from evenhand.datasets.denominators import denominator_rules
from evenhand.errors import InputRefused
from evenhand.indicators.specification import Indicator, Version

# Measures that no source prints: a release works them out for every measure whose source counts unknown ethnicity.
DERIVED_MEASURES: Final = MappingProxyType(
    {
        "with_recorded_ethnicity": "those counted whose ethnicity is recorded",
        "with_or_without_recorded_ethnicity": "all those counted",
    }
)

_SCHEMA = TypeAdapter(Indicator)


@cache
def catalogue() -> tuple[Indicator, ...]:
    """All indicators, by domain and then by title.

    Raises:
        InputRefused: a definition does not fit the schema, is kept in a file of another name, or names a denominator
            rule that does not exist.
    """
    with resources.as_file(resources.files("evenhand.indicators") / "definitions") as folder:
        return read_definitions(folder)


def indicator(id: str) -> Indicator:  # noqa: A002 (the word of the definition files)
    """The indicator called ``id``.

    Raises:
        InputRefused: there is none; the message names those there are.
    """
    for each in catalogue():
        if each.id == id:
            return each
    raise InputRefused(
        f"there is no indicator {id!r}. There are: {', '.join(sorted(each.id for each in catalogue()))}."
    )


def read_definitions(folder: Path) -> tuple[Indicator, ...]:
    """The definitions in the YAML files of ``folder``, checked like those that are shipped."""
    definitions = (_read(file) for file in folder.glob("*.yaml"))
    return tuple(sorted(definitions, key=lambda each: (each.domain, each.title)))


def _read(file: Path) -> Indicator:
    definition = strict_yaml.load(file, _SCHEMA)
    if definition.id != file.stem:
        raise InputRefused(
            f"{file}: the id is {definition.id!r}. A definition is kept in the file of its name, {definition.id}.yaml."
        )
    rules = {rule.id for rule in denominator_rules()}
    for version in definition.versions:
        rule = version.denominator.population if version.denominator else None
        if rule is not None and rule not in rules:
            raise InputRefused(
                f"{file}: the version from {version.valid_from} names the denominator rule {rule!r}, which does not "
                f"exist. There are: {', '.join(sorted(rules))}."
            )
    return definition


def unread_measures(definitions: Iterable[Indicator], readable: Collection[str]) -> tuple[str, ...]:
    """The measures that a definition names and that neither a mapping reads (``readable``) nor a release works out."""
    named = {measure for each in definitions for version in each.versions for measure in _measures(version)}
    return tuple(sorted(named - set(readable) - DERIVED_MEASURES.keys()))


def _measures(version: Version) -> tuple[str, ...]:
    denominator = version.denominator.measure if version.denominator else None
    return (version.numerator.measure,) if denominator is None else (version.numerator.measure, denominator)
