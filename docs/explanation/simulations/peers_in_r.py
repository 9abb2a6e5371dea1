"""How often the intervals of peers in R hold the truth, and how far chance alone carries their measures.

    .venv/bin/python docs/explanation/simulations/peers_in_r.py

Prints the first two tables of ``docs/explanation/where-the-peers-are-wrong.md``; a test holds the page to them. The
peers are not run here: each fault is put into its formula, on invented groups, and the truth is known because the draws
come from it. What the peers themselves printed, and when, stands on the page.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evenhand.stats.attributable import attributable_fractions
from evenhand.stats.dispersion import (
    between_group_standard_deviations,
    between_group_variances,
    indices_of_disparity,
    mean_differences_from_mean,
)
from evenhand.stats.entropy import (
    mean_log_deviation_standard_errors,
    mean_log_deviations,
    theil_indices,
    theil_standard_errors,
)
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.simulation import NOT_SIMULATED
from evenhand.stats.summaries import Summaries

SEED = 20261122
SETTINGS = 2_000
REPLICATES = 100  # as healthequal draws unless told otherwise
Z = 1.959963984540054
GROUPS = 16

Measure = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True)
class Draws:
    """Many settings of the same groups, drawn from rates that are known."""

    rate: FloatArray
    people: FloatArray
    value: FloatArray
    error: FloatArray

    @property
    def given(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        return self.value, self.error, np.broadcast_to(self.people, self.value.shape)

    @property
    def share(self) -> FloatArray:
        return self.people / self.people.sum()

    def truth(self, method: Callable[..., Summaries], **said: object) -> float:
        """The measure of the true rates."""
        return float(method(self.rate, 0.0, self.people, **said).value[0])


def drawn(random: np.random.Generator, spread: float, largest: float = 40_000) -> Draws:
    """Sixteen groups of 2,000 to ``largest`` people whose rates differ by ``spread`` on the logarithm about 5 %."""
    people = np.round(np.geomspace(2_000, largest, GROUPS))
    rate = 0.05 * np.exp(spread * np.resize([1.0, -0.6, 0.3, -1.2, 0.8, -0.3], GROUPS))
    events = random.binomial(people.astype(np.int64), rate, (SETTINGS, GROUPS))
    value = events / people
    return Draws(rate, people, value, np.sqrt(value * (1 - value) / people))


def main() -> None:
    """Print both tables."""
    random = np.random.default_rng(SEED)
    sys.stdout.write("\n".join(coverage_table(random)) + "\n\n" + "\n".join(bias_table(random)) + "\n")


def coverage_table(random: np.random.Generator) -> list[str]:
    """How often 95 % intervals hold the truth: with the peer's fault, and ours."""
    columns = ["measure", "what the fault does", "groups", "the peer's interval holds the truth", "ours"]
    lines = [f"| {' | '.join(columns)} |", "|---|---|---|---:|---:|"]
    apart, alike = drawn(random, 0.25), drawn(random, 0.0)
    names = [str(group) for group in range(GROUPS)]
    said = {"groups": names, "reference": names[-1]}
    in_thousandths = "standard error not in thousandths"
    replicates, fixed = "percentile bootstrap, 100 draws", "percentile bootstrap, 100 draws, mean held fixed"
    below = f"value ± 1.96 standard errors (below 0 in {per_cent(below_zero(alike))})"
    for name, fault, groups, (theirs, ours, truth) in (
        ("Theil T", in_thousandths, "differ", scaled_error(apart, theil_indices, theil_standard_errors)),
        ("MLD", in_thousandths, "differ", scaled_error(apart, mean_log_deviations, mean_log_deviation_standard_errors)),
        ("PAF", "value in per cent, standard error as a share", "differ", fraction(apart, said)),
        ("BGV", below, "do not differ", variance(alike)),
        ("BGSD", replicates, "do not differ", bootstrap(random, alike, BGSD)),
        ("MDM", replicates, "do not differ", bootstrap(random, alike, MDM)),
        ("IDIS", fixed, "do not differ", bootstrap(random, alike, IDIS)),
        ("BGSD", replicates, "differ a little", bootstrap(random, drawn(random, 0.05), BGSD)),
        ("IDIS", fixed, "differ", bootstrap(random, apart, IDIS)),
    ):
        cells = [name, fault, groups, holds(theirs, truth), holds(ours.interval, truth)]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


Row = tuple[IntervalArray, Summaries, float]


def scaled_error(draws: Draws, method: Callable[..., Summaries], errors: Callable[..., FloatArray]) -> Row:
    """The value in thousandths with a standard error that is not."""
    ours = method(*draws.given, simulation=NOT_SIMULATED)
    margin = Z * errors(*draws.given) / 1_000
    return IntervalArray(ours.value - margin, ours.value + margin), ours, draws.truth(method, simulation=NOT_SIMULATED)


