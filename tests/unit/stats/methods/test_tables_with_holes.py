"""Tables as they come: numbers missing or hidden, groups absent, names misspelt, and what the answer says of it."""

import numpy as np
import pytest
from tests.unit.stats.methods.example_tables import (
    BY_GROUP,
    BY_GROUP_AND_STRATUM,
    BY_MONTH_VALUES,
    BY_STRATUM,
    BY_TIMES,
)

from evenhand.errors import InputRefused
from evenhand.stats.methods.run import HIDDEN, run_on_table
from evenhand.stats.selection import ExpectedAtLeast
from evenhand.stats.standardisation import directly_standardised_rates
from evenhand.stats.statuses import Status
from evenhand.stats.tables import Table

MISSING = Status.MISSING_INPUT.words
GIVEN = Status.GIVEN.words


def run(name, columns, *, by=(), order=(), roles=None, **options):
    return run_on_table(name, Table(columns), roles or {}, by=by, order=order, options=options)


def statuses(found, result):
    return found.figures["status"][found.figures["result"] == result].tolist()


def changed(columns, name, **cells):
    """The columns with some cells of one replaced: ``row_3="*"``."""
    column = list(columns[name])
    for row, cell in cells.items():
        column[int(row.removeprefix("row_"))] = cell
    return {**columns, name: column}


def test_a_missing_and_a_hidden_number_are_told_apart_and_touch_no_other_row():
    columns = {"group": ["a", "b", "c", "d"], "events": ["3", "", "*", "0"], "population": ["10", "20", "30", "40"]}
    found = run("rate", columns)
    assert found.figures["status"].tolist() == [GIVEN, MISSING, HIDDEN, GIVEN]
    np.testing.assert_array_equal(np.isnan(found.figures["value"]), [False, True, True, False])
    assert found.figures["value"][3] == 0


def test_a_row_with_both_a_missing_and_a_hidden_number_lacks_a_hidden_one():
    found = run("rate", {"events": ["*", "NA"], "population": ["", "*"]})
    assert found.figures["status"].tolist() == [HIDDEN, HIDDEN]


def test_a_standardised_rate_that_lacks_a_stratum_is_missing_and_one_with_a_hidden_number_hidden():
    columns = changed(BY_STRATUM, "events", row_1="*", row_4="")
    found = run("standardised-rate", columns, by=["area"])
    assert found.figures["status"].tolist() == [HIDDEN, MISSING]
    without_a_row = {name: cells[:-1] for name, cells in BY_STRATUM.items()}
    assert run("standardised-rate", without_a_row, by=["area"]).figures["status"].tolist() == [GIVEN, MISSING]


def test_against_a_named_group_only_its_own_numbers_and_the_groups_are_needed():
    columns = changed(BY_GROUP, "events", row_1="*", row_4="*")
    found = run("rate-gap", columns, by=["area"], reference="White British")
    assert statuses(found, "ratio") == [GIVEN, HIDDEN, GIVEN, GIVEN] + [HIDDEN] * 4


def test_against_a_group_that_is_missing_no_hidden_number_of_another_is_to_blame():
    columns = changed(BY_GROUP, "events", row_0="", row_1="*", row_2="")
    found = run("rate-gap", columns, by=["area"], reference="White British")
    assert statuses(found, "ratio")[:4] == [MISSING, HIDDEN, MISSING, MISSING]


def test_against_all_others_each_needs_the_numbers_of_all_and_another_place_is_not_touched():
    columns = changed(BY_GROUP, "events", row_1="*")
    found = run("rate-gap", columns, by=["area"], reference="all others")
    assert statuses(found, "ratio") == [HIDDEN] * 4 + [GIVEN] * 4


def test_standardised_gaps_say_what_is_hidden_in_any_stratum():
    columns = changed(BY_GROUP_AND_STRATUM, "events", row_4="*")
    found = run("standardised-gap", columns, by=["area"], reference="White British")
    assert statuses(found, "difference") == [GIVEN, HIDDEN, GIVEN, GIVEN, GIVEN, GIVEN]


