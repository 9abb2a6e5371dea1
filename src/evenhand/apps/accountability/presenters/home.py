"""The first page: three sentences from the newest releases, each a range, and the same as a drawing by place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import drawings, marks, numbers
from evenhand.apps.accountability.presenters.answers import between_times, claimed_times
from evenhand.apps.accountability.presenters.breakdowns import Breakdown, breakdowns
from evenhand.apps.accountability.presenters.definitions import allowing_for, events, version_for
from evenhand.apps.accountability.presenters.doubts import could_turn_round
from evenhand.apps.accountability.presenters.groups import people
from evenhand.apps.accountability.presenters.indicator import widest
from evenhand.apps.accountability.presenters.organisation import address_of
from evenhand.apps.accountability.presenters.places import Place, in_order
from evenhand.apps.accountability.presenters.sources import sources_behind
from evenhand.apps.accountability.presenters.standings import Standing, standings
from evenhand.apps.monitoring.queries import StatedFigures
from evenhand.charts.dots import DotChart
from evenhand.indicators.specification import Indicator, Version
from evenhand.publication.observations import ReleasedObservation, Verdict

# Home speaks of one question, and where it can of the figure that allows for age.
FEATURED = ("detention_standardised", "detention")


@dataclass(frozen=True, slots=True)
class HomePage:
    """The sentences, and the drawing of the same figures; ``chart`` is None when nothing can be compared."""

    sentences: tuple[SafeString, ...]
    chart: DotChart | None


@dataclass(frozen=True, slots=True)
class _Said:
    """What Home says of one place."""

    place: Place
    indicator: Indicator
    version: Version
    breakdown: Breakdown
    group: ReleasedObservation


def home_page(places: Sequence[Place], stated: Sequence[StatedFigures], indicators: Sequence[Indicator]) -> HomePage:
    """Made from all figures in force. Invented places are left out: Home speaks of the real ones alone."""
    by_id = {indicator.id: indicator for indicator in indicators}
    rows: dict[str, list[ReleasedObservation]] = {}
    for figures in stated:
        for row in figures.observations:
            rows.setdefault(row.organisation.code, []).append(row)
    real = [place for place in in_order(list(places)) if not place.invented]
    country = [place for place in real if place.is_country]
    local = [place for place in real if not place.is_country]
    wide = _first_said(country, rows, by_id)
    near = _first_said(local, rows, by_id, group=wide.group.group if wide else None)
    said = [each for each in (wide, near) if each is not None]
    sentences = [_sentence(each, also_said=index > 0 and _is_claimed(said[0])) for index, each in enumerate(said)]
    if here := (near or wide):
        sentences += _cannot_tell_yet(here.place, rows[here.place.code], by_id)
    return HomePage(tuple(sentences), _chart(said, stated))


def _first_said(
    places: Sequence[Place],
    rows: Mapping[str, list[ReleasedObservation]],
    indicators: Mapping[str, Indicator],
    *,
    group: str | None = None,
) -> _Said | None:
    """The first place with a comparison to speak of, of ``group`` where one is asked for."""
    for place in places:
        for indicator in (indicators[id_] for id_ in FEATURED if id_ in indicators):
            found = breakdowns(row for row in rows.get(place.code, []) if row.indicator == indicator.id)
            for breakdown in found:
                chosen = _of_group(breakdown, group) if group else widest(breakdown)
                if chosen is not None:
                    version = version_for(indicator, chosen.period)
                    return _Said(place, indicator, version, breakdown, chosen)
    return None


def _of_group(breakdown: Breakdown, group: str) -> ReleasedObservation | None:
    return next((row for row in breakdown.groups if row.group == group and row.ratio is not None), None)


def _is_claimed(said: _Said) -> bool:
    return said.group.verdict in {Verdict.HIGHER, Verdict.LOWER}


def _sentence(said: _Said, *, also_said: bool) -> SafeString:
    comparator = said.breakdown.comparator
    facts = {
        "where": said.place.where,
        "when": format_html('<span class="whole">{}</span>', numbers.short_period(said.group.period)),
        "how": allowing_for(said.version) or _("not allowing for age"),
        "people": people(said.group),
        "others": people(comparator) if comparator else "",
    }
    if said.group.ratio is None or not _is_claimed(said):
        cannot = format_html('<strong class="range">{}</strong>', _("we cannot tell from these figures"))
        words = _("{where} in {when}, {cannot} whether {people} were detained more often than {others}.")
        return format_html(words, cannot=cannot, **facts)
    if also_said:
        words = _("{where} the published counts, {how}, put it {range}.")
        sentence = format_html(words, range=between_times(said.group.ratio), **facts)
    else:
        words = _(
            "{where} in {when}, {how}, {people} were detained under the Mental Health Act at {range} the rate of "
            "{others}."
        )
        sentence = format_html(words, range=claimed_times(said.group.ratio), **facts)
    if said.group not in could_turn_round(said.breakdown):
        return sentence
    return format_html("{} {}", sentence, _("What was not written down could turn this round: it is undecided."))


def _cannot_tell_yet(
    place: Place, rows: list[ReleasedObservation], indicators: Mapping[str, Indicator]
) -> list[SafeString]:
    found = standings(rows, indicators)
    undecided = sum(each.standing is Standing.CANNOT_TELL for each in found)
    if not undecided:
        return []
    cannot = format_html('<strong class="range">{}</strong>', _("we cannot tell yet"))
    words = _("For {undecided} of the {all} measures published for {place}, {cannot}.")
    return [format_html(words, undecided=undecided, all=len(found), place=place.name, cannot=cannot)]


def _chart(said: Sequence[_Said], stated: Sequence[StatedFigures]) -> DotChart | None:
    drawn = [each for each in said if each.group.ratio is not None]
    if not drawn:
        return None
    first = drawn[0]
    comparator = first.breakdown.comparator
    rows = [
        drawings.ratio_row(each.group, each.place.name, link=address_of(each.place, each.indicator.id))
        for each in drawn
    ]
    return drawings.ratio_chart(
        "by-place",
        rows,
        title=_("How many times the rate of %(others)s? %(people)s detained under the Mental Health Act, %(when)s")
        % {
            "people": marks.sentence_case(people(first.group)),
            "others": people(comparator) if comparator else "",
            "when": numbers.short_period(first.group.period),
        },
        subtitle=_("The bar is the range that the figures allow."),
        label_heading=_("Place"),
        note=" ".join([*_how_measured(drawn), _source(drawn, stated)]),
        comparator=comparator,
    )


def _how_measured(drawn: Sequence[_Said]) -> list[str]:
    lines = []
    for each in drawn:
        how = allowing_for(each.version) or _("not allowing for age")
        counts = (
            each.group.numerator.value,
            each.breakdown.comparator.numerator.value if each.breakdown.comparator else None,
        )
        line = _("%(place)s: %(how)s") % {"place": each.place.name, "how": how}
        if None not in counts:
            line = _("%(line)s, %(a)s and %(b)s %(events)s") % {
                "line": line,
                "a": numbers.number(counts[0] or 0),
                "b": numbers.number(counts[1] or 0),
                "events": events(each.version),
            }
        if each.group.numerator.rounded_to > 1:
            line = _("%(line)s, rounded to %(number)s") % {"line": line, "number": each.group.numerator.rounded_to}
        lines.append(f"{line}.")
    if any(marks.ratio_mark(each.group).has_ends_from_rounding for each in drawn):
        lines.append(_("The thin ends are what rounding could add."))
    if len({each.version.allows_for for each in drawn}) > 1:
        lines.append(_("The places are not measured in the same way."))
    return lines


def _source(drawn: Sequence[_Said], stated: Sequence[StatedFigures]) -> str:
    return _("Source: %(source)s.") % {"source": sources_behind((each.group for each in drawn), stated)}
