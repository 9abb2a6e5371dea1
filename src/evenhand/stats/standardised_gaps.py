"""Every group against one stated reference, in directly standardised rates, and the excess events by strata.

With x events of n people of the group in a stratum, b of m of the other side, w of the standard, W = Σ w:

    a named group, all others     rates Σ w·x/n / W and Σ w·b/m / W, over the strata where both have people
    population average            rates Σ w·x/n / W and Σ w·(x + b)/N / W, b of m all others, N = n + m, over the strata
                                  where the group has people

so that both sides stand on the same strata: at equal risk in every stratum the difference is 0 and the ratio 1, also
where a group has nobody of some ages. ``denominator`` is the other side's rate on those strata; where some are left out
the status says so.

Differences from the average need no allowance for the group being part of it, since

    rate - average = Σ w·(m/N)·x/n / W - Σ w·b/N / W

is a difference of two independent sums of weighted counts. Ratios do: MOVER on the logarithm takes the correlation of
the two rates, Σ w²·x/(n·N) over the root of Σ w²·x/n² · Σ w²·(x + b)/N². The excess is that of
``evenhand.stats.excess`` by strata (the standard has no part in it); against the average

    x - Σ n·(x + b)/N = Σ (m/N)·x - Σ (n/N)·b

All limits are Tiwari's, so that every comparison has an interval at no events too.

Where it fails: as ``evenhand.stats.gaps`` and ``evenhand.stats.weighted_counts``. At few events the intervals are wide:
simulated, where ages differ much, 95 % ones of differences and ratios cover 99 % at up to eleven events expected in the
group, 97 % at 36 and 95 to 96 % at 110; those of the excess 97 to 98 %, 96 % and 95 to 96 %
(``tests/property/stats/test_coverage_of_gaps.py``). At no events the overlap with the average is not used, which makes
that ratio's upper limit too high. And differences and ratios can disagree with those of crude rates in sign, which is
what standardisation is for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.stats.arguments import checked_confidence, checked_per, checked_rate_counts
from evenhand.stats.blocks import blocks
from evenhand.stats.estimates import Estimates, per_unit
from evenhand.stats.excess import EVENTS, excess_events_by_strata
from evenhand.stats.gaps import Gaps, other_side, with_own_row
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.references import Reference, ReferenceKind, checked_groups
from evenhand.stats.statuses import StatusArray
from evenhand.stats.strata import checked_standard, checked_strata
from evenhand.stats.weighted_comparisons import Comparison, status_by_strata, weighted_difference, weighted_ratio
from evenhand.stats.weighted_counts import WeightedCounts, weighted_counts

CELLS_AT_A_TIME = 500_000


def standardised_rate_gaps(
    events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    groups: Sequence[str],
    reference: Reference,
    per: float = 100_000,
    confidence: float = 0.95,
) -> Gaps:
    """Gaps in standardised rates: groups × strata of one setting, or settings × groups × strata.

    Raises InputRefused for names that do not fit the groups, a reference that is none of them, and what
    ``directly_standardised_rates`` refuses.
    """
    w = checked_standard(standard)
    dimensions = 3 if np.ndim(events) == 3 else 2
    x, n = checked_rate_counts(*checked_strata(events, population, w.size, dimensions=dimensions))
    names = checked_groups(groups, x.shape[-2], reference)
    asked = _Asked(w, names, reference, checked_per(per), checked_confidence(confidence))
    if dimensions == 2:
        return asked.gaps(x, n)
    at_a_time = max(1, CELLS_AT_A_TIME // max(1, x.shape[1] * x.shape[2]))
    return _joined([asked.gaps(x[block], n[block]) for block in blocks(max(1, len(x)), at_a_time=at_a_time)])


def _joined(parts: list[Gaps]) -> Gaps:
    """The settings of all parts in one."""
    differences, ratios, excesses = zip(*((part.difference, part.ratio, part.excess) for part in parts), strict=True)
    return replace(parts[0], difference=_one(differences), ratio=_one(ratios), excess=_one(excesses))


def _one(estimates: Sequence[Estimates]) -> Estimates:
    def together(column: Callable[[Estimates], FloatArray]) -> FloatArray:
        return np.concatenate([column(part) for part in estimates])

    return replace(
        estimates[0],
        value=together(lambda part: part.value),
        interval=IntervalArray(together(lambda part: part.interval.lower), together(lambda part: part.interval.upper)),
        numerator=together(lambda part: part.numerator),
        denominator=together(lambda part: part.denominator),
        status=np.concatenate([part.status for part in estimates]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """What is asked of every block of settings."""

    standard: FloatArray
    groups: tuple[str, ...]
    reference: Reference
    per: float
    confidence: float

    def gaps(self, x: FloatArray, n: FloatArray) -> Gaps:
        b, m = (other_side(counts, self.groups, self.reference, axis=-2) for counts in (x, n))
        average = self.reference.kind is ReferenceKind.POPULATION_AVERAGE
        difference, ratio, excess = (self._from_average if average else self._from_independent)(x, n, b, m)
        gaps = Gaps(groups=self.groups, reference=self.reference, difference=difference, ratio=ratio, excess=excess)
        return with_own_row(gaps) if self.reference.kind is ReferenceKind.GROUP else gaps

    def _from_independent(
        self, x: FloatArray, n: FloatArray, b: FloatArray, m: FloatArray
    ) -> tuple[Estimates, Estimates, Estimates]:
        both = (n != 0) & (m != 0)
        weights = self._shares(both)
        group = weighted_counts(x, _over(weights, n, both))
        other = weighted_counts(b, _over(weights, m, both))
        compared = self._compared(group.value, other.value, status_by_strata(x, n, b, m, both))
        return (
            weighted_difference(compared, group, other, unit=per_unit(self.per), per=self.per),
            weighted_ratio(compared, group, other),
            excess_events_by_strata(x, n, b, m, confidence=self.confidence, reference=str(self.reference)),
        )

    def _from_average(
        self, x: FloatArray, n: FloatArray, b: FloatArray, m: FloatArray
    ) -> tuple[Estimates, Estimates, Estimates]:
        inhabited, others, everybody = n != 0, (n != 0) & (m != 0), n + m
        weights = self._shares(inhabited)
        of_group, of_all = _over(weights, n, inhabited), _over(weights, everybody, inhabited)
        group, average = weighted_counts(x, of_group), weighted_counts(x + b, of_all)
        rest = _over(m, everybody, inhabited)
        compared = self._compared(group.value, average.value, status_by_strata(x, n, b, m, inhabited))
        difference = weighted_difference(
            compared,
            weighted_counts(x, of_group * rest),
            weighted_counts(b, np.where(others, of_all, 0.0)),
            unit=per_unit(self.per),
            per=self.per,
        )
        ratio = weighted_ratio(compared, group, average, correlation=_correlation(x, of_group, of_all, group, average))
        expected = _over(n, everybody, others)
        counted = self._compared(
            x.sum(axis=-1),
            (_over(n, everybody, inhabited) * (x + b)).sum(axis=-1),
            status_by_strata(x, n, b, m, np.ones(n.shape, dtype=np.bool_)),
        )
        excess = weighted_difference(counted, weighted_counts(x, rest), weighted_counts(b, expected), unit=EVENTS)
        return difference, ratio, excess

    def _shares(self, used: NDArray[np.bool_]) -> FloatArray:
        """w/W, W being the standard population of the strata that are used."""
        whole = (used @ self.standard)[..., np.newaxis]
        return np.divide(self.standard, whole, out=np.zeros(used.shape), where=used)

    def _compared(self, numerator: FloatArray, denominator: FloatArray, status: StatusArray) -> Comparison:
        return Comparison(numerator, denominator, status, self.confidence, str(self.reference))


def _over(numerator: FloatArray, denominator: FloatArray, used: NDArray[np.bool_]) -> FloatArray:
    """The quotient in the strata that are used, 0 in the others."""
    return np.asarray(np.divide(numerator, denominator, out=np.zeros(denominator.shape), where=used))


def _correlation(
    x: FloatArray, of_group: FloatArray, of_all: FloatArray, group: WeightedCounts, average: WeightedCounts
) -> FloatArray:
    """Of the group's rate with the average that contains it; 0 where the group has no event to be shared."""
    covariance = np.einsum("...s,...s,...s->...", of_group, of_all, x)
    variances = np.sqrt(group.variance * average.variance)
    return np.asarray(np.divide(covariance, variances, out=np.zeros(variances.shape), where=variances > 0))
