"""Eleven more trusts that do not exist, of a region that does not exist: Soar Valley's neighbours in March 2024.

Twelve trusts are what a comparison between organisations takes. They differ in size from 60 beds to 700 and in who is
in those beds; their rates differ by somewhat more than chance, as real ones do. In one everybody is restrained far more
often, in another Black people alone. In the small ones some counts have to be hidden.
"""

from collections.abc import Iterator
from datetime import date
from random import Random

from evenhand.synthetic.chance import around_one
from evenhand.synthetic.trust_months import BLACK, TIMES, Trust, TrustCount, counts_of_month

SEED = 2065
"""Chosen among the draws that show what the trusts were made to show, and nothing else."""

MONTH = date(2024, 3, 1)
OFTEN_FOR_EVERYBODY = "HALPT"
OFTEN_FOR_BLACK_PEOPLE = "GORPT"

_WHITE = 16.0  # White people restrained for each 1,000 bed days
_SPREAD = 0.08
_TIMES_FOR_EVERYBODY = 1.8
_TIMES_FOR_BLACK_PEOPLE = 2.2


def _trust(code: str, place: str, *, beds: int, black: int) -> Trust:
    """Where more Black people are in the beds, so are more people of the other minorities."""
    minorities = {
        "Mixed": 25 + black * 3 // 10,
        "Asian or Asian British": 40 + black * 9 // 10,
        "Black or Black British": black,
        "Other ethnic groups": 12 + black * 15 // 100,
        "Unknown": 25,
    }
    of_thousand = {"White": 1000 - sum(minorities.values()), **minorities}
    return Trust(code, f"{place} Partnership Trust (invented)", beds, of_thousand)


NEIGHBOURS = (
    _trust("AMBPT", "Amberwold", beds=320, black=80),
    _trust("BELPT", "Bellowmere", beds=700, black=120),
    _trust("COLPT", "Coldharrow", beds=210, black=35),
    _trust("DUNPT", "Dunmarrow", beds=450, black=100),
    _trust("ELDPT", "Elderfold", beds=150, black=90),
    _trust("FENPT", "Fennimarsh", beds=380, black=40),
    _trust(OFTEN_FOR_BLACK_PEOPLE, "Gorsebeck", beds=340, black=110),
    _trust(OFTEN_FOR_EVERYBODY, "Hallowmoor", beds=420, black=60),
    _trust("IVEPT", "Ivelstead", beds=90, black=40),
    _trust("LARPT", "Larkwater", beds=520, black=130),
    _trust("MERPT", "Merrowdale", beds=60, black=30),
)


def neighbouring_trusts(seed: int = SEED) -> Iterator[TrustCount]:
    """Every count of the eleven trusts in March 2024. The same seed gives the same counts everywhere."""
    chance = Random(seed)  # noqa: S311 (to be repeated, not to be secret)
    for trust in NEIGHBOURS:
        often = _TIMES_FOR_EVERYBODY if trust.code == OFTEN_FOR_EVERYBODY else 1
        level = _WHITE * around_one(_SPREAD, chance) * often
        restrained = {group: level * times for group, times in TIMES.items()}
        if trust.code == OFTEN_FOR_BLACK_PEOPLE:
            restrained[BLACK] *= _TIMES_FOR_BLACK_PEOPLE
        yield from counts_of_month(MONTH, trust, restrained, chance)
