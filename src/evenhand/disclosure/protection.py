"""Protecting a table: hide the small counts, hide what would give them away, then attack the result."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evenhand.datasets.counts import Count
from evenhand.disclosure.attack import Attack, attack
from evenhand.disclosure.primary import primary_cells, released_counts
from evenhand.disclosure.rules import Rule
from evenhand.disclosure.secondary import NotSafe, hidden_cells
from evenhand.disclosure.tables import Table


@dataclass(frozen=True)
class ProtectedTable:
    """A table that may be printed.

    Attributes:
        counts: one per cell of the table, as printed.
        primary: cells hidden because their own count is small. Confidential: the public sees one symbol for all.
        secondary: cells hidden because they would give away others. Confidential likewise.
        attack: what an outsider can work out from ``counts``; it is safe.
    """

    counts: tuple[Count, ...]
    primary: frozenset[int]
    secondary: frozenset[int]
    attack: Attack


def protect(table: Table, counts: Sequence[int], rule: Rule, *, always_printed: Collection[int] = ()) -> ProtectedTable:
    """Hide and round the counts of a table until no hidden one can be narrowed down further than the rule allows.

    The same table, counts and rule give the same pattern every time.

    Args:
        counts: the true counts, one per cell.
        always_printed: cells that have to be printed (a total that is owed to the public), if the table can be made
            safe all the same.

    Raises:
        InputRefused: the counts do not fit the table: too few, negative, or sums that do not hold.
        NotSafe: no choice of hidden cells that the search found withstands the attack. Nothing may be printed.
    """
    true_counts = table.checked(counts)
    primary = primary_cells(counts, rule)
    hidden = hidden_cells(table, true_counts, rule, primary=primary, always_printed=frozenset(always_printed))
    released = released_counts(counts, hidden, rule)
    result = attack(table, released, rule.attacker(), required_width=rule.required_width)
    if not result.is_safe:
        raise NotSafe(table, result.unsafe)
    return ProtectedTable(released, primary, hidden - primary, result)
