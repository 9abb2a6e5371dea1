"""Limits of a measure that is a square at heart (BGV, squared COV, Theil T, MLD), from a noisy value of it.

Values that differ by chance alone already give such a measure T something to square: E[T] = m + b for the true measure
m. T is taken for a scaled noncentral χ² whose mean and variance are right at every m that is tested:

    E[T] = m + b,    Var(T) = 2v + 4k·m
    T ~ c·χ²(ν, λ),  c = (v + 2k·m)/(b + 2m),   ν = b/c,   λ = m/c
    lower limit: P(T ≥ t | m) = α/2, and 0 where that holds even for m = 0;   upper limit: P(T ≥ t | m) = 1 - α/2
    corrected:   max(0, t - b)

For a quadratic form T = y'Ay of independent normal values of mean θ and covariance Σ, b = tr(AΣ), v = tr(AΣAΣ) and
4k·m = 4θ'AΣAθ, exactly (Mathai A. M. and Provost S. B. (1992), Quadratic Forms in Random Variables, ch. 3); k is read
off the values themselves, k = g'Σg/4t with g the gradient of T at the values. Where every group's standard error is
σ/√n, T/c is a noncentral χ² exactly. For the other measures b and v come from the second derivatives.

A value below what chance alone exceeds half the time says no more than one just there: its upper limit is worked out
from that median, so that luck cannot give an upper limit of 0 and the look of certainty.

Where it fails: see each measure. k is as noisy as the values; the groups must be independent.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import chndtr, gammainccinv, ndtr

from evenhand.stats.arguments import checked_confidence
from evenhand.stats.intervals import FloatArray
from evenhand.stats.roots import above_chance, doubled_until, rising_roots

MATCHED_CHI_SQUARE = "noncentral χ² matched by two moments"

SANKARAN_FROM = 1_000.0
"""From this noncentrality on Sankaran's formula stands in for the exact sum: it is within 3·10⁻⁶, and takes no longer
the larger the noncentrality."""


@dataclass(frozen=True, slots=True, eq=False)
class NoiseOfSquares:
    """What noise adds to the mean and to the variance of a measure, one of each a setting: b, v, and 4k·t = g'Σg."""

    bias: FloatArray
    null_variance: FloatArray
    variance_of_slope: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class NoiseFree:
    """The measure without what noise adds to it, and the limits of that."""

    corrected: FloatArray
    lower: FloatArray
    upper: FloatArray

    def map(self, rising: Callable[[FloatArray], FloatArray]) -> "NoiseFree":
        """All three through one rising function, such as the square root."""
        return NoiseFree(rising(self.corrected), rising(self.lower), rising(self.upper))


def noncentral_limits(value: FloatArray, noise: NoiseOfSquares, confidence: float) -> NoiseFree:
    """One measure of many settings. Where there is no noise at all the value is the measure, and its own limits."""
    alpha = 1 - checked_confidence(confidence)
    certain = noise.bias <= 0
    bias = np.where(certain, 1.0, noise.bias)
    t = value / bias  # from here on in units of b
    v = np.where(certain, 1.0, noise.null_variance / bias**2)
    k = np.divide(noise.variance_of_slope / bias**2, 4 * t, out=v.copy(), where=(t > 0) & ~certain)

    def below(t: FloatArray, tail: float, m: FloatArray) -> FloatArray:
        return above_chance(exceedances(t, m, v, k), tail)

    at_least = np.maximum(t, 2 * v * gammainccinv(1 / (2 * v), 0.5))
    highest = doubled_until(lambda m: below(at_least, 1 - alpha / 2, m), at_least + 1)
    lower = rising_roots(lambda m: below(t, alpha / 2, m), np.zeros(t.shape), highest)
    upper = rising_roots(lambda m: below(at_least, 1 - alpha / 2, m), np.zeros(t.shape), highest)
    return NoiseFree(
        corrected=np.where(certain, value, np.maximum(value - bias, 0.0)),
        lower=np.where(certain, value, lower * bias),
        upper=np.where(certain, value, upper * bias),
    )


def exceedances(t: FloatArray, m: FloatArray, v: FloatArray, k: FloatArray) -> FloatArray:
    """P(T ≥ t | m), everything in units of b."""
    c = (v + 2 * k * m) / (1 + 2 * m)
    x, freedom, noncentrality = t / c, 1 / c, m / c
    near = noncentrality < SANKARAN_FROM
    exact = 1 - chndtr(x, freedom, np.where(near, noncentrality, 0.0))
    return np.where(near, exact, _sankaran(x, freedom, noncentrality))


def _sankaran(x: FloatArray, freedom: FloatArray, noncentrality: FloatArray) -> FloatArray:
    """P(χ²(ν, λ) ≥ x) by Sankaran's power transformation (Sankaran M. (1963), Biometrika 50, 199-204)."""
    mean, half_variance = freedom + noncentrality, freedom + 2 * noncentrality
    h = 1 - 2 * mean * (mean + 2 * noncentrality) / (3 * half_variance**2)
    p = half_variance / mean**2
    q = (h - 1) * (1 - 3 * h)
    centre = 1 + h * p * (h - 1 - (2 - h) * q * p / 2)
    return np.asarray(ndtr((centre - (x / mean) ** h) / (h * np.sqrt(2 * p) * (1 + q * p / 2))))
