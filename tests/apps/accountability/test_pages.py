"""The public pages over a loaded release of the published figures."""

import io
import re
import zipfile
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from evenhand.apps.content.actions import create_starting_pages
from evenhand.apps.monitoring import storage
from evenhand.apps.monitoring.actions import load_release, withdraw_release
from evenhand.indicators import catalogue

pytestmark = pytest.mark.django_db
NAME = "nhs-england-2023-24-1"
LLR = "/figures/detention/QK1/"
PAGES = [
    "/",
    "/figures/",
    "/organisations/",
    "/data-quality/",
    "/releases/",
    f"/releases/{NAME}/",
    LLR,
    "/figures/detention/E92000001/",
    "/figures/detention/RT5/",
    "/figures/detention_standardised/E92000001/",
    "/organisations/QK1/",
    "/organisations/RT5/",
]


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    content = re.sub(r"<(style|script|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<.*?>", " ", content)))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_without_script_and_without_another_host(client, loaded, address):
    content = client.get(address).content.decode()
    assert "<script" not in content
    assert " style=" not in content
    assert not re.search(r'(?:src|href)="//', content)
    assert not re.search(r'<(?:link|img|iframe|source)[^>]+"https?:', content)


@pytest.mark.parametrize("address", ["/", "/figures/", "/organisations/", "/data-quality/", "/releases/"])
def test_a_site_without_releases_says_so(client, db, address):
    words = text_of(client, address)
    assert "No figures have been released here yet." in words or "No release here says" in words


@pytest.mark.parametrize("indicator", catalogue(), ids=lambda indicator: indicator.id)
def test_every_measure_that_is_defined_has_a_page(client, loaded, indicator):
    words = text_of(client, client.get(f"/figures/{indicator.id}/", follow=True).request["PATH_INFO"])
    assert indicator.question in words
    assert indicator.versions[-1].numerator.description in words


def test_a_measure_without_figures_says_so_and_is_listed_as_a_question_still_open(client, loaded):
    assert "No release on this site answers this yet." in text_of(client, "/figures/key_stage_2_attainment/")
    answered, _, still_open = text_of(client, "/figures/").partition("Asked, and not answered here yet")
    assert "Who is detained under the Mental Health Act?" in answered
    assert "How many pupils of each ethnic group" in still_open
    assert "Who is detained under the Mental Health Act?" not in still_open


def test_what_would_mislead_is_said_beside_the_figure(client, loaded):
    """The local rates divide by other groups than they count: a reader of the chart must not have to look it up."""
    words, _, folded = text_of(client, LLR).partition("Look closer")
    assert "The local rate of Other is too high for it and that of Asian people too low." in words
    assert "Detentions of people whose ethnicity is not recorded are in no group." in folded


def test_a_measure_that_nobody_defined_has_no_page(client, loaded):
    assert client.get("/figures/happiness/").status_code == 404


def test_pages_are_read_and_never_written_to(client, loaded):
    assert client.post("/").status_code == 405
    assert client.head("/").status_code == 200


def test_home_says_three_sentences_each_a_range(client, loaded):
    words = text_of(client, "/")
    assert (
        "In England in 2023-24 , allowing for age and sex, Black people were detained under the Mental Health Act at "
        "3.4 to 3.7 times the rate of White people." in words
    )
    assert (
        "In Leicester, Leicestershire and Rutland the published counts, not allowing for age, put it between 1.4 and 3 "
        "times" in words
    )
    assert "What changed lately" in words
    assert "The places are not measured in the same way." in words


def test_an_indicator_page_answers_shows_doubts_and_says_what_it_does_not_say(client, loaded):
    words = text_of(client, LLR)
    for expected in (
        "there were about 13 detentions in the year for every 10,000 Black people",
        "April 2023 to March 2024",
        "about 1,122,000 people",
        "Ethnicity is not written down for 1 in 9 of the detentions here. That leaves more doubt than chance does.",
        "The last row runs from “all 95 were about White people” (1.7 times) to “all 95 were about Black people” (6.2",
        "Either way the answer stays above 1.",
        "It does not say what causes a difference",
        "some groups are younger than others",
        "Hidden to protect people in small groups",
        "Does not apply. No such number can exist.",
        "One person can be counted more than once.",
        "Please cite as: NHS England, Mental Health Act Statistics",
        "read on",
    ):
        assert expected in words


def test_a_measure_without_a_place_leads_to_the_local_one(client, loaded):
    response = client.get("/figures/detention/")
    assert response.status_code == 302
    assert response["Location"] == LLR
    assert client.get("/figures/detention_standardised/")["Location"] == "/figures/detention_standardised/E92000001/"


