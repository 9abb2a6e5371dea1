"""Contestants timed in turn on the same inputs, each from memory, and the machine that it was done on."""

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

CACHE = 1 << 26
"""Bytes written before each timed run, more than any of this machine's caches holds: inputs are then read from memory,
by whoever reads them, as they are when they arrive."""


@dataclass
class Contestant:
    """Who takes part in one comparison.

    Attributes:
        name: as the table has it.
        seconds: runs it once and says how long it took.
        times: what its time is multiplied by to stand for the whole comparison, when it was given a part.
        rounds: in how many of the rounds it takes part.
        floor: whether it does nothing but read the arrays.
        quoted: whether it was measured elsewhere, and is only quoted here.
        runs: seconds of each run, multiplied up.
    """

    name: str
    seconds: Callable[[], float]
    times: float = 1
    rounds: int = 15
    floor: bool = False
    quoted: bool = False
    runs: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Seconds for the whole comparison."""
        return median(self.runs)


@dataclass(frozen=True)
class Comparison:
    """Who was measured on what.

    Attributes:
        title, subject: the same, as a heading and in a table.
        contestants: ours first.
        warm: seconds of the first of them and of the floor when the inputs are in the cache; 0 before they are run.
    """

    title: str
    inputs: str
    contestants: Sequence[Contestant]
    notes: Sequence[str] = ()
    warm: tuple[float, float] = (0.0, 0.0)

    @property
    def subject(self) -> str:
        return self.title[0].lower() + self.title[1:]

    def named(self, name: str) -> Contestant | None:
        """The contestant whose name begins so; None when it did not take part."""
        return next((each for each in self.contestants if each.name.startswith(name)), None)


def timed(work: Callable[[], Any]) -> Callable[[], float]:
    """A function that runs ``work`` once and says how long it took."""

    def seconds() -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    return seconds


def quoted(name: str, seconds: float) -> Contestant:
    """One that was measured elsewhere."""
    return Contestant(name, lambda: seconds, rounds=1, quoted=True)


def floors(inputs: Sequence[np.ndarray], outputs: int, shape: tuple[int, ...], rounds: int) -> list[Contestant]:
    """NumPy reading the inputs once; and the same with ``outputs`` arrays of results written once beside it."""

    def read() -> None:
        for array in inputs:
            np.sum(array)

    results = np.ones(shape)

    def read_and_write() -> None:
        read()
        for _ in range(outputs):
            np.multiply(results, 1.0)

    return [
        Contestant("floor: NumPy reads the inputs once", timed(read), rounds=rounds, floor=True),
        Contestant(
            f"floor: it reads them and writes {outputs} results of the size", timed(read_and_write), rounds=rounds
        ),
    ]


def run(comparison: Comparison) -> Comparison:
    """Every contestant in turn, round by round; then the first of them and the floor again from the cache."""
    swept = np.zeros(CACHE // 8)
    for turn in range(max(each.rounds for each in comparison.contestants)):
        for each in comparison.contestants:
            if turn < each.rounds:
                swept += 1
                each.runs.append(each.seconds() * each.times)
    ours = comparison.contestants[0]
    floor = next(each for each in comparison.contestants if each.floor)
    warm = [median(each.seconds() for _ in range(7 if each.median < 1 else 1)) for each in (ours, floor)]
    return Comparison(comparison.title, comparison.inputs, comparison.contestants, comparison.notes, (warm[0], warm[1]))


def machine() -> list[str]:
    """What the times depend on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return [
        f"{processor()}, {cores} cores, {platform.system()}",
        f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {version('scipy')}",
        f"measured on {date.today().isoformat()}",  # noqa: DTZ011 - the day where the machine stands
    ]


def processor() -> str:
    """The processor's name, where the system says it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:  # noqa: PTH123 - not a file of ours
            return next(line.partition(":")[2].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def load() -> float:
    """The load average of the last minute; 0 where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
