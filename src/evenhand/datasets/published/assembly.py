"""Figures of all rows brought together into observations, and checked against each other."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from evenhand.datasets.counts import SUPPRESSED, UNKNOWN, CellStatus, Count
from evenhand.datasets.observations import Observation
from evenhand.datasets.published.figures import Figure, LoneFigure, Place
from evenhand.datasets.published.mapping import Difference, Mapping
from evenhand.errors import InputRefused

_Key = TypeVar("_Key")
_Entry = TypeVar("_Entry", Figure, LoneFigure)


def assembled(figures: Iterable[Figure | LoneFigure], mapping: Mapping) -> tuple[Observation, ...]:
    """One observation for each place that has a count; published figures from rows of their own are put beside it.

    Raises:
        InputRefused: two rows give the same figure, two periods stand in a source of one, or a part is larger than its
            whole.
    """
    counts: dict[Place, Figure] = {}
    added: dict[Place, dict[str, Figure]] = {}
    beside: dict[Place, dict[str, LoneFigure]] = {}
    for figure in figures:
        if isinstance(figure, LoneFigure):
            _enter(beside.setdefault(figure.place, {}), figure.name, figure)
        elif figure.added_label:
            _enter(added.setdefault(figure.place, {}), figure.added_label, figure)
        else:
            _enter(counts, figure.place, figure)
    for place, by_label in added.items():
        _enter(counts, place, _sum(list(by_label.values())))
    if not mapping.period.several:
        _refuse_two_periods(counts.values())
    for difference in mapping.differences:
        counts |= _differences(counts, difference)
    _refuse_large_parts(counts, mapping)
    return tuple(_observation(figure, beside.get(place, {})) for place, figure in counts.items())


def _observation(figure: Figure, beside: dict[str, LoneFigure]) -> Observation:
    return Observation(
        measure=figure.place.measure,
        period=figure.place.period,
        organisation=figure.place.organisation,
        classification=figure.place.classification,
        group=figure.place.group,
        count=figure.count,
        denominator=figure.denominator,
        published=figure.published | {name: each.value for name, each in beside.items()},
        line=figure.line,
    )


def _enter(entries: dict[_Key, _Entry], key: _Key, figure: _Entry) -> None:
    if key in entries:
        raise InputRefused(f"{figure.where}: gives the same figure as {entries[key].where}. Keep one of the two rows.")
    entries[key] = figure


def _sum(parts: list[Figure]) -> Figure:
    """Several labels of one group as one count, as wide as their roundings together."""
    if len(parts) == 1:
        return parts[0]
    counts = [part.count for part in parts]
    return Figure(
        parts[0].place, parts[0].where, parts[0].line, _combined(counts, sum(each.value or 0 for each in counts))
    )


def _refuse_two_periods(figures: Iterable[Figure]) -> None:
    first: Figure | None = None
    for figure in figures:
        first = first or figure
        if figure.place.period != first.place.period:
            here, there = figure.place.period, first.place.period
            raise InputRefused(
                f"{figure.where}: is about {here.start} to {here.end}, while {first.where} is about {there.start} to "
                f"{there.end}. Two periods must not be mixed in one source."
            )


def _differences(counts: dict[Place, Figure], difference: Difference) -> dict[Place, Figure]:
    """The measure that is one measure minus another, wherever both are there."""
    found: dict[Place, Figure] = {}
    for place, whole in counts.items():
        part = counts.get(replace(place, measure=difference.minus))
        if place.measure == difference.whole and part is not None:
            own = replace(place, measure=difference.id)
            found[own] = Figure(own, whole.where, whole.line, _minus(whole, part))
    return found


def _minus(whole: Figure, part: Figure) -> Count:
    """A difference of two counts, as wide as both roundings together: 100 and 40, each to 5, leave 56 to 64.

    Without a number in both places there is none; a hidden one hides the difference.
    """
    if _exceeds(part.count, whole.count):
        raise InputRefused(_larger(part, whole))
    return _combined([whole.count, part.count], max(0, (whole.count.value or 0) - (part.count.value or 0)))


def _combined(counts: list[Count], value: int) -> Count:
    """``value``, made of the counts, with a width of their roundings together; no number when one of them is none."""
    statuses = {count.status for count in counts}
    if statuses == {CellStatus.PUBLISHED}:
        return Count(value, rounded_to=2 * sum(count.rounded_to // 2 for count in counts) + 1)
    return SUPPRESSED if CellStatus.SUPPRESSED in statuses else UNKNOWN


def _refuse_large_parts(counts: dict[Place, Figure], mapping: Mapping) -> None:
    whole_of = {value.id: value.part_of for value in mapping.measure.values if value.part_of is not None}
    for place, part in counts.items():
        if _exceeds(part.count, part.denominator) and mapping.denominator_is_whole:
            raise InputRefused(f"{part.where}: its count is larger than its denominator.")
        whole = counts.get(replace(place, measure=whole_of.get(place.measure, "")))
        if whole is not None and _exceeds(part.count, whole.count):
            raise InputRefused(_larger(part, whole))


def _exceeds(part: Count, whole: Count) -> bool:
    """Whether the part is larger than its whole, however both were rounded."""
    return part.value is not None and whole.value is not None and part.smallest > whole.largest


def _larger(part: Figure, whole: Figure) -> str:
    return f"{part.where}: {part.place.measure} is larger than {whole.place.measure} ({whole.where}), its whole."
