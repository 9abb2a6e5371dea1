"""The XmR chart: a line and limits for any series of single numbers, from how much neighbours differ.

    centre = mean x,   mR_i = |x_i - x_{i-1}|,   limits = centre ± 2.66·mean mR,   mR limit = 3.267·mean mR
    sigma lines at thirds of the way

2.66 = 3/d₂ and 3.267 = D₄ for ranges of two (d₂ = 1.128). Moving ranges, unlike the standard deviation, are not blown
up by the very shifts that the chart is to find.

``screen_moving_ranges`` leaves moving ranges above 3.267 times their mean out of that mean, once; the line stays the
mean of all points. (The template of Making Data Count has it off; its own screening also drops the point at the end of
each such range from the mean, the one after a spike too, which we do not follow. NHSRplotthedots has it on, and drops
a range equal to the limit: a constant series then has none left, and its limits are NaN. Ours fall on the line.)

Sources: Wheeler D. J. (2000), Understanding Variation, 2nd ed.; NHS England, Making Data Count, XmR template v2.5.

Where it fails: strongly skewed numbers (waiting times, rare counts) break the upper limit far more often than 3 points
in 1,000; shares and rates over changing populations want p′ and u′ charts, rare events T and G charts. Neighbours that
resemble each other (autocorrelation) make the limits too narrow.
"""

import numpy as np
from numpy.typing import ArrayLike

from evenhand.errors import InputRefused
from evenhand.stats.arguments import refuse
from evenhand.stats.chart_series import (
    LIMITS_PER_MOVING_RANGE,
    MOVING_RANGE_LIMIT,
    ChartSeries,
    ChartSettings,
    Periods,
    checked_series,
)
from evenhand.stats.control_charts import ChartMaking, ControlChart, control_chart, sigma_lines
from evenhand.stats.intervals import FloatArray
from evenhand.stats.statuses import Status, first_reason

XMR = "XmR, mean ± 2.66 mean moving ranges"

DEFAULT_SETTINGS = ChartSettings()


def xmr_chart(
    values: ArrayLike,
    periods: Periods | None = None,
    settings: ChartSettings = DEFAULT_SETTINGS,
    *,
    unit: str = "unit of the values",
    lower_bound: float | None = None,
    upper_bound: float | None = None,
) -> ControlChart:
    """The XmR chart of one series; ``nan`` is a period without a value.

    ``lower_bound`` and ``upper_bound`` are what the values cannot pass (0 for a count, 0 and 1 for a share): limits
    stop there. Raises InputRefused for an infinite value, one beyond its bounds, or periods that are not in order.
    """
    lowest = -np.inf if lower_bound is None else lower_bound
    highest = np.inf if upper_bound is None else upper_bound
    if not lowest < highest:
        raise InputRefused(f"lower_bound: found {lowest:g}; less than the upper bound, {highest:g}, is right")
    x = np.array(values, dtype=np.float64)
    refuse(np.isinf(x), x, "values", "a finite number is right, or nan where there is none")
    refuse((x < lowest) | (x > highest), x, "values", f"{lowest:g} to {highest:g} is right")
    series = checked_series(x, first_reason(x.shape, (np.isnan(x), Status.MISSING_INPUT)), periods, settings)
    ranges = series.moving_ranges(x)
    mean_range, screened = series.mean_moving_ranges(ranges)
    making = ChartMaking(
        method=XMR,
        unit=unit,
        lower_bound=lowest,
        upper_bound=highest,
        moving_range=ranges,
        moving_range_limit=np.where(series.enough_points, MOVING_RANGE_LIMIT * mean_range, np.nan),
    )
    return control_chart(series, xmr_lines(series, x, screened), making)


def xmr_lines(series: ChartSeries, numbers: FloatArray, mean_range: FloatArray) -> FloatArray:
    """The seven lines. None where no two neighbours were counted, or only equal ones in a series that varies."""
    return sigma_lines(series.means(numbers), series.usable(mean_range, numbers) * LIMITS_PER_MOVING_RANGE / 3)
