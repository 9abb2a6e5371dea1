"""Serving the site from this machine until somebody stops it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address

from evenhand.errors import EvenhandError

PATIENCE = 60.0  # seconds until a server that has not answered is given up


class NotServed(EvenhandError):
    """The site cannot be served here."""


def take(host: str, port: int) -> socket.socket:
    """The port, held for the server that comes: whatever is built meanwhile, nobody else can take it.

    Raises:
        NotServed: it is taken, or ``host`` is no address of this machine.
    """
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        # A taken port has a number that the system has words for; an unknown host has words alone.
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise NotServed(
            f"Nothing can be served at {host}, port {port} ({why}). Choose another port: make demo PORT={port + 1}"
        ) from error


def serve(*, held: socket.socket, host: str, ready: Callable[[], None]) -> None:
    """Serve the site with gunicorn at the port that is ``held``; call ``ready`` once it answers; return when it is
    stopped by Ctrl-C or by the machine.

    Raises:
        NotServed: the server ends by itself.
    """
    port = held.getsockname()[1]
    environment = {
        **os.environ,
        "EVENHAND_BIND": f"fd://{held.fileno()}",
        "EVENHAND_WORKERS": "1",
        "EVENHAND_HOSTS": ",".join(_hosts(host)),
        "EVENHAND_SITE_ADDRESS": address_of(host, port),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:evenhand.web.server"]
    server = subprocess.Popen(command, env=environment, pass_fds=[held.fileno()])  # noqa: S603 (our own words)
    held.close()  # the server alone holds it now, and when it ends the port is free
    with _stopping_with_us(server) as stopped:
        if _answers(host, port, server):
            ready()
        code = server.wait()
    if code != 0 and not stopped:
        raise NotServed(f"The server ended by itself, with code {code}. What it said stands above.")


def address_of(host: str, port: int) -> str:
    """The address to type into a browser on this machine."""
    return f"http://{_in_an_address(_reachable(host))}:{port}"


@contextmanager
def _stopping_with_us(server: subprocess.Popen[bytes]) -> Iterator[list[int]]:
    """On Ctrl-C, or when the machine asks us to end, the server ends, whatever else happens here. The list holds the
    signals that came."""
    received: list[int] = []

    def stop(number: int, frame: object) -> None:
        received.append(number)
        server.terminate()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield received
    finally:
        server.terminate()
        server.wait()
        for number, handler in before.items():
            signal.signal(number, handler)


def _answers(host: str, port: int, server: subprocess.Popen[bytes]) -> bool:
    """Wait until the site answers; False when the server has ended instead, or has been given up."""
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        connection = HTTPConnection(_reachable(host), port, timeout=5)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            if connection.getresponse().status == 200:
                return True
        except (OSError, HTTPException):
            pass  # not yet
        finally:
            connection.close()
        time.sleep(0.1)
    server.terminate()
    return False


def _reachable(host: str) -> str:
    """An address of this machine at which a server on ``host`` answers."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 (compared, not bound)


def _in_an_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _hosts(host: str) -> list[str]:
    """The names under which a site served at ``host`` is asked for; all of them when it is served at every address."""
    try:
        everywhere = ip_address(host).is_unspecified
    except ValueError:
        everywhere = False
    return ["*"] if everywhere else [_in_an_address(host)]
