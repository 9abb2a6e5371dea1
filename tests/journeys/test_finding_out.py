"""Journeys of people who want to know something."""

import csv
import io

from playwright.sync_api import expect
from tests.journeys.visitor import PHONE, Visitor


def test_a_resident_finds_out_how_it_stands_where_she_lives(visitor):
    visitor.given_the_page("/")
    visitor.then_she_reads("3.4 to 3.7 times", "between 1.4 and 3 times", "What changed lately")
    visitor.when_she_follows("See the figures")
    visitor.then_the_title_is("Figures")
    visitor.when_she_follows("Who is detained under the Mental Health Act?")
    visitor.then_she_reads(
        "there were about 13 detentions in the year for every 10,000 Black people, and about 6 for every 10,000 White"
    )
    visitor.then_the_row_reads("Black or Black British", "134", "95 to 184")
    visitor.then_she_sees("no rate: these people belong to some group above, but nobody wrote down which")
    visitor.when_she_opens("The same measure in another place")
    visitor.when_she_follows("England")
    visitor.then_she_reads("about 24 detentions in the year for every 10,000 Black people")


def test_a_carer_reads_how_wide_the_gap_is_and_what_could_turn_it_round(visitor):
    visitor.given_the_page("/figures/detention/QK1/")
    visitor.then_she_sees("How wide is the gap?")
    visitor.then_she_reads(
        "Among Black people there were between 3 and 13 more detentions in the year for every 10,000 people than among "
        "White people. In all that is about 26 (11 to 45) more detentions than at the rate of White people.",
        "These numbers say how far apart the figures are. They do not say why.",
    )
    gap = visitor.page.locator("#gap tbody tr", has_text="Other ethnic groups")
    expect(gap).to_contain_text("1 fewer to 11 more")
    visitor.when_she_opens("Which differences stand out?")
    visitor.then_she_sees("The values of small groups jump about.")
    first = visitor.page.locator("#stands-out tbody tr").first
    expect(first).to_contain_text("Black or Black British")
    expect(first).to_contain_text("its own: 2.12")
    visitor.when_she_opens("How complete the records are")
    visitor.then_she_sees("What those whose ethnicity is not recorded could change")
    visitor.then_she_reads("Shared out as those recorded are: an assumption")
    visitor.given_the_page("/organisations/QK1/")
    visitor.then_the_row_reads("Short-term orders", "undecided")
    visitor.then_she_reads("what was not written down could turn it round", "so that chance does not head the list")


def test_a_group_that_is_hidden_is_there_with_the_word_and_the_reason(visitor):
    visitor.given_the_page("/figures/restraint/SVPT-A/")
    visitor.then_she_sees("Everything on this page is invented")
    visitor.then_the_row_reads("Other ethnic groups", "hidden to protect people in small groups", "hidden")
    visitor.then_she_reads("Not recorded.", "Does not apply.", "None.")


def test_a_figure_that_reaches_no_difference_reads_we_cannot_tell(visitor):
    visitor.given_the_page("/figures/talking_therapies_reliable_improvement/QK1/")
    visitor.then_she_reads("we cannot tell from these figures")


def test_a_journalist_takes_the_figures_away_and_checks_where_they_come_from(visitor):
    visitor.given_the_page("/figures/detention/QK1/")
    visitor.when_she_opens("Download, and how to cite")
    with visitor.page.expect_download() as taking:
        visitor.when_she_follows("The figures as CSV")
    rows = list(csv.DictReader(io.StringIO(taking.value.path().read_text("utf-8-sig"))))
    black = next(
        row
        for row in rows
        if (row["indicator"], row["organisation_code"], row["group"]) == ("detention", "QK1", "black")
    )
    assert black["numerator"] == "50"
    with visitor.page.expect_download() as taking:
        visitor.when_she_follows("Drawing (SVG)")
    assert taking.value.suggested_filename == "detention-QK1-by-group.svg"
    visitor.when_she_follows("The release these figures come from")
    visitor.then_she_reads("These figures were public before.", "The release's digest")


def test_somebody_checks_how_a_small_group_is_protected(visitor):
    visitor.given_the_page("/releases/")
    visitor.when_she_follows("People restrained in hospital")
    visitor.then_she_reads("then an attack was run on what is printed", "range of at least", "The outsider we assume")
    visitor.when_she_follows("How we protect small groups")
    visitor.then_the_title_is("How we protect small groups")


def test_somebody_without_a_mouse_skips_to_what_the_page_says(browser, site):
    with Visitor(browser, site, scripts=True) as visitor:
        visitor.given_the_page("/figures/detention/QK1/")
        visitor.when_she_presses("Tab")
        skip = visitor.page.get_by_role("link", name="Skip to what this page says")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        visitor.when_she_presses("Enter")
        expect(visitor.page.locator("main")).to_be_focused()
        visitor.when_she_presses("Tab")
        expect(visitor.page.get_by_role("link", name="Home", exact=True)).to_be_focused()


def test_somebody_who_hears_the_page_gets_each_row_with_its_meaning(visitor):
    visitor.given_the_page("/figures/detention/QK1/")
    table = visitor.page.get_by_role("table", name="Detentions for every 100,000 people, by ethnic group").first
    row = table.get_by_role("row", name="Black or Black British")
    expect(row.get_by_role("rowheader")).to_have_text("Black or Black British")
    expect(row.get_by_role("cell").first).to_contain_text("Different from White people by more than chance")
    expect(row.get_by_role("cell").last).to_contain_text("134")


def test_from_right_to_left_zero_is_at_the_right_and_the_page_says_so(browser, site):
    with Visitor(browser, site, width=PHONE, scripts=True) as visitor:
        visitor.given_the_page("/figures/detention/QK1/?language=ur")
        visitor.then_she_reads("zero is on the right side")
        first, last = (
            visitor.page.locator("#by-group .axis-below .tick").nth(index).bounding_box() for index in (0, -1)
        )
        assert first["x"] > last["x"]
        label = visitor.page.locator("#by-group tbody th").first.bounding_box()
        value = visitor.page.locator("#by-group tbody .figure").first.bounding_box()
        assert label["x"] > value["x"]
        expect(visitor.page.locator("#by-group tbody .figure bdi").last).to_have_text("detentions")
