"""Figures of all rows brought together into observations, and checked against each other."""

from collections.abc import Iterable
from dataclasses import replace

from evenhand.datasets.counts import SUPPRESSED, UNKNOWN, CellStatus, Count
from evenhand.datasets.observations import Observation
from evenhand.datasets.published.figures import Figure, LoneFigure, Place
from evenhand.datasets.published.mapping import Difference, Mapping
from evenhand.errors import InputRefused


def assembled(figures: Iterable[Figure | LoneFigure], mapping: Mapping) -> tuple[Observation, ...]:
    """One observation for each place that has a count; published figures from rows of their own are put beside it.

    Raises:
        InputRefused: two rows give the same figure, two periods stand in a source of one, or a part is larger than its
            whole.
    """
    counts: dict[Place, Figure] = {}
    beside: dict[Place, dict[str, LoneFigure]] = {}
    for figure in figures:
        if isinstance(figure, Figure):
            _refuse_repeated(counts.get(figure.place), figure)
            counts[figure.place] = figure
        else:
            of_the_place = beside.setdefault(figure.place, {})
            _refuse_repeated(of_the_place.get(figure.name), figure)
            of_the_place[figure.name] = figure
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


def _refuse_repeated(earlier: Figure | LoneFigure | None, figure: Figure | LoneFigure) -> None:
    if earlier is not None:
        raise InputRefused(f"{figure.where}: gives the same figure as {earlier.where}. Keep one of the two rows.")


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
    statuses = {whole.count.status, part.count.status}
    if whole.count.value is not None and part.count.value is not None:
        if whole.count.largest < part.count.smallest:
            raise InputRefused(_larger(part, whole))
        difference = max(0, whole.count.value - part.count.value)
        return Count(difference, rounded_to=whole.count.rounded_to + part.count.rounded_to - 1)
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
