"""What must hold of every method run on a table, whatever stands in the table and in whatever order."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_grids import plain_grid
from tests.unit.stats.methods.every_example import EXAMPLES

from evenhand.stats.gaps import rate_gaps
from evenhand.stats.grids import Side, laid_out
from evenhand.stats.methods.run import run_on_table
from evenhand.stats.references import ALL_OTHERS
from evenhand.stats.standardisation import directly_standardised_rates
from evenhand.stats.tables import Table

pytestmark = pytest.mark.slow

SERIES = {"xmr", "p-prime", "p", "u-prime", "u", "t", "t-of-times", "g", "gap-series"}
IN_ORDER_OF_ROWS = sorted(set(EXAMPLES) - SERIES)
CASES = [
    pytest.param(name, number, id=f"{name}-{number}") for name, each in EXAMPLES.items() for number in range(len(each))
]


def shuffled(columns, order):
    return {name: [cells[row] for row in order] for name, cells in columns.items()}


def answered(name, example, columns):
    """The rows of the answer: what each is about, and its figures."""
    found = run_on_table(name, Table(columns), {}, by=example.by, options=example.options)
    labels = zip(*([columns[column][row] for row in rows] for column, rows in found.labels.items()), strict=True)
    figures = list(zip(*(column.tolist() for column in found.figures.values()), strict=True))
    return list(zip(list(labels) or [()] * len(figures), figures, strict=True)), found.notes


@pytest.mark.parametrize(("name", "number"), CASES)
@given(seed=st.integers(0, 2**32))
@examples(5)
def test_rows_in_another_order_give_the_same_rows_to_the_last_digit(name, number, seed):
    example = EXAMPLES[name][number]
    size = len(next(iter(example.columns.values())))
    order = random.Random(seed).sample(range(size), size)  # noqa: S311 (an order of rows is no secret)
    rows, notes = answered(name, example, example.columns)
    others, other_notes = answered(name, example, shuffled(example.columns, order))
    assert sorted(map(repr, others)) == sorted(map(repr, rows))
    assert other_notes == notes


@given(
    st.lists(st.sampled_from([0, 1, 5, 12, 300, "", "*"]), min_size=12, max_size=12),
    st.sets(st.integers(0, 11), min_size=1),
    st.randoms(use_true_random=False),
)
@examples(100)
def test_a_table_laid_out_is_a_dictionary_of_places(cells, kept, order):
    rows = order.sample(sorted(kept), len(kept))
    columns = {
        "area": [("b", "a", "c")[row // 4] for row in rows],
        "group": [(2, 10)[row // 2 % 2] for row in rows],
        "age": ["xy"[row % 2] for row in rows],
        "events": [cells[row] for row in rows],
    }
    table, sides = Table(columns), ("area", "group", "age")
    grid = laid_out(table, {"events": table.numbers("events")}, [Side(side, table.labels(side)) for side in sides], {})
    plain = plain_grid(columns, sides, "events")
    np.testing.assert_array_equal(grid.numbers["events"].ravel(), list(plain.values()))
    assert grid.there.sum() == len(rows)
    for row, place in enumerate(rows):
        at = tuple(side.labels.codes[row] for side in grid.sides)
        assert grid.row[at] == row
        assert grid.hidden[at] == (cells[place] == "*")


HOLES = st.sampled_from([0, 0, 1, 2, 7, 30, 411, "", "*"])


@given(
    events=st.lists(HOLES, min_size=12, max_size=12),
    population=st.lists(st.sampled_from([500, 900, 1000, 2500, ""]), min_size=12, max_size=12),
    order=st.permutations(range(12)),
)
@examples(60)
def test_standardised_rates_and_gaps_of_tables_with_holes_are_those_of_the_functions(events, population, order):
    columns = {
        "group": [f"g{row // 3}" for row in range(12)],
        "stratum": [f"s{row % 3}" for row in range(12)],
        "events": events,
        "population": population,
        "standard": [10, 30, 60] * 4,
    }
    x, n = (
        np.array([np.nan if cell in ("", "*") else cell for cell in columns[name]], dtype=float).reshape(4, 3)
        for name in ("events", "population")
    )
    table = shuffled(columns, order)
    found = run_on_table("standardised-rate", Table(table), {}, by=["group"])
    place = [int(table["group"][row][1:]) for row in found.labels["group"]]
    direct = directly_standardised_rates(x, n, [10, 30, 60])
    for name, numbers in (("value", direct.value), ("lower", direct.interval.lower), ("upper", direct.interval.upper)):
        np.testing.assert_allclose(found.figures[name], numbers[place], rtol=1e-9)
    for at, status in zip(place, found.figures["status"].tolist(), strict=True):
        hidden = "*" in events[3 * at : 3 * at + 3]
        missing = np.isnan(x[at] + n[at]).any()
        assert status == (
            "a number that it needs is hidden"
            if hidden
            else "a number that it needs is missing"
            if missing
            else "given"
        )
    columns = {"setting": columns["group"], "group": columns["stratum"], "events": events, "population": population}
    table = shuffled(columns, order)
    found = run_on_table("rate-gap", Table(table), {}, by=["setting"], options={"reference": "all others"})
    gaps = rate_gaps(x, n, groups=["s0", "s1", "s2"], reference=ALL_OTHERS)
    for at, row in enumerate(found.labels["group"][12:24].tolist(), start=12):
        setting, group = int(table["setting"][row][1:]), int(table["group"][row][1:])
        np.testing.assert_allclose(found.figures["value"][at], gaps.ratio.value[setting, group], rtol=1e-9)
        np.testing.assert_allclose(found.figures["upper"][at], gaps.ratio.interval.upper[setting, group], rtol=1e-9)


@pytest.mark.parametrize("name", IN_ORDER_OF_ROWS)
def test_answers_come_in_the_order_of_the_rows(name):
    for example in EXAMPLES[name]:
        size = len(next(iter(example.columns.values())))
        columns = shuffled(example.columns, random.Random(3).sample(range(size), size))  # noqa: S311 (no secret)
        found = run_on_table(name, Table(columns), {}, by=example.by, options=example.options)
        rows_of_one_result = len(found.figures["result"]) // len(set(found.figures["result"].tolist()))
        for rows in found.labels.values():
            assert (np.diff(rows[:rows_of_one_result]) > 0).all()
