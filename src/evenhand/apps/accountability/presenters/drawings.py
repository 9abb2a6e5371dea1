"""The charts of the pages: which rows they have, on which scale, with which words."""

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import marks, numbers
from evenhand.apps.accountability.presenters.breakdowns import Breakdown
from evenhand.apps.accountability.presenters.definitions import (
    counted_out_of,
    events,
    per_so_many,
    rate_word,
    source_line,
)
from evenhand.apps.accountability.presenters.doubts import extremes
from evenhand.apps.accountability.presenters.groups import is_unrecorded, label, people
from evenhand.charts.dots import DataTable, DotChart, KeyEntry, Reference, Row, Words, dot_chart, key_to
from evenhand.charts.marks import Mark, MarkKind
from evenhand.charts.scale import scale_around_one, scale_from_zero
from evenhand.indicators.specification import Indicator, Statistic, Version
from evenhand.publication.observations import Estimate, ReleasedObservation, Verdict


def groups_chart(
    identifier: str, indicator: Indicator, version: Version, breakdown: Breakdown, *, detail: bool = False
) -> DotChart:
    """One indicator in one place: a row for each ethnic group, on a scale from 0."""
    rounded_to = _rounded_to(breakdown.rows)
    key = marks.key_words(breakdown.comparator)
    rows = [_group_row(row, version, key, rounded=rounded_to > 1) for row in breakdown.rows]
    return dot_chart(
        identifier,
        rows,
        scale_from_zero(*_points_and_limits(row.mark for row in rows)),
        Words(
            title=_title(indicator, version, detail=detail),
            subtitle=" ".join(_how_measured(version, rounded_to)),
            label_heading=_("Ethnic group, in the order the source uses"),
            value_heading=_("%(unit)s, and its range") % {"unit": per_so_many(version)},
            cell_headings=_headings(version, breakdown.comparator, rounded_to),
            key=key,
            rounding=_("Range from chance; thin ends add rounding"),
            note=_note(version, breakdown),
            mirrored=mirrored(),
        ),
        reference=_everyone(breakdown),
        right_to_left=get_language_bidi(),
        write_tick=_tick,
    )


def data_table(version: Version, breakdown: Breakdown) -> DataTable:
    """The same figures as a table, with the totals that the source prints."""
    rounded_to = _rounded_to(breakdown.rows + breakdown.totals)
    rows = tuple((label(row), *_cells(row, rounded=rounded_to > 1)) for row in (*breakdown.rows, *breakdown.totals))
    return DataTable((_("Ethnic group"), *_headings(version, breakdown.comparator, rounded_to)), rows)


def ratio_chart(
    identifier: str,
    rows: Sequence[Row],
    *,
    title: str,
    subtitle: str,
    label_heading: str,
    note: str,
    comparator: ReleasedObservation | None,
) -> DotChart:
    """Ratios on one scale, with 1 ("the same rate") marked."""
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
            key=marks.key_words(comparator),
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
        value=numbers.ratio_point(ratio.value),
        range=numbers.times_range(ratio.lower_with_rounding, ratio.upper_with_rounding),
        meaning=marks.key_words(None)[marks.kind_of(observation)],
        link=link,
    )


def doubts_chart(identifier: str, version: Version, breakdown: Breakdown, group: ReleasedObservation) -> DotChart:
    """What is in doubt about one ratio: chance; chance and rounding; those whose ethnicity is not recorded."""
    ratio = _given(group.ratio)
    kind = marks.kind_of(group)
    rows = [_doubt(_("Chance alone"), kind, ratio.value, ratio.lower, ratio.upper)]
    rounded_to = _rounded_to([group, *([breakdown.comparator] if breakdown.comparator else [])])
    if rounded_to > 1:
        words = _("Chance, and counts rounded to %(number)s") % {"number": rounded_to}
        rows.append(_doubt(words, kind, ratio.value, ratio.lower_with_rounding, ratio.upper_with_rounding))
    found = extremes(breakdown, group)
    if found is not None:
        low, high = sorted((found.all_in_comparator, found.all_in_group))
        words = _("The %(number)s not recorded") % {"number": numbers.number(found.unrecorded)}
        rows.append(_everything_possible(words, low, high))
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


def four_words_key(identifier: str) -> tuple[KeyEntry, ...]:
    """The four marks for no number, each with its word written out."""
    return key_to(marks.four_words(), hatch=identifier, right_to_left=get_language_bidi())


def mirrored() -> str:
    """Said under a drawing that runs from right to left."""
    return _("The scale starts at the right: zero is on the right side.")


def _group_row(observation: ReleasedObservation, version: Version, key: dict[MarkKind, str], *, rounded: bool) -> Row:
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
        cells=_cells(observation, rounded=rounded),
    )


