"""What every test may count on: no network but this machine, and the shared material when it lies beside us."""

import ipaddress
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"

# The same examples on every run, so that a change is to blame for what fails; `search` looks for new ones. No deadline:
# speed is measured in bench/, never asserted.
settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("default"), max_examples=20)
settings.register_profile(
    "search", settings.get_profile("default"), derandomize=False, max_examples=4_000, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


class OutsideConnectionRefused(RuntimeError):
    """A test tried to open a connection to another machine."""


def _is_this_machine(host: str) -> bool:
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_outside_connections(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook, because a test cannot take it off again."""
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not _is_this_machine(str(address[0])):
            raise OutsideConnectionRefused(f"a test opened a connection to {address[0]!r}; tests stay on this machine")
    elif event == "socket.getaddrinfo" and not _is_this_machine(_text(arguments[0])):
        raise OutsideConnectionRefused(f"a test looked up {_text(arguments[0])!r}; tests stay on this machine")


def _text(host: str | bytes | None) -> str:
    return host.decode() if isinstance(host, bytes) else (host or "")


sys.addaudithook(_refuse_outside_connections)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ``shared`` beside the checkout: published files and known answers. Tests without it say so."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared is not here")
    return SHARED
