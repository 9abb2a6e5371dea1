"""A count as it was published or will be: zero, suppressed, unknown and not applicable are four different things."""

from dataclasses import dataclass
from enum import StrEnum


class CellStatus(StrEnum):
    """What a cell says. There is one mark for "suppressed": which cell was small and which one hides it is not told."""

    PUBLISHED = "published"  # a number stands here; it may be 0, which is a count like any other
    SUPPRESSED = "suppressed"  # there is a number, hidden to protect people in small groups
    UNKNOWN = "unknown"  # nobody recorded it, or the source leaves the cell empty without saying why
    NOT_APPLICABLE = "not_applicable"  # no such number can exist


@dataclass(frozen=True, slots=True)
class Count:
    """A number of events, people or days, with its status.

    Attributes:
        value: the number as published, or None when there is none to show.
        status: PUBLISHED exactly when ``value`` is a number.
        rounded_to: 1 for an exact count; 5 when the publisher rounded to the nearest 5, and so on. A published 0 in a
            rounded table is exact when the publisher says that zeros are shown as such: ``rounded_to`` is then 1.
    """

    value: int | None
    status: CellStatus = CellStatus.PUBLISHED
    rounded_to: int = 1

    def __post_init__(self) -> None:
        if (self.value is not None) != (self.status is CellStatus.PUBLISHED):
            raise ValueError(f"a count has a value exactly when it is published: found {self.value}, {self.status}")
        if self.value is not None and self.value < 0:
            raise ValueError(f"a count is not negative: found {self.value}")
        if self.rounded_to < 1:
            raise ValueError(f"a count is rounded to 1 or more: found {self.rounded_to}")

    @property
    def smallest(self) -> int:
        """The smallest true count that rounds to what was published."""
        return max(0, self._published() - self.rounded_to // 2)

    @property
    def largest(self) -> int:
        """The largest true count that rounds to what was published."""
        return self._published() + self.rounded_to // 2

    def _published(self) -> int:
        if self.value is None:
            raise ValueError(f"a count that is {self.status} has no bounds of rounding")
        return self.value


SUPPRESSED = Count(None, CellStatus.SUPPRESSED)
UNKNOWN = Count(None, CellStatus.UNKNOWN)
NOT_APPLICABLE = Count(None, CellStatus.NOT_APPLICABLE)
