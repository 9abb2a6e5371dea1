"""The limits of a funnel: how far from a target chance alone carries an organisation of a given size.

Around a target θ, with α of the chance beyond either limit (0.025 for 95 %, 0.001 for 99.8 %), for an organisation of
size n (population) or E (expected events; for a rate, population times target):

    share          θ ± z·√(θ(1-θ)/n), cut at 0 and 1: the shares whose Wilson interval just reaches θ
    share, exact   lower: x/n with P(X ≤ x | n, θ) = α,   upper: x/n with P(X ≥ x | n, θ) = α   (binomial)
    rate, ratio    lower: x/E with P(X ≤ x | E) = α,      upper: x/E with P(X ≥ x | E) = α      (Poisson)

P(X ≤ x | E) = α says the same as E = χ²(1-α; 2x+2)/2, and P(X ≥ x | E) = α the same as E = χ²(α; 2x)/2: an
organisation is outside exactly when the exact interval of its own count leaves the target out. Between whole counts the
same distribution functions make the limits curves. Where even no event at all is not rare enough, the lower limit is 0;
where even one is too rare, the upper lies on the line between none and one.

Sources: Spiegelhalter D. J. (2005), Funnel plots for comparing institutional performance, Stat. Med. 24, 1185-1202;
Garwood F. (1936), Biometrika 28, 437-442; Clopper C. J. and Pearson E. S. (1934), Biometrika 26, 404-413; Wilson E. B.
(1927), J. Am. Stat. Assoc. 22, 209-212.

Where they fail: events must be independent (repeated detentions of one person are not), and the target exact. Counts
jump, so exact limits leave out less than they say: of organisations that expect five events, 0.7 % lie below and 1.4 %
above 95 % limits, not 2.5 % and 2.5 %; of those that expect 20, 2.1 % and 2.2 %. Wilson's leave out less at times and
more at others: of organisations of 100 where 3 % have the event, none below and 3.1 % above.

(Taking the exact interval of a count of E for the limits at E, as some software does, is not the same: of organisations
that expect five events it leaves out 4.0 % below and 0.5 % above.)
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtrik, betainc, betaincc, gammainc, gammaincc, ndtr, pdtrik

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_confidence, checked_counts, checked_per, critical_value, refuse
from evenhand.stats.intervals import FloatArray, IntervalArray

WILSON_INVERTED = "Wilson inverted"
EXACT_BINOMIAL = "exact binomial"
EXACT_POISSON = "exact Poisson"

Limits = Callable[[FloatArray, FloatArray, float], IntervalArray]
"""Of sizes (``nan`` for nobody), targets and confidence."""

Tails = Callable[[FloatArray, FloatArray, FloatArray], tuple[FloatArray, FloatArray]]
"""Of events, sizes and targets: the chance of so few, and of so many."""


def proportion_limits(
    population: ArrayLike, target: ArrayLike, *, confidence: float = 0.95, method: str = WILSON_INVERTED
) -> IntervalArray:
    """The limits of a share around ``target`` for populations of any size, from 0 to 1; arrays broadcast.

    ``method``: ``WILSON_INVERTED`` or ``EXACT_BINOMIAL``. ``nan`` for a population of 0. Raises InputRefused for a
    target that is no share between 0 and 1, and for any other method.
    """
    theta = checked_target(target, largest=1.0)
    limits = binomial_limits if checked_method(method) == EXACT_BINOMIAL else wilson_limits
    return limits(somebody(checked_counts(population, "population")), theta, checked_confidence(confidence))


def rate_limits(
    population: ArrayLike, target: ArrayLike, *, confidence: float = 0.95, per: float = 100_000
) -> IntervalArray:
    """The limits of a rate around ``target``, both per ``per``, for populations (or days) of any size; exact."""
    scale = checked_per(per)
    n, theta = checked_counts(population, "population"), checked_target(target) / scale
    limits = poisson_limits(somebody(n), theta, checked_confidence(confidence))
    return IntervalArray(limits.lower * scale, limits.upper * scale)


def ratio_limits(expected: ArrayLike, *, target: ArrayLike = 1.0, confidence: float = 0.95) -> IntervalArray:
    """The limits of events over expected events around ``target``, for any expected events; exact; arrays broadcast.

    ``nan`` for no expected events. Raises InputRefused for a target that is not above 0.
    """
    e = checked_counts(expected, "expected events")
    return poisson_limits(somebody(e), checked_target(target), checked_confidence(confidence))


def wilson_limits(n: FloatArray, target: FloatArray, confidence: float) -> IntervalArray:
    """θ ± z·√(θ(1-θ)/n), within 0 and 1."""
    margin = critical_value(confidence) * np.sqrt(target * (1 - target) / n)
    return IntervalArray(np.maximum(target - margin, 0.0), np.minimum(target + margin, 1.0))


def wilson_tails(x: FloatArray, n: FloatArray, target: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The chance of a share so low and so high, as the score test has it."""
    z = (x / n - target) / np.sqrt(target * (1 - target) / n)
    return ndtr(z), ndtr(-z)


def binomial_limits(n: FloatArray, target: FloatArray, confidence: float) -> IntervalArray:
    """x/n where x and what lies beyond it have α of the chance."""
    tail = (1 - confidence) / 2
    at_least_one = -np.expm1(n * np.log1p(-target))
    above = np.minimum(_from_one_down(bdtrik(1 - tail, n, target) + 1, at_least_one, tail), n)
    return IntervalArray(bdtrik(tail, n, target) / n, above / n)


def binomial_tails(x: FloatArray, n: FloatArray, target: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The chance of x or fewer of n, and of x or more."""
    return betaincc(x + 1, n - x, target), betainc(x, n - x + 1, target)


def poisson_limits(size: FloatArray, target: FloatArray, confidence: float) -> IntervalArray:
    """x/size where x and what lies beyond it have α of the chance."""
    tail, mean = (1 - confidence) / 2, size * target
    above = _from_one_down(pdtrik(1 - tail, mean) + 1, -np.expm1(-mean), tail)
    return IntervalArray(pdtrik(tail, mean) / size, above / size)


def poisson_tails(x: FloatArray, size: FloatArray, target: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The chance of x or fewer events, and of x or more."""
    return gammaincc(x + 1, size * target), gammainc(x, size * target)


def _from_one_down(count: FloatArray, at_least_one: FloatArray, tail: float) -> FloatArray:
    """The upper count; where one event is rarer than ``tail``, on the line from none (chance 1) to one."""
    rare = at_least_one < tail
    return np.where(rare, (1 - tail) / (1 - np.where(rare, at_least_one, 0.0)), count)


def somebody(size: FloatArray) -> FloatArray:
    """``nan`` for a size of 0, which has no limits."""
    return np.where(size > 0, size, np.nan)


def checked_target(target: ArrayLike, *, largest: float = np.inf) -> FloatArray:
    """The target as float64; raises InputRefused unless above 0 and below ``largest``. ``nan``: it is missing."""
    numbers = np.asarray(target, dtype=np.float64)
    right = "a finite number above 0 is right" if largest == np.inf else "a share above 0 and below 1 is right"
    refuse((numbers <= 0) | (numbers >= largest), numbers, "target", right)
    return numbers


def checked_method(method: str) -> str:
    """``method`` itself, one of the two for shares; raises InputRefused for any other."""
    if method not in (WILSON_INVERTED, EXACT_BINOMIAL):
        raise InputRefused(f"method: found {method!r}; {WILSON_INVERTED!r} or {EXACT_BINOMIAL!r} is right")
    return method
