"""The page of one indicator in one place."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import doubts, drawings, numbers
from evenhand.apps.accountability.presenters.answers import answer
from evenhand.apps.accountability.presenters.between_organisations import BetweenOrganisations, between_organisations
from evenhand.apps.accountability.presenters.breakdowns import Breakdown, breakdowns
from evenhand.apps.accountability.presenters.definitions import (
    DefinitionVersion,
    counted_out_of,
    definition_versions,
    events,
    version_for,
)
from evenhand.apps.accountability.presenters.groups import people
from evenhand.apps.accountability.presenters.over_time import OverTime, over_time
from evenhand.apps.accountability.presenters.places import Place, place
from evenhand.apps.accountability.presenters.quality import Completeness, completeness, measure_titles
from evenhand.apps.accountability.presenters.releases import Download, downloads
from evenhand.apps.accountability.presenters.sources import sources_behind
from evenhand.apps.accountability.presenters.tables import figures_table
from evenhand.apps.accountability.queries import IndicatorInPlace
from evenhand.apps.monitoring.queries import LoadedRelease
from evenhand.charts.control import ControlChart
from evenhand.charts.dots import DataTable, DotChart
from evenhand.charts.fluid import Markup, hatching
from evenhand.charts.funnel import FunnelChart
from evenhand.ethnicity import SpecialGroup
from evenhand.indicators.specification import Indicator, Version
from evenhand.publication.observations import ReleasedObservation


@dataclass(frozen=True, slots=True)
class HowSure:
    """What is in doubt about the widest difference: drawn, and in sentences."""

    chart: DotChart
    text: str
    under_the_chart: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPage:
    """Everything that the page shows, in the order in which it shows it."""

    indicator: Indicator
    place: Place
    answer: SafeString
    glance: tuple[tuple[str, str], ...]
    chart: DotChart | None
    detail: DotChart | None
    tables: tuple[tuple[str, DataTable], ...]
    how_sure: HowSure | None
    over_time: OverTime | None
    between_organisations: BetweenOrganisations | None
    does_not_say: tuple[str, ...]
    four_words: tuple[drawings.WordForNoNumber, ...]
    hatching: Markup
    definitions: tuple[DefinitionVersion, ...]
    completeness: tuple[Completeness, ...]
    release: LoadedRelease
    downloads: tuple[Download, ...]
    citation: str

    @property
    def planes(self) -> tuple[ControlChart | FunnelChart, ...]:
        """Every drawing of the page with two scales."""
        series = (self.over_time.chart,) if self.over_time and self.over_time.chart else ()
        between = self.between_organisations.funnels if self.between_organisations else ()
        return (*series, *(each.chart for each in between))

    @property
    def charts(self) -> tuple[DotChart, ...]:
        """Every drawing of the page whose rows have a scale of their own."""
        gap = self.over_time.gap.chart if self.over_time and self.over_time.gap else None
        drawn = (self.chart, self.detail, self.how_sure.chart if self.how_sure else None, gap)
        return tuple(chart for chart in drawn if chart is not None)


def indicator_page(of: IndicatorInPlace, *, address: str, today: date) -> IndicatorPage:
    """The page made from the newest of the figures in force. ``address`` and ``today`` are for the citation."""
    indicator, where = of.definition, place(of.organisation)
    found = breakdowns(row for figures in of.stated for row in figures.observations)
    main = found[0]
    version = version_for(indicator, main.any_row.period)
    source = sources_behind([main.any_row], of.stated)
    release = next(figures.release for figures in reversed(of.stated) if main.any_row in figures.observations)
    chart = drawings.groups_chart("by-group", indicator, version, main, source=source) if main.groups else None
    tables = [(chart.words.title if chart else _(indicator.title), figures_table(version, main, chart))]
    detail = None
    if len(found) > 1:
        detail = drawings.groups_chart("in-detail", indicator, version, found[1], source=source, detail=True)
        tables.append((detail.words.title, figures_table(version, found[1], detail)))
    return IndicatorPage(
        indicator=indicator,
        place=where,
        answer=answer(where, version, main),
        glance=_glance(where, version, main, source),
        chart=chart,
        detail=detail,
        tables=tuple(tables),
        how_sure=_how_sure(version, main),
        over_time=over_time(indicator, version, main, widest(main), of.stated),
        between_organisations=between_organisations(of, version, main, widest(main)),
        does_not_say=_does_not_say(version, main),
        four_words=drawings.four_words("hatch-four-words"),
        hatching=hatching("hatch-four-words"),
        definitions=definition_versions(indicator, main.any_row.period),
        completeness=completeness(
            (
                row
                for row in of.quality
                if row.measure == version.numerator.measure and row.period == main.any_row.period
            ),
            measures=measure_titles([indicator]),
        ),
        release=release,
        downloads=downloads(release),
        citation=_citation(indicator, where, source, release, address=address, today=today),
    )


def _glance(place: Place, version: Version, breakdown: Breakdown, source: str) -> tuple[tuple[str, str], ...]:
    facts = [(_("Period"), numbers.period(breakdown.any_row.period)), (_("Place"), place.name)]
    everybody = breakdown.total(SpecialGroup.ALL)
    whole = breakdown.denominator_of_everyone_known or (everybody.denominator.value if everybody else None)
    if whole is not None:
        words = _("about %(number)s %(noun)s") % {
            "number": numbers.about(whole),
            "noun": counted_out_of(version),
        }
        facts.append((_("Out of"), words))
    elif version.denominator is not None:
        facts.append((_("Out of"), _(version.denominator.description)))
    return (*facts, (_("Source"), numbers.unbroken(source)))


def widest(breakdown: Breakdown) -> ReleasedObservation | None:
    """The group that the page says most of: the widest claimed difference, else the widest of those in doubt."""
    return next(iter(breakdown.claims or breakdown.widest_first(breakdown.undecided)), None)


def _how_sure(version: Version, breakdown: Breakdown) -> HowSure | None:
    group = widest(breakdown)
    if group is None or group.ratio is None:
        return None
    chart = drawings.doubts_chart("how-sure", version, breakdown, group)
    extremes = doubts.extremes(breakdown, group)
    if extremes is None:
        more = _("More years of figures would narrow the range. They would not show what nobody wrote down.")
        return HowSure(chart, more, "")
    return HowSure(chart, " ".join(_sentences(version, group, extremes)), _under_the_chart(extremes))


def _sentences(version: Version, group: ReleasedObservation, found: doubts.Extremes) -> list[str]:
    share = numbers.one_in(found.unrecorded, found.counted)
    missing = _("Ethnicity is not written down for %(share)s of the %(events)s here.")
    sentences = [missing % {"share": share, "events": events(version)}]
    if doubts.is_wider_than_chance(found, group):
        sentences.append(_("That leaves more doubt than chance does."))
    sentences.append(
        _(
            "More years of figures would narrow what chance leaves open. Only asking people, and writing down their "
            "own words, narrows the last range."
        )
    )
    return sentences


def _under_the_chart(found: doubts.Extremes) -> str:
    low, high = sorted((found.all_in_comparator, found.all_in_group))
    written = numbers.ratio_limits(low, high)
    ends = {
        found.all_in_comparator: people(found.comparator),
        found.all_in_group: people(found.group),
    }
    words = _(
        "The last row runs from “all %(number)s were about %(some)s” (%(low)s times) to “all %(number)s were about "
        "%(others)s” (%(high)s times). Neither is likely; both are possible."
    ) % {
        "number": numbers.number(found.unrecorded),
        "some": ends[low],
        "others": ends[high],
        "low": written[0],
        "high": written[1],
    }
    if low > 1:
        return _("%(words)s Either way the answer stays above 1.") % {"words": words}
    if high < 1:
        return _("%(words)s Either way the answer stays below 1.") % {"words": words}
    return _("%(words)s So what was not written down could turn the answer round.") % {"words": words}


def _does_not_say(version: Version, breakdown: Breakdown) -> tuple[str, ...]:
    sentences = [_("It does not say what causes a difference, nor what was right or wrong in any one case.")]
    if breakdown.groups and "age" not in version.allows_for:
        sentences.append(_("It does not compare like with like for age: some groups are younger than others."))
    if not version.numerator.person_counted_once:
        sentences.append(_("It does not say how many people: one person can be counted more than once."))
    return (*sentences, *(_(caveat) for caveat in version.beside_the_figure if breakdown.groups))


def _citation(
    indicator: Indicator, place: Place, source: str, release: LoadedRelease, *, address: str, today: date
) -> str:
    return _(
        "%(source)s. Worked out and published as “%(title)s: %(place)s”, release %(release)s, "
        "%(address)s, read on %(day)s. %(licence)s."
    ) % {
        "source": source,
        "title": indicator.title,
        "place": place.name,
        "release": release.name,
        "address": address,
        "day": numbers.day(today),
        "licence": release.package.licence.title,
    }
