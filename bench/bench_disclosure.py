"""What protecting a table and attacking it cost, as multiples of one linear programme over the same table.

    .venv/bin/python bench/bench_disclosure.py

The floor is one solved linear programme: nobody can bound even one hidden count with less. An attack has to bound every
hidden count from both sides, so its own floor is two such programmes a hidden count; the last column says how far below
that it stays, because one table of whole numbers often settles many counts. Counts are invented, from a fixed seed.
"""

from time import perf_counter

import numpy as np

from evenhand.disclosure import Hierarchy, Table, attack, hierarchical_table, load_rule, protect
from evenhand.disclosure.feasible import DEFAULT_NODES, quiet_solver, sum_constraints

ETHNICITY = Hierarchy(
    {
        "all": ("recorded", "unknown"),
        "recorded": ("white", "mixed", "asian", "black", "other"),
        "white": ("A", "B", "C"),
        "mixed": ("D", "E", "F", "G"),
        "asian": ("H", "J", "K", "L"),
        "black": ("M", "N", "P"),
        "other": ("R", "S"),
    }
)

SEX = Hierarchy({"everybody": ("women and girls", "men and boys")})


def invented_counts(table: Table, seed: int) -> list[int]:
    """Skewed leaf counts (most small, a few large) and the totals that follow from them."""
    random = np.random.default_rng(seed)
    counts = np.zeros(len(table.cells), dtype=np.int64)
    totals = {each.total for each in table.sums}
    leaves = [cell for cell in range(len(table.cells)) if cell not in totals]
    counts[leaves] = random.poisson(random.lognormal(1.5, 1.3, len(leaves)))
    while table.sums_that_fail(counts).size:
        for each in table.sums:
            counts[each.total] = counts[list(each.parts)].sum()
    return [int(count) for count in counts]


def main() -> None:
    rule = load_rule("nhs5")
    header = ("table", "cells", "small", "hidden", "one LP", "protect", "attack", "attack / 2 LPs a hidden count")
    print("{:<26}{:>7}{:>7}{:>8}{:>11}{:>14}{:>14}   {}".format(*header))
    for services, further in ((3, []), (10, []), (20, []), (6, [SEX]), (12, [SEX])):
        trust = Hierarchy({"trust": tuple(f"service {number + 1}" for number in range(services))})
        table = hierarchical_table(ETHNICITY, trust, *further)
        counts = invented_counts(table, seed=services)
        name = f"ethnicity × {services} services{' × sex' if further else ''}"
        start = perf_counter()
        protected = protect(table, counts, rule)
        protecting = perf_counter() - start
        known = [rule.attacker().range_of(count) for count in protected.counts]
        start = perf_counter()
        quiet_solver(sum_constraints(table, known), nodes=DEFAULT_NODES).run()
        floor = perf_counter() - start
        start = perf_counter()
        result = attack(table, protected.counts, rule.attacker())
        attacking = perf_counter() - start
        assert result.is_safe
        hidden = len(protected.primary) + len(protected.secondary)
        print(
            f"{name:<26}{len(table.cells):>7}{len(protected.primary):>7}{hidden:>8}{1000 * floor:>8.1f} ms"
            f"{protecting / floor:>9.0f} LPs{attacking / floor:>10.0f} LPs   {attacking / floor / (2 * hidden):.2f}"
        )


if __name__ == "__main__":
    main()
