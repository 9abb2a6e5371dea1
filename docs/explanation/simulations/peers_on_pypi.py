"""What the peers on PyPI answer to small tables, what Evenhand answers, and what is right by hand.

    .venv/bin/python docs/explanation/simulations/peers_on_pypi.py          prints the table, from recorded answers
    .venv/bin/python docs/explanation/simulations/peers_on_pypi.py --ask    asks the peers again, and records them

The peers run in an environment of their own (``bench/peers.py``, made the first time), by ``peers_answers.py``. The
table stands in ``docs/explanation/where-the-peers-are-wrong.md``; a test holds the page to it, and the recorded
versions to those that are pinned.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log, nan, sqrt
from pathlib import Path

import numpy as np
import small_inputs as given

from evenhand.stats.dispersion import mean_differences_from_mean
from evenhand.stats.estimates import Estimate
from evenhand.stats.funnel_limits import proportion_limits
from evenhand.stats.indirect_standardisation import indirectly_standardised_ratios
from evenhand.stats.proportions import proportion
from evenhand.stats.quantiles import quantiles
from evenhand.stats.rates import crude_rates, exact_interval
from evenhand.stats.ratios import rate_ratio
from evenhand.stats.records import group_proportions
from evenhand.stats.simulation import NOT_SIMULATED
from evenhand.stats.standardisation import StandardisedMethod, directly_standardised_rate
from evenhand.stats.statuses import Status

HERE = Path(__file__).resolve().parent
RECORD = HERE / "peers_answers.json"
Z = 1.959963984540054


@dataclass(frozen=True)
class Case:
    """One question.

    Attributes:
        key: of the peer's answer.
        asked: in words.
        peer: and its function.
        ours, right: our answer, and the right one by hand.
    """

    key: str
    asked: str
    peer: str
    ours: Callable[[], str]
    right: Callable[[], str]


def spoken(estimate: Estimate, digits: int = 1) -> str:
    """A figure with its interval, or why there is none."""
    if not estimate.status.has_value:
        return f"none: {estimate.status.words}"
    numbers = (estimate.value, estimate.interval.lower, estimate.interval.upper)
    value, lower, upper = (f"{number:,.{digits}f}" for number in numbers)
    note = "" if estimate.status is Status.GIVEN else f", {estimate.status.words.removeprefix('given, but ')}"
    return f"{value} ({lower} to {upper}){note}"


def middle_and_others(estimates: Iterable[Estimate]) -> str:
    """The answer for the row in question, and that the others have theirs."""
    first, middle, last = estimates
    return f"{spoken(middle)}; the others {first.value:,.1f} and {last.value:,.1f}"


def rates(events: Sequence[float], people: Sequence[float]) -> str:
    return middle_and_others(crude_rates(events, people))


def standardised(events: Sequence[float], people: Sequence[float]) -> str:
    return spoken(directly_standardised_rate(events, people, given.STANDARD, method=StandardisedMethod.DOBSON))


def rate_of_standard(ages: slice) -> str:
    """The second group's rate over some of the ages, by hand."""
    strata = list(zip(given.STANDARD, given.SECOND_EVENTS, given.SECOND_PEOPLE, strict=True))[ages]
    return f"{100_000 * sum(w * x / n for w, x, n in strata) / sum(w for w, _, _ in strata):,.1f}"


def ratio_without_events() -> str:
    events, people = [sum(given.FIRST_EVENTS), 0], [given.FIRST_PEOPLE, given.SECOND_PEOPLE]
    standard = (given.SECOND_EVENTS, given.SECOND_PEOPLE)
    found = indirectly_standardised_ratios(events, people, *standard, reference="the rates of the second group")
    first, second = found
    return f"{spoken(second, 2)}; the other {first.value:.2f}"


def shares_with_missing_outcome() -> str:
    found = group_proportions(given.GROUPS_OF_THOSE, given.OUTCOME_MISSING)
    shares = ", ".join(f"{name} {one.value:.2f}" for name, one in zip(found.labels, found.estimates, strict=True))
    return f"{shares}; of C {found.unknown_outcome[2]} not known"


def records_in_groups() -> str:
    found = group_proportions(given.GROUP_OF_RECORD, given.HAPPENED)
    inside, outside = found.estimates.denominator.sum(), found.without_group.denominator.sum()
    return f"{inside:.0f} of {found.records} records in groups, {outside:.0f} counted without one"


def groups_alike() -> str:
    happened = np.array(given.alike()).reshape(given.ALIKE_SETTINGS, given.ALIKE_GROUPS, given.ALIKE_RECORDS)
    share = happened.mean(axis=2)
    error = np.sqrt(share * (1 - share) / given.ALIKE_RECORDS)
    found = mean_differences_from_mean(share, error, float(given.ALIKE_RECORDS), simulation=NOT_SIMULATED)
    reaching = int((found.interval.lower == 0).sum())
    return (
        f"mean difference, noise taken off: {found.corrected.mean():.3f} on average; "
        f"intervals reach 0 in {reaching} of {given.ALIKE_SETTINGS}"
    )


def fifth_of_ten() -> str:
    return f"fifth {quantiles(given.TENTHS, 5).quantile[-1]}"


def funnel() -> str:
    return f"line 500, limit {1_000 * float(proportion_limits(100, 0.5).upper):.0f}"


def limits(lower: float, upper: float, digits: int) -> str:
    return f"{lower:.{digits}f} to {upper:.{digits}f}"


def limits_of_ratio() -> str:
    found = rate_ratio(*given.RATIO).interval
    return limits(found.lower, found.upper, 2)


