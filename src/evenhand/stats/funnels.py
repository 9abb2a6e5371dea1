"""Funnel plots: whether an organisation differs from a target by more than chance allows for one of its size.

Limits of 95 % and 99.8 % by chance alone are those of ``evenhand.stats.funnel_limits``. Widened ones go back from the
scale of ``evenhand.stats.overdispersion``, on which y(θ) is the target and s the standard error at a size:

    additive   y(θ) ± z·√(s² + τ²)            multiplicative   y(θ) ± z·s·√φ

Each organisation is placed inside, above or below, against both: what chance does not explain may still be what
organisations usually differ by.

Sources: Spiegelhalter D. J. (2005), Funnel plots for comparing institutional performance, Stat. Med. 24, 1185-1202;
mid-p: Lancaster H. O. (1961), J. Am. Stat. Assoc. 56, 223-234.

Where it fails: of 40 organisations that differ by chance alone, two lie outside 95 %, and one such funnel in thirteen
holds one outside 99.8 %; claim by ``adjusted_p_values`` of ``p_value``. A target worked out from the organisations is
drawn towards a large one of them. Limits widened by differences that are unfair call the unfair usual. And what differs
may be whom an organisation serves and counts, not how it treats them: no position is a judgement.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from evenhand.stats.arguments import (
    checked_counts,
    checked_per,
    checked_proportion_counts,
    checked_rate_counts,
    critical_value,
)
from evenhand.stats.estimates import RATIO, SHARE, per_unit
from evenhand.stats.funnel_limits import (
    EXACT_BINOMIAL,
    EXACT_POISSON,
    WILSON_INVERTED,
    Limits,
    Tails,
    binomial_limits,
    binomial_tails,
    checked_method,
    poisson_limits,
    poisson_tails,
    somebody,
    wilson_limits,
    wilson_tails,
)
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.overdispersion import (
    Extremes,
    OverDispersion,
    Scale,
    Scores,
    Widening,
    checked_count_scale,
    from_scale,
    of_organisations,
    on_scale,
    over_dispersion,
    scores_on_scale,
    standard_errors,
    targets,
    widened,
)
from evenhand.stats.statuses import Status, StatusArray

INNER, OUTER = 0.95, 0.998


class Position(IntEnum):
    """Where an organisation lies in its funnel; the sign is that of the difference."""

    FAR_BELOW = -2  # below the 99.8 % limit
    BELOW = -1  # below the 95 % limit
    INSIDE = 0
    ABOVE = 1  # above the 95 % limit
    FAR_ABOVE = 2  # above the 99.8 % limit
    NOT_PLACED = 9  # no figure, or no limits: the status says why

    @property
    def words(self) -> str:
        """What it means in plain words: how often chance goes so far, and no more than that."""
        return _WORDS[self]


_WORDS = {
    Position.FAR_BELOW: "lower than chance gives once in 1,000",
    Position.BELOW: "lower than chance gives once in 40",
    Position.INSIDE: "about what chance allows",
    Position.ABOVE: "higher than chance gives once in 40",
    Position.FAR_ABOVE: "higher than chance gives once in 1,000",
    Position.NOT_PLACED: "not placed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What kind of funnel it is.

    Attributes:
        method: of the limits by chance alone; ``limits`` and ``tails`` are its formulas, per 1.
        scale: on which over-dispersion is measured and limits are widened; ``widening``, ``extremes``: how.
        unit, per: of values and target. ``largest``: what no value reaches beyond, per 1.
    """

    method: str
    limits: Limits
    tails: Tails
    scale: Scale
    widening: Widening
    extremes: Extremes
    unit: str
    per: float = 1.0
    largest: float = np.inf


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FunnelLimits:
    """The limits at some sizes, in the funnel's unit."""

    size: FloatArray
    inner: IntervalArray  # 95 %
    outer: IntervalArray  # 99.8 %


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placed:
    """Organisations against limits: the limits at each one's own size, where it lies, and its two-sided p-value.

    ``position`` holds ``Position``s; where it is ``NOT_PLACED``, ``status`` says why. ``method``: of the limits.
    """

    limits: FunnelLimits
    position: NDArray[np.int8]
    p_value: FloatArray
    status: StatusArray
    method: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Funnel:
    """Organisations, or settings × organisations, in their funnels.

    Attributes:
        events, size: the count, and the population or the expected events.
        value, target: in the form's unit; ``target`` one a setting.
        by_chance: placed against chance alone.
        beyond_usual_spread: placed against chance and the spread that the organisations show among themselves. Where
            they show none (τ² of 0, φ of at most 1) the limits are those of chance; fewer than ten are not placed.
        over_dispersion: how large that spread is.
    """

    events: FloatArray
    size: FloatArray
    value: FloatArray
    target: FloatArray
    form: Form
    by_chance: Placed
    beyond_usual_spread: Placed
    over_dispersion: OverDispersion

    def curve(self, sizes: ArrayLike) -> FunnelLimits:
        """The limits by chance alone at ``sizes``: the same for all settings, or settings × sizes."""
        return _limits_by_chance(checked_counts(sizes, "size"), self._target_per_one(), self.form)

    def widened_curve(self, sizes: ArrayLike) -> FunnelLimits:
        """The limits beyond the usual spread at ``sizes``."""
        size = checked_counts(sizes, "size")
        return _widened_limits(size, self._target_per_one(), self.form, self.over_dispersion)

    def _target_per_one(self) -> FloatArray:
        return (np.asarray(self.target) / self.form.per)[..., np.newaxis]


