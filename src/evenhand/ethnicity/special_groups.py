"""Rows of a table that are not an ethnic group: people whose ethnicity is not recorded, and totals.

They stand outside every classification, so that no crosswalk and no label can turn them into a group.
"""

from enum import StrEnum
from typing import Final


class SpecialGroup(StrEnum):
    """The id that a row carries in the place of a category id."""

    UNKNOWN = "unknown"  # not recorded, and the source does not say why (or adds the reasons together)
    NOT_STATED = "not_stated"  # the person was asked and chose not to say
    NOT_KNOWN = "not_known"  # nobody asked, or the person could not answer
    ALL = "all"  # everybody, unknown ethnicity included
    ALL_KNOWN = "all_known"  # everybody whose ethnicity is recorded


SPECIAL_GROUPS: Final = frozenset(SpecialGroup)
UNRECORDED: Final = frozenset({SpecialGroup.UNKNOWN, SpecialGroup.NOT_STATED, SpecialGroup.NOT_KNOWN})
TOTALS: Final = frozenset({SpecialGroup.ALL, SpecialGroup.ALL_KNOWN})

# The classification of a figure from a source that has no ethnicity at all; its group is ALL or ALL_KNOWN.
TOTAL: Final = "total"
