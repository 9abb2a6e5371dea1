"""The flat columns of a release's observations: one order and one set of names for Parquet, CSV and schema."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from evenhand.datasets.counts import CellStatus, Count
from evenhand.datasets.observations import Organisation, OrganisationLevel, Period
from evenhand.publication.observations import Estimate, ReleasedObservation, Verdict

Kind = Literal["string", "integer", "number", "date"]
Value = str | int | float | date | None
Row = tuple[Value, ...]
T = TypeVar("T")

LARGEST_COUNT = 10**12
"""All people who ever lived spent fewer days in hospital; beyond it, sums of whole numbers would run over."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its Data Package field type, what stands in it, and whether it may be empty."""

    name: str
    kind: Kind
    description: str
    required: bool = True


def count_columns(name: str, what: str) -> tuple[Column, ...]:
    """The three columns in which a :class:`Count` travels."""
    return (
        Column(name, "integer", f"{what}. Empty when no number is shown: the status says why.", required=False),
        Column(f"{name}_status", "string", f"{what}: published, suppressed, unknown or not_applicable."),
        Column(f"{name}_rounded_to", "integer", f"{what}: 1 when exact, 5 when rounded to the nearest 5, and so on."),
    )


def _estimate_columns(value: str, prefix: str, what: str) -> tuple[Column, ...]:
    return (
        Column(value, "number", f"{what}. Empty when there is none.", required=False),
        Column(f"{prefix}lower", "number", f"{what}: lower 95 % limit, chance alone.", required=False),
        Column(f"{prefix}upper", "number", f"{what}: upper 95 % limit, chance alone.", required=False),
        Column(
            f"{prefix}lower_with_rounding",
            "number",
            f"{what}: lower limit, chance and the rounding of the counts.",
            required=False,
        ),
        Column(
            f"{prefix}upper_with_rounding",
            "number",
            f"{what}: upper limit, chance and the rounding of the counts.",
            required=False,
        ),
        Column(f"{prefix}method", "string", f"{what}: the method of estimate and interval.", required=False),
    )


PLACE_COLUMNS = (
    Column("period_start", "date", "First day of the period."),
    Column("period_end", "date", "Last day of the period."),
    Column("organisation_code", "string", "Code of the body or place that the figure is about."),
    Column("organisation_name", "string", "Its name."),
    Column("organisation_level", "string", "How wide its figures reach: country, icb, trust and so on."),
)

OBSERVATION_COLUMNS = (
    Column("indicator", "string", "Id of the definition in indicators.json."),
    *PLACE_COLUMNS,
    Column("classification", "string", "The ethnic classification of the group, or total."),
    Column("group", "string", "Id of the group within the classification."),
    Column("group_label", "string", "The group's name."),
    Column("group_order", "integer", "Position of the group, from 0; totals and unknown come last."),
    *count_columns("numerator", "What is counted"),
    *count_columns("denominator", "What it is counted out of"),
    *_estimate_columns("value", "", "The rate, proportion or published rate, in the unit given"),
    Column("value_status", "string", "Why there is a value or none: published, suppressed, unknown, not_applicable."),
    Column("unit", "string", "The unit of the value, in words."),
    Column("comparator", "string", "Id of the group that the ratio compares with.", required=False),
    *_estimate_columns("ratio", "ratio_", "This group's value over the comparator's"),
    Column(
        "verdict",
        "string",
        "What may be claimed, decided over all groups compared: comparator, higher, lower, cannot_tell or no_claim.",
    ),
)


def place_values(period: Period, organisation: Organisation) -> Row:
    """The values of :data:`PLACE_COLUMNS`."""
    return (period.start, period.end, organisation.code, organisation.name, organisation.level.value)


def count_values(count: Count) -> Row:
    """The values of :func:`count_columns`."""
    return (count.value, count.status.value, count.rounded_to)


