import pytest
from tests.apps.accountability.figures_example import breakdown_of, detention_figures, figure, rounded

from evenhand.apps.accountability.presenters.doubts import extremes, is_wider_than_chance
from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, Count


def test_the_two_extremes_of_the_published_table():
    """Worked by hand: (50/37,231) / (610/812,992) and (145/37,231) / (515/812,992)."""
    table = breakdown_of(detention_figures())
    found = extremes(table, table.claims[0])
    assert (found.unrecorded, found.counted) == (95, 855)
    assert round(found.all_in_comparator, 2) == 1.79
    assert round(found.all_in_group, 2) == 6.15
    assert is_wider_than_chance(found, table.claims[0])


def test_where_the_unrecorded_have_a_denominator_it_moves_with_them():
    table = breakdown_of(
        [
            figure("white", Count(500), Count(1_000)),
            figure("black", Count(100), Count(400)),
            figure("unknown", Count(50), Count(100)),
        ],
        "talking_therapies_recovery",
    )
    found = extremes(table, table.claims[0])
    assert found.all_in_comparator == pytest.approx((100 / 400) / (550 / 1_100))
    assert found.all_in_group == pytest.approx((150 / 500) / (500 / 1_000))


def test_parts_of_the_unrecorded_are_counted_once():
    parts = [figure("not_stated", Count(40), NOT_APPLICABLE), figure("not_known", Count(55), NOT_APPLICABLE)]
    table = breakdown_of([*detention_figures(), *parts])
    assert extremes(table, table.claims[0]).unrecorded == 95
    apart = breakdown_of([*detention_figures(unrecorded=None), *parts])
    assert extremes(apart, apart.claims[0]).unrecorded == 95


@pytest.mark.parametrize("unrecorded", [None, SUPPRESSED, Count(0)])
def test_without_a_number_of_unrecorded_there_are_no_extremes(unrecorded):
    table = breakdown_of(detention_figures(unrecorded=unrecorded))
    assert extremes(table, table.claims[0]) is None


def test_where_the_denominator_of_the_unrecorded_is_hidden_there_are_no_extremes():
    table = breakdown_of(
        [
            figure("white", Count(500), Count(1_000)),
            figure("black", Count(100), Count(400)),
            figure("unknown", Count(50), SUPPRESSED),
        ],
        "talking_therapies_recovery",
    )
    assert extremes(table, table.claims[0]) is None


def test_without_a_comparator_there_are_no_extremes():
    table = breakdown_of([figure("black", rounded(50), Count(37_231)), figure("unknown", Count(9), NOT_APPLICABLE)])
    assert extremes(table, table.groups[0]) is None


def test_the_recorded_are_those_that_the_source_adds_up():
    table = breakdown_of([*detention_figures(), figure("all_known", Count(770), Count(1_121_985))])
    assert extremes(table, table.claims[0]).counted == 865


def test_few_unrecorded_leave_less_doubt_than_chance():
    table = breakdown_of(detention_figures(unrecorded=Count(1)))
    assert not is_wider_than_chance(extremes(table, table.claims[0]), table.claims[0])
    none = breakdown_of(detention_figures(black=Count(0), asian=Count(0)))
    row = next(row for row in none.groups if row.group == "black")
    assert is_wider_than_chance(extremes(none, row), row)
