"""Limits of a weighted sum of absolute differences (MDM, MDR, MDB, IDIS), from noisy values.

    S = Σ w_i·|x_i|,   x_i = y_i - Σ q_j·y_j   (q: the population shares, or 1 for the reference group alone)

A group that does not differ at all still adds, on average, √(2/π) of its standard error to S; one that differs by far
more than its standard error adds nothing. So the bias depends on *which* groups differ, and the values do not tell that
of groups within their noise: no interval for such a sum can be exact (Cai T. and Low M. (2011), Ann. Stat. 39,
1012-1041). These limits are safe instead, each for the arrangement of true differences δ that is worst for it:

    lower limit: few groups differ.  δ_i = the observed difference drawn towards 0 by the same multiple of its standard
                 error σ_i for all, so that most groups come to 0 and noise explains as much of S as it can
    upper limit: all groups differ alike.  |δ_i| = the same multiple of σ_i, each in its observed direction, which of
                 all arrangements with one Σ w|δ| has the least bias
    corrected:   all differences scaled down in proportion, until the sum to be expected of them is the one observed

For each arrangement the mean and variance of S are worked out (folded normal distributions, exact means; the covariance
of two of them to the second order of their correlation), and S is taken for a scaled χ (S² for a scaled χ²) of that
mean and variance, which is exact for one group and goes to the normal for many. For IDIS the mean that S is divided by
varies too: Var(S - (S/μ)·μ̂) takes the place of Var(S).

A sum below what chance alone exceeds half the time says no more than one just there: its upper limit is worked out from
that median.

Where it fails: by design the interval is wide where many groups differ about as much as their noise (a 95 % interval
covers up to 100 %); BGSD and COV say nearly the same and have nearly exact intervals. Groups must be independent.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.special import erfc, gammaincc, gammainccinv

from evenhand.stats.arguments import checked_confidence
from evenhand.stats.intervals import FloatArray
from evenhand.stats.quadratic_limits import NoiseFree
from evenhand.stats.roots import doubled_until, rising_roots

WORST_ARRANGEMENT = "worst arrangement of the differences, scaled χ matched by two moments"

Arrangement = Callable[[FloatArray], FloatArray]
"""From one parameter a setting, the sizes of the true differences."""

IN_DOUBT = 2.0  # times its noise
ROUNDING = 1e-14  # of a variance
SMALLEST_SPREAD = 1e-12  # of S, squared: with less, the gamma function has no digits left


@dataclass(frozen=True, kw_only=True, eq=False)
class NoisySums:
    """S of many settings: arrays of settings × groups.

    Attributes:
        difference: x as observed; weight: w; contrast: q; standard_error: of y.
        direction: of each difference, -1, 0 or 1.
        divisor: what a unit more in each group adds to the mean that S is divided by, as a share of that mean (p/μ);
            0 for a plain sum.
    """

    difference: FloatArray
    weight: FloatArray
    contrast: FloatArray
    standard_error: FloatArray
    divisor: FloatArray
    direction: FloatArray

    @cached_property
    def observed(self) -> FloatArray:
        """Σ w|x|."""
        return np.asarray(np.vecdot(self.weight, np.abs(self.difference)))

    @cached_property
    def of_group(self) -> FloatArray:
        """h = q·se², and with v below, Cov(x_i, x_j) = v - h_i - h_j."""
        return self.contrast * self.standard_error**2

    @cached_property
    def of_centre(self) -> FloatArray:
        """v = Σ q²·se²."""
        return np.asarray(np.vecdot(self.contrast, self.of_group))[:, np.newaxis]

    @cached_property
    def noise(self) -> FloatArray:
        """σ = √(se² - 2h + v), of each difference; exactly 0 for that of the reference with itself."""
        square = self.standard_error**2 - 2 * self.of_group + self.of_centre
        return np.sqrt(np.where(square > ROUNDING * (self.standard_error**2 + self.of_centre), square, 0.0))

    @cached_property
    def multiple(self) -> FloatArray:
        """|x|/σ; 0 where σ is."""
        return np.divide(np.abs(self.difference), self.noise, out=np.zeros(self.noise.shape), where=self.noise > 0)


def absolute_limits(sums: NoisySums, confidence: float) -> NoiseFree:
    """The sum without what noise adds to it, and its limits. Where there is no noise the sum is its own limits."""
    alpha = 1 - checked_confidence(confidence)
    certain = np.vecdot(sums.weight, sums.noise) == 0
    answers = (
        _in_proportion(sums),
        _lower_limits(sums, alpha / 2),
        _upper_limits(sums, 1 - alpha / 2),
    )
    return NoiseFree(*(np.where(certain, sums.observed, answer) for answer in answers))


def _in_proportion(sums: NoisySums) -> FloatArray:
    """Corrected: t·Σ w|x|, with t from 0 to 1 so that a sum as observed is what one would expect."""

    def excess(t: FloatArray) -> FloatArray:
        mean, _ = moments(sums, t[:, np.newaxis] * np.abs(sums.difference))
        return np.asarray(mean - sums.observed)

    scale = np.ones(sums.observed.shape)
    return rising_roots(excess, 0 * scale, scale) * sums.observed


def _lower_limits(sums: NoisySums, tail: float) -> FloatArray:
    """Few groups differ: those within a multiple of their noise not at all, from twice that on as observed."""
    most = sums.multiple.max(axis=1)
    observed = np.abs(sums.difference)

    def few_differ(kept: FloatArray) -> FloatArray:
        drawn = (most - kept)[:, np.newaxis] * sums.noise
        return np.asarray(np.minimum(np.maximum(2 * (observed - drawn), 0.0), observed))

    return _sum_at(sums, few_differ, rising_roots(_beyond(sums, few_differ, sums.observed, tail), 0 * most, most))


def _upper_limits(sums: NoisySums, tail: float) -> FloatArray:
    """All groups differ alike, by one multiple of their noise; what is known without noise differs as observed."""
    known = np.where(sums.noise > 0, 0.0, np.abs(sums.difference))

    def all_differ(multiple: FloatArray) -> FloatArray:
        return multiple[:, np.newaxis] * sums.noise + known

    observed = np.maximum(sums.observed, _median(*moments(sums, known)))
    beyond = _beyond(replace(sums, direction=_directions_in_doubt(sums)), all_differ, observed, tail)
    start = 1 + sums.multiple.max(axis=1)
    return _sum_at(sums, all_differ, rising_roots(beyond, 0 * start, doubled_until(beyond, start)))


def _directions_in_doubt(sums: NoisySums) -> FloatArray:
    """The observed directions; where the reference's own noise could turn one round, that of most of the others.

    Groups that all stand on one side of a noisy reference are moved together by it, and look least different when it
    happens to fall among them.
    """
    shared = sums.contrast.max(axis=1, keepdims=True) == 1
    side = np.sign(np.vecdot(sums.weight, sums.difference))[:, np.newaxis]
    return np.where(shared & (sums.multiple < IN_DOUBT), side, sums.direction)


def _beyond(sums: NoisySums, arrangement: Arrangement, observed: FloatArray, tail: float) -> Arrangement:
    """P(S ≥ observed) of an arrangement, less ``tail``: a function that rises with the arrangement's parameter."""
    return lambda parameter: exceedances(observed, *moments(sums, arrangement(parameter))) - tail


