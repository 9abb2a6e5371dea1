"""Two groups, or one group and all, picked by name from the groups of many settings."""

from collections.abc import Sequence

from evenhand.errors import InputRefused
from evenhand.stats.references import reference_group
from evenhand.stats.summaries import GroupValues


def group_position(groups: GroupValues, names: Sequence[str], name: str) -> int:
    """The column of the group ``name``, when ``names`` are those of the columns.

    Raises InputRefused when ``names`` do not fit the columns, repeat themselves, or lack ``name``.
    """
    width = groups.value.shape[1]
    if len(names) != width or len(set(names)) != width:
        raise InputRefused(f"groups: found the names {', '.join(names)}; {width} different ones are right")
    return reference_group(name).position_in(tuple(names))
