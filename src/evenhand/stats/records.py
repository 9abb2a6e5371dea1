"""Records counted by group: how many there are, to how many it happened, and the proportion with its interval.

    of each group:  x = records in which it happened,  n = records in which it is known whether it did,   p = x/n

The interval is Wilson's, or Clopper and Pearson's (``evenhand.stats.proportions``). A record without a group and a
record without an outcome are dropped by nobody: each is counted under what is missing of it, so that every record
stands in exactly one place. What those without a group could change about the others is for
``evenhand.stats.unknown_ethnicity``.

Where it fails: records have to be one a person. Several records of one person are not independent, and the intervals
are then too narrow. Leaving out records whose outcome is not known takes their outcomes to be like those of the rest.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from math import isnan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.errors import InputRefused
from evenhand.stats.arguments import refuse
from evenhand.stats.blocks import blocks
from evenhand.stats.estimates import Estimates
from evenhand.stats.proportions import ProportionMethod, proportions

UNKNOWN_GROUP = -1
"""The code of a record whose group is not known."""

Label = str | float | None

# What a record says about the outcome, and how many such answers there are.
_HAPPENED, _UNKNOWN_OUTCOME, _ANSWERS = 1, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupProportions:
    """The proportion of each group, and the records that are in none of them.

    Attributes:
        labels: the groups, one a place.
        estimates: of each group, over its records whose outcome is known; ``NO_POPULATION`` where there are none.
        unknown_outcome: of each group, the records whose outcome is not known, in no estimate.
        without_group: one place: the same estimate of all records whose group is not known.
        without_both: the records of which neither is known.
    """

    labels: tuple[str, ...]
    estimates: Estimates
    unknown_outcome: NDArray[np.int64]
    without_group: Estimates
    without_both: int

    @property
    def records(self) -> int:
        """How many records there were: each in one of the places above."""
        of_groups = self.estimates.denominator.sum() + self.unknown_outcome.sum()
        return int(of_groups + self.without_group.denominator.sum()) + self.without_both


def group_proportions(
    groups: ArrayLike | Sequence[Label],
    happened: ArrayLike,
    *,
    labels: Sequence[str] | None = None,
    confidence: float = 0.95,
    method: ProportionMethod = ProportionMethod.WILSON,
) -> GroupProportions:
    """The proportion of each group from records: two columns of one length, a place for each record.

    Args:
        groups: labels as text, where ``None``, ``nan`` and an empty text say that the group is not known; or codes,
            whole numbers, which are the group's place among ``labels``, and ``UNKNOWN_GROUP``.
        happened: true or false (1 or 0); ``nan`` or ``None`` where it is not known.
        labels: the groups in the order wanted, also those without a record. Codes need them; without them the groups
            are the labels that occur, sorted as text.

    Raises InputRefused for unlike lengths, a label or code that is not among ``labels``, and outcomes that are neither
    true nor false nor missing.
    """
    codes, names = _coded(groups, labels)
    outcome = _outcomes(happened)
    if codes.shape != outcome.shape or codes.ndim != 1:
        raise InputRefused(
            f"records: found groups of shape {codes.shape} and outcomes of shape {outcome.shape}; "
            "one of each a record is right"
        )
    counts = _tally(codes, outcome, len(names))
    estimates = proportions(
        counts[:, _HAPPENED], counts[:, :_UNKNOWN_OUTCOME].sum(axis=1), confidence=confidence, method=method
    )
    return GroupProportions(
        labels=names,
        estimates=estimates.at((np.arange(1, len(counts)),)),
        unknown_outcome=counts[1:, _UNKNOWN_OUTCOME],
        without_group=estimates.at((np.arange(1),)),
        without_both=int(counts[0, _UNKNOWN_OUTCOME]),
    )


def _tally(codes: NDArray[np.integer], outcome: NDArray[np.uint8], groups: int) -> NDArray[np.int64]:
    """Records by group (the unknown one first) and outcome."""
    places = (groups + 1) * _ANSWERS
    counts = np.zeros(places, dtype=np.int64)
    for block in blocks(codes.size):
        code = codes[block]
        if code.min() < UNKNOWN_GROUP or code.max() >= groups:
            wrong = (codes < UNKNOWN_GROUP) | (codes >= groups)
            refuse(wrong, codes.astype(np.float64), "group", f"a code from {UNKNOWN_GROUP} to {groups - 1} is right")
        place = code.astype(np.intp)  # before anything is added, which a column of small integers has no room for
        place -= UNKNOWN_GROUP
        place *= _ANSWERS
        place += outcome[block]
        counts += np.bincount(place, minlength=places)
    return counts.reshape(groups + 1, _ANSWERS)


def _outcomes(happened: ArrayLike) -> NDArray[np.uint8]:
    """0, 1, or ``_UNKNOWN_OUTCOME`` of each record."""
    outcome = np.asarray(happened)
    if outcome.dtype == np.bool_:
        return outcome.view(np.uint8)
    numbers = outcome.astype(np.float64)
    missing = np.isnan(numbers)
    refuse(~missing & (numbers != 0) & (numbers != 1), numbers, "happened", "true or false, or nan, is right")
    return np.where(missing, _UNKNOWN_OUTCOME, numbers).astype(np.uint8)


def _coded(
    groups: ArrayLike | Sequence[Label], labels: Sequence[str] | None
) -> tuple[NDArray[np.integer], tuple[str, ...]]:
    """The code of each record's group, and what the codes stand for."""
    if labels is not None and len(set(labels)) != len(labels):
        raise InputRefused(f"labels: found {', '.join(labels)}; each label once is right")
    if isinstance(groups, np.ndarray) and groups.dtype.kind in "iu":
        if labels is None:
            raise InputRefused("labels: found none for groups given as codes; one for each code is right")
        return groups, tuple(labels)
    column = groups if isinstance(groups, np.ndarray) else np.asarray(groups, dtype=object)
    if column.ndim != 1:
        raise InputRefused(f"records: found groups of shape {column.shape}; one label a record is right")
    return _codes_of_labels(column.tolist(), labels)


def _codes_of_labels(column: list[Label], labels: Sequence[str] | None) -> tuple[NDArray[np.integer], tuple[str, ...]]:
    """By a dictionary: each label is looked up once, which is ten times quicker than sorting them."""
    first_seen: defaultdict[Label, int] = defaultdict(count().__next__)
    seen = np.fromiter(map(first_seen.__getitem__, column), dtype=np.intp, count=len(column))
    distinct = list(first_seen)
    known = {label: str(label) for label in distinct if not _is_missing(label)}
    names = tuple(sorted(set(known.values()))) if labels is None else tuple(labels)
    place = {name: position for position, name in enumerate(names)}
    if strange := sorted(set(known.values()) - set(names)):
        raise InputRefused(f"group: found {strange[0]!r}; one of {', '.join(names)} is right")
    codes = [place[known[label]] if label in known else UNKNOWN_GROUP for label in distinct]
    return np.array(codes, dtype=np.intp)[seen], names


def _is_missing(label: Label) -> bool:
    return label is None or label == "" or (isinstance(label, float) and isnan(label))