def test_a_group_that_a_place_does_not_have_is_nobody_there():
    columns = {name: [*cells[:3], *cells[4:]] for name, cells in BY_GROUP.items()}
    absent = run("rate-gap", columns, by=["area"], reference="all others")
    nobody = changed(changed(BY_GROUP, "events", row_3=0), "population", row_3=0)
    present = run("rate-gap", nobody, by=["area"], reference="all others")
    kept = np.arange(24) % 8 != 3
    np.testing.assert_allclose(absent.figures["value"], present.figures["value"][kept])
    assert statuses(present, "ratio")[3] == Status.NO_POPULATION.words


def test_a_setting_summed_up_lacks_what_any_of_its_groups_lacks():
    columns = changed(BY_GROUP, "events", row_1="*", row_5="NA")
    found = run("rate-inequality", columns, by=["area"], draws=0)
    assert statuses(found, "Theil index") == [HIDDEN, MISSING]
    assert "group" not in found.labels


def test_groups_without_events_are_noted_where_they_count_as_known_exactly():
    one = run("rate-inequality", changed(BY_GROUP, "events", row_1=0), by=["area"], draws=0)
    assert one.notes == ("1 group had no event and counts as known exactly, which makes intervals too narrow.",)
    two = run("rate-inequality", changed(BY_GROUP, "events", row_1=0, row_2=0), by=["area"], draws=0)
    assert two.notes[0].startswith("2 groups had no event and count as")
    assert run("rate-inequality", BY_GROUP, by=["area"], draws=0).notes == ()


def test_an_unknown_population_left_empty_is_one_in_which_everybody_has_a_group():
    empty = run("unknown-rate", changed(BY_GROUP, "population", row_3="", row_7=""), by=["area"])
    zero = run("unknown-rate", changed(BY_GROUP, "population", row_3=0, row_7=0), by=["area"])
    np.testing.assert_array_equal(empty.figures["highest"], zero.figures["highest"])
    assert set(empty.figures["status"]) == {GIVEN}
    hidden = run("unknown-rate", changed(BY_GROUP, "population", row_3="*"), by=["area"])
    assert set(statuses(hidden, "rate, the unknown shared out as the known")[:3]) == {HIDDEN}


def test_the_unknown_are_no_row_of_the_answer_nor_is_the_reference_against_itself():
    found = run("unknown-rate-gap", BY_GROUP, by=["area"], reference="White British")
    named = [BY_GROUP["group"][row] for row in found.labels["group"].tolist()]
    assert named == ["Black", "Asian"] * 4
    assert set(found.figures["sign"]) <= {
        "lower, whichever groups the unknown belong to",
        "higher, whichever groups the unknown belong to",
        "undecided: within what is not known it could be higher, lower or the same",
    }


def test_a_label_for_the_unknown_that_no_group_has_is_refused():
    with pytest.raises(
        InputRefused, match="unknown: found 'not stated'; one of Asian, Black, White British, unknown is"
    ):
        run("unknown-rate", BY_GROUP, by=["area"], unknown="not stated")


def test_rounded_gaps_say_why_there_is_no_limit():
    columns = {
        "group": ["a", "b", "c", "d", "e"],
        "smallest": [8, "*", 3, 0, ""],
        "largest": [12, 12, 7, 0, 7],
        "population": [100, 100, 90, 0, 80],
    }
    found = run("rounded-rate-gap", columns, reference="a")
    reasons = [HIDDEN, GIVEN, Status.NO_POPULATION.words, MISSING]
    assert statuses(found, "difference") == reasons
    columns["population"][0] = columns["smallest"][0] = columns["largest"][0] = 0
    found = run("rounded-rate-gap", columns, reference="a")
    assert statuses(found, "difference")[1] == Status.NOTHING_TO_COMPARE_WITH.words


def test_numbers_of_events_without_a_row_are_events_that_nobody_had():
    kept = [row for row in range(18) if row != 5]
    without = {name: [cells[row] for row in kept] for name, cells in BY_TIMES.items()}
    found = run("repeated-events-rate", without, by=["area"])
    zero = run("repeated-events-rate", changed(BY_TIMES, "people", row_5=0), by=["area"])
    np.testing.assert_array_equal(found.figures["value"], zero.figures["value"])
    with pytest.raises(InputRefused, match="times: found a label that is no number of events; whole numbers from 0"):
        run("repeated-events-rate", changed(BY_TIMES, "times", row_0="once"), by=["area"])


