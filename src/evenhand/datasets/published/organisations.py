"""Which organisation a row is about, under the code that all sources share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evenhand.datasets.observations import Organisation, OrganisationLevel
from evenhand.datasets.published.groups import Fault
from evenhand.datasets.published.mapping import KnownOrganisation, Mapping, OrganisationRule
from evenhand.datasets.published.refusals import shown
from evenhand.datasets.published.tables import Table, comparable


@dataclass(frozen=True, slots=True)
class _NoLevel:
    """An organisation whose level cannot be told: its shared code, and what stood in the level's place."""

    code: str
    found: str


@dataclass(frozen=True, slots=True)
class _Columns:
    """A rule with its columns found."""

    rule: OrganisationRule
    code: int | None
    name: int | None
    level: int | None
    levels: dict[str, OrganisationLevel]


NamesSoFar = dict[tuple[str, OrganisationLevel], Organisation]


class OrganisationReader:
    """Reads the organisation of each row of one table.

    ``from_name`` is what the file's name says, if anything. ``names`` is shared by all tables of a source: publishers
    write a name differently from year to year, and an organisation keeps the first that is met.
    """

    def __init__(self, mapping: Mapping, table: Table, from_name: str | None, names: NamesSoFar) -> None:
        self._names = names
        self._rules = [_columns(rule, table) for rule in mapping.organisations]
        self._known = {comparable(text): known for text, known in mapping.known_organisations.items()}
        self._from_name = from_name
        self._columns = [
            column for rule in self._rules for column in (rule.code, rule.name, rule.level) if column is not None
        ]
        self._found: dict[tuple[str, ...], Organisation | Fault | _NoLevel] = {}

    def read_all(self, rows: Sequence[tuple[int, list[str]]]) -> list[Organisation | Fault]:
        """The organisation of each row, or why it has none.

        Where a row's level is not known while other rows give its organisation one, the reason says so: an overwritten
        cell is told from a new kind of organisation in this way. Neither is loaded, since that other rows agree makes
        it likely what stood there, not certain.
        """
        found = [self._read(cells) for _, cells in rows]
        levelled = {each.code for each in found if isinstance(each, Organisation)}
        return [_without_level(each, levelled) if isinstance(each, _NoLevel) else each for each in found]

    def _read(self, cells: list[str]) -> Organisation | Fault | _NoLevel:
        key = tuple(cells[column] for column in self._columns)
        if key not in self._found:
            self._found[key] = self._first_that_holds(cells)
        return self._found[key]

    def _first_that_holds(self, cells: list[str]) -> Organisation | Fault | _NoLevel:
        for columns in self._rules:
            stated = self._stated(columns, cells)
            if stated is not None:
                return self._with_level(columns, stated, cells)
        return Fault("it names no organisation", "")

    def _stated(self, columns: _Columns, cells: list[str]) -> KnownOrganisation | None:
        """The organisation as the row states it, under its shared code; None when the row states none."""
        if columns.rule.fixed is not None:
            return columns.rule.fixed
        if columns.rule.from_name:
            code = name = self._from_name or ""
        else:
            code = cells[columns.code] if columns.code is not None else ""
            name = cells[columns.name] if columns.name is not None else ""
        if not (code or name):
            return None
        known = self._known.get(comparable(code)) or self._known.get(comparable(name))
        if known is not None:
            return replace(known, name=known.name or name)
        return KnownOrganisation(code=code or name, name=name or code)

    def _with_level(self, columns: _Columns, stated: KnownOrganisation, cells: list[str]) -> Organisation | _NoLevel:
        text = cells[columns.level] if columns.level is not None else ""
        level = stated.level or columns.rule.level or columns.levels.get(comparable(text))
        if level is None:
            return _NoLevel(stated.code, shown(text))
        organisation = Organisation(stated.code, stated.name or stated.code, level)
        return self._names.setdefault((stated.code, level), organisation)


def _without_level(found: _NoLevel, levelled: set[str]) -> Fault:
    reason = "the level of its organisation is not one of the mapping's"
    if found.code in levelled:
        reason += ", though other rows give the organisation one"
    return Fault(reason, found.found)


def _columns(rule: OrganisationRule, table: Table) -> _Columns:
    return _Columns(
        rule=rule,
        code=table.column(rule.code) if rule.code is not None else None,
        name=table.column(rule.name) if rule.name is not None else None,
        level=table.column(rule.level_column) if rule.level_column is not None else None,
        levels={comparable(text): level for text, level in rule.levels.items()},
    )
