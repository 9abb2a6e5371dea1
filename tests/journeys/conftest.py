"""What the journeys share: the demonstration, built and served by a process of its own, and a browser.

The demonstration holds real releases, real and invented. Nothing here touches a database from the test's process.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from tests.journeys.visitor import Visitor

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds that the server may take to answer first


def chromium() -> str:
    """The machine's own Chromium."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium (Debian: sudo apt-get install chromium)")
    return found


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[str]:
    """The address of the demonstration, built for these tests."""
    chromium()  # no building without a browser to look at it
    environment = {
        **os.environ,
        "EVENHAND_ENVIRONMENT": "demonstration",
        "EVENHAND_DATA_DIR": str(tmp_path_factory.mktemp("journeys")),
    }
    build = [sys.executable, "-m", "evenhand.web", "build_demonstration"]
    subprocess.run(build, cwd=REPOSITORY, env=environment, check=True, stdout=subprocess.DEVNULL)
    with socket.create_server(("127.0.0.1", 0)) as held:
        address = f"http://127.0.0.1:{held.getsockname()[1]}"
        bind = ["--bind", f"fd://{held.fileno()}", "--threads", "4", "--log-level", "warning"]
        command = [sys.executable, "-m", "gunicorn", "--no-control-socket", *bind, "tests.journeys.translated_site"]
        server = subprocess.Popen(command, cwd=REPOSITORY, env=environment, pass_fds=[held.fileno()])
    try:
        _wait_for(f"{address}/healthz", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended by itself"
        try:
            with urlopen(address, timeout=5):  # noqa: S310 (this machine)
                return
        except (URLError, TimeoutError):  # not up yet, or up and still warming its templates
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright) -> Iterator[Browser]:
    """One Chromium for all journeys."""
    with playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"]) as running:
        yield running


@pytest.fixture(scope="session")
def browser_with_large_text(playwright) -> Iterator[Browser]:
    """A reader who has set the text twice as large."""
    arguments = ["--no-sandbox", "--blink-settings=defaultFontSize=32"]
    with playwright.chromium.launch(executable_path=chromium(), args=arguments) as running:
        yield running


@pytest.fixture
def visitor(browser, site) -> Iterator[Visitor]:
    """Somebody at a laptop, without JavaScript: the site needs none."""
    with Visitor(browser, site) as arrived:
        yield arrived
