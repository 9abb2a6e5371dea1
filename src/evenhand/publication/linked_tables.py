"""The tables that the counts of a release form: which cells there are, and which add up to which.

Every group, broad group and total, of every organisation and of the whole they make up, is one table for each measure.
Measures of which one is a part of another (people who recovered, of those treated) share one table with a further
layer, the rest: it is not printed, but could be worked out if it were not counted in.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from evenhand.datasets.observations import Period
from evenhand.disclosure import Hierarchy, Sum, Table, cell_name, hierarchical_table
from evenhand.ethnicity import TOTAL, SpecialGroup, classification
from evenhand.publication.cells import Cell
from evenhand.publication.package import Adding

Link = tuple[str, str]
"""Two measures of which the first is a part of the second."""

_Group = tuple[str, str]  # classification and group


@dataclass(frozen=True)
class LinkedTable:
    """The table of some linked measures for one period, over one tree of organisations and one of groups.

    Attributes:
        groups: the tree, by names of ``group_names``; ``group_names``: for each of them, classification and group.
    """

    measures: tuple[str, ...]
    links: tuple[Link, ...]
    period: Period
    organisations: Hierarchy
    groups: Hierarchy
    group_names: Mapping[str, _Group]

    @cached_property
    def cells(self) -> tuple[Cell | None, ...]:
        """One for each cell of :attr:`table`; None for the rest of a whole, which is not printed."""
        places = list(product(self.organisations.nodes, self.groups.nodes))
        printed = [
            Cell(measure, self.period, organisation, *self.group_names[group])
            for measure in self.measures
            for organisation, group in places
        ]
        return (*printed, *(None for _ in range(len(self.links) * len(places))))

    @cached_property
    def table(self) -> Table:
        """Layer upon layer: each measure, then the rest of each whole; along the layers, part and rest add up."""
        layer = hierarchical_table(self.organisations, self.groups)
        size = len(layer.cells)
        layers = [*self.measures, *(_rest(part, whole) for part, whole in self.links)]
        starts = dict(zip(layers, range(0, len(layers) * size, size), strict=True))
        within = [
            Sum(each.total + start, tuple(part + start for part in each.parts))
            for start in starts.values()
            for each in layer.sums
        ]
        across = [
            Sum(starts[whole] + place, (starts[part] + place, starts[_rest(part, whole)] + place))
            for part, whole in self.links
            for place in range(size)
        ]
        names = tuple(cell_name(name, cell) for name in layers for cell in layer.cells)
        return Table(names, (*within, *across))

    def added_up(self, exact: Mapping[Cell, int]) -> list[int]:
        """The true count of every cell, from the counts of the smallest groups of the smallest organisations.

        Raises:
            KeyError: one of those is not given; the key is its cell.
        """
        counts = {
            (measure, organisation, group): sum(
                exact[Cell(measure, self.period, part, *self.group_names[small])]
                for part in _smallest(self.organisations, organisation)
                for small in _smallest(self.groups, group)
            )
            for measure in self.measures
            for organisation, group in product(self.organisations.nodes, self.groups.nodes)
        }
        places = list(product(self.organisations.nodes, self.groups.nodes))
        rest = [counts[whole, *place] - counts[part, *place] for part, whole in self.links for place in places]
        return [*counts.values(), *rest]


def linked_tables(cells: Iterable[Cell], adding: Adding) -> Iterator[LinkedTable]:
    """Every table that these cells belong to: for each period, set of linked measures and tree of organisations."""
    groups, group_names = group_hierarchy(adding)
    links = adding.parts
    places: dict[Period, tuple[dict[str, None], dict[str, None]]] = {}
    for cell in cells:
        measures, codes = places.setdefault(cell.period, ({}, {}))
        measures[cell.measure] = None
        codes[cell.organisation] = None
    for period, (measures, codes) in places.items():
        for linked in _linked_measures(measures, links):
            for organisations in _organisation_hierarchies(adding, codes):
                held = tuple(link for link in links if set(link) <= set(linked))
                yield LinkedTable(linked, held, period, organisations, groups, group_names)


def total_classification(adding: Adding) -> str:
    """The classification in which groups add up to everybody whose ethnicity is recorded: the broadest there is."""
    return classification(adding.classification).broad_groups or adding.classification


def group_hierarchy(adding: Adding) -> tuple[Hierarchy, dict[str, _Group]]:
    """How groups add up to broad groups and to everybody; and for each of its names, the classification and group."""
    smallest = classification(adding.classification)
    total = total_classification(adding)
    children: dict[_Group, tuple[_Group, ...]] = {}
    if smallest.broad_groups is not None:
        for broad in classification(smallest.broad_groups).category_ids:
            parts = tuple((smallest.id, each.id) for each in smallest.categories if each.parent == broad)
            children[total, broad] = parts
    known = (total, str(SpecialGroup.ALL_KNOWN))
    children[known] = tuple((total, group) for group in classification(total).category_ids)
    if adding.unrecorded:
        children[TOTAL, str(SpecialGroup.ALL)] = (known, *((total, group) for group in adding.unrecorded))
    names = {name: "/".join(name) for name in {*children, *(part for parts in children.values() for part in parts)}}
    hierarchy = Hierarchy({names[parent]: tuple(names[part] for part in parts) for parent, parts in children.items()})
    return hierarchy, {text: name for name, text in names.items()}


def _organisation_hierarchies(adding: Adding, codes: Iterable[str]) -> list[Hierarchy]:
    """One tree for each whole, and one of its own for each organisation that is part of none."""
    inside = {*adding.organisations, *(part for parts in adding.organisations.values() for part in parts)}
    wholes = [Hierarchy({whole: parts}) for whole, parts in adding.organisations.items()]
    return wholes + [Hierarchy.of_one(code) for code in codes if code not in inside]


def _linked_measures(measures: Iterable[str], links: Iterable[Link]) -> list[tuple[str, ...]]:
    """The measures in sets within which links lead from one to another, each set in the order of its first."""
    sets = [{measure} for measure in measures]
    for link in links:
        touched = [each for each in sets if each.intersection(link)]
        if touched:
            sets = [each for each in sets if each not in touched] + [set().union(*touched)]
    return [tuple(sorted(each)) for each in sets]


def _rest(part: str, whole: str) -> str:
    return f"{whole} without {part}"


def _smallest(hierarchy: Hierarchy, node: str) -> list[str]:
    children = hierarchy.children.get(node, ())
    return [small for child in children for small in _smallest(hierarchy, child)] if children else [node]
