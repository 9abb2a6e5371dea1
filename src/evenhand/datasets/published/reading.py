"""Reads one source by its mapping: the only way in."""

from dataclasses import dataclass
from pathlib import Path

from evenhand.datasets.observations import Observation
from evenhand.datasets.published.assembly import assembled
from evenhand.datasets.published.figures import Figure, LoneFigure, figure_reader
from evenhand.datasets.published.ledger import Ledger
from evenhand.datasets.published.mapping import Mapping
from evenhand.datasets.published.organisations import NamesSoFar
from evenhand.datasets.published.records import RecordCounter
from evenhand.datasets.published.report import ReadingReport
from evenhand.datasets.published.rows import RowReader
from evenhand.datasets.published.sources import files_of, placeholders_of, tables_of
from evenhand.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source says, and the account of what was read and what was not."""

    observations: tuple[Observation, ...]
    report: ReadingReport


def read_published(source: Path, mapping: Mapping) -> Reading:
    """Read a publisher's table, or the folder of tables that ``mapping`` describes. Nothing is written.

    Raises:
        InputRefused: the source does not fit the mapping or contradicts itself. The message names the file and line
            and shows no more of a row than a short code.
    """
    ledger = Ledger()
    figures: list[Figure | LoneFigure] = []
    names: NamesSoFar = {}
    counter = RecordCounter(mapping, mapping.records) if mapping.records is not None else None
    for file in files_of(source, mapping):
        from_name = placeholders_of(file, mapping)
        for table in tables_of(file, mapping):
            ledger.open_table(file.name, table.sheet, len(table.rows))
            rows = list(RowReader(mapping, table, from_name, names).kept_rows(ledger))
            if counter is not None:
                ledger.load(counter.add(table, rows, ledger))
                continue
            reader = figure_reader(mapping, table)
            figures += [figure for row in rows for figure in reader.read(row)]
            ledger.load(len(rows))
    if counter is not None:
        figures += counter.figures()
    observations = assembled(figures, mapping)
    report = ledger.report(mapping, observations)
    _refuse_another_layout(source, mapping, report)
    return Reading(observations, report)


def _refuse_another_layout(source: Path, mapping: Mapping, report: ReadingReport) -> None:
    """A table of which little fits is not a damaged table of this layout; it is another table."""
    if report.rows_set_aside > mapping.limits.set_aside_share * report.rows_read:
        worst = max(report.set_aside, key=lambda each: len(each.lines))
        raise InputRefused(
            f"{source.name}: {report.rows_set_aside} of {report.rows_read} rows do not fit the mapping {mapping.id}; "
            f"most often because {worst.reason}. Is this another table, or another layout of it?"
        )
    if not report.observations:
        raise InputRefused(f"{source.name}: has rows, but no figure that the mapping {mapping.id} asks for.")
