"""An estimate carries its interval, what it was made of, its unit and its method: never a bare number.

``...Estimate`` is one figure, ``...Estimates`` is many at once in arrays of one shape. ``nan`` as a value or interval
says "no estimate" (for instance of a population of 0), ``inf`` says "no limit".
"""

from dataclasses import dataclass

from evenhand.stats.intervals import FloatArray, Interval, IntervalArray


@dataclass(frozen=True, slots=True, kw_only=True)
class ProportionEstimate:
    """A share from 0 to 1: ``events`` of the ``population`` they are part of."""

    value: float
    interval: Interval
    events: float
    population: float
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProportionEstimates:
    """As ``ProportionEstimate``, in arrays."""

    value: FloatArray
    interval: IntervalArray
    events: FloatArray
    population: FloatArray
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RateEstimate:
    """``events`` per ``per`` of ``population`` (people, bed days); ``value`` and ``interval`` are in that unit."""

    value: float
    interval: Interval
    events: float
    population: float
    per: float
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RateEstimates:
    """As ``RateEstimate``, in arrays."""

    value: FloatArray
    interval: IntervalArray
    events: FloatArray
    population: FloatArray
    per: float
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioEstimate:
    """``numerator`` over ``denominator``, two rates or proportions in one unit. 1 says no difference."""

    value: float
    interval: Interval
    numerator: float
    denominator: float
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RatioEstimates:
    """As ``RatioEstimate``, in arrays."""

    value: FloatArray
    interval: IntervalArray
    numerator: FloatArray
    denominator: FloatArray
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceEstimate:
    """``first`` minus ``second``, two rates or proportions, all in units of ``per``. 0 says no difference."""

    value: float
    interval: Interval
    first: float
    second: float
    per: float
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DifferenceEstimates:
    """As ``DifferenceEstimate``, in arrays."""

    value: FloatArray
    interval: IntervalArray
    first: FloatArray
    second: FloatArray
    per: float
    confidence: float
    method: str
