"""The same methods on data frames: pandas and polars for real, and mappings of columns."""

import re
from datetime import date, datetime
from pathlib import Path

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest
from tests.unit.stats.methods.every_example import EXAMPLES
from tests.unit.stats.methods.example_tables import BY_FIFTH_VALUES, BY_GROUP

import evenhand
from evenhand.errors import InputRefused
from evenhand.stats.frames import analyse
from evenhand.stats.methods.run import HIDDEN, run_on_table
from evenhand.stats.statuses import Status
from evenhand.stats.tables import Table

pytestmark = pytest.mark.slow

MAKERS = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "mapping": dict}


def as_lists(frame):
    """Any kind of frame as lists, with None for what is missing."""
    if isinstance(frame, pd.DataFrame):
        return {name: [None if pd.isna(cell) else cell for cell in frame[name]] for name in frame}
    if isinstance(frame, pl.DataFrame):
        return frame.to_dict(as_series=False)
    return {name: [None if cell in ("", None) or cell != cell else cell for cell in frame[name]] for name in frame}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_method_gives_on_a_frame_what_it_gives_on_a_table(name, make):
    for example in EXAMPLES[name]:
        plain = run_on_table(name, Table(example.columns), {}, by=example.by, options=example.options)
        expected = {column: [example.columns[column][row] for row in rows] for column, rows in plain.labels.items()}
        expected |= dict(plain.figures)
        frame = make(dict(example.columns))
        found = analyse(frame, name, by=example.by, **example.options)
        assert type(found) is type(frame)
        assert as_lists(found) == as_lists(expected)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_missing_and_hidden_numbers_are_told_apart_in_columns_of_text(make):
    found = analyse(
        make({"group": ["a", "b", "c", "d"], "events": ["3", None, "*", "0"], "population": [10, 20, 30, 40]}), "rate"
    )
    assert as_lists(found)["status"] == ["given", Status.MISSING_INPUT.words, HIDDEN, "given"]
    assert as_lists(found)["value"] == [30_000, None, None, 0]


@pytest.mark.parametrize(
    "events",
    [
        pd.Series([3, None, 0], dtype="Int64"),
        pd.Series([3, None, 0], dtype="Float64"),
        pd.Series([3, np.nan, 0]),
        pd.Series([3, pd.NA, 0], dtype=object),
        pd.Series(["3", None, "0"]),
        pl.Series([3, None, 0], dtype=pl.Int16),
        pl.Series([3, None, 0], dtype=pl.Decimal(10, 2)),
        pl.Series([3.0, float("nan"), 0.0]),
        pl.Series(["3", None, "0"], dtype=pl.Categorical),
        [3, None, 0],
        np.array([3, np.nan, 0]),
    ],
    ids=lambda column: f"{type(column).__module__} {getattr(column, 'dtype', '')}",
)
def test_what_each_library_calls_missing_is_missing(events):
    found = analyse({"events": events, "population": [10, 10, 10]}, "rate", per=10)
    assert found["value"][[0, 2]].tolist() == [3, 0]
    assert np.isnan(found["value"][1])


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_results_have_proper_types(make):
    found = nw.from_native(
        analyse(make(BY_GROUP), "rate-gap", by=["area"], reference="all others", shrunken=True), eager_only=True
    )
    schema = found.schema
    assert {schema[name] for name in ("value", "lower", "upper", "confidence", "raw")} == {nw.Float64()}
    assert {schema[name] for name in ("area", "group", "result", "unit", "status")} == {nw.String()}
    assert schema["rank"] == (nw.Int64() if make is pl.DataFrame else nw.Float64())
    assert found["rank"].null_count() == 24
    drawn = nw.from_native(analyse(make(BY_GROUP), "rate-inequality", by=["area"], draws=10), eager_only=True)
    assert drawn.schema["groups"] == (nw.Int64() if make is pl.DataFrame else nw.Float64())
    assert drawn["seed"].to_list()[0] == 20_211_007


ORDERED = {
    "pandas": lambda labels, order: pd.DataFrame(
        {**BY_FIFTH_VALUES, "group": pd.Categorical(labels, categories=order, ordered=True)}
    ),
    "polars": lambda labels, order: pl.DataFrame({**BY_FIFTH_VALUES, "group": pl.Series(labels, dtype=pl.Enum(order))}),
}


@pytest.mark.parametrize("make", ORDERED.values(), ids=ORDERED)
def test_ordered_categories_give_the_order_of_ranked_groups(make):
    words = dict(zip(["1", "2", "3", "4", "10"], ["lowest", "low", "middle", "high", "highest"], strict=True))
    labels = [words[label] for label in BY_FIFTH_VALUES["group"]]
    order = ["none at all", *words.values()]
    typed = analyse(make(labels, order), "slope-index", by=["area"])
    plain = analyse(pd.DataFrame(BY_FIFTH_VALUES), "slope-index", by=["area"])
    assert as_lists(typed)["value"] == as_lists(plain)["value"]
    turned = analyse(make(labels, order), "slope-index", by=["area"], order=list(words.values())[::-1])
    assert as_lists(turned)["value"][:2] == pytest.approx([-value for value in as_lists(plain)["value"][:2]])


def test_categories_without_an_order_give_none():
    words = pd.Categorical(["b", "a", "b", "a", "c"] * 2)
    with pytest.raises(InputRefused, match="their order has to be given"):
        analyse(pd.DataFrame({**BY_FIFTH_VALUES, "group": words, "area": range(10)}), "slope-index", by=["area"])


