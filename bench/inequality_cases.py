"""What is compared in ``bench_inequality.py``: the five jobs, their inputs, and who does them.

Before a contestant is timed, its answer is held to ours. Inputs are invented, from a fixed seed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evenhand.stats.dispersion import indices_of_disparity, mean_differences_from_best
from evenhand.stats.inequality import Measure, inequality_summaries
from evenhand.stats.intervals import FloatArray
from evenhand.stats.proportions import proportions
from evenhand.stats.rates import RateMethod, crude_rates
from evenhand.stats.records import group_proportions
from evenhand.stats.simulation import DRAWS, NOT_SIMULATED
from evenhand.stats.slope_index import relative_indices, slope_indices
from evenhand.stats.standardisation import StandardisedMethod, directly_standardised_rates
from peers import Peers
from timing import Comparison, Contestant, floors, quoted, timed
from yardsticks import plain_summaries, simulated_indices

SEED = 20261122
STANDARD = np.array([5, 5.5, 5.5, 5.5, 6, 6, 6.5, 7, 7, 7, 7, 6.5, 6, 5.5, 5, 4, 2.5, 1.5, 1]) * 1_000
REPLICATES = 100_000
"""What published slope indices are simulated with."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured, and on what part of it the slow ones are."""

    groups: int = 50_000
    rates: int = 1_000_000
    rates_of_slow_peers: int = 20_000
    areas: int = 1_000
    areas_simulated: int = 20
    settings: int = 1_000
    settings_of_twins: int = 2
    records: int = 1_000_000
    draws: int = DRAWS
    replicates: int = REPLICATES
    rounds: int = 15


TINY = Sizes(
    groups=60,
    rates=400,
    rates_of_slow_peers=100,
    areas=12,
    areas_simulated=2,
    settings=3,
    settings_of_twins=1,
    records=2_000,
    draws=200,
    replicates=20_000,
    rounds=1,
)


def of_peer(peers: Peers | None, task: str, **arrays: FloatArray) -> tuple[Callable[[], float], dict[str, FloatArray]]:
    """A peer's task as something to time, and what it answers."""
    assert peers is not None
    folder: Path = peers.inputs(**arrays)
    return lambda: peers.run(task, folder).seconds, peers.run(task, folder).results


def agree(answers: dict[str, FloatArray], ours: dict[str, FloatArray], tolerance: float = 1e-9) -> None:
    """Raise AssertionError where a contestant's answer is not ours."""
    for name, answer in answers.items():
        np.testing.assert_allclose(answer, ours[name], rtol=tolerance, atol=1e-12, err_msg=name)


def limits_of(estimates: object) -> dict[str, FloatArray]:
    """Value and limits by name."""
    interval = estimates.interval
    return {"value": estimates.value, "lower": interval.lower, "upper": interval.upper}


def standardised_rates(sizes: Sizes, peers: Peers | None) -> Comparison:
    """Directly standardised rates with intervals."""
    random = np.random.default_rng(SEED)
    people = random.integers(500, 20_000, (sizes.groups, len(STANDARD)))
    events = random.poisson(people * 0.0007)
    contestants = [
        Contestant(
            f"Evenhand, {name}",
            timed(lambda method=method: directly_standardised_rates(events, people, STANDARD, method=method)),
            rounds=sizes.rounds,
        )
        for name, method in (
            ("Dobson's limits", StandardisedMethod.DOBSON),
            ("Tiwari's limits, the default", StandardisedMethod.TIWARI),
        )
    ]
    if peers:
        seconds, answers = of_peer(peers, "ph_dsr", events=events, population=people, standard=STANDARD)
        ours = limits_of(directly_standardised_rates(events, people, STANDARD, method=StandardisedMethod.DOBSON))
        enough = events.sum(axis=1) >= 10
        agree(*({name: column[enough] for name, column in each.items()} for each in (answers, ours)))
        contestants.append(Contestant("PHStatsMethods, ph_dsr (Dobson's limits)", seconds, rounds=min(3, sizes.rounds)))
    return Comparison(
        "Directly standardised rates with intervals",
        f"{sizes.groups:,} groups × {len(STANDARD)} ages",
        [*contestants, *floors([events, people, STANDARD], 6, (sizes.groups,), sizes.rounds)],
    )