def exact_limits_of_ratio() -> str:
    """None of five in the first of two equal halves: from 1 - 0.025^(1/5) of all, as odds."""
    share = 1 - 0.025 ** (1 / 5)
    return limits(0, share / (1 - share), 2)


def exact_limits_of_none() -> str:
    found = exact_interval(0) * (1 / 100)
    return limits(found.lower, found.upper, 3)


def limits_of_proportion() -> str:
    found = proportion(0, 10).interval
    return limits(found.lower, found.upper, 3)


CASES = (
    Case(
        "rate without events",
        "rates of three groups, one without events",
        "PHStatsMethods, `ph_rate`",
        lambda: rates(given.NONE_IN_ONE, given.PEOPLE),
        lambda: f"0.0 (0.0 to {-log(0.025) / 2_000 * 100_000:.1f})",
    ),
    Case(
        "rate without people",
        "rates of three groups, one without people",
        "PHStatsMethods, `ph_rate`",
        lambda: rates([12, 0, 30], given.NOBODY_IN_ONE),
        lambda: "none there, and two others",
    ),
    Case(
        "rate without a name",
        "rates of three groups, one without a name (ethnicity not known)",
        "PHStatsMethods, `ph_rate`",
        lambda: f"{len(crude_rates(given.EVENTS, given.PEOPLE))} of 3 rows come back",
        lambda: "3 of 3 rows",
    ),
    Case(
        "standardised, nobody old",
        "standardised rates of two groups, one with nobody old",
        "PHStatsMethods, `ph_dsr`",
        lambda: standardised(given.NO_OLD_EVENTS, given.NOBODY_OLD),
        lambda: f"{rate_of_standard(slice(2))} for the ages it has",
    ),
    Case(
        "standardised, no row for the old",
        "the same, the row of the old missing from the table",
        "PHStatsMethods, `ph_dsr`",
        lambda: standardised([*given.SECOND_EVENTS[:2], nan], [*given.SECOND_PEOPLE[:2], nan]),
        lambda: f"cannot be known; {rate_of_standard(slice(3))} with the row",
    ),
    Case(
        "standardised, events of the old not known",
        "the same, the events of the old not known",
        "PHStatsMethods, `ph_dsr`",
        lambda: standardised(given.OLD_NOT_KNOWN, given.SECOND_PEOPLE),
        lambda: f"cannot be known; {rate_of_standard(slice(3))} with the 14 that there were",
    ),
    Case(
        "standardised ratio without events",
        "indirectly standardised ratios of two groups, one without events",
        "PHStatsMethods, `ph_ISRatio`",
        ratio_without_events,
        lambda: f"0.00 (0.00 to {-log(0.025) / sum(given.SECOND_EVENTS):.2f})",
    ),
    Case(
        "quantile of text",
        "the fifth of 10 among 1 to 10, the numbers read as text",
        "PHStatsMethods, `ph_quantile`",
        fifth_of_ten,
        lambda: "fifth 5",
    ),
    Case(
        "funnel per 1,000",
        "a funnel of proportions per 1,000: line and upper limit at 100 people",
        "PHStatsMethods, `calculate_funnel_limits`",
        funnel,
        lambda: f"line 500, limit {500 + 1_000 * Z * sqrt(0.25 / 100):.0f}",
    ),
    Case(
        "ratio of none to some",
        "the ratio of two rates, 0 of 100 to 5 of 100",
        "statsmodels, `confint_poisson_2indep`, its default",
        limits_of_ratio,
        lambda: f"{exact_limits_of_ratio()} (exact)",
    ),
    Case(
        "mid-p without events",
        "a rate of 0 events in 100, mid-p",
        "statsmodels, `confint_poisson`, `midp-c`",
        lambda: f"{exact_limits_of_none()} (exact)",
        lambda: f"{limits(0, -log(0.05) / 100, 3)} (mid-p)",
    ),
    Case(
        "proportion without events",
        "a proportion of 0 of 10",
        "statsmodels, `proportion_confint`, its default",
        limits_of_proportion,
        lambda: f"{limits(0, 1 - 0.025 ** (1 / 10), 3)} (exact)",
    ),
    Case(
        "shares, an outcome missing",
        "shares of three groups, one outcome of C not known",
        "fairlearn, `MetricFrame`",
        shares_with_missing_outcome,
        lambda: "C between 0.50 and 1.00",
    ),
    Case(
        "records, a group missing",
        "six records, one without a group",
        "aequitas, `get_crosstabs`",
        records_in_groups,
        lambda: "6 of 6 accounted for",
    ),
    Case(
        "groups that do not differ",
        "how far 16 groups of 200 records differ that do not, by chance in each record of 0.1",
        "fairlearn, `difference()` and its bootstrap",
        groups_alike,
        lambda: "0.000; intervals reach 0 in 95 of 100",
    ),
)


def ask() -> None:
    """Ask the peers, in their environment, and record their answers."""
    sys.path.insert(0, str(HERE.parents[2] / "bench"))
    from peers import PYTHON, make_environment

    make_environment()
    command = [str(PYTHON), str(HERE / "peers_answers.py")]
    RECORD.write_bytes(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def table() -> list[str]:
    """The lines of the table."""
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    lines = ["| asked | peer | its answer | Evenhand | right |", "|---|---|---|---|---|"]
    for case in CASES:
        name, _, function = case.peer.partition(",")
        peer = f"{name} {record['versions'][name]},{function}"
        cells = [case.asked, peer, record["answers"][case.key], case.ours(), case.right()]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def main(arguments: Sequence[str]) -> None:
    """Ask if told to, and print the table."""
    if "--ask" in arguments:
        ask()
    sys.stdout.write("\n".join(table()) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
