"""A release is read whole, or refused: here by somebody who altered it with a text editor.

What a forger with our source code can do stands in ``test_forged_releases``.
"""

import json
import os
import shutil

import pytest
from tests.unit.publication.forgery import edit, refused, unreadable

from evenhand.datasets.counts import CellStatus
from evenhand.publication import folder
from evenhand.publication.certificate import CertificateKind
from evenhand.publication.observations import Verdict
from evenhand.publication.reading import read_release

# --------------------------------------------------------------------------------------------------- what is read


def test_a_release_of_published_figures_reads_as_it_was_made(published):
    release = read_release(published)
    assert release.package.name == "nhs-england-2023-24-1"
    assert release.certificate.kind is CertificateKind.AS_PUBLISHED
    assert release.certificate.narrowest is None
    assert "proves nothing" in release.certificate.statement
    black = next(
        row for row in release.observations if (row.indicator, row.group) == ("detention_standardised", "black")
    )
    assert (black.value.value, black.verdict) == (242.3, Verdict.HIGHER)


def test_a_protected_release_reads_with_its_attack_run_again(protected):
    release = read_release(protected)
    certificate = release.certificate
    assert certificate.kind is CertificateKind.PROTECTED
    assert certificate.narrowest >= certificate.required_width == 2
    hidden = [row for row in release.observations if row.numerator.status is CellStatus.SUPPRESSED]
    assert len(hidden) == certificate.hidden > 0
    assert {row.verdict for row in hidden} == {Verdict.NO_CLAIM}
    assert all(row.value is None and row.value_status is CellStatus.SUPPRESSED for row in hidden)


def test_a_release_may_stand_in_a_folder_of_any_name(published, tmp_path):
    moved = shutil.move(published, tmp_path / "o'brien [1] *")
    assert read_release(str(moved)).package.revision == 1


# ------------------------------------------------------------------------------------------ somebody with an editor


def test_one_number_changed_in_the_csv_is_refused(published):
    path = published / "observations.csv"
    text = path.read_text("utf-8")
    assert ",515," in text
    path.write_text(text.replace(",515,", ",510,", 1), "utf-8")
    assert "observations.csv is not the file that was certified" in refused(published)


def test_one_byte_changed_in_the_parquet_is_refused(published):
    path = published / "observations.parquet"
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)
    assert "observations.parquet is not the file that was certified" in refused(published)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cells", 1),
        ("hidden", 0),
        ("narrowest", 9),
        ("required_width", 1),
        ("statement", "Safe."),
        ("attacker", "Nobody."),
        ("digest", "0" * 64),
        ("rule", "No rule"),
        ("earlier_releases", ["another"]),
        ("primary", 40),
        ("kind", "as_published"),
    ],
)
def test_an_altered_certificate_is_refused(protected, field, value):
    edit(protected / "certificate.json", lambda certificate: certificate.update({field: value}))
    assert "certificate.json" in refused(protected)


def test_a_file_digest_altered_in_the_certificate_is_refused(published):
    edit(published / "certificate.json", lambda it: it["files"]["quality.csv"].update({"size": 1}))
    assert "quality.csv is not the file that was certified" in refused(published)


def test_a_file_left_out_of_the_certificate_is_refused(published):
    edit(published / "certificate.json", lambda it: it["files"].pop("quality.csv"))
    assert "quality.csv is not the file that was certified" in refused(published)


@pytest.mark.parametrize(
    "name", ["datapackage.json", "observations.parquet", "observations.csv", "certificate.json", "quality.csv"]
)
def test_a_missing_file_is_named(published, name):
    (published / name).unlink()
    assert f"{name} is missing" in unreadable(published)


@pytest.mark.parametrize("name", ["patients.csv", ".hidden", "observations.csv~"])
def test_a_file_too_many_is_named(published, name):
    (published / name).write_text("anything")
    assert f"{name!r} does not belong" in unreadable(published)


def test_a_folder_inside_is_refused(published):
    (published / "raw").mkdir()
    assert "'raw' does not belong" in unreadable(published)


def test_a_link_is_not_followed(published, tmp_path):
    outside = tmp_path / "outside.csv"
    shutil.move(published / "observations.csv", outside)
    (published / "observations.csv").symlink_to(outside)
    assert "observations.csv: is not a plain file" in unreadable(published)


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(published):
    (published / "observations.csv").unlink()
    os.mkfifo(published / "observations.csv")
    assert "observations.csv: is not a plain file" in unreadable(published)


def test_a_folder_in_the_place_of_a_file_is_refused(published):
    (published / "observations.csv").unlink()
    (published / "observations.csv").mkdir()
    assert "observations.csv: is not a plain file" in unreadable(published)


def test_a_file_too_large_for_a_release_is_not_taken_in(published, monkeypatch):
    monkeypatch.setattr(folder, "MAXIMUM_BYTES", 10_000)
    assert "is larger than 10000 bytes" in unreadable(published)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    assert "is not a folder that can be read" in unreadable(tmp_path / "nothing")


def test_a_file_is_no_release(tmp_path):
    (tmp_path / "file").write_text("x")
    assert "is not a folder that can be read" in unreadable(tmp_path / "file")


@pytest.mark.parametrize("name", ["datapackage.json", "certificate.json"])
@pytest.mark.parametrize("text", ["", "{", "[]", '"x"', "[" * 100_000, "\xff"])
def test_what_is_not_the_right_json_is_unreadable(published, name, text):
    (published / name).write_bytes(text.encode("latin-1"))
    assert name in unreadable(published)


@pytest.mark.parametrize("found", [0, 3, "2", None])
def test_another_version_of_the_format_is_named(published, found):
    edit(published / "datapackage.json", lambda document: document["evenhand"].update({"format": found}))
    assert f"its format is {found!r}; this version of Evenhand reads format 2" in unreadable(published)


def test_a_release_of_the_first_format_is_told_why_it_is_not_read_and_what_to_do(published):
    edit(published / "datapackage.json", lambda document: document["evenhand"].update({"format": 1}))
    said = unreadable(published)
    assert "its format is 1, in which claims did not allow for the number of groups compared" in said
    assert said.endswith("Make the release again from its source.")


def test_how_claims_are_decided_is_said(published):
    claims = json.loads((published / "datapackage.json").read_text("utf-8"))["evenhand"]["claims"]
    assert claims == {
        "method": "Benjamini-Hochberg",
        "false_discovery_rate": 0.05,
        "family": "the groups compared in one breakdown: one indicator, period, organisation and classification",
    }


def test_a_data_package_of_another_kind_is_unreadable(published):
    edit(published / "datapackage.json", lambda document: document.pop("evenhand"))
    assert "its format is None" in unreadable(published)
