"""Small tables made up by hand, given to the peers and to Evenhand alike. Plain Python: both environments read it."""

from math import nan
from random import Random

# Three groups, and one of them without an event, or without people, or without a name.
EVENTS, NONE_IN_ONE, PEOPLE, NOBODY_IN_ONE = [12, 7, 30], [12, 0, 30], [1_000, 2_000, 3_000], [1_000, 0, 3_000]
NAMES, NAMELESS = ["A", "B", "C"], ["A", None, "C"]

# Two groups by three ages. At the rates of the second group 100,000 people of the standard have 189.0 events.
AGES = ["young", "middle", "old"]
STANDARD = [30.0, 40.0, 30.0]
FIRST_EVENTS, FIRST_PEOPLE = [5, 10, 20], [900, 700, 400]
SECOND_EVENTS, SECOND_PEOPLE = [4, 9, 14], [5_000, 6_000, 4_000]
OLD_NOT_KNOWN, NOBODY_OLD, NO_OLD_EVENTS = [4, 9, nan], [5_000, 6_000, 0], [4, 9, 0]
NO_EVENTS = [0, 0, 0]

# Ten areas, whose numbers a file held as text.
TENTHS = [str(number) for number in range(1, 11)]

# Two rates, none against five.
RATIO = (0, 100, 5, 100)

# Two hospitals of 100 and one of 200 people, half of whom have the event.
FUNNEL_EVENTS, FUNNEL_PEOPLE = [40, 60, 100], [100, 100, 200]

# Six records.
GROUP_OF_RECORD, HAPPENED = ["A", "B", None, "C", "A", "B"], [1, 0, 1, 1, 0, 1]
GROUPS_OF_THOSE, OUTCOME_MISSING = ["A", "B", "C", "C", "A"], [1.0, 0.0, 1.0, nan, 0.0]

# Groups that do not differ: 16 of 200 records, each record with a chance of a tenth. Drawn forty times; for the first
# four an interval is asked for as well (100 draws of the peer's bootstrap take seconds).
ALIKE_GROUPS, ALIKE_RECORDS, ALIKE_CHANCE, ALIKE_SETTINGS, ALIKE_WITH_INTERVAL = 16, 200, 0.1, 40, 4


def alike() -> list[list[int]]:
    """For each setting the outcome of every record, group after group, from Python's own generator."""
    random = Random(20_261_122)  # noqa: S311 - for chance, not for secrets
    records = ALIKE_GROUPS * ALIKE_RECORDS
    return [[int(random.random() < ALIKE_CHANCE) for _ in range(records)] for _ in range(ALIKE_SETTINGS)]
