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
    parts = [ranges[part] for part in each.parts]
    most = sum(_finite(part) for part in parts) if all(part.largest is not None for part in parts) else None
    ranges[each.total] = _narrowed(ranges[each.total], sum(part.smallest for part in parts), most)


def _narrow_parts(each: Sum, ranges: list[CountRange]) -> None:
    total = ranges[each.total]
    parts = [ranges[part] for part in each.parts]
    least = sum(part.smallest for part in parts)
    most = sum(_finite(part) for part in parts)
    without_end = [place for place, part in zip(each.parts, parts, strict=True) if part.largest is None]
    for place, part in zip(each.parts, parts, strict=True):
        others_end = not without_end or without_end == [place]
        ranges[place] = _narrowed(
            part,
            total.smallest - (most - _finite(part)) if others_end else 0,
            None if total.largest is None else total.largest - (least - part.smallest),
        )


def _finite(known: CountRange) -> int:
    return known.largest or 0


def _narrowed(known: CountRange, least: int, most: int | None) -> CountRange:
    smallest = max(known.smallest, least)
    largest = min((each for each in (known.largest, most) if each is not None), default=None)
    if largest is not None and largest < smallest:
        raise ContradictoryFigures
    return CountRange(smallest, largest)
