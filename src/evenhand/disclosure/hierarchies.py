"""Building the table that a publication prints: every level of one hierarchy crossed with every level of the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from evenhand.disclosure.tables import Sum, Table
from evenhand.errors import InputRefused


@dataclass(frozen=True)
class Hierarchy:
    """A tree of names: each parent's count is the sum of its children's.

    Example: ``Hierarchy({"all": ("all_known", "unknown"), "all_known": ("white", "black")})``.

    Attributes:
        children: for every parent, its children in the order in which they are printed.

    Raises:
        InputRefused: the names do not form one tree.
    """

    children: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        named = [child for children in self.children.values() for child in children]
        twice = sorted({child for child in named if named.count(child) > 1})
        if twice:
            raise InputRefused(f"in the hierarchy {twice[0]!r} belongs to two parents; it can belong to one only.")
        roots = [parent for parent in self.children if parent not in named]
        if len(roots) != 1 or len(self.nodes) != len(named) + 1:
            raise InputRefused(f"a hierarchy has one top that everything belongs to; found {sorted(roots)}.")

    @classmethod
    def of_one(cls, name: str) -> "Hierarchy":
        """A hierarchy of a single name, for a table about one organisation or one period."""
        return cls({name: ()})

    @property
    def top(self) -> str:
        """The name that everything adds up to."""
        below = {child for children in self.children.values() for child in children}
        return next(parent for parent in self.children if parent not in below)

    @property
    def nodes(self) -> tuple[str, ...]:
        """Every name, parents before their children."""
        return tuple(self._below(self.top))

    def _below(self, name: str) -> list[str]:
        return [name, *(each for child in self.children.get(name, ()) for each in self._below(child))]


def cell_name(*nodes: str) -> str:
    """The name of the cell where these nodes, one of each hierarchy, meet."""
    return " × ".join(nodes)


def hierarchical_table(*hierarchies: Hierarchy) -> Table:
    """The table with a cell for every combination of nodes and, along each hierarchy, the sum of every parent.

    Cells come in the order of the product of the hierarchies' nodes, the last hierarchy running fastest, and are named
    by :func:`cell_name`.
    """
    combinations = list(product(*(hierarchy.nodes for hierarchy in hierarchies)))
    place = {nodes: position for position, nodes in enumerate(combinations)}
    sums = [
        Sum(place[nodes], tuple(place[(*nodes[:axis], child, *nodes[axis + 1 :])] for child in children))
        for axis, hierarchy in enumerate(hierarchies)
        for nodes in combinations
        if (children := hierarchy.children.get(nodes[axis], ()))
    ]
    return Table(tuple(cell_name(*nodes) for nodes in combinations), tuple(sums))
