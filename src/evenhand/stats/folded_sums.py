"""The chances of a weighted sum of absolute values of noisy differences, S = Σ w_i·|x_i|.

    x_i = y_i - Σ q_j·y_j   (q: the population shares, or 1 for the reference group alone)

|x| of a normal x is folded, with a known mean and variance; so S has an exact mean, and a variance to the second order
of the correlations of the x. S is taken for a scaled χ (S² for a scaled χ²) of that mean and variance, which is exact
for one group and goes to the normal for many. For a ratio to the mean (IDIS) the mean varies too: Var(S - (S/μ)·μ̂)
takes the place of Var(S).

The noise of a reference group moves all differences together, and a sum of those is no scaled χ. But it is one *given*
that noise (then the x are independent), and P(S ≥ s) is the average over it: mean and variance are worked out at some
points of the reference's noise, joined by cubics, and the chances added up over a finer grid.

Sources: Leone F. C., Nelson L. S. and Nottingham R. B. (1961), Technometrics 3, 543-550 (the folded normal
distribution); Wilson E. B. and Hilferty M. M. (1931), Proc. Natl. Acad. Sci. 17, 684-688, for χ² on that finer grid.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np
from scipy.special import erfc, gammaincc, ndtr

from evenhand.stats.intervals import FloatArray

NODES = np.linspace(-4, 4, 17)  # of the reference's noise, in its standard errors
GRID = np.linspace(-4, 4, 161)
ROUNDING = 1e-14  # of a variance
AS_GOOD_AS_NONE = 1e-9  # a standard error, beside the largest of its setting
SMALLEST_SPREAD = 1e-12  # of S, squared: with less, the gamma function has no digits left


@dataclass(frozen=True, kw_only=True, eq=False)
class NoisySums:
    """S of many settings: arrays of settings × groups.

    Attributes:
        difference: x as observed; weight: w; contrast: q; standard_error: of y.
        direction: of each difference, -1, 0 or 1.
        divisor: what a unit more in each group adds to the mean that S is divided by, as a share of that mean (p/μ);
            0 for a plain sum.
        from_group: the column of the group that all are compared with, where it is one group.
    """

    difference: FloatArray
    weight: FloatArray
    contrast: FloatArray
    standard_error: FloatArray
    divisor: FloatArray
    direction: FloatArray
    from_group: int | None = None

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

    def part(self, block: slice) -> "NoisySums":
        """Some of the settings."""
        return replace(self, **{name: getattr(self, name)[block] for name in _OF_SETTINGS})


_OF_SETTINGS = tuple(field.name for field in fields(NoisySums) if field.name != "from_group")


def chance_of_sums(sums: NoisySums, size: FloatArray) -> Callable[[FloatArray], FloatArray]:
    """P(S ≥ s) as a function of s, when the true differences are of ``size``."""
    if sums.from_group is not None:
        return chance_around_reference(sums, size, sums.from_group)
    mean, variance = moments(sums, size)
    return lambda observed: exceedances(observed, mean, variance)


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
    h, v = sums.of_group, sums.of_centre
    others = [(bend * h**power).sum(axis=1, keepdims=True) - bend * h**power for power in (0, 1, 2)]
    pairs = bend * ((v - h) ** 2 * others[0] - 2 * (v - h) * others[1] + others[2])  # Σ over the others of C²

    # Var|x| less what the first order has counted of it; as a difference of squares it would cancel to nothing.
    own = (size**2 + sigma**2) * outside * (1 + e) - 2 * size * sigma * e * g - sigma**2 * g**2
    own += e**2 * sigma**2 * (sums.direction == 0)
    return mean, np.asarray(first_order + pairs.sum(axis=1) / 2 + np.vecdot(w**2, own))


def exceedances(observed: FloatArray, mean: FloatArray, variance: FloatArray) -> FloatArray:
    """P(S ≥ observed) of a scaled χ of that mean and variance."""
    freedom, square = _scaled_chi(mean, variance)
    return np.asarray(gammaincc(freedom / 2, freedom / 2 * observed**2 / square))


def _scaled_chi(mean: FloatArray, variance: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The degrees of freedom and the mean square of S.

    With u = Var(S)/E[S²] = 1 - 2Γ((ν+1)/2)²/(ν·Γ(ν/2)²), ν ≈ 1/(2u) - 1/4 - 3u/8: the expansion for many degrees of
    freedom, 1 % low at one.
    """
    square = mean**2 + variance
    u = np.clip(np.divide(variance, square, out=np.zeros(square.shape), where=square > 0), SMALLEST_SPREAD, 0.5)
    return 1 / (2 * u) - 0.25 - 3 * u / 8, np.where(square > 0, square, 1.0)


def chance_around_reference(sums: NoisySums, size: FloatArray, column: int) -> Callable[[FloatArray], FloatArray]:
    """P(S ≥ s), averaged over the noise of the reference in ``column``."""
    mean, variance = _given_reference(sums, size, column)
    freedom, square = _scaled_chi(mean, variance)
    spread = np.sqrt(2 / (9 * freedom))
    weight = np.exp(-(GRID**2) / 2)
    weight /= weight.sum()

    def chance(observed: FloatArray) -> FloatArray:
        root = np.cbrt(observed[:, np.newaxis] ** 2 / square)
        return np.asarray(ndtr((1 - spread**2 - root) / spread) @ weight)

    return chance


def _given_reference(sums: NoisySums, size: FloatArray, column: int) -> tuple[FloatArray, FloatArray]:
    """Mean and variance of S, settings × grid: each |x| folded around its difference less the reference's noise.

    In units of each group's standard error: E|x| = r + q with q = g - r·(1 - e), Var|x| = 1 - q·(2r + q), and by r they
    rise with e and with 2·((1 - e)·(r + q) - q).
    """
    of_reference = sums.standard_error[:, [column]]
    most = sums.standard_error.max(axis=1, keepdims=True)
    unit = np.maximum(sums.standard_error, AS_GOOD_AS_NONE * np.where(most > 0, most, 1.0))
    weight = sums.weight * unit
    weight[:, column] = 0
    w = weight[:, np.newaxis]
    signed = size * np.where(sums.direction < 0, -1.0, 1.0) / unit
    by_reference = of_reference / unit
    difference = signed[:, np.newaxis] - by_reference[:, np.newaxis] * NODES[:, np.newaxis]
    r = np.abs(difference)
    outside = erfc(r * np.sqrt(0.5))
    q = np.sqrt(2 / np.pi) * np.exp(-r * r / 2) - r * outside
    folded = r + q
    fall = np.copysign(by_reference[:, np.newaxis] * w, -difference)
    slope = np.vecdot(1 - outside, fall)
    slope_of_variance = 2 * np.vecdot((outside * folded - q) * w, fall)
    mean, variance = np.vecdot(folded, w), np.vecdot(1 - q * (r + folded), w**2)
    return _between_nodes(mean, slope), np.maximum(_between_nodes(variance, slope_of_variance), 0.0)


def _between_nodes(at_nodes: FloatArray, slope: FloatArray) -> FloatArray:
    """By the cubic from each node to the next that has the right values and slopes at both (Hermite)."""
    step = NODES[1] - NODES[0]
    left = np.minimum(((GRID - NODES[0]) / step).astype(np.intp), len(NODES) - 2)
    t = (GRID - NODES[left]) / step
    rise = t**2 * (3 - 2 * t)
    curve = (1 - rise) * at_nodes[:, left] + rise * at_nodes[:, left + 1]
    return np.asarray(curve + step * t * (1 - t) * ((1 - t) * slope[:, left] - t * slope[:, left + 1]))
