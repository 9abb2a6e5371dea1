"""What holds for every release, whatever the figures are."""

from datetime import date
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.examples import examples

from evenhand.datasets.counts import SUPPRESSED, CellStatus, Count
from evenhand.datasets.observations import Organisation, OrganisationLevel, Period
from evenhand.disclosure import load_rule
from evenhand.indicators.specification import Denominator, Numerator, Source, Statistic, Version
from evenhand.publication.cells import Cell
from evenhand.publication.columns import OBSERVATION_COLUMNS, Column, from_row, to_row
from evenhand.publication.comma_separated import csv_rows, csv_text
from evenhand.publication.estimates import Figure, released_observations
from evenhand.publication.observations import Estimate, ReleasedObservation, Verdict
from evenhand.publication.package import Adding
from evenhand.publication.parquet import parquet_bytes, parquet_rows
from evenhand.publication.precision import differing_column
from evenhand.publication.protection import attack_counts, protected_counts

MARCH = Period(date(2024, 3, 1), date(2024, 3, 31))
COLUMNS = (
    Column("label", "string", "L."),
    Column("note", "string", "N.", required=False),
    Column("count", "integer", "C.", required=False),
    Column("value", "number", "V.", required=False),
    Column("day", "date", "D.", required=False),
)

# Text that a file of UTF-8 can hold; an empty cell says "none", so required text is not empty. NUL ends a CSV reader.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=20)
numbers = st.floats(allow_nan=False, allow_infinity=True)
rows = st.tuples(
    texts,
    st.none() | texts,
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | numbers,
    st.none() | st.dates(),
)


@settings(deadline=None)
@given(table=st.lists(rows, max_size=5))
def test_every_table_comes_back_from_csv_as_it_was(table):
    assert csv_rows(COLUMNS, csv_text(COLUMNS, table)) == table


@settings(deadline=None)
@given(label=texts)
def test_no_text_begins_a_formula_in_a_spreadsheet(label):
    written = csv_text(COLUMNS, [(label, None, None, None, None)])
    cell = written.partition("\n")[2].removeprefix('"')
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@examples(30)
@given(table=st.lists(rows, max_size=5))
def test_every_table_comes_back_from_parquet_as_it_was(table):
    assert parquet_rows(COLUMNS, parquet_bytes(COLUMNS, table)) == table


counts = st.builds(
    lambda value, base: Count(value * base, rounded_to=base), st.integers(0, 500), st.sampled_from([1, 5])
) | st.sampled_from([SUPPRESSED, Count(None, CellStatus.UNKNOWN), Count(None, CellStatus.NOT_APPLICABLE)])
limits = st.floats(0, 1e6) | st.just(inf)
estimates = st.none() | st.builds(
    Estimate,
    value=st.floats(0, 1e6),
    lower=limits,
    upper=limits,
    lower_with_rounding=limits,
    upper_with_rounding=limits,
    method=texts,
)
observations = st.builds(
    ReleasedObservation,
    indicator=texts,
    period=st.just(MARCH),
    organisation=st.builds(Organisation, texts, texts, st.sampled_from(OrganisationLevel)),
    classification=texts,
    group=texts,
    group_label=texts,
    group_order=st.integers(0, 40),
    numerator=counts,
    denominator=counts,
    value=estimates,
    value_status=st.sampled_from(CellStatus),
    unit=texts,
    comparator=st.none() | texts,
    ratio=estimates,
    verdict=st.sampled_from(Verdict),
)


@examples(50)
@given(observation=observations)
def test_every_figure_comes_back_from_its_row_and_from_csv(observation):
    row = to_row(observation)
    assert from_row(row) == observation
    assert csv_rows(OBSERVATION_COLUMNS, csv_text(OBSERVATION_COLUMNS, [row])) == [row]


def definition(statistic: Statistic) -> Version:
    return Version(
        valid_from=date(2016, 4, 1),
        statistic=statistic,
        per=1000,
        unit="per 1,000",
        out_of="people",
        numerator=Numerator("counted", "event", "Events.", person_counted_once=False),
        source=Source("A table", "A publisher", "A licence"),
        denominator=Denominator("People.", measure="people"),
    )


def figure(group: str, numerator: Count, denominator: Count) -> Figure:
    return Figure(
        indicator="x",
        period=MARCH,
        organisation=Organisation("T", "Trust", OrganisationLevel.TRUST),
        classification="nhs_2001_5",
        group=group,
        numerator=numerator,
        denominator=denominator,
    )


@st.composite
def printed_pairs(draw):
    """A part and its whole, as printed: both rounded alike, so that the part stays within the whole."""
    base = draw(st.sampled_from([1, 5]))
    whole = draw(st.integers(1, 400))
    part = draw(st.integers(0, whole))
    return Count(part * base, rounded_to=base if part else 1), Count(whole * base, rounded_to=base)


