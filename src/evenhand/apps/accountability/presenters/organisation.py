"""The page of one organisation: what its figures show, widest claimed difference first; how complete they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.apps.accountability.presenters import drawings, numbers
from evenhand.apps.accountability.presenters.doubts import could_turn_round
from evenhand.apps.accountability.presenters.groups import label, people
from evenhand.apps.accountability.presenters.marks import sentence_case
from evenhand.apps.accountability.presenters.places import Place
from evenhand.apps.accountability.presenters.quality import (
    Completeness,
    completeness,
    least_complete_first,
    measure_titles,
    newest_of_each,
)
from evenhand.apps.accountability.presenters.releases import ListedRelease, newest_first
from evenhand.apps.accountability.presenters.shrunken import FEWEST
from evenhand.apps.accountability.presenters.sources import sources_behind
from evenhand.apps.accountability.presenters.standings import MeasureStanding, Standing, standings
from evenhand.apps.monitoring.queries import StatedFigures
from evenhand.charts.dots import DotChart, Row
from evenhand.indicators.specification import Indicator
from evenhand.publication.observations import ReleasedObservation
from evenhand.publication.quality import QualityRow


@dataclass(frozen=True, slots=True)
class MeasureLink:
    """A measure, where its page is, and one line about it."""

    title: str
    address: str
    line: str


@dataclass(frozen=True, slots=True)
class Fold:
    """Measures folded away for one reason, which is the heading."""

    heading: str
    measures: tuple[MeasureLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage:
    """Everything that the page shows."""

    place: Place
    lead: str
    glance: tuple[tuple[str, str], ...]
    chart: DotChart | None
    claimed: tuple[MeasureLink, ...]
    folds: tuple[Fold, ...]
    completeness: tuple[Completeness, ...]
    releases: tuple[ListedRelease, ...]


def organisation_page(
    place: Place, stated: Sequence[StatedFigures], indicators: Sequence[Indicator], quality: Sequence[QualityRow]
) -> OrganisationPage:
    """The page made from all figures in force about one place."""
    by_id = {indicator.id: indicator for indicator in indicators}
    observations = [row for figures in stated for row in figures.observations]
    found = standings(observations, by_id)
    return OrganisationPage(
        place=place,
        lead=_lead(place, found),
        glance=_glance(place, stated),
        chart=_chart(place, found, stated),
        claimed=_links(place, found, Standing.CLAIMED),
        folds=tuple(_folds(place, found)),
        completeness=completeness(least_complete_first(newest_of_each(quality)), measures=measure_titles(indicators)),
        releases=tuple(newest_first(figures.release for figures in stated)),
    )


def address_of(place: Place, indicator_id: str) -> str:
    """Where an indicator's page for this place is."""
    return reverse("indicator", kwargs={"indicator_id": indicator_id, "code": place.code})


def _lead(place: Place, found: Sequence[MeasureStanding]) -> str:
    counts = {standing: sum(each.standing is standing for each in found) for standing in Standing}
    differs = ngettext(
        "%(where)s the figures show a difference between ethnic groups in %(number)s of %(all)s measure.",
        "%(where)s the figures show a difference between ethnic groups in %(number)s of %(all)s measures.",
        len(found),
    ) % {"where": place.where, "number": counts[Standing.CLAIMED], "all": len(found)}
    turned = sum(bool(could_turn_round(each.breakdown)) for each in found)
    if turned:
        differs += " " + ngettext(
            "In %(number)s of them what was not written down could turn one round.",
            "In %(number)s of them what was not written down could turn one round.",
            turned,
        ) % {"number": turned}
    if not counts[Standing.CANNOT_TELL]:
        return differs
    cannot = ngettext(
        "For %(number)s we cannot tell from these figures.",
        "For %(number)s we cannot tell from these figures.",
        counts[Standing.CANNOT_TELL],
    ) % {"number": counts[Standing.CANNOT_TELL]}
    return f"{differs} {cannot}"


