"""A quick first look: bounds that follow from one sum at a time, in whole-number arithmetic.

A part is at most what its total can be less the least that the other parts can be, and so on round the table until
nothing changes. What follows is never narrower than what all sums together say; it saves the solver work.
"""

from collections.abc import Sequence

from evenhand.disclosure.attacker import CountRange
from evenhand.disclosure.feasible import ContradictoryFigures
from evenhand.disclosure.tables import Sum, Table

# Ranges may creep towards each other one step at a time for ever so long; stopping early is only less sharp.
_SWEEPS = 20


def propagated(table: Table, known: Sequence[CountRange]) -> list[CountRange]:
    """The range of every cell, narrowed by each sum in turn.

    Raises:
        ContradictoryFigures: some cell is left with no possible count.
    """
    ranges = list(known)
    for _ in range(_SWEEPS):
        before = list(ranges)
        for each in table.sums:
            _narrow_total(each, ranges)
            _narrow_parts(each, ranges)
        if ranges == before:
            break
    return ranges


def _narrow_total(each: Sum, ranges: list[CountRange]) -> None:
    least = sum(ranges[part].smallest for part in each.parts)
    most = _added([ranges[part].largest for part in each.parts])
    ranges[each.total] = _narrowed(ranges[each.total], least, most)


def _narrow_parts(each: Sum, ranges: list[CountRange]) -> None:
    total = ranges[each.total]
    for part in each.parts:
        others = [ranges[other] for other in each.parts if other != part]
        most_of_others = _added([other.largest for other in others])
        least = 0 if most_of_others is None else total.smallest - most_of_others
        most = None if total.largest is None else total.largest - sum(other.smallest for other in others)
        ranges[part] = _narrowed(ranges[part], least, most)


def _added(largest: Sequence[int | None]) -> int | None:
    return None if None in largest else sum(each for each in largest if each is not None)


def _narrowed(known: CountRange, least: int, most: int | None) -> CountRange:
    smallest = max(known.smallest, least)
    largest = min((each for each in (known.largest, most) if each is not None), default=None)
    if largest is not None and largest < smallest:
        raise ContradictoryFigures
    return CountRange(smallest, largest)
