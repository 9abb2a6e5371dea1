"""What a control chart is drawn from: readings in the order of time, each with what is known of it."""

import math
from dataclasses import dataclass
from enum import StrEnum

from evenhand.charts.shapes import Role


class ReadingKind(StrEnum):
    """What the mark of one reading says, in the order in which a key explains the kinds."""

    SPECIAL = "special"  # alone beyond a limit
    PATTERN = "pattern"  # one of a run, of a trend, or of two out of three near a limit
    ORDINARY = "ordinary"
    NONE = "none"  # counted, and there were none
    GHOSTED = "ghosted"  # drawn, and left out of what the level and the limits are worked out from
    HIDDEN = "hidden"
    NOT_RECORDED = "not_recorded"
    DOES_NOT_APPLY = "does_not_apply"


POINTS = {  # those that must be seen lie on top: the first, over all others
    ReadingKind.SPECIAL: Role.POINT_SPECIAL,
    ReadingKind.PATTERN: Role.POINT_PATTERN,
    ReadingKind.ORDINARY: Role.POINT,
    ReadingKind.NONE: Role.POINT_NONE,
    ReadingKind.GHOSTED: Role.GHOST,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One point of the series, or the reason why there is none, with its words in the reader's language.

    Attributes:
        label: when it was ("April 2025"); value: the figure in words ("88", "hidden").
        number: where the point stands; None for the kinds that have no point.
        lower, centre, upper: the limits and the level that hold here; ``nan`` (or infinite) where there is none.
        time: what may be written under it ("Jan 2025"); of many, as many are written as there is room for.
        caption: what is written at the point ("April 2025: 88"), for the few that need it.
        cells: the further columns of the chart's table.
    """

    kind: ReadingKind
    label: str
    value: str
    number: float | None = None
    lower: float = math.nan
    centre: float = math.nan
    upper: float = math.nan
    time: str = ""
    caption: str = ""
    cells: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind in POINTS) != (self.number is not None):
            raise ValueError(
                f"{self.label}: a reading has a number exactly when its kind has a point: {self.kind}, {self.number}"
            )

    @property
    def has_limits(self) -> bool:
        """Whether chance can be told from more than chance here, upwards or downwards."""
        return math.isfinite(self.lower) or math.isfinite(self.upper)


@dataclass(frozen=True, slots=True)
class Break:
    """From the reading with this index on, the level and the limits are worked out anew; and why, in words."""

    before: int
    words: str