def test_selection_by_expected_events_takes_them_from_a_column():
    columns = {**BY_STRATUM, "expected": [10, 9, 8.5, 3, 4, 2]}
    found = run("standardised-rate", columns, by=["area"], shown_from_expected=20)
    x, n = (np.reshape(BY_STRATUM[name], (2, 3)) for name in ("events", "population"))
    direct = directly_standardised_rates(x, n, BY_STRATUM["standard"][:3], rule=ExpectedAtLeast(20), expected=[27.5, 9])
    np.testing.assert_allclose(found.figures["value"], direct.value)
    assert found.figures["status"].tolist() == [GIVEN, Status.TOO_FEW_EXPECTED.words]
    assert "shown from 20 expected events" in found.figures["method"][0]


def test_crude_rates_are_selected_too():
    columns = {"events": [5, 12], "population": [100, 200], "expected": [3, 30]}
    for option, reason in (
        ({"shown_from_events": 10}, Status.TOO_FEW_EVENTS),
        ({"shown_from_population": 150}, Status.TOO_SMALL_POPULATION),
        ({"shown_from_expected": 10}, Status.TOO_FEW_EXPECTED),
    ):
        assert run("rate", columns, **option).figures["status"].tolist() == [reason.words, GIVEN]
    with pytest.raises(InputRefused, match="found more than one; one rule is right"):
        run("rate", columns, shown_from_events=10, shown_from_population=10)


def test_a_month_that_one_series_lacks_is_a_gap_in_it_and_one_that_none_has_is_no_row():
    kept = [row for row in range(40) if row not in (5, 9, 29)]
    columns = {name: [cells[row] for row in kept] for name, cells in BY_MONTH_VALUES.items()}
    months = BY_MONTH_VALUES["period"][:20]
    found = run("xmr", columns, by=["area"])
    assert len(found.figures["status"]) == 38  # 19 months in two series; the tenth month is in neither
    gap = found.figures["status"].tolist().index(MISSING)
    assert columns["period"][found.labels["period"][gap]] == months[5]
    assert columns["area"][found.labels["area"][gap]] == "Leeds"
    assert "Leeds: 2 periods have no value." in found.notes
    assert "York: 1 period has no value." in found.notes


def test_series_of_events_have_no_gaps_where_another_series_has_an_event():
    columns = {"area": ["a", "a", "b", "b"], "period": ["1", "3", "2", "4"], "value": [5, 6, 7, 8]}
    found = run("t-of-times", columns, by=["area"], minimum_points=2)
    assert found.figures["value"].tolist() == [5, 6, 7, 8]
    assert not any("no value" in note for note in found.notes)


def test_one_event_has_no_time_before_it():
    columns = {"area": ["a", "b", "b"], "date": ["2024-01-01", "2024-01-05T12:00", "2024-01-02"]}
    found = run("t", columns, by=["area"])
    assert found.figures["value"].tolist() == [3.5]
    assert [columns["date"][row] for row in found.labels["date"]] == ["2024-01-05T12:00"]
    assert found.notes[0] == "a: There is no value to judge."


def test_a_month_that_no_series_has_is_a_gap_that_no_run_crosses():
    columns = {"period": [f"2024-{month:02}" for month in (1, 2, 3, 5, 6)], "value": [1, 2, 3, 9, 10]}
    found = run("xmr", columns, minimum_points=2)
    assert found.figures["value"].tolist() == [1, 2, 3, 9, 10]
    np.testing.assert_allclose(found.figures["upper"] - found.figures["centre"], 2.66)
    assert "1 period has no value." in found.notes


def test_a_slope_per_year_goes_by_what_the_periods_say():
    quarters = [f"{year}-Q{quarter}" for year in (2022, 2023) for quarter in (1, 2, 3, 4)]
    pair = {"events_a": range(20, 28), "population_a": [900] * 8, "events_b": [40] * 8, "population_b": [900] * 8}
    found = run("gap-slope", {"period": quarters, **pair})
    numbered = run("gap-slope", {"period": list(range(8)), **pair}, periods_per_year=4)
    np.testing.assert_allclose(found.figures["value"], numbered.figures["value"])


