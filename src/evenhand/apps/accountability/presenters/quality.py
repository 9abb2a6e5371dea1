"""How complete the recording of ethnicity is, in words and as a table."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import numbers
from evenhand.apps.accountability.presenters.places import short_name
from evenhand.indicators.specification import Indicator
from evenhand.publication.quality import QualityRow


@dataclass(frozen=True, slots=True)
class Completeness:
    """One line of a table: what was counted, where and when, and of how many the ethnic group is known."""

    measure: str
    place: str
    code: str
    period: str
    known: str
    unknown: str
    total: str
    share: str
    sentence: str
    invented: bool


def completeness(
    rows: Iterable[QualityRow], *, measures: Mapping[str, str], invented: Collection[str] = ()
) -> tuple[Completeness, ...]:
    """The rows, in their order. ``measures``: words for measures; ``invented``: codes of invented places."""
    return tuple(
        _line(row, measures.get(row.measure, row.measure.replace("_", " ")), row.organisation.code in invented)
        for row in rows
    )


def measure_titles(indicators: Iterable[Indicator]) -> dict[str, str]:
    """What each measure that is counted is called: the title of the first indicator that counts it."""
    titles: dict[str, str] = {}
    for indicator in indicators:
        for version in indicator.versions:
            titles.setdefault(version.numerator.measure, _(indicator.title))
    return titles


def least_complete_first(rows: Iterable[QualityRow]) -> tuple[QualityRow, ...]:
    """Where most is missing comes first; where nothing is known of it, last."""
    return tuple(sorted(rows, key=lambda row: (row.completeness is None, row.completeness)))


def newest_of_each(rows: Iterable[QualityRow]) -> tuple[QualityRow, ...]:
    """Of each measure in each place, the newest row: what was not written down years ago is no news."""
    rows = tuple(rows)
    newest: dict[tuple[str, str], date] = {}
    for row in rows:
        place = (row.measure, row.organisation.code)
        newest[place] = max(newest.get(place, row.period.end), row.period.end)
    return tuple(row for row in rows if row.period.end == newest[row.measure, row.organisation.code])


def _line(row: QualityRow, measure: str, invented: bool) -> Completeness:
    return Completeness(
        measure=measure,
        place=short_name(row.organisation),
        code=row.organisation.code,
        period=numbers.short_period(row.period),
        known=numbers.count(row.known),
        unknown=numbers.count(row.unknown),
        total=numbers.count(row.total),
        share=_("not known") if row.completeness is None else numbers.per_cent(row.completeness),
        sentence=_sentence(row),
        invented=invented,
    )


def _sentence(row: QualityRow) -> str:
    if row.unknown.value is None or not row.total.value:
        return _("How many have no ethnicity written down is %(word)s.") % {"word": numbers.count(row.unknown)}
    if row.unknown.largest == 0:
        return _("Ethnicity is written down for every one.")
    if row.unknown.value == 0:
        return _("Ethnicity is written down for every one, or nearly.")
    return _("Ethnicity is not written down for %(share)s (%(number)s of %(total)s).") % {
        "share": numbers.one_in(row.unknown.value, row.total.value),
        "number": numbers.number(row.unknown.value),
        "total": numbers.number(row.total.value),
    }
