"""An audit answers with one word, its reason and an exit code, whatever it is given."""

import json

from evenhand.publication.audit import Finding, audit


def test_a_protected_release_is_safe(protected):
    report = audit(protected)
    assert (report.finding, report.exit_code, report.words) == (Finding.SAFE, 0, "Safe")
    assert report.certificate.narrowest >= 2
    assert report.name == "svpt-2024-03-1"


def test_what_somebody_else_protected_is_called_unaltered_and_not_safe(published):
    report = audit(str(published))
    assert (report.finding, report.exit_code, report.words) == (Finding.SAFE, 0, "Unaltered")
    assert "proves nothing" in report.reason


def test_one_number_changed_is_not_safe(protected):
    path = protected / "observations.csv"
    path.write_text(path.read_text("utf-8").replace("275", "280", 1), "utf-8")
    report = audit(protected)
    assert (report.finding, report.exit_code, report.words) == (Finding.NOT_SAFE, 1, "Not safe")
    assert "observations.csv is not the file that was certified" in report.reason
    assert report.certificate is None


def test_what_is_no_release_is_unreadable(tmp_path):
    report = audit(tmp_path)
    assert (report.finding, report.exit_code) == (Finding.UNREADABLE, 2)
    assert report.words == "Cannot be read as a release"
    assert "datapackage.json is missing" in report.reason


def test_the_report_is_whole_as_json(protected, tmp_path):
    document = json.loads(json.dumps(audit(protected).as_json()))
    assert document["finding"] == "safe"
    assert document["certificate"]["rule_in_full"]["id"] == "nhs5"
    assert json.loads(json.dumps(audit(tmp_path / "none").as_json()))["certificate"] is None
