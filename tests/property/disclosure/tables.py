"""Small random tables with their true counts, and rules to protect them by."""

from hypothesis import strategies as st

from evenhand.disclosure import Hierarchy, Rule, Table, hierarchical_table

LARGEST_COUNT = 5

_GROUPS = [
    Hierarchy({"all": ("white", "black")}),
    Hierarchy({"all": ("white", "black", "asian")}),
    Hierarchy({"all": ("known", "unknown"), "known": ("white", "black")}),
    Hierarchy({"all": ("known",), "known": ("white", "black")}),
]
_ORGANISATIONS = [Hierarchy.of_one("trust A"), Hierarchy({"ICB": ("trust A", "trust B")})]


def _rule(small_up_to: int, round_to: int, zeros: str, required_width: int) -> Rule:
    return Rule(
        id="drawn",
        title="drawn",
        source="drawn by a test",
        small_up_to=small_up_to,
        round_to=round_to,
        zeros=zeros,
        required_width=required_width,
    )


rules = st.builds(
    _rule,
    small_up_to=st.integers(1, 2),
    round_to=st.sampled_from([1, 2, 3]),
    zeros=st.sampled_from(["printed", "hidden"]),
    required_width=st.integers(1, 3),
)


@st.composite
def tables_with_counts(draw: st.DrawFn, *, largest_count: int = LARGEST_COUNT) -> tuple[Table, list[int]]:
    """A table and counts that add up in it; none of its smallest cells has more than ``largest_count``."""
    table = hierarchical_table(draw(st.sampled_from(_GROUPS)), draw(st.sampled_from(_ORGANISATIONS)))
    totals = {each.total for each in table.sums}
    counts = {
        cell: draw(st.integers(0, largest_count), label=name)
        for cell, name in enumerate(table.cells)
        if cell not in totals
    }
    while len(counts) < len(table.cells):
        for each in table.sums:
            if counts.keys() >= set(each.parts):
                counts[each.total] = sum(counts[part] for part in each.parts)
    return table, [counts[cell] for cell in range(len(table.cells))]
