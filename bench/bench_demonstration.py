"""How long the demonstration takes to its first page: built anew, and started again on what stands.

    .venv/bin/python bench/bench_demonstration.py

The floor is Python importing what serves the pages. Releases are made, attacked and verified, the database is made and
filled, and style sheets are gathered in the first start; the second one checks that all of it stands.
"""

import signal
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.request import urlopen

EVENHAND = Path(sys.executable).with_name("evenhand")


def seconds_to_the_first_page(folder: str) -> float:
    """Start the demonstration, read Home once it says that it is there, and stop it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(EVENHAND), "demo", "--folder", folder, "--port", str(port)]
    start = perf_counter()
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any("Stop with Ctrl-C" in line for line in process.stderr), "it did not start"
        with urlopen(f"http://127.0.0.1:{port}/") as page:
            assert b"<title>" in page.read()
        took = perf_counter() - start
        process.send_signal(signal.SIGINT)
    return took


def seconds_to_import() -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-c", "import django.http, gunicorn.app.wsgiapp, whitenoise"], check=True)
    return perf_counter() - start


def main() -> None:
    with TemporaryDirectory() as folder:
        floor = seconds_to_import()
        first = seconds_to_the_first_page(folder)
        second = seconds_to_the_first_page(folder)
    print(f"first start {first:.1f} s, second start {second:.1f} s: {first / second:.0f} times as long")
    print(f"the second start is {second / floor:.0f} times the floor of {floor:.2f} s")


if __name__ == "__main__":
    main()
