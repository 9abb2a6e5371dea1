"""Ordered categories, so that "10" never sorts before "2": the tenths and fifths that a rank measure is over.

The order of a slope index is part of its meaning, and a column of labels does not carry it: sorted as text, the tenths
of deprivation run "1", "10", "2", and a slope of -10.10 comes out as -2.15 without a word. So an order is either given,
or it is that of whole numbers, or the labels are refused.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from evenhand.errors import InputRefused

Label = str | int

_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]+")


@dataclass(frozen=True, slots=True)
class OrderedCategories:
    """The categories of one ordered characteristic, from rank 0 to rank 1: for deprivation the most deprived first.

    ``OrderedCategories(("poorest", "middle", "richest"))`` says an order; ``OrderedCategories.of`` takes it from a
    column of whole numbers. Raises InputRefused for a label given twice and for none at all.
    """

    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.labels:
            raise InputRefused("ordered categories: found none; one or more are right")
        repeated = [label for place, label in enumerate(self.labels) if label in self.labels[:place]]
        if repeated:
            raise InputRefused(f"ordered categories: found {repeated[0]!r} twice; each label stands once")

    @classmethod
    def of(cls, column: Iterable[Label], *, order: Sequence[Label] | None = None) -> "OrderedCategories":
        """The categories of a column, whose labels repeat as often as may be: in ``order``, or that of whole numbers.

        Raises InputRefused when a label is not in ``order``; without one, when a label is no whole number, so that an
        order has to be given, and when two labels ("1" and "01") are the same number.
        """
        distinct = list(dict.fromkeys(map(str, column)))
        if order is None:
            return cls(_in_order_of_numbers(distinct))
        categories = cls(tuple(map(str, order)))
        categories.positions(distinct)
        return categories

    @property
    def first(self) -> str:
        """The category at rank 0."""
        return self.labels[0]

    @property
    def last(self) -> str:
        """The category at rank 1."""
        return self.labels[-1]

    def __len__(self) -> int:
        return len(self.labels)

    def reversed(self) -> "OrderedCategories":
        """The same categories from the other end."""
        return OrderedCategories(self.labels[::-1])

    def positions(self, column: Iterable[Label]) -> NDArray[np.intp]:
        """Where each label of a column stands in the order, from 0; raises InputRefused for one that is not in it."""
        of_label = {label: position for position, label in enumerate(self.labels)}
        labels = list(map(str, column))
        for label in labels:
            if label not in of_label:
                raise InputRefused(f"ordered categories: found {label!r}; one of {', '.join(self.labels)} is right")
        return np.array([of_label[label] for label in labels], dtype=np.intp)


def _in_order_of_numbers(distinct: list[str]) -> tuple[str, ...]:
    for label in distinct:
        if not _WHOLE_NUMBER.fullmatch(label):
            raise InputRefused(
                f"ordered categories: found {label!r}, which is no whole number; their order has to be given"
            )
    labels = sorted(distinct, key=int)
    for one, other in pairwise(labels):
        if int(one) == int(other):
            raise InputRefused(f"ordered categories: found {one!r} and {other!r}; one spelling of a number is right")
    return tuple(labels)
