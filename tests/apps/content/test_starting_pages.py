import re

import pytest
from wagtail.models import Page, Site

from evenhand.apps.content.actions import create_starting_pages, starting_pages
from evenhand.apps.content.models import HomePage, InformationPage
from evenhand.apps.content.queries import menu
from evenhand.apps.core.queries import history
from evenhand.disclosure import load_rule


@pytest.fixture
def pages(administrator):
    return create_starting_pages(by=administrator)


def test_the_pages_stand_in_the_menu(pages):
    assert [(link.title, link.address) for link in menu()] == [
        ("How we protect small groups", "/how-we-protect-small-groups/"),
        ("Accessibility statement", "/accessibility-statement/"),
    ]
    assert all(link.description for link in menu())


@pytest.mark.parametrize("page", starting_pages(), ids=lambda page: page.slug)
def test_a_page_is_served_with_its_text(page, pages, client):
    answer = client.get(f"/{page.slug}/")
    assert answer.status_code == 200
    last_heading = re.findall("<h2>(.*?)</h2>", page.text)[-1]
    assert last_heading in answer.content.decode()


def test_they_take_the_place_of_wagtails_welcome_page(pages):
    assert isinstance(Site.objects.get().root_page.specific, HomePage)
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_making_them_is_recorded_and_signed(pages, administrator):
    for page in pages:
        (line,) = history(page)
        assert (line.what, line.actor) == ("page_created", administrator.pk)


def test_what_people_wrote_since_is_left_alone(pages, administrator):
    page = InformationPage.objects.get(slug="accessibility-statement")
    page.title = "Our own statement"
    page.save()
    InformationPage.objects.get(slug="how-we-protect-small-groups").delete()
    (made_again,) = create_starting_pages(by=administrator)
    assert made_again.slug == "how-we-protect-small-groups"
    page.refresh_from_db()
    assert page.title == "Our own statement"


def test_a_welcome_page_with_pages_under_it_stays(administrator):
    welcome = Site.objects.get().root_page
    welcome.add_child(instance=Page(title="Written by somebody", slug="written"))
    create_starting_pages(by=administrator)
    assert Page.objects.filter(title="Written by somebody").exists()


def test_a_site_that_has_no_pages_has_no_menu(db):
    assert menu() == ()
    Site.objects.all().delete()
    assert menu() == ()


def test_an_unpublished_page_is_in_no_menu(pages):
    pages[0].unpublish()
    assert [link.slug for link in menu()] == ["accessibility-statement"]


def test_the_page_on_small_groups_states_the_rule_that_is_applied():
    rule = load_rule("nhs5")
    (page,) = [page for page in starting_pages() if page.slug == "how-we-protect-small-groups"]
    assert f"from 1 to {rule.small_up_to} are not shown" in page.text
    assert f"rounded to the nearest {rule.round_to}" in page.text.replace("\n", " ")
    words = {1: "two", 2: "three", 3: "four"}
    assert f"at least\n{words[rule.required_width]} possible values" in page.text
