"""From a row to figures: one of a long table, one for each group's column of a wide one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from evenhand.datasets.counts import NOT_APPLICABLE, Count
from evenhand.datasets.observations import Organisation, Period
from evenhand.datasets.published import templates
from evenhand.datasets.published.cells import CellReader
from evenhand.datasets.published.group_rules import GroupLabel
from evenhand.datasets.published.groups import resolve
from evenhand.datasets.published.mapping import COUNT, Figures, Mapping, WideFigures
from evenhand.datasets.published.periods import period_from_placeholders
from evenhand.datasets.published.rows import KeptRow
from evenhand.datasets.published.tables import Table, comparable
from evenhand.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Place:
    """What a figure is about: two figures with equal places are the same figure twice."""

    measure: str
    period: Period
    organisation: Organisation
    classification: str
    group: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A count at one place, with what stands beside it.

    Attributes:
        where: the row it was read from, for messages.
        added_label: the label that it was read from, where several labels of the place are added up; otherwise empty.
    """

    place: Place
    where: str
    line: int
    count: Count
    denominator: Count = NOT_APPLICABLE
    published: dict[str, float] = field(default_factory=dict)
    added_label: str = ""


@dataclass(frozen=True, slots=True)
class LoneFigure:
    """A published figure in a row of its own, which belongs to the count of another row at the same place."""

    place: Place
    where: str
    name: str
    value: float


class FigureReader(Protocol):
    """Reads the figures of a kept row."""

    def read(self, row: KeptRow) -> Iterator[Figure | LoneFigure]:
        """The figures of the row; none where it holds a sign instead of a published figure."""
        ...


def figure_reader(mapping: Mapping, table: Table) -> FigureReader:
    """The reader for the table's shape."""
    if mapping.figures is not None:
        return LongFigures(mapping, mapping.figures, table)
    return WideFigureColumns(mapping, table)


class LongFigures:
    """One row, one figure."""

    def __init__(self, mapping: Mapping, figures: Figures, table: Table) -> None:
        self._cells = CellReader(mapping)
        self._count = table.column(figures.count)
        self._denominator = table.column(figures.denominator) if figures.denominator is not None else None
        self._published = {name: table.column(column) for name, column in figures.published.items()}

    def read(self, row: KeptRow) -> Iterator[Figure | LoneFigure]:
        """One figure."""
        place = Place(row.measure.id, row.stated_period, row.organisation, row.group.classification, row.group.group)
        if row.measure.figure == COUNT:
            yield _figure(self._cells, place, row, self._count, self._denominator, self._published)
            return
        value = self._cells.figure(row.cells[self._count], where=row.where)
        if value is not None:
            yield LoneFigure(place, row.where, row.measure.figure, value)


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of a wide table that holds counts, with the columns that belong to it.

    What is None is told by the row.
    """

    measure: str | None
    group: GroupLabel | None
    period: Period | None
    count: int
    denominator: int | None
    published: dict[str, int]


class WideFigureColumns:
    """One row, one figure for each column that the mapping's headers name."""

    def __init__(self, mapping: Mapping, table: Table) -> None:
        self._cells = CellReader(mapping)
        self._columns = [column for wide in mapping.wide for column in _columns_of(wide, mapping, table)]

    def read(self, row: KeptRow) -> Iterator[Figure | LoneFigure]:
        """One figure for each column."""
        for column in self._columns:
            group = column.group or row.group
            place = Place(
                column.measure or row.measure.id,
                column.period or row.stated_period,
                row.organisation,
                group.classification,
                group.group,
            )
            yield _figure(self._cells, place, row, column.count, column.denominator, column.published)


def _columns_of(wide: WideFigures, mapping: Mapping, table: Table) -> Iterator[_Column]:
    matches = [(index, templates.match(wide.header, header)) for index, header in enumerate(table.headers)]
    for label in wide.labels or ("",):
        own = [
            (index, match)
            for index, match in matches
            if match is not None and comparable(match.get("group", "")) == comparable(label)
        ]
        # Where headers tell the period, one group has a column for each.
        if not own or (len(own) > 1 and not mapping.period.from_header):
            header = wide.header.replace("{group}", label)
            raise InputRefused(f"{table.origin}: {len(own)} columns are called {header!r}; there must be one.")
        for index, match in own:
            yield _Column(
                measure=wide.measure,
                group=_group_of(label, mapping),
                period=period_from_placeholders(match, mapping.period) if mapping.period.from_header else None,
                count=index,
                denominator=None if wide.denominator is None else _beside(wide.denominator, match, table),
                published={name: _beside(template, match, table) for name, template in wide.published.items()},
            )


def _group_of(label: str, mapping: Mapping) -> GroupLabel | None:
    if not label or mapping.groups is None:
        return None
    breakdown = mapping.groups.breakdowns[0]
    group = resolve(breakdown, label, breakdown.classifications)
    if group is None:
        raise InputRefused(f"mapping {mapping.id}: {label!r} is not a label of {', '.join(breakdown.classifications)}.")
    return group


def _beside(template: str, values: dict[str, str], table: Table) -> int:
    """The column that belongs to a count: its template filled with what the count's header said."""
    wanted = templates.fill(template, values)
    found = [index for index, header in enumerate(table.headers) if templates.match(wanted, header) is not None]
    if len(found) != 1:
        raise InputRefused(f"{table.origin}: {len(found)} columns are called {wanted!r}; there must be one.")
    return found[0]


def _figure(
    cells: CellReader, place: Place, row: KeptRow, count: int, denominator: int | None, published: dict[str, int]
) -> Figure:
    """The count in column ``count`` of a row, with the denominator and the published figures that stand beside it."""
    level = row.organisation.level
    figures = {name: cells.figure(row.cells[column], where=row.where) for name, column in published.items()}
    return Figure(
        place=place,
        where=row.where,
        line=row.line,
        count=cells.count(row.cells[count], level, where=row.where),
        denominator=NOT_APPLICABLE
        if denominator is None
        else cells.count(row.cells[denominator], level, where=row.where),
        published={name: value for name, value in figures.items() if value is not None},
        added_label=comparable(row.label) if row.group.added else "",
    )
