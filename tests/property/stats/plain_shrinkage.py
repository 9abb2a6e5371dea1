"""Empirical Bayes in loops, one setting at a time; τ² by halving."""

from math import isnan, nan, sqrt

from scipy.special import gammainccinv, gammaincinv

from evenhand.stats.arguments import critical_value

NOTHING = (nan, nan, nan, nan)


def between_groups(y: list[float], v: list[float], centre: float | None) -> tuple[float, float]:
    """τ² and μ."""
    freedom = len(y) - (1 if centre is None else 0)

    def mean_at(tau2: float) -> float:
        if centre is not None:
            return centre
        weights = [1 / (each + tau2) for each in v]
        return sum(w * each for w, each in zip(weights, y, strict=True)) / sum(weights)

    def too_small(tau2: float) -> bool:
        mean = mean_at(tau2)
        return sum((each - mean) ** 2 / (own + tau2) for each, own in zip(y, v, strict=True)) > freedom

    if not too_small(0):
        return 0.0, mean_at(0)
    low, high = 0.0, 1.0
    while too_small(high):
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if too_small(middle) else (low, middle)
    return high, mean_at(high)


def drawn_to_the_centre(
    y: list[float], v: list[float], centre: float | None
) -> list[tuple[float, float, float]] | None:
    """Of each group: shrunken value, share, and what μ and τ² being estimated adds to its variance; None: too few."""
    r = 1 if centre is None else 0
    k = len(y)
    if k < r + 3:
        return None
    tau2, mean = between_groups(y, v, centre)
    weights = [1 / (each + tau2) for each in v]
    mean_variance = sum(w * each for w, each in zip(weights, v, strict=True)) / sum(weights)
    answers = []
    for value, variance, weight in zip(y, v, weights, strict=True):
        share = (k - r - 2) / (k - r) * variance * weight
        about_centre = r * share * variance * weight / sum(weights)
        about_spread = 2 / (k - r - 2) * share**2 * (mean_variance + tau2) * weight * (value - mean) ** 2
        answers.append((value - share * (value - mean), share, about_centre + about_spread))
    return answers


def shrunken_values(
    values: list[float], errors: list[float], centre: float | None, confidence: float
) -> list[tuple[float, float, float, float]]:
    """Value, limits and share of each group."""
    known = [place for place, each in enumerate(zip(values, errors, strict=True)) if not any(map(isnan, each))]
    found = drawn_to_the_centre([values[place] for place in known], [errors[place] ** 2 for place in known], centre)
    answers = [NOTHING] * len(values)
    for place, (value, share, added) in zip(known, found or [], strict=False):
        margin = critical_value(confidence) * sqrt(errors[place] ** 2 * (1 - share) + added)
        answers[place] = (value, value - margin, value + margin, share)
    return answers


def shrunken_event_ratios(
    events: list[float], expected: list[float], centre: float | None, confidence: float
) -> list[tuple[float, float, float, float]]:
    """Value, limits and share of each group."""
    known = [
        place for place, (x, e) in enumerate(zip(events, expected, strict=True)) if not (isnan(x) or isnan(e)) and e > 0
    ]
    answers = [NOTHING] * len(events)
    if not known:
        return answers
    mean = centre or sum(events[place] for place in known) / sum(expected[place] for place in known)
    if mean == 0:
        return answers
    ratios = [events[place] / expected[place] for place in known]
    found = drawn_to_the_centre(ratios, [mean / expected[place] for place in known], centre)
    tail = (1 - confidence) / 2
    for place, (value, share, added) in zip(known, found or [], strict=False):
        variance = value * (1 - share) / expected[place] + added
        shape, scale = value**2 / variance, variance / value
        limits = float(gammaincinv(shape, tail)) * scale, float(gammainccinv(shape, tail)) * scale
        answers[place] = (value, *limits, share)
    return answers


def ranks(values: list[float], *, highest_first: bool) -> list[float]:
    """1 plus how many come before; equal ones share a place."""
    sign = -1 if highest_first else 1
    known = [sign * value for value in values if not isnan(value)]
    return [nan if isnan(value) else 1 + sum(other < sign * value for other in known) for value in values]
