"""A released figure as a row of the database, and back."""

import math
from typing import Any

from django.db import models

from evenhand.apps.monitoring.columns import LIMITS
from evenhand.apps.monitoring.models import QualityRecord, ReleasedFigure
from evenhand.apps.organisations.queries import named
from evenhand.datasets.counts import CellStatus, Count
from evenhand.datasets.observations import Period
from evenhand.publication.observations import Estimate, ReleasedObservation, Verdict
from evenhand.publication.quality import QualityRow


def figure_columns(observation: ReleasedObservation) -> dict[str, Any]:
    """All columns of a figure but its release, organisation and position."""
    return {
        "indicator": observation.indicator,
        "period_start": observation.period.start,
        "period_end": observation.period.end,
        "classification": observation.classification,
        "group": observation.group,
        "group_label": observation.group_label,
        "group_order": observation.group_order,
        **_count_columns("numerator", observation.numerator),
        **_count_columns("denominator", observation.denominator),
        **_estimate_columns("value", "", observation.value),
        "value_status": observation.value_status.value,
        "unit": observation.unit,
        "comparator": observation.comparator or "",
        **_estimate_columns("ratio", "ratio_", observation.ratio),
        "verdict": observation.verdict.value,
    }


def observation_of(row: ReleasedFigure) -> ReleasedObservation:
    """The figure as its release states it."""
    return ReleasedObservation(
        indicator=row.indicator,
        period=Period(row.period_start, row.period_end),
        organisation=named(row.organisation),
        classification=row.classification,
        group=row.group,
        group_label=row.group_label,
        group_order=row.group_order,
        numerator=_count_of(row, "numerator"),
        denominator=_count_of(row, "denominator"),
        value=_estimate_of(row, "value", ""),
        value_status=CellStatus(row.value_status),
        unit=row.unit,
        comparator=row.comparator or None,
        ratio=_estimate_of(row, "ratio", "ratio_"),
        verdict=Verdict(row.verdict),
    )


def quality_columns(row: QualityRow) -> dict[str, Any]:
    """All columns of a quality record but its release, organisation and position."""
    return {
        "measure": row.measure,
        "period_start": row.period.start,
        "period_end": row.period.end,
        **_count_columns("known", row.known),
        **_count_columns("unknown", row.unknown),
        **_count_columns("total", row.total),
        "completeness": row.completeness,
    }


def quality_of(row: QualityRecord) -> QualityRow:
    """The record as its release states it."""
    return QualityRow(
        organisation=named(row.organisation),
        period=Period(row.period_start, row.period_end),
        measure=row.measure,
        known=_count_of(row, "known"),
        unknown=_count_of(row, "unknown"),
        total=_count_of(row, "total"),
        completeness=row.completeness,
    )


def _count_columns(name: str, count: Count) -> dict[str, Any]:
    """The three columns of a count."""
    return {name: count.value, f"{name}_status": count.status.value, f"{name}_rounded_to": count.rounded_to}


def _count_of(row: models.Model, name: str) -> Count:
    """The count in the three columns of ``row``."""
    return Count(getattr(row, name), CellStatus(getattr(row, f"{name}_status")), getattr(row, f"{name}_rounded_to"))


def _estimate_columns(value: str, prefix: str, estimate: Estimate | None) -> dict[str, Any]:
    """The six columns of an estimate. Not-a-number, which SQLite cannot hold, is kept as no limit."""
    if estimate is None:
        return {}
    limits = {f"{prefix}{limit}": getattr(estimate, limit) for limit in LIMITS}
    return {
        value: estimate.value,
        f"{prefix}method": estimate.method,
        **{field: None if math.isnan(limit) else limit for field, limit in limits.items()},
    }


def _estimate_of(row: models.Model, value: str, prefix: str) -> Estimate | None:
    """The estimate in the six columns of ``row``."""
    if getattr(row, value) is None:
        return None
    limits = {limit: getattr(row, f"{prefix}{limit}") for limit in LIMITS}
    return Estimate(
        value=getattr(row, value),
        method=getattr(row, f"{prefix}method"),
        **{limit: math.nan if found is None else found for limit, found in limits.items()},
    )
