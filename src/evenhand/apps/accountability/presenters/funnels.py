"""The funnel of one group over several organisations: what is drawn where, and the words around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import marks, numbers
from evenhand.apps.accountability.presenters.definitions import counted_out_of, events, per_so_many, what_is_measured
from evenhand.apps.accountability.presenters.drawings import tick
from evenhand.apps.accountability.presenters.groups import people
from evenhand.apps.accountability.presenters.levels import several
from evenhand.apps.accountability.presenters.places import Place
from evenhand.apps.accountability.presenters.series import printed_counts, sources_of
from evenhand.apps.accountability.presenters.tables import rounded_to
from evenhand.apps.accountability.queries import IndicatorInPlace
from evenhand.charts.funnel import FunnelChart, FunnelKind, FunnelWords, LimitKind, Limits, Organisation, funnel_chart
from evenhand.charts.marks import MarkKind
from evenhand.charts.plane import Level
from evenhand.charts.scale import Scale, scale_from_zero
from evenhand.datasets.observations import OrganisationLevel
from evenhand.ethnicity import TOTALS
from evenhand.indicators.specification import Version
from evenhand.publication.observations import ReleasedObservation
from evenhand.stats.funnels import Funnel, Position
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.statuses import Status

_CURVE = 80  # sizes at which the limits are worked out
_WITHOUT_A_POINT = {
    MarkKind.HIDDEN: FunnelKind.HIDDEN,
    MarkKind.NOT_RECORDED: FunnelKind.NOT_RECORDED,
    MarkKind.DOES_NOT_APPLY: FunnelKind.DOES_NOT_APPLY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The figures of one group in all organisations, each once, and where those that have counts lie."""

    of: IndicatorInPlace
    version: Version
    rows: tuple[ReleasedObservation, ...]
    places: Mapping[str, Place]

    @property
    def counted(self) -> tuple[ReleasedObservation, ...]:
        """Those that a funnel can place."""
        return tuple(row for row in self.rows if printed_counts(row))

    @property
    def level(self) -> OrganisationLevel:
        return self.of.organisation.organisation.level


def has_spread(found: Funnel) -> bool:
    """Whether organisations differ beyond chance, and there are enough to tell."""
    return bool(found.over_dispersion.status == Status.GIVEN) and float(found.over_dispersion.variance) > 0


def position_of(found: Funnel, index: int) -> Position:
    """Against the lines that are drawn heavily."""
    placed = found.beyond_usual_spread if has_spread(found) else found.by_chance
    return Position(int(placed.position[index]))


def position_words(position: Position) -> str:
    return {
        Position.FAR_BELOW: _("lower than chance gives once in 1,000"),
        Position.BELOW: _("lower than chance gives once in 40"),
        Position.INSIDE: _("about what chance allows"),
        Position.ABOVE: _("higher than chance gives once in 40"),
        Position.FAR_ABOVE: _("higher than chance gives once in 1,000"),
        Position.NOT_PLACED: _("not placed"),
    }[position]


def drawn(identifier: str, compared: Compared, found: Funnel, summary: str) -> FunnelChart:
    sizes, values = scale_from_zero(found.size, ()), _value_scale(found)
    return funnel_chart(
        identifier,
        list(_organisations(compared, found)),
        list(_limits(found, sizes)),
        sizes,
        values,
        _funnel_words(compared, found, sizes, summary),
        centre=Level(
            float(found.target),
            numbers.point(float(found.target)),
            _("The rate of all %(number)s together") % {"number": numbers.number(len(compared.counted))},
        ),
        right_to_left=get_language_bidi(),
        write_size=lambda size: tick(size / _written_in(sizes)),
        write_value=tick,
    )


def _value_scale(found: Funnel) -> Scale:
    placed = found.beyond_usual_spread if has_spread(found) else found.by_chance
    return scale_from_zero(found.value, placed.limits.inner.upper)


def _limits(found: Funnel, sizes: Scale) -> Iterator[Limits]:
    """Heavy lines are those that a place has to pass to be more than usual; chance alone is drawn faintly beside."""
    grid = np.geomspace(sizes.upper / 1000, sizes.upper, _CURVE)
    curves = found.widened_curve(grid) if has_spread(found) else found.curve(grid)
    yield from (_pair(LimitKind.OUTER, grid, curves.outer), _pair(LimitKind.INNER, grid, curves.inner))
    if has_spread(found):
        yield _pair(LimitKind.CHANCE_ALONE, grid, found.curve(grid).inner)


def _pair(kind: LimitKind, grid: FloatArray, limits: IntervalArray) -> Limits:
    return Limits(kind=kind, sizes=grid.tolist(), lower=limits.lower.tolist(), upper=limits.upper.tolist())


def _organisations(compared: Compared, found: Funnel) -> Iterator[Organisation]:
    counted = compared.counted
    for row in compared.rows:
        index = counted.index(row) if row in counted else None
        counts = printed_counts(row)
        yield Organisation(
            name=compared.places[row.organisation.code].name,
            kind=_kind(row, None if index is None else position_of(found, index)),
            value=marks.value_words(row)[0],
            size=counts[1] if counts else None,
            number=float(found.value[index]) if index is not None else None,
            cells=_cells(row, found, index),
            is_subject=row.organisation.code == compared.of.organisation.organisation.code,
        )


