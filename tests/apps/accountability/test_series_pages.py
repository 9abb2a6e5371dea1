"""The pages of a trust with two years of months and eleven neighbours, over the releases of the demonstration."""

import re
from html import unescape

import pytest
from django.utils import translation

from evenhand.apps.accountability.queries import indicator_in_place
from evenhand.apps.monitoring import queries
from evenhand.apps.monitoring.actions import load_release
from evenhand.publication.making import make_release
from evenhand.synthetic.demonstration import INVENTED

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SOAR_VALLEY = "/figures/restraint/SVPT/"


@pytest.fixture(scope="session")
def invented_folders(tmp_path_factory):
    place = tmp_path_factory.mktemp("series")
    return [
        make_release(write(place / f"{name}.csv"), name, place / "out").directory for name, write in INVENTED.items()
    ]


@pytest.fixture
def invented(invented_folders, release_manager):
    for folder in invented_folders:
        load_release(directory=folder, by=release_manager)


def text_of(client, address: str) -> str:
    content = client.get(address).content.decode()
    content = re.sub(r"<(style|script|svg).*?</\1>", " ", content, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<.*?>", " ", content)))


def test_the_page_tells_how_it_went_over_time_and_where_the_trust_lies(client, invented):
    words = text_of(client, SOAR_VALLEY)
    for expected in (
        "Over 24 months there were between 15 and 28 people restrained for every 1,000 bed days.",
        "Higher than chance explains: July 2023.",
        "Did the gap change?",
        "it is too small to be seen with these numbers; seeing it would take about 6 years before",
        "Why not by ethnic group?",
        "What could be seen",
        "Soar Valley Partnership Trust (invented): about what chance allows.",
        "of the 12 NHS trusts",
        "This is no league table",
        "Merrowdale Partnership Trust (invented) : hidden",
    ):
        assert expected in words


def test_every_new_drawing_can_be_taken_away_and_is_listed(client, invented):
    page = client.get(SOAR_VALLEY).content.decode()
    for chart in ("over-time", "gap-over-time", "between-organisations", "between-organisations-group"):
        assert f"{SOAR_VALLEY}{chart}.svg" in page
        drawing = client.get(f"{SOAR_VALLEY}{chart}.svg")
        assert drawing.status_code == 200
        assert drawing.content.startswith(b"<svg")
        assert b"var(" not in drawing.content
    assert client.get(f"{SOAR_VALLEY}no-such-chart.svg").status_code == 404
    assert client.get("/figures/restraint/NOBODY/over-time.svg").status_code == 404


def test_a_place_with_one_year_says_that_it_cannot_show_change_and_who_is_not_there(client, loaded):
    words = text_of(client, "/figures/detention/QK1/")
    assert "Only 1 year of figures is here, which cannot show how the number changes." in words
    assert "To see the rate of Black people come down by a fifth" in words


def test_real_and_invented_places_and_places_of_two_levels_never_stand_in_one_comparison(loaded, invented):
    found = indicator_in_place("restraint", "SVPT")
    beside = {row.organisation for figures in found.beside for row in figures.observations}
    assert {each.level for each in beside} == {found.organisation.organisation.level}
    assert all(each.invented for each in found.listed)
    assert {each.code for each in beside} == {each.organisation.code for each in found.listed}
    trust = next(each for each in queries.organisations() if each.organisation.code == "RT5")
    period = found.beside[0].observations[0].period
    assert queries.figures_beside(indicator="restraint", period=period, organisation=trust) == ()


def test_the_database_is_asked_no_more_often_for_24_months_than_for_one(
    client, invented_folders, release_manager, django_assert_max_num_queries
):
    load_release(directory=invented_folders[-1], by=release_manager)
    most = 25
    with django_assert_max_num_queries(most) as few:
        client.get(SOAR_VALLEY)
    for folder in invented_folders[:-1]:
        load_release(directory=folder, by=release_manager)
    with django_assert_max_num_queries(len(few)):
        client.get(SOAR_VALLEY)


def test_the_page_runs_from_right_to_left_with_its_charts(client, invented):
    with translation.override("ur"):
        content = client.get(SOAR_VALLEY).content.decode()
    assert "Time runs from right to left." in content
    assert "the smallest are on the right side" in content
