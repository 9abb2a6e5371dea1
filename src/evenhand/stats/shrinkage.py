"""Empirical Bayes: what to show and to rank when many groups are compared, so that chance does not head the list.

The groups' true values are taken for draws from one distribution, whose centre μ and variance τ² the groups themselves
tell; each value is drawn towards the centre by the share B of its spread that is noise.

    value yᵢ with variance Vᵢ (say, a log ratio):   wᵢ = 1/(Vᵢ + τ²),   μ = Σ wᵢyᵢ / Σ wᵢ
    τ² ≥ 0 (Paule-Mandel):                          Σ wᵢ(yᵢ - μ)² = k - r
    Bᵢ = (k - r - 2)/(k - r) · Vᵢwᵢ                 shrunken value = yᵢ - Bᵢ(yᵢ - μ)
    sᵢ² = Vᵢ(1 - Bᵢ) + r·BᵢVᵢwᵢ/Σw + 2/(k - r - 2) · Bᵢ²(V̄ + τ²)wᵢ·(yᵢ - μ)²,    V̄ = Σ wᵢVᵢ / Σ wᵢ

with k groups, r = 1 when μ is estimated and 0 when it is given. The factor before Vᵢwᵢ and the last two terms are
Morris's allowance for μ and τ² being estimated from few groups: without it the intervals are too narrow. For k groups
with few events, Oᵢ of Eᵢ expected, zeros welcome:

    Oᵢ ~ Poisson(Eᵢθᵢ), θᵢ ~ gamma of mean μ and variance τ²: the same with yᵢ = Oᵢ/Eᵢ, Vᵢ = m/Eᵢ, m = ΣO/ΣE,
    and the interval that of a gamma distribution with the shrunken value as its mean and the variance
    sᵢ² = θ̂ᵢ(1 - Bᵢ)/Eᵢ + (the other two terms)

Sources: Morris C. N. (1983), Parametric empirical Bayes inference, J. Am. Stat. Assoc. 78, 47-55 (section 5); Paule R.
C. and Mandel J. (1982), J. Res. Natl. Bur. Stand. 87, 377-385; Clayton D. and Kaldor J. (1987), Biometrics 43, 671-681
(the gamma-Poisson model).

Where it fails: it is no control of error rates. Of 16 groups of 1.5 to 120 expected events, 5 of them at a rate ratio
of 1.5, claiming each whose shrunken interval leaves out 1 makes a false claim in 17 % of tables: claim by
``evenhand.stats.multiplicity``. What it is for: the error of the 16 log ratios falls from 0.41 to 0.17, and the group
that heads the list is one without a difference in 11 % of tables, not in 32 %. A group that truly stands apart is drawn
in with the rest, the more so the smaller it is: the worst-treated small group can look ordinary. So a shrunken value is
shown beside the raw one, never in its place. Groups are taken for exchangeable; comparisons with one small reference
group share its noise, and are not (compare with all others, or with the population). Intervals cover 95 % of true
values or more, over groups that are draws as the model says, but 92 % of gamma-Poisson ones where about one event a
group is expected. With fewer than four groups (three for a given centre) nothing is shrunk.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainccinv, gammaincinv

from evenhand.errors import InputRefused
from evenhand.stats.arguments import (
    checked_confidence,
    checked_counts,
    checked_rate_counts,
    critical_value,
    refuse,
)
from evenhand.stats.estimates import RATIO, Estimates
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.statuses import Status, StatusArray, first_reason, status_of_rate, with_value

NORMAL = "empirical Bayes, normal with Morris's correction"
GAMMA_POISSON = "empirical Bayes, gamma-Poisson with Morris's correction"

FEWEST_GROUPS = 3
"""For a given centre; an estimated one needs one more. With fewer, Morris's factor leaves nothing to shrink by."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shrunken:
    """The groups of one setting, or settings × groups, each drawn towards the centre of its setting.

    Attributes:
        raw: the value before; ``value``, ``interval``: after. ``value`` is ``nan`` where nothing could be shrunk, and
            ``status`` says why; ``raw`` stands there all the same.
        share: the share of the way to the centre, 0 (stays) to 1 (is the centre).
        centre, spread: μ and τ of each setting, ``spread`` on the scale that was shrunk (the logarithm, for ratios).
        groups: how many groups each setting learned from.
        unit: of values, interval and centre.
        reference: what the raw values are compared with, where they are a comparison.
    """

    raw: FloatArray
    value: FloatArray
    interval: IntervalArray
    share: FloatArray
    centre: FloatArray
    spread: FloatArray
    groups: NDArray[np.int64]
    unit: str
    confidence: float
    method: str
    status: StatusArray
    reference: str = ""