def test_a_setting_may_name_a_period_that_some_series_do_not_have():
    columns = {"area": ["a", "a", "b", "b", "b"], "period": ["1", "3", "2", "4", "5"], "value": [5, 6, 7, 8, 9]}
    found = run("t-of-times", columns, by=["area"], minimum_points=2, ghosted="4", recalculate_at="3")
    assert found.figures["value"].tolist() == [5, 6, 7, 8, 9]
    dates = {"area": ["a", "a", "b", "b"], "date": ["2024-01-01", "2024-02-01", "2024-01-01", "2024-03-01"]}
    found = run("t", dates, by=["area"], ghosted="2024-02-01")
    assert any("1 point is shown and not counted" in note for note in found.notes)
    with pytest.raises(InputRefused, match="ghosted: found '2025-01-01'; one of the periods of the table is right"):
        run("t", dates, by=["area"], ghosted="2025-01-01")


def test_settings_of_a_chart_name_periods_of_the_table():
    one_area = {name: cells[:20] for name, cells in BY_MONTH_VALUES.items() if name != "area"}
    for option, says in (
        ({"ghosted": "2019-01"}, "ghosted: found '2019-01'; one of the periods of the table is right"),
        ({"baseline": "2022-01"}, "baseline: found 1 periods; the first and the last of it are right"),
        ({"baseline": "2022-01,2022-05", "baseline_points": 3}, "found both; one of them is right"),
    ):
        with pytest.raises(InputRefused, match=says):
            run("xmr", one_area, **option)


def test_names_of_periods_go_in_the_order_that_is_given():
    columns = {"period": ["Mar", "Jan", "Feb"], "value": [3, 1, 2]}
    found = run("xmr", columns, order=["Jan", "Feb", "Mar"], minimum_points=2)
    assert found.figures["value"].tolist() == [1, 2, 3]
    assert found.figures["centre"].tolist() == [2, 2, 2]
    with pytest.raises(InputRefused, match="found labels that do not say their order"):
        run("xmr", columns)


def test_ranks_go_by_number_or_by_the_order_that_is_given():
    fifths = {"group": ["10", "2", "1"], "value": [3, 2, 1], "standard_error": [0.1] * 3, "population": [5] * 3}
    assert run("slope-index", fifths).figures["value"][0] == pytest.approx(3)
    words = {**fifths, "group": ["least", "middle", "most"]}
    assert run("slope-index", words, order=["least", "middle", "most"]).figures["value"][0] == pytest.approx(-3)
    with pytest.raises(InputRefused, match="their order has to be given"):
        run("slope-index", words)


def test_rates_of_rows_carry_the_other_columns_and_say_which_they_cannot():
    columns = {"area": ["a"], "value": ["old"], "events": [1], "population": [10]}
    found = run_on_table("rate", Table(columns), {})
    assert list(found.labels) == ["area"]
    assert found.notes == ("The column 'value' is left out: the result has one of that name.",)
    assert list(run_on_table("rate", Table(columns), {}, by=[]).labels) == []
    with pytest.raises(
        InputRefused, match="column: found 'value', which is a column of the result; rename that of the"
    ):
        run_on_table("rate", Table(columns), {}, by=["value"])


def test_answers_come_in_the_order_of_the_rows():
    order = [5, 0, 7, 2, 1, 6, 3, 4]
    columns = {name: [cells[row] for row in order] for name, cells in BY_GROUP.items()}
    found = run("rate-gap", columns, by=["area"], reference="all others")
    assert found.labels["group"].tolist() == list(range(8)) * 3
    summed = run("rate-inequality", columns, by=["area"], draws=0)
    assert [columns["area"][row] for row in summed.labels["area"][:2]] == ["York", "Leeds"]