def rates(sizes: Sizes, peers: Peers | None) -> Comparison:
    """Crude rates with intervals."""
    random = np.random.default_rng(SEED)
    people = random.integers(500, 200_000, sizes.rates)
    events = random.poisson(people * 0.0007)
    contestants = [
        Contestant("Evenhand, Byar's limits, the default", timed(lambda: crude_rates(events, people))),
        Contestant("Evenhand, exact limits", timed(lambda: crude_rates(events, people, method=RateMethod.EXACT))),
    ]
    notes = []
    if peers:
        seconds, answers = of_peer(peers, "statsmodels_exact_rates", events=events, population=people)
        agree(answers, limits_of(crude_rates(events, people, method=RateMethod.EXACT)))
        contestants.append(Contestant("statsmodels, confint_poisson (exact limits)", seconds, rounds=3))
        some = np.flatnonzero(events > 0)[: sizes.rates_of_slow_peers]
        seconds, answers = of_peer(peers, "ph_rate", events=events[some], population=people[some])
        agree(answers, limits_of(crude_rates(events[some], people[some])))
        contestants.append(slow_peer("PHStatsMethods, ph_rate (Byar's limits)", seconds, sizes.rates, len(some)))
        notes.append(
            f"`ph_rate` stops at a count of 0, so that it was given rows with events alone. It goes row by row: "
            f"measured on {len(some):,} rows and multiplied up."
        )
    return Comparison(
        "Rates with intervals",
        f"{sizes.rates:,} rows",
        at_most(sizes.rounds, [*contestants, *floors([events, people], 6, (sizes.rates,), sizes.rounds)]),
        notes,
    )


def slow_peer(name: str, seconds: Callable[[], float], rows: int, measured: int) -> Contestant:
    """A peer that was given some of the rows."""
    return Contestant(name, seconds, times=rows / measured, rounds=3)


def at_most(rounds: int, contestants: list[Contestant]) -> list[Contestant]:
    """The contestants, none in more rounds than that."""
    for each in contestants:
        each.rounds = min(each.rounds, rounds)
    return contestants


def shares(sizes: Sizes, peers: Peers | None) -> Comparison:
    """Proportions with intervals."""
    random = np.random.default_rng(SEED)
    people = random.integers(500, 200_000, sizes.rates)
    events = random.binomial(people, 0.3)
    contestants = [Contestant("Evenhand, Wilson's limits, the default", timed(lambda: proportions(events, people)))]
    notes = []
    if peers:
        seconds, answers = of_peer(peers, "statsmodels_wilson", events=events, population=people)
        agree(answers, limits_of(proportions(events, people)))
        contestants.append(Contestant("statsmodels, proportion_confint (Wilson's limits)", seconds))
        some = slice(sizes.rates_of_slow_peers)
        seconds, answers = of_peer(peers, "ph_proportion", events=events[some], population=people[some])
        agree(answers, limits_of(proportions(events[some], people[some])))
        measured = len(events[some])
        contestants.append(slow_peer("PHStatsMethods, ph_proportion", seconds, sizes.rates, measured))
        notes = [
            f"`ph_proportion` was measured on {measured:,} rows and multiplied up.",
            (
                "`proportion_confint` gives two limits and checks nothing; Evenhand checks what it is given, says what "
                "it was made of, and answers a missing number or an empty population in its place."
            ),
        ]
    return Comparison(
        "Proportions with intervals",
        f"{sizes.rates:,} rows",
        at_most(sizes.rounds, [*contestants, *floors([events, people], 6, (sizes.rates,), sizes.rounds)]),
        notes,
    )


