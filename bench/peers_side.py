"""What runs in the peers' environment: one peer's function on arrays from a folder, timed; nothing of Evenhand.

    .venv-peers/bin/python bench/peers_side.py

Started by ``peers.py``, which sends one request a line and reads one answer a line, both JSON:

    {"task": "ph_dsr", "folder": "/…"}   →   {"seconds": 8.1}   or   {"refused": "ValueError: …"}
    {"task": "versions"}                 →   {"PHStatsMethods": "0.1.16", …}

The folder holds the inputs as ``.npy`` files and is given the results as ``result_*.npy``. Only the peer's own work is
timed: a table is built from the arrays beforehand, once a folder, and the results are taken out of it afterwards.
"""

import json
import os
import sys
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

PEERS = ("PHStatsMethods", "fairlearn", "aequitas", "statsmodels", "pandas", "numpy")

Arrays = dict[str, np.ndarray]
Work = tuple[Callable[[], Any], Callable[[Any], Arrays]]
"""The work that is timed, and how its results are taken out."""


def ph_dsr(arrays: Arrays) -> Work:
    """Directly standardised rates of groups × strata."""
    import pandas as pd
    from PHStatsMethods import ph_dsr as dsr

    groups, strata = arrays["events"].shape
    table = pd.DataFrame(
        {
            "group": np.repeat(np.arange(groups), strata),
            "events": arrays["events"].ravel(),
            "population": arrays["population"].ravel(),
            "standard": np.tile(arrays["standard"], groups),
        }
    )
    return (
        lambda: dsr(table, "events", "population", "standard", "group", euro_standard_pops=False),
        lambda found: limits(found.sort_values("group")),
    )


def ph_rate(arrays: Arrays) -> Work:
    """Crude rates, a row a group."""
    from PHStatsMethods import ph_rate as rate

    table = rows(arrays)
    return lambda: rate(table, "events", "population"), limits


def ph_proportion(arrays: Arrays) -> Work:
    """Proportions, a row a group."""
    from PHStatsMethods import ph_proportion as proportion

    table = rows(arrays)
    return lambda: proportion(table, "events", "population"), limits


def statsmodels_wilson(arrays: Arrays) -> Work:
    """Proportions of arrays."""
    from statsmodels.stats.proportion import proportion_confint

    x, n = arrays["events"], arrays["population"]
    return (
        lambda: (x / n, *proportion_confint(x, n, method="wilson")),
        lambda found: dict(zip(("value", "lower", "upper"), found, strict=True)),
    )


def statsmodels_exact_rates(arrays: Arrays) -> Work:
    """Rates of arrays, Garwood's limits, per 100,000."""
    from statsmodels.stats.rates import confint_poisson

    x, n = arrays["events"], arrays["population"] / 100_000
    return (
        lambda: (x / n, *confint_poisson(x, n, method="exact-c")),
        lambda found: dict(zip(("value", "lower", "upper"), found, strict=True)),
    )


def fairlearn_frame(arrays: Arrays) -> Work:
    """The share of each group in whose records it happened. No interval."""
    from fairlearn.metrics import MetricFrame, selection_rate

    happened = arrays["happened"].astype(np.int64)
    groups = arrays["codes"]

    def frame() -> Any:
        return MetricFrame(metrics=selection_rate, y_true=happened, y_pred=happened, sensitive_features=groups).by_group

    return frame, lambda found: {"value": found.to_numpy(np.float64)}


def aequitas_crosstabs(arrays: Arrays) -> Work:
    """The same from its cross-tabulation, which works out its other shares too. No interval."""
    import pandas as pd
    from aequitas.group import Group

    happened = arrays["happened"].astype(np.int64)
    labels = np.array([f"{code:03}" for code in range(int(arrays["codes"].max()) + 1)], dtype=object)
    table = pd.DataFrame({"score": happened, "label_value": happened, "group": labels[arrays["codes"]]})

    def crosstabs() -> Any:
        return Group().get_crosstabs(table, attr_cols=["group"])[0]

    return crosstabs, lambda found: {"value": found.sort_values("attribute_value")["pprev"].to_numpy(np.float64)}


def pandas_groups(arrays: Arrays) -> Work:
    """pandas counts, statsmodels gives the intervals: what an analyst would write."""
    import pandas as pd
    from statsmodels.stats.proportion import proportion_confint

    groups = arrays["labels"].astype(object) if "labels" in arrays else arrays["codes"]
    table = pd.DataFrame({"group": groups, "happened": arrays["happened"]})

    def counted() -> Any:
        counts = table.groupby("group")["happened"].agg(["sum", "count"])
        x, n = counts["sum"].to_numpy(), counts["count"].to_numpy()
        return (x / n, *proportion_confint(x, n, method="wilson"))

    return counted, lambda found: dict(zip(("value", "lower", "upper"), found, strict=True))


TASKS: dict[str, Callable[[Arrays], Work]] = {
    task.__name__: task
    for task in (
        ph_dsr,
        ph_rate,
        ph_proportion,
        statsmodels_wilson,
        statsmodels_exact_rates,
        fairlearn_frame,
        aequitas_crosstabs,
        pandas_groups,
    )
}


def rows(arrays: Arrays) -> Any:
    """A table of events and population."""
    import pandas as pd

    return pd.DataFrame({"events": arrays["events"], "population": arrays["population"]})


def limits(table: Any) -> Arrays:
    """Value and limits as PHStatsMethods names them."""
    columns = {"value": "Value", "lower": "lower_95_ci", "upper": "upper_95_ci"}
    return {name: table[column].to_numpy(np.float64) for name, column in columns.items()}


def answer(request: dict[str, str], prepared: dict[tuple[str, str], Work]) -> dict[str, Any]:
    """Run one request; a refusal by the peer is an answer too."""
    if request["task"] == "versions":
        return {peer: version(peer) for peer in PEERS}
    folder, key = Path(request["folder"]), (request["task"], request["folder"])
    try:
        if key not in prepared:
            inputs = {path.stem: np.load(path) for path in folder.glob("[!r]*.npy")}
            prepared[key] = TASKS[request["task"]](inputs)
        work, take_out = prepared[key]
        start = perf_counter()
        found = work()
        seconds = perf_counter() - start
    except Exception as error:
        return {"refused": f"{type(error).__name__}: {error}"}
    for name, result in take_out(found).items():
        np.save(folder / f"result_{request['task']}_{name}.npy", result)
    return {"seconds": seconds}


def main() -> None:
    """Answer each line until there are no more. What a peer prints goes to the error stream."""
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr
    prepared: dict[tuple[str, str], Work] = {}
    for line in sys.stdin:
        answers.write(json.dumps(answer(json.loads(line), prepared)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
