"""How far people of unknown ethnicity could move a group's rate: bounds that assume nothing.

For a group with a events of A, where u events of U more have no ethnicity recorded:

    as recorded      a/A                                        as if the unknown did not exist
    rate             from a/(A + U) to (a + u)/A                U = 0 for a population in which everybody has a group
    proportion       from a/(A + U - u) to (a + u)/(A + u)      each event brings its own one of the whole
    all in the group (a + u)/(A + U)                            for U = 0 the upper bound itself

No way of giving the unknown to groups leads outside the bounds. Source: Manski C. F. (1989), Anatomy of the selection
problem, J. Human Resources 24, 343-360. With chance they run from the lower limit at the lower bound to the upper limit
at the upper one: both limits rise with every event and fall with everybody else, so this is all the intervals joined.

For one figure instead of two see ``evenhand.stats.unknown_ethnicity_allocation``, for gaps between groups
``evenhand.stats.unknown_ethnicity_gaps``.

Where it fails: ethnicity that is recorded but wrong is outside all of this. A group with many unknown beside it has
bounds that say next to nothing; that is what is known, and a reason to record better, not a fault of the method.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_counts, checked_proportion_counts, checked_rate_counts, refuse
from evenhand.stats.estimates import Estimates
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.proportions import proportions
from evenhand.stats.rates import crude_rates

AS_RECORDED = "the unknown left out"
LOWEST = "the lowest over all that the unknown could be"
HIGHEST = "the highest over all that the unknown could be"
ALL_IN_GROUP = "all the unknown in the group"
ALL_IN_REFERENCE = "all the unknown in what it is compared with"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LevelsWithUnknown:
    """The rate or proportion of each group, and how far those of unknown ethnicity could move it.

    Attributes:
        as_recorded: the unknown left out.
        lowest, highest: over every way of giving the unknown to groups.
        all_in_group: if all the unknown, with and without the event, belonged to the group.
    """

    as_recorded: Estimates
    lowest: Estimates
    highest: Estimates
    all_in_group: Estimates

    @property
    def bounds(self) -> IntervalArray:
        """How far the unknown alone could move the value."""
        return IntervalArray(self.lowest.value, self.highest.value)

    @property
    def bounds_with_chance(self) -> IntervalArray:
        """How far the unknown and chance together could: the intervals of all the ways, joined."""
        return IntervalArray(self.lowest.interval.lower, self.highest.interval.upper)


@dataclass(frozen=True, slots=True)
class GroupsAndUnknown:
    """The counts of groups, in the last dimension, and beside them those of unknown group, which has one place there.

    Attributes:
        events, whole: of each group.
        unknown_events, unknown_whole: of the unknown.
    """

    events: FloatArray
    whole: FloatArray
    unknown_events: FloatArray
    unknown_whole: FloatArray


def rates_with_unknown(
    events: ArrayLike,
    population: ArrayLike,
    unknown_events: ArrayLike,
    unknown_population: ArrayLike = 0,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
) -> LevelsWithUnknown:
    """Crude rates with Byar limits, of settings × groups or of the groups of one setting.

    ``unknown_events``, ``unknown_population``: one number a setting; the latter are days or people without a recorded
    group, 0 where the population is one in which everybody has a group. A group that has no population has no bounds.
    Raises InputRefused when a count is negative, there are events of nobody, or the shapes do not fit.
    """
    counts = rate_groups(events, population, unknown_events, unknown_population)
    a, people, u, unknown = counts.events, counts.whole, counts.unknown_events, counts.unknown_whole
    somebody = people != 0

    def level(part: FloatArray, whole: FloatArray, what: str) -> Estimates:
        part, whole = np.where(somebody, part, 0), np.where(somebody, whole, 0)
        return named(crude_rates(part, whole, per=per, confidence=confidence), what)

    return LevelsWithUnknown(
        as_recorded=level(a, people, AS_RECORDED),
        lowest=level(a, people + unknown, LOWEST),
        highest=level(a + u, people, HIGHEST),
        all_in_group=level(a + u, people + unknown, ALL_IN_GROUP),
    )


def proportions_with_unknown(
    events: ArrayLike,
    population: ArrayLike,
    unknown_events: ArrayLike,
    unknown_population: ArrayLike,
    *,
    confidence: float = 0.95,
) -> LevelsWithUnknown:
    """Proportions with Wilson limits, of settings × groups or of the groups of one setting.

    ``unknown_events`` of ``unknown_population`` have no recorded group: one number of each a setting. Raises
    InputRefused when a count is negative, a part larger than its whole, or the shapes do not fit.
    """
    counts = proportion_groups(events, population, unknown_events, unknown_population)
    a, people, u, unknown = counts.events, counts.whole, counts.unknown_events, counts.unknown_whole

    def level(part: FloatArray, whole: FloatArray, what: str) -> Estimates:
        return named(proportions(part, whole, confidence=confidence), what)

    return LevelsWithUnknown(
        as_recorded=level(a, people, AS_RECORDED),
        lowest=level(a, people + (unknown - u), LOWEST),
        highest=level(a + u, people + u, HIGHEST),
        all_in_group=level(a + u, people + unknown, ALL_IN_GROUP),
    )


def named(estimates: Estimates, what: str) -> Estimates:
    """The estimates with ``what`` is taken of the unknown written into their method."""
    return replace(estimates, method=f"{estimates.method}; {what}")


def rate_groups(
    events: ArrayLike, population: ArrayLike, unknown_events: ArrayLike, unknown_population: ArrayLike
) -> GroupsAndUnknown:
    """The counts of rates, checked and of fitting shapes."""
    a, people = checked_rate_counts(events, population)
    return _beside(a, people, unknown_events, unknown_population)


def proportion_groups(
    events: ArrayLike, population: ArrayLike, unknown_events: ArrayLike, unknown_population: ArrayLike
) -> GroupsAndUnknown:
    """The counts of proportions, checked and of fitting shapes."""
    a, people = checked_proportion_counts(events, population)
    counts = _beside(a, people, unknown_events, unknown_population)
    u = counts.unknown_events
    refuse(u > counts.unknown_whole, u, "unknown events", "a part is not larger than its population")
    return counts


def _beside(a: FloatArray, people: FloatArray, unknown_events: ArrayLike, unknown_whole: ArrayLike) -> GroupsAndUnknown:
    u = checked_counts(unknown_events, "unknown events")
    unknown = checked_counts(unknown_whole, "unknown population")
    try:
        u, unknown = (np.broadcast_to(each, a.shape[:-1])[..., np.newaxis] for each in (u, unknown))
    except ValueError:
        raise InputRefused(
            f"settings: found {u.shape} unknown events and an unknown population of {unknown.shape} for groups of "
            f"{a.shape}; one number a setting is right"
        ) from None
    if a.ndim < 1:
        raise InputRefused("groups: found a single number; the groups of one setting, or settings × groups, are right")
    return GroupsAndUnknown(a, people, u, unknown)
