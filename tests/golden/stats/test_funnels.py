"""Funnels against PHEindicatormethods 2.1.0 (limits) and FunnelPlotR 0.6.0 (over-dispersion).

Closed forms to 1 part in 10⁹. PHEindicatormethods bisects (1 part in 10⁵), and FunnelPlotR's limits take the normal
quantiles to six digits. Where FunnelPlotR's limits are another thing, the test says which and why ours stay.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from evenhand.stats.arguments import critical_value
from evenhand.stats.funnel_limits import proportion_limits, rate_limits, ratio_limits
from evenhand.stats.funnels import Position, proportion_funnel, rate_funnel, ratio_funnel
from evenhand.stats.overdispersion import (
    Extremes,
    OverDispersion,
    Scale,
    Scores,
    count_ratio_scores,
    over_dispersion,
    proportion_scores,
    ratio_scores,
)
from evenhand.stats.statuses import Status

LEVELS = (("2s", "95", 0.95), ("3s", "998", 0.998))

POSITIONS = {
    "Not significant": Position.INSIDE,
    "High (0.025)": Position.ABOVE,
    "High (0.001)": Position.FAR_ABOVE,
    "Low (0.025)": Position.BELOW,
    "Low (0.001)": Position.FAR_BELOW,
}


def _table(shared: Path, name: str) -> dict[str, np.ndarray]:
    with (shared / "golden" / "stats" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    words = {"group", "type", "significance"}
    return {
        column: np.array([row[column] if column in words else float(row[column].replace("NA", "nan")) for row in rows])
        for column in rows[0]
    }


def _agree(ours: object, theirs: object, rtol: float = 1e-9) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=1e-11)


# --------------------------------------------------------------------------------------------- limits by chance alone


@pytest.mark.parametrize(("sigma", "_", "confidence"), LEVELS)
def test_limits_of_proportions(shared: Path, sigma: str, _: str, confidence: float) -> None:
    peer = _table(shared, "funnel_limits_proportion")
    ours = proportion_limits(peer["Population"], peer["baseline"][0] / 100, confidence=confidence)
    _agree(ours.lower * 100, peer[f"lower_{sigma}_limit"])
    _agree(ours.upper * 100, peer[f"upper_{sigma}_limit"])


@pytest.mark.parametrize(("sigma", "_", "confidence"), LEVELS)
def test_limits_of_ratios_go_through_the_peers_points(shared: Path, sigma: str, _: str, confidence: float) -> None:
    """The peer gives, for each count, the expected events at which its ratio stands on a limit."""
    peer = _table(shared, "funnel_limits_isr")
    lower = ratio_limits(peer[f"lower_{sigma}_exp_events"], confidence=confidence).lower
    upper = ratio_limits(peer[f"upper_{sigma}_exp_events"], confidence=confidence).upper
    _agree(lower * 100, peer[f"lower_{sigma}_limit"], rtol=1e-5)
    _agree(upper * 100, peer[f"upper_{sigma}_limit"], rtol=1e-5)


@pytest.mark.parametrize(("sigma", "_", "confidence"), LEVELS)
def test_limits_of_rates_go_through_the_peers_points(shared: Path, sigma: str, _: str, confidence: float) -> None:
    peer = _table(shared, "funnel_limits_rate")
    target = peer["baseline"][0]
    lower = rate_limits(peer[f"lower_{sigma}_population_1_year"], target, confidence=confidence).lower
    upper = rate_limits(peer[f"upper_{sigma}_population_1_year"], target, confidence=confidence).upper
    _agree(lower, peer[f"lower_{sigma}_limit"], rtol=1e-5)
    _agree(upper, peer[f"upper_{sigma}_limit"], rtol=1e-5)


def test_exact_limits_are_the_chi_square_form(shared: Path) -> None:
    table = _table(shared, "poisson_funnel_vs_chisq")
    for tail in np.unique(table["p"]):
        here = table["p"] == tail
        observed = table["obs"][here]
        at_high, at_low = table["closed_high"][here], table["closed_low"][here]
        _agree(ratio_limits(at_high, confidence=1 - 2 * tail).lower * at_high, observed)
        _agree(ratio_limits(at_low, confidence=1 - 2 * tail).upper * at_low, observed)


def test_positions_of_points(shared: Path) -> None:
    share, ratio, rate = (
        _table(shared, name) for name in ("funnel_points_proportion", "funnel_points_isr", "funnel_significance_rate")
    )
    funnels = (
        (share, proportion_funnel(share["num"], share["den"])),
        (ratio, ratio_funnel(ratio["obs"], ratio["expd"])),
        (rate, rate_funnel(rate["num"], rate["den"])),
    )
    for peer, funnel in funnels:
        assert funnel.by_chance.position.tolist() == [POSITIONS[word] for word in peer["significance"].tolist()]


# ------------------------------------------------------------------------------------------------------ over-dispersion


def _scores(shared: Path, kind: str) -> tuple[Scores, dict[str, np.ndarray]]:
    peer = _table(shared, f"funnelplotr_{kind}")
    x, n = peer["numerator"], peer["denominator"]
    return {
        "PR": lambda: proportion_scores(x, n),
        "RC": lambda: count_ratio_scores(x, n),
        "SR_CQC": lambda: ratio_scores(x, n, scale=Scale.SQUARE_ROOT),
        "SR_SHMI": lambda: ratio_scores(x, n, scale=Scale.LOGARITHM),
    }[kind](), peer


def _dispersion(shared: Path, kind: str) -> OverDispersion:
    extremes = Extremes.TRIMMED if kind == "SR_SHMI" else Extremes.WINSORISED
    return over_dispersion(_scores(shared, kind)[0], extremes=extremes)


KINDS = ("PR", "RC", "SR_CQC", "SR_SHMI")


@pytest.mark.parametrize("kind", KINDS)
def test_scores_and_what_becomes_of_the_extremes(shared: Path, kind: str) -> None:
    scores, peer = _scores(shared, kind)
    _agree(scores.y, peer["Y"])
    _agree(scores.standard_error, peer["s"])
    _agree(scores.target[0], peer["target_transformed"][0])
    _agree(scores.z, peer["Uzscore"])
    _agree(_dispersion(shared, kind).z, peer["Wuzscore"])


@pytest.mark.parametrize("kind", KINDS)
def test_factor_and_variance(shared: Path, kind: str) -> None:
    found, peer = _dispersion(shared, kind), _table(shared, f"funnelplotr_{kind}_od")
    _agree(found.factor, peer["phi"][0])
    _agree(found.variance, peer["tau2"][0])
    assert found.organisations == peer["n"][0]
    assert found.status == Status.GIVEN


@pytest.mark.parametrize("kind", ["PR", "SR_SHMI"])
@pytest.mark.parametrize(("_", "level", "confidence"), LEVELS)
def test_widened_limits(shared: Path, kind: str, _: str, level: str, confidence: float) -> None:
    data, peer = _table(shared, f"funnelplotr_{kind}"), _table(shared, f"funnelplotr_{kind}_limits")
    x, n = data["numerator"], data["denominator"]
    funnel = (
        proportion_funnel(x, n)
        if kind == "PR"
        else ratio_funnel(x, n, scale=Scale.LOGARITHM, extremes=Extremes.TRIMMED)
    )
    limits = funnel.widened_curve(peer["number_seq"])
    ours = limits.inner if confidence == 0.95 else limits.outer
    _agree(ours.lower, peer[f"odll{level}"], rtol=2e-6)
    _agree(ours.upper, peer[f"odul{level}"], rtol=2e-6)


def test_widened_limits_of_the_square_root_are_squared_back_which_the_peers_are_not(shared: Path) -> None:
    """FunnelPlotR's are 1 ± z√(s² + τ²), roots of ratios drawn as ratios: narrower than without over-dispersion."""
    data, peer = _table(shared, "funnelplotr_SR_CQC"), _table(shared, "funnelplotr_SR_CQC_limits")
    ours = ratio_funnel(data["numerator"], data["denominator"]).widened_curve(peer["number_seq"])
    _agree(np.sqrt(ours.inner.lower), peer["odll95"], rtol=2e-6)
    _agree(np.sqrt(ours.inner.upper), peer["odul95"], rtol=2e-6)
    first = peer["number_seq"].tolist().index(20)
    assert peer["odll95"][first] > peer["ll95"][first]


def test_the_peers_limits_of_two_counts_forget_one_of_them(shared: Path) -> None:
    """FunnelPlotR draws ratios of two counts between limits with s = 1/(2√n), the s of a share on the arcsine. Its own
    scores have √(x/(x+½)² + n/(n+½)²), nearly three times as much; so its limits leave out four in ten and not 5 %."""
    scores, data = _scores(shared, "RC")
    peer = _table(shared, "funnelplotr_RC_limits")
    narrow = np.log(peer["ul95"] / peer["ll95"]) / (2 * critical_value(0.95))
    _agree(narrow, 0.5 / np.sqrt(peer["number_seq"]), rtol=2e-6)
    times = scores.standard_error / (0.5 / np.sqrt(data["denominator"]))
    assert (times > 2.5).all()


def test_the_peers_exact_limits_are_those_of_a_count_and_not_of_a_funnel(shared: Path) -> None:
    """Below them lies 3.9 % of organisations that expect 20 events and above them 1.3 %; ours leave out 2.1 and 2.2."""
    peer = _table(shared, "funnelplotr_SR_CQC_limits")
    ours = ratio_limits(peer["number_seq"])
    assert (ours.lower < peer["ll95"]).all()
    assert (ours.upper < peer["ul95"]).all()
