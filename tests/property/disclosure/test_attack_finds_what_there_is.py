"""The attack against its slow twin, which writes down every table of whole numbers that fits."""

from hypothesis import given
from hypothesis import strategies as st
from tests.property.disclosure.enumeration import fitting_tables
from tests.property.disclosure.tables import LARGEST_COUNT, rules, tables_with_counts
from tests.property.examples import examples

from evenhand.disclosure import CountRange, Rule, Table
from evenhand.disclosure.attack import feasible_ranges
from evenhand.disclosure.primary import primary_cells, released_counts

CEILING = LARGEST_COUNT + 1


def some_cells(table: Table) -> st.SearchStrategy[set[int]]:
    return st.sets(st.integers(0, len(table.cells) - 1))


@examples(80)
@given(drawn=tables_with_counts(), rule=rules, data=st.data())
def test_the_attack_finds_the_range_of_every_cell_exactly(
    drawn: tuple[Table, list[int]], rule: Rule, data: st.DataObject
) -> None:
    table, counts = drawn
    hidden = primary_cells(counts, rule) | {cell for cell in data.draw(some_cells(table)) if counts[cell]}
    known = [rule.attacker().range_of(count) for count in released_counts(counts, hidden, rule)]
    # With a ceiling on the smallest cells, every table there is can be written down.
    totals = {each.total for each in table.sums}
    known = [
        CountRange(each.smallest, CEILING) if each.largest is None and cell not in totals else each
        for cell, each in enumerate(known)
    ]
    tables = fitting_tables(table, known, ceiling=2 * CEILING)
    ranges, undecided = feasible_ranges(table, known, range(len(counts)))
    assert not undecided
    assert [ranges[cell].smallest for cell in range(len(counts))] == tables.min(axis=0).tolist()
    assert [ranges[cell].largest for cell in range(len(counts))] == tables.max(axis=0).tolist()
    assert all(count in ranges[cell] for cell, count in enumerate(counts))


@examples(40)
@given(drawn=tables_with_counts(largest_count=2), data=st.data())
def test_a_range_without_an_upper_end_goes_up_with_every_ceiling_and_one_with_does_not(
    drawn: tuple[Table, list[int]], data: st.DataObject
) -> None:
    table, counts = drawn
    free = data.draw(some_cells(table))
    known = [CountRange(0, None) if cell in free else CountRange(count, count) for cell, count in enumerate(counts)]
    ranges, undecided = feasible_ranges(table, known, range(len(counts)))
    assert not undecided
    ceiling = max(counts)  # nothing printed is larger, so what has an upper end ends here
    low = fitting_tables(table, known, ceiling=ceiling).max(axis=0)
    high = fitting_tables(table, known, ceiling=ceiling + 1).max(axis=0)
    for cell, found in ranges.items():
        assert found.largest == (low[cell] if high[cell] == low[cell] else None)
