"""The table of issue 135 of sdcTable's user support (2019): three counts of 1 that its defaults give away."""

from pathlib import Path

from tests.golden.disclosure.printed_tables import rows, table_of

from evenhand.datasets.counts import SUPPRESSED, Count
from evenhand.disclosure import Attacker, Rule, Table, attack, load_rule, protect

TOTALS = ({"Total": ("1", "2")}, {"Total": ("A", "B", "H", "M", "W")})
SINGLETONS = ("1 × A", "1 × B", "1 × M")


def read(shared: Path) -> tuple[Table, list[dict[str, str]]]:
    printed = rows(shared / "golden" / "disclosure" / "known_attacks" / "issue135_three_singletons.csv")
    return table_of([(row["var1"], row["var2"]) for row in printed], TOTALS), printed


def test_what_sdctable_releases_gives_all_three_away(shared: Path) -> None:
    table, printed = read(shared)
    released = [
        SUPPRESSED if row["status_sdcTable_0.34.0_OPT"] == "suppressed" else Count(int(row["true_n"]))
        for row in printed
    ]
    found = attack(table, released, Attacker())
    for name in SINGLETONS:
        cell = table.position(name)
        assert cell in found.unsafe
        assert (found.bounds[cell].smallest, found.bounds[cell].largest) == (1, 1)


def test_what_we_release_gives_none_of_the_three_away(shared: Path) -> None:
    table, printed = read(shared)
    counts = [int(row["true_n"]) for row in printed]
    nhs5 = load_rule("nhs5")
    for rule in (nhs5, _exact(nhs5), load_rule("dfe2")):
        protected = protect(table, counts, rule)
        assert protected.attack.is_safe
        for name in SINGLETONS:
            known = protected.attack.bounds[table.position(name)]
            assert known.is_at_least(2)


def _exact(rule: Rule) -> Rule:
    return rule.model_copy(update={"round_to": 1})
