"""What is counted, in the words of a definition and in sentences around them."""

import re
from dataclasses import dataclass

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
# "people restrained per 1,000 bed days in the period, age allowed for": what is counted, out of what
_UNIT = re.compile(r"(?P<what>.*?) ?\bper (?:[\d,]+|cent of) (?P<noun>[^,]+?)(?: in the period)?(?:, .*)?")
_SHORT = 20  # letters that a heading of the last column has room for
_JOINTS = re.compile(r" (?:of|with|without|that|who|where|in|by|to|under|at|on|for|from) ")
_NAMES_ITS_DAY = re.compile(r"\bon \d")
_PLURALS = {"person": "people", "man": "men", "woman": "women", "child": "children", "spell": "spells"}


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


def version_for(indicator: Indicator, period: Period) -> Version:
    """The version in force at the end of ``period``; the newest one when none is."""
    return indicator.on(period.end) or indicator.versions[-1]


def definition_versions(indicator: Indicator, period: Period) -> tuple[DefinitionVersion, ...]:
    """Every version of the definition, the newest first."""
    in_force = version_for(indicator, period)
    return tuple(_version(version, version is in_force) for version in reversed(indicator.versions))


def events(version: Version) -> str:
    """What is counted, in the plural: *detentions*, *people restrained*, *uses of force*."""
    found = _UNIT.fullmatch(version.unit)
    return _(found["what"]) if found and found["what"] else plural(_(version.numerator.counts))


def events_in(version: Version, period: Period) -> str:
    """With the period: *detentions in the year*; *people detained on 31 March* name their day themselves."""
    what = events(version)
    if _NAMES_ITS_DAY.search(version.numerator.counts):
        return what
    return _("%(events)s %(when)s") % {"events": what, "when": numbers.within(period)}


def plural(words: str) -> str:
    """The plural of an English noun or noun phrase: its head is the word before the first preposition."""
    joint = _JOINTS.search(words)
    head, rest = (words[: joint.start()], words[joint.start() :]) if joint else (words, "")
    first, space, others = head.partition(" ")
    if first in _PLURALS:  # person detained: the head stands first
        return f"{_PLURALS[first]}{space}{others}{rest}"
    before, space, noun = head.rpartition(" ")
    return f"{before}{space}{_plural_noun(noun)}{rest}"


def counted_out_of(version: Version) -> str:
    """The noun of the unit: *people* of *per 100,000 people*, *bed days* of *people restrained per 1,000 bed days*."""
    found = _UNIT.fullmatch(version.unit)
    return _(found["noun"] if found else version.unit)


def per_so_many(version: Version) -> str:
    """The unit as a short heading: *Per 100,000 people*, *Per cent*."""
    found = _UNIT.fullmatch(version.unit)
    if version.statistic is Statistic.PROPORTION and version.per == 100:
        return _("Per cent")
    noun = _(found["noun"]) if found and len(found["noun"]) <= _SHORT else ""
    return (_("Per %(number)s %(noun)s") % {"number": numbers.number(version.per), "noun": noun}).strip()


def is_out_of_people(version: Version) -> bool:
    """Whether the figures are of people who live somewhere, so that a sentence can name the people of a group."""
    return counted_out_of(version) == _("people")


def rate_word(version: Version) -> str:
    """How a figure is called in a sentence."""
    return _("share") if version.statistic is Statistic.PROPORTION else _("rate")


def allowing_for(version: Version) -> str:
    """``allowing for age and sex``, or nothing."""
    if not version.allows_for:
        return ""
    return _("allowing for %(what)s") % {"what": numbers.listed([_(what) for what in version.allows_for])}


def source_line(version: Version) -> str:
    """Publisher and title."""
    return f"{version.source.publisher}, {version.source.title}"


def _plural_noun(noun: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh)$", noun):
        return f"{noun}es"
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def _version(version: Version, in_force: bool) -> DefinitionVersion:
    once = version.numerator.person_counted_once
    return DefinitionVersion(
        validity=_validity(version),
        in_force=in_force,
        numerator=_(version.numerator.description),
        counted_once=_("Each person is counted once.") if once else _("One person can be counted more than once."),
        denominator=_(version.denominator.description) if version.denominator else "",
        how=str(_HOW[version.statistic]) % {"per": numbers.number(version.per)},
        caveats=tuple(_(caveat) for caveat in version.caveats),
        source=version.source,
    )


def _validity(version: Version) -> str:
    if version.valid_to is None:
        return _("From %(start)s") % {"start": numbers.day(version.valid_from)}
    return _("From %(start)s to %(end)s") % {
        "start": numbers.day(version.valid_from),
        "end": numbers.day(version.valid_to),
    }