def proportion_funnel(
    events: ArrayLike,
    population: ArrayLike,
    *,
    target: ArrayLike | None = None,
    per: float = 1,
    method: str = WILSON_INVERTED,
    widening: Widening = Widening.ADDITIVE,
    extremes: Extremes = Extremes.WINSORISED,
    mid_p: bool = False,
) -> Funnel:
    """Shares, with Wilson's limits inverted or exact binomial ones (``EXACT_BINOMIAL``).

    Args:
        target: in the unit, one for all or one a setting; that of all organisations together when left out.
        per: 1 for shares, 100 for per cent; limits end at 0 and at ``per``.
        mid_p: count half of the chance of the very count in p-values of exact limits, which makes them right on
            average. Positions stay those of the limits.
    """
    x, n = of_organisations(*checked_proportion_counts(events, population))
    exact = checked_method(method) == EXACT_BINOMIAL
    form = Form(
        method=method,
        limits=binomial_limits if exact else wilson_limits,
        tails=binomial_tails if exact else wilson_tails,
        scale=Scale.ARCSINE,
        widening=widening,
        extremes=extremes,
        unit=SHARE if per == 1 else per_unit(per),
        per=checked_per(per),
        largest=1.0,
    )
    return _funnel(x, n, target, form, mid_p)


def rate_funnel(
    events: ArrayLike,
    population: ArrayLike,
    *,
    target: ArrayLike | None = None,
    per: float = 100_000,
    scale: Scale = Scale.SQUARE_ROOT,
    widening: Widening = Widening.ADDITIVE,
    extremes: Extremes = Extremes.WINSORISED,
    mid_p: bool = False,
) -> Funnel:
    """Rates per ``per`` of a population (or of days), with exact limits; arguments as for ``proportion_funnel``."""
    x, n = of_organisations(*checked_rate_counts(events, population))
    return _funnel(x, n, target, _counts(scale, widening, extremes, per_unit(per), checked_per(per)), mid_p)


def ratio_funnel(
    events: ArrayLike,
    expected: ArrayLike,
    *,
    target: ArrayLike | None = 1.0,
    scale: Scale = Scale.SQUARE_ROOT,
    widening: Widening = Widening.ADDITIVE,
    extremes: Extremes = Extremes.WINSORISED,
    mid_p: bool = False,
) -> Funnel:
    """Events over expected events, with exact limits; ``target=None`` is the ratio of all organisations together."""
    x, e = of_organisations(*checked_rate_counts(events, expected))
    return _funnel(x, e, target, _counts(scale, widening, extremes, RATIO), mid_p)


def _counts(scale: Scale, widening: Widening, extremes: Extremes, unit: str, per: float = 1.0) -> Form:
    return Form(
        method=EXACT_POISSON,
        limits=poisson_limits,
        tails=poisson_tails,
        scale=checked_count_scale(scale),
        widening=widening,
        extremes=extremes,
        unit=unit,
        per=per,
    )


