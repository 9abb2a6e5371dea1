from collections.abc import Sequence

import pytest

from evenhand.datasets.counts import SUPPRESSED, Count
from evenhand.disclosure import Hierarchy, NotSafe, Rule, Sum, Table, attack, hierarchical_table, load_rule, protect
from evenhand.disclosure import protection as protection_module
from evenhand.errors import InputRefused

NHS5 = load_rule("nhs5")
EXACT = NHS5.model_copy(update={"id": "exact", "round_to": 1})
ZEROS_HIDDEN = Rule(
    id="zeros_hidden", title="all small", source="test", small_up_to=4, round_to=1, zeros="hidden", required_width=2
)
GROUPS = Table(("all", "white", "black", "asian", "other"), (Sum(0, (1, 2, 3, 4)),))


def names(table: Table, cells: frozenset[int]) -> set[str]:
    return {table.cells[cell] for cell in cells}


def test_a_small_group_stays_hidden_even_when_the_total_is_known() -> None:
    protected = protect(GROUPS, [58, 34, 21, 3, 0], EXACT)
    assert names(GROUPS, protected.primary) == {"asian"}
    assert names(GROUPS, protected.secondary) == {"black"}, "the smallest that shields it, not the total"
    assert protected.counts == (Count(58), Count(34), SUPPRESSED, SUPPRESSED, Count(0))
    assert protected.attack.is_safe


def test_rounding_may_be_shield_enough() -> None:
    protected = protect(GROUPS, [58, 34, 21, 3, 0], NHS5)
    assert protected.secondary == frozenset()
    assert protected.counts[0] == Count(60, rounded_to=5)


def test_a_table_without_small_counts_is_printed_whole() -> None:
    protected = protect(GROUPS, [55, 34, 21, 0, 0], EXACT)
    assert protected.counts == (Count(55), Count(34), Count(21), Count(0), Count(0))
    assert protected.attack.narrowest is None


def test_a_total_is_hidden_where_nothing_else_can_shield() -> None:
    protected = protect(GROUPS, [3, 0, 0, 3, 0], EXACT)
    assert names(GROUPS, protected.primary) == {"all", "asian"}
    protected = protect(GROUPS, [6, 0, 0, 3, 3], EXACT)
    assert protected.secondary == frozenset(), "3 and 3 under 6 leave five values each"
    protected = protect(Table(("all", "asian"), (Sum(0, (1,)),)), [3, 3], EXACT)
    assert len(protected.primary) == 2


def test_two_small_ones_whose_total_gives_them_away_get_company() -> None:
    protected = protect(GROUPS, [57, 34, 21, 1, 1], EXACT)
    assert names(GROUPS, protected.primary) == {"asian", "other"}
    assert names(GROUPS, protected.secondary) == {"black"}


def test_in_two_directions_a_small_count_is_shielded_along_each() -> None:
    table = hierarchical_table(
        Hierarchy({"all": ("white", "black", "asian")}), Hierarchy({"ICB": ("trust A", "trust B", "trust C")})
    )
    leaves = {"white": (40, 50, 60), "black": (20, 25, 30), "asian": (3, 15, 12)}
    protected = protect(table, added_up(table, leaves), EXACT)
    assert names(table, protected.primary) == {"asian × trust A"}
    assert names(table, protected.secondary) == {"asian × trust C", "black × trust A", "black × trust C"}
    assert protected.attack.is_safe


def added_up(table: Table, leaves: dict[str, Sequence[int]]) -> list[int]:
    counts = []
    for cell in table.cells:
        group, organisation = cell.split(" × ")
        rows = [row for name, row in leaves.items() if group in ("all", name)]
        columns = range(3) if organisation == "ICB" else [ord(organisation[-1]) - ord("A")]
        counts.append(sum(row[column] for row in rows for column in columns))
    return counts


def test_where_zeros_are_hidden_they_are_hidden() -> None:
    protected = protect(GROUPS, [58, 34, 21, 3, 0], ZEROS_HIDDEN)
    assert names(GROUPS, protected.primary) == {"asian", "other"}
    assert protected.attack.is_safe


def test_the_same_table_gives_the_same_pattern_every_time() -> None:
    table = hierarchical_table(
        Hierarchy({"all": ("white", "black", "asian")}), Hierarchy({"ICB": ("trust A", "trust B", "trust C")})
    )
    counts = added_up(table, {"white": (40, 3, 60), "black": (20, 25, 2), "asian": (3, 15, 12)})
    patterns = {protect(table, counts, EXACT).counts for _ in range(3)}
    assert len(patterns) == 1


def test_nothing_is_hidden_that_need_not_be() -> None:
    table = hierarchical_table(
        Hierarchy({"all": ("white", "black", "asian")}), Hierarchy({"ICB": ("trust A", "trust B", "trust C")})
    )
    # On the way to a safe table "white × trust A" is hidden too; in the end it turns out that it can be printed.
    counts = added_up(table, {"white": (7, 3, 1), "black": (9, 0, 7), "asian": (7, 20, 0)})
    protected = protect(table, counts, EXACT)
    assert len(protected.secondary) == 4
    for cell in protected.secondary:
        printed_again = [*protected.counts[:cell], Count(counts[cell]), *protected.counts[cell + 1 :]]
        assert not attack(table, printed_again, EXACT.attacker()).is_safe


def test_a_cell_that_has_to_be_printed_is_printed() -> None:
    protected = protect(GROUPS, [58, 34, 21, 3, 0], EXACT, always_printed={0, 2})
    assert names(GROUPS, protected.secondary) == {"white"}


def test_a_table_that_cannot_be_made_safe_is_not_released() -> None:
    with pytest.raises(NotSafe, match=r"gives away asian\. Nothing was released"):
        protect(GROUPS, [58, 34, 21, 3, 0], EXACT, always_printed={0, 1, 2})


def test_a_small_count_that_has_to_be_printed_is_not_released() -> None:
    with pytest.raises(NotSafe, match=r"gives away white, black, asian and 1 more\."):
        protect(GROUPS, [10, 1, 2, 3, 4], EXACT, always_printed={1, 2, 3, 4})


def test_counts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(InputRefused, match="counted on another basis"):
        protect(GROUPS, [60, 34, 21, 3, 0], NHS5)


def test_what_varies_in_fractions_alone_is_not_taken_for_safe() -> None:
    # All that is said of a and c: 2a + 5c = 12, since a = a', and c = c' and so on ("none" counts nobody). Fractions
    # allow a = 3, c = 1.2; in whole numbers a is 1 and c is 2, and so the total has to be hidden.
    table = Table(
        ("none", "a", "a'", "c", "c'", "c''", "c'''", "c''''", "total"),
        (Sum(1, (0, 2)), *(Sum(3, (0, twin)) for twin in (4, 5, 6, 7)), Sum(8, (1, 2, 3, 4, 5, 6, 7))),
    )
    counts = [0, 1, 1, 2, 2, 2, 2, 2, 12]
    exposed = attack(table, [Count(0), *[SUPPRESSED] * 7, Count(12)], EXACT.attacker())
    assert exposed.narrowest == 0
    protected = protect(table, counts, EXACT)
    assert names(table, protected.secondary) == {"total"}


def test_a_search_gone_wrong_releases_nothing_because_the_attack_has_the_last_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forgets_the_secondary(*_: object, primary: frozenset[int], **__: object) -> frozenset[int]:
        return primary

    monkeypatch.setattr(protection_module, "hidden_cells", forgets_the_secondary)
    with pytest.raises(NotSafe, match="gives away asian"):
        protect(GROUPS, [58, 34, 21, 3, 0], EXACT)
