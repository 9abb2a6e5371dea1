"""The page of one indicator in one place."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import drawings, numbers
from evenhand.apps.accountability.presenters.answers import answer
from evenhand.apps.accountability.presenters.between_organisations import BetweenOrganisations, between_organisations
from evenhand.apps.accountability.presenters.breakdowns import Breakdown, breakdowns
from evenhand.apps.accountability.presenters.definitions import (
    DefinitionVersion,
    counted_out_of,
    definition_versions,
    version_for,
)
from evenhand.apps.accountability.presenters.gap import GapSection, gap_section
from evenhand.apps.accountability.presenters.how_sure import HowSure, how_sure
from evenhand.apps.accountability.presenters.over_time import OverTime, over_time
from evenhand.apps.accountability.presenters.places import Place, place
from evenhand.apps.accountability.presenters.quality import Completeness, completeness, measure_titles
from evenhand.apps.accountability.presenters.ranking import Ranking, ranking
from evenhand.apps.accountability.presenters.releases import Download, downloads
from evenhand.apps.accountability.presenters.sources import sources_behind
from evenhand.apps.accountability.presenters.tables import figures_table
from evenhand.apps.accountability.presenters.unrecorded import Unrecorded, unrecorded
from evenhand.apps.accountability.queries import IndicatorInPlace
from evenhand.apps.monitoring.queries import LoadedRelease
from evenhand.charts.control import ControlChart
from evenhand.charts.dots import DataTable, DotChart
from evenhand.charts.fluid import Markup, hatching
from evenhand.charts.funnel import FunnelChart
from evenhand.ethnicity import SpecialGroup
from evenhand.indicators.specification import Indicator, Version
from evenhand.publication.observations import ReleasedObservation


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
    gap: GapSection | None
    how_sure: HowSure | None
    over_time: OverTime | None
    between_organisations: BetweenOrganisations | None
    does_not_say: tuple[str, ...]
    four_words: tuple[drawings.WordForNoNumber, ...]
    hatching: Markup
    definitions: tuple[DefinitionVersion, ...]
    ranking: Ranking | None
    completeness: tuple[Completeness, ...]
    unrecorded: Unrecorded | None
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
        sections = (self.gap, self.how_sure, self.ranking, self.over_time.gap if self.over_time else None)
        drawn = (self.chart, self.detail, *(section.chart for section in sections if section is not None))
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
    group = widest(main)
    gap = gap_section(version, main, group)
    if gap is not None:
        tables.append((gap.chart.words.title, gap.chart.table))
    return IndicatorPage(
        indicator=indicator,
        place=where,
        answer=answer(where, version, main),
        glance=_glance(where, version, main, source),
        chart=chart,
        detail=detail,
        tables=tuple(tables),
        gap=gap,
        how_sure=how_sure(version, main, group),
        over_time=over_time(indicator, version, main, group, of.stated),
        between_organisations=between_organisations(of, version, main, group),
        does_not_say=_does_not_say(version, main),
        four_words=drawings.four_words("hatch-four-words"),
        hatching=hatching("hatch-four-words"),
        definitions=definition_versions(indicator, main.any_row.period),
        ranking=ranking(version, next((each for each in reversed(found) if each.shrunken.ratios), main)),
        completeness=completeness(
            (
                row
                for row in of.quality
                if row.measure == version.numerator.measure and row.period == main.any_row.period
            ),
            measures=measure_titles([indicator]),
        ),
        unrecorded=unrecorded(version, main),
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
