"""Whether a gap changed: two ratios, each as a range, the verdict, and what numbers like these could show at all."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.apps.accountability.presenters import drawings, marks, numbers
from evenhand.apps.accountability.presenters.definitions import counted_out_of, events, rate_word
from evenhand.apps.accountability.presenters.groups import people
from evenhand.apps.accountability.presenters.levels import several
from evenhand.apps.accountability.presenters.tables import rounded_to
from evenhand.apps.accountability.presenters.two_groups import End, TwoGroups
from evenhand.charts.dots import DotChart, Row
from evenhand.charts.marks import Mark, MarkKind
from evenhand.datasets.observations import OrganisationLevel
from evenhand.stats.detectable_change import periods_needed
from evenhand.stats.estimates import Estimate
from evenhand.stats.gap_over_time import GapChange, GapVerdict, change_in_gap
from evenhand.stats.statuses import Status

_FALL, _RISE = 0.8, 1.25  # a ratio that comes a fifth nearer to 1 from above, and as far from below
_MONTHS_AT_MOST = 36  # more are said in years
_VERY_LONG = 100  # years; a number beyond says no more


@dataclass(frozen=True, slots=True)
class GapOverTime:
    """The change of one gap: in sentences, drawn, and in a table under the drawing."""

    text: str
    chart: DotChart | None


def gap_over_time(identifier: str, two: TwoGroups) -> GapOverTime | None:
    """None where there are no two periods to compare."""
    if two.ends is None:
        return None
    change = change_of(two, *two.ends)
    drawn = math.isfinite(change.before.value) and math.isfinite(change.after.value)
    return GapOverTime(
        text=" ".join(_sentences(two, two.ends, change)),
        chart=_chart(identifier, two, two.ends, change) if drawn else None,
    )


def change_of(two: TwoGroups, before: End, after: End) -> GapChange:
    """The change from one end to the other, widened by how much the counts of each group vary beyond chance."""
    changes = change_in_gap(
        *([number] for counts in (before.group, before.others, after.group, after.others) for number in counts),
        proportions=two.are_shares,
        overdispersion_a=two.spread[0],
        overdispersion_b=two.spread[1],
        reference=two.newest_of_others.group_label,
    )
    return next(iter(changes))


def why_added_up(two: TwoGroups) -> str:
    """Why the groups are not shown month by month; nothing where they are compared year by year."""
    if two.ends is None or two.length < 2:
        return ""
    return _(
        "Among %(people)s there are about %(number)s %(events)s %(each)s: chance alone moves so few up and down. So "
        "the gap is added up over %(periods)s."
    ) % {
        "people": people(two.newest),
        "number": numbers.number(round(two.in_one_period[0][0])),
        "events": events(two.version),
        "each": two.cadence.each(),
        "periods": two.cadence.count(two.length),
    }


def what_could_be_seen(two: TwoGroups) -> tuple[str, ...]:
    """The smallest change that these numbers can show, and what it would take to see a gap close by a fifth."""
    sentences = []
    if two.ends is not None:
        change = change_of(two, *two.ends)
        low, high = (change.before.value * factor for factor in (change.detectable_fall, change.detectable_rise))
        if math.isfinite(low) and math.isfinite(high):
            sentences.append(
                _(
                    "With numbers like these, a ratio that goes from %(before)s to %(low)s or below, or to %(high)s or "
                    "above, would be seen four times out of five."
                )
                % {
                    "before": numbers.number(change.before.value, 2),
                    "low": numbers.number(numbers.floor_to(low, 2), 2),
                    "high": numbers.number(numbers.ceil_to(high, 2), 2),
                }
            )
    ratio = two.newest.ratio
    falls = ratio is None or ratio.value >= 1
    needed = _needed(two, _FALL if falls else _RISE)
    if needed:
        words = _("To see the %(rate)s of %(people)s go up by a quarter, and no other, takes %(needed)s.")
        if falls:
            words = _("To see the %(rate)s of %(people)s come down by a fifth, and no other, takes %(needed)s.")
        sentences.append(words % {**_both(two), "needed": needed})
    return tuple(sentences)


def _sentences(two: TwoGroups, ends: tuple[End, End], change: GapChange) -> Iterator[str]:
    if change.verdict is GapVerdict.NOT_KNOWN:
        yield _("Whether the gap between %(people)s and %(others)s changed nobody can tell: too few were counted.") % (
            _both(two)
        )
        return
    places = _places(change)
    yield _(
        "From %(start)s the %(rate)s of %(people)s was %(before)s that of %(others)s; from %(end)s it was %(after)s."
    ) % {
        **_both(two),
        "start": numbers.period(ends[0].period),
        "end": numbers.period(ends[1].period),
        "before": _times(change.before, places),
        "after": _times(change.after, places),
    }
    yield _verdict(two, change)
    if two.left_out:
        yield _left_out(two)


def _verdict(two: TwoGroups, change: GapChange) -> str:
    if change.verdict is GapVerdict.NARROWED:
        return _("The gap narrowed by more than chance explains.")
    if change.verdict is GapVerdict.WIDENED:
        return _("The gap widened by more than chance explains.")
    if change.verdict is GapVerdict.TURNED:
        return _("The gap turned round, by more than chance explains: who had more before now has less.")
    if not change.below_detectable:
        return _("Whether the gap changed we cannot tell from these figures.")
    needed = _needed(two, change.ratio_of_ratios.value)
    if not needed:
        return _("If there was a change, it is too small to be seen with these numbers.")
    return _(
        "If there was a change, it is too small to be seen with these numbers; seeing it would take %(needed)s."
    ) % {"needed": needed}


def _needed(two: TwoGroups, ratio_of_ratios: float) -> str:
    """``about 5 years before and as long after, or 5 NHS trusts of this size counted together``; nothing for never."""
    (a, whole_a), (b, whole_b) = two.in_one_period
    shares = {"share_a": a / whole_a, "share_b": b / whole_b} if two.are_shares else {}
    if ratio_of_ratios <= 0 or shares.get("share_a", 0.0) * ratio_of_ratios > 1:
        return ""
    found = periods_needed(
        a, b, ratio_of_ratios, overdispersion_a=two.spread[0], overdispersion_b=two.spread[1], **shares
    )
    if found.status != Status.GIVEN:
        return ""
    periods = int(found.periods)
    if periods * (two.cadence.months or 12) > 12 * _VERY_LONG:
        return _("more than %(years)s years before and after") % {"years": numbers.number(_VERY_LONG)}
    words = _("about %(time)s before and as long after") % {"time": _time(two, periods)}
    places = math.ceil(periods / two.length)
    if places < 2 or two.newest.organisation.level is OrganisationLevel.COUNTRY:
        return words
    return _("%(time)s, or about %(number)s %(places)s of this size counted together") % {
        "time": words,
        "number": numbers.number(places),
        "places": several(two.newest.organisation.level),
    }


def _time(two: TwoGroups, periods: int) -> str:
    if 0 < two.cadence.months < 12 and periods * two.cadence.months > _MONTHS_AT_MOST:
        years = math.ceil(periods * two.cadence.months / 12)
        return ngettext("%(number)s year", "%(number)s years", years) % {"number": numbers.number(years)}
    return two.cadence.count(periods)


def _left_out(two: TwoGroups) -> str:
    return _("Left out of both groups, since a count of one of them is hidden or missing: %(periods)s.") % {
        "periods": two.cadence.count(two.left_out)
    }


def _both(two: TwoGroups) -> dict[str, str]:
    return {"people": people(two.newest), "others": people(two.newest_of_others), "rate": rate_word(two.version)}


def _places(change: GapChange) -> int:
    """Decimals for both ratios alike: the fewest with which no end, rounded outwards, comes to lie at 1."""
    ends = [end for ratio in (change.before, change.after) for end in (ratio.interval.lower, ratio.interval.upper)]
    return 1 if all(numbers.floor_to(end, 1) > 1 for end in ends) else 2


def _times(ratio: Estimate, places: int) -> str:
    return _("%(range)s times") % {
        "range": numbers.range_of(ratio.interval.lower, ratio.interval.upper, decimals=places)
    }


def _chart(identifier: str, two: TwoGroups, ends: tuple[End, End], change: GapChange) -> DotChart:
    rows = [_row(end, ratio, _places(change)) for end, ratio in zip(ends, (change.before, change.after), strict=True)]
    counted, of = marks.sentence_case(events(two.version)), counted_out_of(two.version)
    return drawings.ratio_chart(
        identifier,
        rows,
        title=_("%(people)s compared with %(others)s, then and now: how many times the %(rate)s?")
        % {**_both(two), "people": marks.sentence_case(people(two.newest))},
        subtitle=_("The group whose difference this page says most of."),
        label_heading=_("Period"),
        note=" ".join(_note(two)),
        comparator=two.newest_of_others,
        key=_key(),
        cell_headings=(
            *(
                _("%(what)s, %(people)s") % {"what": what, "people": people(row)}
                for row in (two.newest, two.newest_of_others)
                for what in (counted, marks.sentence_case(of))
            ),
            _("Times, and its range"),
        ),
    )


def _key() -> dict[MarkKind, str]:
    return {
        MarkKind.CLAIM: _("Different by more than chance explains"),
        MarkKind.CANNOT_TELL: _("We cannot tell from these figures"),
    }


def _row(end: End, ratio: Estimate, places: int) -> Row:
    kind = MarkKind.CANNOT_TELL if ratio.interval.reaches(1.0) else MarkKind.CLAIM
    lower, upper = ratio.interval.lower, ratio.interval.upper
    return Row(
        label=numbers.short_period(end.period),
        mark=Mark(kind=kind, value=ratio.value, lower=lower, upper=upper),
        value=numbers.number(ratio.value, places),
        range=_times(ratio, places),
        meaning=_key()[kind],
        cells=(
            *(numbers.number(number) for number in (*end.group, *end.others)),
            _("%(point)s (%(range)s)")
            % {"point": numbers.number(ratio.value, 2), "range": numbers.range_of(lower, upper, decimals=2)},
        ),
    )


def _note(two: TwoGroups) -> Iterator[str]:
    if two.spread_is_known:
        yield _("Ranges: 95 %, widened by how much the counts of neighbouring periods differ beyond chance.")
    else:
        yield _("Ranges: 95 %, from chance alone; with so few periods nobody can tell how much more the counts vary.")
    rounding = rounded_to([two.newest, two.newest_of_others])
    if rounding > 1:
        yield _("Each count that is added up may be off by up to %(number)s from rounding.") % {"number": rounding // 2}
    if 1 < two.length < two.cadence.in_a_year:
        yield _("The two periods are not the same months of the year.")
