"""Ethnic groups: classifications, the one crosswalk table, labels as publishers write them, quality of coding.

A category id means something only together with its classification: ``other`` includes Chinese people in the groups of
2001 and does not in those of the census since 2011. Nobody whose ethnicity is not recorded is ever put into a group.
"""

from evenhand.ethnicity.classifications import Category, Classification, classification, classifications
from evenhand.ethnicity.crosswalks import Crosswalk, CrosswalkRow, crosswalk, crosswalk_rows
from evenhand.ethnicity.special_groups import TOTAL, TOTALS, UNRECORDED, SpecialGroup

__all__ = [
    "TOTAL",
    "TOTALS",
    "UNRECORDED",
    "Category",
    "Classification",
    "Crosswalk",
    "CrosswalkRow",
    "SpecialGroup",
    "classification",
    "classifications",
    "crosswalk",
    "crosswalk_rows",
]
