"""A table laid out by its labels in plain Python: a dictionary of places, for the tests of the registry."""

from collections.abc import Mapping, Sequence
from math import nan
from typing import Any


def plain_grid(columns: Mapping[str, Sequence[Any]], sides: Sequence[str], role: str) -> dict[tuple[str, ...], float]:
    """The number of every combination of labels; ``nan`` where no row has it or its cell is empty or hidden."""
    labels = [sorted({str(label) for label in columns[side]}) for side in sides]
    found = dict.fromkeys(_combinations(labels), nan)
    for row, cell in enumerate(columns[role]):
        place = tuple(str(columns[side][row]) for side in sides)
        found[place] = nan if cell in ("", "*") else float(cell)
    return found


def _combinations(labels: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    places: list[tuple[str, ...]] = [()]
    for side in labels:
        places = [(*place, label) for place in places for label in side]
    return places
