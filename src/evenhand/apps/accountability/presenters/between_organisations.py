"""The section "Between organisations": where this one lies among others of its level, by chance and by what is usual.

A funnel is no league table. Organisations are listed by name, and only the one that the page is about is named in the
drawing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.apps.accountability.presenters import numbers
from evenhand.apps.accountability.presenters.breakdowns import Breakdown
from evenhand.apps.accountability.presenters.definitions import counted_out_of
from evenhand.apps.accountability.presenters.funnels import Compared, drawn, has_spread, position_of, position_words
from evenhand.apps.accountability.presenters.groups import people
from evenhand.apps.accountability.presenters.levels import several
from evenhand.apps.accountability.presenters.places import Place, place
from evenhand.apps.accountability.presenters.series import printed_counts
from evenhand.apps.accountability.queries import IndicatorInPlace
from evenhand.charts.funnel import FunnelChart
from evenhand.datasets.observations import OrganisationLevel
from evenhand.ethnicity import TOTALS, SpecialGroup
from evenhand.indicators.specification import Statistic, Version
from evenhand.publication.observations import ReleasedObservation
from evenhand.stats.funnels import Funnel, Position, proportion_funnel, rate_funnel
from evenhand.stats.overdispersion import FEWEST_ORGANISATIONS

FEWEST = 3
"""Organisations with printed counts that a drawing takes."""

FEWEST_FOR_A_GROUP = 5
"""The same for one ethnic group, whose counts are smaller."""

_INNER = 0.05  # of organisations that chance alone puts beyond the inner limits


@dataclass(frozen=True, slots=True)
class BetweenOrganisations:
    """The section: a funnel for everybody and, where enough is printed, one for a group; or why there is none."""

    text: str
    funnels: tuple["ExplainedFunnel", ...]


@dataclass(frozen=True, slots=True)
class ExplainedFunnel:
    """A funnel with what it shows of the organisation of the page."""

    text: str
    chart: FunnelChart


def between_organisations(
    of: IndicatorInPlace, version: Version, breakdown: Breakdown, group: ReleasedObservation | None
) -> BetweenOrganisations | None:
    """None where nothing is compared: countries, figures without counts. ``group``: what the page says most of."""
    everybody = next(filter(printed_counts, (breakdown.total(SpecialGroup.ALL), breakdown.everyone_known)), None)
    is_country = of.organisation.organisation.level is OrganisationLevel.COUNTRY
    if everybody is None or is_country or version.statistic is Statistic.PUBLISHED_RATE:
        return None
    places = {each.organisation.code: place(each) for each in of.listed}
    compared = _compared(of, version, everybody, places)
    if len(compared.counted) < FEWEST:
        return BetweenOrganisations(_too_few(compared), ())
    funnels = [_explained("between-organisations", compared)]
    if of_group := _of_a_group(of, version, breakdown, group, places):
        funnels.append(_explained("between-organisations-group", of_group))
    return BetweenOrganisations(_how_to_read(compared), tuple(funnels))


def _compared(
    of: IndicatorInPlace, version: Version, like: ReleasedObservation, places: Mapping[str, Place]
) -> Compared:
    """The figures of the group of ``like`` in every organisation, in the same unit; each organisation once."""
    rows: dict[str, ReleasedObservation] = {}
    for row in (row for figures in of.beside for row in figures.observations):
        fits = row.group == like.group and row.unit == like.unit
        if fits and (row.group in TOTALS or row.classification == like.classification):
            rows[row.organisation.code] = row
    return Compared(of=of, version=version, rows=tuple(rows.values()), places=places)


def _of_a_group(
    of: IndicatorInPlace,
    version: Version,
    breakdown: Breakdown,
    group: ReleasedObservation | None,
    places: Mapping[str, Place],
) -> Compared | None:
    """The group of the page, else the one that most organisations print, of those large enough the largest."""
    minorities = [row for row in breakdown.groups if row is not breakdown.comparator]
    by_size = sorted(minorities, key=lambda row: row.denominator.value or 0, reverse=True)
    candidates = [_compared(of, version, row, places) for row in (*([group] if group else []), *by_size)]
    enough = [each for each in candidates if len(each.counted) >= FEWEST_FOR_A_GROUP]
    if group is not None and candidates[0] in enough:
        return candidates[0]
    return max(enough, key=lambda each: len(each.counted), default=None)


def _too_few(compared: Compared) -> str:
    level = several(compared.level)
    counted = len(compared.counted)
    if counted < 2:
        return _("No others of the %(places)s have figures of this period here to compare with.") % {"places": level}
    return _("Only %(number)s %(places)s have figures of this period here; it takes %(needed)s to compare them.") % {
        "number": numbers.number(counted),
        "places": level,
        "needed": numbers.number(FEWEST),
    }


def _how_to_read(compared: Compared) -> str:
    return _(
        "Each dot is one of the %(places)s, further right the more %(noun)s it has. Chance moves small ones more, so "
        "the lines stand wider apart on the left. This is no league table: where a dot lies says nothing about why, "
        "and whom one serves may differ from whom another serves."
    ) % {"places": several(compared.level), "noun": counted_out_of(compared.version)}


def _explained(identifier: str, compared: Compared) -> ExplainedFunnel:
    counts = [printed_counts(row) or (0, 0) for row in compared.counted]
    events_, sizes = (np.array(column, dtype=np.float64) for column in zip(*counts, strict=True))
    funnel = proportion_funnel if compared.version.statistic is Statistic.PROPORTION else rate_funnel
    found = funnel(events_, sizes, per=compared.version.per)
    text = " ".join(_sentences(compared, found))
    return ExplainedFunnel(text, drawn(identifier, compared, found, text))


def _sentences(compared: Compared, found: Funnel) -> Iterator[str]:
    subject = compared.of.organisation.organisation.code
    names = [row.organisation.code for row in compared.counted]
    if subject in names:
        yield _subject(compared, found, names.index(subject))
    else:
        yield _("%(name)s has no place in it: its figure is not printed.") % {"name": compared.places[subject].name}
    number = len(names)
    beyond = int(np.count_nonzero(found.by_chance.position))
    words = {
        "number": numbers.number(number),
        "places": several(compared.level),
        "expected": _about(number * _INNER),
        "beyond": _several(beyond),
    }
    by_chance = _(
        "By chance alone %(expected)s of the %(number)s %(places)s would lie outside the range that holds 95 of 100; "
        "%(beyond)s."
    )
    yield by_chance % words
    if has_spread(found):
        outside = sum(position_of(found, index) is not Position.INSIDE for index in range(number))
        more = _(
            "So they differ by more than chance. With a range that allows for their usual differences, %(beyond)s."
        )
        yield more % {"beyond": _several(outside)}
    elif number < FEWEST_ORGANISATIONS:
        yield _("With fewer than %(number)s, nobody can tell how much they usually differ.") % {
            "number": numbers.number(FEWEST_ORGANISATIONS)
        }


def _subject(compared: Compared, found: Funnel, index: int) -> str:
    name = compared.places[compared.of.organisation.organisation.code].name
    by_chance = Position(int(found.by_chance.position[index]))
    words = {"name": name, "whom": _whom(compared), "places": several(compared.level)}
    if by_chance is Position.INSIDE:
        return _("%(name)s%(whom)s: about what chance allows.") % words
    if not has_spread(found):
        return _("%(name)s%(whom)s: %(position)s.") % {**words, "position": position_words(by_chance)}
    position = position_of(found, index)
    if position is Position.INSIDE:
        return _("%(name)s%(whom)s: %(position)s, but within how much %(places)s usually differ.") % {
            **words,
            "position": position_words(by_chance),
        }
    return _("%(name)s%(whom)s: %(position)s, even allowing for how much %(places)s usually differ.") % {
        **words,
        "position": position_words(position),
    }


def _whom(compared: Compared) -> str:
    row = compared.rows[0]
    return "" if row.group in TOTALS else _(", %(people)s") % {"people": people(row)}


def _about(expected: float) -> str:
    if expected < 1:
        return _("less than one")
    return _("about %(number)s") % {"number": numbers.number(round(expected))}


def _several(number: int) -> str:
    if number == 0:
        return _("none lies outside")
    return ngettext("%(number)s lies outside", "%(number)s lie outside", number) % {"number": numbers.number(number)}
