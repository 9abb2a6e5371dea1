"""Benjamini and Hochberg's rule as they wrote it, on p-values found by inverting intervals."""

from collections.abc import Callable
from math import isnan

from evenhand.stats.intervals import Interval


def p_value(interval_at: Callable[[float], Interval], no_difference: float) -> float:
    """The smallest α whose interval of confidence 1 - α leaves out no difference, by halving (to 1e-10)."""

    def leaves_out(alpha: float) -> bool:
        interval = interval_at(1 - alpha)
        return interval.lower > no_difference or interval.upper < no_difference

    low, high = 1e-15, 1 - 1e-15
    if not leaves_out(high):
        return 1.0
    while high - low > 1e-10:
        middle = (low + high) / 2
        low, high = (low, middle) if leaves_out(middle) else (middle, high)
    return high


def adjusted(p_values: list[float]) -> list[float]:
    """Benjamini-Hochberg's adjusted p-values; ``nan`` is no comparison."""
    known = sorted(p for p in p_values if not isnan(p))
    m = len(known)
    answers = []
    for p in p_values:
        if isnan(p):
            answers.append(p)
            continue
        from_here = [min(1.0, q * m / rank) for rank, q in enumerate(known, start=1) if q >= p]
        answers.append(min(from_here))
    return answers


def how_many_claimed(p_values: list[float], rate: float) -> int:
    """The largest k whose k-th smallest p-value is at most k·rate/m; 0 for none."""
    known = sorted(p for p in p_values if not isnan(p))
    passed = [k for k, p in enumerate(known, start=1) if p <= k * rate / len(known)]
    return max(passed, default=0)
