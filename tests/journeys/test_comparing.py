"""Journeys of people who ask how it goes over time, and how it stands elsewhere."""

import pytest
from playwright.sync_api import expect
from tests.journeys.visitor import NARROWEST, WIDE, Visitor

SOAR_VALLEY = "/figures/restraint/SVPT/"
PAGES = [
    SOAR_VALLEY,  # 24 months, two funnels with limits that allow for usual differences
    "/figures/detention/QK1/",  # one year, 42 boards
    "/figures/talking_therapies_recovery/QK1/",  # five years, some of them hidden
]


def test_a_carer_reads_what_became_of_the_number_and_of_the_gap(visitor):
    visitor.given_the_page(SOAR_VALLEY)
    visitor.then_she_reads(
        "Over 24 months there were between 15 and 28 people restrained for every 1,000 bed days.",
        "Higher than chance explains: July 2023.",
        "If there was a change, it is too small to be seen with these numbers; seeing it would take",
    )
    visitor.then_she_sees("Why not by ethnic group?")
    chart = visitor.page.locator("#over-time")
    expect(chart.locator(".special")).not_to_have_count(0)
    chart.locator("summary").click()
    row = chart.get_by_role("row", name="July 2023")
    expect(row).to_contain_text("higher than chance explains")
    visitor.then_the_row_reads("2023-24", "1.7 to 2.4 times")


def test_a_governor_sees_where_her_trust_lies_and_that_it_is_no_league_table(visitor):
    visitor.given_the_page(SOAR_VALLEY)
    visitor.then_she_reads(
        "This is no league table", "Soar Valley Partnership Trust (invented): about what chance allows."
    )
    funnel = visitor.page.locator("#between-organisations-group")
    expect(funnel.locator(".not-drawn")).to_have_text("Merrowdale Partnership Trust (invented): hidden")
    funnel.locator("summary").click()
    names = funnel.get_by_role("rowheader").all_text_contents()
    assert names == sorted(names)
    assert len(names) == 12


def test_five_years_are_shown_and_said_to_be_too_few(visitor):
    visitor.given_the_page("/figures/talking_therapies_recovery/QK1/")
    visitor.then_she_sees("5 years: 15 are needed to say what is usual.")
    visitor.then_she_reads("Left out of both groups, since a count of one of them is hidden or missing: 2 years.")


def test_a_drawing_is_taken_away_for_a_board_paper(visitor):
    visitor.given_the_page("/figures/detention/QK1/")
    visitor.when_she_opens("Download, and how to cite")
    with visitor.page.expect_download() as taking:
        visitor.when_she_follows("integrated care boards side by side")
    drawing = taking.value.path().read_text("utf-8")
    assert taking.value.suggested_filename == "detention-QK1-between-organisations.svg"
    assert "Leicestershire and" in drawing


@pytest.mark.parametrize("language", ["", "?language=ur"])
@pytest.mark.parametrize("width", [WIDE, NARROWEST])
@pytest.mark.parametrize("address", PAGES)
def test_nobody_is_kept_out_of_comparisons(browser, site, address, width, language):
    with Visitor(browser, site, width=width, scripts=True) as visitor:
        visitor.given_the_page(f"{address}{language}")
        visitor.page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        visitor.then_no_barrier_is_found()
        visitor.then_nothing_sticks_out_at_the_sides()


@pytest.mark.parametrize("address", PAGES)
def test_comparisons_leave_the_notice_for_a_board_on_one_side(browser, site, address):
    with Visitor(browser, site) as visitor:
        visitor.given_the_page(address)
        visitor.then_it_prints_on_one_side()
