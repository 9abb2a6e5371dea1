"""From released counts to released figures: value, ratio to the comparator, and what may be claimed of it.

Everything here is worked out from the counts as they are printed, hidden ones left out and rounding allowed for, and
from nothing else. A rate of unrounded counts beside a published population would give the count away: at one decimal
per 100,000 every count among fewer than a million people can be read off it. So whoever loads a release can work out
every figure again, and does.

The more groups are compared, the more often chance alone makes one of them stand out. What is claimed is therefore
decided over all groups of a breakdown together (``evenhand.stats.multiplicity``); the intervals that are printed are
each group's own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from math import isfinite, isnan

import numpy as np

from evenhand.datasets.counts import CellStatus, Count
from evenhand.datasets.observations import Organisation, Period
from evenhand.errors import InputRefused
from evenhand.ethnicity import TOTAL, SpecialGroup, classification
from evenhand.indicators.specification import Statistic, Version
from evenhand.publication.observations import CLAIM_RULE, Estimate, ReleasedObservation, Verdict
from evenhand.publication.precision import significant
from evenhand.stats.estimates import Estimate as Ratio
from evenhand.stats.intervals import Interval, IntervalArray
from evenhand.stats.multiplicity import Claim, claims
from evenhand.stats.proportions import proportion
from evenhand.stats.rates import crude_rate
from evenhand.stats.ratios import proportion_ratio, published_rate_ratio, rate_ratio
from evenhand.stats.rounded_counts import (
    proportion_interval_with_rounding,
    proportion_ratio_interval_with_rounding,
    rate_interval_with_rounding,
    rate_ratio_interval_with_rounding,
)

_Place = tuple[str, Period, Organisation, str]

_Comparison = Callable[[float], tuple[Ratio, Interval]]
"""Of a confidence: the ratio of two figures, and its interval with rounding allowed for."""

PUBLISHED_INTERVAL = "as published, with the publisher's half-width"

CONFIDENCE = 0.95
"""Of every interval that is printed, and of the half-widths that publishers print."""

_VERDICTS = {Claim.HIGHER: Verdict.HIGHER, Claim.LOWER: Verdict.LOWER, Claim.NONE: Verdict.CANNOT_TELL}

SPECIAL_LABELS = {
    SpecialGroup.UNKNOWN: "Ethnicity not recorded",
    SpecialGroup.NOT_STATED: "Not stated",
    SpecialGroup.NOT_KNOWN: "Not known",
    SpecialGroup.ALL_KNOWN: "All whose ethnicity is recorded",
    SpecialGroup.ALL: "All",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one row of a release is worked out from: released counts, or the rate that a publisher printed."""

    indicator: str
    period: Period
    organisation: Organisation
    classification: str
    group: str
    numerator: Count
    denominator: Count
    published_value: float | None = None
    published_half_width: float | None = None


def released_observations(
    figures: Iterable[Figure],
    indicators: Sequence[str],
    versions: Mapping[tuple[str, Period], Version],
    comparators: Mapping[str, str],
) -> tuple[ReleasedObservation, ...]:
    """The rows of a release, in the order: indicator, period, organisation, classification, group.

    Args:
        indicators: ids, in the order in which they come. Organisations and classifications come in the order in which
            the figures first name them.
        versions: the definition in force, for each indicator and period.
        comparators: the group to compare with, for each classification that has one.

    Raises:
        InputRefused: two figures for the same place and group, or a part larger than its whole.
    """
    tables: dict[_Place, dict[str, Figure]] = {}
    for figure in figures:
        place = (figure.indicator, figure.period, figure.organisation, figure.classification)
        groups = tables.setdefault(place, {})
        if figure.group in groups:
            raise InputRefused(
                f"{figure.indicator}, {figure.organisation.code}, {figure.period.start} to {figure.period.end}: "
                f"the group {figure.group!r} of {figure.classification} has two figures. Keep one of them."
            )
        groups[figure.group] = figure
    rank = _ranks(tables, indicators)
    return tuple(
        row
        for place in sorted(tables, key=rank)
        for row in _table_rows(tables[place], versions[place[:2]], comparators.get(place[3]))
    )


def _ranks(places: Iterable[_Place], indicators: Sequence[str]) -> Callable[[_Place], tuple[int, Period, int, int]]:
    organisations: dict[Organisation, int] = {}
    classifications: dict[str, int] = {}
    for _, _, organisation, scheme in places:
        organisations.setdefault(organisation, len(organisations))
        classifications.setdefault(scheme, len(classifications))

    def rank(place: _Place) -> tuple[int, Period, int, int]:
        indicator, period, organisation, scheme = place
        return indicators.index(indicator), period, organisations[organisation], classifications[scheme]

    return rank


