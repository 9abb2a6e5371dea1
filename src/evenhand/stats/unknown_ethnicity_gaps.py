"""How far people of unknown ethnicity could move the gap between a group and its reference, and whether its sign holds.

a events of A in the group, b of B in the reference, u of U unknown; every gap is R(group, reference), a ratio or a
difference of the two levels:

                rate                                proportion (each event brings its own one of the whole)
    lowest      R(a/(A + U), (b + u)/B)             R(a/(A + U - u), (b + u)/(B + u))
    highest     R((a + u)/A, b/(B + U))             R((a + u)/(A + u), b/(B + U - u))

No way of giving the unknown to the group, to the reference or to anybody else leads outside: the level of the group
rises with every event it is given and falls with everybody else, and the gap rises with it and falls with the
reference's. With chance, the bounds run from the lower limit of the lowest gap to the upper limit of the highest:
all intervals of all the ways, joined. Source of the bounds: Manski C. F. (1989), J. Human Resources 24, 343-360.

Beside them stand the two simplest ways, which a page can say in one sentence each:

    all in the group        R((a + u)/(A + U), b/B)
    all in the reference    R(a/A, (b + u)/(B + U))

For U = 0 (a population in which everybody has a group) these two are the highest and the lowest.

Against the population average, b and B are those of everybody recorded outside the group, and the gap to them turns
into the gap to all, the group's share of the whole w = A/(A + B) taken at the same extreme:

    ratio 1/(w + (1 - w)/R),   difference (1 - w)·R

The bounds with chance take there the share at which they come out widest, so that they hold every way; where U is 0
the share is one and the same and they are exact.

A gap whose sign the bounds can turn is undecided (``GapSign``), however narrow its interval from chance.

Where it fails: as ``evenhand.stats.unknown_ethnicity``; and as the ratios and differences it takes (the group and the
reference must not overlap).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.stats.arguments import checked_counts, checked_proportion_counts, checked_rate_counts, refuse
from evenhand.stats.differences import proportion_differences, rate_differences
from evenhand.stats.estimates import RATIO, Estimates
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.ratios import proportion_ratios, rate_ratios
from evenhand.stats.references import Reference, ReferenceKind
from evenhand.stats.statuses import with_value
from evenhand.stats.unknown_ethnicity import ALL_IN_GROUP, ALL_IN_REFERENCE, AS_RECORDED, HIGHEST, LOWEST, named

ROUNDING = 1e-12


class GapSign(IntEnum):
    """Whether a group is above or below its reference, whatever the unknown are; a gap of exactly none is undecided."""

    UNDECIDED = 0
    LOWER = 1
    HIGHER = 2
    NOT_GIVEN = 3

    @property
    def words(self) -> str:
        """The verdict in plain words, as a file or a page shows it."""
        return _WORDS[self]


_WORDS = {
    GapSign.UNDECIDED: "undecided: within what is not known it could be higher, lower or the same",
    GapSign.LOWER: "lower, whichever groups the unknown belong to",
    GapSign.HIGHER: "higher, whichever groups the unknown belong to",
    GapSign.NOT_GIVEN: "not given: a number that it needs is missing, or is none",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GapsWithUnknown:
    """Gaps between groups and their reference, and how far those of unknown ethnicity could move them.

    Attributes:
        as_recorded: the unknown left out.
        lowest, highest: over every way of giving the unknown to group, reference or anybody else.
        all_in_reference, all_in_group: the two simplest ways.
        bounds_with_chance: how far the unknown and chance together could move the gap.
        no_difference: what the gap is when there is none: 1 for a ratio, 0 for a difference.
    """

    as_recorded: Estimates
    lowest: Estimates
    highest: Estimates
    all_in_reference: Estimates
    all_in_group: Estimates
    bounds_with_chance: IntervalArray
    no_difference: float

    @property
    def bounds(self) -> IntervalArray:
        """How far the unknown alone could move the gap."""
        return IntervalArray(self.lowest.value, self.highest.value)

    @property
    def sign(self) -> NDArray[np.uint8]:
        """The ``GapSign`` of each gap by the unknown alone."""
        return self._sign(self.bounds)

    @property
    def sign_with_chance(self) -> NDArray[np.uint8]:
        """The ``GapSign`` of each gap by the unknown and chance together."""
        return self._sign(self.bounds_with_chance)

    def _sign(self, bounds: IntervalArray) -> NDArray[np.uint8]:
        """Bounds that reach no difference but for rounding reach it."""
        given = with_value(self.lowest.status) & with_value(self.highest.status)
        sign = np.where(given, GapSign.UNDECIDED, GapSign.NOT_GIVEN).astype(np.uint8)
        sign[given & (bounds.lower > self.no_difference + _rounding(self.lowest))] = GapSign.HIGHER
        sign[given & (bounds.upper < self.no_difference - _rounding(self.highest))] = GapSign.LOWER
        return sign


def _rounding(gaps: Estimates) -> FloatArray:
    """How far from no difference a gap may come out when there is none: differences are in the unit of the levels."""
    return ROUNDING * (np.ones(gaps.value.shape) if gaps.unit == RATIO else gaps.denominator)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The counts of groups and references under one way of giving out the unknown."""

    events: FloatArray
    whole: FloatArray
    reference_events: FloatArray
    reference_whole: FloatArray


