"""Directly standardised rates against PHEindicatormethods 2.1.0, kept in ``shared/golden/stats``, to 1 part in 10⁹.

That is Dobson's interval and the classic rule; what is given by default here is Tiwari's, and every rate.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from evenhand.stats.repeated_events import rate_of_repeated_events
from evenhand.stats.selection import CLASSIC_RULE
from evenhand.stats.standardisation import (
    StandardisedMethod,
    directly_standardised_rate,
    directly_standardised_rates,
)
from evenhand.stats.statuses import Status

LEVELS = (("95_0", 0.95), ("99_8", 0.998))
DOBSON = StandardisedMethod.DOBSON


def _rows(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "golden" / "stats" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([float("nan" if row[name] in ("NA", "NaN") else row[name]) for row in rows])


def _agree(ours: object, theirs: object) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-14)


def _standardised_input(shared: Path, bands: int = 19) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows = _rows(shared, "dsr_input")
    x, n, w = (_column(rows, name).reshape(-1, 19)[:, :bands] for name in ("x", "n", "stdpop"))
    assert (w == w[0]).all()
    return x, n, w[0]


@pytest.mark.parametrize(("level", "confidence"), LEVELS)
def test_directly_standardised_rates(shared: Path, level: str, confidence: float) -> None:
    rows = _rows(shared, "calculate_dsr")
    ours = directly_standardised_rates(
        *_standardised_input(shared), confidence=confidence, method=DOBSON, rule=CLASSIC_RULE
    )
    _agree(ours.numerator, _column(rows, "total_count"))
    _agree(ours.denominator, _column(rows, "total_pop"))
    _agree(ours.value, _column(rows, "value"))
    _agree(ours.interval.lower, _column(rows, f"lower{level}cl"))
    _agree(ours.interval.upper, _column(rows, f"upper{level}cl"))
    not_given = ["NA" in row["statistic"] for row in rows]
    assert (ours.status == Status.TOO_FEW_EVENTS).tolist() == not_given
    assert any(not_given)


def test_directly_standardised_rates_under_75(shared: Path) -> None:
    rows = _rows(shared, "calculate_dsr_u75")
    ours = directly_standardised_rates(*_standardised_input(shared, bands=15), method=DOBSON, rule=CLASSIC_RULE)
    _agree(ours.numerator, _column(rows, "total_count"))
    _agree(ours.value, _column(rows, "value"))
    _agree(ours.interval.lower, _column(rows, "lowercl"))
    _agree(ours.interval.upper, _column(rows, "uppercl"))


@pytest.mark.parametrize(("level", "confidence"), LEVELS)
def test_rates_of_repeated_events(shared: Path, level: str, confidence: float) -> None:
    rows = _rows(shared, "dsr_nonindependent_input")
    answers = _rows(shared, "calculate_dsr_nonindependent")
    independent = _rows(shared, "calculate_dsr_nonindependent_treated_as_independent")
    for answer, as_independent in zip(answers, independent, strict=True):
        group = [row for row in rows if row["group"] == answer["group"]]
        people = _column(group, "x").reshape(6, 5).T
        population, standard = _column(group, "n")[::5], _column(group, "stdpop")[::5]
        ours = rate_of_repeated_events(people, population, standard, confidence=confidence)
        _agree(ours.value, float(answer["value"]))
        limits = [float(answer[f"lower{level}cl"]), float(answer[f"upper{level}cl"])]
        _agree([ours.interval.lower, ours.interval.upper], limits)
        plain = directly_standardised_rate(
            np.arange(1, 6) @ people, population, standard, confidence=confidence, method=DOBSON
        )
        limits = [float(as_independent[f"lower{level}cl"]), float(as_independent[f"upper{level}cl"])]
        _agree([plain.interval.lower, plain.interval.upper], limits)
