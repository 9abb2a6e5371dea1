"""Quantiles of areas: the fifths or tenths of deprivation, cut so that each holds as nearly as may be the same number.

    quantile = q + 1 - ⌈j·q/n⌉,   j = how many of the n areas have this value or one later in the order

With 5 quantiles of 10 areas, two areas each; with 5 of 12, the quantiles 1 to 5 hold 3, 2, 3, 2 and 2. Areas of one
value are never torn apart: they all come into the quantile of the first of them, which then holds more than its share
and leaves the next with less. The cut is the one that the Office for Health Improvement and Disparities makes.

Everything is counted in whole numbers, so that no cut falls on the wrong side of an area by rounding, and quantiles are
whole numbers, so that "10" never sorts before "2".

Where it fails: quantiles within each place say who is deprived *there*, quantiles over all who is deprived at all;
neither can be read for the other. Quantiles of areas are not quantiles of people: areas differ in size.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.errors import InputRefused
from evenhand.stats.arguments import refuse
from evenhand.stats.intervals import FloatArray
from evenhand.stats.ordered import OrderedCategories
from evenhand.stats.statuses import Status, StatusArray, first_reason

NONE = 0


class QuantileOrder(StrEnum):
    """What quantile 1 holds. For a score of deprivation, highest first makes 1 the most deprived, as is customary."""

    LOWEST_FIRST = "1 holds the lowest values"
    HIGHEST_FIRST = "1 holds the highest values"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Quantiles:
    """Which quantile each area is in.

    Attributes:
        quantile: 1 to ``number``; 0 where there is none, and ``status`` says why.
        number: how many quantiles there are: 5 for fifths.
    """

    quantile: NDArray[np.int64]
    number: int
    order: QuantileOrder
    status: StatusArray

    @property
    def categories(self) -> OrderedCategories:
        """The quantiles as ordered categories, 1 at rank 0."""
        return OrderedCategories(tuple(map(str, range(1, self.number + 1))))

    def __len__(self) -> int:
        return len(self.quantile)

    def __iter__(self) -> Iterator[int | None]:
        """One quantile an area; None where there is none."""
        for quantile in self.quantile.tolist():
            yield quantile or None


def quantiles(
    values: ArrayLike,
    number: int,
    *,
    within: ArrayLike | None = None,
    order: QuantileOrder = QuantileOrder.LOWEST_FIRST,
) -> Quantiles:
    """The quantile of each area by its value; ``within`` names the place of each area, where each is cut on its own.

    An area without a value has no quantile and counts for none; fewer areas with values than ``number`` have none
    (``TOO_FEW_GROUPS``), and neither stops another place. Raises InputRefused for an infinite value, fewer than two
    quantiles, and shapes that do not fit.
    """
    measure = np.asarray(values, dtype=np.float64)
    refuse(np.isinf(measure), measure, "value", "a value is a finite number")
    places = np.zeros(measure.shape) if within is None else np.asarray(within)
    if measure.ndim != 1 or places.shape != measure.shape:
        raise InputRefused(f"areas: found values {measure.shape} within {places.shape}; one of each an area is right")
    if number < 2:
        raise InputRefused(f"number of quantiles: found {number}; a whole number of 2 or more is right")
    _, place = np.unique(places, return_inverse=True)
    missing = np.isnan(measure)
    sizes = np.bincount(place[~missing], minlength=place.max(initial=0) + 1)
    areas = sizes[place]
    status = first_reason(measure.shape, (missing, Status.MISSING_INPUT), (areas < number, Status.TOO_FEW_GROUPS))
    given = status == Status.GIVEN
    sign = 1 if order is QuantileOrder.LOWEST_FIRST else -1
    rank = _ranks(sign * measure[given], place[given])
    result = np.full(measure.shape, NONE, dtype=np.int64)
    at_or_after = areas[given] + 1 - rank
    result[given] = number + 1 + (-at_or_after * number) // areas[given]
    return Quantiles(quantile=result, number=number, order=order, status=status)


def _ranks(values: FloatArray, place: NDArray[np.intp]) -> NDArray[np.int64]:
    """The rank of each value in its place, from 1; values that are equal share the first of their ranks."""
    in_order = np.lexsort((values, place))
    value, where = values[in_order], place[in_order]
    position = np.arange(len(values))
    new_place = np.append(True, where[1:] != where[:-1])[: len(values)]
    new_value = new_place | np.append(True, value[1:] != value[:-1])[: len(values)]
    first_of_place = np.maximum.accumulate(np.where(new_place, position, 0))
    first_of_value = np.maximum.accumulate(np.where(new_value, position, 0))
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[in_order] = first_of_value - first_of_place + 1
    return ranks
