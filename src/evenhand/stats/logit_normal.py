"""A share whose uncertainty is given on the logit scale: its mean and its standard deviation as a share.

    logit P normal about logit p with standard deviation s
    mean E[P], standard deviation √(E[P²] - E[P]²),  E by Gauss-Hermite quadrature of 20 points

A published share comes with limits that are asymmetric because they were made on the logit scale. Its standard
deviation here is the ``standard_error`` that a slope on the linear scale needs
(``evenhand.stats.slope_index.slope_indices``), where a slope on the logit scale would be another index. Sources:
Aitchison J. and Shen S. M. (1980), Biometrika 67, 261-272, for the distribution; Abramowitz M. and Stegun I. (1964),
25.4.46, for the quadrature.

Where it fails: beyond s = 1 twenty points lose digits (against 120: to 1e-14 at s = 0.5, 1e-8 at 1, 1e-4 at 2), and so
uncertain a share is badly described by a standard deviation anyway. A share of 0 or 1 has no logit: ``nan``.
"""

import numpy as np
from numpy.typing import ArrayLike

from evenhand.stats.arguments import checked_counts, refuse
from evenhand.stats.intervals import FloatArray
from evenhand.stats.rank_line import Scale, back_transformed, transformed

POINTS = 20


def logit_normal_moments(share: ArrayLike, standard_error_of_logit: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation of each share, in arrays of one shape.

    Raises InputRefused for a share outside 0 to 1 or a negative standard error.
    """
    shares = checked_counts(share, "share")
    refuse(shares > 1, shares, "share", "a share is 1 at most")
    spread = checked_counts(standard_error_of_logit, "standard error of the logit")
    logit, _ = transformed(shares, spread, Scale.LOGIT)
    points, weights = np.polynomial.hermite_e.hermegauss(POINTS)
    weights = weights / weights.sum()
    at_points = back_transformed(logit[..., np.newaxis] + spread[..., np.newaxis] * points, Scale.LOGIT)
    mean = at_points @ weights
    return mean, np.sqrt((at_points - mean[..., np.newaxis]) ** 2 @ weights)
