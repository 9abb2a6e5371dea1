"""How often a published interval holds the true rate when a rule picks which rates are published.

    .venv/bin/python docs/explanation/simulations/selection.py

Prints the tables of ``docs/explanation/which-rates-are-shown.md``. A test holds the page to what is printed here.

One group of 19 ages, with a risk that triples from the youngest to the oldest and fewer old people than the standard
has, is drawn 40,000 times for each expected number of events. The truth is known, because the draws come from it.
"""

import sys

import numpy as np

from evenhand.stats.intervals import FloatArray
from evenhand.stats.selection import CLASSIC_RULE
from evenhand.stats.standardisation import StandardisedMethod, StandardisedRates, directly_standardised_rates
from evenhand.stats.statuses import Status

SEED = 20261122
DRAWS = 40_000
EXPECTED = (3.0, 5.5, 8.0, 10.0, 12.0, 15.0, 20.0, 40.0)

AGES = np.arange(19)
STANDARD = np.array([5, 5.5, 5.5, 5.5, 6, 6, 6.5, 7, 7, 7, 7, 6.5, 6, 5.5, 5, 4, 2.5, 1.5, 1]) * 1_000
PEOPLE = np.exp(-(((AGES - 7) / 8) ** 2))
RISK = 1 + AGES / 9


def main() -> None:
    """Print both tables."""
    random = np.random.default_rng(SEED)
    drawn = [(expected, *rates(random, expected, DRAWS)) for expected in EXPECTED]
    sys.stdout.write("\n".join(coverage_table(drawn)) + "\n\n" + "\n".join(width_table(drawn)) + "\n")


def rates(
    random: np.random.Generator, expected: float, draws: int
) -> tuple[float, StandardisedRates, StandardisedRates]:
    """The true rate, and the rates of all draws by Tiwari's and by Dobson's method."""
    population = PEOPLE * expected / (PEOPLE @ RISK)
    events = random.poisson(population * RISK, (draws, len(AGES)))
    everybody = np.broadcast_to(population, events.shape)
    tiwari, dobson = (
        directly_standardised_rates(events, everybody, STANDARD, per=1, method=method)
        for method in (StandardisedMethod.TIWARI, StandardisedMethod.DOBSON)
    )
    return float(STANDARD @ RISK / STANDARD.sum()), tiwari, dobson


def coverage_table(drawn: list[tuple[float, float, StandardisedRates, StandardisedRates]]) -> list[str]:
    columns = [
        "events expected",
        "ten or more happen",
        "such a rate over the truth",
        "Tiwari, from ten events",
        "Dobson, from ten events",
        "Tiwari, every rate",
        "Dobson, every rate",
    ]
    lines = [f"| {' | '.join(columns)} |", "|---:" * len(columns) + "|"]
    for expected, truth, tiwari, dobson in drawn:
        published = published_by_classic_rule(tiwari)
        over = tiwari.value[published].mean() / truth
        shares = [
            coverage(rate, truth, among) for among in (published, np.ones_like(published)) for rate in (tiwari, dobson)
        ]
        cells = [f"{expected:g}", per_cent(published.mean()), f"{over:.2f}", *map(per_cent, shares)]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def published_by_classic_rule(rate: StandardisedRates) -> np.ndarray:
    """Which draws have ten events or more."""
    return CLASSIC_RULE.statuses(rate.numerator, rate.denominator, None) == Status.GIVEN


def coverage(rate: StandardisedRates, truth: float, among: np.ndarray) -> float:
    """The share of these draws whose interval holds the truth; one that does not exist holds nothing."""
    holds = (rate.interval.lower <= truth) & (truth <= rate.interval.upper)
    return float(holds[among].mean())


def width_table(drawn: list[tuple[float, float, StandardisedRates, StandardisedRates]]) -> list[str]:
    """How wide intervals are, so that a rule on what is expected can be chosen by what is still of use."""
    lines = ["| events expected | the interval typically runs from | to (the truth being 1) |", "|---:|---:|---:|"]
    for expected, truth, tiwari, _ in drawn:
        lower, upper = (float(np.median(limit)) / truth for limit in limits(tiwari))
        lines.append(f"| {expected:g} | {lower:.2f} | {upper:.2f} |")
    return lines


def limits(rate: StandardisedRates) -> tuple[FloatArray, FloatArray]:
    return rate.interval.lower, rate.interval.upper


def per_cent(share: float) -> str:
    return f"{100 * share:.0f} %"


if __name__ == "__main__":
    main()
