"""One check of the numbers given to a method: a wrong one is refused, saying where, what and what would be right.

Counts are events, people or days: finite and not negative. ``nan`` says that a number is missing (suppressed, unknown,
not asked): the answer in that place is missing too, with its reason, and the other places are not touched. Why it is
missing is for who calls to keep beside the result. A population of 0 with 0 events is no mistake (nobody of that group
lives here): every method answers it with ``nan`` and the status ``NO_POPULATION``.
"""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.errors import InputRefused
from evenhand.stats.intervals import FloatArray


def critical_value(confidence: float) -> float:
    """z of a two-sided interval: the (1 + confidence)/2 quantile of the standard normal distribution."""
    return NormalDist().inv_cdf((1 + checked_confidence(confidence)) / 2)


def checked_confidence(confidence: float) -> float:
    """``confidence`` itself, a share between 0 and 1; raises InputRefused for anything else, such as 95."""
    if not 0 < confidence < 1:
        raise InputRefused(f"confidence: found {confidence}; a share between 0 and 1 is right, for instance 0.95")
    return confidence


def checked_per(per: float) -> float:
    """``per`` itself, the size of population a rate is quoted for; raises InputRefused unless finite and above 0."""
    if not 0 < per < float("inf"):
        raise InputRefused(f"per: found {per}; a number above 0 is right, for instance 100000")
    return per


def checked_counts(values: ArrayLike, name: str) -> FloatArray:
    """``values`` as float64; raises InputRefused where one is negative or infinite. ``nan``: it is missing."""
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.min(initial=0) >= 0 and numbers.max(initial=0) < np.inf:  # the common case, at the cost of reading them
        return numbers
    refuse((numbers < 0) | np.isinf(numbers), numbers, name, "a count is a finite number, 0 or more")
    return numbers


def checked_rate_counts(events: ArrayLike, population: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Events and the population (or days) they came from, of one shape; events need somebody to have happened to."""
    numerator, denominator = _of_one_shape(events, population)
    if denominator.min(initial=1) > 0:  # the common case
        return numerator, denominator
    wrong = (denominator == 0) & (numerator > 0)
    refuse(wrong, numerator, "events", "a population of 0 can have no events")
    return numerator, denominator


def checked_proportion_counts(events: ArrayLike, population: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """A part and the whole it belongs to, of one shape; the part is not larger than the whole."""
    numerator, denominator = _of_one_shape(events, population)
    refuse(numerator > denominator, numerator, "events", "a part is not larger than its population")
    return numerator, denominator


def _of_one_shape(events: ArrayLike, population: ArrayLike) -> tuple[FloatArray, FloatArray]:
    numerator, denominator = np.broadcast_arrays(
        checked_counts(events, "events"), checked_counts(population, "population")
    )
    return numerator, denominator


def refuse(wrong: NDArray[np.bool_], values: FloatArray, name: str, right: str) -> None:
    """Raise InputRefused for the first place of ``values`` that is ``wrong``, saying what would be right."""
    if not wrong.any():
        return
    position = tuple(int(index) for index in np.argwhere(wrong)[0])
    where = f" at position {', '.join(map(str, position))}" if position else ""
    raise InputRefused(f"{name}: found {values[position]:g}{where}; {right}")