@settings(deadline=None)
@given(statistic=st.sampled_from([Statistic.RATE, Statistic.PROPORTION]), white=printed_pairs(), black=printed_pairs())
def test_a_claim_is_made_exactly_where_chance_and_rounding_leave_a_difference(statistic, white, black):
    """And every estimate lies in its interval, which rounding only widens."""
    version = definition(statistic)
    figures = [figure("white", *white), figure("black", *black)]
    compared, row = released_observations(figures, ["x"], {("x", MARCH): version}, {"nhs_2001_5": "white"})
    assert compared.verdict is Verdict.COMPARATOR
    for estimate in (compared.value, row.value, row.ratio):
        if estimate is not None:
            assert estimate.lower_with_rounding <= estimate.lower <= estimate.value
            assert estimate.value <= estimate.upper <= estimate.upper_with_rounding
    if row.ratio is None:
        assert row.verdict is Verdict.NO_CLAIM
    else:
        reaches = row.ratio.lower_with_rounding <= 1 <= row.ratio.upper_with_rounding
        assert (row.verdict is Verdict.CANNOT_TELL) == reaches
        assert (row.verdict is Verdict.HIGHER) == (row.ratio.lower_with_rounding > 1)


@examples(60)
@given(
    statistic=st.sampled_from([Statistic.RATE, Statistic.PROPORTION]),
    white=printed_pairs(),
    others=st.lists(printed_pairs(), min_size=1, max_size=4),
)
def test_among_many_groups_nothing_is_claimed_that_a_group_alone_would_not_claim(statistic, white, others):
    """And what is claimed is so by the rule: at least k intervals of confidence 1 - 0.05·k/m leave out 1."""
    version, groups = {("x", MARCH): definition(statistic)}, ("black", "mixed", "asian", "other")
    compared = figure("white", *white)
    figures = [figure(group, *counts) for group, counts in zip(groups, others, strict=False)]

    def verdicts(*chosen):
        rows = released_observations((compared, *chosen), ["x"], version, {"nhs_2001_5": "white"})
        return {row.group: row for row in rows if row.group != "white"}

    together = verdicts(*figures)
    alone = {each.group: verdicts(each)[each.group] for each in figures}
    claimed = {group for group, row in together.items() if row.verdict in {Verdict.HIGHER, Verdict.LOWER}}
    for group in claimed:
        assert together[group].verdict is alone[group].verdict
    assert all(together[group].ratio == alone[group].ratio for group in together)
    if all(row.verdict in {Verdict.HIGHER, Verdict.LOWER, Verdict.NO_CLAIM} for row in alone.values()):
        # all beyond their own 95 %: k = m, and 95 % is what it takes
        assert claimed == {group for group, row in alone.items() if row.verdict is not Verdict.NO_CLAIM}


@settings(deadline=None)
@given(black=printed_pairs(), white=printed_pairs())
def test_what_is_worked_out_again_from_the_written_row_agrees(black, white):
    version = {("x", MARCH): definition(Statistic.RATE)}
    figures = [figure("white", *white), figure("black", *black)]
    first = released_observations(figures, ["x"], version, {"nhs_2001_5": "white"})
    read = [from_row(row) for row in csv_rows(OBSERVATION_COLUMNS, csv_text(OBSERVATION_COLUMNS, map(to_row, first)))]
    figures_again = [figure(row.group, row.numerator, row.denominator) for row in read]
    again = released_observations(figures_again, ["x"], version, {"nhs_2001_5": "white"})
    for one, other in zip(first, again, strict=True):
        assert differing_column(OBSERVATION_COLUMNS, to_row(one), to_row(other)) is None


small_counts = st.integers(0, 30)


@examples(100)
@given(
    counts=st.lists(small_counts, min_size=6, max_size=6),
    rule=st.sampled_from(["nhs5", "hes7", "dfe2"]).map(load_rule),
)
def test_whatever_the_true_counts_no_small_one_is_printed_and_the_attack_fails(counts, rule):
    """Security property 2, for two services, three groups and all their totals."""
    groups = ("white_british", "not_white_british", "unknown")
    places = [(code, group) for code in ("A", "B") for group in groups]
    exact = {
        Cell("counted", MARCH, code, "white_british", group): count
        for (code, group), count in zip(places, counts, strict=True)
    }
    adding = Adding("white_british", ("unknown",), {"T": ("A", "B")})
    protected = protected_counts(exact, adding, rule)
    for cell, count in exact.items():
        printed = protected.counts[cell]
        assert (printed == SUPPRESSED) or not rule.is_small(count)
        if printed.value is not None:
            assert printed.smallest <= count <= printed.largest
    findings = attack_counts(protected.counts, adding, rule)
    assert findings.unsafe == 0
    assert findings.narrowest is None or findings.narrowest >= rule.required_width
    hidden = sum(count == SUPPRESSED for count in protected.counts.values())
    assert protected.primary + protected.secondary == hidden
