"""Which rows of a table are loaded, and what each of them is about."""

from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.datasets.observations import Organisation, Period
from evenhand.datasets.published.group_rules import GroupLabel
from evenhand.datasets.published.groups import EVERYBODY, Fault, GroupReader, RowLabel
from evenhand.datasets.published.ledger import Ledger
from evenhand.datasets.published.mapping import Mapping, MeasureValue, PeriodStyle, RowRule
from evenhand.datasets.published.organisations import NamesSoFar, OrganisationReader
from evenhand.datasets.published.periods import period_from_placeholders, read_days, read_period
from evenhand.datasets.published.tables import Table, comparable
from evenhand.errors import InputRefused


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row to load, before its numbers are read.

    Attributes:
        group, label: EVERYBODY and nothing in a wide table, where the columns tell them.
        period: None where the columns' headers tell it.
    """

    origin: str
    line: int
    cells: list[str]
    organisation: Organisation
    measure: MeasureValue
    group: GroupLabel
    label: str
    period: Period | None

    @property
    def where(self) -> str:
        """The row's place in the source, for messages."""
        return f"{self.origin}, line {self.line}"

    @property
    def stated_period(self) -> Period:
        """The period that the row is about.

        Raises:
            InputRefused: the mapping says that headers tell it, and this row has none that does.
        """
        if self.period is None:
            raise InputRefused(
                f"{self.where}: nothing tells the period. The mapping's headers need {{year}} or {{ending}}."
            )
        return self.period


class RowReader:
    """Reads the rows of one table.

    ``from_name`` holds what the file's name tells; ``names``, the organisations of the tables before.
    """

    def __init__(self, mapping: Mapping, table: Table, from_name: dict[str, str], names: NamesSoFar) -> None:
        self._table = table
        self._organisations = OrganisationReader(mapping, table, from_name.get("organisation"), names)
        has_labels = mapping.groups is not None and mapping.groups.label_columns
        self._groups = GroupReader(mapping.groups, table) if mapping.groups is not None and has_labels else None
        self._measures = MeasureReader(mapping, table)
        self._periods = PeriodReader(mapping, table, from_name)
        self._keep = [_RowTest(rule, table) for rule in mapping.keep]
        self._leave_out = [_RowTest(rule, table) for rule in mapping.leave_out]

    def kept_rows(self, ledger: Ledger) -> Iterator[KeptRow]:
        """The rows to load; every other row is entered in ``ledger`` with its reason.

        Damage is looked for over the whole table first, left-out rows included: it does not stop at their edge.
        """
        rows = self._table.rows
        labels = [self._groups.label(cells) for _, cells in rows] if self._groups is not None else []
        organisations = self._organisations.read_all(rows)
        faults = {index: found for index, found in enumerate(organisations) if isinstance(found, Fault)}
        if self._groups is not None:
            faults |= self._groups.faults(labels, [line for line, _ in rows])
        for index, (line, cells) in enumerate(rows):
            organisation = organisations[index]
            if index in faults or isinstance(organisation, Fault):
                ledger.set_aside(self._table.origin, line, faults[index].reason, faults[index].code)
                continue
            label = labels[index] if labels else None
            measure = self._measures.read(cells)
            reason = self._reason_to_leave_out(cells, label)
            if reason is not None or measure is None:
                ledger.leave_out(self._table.origin, line, reason or "a measure that the mapping does not name")
                continue
            yield KeptRow(
                origin=self._table.origin,
                line=line,
                cells=cells,
                organisation=organisation,
                measure=measure,
                group=self._group(label),
                label=label.text if label is not None else "",
                period=self._periods.read(cells, where=f"{self._table.origin}, line {line}"),
            )

    def _group(self, label: RowLabel | None) -> GroupLabel:
        if self._groups is None or label is None:
            return EVERYBODY
        return self._groups.group(label) or EVERYBODY

    def _reason_to_leave_out(self, cells: list[str], label: RowLabel | None) -> str | None:
        for test in self._leave_out:
            if test.holds(cells):
                return test.reason
        for test in self._keep:
            if not test.holds(cells):
                return test.reason
        if label is not None and (label.breakdown is None or label.breakdown.kind == "other"):
            return "a breakdown that the mapping does not load"
        return None


class _RowTest:
    """One rule about rows, with its columns found."""

    def __init__(self, rule: RowRule, table: Table) -> None:
        self.reason = rule.reason
        self._wanted = [
            (table.column(column), {comparable(value) for value in values}) for column, values in rule.where.items()
        ]

    def holds(self, cells: list[str]) -> bool:
        return all(comparable(cells[column]) in values for column, values in self._wanted)


class MeasureReader:
    """Tells the measure of a row: the fixed one, or that of its measure columns."""

    def __init__(self, mapping: Mapping, table: Table) -> None:
        self._columns = [table.column(name) for name in mapping.measure.columns]
        self._by_values = {tuple(map(comparable, each.values)): each for each in mapping.measure.values}
        if mapping.measure.fixed is not None:
            self._by_values = {(): MeasureValue(values=("",), id=mapping.measure.fixed)}

    def read(self, cells: list[str]) -> MeasureValue | None:
        """The measure; None when the mapping does not name it."""
        return self._by_values.get(tuple(comparable(cells[column]) for column in self._columns))


class PeriodReader:
    """Tells the period of a row: from its columns, the file's name or the mapping."""

    def __init__(self, mapping: Mapping, table: Table, from_name: dict[str, str]) -> None:
        self._rule = rule = mapping.period
        self._columns = [table.column(name) for name in (rule.column, rule.end_column) if name is not None]
        self._read: dict[tuple[str, ...], Period] = {}
        self._same_for_all: Period | None = None
        if rule.fixed is not None:
            self._same_for_all = Period(*rule.fixed)
        elif rule.from_name:
            self._same_for_all = period_from_placeholders(from_name, rule)

    def read(self, cells: list[str], *, where: str) -> Period | None:
        """The period; None where a column's header tells it."""
        if not self._columns:
            return self._same_for_all
        texts = tuple(cells[column] for column in self._columns)
        if texts not in self._read:
            days = self._rule.style is PeriodStyle.DAYS
            self._read[texts] = (
                read_days(texts[0], texts[1], self._rule, where=where)
                if days
                else read_period(texts[0], self._rule, where=where)
            )
        return self._read[texts]
