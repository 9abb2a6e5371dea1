"""The demonstration's parts, here in this process. `tests/journeys` runs it whole, as a stranger would."""

import io
import json
import os
import signal
import socket
import stat
import subprocess
import sys

import pytest
from django.core.management import call_command
from rich.console import Console

from evenhand.apps.core.models import Event
from evenhand.apps.monitoring import queries
from evenhand.web.demonstration.__main__ import NotShown, main, show
from evenhand.web.demonstration.building import NotHere, build, clear
from evenhand.web.demonstration.serving import NotServed, _hosts, address_of, serve, take
from evenhand.web.demonstration.stamp import SIGN_INS, Stamp, break_seal, folder_in, seal, software_digest, standing

pytestmark = pytest.mark.slow


@pytest.fixture
def demonstration(settings, tmp_path):
    settings.ENVIRONMENT = "demonstration"
    settings.DATA_DIR = tmp_path / "demonstration"
    settings.STATIC_ROOT = settings.DATA_DIR / "static"
    settings.RELEASES_ROOT = settings.DATA_DIR / "releases"
    return settings.DATA_DIR


def test_it_is_built_whole_and_every_step_is_told(demonstration, client, capsys, db):
    call_command("build_demonstration")
    assert "Built" in capsys.readouterr().err
    made = standing(demonstration)
    assert made is not None
    assert len(queries.releases()) >= 5
    assert any(listed.invented for listed in queries.organisations())
    assert client.get("/").status_code == 200
    assert client.get("/how-we-protect-small-groups/").status_code == 200
    assert (demonstration / "static/tokens.css").exists()
    for sign_in in SIGN_INS:
        assert client.login(email=sign_in.email, password=made.password)
        assert client.get("/admin/").status_code == 200
    assert Event.objects.filter(what="release_loaded").count() == len(queries.releases())


@pytest.mark.parametrize("environment", ["development", "production"])
def test_it_is_built_nowhere_else(environment, settings, db):
    settings.ENVIRONMENT = environment
    with pytest.raises(NotHere):
        build(lambda words: None)