def _table_rows(
    groups: Mapping[str, Figure], version: Version, comparator: str | None
) -> tuple[ReleasedObservation, ...]:
    """The rows of one indicator, period, organisation and classification, in the classification's own order."""
    compared_with = groups.get(comparator) if comparator is not None else None
    ordered = sorted(groups.values(), key=lambda figure: group_order(figure.classification, figure.group))
    comparisons = [_comparison(figure, compared_with, version) for figure in ordered]
    ratios = [None if comparison is None else _printed_ratio(comparison) for comparison in comparisons]
    claimed = iter(_claimed([found for found, ratio in zip(comparisons, ratios, strict=True) if found and ratio]))
    return tuple(
        _row(figure, version, compared_with, ratio, Verdict.NO_CLAIM if ratio is None else next(claimed))
        for figure, ratio in zip(ordered, ratios, strict=True)
    )


def _row(
    figure: Figure, version: Version, compared_with: Figure | None, ratio: Estimate | None, verdict: Verdict
) -> ReleasedObservation:
    value = _value(figure, version)
    return ReleasedObservation(
        indicator=figure.indicator,
        period=figure.period,
        organisation=figure.organisation,
        classification=figure.classification,
        group=figure.group,
        group_label=group_label(figure.classification, figure.group),
        group_order=group_order(figure.classification, figure.group),
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=value,
        value_status=_value_status(figure, version, value),
        unit=version.unit,
        comparator=compared_with.group if compared_with is not None and ratio is not None else None,
        ratio=ratio,
        verdict=Verdict.COMPARATOR if figure is compared_with else verdict,
    )


def _claimed(comparisons: Sequence[_Comparison]) -> list[Verdict]:
    """What may be claimed of each: only what neither chance, among so many, nor rounding can explain."""
    if not comparisons:
        return []

    def intervals_at(confidence: float) -> IntervalArray:
        found = [comparison(confidence)[1] for comparison in comparisons]
        lower, upper = ([significant(limit) for limit in limits] for limits in zip(*map(astuple, found), strict=True))
        return IntervalArray(np.array(lower), np.array(upper))

    found = claims(intervals_at, no_difference=1, false_discovery_rate=CLAIM_RULE.false_discovery_rate)
    return [_VERDICTS[Claim(claim)] for claim in found.claim.tolist()]


def group_label(scheme: str, group: str) -> str:
    """The group's name in its classification; for totals and unknown, words of our own."""
    if group in set(SpecialGroup):
        return SPECIAL_LABELS[SpecialGroup(group)]
    return classification(scheme).category(group).label


def group_order(scheme: str, group: str) -> int:
    """The group's position in its classification; unknown and totals come after every group."""
    categories = 0 if scheme == TOTAL else len(classification(scheme).categories)
    if group in set(SpecialGroup):
        return categories + list(SPECIAL_LABELS).index(SpecialGroup(group))
    return classification(scheme).category(group).order


def _value_status(figure: Figure, version: Version, value: Estimate | None) -> CellStatus:
    """Why there is no value: the first of hidden, not recorded, not applicable that holds for a part of it."""
    if value is not None:
        return CellStatus.PUBLISHED
    statuses = {figure.numerator.status, figure.denominator.status}
    if version.statistic is Statistic.PUBLISHED_RATE and figure.group not in set(SpecialGroup):
        statuses.add(CellStatus.UNKNOWN)  # the publisher could have printed a rate of this group and did not
    for status in (CellStatus.SUPPRESSED, CellStatus.UNKNOWN):
        if status in statuses:
            return status
    return CellStatus.NOT_APPLICABLE


def _value(figure: Figure, version: Version) -> Estimate | None:
    if version.statistic is Statistic.PUBLISHED_RATE:
        return _published_value(figure)
    if not _has_counts(figure):
        return None
    return _share(figure, version) if version.statistic is Statistic.PROPORTION else _rate(figure, version)


def _comparison(a: Figure, b: Figure | None, version: Version) -> _Comparison | None:
    """The ratio of a to b; None where nothing is compared or a part of it is not printed."""
    if b is None or a is b or a.group in set(SpecialGroup):
        return None
    if version.statistic is Statistic.PUBLISHED_RATE:
        return _comparison_of_published(a, b)
    if not (_has_counts(a) and _has_counts(b)):
        return None
    return _comparison_of_proportions(a, b) if version.statistic is Statistic.PROPORTION else _comparison_of_rates(a, b)


