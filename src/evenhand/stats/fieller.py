"""Fieller's limits of a ratio: every ratio ρ that the data do not contradict.

    { ρ : (N - ρD)² ≤ z²·(v_N - 2ρc + ρ²v_D) }  =  { ρ : Aρ² - 2Bρ + C ≤ 0 }
    A = D² - z²v_D,   B = ND - z²c,   C = N² - z²v_N
    limits (B ± √(B² - AC)) / A,   B² - AC = z²·(D²v_N - 2NDc + N²v_D - z²(v_N·v_D - c²))

N and D are normal with variances v_N, v_D and covariance c. Source: Fieller E. C. (1954), J. R. Stat. Soc. B 16,
175-185. Unlike the delta method it has its coverage also when D is uncertain, since N - ρD is exactly normal.

Where D does not differ from 0 (A ≤ 0), the set has no end: it is everything, or everything but a stretch between the
roots. For a ratio that cannot be negative what is left of it runs from a lower limit to ∞ (from 0 if N, too, may be 0:
C ≤ 0); otherwise from -∞ to ∞. Solving the quadratic there without looking gives the two roots swapped, which is the
stretch that the data exclude.

Where it fails: N and D must be nearly normal and their variances known.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.intervals import FloatArray, IntervalArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RatioOfNormals:
    """N and D, arrays of one shape, with their variances and their covariance. D is above 0."""

    numerator: FloatArray
    denominator: FloatArray
    variance_of_numerator: FloatArray
    variance_of_denominator: FloatArray
    covariance: FloatArray


def ratio_of_sums(
    value: FloatArray, standard_error: FloatArray, of_numerator: FloatArray, of_denominator: FloatArray
) -> RatioOfNormals:
    """N and D as two weighted sums over the same independent groups, in arrays of settings × groups."""
    error_of_numerator, error_of_denominator = of_numerator * standard_error, of_denominator * standard_error
    return RatioOfNormals(
        numerator=np.vecdot(of_numerator, value),
        denominator=np.vecdot(of_denominator, value),
        variance_of_numerator=np.vecdot(error_of_numerator, error_of_numerator),
        variance_of_denominator=np.vecdot(error_of_denominator, error_of_denominator),
        covariance=np.vecdot(error_of_numerator, error_of_denominator),
    )


def fieller_limits(ratio: RatioOfNormals, z: float) -> tuple[IntervalArray, NDArray[np.bool_]]:
    """The limits of N/D, and where they are bounded; ``-inf`` and ``inf`` where they are not."""
    a, b, half_width = _roots(ratio, z)
    bounded = a > 0
    lower = np.divide(b - half_width, a, out=np.full_like(a, -np.inf), where=bounded)
    upper = np.divide(b + half_width, a, out=np.full_like(a, np.inf), where=bounded)
    return IntervalArray(lower, upper), bounded


def fieller_limits_of_positive_ratio(ratio: RatioOfNormals, z: float) -> tuple[IntervalArray, NDArray[np.bool_]]:
    """The same where neither N nor D can be negative: from 0 or above, to ``inf`` where they are not bounded."""
    a, b, half_width = _roots(ratio, z)
    bounded = a > 0
    c = ratio.numerator**2 - z**2 * ratio.variance_of_numerator
    # C/(B + √(B² - AC)) is the lower root (B - √(B² - AC))/A, and stays one where A is 0 or negative.
    lower = np.divide(c, b + half_width, out=np.zeros_like(c), where=c > 0)
    upper = np.divide(b + half_width, a, out=np.full_like(a, np.inf), where=bounded)
    return IntervalArray(lower, upper), bounded


def _roots(ratio: RatioOfNormals, z: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """A, B, and √(B² - AC), written so that it does not cancel when the variances are small."""
    n, d = ratio.numerator, ratio.denominator
    v_n, v_d, c = ratio.variance_of_numerator, ratio.variance_of_denominator, ratio.covariance
    spread = d**2 * v_n - 2 * n * d * c + n**2 * v_d
    discriminant = z**2 * (spread - z**2 * (v_n * v_d - c**2))
    return d**2 - z**2 * v_d, n * d - z**2 * c, np.sqrt(np.maximum(discriminant, 0.0))
