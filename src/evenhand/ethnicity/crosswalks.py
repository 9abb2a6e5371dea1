"""From the categories of one classification to those of another: one table, always joined, never a list of cases.

Only joins in which every category has exactly one target are offered. A join that would have to guess (a broad group
into its parts; ``other`` of 2001, which holds Chinese people, into ``other`` of 2011, which does not) is refused.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from evenhand.errors import InputRefused
from evenhand.ethnicity import reference
from evenhand.ethnicity.classifications import classification, classifications
from evenhand.ethnicity.special_groups import SPECIAL_GROUPS


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """One row of ``tables/crosswalks.csv``, valid on the days from ``valid_from`` to ``valid_to``, both included."""

    from_classification: str
    from_id: str
    to_classification: str
    to_id: str
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The join from one classification to another. ``targets`` holds every category of the first, each once."""

    from_id: str
    to_id: str
    targets: Mapping[str, str]

    def target(self, category_id: str) -> str:
        """The category of ``to_id`` that the category of ``from_id`` belongs to.

        Raises:
            InputRefused: ``category_id`` is no category of ``from_id``. Not stated, not known and totals are none, so
                they never arrive in a group.
        """
        target = self.targets.get(category_id)
        if target is None:
            known = ", ".join(self.targets)
            raise InputRefused(f"{category_id!r} is not a category of {self.from_id}. Its categories are {known}.")
        return target

    def regroup(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Counts by category of ``from_id``, added up by category of ``to_id``.

        Special groups (not stated, not known, totals) keep their own id, so that groups and unknown still add up to
        the same total.
        """
        regrouped: Counter[str] = Counter()
        for group, count in counts.items():
            regrouped[group if group in SPECIAL_GROUPS else self.target(group)] += count
        return dict(regrouped)


def crosswalk(from_id: str, to_id: str, *, on: date | None = None) -> Crosswalk:
    """The join from classification ``from_id`` to ``to_id`` as it holds on a day; without a day, as it holds now.

    Raises:
        InputRefused: one of the classifications does not exist, a category would have to be split (the message names
            it), or the join does not hold on that day.
    """
    categories = classification(from_id).category_ids
    classification(to_id)
    if from_id == to_id:
        return Crosswalk(from_id, to_id, MappingProxyType({category: category for category in categories}))
    joined = _joins().get((from_id, to_id))
    if joined is None:
        raise InputRefused(f"{from_id} cannot be turned into {to_id}: {_why_not(from_id, to_id)}")
    targets = {row.from_id: row.to_id for row in joined if _holds(row, on)}
    if not targets:
        days = f"from {joined[0].valid_from} to {joined[0].valid_to or 'now'}"
        raise InputRefused(f"{from_id} can be turned into {to_id} {days}, not on {on or 'later days'}.")
    return Crosswalk(from_id, to_id, MappingProxyType(targets))


def split_categories(from_id: str, to_id: str) -> dict[str, tuple[str, ...]]:
    """The categories of ``from_id`` that lie in more than one of ``to_id``, each with the categories it lies in.

    Found by looking at the parts: where a third classification joins to both, the parts of one category of the first
    may land in several of the second.
    """
    landed: dict[str, set[str]] = {}
    for finer in (each.id for each in classifications()):
        to_first, to_second = _targets(finer, from_id), _targets(finer, to_id)
        for part in to_first.keys() & to_second.keys():
            landed.setdefault(to_first[part], set()).add(to_second[part])
    order = classification(to_id).category_ids
    return {
        category: tuple(sorted(landed[category], key=order.index))
        for category in classification(from_id).category_ids
        if len(landed.get(category, ())) > 1
    }


@cache
def crosswalk_rows() -> tuple[CrosswalkRow, ...]:
    """The whole table, for joins in a database."""
    return tuple(
        CrosswalkRow(
            from_classification=row["from_classification"],
            from_id=row["from_id"],
            to_classification=row["to_classification"],
            to_id=row["to_id"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=reference.day(row["valid_to"]),
            source=row["source"],
        )
        for row in reference.rows("crosswalks")
    )


@cache
def _joins() -> dict[tuple[str, str], tuple[CrosswalkRow, ...]]:
    joins: dict[tuple[str, str], tuple[CrosswalkRow, ...]] = {}
    for row in crosswalk_rows():
        pair = (row.from_classification, row.to_classification)
        joins[pair] = (*joins.get(pair, ()), row)
    return joins


def _targets(from_id: str, to_id: str) -> dict[str, str]:
    """Like :func:`crosswalk`, on any day; empty where there is no such join."""
    if from_id == to_id:
        return {category: category for category in classification(from_id).category_ids}
    return {row.from_id: row.to_id for row in _joins().get((from_id, to_id), ())}


def _holds(row: CrosswalkRow, on: date | None) -> bool:
    return row.valid_to is None if on is None else reference.holds(row.valid_from, row.valid_to, on)


def _why_not(from_id: str, to_id: str) -> str:
    category, parts = next(iter(split_categories(from_id, to_id).items()))
    return (
        f"{category!r} of {from_id} holds people of {' and of '.join(repr(part) for part in parts)}, "
        "and nobody can tell who is who. Count from the finer categories of the source instead."
    )
