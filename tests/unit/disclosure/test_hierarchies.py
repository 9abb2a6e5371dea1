import pytest

from evenhand.disclosure import Hierarchy, Sum, hierarchical_table
from evenhand.errors import InputRefused

ETHNICITY = Hierarchy({"all": ("known", "unknown"), "known": ("white", "black")})
ORGANISATIONS = Hierarchy({"ICB": ("trust A", "trust B")})


def test_the_nodes_of_a_hierarchy_come_parents_first() -> None:
    assert ETHNICITY.top == "all"
    assert ETHNICITY.nodes == ("all", "known", "white", "black", "unknown")


def test_a_hierarchy_may_be_a_single_name() -> None:
    assert Hierarchy.of_one("trust A").nodes == ("trust A",)


def test_a_table_crosses_every_level_of_one_hierarchy_with_every_level_of_the_other() -> None:
    table = hierarchical_table(ETHNICITY, ORGANISATIONS)
    assert len(table.cells) == 5 * 3
    assert table.cells[:4] == ("all × ICB", "all × trust A", "all × trust B", "known × ICB")


def test_every_parent_is_the_sum_of_its_children_along_each_hierarchy() -> None:
    table = hierarchical_table(ETHNICITY, ORGANISATIONS)
    assert len(table.sums) == 2 * 3 + 5, "two parents of groups in three columns, one of organisations in five rows"
    known_in_a = table.position("known × trust A")
    parts = (table.position("white × trust A"), table.position("black × trust A"))
    assert Sum(known_in_a, parts) in table.sums
    assert Sum(table.position("white × ICB"), (7, 8)) in table.sums


@pytest.mark.parametrize(
    ("children", "found"),
    [
        ({"all": ("white", "black"), "north": ("south",)}, r"\['all', 'north'\]"),
        ({"white": ("black",), "black": ("white",)}, r"\[\]"),
        ({"all": ("x",), "white": ("black",), "black": ("white",)}, r"\['all'\]"),
        ({}, r"\[\]"),
    ],
)
def test_a_hierarchy_is_one_tree(children: dict[str, tuple[str, ...]], found: str) -> None:
    with pytest.raises(InputRefused, match=f"one top that everything belongs to; found {found}"):
        Hierarchy(children)


def test_a_name_belongs_to_one_parent() -> None:
    with pytest.raises(InputRefused, match="'white' belongs to two parents"):
        Hierarchy({"all": ("white", "other"), "other": ("white",)})
