"""What a series does, in the words of the page: what is marked and when, the newest figure, and nothing about why."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import numbers
from evenhand.apps.accountability.presenters.definitions import counted_out_of, events
from evenhand.apps.accountability.presenters.series import Series
from evenhand.apps.accountability.presenters.time_chart import has_limits, no_limits
from evenhand.indicators.specification import Statistic, Version
from evenhand.stats.chart_rules import Direction, Rule, Variation
from evenhand.stats.control_charts import ControlChart

_MOST_NAMED = 4  # a sentence that names more periods than this is not read


def what_it_does(series: Series, found: ControlChart, version: Version) -> str:
    """The series in two to six short sentences."""
    values = [row.value.value for row in series.valued if row.value is not None]
    if not any(values):
        return _("%(periods)s, and none in any of them.") % {"periods": series.cadence.count(len(values))}
    if len(set(values)) == 1 and len(values) > 1:
        first = _("The number was the same %(each)s.") % {"each": series.cadence.each()}
    else:
        first = _range(series, values, version)
    if not has_limits(found):
        cannot = _("So we cannot tell whether any of this is more than the usual ups and downs.")
        return " ".join((first, no_limits(series, found), cannot))
    marked = list(_marked(series, found))
    if not marked:
        marked = [_("All of it is what chance explains, going by how much the figures vary.")]
    return " ".join((first, *marked, *_newest(series, found)))


def _range(series: Series, values: Sequence[float], version: Version) -> str:
    """Between what the number moved: as a share, or as events for every so many."""
    words = _("Over %(periods)s there were between %(low)s and %(high)s %(events)s for every %(per)s %(noun)s.")
    if version.statistic is Statistic.PROPORTION:
        words = _("Over %(periods)s the share was between %(low)s and %(high)s of every %(per)s.")
    return words % {
        "periods": series.cadence.count(len(values)),
        "low": numbers.point(min(values)),
        "high": numbers.point(max(values)),
        "events": events(version),
        "per": numbers.number(version.per),
        "noun": counted_out_of(version),
    }


def _marked(series: Series, found: ControlChart) -> Iterator[str]:
    """A sentence for each rule that points break."""
    high = _periods(series, _places(found, Rule.ABOVE_UPPER_LIMIT))
    low = _periods(series, _places(found, Rule.BELOW_LOWER_LIMIT))
    if high:
        yield _("Higher than chance explains: %(periods)s.") % {"periods": high}
    if low:
        yield _("Lower than chance explains: %(periods)s.") % {"periods": low}
    runs = {
        Rule.SHIFT_ABOVE: _("From %(start)s to %(end)s it was above its usual level %(each)s."),
        Rule.SHIFT_BELOW: _("From %(start)s to %(end)s it was below its usual level %(each)s."),
        Rule.RISING: _("From %(start)s to %(end)s it rose %(each)s."),
        Rule.FALLING: _("From %(start)s to %(end)s it fell %(each)s."),
    }
    for rule, words in runs.items():
        for first, last in _runs(_places(found, rule)):
            start, end = (numbers.short_period(series.places[index].period) for index in (first, last))
            yield words % {"start": start, "end": end, "each": series.cadence.each()}
    yield from _near_a_limit(series, found)


def _near_a_limit(series: Series, found: ControlChart) -> Iterator[str]:
    above = _periods(series, _places(found, Rule.TWO_OF_THREE_ABOVE))
    below = _periods(series, _places(found, Rule.TWO_OF_THREE_BELOW))
    if above:
        yield _("So high so close together is more than chance usually gives: %(periods)s.") % {"periods": above}
    if below:
        yield _("So low so close together is more than chance usually gives: %(periods)s.") % {"periods": below}


def _newest(series: Series, found: ControlChart) -> Iterator[str]:
    """What the last figure shows, and which way is good."""
    if found.last is None or not found.rules.any():
        return
    period = numbers.short_period(series.places[found.last].period)
    if found.last_variation is Variation.COMMON_CAUSE:
        yield _("The newest, %(period)s, is within what chance explains.") % {"period": period}
        return
    yield _("The newest, %(period)s, is among these.") % {"period": period}
    if found.settings.direction is Direction.UP:
        yield _("Higher is better here.")
    elif found.settings.direction is Direction.DOWN:
        yield _("Lower is better here.")


def _places(found: ControlChart, rule: Rule) -> list[int]:
    places: list[int] = np.flatnonzero(found.rules & np.uint8(rule)).tolist()
    return places


def _periods(series: Series, places: Sequence[int]) -> str:
    """``July 2023 and August 2023``, or how many they are."""
    if len(places) > _MOST_NAMED:
        return series.cadence.count(len(places))
    return numbers.listed([numbers.short_period(series.places[index].period) for index in places])


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each stretch of neighbours."""
    for _distance, members in groupby(enumerate(places), key=lambda each: each[1] - each[0]):
        stretch = [index for _order, index in members]
        yield stretch[0], stretch[-1]
