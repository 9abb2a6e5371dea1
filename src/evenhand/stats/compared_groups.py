"""Two groups, or one group and all, picked by name from the groups of many settings."""

from collections.abc import Sequence

from evenhand.stats.references import checked_groups, reference_group
from evenhand.stats.summaries import GroupValues


def group_position(groups: GroupValues, names: Sequence[str], name: str) -> int:
    """The column of the group ``name``, when ``names`` are those of the columns.

    Raises InputRefused when ``names`` do not fit the columns, repeat themselves, or lack ``name``.
    """
    reference = reference_group(name)
    return reference.position_in(checked_groups(names, groups.value.shape[1], reference))