def _sum_at(sums: NoisySums, arrangement: Arrangement, parameter: FloatArray) -> FloatArray:
    return np.asarray(np.vecdot(sums.weight, arrangement(parameter)))


def moments(sums: NoisySums, size: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean and variance of S when the true differences are of ``size``, each in its observed direction.

    |x| of a normal x with mean δ ≥ 0 and standard deviation σ (r = δ/σ, φ and Φ of the normal distribution) is folded:

        E|x| = δ·e + σ·g,   e = 2Φ(r) - 1,   g = 2φ(r)
        Cov(|x_i|, |x_j|) ≈ e_i·e_j·C_ij ± and + g_i·g_j·C_ij²/(2σ_i·σ_j)    (± by their directions; C = Cov(x_i, x_j))
        Var|x| = δ² + σ² - (E|x|)²
    """
    w, q, se, sigma = sums.weight, sums.contrast, sums.standard_error, sums.noise
    noisy = sigma > 0
    unit = np.where(noisy, sigma, 1.0)
    r = size / unit
    outside = np.where(noisy, erfc(r / np.sqrt(2)), 0.0)  # 1 - e
    e = 1 - outside
    g = np.where(noisy, np.sqrt(2 / np.pi) * np.exp(-r * r / 2), 0.0)
    mean = np.asarray(np.vecdot(w, size * e + sigma * g))

    tilt = w * e * sums.direction
    gradient = tilt - q * tilt.sum(axis=1, keepdims=True) - mean[:, np.newaxis] * sums.divisor
    first_order = np.vecdot(gradient**2, se**2)

    bend = w * g / unit
    h, v = sums.of_group, sums.of_centre[:, 0]
    b0, b1, b2 = bend.sum(axis=1), np.vecdot(bend, h), np.vecdot(bend, h * h)
    all_pairs = v**2 * b0**2 + 2 * b2 * b0 + 2 * b1**2 - 4 * v * b1 * b0
    same = np.vecdot(bend**2, (v[:, np.newaxis] - 2 * h) ** 2)

    # Var|x| less what the first order has counted of it; as a difference of squares it would cancel to nothing.
    own = (size**2 + sigma**2) * outside * (1 + e) - 2 * size * sigma * e * g - sigma**2 * g**2
    own += e**2 * sigma**2 * (sums.direction == 0)
    return mean, np.asarray(first_order + (all_pairs - same) / 2 + np.vecdot(w**2, own))


def exceedances(observed: FloatArray, mean: FloatArray, variance: FloatArray) -> FloatArray:
    """P(S ≥ observed) of a scaled χ of that mean and variance."""
    freedom, square = _scaled_chi(mean, variance)
    return np.asarray(gammaincc(freedom / 2, freedom / 2 * observed**2 / square))


def _median(mean: FloatArray, variance: FloatArray) -> FloatArray:
    freedom, square = _scaled_chi(mean, variance)
    return np.asarray(np.sqrt(square * 2 / freedom * gammainccinv(freedom / 2, 0.5)))


def _scaled_chi(mean: FloatArray, variance: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The degrees of freedom and the mean square of S.

    With u = Var(S)/E[S²] = 1 - 2Γ((ν+1)/2)²/(ν·Γ(ν/2)²), ν ≈ 1/(2u) - 1/4 - 3u/8: the expansion for many degrees of
    freedom, 1 % low at one.
    """
    square = mean**2 + variance
    u = np.clip(np.divide(variance, square, out=np.zeros(square.shape), where=square > 0), SMALLEST_SPREAD, 0.5)
    return 1 / (2 * u) - 0.25 - 3 * u / 8, np.where(square > 0, square, 1.0)