def _kind(row: ReleasedObservation, position: Position | None) -> FunnelKind:
    if position is None:
        return _WITHOUT_A_POINT.get(marks.kind_of(row), FunnelKind.DOES_NOT_APPLY)
    if position in {Position.FAR_ABOVE, Position.FAR_BELOW}:
        return FunnelKind.BEYOND_OUTER
    return FunnelKind.WITHIN if position is Position.INSIDE else FunnelKind.BEYOND_INNER


def _cells(row: ReleasedObservation, found: Funnel, index: int | None) -> tuple[str, ...]:
    counts = (numbers.count(row.numerator), numbers.count(row.denominator))
    if index is None or row.value is None:
        word = str(numbers.STATUS_WORDS[row.value_status])
        return (*counts, word, word)
    return (*counts, numbers.number(row.value.value, 1), _where(found, index))


def _where(found: Funnel, index: int) -> str:
    position = position_of(found, index)
    if not has_spread(found):
        return position_words(position)
    if position is Position.INSIDE:
        return _("within what is usual")
    return _("%(position)s, usual differences allowed for") % {"position": position_words(position)}


def _funnel_words(compared: Compared, found: Funnel, sizes: Scale, summary: str) -> FunnelWords:
    version = compared.version
    subject = compared.places[compared.of.organisation.organisation.code].name
    rounding = rounded_to(compared.rows)
    counted = marks.sentence_case(events(version))
    if rounding > 1:
        counted = _("%(events)s, to nearest %(number)s") % {"events": counted, "number": rounding}
    return FunnelWords(
        title=_title(compared),
        subtitle=_("Counts rounded to %(number)s before publication.") % {"number": rounding} if rounding > 1 else "",
        summary=summary,
        value_heading=per_so_many(version),
        size_heading=_size_heading(version, sizes),
        label_heading=_("Name"),
        cell_headings=(counted, marks.sentence_case(counted_out_of(version)), per_so_many(version), _("Where it lies")),
        key=_key(),
        limits=_limit_words(found),
        not_drawn=_("Without a place in the drawing:"),
        subject=_("%(name)s, which this page is about") % {"name": subject},
        note=" ".join(_note(compared, found)),
        mirrored=_("The scale starts at the right: the smallest are on the right side."),
    )


def _written_in(sizes: Scale) -> int:
    """Millions are written in thousands, which a phone has room for."""
    return 1000 if sizes.upper >= 1_000_000 else 1


def _size_heading(version: Version, sizes: Scale) -> str:
    noun = marks.sentence_case(counted_out_of(version))
    return noun if _written_in(sizes) == 1 else _("%(noun)s, in thousands") % {"noun": noun}


def _title(compared: Compared) -> str:
    row = compared.rows[0]
    words = {
        "what": what_is_measured(compared.of.definition, compared.version),
        "places": several(compared.level),
        "people": people(row),
    }
    if row.group in TOTALS:
        return _("%(what)s: %(places)s side by side") % words
    return _("%(what)s, %(people)s: %(places)s side by side") % words


def _key() -> Mapping[FunnelKind, str]:
    return {
        FunnelKind.BEYOND_OUTER: _("Beyond the outer lines"),
        FunnelKind.BEYOND_INNER: _("Beyond the inner lines"),
        FunnelKind.WITHIN: _("Between the lines"),
        FunnelKind.HIDDEN: _("Hidden to protect people in small groups"),
        FunnelKind.NOT_RECORDED: _("Not recorded"),
        FunnelKind.DOES_NOT_APPLY: _("Does not apply: no such number can exist"),
    }


def _limit_words(found: Funnel) -> Mapping[LimitKind, str]:
    if has_spread(found):
        return {
            LimitKind.OUTER: _("998 of 1,000 lie between these, usual differences allowed for"),
            LimitKind.INNER: _("95 of 100 lie between these, usual differences allowed for"),
            LimitKind.CHANCE_ALONE: _("95 of 100 would lie between these by chance alone"),
        }
    return {
        LimitKind.OUTER: _("998 of 1,000 lie between these by chance alone"),
        LimitKind.INNER: _("95 of 100 lie between these by chance alone"),
    }


def _note(compared: Compared, found: Funnel) -> Iterator[str]:
    if rounded_to(compared.rows) > 1:
        yield _("Rounding of counts can move a small one across a line.")
    if has_spread(found):
        yield _("Limits: %(method)s, after Spiegelhalter; by chance alone, %(chance)s.") % {
            "method": found.beyond_usual_spread.method,
            "chance": found.by_chance.method,
        }
    else:
        yield _("Limits: %(method)s.") % {"method": found.by_chance.method}
    yield _("Source: %(source)s.") % {"source": sources_of(compared.rows, compared.of.beside)}