def test_an_order_of_numbers_and_one_column_for_by_are_taken_as_they_are_meant():
    frame = pd.DataFrame({**BY_FIFTH_VALUES, "group": [1, 2, 3, 4, 10] * 2})
    turned = analyse(frame, "slope-index", by="area", order=[10, 4, 3, 2, 1])
    assert as_lists(turned)["value"][0] == pytest.approx(
        -as_lists(analyse(frame, "slope-index", by="area"))["value"][0]
    )


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
@pytest.mark.parametrize("kind", [date, datetime])
def test_dates_are_periods_in_order_and_come_back_as_dates(make, kind):
    days = [kind(2024, month, 1) for month in (3, 1, 2)]
    found = analyse(make({"period": days, "value": [3, 1, 2]}), "xmr", minimum_points=2)
    lists = as_lists(found)
    assert lists["value"] == [1, 2, 3]
    assert [day.month for day in lists["period"]] == [1, 2, 3]
    assert isinstance(lists["period"][0], kind)


def test_labels_keep_their_type_and_the_index_of_the_caller_is_no_matter():
    frame = pd.DataFrame(
        {"code": [7, 8], "group": pd.Categorical(["x", "y"]), "events": [1, 2], "population": [9, 9]}, index=[5, 5]
    )
    found = analyse(frame, "rate", by=["code", "group"])
    assert found["code"].tolist() == [7, 8]
    assert found["code"].dtype == frame["code"].dtype
    assert found["group"].dtype == frame["group"].dtype
    assert found.index.tolist() == [0, 1]


def test_a_mapping_may_hold_columns_of_any_kind():
    found = analyse(
        {
            "name": pd.Series(["a", "b"], index=[3, 1]),
            "day": np.array([1, 2]),
            "events": pl.Series([1, 2]),
            "population": (10, 20),
        },
        "rate",
        per=10,
    )
    assert isinstance(found["name"], pd.Series)
    assert found["name"].tolist() == ["a", "b"]
    assert found["day"].tolist() == [1, 2]
    assert found["value"].tolist() == [1, 1]


def test_what_a_reader_must_know_is_said_to_who_listens():
    heard = []
    frame = pd.DataFrame({"period": range(3), "value": [1, 2, 3]})
    analyse(frame, "xmr", say=heard.append)
    assert heard[-1] == "3 points set the limits, and 15 are needed: no limits yet."


@pytest.mark.parametrize("frame", [pl.DataFrame({"a": [1]}).lazy(), [1, 2], None])
def test_what_is_no_frame_is_refused(frame):
    with pytest.raises(InputRefused, match=f"frame: found {type(frame).__name__}; a pandas or polars data frame"):
        analyse(frame, "rate")


@pytest.mark.parametrize("column", [5, "12", {1: 2}, np.ones((2, 2)), np.array(3)], ids=str)
def test_what_is_no_column_is_refused(column):
    with pytest.raises(InputRefused, match=f"column 'events': found {type(column).__name__}; a list of cells is right"):
        analyse({"events": column, "population": [5]}, "rate")


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(InputRefused, match="frame: found two columns of one name; each name once is right"):
        analyse(pd.DataFrame([[1, 2]], columns=["events", "events"]), "rate")


def test_names_of_columns_may_be_numbers():
    frame = pd.DataFrame({0: [1], 1: [10], 2: ["a"]})
    found = analyse(frame, "rate", columns={"events": 0, "population": 1}, per=10)
    assert found["value"].tolist() == [1]
    assert found[2].tolist() == ["a"]
    with pytest.raises(InputRefused, match=r"found none for 'events' .*, with one of 0, 1, 2"):
        analyse(frame, "rate")
    with pytest.raises(InputRefused, match="column: found no 3 in the table; it has 0, 1, 2"):
        analyse(frame, "rate", columns={"events": 3})


def test_days_are_those_of_the_clock_of_the_place():
    summer = pd.to_datetime(["2024-06-01", "2024-06-04"]).tz_localize("Europe/London")
    found = analyse(pd.DataFrame({"date": summer}), "t")
    assert found["value"].tolist() == [3]
    assert found["date"].tolist() == [summer[1]]
    lists = analyse({"period": pl.Series([*summer]), "value": [1, 2]}, "xmr", minimum_points=2, ghosted="2024-06-01")
    assert lists["value"].tolist() == [1, 2]


def test_nothing_else_of_the_package_imports_narwhals_nor_any_library_of_frames():
    importing = {
        path.name
        for path in Path(evenhand.__file__).parent.rglob("*.py")
        if re.search(r"^\s*(import|from) (narwhals|pandas|polars)\b", path.read_text("utf-8"), re.MULTILINE)
    }
    assert importing == {"frames.py"}


def test_a_row_without_a_label_is_refused_in_a_frame_too():
    for frame in (pd.DataFrame({"group": ["a", None]}), pl.DataFrame({"group": ["a", None]})):
        with pytest.raises(InputRefused, match="column 'group': row 2 is without a label"):
            analyse(
                frame.assign(events=1, population=2)
                if isinstance(frame, pd.DataFrame)
                else frame.with_columns(events=1, population=2),
                "rate-gap",
                reference="a",
            )
