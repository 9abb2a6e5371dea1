"""What a summary of inequality over all groups of a setting is: one number, and how far it can be trusted.

A *setting* is one place and time with its groups. Every measure takes, for S settings of G groups each, arrays of
S × G: ``value`` (each group's rate, share or mean), ``standard_error`` of it, and ``population``. A population of 0
says that the group does not exist in that setting; it is left out of it. A missing value (``nan``) of a group that
does exist makes that setting's summary missing: a summary of the other groups is not a summary of all.
"""

from dataclasses import dataclass

from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.statuses import Status, StatusArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One measure of one setting.

    Attributes:
        value: the measure of the values as they are, as the field publishes it.
        corrected: the same with the share of it removed that noise alone would make; ``nan`` for a measure that noise
            does not push upwards, where ``value`` needs no correction.
        interval: of the true measure, without noise.
        null_upper: what the measure would stay below 95 times in 100 if there were no inequality at all and only
            chance; ``nan`` for a measure that has a sign, where 0 inside the interval says the same.
        groups: how many groups it is over.
        unit: ``share``, ``ratio``, ``unit of the values``, ``per cent`` …; ``reference``: what is compared with,
            where the measure has one.
        draws, seed: of the simulation behind ``interval`` and ``null_upper``; 0 for a closed form.
    """

    value: float
    corrected: float
    interval: Interval
    null_upper: float
    groups: int
    unit: str
    confidence: float
    method: str
    reference: str = ""
    draws: int = 0
    seed: int = 0
    status: Status = Status.GIVEN


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Summaries:
    """As ``Summary``, for many settings: arrays of one place a setting."""

    value: FloatArray
    corrected: FloatArray
    interval: IntervalArray
    null_upper: FloatArray
    groups: FloatArray
    unit: str
    confidence: float
    method: str
    status: StatusArray
    reference: str = ""
    draws: int = 0
    seed: int = 0
