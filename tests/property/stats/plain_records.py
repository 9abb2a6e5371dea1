"""Records counted by group one at a time."""

from collections.abc import Sequence

Record = tuple[str | None, bool | None]


def plain_counts(records: Sequence[Record]) -> dict[str | None, tuple[int, int, int]]:
    """Group → in how many records it happened, did not, and is not known to have; ``None`` is the unknown group."""
    counts: dict[str | None, tuple[int, int, int]] = {}
    for group, happened in records:
        yes, no, unknown = counts.get(group, (0, 0, 0))
        if happened is None:
            unknown += 1
        elif happened:
            yes += 1
        else:
            no += 1
        counts[group] = (yes, no, unknown)
    return counts
