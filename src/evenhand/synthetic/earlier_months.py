"""Soar Valley Partnership Trust before March 2024: twenty-three months, to see what a series can tell and what not.

The story in them, which the pages are to tell no more of than the figures allow: a rate that goes up and down by more
than chance but stays where it is; one month that stands out; and in the last year a gap between Black and White people
that is a little narrower, by less than anybody could tell from so few people.
"""

from collections.abc import Iterator
from datetime import date
from random import Random

from evenhand.synthetic.chance import around_one
from evenhand.synthetic.trust_months import BLACK, TIMES, Trust, TrustCount, counts_of_month

SEED = 2064
"""Chosen among the draws that tell this story, and no other."""

MONTHS = tuple(date(2022 + month // 12, month % 12 + 1, 1) for month in range(3, 26))  # April 2022 to February 2024
EXCEPTIONAL = date(2023, 7, 1)
NARROWER_FROM = date(2023, 4, 1)

SOAR_VALLEY = Trust(
    code="SVPT",
    name="Soar Valley Partnership Trust (invented)",
    beds=540,
    of_thousand={
        "White": 611,
        "Mixed": 57,
        "Asian or Asian British": 181,
        "Black or Black British": 100,
        "Other ethnic groups": 27,
        "Unknown": 24,
    },
)

_WHITE = 16.0  # White people restrained for each 1,000 bed days
_MONTHLY_SPREAD = 0.07
_EXCEPTIONAL_TIMES = 1.6
_NARROWER_TIMES = 0.93


def earlier_months(seed: int = SEED) -> Iterator[TrustCount]:
    """Every count of the trust from April 2022 to February 2024. The same seed gives the same counts everywhere."""
    chance = Random(seed)  # noqa: S311 (to be repeated, not to be secret)
    for month in MONTHS:
        level = _WHITE * around_one(_MONTHLY_SPREAD, chance) * (_EXCEPTIONAL_TIMES if month == EXCEPTIONAL else 1)
        restrained = {group: level * times for group, times in TIMES.items()}
        if month >= NARROWER_FROM:
            restrained[BLACK] *= _NARROWER_TIMES
        yield from counts_of_month(month, SOAR_VALLEY, restrained, chance)