def _has_counts(figure: Figure) -> bool:
    """Whether both counts are printed and there is somebody to count out of, whatever the rounding hides."""
    if figure.numerator.status is not CellStatus.PUBLISHED or figure.denominator.status is not CellStatus.PUBLISHED:
        return False
    return figure.denominator.smallest > 0


def _published(figure: Figure) -> tuple[float, float] | None:
    """The rate and its half-width, where both were published."""
    if figure.published_value is None or figure.published_half_width is None:
        return None
    return figure.published_value, figure.published_half_width


def _published_value(figure: Figure) -> Estimate | None:
    published = _published(figure)
    if published is None:
        return None
    value, half_width = published
    return _estimate(value, Interval(max(0.0, value - half_width), value + half_width), PUBLISHED_INTERVAL)


def _rate(figure: Figure, version: Version) -> Estimate | None:
    events, people = figure.numerator, figure.denominator
    rate = crude_rate(*_numbers(figure), per=version.per)
    rounded = rate_interval_with_rounding(
        events.smallest, events.largest, _number(people), population_margin=_margin(people), per=version.per
    )
    return _estimate(rate.value, rate.interval, rate.method, rounded)


def _share(figure: Figure, version: Version) -> Estimate | None:
    share = proportion(*_numbers(figure))
    rounded = proportion_interval_with_rounding(*_bounds(figure))
    return _estimate(share.value * version.per, share.interval * version.per, share.method, rounded * version.per)


def _comparison_of_rates(a: Figure, b: Figure) -> _Comparison:
    def at(confidence: float) -> tuple[Ratio, Interval]:
        ratio = rate_ratio(*_numbers(a), *_numbers(b), confidence=confidence)
        rounded = rate_ratio_interval_with_rounding(
            a.numerator.smallest,
            a.numerator.largest,
            _number(a.denominator),
            b.numerator.smallest,
            b.numerator.largest,
            _number(b.denominator),
            population_margin_a=_margin(a.denominator),
            population_margin_b=_margin(b.denominator),
            confidence=confidence,
        )
        return ratio, rounded

    return at


def _comparison_of_proportions(a: Figure, b: Figure) -> _Comparison:
    def at(confidence: float) -> tuple[Ratio, Interval]:
        ratio = proportion_ratio(*_numbers(a), *_numbers(b), confidence=confidence)
        return ratio, proportion_ratio_interval_with_rounding(_bounds(a), _bounds(b), confidence=confidence)

    return at


def _comparison_of_published(a: Figure, b: Figure) -> _Comparison | None:
    of_a, of_b = _published(a), _published(b)
    if of_a is None or of_b is None:
        return None

    def at(confidence: float) -> tuple[Ratio, Interval]:
        ratio = published_rate_ratio(*of_a, *of_b, confidence=confidence, published_confidence=CONFIDENCE)
        return ratio, ratio.interval

    return at


def _printed_ratio(comparison: _Comparison) -> Estimate | None:
    ratio, rounded = comparison(CONFIDENCE)
    return _estimate(ratio.value, ratio.interval, ratio.method, rounded)


def _estimate(value: float, interval: Interval, method: str, rounded: Interval | None = None) -> Estimate | None:
    """The estimate to ten digits; None where there is no such number (a rate of nobody, a ratio to none)."""
    rounded = rounded or interval
    if not isfinite(value) or isnan(interval.lower) or isnan(rounded.lower):
        return None
    return Estimate(
        value=significant(value),
        lower=significant(interval.lower),
        upper=significant(interval.upper),
        lower_with_rounding=significant(rounded.lower),
        upper_with_rounding=significant(rounded.upper),
        method=method,
    )


def _numbers(figure: Figure) -> tuple[int, int]:
    return _number(figure.numerator), _number(figure.denominator)


def _number(count: Count) -> int:
    assert count.value is not None  # noqa: S101 (asked for printed counts alone; this tells the type checker)
    return count.value


def _margin(count: Count) -> int:
    """By how much the true count may differ from the printed one."""
    return count.rounded_to // 2


def _bounds(figure: Figure) -> tuple[int, int, int, int]:
    part, whole = figure.numerator, figure.denominator
    return part.smallest, part.largest, whole.smallest, whole.largest
