"""Figures that faults of peers in R turn into others: by the peer's formula, by Evenhand, and as they should be.

    .venv/bin/python docs/explanation/simulations/peers_figures.py

Prints the third table of ``docs/explanation/where-the-peers-are-wrong.md``; a test holds the page to it. The peers are
not run here: each fault is put into its formula, on numbers made up by hand. What the peers themselves printed, and
when, stands on the page.
"""

import sys

import numpy as np

from evenhand.stats.dispersion import between_group_standard_deviations
from evenhand.stats.estimates import Estimates
from evenhand.stats.fractional_rank import fractional_ranks
from evenhand.stats.funnels import Position, ratio_funnel
from evenhand.stats.intervals import FloatArray
from evenhand.stats.logistic_slope import logistic_slope_indices
from evenhand.stats.ordered import OrderedCategories
from evenhand.stats.rank_line import Scale
from evenhand.stats.simulation import NOT_SIMULATED
from evenhand.stats.slope_index import rank_lines, relative_indices, slope_indices
from evenhand.stats.statuses import Status
from evenhand.stats.summaries import Summaries
from evenhand.stats.xmr import xmr_chart

Z = 1.959963984540054
Row = tuple[str, str, str, str, str]

# Five groups from poorest to richest, one of them most of the population; a gain that comes late.
EVENTS = np.array([120.0, 260.0, 5_400.0, 1_260.0, 760.0])
PEOPLE = np.array([400.0, 800.0, 12_000.0, 1_400.0, 800.0])

# Ten tenths of equal size, and their values from the first to the last.
TENTHS = tuple(str(number) for number in range(1, 11))
FALLING = np.array([60.0, 57, 55, 52, 51, 49, 47, 45, 42, 40])

# Five groups of equal size, the first far from all others.
STEEP = np.array([40.0, 10, 4, 2, 1])

# Times a month that restraint was used on a ward where it is rare.
RARE = [0, 1, 0, 0, 2, 0, 1, 0, 0, 1, 0, 3, 0, 0, 1, 0, 0, 2]


def main() -> None:
    """Print the table."""
    rows = (weights(), tenths(), negative_ratio(), unit(), confidence(), constant(), rare(), zero())
    columns = ("figure", "peer", "by the peer's formula", "Evenhand", "right")
    lines = [f"| {' | '.join(cells)} |" for cells in (columns, *rows)]
    lines.insert(1, "|---|---|---|---|---|")
    sys.stdout.write("\n".join(lines) + "\n")


def weights() -> Row:
    """A logistic line through counts, each weighted by its population once more."""
    ours = logistic_slope_indices(EVENTS, PEOPLE)
    return (
        "SII of a proportion, per cent, groups of unlike size",
        "healthequal 1.0.1, `sii(linear = FALSE)`: counts, weighted by population again",
        f"{100 * logistic_slope(EVENTS * PEOPLE, PEOPLE**2):.2f}",
        f"{100 * ours.value[0]:.2f}",
        f"{100 * logistic_slope(EVENTS, PEOPLE):.2f}",
    )


def logistic_slope(events: FloatArray, trials: FloatArray) -> float:
    """p(1) - p(0) of the line through ``events`` of ``trials`` over the ranks, by Newton's method, each person once."""
    rank = fractional_ranks(PEOPLE[np.newaxis] / PEOPLE.sum())[0]
    design, line = np.array([np.ones(5), rank]).T, np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ line))
        information = design.T @ (design * (trials * p * (1 - p))[:, np.newaxis])
        line = line + np.linalg.solve(information, design.T @ (events - trials * p))
    return float(1 / (1 + np.exp(-line.sum())) - 1 / (1 + np.exp(-line[0])))


def tenths() -> Row:
    """Tenths sorted as text."""
    as_text = np.argsort(TENTHS)  # 1, 10, 2 …
    order = OrderedCategories.of(TENTHS).positions(TENTHS)
    return (
        "SII over tenths that a file held as text",
        "PHEindicatormethods 2.1.0, `phe_sii`: sorted as text",
        f"{slope_indices(FALLING[as_text], 0.5, 1.0).value[0]:.2f}",
        f"{slope_indices(FALLING, 0.5, 1.0, order=order).value[0]:.2f}",
        f"{np.polyfit((np.arange(10) + 0.5) / 10, FALLING, 1)[0]:.2f}",
    )


