"""What a summary of inequality over all groups of a setting is: one number, and how far it can be trusted.

A *setting* is one place and time with its groups. Every measure takes, for S settings of G groups each, arrays of
S × G: ``value`` (each group's rate, share or mean), ``standard_error`` of it, and ``population``. A population of 0
says that the group does not exist in that setting; it is left out of it. A missing value (``nan``) of a group that
does exist makes that setting's summary missing: a summary of the other groups is not a summary of all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_counts, refuse
from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.statuses import Status, StatusArray, first_reason, with_value

UNIT_OF_THE_VALUES = "unit of the values"


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupValues:
    """The groups of S settings, checked, so that a sum over the groups needs no further case.

    Attributes:
        value, standard_error, population: S × G; 0 for a group that does not exist in that setting.
        share: of the setting's population, S × G. ``nan`` throughout a setting that cannot be summarised, and so in
            every sum over it.
        exists: S × G, whether the group exists.
        groups: how many groups exist, one a setting.
        status: one a setting: ``GIVEN``, ``MISSING_INPUT`` or ``TOO_FEW_GROUPS``.
    """

    value: FloatArray
    standard_error: FloatArray
    population: FloatArray
    share: FloatArray
    exists: NDArray[np.bool_]
    groups: FloatArray
    status: StatusArray

    def weighted_sum(self, weights: FloatArray) -> FloatArray:
        """Σ weight·value over the groups, one a setting; the mean, when the weights are the shares."""
        return np.asarray(np.vecdot(weights, self.value))

    def error_of_weighted_sum(self, weights: FloatArray) -> FloatArray:
        """Its standard error √(Σ weight²·se²): the groups are independent, the weights certain."""
        errors = weights * self.standard_error
        return np.asarray(np.sqrt(np.vecdot(errors, errors)))


def group_values(value: ArrayLike, standard_error: ArrayLike, population: ArrayLike) -> GroupValues:
    """The three arrays, which broadcast to S × G (one dimension: one setting), checked and with their shares.

    Raises InputRefused for shapes that do not fit, an infinite number, a negative standard error or population.
    """
    values = np.asarray(value, dtype=np.float64)
    errors = checked_counts(standard_error, "standard error")
    people = checked_counts(population, "population")
    with np.errstate(invalid="ignore", over="ignore"):
        complete = bool(np.isfinite(values.sum() + errors.sum() + people.sum()))
    if not complete:
        refuse(np.isinf(values), values, "value", "a value is a finite number")
    values, errors, people = _settings_by_groups(values, errors, people)
    exists = people != 0  # a population that is not known may be somebody
    if complete and exists.all() and people.shape[1] > 1:  # the common case
        groups = np.full(len(people), people.shape[1])
        status, whole = np.zeros(len(people), dtype=np.uint8), people.sum(axis=1)
    else:
        missing = exists & np.isnan(values + errors + people)
        groups = exists.sum(axis=1)
        status = first_reason(
            groups.shape, (missing.any(axis=1), Status.MISSING_INPUT), (groups < 2, Status.TOO_FEW_GROUPS)
        )
        whole = np.where(status == Status.GIVEN, people.sum(axis=1), np.nan)
        values, errors = np.where(exists, values, 0.0), np.where(exists, errors, 0.0)
    return GroupValues(
        value=values,
        standard_error=errors,
        population=people,
        share=people / whole[:, np.newaxis],
        exists=exists,
        groups=groups.astype(np.float64),
        status=status,
    )


def _settings_by_groups(*arrays: FloatArray) -> tuple[FloatArray, ...]:
    if arrays[0].ndim == 2 and all(array.shape == arrays[0].shape for array in arrays):  # the common case
        return arrays
    try:
        shaped = np.broadcast_arrays(*arrays)
    except ValueError:
        shapes = " and ".join(str(array.shape) for array in arrays)
        raise InputRefused(f"settings and groups: found shapes {shapes}; arrays of one shape are right") from None
    if shaped[0].ndim not in (1, 2):
        raise InputRefused(
            f"settings and groups: found {shaped[0].ndim} dimensions; settings × groups, or the groups of one setting, "
            "are right"
        )
    return tuple(np.atleast_2d(array) for array in shaped)


def closed_form(
    value: FloatArray,
    interval: IntervalArray,
    *,
    groups: FloatArray,
    status: StatusArray,
    unit: str,
    confidence: float,
    method: str,
    reference: str = "",
) -> Summaries:
    """A measure that noise pushes neither way, with a formula for its interval; both only where ``status`` has them."""
    given = with_value(status)
    no_value = np.full(value.shape, np.nan)
    return Summaries(
        value=np.where(given, value, np.nan),
        corrected=no_value,
        interval=IntervalArray(np.where(given, interval.lower, np.nan), np.where(given, interval.upper, np.nan)),
        null_upper=no_value,
        groups=groups,
        unit=unit,
        confidence=confidence,
        method=method,
        status=status,
        reference=reference,
    )
