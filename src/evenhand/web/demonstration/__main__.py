"""Show the demonstration: ``python -m evenhand.web.demonstration --host 127.0.0.1 --port 8000``.

Builds it when none stands, serves it, says what to look at, and ends with code 0 on Ctrl-C.
"""

import argparse
import os
import subprocess
import sys

from rich.console import Console

from evenhand.errors import EvenhandError
from evenhand.web.demonstration.serving import address_of, serve, take
from evenhand.web.demonstration.stamp import SIGN_INS, Stamp, folder_in, standing

LOOK_AT = (
    ("What the figures say", "/"),
    ("One measure", "/figures/detention/"),
    ("A measure over two years", "/figures/restraint/SVPT/"),
    ("Every organisation", "/organisations/"),
    ("What is not recorded", "/data-quality/"),
    ("Releases and certificates", "/releases/"),
    ("How small groups are protected", "/how-we-protect-small-groups/"),
    ("The editors' area", "/admin/"),
)


class NotShown(EvenhandError):
    """The demonstration cannot be shown."""


def show(*, host: str, port: int, console: Console) -> None:
    """Build the demonstration unless it stands, and serve it until somebody stops it.

    Raises:
        NotShown: in production, or when it could not be built.
        NotServed: the port is taken, or the server ended by itself.
    """
    if os.environ.get("EVENHAND_ENVIRONMENT") == "production":
        raise NotShown("The demonstration is not shown in production: its passwords are printed.")
    os.environ["EVENHAND_ENVIRONMENT"] = "demonstration"
    with take(host, port) as held:
        stamp = standing(folder_in(os.environ)) or _built()
        serve(held=held, host=host, ready=lambda: _announce(console, address_of(host, port), stamp))
    console.print("Stopped. What was built stands for the next time.")


def _built() -> Stamp:
    command = [sys.executable, "-m", "evenhand.web", "build_demonstration"]
    code = subprocess.run(command, check=False).returncode  # noqa: S603 (our own words)
    stamp = standing(folder_in(os.environ))
    if code != 0 or stamp is None:
        raise NotShown("The demonstration could not be built; what was said stands above.")
    return stamp


def _announce(console: Console, address: str, stamp: Stamp) -> None:
    """What to look at, and the sign-ins: whole lines, so that an address can be copied from a narrow window too."""
    console.rule("Evenhand is running")
    for words, path in LOOK_AT:
        console.print(f"{words:<32}{address}{path}", soft_wrap=True, highlight=False)
    console.print(f"\nSign in to the editors' area with the password {stamp.password} as", highlight=False)
    for sign_in in SIGN_INS:
        console.print(f"  {sign_in.email:<40}may {sign_in.may}", soft_wrap=True, highlight=False)
    console.print("\nStop with Ctrl-C.")


def main() -> None:
    parser = argparse.ArgumentParser(prog="evenhand demo", description="Show the demonstration until Ctrl-C.")
    parser.add_argument("--host", default="127.0.0.1", help="The address to serve at.")
    parser.add_argument("--port", type=int, default=8000, help="The port to serve at.")
    wanted = parser.parse_args()
    try:
        show(host=wanted.host, port=wanted.port, console=Console(stderr=True))
    except KeyboardInterrupt:
        sys.exit(0)
    except EvenhandError as refusal:
        sys.stderr.write(f"evenhand: {refusal}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
