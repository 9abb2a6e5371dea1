"""Limits of a weighted sum of absolute differences (MDM, MDR, MDB, IDIS), from noisy values.

    S = Σ w_i·|x_i|,   x_i = y_i - Σ q_j·y_j   (q: the population shares, or 1 for the reference group alone)

A group that does not differ at all still adds, on average, √(2/π) of its standard error to S; one that differs by far
more than its standard error adds nothing. So the bias depends on *which* groups differ, and the values do not tell that
of groups within their noise: no interval for such a sum can be exact (Cai T. and Low M. (2011), Ann. Stat. 39,
1012-1041). These limits are safe instead, each for the arrangement of true differences δ that is worst for it:

    lower limit: few groups differ.  |δ_i| = 0 up to a multiple of the difference's standard error σ_i, as observed from
                 twice that on, and straight between: noise explains as much of S as it can
    upper limit: all groups differ alike.  |δ_i| = the same multiple of σ_i, each in its observed direction, which of
                 all arrangements with one Σ w|δ| has the least bias
    corrected:   all differences scaled down in proportion, until the sum to be expected of them is the one observed

Which chances S then has is in ``evenhand.stats.folded_sums``. Where a reference's noise could turn a difference round
(|x| < 2σ), the upper limit takes the direction of most of the others: groups that all stand on one side of a noisy
reference look least different when it happens to fall among them.

A sum below what chance alone exceeds half the time says no more than one just there: its upper limit is worked out from
that median.

Where it fails: by design the interval is wide where many groups differ about as much as their noise (a 95 % interval
covers up to 100 %); BGSD and COV say nearly the same and have nearly exact intervals. Groups must be independent.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from evenhand.stats.arguments import checked_confidence
from evenhand.stats.blocks import blocks
from evenhand.stats.folded_sums import NODES, NoisySums, chance_of_sums, moments
from evenhand.stats.intervals import FloatArray
from evenhand.stats.quadratic_limits import NoiseFree
from evenhand.stats.roots import above_chance, doubled_until, rising_roots

WORST_ARRANGEMENT = "worst arrangement of the differences"

Arrangement = Callable[[FloatArray], FloatArray]
"""From one parameter a setting, the sizes of the true differences."""

IN_DOUBT = 2.0  # times its noise
PLACES_AT_A_TIME = 65_536  # settings × groups (× nodes, around a reference): half a megabyte of each array


def absolute_limits(sums: NoisySums, confidence: float) -> NoiseFree:
    """The sum without what noise adds to it, and its limits. Where there is no noise the sum is its own limits."""
    alpha = 1 - checked_confidence(confidence)
    settings, groups = sums.weight.shape
    wide = groups * (1 if sums.from_group is None else len(NODES))
    answers = np.empty((3, settings))
    for block in blocks(settings, at_a_time=max(1, PLACES_AT_A_TIME // wide)):
        free = _limits(sums.part(block), alpha)
        answers[:, block] = free.corrected, free.lower, free.upper
    return NoiseFree(*answers)


def _limits(sums: NoisySums, alpha: float) -> NoiseFree:
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
    known = _known(sums)

    def few_differ(kept: FloatArray) -> FloatArray:
        drawn = (most - kept)[:, np.newaxis]
        multiple = np.minimum(np.maximum(2 * (sums.multiple - drawn), 0.0), sums.multiple)
        return np.asarray(multiple * sums.noise + known)

    return _sum_at(sums, few_differ, rising_roots(_beyond(sums, few_differ, sums.observed, tail), 0 * most, most))


def _upper_limits(sums: NoisySums, tail: float) -> FloatArray:
    """All groups differ alike, by one multiple of their noise; what is known without noise differs as observed."""
    known = _known(sums)

    def all_differ(multiple: FloatArray) -> FloatArray:
        return multiple[:, np.newaxis] * sums.noise + known

    observed = np.maximum(sums.observed, _median(sums, known))
    beyond = _beyond(replace(sums, direction=_directions_in_doubt(sums)), all_differ, observed, tail)
    start = 1 + sums.multiple.max(axis=1)
    return _sum_at(sums, all_differ, rising_roots(beyond, 0 * start, doubled_until(beyond, start)))


def _known(sums: NoisySums) -> FloatArray:
    """The differences that have no noise."""
    return np.where(sums.noise > 0, 0.0, np.abs(sums.difference))


def _directions_in_doubt(sums: NoisySums) -> FloatArray:
    """The observed directions; where a reference's noise could turn one round, that of most of the others."""
    if sums.from_group is None:
        return sums.direction
    side = np.where(np.vecdot(sums.weight, sums.difference) < 0, -1.0, 1.0)[:, np.newaxis]
    return np.where(sums.multiple < IN_DOUBT, side, sums.direction)


def _beyond(sums: NoisySums, arrangement: Arrangement, observed: FloatArray, tail: float) -> Arrangement:
    """P(S ≥ observed) of an arrangement against ``tail``: a function that rises with the arrangement's parameter."""
    return lambda parameter: above_chance(chance_of_sums(sums, arrangement(parameter))(observed), tail)


def _median(sums: NoisySums, size: FloatArray) -> FloatArray:
    """What S exceeds half the time, when the true differences are of ``size``."""
    chance = chance_of_sums(sums, size)

    def below(observed: FloatArray) -> FloatArray:
        return -above_chance(chance(observed), 0.5)

    start = np.vecdot(sums.weight, size + sums.noise)
    return rising_roots(below, 0 * start, doubled_until(below, start))


def _sum_at(sums: NoisySums, arrangement: Arrangement, parameter: FloatArray) -> FloatArray:
    return np.asarray(np.vecdot(sums.weight, arrangement(parameter)))
