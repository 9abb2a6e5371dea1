"""Rows laid out by their labels: in any order, with gaps, and never two in one place."""

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats import grids
from evenhand.stats.grids import Side, by_age, joined, laid_out, ranked
from evenhand.stats.tables import Table


def labelled(*labels):
    return Table({"x": labels}).labels("x")


def grid_of(columns, sides, roles, words=()):
    table = Table(columns)
    return laid_out(
        table,
        {role: table.numbers(role) for role in roles},
        [Side(side, table.labels(side)) for side in sides],
        {role: table.labels(role) for role in words},
    )


COLUMNS = {
    "area": ["York", "Leeds", "Leeds"],
    "age": ["old", "young", "old"],
    "events": ["3", "*", "5"],
}


def test_rows_come_to_their_places_whatever_their_order():
    grid = grid_of(COLUMNS, ["area", "age"], ["events"])
    assert (grid.names(0), grid.names(1)) == (("Leeds", "York"), ("old", "young"))
    np.testing.assert_equal(grid.numbers["events"], [[5, np.nan], [3, np.nan]])
    assert grid.hidden.tolist() == [[False, True], [False, False]]
    assert grid.row.tolist() == [[2, 1], [0, -1]]
    assert grid.there.tolist() == [[True, True], [True, False]]
    assert grid.incomplete.tolist() == [[False, True], [False, True]]


def test_a_group_without_a_row_has_nobody_and_a_missing_number_stays_missing():
    grid = grid_of(COLUMNS, ["area", "age"], ["events"])
    np.testing.assert_equal(grid.counts("events"), [[5, np.nan], [3, 0]])


def test_a_stratum_without_a_row_of_a_group_that_is_there_is_not_known():
    columns = {"area": ["a", "a", "b"], "group": ["g", "g", "h"], "age": ["1", "2", "1"], "events": [4, 5, 6]}
    grid = grid_of(columns, ["area", "group", "age"], ["events"])
    np.testing.assert_equal(grid.counts("events"), [[[4, 5], [0, 0]], [[0, 0], [6, np.nan]]])


def test_two_rows_for_one_place_are_refused_with_both_named():
    columns = {name: [*cells, cells[0]] for name, cells in COLUMNS.items()}
    with pytest.raises(InputRefused, match="table: rows 1 and 4 have the same area, age; one row for each is right"):
        grid_of(columns, ["area", "age"], ["events"])


def test_far_more_places_than_rows_are_refused(monkeypatch):
    monkeypatch.setattr(grids, "MOST_PLACES", 3)
    with pytest.raises(InputRefused, match="found 3 rows for an array of 2 × 2; labels that many rows share"):
        grid_of(COLUMNS, ["area", "age"], ["events"])


def test_one_number_for_all_groups_is_found_though_some_rows_lack_it():
    columns = {"area": ["a", "a", "b", "b"], "age": ["1", "2", "1", "2"], "standard": [5, "", "", 7]}
    grid = grid_of(columns, ["area", "age"], ["standard"])
    assert grid.the_same_for_all("standard", side=1).tolist() == [5, 7]


def test_different_numbers_where_one_is_right_are_refused():
    columns = {"area": ["a", "b"], "age": ["1", "1"], "standard": [5, 6]}
    grid = grid_of(columns, ["area", "age"], ["standard"])
    with pytest.raises(InputRefused, match="standard: found different numbers in the rows of age '1'; the same in all"):
        grid.the_same_for_all("standard", side=1)
    columns = {"age": ["1", "1"], "times": ["1", "2"], "standard": [5, 6]}
    table = Table(columns)
    sides = [Side("", joined([], 2)), *(Side(name, table.labels(name)) for name in ("age", "times"))]
    grid = laid_out(table, {"standard": table.numbers("standard")}, sides, {})
    with pytest.raises(InputRefused, match="in the rows of age '1'; the same in all"):
        grid.the_same("standard", sides=(0, 1))


def test_a_place_without_the_number_that_all_share_is_refused_unless_it_may_lack_it():
    columns = {"area": ["a", "a"], "age": ["1", "2"], "standard": [5, ""]}
    grid = grid_of(columns, ["area", "age"], ["standard"])
    with pytest.raises(
        InputRefused, match="standard: found no number for age '2'; one number, the same in all its rows"
    ):
        grid.the_same_for_all("standard", side=1)
    np.testing.assert_equal(grid.the_same_for_all("standard", side=1, required=False), [5, np.nan])


def test_words_are_kept_beside_their_numbers():
    columns = {"area": ["a", "a"], "group": ["g", "h"], "larger": ["Z", "B"], "value": [1, 2]}
    grid = grid_of(columns, ["area", "group"], ["value"], ["larger"])
    assert [grid.words["larger"][int(code)] for code in grid.numbers["larger"][0]] == ["Z", "B"]


def test_columns_are_joined_to_the_combinations_that_occur():
    both = joined([labelled("b", "a", "b"), labelled("1", "2", "1")], 3)
    assert both.names == ("a, 2", "b, 1")
    assert both.codes.tolist() == [1, 0, 1]
    assert joined([], 2).names == ("",)


def test_ten_comes_after_two_and_an_order_that_was_given_holds():
    assert ranked(labelled("10", "2", "1"), ()).names == ("1", "2", "10")
    low_first = ranked(labelled("high", "low"), ("low", "middle", "high"))
    assert low_first.names == ("low", "middle", "high")
    assert [low_first.names[code] for code in low_first.codes] == ["high", "low"]
    with pytest.raises(InputRefused, match="their order has to be given"):
        ranked(labelled("high", "low"), ())


def test_ages_come_in_order_and_say_where_they_begin():
    assert by_age(labelled("90+", "5-9", "0", "10–14", "100")).names == ("0", "5-9", "10–14", "90+", "100")
    with pytest.raises(InputRefused, match="stratum: found a label that does not begin with an age"):
        by_age(labelled("all"))


def test_a_figure_lacks_a_hidden_number_of_its_own_or_one_of_the_others():
    columns = {
        "area": ["a", "a", "a", "b", "b"],
        "group": ["x", "y", "z", "x", "y"],
        "events": ["*", "", "1", "", "2"],
    }
    grid = grid_of(columns, ["area", "group"], ["events"])
    assert grid.needs_hidden(2).tolist() == [[True, False, True], [False, False, False]]
    assert grid.needs_hidden(1).tolist() == [True, False]


def test_the_first_row_of_a_place_is_the_first_of_all_beneath_it():
    grid = grid_of(COLUMNS, ["area", "age"], ["events"])
    assert grid.first_rows(2).tolist() == [[2, 1], [0, -1]]
    assert grid.first_rows(1).tolist() == [1, 0]