def _estimate_values(estimate: Estimate | None) -> Row:
    if estimate is None:
        return (None,) * 6
    return (
        estimate.value,
        estimate.lower,
        estimate.upper,
        estimate.lower_with_rounding,
        estimate.upper_with_rounding,
        estimate.method,
    )


def to_row(observation: ReleasedObservation) -> Row:
    """The observation as values in the order of :data:`OBSERVATION_COLUMNS`."""
    return (
        observation.indicator,
        *place_values(observation.period, observation.organisation),
        observation.classification,
        observation.group,
        observation.group_label,
        observation.group_order,
        *count_values(observation.numerator),
        *count_values(observation.denominator),
        *_estimate_values(observation.value),
        observation.value_status.value,
        observation.unit,
        observation.comparator,
        *_estimate_values(observation.ratio),
        observation.verdict.value,
    )


class RowReader:
    """Takes a row's values one after another, in the order of its columns, and checks the kind of each."""

    def __init__(self, columns: tuple[Column, ...], row: Row) -> None:
        if len(row) != len(columns):
            raise ValueError(f"{len(row)} values found, {len(columns)} expected")
        self._cells = iter(list(zip(columns, row, strict=True)))

    def text(self) -> str:
        return self._required(str)

    def whole(self) -> int:
        return self._required(int)

    def text_or_none(self) -> str | None:
        return self._optional(str)

    def whole_or_none(self) -> int | None:
        return self._optional(int)

    def number_or_none(self) -> float | None:
        return self._optional(float)

    def period(self) -> Period:
        return Period(self._required(date), self._required(date))

    def organisation(self) -> Organisation:
        return Organisation(self.text(), self.text(), OrganisationLevel(self.text()))

    def count(self) -> Count:
        value, status, rounded_to = self.whole_or_none(), CellStatus(self.text()), self.whole()
        if max(value or 0, rounded_to) > LARGEST_COUNT:
            raise ValueError(f"a count of people, events or days is at most {LARGEST_COUNT}")
        return Count(value, status, rounded_to)

    def estimate(self) -> Estimate | None:
        numbers = [self.number_or_none() for _ in range(5)]
        method = self.text_or_none()
        given = [number for number in numbers if number is not None]
        if not given and method is None:
            return None
        if len(given) != len(numbers) or method is None:
            raise ValueError("an estimate is given whole (value, four limits, method) or not at all")
        return Estimate(
            value=given[0],
            lower=given[1],
            upper=given[2],
            lower_with_rounding=given[3],
            upper_with_rounding=given[4],
            method=method,
        )

    def _required(self, kind: type[T]) -> T:
        column, value = next(self._cells)
        if type(value) is not kind:
            raise ValueError(f"column {column.name}: expected a {column.kind}")
        return value

    def _optional(self, kind: type[T]) -> T | None:
        column, value = next(self._cells)
        if value is None:
            return None
        if type(value) is not kind:
            raise ValueError(f"column {column.name}: expected a {column.kind}")
        return value


def from_row(row: Row) -> ReleasedObservation:
    """The observation that stands in ``row``.

    Raises:
        ValueError: a value is missing, of the wrong kind, or none of those that the column allows.
    """
    read = RowReader(OBSERVATION_COLUMNS, row)
    indicator = read.text()
    period, organisation = read.period(), read.organisation()
    classification, group, group_label, group_order = read.text(), read.text(), read.text(), read.whole()
    numerator, denominator = read.count(), read.count()
    value, value_status, unit = read.estimate(), CellStatus(read.text()), read.text()
    comparator, ratio, verdict = read.text_or_none(), read.estimate(), Verdict(read.text())
    return ReleasedObservation(
        indicator=indicator,
        period=period,
        organisation=organisation,
        classification=classification,
        group=group,
        group_label=group_label,
        group_order=group_order,
        numerator=numerator,
        denominator=denominator,
        value=value,
        value_status=value_status,
        unit=unit,
        comparator=comparator,
        ratio=ratio,
        verdict=verdict,
    )
