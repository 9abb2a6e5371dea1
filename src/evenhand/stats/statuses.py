"""Whether a method gave a number, and if not, why: the same few reasons in every result.

A status stands beside each value. In arrays it is one byte a place, so that a million of them cost nothing;
``results.status == Status.GIVEN`` picks, ``Status(code).words`` says.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.intervals import FloatArray

StatusArray = NDArray[np.uint8]


class Status(IntEnum):
    """``GIVEN``, ``PART_OF_STANDARD``, ``UNBOUNDED`` and ``NO_INTERVAL`` come with a value; every other one says why
    there is none."""

    GIVEN = 0
    PART_OF_STANDARD = 1
    MISSING_INPUT = 2
    NO_POPULATION = 3
    NO_EVENTS = 4
    TOO_FEW_EVENTS = 5
    TOO_FEW_EXPECTED = 6
    TOO_SMALL_POPULATION = 7
    NOTHING_TO_COMPARE_WITH = 8
    TOO_FEW_GROUPS = 9
    TOO_FEW_POINTS = 10
    NOT_DEFINED = 11
    UNBOUNDED = 12
    NO_INTERVAL = 13
    NO_EVENTS_IN_OPEN_BAND = 14
    MORE_EVENTS_THAN_PEOPLE = 15

    @property
    def has_value(self) -> bool:
        """Whether a value comes with it."""
        return self in (Status.GIVEN, Status.PART_OF_STANDARD, Status.UNBOUNDED, Status.NO_INTERVAL)

    @property
    def words(self) -> str:
        """The reason in plain words, as a file or a page shows it."""
        return _WORDS[self]


_WORDS = {
    Status.GIVEN: "given",
    Status.PART_OF_STANDARD: "given, but some strata of the standard have nobody in this group",
    Status.MISSING_INPUT: "a number that it needs is missing",
    Status.NO_POPULATION: "there is nobody it could have happened to",
    Status.NO_EVENTS: "there were no events, and the method needs some",
    Status.TOO_FEW_EVENTS: "fewer events than the rule asks for",
    Status.TOO_FEW_EXPECTED: "fewer events expected than the rule asks for",
    Status.TOO_SMALL_POPULATION: "fewer people than the rule asks for",
    Status.NOTHING_TO_COMPARE_WITH: "what it is compared with has no value, or is none",
    Status.TOO_FEW_GROUPS: "fewer groups than the method needs",
    Status.TOO_FEW_POINTS: "fewer points than the method needs",
    Status.NOT_DEFINED: "the formula has no answer for these numbers",
    Status.UNBOUNDED: "given, but the data set no limit to it: what it is divided by may be 0",
    Status.NO_INTERVAL: "given, but with no interval: one value alone does not say how much values differ",
    Status.NO_EVENTS_IN_OPEN_BAND: "nobody died in the last, open age band, so nothing says how long people live in it",
    Status.MORE_EVENTS_THAN_PEOPLE: "more events than there were people in an age band",
}


def status_of_rate(numerator: FloatArray, denominator: FloatArray) -> StatusArray:
    """What stands in the way of ``numerator`` / ``denominator``: a missing number, or nobody it could happen to."""
    if not np.isnan(numerator.min(initial=0)) and denominator.min(initial=1) > 0:  # the common case: nothing does
        return np.zeros(numerator.shape, dtype=np.uint8)
    missing = np.isnan(numerator) | np.isnan(denominator)
    return first_reason(missing.shape, (missing, Status.MISSING_INPUT), (denominator == 0, Status.NO_POPULATION))


def status_of_comparison(a: StatusArray, b: StatusArray) -> StatusArray:
    """The status of a compared with b: a's own reason first, then that there is nothing to compare it with."""
    nothing = ~with_value(b) & (b != Status.MISSING_INPUT)
    return np.where(with_value(a), np.where(nothing, Status.NOTHING_TO_COMPARE_WITH, np.maximum(a, b)), a).astype(
        np.uint8
    )


def status_of_ratio(value: FloatArray, parts: StatusArray) -> StatusArray:
    """The status of a ratio whose parts compare with the status ``parts``: 0 against 0 has two values and no ratio."""
    return np.where(np.isnan(value) & with_value(parts), Status.NOT_DEFINED, parts).astype(np.uint8)


def with_value(status: StatusArray) -> NDArray[np.bool_]:
    """Where a value comes with the status."""
    return np.asarray(
        (status <= Status.PART_OF_STANDARD) | (status == Status.UNBOUNDED) | (status == Status.NO_INTERVAL)
    )


def first_reason(shape: tuple[int, ...], *reasons: tuple[NDArray[np.bool_], Status]) -> StatusArray:
    """For each place the status of the first condition that holds there; ``GIVEN`` where none does."""
    status = np.zeros(shape, dtype=np.uint8)
    for holds, reason in reversed(reasons):
        status[np.broadcast_to(holds, shape)] = reason
    return status
