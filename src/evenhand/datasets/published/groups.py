"""Which group a row is about, and which rows carry a label that does not belong where it stands.

Labels in the wrong place are how damage shows: a list dragged down a column in a spreadsheet overwrites the labels
below it, and some of the words it leaves ("Other", "Not stated") look at home there. So the labels are looked at
together, over the whole table, before any figure is taken.
"""

from dataclasses import dataclass

from evenhand.datasets.published.group_rules import Breakdown, GroupLabel, GroupRule
from evenhand.datasets.published.refusals import shown
from evenhand.datasets.published.tables import Table, comparable
from evenhand.errors import InputRefused
from evenhand.ethnicity import TOTAL, SpecialGroup, normalise_label_at_any_level

EVERYBODY = GroupLabel(group=SpecialGroup.ALL.value, classification=TOTAL)


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row's label and the breakdown that it stands under (None: one that the mapping does not name).

    ``level`` is the position of the label's column among the label columns.
    """

    breakdown: Breakdown | None
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is set aside, and what stood in the place of its label."""

    reason: str
    code: str


class GroupReader:
    """Reads the group of each row of one table."""

    def __init__(self, rule: GroupRule, table: Table) -> None:
        self._rule = rule
        self._origin = table.origin
        self._column = table.column(rule.column) if rule.column is not None else None
        self._label_columns = [table.column(name) for name in rule.label_columns]
        self._blank = {"", *map(comparable, rule.blank)}
        self._by_name = {comparable(name): each for each in rule.breakdowns for name in each.names}
        self._groups: dict[tuple[int, str, int], GroupLabel | None] = {}

    def label(self, cells: list[str]) -> RowLabel:
        """The label of the row with these cells."""
        breakdown = (
            self._rule.breakdowns[0] if self._column is None else self._by_name.get(comparable(cells[self._column]))
        )
        for level, column in enumerate(self._label_columns):
            if comparable(cells[column]) not in self._blank:
                return RowLabel(breakdown, cells[column], level)
        return RowLabel(breakdown, "", max(len(self._label_columns) - 1, 0))

    def group(self, label: RowLabel) -> GroupLabel | None:
        """The group that the label means; None when the label does not belong to the breakdown.

        A breakdown that is not loaded has no groups: for a label of its vocabulary the answer is everybody.
        """
        if label.breakdown is None:
            return EVERYBODY
        key = (id(label.breakdown), label.text, label.level)
        if key not in self._groups:
            self._groups[key] = resolve(
                label.breakdown, label.text, self._classifications(label.breakdown, label.level)
            )
        return self._groups[key]

    def _classifications(self, breakdown: Breakdown, level: int) -> tuple[str, ...]:
        """Those that the label is looked for in: its column's own, when there are several label columns."""
        if len(self._label_columns) > 1:
            return breakdown.classifications[level : level + 1]
        return breakdown.classifications

    def faults(self, labels: list[RowLabel], lines: list[int]) -> dict[int, Fault]:
        """The rows, by index, whose label does not belong where it stands.

        Raises:
            InputRefused: a label is not known and the mapping says that such a source is refused.
        """
        strangers = {index for index, label in enumerate(labels) if self.group(label) is None}
        faults = {index: _stranger(labels[index]) for index in strangers}
        for other in self._rule.breakdowns:
            faults |= _filled_down(other, labels, strangers)
        if faults and self._rule.unknown_labels == "refuse":
            index = min(faults)
            raise InputRefused(
                f"{self._origin}, line {lines[index]}: {shown(labels[index].text)} is not a label of this source."
            )
        return faults


def resolve(breakdown: Breakdown, label: str, classifications: tuple[str, ...]) -> GroupLabel | None:
    """The group that a label means within a breakdown, looked for in ``classifications``; None when it has no place."""
    wanted = comparable(label)
    if breakdown.kind != "ethnicity":
        known = not breakdown.vocabulary or any(comparable(each) == wanted for each in breakdown.vocabulary)
        return EVERYBODY if known else None
    for spelling, meant in breakdown.labels.items():
        if comparable(spelling) == wanted:
            return meant
    match = normalise_label_at_any_level(label, classification_ids=classifications)
    return None if match.group is None else GroupLabel(group=match.group, classification=match.classification_id)


def _stranger(label: RowLabel) -> Fault:
    if not label.text:
        return Fault("the label is missing", "")
    return Fault(f"the label does not belong to the breakdown {_name(label.breakdown)}", shown(label.text))


def _filled_down(other: Breakdown, labels: list[RowLabel], strangers: set[int]) -> dict[int, Fault]:
    """Rows over which the labels of ``other`` were filled down.

    Such a run is neighbouring rows that stand in further breakdowns and all carry labels of ``other``, letter by
    letter, at least one of which cannot belong where it stands. All its rows are at fault: also those whose word would
    pass, since the fill wrote that word too.
    """
    vocabulary = set(other.vocabulary) - {""}
    reason = f"the labels of the breakdown {_name(other)} were filled down over it"
    faults: dict[int, Fault] = {}
    run: list[int] = []
    for index in range(len(labels) + 1):
        if index < len(labels) and labels[index].breakdown is not other and labels[index].text in vocabulary:
            run.append(index)
            continue
        if not strangers.isdisjoint(run):
            faults |= {each: Fault(reason, shown(labels[each].text)) for each in run}
        run = []
    return faults


def _name(breakdown: Breakdown | None) -> str:
    return repr(breakdown.names[0]) if breakdown is not None and breakdown.names else "by ethnicity"
