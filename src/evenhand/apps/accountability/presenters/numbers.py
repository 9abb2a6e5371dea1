"""How numbers, ranges, periods and shares are written. Ranges are rounded outwards: never narrower than they are."""

import math
import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.datasets.counts import CellStatus, Count
from evenhand.datasets.observations import Period
from evenhand.publication.observations import Estimate

_MOST_PLACES = 6
_DUST = 1e-9  # binary arithmetic may leave 78.00000000001 where 78 is meant

STATUS_WORDS = {
    CellStatus.SUPPRESSED: gettext_lazy("hidden"),
    CellStatus.UNKNOWN: gettext_lazy("not recorded"),
    CellStatus.NOT_APPLICABLE: gettext_lazy("does not apply"),
}


def number(value: float, decimals: int = 0) -> str:
    """With the separators of the reader's language: 1,122,500."""
    # Rounded here: number_format only cuts off.
    return number_format(Decimal(f"{value:.{decimals}f}"), decimals, use_l10n=True, force_grouping=True)


def decimals_for(value: float) -> int:
    """Two digits at least, however small the number: 134, 8.3, 0.42."""
    if value >= 10 or value == 0:
        return 0
    return 1 if value >= 1 else 2


def point(value: float) -> str:
    """A value as the value column shows it."""
    return number(value, decimals_for(value))


def floor_to(value: float, decimals: int) -> float:
    """Downwards to so many decimals."""
    return math.floor(value * 10**decimals + _DUST) / 10**decimals


def ceil_to(value: float, decimals: int) -> float:
    """Upwards to so many decimals."""
    return math.ceil(value * 10**decimals - _DUST) / 10**decimals


def range_of(lower: float, upper: float, *, decimals: int) -> str:
    """``lower`` to ``upper``, rounded outwards; in words, since a dash flips where writing runs from right to left."""
    if math.isnan(lower) or math.isnan(upper):
        return ""
    if math.isinf(upper):
        return _("%(lower)s or more") % {"lower": number(floor_to(lower, decimals), decimals)}
    return _("%(lower)s to %(upper)s") % {
        "lower": number(floor_to(lower, decimals), decimals),
        "upper": number(ceil_to(upper, decimals), decimals),
    }


def full_range(estimate: Estimate) -> str:
    """The range from chance and rounding together, at the precision of its point."""
    return range_of(estimate.lower_with_rounding, estimate.upper_with_rounding, decimals=decimals_for(estimate.value))


def ratio_limits(lower: float, upper: float) -> tuple[str, str]:
    """Both ends of a ratio's range, outwards to one decimal, or to as many as it takes not to touch 1 when it does not.

    1.48 to 2.95 is written 1.4 and 3; 1.04 to 1.38 is written 1.04 and 1.38.
    """
    places = _ratio_places(lower, upper)
    return _ratio(floor_to(lower, places), places), _ratio(ceil_to(upper, places), places)


def ratio_in_full(value: float, lower: float, upper: float) -> str:
    """``2.12 (1.47 to 2.95)``: two decimals, or as many as it takes not to touch 1."""
    places = max(2, _ratio_places(lower, upper))
    return _("%(point)s (%(range)s)") % {
        "point": number(value, places),
        "range": range_of(lower, upper, decimals=places),
    }


def ratio_point(value: float, lower: float = math.nan, upper: float = math.nan) -> str:
    """A ratio as finely as its range is written: 2.1, 1.15."""
    return _ratio(value, _ratio_places(lower, upper))


def times_range(lower: float, upper: float) -> str:
    """``1.4 to 3 times``."""
    if math.isnan(lower) or math.isnan(upper):
        return ""
    if math.isinf(upper):
        return _("%(lower)s times or more") % {"lower": _ratio(floor_to(lower, 1), 1)}
    low, high = ratio_limits(lower, upper)
    return _("%(lower)s to %(upper)s times") % {"lower": low, "upper": high}


def _ratio_places(lower: float, upper: float) -> int:
    """One decimal, two where all of it lies below 1; more where an end, rounded outwards, would touch 1."""
    for places in (2,) if upper < 1 else (1, 2):
        touches = (lower > 1 and floor_to(lower, places) <= 1) or (upper < 1 and ceil_to(upper, places) >= 1)
        if not touches:
            return places
    return 3


def _ratio(value: float, places: int) -> str:
    rounded = round(value, places if value < 10 else 0)
    return number(rounded, 0 if rounded == round(rounded) else places)


def more(value: float, decimals: int = 0) -> str:
    """A difference in words, which no script turns round: ``26 more``, ``3 fewer``, ``as many``."""
    rounded = round(abs(value), decimals)
    if rounded == 0:
        return _("as many")
    words = _("%(number)s more") if value > 0 else _("%(number)s fewer")
    return words % {"number": number(rounded, decimals)}


def more_range(lower: float, upper: float, *, at_least: int = 0) -> str:
    """``11 to 45 more``, ``3 to 9 fewer``, ``5 fewer to 21 more``; with so many decimals, or as many as it needs."""
    low, high, places = _outwards(lower, upper, at_least)
    words = _one_sided(low, high, _("%(least)s to %(most)s more"), _("%(least)s to %(most)s fewer"))
    return (words or _("%(least)s fewer to %(most)s more")) % _ends(low, high, places)


