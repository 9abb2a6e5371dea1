"""The answer of an indicator page: natural frequencies, the ratio as a range, then whom we cannot tell of."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import numbers
from evenhand.apps.accountability.presenters.breakdowns import Breakdown
from evenhand.apps.accountability.presenters.definitions import (
    allowing_for,
    counted_out_of,
    events,
    events_in,
    is_out_of_people,
    rate_word,
)
from evenhand.apps.accountability.presenters.doubts import could_turn_round
from evenhand.apps.accountability.presenters.groups import people
from evenhand.apps.accountability.presenters.places import Place
from evenhand.datasets.counts import CellStatus, Count
from evenhand.ethnicity import SpecialGroup
from evenhand.indicators.specification import Version
from evenhand.publication.observations import Estimate, ReleasedObservation

_MOST_NAMED = 4  # a sentence that names more groups than this is not read


def answer(place: Place, version: Version, breakdown: Breakdown) -> SafeString:
    """The answer as one short paragraph of markup."""
    claims, comparator = breakdown.claims, breakdown.comparator
    if claims and comparator is not None and comparator.value is not None:
        first = _frequencies(place, version, claims[0], comparator)
        parts = [first, _times(version, claims[0]), *_other_claims(version, claims[1:]), _turned(breakdown)]
    else:
        parts = [_without_a_claim(place, version, breakdown)]
    if not breakdown.groups:
        parts.append(_("No figures by ethnic group have been released here."))
    parts += [_undecided(breakdown), _hidden(breakdown)]
    return format_html_join(" ", "{}", ((part,) for part in parts if part))


def _frequencies(
    place: Place, version: Version, group: ReleasedObservation, comparator: ReleasedObservation
) -> SafeString:
    """``In England there were about 24 detentions in the year for every 10,000 Black people, and about 7 …``."""
    a, b = group.value.value, comparator.value.value
    base = numbers.natural_base([a, b], per=version.per)
    words = _("{where} there were {a} {events} for every {base} {people}, and {b} for every {base} {others}.")
    if not is_out_of_people(version):
        words = _("{where} among {people} there were {a} {events} for every {base} {noun}, and {b} among {others}.")
    return format_html(
        words,
        where=_where(place, version),
        a=_about(a * base / version.per),
        b=_about(b * base / version.per),
        base=numbers.number(base),
        noun=counted_out_of(version),
        events=events_in(version, group.period),
        people=people(group),
        others=people(comparator),
    )


def _about(frequency: float) -> SafeString:
    if frequency == 0:
        return format_html("<strong>{}</strong>", _("no"))
    return format_html(_("about <strong>{number}</strong>"), number=numbers.number(round(frequency)))


def _counted(count: Count) -> SafeString:
    number = format_html("<strong>{}</strong>", numbers.count(count))
    return number if count.rounded_to == 1 else format_html(_("about {number}"), number=number)


def _where(place: Place, version: Version) -> str:
    """``In England,`` or ``In England, allowing for age,``."""
    allowing = allowing_for(version)
    return f"{place.where}, {allowing}," if allowing else f"{place.where},"


def _times(version: Version, group: ReleasedObservation) -> SafeString:
    return format_html(_("That is {range} the {rate}."), range=between_times(group.ratio), rate=rate_word(version))


def between_times(ratio: Estimate) -> SafeString:
    """``between 1.4 and 3 times``, set as a claim."""
    low, high = numbers.ratio_limits(ratio.lower_with_rounding, ratio.upper_with_rounding)
    words = _("between %(lower)s and %(upper)s times") % {"lower": low, "upper": high}
    if low == numbers.number(0):
        words = _("at most %(upper)s times") % {"upper": high}
    return format_html('<strong class="range">{}</strong>', words)


def claimed_times(ratio: Estimate) -> SafeString:
    """``3.4 to 3.7 times``, set as a claim."""
    words = numbers.times_range(ratio.lower_with_rounding, ratio.upper_with_rounding)
    return format_html('<strong class="range">{}</strong>', words)


def _other_claims(version: Version, claims: tuple[ReleasedObservation, ...]) -> list[SafeString]:
    if not claims:
        return []
    if len(claims) > _MOST_NAMED:
        words = _("For {number} more groups the {rate} differs as well.")
        return [format_html(words, number=len(claims), rate=rate_word(version))]
    ranges = [
        _("%(times)s for %(people)s")
        % {
            "times": numbers.times_range(row.ratio.lower_with_rounding, row.ratio.upper_with_rounding),
            "people": people(row),
        }
        for row in claims
    ]
    return [format_html(_("It is {ranges}."), ranges=numbers.listed(ranges))]


def _turned(breakdown: Breakdown) -> SafeString | None:
    """Claims that chance does not explain, and that those not recorded could undo all the same."""
    rows = could_turn_round(breakdown)
    if not rows:
        return None
    words = _("For {whom} what was not written down could turn this round: it is undecided.")
    return format_html(words, whom=_whom(rows))


def _without_a_claim(place: Place, version: Version, breakdown: Breakdown) -> SafeString:
    """One frequency to hold on to, of the comparison group or of everybody; what we cannot tell follows."""
    known = breakdown.comparator or breakdown.everyone_known or breakdown.total(SpecialGroup.ALL)
    if known is None or known.value is None:
        if breakdown.hidden:
            return mark_safe("")  # the sentence on hidden groups says it all
        return _count_alone(place, version, known)
    base = numbers.natural_base([known.value.value], per=version.per)
    words = _("{where} there were {a} {events} for every {base} {noun}.")
    noun = counted_out_of(version)
    if known is breakdown.comparator and is_out_of_people(version):
        noun = people(known)
    elif known is breakdown.comparator:
        words = _("{where} among {people} there were {a} {events} for every {base} {noun}.")
    return format_html(
        words,
        where=_where(place, version),
        a=_about(known.value.value * base / version.per),
        events=events_in(version, known.period),
        base=numbers.number(base),
        noun=noun,
        people=people(known),
    )


def _count_alone(place: Place, version: Version, known: ReleasedObservation | None) -> SafeString:
    """A count that has nothing to be divided by; or that there is none."""
    if known is not None and known.numerator.status is CellStatus.SUPPRESSED:
        words = _("{where} the figure is hidden to protect people in small groups.")
        return format_html(words, where=_where(place, version))
    if known is None or known.numerator.value is None:
        return format_html(_("{where} no figure can be shown."), where=_where(place, version))
    return format_html(
        _("{where} {number} {events} were counted. There is no rate."),
        where=_where(place, version),
        number=_counted(known.numerator),
        events=events(version),
    )


def _undecided(breakdown: Breakdown) -> SafeString | None:
    rows = breakdown.undecided
    if not rows:
        return None
    cannot = _("we cannot tell from these figures")
    if not breakdown.claims:
        cannot = format_html('<strong class="range">{}</strong>', cannot)
    return format_html(_("For {whom} {cannot}."), whom=_whom(rows), cannot=cannot)


def _hidden(breakdown: Breakdown) -> SafeString | None:
    rows = breakdown.hidden
    if not rows:
        return None
    return format_html(_("Figures for {whom} are hidden to protect people in small groups."), whom=_whom(rows))


def _whom(rows: tuple[ReleasedObservation, ...]) -> str:
    if len(rows) > _MOST_NAMED:
        return _("%(number)s groups") % {"number": numbers.number(len(rows))}
    return numbers.listed([people(row) for row in rows])
