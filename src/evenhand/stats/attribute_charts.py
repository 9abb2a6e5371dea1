"""Charts of shares and rates over populations that change from period to period: p, u, and Laney's p′ and u′.

    p̄ = Σx/Σn,   σ_i = √(p̄(1 - p̄)/n_i)         ū = Σx/Σn,   σ_i = √(ū/n_i)
    z_i = (x_i/n_i - p̄)/σ_i,   σ_z = mean |z_i - z_{i-1}| / 1.128
    p, u:   centre ± 3·σ_i          p′, u′:   centre ± 3·σ_i·σ_z

σ_z is how much the series varies beyond (above 1) or short of (below 1) what chance alone gives such numbers. With
large populations p and u mark nearly every point, since no real process has one unchanging rate; p′ and u′ do not.
Where all populations are the same, p′ and u′ are the XmR chart of the shares or rates (to the rounding of 2.66).

Source: Laney D. B. (2002), Improved control charts for attributes, Quality Engineering 14, 531-537.

Where they fail: with fewer than about five events a period the counts are too skewed for limits at three sigma, and
the lower limit is 0 whatever happens; a T or G chart is right there. Periods in which the group has nobody are gaps;
periods with no events are points like any other. Where no event at all sets the limits they fall on 0, and the first
event is beyond them.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from evenhand.stats.arguments import checked_per, checked_proportion_counts, checked_rate_counts
from evenhand.stats.chart_series import D2, ChartSeries, ChartSettings, Periods, checked_series
from evenhand.stats.control_charts import ChartMaking, ControlChart, control_chart, sigma_lines
from evenhand.stats.estimates import SHARE, per_unit
from evenhand.stats.intervals import FloatArray
from evenhand.stats.statuses import Status, first_reason

P = "p chart"
P_PRIME = "Laney p′ chart"
U = "u chart"
U_PRIME = "Laney u′ chart"

FEW_EVENTS = 5

DEFAULT_SETTINGS = ChartSettings()


def p_prime_chart(
    events: ArrayLike,
    population: ArrayLike,
    periods: Periods | None = None,
    settings: ChartSettings = DEFAULT_SETTINGS,
) -> ControlChart:
    """Shares of each period's population, with limits that take the series' own variation into account."""
    return _share_chart(events, population, periods, settings, P_PRIME)


def p_chart(
    events: ArrayLike,
    population: ArrayLike,
    periods: Periods | None = None,
    settings: ChartSettings = DEFAULT_SETTINGS,
) -> ControlChart:
    """Shares with limits of binomial chance alone: for small populations, or to show that there is more than chance."""
    return _share_chart(events, population, periods, settings, P)


def u_prime_chart(
    events: ArrayLike,
    population: ArrayLike,
    periods: Periods | None = None,
    settings: ChartSettings = DEFAULT_SETTINGS,
    *,
    per: float = 100_000,
) -> ControlChart:
    """Rates per ``per`` people or days, with limits that take the series' own variation into account."""
    return _rate_chart(events, population, periods, settings, per, U_PRIME)


def u_chart(
    events: ArrayLike,
    population: ArrayLike,
    periods: Periods | None = None,
    settings: ChartSettings = DEFAULT_SETTINGS,
    *,
    per: float = 100_000,
) -> ControlChart:
    """Rates with limits of Poisson chance alone."""
    return _rate_chart(events, population, periods, settings, per, U)


def _share_chart(
    events: ArrayLike, population: ArrayLike, periods: Periods | None, settings: ChartSettings, method: str
) -> ControlChart:
    x, n = checked_proportion_counts(events, population)
    series, size = _series(x, n, n, periods, settings)
    centre = series.means(x) / series.means(size)
    sigma = np.sqrt(centre * (1 - centre) / size)
    making = ChartMaking(method=method, unit=SHARE, lower_bound=0.0, upper_bound=1.0, numerator=x, denominator=n)
    return _attribute_chart(series, centre, sigma, x, making)


def _rate_chart(
    events: ArrayLike, population: ArrayLike, periods: Periods | None, settings: ChartSettings, per: float, method: str
) -> ControlChart:
    x, n = checked_rate_counts(events, population)
    series, size = _series(x, n, n / checked_per(per), periods, settings)
    centre = series.means(x) / series.means(size)
    sigma = np.sqrt(centre / size)
    making = ChartMaking(method=method, unit=per_unit(per), lower_bound=0.0, numerator=x, denominator=n)
    return _attribute_chart(series, centre, sigma, x, making)


def _series(
    x: FloatArray, n: FloatArray, size: FloatArray, periods: Periods | None, settings: ChartSettings
) -> tuple[ChartSeries, FloatArray]:
    """The series of x over size, and size with ``nan`` where there is nobody."""
    missing = np.isnan(x) | np.isnan(n)
    status = first_reason(x.shape, (missing, Status.MISSING_INPUT), (n == 0, Status.NO_POPULATION))
    size = np.where(n > 0, size, np.nan)
    return checked_series(x / size, status, periods, settings), size


def standardised(value: FloatArray, centre: FloatArray, sigma: FloatArray) -> FloatArray:
    """z = (value - centre)/sigma; 0 where there is no variation to measure against."""
    return np.where(sigma == 0, value * 0.0, (value - centre) / np.where(sigma == 0, 1.0, sigma))


def _attribute_chart(
    series: ChartSeries, centre: FloatArray, sigma: FloatArray, x: FloatArray, making: ChartMaking
) -> ControlChart:
    if making.method in (P_PRIME, U_PRIME):
        z = standardised(series.value, centre, sigma)
        _, mean_range = series.mean_moving_ranges(series.moving_ranges(z))
        sigma = sigma * series.usable(mean_range, z) / D2
    mean_events = series.means(x)[series.counted & series.enough_points]
    if (mean_events < FEW_EVENTS).any():
        few = f"{mean_events.min():.2g} events a period set the limits: below about {FEW_EVENTS} they are rough."
        making = replace(making, notes=(few, "A chart of the time between events (T) suits rare events better."))
    return control_chart(series, sigma_lines(centre, sigma), making)
