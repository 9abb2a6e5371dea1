"""Soar Valley Partnership Trust, which does not exist: people restrained and bed days, by ethnic group and service.

The counts are drawn once from a fixed seed, so that pages, tests and tutorials speak of the same figures. They are made
to hold what real ones hold: a large group and many small ones, an inequality, people whose ethnicity nobody recorded,
and services in which single people would be seen if the counts were printed as they are.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from evenhand.synthetic.chance import poisson

SEED = 2024
MONTH = "2024-03-01"
_DAYS = 31
_OCCUPIED = 0.92


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the trust; ``restrained`` is how many people are restrained there for each 1,000 bed days."""

    code: str
    name: str
    beds: int
    restrained: float


SERVICES = (
    Service("SVPT-A", "Soar Valley adult wards", beds=280, restrained=19.0),
    Service("SVPT-O", "Soar Valley wards for older people", beds=120, restrained=7.0),
    Service("SVPT-S", "Soar Valley secure wards", beds=140, restrained=16.0),
)

# Of 1,000 people in hospital, how many are of each category of the NHS (Z not stated, 99 not known), and how many times
# as often as the first they are restrained.
_GROUPS = {
    "A": (560, 1.0),
    "B": (14, 1.1),
    "C": (58, 1.1),
    "D": (24, 1.5),
    "E": (8, 1.4),
    "F": (11, 1.2),
    "G": (15, 1.5),
    "H": (92, 0.9),
    "J": (38, 1.0),
    "K": (13, 1.0),
    "L": (27, 1.1),
    "M": (36, 2.0),
    "N": (34, 1.9),
    "P": (22, 2.2),
    "R": (5, 0.8),
    "S": (21, 1.3),
    "Z": (15, 1.2),
    "99": (7, 1.6),
}


@dataclass(frozen=True, slots=True)
class InventedCount:
    """One count: ``measure`` is ``people_restrained`` or ``bed_days``, ``category`` a code of the NHS."""

    service: Service
    measure: str
    category: str
    count: int


def invented_counts(seed: int = SEED) -> Iterator[InventedCount]:
    """Every count of the trust for one month. The same seed gives the same counts on every machine."""
    chance = Random(seed)  # noqa: S311 (to be repeated, not to be secret)
    for service in SERVICES:
        days = service.beds * _DAYS * _OCCUPIED
        for category, (of_thousand, times) in _GROUPS.items():
            bed_days = round(days * of_thousand / 1000 * chance.uniform(0.7, 1.3))
            restrained = poisson(bed_days * times * service.restrained / 1000, chance)
            yield InventedCount(service, "people_restrained", category, min(restrained, bed_days))
            yield InventedCount(service, "bed_days", category, bed_days)


def write_invented_source(path: Path, seed: int = SEED) -> Path:
    """Write the counts as the CSV file that the mapping ``soar_valley_services`` reads, and return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["month", "service_code", "service_name", "measure", "ethnic_category", "count"])
        for each in invented_counts(seed):
            writer.writerow(
                [MONTH, each.service.code, each.service.name, each.measure, each.category, each.count],
            )
    return path
