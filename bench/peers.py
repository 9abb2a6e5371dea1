"""The peers, each in its own words, in an environment of their own: made here when it is absent, never imported.

PHStatsMethods is GPL, and none of the peers is anything that Evenhand depends on: they run in another process, on the
same inputs, which are handed over as files. ``requirements/peers.txt`` pins and hashes them.

    with Peers() as peers:
        folder = peers.inputs(events=events, population=population)
        run = peers.run("ph_rate", folder)      # seconds, and what came out

Where the environment cannot be had (no network), ``Peers`` raises ``PeersMissing`` and says why.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

import numpy as np

REPOSITORY = Path(__file__).resolve().parent.parent
ENVIRONMENT = REPOSITORY / ".venv-peers"
PYTHON = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin") / "python"
REQUIREMENTS = REPOSITORY / "requirements" / "peers.txt"
STAMP = ENVIRONMENT / "peers-installed"
SIDE = Path(__file__).with_name("peers_side.py")


class PeersMissing(RuntimeError):
    """The peers' environment is not there and cannot be made."""


class PeerRefused(RuntimeError):
    """A peer raised an error on inputs that it was given."""


@dataclass(frozen=True)
class PeerRun:
    """How long a peer took, and its results by name."""

    seconds: float
    results: dict[str, np.ndarray]


def environment_stands() -> bool:
    """Whether the peers can be run here and now, as they are pinned."""
    return STAMP.exists() and STAMP.read_bytes() == REQUIREMENTS.read_bytes()


def make_environment() -> None:
    """Make the environment from the pinned, hashed file: by uv where this environment has it, by pip otherwise."""
    if environment_stands():
        return
    sys.stderr.write("making .venv-peers from requirements/peers.txt: the first time this takes a minute or two\n")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    pinned = ["--require-hashes", "--quiet", "-r", str(REQUIREMENTS)]
    made = succeeds(sys.executable, "-m", "venv", str(ENVIRONMENT)) and (
        succeeds(sys.executable, "-m", "uv", "pip", "install", "--python", str(PYTHON), *pinned)
        or succeeds(str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", *pinned)
    )
    if not made:
        raise PeersMissing("the peers' environment could not be made; what went wrong is printed above")
    STAMP.write_bytes(REQUIREMENTS.read_bytes())


def succeeds(*command: str) -> bool:
    """Whether a command ends without an error."""
    return subprocess.run(command, check=False).returncode == 0


class Peers:
    """One process of the peers' environment, and a temporary folder for what goes to and fro."""

    def __init__(self) -> None:
        make_environment()
        self._folder = TemporaryDirectory()
        self._inputs = 0
        self._process = subprocess.Popen(
            [str(PYTHON), str(SIDE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.versions: dict[str, str] = self._ask({"task": "versions"})

    def __enter__(self) -> "Peers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._folder.cleanup()

    def inputs(self, **arrays: np.ndarray) -> Path:
        """A folder with these arrays in it."""
        self._inputs += 1
        folder = Path(self._folder.name) / str(self._inputs)
        folder.mkdir()
        for name, array in arrays.items():
            np.save(folder / f"{name}.npy", array)
        return folder

    def run(self, task: str, folder: Path) -> PeerRun:
        """Run ``task`` of ``peers_side.py`` once on the arrays of a folder; raises PeerRefused when the peer does."""
        answer = self._ask({"task": task, "folder": str(folder)})
        if "refused" in answer:
            raise PeerRefused(str(answer["refused"]))
        prefix = f"result_{task}_"
        results = {path.stem.removeprefix(prefix): np.load(path) for path in folder.glob(f"{prefix}*.npy")}
        return PeerRun(float(answer["seconds"]), results)

    def _ask(self, request: dict[str, str]) -> dict[str, str]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise PeersMissing(f"the peers' process ended with code {self._process.wait()}")
        answer: dict[str, str] = json.loads(line)
        return answer