def shrunken_values(
    value: ArrayLike,
    standard_error: ArrayLike,
    *,
    centre: ArrayLike | None = None,
    unit: str = "unit of the values",
    confidence: float = 0.95,
) -> Shrunken:
    """Values with standard errors, groups or settings × groups, on a scale where chance is about normal.

    ``centre``: what they are drawn towards, one for all or one a setting; their weighted mean when left out. Raises
    InputRefused for an infinite value, a standard error that is not above 0, shapes that do not fit.
    """
    values = np.asarray(value, dtype=np.float64)
    refuse(np.isinf(values), values, "value", "a value is a finite number")
    errors = checked_counts(standard_error, "standard error")
    refuse(errors == 0, errors, "standard error", "a number above 0; leave out (nan) what is known exactly")
    values, errors = _groups(values, errors)
    z = critical_value(confidence)
    missing = np.isnan(values) | np.isnan(errors)
    fit = _fit(values, errors**2, missing, _centres(centre, values))
    margin = z * np.sqrt(errors**2 * (1 - fit.share) + fit.uncertainty)
    shrunk = values - fit.share * (values - fit.centre)
    return _shrunken(
        fit, values, shrunk, IntervalArray(shrunk - margin, shrunk + margin), fit.status, unit, confidence, NORMAL
    )


def shrunken_ratios(ratios: Estimates, *, centre: ArrayLike | None = None) -> Shrunken:
    """Ratios with their intervals, shrunk on the logarithm; ``centre`` is a ratio, 1 for "no difference".

    A ratio of 0 or infinity has no logarithm: it is ``NOT_DEFINED`` here and the others are shrunk without it. Where
    there are such, ``shrunken_event_ratios`` is right.
    """
    errors = standard_errors_from_intervals(ratios.value, ratios.interval, confidence=ratios.confidence)
    logarithm = _logarithms(ratios.value)
    towards = None if centre is None else np.log(_above_zero(centre, "centre"))
    on_log = shrunken_values(logarithm, errors, centre=towards, confidence=ratios.confidence)
    undefined = with_value(ratios.status) & (np.isnan(logarithm) | np.isnan(errors))
    reasons = np.where(with_value(ratios.status), on_log.status, ratios.status)
    return replace(
        on_log,
        raw=ratios.value,
        value=np.exp(on_log.value),
        interval=IntervalArray(np.exp(on_log.interval.lower), np.exp(on_log.interval.upper)),
        centre=np.exp(on_log.centre),
        unit=RATIO,
        status=np.where(undefined, Status.NOT_DEFINED, reasons).astype(np.uint8),
        reference=ratios.reference,
    )


