"""The smallest change in a gap that numbers like these can show, and how many would show a given change.

The gap is ln RR, the logarithm of the ratio of two groups' rates or proportions; its change between two periods is Δ.
With e events in each of the four cells (groups a and b, periods 1 and 2), s the share of people who have the event (0
for rates), φ the over-dispersion of the group, and below, above the distances of ln e from its limits' logarithms
(Byar or Wilson, for e/φ events):

    se² = Σ φ·(1 - s)/e            over the four cells
    smallest fall = z_power·se + √(above_a2² + below_b2² + below_a1² + above_b1²)
    smallest rise = z_power·se + √(below_a2² + above_b2² + above_a1² + below_b1²)

A true change of that size is found with that power: the root is how far the interval of ``change_in_gap`` reaches
beyond Δ. For large counts both come to (1.96 + 0.84)·se at 95 % confidence and 80 % power. The events are those that
are expected if the change is there. For k periods like one before and k after, with a change x of the logarithm
planned for group a, the large-count form has a closed answer:

    k = ((z(1+c)/2 + z_power)/x)² · (φ_a(1 - s_a)/e_a + φ_a(1 - s_a·e^x)/(e_a·e^x) + 2·φ_b(1 - s_b)/e_b)

k organisations of one size, taken together, count as k periods.

Source: the delta method on the logarithm, Armitage P., Berry G. and Matthews J. N. S. (2002), Statistical Methods in
Medical Research, 4th ed., ch. 4 and 8.

Where it fails: measured, with 80 % asked for, the power is 78-81 % from about 20 expected events in each cell up,
75-77 % at 10, and 70-74 % at 5 (``tests/property/stats/test_detectable_change.py``).
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_counts, critical_value, refuse
from evenhand.stats.intervals import FloatArray
from evenhand.stats.proportions import wilson_intervals
from evenhand.stats.rates import byar_intervals
from evenhand.stats.statuses import Status, StatusArray, first_reason

DETECTABLE_CHANGE = "power of the MOVER interval of a ratio of ratios"
PERIODS_NEEDED = "delta method on the logarithm of the ratio of ratios"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DetectableChange:
    """The smallest changes of a ratio that would be found with the stated power.

    Attributes:
        log_fall, log_rise: |Δ| for a ratio of the groups that falls, and for one that rises.
    """

    log_fall: FloatArray
    log_rise: FloatArray
    confidence: float
    power: float
    overdispersion_a: FloatArray
    overdispersion_b: FloatArray
    status: StatusArray
    reference: str = ""
    method: str = DETECTABLE_CHANGE

    @property
    def falling(self) -> FloatArray:
        """The ratio of ratios, below 1, that is just found: 0.8 says a ratio that falls by a fifth."""
        return np.asarray(np.exp(-self.log_fall))

    @property
    def rising(self) -> FloatArray:
        """The ratio of ratios, above 1, that is just found."""
        return np.asarray(np.exp(self.log_rise))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PeriodsNeeded:
    """How many periods before, and as many after, would find the change with the stated power."""

    periods: FloatArray
    ratio_of_ratios: FloatArray
    confidence: float
    power: float
    overdispersion_a: FloatArray
    overdispersion_b: FloatArray
    status: StatusArray
    reference: str = ""
    method: str = PERIODS_NEEDED


def smallest_detectable_change(
    expected_a1: ArrayLike,
    expected_b1: ArrayLike,
    expected_a2: ArrayLike,
    expected_b2: ArrayLike,
    *,
    share_a1: ArrayLike = 0.0,
    share_b1: ArrayLike = 0.0,
    share_a2: ArrayLike = 0.0,
    share_b2: ArrayLike = 0.0,
    overdispersion_a: ArrayLike = 1.0,
    overdispersion_b: ArrayLike = 1.0,
    confidence: float = 0.95,
    power: float = 0.8,
    reference: str = "",
) -> DetectableChange:
    """The smallest detectable change of the gap, for expected events in both groups and periods.

    ``share_…`` is the share of people who have the event, for proportions. ``nan`` and ``NO_EVENTS`` where a cell
    expects none.
    """
    phi_a, phi_b = checked_overdispersion(overdispersion_a), checked_overdispersion(overdispersion_b)
    a1 = _cell(expected_a1, share_a1, phi_a, "a1", confidence)
    b1 = _cell(expected_b1, share_b1, phi_b, "b1", confidence)
    a2 = _cell(expected_a2, share_a2, phi_a, "a2", confidence)
    b2 = _cell(expected_b2, share_b2, phi_b, "b2", confidence)
    cells = (a1, b1, a2, b2)
    z_power, variance = z_of_power(power), a1.variance + b1.variance + a2.variance + b2.variance
    no_events = np.any([np.broadcast_to(cell.events == 0, variance.shape) for cell in cells], axis=0)
    status = first_reason(
        variance.shape,
        (np.asarray(no_events), Status.NO_EVENTS),
        (np.asarray(np.isnan(variance)), Status.MISSING_INPUT),
    )
    margin = z_power * np.sqrt(variance)
    return DetectableChange(
        log_fall=np.asarray(margin + np.sqrt(a2.above**2 + b2.below**2 + a1.below**2 + b1.above**2)),
        log_rise=np.asarray(margin + np.sqrt(a2.below**2 + b2.above**2 + a1.above**2 + b1.below**2)),
        confidence=confidence,
        power=power,
        overdispersion_a=phi_a,
        overdispersion_b=phi_b,
        status=status,
        reference=reference,
    )


@dataclass(frozen=True, slots=True)
class _Cell:
    """One group in one period: the variance of its logarithm, and how far its limits lie below and above it."""

    events: FloatArray
    variance: FloatArray
    below: FloatArray
    above: FloatArray


def _cell(expected: ArrayLike, share: ArrayLike, phi: FloatArray, name: str, confidence: float) -> _Cell:
    events, shares, phi = np.broadcast_arrays(
        checked_counts(expected, f"expected_{name}"), checked_share(share, f"share_{name}"), phi
    )
    counts = np.where(events > 0, events, np.nan) / phi
    rare = shares == 0
    limits = byar_intervals(counts, confidence=confidence)
    people = counts / np.where(rare, 1.0, shares)
    wilson = wilson_intervals(counts, people, confidence=confidence)
    lower = np.where(rare, limits.lower, wilson.lower * people)
    upper = np.where(rare, limits.upper, wilson.upper * people)
    with np.errstate(divide="ignore"):  # the lower limit of a small part of one event can be 0: no rise is found then
        below = np.log(counts / lower)
    return _Cell(events, _variance_of_log(events, shares, phi), below, np.log(upper / counts))


def periods_needed(
    expected_a: ArrayLike,
    expected_b: ArrayLike,
    ratio_of_ratios: ArrayLike,
    *,
    share_a: ArrayLike = 0.0,
    share_b: ArrayLike = 0.0,
    overdispersion_a: ArrayLike = 1.0,
    overdispersion_b: ArrayLike = 1.0,
    confidence: float = 0.95,
    power: float = 0.8,
    reference: str = "",
) -> PeriodsNeeded:
    """How many periods before and after would find that group a's ratio changes to ``ratio_of_ratios`` times itself.

    ``expected_a``, ``expected_b``: events in one period as things are. Rounded up to whole periods. ``NOT_DEFINED``
    for a ratio of ratios of 1: no number of periods finds no change.
    """
    phi_a, phi_b = checked_overdispersion(overdispersion_a), checked_overdispersion(overdispersion_b)
    e_a, e_b = checked_counts(expected_a, "expected_a"), checked_counts(expected_b, "expected_b")
    s_a, s_b = checked_share(share_a, "share_a"), checked_share(share_b, "share_b")
    change = checked_counts(ratio_of_ratios, "ratio_of_ratios")
    refuse(change == 0, change, "ratio_of_ratios", "above 0 is right: 0.8 for a ratio that falls by a fifth")
    share_then = s_a * change
    refuse(share_then > 1, share_then, "share_a", "a share of at most 1 after the change is right")
    variance = (
        _variance_of_log(e_a, s_a, phi_a)
        + _variance_of_log(e_a * change, share_then, phi_a)
        + 2 * _variance_of_log(e_b, s_b, phi_b)
    )
    no_events = np.broadcast_to((e_a == 0) | (e_b == 0), variance.shape)
    status = first_reason(
        variance.shape,
        (no_events, Status.NO_EVENTS),
        (np.asarray(np.isnan(variance)), Status.MISSING_INPUT),
        (np.broadcast_to(change == 1, variance.shape), Status.NOT_DEFINED),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        periods = np.ceil(((critical_value(confidence) + z_of_power(power)) / np.log(change)) ** 2 * variance)
    return PeriodsNeeded(
        periods=np.where(status == Status.GIVEN, periods, np.nan),
        ratio_of_ratios=change,
        confidence=confidence,
        power=power,
        overdispersion_a=phi_a,
        overdispersion_b=phi_b,
        status=status,
        reference=reference,
    )


def z_of_power(power: float) -> float:
    """The quantile of the standard normal distribution that goes with a power."""
    if not 0.5 <= power < 1:
        raise InputRefused(f"power: found {power}; a share from 0.5 to below 1 is right, for instance 0.8")
    return NormalDist().inv_cdf(power)


def checked_overdispersion(overdispersion: ArrayLike) -> FloatArray:
    """φ as float64; raises InputRefused below 1. ``nan``: it is not known."""
    phi = np.asarray(overdispersion, dtype=np.float64)
    refuse((phi < 1) | np.isinf(phi), phi, "overdispersion", "1, for chance alone, or more is right")
    return phi


def checked_share(share: ArrayLike, name: str) -> FloatArray:
    """A share of people, 0 to 1."""
    numbers = checked_counts(share, name)
    refuse(numbers > 1, numbers, name, "a share of at most 1 is right")
    return numbers


def _variance_of_log(events: FloatArray, share: FloatArray, overdispersion: FloatArray) -> FloatArray:
    """The variance of the logarithm of a rate or proportion; ``nan`` where no events are expected."""
    return np.asarray(overdispersion * (1 - share) / np.where(events > 0, events, np.nan))
