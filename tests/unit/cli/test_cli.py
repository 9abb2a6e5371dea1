"""The command: results on standard output, one message on standard error, and exit codes that a script can trust."""

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from evenhand import cli
from evenhand.indicators import catalogue
from evenhand.synthetic.trust import write_invented_source

RECIPE = "soar_valley_2024_03"
NAME = "svpt-2024-03-1"


@pytest.fixture
def evenhand(monkeypatch, capsys, tmp_path):
    """Runs the command in an empty folder; gives exit code, standard output and standard error."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["evenhand", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        captured = capsys.readouterr()
        return end.value.code or 0, captured.out, captured.err

    return run


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    from evenhand.publication.making import make_release

    folder = tmp_path_factory.mktemp("made")
    return make_release(write_invented_source(folder / "source.csv"), RECIPE, folder).directory


@pytest.fixture
def release(made_once, tmp_path):
    return Path(shutil.copytree(made_once, tmp_path / NAME))


def test_release_makes_the_folder_and_says_what_is_in_it(evenhand, tmp_path):
    source = write_invented_source(tmp_path / "source.csv")
    code, out, err = evenhand("release", source, "--recipe", RECIPE, "--out", "releases")
    assert code == 0
    assert f"Released {NAME} in releases/{NAME}" in out
    assert "100 figures of 1 indicator\n" in out
    assert "108 rows read from source.csv: 108 loaded" in out
    assert (tmp_path / "releases" / NAME / "certificate.json").exists()
    assert "Traceback" not in err


def test_release_of_a_table_that_comes_with_the_package_needs_no_file(evenhand, tmp_path):
    name = "stop_and_search_2019_12_to_2020_02"
    code, out, _ = evenhand("release", name, "--recipe", name, "--out", tmp_path / "out")
    assert code == 0
    assert "proves nothing" in out


def test_a_refusal_is_one_message_and_exit_code_2(evenhand, tmp_path):
    code, out, err = evenhand("release", "no.csv", "--recipe", RECIPE, "--out", "releases")
    assert (code, out) == (2, "")
    assert err.startswith("evenhand: no.csv")
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "releases").exists()


def test_a_release_is_not_written_over(evenhand, tmp_path):
    source = write_invented_source(tmp_path / "source.csv")
    assert evenhand("release", source, "--recipe", RECIPE, "--out", "releases")[0] == 0
    code, _, err = evenhand("release", source, "--recipe", RECIPE, "--out", "releases")
    assert code == 2
    assert "exists already" in err


def test_audit_of_a_safe_release_exits_with_0(evenhand, release):
    code, out, err = evenhand("audit", release)
    assert code == 0
    assert out.startswith("Safe: Small counts were hidden")
    assert err == ""


def test_audit_of_an_altered_release_exits_with_1(evenhand, release):
    path = release / "observations.csv"
    path.write_text(path.read_text("utf-8").replace(",275,", ",280,", 1), "utf-8")
    code, out, _ = evenhand("audit", release)
    assert code == 1
    assert out.startswith("Not safe: ")
    assert "observations.csv is not the file that was certified" in out


def test_audit_of_something_else_exits_with_2(evenhand, tmp_path):
    code, out, err = evenhand("audit", tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith("Cannot be read as a release: ")


@pytest.mark.parametrize("harm", ["none", "alter", "remove"])
def test_audit_reports_to_machines_in_json_whatever_it_finds(evenhand, release, harm):
    if harm == "alter":
        (release / "quality.csv").write_text("x")
    if harm == "remove":
        (release / "quality.csv").unlink()
    code, out, _ = evenhand("audit", "--json", release)
    document = json.loads(out)
    expected = {"none": (0, "safe"), "alter": (1, "not_safe"), "remove": (2, "unreadable")}
    assert (code, document["finding"]) == expected[harm]
    assert (document["certificate"] is None) == (harm != "none")


def test_check_says_what_a_release_would_hold_and_writes_nothing(evenhand, tmp_path):
    source = write_invented_source(tmp_path / "source.csv")
    code, out, _ = evenhand("check", source, "--recipe", RECIPE)
    assert code == 0
    assert f"The release {NAME} would hold" in out
    assert "SVPT-O Soar Valley wards for older people" in out
    assert "Nothing was written." in out
    assert list(tmp_path.iterdir()) == [source]


def test_check_refuses_what_release_would_refuse(evenhand, tmp_path):
    source = write_invented_source(tmp_path / "source.csv")
    source.write_text(source.read_text("utf-8").replace(",A,", ",Mrs Example of 1 Example Street,", 1), "utf-8")
    code, out, err = evenhand("check", source, "--recipe", RECIPE)
    assert (code, out) == (2, "")
    assert "line 2" in err
    assert "Example" not in err  # no content of the row beyond a short code


def test_indicators_are_listed_with_their_titles(evenhand):
    code, out, _ = evenhand("indicators", "list")
    assert code == 0
    for indicator in catalogue():
        assert indicator.id in out
        assert indicator.title in out


@pytest.mark.parametrize("indicator", catalogue(), ids=lambda indicator: indicator.id)
def test_every_indicator_is_shown_with_its_sources_and_caveats(evenhand, indicator):
    code, out, _ = evenhand("indicators", "show", indicator.id)
    assert code == 0
    for version in indicator.versions:
        assert version.source.title in out
        assert all(caveat in out for caveat in (*version.beside_the_figure, *version.caveats))
        assert version.denominator is None or version.denominator.description in out


def test_an_indicator_that_does_not_exist_is_refused_with_those_that_do(evenhand):
    code, _, err = evenhand("indicators", "show", "nothing")
    assert code == 2
    assert "there is no indicator 'nothing'" in err


def test_a_wrong_option_is_refused_with_exit_code_2(evenhand):
    code, _, err = evenhand("release", "x.csv", "--recpie", "y")
    assert code == 2
    assert "--recpie" in err


HELP = """
import sys
from evenhand import cli
sys.argv = ["evenhand", "--help"]
try:
    cli.main()
finally:
    heavy = {"scipy", "duckdb", "highspy", "django"} & set(sys.modules)
    assert not heavy, heavy
"""


def test_help_comes_at_once_since_nothing_heavy_is_loaded_for_it():
    run = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    for command in ("release", "audit", "check", "indicators", "demo"):
        assert command in run.stdout


def test_the_demonstration_is_not_shown_in_production(evenhand, monkeypatch, tmp_path):
    monkeypatch.setenv("EVENHAND_ENVIRONMENT", "production")
    monkeypatch.setenv("EVENHAND_DATA_DIR", str(tmp_path))  # so that what the command sets is set back
    code, _, err = evenhand("demo", "--port", "8123", "--folder", "var")
    assert code == 2
    assert "not shown in production" in err


def test_the_demonstration_says_when_its_port_is_taken(evenhand, monkeypatch, tmp_path):
    monkeypatch.setenv("EVENHAND_ENVIRONMENT", "demonstration")
    monkeypatch.setenv("EVENHAND_DATA_DIR", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as held:
        code, _, err = evenhand("demo", "--port", held.getsockname()[1])
    assert code == 2
    assert "Choose another port" in err
