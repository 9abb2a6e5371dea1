"""What is printed of each count under a rule, once it is settled which cells are hidden."""

from collections.abc import Collection, Iterable

from evenhand.datasets.counts import SUPPRESSED, Count
from evenhand.disclosure.rounding import round_to_nearest
from evenhand.disclosure.rules import Rule


def primary_cells(counts: Iterable[int], rule: Rule) -> frozenset[int]:
    """The cells whose true count is too small to print, whatever stands around them."""
    return frozenset(cell for cell, count in enumerate(counts) if rule.is_small(count))


def printed_count(count: int, rule: Rule) -> Count:
    """A true count that is not hidden, as it is printed: rounded, and a zero as an exact zero."""
    if count == 0:
        return Count(0)
    return Count(round_to_nearest(count, rule.round_to), rounded_to=rule.round_to)


def released_counts(counts: Iterable[int], hidden: Collection[int], rule: Rule) -> tuple[Count, ...]:
    """Every cell as it leaves the house. Nothing in it tells why a cell is hidden."""
    return tuple(SUPPRESSED if cell in hidden else printed_count(count, rule) for cell, count in enumerate(counts))