def fraction(draws: Draws, said: dict[str, object]) -> Row:
    """y_r/μ - 1 in per cent, with the standard error of the share."""
    ours = attributable_fractions(*draws.given, **said)
    mean = draws.value @ draws.share
    ratio = draws.value[:, -1] / mean
    gradient = -ratio[:, np.newaxis] * draws.share / mean[:, np.newaxis]
    gradient[:, -1] += 1 / mean
    margin = Z * np.sqrt(np.vecdot(gradient**2, draws.error**2)) / 100
    return IntervalArray(ours.value - margin, ours.value + margin), ours, draws.truth(attributable_fractions, **said)


def variance(draws: Draws) -> Row:
    """BGV with the delta method's standard error √(Σ (2p(y - μ))²·se²)."""
    ours = between_group_variances(*draws.given, simulation=NOT_SIMULATED)
    from_mean = draws.value - (draws.value @ draws.share)[:, np.newaxis]
    margin = Z * np.sqrt(np.vecdot((2 * draws.share * from_mean) ** 2, draws.error**2))
    interval = IntervalArray(ours.value - margin, ours.value + margin)
    return interval, ours, draws.truth(between_group_variances, simulation=NOT_SIMULATED)


def below_zero(draws: Draws) -> float:
    """The share of those intervals that reach below 0, where no variance can be."""
    return float(np.mean(variance(draws)[0].lower < 0))


@dataclass(frozen=True)
class Bootstrapped:
    """A measure of ours, and as the peer works it out of replicates (…, groups), shares and observed means."""

    ours: Callable[..., Summaries]
    of_replicates: Callable[[FloatArray, FloatArray, FloatArray], FloatArray]


def _spread(y: FloatArray, share: FloatArray, mean: FloatArray) -> FloatArray:
    del mean  # worked out anew in each replicate
    return np.sqrt(np.vecdot((y - (y @ share)[..., np.newaxis]) ** 2, share))


def _distance(y: FloatArray, share: FloatArray, mean: FloatArray) -> FloatArray:
    del mean
    return np.vecdot(np.abs(y - (y @ share)[..., np.newaxis]), share)


def _distance_from_fixed_mean(y: FloatArray, share: FloatArray, mean: FloatArray) -> FloatArray:
    return 100 * np.vecdot(np.abs(y - mean[..., np.newaxis]), share) / mean


BGSD = Bootstrapped(between_group_standard_deviations, _spread)
MDM = Bootstrapped(mean_differences_from_mean, _distance)
IDIS = Bootstrapped(indices_of_disparity, _distance_from_fixed_mean)


def bootstrap(random: np.random.Generator, draws: Draws, measure: Bootstrapped) -> Row:
    """Percentiles of replicates with as much noise again."""
    ours = measure.ours(*draws.given, simulation=NOT_SIMULATED)
    noise = random.standard_normal((REPLICATES, SETTINGS, GROUPS))
    mean = np.broadcast_to(draws.value @ draws.share, (REPLICATES, SETTINGS))
    replicates = measure.of_replicates(draws.value + draws.error * noise, draws.share, mean)
    interval = IntervalArray(*np.percentile(replicates, [2.5, 97.5], axis=0))
    return interval, ours, draws.truth(measure.ours, simulation=NOT_SIMULATED)


def holds(interval: IntervalArray, truth: float) -> str:
    """The share of settings whose interval holds the truth; a limit may stand on it."""
    nearly = 1e-12 * max(1.0, abs(truth))
    return per_cent(float(np.mean((interval.lower <= truth + nearly) & (truth - nearly <= interval.upper))))


def bias_table(random: np.random.Generator) -> list[str]:
    """What a measure of dispersion is on average, where the truth is known."""
    columns = ["measure", "groups", "truth", "as the peers give it, on average", "ours, corrected, on average"]
    lines = [f"| {' | '.join(columns)} |", "|---|---|---:|---:|---:|"]
    for words, spread in (("do not differ", 0.0), ("differ a little", 0.05), ("differ", 0.25)):
        draws = drawn(random, spread)
        for name, method, times in (
            ("BGSD, per cent", between_group_standard_deviations, 100),
            ("IDIS, per cent of the mean", indices_of_disparity, 1),
            ("Theil T, thousandths", theil_indices, 1),
        ):
            ours = method(*draws.given, simulation=NOT_SIMULATED)
            truth = draws.truth(method, simulation=NOT_SIMULATED)
            numbers = (truth, ours.value.mean(), ours.corrected.mean())
            lines.append(f"| {name} | {words} | {' | '.join(f'{times * number:.2f}' for number in numbers)} |")
    return lines


def per_cent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.01 or share == 0 else f"{100 * share:.1f} %"


if __name__ == "__main__":
    main()
