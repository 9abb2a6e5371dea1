"""What is measured: definitions as dated data with their source, and the frozen classes they are read into."""

from evenhand.indicators.catalogue import DERIVED_MEASURES, catalogue, indicator, read_definitions, unread_measures
from evenhand.indicators.specification import (
    Denominator,
    Direction,
    Indicator,
    Numerator,
    Source,
    Statistic,
    Version,
)

__all__ = [
    "DERIVED_MEASURES",
    "Denominator",
    "Direction",
    "Indicator",
    "Numerator",
    "Source",
    "Statistic",
    "Version",
    "catalogue",
    "indicator",
    "read_definitions",
    "unread_measures",
]
