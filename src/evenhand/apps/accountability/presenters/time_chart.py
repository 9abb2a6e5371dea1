"""The control chart of a series: which limits it has, what each point of it says, and the words around it."""

import math
from collections.abc import Iterator, Mapping

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import marks, numbers
from evenhand.apps.accountability.presenters.definitions import (
    counted_out_of,
    events,
    per_so_many,
    version_for,
)
from evenhand.apps.accountability.presenters.drawings import tick
from evenhand.apps.accountability.presenters.series import Series
from evenhand.apps.accountability.presenters.tables import rounded_to
from evenhand.charts.control import ControlChart, ControlWords, EndNumbers, control_chart
from evenhand.charts.marks import MarkKind
from evenhand.charts.readings import Break, Reading, ReadingKind
from evenhand.charts.scale import scale_of_series
from evenhand.indicators.specification import Direction, Indicator, Statistic, Version
from evenhand.publication.observations import ReleasedObservation
from evenhand.stats import chart_rules, control_charts
from evenhand.stats.attribute_charts import FEW_EVENTS, p_prime_chart, u_prime_chart
from evenhand.stats.chart_rules import Rule
from evenhand.stats.chart_series import ChartSettings
from evenhand.stats.statuses import Status
from evenhand.stats.xmr import xmr_chart

NEEDED = ChartSettings().minimum_points
"""How many points it takes to say what is usual."""

_DIRECTIONS = {
    Direction.LOWER_IS_BETTER: chart_rules.Direction.DOWN,
    Direction.HIGHER_IS_BETTER: chart_rules.Direction.UP,
    Direction.CONTEXT: chart_rules.Direction.NEITHER,
}
_WITHOUT_A_POINT = {
    MarkKind.HIDDEN: ReadingKind.HIDDEN,
    MarkKind.NOT_RECORDED: ReadingKind.NOT_RECORDED,
    MarkKind.DOES_NOT_APPLY: ReadingKind.DOES_NOT_APPLY,
}
_BEYOND = Rule.ABOVE_UPPER_LIMIT | Rule.BELOW_LOWER_LIMIT
_MOST_CAPTIONS = 3  # points that are named on the drawing


def judged(indicator: Indicator, version: Version, series: Series) -> control_charts.ControlChart:
    """The series against what chance alone would do to it, the figures in the unit of the page.

    Rates and shares by the counts behind them, so that a month with more people weighs more; a publisher's own rates
    by how much neighbours differ. Where the definition changes, level and limits begin anew.
    """
    settings = ChartSettings(
        direction=_DIRECTIONS[indicator.direction],
        recalculate_at=tuple(series.places[index].period.start for index in _new_versions(indicator, series)),
    )
    periods = [place.period.start for place in series.places]
    if version.statistic is Statistic.PUBLISHED_RATE:
        return xmr_chart(series.values(), periods, settings, unit=version.unit, lower_bound=0.0)
    if version.statistic is Statistic.PROPORTION:
        return p_prime_chart(*series.counts(), periods, settings)
    return u_prime_chart(*series.counts(), periods, settings, per=version.per)


def time_chart(
    identifier: str,
    series: Series,
    found: control_charts.ControlChart,
    indicator: Indicator,
    version: Version,
    *,
    title: str,
    who: str,
    summary: str,
    source: str,
) -> ControlChart:
    """The drawing. ``who``: whom the series counts, as the start of the subtitle; ``summary``: what it comes to."""
    readings = tuple(_readings(series, found, version))
    finite = [reading.number for reading in readings if reading.number is not None]
    scale = scale_of_series(
        [*finite, *(reading.centre for reading in readings)],
        [limit for reading in readings for limit in (reading.lower, reading.upper)],
    )
    last = next((reading for reading in reversed(readings) if reading.has_limits), None)
    return control_chart(
        identifier,
        readings,
        scale,
        ControlWords(
            title=title,
            subtitle=" ".join([who, *_rounding(series)]),
            value_heading=per_so_many(version),
            summary=summary,
            label_heading=series.cadence.heading(),
            cell_headings=_headings(series, version),
            key=_key(),
            centre=_("The usual level: the mean of all that are drawn"),
            within=_("What chance explains, going by how much the figures have varied"),
            no_limits=no_limits(series, found),
            not_from_zero=_("The scale does not begin at zero."),
            note=" ".join(_note(series, found, version, source)),
            mirrored=_("Time runs from right to left."),
        ),
        ends=_ends(last),
        breaks=[Break(index, _("counted in another way from here")) for index in _new_versions(indicator, series)],
        right_to_left=get_language_bidi(),
        write_tick=tick,
    )


