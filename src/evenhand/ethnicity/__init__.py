"""Ethnic groups: classifications, the one crosswalk table, labels as publishers write them, quality of coding.

A category id means something only together with its classification: ``other`` includes Chinese people in the groups of
2001 and does not in those of the census since 2011. Nobody whose ethnicity is not recorded is ever put into a group.
"""

from evenhand.ethnicity.classifications import Category, Classification, classification, classifications
from evenhand.ethnicity.codes import NHS_CODING, CodeKind, CodeReading, Coding, count_groups
from evenhand.ethnicity.crosswalks import Crosswalk, CrosswalkRow, crosswalk, crosswalk_rows, split_categories
from evenhand.ethnicity.labels import LabelMatch, normalise_label, normalise_label_at_any_level, standard_label
from evenhand.ethnicity.quality import CodingQuality, Part, coding_quality
from evenhand.ethnicity.special_groups import SPECIAL_GROUPS, TOTAL, TOTALS, UNRECORDED, SpecialGroup

__all__ = [
    "NHS_CODING",
    "SPECIAL_GROUPS",
    "TOTAL",
    "TOTALS",
    "UNRECORDED",
    "Category",
    "Classification",
    "CodeKind",
    "CodeReading",
    "Coding",
    "CodingQuality",
    "Crosswalk",
    "CrosswalkRow",
    "LabelMatch",
    "Part",
    "SpecialGroup",
    "classification",
    "classifications",
    "coding_quality",
    "count_groups",
    "crosswalk",
    "crosswalk_rows",
    "normalise_label",
    "normalise_label_at_any_level",
    "split_categories",
    "standard_label",
]
