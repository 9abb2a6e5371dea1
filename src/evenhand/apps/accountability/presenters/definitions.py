"""What is counted, in the words of a definition and in sentences around them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.apps.accountability.presenters import numbers
from evenhand.datasets.observations import Period
from evenhand.indicators.specification import Indicator, Source, Statistic, Version

_HOW = {
    Statistic.RATE: gettext_lazy(
        "Events for every %(per)s of what they are counted out of. "
        "The range is Byar's, exact below 10 events, at 95 %%."
    ),
    Statistic.PROPORTION: gettext_lazy("A part of its own whole. The range is Wilson's, at 95 %%."),
    Statistic.PUBLISHED_RATE: gettext_lazy("The publisher's own rate, with the range that the publisher prints."),
}
_SHORT = 20  # letters that a heading of the last column has room for


@dataclass(frozen=True, slots=True)
class DefinitionVersion:
    """One dated version of a definition, ready to be set."""

    validity: str
    in_force: bool
    numerator: str
    counted_once: str
    denominator: str
    how: str
    caveats: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class DefinitionPage:
    """The page of a measure that no figure answers yet."""

    indicator: Indicator
    definitions: tuple[DefinitionVersion, ...]


def definition_page(indicator: Indicator, *, today: date) -> DefinitionPage:
    """What would be counted, as it is defined today."""
    return DefinitionPage(indicator, definition_versions(indicator, Period(today, today)))


def version_for(indicator: Indicator, period: Period) -> Version:
    """The version in force at the end of ``period``; the newest one when none is."""
    return indicator.on(period.end) or indicator.versions[-1]


def definition_versions(indicator: Indicator, period: Period) -> tuple[DefinitionVersion, ...]:
    """Every version of the definition, the newest first."""
    in_force = version_for(indicator, period)
    return tuple(_version(version, version is in_force) for version in reversed(indicator.versions))


def events(version: Version) -> str:
    """What is counted, in the plural: *detentions*, *people restrained*, *uses of a tactic*."""
    return _(version.numerator.counts)


def events_in(version: Version, period: Period) -> str:
    """With the period: *detentions in the year*; *people detained on 31 March* name their day themselves."""
    if version.numerator.on_one_day:
        return events(version)
    return _("%(events)s %(when)s") % {"events": events(version), "when": numbers.within(period)}


def counted_out_of(version: Version) -> str:
    """The noun of the unit: *people*, *bed days*."""
    return _(version.out_of)


def per_so_many(version: Version) -> str:
    """The unit as a short heading: *Per 100,000 people*, *Per cent*."""
    if version.statistic is Statistic.PROPORTION and version.per == 100:
        return _("Per cent")
    noun = counted_out_of(version) if len(counted_out_of(version)) <= _SHORT else ""
    return (_("Per %(number)s %(noun)s") % {"number": numbers.number(version.per), "noun": noun}).strip()


def what_is_measured(indicator: Indicator, version: Version) -> str:
    """What a chart is about: *Detentions for every 100,000 people*; for a share, the measure's title."""
    if version.statistic is Statistic.PROPORTION:
        return _(indicator.title)
    counted = events(version)
    return _("%(events)s for every %(number)s %(noun)s") % {
        "events": counted[:1].upper() + counted[1:],
        "number": numbers.number(version.per),
        "noun": counted_out_of(version),
    }


def is_out_of_people(version: Version) -> bool:
    """Whether the figures are of people who live somewhere, so that a sentence can name the people of a group."""
    return version.out_of == "people"


def rate_word(version: Version) -> str:
    """How a figure is called in a sentence."""
    return _("share") if version.statistic is Statistic.PROPORTION else _("rate")


def allowing_for(version: Version) -> str:
    """``allowing for age and sex``, or nothing."""
    if not version.allows_for:
        return ""
    return _("allowing for %(what)s") % {"what": numbers.listed([_(what) for what in version.allows_for])}


def _version(version: Version, in_force: bool) -> DefinitionVersion:
    once = version.numerator.person_counted_once
    return DefinitionVersion(
        validity=_validity(version),
        in_force=in_force,
        numerator=_(version.numerator.description),
        counted_once=_("Each person is counted once.") if once else _("One person can be counted more than once."),
        denominator=_(version.denominator.description) if version.denominator else "",
        how=str(_HOW[version.statistic]) % {"per": numbers.number(version.per)},
        caveats=tuple(_(caveat) for caveat in (*version.beside_the_figure, *version.caveats)),
        source=version.source,
    )


def _validity(version: Version) -> str:
    if version.valid_to is None:
        return _("From %(start)s") % {"start": numbers.day(version.valid_from)}
    return _("From %(start)s to %(end)s") % {
        "start": numbers.day(version.valid_from),
        "end": numbers.day(version.valid_to),
    }