def has_limits(found: control_charts.ControlChart) -> bool:
    """Whether chance can be told from more than chance anywhere."""
    return bool((found.status == Status.GIVEN).any())


def no_limits(series: Series, found: control_charts.ControlChart) -> str:
    """Why there are no limits; nothing where there are."""
    if has_limits(found):
        return ""
    figures = len(series.valued)
    if figures >= NEEDED:
        return _("With so many gaps nobody can say what is usual.")
    return _("%(found)s: %(needed)s are needed to say what is usual.") % {
        "found": series.cadence.count(figures),
        "needed": numbers.number(NEEDED),
    }


def what_it_shows(rules: Rule, *, with_limits: bool) -> str:
    """One point in words, for the table."""
    if not with_limits:
        return _("too few to say")
    words = {
        Rule.ABOVE_UPPER_LIMIT: _("higher than chance explains"),
        Rule.BELOW_LOWER_LIMIT: _("lower than chance explains"),
        Rule.SHIFT_ABOVE: _("one of a long run above the usual level"),
        Rule.SHIFT_BELOW: _("one of a long run below the usual level"),
        Rule.RISING: _("one of a long rise"),
        Rule.FALLING: _("one of a long fall"),
        Rule.TWO_OF_THREE_ABOVE: _("one of two close together that are nearly too high for chance"),
        Rule.TWO_OF_THREE_BELOW: _("one of two close together that are nearly too low for chance"),
    }
    broken = [words[rule] for rule in Rule if rule in rules]
    return "; ".join(broken) or _("what chance explains")


def scaled(version: Version) -> float:
    """What the limits of shares are multiplied by to stand in the unit of the page."""
    return version.per if version.statistic is Statistic.PROPORTION else 1


def _new_versions(indicator: Indicator, series: Series) -> tuple[int, ...]:
    """Where in the series another version of the definition begins to hold."""
    versions = [version_for(indicator, place.period) for place in series.places]
    return tuple(index for index in range(1, len(versions)) if versions[index] is not versions[index - 1])


def _readings(series: Series, found: control_charts.ControlChart, version: Version) -> Iterator[Reading]:
    captions = _named(series, found, version)
    for index, (place, point) in enumerate(zip(series.places, found, strict=True)):
        row, cadence = place.row, series.cadence
        value = "" if row is None else marks.value_words(row)[0]
        lower, centre, upper = (limit * scaled(version) for limit in (point.lower, point.centre, point.upper))
        yield Reading(
            kind=_kind(marks.kind_of(row) if row is not None else MarkKind.NOT_RECORDED, point.rules),
            label=numbers.short_period(place.period),
            value=value or _("not released here"),
            number=None if row is None or row.value is None else row.value.value,
            lower=math.nan if found.lower_at_bound[index] else lower,
            centre=centre,
            upper=math.nan if found.upper_at_bound[index] else upper,
            time=cadence.short(place.period),
            caption=captions.get(index, ""),
            cells=tuple(_cells(place.row, point, version, lower=lower, upper=upper)),
        )


def _kind(mark: MarkKind, rules: Rule) -> ReadingKind:
    if mark in _WITHOUT_A_POINT:
        return _WITHOUT_A_POINT[mark]
    if rules:
        return ReadingKind.SPECIAL if rules & _BEYOND else ReadingKind.PATTERN
    return ReadingKind.NONE if mark is MarkKind.NONE else ReadingKind.ORDINARY


