"""Long arrays a piece at a time, so that what is worked out on the way stays in the processor's cache.

Whoever fills a long result in one go writes every intermediate array out to memory and reads it back: at a million
places that takes longer than the arithmetic.
"""

from collections.abc import Iterator

BLOCK = 32_768


def blocks(size: int, *, at_a_time: int = BLOCK) -> Iterator[slice]:
    """Slices that together cover ``size`` places in order, each of ``at_a_time`` places but the last."""
    for start in range(0, size, at_a_time):
        yield slice(start, min(start + at_a_time, size))
