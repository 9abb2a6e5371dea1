"""What holds of every public page, at a laptop's width and at the narrowest phone's."""

import pytest
from tests.journeys.visitor import NARROWEST, PHONE, WIDE, Visitor

PAGES = [
    "/",
    "/figures/",
    "/figures/detention/QK1/",  # rounded counts: claims, and groups we cannot tell about
    "/figures/detention/E92000001/",  # exact counts, two classifications
    "/figures/detention/RT5/",  # no ethnic group at all
    "/figures/restraint/SVPT-A/",  # invented, hidden groups, none
    "/figures/talking_therapies_recovery/QK1/",  # a share
    "/figures/key_stage_2_attainment/",  # defined, and answered by no release
    "/organisations/",
    "/organisations/E92000001/",
    "/organisations/SVPT/",
    "/data-quality/",
    "/releases/",
    "/releases/nhs-england-2023-24-1/",
    "/releases/svpt-2024-03-1/",
    "/how-we-protect-small-groups/",
    "/accessibility-statement/",
    "/no-such-page/",
]


@pytest.mark.parametrize("width", [WIDE, NARROWEST])
@pytest.mark.parametrize("address", PAGES)
def test_nobody_is_kept_out(browser, site, address, width):
    with Visitor(browser, site, width=width, scripts=True) as visitor:
        visitor.given_the_page(address)
        visitor.then_no_barrier_is_found()
        visitor.then_nothing_sticks_out_at_the_sides()


@pytest.mark.parametrize("width", [WIDE, NARROWEST])
@pytest.mark.parametrize("address", ["/figures/detention/QK1/", "/figures/restraint/SVPT-A/", "/organisations/QK1/"])
def test_nobody_is_kept_out_of_what_is_folded_away(browser, site, address, width):
    with Visitor(browser, site, width=width, scripts=True) as visitor:
        visitor.given_the_page(address)
        visitor.when_she_opens_everything()
        visitor.then_no_barrier_is_found()
        visitor.then_nothing_sticks_out_at_the_sides()


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("address", PAGES)
def test_text_twice_as_large_still_fits(browser_with_large_text, site, address, width):
    with Visitor(browser_with_large_text, site, width=width, scripts=True) as visitor:
        visitor.given_the_page(address)
        visitor.then_nothing_sticks_out_at_the_sides()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_light_and_asks_no_other_host(browser, site, address):
    with Visitor(browser, site) as visitor:
        visitor.given_the_page(address)
        visitor.then_no_other_host_was_asked()
        visitor.then_the_page_is_light()


@pytest.mark.parametrize("address", ["/figures/detention/QK1/", "/figures/restraint/SVPT-A/", "/"])
def test_from_right_to_left_nobody_is_kept_out_either(browser, site, address):
    for width in (WIDE, NARROWEST):
        with Visitor(browser, site, width=width, scripts=True) as visitor:
            visitor.given_the_page(f"{address}?language=ur")
            visitor.then_no_barrier_is_found()
            visitor.then_nothing_sticks_out_at_the_sides()


@pytest.mark.parametrize("address", ["/figures/detention/QK1/", "/figures/restraint/SVPT-A/"])
def test_in_forced_colours_nobody_is_kept_out_either(browser, site, address):
    with Visitor(browser, site, scripts=True, forced_colors="active") as visitor:
        visitor.given_the_page(address)
        visitor.then_no_barrier_is_found()


@pytest.mark.parametrize("address", ["/figures/detention/QK1/", "/figures/restraint/SVPT-A/"])
def test_an_indicator_prints_on_one_side_of_a4(browser, site, address):
    with Visitor(browser, site) as visitor:
        visitor.given_the_page(address)
        visitor.then_it_prints_on_one_side()