def _funnel(x: FloatArray, size: FloatArray, target: ArrayLike | None, form: Form, mid_p: bool) -> Funnel:
    per_one = None if target is None else np.asarray(target, dtype=np.float64) / form.per
    theta = targets(per_one, x, size, largest=form.largest)
    scores = scores_on_scale(x, size, theta, form.scale)
    spread = over_dispersion(scores, extremes=form.extremes)
    theta = np.where((theta > 0) & (theta < form.largest), theta, np.nan)
    by_chance = _placed_by_chance(x, size, theta, form, scores.status, mid_p)
    return Funnel(
        events=x,
        size=size,
        value=x / somebody(size) * form.per,
        target=theta[..., 0] * form.per,
        form=form,
        by_chance=by_chance,
        beyond_usual_spread=_placed_beyond_spread(by_chance, size, theta, form, scores, spread),
        over_dispersion=spread,
    )


def _placed_by_chance(
    x: FloatArray, size: FloatArray, theta: FloatArray, form: Form, status: StatusArray, mid_p: bool
) -> Placed:
    few, many = form.tails(x, somebody(size), theta)
    very_count = np.maximum(few + many - 1, 0.0) / 2 if mid_p else 0.0  # P(X = x) / 2; Wilson's has none
    everybody = (status == Status.GIVEN) & np.isnan(theta)  # a target of 1: all of every organisation had the event
    return Placed(
        limits=_limits_by_chance(size, theta, form),
        position=_positions(few, many),
        p_value=np.minimum(2 * (np.minimum(few, many) - very_count), 1.0),
        status=np.where(everybody, Status.NOT_DEFINED, status).astype(np.uint8),
        method=form.method,
    )


def _placed_beyond_spread(
    by_chance: Placed, size: FloatArray, theta: FloatArray, form: Form, scores: Scores, spread: OverDispersion
) -> Placed:
    z = scores.z * scores.standard_error / widened(scores.standard_error, spread, form.widening)
    chance_alone = _without_spread(spread, form.widening)
    position = np.where(chance_alone, by_chance.position, _positions(ndtr(z), ndtr(-z)))
    too_few = (spread.status != Status.GIVEN)[..., np.newaxis] & (by_chance.status == Status.GIVEN)
    return Placed(
        limits=_widened_limits(size, theta, form, spread),
        position=position.astype(np.int8),
        p_value=np.where(chance_alone, by_chance.p_value, 2 * ndtr(-np.abs(z))),
        status=np.where(too_few, Status.TOO_FEW_GROUPS, by_chance.status).astype(np.uint8),
        method=f"{form.widening.value} over-dispersion on the {form.scale.value}, {form.extremes.value}",
    )


def _positions(few: FloatArray, many: FloatArray) -> NDArray[np.int8]:
    """From the chance of so few and of so many events."""
    position = np.zeros(few.shape, dtype=np.int8)
    for confidence in (INNER, OUTER):
        beyond = (1 - confidence) / 2
        position += (many < beyond).astype(np.int8) - (few < beyond).astype(np.int8)
    return np.where(np.isnan(few), Position.NOT_PLACED, position).astype(np.int8)


def _limits_by_chance(size: FloatArray, theta: FloatArray, form: Form) -> FunnelLimits:
    inner, outer = (form.limits(somebody(size), theta, confidence) for confidence in (INNER, OUTER))
    return FunnelLimits(size=size, inner=_in_unit(inner, form), outer=_in_unit(outer, form))


def _widened_limits(size: FloatArray, theta: FloatArray, form: Form, spread: OverDispersion) -> FunnelLimits:
    by_chance = _limits_by_chance(size, theta, form)
    error = widened(standard_errors(size, theta, form.scale), spread, form.widening)
    chance_alone = _without_spread(spread, form.widening)

    def wider(confidence: float, limits: IntervalArray) -> IntervalArray:
        margin, aim = critical_value(confidence) * error, on_scale(theta, form.scale)
        both = IntervalArray(from_scale(aim - margin, form.scale), from_scale(aim + margin, form.scale))
        both = _in_unit(both, form)
        return IntervalArray(
            np.where(chance_alone, limits.lower, both.lower), np.where(chance_alone, limits.upper, both.upper)
        )

    return FunnelLimits(size=size, inner=wider(INNER, by_chance.inner), outer=wider(OUTER, by_chance.outer))


def _without_spread(spread: OverDispersion, widening: Widening) -> NDArray[np.bool_]:
    """Which settings show no spread beyond chance, last axis of length 1."""
    additive = widening is Widening.ADDITIVE
    none = spread.variance == 0 if additive else spread.factor <= 1
    return np.asarray(none)[..., np.newaxis]


def _in_unit(limits: IntervalArray, form: Form) -> IntervalArray:
    return IntervalArray(limits.lower * form.per, limits.upper * form.per)
