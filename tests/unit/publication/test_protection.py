"""Exact counts in, printed counts out; and the attack on what is printed."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, Count
from evenhand.datasets.observations import Observation, Organisation, OrganisationLevel, Period
from evenhand.disclosure import Rule, load_rule
from evenhand.errors import InputRefused
from evenhand.publication.cells import Cell
from evenhand.publication.linked_tables import linked_tables
from evenhand.publication.package import Adding
from evenhand.publication.protection import Findings, adding_of, attack_counts, protected_counts

MARCH = Period(date(2024, 3, 1), date(2024, 3, 31))
NHS5 = load_rule("nhs5")
EXACT = load_rule("dfe2")
ADDING = Adding("white_british", ("unknown",), {"T": ("A", "B")})
GROUPS = ("white_british", "not_white_british", "unknown")


def cell(organisation, group, measure="restrained", period=MARCH):
    return Cell(measure, period, organisation, "total" if group == "all" else "white_british", group)


def counts_of(a=(41, 3, 12), b=(36, 17, 9)):
    return {
        cell(organisation, group): count
        for organisation, counts in (("A", a), ("B", b))
        for group, count in zip(GROUPS, counts, strict=True)
    }


def hidden(counts):
    return {(each.organisation, each.group) for each, count in counts.items() if count == SUPPRESSED}


def test_a_small_count_is_hidden_and_the_others_are_rounded():
    protected = protected_counts(counts_of(a=(60, 3, 25), b=(70, 30, 25)), ADDING, NHS5)
    assert hidden(protected.counts) == {("A", "not_white_british")}
    assert protected.counts[cell("T", "all")] == Count(215, rounded_to=5)  # 213
    assert (protected.primary, protected.secondary) == (1, 0)


def test_a_lone_hidden_count_is_known_to_be_small_so_another_is_hidden_with_it():
    """The rounded sums alone leave 3 to 6. Why else should it be hidden but for being 1 to 4: so it is 3 or 4."""
    protected = protected_counts(counts_of(), ADDING, NHS5)
    assert (protected.primary, protected.secondary) == (1, 1)
    counts = dict(protected.counts)
    (shield,) = hidden(counts) - {("A", "not_white_british")}
    assert attack_counts(counts, ADDING, NHS5).unsafe == 0
    true = {"white_british": 36, "not_white_british": 17, "unknown": 9, "all_known": 53}[shield[1]]
    counts[cell(*shield)] = Count(round(true / 5) * 5, rounded_to=5)
    assert attack_counts(counts, ADDING, NHS5) == Findings(narrowest=1, unsafe=1)


def test_where_nothing_is_rounded_others_are_hidden_as_well():
    protected = protected_counts(counts_of(a=(41, 2, 12)), ADDING, EXACT)
    assert protected.primary == 1
    assert protected.secondary >= 3
    assert ("A", "not_white_british") in hidden(protected.counts)


def test_the_attack_on_what_is_printed_finds_no_more_than_the_rule_allows():
    protected = protected_counts(counts_of(a=(41, 2, 12)), ADDING, EXACT)
    findings = attack_counts(protected.counts, ADDING, EXACT)
    assert findings.unsafe == 0
    assert findings.narrowest >= EXACT.required_width


def test_printing_a_shield_gives_the_small_count_away():
    counts = dict(protected_counts(counts_of(a=(41, 2, 12)), ADDING, EXACT).counts)
    shield = next(each for each in counts if counts[each] == SUPPRESSED and each.group != "not_white_british")
    counts[shield] = Count({"white_british": 41, "unknown": 12, "all_known": 43, "all": 55}[shield.group])
    assert shield.organisation == "A"
    assert attack_counts(counts, ADDING, EXACT).unsafe > 0


def test_how_many_are_small_is_not_told_where_that_would_give_one_away():
    """Under this rule a hidden count known to be small is 1 or 2: closer than three possible values."""
    assert not protected_counts(counts_of(a=(41, 2, 12)), ADDING, EXACT).may_be_told


def test_how_many_are_small_may_be_told_where_it_gives_nothing_away():
    """A lone count of 1 to 4 among rounded totals stays 1 to 4, which three possible values allow."""
    assert protected_counts(counts_of(a=(60, 3, 25), b=(70, 30, 25)), ADDING, NHS5).may_be_told


def test_nothing_hidden_is_safe():
    protected = protected_counts(counts_of(a=(40, 30, 20), b=(10, 10, 10)), ADDING, EXACT)
    assert hidden(protected.counts) == set()
    findings = attack_counts(protected.counts, ADDING, EXACT)
    assert (findings.narrowest, findings.unsafe) == (None, 0)


def test_a_missing_count_is_not_taken_for_zero():
    counts = counts_of()
    del counts[cell("B", "unknown")]
    with pytest.raises(InputRefused, match=r"no count of restrained, 2024-03-01 to 2024-03-31, B, group unknown"):
        protected_counts(counts, ADDING, NHS5)


@pytest.mark.parametrize(
    "count",
    [
        Count(3),
        Count(3, rounded_to=5),
        Count(7, rounded_to=5),
        Count(10),
        Count(10, rounded_to=10),
        UNKNOWN,
        NOT_APPLICABLE,
    ],
)
def test_a_count_printed_against_the_rule_is_refused(count):
    counts = dict(protected_counts(counts_of(), ADDING, NHS5).counts)
    counts[cell("B", "unknown")] = count
    with pytest.raises(InputRefused, match="B, group unknown of white_british is printed otherwise than the rule nhs5"):
        attack_counts(counts, ADDING, NHS5)


def test_a_printed_zero_breaks_a_rule_that_hides_zeros():
    rule = Rule.model_validate({**NHS5.model_dump(), "zeros": "hidden"})
    counts = dict(protected_counts(counts_of(b=(36, 17, 0)), ADDING, rule).counts)
    assert counts[cell("B", "unknown")] == SUPPRESSED
    counts[cell("B", "unknown")] = Count(0)
    with pytest.raises(InputRefused, match="is printed otherwise than the rule"):
        attack_counts(counts, ADDING, rule)


def test_the_smallest_count_that_rounds_to_5_may_be_printed_under_a_higher_threshold():
    """7 is printed as 5 when 1 to 6 are hidden."""
    rule = Rule.model_validate({**NHS5.model_dump(), "small_up_to": 6})
    counts = protected_counts(counts_of(a=(41, 7, 12), b=(36, 17, 9)), ADDING, rule).counts
    assert counts[cell("A", "not_white_british")] == Count(5, rounded_to=5)
    assert attack_counts(counts, ADDING, rule).unsafe == 0


def test_a_cell_that_belongs_to_no_sum_is_refused():
    counts = dict(protected_counts(counts_of(), ADDING, NHS5).counts)
    counts[Cell("restrained", MARCH, "A", "nhs_2001", "A")] = Count(50, rounded_to=5)
    with pytest.raises(InputRefused, match="group A of nhs_2001 stands in no sum"):
        attack_counts(counts, ADDING, NHS5)


def test_periods_that_overlap_are_refused():
    """A month and the year around it, both printed, give the rest of the year away."""
    year = Period(date(2023, 4, 1), date(2024, 3, 31))
    counts = dict(protected_counts(counts_of(), ADDING, NHS5).counts)
    both = counts | {each._replace(period=year): count for each, count in counts.items()}
    with pytest.raises(InputRefused, match="2023-04-01 to 2024-03-31 and 2024-03-01 to 2024-03-31 overlap"):
        attack_counts(both, ADDING, NHS5)


def test_periods_one_after_the_other_are_attacked_each_by_itself():
    april = Period(date(2024, 4, 1), date(2024, 4, 30))
    counts = counts_of() | {each._replace(period=april): count for each, count in counts_of().items()}
    protected = protected_counts(counts, ADDING, NHS5)
    assert protected.primary == 2
    assert attack_counts(protected.counts, ADDING, NHS5).unsafe == 0


def test_the_rest_of_a_whole_is_hidden_from_the_attack_and_protected_all_the_same():
    """Of 41 treated 39 recovered: the other two must not be seen, though nobody prints them."""
    treated = {
        each._replace(measure="treated"): count + 20 for each, count in counts_of(a=(21, 0, 0), b=(0, 0, 0)).items()
    }
    recovered = {each._replace(measure="recovered"): 20 for each in treated}
    recovered[cell("A", "white_british", "recovered")] = 39
    adding = replace(ADDING, parts=(("recovered", "treated"),))
    protected = protected_counts(treated | recovered, adding, EXACT)
    a_white = {measure: protected.counts[cell("A", "white_british", measure)] for measure in ("recovered", "treated")}
    assert SUPPRESSED in a_white.values()
    assert attack_counts(protected.counts, adding, EXACT).unsafe == 0


def test_a_small_rest_that_two_printed_counts_give_away_is_found_by_the_attack():
    """41 treated and 39 recovered, both printed: whoever loads the release sees the two, and refuses it."""
    treated = {each._replace(measure="treated"): count + 20 for each, count in counts_of(a=(21, 0, 0)).items()}
    recovered = dict.fromkeys((key._replace(measure="recovered") for key in treated), 20)
    recovered[cell("A", "white_british", "recovered")] = 39
    adding = replace(ADDING, parts=(("recovered", "treated"),))
    (linked,) = linked_tables(treated | recovered, adding)
    counts = linked.added_up(treated | recovered)
    printed = {each: Count(count) for each, count in zip(linked.cells, counts, strict=True) if each is not None}
    assert attack_counts(printed, adding, EXACT).unsafe == 3  # A, by group, of known ethnicity, in all
    recovered[cell("A", "white_british", "recovered")] = 20
    counts = linked.added_up(treated | recovered)
    printed = {each: Count(count) for each, count in zip(linked.cells, counts, strict=True) if each is not None}
    assert attack_counts(printed, adding, EXACT).unsafe == 0  # 21 and nobody: neither is small


def test_a_count_is_alone_when_only_what_nobody_prints_is_hidden_beside_it():
    """The rest of a whole is hidden from everybody: it is no company for a lone hidden count."""
    rest = counts_of(a=(41, 4, 12), b=(36, 3, 9))
    treated = {each._replace(measure="treated"): count + 40 for each, count in rest.items()}
    recovered = {each._replace(measure="recovered"): 40 for each in treated}
    recovered[cell("A", "unknown", "recovered")] = 3
    adding = replace(ADDING, parts=(("recovered", "treated"),))
    protected = protected_counts(treated | recovered, adding, NHS5)
    assert attack_counts(protected.counts, adding, NHS5).unsafe == 0


# ---------------------------------------------------------------------------------------------------- how they add up


def observation(group, scheme="white_british"):
    return Observation(
        measure="restrained",
        period=MARCH,
        organisation=Organisation("A", "A", OrganisationLevel.PROVIDER),
        classification=scheme,
        group=group,
        count=Count(1),
    )


def test_how_counts_add_up_is_told_by_their_groups():
    adding = adding_of(map(observation, GROUPS), {"T": ("A",)}, [("y", "z"), ("x", "z"), ("x", "z")])
    assert adding == Adding("white_british", ("unknown",), {"T": ("A",)}, (("x", "z"), ("y", "z")))


@pytest.mark.parametrize(
    ("observations", "found"),
    [
        ([observation("white_british"), observation("all_known")], r"totals \(all_known\)"),
        ([observation("white_british"), observation("A", "nhs_2001")], "2 classifications"),
        ([observation("unknown")], "0 classifications"),
    ],
)
def test_totals_and_mixed_classifications_are_refused(observations, found):
    with pytest.raises(InputRefused, match=f"Found {found}"):
        adding_of(observations, {}, [])