def test_clearing_takes_away_what_was_built_and_nothing_else(tmp_path):
    for name in ("evenhand.sqlite3", "letter.txt"):
        (tmp_path / name).touch()
    (tmp_path / "releases/r").mkdir(parents=True)
    seal(Stamp("x", "y"), tmp_path)
    clear(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


class TestStamp:
    def test_it_stands_while_the_software_is_the_same(self, tmp_path):
        seal(Stamp(software_digest(), "secret"), tmp_path)
        assert standing(tmp_path) == Stamp(software_digest(), "secret")
        seal(Stamp("made by another", "secret"), tmp_path)
        assert standing(tmp_path) is None

    def test_nobody_else_may_read_its_password(self, tmp_path):
        seal(Stamp("x", "secret"), tmp_path)
        assert stat.S_IMODE((tmp_path / "stamp.json").stat().st_mode) == 0o600

    def test_without_a_seal_nothing_stands(self, tmp_path):
        assert standing(tmp_path) is None
        seal(Stamp(software_digest(), "secret"), tmp_path)
        break_seal(tmp_path)
        assert standing(tmp_path) is None

    @pytest.mark.parametrize("content", ["", "{", "[]", '{"software": "x"}', json.dumps({"a": 1, "b": 2})])
    def test_a_damaged_seal_is_none(self, tmp_path, content):
        (tmp_path / "stamp.json").write_text(content)
        assert standing(tmp_path) is None

    def test_any_file_of_the_package_counts(self, tmp_path):
        found = {software_digest(tmp_path)}
        for name, content in (("facts.csv", "1"), ("facts.csv", "2"), ("code.py", "2")):
            (tmp_path / name).write_text(content)
            found.add(software_digest(tmp_path))
        assert len(found) == 4
        (tmp_path / "code.pyc").write_text("compiled")
        assert software_digest(tmp_path) in found

    def test_its_folder_is_the_one_that_the_settings_find(self, tmp_path):
        given = {"EVENHAND_ENVIRONMENT": "demonstration", "EVENHAND_DATA_DIR": str(tmp_path)}
        asked = "from evenhand.web import settings; print(settings.DATA_DIR, settings.DATABASES['default']['NAME'])"
        environment = {**os.environ, **given, "DATABASE_URL": "postgresql://somewhere/else"}
        answer = subprocess.run(
            [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
        ).stdout.split()
        assert answer == [str(folder_in(given)), str(folder_in(given) / "evenhand.sqlite3")]


class TestServing:
    def test_it_is_served_until_it_is_told_to_stop(self, tmp_path, monkeypatch):
        monkeypatch.setenv("EVENHAND_DATA_DIR", str(tmp_path))
        monkeypatch.delenv("DATABASE_URL", raising=False)
        before = signal.getsignal(signal.SIGINT)
        answered = []

        def stop() -> None:
            answered.append(True)
            os.kill(os.getpid(), signal.SIGINT)

        with take("127.0.0.1", 0) as held:
            port = held.getsockname()[1]
            serve(held=held, host="127.0.0.1", ready=stop)
        assert answered
        assert signal.getsignal(signal.SIGINT) is before
        take("127.0.0.1", port).close()  # the port is free again

    def test_a_server_that_does_not_start_is_said_to_have_ended(self, monkeypatch):
        monkeypatch.setenv("EVENHAND_ENVIRONMENT", "nowhere")
        with take("127.0.0.1", 0) as held, pytest.raises(NotServed, match="ended by itself"):
            serve(held=held, host="127.0.0.1", ready=lambda: pytest.fail("it does not answer"))

    def test_a_port_that_is_taken_is_refused_at_once(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            with pytest.raises(NotServed, match=f"port {port} .*make demo PORT={port + 1}"):
                take("127.0.0.1", port)

    def test_a_host_that_is_not_this_machine_is_refused_in_words(self):
        with pytest.raises(NotServed, match=r"Nothing can be served at 192\.0\.2\.7, port 0 \(Cannot assign"):
            take("192.0.2.7", 0)

    @pytest.mark.parametrize(
        ("host", "address", "names"),
        [
            ("127.0.0.1", "http://127.0.0.1:8000", ["127.0.0.1"]),
            ("0.0.0.0", "http://127.0.0.1:8000", ["*"]),  # noqa: S104 (nothing is bound)
            ("::", "http://[::1]:8000", ["*"]),
            ("::1", "http://[::1]:8000", ["[::1]"]),
            ("demo.example.org", "http://demo.example.org:8000", ["demo.example.org"]),
        ],
    )
    def test_the_address_to_type_and_the_names_it_answers_to(self, host, address, names):
        assert address_of(host, 8000) == address
        assert _hosts(host) == names


class StoppedAtOnce(Console):
    """Presses Ctrl-C as soon as it is told how to stop."""

    def print(self, *objects, **options):
        super().print(*objects, **options)
        if "Stop with Ctrl-C" in str(objects):
            os.kill(os.getpid(), signal.SIGINT)


class TestShowing:
    @pytest.fixture(autouse=True)
    def somewhere(self, tmp_path, monkeypatch):
        monkeypatch.setenv("EVENHAND_DATA_DIR", str(tmp_path))
        monkeypatch.setenv("EVENHAND_ENVIRONMENT", "development")
        folder = folder_in(os.environ)
        folder.mkdir()
        return folder

    def test_what_stands_is_shown_with_its_sign_ins(self, somewhere):
        seal(Stamp(software_digest(), "secret-of-this-one"), somewhere)
        console = StoppedAtOnce(record=True, file=io.StringIO())
        with take("127.0.0.1", 0) as free:
            port = free.getsockname()[1]
        show(host="127.0.0.1", port=port, console=console)
        said = console.export_text()
        assert f"http://127.0.0.1:{port}/figures/detention/" in said
        assert "secret-of-this-one" in said
        assert all(sign_in.email in said for sign_in in SIGN_INS)
        assert said.rstrip().endswith("stands for the next time.")

    def test_what_cannot_be_built_is_not_shown(self, somewhere, monkeypatch):
        monkeypatch.setenv("EVENHAND_DATA_DIR", str(somewhere / "file"))
        (somewhere / "file").write_text("in the way")
        with pytest.raises(NotShown, match="could not be built"):
            show(host="127.0.0.1", port=0, console=Console(file=io.StringIO()))

    def test_a_refusal_is_one_line_and_code_2(self, monkeypatch, capsys):
        monkeypatch.setenv("EVENHAND_ENVIRONMENT", "production")
        monkeypatch.setattr(sys, "argv", ["demo", "--port", "0"])
        with pytest.raises(SystemExit) as end:
            main()
        assert end.value.code == 2
        assert capsys.readouterr().err == (
            "evenhand: The demonstration is not shown in production: its passwords are printed.\n"
        )

    def test_ctrl_c_before_it_is_served_ends_it_cleanly(self, monkeypatch):
        def interrupt(folder):
            raise KeyboardInterrupt

        monkeypatch.setattr("evenhand.web.demonstration.__main__.standing", interrupt)
        monkeypatch.setattr(sys, "argv", ["demo", "--port", "0"])
        with pytest.raises(SystemExit) as end:
            main()
        assert end.value.code == 0
