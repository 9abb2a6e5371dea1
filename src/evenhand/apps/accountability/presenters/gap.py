"""“How wide is the gap?”: how far each group is from the comparison group and from the average of everybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import drawings, marks, numbers
from evenhand.apps.accountability.presenters.breakdowns import Breakdown
from evenhand.apps.accountability.presenters.definitions import (
    counted_out_of,
    events,
    events_in,
    rate_word,
)
from evenhand.apps.accountability.presenters.doubts import could_turn_round
from evenhand.apps.accountability.presenters.gap_figures import Gap, GapFigures, gap_figures
from evenhand.apps.accountability.presenters.groups import label, people
from evenhand.apps.accountability.presenters.tables import ratio_words, what_may_be_said
from evenhand.charts.dots import DotChart, Reference, Row, Words, dot_chart
from evenhand.charts.marks import Mark, MarkKind
from evenhand.charts.scale import scale_around_zero
from evenhand.datasets.counts import CellStatus
from evenhand.indicators.specification import Statistic, Version
from evenhand.publication.observations import Estimate, ReleasedObservation


@dataclass(frozen=True, slots=True)
class GapSection:
    """The gap in sentences, drawn, and as a table (the chart's own)."""

    paragraphs: tuple[str, ...]
    chart: DotChart


def gap_section(version: Version, breakdown: Breakdown, widest: ReleasedObservation | None) -> GapSection | None:
    """None where nothing is compared. ``widest``: the group that the sentences are about."""
    comparator, found = breakdown.comparator, gap_figures(version, breakdown)
    if comparator is None or widest is None or widest.group not in found.to_comparator:
        return None
    words = _Words(version, breakdown, comparator, found)
    return GapSection(tuple(words.paragraphs(widest)), _chart(words))


class _Words:
    """What is said of the gaps of one breakdown, all for one round number of people."""

    def __init__(
        self, version: Version, breakdown: Breakdown, comparator: ReleasedObservation, found: GapFigures
    ) -> None:
        self.version = version
        self.breakdown = breakdown
        self.comparator = comparator
        self.found = found
        self.others = people(comparator)
        self.turned = could_turn_round(breakdown)
        value = comparator.value.value if comparator.value is not None else 0.0
        self.base = numbers.natural_base([value], per=version.per)
        self.scale = self.base / version.per

    @property
    def for_every(self) -> str:
        """``for every 10,000 people``."""
        return _("for every %(number)s %(noun)s") % {
            "number": numbers.number(self.base),
            "noun": counted_out_of(self.version),
        }

    def paragraphs(self, row: ReleasedObservation) -> list[str]:
        """Of one group: in frequencies, in all, beside the average; then what the numbers are not."""
        gap = self.found.to_comparator[row.group]
        sentences = [self._in_frequencies(row, gap)]
        if gap.excess is not None:
            sentences.append(self._in_all(gap.excess))
        if row.group in self.found.to_average:
            sentences.append(self._beside_the_average(self.found.to_average[row.group]))
        if row in self.turned:
            sentences.append(_("What was not written down could turn this round: it is undecided."))
        limits = [_("These numbers say how far apart the figures are. They do not say why.")]
        return [" ".join(sentences), " ".join([*limits, *self._what_cannot_be_had()])]

    def _in_frequencies(self, row: ReleasedObservation, gap: Gap) -> str:
        facts = {
            "range": self.between(gap.difference),
            "events": events_in(self.version, row.period),
            "people": people(row),
            "others": self.others,
            "every": self.for_every,
        }
        if _crosses_none(gap.difference):
            words = _(
                "Among %(people)s there could have been anything %(range)s %(events)s %(every)s than among %(others)s: "
                "we cannot tell from these figures."
            )
            return words % facts
        return _("Among %(people)s there were %(range)s %(events)s %(every)s than among %(others)s.") % facts

    def _in_all(self, excess: Estimate) -> str:
        words = _("In all that is %(number)s %(events)s than at the %(rate)s of %(others)s.")
        return words % {
            "number": _about(excess),
            "events": events(self.version),
            "others": self.others,
            "rate": rate_word(self.version),
        }

    def _beside_the_average(self, gap: Gap) -> str:
        facts = {"range": self.between(gap.difference), "every": self.for_every}
        if _crosses_none(gap.difference):
            words = _("Beside the average of everybody whose ethnicity is recorded it could be %(range)s %(every)s.")
            return words % facts
        words = _("Beside the average of everybody whose ethnicity is recorded there were %(range)s %(every)s%(all)s.")
        in_all = "" if gap.excess is None else _(": in all %(number)s") % {"number": _about(gap.excess)}
        return words % (facts | {"all": in_all})

    def _what_cannot_be_had(self) -> list[str]:
        if self.version.statistic is Statistic.PUBLISHED_RATE:
            return [
                _(
                    "The source prints rates and not the people they are out of: how many more or fewer that is in "
                    "all, and how far it is from the average of everybody, cannot be worked out."
                )
            ]
        if not self.found.to_average:
            return [_("The average of everybody cannot be worked out, since not every group's figures are shown.")]
        return []

    def range_of(self, difference: Estimate) -> str:
        """A difference for the round number of people."""
        return numbers.more_range(
            difference.lower_with_rounding * self.scale, difference.upper_with_rounding * self.scale
        )

    def between(self, difference: Estimate) -> str:
        """The same for a sentence."""
        limits = (difference.lower_with_rounding * self.scale, difference.upper_with_rounding * self.scale)
        return numbers.between_more(*limits)

    def point_of(self, difference: Estimate) -> str:
        """As finely as its range."""
        limits = (difference.lower_with_rounding * self.scale, difference.upper_with_rounding * self.scale)
        return numbers.more(difference.value * self.scale, numbers.more_places(*limits))

    @property
    def headings(self) -> tuple[str, ...]:
        """Over the columns of the table: three to the comparison group, three to the average where there is one."""
        rate = rate_word(self.version)
        headings = [*self._three(_("%(people)s") % {"people": self.others}, rate)]
        if self.found.to_average:
            headings += self._three(_("everybody recorded"), rate)
        return (*headings, _("What may be said"))

    def _three(self, whom: str, rate: str) -> list[str]:
        facts = {"whom": whom, "rate": rate, "events": events(self.version), "number": numbers.number(self.base)}
        headings = [_("For every %(number)s, than %(whom)s") % facts, _("Times the %(rate)s of %(whom)s") % facts]
        if self.has_excess:
            headings.append(_("In all, than at the %(rate)s of %(whom)s") % facts)
        return headings

    @property
    def has_excess(self) -> bool:
        """Whether a number of events can be said."""
        return self.version.statistic is not Statistic.PUBLISHED_RATE

    def cells(self, row: ReleasedObservation) -> tuple[str, ...]:
        """One row of the table."""
        cells = self._gap_cells(row, self.found.to_comparator.get(row.group))
        if self.found.to_average:
            cells += self._gap_cells(row, self.found.to_average.get(row.group))
        return (*cells, self.said_of(row))

    def said_of(self, row: ReleasedObservation) -> str:
        """What may be said, and whether what was not written down could turn it round."""
        return what_may_be_said(row, self.breakdown, self.turned)

    def flagged(self, row: ReleasedObservation, range_: str) -> str:
        """The range as it stands beside the drawing, with the word that its mark alone would not say."""
        if row in self.turned:
            return _("%(range)s; undecided") % {"range": range_}
        if row in self.breakdown.different_by_themselves:
            return _("%(range)s; may be chance") % {"range": range_}
        return range_

    def _gap_cells(self, row: ReleasedObservation, gap: Gap | None) -> list[str]:
        columns = 3 if self.has_excess else 2
        if gap is None:
            return [_no_gap(row, self.comparator)] * columns
        cells = [_in_full(gap.difference, self.scale), ratio_words(gap.ratio)]
        return [*cells, *([] if gap.excess is None else [_in_full(gap.excess)])]


def _chart(words: _Words) -> DotChart:
    rows = [_row(row, words) for row in words.breakdown.groups]
    drawn = [row.mark for row in rows]
    limits = [limit for mark in drawn if mark.has_range for limit in (mark.reaches_from, mark.reaches_to)]
    version, others = words.version, words.others
    return dot_chart(
        "gap",
        rows,
        scale_around_zero([mark.value for mark in drawn if mark.value is not None], limits),
        Words(
            title=_("More or fewer %(events)s than among %(others)s, %(every)s")
            % {"events": events(version), "others": others, "every": words.for_every},
            subtitle=_("The dotted line is as many as among %(others)s.") % {"others": others},
            label_heading=_("Ethnic group"),
            value_heading=_("More or fewer, and its range"),
            cell_headings=words.headings,
            key=_key(words),
            rounding=_("Range from chance; thin ends add rounding"),
            note=" ".join(_note(words)),
            mirrored=_("The scale runs from right to left: fewer is on the right side."),
        ),
        reference=Reference(0.0, _("as many")),
        right_to_left=get_language_bidi(),
        write_tick=_tick,
    )


def _key(words: _Words) -> dict[MarkKind, str]:
    return {
        **marks.key_words(words.comparator, compared=len(words.breakdown.compared)),
        MarkKind.DOES_NOT_APPLY: _("Not compared"),
    }


def _note(words: _Words) -> list[str]:
    methods = sorted({gap.difference.method for gap in words.found.to_comparator.values()})
    notes = [_("Ranges: %(methods)s, 95 %%.") % {"methods": "; ".join(methods)}]
    by_themselves = words.breakdown.different_by_themselves
    if by_themselves:
        notes.append(by_themselves_words(words.breakdown, by_themselves))
    if words.turned:
        notes.append(
            _("Undecided, since what was not written down could turn it round: %(whom)s.")
            % {"whom": _labels(words.turned)}
        )
    return notes


def by_themselves_words(breakdown: Breakdown, rows: Sequence[ReleasedObservation]) -> str:
    """Of those that stand out alone and not among so many."""
    compared = len(breakdown.compared)
    words = ngettext(
        "%(whom)s: by itself the range leaves out no difference; among the %(number)s groups compared here it may be "
        "chance.",
        "%(whom)s: by themselves the ranges leave out no difference; among the %(number)s groups compared here they "
        "may be chance.",
        len(rows),
    )
    return words % {"whom": _labels(rows), "number": numbers.number(compared)}


def _labels(rows: Sequence[ReleasedObservation]) -> str:
    return numbers.listed([label(row) for row in rows])


def _row(row: ReleasedObservation, words: _Words) -> Row:
    gap = words.found.to_comparator.get(row.group)
    cells = words.cells(row)
    if gap is not None:
        kind = marks.compared_kind(row)
        return Row(
            label=label(row),
            mark=_mark(kind, gap.difference, words.scale),
            value=words.point_of(gap.difference),
            range=words.flagged(row, words.range_of(gap.difference)),
            meaning=marks.sentence_case(words.said_of(row)),
            cells=cells,
        )
    if row is words.comparator:
        mark = Mark(kind=MarkKind.COMPARATOR, value=0.0)
        return Row(
            label=label(row), mark=mark, value="", meaning=_key(words)[mark.kind], cells=cells, range=_("compared with")
        )
    kind = marks.kind_of(row)
    if kind not in {MarkKind.HIDDEN, MarkKind.NOT_RECORDED}:
        kind = MarkKind.DOES_NOT_APPLY
    note = marks.on_the_drawing(row) if kind is not MarkKind.DOES_NOT_APPLY else _("not compared")
    return Row(
        label=label(row),
        mark=Mark(kind=kind),
        value=_no_gap(row, words.comparator),
        meaning=_key(words)[kind],
        note=note,
        cells=cells,
    )


def _mark(kind: MarkKind, difference: Estimate, scale: float) -> Mark:
    return Mark(
        kind=kind,
        value=difference.value * scale,
        lower=difference.lower * scale,
        upper=difference.upper * scale,
        lower_with_rounding=difference.lower_with_rounding * scale,
        upper_with_rounding=difference.upper_with_rounding * scale,
    )


def _no_gap(row: ReleasedObservation, comparator: ReleasedObservation) -> str:
    """The word for why there is no gap: one of the four, or that this is the group compared with."""
    if row is comparator:
        return _("compared with")
    if row.numerator.status is CellStatus.SUPPRESSED or row.value_status is CellStatus.SUPPRESSED:
        return str(numbers.STATUS_WORDS[CellStatus.SUPPRESSED])
    if row.value_status is CellStatus.UNKNOWN:
        return str(numbers.STATUS_WORDS[CellStatus.UNKNOWN])
    return str(numbers.STATUS_WORDS[CellStatus.NOT_APPLICABLE])


def _in_full(estimate: Estimate, scale: float = 1.0) -> str:
    """``7.1 more (3.0 to 12.1 more)``, with one decimal at least."""
    lower, upper = estimate.lower_with_rounding * scale, estimate.upper_with_rounding * scale
    return _("%(point)s (%(range)s)") % {
        "point": numbers.more(estimate.value * scale, max(1, numbers.more_places(lower, upper))),
        "range": numbers.more_range(lower, upper, at_least=1),
    }


def _about(excess: Estimate) -> str:
    return numbers.about_more(excess.value, excess.lower_with_rounding, excess.upper_with_rounding)


def _crosses_none(difference: Estimate) -> bool:
    return difference.lower_with_rounding <= 0 <= difference.upper_with_rounding


def _tick(value: float) -> str:
    written = drawings.tick(abs(value))
    if value == 0:
        return written
    return f"+{written}" if value > 0 else f"\u2212{written}"
