"""Files of records, one event in each row: counted, so that the rest of Evenhand meets counts and nothing else."""

from collections import Counter

from evenhand.datasets.counts import Count
from evenhand.datasets.observations import Organisation, Period
from evenhand.datasets.published.figures import Figure, Place
from evenhand.datasets.published.groups import EVERYBODY
from evenhand.datasets.published.ledger import Ledger
from evenhand.datasets.published.mapping import Mapping, Records
from evenhand.datasets.published.periods import read_day
from evenhand.datasets.published.rows import KeptRow
from evenhand.datasets.published.tables import Table
from evenhand.errors import InputRefused

_Group = tuple[str, str]


class RecordCounter:
    """Counts records by organisation, period and group, over all files of a source."""

    def __init__(self, mapping: Mapping, records: Records) -> None:
        self._mapping = mapping
        self._records = records
        self._counts: dict[tuple[Organisation, Period], Counter[_Group]] = {}
        self._origin = ""

    def add(self, table: Table, rows: list[KeptRow], ledger: Ledger) -> int:
        """Count the rows of one table; return how many were counted."""
        self._origin = self._origin or table.origin
        date_column = table.column(self._records.date_column) if self._records.date_column is not None else None
        seen: set[tuple[str, ...]] = set()
        counted = 0
        for row in rows:
            period = row.stated_period
            if date_column is not None and not self._lies_in(period, row, date_column):
                ledger.set_aside(table.origin, row.line, "its day lies outside the period of the file")
                continue
            words = tuple(row.cells)
            if words in seen:
                reason = "it repeats an earlier record word for word"
                if self._records.repeated == "set_aside":
                    ledger.set_aside(table.origin, row.line, reason)
                    continue
                ledger.remark(table.origin, row.line, reason)
            seen.add(words)
            counts = self._counts.setdefault((row.organisation, period), Counter())
            counts[row.group.classification, row.group.group] += 1
            counted += 1
        return counted

    def figures(self) -> list[Figure]:
        """One count for each group that occurs anywhere in the source, and one for everybody.

        A group that does not occur in one organisation and period is there with a true 0: all events are in the
        records.
        """
        measure = self._mapping.measure.fixed or ""
        by_place = self._together() if self._counts and self._mapping.period.together else self._counts
        groups = sorted({group for counts in by_place.values() for group in counts})
        everybody = (EVERYBODY.classification, EVERYBODY.group)
        return [
            Figure(
                Place(measure, period, organisation, classification, group),
                self._origin,
                line=0,
                count=Count(counts.total() if (classification, group) == everybody else counts[classification, group]),
            )
            for (organisation, period), counts in by_place.items()
            for classification, group in [*(each for each in groups if each != everybody), everybody]
        ]

    def _together(self) -> dict[tuple[Organisation, Period], Counter[_Group]]:
        """One period for all files: from the first day to the last, which every organisation must cover."""
        covered: dict[Organisation, list[Period]] = {}
        for organisation, period in self._counts:
            covered.setdefault(organisation, []).append(period)
        whole = Period(min(each.start for _, each in self._counts), max(each.end for _, each in self._counts))
        for organisation, periods in covered.items():
            days = sum((each.end - each.start).days + 1 for each in set(periods))
            if days != (whole.end - whole.start).days + 1:
                raise InputRefused(
                    f"the files of {organisation.name} do not cover {whole.start} to {whole.end} without a gap. "
                    "Add the missing ones, or read fewer."
                )
        together: dict[tuple[Organisation, Period], Counter[_Group]] = {}
        for (organisation, _), counts in self._counts.items():
            together.setdefault((organisation, whole), Counter()).update(counts)
        return together

    def _lies_in(self, period: Period, row: KeptRow, column: int) -> bool:
        day = read_day(row.cells[column], self._mapping.period.dates, where=row.where)
        return period.start <= day <= period.end
