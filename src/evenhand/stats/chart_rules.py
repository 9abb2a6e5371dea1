"""The rules of Making Data Count: which points of a control chart are more than chance, and what that means.

    point       beyond the upper or the lower limit
    shift       7 points in a row on one side of the line (6 to 8 can be set)
    trend       7 points in a row, each higher (or each lower) than the one before, both ends counted
    two of 3    of three points in a row on one side of the line, two between the two-sigma line and the limit;
                those two are marked

"Beyond" is strict, and a point on the line is on neither side. Shift and two of three do not run across a
recalculation, where the line changes; a trend does, since it asks for no line. No run crosses a gap unless asked.

Source: NHS England, Making Data Count, XmR template v2.5 (the SQL published with the Mental Health Core Data Pack).
Two things are ours. A run goes on past the end of a baseline, since the line stays the same; the template starts to
count afresh there. And differences below one part in 10¹² of the largest value are rounding, so that 15 times 0.1 is
a constant.

Where it fails: the rules are made for one series looked at once. Of stable series of 24 points one in six has a marked
point somewhere, so that over twenty charts some are marked by chance alone. Where neighbours resemble each other
(waiting lists, caseloads; a correlation of 0.5) seven in ten have one. Both are measured in
``tests/property/stats/test_chart_rules.py``.
"""

from enum import IntEnum, IntFlag, StrEnum

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.intervals import FloatArray

ROUNDING = 1e-12

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
CodeArray = NDArray[np.uint8]


