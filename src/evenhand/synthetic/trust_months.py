"""Invented trusts month by month: people restrained and bed days of a whole trust, by broad ethnic group.

Real counts of this kind vary by more than chance alone gives: wards open and close, staff come and go. So each month
and each group has, beside the chance of a Poisson count, an up and down of its own (over-dispersion).
"""

import csv
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from evenhand.synthetic.chance import around_one, poisson

OCCUPIED = 0.92  # the share of beds with somebody in them
_BED_DAYS_SPREAD = 0.05
_GROUP_SPREAD = 0.05

# How many times as often as White people the people of each group are restrained, and those of unrecorded group.
TIMES = {
    "White": 1.0,
    "Mixed": 1.4,
    "Asian or Asian British": 0.95,
    "Black or Black British": 2.2,
    "Other ethnic groups": 1.1,
    "Unknown": 1.2,
}
BLACK = "Black or Black British"


@dataclass(frozen=True, slots=True)
class Trust:
    """An invented trust; ``of_thousand``: of 1,000 people in its beds, how many are of each group of :data:`TIMES`."""

    code: str
    name: str
    beds: int
    of_thousand: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TrustCount:
    """One count: ``measure`` is ``people_restrained`` or ``bed_days``, ``month`` its first day."""

    month: date
    trust: Trust
    measure: str
    group: str
    count: int


def counts_of_month(month: date, trust: Trust, restrained: Mapping[str, float], chance: Random) -> Iterator[TrustCount]:
    """The counts of one trust in one month; ``restrained``: how many people for each 1,000 bed days, by group."""
    days = trust.beds * monthrange(month.year, month.month)[1] * OCCUPIED
    for group, of_thousand in trust.of_thousand.items():
        bed_days = round(days * of_thousand / 1000 * around_one(_BED_DAYS_SPREAD, chance))
        expected = bed_days * restrained[group] / 1000 * around_one(_GROUP_SPREAD, chance)
        yield TrustCount(month, trust, "people_restrained", group, min(poisson(expected, chance), bed_days))
        yield TrustCount(month, trust, "bed_days", group, bed_days)


def write_trust_months(path: Path, counts: Iterable[TrustCount]) -> Path:
    """Write the counts as the CSV file that the mapping ``invented_trust_months`` reads, and return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["month", "trust_code", "trust_name", "measure", "ethnic_group", "count"])
        for each in counts:
            writer.writerow(
                [each.month.isoformat(), each.trust.code, each.trust.name, each.measure, each.group, each.count]
            )
    return path
