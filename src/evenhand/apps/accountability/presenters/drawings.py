"""The charts of the pages: which rows they have, on which scale, with which words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import marks, numbers
from evenhand.apps.accountability.presenters.breakdowns import Breakdown
from evenhand.apps.accountability.presenters.definitions import (
    events,
    per_so_many,
    rate_word,
    what_is_measured,
)
from evenhand.apps.accountability.presenters.doubts import extremes
from evenhand.apps.accountability.presenters.groups import is_unrecorded, label, people
from evenhand.apps.accountability.presenters.tables import Columns, rounded_to
from evenhand.charts.dots import DotChart, Reference, Row, Words, dot_chart, key_to
from evenhand.charts.fluid import Markup
from evenhand.charts.marks import Mark, MarkKind
from evenhand.charts.scale import scale_around_one, scale_from_zero
from evenhand.indicators.specification import Indicator, Statistic, Version
from evenhand.publication.observations import Estimate, ReleasedObservation


def groups_chart(
    identifier: str, indicator: Indicator, version: Version, breakdown: Breakdown, *, source: str, detail: bool = False
) -> DotChart:
    """One indicator in one place: a row for each ethnic group, on a scale from 0. ``source``: where they come from."""
    columns = Columns(version, breakdown)
    key = marks.key_words(breakdown.comparator, compared=len(breakdown.compared))
    rows = [_group_row(row, version, key, columns) for row in breakdown.rows]
    return dot_chart(
        identifier,
        rows,
        scale_from_zero(*_points_and_limits(row.mark for row in rows)),
        Words(
            title=_title(indicator, version, detail=detail),
            subtitle=" ".join(_how_measured(version, columns.rounded_to)),
            label_heading=_("Ethnic group"),
            value_heading=_("%(unit)s, and its range") % {"unit": per_so_many(version)},
            cell_headings=columns.headings,
            key=key,
            rounding=_("Range from chance; thin ends add rounding"),
            note=_note(version, breakdown, source),
            mirrored=mirrored(),
        ),
        reference=_everyone(version, breakdown),
        right_to_left=get_language_bidi(),
        write_tick=tick,
    )


def ratio_chart(
    identifier: str,
    rows: Sequence[Row],
    *,
    title: str,
    subtitle: str,
    label_heading: str,
    note: str,
    comparator: ReleasedObservation | None,
    key: Mapping[MarkKind, str] | None = None,
    cell_headings: tuple[str, ...] = (),
) -> DotChart:
    """Ratios on one scale, with 1 ("the same rate") marked. ``key``: what the marks say, where not as elsewhere."""
    points, limits = _points_and_limits((row.mark for row in rows), both_ends=True)
    return dot_chart(
        identifier,
        rows,
        scale_around_one(points, limits),
        Words(
            title=title,
            subtitle=subtitle,
            label_heading=label_heading,
            value_heading=_("Times, and its range"),
            cell_headings=cell_headings,
            key=key or marks.key_words(comparator),
            rounding=_("Range from chance; thin ends add rounding"),
            note=note,
            mirrored=mirrored(),
        ),
        reference=Reference(1.0, _("same rate")),
        right_to_left=get_language_bidi(),
        write_tick=_times_tick,
    )


def ratio_row(observation: ReleasedObservation, row_label: str, *, link: str = "") -> Row:
    """One ratio with its range."""
    ratio = _given(observation.ratio)
    return Row(
        label=row_label,
        mark=marks.ratio_mark(observation),
        value=numbers.ratio_point(ratio.value, ratio.lower_with_rounding, ratio.upper_with_rounding),
        range=numbers.times_range(ratio.lower_with_rounding, ratio.upper_with_rounding),
        meaning=marks.key_words(None)[marks.kind_of(observation)],
        link=link,
    )


def doubts_chart(identifier: str, version: Version, breakdown: Breakdown, group: ReleasedObservation) -> DotChart:
    """What is in doubt about one ratio: chance; chance and rounding; those whose ethnicity is not recorded."""
    ratio = _given(group.ratio)
    kind = marks.kind_of(group)
    rows = [_doubt(_("Chance alone"), kind, ratio.value, ratio.lower, ratio.upper)]
    rounding = rounded_to([group, *([breakdown.comparator] if breakdown.comparator else [])])
    if rounding > 1:
        words = _("Chance, and counts rounded to %(number)s") % {"number": rounding}
        rows.append(_doubt(words, kind, ratio.value, ratio.lower_with_rounding, ratio.upper_with_rounding))
    found = extremes(breakdown, group)
    if found is not None:
        words = _("The %(number)s not recorded") % {"number": numbers.number(found.unrecorded)}
        rows.append(_everything_possible(words, found.lowest, found.highest))
    return ratio_chart(
        identifier,
        rows,
        title=_("%(people)s compared with %(others)s: how many times the %(rate)s?")
        % {
            "people": marks.sentence_case(people(group)),
            "others": people(breakdown.comparator) if breakdown.comparator else "",
            "rate": rate_word(version),
        },
        subtitle=_("Each doubt by itself, drawn on one scale."),
        label_heading=_("What is in doubt"),
        note="",
        comparator=breakdown.comparator,
    )


@dataclass(frozen=True, slots=True)
class WordForNoNumber:
    """A mark, its word, and what it means."""

    drawing: Markup
    word: str
    meaning: str


def four_words(hatch: str) -> tuple[WordForNoNumber, ...]:
    """The four marks for no number, each with its word written out."""
    words = marks.four_words()
    entries = key_to({kind: word for kind, (word, _m) in words.items()}, hatch=hatch, right_to_left=get_language_bidi())
    meanings = dict(words.values())
    return tuple(WordForNoNumber(entry.drawing, entry.words, meanings[entry.words]) for entry in entries)


def mirrored() -> str:
    """Said under a drawing that runs from right to left."""
    return _("The scale starts at the right: zero is on the right side.")


def tick(value: float) -> str:
    """A value on a scale: as finely as it is."""
    return numbers.number(value, 0 if value == round(value) else len(f"{value:g}".partition(".")[2]))


def _group_row(
    observation: ReleasedObservation, version: Version, key: Mapping[MarkKind, str], columns: Columns
) -> Row:
    value, range_ = marks.value_words(observation)
    mark = marks.value_mark(observation)
    if is_unrecorded(observation) and observation.numerator.value is not None:
        range_ = events(version)
    return Row(
        label=label(observation),
        mark=mark,
        value=value,
        range=range_,
        meaning=key[mark.kind],
        note=marks.on_the_drawing(observation),
        cells=columns.cells(observation),
    )


def _title(indicator: Indicator, version: Version, *, detail: bool) -> str:
    words = _("%(what)s, by ethnic group in more detail") if detail else _("%(what)s, by ethnic group")
    return words % {"what": what_is_measured(indicator, version)}


def _how_measured(version: Version, rounding: int) -> Iterable[str]:
    if version.statistic is Statistic.PROPORTION:
        yield f"{marks.sentence_case(_(version.unit))}."
    if version.allows_for:
        yield _("Allowing for %(what)s.") % {"what": numbers.listed([_(what) for what in version.allows_for])}
    else:
        yield _("Not age-standardised.")
    if rounding > 1:
        yield _("Counts rounded to %(number)s before publication.") % {"number": rounding}


def _note(version: Version, breakdown: Breakdown, source: str) -> str:
    methods = {row.value.method for row in breakdown.groups if row.value is not None}
    parts = [_("Groups in the order of the source.")]
    parts += [_("“Everyone”: all whose ethnicity is recorded.")] if _everyone(version, breakdown) else []
    if methods:
        parts.append(_("Ranges: %(methods)s, 95 %%.") % {"methods": "; ".join(sorted(methods))})
    return " ".join([*parts, _("Source: %(source)s.") % {"source": source}])


def _everyone(version: Version, breakdown: Breakdown) -> Reference | None:
    rate = breakdown.rate_of_everyone_known(version.per)
    return None if rate is None else Reference(rate, _("everyone: %(value)s") % {"value": numbers.point(rate)})


def _doubt(words: str, kind: MarkKind, value: float, lower: float, upper: float) -> Row:
    return Row(
        label=words,
        mark=Mark(kind=kind, value=value, lower=lower, upper=upper),
        value=numbers.ratio_point(value, lower, upper),
        range=numbers.times_range(lower, upper),
        meaning=marks.key_words(None)[kind],
    )


def _everything_possible(words: str, low: float, high: float) -> Row:
    return Row(
        label=words,
        mark=Mark(kind=MarkKind.POSSIBLE, lower=low, upper=high),
        value=_("no point"),
        range=numbers.times_range(low, high),
        meaning=_("Everything between these two ends could be true"),
    )


def _points_and_limits(drawn: Iterable[Mark], *, both_ends: bool = False) -> tuple[list[float], list[float]]:
    drawn = list(drawn)
    points = [mark.value for mark in drawn if mark.value is not None]
    limits = [mark.reaches_to for mark in drawn]
    possible = [mark.upper for mark in drawn if mark.kind is MarkKind.POSSIBLE]
    return points + possible, limits + ([mark.reaches_from for mark in drawn] if both_ends else [])


def _times_tick(value: float) -> str:
    return _("%(number)s×") % {"number": tick(value)}


def _given(estimate: Estimate | None) -> Estimate:
    if estimate is None:
        raise ValueError("a row without an estimate has nothing to draw")
    return estimate
