"""The pages that are lists: measures, organisations, completeness."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.apps.accountability.presenters import numbers
from evenhand.apps.accountability.presenters.organisation import address_of
from evenhand.apps.accountability.presenters.places import Place
from evenhand.apps.accountability.presenters.quality import (
    Completeness,
    completeness,
    least_complete_first,
    measure_titles,
    newest_of_each,
)
from evenhand.indicators.specification import Indicator
from evenhand.publication.observations import ReleasedObservation
from evenhand.publication.quality import QualityRow

_DOMAINS = {
    "restriction": gettext_lazy("Held, restrained, restricted"),
    "safety": gettext_lazy("Safety"),
    "access": gettext_lazy("Getting help"),
    "experience": gettext_lazy("What care is like"),
    "outcome": gettext_lazy("What comes of it"),
    "justice": gettext_lazy("Police"),
    "education": gettext_lazy("Schools"),
    "workforce": gettext_lazy("Staff"),
    "data_quality": gettext_lazy("What is written down"),
}


@dataclass(frozen=True, slots=True)
class ListedMeasure:
    """A measure as the question it answers, and where it has figures."""

    id: str
    question: str
    title: str
    places: tuple[tuple[str, str], ...]  # name, address
    more: int
    invented: bool


@dataclass(frozen=True, slots=True)
class Domain:
    """Measures of one kind."""

    title: str
    measures: tuple[ListedMeasure, ...]


@dataclass(frozen=True, slots=True)
class DataQualityPage:
    """How complete the recording of ethnicity is: a sentence on the worst, and every line."""

    lead: str
    lines: tuple[Completeness, ...]


_MOST_PLACES = 6


def figures(
    indicators: Sequence[Indicator], observations: Iterable[ReleasedObservation], places: Sequence[Place]
) -> tuple[Domain, ...]:
    """The measures that have figures, by domain."""
    where: dict[str, list[ReleasedObservation]] = defaultdict(list)
    for row in observations:
        where[row.indicator].append(row)
    by_domain: dict[str, list[ListedMeasure]] = defaultdict(list)
    for indicator in indicators:
        found = places_of(where[indicator.id], places)
        if found:
            by_domain[indicator.domain].append(_measure(indicator, found, where[indicator.id]))
    order = [*_DOMAINS, *(domain for domain in by_domain if domain not in _DOMAINS)]
    return tuple(Domain(_domain(name), tuple(by_domain[name])) for name in order if name in by_domain)


def unanswered(
    catalogue: Iterable[Indicator], observations: Iterable[ReleasedObservation]
) -> tuple[ListedMeasure, ...]:
    """The measures that are defined and that no figure in force answers."""
    answered = {row.indicator for row in observations}
    return tuple(_measure(indicator, [], []) for indicator in catalogue if indicator.id not in answered)


def places_of(observations: Iterable[ReleasedObservation], places: Sequence[Place]) -> list[Place]:
    """Those of ``places`` that the figures are about."""
    codes = {row.organisation.code for row in observations}
    return [place for place in places if place.code in codes]


def most_told(places: Sequence[Place], observations: Iterable[ReleasedObservation]) -> list[Place]:
    """The places with those first of which most figures are known: real before invented, local before the country."""
    figures = Counter(row.organisation.code for row in observations)
    return sorted(places, key=lambda place: (place.invented, place.is_country, -figures[place.code]))


def by_level(places: Sequence[Place]) -> tuple[tuple[str, tuple[Place, ...]], ...]:
    """Places under what they are; the country first."""
    levels: dict[str, list[Place]] = defaultdict(list)
    for place in sorted(places, key=lambda place: not place.is_country):
        levels[place.level].append(place)
    return tuple((name[:1].upper() + name[1:], tuple(found)) for name, found in levels.items())


def data_quality(
    rows: Sequence[QualityRow], indicators: Sequence[Indicator], places: Sequence[Place]
) -> DataQualityPage:
    """Where most is missing comes first; invented places last."""
    invented = {place.code for place in places if place.invented}
    ordered = sorted(least_complete_first(newest_of_each(rows)), key=lambda row: row.organisation.code in invented)
    lines = completeness(ordered, measures=measure_titles(indicators), invented=invented)
    return DataQualityPage(_lead(ordered, lines), lines)


def _measure(
    indicator: Indicator, places: Sequence[Place], observations: Sequence[ReleasedObservation]
) -> ListedMeasure:
    country = [place for place in places if place.is_country]
    others = [place for place in most_told(places, observations) if place not in country]
    chosen = [*country, *others][:_MOST_PLACES]
    shown = tuple((place.name, address_of(place, indicator.id)) for place in places if place in chosen)
    invented = bool(places) and all(place.invented for place in places)
    return ListedMeasure(
        indicator.id, _(indicator.question), _(indicator.title), shown, len(places) - len(shown), invented
    )


def _domain(name: str) -> str:
    return str(_DOMAINS.get(name, name.replace("_", " ").capitalize()))


def _lead(rows: Sequence[QualityRow], lines: Sequence[Completeness]) -> str:
    if not rows or rows[0].completeness is None or not rows[0].total.value or not rows[0].unknown.value:
        return ""
    return _("Least complete: %(measure)s, %(place)s. Ethnicity is not written down for %(share)s.") % {
        "measure": lines[0].measure,
        "place": lines[0].place,
        "share": numbers.one_in(rows[0].unknown.value, rows[0].total.value),
    }