def _named(series: Series, found: control_charts.ControlChart, version: Version) -> Mapping[int, str]:
    """The points furthest beyond the limits, with their names."""
    beyond = [index for index, point in enumerate(found) if point.rules & _BEYOND]
    furthest = sorted(beyond, key=lambda index: abs(found.value[index] - found.centre[index]), reverse=True)
    return {
        index: _("%(period)s: %(value)s")
        % {
            "period": numbers.short_period(series.places[index].period),
            "value": numbers.point(found.value[index] * scaled(version)),
        }
        for index in furthest[:_MOST_CAPTIONS]
    }


def _headings(series: Series, version: Version) -> tuple[str, ...]:
    counts = (marks.sentence_case(events(version)), marks.sentence_case(counted_out_of(version)))
    rounding = rounded_to(series.rows)
    if rounding > 1:
        counts = (_("%(events)s, to nearest %(number)s") % {"events": counts[0], "number": rounding}, counts[1])
    return (*_if_counted(version, counts), per_so_many(version), _("What chance explains"), _("What it shows"))


def _if_counted(version: Version, counts: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of counts; none where a publisher prints its own rates."""
    return () if version.statistic is Statistic.PUBLISHED_RATE else counts


def _cells(
    row: ReleasedObservation | None,
    point: control_charts.ControlPoint,
    version: Version,
    *,
    lower: float,
    upper: float,
) -> Iterator[str]:
    if row is None:
        yield from (_("not released here") for _cell in _if_counted(version, ("", "")))
        yield from (_("not released here"), "", "")
        return
    yield from _if_counted(version, (numbers.count(row.numerator), numbers.count(row.denominator)))
    if row.value is None:
        word = str(numbers.STATUS_WORDS[row.value_status])
        yield from (word, "", word)
        return
    yield numbers.number(row.value.value, 1)
    yield numbers.range_of(lower, upper, decimals=1)
    yield what_it_shows(point.rules, with_limits=point.status is Status.GIVEN)


def _key() -> Mapping[ReadingKind, str]:
    return {
        ReadingKind.SPECIAL: _("Higher or lower than chance explains"),
        ReadingKind.PATTERN: _("Several together that chance seldom gives: a long run, or two near a limit"),
        ReadingKind.NONE: _("None: counted, and there were none"),
        ReadingKind.HIDDEN: _("Hidden to protect people in small groups"),
        ReadingKind.NOT_RECORDED: _("No figure: not recorded, or not released here"),
        ReadingKind.DOES_NOT_APPLY: _("Does not apply: no such number can exist"),
    }


def _rounding(series: Series) -> Iterator[str]:
    rounding = rounded_to(series.rows)
    if rounding > 1:
        yield _("Counts rounded to %(number)s before publication.") % {"number": rounding}


def _note(series: Series, found: control_charts.ControlChart, version: Version, source: str) -> Iterator[str]:
    rounding = rounded_to(series.rows)
    if rounding > 1:
        yield _("Rounding moves each count by up to %(number)s; that is part of the ups and downs.") % {
            "number": rounding // 2
        }
    if has_limits(found):
        if found.rules.any():
            yield _(
                "Where nothing changes, chance still marks some points: in two years of months, in one series of six."
            )
        if version.statistic is not Statistic.PUBLISHED_RATE and 0 < _mean_events(series) < FEW_EVENTS:
            yield _("So few are counted each time that the limits are rough.")
        yield _("Limits: %(method)s, with the rules of Making Data Count (NHS England).") % {"method": found.method}
    yield _("Source: %(source)s.") % {"source": source}


def _mean_events(series: Series) -> float:
    counts = [row.numerator.value for row in series.valued if row.numerator.value is not None]
    return sum(counts) / len(counts)


def _ends(last: Reading | None) -> EndNumbers:
    """The last level and limits, as written at the ends of their lines."""
    if last is None:
        return EndNumbers()
    upper, centre, lower = (
        numbers.point(value) if math.isfinite(value) else "" for value in (last.upper, last.centre, last.lower)
    )
    return EndNumbers(upper=upper, centre=centre, lower=lower)
