"""How much organisations differ beyond chance, and funnel limits that allow for it (Spiegelhalter).

Each organisation's figure is put on a scale where chance is about normal and does not depend on the figure:

    share x/n               y = arcsin √(x/n)            s = 1/(2√n)
    rate or ratio x/E       y = √(x/E)                   s = 1/(2√E)
                     or     y = ln(x/E)                  s = 1/√(E·θ)      (0 events stand as a half)
    ratio of two counts     y = ln((x+½)/(n+½))          s = √(x/(x+½)² + n/(n+½)²)

with z = (y - y(θ))/s for the target θ. The outermost scores are winsorised (the lowest and highest tenth set to the
tenth and ninetieth percentile) or trimmed (left out), so that outlying organisations do not widen the limits that are
to find them. Of the n scores that remain, with w = 1/s²:

    φ = Σz²/n                                               multiplicative: s·√φ where φ > 1
    τ² = max(0, (nφ - (n - 1)) / (Σw - Σw²/Σw))             additive: √(s² + τ²), after DerSimonian and Laird

Sources: Spiegelhalter D. J. (2005), Funnel plots for comparing institutional performance, Stat. Med. 24, 1185-1202, and
Handling over-dispersion of performance indicators, Qual. Saf. Health Care 14, 347-351; Spiegelhalter D. J. and others
(2012), J. R. Stat. Soc. A 175, 1-47 (additive; winsorised or trimmed); DerSimonian R. and Laird N. (1986), Control.
Clin. Trials 7, 177-188. The square root is the Care Quality Commission's scale, the trimmed logarithm that of the
Summary Hospital-level Mortality Indicator.

Where it fails: what makes organisations differ is not told apart. Limits widened by differences that are unfair call
the unfair usual: show both funnels. φ and τ² are those of scores without their extremes, uncorrected, as published: of
40 organisations that differ by chance alone, φ averages 0.69 winsorised and 0.47 trimmed, not 1; where the true φ is 2,
1.4 and 0.9. So a little over-dispersion goes unnoticed and much is underrated, trimmed above all. Fewer than ten
organisations have no tenth to set aside: ``TOO_FEW_GROUPS``. Below about five expected events every one of these scales
is rough.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_proportion_counts, checked_rate_counts
from evenhand.stats.funnel_limits import checked_target
from evenhand.stats.intervals import FloatArray
from evenhand.stats.shrinkage import ranks
from evenhand.stats.statuses import Status, StatusArray, first_reason, status_of_rate

FEWEST_ORGANISATIONS = 10


class Scale(StrEnum):
    """The scale on which chance is about normal."""

    ARCSINE = "arcsine of the square root"
    SQUARE_ROOT = "square root"
    LOGARITHM = "logarithm"


class Extremes(StrEnum):
    """What is done with the outermost scores before over-dispersion is estimated."""

    WINSORISED = "winsorised"
    TRIMMED = "trimmed"
    KEPT = "kept"


class Widening(StrEnum):
    """How over-dispersion widens limits: by a variance that all organisations share, or by a factor."""

    ADDITIVE = "additive"
    MULTIPLICATIVE = "multiplicative"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scores:
    """Organisations, or settings × organisations, on ``scale``; ``target`` a setting (last axis of length 1)."""

    y: FloatArray
    target: FloatArray
    standard_error: FloatArray
    z: FloatArray
    scale: Scale
    status: StatusArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OverDispersion:
    """What the organisations of each setting tell.

    Attributes:
        factor: φ; 1 when they differ as chance alone would have them (see the module on what is set aside).
        variance: τ², on the scale of the scores; 0 when chance is enough.
        organisations: how many scores it was worked out from, the trimmed ones left out.
        z: the scores as used: winsorised, or ``nan`` where trimmed.
        status: ``GIVEN`` or ``TOO_FEW_GROUPS``.
    """

    factor: FloatArray
    variance: FloatArray
    organisations: NDArray[np.int64]
    z: FloatArray
    scale: Scale
    extremes: Extremes
    status: StatusArray


def proportion_scores(events: ArrayLike, population: ArrayLike, *, target: ArrayLike | None = None) -> Scores:
    """Scores of shares; ``target`` a share, one for all or one a setting: that of all organisations if left out."""
    x, n = of_organisations(*checked_proportion_counts(events, population))
    return scores_on_scale(x, n, targets(target, x, n, largest=1.0), Scale.ARCSINE)


def ratio_scores(
    events: ArrayLike, expected: ArrayLike, *, target: ArrayLike | None = 1.0, scale: Scale = Scale.SQUARE_ROOT
) -> Scores:
    """Scores of events over expected events; with a population for ``expected`` and ``target=None``, of rates."""
    x, e = of_organisations(*checked_rate_counts(events, expected))
    return scores_on_scale(x, e, targets(target, x, e), checked_count_scale(scale))


def count_ratio_scores(numerator: ArrayLike, denominator: ArrayLike, *, target: ArrayLike | None = None) -> Scores:
    """Scores of the ratios of two counts that are both uncertain."""
    x, n = of_organisations(*checked_rate_counts(numerator, denominator))
    theta = targets(target, x, n)
    status = status_against_target(x, n, theta)
    x, n = (np.where(n > 0, each, np.nan) for each in (x, n))
    y, error = np.log((x + 0.5) / (n + 0.5)), np.sqrt(x / (x + 0.5) ** 2 + n / (n + 0.5) ** 2)
    return _scores(y, theta, error, Scale.LOGARITHM, status)


def over_dispersion(found: Scores, *, extremes: Extremes = Extremes.WINSORISED, share: float = 0.1) -> OverDispersion:
    """φ and τ² of the organisations of each setting, with ``share`` of them set aside at either end."""
    if not 0 < share < 0.5:
        raise InputRefused(f"share: found {share}; a share between 0 and 0.5 is right, for instance 0.1")
    given = found.status == Status.GIVEN
    z = np.where(given, found.z, np.nan)
    if extremes is Extremes.WINSORISED:
        z = np.clip(z, _quantiles(z, share), _quantiles(z, 1 - share))
    elif extremes is Extremes.TRIMMED:
        place = _average_ranks(z) / (np.count_nonzero(given, axis=-1)[..., np.newaxis] + 1)
        z = np.where((place >= share) & (place < 1 - share), z, np.nan)
    used = ~np.isnan(z)
    n = np.count_nonzero(used, axis=-1)
    too_few = np.count_nonzero(given, axis=-1) < FEWEST_ORGANISATIONS
    counted = np.where(too_few | (n < 2), np.nan, n)
    squares = (np.where(used, z, 0.0) ** 2).sum(axis=-1)
    w = np.where(used, found.standard_error, np.inf) ** -2.0
    weight = np.where(np.isnan(counted), np.nan, w.sum(axis=-1))
    spread = (squares - (counted - 1)) / (weight - (w**2).sum(axis=-1) / weight)
    return OverDispersion(
        factor=np.asarray(squares / counted),
        variance=np.maximum(spread, 0.0),
        organisations=np.asarray(n),
        z=z,
        scale=found.scale,
        extremes=extremes,
        status=first_reason(too_few.shape, (np.isnan(counted), Status.TOO_FEW_GROUPS)),
    )


def widened(standard_error: FloatArray, dispersion: OverDispersion, widening: Widening) -> FloatArray:
    """Standard errors of organisations (or of a grid of sizes) of each setting, with its over-dispersion."""
    if widening is Widening.MULTIPLICATIVE:
        return np.asarray(standard_error * np.sqrt(np.maximum(dispersion.factor, 1.0))[..., np.newaxis])
    return np.asarray(np.sqrt(standard_error**2 + np.asarray(dispersion.variance)[..., np.newaxis]))


def on_scale(value: FloatArray, scale: Scale) -> FloatArray:
    """A share, rate or ratio on ``scale``."""
    if scale is Scale.ARCSINE:
        return np.asarray(np.arcsin(np.sqrt(value)))
    return np.asarray(np.sqrt(value) if scale is Scale.SQUARE_ROOT else np.log(value))


def from_scale(y: FloatArray, scale: Scale) -> FloatArray:
    """Back from ``scale``; what lies beyond the smallest or largest possible figure is that figure."""
    if scale is Scale.ARCSINE:
        return np.asarray(np.sin(np.clip(y, 0.0, np.pi / 2)) ** 2)
    return np.asarray(np.maximum(y, 0.0) ** 2 if scale is Scale.SQUARE_ROOT else np.exp(y))


def checked_count_scale(scale: Scale) -> Scale:
    """``scale`` itself, one for counts; raises InputRefused for that of shares."""
    if scale is Scale.ARCSINE:
        raise InputRefused(f"scale: found {scale.value!r}, which is for shares; the square root or the logarithm fits")
    return scale


def standard_errors(size: FloatArray, target: FloatArray, scale: Scale) -> FloatArray:
    """s of organisations of ``size`` (population or expected events) on ``scale``; ``nan`` for none."""
    at_all = np.where(size > 0, size, np.nan)
    return np.asarray(1 / np.sqrt(at_all * target) if scale is Scale.LOGARITHM else 0.5 / np.sqrt(at_all))


def of_organisations(*arrays: FloatArray) -> tuple[FloatArray, ...]:
    """The arrays, refused when they are single numbers."""
    if arrays[0].ndim == 0:
        raise InputRefused("organisations: found a single number; an array of those that are compared is right")
    return arrays


def targets(target: ArrayLike | None, x: FloatArray, size: FloatArray, *, largest: float = np.inf) -> FloatArray:
    """The target of each setting, last axis of length 1: as given, or that of all organisations together.

    0 when it is worked out and nobody had an event. Raises InputRefused for a given one of 0 or less, or from
    ``largest`` on.
    """
    if target is None:
        known = (size > 0) & ~np.isnan(x)
        whole = np.where(known, size, 0.0).sum(axis=-1, keepdims=True)
        events = np.where(known, x, 0.0).sum(axis=-1, keepdims=True)
        return np.asarray(events / np.where(whole > 0, whole, np.nan))
    given = checked_target(target, largest=largest)
    try:
        return np.broadcast_to(given, x.shape[:-1])[..., np.newaxis]
    except ValueError:
        raise InputRefused(
            f"target: found shape {given.shape}; one for all or one a setting, shape {x.shape[:-1]}, is right"
        ) from None


def status_against_target(x: FloatArray, size: FloatArray, target: FloatArray) -> StatusArray:
    """What stands in the way of a score: a missing number, nobody it could happen to, or no events at all."""
    own = status_of_rate(x, size)
    target = np.broadcast_to(target, own.shape)
    return np.where(
        own == Status.GIVEN,
        first_reason(own.shape, (np.isnan(target), Status.MISSING_INPUT), (target == 0, Status.NO_EVENTS)),
        own,
    ).astype(np.uint8)


def scores_on_scale(x: FloatArray, size: FloatArray, target: FloatArray, scale: Scale) -> Scores:
    """Scores of ``x`` out of ``size`` (population or expected events) against ``target``, last axis of length 1."""
    theta = np.where(target > 0, target, np.nan)
    counted = np.where(x == 0, 0.5, x) if scale is Scale.LOGARITHM else x
    y = on_scale(counted / np.where(size > 0, size, np.nan), scale)
    return _scores(y, theta, standard_errors(size, theta, scale), scale, status_against_target(x, size, target))


def _scores(y: FloatArray, theta: FloatArray, error: FloatArray, scale: Scale, status: StatusArray) -> Scores:
    aim = on_scale(np.where(theta > 0, theta, np.nan), scale)
    return Scores(y=y, target=aim, standard_error=error, z=(y - aim) / error, scale=scale, status=status)


def _quantiles(z: FloatArray, share: float) -> FloatArray:
    """The quantile of each setting's scores between its neighbours in proportion, last axis of length 1."""
    ordered = np.sort(z, axis=-1)  # nan comes last
    n = np.count_nonzero(~np.isnan(z), axis=-1)[..., np.newaxis]
    position = np.maximum(n - 1, 0) * share
    below = np.floor(position).astype(np.intp)
    low = np.take_along_axis(ordered, below, axis=-1)
    high = np.take_along_axis(ordered, np.minimum(below + 1, np.maximum(n - 1, 0)), axis=-1)
    return np.asarray(low + (position - below) * (high - low))


def _average_ranks(z: FloatArray) -> FloatArray:
    """1 for the lowest score; equal ones share the mean of their ranks."""
    n = np.count_nonzero(~np.isnan(z), axis=-1)[..., np.newaxis]
    return np.asarray((ranks(z, highest_first=False) + n + 1 - ranks(z)) / 2)