@dataclass(frozen=True, slots=True)
class _Ways:
    as_recorded: _Pairs
    lowest: _Pairs
    highest: _Pairs
    all_in_reference: _Pairs
    all_in_group: _Pairs


def rate_ratios_with_unknown(
    events: ArrayLike,
    population: ArrayLike,
    reference_events: ArrayLike,
    reference_population: ArrayLike,
    unknown_events: ArrayLike,
    unknown_population: ArrayLike = 0,
    *,
    reference: Reference,
    confidence: float = 0.95,
) -> GapsWithUnknown:
    """The ratios of groups' rates to their reference's, of arrays that broadcast to one shape.

    ``reference_events`` of ``reference_population``: those of the reference group, or of everybody recorded outside
    the group when the reference is all others or the population average. ``unknown_population``: days or people
    without a recorded group, 0 where the population is one in which everybody has a group. Raises InputRefused when a
    count is negative, or where there are events of nobody.
    """
    ways = _ways_of_rates(
        events, population, reference_events, reference_population, unknown_events, unknown_population
    )
    return _gaps(ways, rate_ratios, reference, 1, confidence=confidence)


def rate_differences_with_unknown(
    events: ArrayLike,
    population: ArrayLike,
    reference_events: ArrayLike,
    reference_population: ArrayLike,
    unknown_events: ArrayLike,
    unknown_population: ArrayLike = 0,
    *,
    reference: Reference,
    per: float = 100_000,
    confidence: float = 0.95,
) -> GapsWithUnknown:
    """The differences of groups' rates from their reference's; arguments as ``rate_ratios_with_unknown``."""
    ways = _ways_of_rates(
        events, population, reference_events, reference_population, unknown_events, unknown_population
    )
    return _gaps(ways, rate_differences, reference, 0, per=per, confidence=confidence)


def proportion_ratios_with_unknown(
    events: ArrayLike,
    population: ArrayLike,
    reference_events: ArrayLike,
    reference_population: ArrayLike,
    unknown_events: ArrayLike,
    unknown_population: ArrayLike,
    *,
    reference: Reference,
    confidence: float = 0.95,
) -> GapsWithUnknown:
    """The ratios of groups' proportions to their reference's; ``unknown_events`` are part of ``unknown_population``.

    For the rest as ``rate_ratios_with_unknown``; raises InputRefused also where a part is larger than its whole.
    """
    ways = _ways_of_proportions(
        events, population, reference_events, reference_population, unknown_events, unknown_population
    )
    return _gaps(ways, proportion_ratios, reference, 1, confidence=confidence)


def proportion_differences_with_unknown(
    events: ArrayLike,
    population: ArrayLike,
    reference_events: ArrayLike,
    reference_population: ArrayLike,
    unknown_events: ArrayLike,
    unknown_population: ArrayLike,
    *,
    reference: Reference,
    confidence: float = 0.95,
) -> GapsWithUnknown:
    """The differences of groups' proportions from their reference's; as ``proportion_ratios_with_unknown``."""
    ways = _ways_of_proportions(
        events, population, reference_events, reference_population, unknown_events, unknown_population
    )
    return _gaps(ways, proportion_differences, reference, 0, confidence=confidence)


def _ways_of_rates(*counts: ArrayLike) -> _Ways:
    """A group without a population can be given none of the unknown."""
    checked_rate_counts(*counts[:2])
    checked_rate_counts(*counts[2:4])
    a, people, b, others, u, unknown = _counts(*counts)
    u_a, unknown_a = np.where(people == 0, 0, u), np.where(people == 0, 0, unknown)
    u_b, unknown_b = np.where(others == 0, 0, u), np.where(others == 0, 0, unknown)
    return _Ways(
        as_recorded=_Pairs(a, people, b, others),
        lowest=_Pairs(a, people + unknown_a, b + u_b, others),
        highest=_Pairs(a + u_a, people, b, others + unknown_b),
        all_in_reference=_Pairs(a, people, b + u_b, others + unknown_b),
        all_in_group=_Pairs(a + u_a, people + unknown_a, b, others),
    )


