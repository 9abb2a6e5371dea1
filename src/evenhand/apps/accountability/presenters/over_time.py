"""The section "Over time": what the number of everybody does, whether the gap changed, and what could be seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters.breakdowns import Breakdown
from evenhand.apps.accountability.presenters.definitions import what_is_measured
from evenhand.apps.accountability.presenters.gap_over_time import (
    GapOverTime,
    gap_over_time,
    what_could_be_seen,
    why_added_up,
)
from evenhand.apps.accountability.presenters.groups import people
from evenhand.apps.accountability.presenters.marks import sentence_case
from evenhand.apps.accountability.presenters.series import Series, series_of, sources_of
from evenhand.apps.accountability.presenters.time_chart import judged, time_chart
from evenhand.apps.accountability.presenters.time_words import what_it_does
from evenhand.apps.accountability.presenters.two_groups import two_groups
from evenhand.apps.monitoring.queries import StatedFigures
from evenhand.charts.control import ControlChart
from evenhand.ethnicity import TOTALS, SpecialGroup
from evenhand.indicators.specification import Indicator, Version
from evenhand.publication.observations import ReleasedObservation


@dataclass(frozen=True, slots=True)
class OverTime:
    """The section, in the order of the page. ``beside``: what stands in the margin, under headings."""

    text: str
    chart: ControlChart | None
    gap: GapOverTime | None
    beside: tuple[tuple[str, tuple[str, ...]], ...]


def over_time(
    indicator: Indicator,
    version: Version,
    breakdown: Breakdown,
    group: ReleasedObservation | None,
    stated: Sequence[StatedFigures],
) -> OverTime | None:
    """None where there is no figure at all. ``group``: the one that the page says most of."""
    row = _followed(breakdown, group)
    if row is None:
        return None
    others = breakdown.comparator
    two = two_groups(version, group, others, stated) if group is not None and others is not None else None
    series = series_of(row.group, None if row.group in TOTALS else row.classification, row, stated)
    beside = []
    if two is not None:
        beside = [
            (_("Why not by ethnic group?"), (why_added_up(two),)),
            (_("What could be seen"), what_could_be_seen(two)),
        ]
    text, chart = _one_period(series), None
    if len(series.valued) > 1:
        found = judged(indicator, version, series)
        text = what_it_does(series, found, version)
        chart = time_chart(
            "over-time",
            series,
            found,
            indicator,
            version,
            title=_("%(what)s, %(step)s")
            % {"what": what_is_measured(indicator, version), "step": series.cadence.one_by_one()},
            who=_who(row),
            summary=text,
            source=sources_of(series.rows, stated),
        )
    return OverTime(
        text=text,
        chart=chart,
        gap=gap_over_time("gap-over-time", two) if two is not None else None,
        beside=tuple((title, tuple(filter(None, said))) for title, said in beside if any(said)),
    )


def _followed(breakdown: Breakdown, group: ReleasedObservation | None) -> ReleasedObservation | None:
    """Whom the series counts: everybody, else all whose ethnicity is recorded, else the group of the page."""
    candidates = (breakdown.total(SpecialGroup.ALL), breakdown.everyone_known, group)
    return next((row for row in candidates if row is not None and row.value is not None), None)


def _one_period(series: Series) -> str:
    return _("Only %(periods)s of figures is here, which cannot show how the number changes.") % {
        "periods": series.cadence.count(1)
    }


def _who(row: ReleasedObservation) -> str:
    if row.group == SpecialGroup.ALL:
        return _("Everybody, those whose ethnicity is not recorded too.")
    if row.group == SpecialGroup.ALL_KNOWN:
        return _("Everybody whose ethnicity is recorded.")
    return _("%(people)s alone: for everybody there are no figures here.") % {"people": sentence_case(people(row))}
