"""Where figures come from: the sources of the release that states them, not of the definition they follow.

An indicator's definition has a source of its own. A release may follow it with another body's counts, or with invented
ones, and a page must never put those in the first body's name.
"""

from collections.abc import Iterable, Sequence

from evenhand.apps.monitoring.queries import StatedFigures
from evenhand.indicators.specification import Source
from evenhand.publication.observations import ReleasedObservation


def sources_behind(rows: Iterable[ReleasedObservation], stated: Sequence[StatedFigures]) -> str:
    """Publisher and title of every source of the releases that state these figures."""
    named = [
        in_words(source)
        for row in rows
        for figures in stated
        if row in figures.observations
        for source in figures.release.package.sources
    ]
    return "; ".join(dict.fromkeys(named))


def in_words(source: Source) -> str:
    """Publisher and title."""
    return f"{source.publisher}, {source.title}"