class Direction(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"

    @property
    def words(self) -> str:
        """As a page shows it."""
        return {
            Direction.UP: "higher is better",
            Direction.DOWN: "lower is better",
            Direction.NEITHER: "neither higher nor lower is better in itself",
        }[self]


class Conflict(StrEnum):
    """What a point counts as that breaks a rule for the better and one for the worse (a fall from far above)."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"

    @property
    def words(self) -> str:
        """As a page shows it."""
        return f"where one rule says better and another worse, the point is shown as {_ARTICLE[self]} {self.value}"


_ARTICLE = {Conflict.IMPROVEMENT: "an", Conflict.CONCERN: "a"}


class Rule(IntFlag):
    """The rules, one bit each, so that one byte a point holds all that it breaks."""

    ABOVE_UPPER_LIMIT = 1
    BELOW_LOWER_LIMIT = 2
    SHIFT_ABOVE = 4
    SHIFT_BELOW = 8
    RISING = 16
    FALLING = 32
    TWO_OF_THREE_ABOVE = 64
    TWO_OF_THREE_BELOW = 128

    @property
    def words(self) -> str:
        """As a page shows it; several rules are joined by "and"."""
        return " and ".join(_RULE_WORDS[rule] for rule in Rule if rule in self)


_RULE_WORDS = {
    Rule.ABOVE_UPPER_LIMIT: "above the upper limit",
    Rule.BELOW_LOWER_LIMIT: "below the lower limit",
    Rule.SHIFT_ABOVE: "in a long run above the line",
    Rule.SHIFT_BELOW: "in a long run below the line",
    Rule.RISING: "in a long rise",
    Rule.FALLING: "in a long fall",
    Rule.TWO_OF_THREE_ABOVE: "one of two in three close to the upper limit",
    Rule.TWO_OF_THREE_BELOW: "one of two in three close to the lower limit",
}

HIGH = Rule.ABOVE_UPPER_LIMIT | Rule.SHIFT_ABOVE | Rule.RISING | Rule.TWO_OF_THREE_ABOVE
LOW = Rule.BELOW_LOWER_LIMIT | Rule.SHIFT_BELOW | Rule.FALLING | Rule.TWO_OF_THREE_BELOW


class Variation(IntEnum):
    """What a point shows: the icon of Making Data Count."""

    NOT_JUDGED = 0
    COMMON_CAUSE = 1
    IMPROVEMENT_HIGH = 2
    IMPROVEMENT_LOW = 3
    CONCERN_HIGH = 4
    CONCERN_LOW = 5
    NEITHER_HIGH = 6
    NEITHER_LOW = 7

    @property
    def words(self) -> str:
        """As a page shows it."""
        return _VARIATION_WORDS[self]


_VARIATION_WORDS = {
    Variation.NOT_JUDGED: "not judged",
    Variation.COMMON_CAUSE: "no more than chance explains",
    Variation.IMPROVEMENT_HIGH: "better: high or rising, and chance does not explain it",
    Variation.IMPROVEMENT_LOW: "better: low or falling, and chance does not explain it",
    Variation.CONCERN_HIGH: "worse: high or rising, and chance does not explain it",
    Variation.CONCERN_LOW: "worse: low or falling, and chance does not explain it",
    Variation.NEITHER_HIGH: "high or rising, and chance does not explain it",
    Variation.NEITHER_LOW: "low or falling, and chance does not explain it",
}


class Assurance(IntEnum):
    """Whether the process, as it runs now, meets its target."""

    NO_TARGET = 0
    NOT_JUDGED = 1
    PASS = 2
    HIT_OR_MISS = 3
    FAIL = 4

    @property
    def words(self) -> str:
        """As a page shows it."""
        return _ASSURANCE_WORDS[self]


_ASSURANCE_WORDS = {
    Assurance.NO_TARGET: "there is no target",
    Assurance.NOT_JUDGED: "the target is not judged: there are no limits yet, or neither direction is better",
    Assurance.PASS: "as things run, the target is met every time",
    Assurance.HIT_OR_MISS: "as things run, chance decides whether the target is met",
    Assurance.FAIL: "as things run, the target is missed every time: only a change can meet it",
}


def broken_rules(
    value: FloatArray,
    lines: FloatArray,
    *,
    counted: BoolArray,
    partition: IntArray,
    stretch: IntArray,
    shift_points: int = 7,
    trend_points: int = 7,
) -> CodeArray:
    """For each point the ``Rule`` bits that it breaks.

    Args:
        lines: seven rows, from three sigma below the line to three above it; the middle one is the line itself.
        counted: points that have a value and are not ghosted; the others are passed over, as if they were not there.
        partition: the number of the recalculation; ``stretch``: a number that changes at every gap.
    """
    rules = np.zeros(value.shape, dtype=np.uint8)
    place = np.flatnonzero(counted)
    x, (lower, lower_two, _, line, _, upper_two, upper) = value[place], lines[:, place]
    rounding = ROUNDING * np.abs(x).max(initial=0.0)
    above, below = x - line > rounding, line - x > rounding
    over, under = x - upper > rounding, lower - x > rounding
    close_above = (x - upper_two > rounding) & ~over
    close_below = (lower_two - x > rounding) & ~under
    segment = partition[place] + stretch[place] * (partition.max(initial=0) + 1)
    side = above.astype(np.int64) - below
    shift = _in_long_run(side, segment, shift_points)
    rising, falling = _in_trend(x, stretch[place], trend_points, rounding)
    found = np.zeros(place.shape, dtype=np.uint8)
    for holds, rule in (
        (over, Rule.ABOVE_UPPER_LIMIT),
        (under, Rule.BELOW_LOWER_LIMIT),
        (shift & above, Rule.SHIFT_ABOVE),
        (shift & below, Rule.SHIFT_BELOW),
        (rising, Rule.RISING),
        (falling, Rule.FALLING),
        (_two_of_three(close_above, above, segment), Rule.TWO_OF_THREE_ABOVE),
        (_two_of_three(close_below, below, segment), Rule.TWO_OF_THREE_BELOW),
    ):
        found |= np.where(holds, np.uint8(rule), np.uint8(0))
    rules[place] = np.where(np.isnan(upper), np.uint8(0), found)
    return rules


def _in_long_run(sign: IntArray, segment: IntArray, length: int) -> BoolArray:
    """Points in a run of ``length`` or more of one sign other than 0, all in one segment."""
    starts = np.ones(sign.shape, dtype=np.bool_)
    starts[1:] = (sign[1:] != sign[:-1]) | (segment[1:] != segment[:-1])
    run = np.cumsum(starts) - 1
    return np.asarray((np.bincount(run)[run] >= length) & (sign != 0))


def _in_trend(x: FloatArray, segment: IntArray, points: int, rounding: float) -> tuple[BoolArray, BoolArray]:
    """Points in a run of ``points`` or more that only rise, and that only fall; a turning point can be in both."""
    step = np.diff(x)
    sign = np.where(np.abs(step) > rounding, np.sign(step), 0).astype(np.int64)
    sign[segment[1:] != segment[:-1]] = 0
    steps = _in_long_run(sign, segment[1:], points - 1)
    return _ends_of(steps & (sign > 0), x.size), _ends_of(steps & (sign < 0), x.size)


def _ends_of(steps: BoolArray, points: int) -> BoolArray:
    ends = np.zeros(points, dtype=np.bool_)
    ends[:-1] |= steps
    ends[1:] |= steps
    return ends


def _two_of_three(close: BoolArray, on_side: BoolArray, segment: IntArray) -> BoolArray:
    """Close points in a window of three on one side of which two or three are close."""
    marked = np.zeros(close.shape, dtype=np.bool_)
    if close.size < 3:
        return marked
    windows = (
        (close[:-2].astype(np.int64) + close[1:-1] + close[2:] >= 2)
        & (on_side[:-2] & on_side[1:-1] & on_side[2:])
        & (segment[:-2] == segment[2:])
    )
    for offset in range(3):
        marked[offset : offset + windows.size] |= windows
    return marked & close


def variations(rules: CodeArray, judged: BoolArray, direction: Direction, conflict: Conflict) -> CodeArray:
    """For each point the code of its ``Variation``. With no good direction, high goes before low."""
    high, low = (rules & np.uint8(HIGH)) != 0, (rules & np.uint8(LOW)) != 0
    if direction is Direction.NEITHER:
        high_code, low_code, high_first = Variation.NEITHER_HIGH, Variation.NEITHER_LOW, True
    elif direction is Direction.UP:
        high_code, low_code = Variation.IMPROVEMENT_HIGH, Variation.CONCERN_LOW
        high_first = conflict is Conflict.IMPROVEMENT
    else:
        high_code, low_code = Variation.CONCERN_HIGH, Variation.IMPROVEMENT_LOW
        high_first = conflict is Conflict.CONCERN
    code = np.full(rules.shape, Variation.COMMON_CAUSE, dtype=np.uint8)
    code[high], code[low] = high_code, low_code
    code[high & low] = high_code if high_first else low_code
    code[~judged] = Variation.NOT_JUDGED
    return code


def assurance_against(
    target: float | None,
    lower: float,
    upper: float,
    direction: Direction,
    *,
    lower_at_bound: bool = False,
    upper_at_bound: bool = False,
) -> Assurance:
    """Whether a process between two limits meets its target: always, never, or as chance has it.

    A limit that stands at a natural bound can be reached (a share of 0 or of 1 does happen), other than a limit that
    is a matter of chance: a target there is hit or missed, not always missed.
    """
    if target is None:
        return Assurance.NO_TARGET
    if direction is Direction.NEITHER or np.isnan(lower):
        return Assurance.NOT_JUDGED
    if direction is Direction.UP:
        always, never, reachable = target <= lower, target >= upper, upper_at_bound and target == upper
    else:
        always, never, reachable = target >= upper, target <= lower, lower_at_bound and target == lower
    if always:
        return Assurance.PASS
    return Assurance.FAIL if never and not reachable else Assurance.HIT_OR_MISS