def slopes(sizes: Sizes, peers: Peers | None) -> Comparison:
    """Slope and relative index of inequality with intervals. ``peers``: none of those on PyPI has it."""
    del peers
    random = np.random.default_rng(SEED)
    people = random.integers(2_000, 20_000, (sizes.areas, 10))
    value = 0.06 - 0.02 * np.arange(10) / 9 + random.normal(0, 0.002, people.shape)
    error = np.sqrt(value * (1 - value) / people)
    some = slice(sizes.areas_simulated)

    def simulated() -> tuple[FloatArray, FloatArray]:
        return simulated_indices(value[some], error[some], people[some], sizes.replicates, SEED)

    slope, relative = (index(value[some], error[some], people[some]) for index in (slope_indices, relative_indices))
    for ours, limits in zip((slope, relative), simulated(), strict=True):
        width = ours.interval.upper - ours.interval.lower
        for limit, simulation in zip((ours.interval.lower, ours.interval.upper), limits, strict=True):
            assert (np.abs(limit - simulation) < 15 / np.sqrt(sizes.replicates) * width).all()
    measured = len(value[some])
    contestants = [
        Contestant(
            "Evenhand, both in closed form",
            timed(lambda: (slope_indices(value, error, people), relative_indices(value, error, people))),
            rounds=sizes.rounds,
        ),
        Contestant("Evenhand, SII alone", timed(lambda: slope_indices(value, error, people)), rounds=sizes.rounds),
        Contestant(
            f"both simulated in NumPy, {sizes.replicates:,} replicates an area",
            timed(simulated),
            times=sizes.areas / measured,
            rounds=min(3, sizes.rounds),
        ),
    ]
    return Comparison(
        "Slope and relative index of inequality with intervals",
        f"{sizes.areas:,} areas × 10 tenths",
        [*contestants, *floors([value, error, people], 14, (sizes.areas,), sizes.rounds)],
        [
            (
                f"The simulation was measured on {measured} areas and multiplied up. Its limits are ours but for what "
                "chance leaves in them."
            ),
            "At this size most of our time is that of calling NumPy some hundred times, whatever the arrays hold.",
        ],
    )


def all_measures(sizes: Sizes, peers: Peers | None) -> Comparison:
    """All summary measures with intervals. ``peers``: none of those on PyPI has them."""
    del peers
    random = np.random.default_rng(SEED)
    groups = 20
    people = random.integers(2_000, 200_000, (sizes.settings, groups))
    value = 0.02 * np.exp(random.normal(0, 0.2, people.shape))
    error = np.sqrt(value * (1 - value) / people)
    names = [f"group {number}" for number in range(groups)]
    said = {"groups": names, "reference": names[0], "group": names[1], "best": names[2], "order": np.arange(groups)}

    def ours(draws: int) -> dict[Measure, object]:
        return inequality_summaries(value, error, people, **said, draws=draws)

    some = slice(sizes.settings_of_twins)

    def twins() -> list[dict[Measure, tuple[float, ...]]]:
        rows = zip(value[some].tolist(), error[some].tolist(), people[some].tolist(), strict=True)
        return [plain_summaries(*row, draws=sizes.draws) for row in rows]

    found, answers = ours(0), twins()
    for setting, answer in enumerate(answers):
        for measure, numbers in answer.items():
            summary = found[measure]
            expected = (summary.value[setting], summary.interval.lower[setting], summary.interval.upper[setting])
            np.testing.assert_allclose(numbers, expected[: len(numbers)], rtol=1e-9, err_msg=measure)
    contestants = [
        Contestant(f"Evenhand, {len(found)} measures", timed(lambda: ours(0)), rounds=min(3, sizes.rounds)),
        Contestant(
            f"Evenhand, and what chance alone would give, by {sizes.draws:,} draws",
            timed(lambda: ours(sizes.draws)),
            rounds=min(3, sizes.rounds),
        ),
        Contestant(
            f"plain Python, the same measures, {sizes.draws:,} draws",
            timed(twins),
            times=sizes.settings / len(answers),
            rounds=min(3, sizes.rounds),
        ),
    ]
    return Comparison(
        "All summary measures of inequality with intervals",
        f"{sizes.settings:,} settings × {groups} groups",
        [*contestants, *floors([value, error, people], 6 * len(found), (sizes.settings,), sizes.rounds)],
        [
            (
                f"Plain Python was measured on {len(answers)} of the settings and multiplied up. It gives every value, "
                "the intervals that have a formula, and by its own draws what chance alone would give; not the "
                "intervals of the measures of dispersion, whose limits are roots."
            ),
            "The floor says little here: limits of dispersion are roots, searched for in every setting.",
        ],
    )


