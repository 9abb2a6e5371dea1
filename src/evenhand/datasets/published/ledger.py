"""Keeps account while a source is read: each row ends in exactly one place, with its line and a reason."""

from collections import defaultdict
from collections.abc import Sequence

from evenhand.datasets.observations import Observation
from evenhand.datasets.published.mapping import Mapping
from evenhand.datasets.published.report import FileRead, ReadingReport, RowsApart

_Pages = dict[tuple[str, str], dict[int, str]]


class Ledger:
    """Rows by what became of them. ``origin`` is the file, with its sheet where it has one."""

    def __init__(self) -> None:
        self._files: list[FileRead] = []
        self._loaded = 0
        self._left_out: _Pages = defaultdict(dict)
        self._set_aside: _Pages = defaultdict(dict)
        self._remarked: _Pages = defaultdict(dict)

    def open_table(self, file: str, sheet: str, rows: int) -> None:
        self._files.append(FileRead(file, sheet, rows))

    def load(self, rows: int = 1) -> None:
        self._loaded += rows

    def leave_out(self, origin: str, line: int, reason: str, code: str = "") -> None:
        self._left_out[reason, origin][line] = code

    def set_aside(self, origin: str, line: int, reason: str, code: str = "") -> None:
        self._set_aside[reason, origin][line] = code

    def remark(self, origin: str, line: int, reason: str) -> None:
        self._remarked[reason, origin][line] = ""

    def report(self, mapping: Mapping, observations: Sequence[Observation]) -> ReadingReport:
        """The account as it stands, once the observations are known."""
        return ReadingReport(
            mapping=mapping.id,
            files=tuple(self._files),
            rows_read=sum(each.rows for each in self._files),
            rows_loaded=self._loaded,
            observations=len(observations),
            left_out=_bound(self._left_out),
            set_aside=_bound(self._set_aside),
            remarked=_bound(self._remarked),
            measures_not_found=tuple(sorted(mapping.measure_ids - {each.measure for each in observations})),
        )


def _bound(pages: _Pages) -> tuple[RowsApart, ...]:
    return tuple(
        RowsApart(reason, origin, tuple(sorted(lines)), tuple(sorted(set(lines.values()) - {""})))
        for (reason, origin), lines in pages.items()
    )
