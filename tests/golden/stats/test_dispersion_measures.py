"""Dispersion and entropy against healthequal 1.0.1, kept in ``shared/golden/stats``.

Its estimates to 1 part in 10⁹; its intervals against simulation, which they fail.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from evenhand.stats.attributable import attributable_fractions
from evenhand.stats.dispersion import (
    BETWEEN_GROUP_STANDARD_DEVIATION,
    between_group_standard_deviations,
    between_group_variances,
    coefficients_of_variation,
    indices_of_disparity,
    mean_differences_from_best,
    mean_differences_from_mean,
    mean_differences_from_reference,
)
from evenhand.stats.entropy import (
    MEAN_LOG_DEVIATION,
    THEIL_INDEX,
    mean_log_deviation_standard_errors,
    mean_log_deviations,
    theil_indices,
    theil_standard_errors,
)
from evenhand.stats.intervals import FloatArray
from evenhand.stats.noisy_measures import NoisyMeasure
from evenhand.stats.simulation import NOT_SIMULATED
from evenhand.stats.spread import Spread
from evenhand.stats.summaries import Summaries

INPUT = {
    "OrderedSample": "O",
    "OrderedSampleMultipleind": "OM",
    "NonorderedSample": "N",
    "NonorderedSampleMultipleind": "NM",
}
METHODS = {
    "bgv": between_group_variances,
    "bgsd": between_group_standard_deviations,
    "covar": coefficients_of_variation,
    "ti": theil_indices,
    "mld": mean_log_deviations,
    "mdm": mean_differences_from_mean,
    "idis": indices_of_disparity,
    "mdb": mean_differences_from_best,
    "mdr": mean_differences_from_reference,
}
Row = dict[str, str]


def _rows(shared: Path, name: str) -> list[Row]:
    with (shared / "golden" / "stats" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _groups(shared: Path, answer: Row) -> list[Row]:
    rows = _rows(shared, f"healthequal_input_{INPUT[answer['dataset']]}")
    return [row for row in rows if row["indicator"] == answer["indicator"]]


def _columns(groups: list[Row]) -> tuple[FloatArray, FloatArray, FloatArray]:
    value, standard_error, population = (
        np.array([float(row[name]) for row in groups]) for name in ("estimate", "se", "population")
    )
    return value, standard_error, population


def _ours(groups: list[Row], function: str, confidence: float = 0.95) -> Summaries:
    value, standard_error, population = _columns(groups)
    names = [row["subgroup"] for row in groups]
    measure, said = function, {}
    if function[:-1] in METHODS and function[-1] in "wu":
        measure, said = function[:-1], {"weighted": function.endswith("w")}
    if measure == "mdb":  # the peer takes the best of the values, which we do not
        best = value.argmax() if groups[0]["favourable_indicator"] == "1" else value.argmin()
        said |= {"groups": names, "best": names[best]}
    if measure == "mdr":
        reference = next(row["subgroup"] for row in groups if row["reference_subgroup"] == "1")
        said |= {"groups": names, "reference": reference}
    return METHODS[measure](value, standard_error, population, confidence=confidence, simulation=NOT_SIMULATED, **said)


def test_estimates(shared: Path) -> None:
    compared = set()
    for answer in _rows(shared, "healthequal_measures"):
        function = answer["fn"]
        if function in METHODS or function[:-1] in METHODS:
            ours = _ours(_groups(shared, answer), function)
            assert ours.value[0] == pytest.approx(float(answer["estimate"]), rel=1e-9), answer
            compared.add((answer["dataset"], answer["indicator"], function))
    assert {function for *_, function in compared} == {
        *("bgv", "bgsd", "covar", "ti", "mld", "idisw", "idisu"),
        *("mdmw", "mdmu", "mdbw", "mdbu", "mdrw", "mdru"),
    }
    assert len(compared) > 60


def _drawn(groups: list[Row], draws: int = 20_000) -> tuple[FloatArray, FloatArray]:
    value, standard_error, population = _columns(groups)
    noise = np.random.default_rng(1).standard_normal((draws, len(value)))
    return value + standard_error * noise, population / population.sum()


def _simulated_deviation(groups: list[Row], measure: NoisyMeasure) -> float:
    drawn, share = _drawn(groups)
    return float(measure.of(Spread(drawn, share, np.full(share.shape, 1 / len(share)))).std())


@pytest.mark.parametrize(
    ("function", "measure", "errors"),
    [
        ("ti", THEIL_INDEX, theil_standard_errors),
        ("mld", MEAN_LOG_DEVIATION, mean_log_deviation_standard_errors),
    ],
)
def test_the_peers_standard_errors_of_entropy_are_a_thousand_times_too_small(
    shared: Path, function: str, measure: NoisyMeasure, errors: object
) -> None:
    """The estimate is in thousandths, its standard error is not. Ours, by the delta method, are those simulated."""
    seen = 0
    for answer in _rows(shared, "healthequal_measures"):
        if answer["fn"] == function and answer["indicator"].startswith("Births"):  # noise far from 0
            groups = _groups(shared, answer)
            simulated = _simulated_deviation(groups, measure)
            assert 900 <= simulated / float(answer["se"]) <= 1_250
            ours = errors(*_columns(groups))[0]  # type: ignore[operator]
            assert 0.9 <= simulated / ours <= 1.25
            seen += 1
    assert seen == 4


def test_the_peers_standard_errors_of_the_attributable_fraction_are_about_a_hundred_times_too_small(
    shared: Path,
) -> None:
    """The estimate is in per cent, its standard error in shares. The group at the end of the order is the reference."""
    seen = 0
    for answer in _rows(shared, "healthequal_measures"):
        if answer["fn"] == "paf" and answer["dataset"].startswith("Ordered"):
            groups = _groups(shared, answer)
            drawn, share = _drawn(groups)
            simulated = float((100 * (drawn[:, -1] / (drawn @ share) - 1)).std())
            assert 80 <= simulated / float(answer["se"]) <= 180
            ours = attributable_fractions(
                *_columns(groups), groups=[row["subgroup"] for row in groups], reference=groups[-1]["subgroup"]
            )
            assert 100 * ours.value[0] == pytest.approx(float(answer["estimate"]), rel=1e-9)
            half_width = 100 * (ours.interval.upper[0] - ours.interval.lower[0]) / 2
            assert half_width == pytest.approx(1.96 * simulated, rel=0.1)
            seen += 1
    assert seen >= 2


def test_our_intervals_follow_the_confidence_and_the_peers_is_noise_added_to_noise(shared: Path) -> None:
    """34 regions, BGSD. The peer's interval is the same whatever ``conf.level``; it lies around the observed value
    pushed up by noise once more, and half of it is above our limits of the measure without noise."""
    answer = next(
        row
        for row in _rows(shared, "healthequal_measures")
        if row["fn"] == "bgsd" and row["dataset"] == "NonorderedSample" and "sim=1000" in row["note"]
    )
    groups = _groups(shared, answer)
    widths = []
    for confidence in (0.5, 0.95, 0.998):
        ours = _ours(groups, "bgsd", confidence)
        widths.append(ours.interval.upper[0] - ours.interval.lower[0])
    assert widths[0] < 0.5 * widths[1] < 0.5 * widths[2]
    ours = _ours(groups, "bgsd")
    assert ours.interval.lower[0] < ours.corrected[0] < ours.value[0]
    their_middle = (float(answer["lowerci"]) + float(answer["upperci"])) / 2
    drawn, share = _drawn(groups)
    of_draws = BETWEEN_GROUP_STANDARD_DEVIATION.of(Spread(drawn, share, share))
    assert their_middle == pytest.approx(np.median(of_draws), rel=0.03)
    assert their_middle > ours.value[0] > ours.corrected[0]
