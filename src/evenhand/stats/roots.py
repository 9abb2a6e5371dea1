"""Where rising functions reach zero, many at once: Ridders' method.

Each step looks at the middle of every bracket and at the point that Ridders' formula puts between its ends; the bracket
at least halves, and near a smooth root the number of right digits doubles. Source: Ridders C. (1979), IEEE Trans.
Circuits Syst. 26, 979-980.

Where it fails: a function that falls somewhere in its bracket may have several roots, of which it finds one.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import ndtri

from evenhand.stats.intervals import FloatArray

MOST_STEPS = 60
MOST_DOUBLINGS = 100
CLOSE_ENOUGH = 1e-10  # to 0, of the values at the ends; or between one step and the next, of the root
SMALLEST_CHANCE = 1e-15


def rising_roots(function: Callable[[FloatArray], FloatArray], lower: FloatArray, upper: FloatArray) -> FloatArray:
    """For each place the root of ``function``, which takes and gives arrays of that shape, between two ends.

    The lower end where the function is not negative even there, the upper end where it is not positive even there.
    """
    low, high = lower, upper
    at_low, at_high = function(low), function(high)
    answer = np.where(at_low >= 0, low, high)
    searching = (at_low < 0) & (at_high > 0)
    small = CLOSE_ENOUGH * np.minimum(np.abs(at_low), np.abs(at_high))
    steps = 0
    while searching.any() and steps < MOST_STEPS:
        steps += 1
        middle = (low + high) / 2
        at_middle = function(middle)
        step = at_middle / np.sqrt(at_middle**2 - np.where(searching, at_low * at_high, -1.0))
        point = middle - (middle - low) * step
        at_point = function(point)
        for place, value in ((middle, at_middle), (point, at_point)):
            below = searching & (value < 0) & (place > low)
            above = searching & (value >= 0) & (place < high)
            low, at_low = np.where(below, place, low), np.where(below, value, at_low)
            high, at_high = np.where(above, place, high), np.where(above, value, at_high)
        moved = np.abs(point - answer) > CLOSE_ENOUGH * np.abs(point)
        answer = np.where(searching, point, answer)
        searching &= moved & (np.abs(at_point) > small) & (at_high > 0)
    return answer


def doubled_until(function: Callable[[FloatArray], FloatArray], start: FloatArray) -> FloatArray:
    """For each place the first of ``start``, 2·``start``, 4·``start`` … at which the function is not negative."""
    upper = start
    for _ in range(MOST_DOUBLINGS):
        short = function(upper) < 0
        if not short.any():
            break
        upper = np.where(short, 2 * upper, upper)
    return upper


def above_chance(chance: FloatArray, tail: float) -> FloatArray:
    """How far a probability is above ``tail``, on the scale of the normal quantile: there it is nearly straight."""
    return np.asarray(ndtri(np.clip(chance, SMALLEST_CHANCE, 1 - SMALLEST_CHANCE)) - ndtri(tail))
