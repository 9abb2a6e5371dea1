"""The releases that the demonstration shows."""

import shutil
from datetime import date

import pytest

from evenhand.datasets.counts import CellStatus
from evenhand.datasets.observations import OrganisationLevel
from evenhand.publication.certificate import CertificateKind
from evenhand.publication.observations import Verdict
from evenhand.publication.release import ReleaseRefused
from evenhand.synthetic.demonstration import make_demonstration_releases

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("demonstration")
    return out, make_demonstration_releases(out)


def test_real_figures_are_as_published_and_invented_ones_protected(made):
    _, releases = made
    kinds = {release.package.name: release.certificate.kind for release in releases}
    invented = {release.package.name for release in releases if release.package.invented}
    assert invented == {"svpt-2024-03-1", "svpt-2022-04-01-2024-02-29-1", "fernmark-2024-03-1"}
    assert {name for name in kinds if kinds[name] is CertificateKind.PROTECTED} == invented
    assert {kinds[name] for name in kinds.keys() - invented} == {CertificateKind.AS_PUBLISHED}


def shown(releases, indicator, classification, group):
    """The rows of one group, from every release."""
    wanted = (indicator, classification, group)
    rows = (row for release in releases for row in release.observations)
    return [row for row in rows if (row.indicator, row.classification, row.group) == wanted and row.value is not None]


def test_no_two_releases_speak_of_the_same_people(made):
    """A release is attacked by itself. Two about one trust and one month could give away together what neither does."""
    _, releases = made
    spoken_of = [
        {(row.organisation.code, row.period) for row in release.observations}
        for release in releases
        if release.certificate.kind is CertificateKind.PROTECTED
    ]
    assert len(set().union(*spoken_of)) == sum(map(len, spoken_of))


@pytest.mark.parametrize(("group", "at_least"), [("all", 12), ("black", 10)])
def test_there_are_trusts_enough_for_a_funnel(made, group, at_least):
    _, releases = made
    scheme = "total" if group == "all" else "nhs_2001_5"
    march = [
        row
        for row in shown(releases, "restraint", scheme, group)
        if row.period.start == date(2024, 3, 1) and row.organisation.level is OrganisationLevel.TRUST
    ]
    assert len({row.organisation.code for row in march}) == len(march) >= at_least


def test_there_are_months_enough_for_a_control_chart(made):
    _, releases = made
    months = [row for row in shown(releases, "restraint", "nhs_2001_5", "black") if row.organisation.code == "SVPT"]
    assert sorted(row.period.start for row in months) == [
        date(2022 + month // 12, month % 12 + 1, 1) for month in range(3, 27)
    ]


def test_there_are_boards_and_years_enough_of_published_figures(made):
    _, releases = made
    boards = [row for row in shown(releases, "detention", "total", "all") if row.organisation.level == "icb"]
    assert len({row.organisation.code for row in boards}) == len(boards) == 42
    years = shown(releases, "talking_therapies_reliable_improvement", "nhs_2001_5", "black")
    assert len([row for row in years if row.organisation.code == "QK1"]) == 5


def test_black_people_were_detained_more_often_in_england_and_in_the_area(made):
    _, releases = made
    found = {
        row.organisation.code: row.verdict
        for row in releases[0].observations
        if (row.indicator, row.classification, row.group) == ("detention", "nhs_2001_5", "black")
    }
    assert found == {"E92000001": Verdict.HIGHER, "QK1": Verdict.HIGHER}


def test_the_invented_trust_shows_all_that_a_page_has_to_say(made):
    _, releases = made
    rows = releases[-1].observations
    assert {row.verdict for row in rows} >= {Verdict.HIGHER, Verdict.CANNOT_TELL, Verdict.NO_CLAIM, Verdict.COMPARATOR}
    assert CellStatus.SUPPRESSED in {row.numerator.status for row in rows}
    assert 0 in {row.numerator.value for row in rows}


def test_a_second_run_verifies_what_stands(made):
    out, releases = made
    told = []
    assert make_demonstration_releases(out, step=told.append) == releases
    assert told == [f"Verifying {release.package.name}" for release in releases]


def test_what_stands_and_was_altered_is_refused(made, tmp_path):
    out, releases = made
    copy = shutil.copytree(out, tmp_path / "copy")
    path = copy / releases[0].package.name / "observations.csv"
    path.write_text(path.read_text("utf-8").replace("52458", "52459"), "utf-8")
    with pytest.raises(ReleaseRefused, match="is not the file that was certified"):
        make_demonstration_releases(copy)
