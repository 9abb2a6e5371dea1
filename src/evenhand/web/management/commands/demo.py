"""Show the demonstration: build it, or reuse what stands, and serve it until Ctrl-C."""

import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from evenhand.web import demonstration
from evenhand.web.demonstration import SIGN_INS, NotHere, Stamp
from evenhand.web.serving import NotServed, address_of, serve, take

LOOK_AT = (
    ("What the figures say", "/"),
    ("One measure", "/figures/detention/"),
    ("Every organisation", "/organisations/"),
    ("What is not recorded", "/data-quality/"),
    ("Releases and certificates", "/releases/"),
    ("How small groups are protected", "/how-we-protect-small-groups/"),
    ("The editors' area", "/admin/"),
)


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()  # they take seconds, and look at what `build` is about to make

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="The address to serve at.")
        parser.add_argument("--port", type=int, default=8000, help="The port to serve at.")
        parser.add_argument("--build-only", action="store_true", help="Build it and do not serve it.")

    def handle(self, *args: Any, host: str, port: int, build_only: bool = False, **options: Any) -> None:
        if settings.PRODUCTION:
            raise NotHere("The demonstration is not shown in production: its passwords are printed.")
        if settings.ENVIRONMENT != "demonstration":
            _begin_again(host, port, build_only)
            return
        console = Console(stderr=True)
        if build_only:
            demonstration.standing() or _build(console)
            return
        with take(host, port) as held:
            stamp = demonstration.standing() or _build(console)
            serve(held=held, host=host, ready=lambda: _announce(console, address_of(host, port), stamp))
        console.print("Stopped. What was built stands for the next time.")


def _begin_again(host: str, port: int, build_only: bool) -> None:
    """In a process of its own, whose settings are the demonstration's."""
    command = [sys.executable, "-m", "evenhand.web", "demo", "--host", host, "--port", str(port)]
    environment = {**os.environ, "EVENHAND_ENVIRONMENT": "demonstration"}
    try:
        code = subprocess.run([*command, *["--build-only"] * build_only], env=environment, check=False).returncode  # noqa: S603 (our own words)
    except KeyboardInterrupt:
        code = 0  # the other process heard it as well, and has stopped
    if code != 0:
        raise NotServed("The demonstration did not run; what it said stands above.")


def _build(console: Console) -> Stamp:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Building the demonstration", total=demonstration.STEPS)

        def step(words: str) -> None:
            progress.update(task, description=words, advance=1)

        return demonstration.build(step)


def _announce(console: Console, address: str, stamp: Stamp) -> None:
    """What to look at, and the sign-ins: whole lines, so that an address can be copied from a narrow window too."""
    console.rule("Evenhand is running")
    for words, path in LOOK_AT:
        console.print(f"{words:<32}{address}{path}", soft_wrap=True, highlight=False)
    console.print(f"\nSign in to the editors' area with the password {stamp.password} as", highlight=False)
    for sign_in in SIGN_INS:
        console.print(f"  {sign_in.email:<40}may {sign_in.may}", soft_wrap=True, highlight=False)
    console.print("\nStop with Ctrl-C.")
