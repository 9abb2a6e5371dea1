"""What an outsider knows about each count before doing any sum.

This is the seam of the package. A release, to the attack, is a range for every cell and the sums that tie the cells
together; where a range comes from (an exact figure, a rounded one, a symbol, an earlier release) is settled here.
"""

from dataclasses import dataclass

from evenhand.datasets.counts import CellStatus, Count
from evenhand.disclosure.rounding import counts_that_round_to


@dataclass(frozen=True, slots=True)
class CountRange:
    """Every whole number from ``smallest`` to ``largest``, both included; no upper end when ``largest`` is None."""

    smallest: int
    largest: int | None

    def __post_init__(self) -> None:
        if self.smallest < 0 or (self.largest is not None and self.largest < self.smallest):
            raise ValueError(f"a range of counts runs upwards from 0: found {self.smallest} to {self.largest}")

    def __contains__(self, count: int) -> bool:
        return self.smallest <= count and (self.largest is None or count <= self.largest)

    @property
    def width(self) -> int | None:
        """Largest minus smallest; None when there is no upper end."""
        return None if self.largest is None else self.largest - self.smallest

    def is_at_least(self, width: int) -> bool:
        """Whether the range is at least so wide: 2 means three possible values or more."""
        return self.width is None or self.width >= width


@dataclass(frozen=True, slots=True, kw_only=True)
class Attacker:
    """An outsider who has every printed figure, knows how they add up, and has read the rule.

    Attributes:
        hidden_smallest: the smallest count that can stand behind the symbol; 1 when zeros are printed as such.
        hidden_largest: the largest such count, when the publisher hides nothing but small counts and says so; None when
            larger counts may be hidden as well.
        printed_smallest: the smallest count above zero that the rule ever prints. A printed 5, rounded to 5, is then
            known to be 5, 6 or 7 where 1 to 4 are always hidden.
    """

    hidden_smallest: int = 1
    hidden_largest: int | None = None
    printed_smallest: int = 1

    def range_of(self, count: Count) -> CountRange:
        """What the outsider knows of one cell from what stands in it."""
        if count.value is not None:
            return self._range_of_printed(count.value, count.rounded_to)
        if count.status is CellStatus.SUPPRESSED:
            return CountRange(self.hidden_smallest, self.hidden_largest)
        return CountRange(0, None if count.status is CellStatus.UNKNOWN else 0)

    def _range_of_printed(self, value: int, rounded_to: int) -> CountRange:
        smallest, largest = counts_that_round_to(value, rounded_to)
        if value == 0:
            # Nothing from 1 to printed_smallest - 1 is printed, so a 0 that cannot be more than that is a true zero.
            return CountRange(0, largest if largest >= self.printed_smallest else 0)
        # A figure that the rule would never print (an exact 3 from elsewhere) is taken at its word.
        return CountRange(
            max(smallest, self.printed_smallest) if self.printed_smallest <= largest else smallest, largest
        )

    @property
    def statement(self) -> str:
        """The attacker in plain words, for the certificate."""
        hidden = f"at least {self.hidden_smallest}"
        if self.hidden_largest is not None:
            hidden = f"from {self.hidden_smallest} to {self.hidden_largest}"
        printed = ""
        if self.printed_smallest > 1:
            printed = f" and that no count from 1 to {self.printed_smallest - 1} is ever printed"
        return (
            "An outsider who has every printed figure and knows which figures add up to which, how they are rounded, "
            f"that a hidden count is {hidden}{printed}."
        )
