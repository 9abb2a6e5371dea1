"""`evenhand demo` as a stranger meets it: built, looked at, stopped, started again, in a folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

EVENHAND = str(Path(sys.executable).with_name("evenhand"))
PATIENCE = 180
# No command takes a release away: the guards of its tables are taken off by hand, as only the owner of a database can.
TAKE_AWAY_ONE_RELEASE = """
from django.db import connection
from evenhand.apps.core.triggers import release_rows
from evenhand.apps.monitoring.models import QualityRecord, Release, ReleasedFigure, ReleaseFile
for model in (ReleaseFile, QualityRecord, ReleasedFigure, Release):
    release_rows(model, connection)
    field = "name" if model is Release else "release__name"
    model.objects.filter(**{field: "nhs-england-2023-24-1"}).delete()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("demonstration")


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def command(folder: Path, port: int) -> list[str]:
    return [EVENHAND, "demo", "--folder", str(folder), "--port", str(port)]


@contextmanager
def running(folder: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The demonstration and what it said until it could be looked at."""
    process = subprocess.Popen(command(folder, port), stderr=subprocess.PIPE, text=True, cwd=folder)
    said: list[str] = []
    try:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not any("Stop with Ctrl-C" in line for line in said):
            line = process.stderr.readline()
            assert line, "it ended: " + "".join(said)
            said.append(line)
        yield process, "".join(said)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def read(port: int, path: str) -> str:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return answer.read().decode()


def test_it_is_built_says_what_to_look_at_and_stops_cleanly(folder, port):
    with running(folder, port) as (process, said):
        addresses = re.findall(rf"http://127\.0\.0\.1:{port}(\S*)", said)
        assert len(addresses) >= 6
        for path in addresses:
            assert "<title>" in read(port, path), path
        home = read(port, "/")
        assert re.search(r"[Dd]etained", home)
        stylesheet = re.search(r'href="(/static/\w+\.[0-9a-f]+\.css)"', home)
        assert stylesheet, "static files carry their digest in their names"
        assert "{" in read(port, stylesheet[1])
        assert re.search(r"password \S{10,}", said)
        assert "Built" in said
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert "Stopped" in process.stderr.read()


def test_a_second_start_reuses_what_stands(folder, port):
    before = (folder / "demonstration/evenhand.sqlite3").stat().st_ino
    with running(folder, port) as (_, said):
        assert "<title>" in read(port, "/")
    assert "Built" not in said
    assert (folder / "demonstration/evenhand.sqlite3").stat().st_ino == before


def test_of_two_who_load_the_same_release_at_once_one_succeeds(folder):
    """On the SQLite file of the demonstration, while nothing serves it."""
    environment = {**os.environ, "EVENHAND_ENVIRONMENT": "demonstration", "EVENHAND_DATA_DIR": str(folder)}
    source = folder / "demonstration/made/nhs-england-2023-24-1"
    assert source.is_dir()
    empty = [sys.executable, "-m", "evenhand.web", "shell", "-v0", "-c", TAKE_AWAY_ONE_RELEASE]
    subprocess.run(empty, env=environment, check=True)
    load = [sys.executable, "-m", "evenhand.web", "load_release", str(source)]
    load += ["--by", "releases@demonstration.example"]
    people = [
        subprocess.Popen(load, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    outcomes = sorted(person.communicate(timeout=60)[0].strip() for person in people)
    assert outcomes == [
        "The same release is here already, as nhs-england-2023-24-1 (current).",
        "nhs-england-2023-24-1 is loaded and shown.",
    ]


def test_ctrl_c_reaches_the_whole_group_as_in_a_terminal(folder, port):
    process = subprocess.Popen(command(folder, port), stderr=subprocess.PIPE, text=True, start_new_session=True)
    for line in process.stderr:
        if "Stop with Ctrl-C" in line:
            break
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=20) == 0
    process.communicate()
    with socket.create_server(("127.0.0.1", port)):
        pass  # nothing of it holds the port any more


def test_a_port_that_is_taken_is_said_at_once(folder):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        run = subprocess.run(command(folder, port), capture_output=True, text=True, timeout=30, check=False)
    assert run.returncode == 2
    assert f"make demo PORT={port + 1}" in run.stderr
    assert "Traceback" not in run.stderr


def test_it_is_not_shown_in_production(folder, port):
    environment = {**os.environ, "EVENHAND_ENVIRONMENT": "production"}
    run = subprocess.run(
        command(folder, port), env=environment, capture_output=True, text=True, timeout=30, check=False
    )
    assert run.returncode == 2
    assert "not shown in production" in run.stderr
