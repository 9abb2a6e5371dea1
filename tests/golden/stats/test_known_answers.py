"""Closed forms against the answers of PHEindicatormethods 2.1.0, kept in ``shared/golden/stats``, to 1 part in 10⁹."""

import csv
from pathlib import Path

import numpy as np
import pytest

from evenhand.stats.arguments import critical_value
from evenhand.stats.proportions import proportions, wilson_intervals
from evenhand.stats.rates import byar_interval, byar_intervals, crude_rates

LEVELS = (("95_0", 0.95), ("99_8", 0.998))


def _rows(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "golden" / "stats" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([float("nan" if row[name] in ("NA", "NaN") else row[name]) for row in rows])


def _agree(ours: object, theirs: object) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize(("level", "confidence"), LEVELS)
def test_proportions(shared: Path, level: str, confidence: float) -> None:
    rows = _rows(shared, "phe_proportion")
    ours = proportions(_column(rows, "x"), _column(rows, "n"), confidence=confidence)
    _agree(ours.value * 100, _column(rows, "value"))
    _agree(ours.interval.lower * 100, _column(rows, f"lower{level}cl"))
    _agree(ours.interval.upper * 100, _column(rows, f"upper{level}cl"))


@pytest.mark.parametrize(("level", "confidence"), LEVELS)
def test_rates(shared: Path, level: str, confidence: float) -> None:
    rows = _rows(shared, "phe_rate")
    ours = crude_rates(_column(rows, "x"), _column(rows, "n"), confidence=confidence)
    _agree(ours.value, _column(rows, "value"))
    _agree(ours.interval.lower, _column(rows, f"lower{level}cl"))
    _agree(ours.interval.upper, _column(rows, f"upper{level}cl"))


def test_byar_exact_and_wilson_limits(shared: Path) -> None:
    rows = _rows(shared, "byar_exact_wilson_limits")
    assert {row["x"] for row in rows} >= {"0", "9", "10"}
    for row in rows:
        events, confidence = float(row["x"]), float(row["conf"])
        method = "exact" if events < 10 else "byar"
        ours = byar_interval(events, confidence=confidence)
        _agree([ours.lower, ours.upper], [float(row[f"{method}_lower"]), float(row[f"{method}_upper"])])
        wilson = wilson_intervals([events], [2_000], confidence=confidence)
        _agree(wilson.lower, float(row["wilson_lower_n2000"]))
        _agree(wilson.upper, float(row["wilson_upper_n2000"]))


@pytest.mark.parametrize("name", ["calculate_ISRate", "calculate_ISRatio"])
@pytest.mark.parametrize(("level", "confidence"), LEVELS)
def test_byar_limits_of_observed_events_in_indirect_standardisation(
    shared: Path, name: str, level: str, confidence: float
) -> None:
    """Indirect standardisation is not of this part; its limits are Byar's, scaled, and so check Byar."""
    rows = _rows(shared, name)
    observed, value = _column(rows, "observed"), _column(rows, "value")
    ours = byar_intervals(observed, confidence=confidence)
    scale = np.divide(value, observed, out=np.full(observed.shape, np.nan), where=observed > 0)
    some = observed > 0
    _agree((ours.lower * scale)[some], _column(rows, f"lower{level}cl")[some])
    _agree((ours.upper * scale)[some], _column(rows, f"upper{level}cl")[some])


def test_the_critical_value_of_99_8_per_cent() -> None:
    assert critical_value(0.998) == pytest.approx(3.090232306)
