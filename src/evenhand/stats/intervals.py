"""The shape of an uncertain number: what every method of this package returns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval for one quantity, in the unit of that quantity. ``lower`` ≤ ``upper``.

    ``nan`` in both places says that the method gives no interval here (for instance a directly standardised rate of
    fewer than ten events); ``inf`` above says that the data set no upper limit.
    """

    lower: float
    upper: float

    def __post_init__(self) -> None:
        if self.lower > self.upper:
            raise ValueError(f"an interval runs upwards: found {self.lower} to {self.upper}")

    def reaches(self, value: float) -> bool:
        """Whether ``value`` lies in the interval or on its edge."""
        return self.lower <= value <= self.upper

    def __mul__(self, factor: float) -> "Interval":
        return Interval(self.lower * factor, self.upper * factor)


@dataclass(frozen=True, slots=True)
class IntervalArray:
    """Confidence intervals for many quantities: two arrays of the same shape, float64."""

    lower: FloatArray
    upper: FloatArray
