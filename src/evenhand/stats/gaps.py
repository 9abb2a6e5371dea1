"""Every group against one stated reference: difference, ratio and excess events, for rates and for proportions.

    a named group      its own row is a comparison with itself: difference 0, ratio 1, no excess, and no interval
    all others         everybody but the group: nobody is counted on both sides
    population average everybody, the group included

A named group and all others are independent of the group, and MOVER joins the two intervals (``differences``,
``ratios``, ``excess``). The average is not: it contains the group. But with π the group's share of the population and
ρ the ratio, δ the difference to all others,

    average = π·rate + (1 - π)·rate of the others
    ratio to the average = 1 / (π + (1 - π)/ρ),   difference from the average = (1 - π)·δ

rise with ρ and δ, so their limits are those of the comparison with all others, taken through the same formula: no
approximation is added, and the two comparisons always agree on the sign.

Every result carries the reference in words. Rates and proportions here are crude; standardised ones are in
``evenhand.stats.standardised_gaps``.

Where it fails: π counts as exact, as populations do everywhere here. A number missing in one group leaves all others
without an average and without "all others", since the sum is not known; against a named group only that group is left
out. And many groups are many comparisons (``evenhand.stats.multiplicity``). Simulated, 95 %
intervals of rates cover 98 % at three events expected in the group, 97 % at ten and 96 % at forty, against each of the
three; those of proportions 95 to 97 % at three and 95 to 96 % from ten on
(``tests/property/stats/test_coverage_of_gaps.py``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from evenhand.stats.arguments import checked_per, checked_proportion_counts, checked_rate_counts
from evenhand.stats.differences import proportion_differences, rate_differences
from evenhand.stats.estimates import Estimates
from evenhand.stats.excess import excess_of_differences
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.ratios import proportion_ratios, rate_ratios
from evenhand.stats.references import Reference, ReferenceKind, checked_groups
from evenhand.stats.statuses import with_value

FROM_ALL_OTHERS = "from the comparison with all others"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gaps:
    """Each group against the reference: arrays with the groups on the last axis, settings before it."""

    groups: tuple[str, ...]
    reference: Reference
    difference: Estimates
    ratio: Estimates
    excess: Estimates


def rate_gaps(
    events: ArrayLike,
    population: ArrayLike,
    *,
    groups: Sequence[str],
    reference: Reference,
    per: float = 100_000,
    confidence: float = 0.95,
) -> Gaps:
    """Gaps in crude rates: events and population of the groups on the last axis, settings on those before it.

    Raises InputRefused for names that do not fit the groups, a reference that is none of them, and wrong counts.
    """
    x, n = checked_rate_counts(events, population)
    names = checked_groups(groups, x.shape[-1] if x.ndim else 0, reference)

    def differences(*counts: FloatArray) -> Estimates:
        return rate_differences(*counts, per=per, confidence=confidence, reference=str(reference))

    def ratios(*counts: FloatArray) -> Estimates:
        return rate_ratios(*counts, confidence=confidence, reference=str(reference))

    return _gaps(x, n, names, reference, differences, ratios, checked_per(per))


def proportion_gaps(
    events: ArrayLike,
    population: ArrayLike,
    *,
    groups: Sequence[str],
    reference: Reference,
    confidence: float = 0.95,
) -> Gaps:
    """Gaps in proportions; for the rest as ``rate_gaps``."""
    x, n = checked_proportion_counts(events, population)
    names = checked_groups(groups, x.shape[-1] if x.ndim else 0, reference)

    def differences(*counts: FloatArray) -> Estimates:
        return proportion_differences(*counts, confidence=confidence, reference=str(reference))

    def ratios(*counts: FloatArray) -> Estimates:
        return proportion_ratios(*counts, confidence=confidence, reference=str(reference))

    return _gaps(x, n, names, reference, differences, ratios, 1)


def _gaps(
    x: FloatArray,
    n: FloatArray,
    groups: tuple[str, ...],
    reference: Reference,
    differences: Callable[..., Estimates],
    ratios: Callable[..., Estimates],
    per: float,
) -> Gaps:
    b, m = (other_side(counts, groups, reference, axis=-1) for counts in (x, n))
    difference, ratio = differences(x, n, b, m), ratios(x, n, b, m)
    if reference.kind is ReferenceKind.POPULATION_AVERAGE:
        whole = n + m
        share = np.divide(n, whole, out=np.full(n.shape, np.nan), where=whole != 0)
        difference, ratio = _difference_from_average(difference, share), _ratio_to_average(ratio, share)
    gaps = Gaps(
        groups=groups,
        reference=reference,
        difference=difference,
        ratio=ratio,
        excess=excess_of_differences(difference, n / per),
    )
    return with_own_row(gaps) if reference.kind is ReferenceKind.GROUP else gaps


def _difference_from_average(others: Estimates, share: FloatArray) -> Estimates:
    rest = 1 - share
    return replace(
        others,
        value=others.value * rest,
        interval=IntervalArray(others.interval.lower * rest, others.interval.upper * rest),
        denominator=share * others.numerator + rest * others.denominator,
        method=f"{others.method}, {FROM_ALL_OTHERS}",
    )


def _ratio_to_average(others: Estimates, share: FloatArray) -> Estimates:
    def to_average(ratio: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore"):  # 0 to all others is 0 to the average, ∞ is 1/π
            return np.asarray(1 / (share + (1 - share) / ratio))

    return replace(
        others,
        value=to_average(others.value),
        interval=IntervalArray(to_average(others.interval.lower), to_average(others.interval.upper)),
        denominator=share * others.numerator + (1 - share) * others.denominator,
        method=f"{others.method}, {FROM_ALL_OTHERS}",
    )


def other_side(counts: FloatArray, groups: tuple[str, ...], reference: Reference, *, axis: int) -> FloatArray:
    """What each group is compared with, in the shape of ``counts``: the named group's counts, or all others' sum."""
    if reference.kind is not ReferenceKind.GROUP:
        return all_others(counts, axis=axis)
    position = reference.position_in(groups)
    return np.broadcast_to(np.take(counts, [position], axis=axis), counts.shape)


def all_others(counts: FloatArray, *, axis: int) -> FloatArray:
    """For each group the sum over all others: those before it plus those after it.

    The total less the group itself would be the same, were it not that 0.3 - 0.2 - 0.1 leaves somebody where nobody is,
    and that a group whose own number is missing would leave its others without theirs.
    """
    by_group = np.moveaxis(counts, axis, -1)
    others = np.zeros(by_group.shape)
    others[..., 1:] = np.cumsum(by_group[..., :-1], axis=-1)
    others[..., :-1] += np.cumsum(by_group[..., :0:-1], axis=-1)[..., ::-1]
    return np.moveaxis(others, -1, axis)


def with_own_row(gaps: Gaps) -> Gaps:
    """The named group compared with itself: difference 0, ratio 1, no excess; an interval would be of nothing."""
    position = gaps.reference.position_in(gaps.groups)
    return replace(
        gaps,
        difference=_with_itself(gaps.difference, position, 0.0, gaps.difference),
        ratio=_with_itself(gaps.ratio, position, 1.0, gaps.difference),
        excess=_with_itself(gaps.excess, position, 0.0, gaps.difference),
    )


def _with_itself(compared: Estimates, position: int, value: float, difference: Estimates) -> Estimates:
    """The difference has a status without a reason of the ratio's own, such as 0 against 0, which is 1 here."""
    values, status = compared.value.copy(), compared.status.copy()
    lower, upper = compared.interval.lower.copy(), compared.interval.upper.copy()
    own = difference.status[..., position]
    status[..., position] = own
    values[..., position] = np.where(with_value(own), value, np.nan)
    lower[..., position] = upper[..., position] = np.nan
    return replace(compared, value=values, interval=IntervalArray(lower, upper), status=status)
