"""What a reading took, what it left and why, with line numbers: the account that goes with every set of figures."""

from collections.abc import Iterator
from dataclasses import dataclass

FORMS_IN_A_SENTENCE = 8


@dataclass(frozen=True, slots=True)
class FileRead:
    """One table that was read: the file's name, its sheet where it has one, and its rows below the header."""

    name: str
    sheet: str
    rows: int


@dataclass(frozen=True, slots=True)
class RowsApart:
    """Rows of one file that no figure was taken from, for one reason.

    Attributes:
        lines: line numbers (spreadsheet rows), counted from 1, ascending.
        codes: what stood in the place that the reason speaks of, where it is short; longer texts only by length.
    """

    reason: str
    file: str
    lines: tuple[int, ...]
    codes: tuple[str, ...] = ()

    @property
    def lines_in_words(self) -> str:
        """The lines as runs: ``2, 1131-1200, 5617-5679``."""
        return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in _runs(self.lines))


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """The account of one reading.

    ``rows_read`` = ``rows_loaded`` + all lines of ``left_out`` + all lines of ``set_aside``.

    Attributes:
        mapping: id of the mapping.
        left_out: rows that the mapping does not ask for (other breakdowns, other measures): nothing is wrong.
        set_aside: rows that are damaged or do not belong where they stand: figures are missing because of them.
        remarked: rows that were loaded and still deserve a look (records that repeat another word for word).
        measures_not_found: ids of measures of the mapping of which there is no figure: the source does not have them,
            calls them otherwise by now, or all their rows were set aside.
    """

    mapping: str
    files: tuple[FileRead, ...]
    rows_read: int
    rows_loaded: int
    observations: int
    left_out: tuple[RowsApart, ...] = ()
    set_aside: tuple[RowsApart, ...] = ()
    remarked: tuple[RowsApart, ...] = ()
    measures_not_found: tuple[str, ...] = ()

    @property
    def rows_left_out(self) -> int:
        return sum(len(each.lines) for each in self.left_out)

    @property
    def rows_set_aside(self) -> int:
        return sum(len(each.lines) for each in self.set_aside)

    def sentences(self) -> tuple[str, ...]:
        """The report in words, one finding in each sentence."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        yield (
            f"{_number(self.rows_read, 'row')} read from {self._source}: "
            f"{self.rows_loaded} loaded as {_number(self.observations, 'figure')}, {self.rows_left_out} left out as "
            f"the mapping says, {self.rows_set_aside} set aside."
        )
        for kind, groups in (("Set aside", self.set_aside), ("Loaded, but look", self.remarked)):
            for each in groups:
                yield f"{kind}: {self._rows(each)}, because {each.reason}{_ending(each)}"
        if self.measures_not_found:
            yield f"Not found: {', '.join(self.measures_not_found)}."
        for each in self.left_out:
            yield f"Left out: {self._rows(each)}, {each.reason}."

    @property
    def _source(self) -> str:
        return self.files[0].name if len(self.files) == 1 else _number(len(self.files), "table")

    def _rows(self, rows: RowsApart) -> str:
        """How many rows; of which file only where there are several to choose from."""
        of_file = f" of {rows.file}" if len(self.files) > 1 else ""
        return f"{_number(len(rows.lines), 'row')}{of_file}"


def _ending(rows: RowsApart) -> str:
    shown = ", ".join(rows.codes[:FORMS_IN_A_SENTENCE])
    more = " …" if len(rows.codes) > FORMS_IN_A_SENTENCE else ""
    found = f" (found {shown}{more})" if rows.codes else ""
    return f"{found}: {'line' if len(rows.lines) == 1 else 'lines'} {rows.lines_in_words}."


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _runs(lines: tuple[int, ...]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    return runs
