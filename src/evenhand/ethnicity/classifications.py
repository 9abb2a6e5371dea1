"""The sets of ethnic categories that English public services have counted with, each with its dates and its source."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from evenhand.errors import InputRefused
from evenhand.ethnicity import reference


@dataclass(frozen=True, slots=True)
class Category:
    """One category of a classification.

    Attributes:
        id: the code of the source where it is a word of the field (``A`` of the NHS, ``W1`` of the police), otherwise
            the source's label in snake case.
        label: the name, short enough for a table.
        order: position in the source's own order, from 0.
        parent: id of the broad group in the classification ``Classification.broad_groups``; None where there is none.
        residual: whether it holds "any other" of its broad group: a category that tells little about a person, and
            whose share grows when staff guess.
    """

    id: str
    label: str
    order: int
    parent: str | None
    residual: bool


@dataclass(frozen=True, slots=True)
class Classification:
    """A set of categories of which each person with a recorded ethnicity has exactly one.

    Attributes:
        valid_from, valid_to: first and last day of use, both included; ``valid_to`` is None while it is in use.
        broad_groups: id of the classification that its categories are gathered into; None for broad groups themselves.
    """

    id: str
    title: str
    valid_from: date
    valid_to: date | None
    source: str
    categories: tuple[Category, ...]
    broad_groups: str | None

    @property
    def category_ids(self) -> tuple[str, ...]:
        """The ids in the source's own order."""
        return tuple(category.id for category in self.categories)

    def category(self, category_id: str) -> Category:
        """The category with this id.

        Raises:
            InputRefused: the classification has no such category.
        """
        for category in self.categories:
            if category.id == category_id:
                return category
        raise InputRefused(
            f"{category_id!r} is not a category of {self.id} ({self.title}). "
            f"Its categories are {', '.join(self.category_ids)}."
        )

    def holds_on(self, day: date) -> bool:
        """Whether the classification is in use on ``day``."""
        return reference.holds(self.valid_from, self.valid_to, day)


def classification(classification_id: str) -> Classification:
    """The classification with this id.

    Raises:
        InputRefused: there is no such classification; the message lists those that there are.
    """
    try:
        return _by_id()[classification_id]
    except KeyError:
        known = ", ".join(_by_id())
        raise InputRefused(f"{classification_id!r} is not an ethnic classification. There are: {known}.") from None


def classifications() -> tuple[Classification, ...]:
    """Every classification, in the order of the reference table."""
    return tuple(_by_id().values())


@cache
def _by_id() -> dict[str, Classification]:
    parents = {
        (row["from_classification"], row["to_classification"], row["from_id"]): row["to_id"]
        for row in reference.rows("crosswalks")
    }
    categories = defaultdict(list)
    broad = {row["id"]: row["broad_groups"] for row in reference.rows("classifications")}
    for row in reference.rows("categories"):
        owner = row["classification"]
        parent = parents.get((owner, broad[owner], row["id"]))
        residual = row["residual"] == "yes"
        categories[owner].append(Category(row["id"], row["label"], int(row["order"]), parent, residual))
    return {
        row["id"]: Classification(
            id=row["id"],
            title=row["title"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=reference.day(row["valid_to"]),
            source=row["source"],
            categories=tuple(categories[row["id"]]),
            broad_groups=row["broad_groups"] or None,
        )
        for row in reference.rows("classifications")
    }
