import math
from dataclasses import replace
from datetime import date

from tests.apps.accountability.figures_example import (
    YEAR,
    breakdown_of,
    detention_figures,
    figure,
    observed,
    rounded,
)

from evenhand.apps.accountability.presenters.breakdowns import (
    breakdowns,
    least_difference,
    newest,
)
from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, Count
from evenhand.datasets.observations import Period


def groups(breakdown) -> list[str]:
    return [row.group for row in breakdown.groups]


def test_broad_groups_come_first_and_both_show_who_is_not_recorded():
    fine = [figure(code, rounded(20), Count(9_000), classification="nhs_2001") for code in "ABCDEFG"]
    broad, detailed = breakdowns(observed([*fine, *detention_figures()]))
    assert groups(broad) == ["white", "mixed", "asian", "black", "other"]
    assert groups(detailed) == list("ABCDEFG")
    assert [row.group for row in detailed.rows][-1] == "unknown"


def test_only_the_newest_period_is_spoken_of():
    earlier = Period(date(2022, 4, 1), date(2023, 3, 31))
    old = [replace(each, period=earlier, numerator=Count(900)) for each in detention_figures()]
    assert {row.period for row in newest(observed([*old, *detention_figures()]))} == {YEAR}
    assert newest(()) == ()


def test_of_two_periods_that_end_together_the_shorter_is_the_newer():
    month = Period(date(2024, 3, 1), date(2024, 3, 31))
    both = [*detention_figures(), *(replace(each, period=month) for each in detention_figures())]
    assert {row.period for row in newest(observed(both))} == {month}


def test_claims_are_ordered_by_what_can_be_claimed_and_not_by_the_point():
    figures = [
        figure("white", Count(500), Count(1_000_000)),
        figure("mixed", Count(4), Count(1_000)),  # eight times, from 2 to 20
        figure("black", Count(3_000), Count(1_000_000)),  # six times, from 5.4 to 6.6
    ]
    assert [row.group for row in breakdown_of(figures).claims] == ["black", "mixed"]


def test_what_is_claimed_nowhere_has_no_width():
    by_group = {row.group: row for row in breakdown_of(detention_figures()).rows}
    assert least_difference(by_group["other"]) == 0  # 1.73, with rounding from 0.99
    assert least_difference(by_group["white"]) == 0
    assert least_difference(by_group["black"]) == math.log(by_group["black"].ratio.lower_with_rounding)
    assert least_difference(by_group["unknown"]) == 0


def test_none_at_all_is_the_widest_difference():
    none = breakdown_of([figure("white", Count(900), Count(900_000)), figure("black", Count(0), Count(900_000))])
    row = none.claims[0]
    assert least_difference(row) < math.inf
    assert least_difference(replace(row, ratio=replace(row.ratio, upper_with_rounding=0.0))) == math.inf


def test_the_line_of_everyone_leaves_out_those_who_are_in_no_group():
    assert round(breakdown_of(detention_figures()).rate_of_everyone_known(100_000), 1) == 67.7
    printed = [*detention_figures(), figure("all_known", Count(900), Count(1_000_000))]
    assert breakdown_of(printed).rate_of_everyone_known(100_000) == 90


def test_without_every_group_there_is_no_line_of_everyone():
    hidden = breakdown_of(detention_figures(black=SUPPRESSED))
    assert hidden.rate_of_everyone_known(100_000) is None
    assert hidden.denominator_of_everyone_known == 1_121_985
    assert breakdown_of([figure("all", Count(7), NOT_APPLICABLE)]).denominator_of_everyone_known is None


def test_the_denominator_of_everyone_is_the_printed_one_where_it_is_printed():
    printed = [*detention_figures(), figure("all_known", Count(900), Count(1_000_000))]
    assert breakdown_of(printed).denominator_of_everyone_known == 1_000_000


def test_parts_of_the_unrecorded_stand_in_the_table_and_only_once_in_the_drawing():
    parts = [figure("not_stated", Count(40), NOT_APPLICABLE), figure("not_known", Count(55), NOT_APPLICABLE)]
    both = breakdown_of([*detention_figures(), *parts])
    assert [row.group for row in both.rows][5:] == ["unknown"]
    assert [row.group for row in both.further_rows] == ["not_stated", "not_known"]
    alone = breakdown_of([*detention_figures(unrecorded=None), *parts])
    assert [row.group for row in alone.rows][5:] == ["not_stated", "not_known"]


def test_nobody_unrecorded_is_not_drawn_and_stays_in_the_table():
    complete = breakdown_of(detention_figures(unrecorded=Count(0)))
    assert [row.group for row in complete.rows] == ["white", "mixed", "asian", "black", "other"]
    assert [row.group for row in complete.further_rows] == ["unknown"]


def test_totals_alone_are_a_breakdown_without_groups():
    (totals,) = breakdowns(observed([figure("all", rounded(185), NOT_APPLICABLE)]))
    assert totals.groups == ()
    assert totals.any_row.numerator.value == 185
    assert breakdowns(()) == ()


def test_everybody_known_stands_before_everybody():
    totals = [figure("all", Count(9), Count(90)), figure("all_known", Count(8), Count(80))]
    assert [row.group for row in breakdown_of([*detention_figures(), *totals]).totals] == ["all_known", "all"]