def _headings(version: Version, comparator: ReleasedObservation | None, rounded_to: int) -> tuple[str, ...]:
    counted = marks.sentence_case(events(version))
    if rounded_to > 1:
        counted = _("%(events)s, to nearest %(number)s") % {"events": counted, "number": rounded_to}
    headings = [
        counted,
        marks.sentence_case(counted_out_of(version)),
        per_so_many(version),
        _("Range from chance, 95 %%") % {},
    ]
    if rounded_to > 1:
        headings.append(_("Range with rounding"))
    others = people(comparator) if comparator else _("the comparison group")
    headings += [_("Times the %(rate)s of %(others)s") % {"rate": rate_word(version), "others": others}]
    return (*headings, _("What may be said"))


def _cells(observation: ReleasedObservation, *, rounded: bool) -> tuple[str, ...]:
    value, ratio = observation.value, observation.ratio
    decimals = 1
    no_value = str(numbers.STATUS_WORDS[observation.value_status]) if value is None else ""
    cells = [
        numbers.count(observation.numerator),
        numbers.count(observation.denominator),
        no_value or numbers.number(_given(value).value, decimals),
        no_value or numbers.range_of(_given(value).lower, _given(value).upper, decimals=decimals) or _("not given"),
    ]
    if rounded:
        cells.append(
            no_value
            or numbers.range_of(_given(value).lower_with_rounding, _given(value).upper_with_rounding, decimals=decimals)
            or _("not given")
        )
    if ratio is None:
        cells.append(no_value or _("does not apply"))
    else:
        cells.append(
            _("%(point)s (%(range)s)")
            % {
                "point": numbers.ratio_point(ratio.value),
                "range": numbers.range_of(ratio.lower_with_rounding, ratio.upper_with_rounding, decimals=2),
            }
        )
    return (*cells, _what_may_be_said(observation))


def _what_may_be_said(observation: ReleasedObservation) -> str:
    words = {
        Verdict.HIGHER: _("higher"),
        Verdict.LOWER: _("lower"),
        Verdict.CANNOT_TELL: _("we cannot tell"),
        Verdict.COMPARATOR: _("compared with"),
        Verdict.NO_CLAIM: _("nothing"),
    }
    return words[observation.verdict]


def _title(indicator: Indicator, version: Version, *, detail: bool) -> str:
    what = _(indicator.title)
    if version.statistic is not Statistic.PROPORTION:
        what = _("%(events)s for every %(number)s %(noun)s") % {
            "events": marks.sentence_case(events(version)),
            "number": numbers.number(version.per),
            "noun": counted_out_of(version),
        }
    words = _("%(what)s, by ethnic group in more detail") if detail else _("%(what)s, by ethnic group")
    return words % {"what": what}


def _how_measured(version: Version, rounded_to: int) -> Iterable[str]:
    if version.statistic is Statistic.PROPORTION:
        yield f"{marks.sentence_case(_(version.unit))}."
    if version.allows_for:
        yield _("Allowing for %(what)s.") % {"what": numbers.listed([_(what) for what in version.allows_for])}
    else:
        yield _("Not age-standardised.")
    if rounded_to > 1:
        yield _("Counts rounded to %(number)s before publication.") % {"number": rounded_to}


def _note(version: Version, breakdown: Breakdown) -> str:
    methods = {row.value.method for row in breakdown.groups if row.value is not None}
    parts = [_("“Everyone”: all whose ethnicity is recorded.")] if _everyone(breakdown) else []
    if methods:
        parts.append(_("Ranges: %(methods)s, 95 %%.") % {"methods": "; ".join(sorted(methods))})
    return " ".join([*parts, _("Source: %(source)s.") % {"source": source_line(version)}])


def _everyone(breakdown: Breakdown) -> Reference | None:
    known = breakdown.everyone_known
    if known is None or known.value is None:
        return None
    return Reference(known.value.value, _("everyone: %(value)s") % {"value": numbers.point(known.value.value)})


def _doubt(words: str, kind: MarkKind, value: float, lower: float, upper: float) -> Row:
    return Row(
        label=words,
        mark=Mark(kind=kind, value=value, lower=lower, upper=upper),
        value=numbers.ratio_point(value),
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


def _rounded_to(rows: Iterable[ReleasedObservation]) -> int:
    return max((row.numerator.rounded_to for row in rows if row.numerator.value is not None), default=1)


def _tick(value: float) -> str:
    return numbers.number(value, 0 if value == round(value) else len(f"{value:g}".partition(".")[2]))


def _times_tick(value: float) -> str:
    return _("%(number)s×") % {"number": _tick(value)}


def _given(estimate: Estimate | None) -> Estimate:
    if estimate is None:
        raise ValueError("a row without an estimate has nothing to draw")
    return estimate
