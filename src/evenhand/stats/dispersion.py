"""Dispersion: how far the groups of a setting stand from their mean, from a reference, or from the best.

    p_i = share of the population,  μ = Σ p_i·y_i,  w_i = p_i (weighted) or one over the number of groups (unweighted)

    BGV  = Σ p·(y - μ)²      between-group variance           MDM  = Σ w·|y - μ|       mean difference from the mean
    BGSD = √BGV              … standard deviation             MDR  = Σ w·|y - y_r|     … from a reference group
    COV  = 100·BGSD/μ        coefficient of variation         MDB  = Σ w·|y - y_best|  … from the group named as best
                                                              IDIS = 100·MDM/μ         index of disparity

μ is the population's mean in the unweighted measures as well, and the reference counts among the groups. Sources: World
Health Organization (2013), Handbook on health inequality monitoring; Harper S. and Lynch J. (2005), Methods for
measuring cancer disparities, National Cancer Institute; Pearcy J. N. and Keppel K. G. (2002), Public Health Rep. 117,
273-280 (IDIS).

**Noise.** Every one of them is pushed upwards by chance: E[BGV] = true BGV + Σ p(1 - p)·se². ``corrected`` takes that
off; the limits are of the measure without noise and allow for it (``evenhand.stats.quadratic_limits`` for the first
three, ``evenhand.stats.absolute_limits`` for the others); ``null_upper`` is what chance alone stays below 95 times in
100, simulated.

Coverage of 95 % intervals, simulated over 117 designs (5, 16 and 34 groups; equal sizes, one group of 80 %, falling
sizes; no differences to five standard errors; spread over all groups, halves apart, one apart): BGV, BGSD and COV 93 to
97 % where the differences exceed the noise; 97.5 % without any and up to 98.5 % while they are within the noise, where
no upper limit can miss. MDM, IDIS, MDR and MDB 93 to 100 %: too wide rather than too narrow, by design
(``evenhand.stats.absolute_limits``).

**The best group.** MDB takes the name of the group that counts as best, and which it is must come from outside the
figures. To take the lowest (or highest) of noisy values is to take a lucky one, and everybody then seems to stand
behind it: of 5, 16 and 34 equal groups that do not differ at all, MDB from the lowest is 1.15, 1.75 and 2.10 standard
errors, and from a group named beforehand 0.89, 1.06 and 1.10, which correction and limits allow for. So compare with a
reference (MDR) or the mean (MDM) by default.

Where it fails: groups are taken for independent, their shares as known, their noise for normal. Standard errors from
the same few counts as the values fall with them: where the smallest group expects 10 events, COV covers 90 to 93 % if
one group alone stands far out.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.stats.absolute_limits import WORST_ARRANGEMENT, absolute_limits
from evenhand.stats.compared_groups import group_position
from evenhand.stats.folded_sums import NoisySums
from evenhand.stats.intervals import FloatArray
from evenhand.stats.noisy_measures import NoisyMeasure, never_lacking, summarised
from evenhand.stats.quadratic_limits import MATCHED_CHI_SQUARE, NoiseFree, NoiseOfSquares, noncentral_limits
from evenhand.stats.simulation import SIMULATED, Simulation
from evenhand.stats.spread import Spread
from evenhand.stats.statuses import Status
from evenhand.stats.summaries import UNIT_OF_THE_VALUES, Summaries, group_values

PER_CENT = "per cent of the mean"
UNIT_SQUARED = "unit of the values, squared"


def between_group_variances(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    confidence: float = 0.95,
    simulation: Simulation = SIMULATED,
) -> Summaries:
    """BGV of each of S settings from arrays of S × G, in the square of the unit of the values."""
    return _one(BETWEEN_GROUP_VARIANCE, value, standard_error, population, confidence, simulation)


def between_group_standard_deviations(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    confidence: float = 0.95,
    simulation: Simulation = SIMULATED,
) -> Summaries:
    """BGSD of each of S settings from arrays of S × G, in the unit of the values."""
    return _one(BETWEEN_GROUP_STANDARD_DEVIATION, value, standard_error, population, confidence, simulation)


def coefficients_of_variation(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    confidence: float = 0.95,
    simulation: Simulation = SIMULATED,
) -> Summaries:
    """COV of each of S settings from arrays of S × G, in per cent. ``NOT_DEFINED`` where the mean is not above 0."""
    return _one(COEFFICIENT_OF_VARIATION, value, standard_error, population, confidence, simulation)


def mean_differences_from_mean(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    weighted: bool = True,
    confidence: float = 0.95,
    simulation: Simulation = SIMULATED,
) -> Summaries:
    """MDM of each of S settings from arrays of S × G, in the unit of the values."""
    return _one(difference_from_mean(weighted=weighted), value, standard_error, population, confidence, simulation)


def indices_of_disparity(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    weighted: bool = True,
    confidence: float = 0.95,
    simulation: Simulation = SIMULATED,
) -> Summaries:
    """IDIS of each of S settings from arrays of S × G, in per cent. ``NOT_DEFINED`` where the mean is not above 0."""
    return _one(index_of_disparity(weighted=weighted), value, standard_error, population, confidence, simulation)


def mean_differences_from_reference(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    groups: Sequence[str],
    reference: str,
    weighted: bool = True,
    confidence: float = 0.95,
    simulation: Simulation = SIMULATED,
) -> Summaries:
    """MDR of each of S settings from arrays of S × G whose columns are ``groups``, one of them the ``reference``.

    ``NOTHING_TO_COMPARE_WITH`` where the reference does not exist in a setting.
    """
    column = group_position(group_values(value, standard_error, population), groups, reference)
    measure = difference_from_group(column, reference, weighted=weighted)
    return _one(measure, value, standard_error, population, confidence, simulation)


def mean_differences_from_best(
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    *,
    groups: Sequence[str],
    best: str,
    weighted: bool = True,
    confidence: float = 0.95,
    simulation: Simulation = SIMULATED,
) -> Summaries:
    """MDB: as MDR, with the group that counts as best by name, chosen before seeing the figures (see above why)."""
    return mean_differences_from_reference(
        value,
        standard_error,
        population,
        groups=groups,
        reference=best,
        weighted=weighted,
        confidence=confidence,
        simulation=simulation,
    )


def _one(
    measure: NoisyMeasure,
    value: ArrayLike,
    standard_error: ArrayLike,
    population: ArrayLike,
    confidence: float,
    simulation: Simulation,
) -> Summaries:
    groups = group_values(value, standard_error, population)
    return summarised({"": measure}, groups, confidence=confidence, simulation=simulation)[""]


def noise_of_variance(share: FloatArray, standard_error: FloatArray) -> tuple[FloatArray, FloatArray]:
    """b = Σ p(1 - p)·se² and v = Σ p²se⁴ - 2Σ p³se⁴ + (Σ p²se²)², of BGV = y'Ay with A = diag(p) - pp'."""
    h = share * standard_error**2
    of_mean = np.vecdot(share, h)
    return h.sum(axis=1) - of_mean, np.vecdot(h, h) - 2 * np.vecdot(share * h, h) + of_mean**2


def _limits_of_variance(spread: Spread, standard_error: FloatArray, confidence: float) -> NoiseFree:
    bias, null_variance = noise_of_variance(spread.share, standard_error)
    gradient = 2 * spread.share * spread.deviation
    noise = NoiseOfSquares(bias, null_variance, np.vecdot(gradient**2, standard_error**2))
    return noncentral_limits(spread.variance, noise, confidence)


def _limits_of_standard_deviation(spread: Spread, standard_error: FloatArray, confidence: float) -> NoiseFree:
    return _limits_of_variance(spread, standard_error, confidence).map(np.sqrt)


def _limits_of_variation(spread: Spread, standard_error: FloatArray, confidence: float) -> NoiseFree:
    """Of BGV/μ², whose gradient is (2p/μ)·((y - μ)/μ - BGV/μ²)."""
    square = spread.mean**2
    bias, null_variance = noise_of_variance(spread.share, standard_error)
    gradient = _gradient_of_squared_variation(spread)
    noise = NoiseOfSquares(bias / square, null_variance / square**2, np.vecdot(gradient**2, standard_error**2))
    return noncentral_limits(spread.variance / square, noise, confidence).map(lambda limit: 100 * np.sqrt(limit))


def _gradient_of_squared_variation(spread: Spread) -> FloatArray:
    squared = (spread.variance / spread.mean**2)[:, np.newaxis]
    return 2 * spread.share / spread.mean[:, np.newaxis] * (spread.relative - 1 - squared)


def _standard_deviation(spread: Spread) -> FloatArray:
    return np.sqrt(spread.variance)


def _variation(spread: Spread) -> FloatArray:
    """Over a mean that is not above 0: ``nan`` (no setting has it, and no more than a stray draw)."""
    return 100 * np.sqrt(spread.variance) / np.where(spread.mean > 0, spread.mean, np.nan)


def mean_not_above_zero(spread: Spread) -> NDArray[np.bool_]:
    """Where nothing can be relative to the mean."""
    return np.asarray(spread.mean <= 0)


BETWEEN_GROUP_VARIANCE = NoisyMeasure(
    unit=UNIT_SQUARED,
    method=MATCHED_CHI_SQUARE,
    of=lambda spread: spread.variance,
    limits=_limits_of_variance,
    lacking=never_lacking,
)
BETWEEN_GROUP_STANDARD_DEVIATION = NoisyMeasure(
    unit=UNIT_OF_THE_VALUES,
    method=MATCHED_CHI_SQUARE,
    of=_standard_deviation,
    limits=_limits_of_standard_deviation,
    lacking=never_lacking,
)
COEFFICIENT_OF_VARIATION = NoisyMeasure(
    unit=PER_CENT,
    method=MATCHED_CHI_SQUARE,
    of=_variation,
    limits=_limits_of_variation,
    lacking=mean_not_above_zero,
)


def difference_from_mean(*, weighted: bool) -> NoisyMeasure:
    """MDM."""

    def of(spread: Spread) -> FloatArray:
        return np.asarray(np.vecdot(spread.distance, spread.weight(weighted)))

    def limits(spread: Spread, standard_error: FloatArray, confidence: float) -> NoiseFree:
        sums = NoisySums(
            difference=spread.deviation,
            direction=np.sign(spread.deviation),
            weight=spread.weight(weighted),
            contrast=spread.share,
            standard_error=standard_error,
            divisor=np.zeros(spread.share.shape),
        )
        return absolute_limits(sums, confidence)

    return NoisyMeasure(unit=UNIT_OF_THE_VALUES, method=WORST_ARRANGEMENT, of=of, limits=limits, lacking=never_lacking)


def index_of_disparity(*, weighted: bool) -> NoisyMeasure:
    """IDIS."""

    def of(spread: Spread) -> FloatArray:
        mean = np.where(spread.mean > 0, spread.mean, np.nan)
        return np.asarray(100 * np.vecdot(spread.distance, spread.weight(weighted)) / mean)

    def limits(spread: Spread, standard_error: FloatArray, confidence: float) -> NoiseFree:
        mean = spread.mean[:, np.newaxis]
        sums = NoisySums(
            difference=spread.deviation / mean,
            direction=np.sign(spread.deviation),
            weight=spread.weight(weighted),
            contrast=spread.share,
            standard_error=standard_error / mean,
            divisor=spread.share,
        )
        return absolute_limits(sums, confidence).map(lambda limit: 100 * limit)

    return NoisyMeasure(unit=PER_CENT, method=WORST_ARRANGEMENT, of=of, limits=limits, lacking=mean_not_above_zero)


def difference_from_group(column: int, name: str, *, weighted: bool) -> NoisyMeasure:
    """MDR and MDB: from the group ``name``, which stands in ``column``."""

    def of(spread: Spread) -> FloatArray:
        return np.asarray(np.vecdot(spread.distance_from(column), spread.weight(weighted)))

    def limits(spread: Spread, standard_error: FloatArray, confidence: float) -> NoiseFree:
        contrast = np.zeros(spread.share.shape)
        contrast[:, column] = 1
        difference = np.where(spread.exists, spread.value - spread.value[:, [column]], 0.0)
        sums = NoisySums(
            difference=difference,
            direction=np.sign(difference),
            weight=spread.weight(weighted),
            contrast=contrast,
            standard_error=standard_error,
            divisor=np.zeros(spread.share.shape),
            from_group=column,
        )
        return absolute_limits(sums, confidence)

    return NoisyMeasure(
        unit=UNIT_OF_THE_VALUES,
        method=WORST_ARRANGEMENT,
        of=of,
        limits=limits,
        lacking=lambda spread: ~spread.exists[:, column],
        reason=Status.NOTHING_TO_COMPARE_WITH,
        reference=name,
    )