def between_more(lower: float, upper: float) -> str:
    """The same for a sentence: ``between 11 and 45 more``, ``from 5 fewer to 21 more``."""
    low, high, places = _outwards(lower, upper, 0)
    more_, fewer = _("between %(least)s and %(most)s more"), _("between %(least)s and %(most)s fewer")
    words = _one_sided(low, high, more_, fewer)
    return (words or _("from %(least)s fewer to %(most)s more")) % _ends(low, high, places)


def about_more(value: float, lower: float, upper: float) -> str:
    """A number with its range: ``about 26 (11 to 45) more``, ``about 6 more (5 fewer to 21 more)``."""
    low, high, places = _outwards(lower, upper, 0)
    more_, fewer = (
        _("about %(number)s (%(least)s to %(most)s) more"),
        _("about %(number)s (%(least)s to %(most)s) fewer"),
    )
    words = _one_sided(low, high, more_, fewer)
    if words is None:
        return _("about %(number)s (%(range)s)") % {"number": more(value, places), "range": more_range(lower, upper)}
    return words % (_ends(low, high, places) | {"number": number(abs(value), places)})


def more_places(lower: float, upper: float) -> int:
    """How many decimals a range of differences is written with: none, unless it is below 1 or would touch none."""
    widest = max(abs(lower), abs(upper))
    places = next((places for places, least in enumerate((1, 0.1)) if widest >= least), 2)
    while places < _MOST_PLACES and (0 < lower < 10.0**-places or 0 > upper > -(10.0**-places)):
        places += 1
    return places


def _outwards(lower: float, upper: float, at_least: int) -> tuple[float, float, int]:
    places = max(at_least, more_places(lower, upper))
    return floor_to(lower, places), ceil_to(upper, places), places


def _one_sided(low: float, high: float, more_: str, fewer: str) -> str | None:
    """Which of the words fits, for a range that lies on one side of none."""
    if low >= 0:
        return more_
    return fewer if high <= 0 else None


def _ends(low: float, high: float, places: int) -> dict[str, str]:
    """The end nearer to none first, where both lie on one side of it."""
    least, most = (low, high) if high > 0 else (high, low)
    return {"least": number(abs(least), places), "most": number(abs(most), places)}


def about(value: float) -> str:
    """A large count to four digits: 1,122,500 people are about 1,122,000 or 1,123,000."""
    return number(float(f"{value:.4g}"))


def count(value: Count) -> str:
    """A count in a table: the number, or the word for why there is none. None and hidden are different words."""
    if value.value is None:
        return str(STATUS_WORDS[value.status])
    return _("none") if value.largest == 0 else number(value.value)


def one_in(part: int, whole: int) -> str:
    """A share as people say it: 1 in 9. Shares above a half are said in per cent. ``part`` is 1 or more."""
    if 2 * part > whole:
        return _("%(share)s %%") % {"share": number(100 * part / whole)}
    # No-break spaces: a share is read as one.
    return _("1\u00a0in\u00a0%(number)s") % {"number": number(round(whole / part))}


def per_cent(share: float) -> str:
    """A share of 1 as whole per cent; never 100 when some are missing."""
    rounded = round(100 * share)
    return _("%(share)s %%") % {"share": number(min(rounded, 99) if share < 1 else 100)}


def period(of: Period) -> str:
    """``April 2023 to March 2024``; single days only where a period does not run over whole months."""
    if of.start == of.end:
        return day(of.end)
    if of.start.day == 1 and (of.end + timedelta(days=1)).day == 1:
        start, end = date_format(of.start, "F Y"), date_format(of.end, "F Y")
        return end if start == end else _("%(start)s to %(end)s") % {"start": start, "end": end}
    return _("%(start)s to %(end)s") % {"start": day(of.start), "end": day(of.end)}


def short_period(of: Period) -> str:
    """``2023-24`` for a financial year, ``2021`` for a calendar year, otherwise as :func:`period`."""
    days = (of.start.month, of.start.day, of.end.month, of.end.day)
    if days == (4, 1, 3, 31) and of.end.year == of.start.year + 1:
        return f"{of.start.year}-{of.end.year % 100:02d}"
    if days == (1, 1, 12, 31) and of.end.year == of.start.year:
        return str(of.start.year)
    return period(of)


def within(of: Period) -> str:
    """``in the year``, ``on 31 March 2024``: for a sentence."""
    days = (of.end - of.start).days + 1
    if days == 1:
        return _("on %(day)s") % {"day": day(of.end)}
    if 365 <= days <= 366:
        return _("in the year")
    return _("in the month") if 28 <= days <= 31 else _("in the period")


def listed(parts: Sequence[str]) -> str:
    """``Asian people, Chinese people and White Irish people``."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(others)s and %(last)s") % {"others": _(", ").join(parts[:-1]), "last": parts[-1]}


def natural_base(values: Sequence[float], *, per: int) -> int:
    """The smallest of 100, 1,000, 10,000 … for which each value is 5 or more and no two that differ read the same."""
    shares = sorted({value / per for value in values if value > 0})
    base = 100
    while base < 1_000_000:
        written = [round(share * base) for share in shares]
        if shares and shares[0] * base >= 5 and len(set(written)) == len(shares):
            return base
        base *= 10
    return base


def day(of: date) -> str:
    """``1 April 2023``."""
    return date_format(of, "j F Y")


def unbroken(words: str) -> str:
    """With hyphens between digits that no line breaks at: 2023-24."""
    return re.sub(r"(?<=\d)-(?=\d)", "\u2011", words)
