"""Cells that hold numbers: a number, or a sign whose meaning the mapping states. Anything else is refused."""

import re

from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, Count
from evenhand.datasets.observations import OrganisationLevel
from evenhand.datasets.published.mapping import Mapping, Meaning
from evenhand.datasets.published.refusals import shown
from evenhand.errors import InputRefused

# A spreadsheet writes 274.0 for 274. No count of people or events on these islands needs more than twelve digits.
_WHOLE = re.compile(r"(\d{1,12})(?:\.0+)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,12}(?:\.\d+)?", re.ASCII)
_FRACTION = re.compile(r"\d+\.\d+", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)

_WITHOUT_A_NUMBER = {
    Meaning.SUPPRESSED: SUPPRESSED,
    Meaning.UNKNOWN: UNKNOWN,
    Meaning.NOT_APPLICABLE: NOT_APPLICABLE,
}


class CellReader:
    """Reads the counts and figures of one source by its signs, its thousands separator and its rounding."""

    def __init__(self, mapping: Mapping) -> None:
        # A blank cell whose meaning the mapping does not state is "unknown": the source left it empty without a word.
        self._markers = {"": Meaning.UNKNOWN, **mapping.markers}
        self._thousands = mapping.thousands
        self._rounding = mapping.rounding

    def count(self, cell: str, level: OrganisationLevel, *, where: str) -> Count:
        """The count in a cell.

        Raises:
            InputRefused: the cell holds a negative number, a fraction, or a text that is no sign of this source.
        """
        meaning = self._markers.get(cell)
        if meaning is not None and meaning is not Meaning.ZERO:
            return _WITHOUT_A_NUMBER[meaning]
        return self._rounded(0 if meaning is Meaning.ZERO else self._whole(cell, where), level)

    def figure(self, cell: str, *, where: str) -> float | None:
        """A figure that the publisher computed, or None where a sign stands in its place. A ``%`` sign is taken off.

        Raises:
            InputRefused: the cell holds a text that is no sign of this source, or a negative number.
        """
        meaning = self._markers.get(cell)
        if meaning is not None:
            return 0.0 if meaning is Meaning.ZERO else None
        number = self._without_thousands(cell.removesuffix("%").rstrip())
        if _NUMBER.fullmatch(number):
            return float(number)
        raise InputRefused(f"{where}: expected a figure or one of {self._signs()}, found {shown(cell)}.")

    def _whole(self, cell: str, where: str) -> int:
        number = self._without_thousands(cell)
        if found := _WHOLE.fullmatch(number):
            return int(found[1])
        if number.startswith("-") and _NUMBER.fullmatch(number[1:]):
            raise InputRefused(f"{where}: a count is not negative, found {shown(cell)}.")
        if _FRACTION.fullmatch(number):
            raise InputRefused(f"{where}: a count is a whole number, found {shown(cell)}.")
        raise InputRefused(f"{where}: expected a count or one of {self._signs()}, found {shown(cell)}.")

    def _without_thousands(self, cell: str) -> str:
        if self._thousands and _GROUPED.fullmatch(cell):
            return cell.replace(self._thousands, "")
        return cell

    def _rounded(self, value: int, level: OrganisationLevel) -> Count:
        base = self._rounding.by_level.get(level, self._rounding.to)
        if value == 0 and self._rounding.zero_is_exact:
            base = 1
        return Count(value, rounded_to=self._rounding.wider.get(value, base) if base > 1 else base)

    def _signs(self) -> str:
        return ", ".join(repr(sign) if sign else "blank" for sign in self._markers)