def shrunken_event_ratios(
    events: ArrayLike,
    expected: ArrayLike,
    *,
    centre: ArrayLike | None = None,
    unit: str = RATIO,
    confidence: float = 0.95,
) -> Shrunken:
    """Events over expected events (or over person-years), groups or settings × groups; 0 events are as good as any.

    ``centre``: what they are drawn towards, 1 for "as expected"; their weighted mean when left out. A setting without
    any event has nothing to tell (``NO_EVENTS``). Raises InputRefused for events where none can be expected.
    """
    observed, expectation = _groups(*checked_rate_counts(events, expected))
    tail = (1 - checked_confidence(confidence)) / 2
    reasons = status_of_rate(observed, expectation)
    missing = reasons != Status.GIVEN
    given = _centres(None if centre is None else _above_zero(centre, "centre"), observed)
    e = np.where(missing, np.nan, expectation)
    mean = np.nansum(observed * ~missing, axis=-1, keepdims=True) / _none_as_nan(np.nansum(e, axis=-1, keepdims=True))
    mean = mean if given is None else given
    ratio = observed / _none_as_nan(expectation)
    fit = _fit(ratio, _none_as_nan(mean) / e, missing | ~(mean > 0), given)
    shrunk = ratio - fit.share * (ratio - fit.centre)
    variance = shrunk * (1 - fit.share) / e + fit.uncertainty
    shape, scale = shrunk**2 / variance, variance / shrunk
    interval = IntervalArray(gammaincinv(shape, tail) * scale, gammainccinv(shape, tail) * scale)
    none_at_all = np.broadcast_to(mean == 0, reasons.shape)
    reasons = np.where(missing, reasons, np.where(none_at_all, Status.NO_EVENTS, fit.status)).astype(np.uint8)
    return _shrunken(fit, ratio, shrunk, interval, reasons, unit, confidence, GAMMA_POISSON)


def standard_errors_from_intervals(
    value: ArrayLike, intervals: IntervalArray, *, confidence: float = 0.95
) -> FloatArray:
    """Standard errors of the logarithms of ratios, from intervals that need not be symmetric there.

    (ln U - ln L)/2z; where one limit is 0 or infinite, the other side's distance from the value over z. ``nan`` for a
    ratio of 0 or infinity and where neither limit says anything.
    """
    z = critical_value(confidence)
    middle, lower, upper = (_logarithms(each) for each in (value, intervals.lower, intervals.upper))
    sides = np.stack(np.broadcast_arrays(middle - lower, upper - middle)) / z
    known = ~np.isnan(sides)
    return np.asarray(np.nansum(sides, axis=0) / _none_as_nan(known.sum(axis=0).astype(np.float64)))


