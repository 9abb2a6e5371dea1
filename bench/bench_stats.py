"""How much faster the vectorised statistics are than their scalar twins: both timed in one run, as a ratio.

    .venv/bin/python bench/bench_stats.py [figures]

Each line: the time per figure of the scalar function (on a sample) over that of the vectorised one (on all figures),
median of five alternating rounds. That both give the same answers is checked before anything is timed. Times depend on
the machine; the ratio is the claim.
"""

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from evenhand.stats.differences import rate_difference, rate_differences
from evenhand.stats.proportions import proportion, proportions
from evenhand.stats.rates import crude_rate, crude_rates
from evenhand.stats.ratios import rate_ratio, rate_ratios
from evenhand.stats.rounded_counts import rate_ratio_interval_with_rounding, rate_ratio_intervals_with_rounding
from evenhand.stats.standardisation import directly_standardised_rate, directly_standardised_rates

ROUNDS = 5
SAMPLE = 500
STRATA = 19


def compare(name: str, one: Callable[..., Any], many: Callable[..., Any], columns: list[np.ndarray]) -> None:
    """Time ``one`` on the first rows and ``many`` on all of them, in turn, and print the ratio per figure."""
    figures = len(columns[0])
    sample = [column[:SAMPLE].tolist() for column in columns]
    check_agreement(one, many, sample)
    ratios, milliseconds = [], []
    for _ in range(ROUNDS):
        start = perf_counter()
        for row in zip(*sample, strict=True):
            one(*row)
        middle = perf_counter()
        many(*columns)
        end = perf_counter()
        ratios.append((middle - start) / len(sample[0]) / ((end - middle) / figures))
        milliseconds.append(1_000 * (end - middle))
    print(f"{name:<34}{figures:>10,} figures {median(milliseconds):>9.1f} ms   {median(ratios):>7.0f} times the scalar")


def check_agreement(one: Callable[..., Any], many: Callable[..., Any], sample: list[list[Any]]) -> None:
    results = many(*map(np.array, sample))
    interval = getattr(results, "interval", results)
    for place, row in enumerate(zip(*sample, strict=True)):
        expected = one(*row)
        limits = getattr(expected, "interval", expected)
        np.testing.assert_allclose(
            [interval.lower[place], interval.upper[place]], [limits.lower, limits.upper], rtol=1e-9
        )


def main(figures: int) -> None:
    random = np.random.default_rng(20261122)
    people = random.integers(500, 200_000, figures)
    events = random.poisson(people * 0.0007)  # about the rate of detentions, so that many counts are below ten
    others = random.integers(100_000, 2_000_000, figures)
    other_events = random.poisson(others * 0.0005)
    smallest, largest = np.maximum(events - 2, 0), events + 2
    compare("proportion (Wilson)", proportion, proportions, [events, people])
    compare("crude rate (Byar, exact below 10)", crude_rate, crude_rates, [events, people])
    compare("rate ratio (MOVER-log)", rate_ratio, rate_ratios, [events, people, other_events, others])
    compare("rate difference (MOVER)", rate_difference, rate_differences, [events, people, other_events, others])
    compare(
        "rate ratio with rounding",
        rate_ratio_interval_with_rounding,
        rate_ratio_intervals_with_rounding,
        [smallest, largest, people, other_events, other_events + 4, others],
    )
    groups = max(SAMPLE, figures // STRATA)
    population = random.integers(50, 20_000, (groups, STRATA))
    counted = random.poisson(population * 0.0007)
    standard = np.array([5.0, 5.5, 5.5, 5.5, 6, 6, 6.5, 7, 7, 7, 7, 6.5, 6, 5.5, 5, 4, 2.5, 1.5, 1]) * 1_000
    compare(
        f"standardised rate ({STRATA} strata)",
        lambda x, n: directly_standardised_rate(x, n, standard),
        lambda x, n: directly_standardised_rates(x, n, standard),
        [counted, population],
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
