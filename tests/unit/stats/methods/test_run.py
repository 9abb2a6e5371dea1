"""Every method gives through a table what its functions give; every function that takes arrays is behind a method."""

import importlib
import inspect
import pkgutil
import sys
from typing import Any

import numpy as np
import pytest
from numpy.typing import ArrayLike
from tests.unit.stats.methods.every_example import EXAMPLES
from tests.unit.stats.methods.example_tables import STATUS_WORDS, Example

from evenhand import stats
from evenhand.stats.methods import METHODS
from evenhand.stats.methods.run import ResultTable, run_on_table
from evenhand.stats.tables import Table

CASES = [
    pytest.param(name, example, id=f"{name}-{number}")
    for name, examples in EXAMPLES.items()
    for number, example in enumerate(examples)
]


def answered(name: str, example: Example) -> ResultTable:
    return run_on_table(name, Table(example.columns), {}, by=example.by, options=example.options)


def test_every_method_has_an_example():
    assert set(EXAMPLES) == set(METHODS)


@pytest.mark.parametrize(("name", "example"), CASES)
def test_the_answer_through_a_table_is_that_of_the_functions(name, example):
    figures = answered(name, example).figures
    expected = example.expected()
    assert list(dict.fromkeys(figures["result"].tolist())) == list(expected)
    for result, columns in expected.items():
        rows = figures["result"] == result
        for column, numbers in columns.items():
            found = figures[column][rows]
            if column == "status":
                assert found.tolist() == [STATUS_WORDS[code] for code in np.ravel(numbers).tolist()]
            else:
                np.testing.assert_allclose(
                    found.astype(float), np.ravel(numbers), rtol=1e-9, err_msg=f"{result} {column}"
                )


BY_ITSELF = "gives by itself what inequality gives beside others"
ONE = "one group or place; its twin for many is there"
NOT_BEHIND_A_METHOD = {
    "dispersion.between_group_standard_deviations": BY_ITSELF,
    "dispersion.between_group_variances": BY_ITSELF,
    "dispersion.coefficients_of_variation": BY_ITSELF,
    "dispersion.indices_of_disparity": BY_ITSELF,
    "dispersion.mean_differences_from_best": BY_ITSELF,
    "dispersion.mean_differences_from_mean": BY_ITSELF,
    "dispersion.mean_differences_from_reference": BY_ITSELF,
    "entropy.mean_log_deviations": BY_ITSELF,
    "entropy.theil_indices": BY_ITSELF,
    "entropy.mean_log_deviation_standard_errors": "no base for an interval; inequality gives limits that hold",
    "entropy.theil_standard_errors": "no base for an interval; inequality gives limits that hold",
    "logit_normal.logit_normal_moments": "makes values with standard errors, for methods that take them",
    "rates.exact_intervals": "the limits of bare counts; rate gives them with its exact option",
    "records.group_proportions": "counts records, and a table here holds counts",
    "repeated_events.rate_of_repeated_events": ONE,
    "selection.expected_events": "makes the expected events that rate and standardised-rate take as a column",
    "simulation.bootstrap_percentiles": "is there to show that it does not hold",
    "standardisation.directly_standardised_rate": ONE,
}


def functions_of_arrays() -> dict[str, Any]:
    """Every public function of the package that takes arrays, under its name."""
    found = {}
    for module in pkgutil.iter_modules(stats.__path__, "evenhand.stats."):
        if module.ispkg:
            continue
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            takes = [parameter.annotation for parameter in inspect.signature(function).parameters.values()]
            if function.__module__ == module.name and not name.startswith("_") and ArrayLike in takes:
                found[f"{module.name.rpartition('.')[2]}.{name}"] = function
    return found


def test_every_function_of_arrays_is_behind_a_method_or_it_is_said_why_not():
    called = set()

    def note(frame: Any, event: str, _: Any) -> None:
        if event == "call":
            called.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        for name, examples in EXAMPLES.items():
            for example in examples:
                answered(name, example)
    finally:
        sys.setprofile(before)
    functions = functions_of_arrays()
    assert len(functions) > 80
    not_called = {name for name, function in functions.items() if function.__code__ not in called}
    assert not_called == set(NOT_BEHIND_A_METHOD)