def ranks(value: ArrayLike, *, highest_first: bool = True) -> FloatArray:
    """The place of each group in its setting, 1 for the first; equal values share the better place, ``nan`` has none.

    Give it ``Shrunken.value``: ranked by raw values, the smallest groups head every list.
    """
    values = np.asarray(value, dtype=np.float64)
    signed = -values if highest_first else values
    order = np.argsort(signed, axis=-1, kind="stable")  # nan comes last
    ordered = np.take_along_axis(signed, order, axis=-1)
    place = np.broadcast_to(np.arange(1.0, values.shape[-1] + 1), values.shape)
    first = np.ones(values.shape, dtype=np.bool_)
    first[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    shared = np.maximum.accumulate(np.where(first, place, 0.0), axis=-1)
    ranked = np.empty(values.shape)
    np.put_along_axis(ranked, order, shared, axis=-1)
    return np.where(np.isnan(values), np.nan, ranked)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fit:
    """What the groups of each setting tell; ``share`` and ``uncertainty`` a place, the rest a setting (last axis 1)."""

    share: FloatArray
    uncertainty: FloatArray  # what is added to the variance because μ and τ² are estimated
    centre: FloatArray
    variance: FloatArray
    groups: NDArray[np.int64]
    status: StatusArray


def _fit(y: FloatArray, variance: FloatArray, missing: NDArray[np.bool_], centre: FloatArray | None) -> _Fit:
    missing = missing if centre is None else missing | np.isnan(centre)
    present = ~missing
    k = np.count_nonzero(present, axis=-1)[..., np.newaxis]
    estimated = int(centre is None)  # r
    too_few = k < estimated + FEWEST_GROUPS
    freedom = np.where(too_few, np.nan, k - estimated)
    y, v = np.where(present, y, 0.0), np.where(present, variance, 1.0)
    tau2, mu = _between_groups(y, v, present, freedom, centre)
    w = present / (v + tau2)
    total = _none_as_nan(w.sum(axis=-1, keepdims=True))
    share = (freedom - 2) / freedom * v * w
    mean_variance = (w * v).sum(axis=-1, keepdims=True) / total
    from_centre = share * v * w / total
    from_spread = 2 / (freedom - 2) * share**2 * (mean_variance + tau2) * w * (y - mu) ** 2
    nothing = np.where(present, 0.0, np.nan)
    return _Fit(
        share=share + nothing,
        uncertainty=estimated * from_centre + from_spread + nothing,
        centre=np.where(too_few, np.nan, mu),
        variance=tau2 + np.zeros_like(freedom),
        groups=k,
        status=first_reason(y.shape, (missing, Status.MISSING_INPUT), (too_few, Status.TOO_FEW_GROUPS)),
    )


def _between_groups(
    y: FloatArray, v: FloatArray, present: NDArray[np.bool_], freedom: FloatArray, centre: FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    """τ² and μ of each setting by Newton's method from 0: the sum falls in τ² and is convex, so no step overshoots."""
    tau2 = freedom * 0.0
    while True:
        w = present / (v + tau2)
        mu = centre if centre is not None else (w * y).sum(axis=-1, keepdims=True) / w.sum(axis=-1, keepdims=True)
        scatter = w * (y - mu) ** 2
        excess = scatter.sum(axis=-1, keepdims=True) - freedom
        too_small = excess > 1e-12 * freedom
        if not too_small.any():
            return tau2, mu
        slope = (w * scatter).sum(axis=-1, keepdims=True)
        tau2 = tau2 + np.where(too_small, excess, 0.0) / np.where(too_small, slope, 1.0)


def _shrunken(
    fit: _Fit,
    raw: FloatArray,
    value: FloatArray,
    interval: IntervalArray,
    status: StatusArray,
    unit: str,
    confidence: float,
    method: str,
) -> Shrunken:
    return Shrunken(
        raw=raw,
        value=value,
        interval=interval,
        share=fit.share,
        centre=fit.centre[..., 0],
        spread=np.sqrt(fit.variance[..., 0]),
        groups=fit.groups[..., 0],
        unit=unit,
        confidence=confidence,
        method=method,
        status=status,
    )


def _groups(*arrays: FloatArray) -> tuple[FloatArray, ...]:
    try:
        shaped = np.broadcast_arrays(*arrays)
    except ValueError:
        shapes = " and ".join(str(array.shape) for array in arrays)
        raise InputRefused(f"groups: found shapes {shapes}; arrays of one shape are right") from None
    if shaped[0].ndim == 0:
        raise InputRefused("groups: found a single number; an array of the groups that are compared is right")
    return tuple(shaped)


def _centres(centre: ArrayLike | None, values: FloatArray) -> FloatArray | None:
    """A given centre, one a setting, with a last axis of length 1."""
    if centre is None:
        return None
    given = np.asarray(centre, dtype=np.float64)
    refuse(np.isinf(given), given, "centre", "a finite number, one for all or one a setting, is right")
    try:
        return np.broadcast_to(given, values.shape[:-1])[..., np.newaxis]
    except ValueError:
        raise InputRefused(
            f"centre: found shape {given.shape}; one for all or one a setting, shape {values.shape[:-1]}, is right"
        ) from None


def _above_zero(centre: ArrayLike, name: str) -> FloatArray:
    numbers = np.asarray(centre, dtype=np.float64)
    refuse(numbers <= 0, numbers, name, "a ratio above 0 is right")
    return numbers


def _logarithms(ratio: ArrayLike) -> FloatArray:
    """The logarithm of what has one; ``nan`` for 0 and infinity."""
    numbers = np.asarray(ratio, dtype=np.float64)
    has_one = (numbers > 0) & np.isfinite(numbers)
    return np.asarray(np.log(numbers, out=np.full(numbers.shape, np.nan), where=has_one))


def _none_as_nan(numbers: FloatArray) -> FloatArray:
    return np.where(numbers == 0, np.nan, numbers)
