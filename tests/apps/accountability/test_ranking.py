from dataclasses import replace

import pytest
from tests.apps.accountability.figures_example import breakdown_of, detention_figures, figure, rounded, version

from evenhand.apps.accountability.presenters.ranking import Ranking, ranking
from evenhand.apps.accountability.presenters.shrunken import shrunken_groups
from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, Count
from evenhand.stats.shrinkage import shrunken_event_ratios


def ranked(figures, indicator_id="detention") -> Ranking:
    return ranking(version(indicator_id), breakdown_of(figures, indicator_id))


def order(found: Ranking) -> list[str]:
    return [drawn.row.label for drawn in found.chart.rows]


def test_a_small_group_far_out_does_not_head_the_list():
    """Two where less than one is expected: 2.7 times the rate, and it may well be chance."""
    events = {"A": 5_000, "B": 520, "C": 470, "G": 550, "H": 440, "J": 510, "K": 530, "L": 480, "N": 800}
    figures = [
        figure(code, Count(count), Count(1_000_000 if code == "A" else 100_000), classification="nhs_2001")
        for code, count in events.items()
    ]
    figures.append(figure("D", Count(2), Count(150), classification="nhs_2001"))
    breakdown, found = breakdown_of(figures), ranked(figures)
    own = {row.group: row.ratio.value for row in breakdown.compared}
    assert max(own, key=own.get) == "D"
    assert order(found)[:2] == ["African", "White and Black Caribbean"]
    assert breakdown.shrunken.ratios["D"].share > 0.7
    assert breakdown.shrunken.ratios["N"].share < 0.1
    assert "so that chance does not head the list" in found.text
    assert "its own: 2.67" in found.chart.rows[1].row.range
    assert breakdown.widest_first(breakdown.compared)[0].group == "N"


def test_exact_counts_are_shrunk_as_the_library_shrinks_them():
    counts = [(500, 1_000_000), (40, 50_000), (30, 60_000), (90, 90_000), (0, 3_000)]
    groups = ["white", "mixed", "asian", "black", "other"]
    figures = [figure(group, Count(a), Count(n)) for group, (a, n) in zip(groups, counts, strict=True)]
    found = breakdown_of(figures).shrunken
    events, people = zip(*counts, strict=True)
    expected = shrunken_event_ratios(events, [each * 500 / 1_000_000 for each in people])
    assert [found.ratios[group].value for group in groups[1:]] == pytest.approx(expected.value[1:].tolist())
    assert found.ratios["other"].value > 0  # none counted, and drawn up
    assert found.method == expected.method
    assert found.ratios["black"].interval.lower < expected.interval.lower[3]  # the comparison group's chance is joined


def test_a_rounded_count_is_drawn_in_further_than_an_exact_one():
    exact = [replace(each, numerator=Count(each.numerator.value)) for each in detention_figures(unrecorded=None)]
    of_exact, of_rounded = breakdown_of(exact).shrunken, breakdown_of(detention_figures(unrecorded=None)).shrunken
    for group in ("mixed", "asian", "black", "other"):
        assert of_rounded.ratios[group].share > of_exact.ratios[group].share


def test_shares_and_published_rates_are_shrunk_on_the_logarithm():
    shares = [(5_000, 10_000), (40, 100), (2_300, 5_000), (150, 400), (95, 200)]
    groups = ["white", "mixed", "asian", "black", "other"]
    figures = [figure(group, Count(a), Count(n)) for group, (a, n) in zip(groups, shares, strict=True)]
    found = breakdown_of(figures, "talking_therapies_recovery").shrunken
    assert "normal" in found.method
    assert 0.75 < found.ratios["black"].value < 1
    published = [(70.0, 0.7), (190.0, 30.0), (80.0, 2.0), (240.0, 7.0), (0.0, 0.0)]
    figures = [
        figure(group, Count(9), NOT_APPLICABLE, published_value=value, published_half_width=half)
        for group, (value, half) in zip(groups, published, strict=True)
    ]
    found = breakdown_of(figures, "detention_standardised").shrunken
    assert set(found.ratios) == {"mixed", "asian", "black"}  # a rate of none has no logarithm and no counts


def test_where_a_share_is_none_shares_are_taken_as_rates():
    shares = [(500, 1_000), (4, 10), (230, 500), (15, 40), (0, 20)]
    groups = ["white", "mixed", "asian", "black", "other"]
    figures = [figure(group, Count(a), Count(n)) for group, (a, n) in zip(groups, shares, strict=True)]
    found = breakdown_of(figures, "talking_therapies_recovery").shrunken
    assert "gamma-Poisson" in found.method
    assert 0 < found.ratios["other"].value < 1


def test_too_few_groups_are_not_put_in_an_order_and_the_page_says_why():
    found = ranked([figure("white", rounded(515), Count(812_992)), figure("black", rounded(50), Count(37_231))])
    assert found.chart is None
    assert found.text == (
        "Fewer than 4 groups have a figure here. With so few there is no telling what is usual and what is chance, so "
        "they are not put in an order."
    )
    assert ranked([figure("black", rounded(50), Count(37_231))]) is None
    assert shrunken_groups(None, ()).ratios == {}


def test_both_methods_are_named_and_the_table_has_both_values():
    found = ranked(detention_figures())
    assert found.chart.words.note == (
        "Order: empirical Bayes, gamma-Poisson with Morris's correction. What is claimed: Benjamini-Hochberg, 5 %, "
        "over the 4 groups compared."
    )
    assert found.chart.table.rows[0] == (
        "Black or Black British",
        "2.12 (1.47 to 2.95)",
        "2.05 (1.48 to 2.72)",
        "10 %",
        "higher",
    )
    assert found.chart.words.subtitle.startswith("The furthest from the same rate first")


def test_a_group_that_counted_none_has_none_of_its_own():
    found = ranked(detention_figures(other=Count(0), unrecorded=None))
    assert "its own: none" in next(drawn.row.range for drawn in found.chart.rows if "Other" in drawn.row.label)


def test_hidden_groups_are_left_out_of_the_order():
    assert "Mixed" not in order(ranked(detention_figures(mixed=SUPPRESSED)))


def test_what_could_be_turned_round_is_undecided_in_the_order_too():
    found = ranked(detention_figures(unrecorded=Count(900)))
    assert found.chart.rows[0].row.meaning == "Undecided (higher as recorded)"
