"""What the peers on PyPI answer to the small tables: run in their environment, writes JSON.

    .venv-peers/bin/python docs/explanation/simulations/peers_answers.py

Started by ``peers_on_pypi.py``. An answer is what the peer returned, in words and numbers, or the error it raised.
"""

import json
import os
import sys
import warnings
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd
import small_inputs as given
from aequitas.group import Group
from fairlearn.metrics import MetricFrame, selection_rate
from PHStatsMethods import calculate_funnel_limits, ph_dsr, ph_ISRatio, ph_quantile, ph_rate
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson, confint_poisson_2indep

PEERS = ("PHStatsMethods", "statsmodels", "fairlearn", "aequitas")


def rates(events: list[float], people: list[float], names: list[str | None]) -> Any:
    """ph_rate of a table of groups."""
    return ph_rate(pd.DataFrame({"group": names, "x": events, "n": people}), "x", "n", "group")


def of_second(events: list[float], people: list[float], ages: int = 3) -> str:
    """ph_dsr of two groups, and its answer for the second."""
    frame = pd.DataFrame(
        {
            "group": ["first"] * 3 + ["second"] * ages,
            "x": given.FIRST_EVENTS + events[:ages],
            "n": given.FIRST_PEOPLE + people[:ages],
            "w": given.STANDARD + given.STANDARD[:ages],
        }
    )
    found = ph_dsr(frame, "x", "n", "w", "group", euro_standard_pops=False).set_index("group").loc["second"]
    return interval(found["Value"], found["lower_95_ci"], found["upper_95_ci"])


def ratio_without_events() -> str:
    """ph_ISRatio of two groups, the second without events, at the rates of SECOND."""
    frame = pd.DataFrame(
        {
            "group": ["first"] * 3 + ["second"] * 3,
            "x": given.FIRST_EVENTS + given.NO_EVENTS,
            "n": given.FIRST_PEOPLE + given.SECOND_PEOPLE,
            "x0": given.SECOND_EVENTS * 2,
            "n0": given.SECOND_PEOPLE * 2,
        }
    )
    return str(ph_ISRatio(frame, "x", "n", "x0", "n0", "group"))


def fifth_of_ten() -> str:
    """ph_quantile of numbers as text: the fifth of the largest."""
    found = ph_quantile(pd.DataFrame({"v": given.TENTHS}), "v", nquantiles=5, invert=False)
    return f"fifth {found.set_index('v').loc['10', 'quantile']:.0f}"


def funnel() -> str:
    """calculate_funnel_limits of proportions per 1,000: line and upper limit at 100 people."""
    frame = pd.DataFrame({"x": given.FUNNEL_EVENTS, "n": given.FUNNEL_PEOPLE})
    found = calculate_funnel_limits(frame, "x", "proportion", 1_000, "n")
    at = found.iloc[(found["Population"] - 100).abs().argmin()]
    return f"line {at['baseline']:.0f}, limit {at['upper_2s_limit']:.0f}"


def shares_with_missing_outcome() -> str:
    """MetricFrame where one outcome of group C is nan."""
    return by_group(
        MetricFrame(
            metrics=selection_rate,
            y_true=np.zeros(len(given.OUTCOME_MISSING)),
            y_pred=np.array(given.OUTCOME_MISSING),
            sensitive_features=np.array(given.GROUPS_OF_THOSE),
        ).by_group
    )


def by_group(shares: Any) -> str:
    return ", ".join(f"{name} {share:.2f}" for name, share in shares.items())


def records_in_groups() -> str:
    """get_crosstabs where one record has no group."""
    frame = pd.DataFrame({"score": given.HAPPENED, "label_value": given.HAPPENED, "group": given.GROUP_OF_RECORD})
    found = Group().get_crosstabs(frame, attr_cols=["group"])[0]
    return f"{found['group_size'].sum()} of {len(frame)} records in groups"


def largest_gap() -> str:
    """The difference of MetricFrame, the largest share less the smallest, over settings where no group differs."""
    groups = np.repeat([f"{number:02}" for number in range(given.ALIKE_GROUPS)], given.ALIKE_RECORDS)
    gaps, reaching = [], 0
    for number, outcomes in enumerate(given.alike()):
        happened = np.array(outcomes)
        with_interval = number < given.ALIKE_WITH_INTERVAL
        more = {"n_boot": 100, "ci_quantiles": [0.025, 0.975], "random_state": 1} if with_interval else {}
        frame = MetricFrame(metrics=selection_rate, y_true=happened, y_pred=happened, sensitive_features=groups, **more)
        gaps.append(frame.difference())
        reaching += with_interval and frame.difference_ci()[0] <= 0
    return f"{np.mean(gaps):.3f} on average; intervals reach 0 in {reaching} of {given.ALIKE_WITH_INTERVAL}"


def interval(value: float, lower: float, upper: float, digits: int = 1) -> str:
    return f"{value:,.{digits}f} ({lower:,.{digits}f} to {upper:,.{digits}f})"


def limits(found: tuple[Any, Any], digits: int) -> str:
    return f"{float(found[0]):.{digits}f} to {float(found[1]):.{digits}f}"


CASES: dict[str, Callable[[], str]] = {
    "rate without events": lambda: str(rates(given.NONE_IN_ONE, given.PEOPLE, given.NAMES)),
    "rate without people": lambda: str(rates(given.EVENTS, given.NOBODY_IN_ONE, given.NAMES)),
    "rate without a name": lambda: f"{len(rates(given.EVENTS, given.PEOPLE, given.NAMELESS))} of 3 rows come back",
    "standardised, nobody old": lambda: of_second(given.NO_OLD_EVENTS, given.NOBODY_OLD),
    "standardised, no row for the old": lambda: of_second(given.SECOND_EVENTS, given.SECOND_PEOPLE, ages=2),
    "standardised, events of the old not known": lambda: of_second(given.OLD_NOT_KNOWN, given.SECOND_PEOPLE),
    "standardised ratio without events": ratio_without_events,
    "quantile of text": fifth_of_ten,
    "funnel per 1,000": funnel,
    "ratio of none to some": lambda: limits(confint_poisson_2indep(*given.RATIO), 2),
    "mid-p without events": lambda: limits(confint_poisson(0, 100, method="midp-c"), 3),
    "proportion without events": lambda: limits(proportion_confint(0, 10), 3),
    "shares, an outcome missing": shares_with_missing_outcome,
    "records, a group missing": records_in_groups,
    "groups that do not differ": largest_gap,
}


def answer(case: Callable[[], str]) -> str:
    """What it returned, or what it raised."""
    try:
        return case()
    except Exception as error:
        return f"stops: {type(error).__name__}: {error}"


def main() -> None:
    """Write versions and answers; what a peer prints goes to the error stream."""
    warnings.simplefilter("ignore")
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr
    found = {"versions": {peer: version(peer) for peer in PEERS}, "answers": {n: answer(c) for n, c in CASES.items()}}
    out.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    out.flush()


if __name__ == "__main__":
    main()
