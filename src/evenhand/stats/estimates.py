"""An estimate carries its interval, what it was made of, its unit, its method and its reference: never a bare number.

``Estimate`` is one figure, ``Estimates`` many at once in arrays of one shape. Where there is no value, ``value`` and
``interval`` are ``nan`` and ``status`` says why. A value of ``inf`` (some against none) is a value; a limit of ``inf``
says that the data set none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.statuses import Status, StatusArray

SHARE = "share"
RATIO = "ratio"


def per_unit(per: float) -> str:
    """The unit of a rate or of a difference of rates: ``per 100,000``."""
    return f"per {per:,.10g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One figure.

    Attributes:
        value, interval: in ``unit``.
        numerator, denominator: what the value was made of. Events and population for a level; for a difference or a
            ratio the two values that were compared, in their own unit.
        unit: ``share`` (0 to 1), ``ratio`` (1 says no difference), ``per 100,000``, ``years`` …
        reference: what a comparison is with, in words ("White British", "population average", "all others",
            "standard population 2021"); empty for a figure that is compared with nothing.
    """

    value: float
    interval: Interval
    numerator: float
    denominator: float
    unit: str
    confidence: float
    method: str
    reference: str = ""
    status: Status = Status.GIVEN


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Estimates:
    """As ``Estimate``, in arrays of one shape; unit, confidence, method and reference hold for all of them."""

    value: FloatArray
    interval: IntervalArray
    numerator: FloatArray
    denominator: FloatArray
    unit: str
    confidence: float
    method: str
    status: StatusArray
    reference: str = ""

    def __len__(self) -> int:
        return len(self.value)

    def at(self, places: tuple[NDArray[np.intp], ...]) -> "Estimates":
        """The estimates at some places of the arrays, in that order."""
        return Estimates(
            value=self.value[places],
            interval=IntervalArray(self.interval.lower[places], self.interval.upper[places]),
            numerator=self.numerator[places],
            denominator=self.denominator[places],
            unit=self.unit,
            confidence=self.confidence,
            method=self.method,
            status=self.status[places],
            reference=self.reference,
        )

    def __iter__(self) -> Iterator[Estimate]:
        """One ``Estimate`` a place, for arrays of one dimension."""
        columns = (self.value, self.interval.lower, self.interval.upper, self.numerator, self.denominator, self.status)
        for value, lower, upper, numerator, denominator, status in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            yield Estimate(
                value=value,
                interval=Interval(lower, upper),
                numerator=numerator,
                denominator=denominator,
                unit=self.unit,
                confidence=self.confidence,
                method=self.method,
                reference=self.reference,
                status=Status(status),
            )
