"""How many people live in an area: the denominators of rates, by ethnic group, sex and age where published.

The people are those of the Census 2021 (21 March 2021), in the small tables of ``datasets/facts``. Which of them stand
under which group is said by a rule of ``datasets/denominators``, always named by the caller.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, CellStatus, Count
from evenhand.datasets.denominators import DenominatorRule, denominator_rule
from evenhand.datasets.observations import OrganisationLevel
from evenhand.errors import InputRefused
from evenhand.ethnicity import TOTAL, TOTALS, UNRECORDED, SpecialGroup

SEXES = ("female", "male")
_ALL = "all"  # in the tables: both sexes together, all ages together, everybody


@dataclass(frozen=True, slots=True)
class Area:
    """An area with the smaller areas it is put together from.

    Attributes:
        code: the code of the Office for National Statistics, or of the NHS for its own areas (``QK1``).
        parts: codes of the areas that make it up; empty when the tables count it directly, or when nobody lives
            "in" it at all (an NHS trust).
        resident: False for a body that serves people wherever they live and so has no population.
    """

    code: str
    name: str
    level: OrganisationLevel
    parts: tuple[str, ...]
    resident: bool


def population(
    area_code: str,
    classification_id: str,
    group_id: str,
    *,
    rule: str | DenominatorRule,
    sex: str | None = None,
    ages: tuple[str, ...] = (),
) -> Count:
    """The number of people who live in an area and stand under a group, by a denominator rule.

    Args:
        area_code: see :func:`areas`.
        classification_id: an id of ``evenhand.ethnicity``, or ``total``.
        group_id: a category of it, ``all_known`` (everybody with a group), or ``all`` (everybody).
        rule: a rule of ``datasets/denominators``, or its id.
        sex: ``female`` or ``male``; both together when None. Published for England and for each district, rounded to 5.
        ages: bands of :func:`age_bands`, added up; all ages together when empty.

    Returns:
        The count, with what rounding of its parts adds up to. SUPPRESSED when a part is; UNKNOWN when there are such
        people and no table here counts them; NOT_APPLICABLE for people whose ethnicity nobody recorded, who are no
        group of residents, and for a body without residents.

    Raises:
        InputRefused: the rule, the sex or an age band does not exist, or the rule has no such group.
    """
    if isinstance(rule, str):
        rule = denominator_rule(rule)
    area = areas().get(area_code)
    if area is not None and area.level in rule.otherwise:
        rule = denominator_rule(rule.otherwise[area.level])
    people = _people(rule.table)
    people.check(sex, ages, rule)
    if group_id in UNRECORDED or (area is not None and not area.resident):
        return NOT_APPLICABLE
    if group_id == SpecialGroup.ALL and rule.everyone_table is not None:
        return _people(rule.everyone_table).count(area_code, (_ALL,), sex, ages)
    return people.count(area_code, _census_groups(rule, classification_id, group_id), sex, ages)


def _census_groups(rule: DenominatorRule, classification_id: str, group_id: str) -> tuple[str, ...]:
    if group_id in TOTALS:
        return rule.grouping(TOTAL).groups[SpecialGroup.ALL_KNOWN]
    groups = rule.grouping(classification_id).groups
    if group_id not in groups:
        raise InputRefused(
            f"the denominator rule {rule.id} has no group {group_id!r} in {classification_id}. "
            f"It has: {', '.join(groups)}."
        )
    return groups[group_id]


def age_bands(rule: str) -> tuple[str, ...]:
    """The age bands of the rule's table, youngest first; empty when it does not count by age.

    A band is named by its first and last year of age: ``0_to_2``, ``15_to_15``, ``85_and_over``.
    """
    return _people(denominator_rule(rule).table).bands


def total(counts: Iterable[Count]) -> Count:
    """Counts of separate people, added up.

    A sum of rounded counts may be off by as much as all its parts together: ``rounded_to`` grows accordingly, so that
    ``smallest`` and ``largest`` still enclose the truth. One part that is suppressed hides the sum, one that is unknown
    leaves it unknown.
    """
    value, off_by = 0, 0
    statuses = set()
    for count in counts:
        statuses.add(count.status)
        value += count.value or 0
        off_by += count.rounded_to // 2
    if CellStatus.UNKNOWN in statuses:
        return UNKNOWN
    if CellStatus.SUPPRESSED in statuses:
        return SUPPRESSED
    return Count(value, rounded_to=2 * off_by + 1)


@cache
def areas() -> dict[str, Area]:
    """Every area that the tables know, by code."""
    return {
        row["code"]: Area(
            code=row["code"],
            name=row["name"],
            level=OrganisationLevel(row["level"]),
            parts=tuple(row["parts"].split()),
            resident=row["resident"] == "yes",
        )
        for row in _facts("areas")
    }


@dataclass(frozen=True)
class _People:
    """One table of people: a count for each area, group, sex and age band that was published."""

    cells: dict[tuple[str, str, str, str], Count]
    bands: tuple[str, ...]

    def check(self, sex: str | None, ages: tuple[str, ...], rule: DenominatorRule) -> None:
        if sex is not None and sex not in SEXES:
            raise InputRefused(f"the sex {sex!r} is not one of {', '.join(SEXES)}.")
        for age in ages:
            if age not in self.bands:
                known = f"They are: {', '.join(self.bands)}." if self.bands else "It does not count by age."
                raise InputRefused(f"{age!r} is not an age band of the denominator rule {rule.id}. {known}")

    def count(self, area_code: str, groups: tuple[str, ...], sex: str | None, ages: tuple[str, ...]) -> Count:
        wanted_ages = ages or (_ALL,)
        return total(self._cell(area_code, group, sex or _ALL, age) for group in groups for age in wanted_ages)

    def _cell(self, area_code: str, group: str, sex: str, age: str) -> Count:
        """The published cell, or the sum of the finest published ones that make it up."""
        if (published := self.cells.get((area_code, group, sex, age))) is not None:
            return published
        area = areas().get(area_code)
        if area is not None and area.parts:
            return total(self._cell(part, group, sex, age) for part in area.parts)
        if age == _ALL and self.bands:
            return total(self._cell(area_code, group, sex, band) for band in self.bands)
        if sex == _ALL and age != _ALL:
            return total(self._cell(area_code, group, each, age) for each in SEXES)
        return UNKNOWN


@cache
def _people(table: str) -> _People:
    cells: dict[tuple[str, str, str, str], Count] = {}
    bands: dict[str, None] = {}
    for row in _facts(table):
        status = CellStatus(row["count_status"])
        value = int(row["count"]) if status is CellStatus.PUBLISHED else None
        key = (row["area_code"], row["ethnic_group"], row["sex"], row["age"])
        cells[key] = Count(value, status, int(row["rounded_to"]))
        if row["age"] != _ALL:
            bands[row["age"]] = None
    return _People(cells, tuple(bands))


def _facts(table: str) -> list[dict[str, str]]:
    text = (resources.files("evenhand.datasets") / "facts" / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