def negative_ratio() -> Row:
    """A straight line that falls below 0 at one end."""
    line = rank_lines(STEEP, 1.0)
    found = relative_indices(STEEP, 0.5, 1.0)
    on_log = relative_indices(STEEP, 0.5, 1.0, scale=Scale.LOG)
    return (
        "RII where values fall steeply",
        "PHEindicatormethods 2.1.0, `phe_sii`",
        f"{line.at_rank_1[0] / line.at_rank_0[0]:.2f}",
        f"none: {Status(found.status[0]).words}; on the logarithm {on_log.value[0]:.3f}",
        "above 0: rates are",
    )


def unit() -> Row:
    """The ratio of a line's ends, in two units."""
    halved = relative_indices(FALLING / 2, 0.25, 1.0, scale=Scale.LOG)
    return (
        "RII on the logarithm, values halved",
        "PHEindicatormethods 2.1.0, `phe_sii(transform = TRUE, multiplier = 0.5)`: inverts limits below 1, not 0",
        f"{halved.value[0]:.2f} ({1 / halved.interval.upper[0]:.2f} to {1 / halved.interval.lower[0]:.2f})",
        spoken(halved),
        spoken(relative_indices(FALLING, 0.5, 1.0, scale=Scale.LOG)),
    )


def spoken(summaries: Summaries | Estimates, digits: int = 2) -> str:
    """The first value and its limits."""
    value, limits = summaries.value[0], summaries.interval
    return f"{value:.{digits}f} ({limits.lower[0]:.{digits}f} to {limits.upper[0]:.{digits}f})"


def confidence() -> Row:
    """An interval at three confidences."""
    limits = [
        between_group_standard_deviations(FALLING, 4.0, 1.0, confidence=level, simulation=NOT_SIMULATED).interval
        for level in (0.8, 0.95, 0.99)
    ]
    said = [f"{each.lower[0]:.1f} to {each.upper[0]:.1f}" for each in limits]
    return (
        "BGSD with limits of 80, 95 and 99 %",
        "healthequal 1.0.1, `bgsd`: asked for or not, 95 %",
        "the same three times",
        "; ".join(said),
        "wider each time",
    )


def constant() -> Row:
    """A series that never changes."""
    values = np.full(20, 5.0)
    ranges = np.abs(np.diff(values))
    kept = ranges[ranges < 3.267 * ranges.mean()]
    chart = xmr_chart(values)
    return (
        "XmR limits of 5, 5, 5 …",
        "NHSRplotthedots 0.2.2, `ptd_spc`, as it comes: drops ranges that are not below their limit",
        "NaN" if not kept.size else f"{5 - 2.66 * kept.mean():.1f} to {5 + 2.66 * kept.mean():.1f}",
        f"{chart.lower[0]:.0f} to {chart.upper[0]:.0f}, and a note that says so",
        "5 to 5",
    )


def rare() -> Row:
    """Counts that are rare, on a chart made for others."""
    counts = np.array(RARE, dtype=float)
    chart = xmr_chart(counts, lower_bound=0)
    return (
        "lower limit of counts that cannot fall below 0",
        "NHSRplotthedots 0.2.2, `ptd_spc`",
        f"{counts.mean() - 2.66 * np.abs(np.diff(counts)).mean():.2f}",
        f"{chart.lower[0]:.0f}, with a note; a T chart of the days between shows a fall",
        "0 or more",
    )


def zero() -> Row:
    """An organisation without events, in a funnel of ratios."""
    with np.errstate(divide="ignore"):
        on_log = np.log(np.array([0.0, 9.0, 14.0]) / 10)
    funnel = ratio_funnel([0, 9, 14], [10.0, 10.0, 10.0])
    return (
        "a ratio of 0 events to 10 expected, in a funnel",
        "FunnelPlotR 0.6.0, issue 17 (read, not run): the logarithm of the ratio",
        f"{on_log[0]:.0f}".replace("inf", "∞"),
        f"0, {Position(funnel.by_chance.position[0]).words}",
        f"0; chance gives it {1e6 * np.exp(-10):.0f} times in a million",
    )


if __name__ == "__main__":
    main()
