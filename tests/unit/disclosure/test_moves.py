import pytest

from evenhand.disclosure import CountRange, Sum, Table
from evenhand.disclosure.moves import Moves

# all = 58, white 34, black 21, asian 3 (hidden), other 0
GROUPS = Table(("all", "white", "black", "asian", "other"), (Sum(0, (1, 2, 3, 4)),))
HIDDEN = CountRange(1, None)
KNOWN = [CountRange(58, 58), CountRange(34, 34), CountRange(21, 21), HIDDEN, CountRange(0, 0)]


def test_the_cheapest_move_departs_from_the_cheapest_printed_cell() -> None:
    moves = Moves(GROUPS, KNOWN, HIDDEN, {0: 20.0, 1: 6.0, 2: 5.0})
    table = moves.cheapest(3, CountRange(5, None), whole=False)
    assert table is not None
    assert table.tolist() == pytest.approx([58, 34, 19, 5, 0])
    assert moves.departures(table) == [2]


def test_what_is_hidden_already_costs_nothing() -> None:
    moves = Moves(GROUPS, KNOWN, HIDDEN, {0: 20.0, 1: 6.0, 2: 5.0})
    moves.hide(1)
    table = moves.cheapest(3, CountRange(5, None), whole=False)
    assert table is not None
    assert table[[0, 2, 4]].tolist() == pytest.approx([58, 21, 0]), "white and asian share what is left"
    assert moves.departures(table) == []


def test_a_rounded_figure_gives_way_within_its_rounding_at_no_cost() -> None:
    known = [CountRange(58, 62), *KNOWN[1:]]
    moves = Moves(GROUPS, known, HIDDEN, {0: 20.0, 1: 6.0, 2: 5.0})
    table = moves.cheapest(3, CountRange(5, None), whole=True)
    assert table is not None
    assert table.tolist() == pytest.approx([60, 34, 21, 5, 0])
    assert moves.departures(table) == []
    far = moves.cheapest(3, CountRange(9, None), whole=True)
    assert far is not None
    assert moves.departures(far) == [2], "beyond the rounding something has to give"


def test_what_may_not_be_hidden_leaves_no_move() -> None:
    moves = Moves(GROUPS, KNOWN, HIDDEN, {})
    assert moves.cheapest(3, CountRange(5, None), whole=False) is None
    assert moves.cheapest(3, CountRange(5, None), whole=True) is None


def test_the_range_wanted_of_one_cell_does_not_bind_the_next_search() -> None:
    moves = Moves(GROUPS, KNOWN, HIDDEN, {0: 20.0, 1: 6.0, 2: 5.0})
    moves.cheapest(3, CountRange(5, None), whole=False)
    table = moves.cheapest(2, CountRange(22, None), whole=False)
    assert table is not None
    assert table[3] == pytest.approx(2)
