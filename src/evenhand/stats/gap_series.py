"""The gap between two groups period by period, and its slope per year.

    ln RR_i per period, with its interval (MOVER-log on Byar or Wilson)
    slope:  events of a among the events of both, x_ai of T_i = x_ai + x_bi, with expected share
            π_i = n_ai·e^(α + β·t_i) / (n_bi + n_ai·e^(α + β·t_i))           so that ln RR_i = α + β·t_i
    α, β solve   Σ (x_ai - π_i·T_i)·(1, t_i) = 0          (each period weighs as its inverse variance)
    var β = φ·[I⁻¹ J I⁻¹],   I = Σ π_i(1 - π_i)T_i·(1, t_i)(1, t_i)ᵀ,   J = Σ V_i·(1, t_i)(1, t_i)ᵀ
    rates:        V_i = π_i(1 - π_i)T_i
    proportions:  V_i = (1 - π_i)²·π_i·T_i·(1 - p_ai) + π_i²·(1 - π_i)·T_i·(1 - p_bi),  p the fitted proportions
    φ = max(1, Σ (x_ai - π_i·T_i)²/V_i / (m - 2)),   β ± q·se, q from t(m - 2) where φ > 1, normal where it is 1

This is the regression of the logarithms weighted by inverse variance, with the weights from the fit and not from each
month's own counts: a month without events has no logarithm, but it has its weight here, and weights that go with the
counts would draw the slope towards months that came out high. It is exact for the ratio of two Poisson rates, given
the events of both.

Source: McCullagh P. and Nelder J. A. (1989), Generalized Linear Models, 2nd ed., ch. 4 (conditional binomial) and 9
(over-dispersion).

Where it fails: months that resemble each other make the interval too narrow; a change that came all at once is not a
slope (see ``change_in_gap``). A slope needs three periods with events, and both groups some.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, stdtrit

from evenhand.errors import InputRefused
from evenhand.stats.arguments import checked_confidence, checked_proportion_counts, checked_rate_counts, critical_value
from evenhand.stats.chart_rules import BoolArray
from evenhand.stats.detectable_change import checked_overdispersion
from evenhand.stats.estimates import Estimate, Estimates
from evenhand.stats.gap_over_time import LOG_RATIO
from evenhand.stats.intervals import FloatArray, Interval, IntervalArray
from evenhand.stats.ratios import proportion_ratios, rate_ratios
from evenhand.stats.statuses import Status

SLOPE = "conditional binomial regression of the gap on time, quasi-likelihood"
PER_YEAR = f"{LOG_RATIO}, per year"

_STEPS = 60


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GapSeries:
    """The gap in each period, and its slope.

    Attributes:
        years: when each period was, in years.
        ratio: of the groups, one place a period; log_ratio: its logarithm.
        slope: change of ln RR per year. Its numerator and denominator are the fitted ratios in the last and the first
            of the periods it rests on.
        overdispersion: φ of the slope's residuals. points: periods that the slope rests on.
    """

    years: FloatArray
    ratio: Estimates
    log_ratio: Estimates
    slope: Estimate
    overdispersion: float
    points: int

    @property
    def words(self) -> str:
        """The slope as a change per year, in one sentence."""
        if self.slope.status is not Status.GIVEN:
            return f"No slope of the gap: {self.slope.status.words}."
        per_year = np.exp([self.slope.value, self.slope.interval.lower, self.slope.interval.upper])
        numbers = f"{per_year[0]:.2f} times itself per year ({per_year[1]:.2f} to {per_year[2]:.2f})"
        if self.slope.interval.reaches(0.0):
            return f"No steady change of the ratio that can be told from chance: {numbers}."
        return f"The ratio {'rises' if self.slope.value > 0 else 'falls'} to {numbers}."


def gap_series(
    events_a: ArrayLike,
    population_a: ArrayLike,
    events_b: ArrayLike,
    population_b: ArrayLike,
    *,
    years: ArrayLike | None = None,
    periods_per_year: float = 12.0,
    proportions: bool = False,
    overdispersion_a: float = 1.0,
    overdispersion_b: float = 1.0,
    confidence: float = 0.95,
    reference: str = "",
) -> GapSeries:
    """The gap of group a to group b over time.

    ``years`` says when each period was, 2024.5 for the middle of 2024; without it they follow each other,
    ``periods_per_year`` of them in a year. The over-dispersions widen the intervals of the single periods; that of the
    slope comes from its own residuals.
    """
    check = checked_proportion_counts if proportions else checked_rate_counts
    x_a, n_a, x_b, n_b = np.broadcast_arrays(*check(events_a, population_a), *check(events_b, population_b))
    if x_a.ndim != 1:
        raise InputRefused(f"events: found {x_a.ndim} dimensions; one series, a list of counts, is right")
    times = _checked_years(years, periods_per_year, x_a.size)
    phi_a, phi_b = checked_overdispersion(overdispersion_a), checked_overdispersion(overdispersion_b)
    ratios = proportion_ratios if proportions else rate_ratios
    ratio = ratios(x_a / phi_a, n_a / phi_a, x_b / phi_b, n_b / phi_b, confidence=confidence, reference=reference)
    slope, phi, points = _slope((x_a, n_a, x_b, n_b), times, proportions, checked_confidence(confidence), reference)
    return GapSeries(
        years=times, ratio=ratio, log_ratio=_logarithm(ratio), slope=slope, overdispersion=phi, points=points
    )


def _checked_years(years: ArrayLike | None, periods_per_year: float, size: int) -> FloatArray:
    if not 0 < periods_per_year < np.inf:
        raise InputRefused(f"periods_per_year: found {periods_per_year}; a number above 0 is right, 12 for months")
    times = np.arange(size) / periods_per_year if years is None else np.asarray(years, dtype=np.float64)
    if times.shape != (size,):
        raise InputRefused(f"years: found the shape {times.shape} for {size} periods; one number for each is right")
    if not np.isfinite(times).all() or (np.diff(times) <= 0).any():
        raise InputRefused(
            "years: found one that is no number or does not come after the one before; in order is right"
        )
    return times


def _logarithm(ratio: Estimates) -> Estimates:
    with np.errstate(divide="ignore"):
        return Estimates(
            value=np.log(ratio.value),
            interval=IntervalArray(np.log(ratio.interval.lower), np.log(ratio.interval.upper)),
            numerator=ratio.numerator,
            denominator=ratio.denominator,
            unit=LOG_RATIO,
            confidence=ratio.confidence,
            method=ratio.method,
            status=ratio.status,
            reference=ratio.reference,
        )


Cells = tuple[FloatArray, FloatArray, FloatArray, FloatArray]


def _slope(
    cells: Cells, times: FloatArray, proportions: bool, confidence: float, reference: str
) -> tuple[Estimate, float, int]:
    """The slope with φ and the number of periods behind it: those with nothing missing, people, and events."""
    x_a, n_a, x_b, n_b = cells
    used: BoolArray = np.asarray((n_a > 0) & (n_b > 0) & (x_a + x_b > 0))
    points = int(used.sum())
    x_a, n_a, x_b, n_b, t = (column[used] for column in (*cells, times))
    status, fit = Status.TOO_FEW_POINTS, None
    if points >= 3:
        status = Status.NO_EVENTS if min(x_a.sum(), x_b.sum()) == 0 else Status.NOT_DEFINED
        fit = _fitted((x_a, n_a, x_b, n_b), t) if status is Status.NOT_DEFINED else None
    if fit is None:
        nothing = Interval(np.nan, np.nan)
        return _slope_estimate(np.nan, nothing, np.nan, np.nan, confidence, reference, status), np.nan, points
    alpha, beta, middle = fit
    years = t - middle
    share, total = _share_of_a(n_a, n_b, alpha + beta * years), x_a + x_b
    variance = share * (1 - share) * total
    if proportions:
        p_a, p_b = np.minimum(share * total / n_a, 1), np.minimum((1 - share) * total / n_b, 1)
        own = (1 - share) ** 2 * share * total * (1 - p_a) + share**2 * (1 - share) * total * (1 - p_b)
    else:
        own = variance
    residual = (x_a - share * total) ** 2
    phi = max(1.0, float(np.sum(residual[own > 0] / own[own > 0])) / (points - 2))
    design = np.stack([np.ones(points), years])
    bread = np.linalg.inv((design * variance) @ design.T)
    error = float(np.sqrt(phi * (bread @ ((design * own) @ design.T) @ bread)[1, 1]))
    reach = error * (critical_value(confidence) if phi == 1 else float(stdtrit(points - 2, (1 + confidence) / 2)))
    first, last = np.exp(alpha + beta * years[[0, -1]])
    interval = Interval(beta - reach, beta + reach)
    return _slope_estimate(beta, interval, float(last), float(first), confidence, reference, Status.GIVEN), phi, points


def _slope_estimate(
    value: float, interval: Interval, last: float, first: float, confidence: float, reference: str, status: Status
) -> Estimate:
    return Estimate(
        value=value,
        interval=interval,
        numerator=last,
        denominator=first,
        unit=PER_YEAR,
        confidence=confidence,
        method=SLOPE,
        reference=reference,
        status=status,
    )


def _share_of_a(n_a: FloatArray, n_b: FloatArray, log_ratio: FloatArray) -> FloatArray:
    return np.asarray(expit(np.log(n_a / n_b) + log_ratio))


def _fitted(cells: Cells, t: FloatArray) -> tuple[float, float, float] | None:
    """α, β and the time they are centred on, by Newton's method; None where the events of the groups do not overlap.

    No step moves a log ratio by more than 2, so that none overshoots. Groups whose events follow each other in time
    without overlap have an endless slope: there the steps do not come to rest.
    """
    x_a, n_a, x_b, n_b = cells
    total = x_a + x_b
    middle = float(np.sum(t * total) / np.sum(total))
    design = np.stack([np.ones(t.size), t - middle])
    theta = np.array([np.log(x_a.sum() / n_a.sum() / (x_b.sum() / n_b.sum())), 0.0])
    for _ in range(_STEPS):
        share = _share_of_a(n_a, n_b, theta @ design)
        information = (design * (share * (1 - share) * total)) @ design.T
        if np.linalg.det(information) <= 1e-12 * information[0, 0] * information[1, 1]:
            return None
        step = np.linalg.solve(information, design @ (x_a - share * total))
        furthest = float(np.abs(step @ design).max())
        theta = theta + step * (2 / max(furthest, 2.0))
        if furthest < 1e-10:
            return float(theta[0]), float(theta[1]), middle
    return None
