"""A straight line over the fractional rank, seen from its two ends: their difference and their ratio.

    f(η) = η (linear), exp η (log), 1/(1 + exp -η) (logit);   η_0, η_1: the line at rank 0 and at rank 1
    difference  f_1 - f_0,   Var = f'_1²·v_1 + f'_0²·v_0 - 2·f'_1·f'_0·c
    ln ratio    ln f_1 - ln f_0,   the same with (ln f)' = 1 (log), 1 - f (logit)

The ends come as a ``RatioOfNormals``: the line at rank 1 is its numerator, at rank 0 its denominator. Source of the
variances: the delta method, exact for the linear difference and the log ratio. Where it fails: the back-transformed
difference is nearly normal only where the ends' standard errors are small against the curve (below about ½ on the logit
or log scale).
"""

from enum import StrEnum

import numpy as np

from evenhand.stats.fieller import RatioOfNormals
from evenhand.stats.intervals import FloatArray, IntervalArray


class Scale(StrEnum):
    """What a line is straight on."""

    LINEAR = "linear"  # the values as they are
    LOG = "log"  # rates
    LOGIT = "logit"  # proportions


def transformed(value: FloatArray, standard_error: FloatArray, scale: Scale) -> tuple[FloatArray, FloatArray]:
    """Values and standard errors on the log or logit scale; ``nan`` for a value that has no place there."""
    if scale is Scale.LOG:
        value = np.where(value > 0, value, np.nan)
        return np.log(value), standard_error / value
    value = np.where((value > 0) & (value < 1), value, np.nan)
    return np.log(value / (1 - value)), standard_error / (value * (1 - value))


def back_transformed(eta: FloatArray, scale: Scale) -> FloatArray:
    """f(η): a point of the line in the unit of the values."""
    if scale is Scale.LINEAR:
        return eta
    return np.exp(eta) if scale is Scale.LOG else np.asarray(1 / (1 + np.exp(-eta)))


def difference_of_ends(ends: RatioOfNormals, scale: Scale, z: float) -> tuple[FloatArray, IntervalArray]:
    """f_1 - f_0 with its interval."""
    top, bottom = back_transformed(ends.numerator, scale), back_transformed(ends.denominator, scale)
    value = top - bottom
    margin = z * _standard_error(ends, _slope_at(top, scale), _slope_at(bottom, scale))
    return value, IntervalArray(value - margin, value + margin)


def ratio_of_ends(ends: RatioOfNormals, scale: Scale, z: float) -> tuple[FloatArray, IntervalArray]:
    """f_1/f_0 with its interval, on the log or the logit scale; the linear one takes Fieller's limits."""
    top, bottom = back_transformed(ends.numerator, scale), back_transformed(ends.denominator, scale)
    value = top / bottom
    margin = z * _standard_error(ends, _slope_at(top, scale) / top, _slope_at(bottom, scale) / bottom)
    return value, IntervalArray(value * np.exp(-margin), value * np.exp(margin))


def _slope_at(value: FloatArray, scale: Scale) -> FloatArray:
    """f'(η), in terms of f."""
    if scale is Scale.LINEAR:
        return np.ones_like(value)
    return value if scale is Scale.LOG else value * (1 - value)


def _standard_error(ends: RatioOfNormals, at_top: FloatArray, at_bottom: FloatArray) -> FloatArray:
    """Of ``at_top``·η_1 - ``at_bottom``·η_0. Rounding may leave a variance of 0 a hair below it."""
    variance = (
        at_top**2 * ends.variance_of_numerator
        + at_bottom**2 * ends.variance_of_denominator
        - 2 * at_top * at_bottom * ends.covariance
    )
    return np.sqrt(np.maximum(variance, 0.0))
