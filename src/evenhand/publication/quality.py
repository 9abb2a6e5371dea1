"""How complete the recording of ethnicity is, worked out from the counts that a release prints."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evenhand.datasets.counts import SUPPRESSED, UNKNOWN, CellStatus, Count
from evenhand.datasets.observations import Organisation, Period
from evenhand.ethnicity import SpecialGroup
from evenhand.publication.columns import (
    PLACE_COLUMNS,
    Column,
    Row,
    count_columns,
    count_values,
    place_values,
)
from evenhand.publication.observations import ReleasedObservation
from evenhand.publication.precision import significant

QUALITY_COLUMNS = (
    Column("measure", "string", "What is counted: the numerator's measure in indicators.json."),
    *PLACE_COLUMNS,
    *count_columns("known", "Of those counted, how many have an ethnic group recorded"),
    *count_columns("unknown", "Of those counted, how many have none recorded, or chose not to say"),
    *count_columns("total", "Those counted, known and unknown together"),
    Column(
        "completeness", "number", "known / total, from 0 to 1. Empty when one of them is not shown.", required=False
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRow:
    """How many of the people or events of one measure have an ethnic group recorded.

    ``completeness`` is ``known`` over ``total``, from 0 to 1; None when one of them is not a published number, or when
    nobody was counted.
    """

    organisation: Organisation
    period: Period
    measure: str
    known: Count
    unknown: Count
    total: Count
    completeness: float | None


def quality_rows(
    observations: Iterable[ReleasedObservation], measures: Mapping[tuple[str, Period], str]
) -> tuple[QualityRow, ...]:
    """One row for each measure, period and organisation of which the source counts those of unknown ethnicity.

    ``measures`` names the numerator's measure for each indicator and period. Indicators that share a numerator give
    one row.
    """
    counts: dict[tuple[str, Period, Organisation], dict[str, Count]] = {}
    for observation in observations:
        measure = measures[observation.indicator, observation.period]
        place = counts.setdefault((measure, observation.period, observation.organisation), {})
        if observation.group in set(SpecialGroup):
            place.setdefault(observation.group, observation.numerator)
    rows = (_row(*place, groups) for place, groups in counts.items())
    return tuple(row for row in rows if row is not None)


def _row(measure: str, period: Period, organisation: Organisation, groups: dict[str, Count]) -> QualityRow | None:
    unknown = _unknown(groups)
    if unknown is None:
        return None
    known, total = groups.get(SpecialGroup.ALL_KNOWN), groups.get(SpecialGroup.ALL)
    if known is not None:
        # Not the source's own total: that may hold events of a second source that records no ethnicity at all.
        total = _sum(known, unknown)
    elif total is not None:
        known = _remainder(total, unknown)
    else:
        return None
    return QualityRow(
        organisation=organisation,
        period=period,
        measure=measure,
        known=known,
        unknown=unknown,
        total=total,
        completeness=significant(known.value / total.value) if known.value is not None and total.value else None,
    )


def _unknown(groups: dict[str, Count]) -> Count | None:
    """Those without a recorded group: as the source adds them up, or not stated and not known together."""
    if SpecialGroup.UNKNOWN in groups:
        return groups[SpecialGroup.UNKNOWN]
    parts = [groups[part] for part in (SpecialGroup.NOT_STATED, SpecialGroup.NOT_KNOWN) if part in groups]
    return _sum(*parts) if parts else None


def _sum(*parts: Count) -> Count:
    """Counts added up; what rounding does to each may add up as well."""
    return _combined(parts, sum(part.value or 0 for part in parts))


def _remainder(total: Count, part: Count) -> Count:
    """What is left of ``total`` without ``part``. Rounding may take it below 0, where no count can be."""
    return _combined((total, part), max(0, (total.value or 0) - (part.value or 0)))


def _combined(counts: tuple[Count, ...], value: int) -> Count:
    statuses = {count.status for count in counts}
    if CellStatus.SUPPRESSED in statuses:
        return SUPPRESSED
    if statuses != {CellStatus.PUBLISHED}:
        return UNKNOWN
    return Count(value, rounded_to=2 * sum(count.rounded_to // 2 for count in counts) + 1)


def quality_row(quality: QualityRow) -> Row:
    """The row as values in the order of :data:`QUALITY_COLUMNS`."""
    return (
        quality.measure,
        *place_values(quality.period, quality.organisation),
        *count_values(quality.known),
        *count_values(quality.unknown),
        *count_values(quality.total),
        quality.completeness,
    )
