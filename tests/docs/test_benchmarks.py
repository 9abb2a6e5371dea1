"""The page of benchmarks is made by its script, and every benchmark runs and agrees with what it is compared with.

Times are not asserted. Where the peers' environment stands (``make bench`` makes it), they take part and are held to
our answers; where it does not, the rest runs without them.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "docs" / "reference" / "benchmarks.md").read_text("utf-8")


@pytest.fixture(scope="module")
def bench() -> Iterator[SimpleNamespace]:
    """The modules of ``bench/``, which find each other by name, as when one of them is run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(REPOSITORY / "bench"))
        import bench_inequality
        import inequality_cases
        import peers
        import timing

        yield SimpleNamespace(main=bench_inequality, cases=inequality_cases, peers=peers, timing=timing)
        for name in ("bench_inequality", "inequality_cases", "peers", "timing", "yardsticks"):
            del sys.modules[name]


@pytest.fixture(scope="module")
def tiny_page(bench: SimpleNamespace) -> str:
    """The page of a run on tiny inputs, in which every answer is held to ours before it is timed."""
    with pytest.MonkeyPatch.context() as patch:
        if not bench.peers.environment_stands():
            patch.setattr(bench.peers, "make_environment", lambda: missing(bench.peers))
        patch.setattr(bench.timing, "CACHE", 1 << 16)
        return bench.main.measured_page(bench.cases.TINY)


def missing(peers: ModuleType) -> None:
    raise peers.PeersMissing("the peers' environment is not here")


def headings(page: str) -> list[str]:
    return [line for line in page.splitlines() if line.startswith("#")]


def contestants(page: str) -> dict[str, list[str]]:
    """By heading who takes part, without the numbers that say how much was measured."""
    found: dict[str, list[str]] = {}
    for section in page.split("\n## ")[2:]:
        heading, _, text = section.partition("\n")
        rows = [line.strip("| ").split(" | ")[0] for line in text.splitlines() if line.startswith("|")][2:]
        found[heading] = [re.sub(r"\d[\d,]*", "N", row) for row in rows]
    return found


def test_the_page_has_the_headings_and_rows_of_the_script(tiny_page: str, bench: SimpleNamespace) -> None:
    assert headings(PAGE) == headings(tiny_page)
    assert PAGE.startswith(bench.main.INTRODUCTION)
    ours, tiny = contestants(PAGE), contestants(tiny_page)
    assert len(ours) == len(bench.cases.CASES)
    if not bench.peers.environment_stands():
        peers = ("PHStatsMethods", "statsmodels", "pandas", "aequitas", "fairlearn")
        ours = {heading: [row for row in rows if not row.startswith(peers)] for heading, rows in ours.items()}
    assert ours == tiny


def test_the_page_says_where_and_when_it_was_measured(bench: SimpleNamespace) -> None:
    assert re.search(r"^- .+, \d+ cores, ", PAGE, re.MULTILINE)
    assert re.search(r"Python 3\.\d+\.\d+, NumPy \d+\.\d+", PAGE)
    assert re.search(r"measured on \d{4}-\d{2}-\d{2}", PAGE)
    assert re.search(r"load of the machine before \d+\.\d and after \d+\.\d", PAGE)
    pins = dict(re.findall(r"^([\w-]+)==(\S+)", bench.peers.REQUIREMENTS.read_text("utf-8"), re.MULTILINE))
    for peer in ("PHStatsMethods", "fairlearn", "aequitas", "statsmodels", "pandas"):
        assert f"{peer} {pins[peer.lower()]}" in PAGE


def test_without_the_peers_the_rest_is_measured_and_the_page_says_so(
    bench: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench.peers, "make_environment", lambda: missing(bench.peers))
    monkeypatch.setattr(bench.timing, "CACHE", 1 << 16)
    page = bench.main.measured_page(bench.cases.TINY)
    assert "their environment could not be had, so that none was measured" in page
    assert "300 times as fast as PHStatsMethods | not measured | |" in page
    assert "both simulated in NumPy" in page


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(123.4, "123 s"), (8.04, "8.0 s"), (0.25, "250 ms"), (0.0042, "4.2 ms"), (0.000_31, "310 µs")],
)
def test_times_are_said_in_the_unit_they_read_well_in(bench: SimpleNamespace, seconds: float, words: str) -> None:
    assert bench.main.spoken(seconds) == words


def test_an_answer_that_is_not_ours_stops_the_benchmark(bench: SimpleNamespace) -> None:
    with pytest.raises(AssertionError, match="lower"):
        bench.cases.agree({"value": 1.0, "lower": 0.5}, {"value": 1.0, "lower": 0.6})