def _ways_of_proportions(*counts: ArrayLike) -> _Ways:
    checked_proportion_counts(*counts[:2])
    checked_proportion_counts(*counts[2:4])
    a, people, b, others, u, unknown = _counts(*counts)
    refuse(u > unknown, u, "unknown events", "a part is not larger than its population")
    without = unknown - u
    return _Ways(
        as_recorded=_Pairs(a, people, b, others),
        lowest=_Pairs(a, people + without, b + u, others + u),
        highest=_Pairs(a + u, people + u, b, others + without),
        all_in_reference=_Pairs(a, people, b + u, others + unknown),
        all_in_group=_Pairs(a + u, people + unknown, b, others),
    )


def _counts(*counts: ArrayLike) -> tuple[FloatArray, ...]:
    names = (
        "events",
        "population",
        "reference events",
        "reference population",
        "unknown events",
        "unknown population",
    )
    return np.broadcast_arrays(*(checked_counts(each, name) for each, name in zip(counts, names, strict=True)))


def _gaps(
    ways: _Ways, compare: Callable[..., Estimates], reference: Reference, no_difference: float, **choices: float
) -> GapsWithUnknown:
    to_average = reference.kind is ReferenceKind.POPULATION_AVERAGE

    def gap(way: _Pairs) -> Estimates:
        return compare(
            way.events, way.whole, way.reference_events, way.reference_whole, reference=str(reference), **choices
        )

    def shown(found: Estimates, way: _Pairs, what: str) -> Estimates:
        return named(_to_the_average(found, way) if to_average else found, what)

    lowest, highest = gap(ways.lowest), gap(ways.highest)
    with_chance = IntervalArray(lowest.interval.lower, highest.interval.upper)
    return GapsWithUnknown(
        as_recorded=shown(gap(ways.as_recorded), ways.as_recorded, AS_RECORDED),
        lowest=shown(lowest, ways.lowest, LOWEST),
        highest=shown(highest, ways.highest, HIGHEST),
        all_in_reference=shown(gap(ways.all_in_reference), ways.all_in_reference, ALL_IN_REFERENCE),
        all_in_group=shown(gap(ways.all_in_group), ways.all_in_group, ALL_IN_GROUP),
        bounds_with_chance=_all_to_the_average(with_chance, ways, no_difference) if to_average else with_chance,
        no_difference=no_difference,
    )


def _to_the_average(gap: Estimates, way: _Pairs) -> Estimates:
    """The gap to all others as the gap to everybody, the group among them: its sign is the same, its size less."""
    w = _share_of_group(way.whole, way.reference_whole)
    no_difference = 1 if gap.unit == RATIO else 0
    lower, value, upper = (
        _diluted(figure, w, no_difference) for figure in (gap.interval.lower, gap.value, gap.interval.upper)
    )
    of_everybody = w * gap.numerator + (1 - w) * gap.denominator
    return replace(gap, value=value, interval=IntervalArray(lower, upper), denominator=of_everybody)


def _all_to_the_average(bounds: IntervalArray, ways: _Ways, no_difference: float) -> IntervalArray:
    """The widest that the limits get at any share of the group: the fewer it is of, the less it is diluted."""
    least = _share_of_group(ways.as_recorded.whole, ways.all_in_reference.reference_whole)
    most = _share_of_group(ways.all_in_group.whole, ways.as_recorded.reference_whole)
    return IntervalArray(
        _diluted(bounds.lower, np.where(bounds.lower < no_difference, least, most), no_difference),
        _diluted(bounds.upper, np.where(bounds.upper > no_difference, least, most), no_difference),
    )


def _share_of_group(whole: FloatArray, others: FloatArray) -> FloatArray:
    everybody = whole + others
    return np.asarray(np.divide(whole, everybody, out=np.full(everybody.shape, np.nan), where=everybody > 0))


def _diluted(gap: FloatArray, w: FloatArray, no_difference: float) -> FloatArray:
    """A gap to all others as one to everybody, of whom the group is the share w."""
    if no_difference == 0:
        return np.asarray((1 - w) * gap)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(1 / (w + (1 - w) / gap))
