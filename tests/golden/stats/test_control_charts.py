"""XmR charts against the answers of NHSRplotthedots 0.2.2, kept in ``shared/golden/stats``, to 1 part in 10⁹.

Its names for points are compared too. It gives each point one rule, the first of: outside, trend, two in three, shift;
our ``rules`` hold all of them, so that its name must be the first of ours. Its colour follows that one rule; ours
follows all of them and a stated rule for conflicts, and the points at which the two differ are listed below.
"""

import csv
from datetime import date
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from evenhand.stats.chart_rules import Assurance, Conflict, Direction, Rule, Variation
from evenhand.stats.chart_series import ChartSettings
from evenhand.stats.control_charts import ControlChart
from evenhand.stats.xmr import xmr_chart

FIRST_RULE = (
    (Rule.ABOVE_UPPER_LIMIT, "Above UCL"),
    (Rule.BELOW_LOWER_LIMIT, "Below LCL"),
    (Rule.RISING, "7 Point Trend (Increasing)"),
    (Rule.FALLING, "7 Point Trend (Decreasing)"),
    (Rule.TWO_OF_THREE_ABOVE, "2 in 3 Above CL"),
    (Rule.TWO_OF_THREE_BELOW, "2 in 3 Below CL"),
    (Rule.SHIFT_ABOVE, "7 Points Above CL"),
    (Rule.SHIFT_BELOW, "7 Points Below CL"),
)
COLOUR = {
    Variation.COMMON_CAUSE: "common_cause",
    Variation.IMPROVEMENT_HIGH: "special_cause_improvement",
    Variation.CONCERN_LOW: "special_cause_concern",
}


def _rows(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "golden" / "stats" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([float("nan" if row[name] in ("NA", "NaN") else row[name]) for row in rows])


def _dates(rows: list[dict[str, str]]) -> list[date]:
    return [date.fromisoformat(row["x"]) for row in rows]


def _series(shared: Path) -> dict[tuple[str, bool], list[dict[str, str]]]:
    rows = _rows(shared, "spc_nhsrplotthedots")
    groups = groupby(rows, key=lambda row: (row["series"], row["screen_outliers"] == "TRUE"))
    return {key: list(group) for key, group in groups}


def _chart(rows: list[dict[str, str]], screened: bool, conflict: Conflict = Conflict.CONCERN) -> ControlChart:
    settings = ChartSettings(
        direction=Direction.UP, screen_moving_ranges=screened, minimum_points=12, conflict=conflict
    )
    return xmr_chart(_column(rows, "y"), _dates(rows), settings)


def _first_rule(rules: Rule) -> str:
    return next((name for rule, name in FIRST_RULE if rule in rules), "Common Cause")


def _agree(ours: object, theirs: object) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


def test_lines_limits_and_rules_of_every_series(shared: Path) -> None:
    series = _series(shared)
    assert len(series) == 16
    for (name, screened), rows in series.items():
        chart = _chart(rows, screened)
        _agree(chart.centre, _column(rows, "mean"))
        if (name, screened) != ("constant", True):
            _agree(chart.lower, _column(rows, "lpl"))
            _agree(chart.upper, _column(rows, "upl"))
        assert [_first_rule(point.rules) for point in chart] == [row["type"] for row in rows]


def test_a_screened_constant_series_has_limits_where_the_peer_has_nan(shared: Path) -> None:
    """It leaves out moving ranges that reach the limit; all of a constant series do, 0 ≥ 3.267 · 0."""
    rows = _series(shared)["constant", True]
    assert np.isnan(_column(rows, "lpl")).all()
    chart = _chart(rows, screened=True)
    assert (chart.lower == 10).all()
    assert (chart.upper == 10).all()
    assert not chart.rules.any()


@pytest.mark.parametrize(
    ("conflict", "differ"),
    [
        # The fall begins above the line: at its first point that is above the upper limit (the peer: improvement) …
        (Conflict.CONCERN, ["2023-08-29"]),
        # … and the next three are still in the long run above it (the peer, which puts trends first: concern).
        (Conflict.IMPROVEMENT, ["2023-09-28", "2023-10-28", "2023-11-27"]),
    ],
)
def test_colours_differ_only_where_one_point_breaks_a_good_rule_and_a_bad_one(
    shared: Path, conflict: Conflict, differ: list[str]
) -> None:
    found = {}
    for (name, screened), rows in _series(shared).items():
        chart = _chart(rows, screened, conflict)
        colours = [COLOUR[point.variation] for point in chart]
        found[name, screened] = [
            row["x"] for row, colour in zip(rows, colours, strict=True) if row["point_type"] != colour
        ]
    expected = {key: differ if key[0] == "trend_down" else [] for key in found}
    assert found == expected


def test_a_rebased_series_has_the_lines_of_its_two_parts(shared: Path) -> None:
    rows = _rows(shared, "spc_rebased")
    settings = ChartSettings(
        direction=Direction.UP, recalculate_at=(date(2023, 12, 27),), minimum_points=12, target=104
    )
    chart = xmr_chart(_column(rows, "y"), _dates(rows), settings)
    assert (chart.partition - 1).tolist() == [int(row["rebase_group"]) for row in rows]
    _agree(chart.centre, _column(rows, "mean_col"))
    _agree(chart.lower, _column(rows, "lpl"))
    _agree(chart.upper, _column(rows, "upl"))
    assert [_first_rule(point.rules) for point in chart] == [row["special_cause_type"] for row in rows]
    assert [COLOUR[point.variation] for point in chart] == [row["point_type"] for row in rows]
    assert chart.assurance is Assurance.HIT_OR_MISS


def test_twelve_points_a_part_are_too_few_unless_the_minimum_is_set(shared: Path) -> None:
    rows = _rows(shared, "spc_rebased")
    chart = xmr_chart(
        _column(rows, "y"), _dates(rows), ChartSettings(recalculate_at=(date(2023, 12, 27),), direction=Direction.UP)
    )
    assert np.isnan(chart.upper).all()
    assert len(chart.notes) == 2
