"""What those whose ethnicity nobody wrote down could change: for every group, in a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import doubts, numbers
from evenhand.apps.accountability.presenters.breakdowns import Breakdown
from evenhand.apps.accountability.presenters.definitions import events, per_so_many, rate_word
from evenhand.apps.accountability.presenters.doubts import Extremes, Level
from evenhand.apps.accountability.presenters.groups import label, people
from evenhand.charts.dots import DataTable
from evenhand.indicators.specification import Version
from evenhand.publication.observations import ReleasedObservation
from evenhand.stats.unknown_ethnicity_gaps import GapSign


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """The table, its title, and in a sentence how to read it."""

    title: str
    text: str
    table: DataTable


def unrecorded(version: Version, breakdown: Breakdown) -> Unrecorded | None:
    """None where nobody is unrecorded, and where how many is not printed."""
    levels = doubts.levels(breakdown, version.per)
    if not levels:
        return None
    facts = {"number": numbers.number(doubts.unrecorded_of(breakdown)), "events": events(version)}
    comparator, found = breakdown.comparator, doubts.all_extremes(breakdown)
    headings = [
        _("Ethnic group"),
        _("%(unit)s, as recorded") % {"unit": per_so_many(version)},
        _("If none of the %(number)s belonged to it") % facts,
        _("If all %(number)s did") % facts,
        _("Shared out as those recorded are: an assumption"),
    ]
    if comparator is not None and found:
        words = {"rate": rate_word(version), "others": people(comparator)}
        headings += [
            _("Times the %(rate)s of %(others)s, at its bounds") % words,
            _("Wherever they belong, chance apart"),
        ]
    return Unrecorded(
        title=_("What those whose ethnicity is not recorded could change"),
        text=_(
            "Of %(number)s %(events)s nobody knows to which groups they belong. The bounds hold wherever they do. "
            "Undecided is what they could turn round. Sharing them out assumes that whoever is not recorded is like "
            "those who are; nothing here says that it is so."
        )
        % facts,
        table=DataTable(tuple(headings), tuple(_row(level, comparator, found) for level in levels)),
    )


def _row(level: Level, comparator: ReleasedObservation | None, found: Mapping[str, Extremes]) -> tuple[str, ...]:
    cells = [
        label(level.group),
        numbers.number(level.as_recorded, 1),
        numbers.number(level.lowest, 1),
        numbers.number(level.highest, 1),
        _("cannot be worked out") if level.shared_out is None else numbers.number(level.shared_out, 1),
    ]
    if found:
        cells += _ratio_cells(found.get(level.group.group), level.group is comparator)
    return tuple(cells)


def _ratio_cells(found: Extremes | None, is_comparator: bool) -> tuple[str, str]:
    if is_comparator:
        return numbers.number(1), _("compared with")
    if found is None:
        return _("not compared"), _("not compared")
    return numbers.range_of(found.lowest, found.highest, decimals=2), sign_words(found.sign)


def sign_words(sign: GapSign) -> str:
    """Whether a group is higher or lower wherever the unrecorded belong."""
    words = {
        GapSign.UNDECIDED: _("undecided"),
        GapSign.LOWER: _("lower"),
        GapSign.HIGHER: _("higher"),
    }
    return words.get(sign, _("not given"))
