"""How fast inequality is measured: Evenhand, its peers on PyPI and the floor, in one run and on the same inputs.

    .venv/bin/python bench/bench_inequality.py              prints the tables
    .venv/bin/python bench/bench_inequality.py --write      and writes docs/reference/benchmarks.md

The peers run in an environment of their own (``peers.py``), which is made the first time. Without it, the rest is
measured and the table says so.
"""

import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from inequality_cases import CASES, Sizes
from peers import Peers, PeersMissing
from timing import Comparison, load, machine, run

QUIET = 1.5
"""The load average up to which a machine of two cores counts as ours alone."""

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "benchmarks.md"

INTRODUCTION = """\
# How fast it is

Made by `bench/bench_inequality.py --write`; `make bench` prints the same. A test holds its headings and rows to the
script. Times depend on the machine, so that the claim is the ratio.

Every contestant is given the same inputs, in turn, in one run, after its answer was held to ours. Before each turn the
caches are swept, so that whoever reads an input reads it from memory. A time is the median of its runs. Peers run in an
environment and a process of their own; the data frame that they are given is built beforehand and is not in their time.

The **floor** is NumPy reading the same arrays once (`numpy.sum` of each): nobody can be faster who looks at every
number. The second floor also writes, once, as many arrays as we give back, without working anything out."""

TARGETS = """\
## What was aimed at

Against peers, times as fast:

| aim | measured | |
|---|---:|---|"""

FLOORS = """\
Against the floor, times as long, the inputs read from memory and, the stricter way, from the processor's cache:

| at most 10 times the floor | from memory | | from the cache | |
|---|---:|---|---:|---|"""


def main(arguments: Sequence[str], sizes: Sizes = Sizes()) -> None:  # noqa: B008 - frozen, and never changed
    """Measure, print, and write the page when asked to."""
    page = measured_page(sizes)
    sys.stdout.write(page)
    if "--write" in arguments:
        PAGE.write_text(page, encoding="utf-8")


def measured_page(sizes: Sizes) -> str:
    """The page of one run."""
    load_before = load()
    try:
        with Peers() as peers:
            versions = peers.versions
            comparisons = measured(sizes, peers)
    except PeersMissing as missing:
        sys.stderr.write(f"{missing}\n")
        versions = {}
        comparisons = measured(sizes, None)
    return (
        "\n\n".join(
            [
                INTRODUCTION,
                where_and_when(versions, load_before, load()),
                targets(comparisons),
                *(section(comparison) for comparison in comparisons),
            ]
        )
        + "\n"
    )


def measured(sizes: Sizes, peers: Peers | None) -> list[Comparison]:
    """Every comparison, one after the other; what is being done is said on the error stream."""
    comparisons = []
    for case in CASES:
        sys.stderr.write(f"{case.__name__.replace('_', ' ')} …\n")
        comparisons.append(run(case(sizes, peers)))
    return comparisons


def where_and_when(versions: dict[str, str], before: float, after: float) -> str:
    """The machine, the versions, and what else was going on."""
    lines = [f"- {line}" for line in machine()]
    if versions:
        lines.append(f"- peers: {', '.join(f'{name} {number}' for name, number in versions.items())}")
    else:
        lines.append("- peers: their environment could not be had, so that none was measured")
    quiet = max(before, after) <= QUIET
    beside = "" if quiet else ";\n  other work was going on, so that times are longer and less sure than they need be"
    lines.append(f"- load of the machine before {before:.1f} and after {after:.1f}{beside}")
    return "\n".join(lines)


def section(comparison: Comparison) -> str:
    """A heading, the table, and what has to be known about it."""
    ours = comparison.contestants[0]
    floor = next(each for each in comparison.contestants if each.floor)
    lines = [
        f"## {comparison.title}",
        "",
        f"{comparison.inputs}.",
        "",
        "| | time | times the floor | times our first line | runs |",
        "|---|---:|---:|---:|---:|",
    ]
    for each in comparison.contestants:
        cells = [
            each.name,
            spoken(each.median),
            number(each.median / floor.median),
            number(each.median / ours.median),
            "quoted" if each.quoted else str(len(each.runs)),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    notes = list(comparison.notes)
    ours_warm, floor_warm = comparison.warm
    notes.append(
        f"With the inputs in the processor's cache already, our first line takes {spoken(ours_warm)} and the floor "
        f"{spoken(floor_warm)}: {number(ours_warm / floor_warm)} times."
    )
    return "\n".join([*lines, "", *(wrapped(note) for note in notes)])


def targets(comparisons: Sequence[Comparison]) -> str:
    """What was aimed at beside what came out."""
    lines = [TARGETS]
    for aim, index, other, least in (
        ("standardised rates: 300 times as fast as PHStatsMethods", 0, "PHStatsMethods", 300),
        ("SII and RII: 1,000 times as fast as simulated", 3, "both simulated", 1_000),
        ("IDIS: 1,000 times as fast as in R (quoted)", 5, "R, healthequal", 1_000),
    ):
        slow = comparisons[index].named(other)
        if slow:
            ratio = slow.median / comparisons[index].contestants[0].median
            lines.append(f"| {aim} | {number(ratio)} | {met(ratio >= least)} |")
        else:
            lines.append(f"| {aim} | not measured | |")
    lines += ["", FLOORS]
    for comparison in comparisons:
        floor = next(each for each in comparison.contestants if each.floor)
        ours_warm, floor_warm = comparison.warm
        ratios = (comparison.contestants[0].median / floor.median, ours_warm / floor_warm)
        cells = [cell for ratio in ratios for cell in (number(ratio), met(ratio <= 10))]
        lines.append(f"| {' | '.join([comparison.subject, *cells])} |")
    return "\n".join(lines)


def met(is_met: bool) -> str:
    return "met" if is_met else "not met"


def spoken(seconds: float) -> str:
    """A time in the unit in which it reads well, to two digits or so."""
    if seconds >= 1:
        return f"{seconds:,.1f} s" if seconds < 100 else f"{seconds:,.0f} s"
    if seconds >= 0.001:
        return f"{1_000 * seconds:.1f} ms" if seconds < 0.1 else f"{1_000 * seconds:.0f} ms"
    return f"{1_000_000 * seconds:.0f} µs"


def wrapped(note: str) -> str:
    """A point of a list in lines of at most 120 characters."""
    return textwrap.fill(note, 120, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)


def number(ratio: float) -> str:
    """A ratio to two digits or so."""
    if ratio >= 100:
        return f"{float(f'{ratio:.2g}'):,.0f}"
    return f"{ratio:.1f}" if ratio < 10 else f"{ratio:.0f}"


if __name__ == "__main__":
    main(sys.argv[1:])
