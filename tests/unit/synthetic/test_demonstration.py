"""The releases that the demonstration shows."""

import shutil

import pytest

from evenhand.datasets.counts import CellStatus
from evenhand.publication.certificate import CertificateKind
from evenhand.publication.observations import Verdict
from evenhand.publication.release import ReleaseRefused
from evenhand.synthetic.demonstration import make_demonstration_releases


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("demonstration")
    return out, make_demonstration_releases(out)


def test_there_are_real_figures_and_one_invented_trust(made):
    _, releases = made
    assert [release.package.invented for release in releases].count(True) == 1
    assert releases[-1].certificate.kind is CertificateKind.PROTECTED
    assert {release.certificate.kind for release in releases[:-1]} == {CertificateKind.AS_PUBLISHED}


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