@pytest.mark.parametrize(
    "address",
    [
        "/figures/nothing/",
        "/figures/nothing/QK1/",
        "/figures/detention/NONE/",
        "/organisations/NONE/",
        "/releases/none/",
        "/releases/none/package.zip",
        f"/releases/{NAME}/nothing.csv",
        f"{LLR}nothing.svg",
        "/figures/detention/NONE/by-group.svg",
    ],
)
def test_what_is_not_there_is_not_there(client, loaded, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_figures_lists_each_measure_as_its_question(client, loaded):
    words = text_of(client, "/figures/")
    assert "Who is detained under the Mental Health Act?" in words
    assert "Held, restrained, restricted" in words


def test_an_organisation_page_puts_claims_first_and_folds_the_rest(client, loaded):
    words = text_of(client, "/organisations/QK1/")
    assert "NHS Leicester, Leicestershire and Rutland Integrated Care Board" in words
    assert "a difference between ethnic groups in 1 of 1 measure." in words
    assert "Detentions under the Mental Health Act: Black or Black British" in words
    trust = text_of(client, "/organisations/RT5/")
    assert "For no measure is a difference between ethnic groups larger than chance and rounding explain, with" in trust
    assert "2 measures without a comparison of ethnic groups" in trust


def test_the_data_quality_page_puts_what_is_least_complete_first(client, loaded):
    words = text_of(client, "/data-quality/")
    assert "Least complete: Detentions under the Mental Health Act, Leicester, Leicestershire and Rutland." in words
    assert words.index("89 %") < words.index("92 %")


def test_a_release_page_tells_the_certificate_in_plain_words(client, loaded):
    words = text_of(client, f"/releases/{NAME}/")
    assert "These figures were public before." in words
    assert "counts are hidden" in words
    assert loaded.digest in words
    assert "evenhand audit" in words


def test_the_files_of_a_release_are_handed_out_as_they_were_stored(client, loaded, release_folder):
    for name in ("observations.csv", "observations.parquet", "datapackage.json"):
        response = client.get(reverse("release-file", kwargs={"name": NAME, "file": name}))
        assert response.content == (release_folder / name).read_bytes()
        assert response["Content-Disposition"] == f'attachment; filename="{NAME}-{name}"'
    package = client.get(reverse("release-package", kwargs={"name": NAME}))
    assert f"{NAME}/certificate.json" in zipfile.ZipFile(io.BytesIO(package.content)).namelist()


def test_a_damaged_file_is_not_handed_out(client, loaded):
    path = storage.folder_of(NAME) / "observations.csv"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"515", b"516"))
    response = client.get(f"/releases/{NAME}/observations.csv")
    assert response.status_code == 503
    assert b"516" not in response.content


def test_a_drawing_is_a_whole_picture_in_the_colours_of_the_house(client, loaded):
    for chart in ("by-group", "how-sure"):
        response = client.get(f"{LLR}{chart}.svg")
        assert response["Content-Type"] == "image/svg+xml"
        assert len(response.content) < 15_000
        assert b"var(" not in response.content
    detailed = client.get("/figures/detention/E92000001/in-detail.svg")
    assert len(detailed.content) < 15_000
    assert b"Any other Black background" in detailed.content


def test_a_withdrawn_release_says_why_and_hands_out_nothing(client, loaded, release_manager):
    withdraw_release(release=loaded, reason="A count was wrong.", by=release_manager)
    words = text_of(client, f"/releases/{NAME}/")
    assert "This release was withdrawn on" in words
    assert "A count was wrong." in words
    assert client.get(f"/releases/{NAME}/observations.csv").status_code == 404
    assert client.get(f"/releases/{NAME}/package.zip").status_code == 404
    assert client.get(LLR).status_code == 404
    assert "Withdrawn" in text_of(client, "/releases/")


def test_a_replaced_release_says_that_a_newer_one_is_there(client, loaded, second_revision, release_manager):
    load_release(directory=second_revision, by=release_manager)
    assert "A newer revision has taken the place of this release." in text_of(client, f"/releases/{NAME}/")


def test_the_foot_lists_the_pages_that_people_wrote(client, loaded, administrator):
    create_starting_pages(by=administrator)
    assert "How we protect small groups" in text_of(client, "/")
    page = text_of(client, "/how-we-protect-small-groups/")
    assert "Hide small counts." in page
    assert "Accessibility statement" in page


def test_in_a_script_from_right_to_left_the_page_and_its_chart_run_that_way(client, loaded):
    with translation.override("ur"):
        content = client.get(LLR).content.decode()
    assert '<html lang="ur" dir="rtl">' in content
    assert 'x="100%" y="1em" text-anchor="middle">0<' in content
    assert "zero is on the right side" in content
    assert 'dir="ltr"' in client.get(LLR).content.decode()
