"""The values of the groups of a setting beside their mean: what every measure of dispersion is worked out from."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.intervals import FloatArray


class Spread:
    """Values (… × groups) and what follows from them, each worked out once, whichever measures ask for it.

    ``share`` and ``equal_share`` (each group's share of the population, and one over the number of groups) have the
    same shape or broadcast to it; both are 0 for a group that does not exist, which is given the mean as its value, so
    that it stands nowhere apart. The mean is always the population's, weighted by ``share``.
    """

    def __init__(self, value: FloatArray, share: FloatArray, equal_share: FloatArray) -> None:
        self.value = value
        self.share = share
        self.equal_share = equal_share

    @cached_property
    def mean(self) -> FloatArray:
        """μ, of the population; of equal values that value to the last digit."""
        first = self.value[..., :1]
        return np.asarray(first[..., 0] + np.vecdot(self.value - first, self.share))

    @cached_property
    def deviation(self) -> FloatArray:
        """y - μ."""
        return self.value - self.mean[..., np.newaxis]

    @cached_property
    def distance(self) -> FloatArray:
        """|y - μ|."""
        return np.abs(self.deviation)

    @cached_property
    def variance(self) -> FloatArray:
        """Σ p(y - μ)²."""
        return np.asarray(np.vecdot(self.deviation * self.deviation, self.share))

    @cached_property
    def relative(self) -> FloatArray:
        """y/μ; ``nan`` where the mean is not above 0."""
        mean = np.where(self.mean > 0, self.mean, np.nan)
        return self.value / mean[..., np.newaxis]

    @cached_property
    def logarithm(self) -> FloatArray:
        """ln(y/μ); -∞ for a value of 0 or less."""
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(np.maximum(self.relative, 0.0)))

    @cached_property
    def relative_times_logarithm(self) -> FloatArray:
        """(y/μ)·ln(y/μ), and 0 for a value of 0 (or, of a stray draw, less)."""
        above = self.relative > 0
        return self.relative * np.where(above, self.logarithm, 0.0)

    @property
    def exists(self) -> NDArray[np.bool_]:
        """Whether each group exists."""
        return np.asarray(self.equal_share > 0)

    def weight(self, weighted: bool) -> FloatArray:
        """Each group's share, or one over the number of groups."""
        return self.share if weighted else self.equal_share

    def distance_from(self, column: int) -> FloatArray:
        """|y - y_r|, r the group in ``column``."""
        return np.abs(self.value - self.value[..., column, np.newaxis])
