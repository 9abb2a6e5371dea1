"""Whatever is invented says so, on every page that shows it."""

import pytest
from django.utils import timezone

from evenhand.apps.monitoring.actions import load_release
from evenhand.publication.making import make_release
from evenhand.synthetic.trust import write_invented_source

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="session")
def invented_folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("invented")
    source = write_invented_source(place / "source.csv")
    return make_release(source, "soar_valley_2024_03", place / "out").directory


@pytest.fixture
def invented(invented_folder, release_manager):
    return load_release(directory=invented_folder, by=release_manager)


@pytest.mark.parametrize("address", ["/figures/restraint/SVPT/", "/organisations/SVPT/", "/releases/svpt-2024-03-1/"])
def test_a_page_of_invented_figures_says_so_at_its_top(client, invented, address):
    assert "Everything on this page is invented" in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/figures/restraint/SVPT/", "/organisations/SVPT/"])
def test_invented_figures_are_not_put_in_the_name_of_whoever_defined_the_measure(client, invented, address):
    definition = invented.definitions[0]["versions"][-1]["source"]
    before_the_definition = (
        client.get(address).content.decode().partition("What is counted, and where it comes from")[0]
    )
    assert "Evenhand, Invented counts for demonstration" in before_the_definition
    assert definition["title"] not in before_the_definition


@pytest.mark.parametrize("address", ["/figures/", "/organisations/", "/data-quality/", "/releases/", "/"])
def test_in_a_list_each_invented_thing_is_tagged(client, invented, address):
    assert '<span class="tag">invented</span>' in client.get(address).content.decode()


def test_home_makes_no_sentence_of_invented_figures(client, invented):
    content = client.get("/").content.decode()
    assert "No figures have been released here yet." in content
    assert "Soar Valley" not in content.split("What changed lately")[0]


def test_the_certificate_of_a_protected_release_says_what_an_outsider_could_learn(client, invented):
    content = client.get("/releases/svpt-2024-03-1/").content.decode()
    assert "then an attack was run on what is printed" in content
    assert "range of at least" in content
    assert "The outsider we assume:" in content


def test_hidden_groups_are_present_with_the_word_and_the_reason(client, invented):
    content = client.get("/figures/restraint/SVPT/").content.decode()
    assert 'class="is-hidden"' in content
    assert "hidden to protect people in small groups" in content


def test_the_citation_names_the_day(client, invented):
    from django.utils.formats import date_format

    assert (
        f"read on {date_format(timezone.localdate(), 'j F Y')}"
        in client.get("/figures/restraint/SVPT/").content.decode()
    )