def _glance(place: Place, stated: Sequence[StatedFigures]) -> tuple[tuple[str, str], ...]:
    periods = sorted({row.period for figures in stated for row in figures.observations})
    newest = stated[-1].release.package
    return (
        (_("What it is"), sentence_case(place.level)),
        (_("Code"), place.code),
        (_("Newest figures"), numbers.period(periods[-1])),
        (_("Released by"), newest.released_by),
    )


def _chart(place: Place, found: Sequence[MeasureStanding], stated: Sequence[StatedFigures]) -> DotChart | None:
    """For each measure its widest claimed difference, on one scale; None when nothing is claimed."""
    claims = [(each, each.breakdown.claims[0]) for each in found if each.standing is Standing.CLAIMED]
    if not claims:
        return None
    claims.sort(key=lambda claim: claim[0].breakdown.widths[claim[1].group], reverse=True)
    comparators = [each.breakdown.comparator for each, _row in claims]
    rows: list[Row] = [_row(place, each, row) for each, row in claims]
    names = sorted({people(row) for row in comparators if row is not None})
    return drawings.ratio_chart(
        "claimed",
        rows,
        title=_("Where a difference can be claimed, widest first: times the figure for %(others)s")
        % {"others": numbers.listed(names)},
        subtitle=_(
            "Only differences are drawn that are larger than chance, among all groups compared at once, and rounding "
            "explain, and of each measure the widest. Its page has the others."
        ),
        label_heading=_("Measure and group"),
        note=" ".join(_note(claims, stated)),
        comparator=comparators[0],
    )


def _row(place: Place, of: MeasureStanding, row: ReleasedObservation) -> Row:
    words = _("%(measure)s: %(group)s") % {"measure": of.indicator.title, "group": label(row)}
    drawn = drawings.ratio_row(row, words, link=address_of(place, of.indicator.id))
    if row not in could_turn_round(of.breakdown):
        return drawn
    return replace(drawn, range=_("%(range)s; undecided") % {"range": drawn.range}, meaning=_undecided())


def _undecided() -> str:
    return _("Undecided: chance does not explain it, but what was not written down could turn it round")


def _note(
    claims: Sequence[tuple[MeasureStanding, ReleasedObservation]], stated: Sequence[StatedFigures]
) -> Iterable[str]:
    yield _(
        "Ordered by each group's value drawn towards the middle of the groups of its measure by how uncertain it is, "
        "so that chance does not head the list."
    )
    if not all(each.breakdown.shrunken.ratios for each, _row in claims):
        yield _(
            "Where fewer than %(number)s groups have a figure, it is ordered by the end of its range that is nearer to "
            "no difference."
        ) % {"number": numbers.number(FEWEST)}
    if any(row in could_turn_round(each.breakdown) for each, row in claims):
        yield f"{_undecided()}."
    yield _("Sources: %(sources)s.") % {"sources": sources_behind((row for _each, row in claims), stated)}


def _folds(place: Place, found: Sequence[MeasureStanding]) -> list[Fold]:
    folds = []
    for standing in (Standing.CANNOT_TELL, Standing.HIDDEN, Standing.NOT_COMPARED):
        links = _links(place, found, standing)
        if links:
            folds.append(Fold(_heading(standing, len(links)), links))
    return folds


def _heading(standing: Standing, how_many: int) -> str:
    words = {
        Standing.CANNOT_TELL: ngettext(
            "%(number)s measure where we cannot tell from these figures",
            "%(number)s measures where we cannot tell from these figures",
            how_many,
        ),
        Standing.HIDDEN: ngettext(
            "%(number)s measure hidden to protect people in small groups",
            "%(number)s measures hidden to protect people in small groups",
            how_many,
        ),
        Standing.NOT_COMPARED: ngettext(
            "%(number)s measure without a comparison of ethnic groups",
            "%(number)s measures without a comparison of ethnic groups",
            how_many,
        ),
    }
    return words[standing] % {"number": how_many}


def _links(place: Place, found: Sequence[MeasureStanding], standing: Standing) -> tuple[MeasureLink, ...]:
    return tuple(
        MeasureLink(
            each.indicator.title, address_of(place, each.indicator.id), numbers.period(each.breakdown.any_row.period)
        )
        for each in found
        if each.standing is standing
    )
