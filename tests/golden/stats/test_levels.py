"""Levels against the answers of PHEindicatormethods 2.1.0, kept in ``shared/golden/stats``, to 1 part in 10⁹."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from evenhand.stats.arguments import critical_value
from evenhand.stats.estimates import Estimates
from evenhand.stats.indirect_standardisation import indirectly_standardised_rates, indirectly_standardised_ratios
from evenhand.stats.intervals import IntervalArray
from evenhand.stats.life_expectancy import life_expectancies
from evenhand.stats.means import means
from evenhand.stats.proportions import proportions, wilson_intervals
from evenhand.stats.quantiles import QuantileOrder, Quantiles, quantiles
from evenhand.stats.rates import byar_interval, crude_rates, exact_interval
from evenhand.stats.statuses import Status

LEVELS = (("95_0", 0.95), ("99_8", 0.998))

Rows = list[dict[str, str]]


def _rows(shared: Path, name: str) -> Rows:
    with (shared / "golden" / "stats" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _column(rows: Rows, name: str) -> np.ndarray:
    return np.array([float("nan" if row[name] in ("NA", "NaN") else row[name]) for row in rows])


def _agree(ours: object, theirs: object) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-14)


def _limits_agree(interval: IntervalArray, rows: Rows, level: str, *, times: float = 1) -> None:
    _agree(interval.lower * times, _column(rows, f"lower{level}cl"))
    _agree(interval.upper * times, _column(rows, f"upper{level}cl"))


@pytest.mark.parametrize(("level", "confidence"), LEVELS)
def test_proportions(shared: Path, level: str, confidence: float) -> None:
    rows = _rows(shared, "phe_proportion")
    ours = proportions(_column(rows, "x"), _column(rows, "n"), confidence=confidence)
    _agree(ours.value * 100, _column(rows, "value"))
    _limits_agree(ours.interval, rows, level, times=100)


@pytest.mark.parametrize(("level", "confidence"), LEVELS)
def test_rates(shared: Path, level: str, confidence: float) -> None:
    rows = _rows(shared, "phe_rate")
    ours = crude_rates(_column(rows, "x"), _column(rows, "n"), confidence=confidence)
    _agree(ours.value, _column(rows, "value"))
    _limits_agree(ours.interval, rows, level)


def test_byar_exact_and_wilson_limits(shared: Path) -> None:
    rows = _rows(shared, "byar_exact_wilson_limits")
    assert {row["x"] for row in rows} >= {"0", "9", "10"}
    for row in rows:
        events, confidence = float(row["x"]), float(row["conf"])
        exact = exact_interval(events, confidence=confidence)
        _agree([exact.lower, exact.upper], [float(row["exact_lower"]), float(row["exact_upper"])])
        byar = byar_interval(events, confidence=confidence)
        method = "exact" if events < 10 else "byar"
        _agree([byar.lower, byar.upper], [float(row[f"{method}_lower"]), float(row[f"{method}_upper"])])
        wilson = wilson_intervals([events], [2_000], confidence=confidence)
        _agree(wilson.lower, float(row["wilson_lower_n2000"]))
        _agree(wilson.upper, float(row["wilson_upper_n2000"]))


@pytest.mark.parametrize(("level", "confidence"), LEVELS)
def test_means(shared: Path, level: str, confidence: float) -> None:
    rows = _rows(shared, "phe_mean")
    totals, counts, deviations = (_column(rows, name) for name in ("value_sum", "value_count", "stdev"))
    ours = means(totals, counts, deviations, confidence=confidence)
    _agree(ours.value, _column(rows, "value"))
    _limits_agree(ours.interval, rows, level)


@pytest.mark.parametrize(("level", "confidence"), LEVELS)
@pytest.mark.parametrize(
    ("name", "standardise"),
    [
        ("calculate_ISRatio", lambda *counts, **how: indirectly_standardised_ratios(*counts, times=100, **how)),
        ("calculate_ISRate", indirectly_standardised_rates),
    ],
)
def test_indirect_standardisation(
    shared: Path, name: str, standardise: Callable[..., Estimates], level: str, confidence: float
) -> None:
    rows, groups, standard = _rows(shared, name), _rows(shared, "dsr_input"), _rows(shared, "isr_reference")
    observed, people = (_column(groups, column).reshape(-1, len(standard)) for column in ("x", "n"))
    ours = standardise(
        observed.sum(axis=1),
        people,
        _column(standard, "xr"),
        _column(standard, "nr"),
        reference="all groups together",
        confidence=confidence,
    )
    _agree(ours.numerator, _column(rows, "observed"))
    _agree(ours.denominator, _column(rows, "expected"))
    _agree(ours.value, _column(rows, "value"))
    _limits_agree(ours.interval, rows, level)


@pytest.mark.parametrize(("level", "confidence"), LEVELS)
def test_life_expectancy(shared: Path, level: str, confidence: float) -> None:
    table, rows = _rows(shared, "life_expectancy_input"), _rows(shared, "phe_life_expectancy")
    deaths, people, ages = (_column(table, name) for name in ("deaths", "pops", "startage"))
    ours = life_expectancies(deaths, people, ages, confidence=confidence)
    _agree(ours.value, _column(rows, "value"))
    _limits_agree(ours.interval, rows, level)
    _agree(ours.numerator, _column(rows, "dths_used"))
    _agree(ours.denominator, _column(rows, "pops_used"))


def _quantiles_agree(ours: Quantiles, rows: Rows) -> None:
    assert list(ours) == [None if row["quantile"] == "NA" else int(row["quantile"]) for row in rows]
    missing = [row["v"] == "NA" for row in rows]
    assert any(missing)
    assert (ours.status == Status.MISSING_INPUT).tolist() == missing


def test_fifths_over_all_areas(shared: Path) -> None:
    rows = _rows(shared, "phe_quantile_5_noinvert")
    _quantiles_agree(quantiles(_column(rows, "v"), 5), rows)


def test_tenths_within_each_region_highest_first(shared: Path) -> None:
    rows = _rows(shared, "phe_quantile_grouped_10")
    regions = [row["region"] for row in rows]
    assert len(set(regions)) > 1
    assert {row["qinverted"] for row in rows} == {"lowest quantile represents highest values"}
    ours = quantiles(_column(rows, "v"), 10, within=regions, order=QuantileOrder.HIGHEST_FIRST)
    _quantiles_agree(ours, rows)


def test_the_critical_value_of_99_8_per_cent() -> None:
    assert critical_value(0.998) == pytest.approx(3.090232306)
