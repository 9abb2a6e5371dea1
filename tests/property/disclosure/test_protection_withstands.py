"""What holds of every protected table, whatever the counts; the attack is done by writing down every table."""

from hypothesis import given
from tests.property.disclosure.enumeration import enumerated_ranges
from tests.property.disclosure.tables import LARGEST_COUNT, rules, tables_with_counts
from tests.property.examples import examples

from evenhand.datasets.counts import CellStatus, Count
from evenhand.disclosure import Rule, Table, attack, protect
from evenhand.disclosure.rounding import round_to_nearest
from evenhand.disclosure.rules import Zeros


@examples(80)
@given(drawn=tables_with_counts(), rule=rules)
def test_every_hidden_count_stays_as_vague_as_the_rule_asks(drawn: tuple[Table, list[int]], rule: Rule) -> None:
    table, counts = drawn
    protected = protect(table, counts, rule)
    hidden = protected.primary | protected.secondary

    def is_vague(ceiling: int) -> bool:
        ranges = enumerated_ranges(table, protected.counts, rule.attacker(), ceiling=ceiling)
        return all(ranges[cell][1] - ranges[cell][0] >= rule.required_width for cell in hidden)

    # A ceiling on what is written down can only make a range narrower than it is; a low one is mostly enough.
    assert is_vague(LARGEST_COUNT + 1) or is_vague(3 * LARGEST_COUNT)


@examples(80)
@given(drawn=tables_with_counts(), rule=rules)
def test_what_is_printed_is_the_rounded_truth_and_no_small_count_is(drawn: tuple[Table, list[int]], rule: Rule) -> None:
    table, counts = drawn
    protected = protect(table, counts, rule)
    assert protected.primary == {cell for cell, count in enumerate(counts) if rule.is_small(count)}
    for cell, (count, released) in enumerate(zip(counts, protected.counts, strict=True)):
        hidden = cell in protected.primary | protected.secondary
        assert (released.status is CellStatus.SUPPRESSED) == hidden
        if not hidden and count > 0:
            assert released == Count(round_to_nearest(count, rule.round_to), rounded_to=rule.round_to)
        if count == 0 and rule.zeros is Zeros.PRINTED:
            assert released == Count(0)


@examples(40)
@given(drawn=tables_with_counts(), rule=rules)
def test_the_attack_that_comes_with_the_table_can_be_repeated_by_anybody(
    drawn: tuple[Table, list[int]], rule: Rule
) -> None:
    table, counts = drawn
    protected = protect(table, counts, rule)
    repeated = attack(table, protected.counts, rule.attacker(), required_width=rule.required_width)
    assert repeated == protected.attack
    assert repeated.is_safe
