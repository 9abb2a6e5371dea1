"""Reading tables of ../shared: rows of named nodes with a count, and the hierarchy that the names form."""

import csv
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

from evenhand.disclosure import Sum, Table

Nodes = tuple[str, ...]
Children = Mapping[str, tuple[str, ...]]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table_of(cells: Sequence[Nodes], hierarchies: Sequence[Children]) -> Table:
    """The table of these cells, with the sum of every parent all of whose children are among them."""
    place = {nodes: position for position, nodes in enumerate(cells)}
    sums = []
    for nodes, (axis, children) in product(cells, enumerate(hierarchies)):
        parts = [(*nodes[:axis], child, *nodes[axis + 1 :]) for child in children.get(nodes[axis], ())]
        held = [place[part] for part in parts if part in place]
        if held:
            sums.append(Sum(place[nodes], tuple(held)))
    return Table(tuple(" × ".join(nodes) for nodes in cells), tuple(sums))
