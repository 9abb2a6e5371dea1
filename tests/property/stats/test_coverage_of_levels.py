"""How often the intervals of levels hold the truth: counted over every outcome where they can be listed, or simulated.

What is measured here stands in the docstrings of the methods.
"""

import numpy as np
import pytest
from scipy.special import gammaln

from evenhand.stats.indirect_standardisation import indirectly_standardised_ratios
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.life_expectancy import life_expectancies
from evenhand.stats.means import means
from evenhand.stats.proportions import clopper_pearson_intervals, wilson_intervals
from evenhand.stats.rates import RateMethod, byar_intervals, exact_intervals
from evenhand.stats.statuses import Status

pytestmark = pytest.mark.slow

FEW = np.linspace(0.5, 10, 200)
MANY = np.linspace(10, 100, 200)

# A schedule of a long-lived country, rounded: rates of death from birth to 90 and over, and people in each band.
RATES = np.ravel(
    [
        [0.0039, 0.00015, 0.00008, 0.0001, 0.0003, 0.0004, 0.0005, 0.0008, 0.0012, 0.0017],
        [0.0025, 0.0037, 0.0055, 0.0085, 0.013, 0.021, 0.037, 0.065, 0.115, 0.23],
    ]
)
PEOPLE = np.array([11, 46, 60, 60, 57, 62, 66, 68, 66, 62, 63, 69, 68, 57, 50, 50, 39, 25, 15, 9])


def _held(intervals: IntervalArray, truth: FloatArray | float) -> FloatArray:
    return ((intervals.lower <= truth) & (truth <= intervals.upper)).astype(np.float64)


def _coverage_of_proportions(intervals: IntervalArray, people: int) -> tuple[float, float]:
    """The chance of an outcome whose interval holds the true share: on average, and at the worst share.

    Coverage jumps where the share passes a limit, so that its worst is beside one.
    """
    even = np.linspace(0.001, 0.999, 999)
    limits = np.concatenate([intervals.lower[1:], intervals.upper[:-1]])
    beside = np.concatenate([limits * (1 - 1e-9), limits * (1 + 1e-9)])
    return _coverage_at(even, intervals, people).mean(), _coverage_at(beside, intervals, people).min()


def _coverage_at(shares: FloatArray, intervals: IntervalArray, people: int) -> FloatArray:
    share = shares[:, None]
    x = np.arange(people + 1)
    choose = gammaln(people + 1) - gammaln(x + 1) - gammaln(people - x + 1)
    chance = np.exp(choose + x * np.log(share) + (people - x) * np.log(1 - share))
    return np.asarray((chance * _held(intervals, share)).sum(axis=1))


@pytest.mark.parametrize("people", [10, 20, 50, 100])
def test_wilsons_interval_covers_95_per_cent_on_average_and_84_at_worst(people: int) -> None:
    average, worst = _coverage_of_proportions(wilson_intervals(np.arange(people + 1), people), people)
    assert average == pytest.approx(0.9525, abs=0.002)
    assert worst == pytest.approx(0.836, abs=0.003)


@pytest.mark.parametrize("people", [10, 20, 50, 100])
def test_clopper_pearsons_interval_never_covers_less_than_95_per_cent(people: int) -> None:
    intervals = clopper_pearson_intervals(np.arange(people + 1), people)
    average, worst = _coverage_of_proportions(intervals, people)
    assert worst >= 0.95
    assert average == pytest.approx({10: 0.984, 20: 0.977, 50: 0.969, 100: 0.965}[people], abs=0.001)


def _coverage_of_counts(intervals: IntervalArray, expected: FloatArray) -> FloatArray:
    x = np.arange(len(intervals.lower))
    chance = np.exp(x * np.log(expected[:, None]) - expected[:, None] - gammaln(x + 1))
    return np.asarray((chance * _held(intervals, expected[:, None])).sum(axis=1))


@pytest.mark.parametrize("intervals", [exact_intervals, byar_intervals])
def test_exact_limits_never_cover_less_than_95_per_cent_and_byars_hardly_differ(intervals) -> None:  # type: ignore[no-untyped-def] # two functions of one shape
    of_counts = intervals(np.arange(300))
    few, many = _coverage_of_counts(of_counts, FEW), _coverage_of_counts(of_counts, MANY)
    assert min(few.min(), many.min()) >= 0.95
    assert few.mean() == pytest.approx(0.975, abs=0.001)
    assert many.mean() == pytest.approx(0.958, abs=0.001)


def test_from_ten_events_on_byars_limits_are_the_exact_ones_to_two_in_a_thousand() -> None:
    counts = np.arange(10, 5_000)
    byar, exact = byar_intervals(counts), exact_intervals(counts)
    np.testing.assert_allclose(byar.lower, exact.lower, rtol=0.002)
    np.testing.assert_allclose(byar.upper, exact.upper, rtol=0.0001)


def _coverage_of_means(values: FloatArray, truth: float) -> float:
    found = means(values.sum(axis=1), values.shape[1], values.std(axis=1, ddof=1))
    return float(_held(found.interval, truth).mean())


def test_students_interval_covers_95_per_cent_of_normal_values_at_any_number_of_people() -> None:
    rng = np.random.default_rng(20)
    for people in (2, 5, 30):
        assert _coverage_of_means(rng.normal(12, 3, (20_000, people)), 12) == pytest.approx(0.95, abs=0.006)


def test_students_interval_covers_less_where_values_are_skewed() -> None:
    rng = np.random.default_rng(21)
    assert _coverage_of_means(rng.exponential(1, (40_000, 20)), 1) == pytest.approx(0.918, abs=0.006)
    assert _coverage_of_means(rng.exponential(1, (20_000, 100)), 1) == pytest.approx(0.941, abs=0.006)


@pytest.mark.parametrize("true_ratio", [0.5, 1.0, 1.5])
@pytest.mark.parametrize("size", [1.0, 5.0])
def test_the_standardised_ratio_covers_93_to_97_per_cent(true_ratio: float, size: float) -> None:
    rng = np.random.default_rng(22)
    people = size * rng.integers(50, 3_000, 19)
    risk = np.geomspace(0.0005, 0.03, 19)
    events = rng.poisson(true_ratio * people @ risk, 20_000)
    for method in RateMethod:
        found = indirectly_standardised_ratios(
            events,
            np.broadcast_to(people, (len(events), 19)),
            1e5 * risk,
            np.full(19, 1e5),
            reference="known exactly",
            method=method,
        )
        assert 0.945 <= _held(found.interval, true_ratio).mean() <= 0.97


@pytest.mark.parametrize(("population", "coverage", "too_long"), [(10_000, 0.94, 0.13), (1_000, 0.92, 0.80)])
def test_life_expectancy_covers_94_per_cent_at_ten_thousand_people_and_runs_high_at_a_thousand(
    population: int, coverage: float, too_long: float
) -> None:
    rng = np.random.default_rng(23)
    people = np.round(PEOPLE / PEOPLE.sum() * population)
    truth = life_expectancies(people * RATES, people).value[0]
    deaths = np.minimum(rng.poisson(people * RATES, (10_000, 20)), people)
    found = life_expectancies(deaths, np.broadcast_to(people, deaths.shape))
    given = found.status[:, 0] == Status.GIVEN
    at_birth = IntervalArray(found.interval.lower[given, 0], found.interval.upper[given, 0])
    assert _held(at_birth, truth).mean() == pytest.approx(coverage, abs=0.01)
    assert found.value[given, 0].mean() - truth == pytest.approx(too_long, abs=0.1)