def dispersion(sizes: Sizes, peers: Peers | None) -> Comparison:
    """The two measures whose time in R is known, with intervals. ``peers``: none of those on PyPI has them."""
    del peers
    random = np.random.default_rng(SEED)
    groups = 34
    people = random.integers(2_000, 200_000, (sizes.settings, groups))
    value = 0.02 * np.exp(random.normal(0, 0.2, people.shape))
    given = (value, np.sqrt(value * (1 - value) / people), people)
    names = [f"group {number}" for number in range(groups)]
    best = {"groups": names, "best": names[0], "simulation": NOT_SIMULATED}
    contestants = [
        Contestant("Evenhand, IDIS", timed(lambda: indices_of_disparity(*given, simulation=NOT_SIMULATED)), rounds=3),
        Contestant("Evenhand, MDB", timed(lambda: mean_differences_from_best(*given, **best)), rounds=3),
        quoted("R, healthequal, idisw, on another machine", 0.397 * sizes.settings),
        quoted("R, healthequal, mdbw, on another machine", 0.472 * sizes.settings),
    ]
    return Comparison(
        "Two measures of dispersion with intervals",
        f"{sizes.settings:,} settings × {groups} groups",
        at_most(sizes.rounds, [*contestants, *floors(given, 6, (sizes.settings,), sizes.rounds)]),
        [
            "healthequal 1.0.1 under R 4.5.0 took 0.397 s and 0.472 s a setting with 100 replicates; multiplied up.",
            (
                "Ours are roots of a distribution function, and other work: percentiles of replicates seldom hold the "
                "truth where groups differ little ([where](../explanation/where-the-peers-are-wrong.md))."
            ),
        ],
    )


def records(sizes: Sizes, peers: Peers | None) -> Comparison:
    """Proportions of groups from records whose group is a code."""
    random = np.random.default_rng(SEED)
    groups = 20
    codes = random.integers(0, groups, sizes.records)
    happened = random.random(sizes.records) < 0.1 + 0.01 * codes
    labels = [f"group {number:02}" for number in range(groups)]
    ours = limits_of(group_proportions(codes, happened, labels=labels).estimates)
    contestants = [
        Contestant(
            "Evenhand, with intervals and the unknown", timed(lambda: group_proportions(codes, happened, labels=labels))
        )
    ]
    if peers:
        for name, task, rounds in (
            ("pandas, groupby; statsmodels, intervals", "pandas_groups", 5),
            ("aequitas, get_crosstabs (no intervals)", "aequitas_crosstabs", 5),
            ("fairlearn, MetricFrame of one metric (no intervals)", "fairlearn_frame", 3),
        ):
            seconds, answers = of_peer(peers, task, codes=codes, happened=happened)
            agree(answers, ours)
            contestants.append(Contestant(name, seconds, rounds=rounds))
    return Comparison(
        "Proportions of groups from records, groups as codes",
        f"{sizes.records:,} records × {groups} groups",
        at_most(sizes.rounds, [*contestants, *floors([codes, happened], 6, (groups,), sizes.rounds)]),
    )


def labelled_records(sizes: Sizes, peers: Peers | None) -> Comparison:
    """The same from records whose group is a text."""
    random = np.random.default_rng(SEED)
    groups = 20
    codes = random.integers(0, groups, sizes.records)
    happened = random.random(sizes.records) < 0.1 + 0.01 * codes
    texts = np.array([f"group {number:02}" for number in range(groups)])[codes]
    labels = texts.astype(object)
    contestants = [
        Contestant("Evenhand, with intervals and the unknown", timed(lambda: group_proportions(labels, happened)))
    ]
    if peers:
        seconds, answers = of_peer(peers, "pandas_groups", labels=texts, happened=happened)
        agree(answers, limits_of(group_proportions(labels, happened).estimates))
        contestants.append(Contestant("pandas, groupby; statsmodels, intervals", seconds))
    first = labels[0]

    def compare_each() -> None:
        np.count_nonzero(labels == first)
        np.sum(happened)

    return Comparison(
        "Proportions of groups from records, groups as texts",
        f"{sizes.records:,} records × {groups} groups",
        at_most(
            sizes.rounds,
            [
                *contestants,
                Contestant("floor: NumPy compares texts, reads outcomes", timed(compare_each), floor=True),
            ],
        ),
    )


CASES: tuple[Callable[[Sizes, Peers | None], Comparison], ...] = (
    standardised_rates,
    rates,
    shares,
    slopes,
    all_measures,
    dispersion,
    records,
    labelled_records,
)
