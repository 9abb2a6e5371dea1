"""What one recorded code says: a category, one of the two ways of not saying, or nothing that can be used.

Codes become groups here and by the crosswalk, never by a list of cases: in the national pipelines such lists have
dropped groups, swapped them, and published "not stated" as a minority.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from evenhand.errors import InputRefused
from evenhand.ethnicity import reference
from evenhand.ethnicity.classifications import classification
from evenhand.ethnicity.crosswalks import crosswalk
from evenhand.ethnicity.special_groups import SpecialGroup


class CodeKind(StrEnum):
    """How usable a recorded code is. Every record has exactly one kind."""

    VALID = "valid"
    NOT_STATED = "not_stated"  # Z, NS: the person was asked and chose not to say
    NOT_KNOWN = "not_known"  # 99 (in older hospital data X): not asked, or the person could not answer
    DEFAULT = "default"  # filled in by the recording system itself, as its owner declares
    INVALID = "invalid"  # no code of the classification
    MISSING = "missing"  # empty


@dataclass(frozen=True, slots=True)
class CodeReading:
    """A code's kind, and the category id or special group that its record counts in."""

    kind: CodeKind
    group: str


_MISSING = CodeReading(CodeKind.MISSING, SpecialGroup.UNKNOWN.value)
_DEFAULT = CodeReading(CodeKind.DEFAULT, SpecialGroup.UNKNOWN.value)
_INVALID = CodeReading(CodeKind.INVALID, SpecialGroup.UNKNOWN.value)


@dataclass(frozen=True, slots=True)
class Coding:
    """How a data set writes ethnicity.

    Attributes:
        classification_id: the classification whose codes are recorded; one that has codes of its own
            (``nhs_2001``, ``ons_2021``, ``home_office_16``).
        default_codes: codes that this recording system fills in by itself, where its owner knows of any. They are
            counted as DEFAULT whatever they would mean otherwise.
        local_subdivisions: whether a second character is the organisation's own subdivision, as the NHS Data
            Dictionary allows (``A1`` is then ``A``). Off unless the column is known to be so: in a column of mixed
            origin ``NA`` would become African.
    """

    classification_id: str = "nhs_2001"
    default_codes: Collection[str] = frozenset()
    local_subdivisions: bool = False

    def read(self, code: str | None) -> CodeReading:
        """What ``code`` says. Blanks around it and its case make no difference.

        Raises:
            InputRefused: the classification does not exist or has no codes of its own.
        """
        known = _codes(self.classification_id)
        written = _as_written(code or "")
        if not written:
            return _MISSING
        if written in {_as_written(each) for each in self.default_codes}:
            return _DEFAULT
        if written not in known and self.local_subdivisions and len(written) == 2:
            written = written[0]
        return known.get(written, _INVALID)


NHS_CODING = Coding()


def count_groups(codes: Iterable[str | None], *, grouping: str, coding: Coding = NHS_CODING) -> dict[str, int]:
    """Records by group of the classification ``grouping``, zeros included, then not stated, not known and unknown.

    Codes that are invalid, default or missing count as unknown. The numbers add up to the number of records.

    Raises:
        InputRefused: the codes cannot be turned into ``grouping``.
    """
    joined = crosswalk(coding.classification_id, grouping)
    unrecorded = (SpecialGroup.NOT_STATED.value, SpecialGroup.NOT_KNOWN.value, SpecialGroup.UNKNOWN.value)
    counts = dict.fromkeys((*classification(grouping).category_ids, *unrecorded), 0)
    for code, records in Counter(codes).items():
        reading = coding.read(code)
        counts[joined.target(reading.group) if reading.kind is CodeKind.VALID else reading.group] += records
    return counts


def _as_written(code: str) -> str:
    code = code.strip()
    return code.upper() if code.isascii() else code  # elsewhere upper case can turn a strange letter into a code


@cache
def _codes(classification_id: str) -> dict[str, CodeReading]:
    owner = classification(classification_id)
    every = [row for row in reference.rows("codes") if row["classification"] == owner.id]
    if not every:
        raise InputRefused(
            f"The categories of {classification_id} have names and no codes. "
            "Codes are read in nhs_2001, ons_2021 and home_office_16; names are read as labels."
        )
    return {row["code"]: CodeReading(CodeKind(row["kind"]), row["group"]) for row in every}
