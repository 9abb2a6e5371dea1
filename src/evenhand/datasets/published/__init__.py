"""Reads the tables that publishers put out, each by a small mapping file, and reports what it could not read.

``read_published(source, load_mapping("mental_health_act_annual"))`` returns the observations and a report. Nothing is
guessed: what does not fit its place is set aside with its line number, and a file that does not fit its mapping is
refused.
"""

from evenhand.datasets.published.limits import Limits
from evenhand.datasets.published.mapping import Mapping, load_mapping, mapping_names
from evenhand.datasets.published.reading import Reading, read_published
from evenhand.datasets.published.report import ReadingReport, RowsApart

__all__ = [
    "Limits",
    "Mapping",
    "Reading",
    "ReadingReport",
    "RowsApart",
    "load_mapping",
    "mapping_names",
    "read_published",
]
