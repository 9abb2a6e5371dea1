"""Exact counts of the smallest groups into what a release may print; and the attack on what it prints."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from evenhand.datasets.counts import SUPPRESSED, UNKNOWN, Count
from evenhand.datasets.observations import Observation, Period
from evenhand.disclosure import Attack, CountRange, ProtectedTable, Rule, attack, protect
from evenhand.disclosure.attack import feasible_ranges
from evenhand.disclosure.primary import printed_count
from evenhand.disclosure.rounding import round_to_nearest
from evenhand.disclosure.rules import Zeros
from evenhand.errors import InputRefused
from evenhand.ethnicity import TOTALS, SpecialGroup
from evenhand.indicators.specification import Version
from evenhand.publication.cells import Cell, part_and_whole
from evenhand.publication.linked_tables import Link, LinkedTable, linked_tables
from evenhand.publication.package import Adding


@dataclass(frozen=True, slots=True)
class Protected:
    """What may be printed, with what only the one who protects may know.

    Attributes:
        counts: every cell of the release, as printed.
        primary, secondary: how many cells are hidden for their own sake, and how many to shield those.
        may_be_told: whether an outsider who even knew which cells are which would still be kept as far away as the
            rule asks. Only then are ``primary`` and ``secondary`` printed in the certificate: "two hidden, both small"
            can give a pair of counts away.
    """

    counts: Mapping[Cell, Count]
    primary: int
    secondary: int
    may_be_told: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """What an outsider can work out of a release.

    Attributes:
        narrowest: largest minus smallest possible value of the hidden count that is known best; None when nothing is
            hidden, or no hidden count has an upper end.
        unsafe: how many hidden counts are known more closely than the rule allows.
    """

    narrowest: int | None
    unsafe: int


def adding_of(
    observations: Iterable[Observation], organisations: Mapping[str, tuple[str, ...]], parts: Iterable[Link]
) -> Adding:
    """How exact counts of the smallest groups add up; ``organisations`` and ``parts`` as in :class:`Adding`.

    Raises:
        InputRefused: the source counts totals or broad groups beside the small ones, or mixes classifications.
    """
    groups = {(each.classification, each.group) for each in observations}
    schemes = {scheme for scheme, group in groups if group not in set(SpecialGroup)}
    totals = sorted(TOTALS.intersection(group for _, group in groups))
    if totals or len(schemes) != 1:
        found = f"totals ({', '.join(totals)})" if totals else f"{len(schemes)} classifications"
        raise InputRefused(
            "exact counts that are to be protected come by the ethnic groups of one classification, without totals: "
            f"the release adds those up itself. Found {found}."
        )
    unrecorded = tuple(str(special) for special in SpecialGroup if special in {group for _, group in groups})
    return Adding(schemes.pop(), unrecorded, dict(organisations), tuple(sorted(set(parts))))


def with_parts_of(adding: Adding, versions: Iterable[Version]) -> Adding:
    """The same, with every measure that a definition makes a part of another."""
    links = {link for version in versions if (link := part_and_whole(version)) is not None}
    return replace(adding, parts=tuple(sorted({*adding.parts, *links})))


def protected_counts(exact: Mapping[Cell, int], adding: Adding, rule: Rule) -> Protected:
    """Every count of a release, protected, from the exact counts of its smallest groups.

    Args:
        exact: one count for each measure, period, organisation (not the wholes) and smallest group. The classification
            of those without a recorded group is the broadest.

    Raises:
        InputRefused: a count is missing, or a part is larger than its whole.
        NotSafe: the tables cannot be made safe.
    """
    counts: dict[Cell, Count] = {}
    primary = secondary = 0
    may_be_told = True
    for linked in linked_tables(exact, adding):
        protected = _protected(linked, _added_up(linked, exact), rule)
        for place, cell in enumerate(linked.cells):
            if cell is not None:
                counts[cell] = protected.counts[place]
                primary += place in protected.primary
                secondary += place in protected.secondary
        may_be_told = may_be_told and _withstands_marks(linked, counts, protected.primary, rule)
    return Protected(counts, primary, secondary, may_be_told)


def attack_counts(counts: Mapping[Cell, Count], adding: Adding, rule: Rule) -> Findings:
    """What an outsider can work out from the printed counts alone.

    Raises:
        InputRefused: a count is printed that the rule does not let be printed so, a count that the sums need is not
            there, the printed counts contradict each other, or periods overlap, which the attack cannot judge.
        AttackUndecided: the attack had to be given up.
    """
    against = [cell for cell, count in counts.items() if not _keeps(rule, count)]
    if against:
        raise InputRefused(f"the count of {_words(against[0])} is printed otherwise than the rule {rule.id} says.")
    _check_periods({cell.period for cell in counts})
    tables = list(linked_tables(counts, adding))
    strangers = set(counts).difference(*(linked.cells for linked in tables))
    if strangers:
        raise InputRefused(f"the count of {_words(min(strangers))} stands in no sum, so nothing can be said of it.")
    printed = [_printed(linked, counts) for linked in tables]
    attacks = [_attacked(*each, rule) for each in zip(tables, printed, strict=True)]
    widths = [each.narrowest for each in attacks if each.narrowest is not None]
    given_away = sum(_small_rests(*each, rule) for each in zip(tables, printed, strict=True))
    return Findings(min(widths, default=None), sum(len(each.unsafe) for each in attacks) + given_away)


def _protected(linked: LinkedTable, added_up: list[int], rule: Rule) -> ProtectedTable:
    """The table protected, with more hidden than the rule asks where a lone hidden count would be known too well."""
    required = rule.required_width
    while True:
        protected = protect(linked.table, added_up, rule.model_copy(update={"required_width": required}))
        public = [
            UNKNOWN if cell is None else count for cell, count in zip(linked.cells, protected.counts, strict=True)
        ]
        if _attacked(linked, public, rule).is_safe:
            return protected
        # The lone count stands in sums of printed ones, so it has an upper end; to ask for more hides another count.
        assert protected.attack.narrowest is not None  # noqa: S101 (tells the type checker)
        required = protected.attack.narrowest + 1


def _attacked(linked: LinkedTable, printed: Sequence[Count], rule: Rule) -> Attack:
    """The attack of somebody who knows, too, that a table which hides one count alone hides it for being small."""
    attacker = rule.attacker()
    if sum(count == SUPPRESSED for count in printed) == 1:
        attacker = replace(attacker, hidden_largest=rule.small_up_to)
    return attack(linked.table, printed, attacker, required_width=rule.required_width)


def _small_rests(linked: LinkedTable, printed: Sequence[Count], rule: Rule) -> int:
    """How many rests of a whole an outsider knows to be small, and more closely than the rule allows.

    Nobody prints them: 17 of 20 improved, so 3 did not. A rest that may be large, or may be nobody where zeros are
    printed, is not known to be small; whoever protects the counts knows which is so, and sees to it.
    """
    rests = [place for place, cell in enumerate(linked.cells) if cell is None]
    if not rests:
        return 0
    known = [rule.attacker().range_of(count) for count in printed]
    ranges, _ = feasible_ranges(linked.table, known, rests)
    return sum(_is_known_small(left, rule) and not left.is_at_least(rule.required_width) for left in ranges.values())


def _is_known_small(left: CountRange, rule: Rule) -> bool:
    return left.largest is not None and rule.is_small(left.smallest) and rule.is_small(left.largest)


def _check_periods(periods: Iterable[Period]) -> None:
    """A month and its year, both printed, give the rest of the year away; no sum here says so."""
    ordered = sorted(periods)
    for earlier, later in pairwise(ordered):
        if later.start <= earlier.end:
            raise InputRefused(
                f"the periods {earlier.start} to {earlier.end} and {later.start} to {later.end} overlap. The "
                "periods of a protected release do not: what two of them give away together is not judged here."
            )


def _added_up(linked: LinkedTable, exact: Mapping[Cell, int]) -> list[int]:
    try:
        return linked.added_up(exact)
    except KeyError as error:
        raise InputRefused(
            f"there is no count of {_words(error.args[0])}. A group that nobody belongs to is given as 0, so that zero "
            "and not counted stay apart."
        ) from error


def _printed(linked: LinkedTable, counts: Mapping[Cell, Count]) -> list[Count]:
    """The counts of the table as printed. Of the rest of a whole an outsider knows only what the sums say."""
    missing = [cell for cell in linked.cells if cell is not None and cell not in counts]
    if missing:
        raise InputRefused(f"the count of {_words(missing[0])} is not printed, though it belongs to a sum.")
    return [UNKNOWN if cell is None else counts[cell] for cell in linked.cells]


def _keeps(rule: Rule, count: Count) -> bool:
    """Whether a count is hidden, or printed as the rule prints one: large enough, and rounded."""
    if count.value is None:
        return count == SUPPRESSED
    if count.value == 0 and rule.zeros is Zeros.HIDDEN:
        return False
    smallest = round_to_nearest(rule.small_up_to + 1, rule.round_to)
    return count == printed_count(count.value, rule) and (count.value == 0 or count.value >= smallest)


def _withstands_marks(linked: LinkedTable, counts: Mapping[Cell, Count], primary: Collection[int], rule: Rule) -> bool:
    """Whether the table is safe even from an outsider who knows which hidden counts are the small ones."""
    printed = _printed(linked, counts)
    known = [rule.attacker().range_of(count) for count in printed]
    hidden = [place for place, cell in enumerate(linked.cells) if cell is not None and counts[cell].value is None]
    for place in hidden:
        small = place in primary
        known[place] = CountRange(known[place].smallest, rule.small_up_to) if small else _above(rule)
    ranges, _ = feasible_ranges(linked.table, known, hidden)
    return all(left.is_at_least(rule.required_width) for left in ranges.values())


def _above(rule: Rule) -> CountRange:
    return CountRange(rule.small_up_to + 1, None)


def _words(cell: Cell) -> str:
    days = f"{cell.period.start} to {cell.period.end}"
    return f"{cell.measure}, {days}, {cell.organisation}, group {cell.group} of {cell.classification}"
