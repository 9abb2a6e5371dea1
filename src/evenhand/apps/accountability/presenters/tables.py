"""The same figures as a table: for whoever does not see a drawing, and for whoever wants the decimals."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import marks, numbers
from evenhand.apps.accountability.presenters.breakdowns import Breakdown, leaves_out_no_difference
from evenhand.apps.accountability.presenters.definitions import counted_out_of, events, per_so_many, rate_word
from evenhand.apps.accountability.presenters.doubts import could_turn_round
from evenhand.apps.accountability.presenters.groups import label, people
from evenhand.charts.dots import DataTable, DotChart
from evenhand.datasets.counts import CellStatus
from evenhand.indicators.specification import Version
from evenhand.publication.observations import Estimate, ReleasedObservation, Verdict


class Columns:
    """Which columns the table of a breakdown has after the group's name, and what stands in them.

    Rounding has a column only where counts are rounded, and comparison only where something is compared.
    """

    def __init__(self, version: Version, breakdown: Breakdown) -> None:
        self.version = version
        self.breakdown = breakdown
        self.turned = could_turn_round(breakdown)
        self.comparator = breakdown.comparator
        self.rounded_to = rounded_to(breakdown.rows + breakdown.totals)

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands over the columns."""
        counted = marks.sentence_case(events(self.version))
        if self.rounded_to > 1:
            counted = _("%(events)s, to nearest %(number)s") % {"events": counted, "number": self.rounded_to}
        headings = [
            counted,
            marks.sentence_case(counted_out_of(self.version)),
            per_so_many(self.version),
            _("Range from chance, 95 per cent"),
        ]
        if self.rounded_to > 1:
            headings.append(_("Range with rounding"))
        if self.comparator is not None:
            words = {"rate": rate_word(self.version), "others": people(self.comparator)}
            headings += [_("Times the %(rate)s of %(others)s") % words, _("What may be said")]
        return tuple(headings)

    def cells(self, observation: ReleasedObservation) -> tuple[str, ...]:
        """What stands in the columns of one row."""
        cells = [numbers.count(observation.numerator), numbers.count(observation.denominator)]
        cells += self._value(observation)
        if self.comparator is not None:
            cells += [_ratio(observation), what_may_be_said(observation, self.breakdown, self.turned)]
        return tuple(cells)

    def _value(self, observation: ReleasedObservation) -> list[str]:
        value = observation.value
        if value is None:
            word = str(numbers.STATUS_WORDS[observation.value_status])
            return [word] * (3 if self.rounded_to > 1 else 2)
        ranges = [(value.lower, value.upper)]
        if self.rounded_to > 1:
            ranges.append((value.lower_with_rounding, value.upper_with_rounding))
        written = (numbers.range_of(lower, upper, decimals=1) for lower, upper in ranges)
        return [numbers.number(value.value, 1), *(range_ or _("not given") for range_ in written)]


def figures_table(version: Version, breakdown: Breakdown, chart: DotChart | None) -> DataTable:
    """The table of a chart, and the totals that the source prints; without a chart, those alone."""
    columns = Columns(version, breakdown)
    further = tuple((label(row), *columns.cells(row)) for row in breakdown.further_rows)
    if chart is None:
        return DataTable((_("Who"), *columns.headings), further)
    return DataTable((_("Ethnic group"), *columns.headings), chart.table.rows + further)


def rounded_to(rows: Iterable[ReleasedObservation]) -> int:
    """What the counts of these rows were rounded to; 1 when they are exact."""
    return max((row.numerator.rounded_to for row in rows if row.numerator.value is not None), default=1)


def ratio_words(ratio: Estimate | None) -> str:
    """``2.12 (1.47 to 2.95)``."""
    if ratio is None:
        return str(numbers.STATUS_WORDS[CellStatus.NOT_APPLICABLE])
    return numbers.ratio_in_full(ratio.value, ratio.lower_with_rounding, ratio.upper_with_rounding)


def _ratio(observation: ReleasedObservation) -> str:
    if observation.verdict is Verdict.COMPARATOR:
        return numbers.number(1)
    if observation.ratio is None and observation.value_status is CellStatus.SUPPRESSED:
        return str(numbers.STATUS_WORDS[CellStatus.SUPPRESSED])
    return ratio_words(observation.ratio)


def what_may_be_said(
    observation: ReleasedObservation, breakdown: Breakdown, turned: Collection[ReleasedObservation]
) -> str:
    """The verdict in words.

    With why, where a group's own range leaves out no difference and it is not claimed. ``turned``: the claims that what
    was not written down could turn round (``could_turn_round``).
    """
    if observation.verdict is Verdict.CANNOT_TELL and leaves_out_no_difference(observation):
        among = {"number": numbers.number(len(breakdown.compared))}
        return _("we cannot tell: among %(number)s groups it may be chance") % among
    words = {
        Verdict.HIGHER: _("higher"),
        Verdict.LOWER: _("lower"),
        Verdict.CANNOT_TELL: _("we cannot tell"),
        Verdict.COMPARATOR: _("compared with"),
        Verdict.NO_CLAIM: _("not compared"),
    }[observation.verdict]
    return _("undecided (%(words)s as recorded)") % {"words": words} if observation in turned else words