REFUSED = {
    "a role that the method has not": (
        {"roles": {"deaths": "events"}},
        "columns: found 'deaths', which rate-gap does not take; it takes group, events, population",
    ),
    "a column that is not there": (
        {"roles": {"events": "evnts"}},
        "column: found no 'evnts' in the table; it has area, group, events, population",
    ),
    "a column for by that is not there": ({"by": ["year"]}, "column: found no 'year' in the table"),
    "a column that is taken for something else": (
        {"by": ["group"]},
        "by: found 'group', which rate-gap takes for something else; leave it out",
    ),
    "an option that the method has not": (
        {"seed": 5},
        "options: found 'seed', which rate-gap does not take; it takes reference, per, confidence",
    ),
    "an order where none is taken": ({"order": ["a"]}, "order: found one, and rate-gap has none to take; leave it out"),
    "a reference that is none of the groups": (
        {"reference": "White"},
        "reference: found 'White'; one of Asian, Black, White British, unknown is right",
    ),
    "a confidence in per cent": ({"confidence": 95}, "confidence: found 95"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_does_not_fit_is_refused_with_what_would(kind):
    asked, says = REFUSED[kind]
    with pytest.raises(InputRefused) as refused:
        run("rate-gap", BY_GROUP, **{"by": ["area"], "reference": "Black", **asked})
    assert str(refused.value).startswith(says)


def test_a_gap_without_a_reference_and_a_method_without_options_say_so():
    with pytest.raises(InputRefused, match="reference: found none; the label of a group, 'population average' or 'all"):
        run("rate-gap", BY_GROUP, by=["area"])
    with pytest.raises(InputRefused, match="which theil-decomposition does not take; it takes none"):
        run("theil-decomposition", BY_GROUP, seed=1)
    with pytest.raises(InputRefused, match=r"found none for 'group' \(the groups that are compared"):
        run("rate-gap", {"ethnicity": ["a"], "events": [1], "population": [1]}, reference="a")


def test_very_many_labels_are_not_listed():
    columns = {"group": [f"person {n}" for n in range(50)], "events": [1] * 50, "population": [9] * 50}
    with pytest.raises(InputRefused, match="reference: found 'x'; one of the 50 labels of the table is right"):
        run("rate-gap", columns, reference="x")


@pytest.mark.parametrize(
    ("name", "columns", "says"),
    [
        ("rate", {"events": [1, -1], "population": [5, 5]}, "column 'events': row 2 is below 0; counts, 0 or more"),
        ("rate", {"events": [0, 1], "population": [0, 0]}, "column 'events': row 2 is above 0 where 'population' is 0"),
        ("proportion", {"events": [5, 7], "population": [5, 6]}, "row 2 is more than 'population' has; a part is not"),
        ("benjamini-hochberg", {"group": ["a"], "p_value": [1.5]}, "row 1 is above 1; numbers from 0 to 1 are right"),
        ("benjamini-hochberg", {"group": ["a"], "p_value": [-1]}, "row 1 is below 0; numbers from 0 to 1 are right"),
    ],
)
def test_numbers_that_cannot_be_are_refused_with_their_rows(name, columns, says):
    with pytest.raises(InputRefused, match=says):
        run(name, columns)


def test_bounds_of_values_come_in_pairs():
    columns = {"group": ["1", "2"], "value": [3, 2], "standard_error": [0.1] * 2, "population": [5] * 2}
    with pytest.raises(InputRefused, match="minimum and maximum: found one of them; both together are right"):
        run("inequality-by-rank", columns, minimum=0)


def test_what_is_claimed_is_said_in_words():
    columns = {"group": ["a", "b", "c"], "events": [10, 90, 40], "population": [1000, 1000, 1000]}
    found = run("rate-gap", columns, reference="c", false_discovery_rate=0.05)
    assert found.figures["claimed"][:3].tolist() == ["lower", "higher", ""]
    p_values = {"group": ["a", "b", "c"], "p_value": [0.001, 0.9, ""]}
    assert run("benjamini-hochberg", p_values).figures["claimed"].tolist() == ["yes", "no", ""]


def test_limits_of_what_is_not_known_exactly_say_why_there_are_none():
    columns = {"smallest": [1, 0, "*"], "largest": [2, 0, 3], "population": [10, 0, 10]}
    assert run("rounded-rate", columns).figures["status"].tolist() == [GIVEN, Status.NO_POPULATION.words, HIDDEN]
