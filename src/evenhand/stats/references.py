"""What a group is compared with. It is a choice, it changes the answer, and so it is stated and carried along.

Never "the best group": picking the lowest of many noisy rates picks a lucky one, and every gap comes out too wide.
Support for a named reference: Royal Statistical Society (2022) on ethnicity comparisons, that White British is in most
cases the most useful one. Show it beside the population average, which no group can be blamed for; "all others" is the
fairest test of one small group, since nothing else is as large and independent of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from evenhand.errors import InputRefused


class ReferenceKind(StrEnum):
    """The kinds of reference there are."""

    GROUP = "group"  # one of the groups, named
    POPULATION_AVERAGE = "population average"  # everybody together, the group itself included
    ALL_OTHERS = "all others"  # everybody but the group itself


@dataclass(frozen=True, slots=True)
class Reference:
    """What every group is compared with; ``group`` is the group's name, for ``ReferenceKind.GROUP`` alone."""

    kind: ReferenceKind
    group: str = ""

    def __post_init__(self) -> None:
        if (self.kind is ReferenceKind.GROUP) != bool(self.group):
            raise InputRefused(
                f"reference: found kind {self.kind.value!r} with group {self.group!r}; a group's name goes with the "
                "kind 'group' and with no other"
            )

    def __str__(self) -> str:
        return self.group or self.kind.value

    def position_in(self, groups: tuple[str, ...]) -> int:
        """Where the reference group stands among ``groups``; raises InputRefused when it is not one of them."""
        if self.group not in groups:
            raise InputRefused(f"reference: found {self.group!r}; one of {', '.join(groups)} is right")
        return groups.index(self.group)


POPULATION_AVERAGE = Reference(ReferenceKind.POPULATION_AVERAGE)
ALL_OTHERS = Reference(ReferenceKind.ALL_OTHERS)


def reference_group(name: str) -> Reference:
    """One group as the reference: ``reference_group("White British")``."""
    return Reference(ReferenceKind.GROUP, name)


def checked_groups(groups: Sequence[str], width: int, reference: Reference) -> tuple[str, ...]:
    """The names of the groups; raises InputRefused unless there are ``width`` different ones, the reference in them."""
    names = tuple(groups)
    if len(names) != width or len(set(names)) != width:
        raise InputRefused(f"groups: found the names {', '.join(names)}; {width} different ones are right")
    if reference.kind is ReferenceKind.GROUP:
        reference.position_in(names)
    return names
