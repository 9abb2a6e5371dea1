"""Rounding to the nearest multiple of a base. Each figure is rounded by itself: rounded parts need not add up.

A count half-way between two multiples (possible for even bases alone) goes up, so that anybody can redo it and so that
no figure depends on its neighbours. Rounding is not random: a figure published twice is published the same.
"""


def round_to_nearest(count: int, base: int) -> int:
    """The multiple of ``base`` nearest to ``count``; the upper one of two equally near."""
    return (count + base // 2) // base * base


def counts_that_round_to(rounded: int, base: int) -> tuple[int, int]:
    """The smallest and the largest count that :func:`round_to_nearest` turns into ``rounded``."""
    return max(0, rounded - base // 2), rounded + (base - 1) // 2
