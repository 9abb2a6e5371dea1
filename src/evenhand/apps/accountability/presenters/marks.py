"""From a released figure to its mark, and to the words that a mark stands for."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import numbers
from evenhand.apps.accountability.presenters.groups import is_unrecorded, people
from evenhand.charts.marks import Mark, MarkKind
from evenhand.datasets.counts import CellStatus
from evenhand.ethnicity import SpecialGroup
from evenhand.publication.observations import Estimate, ReleasedObservation, Verdict

_BY_STATUS = {
    CellStatus.SUPPRESSED: MarkKind.HIDDEN,
    CellStatus.UNKNOWN: MarkKind.NOT_RECORDED,
    CellStatus.NOT_APPLICABLE: MarkKind.DOES_NOT_APPLY,
}
_BY_VERDICT = {
    Verdict.COMPARATOR: MarkKind.COMPARATOR,
    Verdict.HIGHER: MarkKind.CLAIM,
    Verdict.LOWER: MarkKind.CLAIM,
    Verdict.CANNOT_TELL: MarkKind.CANNOT_TELL,
    Verdict.NO_CLAIM: MarkKind.PLAIN,
}


def kind_of(observation: ReleasedObservation) -> MarkKind:
    """What the figure's mark says. Hidden, not recorded, none and does not apply are four different marks."""
    if is_unrecorded(observation):
        hidden = observation.numerator.status is CellStatus.SUPPRESSED
        return MarkKind.HIDDEN if hidden else MarkKind.NOT_RECORDED
    if observation.value is None:
        return _BY_STATUS[observation.value_status]
    if counted_none(observation) and observation.verdict not in {Verdict.HIGHER, Verdict.LOWER}:
        return MarkKind.NONE
    return _BY_VERDICT[observation.verdict]


def compared_kind(observation: ReleasedObservation) -> MarkKind:
    """What the mark of a comparison says: a count of none has a ratio and a difference like any other."""
    return _BY_VERDICT[observation.verdict]


def value_mark(observation: ReleasedObservation) -> Mark:
    """The figure on the scale of its unit."""
    return _mark(kind_of(observation), observation.value)


def ratio_mark(observation: ReleasedObservation) -> Mark:
    """The figure's ratio to the comparison group, on a scale of ratios."""
    return _mark(kind_of(observation), observation.ratio)


def value_words(observation: ReleasedObservation) -> tuple[str, str]:
    """The point and its range as the value column shows them."""
    kind = kind_of(observation)
    if kind is MarkKind.HIDDEN:
        return _("hidden"), ""
    if is_unrecorded(observation) and observation.numerator.value is not None:
        return numbers.number(observation.numerator.value), ""
    if kind is MarkKind.NOT_RECORDED:
        return _("not recorded"), ""
    if observation.value is None:
        return _("does not apply"), ""
    point = _("none") if counted_none(observation) else numbers.point(observation.value.value)
    return point, numbers.full_range(observation.value)


def on_the_drawing(observation: ReleasedObservation) -> str:
    """The words where a point would be."""
    kind = kind_of(observation)
    if kind is MarkKind.HIDDEN:
        return _("hidden to protect people in small groups")
    if is_unrecorded(observation):
        if observation.group == SpecialGroup.NOT_STATED:
            return _("no rate: these people belong to some group above, and chose not to say which")
        return _("no rate: these people belong to some group above, but nobody wrote down which")
    if kind is MarkKind.NOT_RECORDED:
        return _("not recorded: the source shows no figure")
    return _("does not apply") if kind is MarkKind.DOES_NOT_APPLY else ""


def key_words(comparator: ReleasedObservation | None, *, compared: int = 0) -> Mapping[MarkKind, str]:
    """What each kind of mark says, with the comparison group by name.

    ``compared``: how many groups are compared at once, where it is one and the same number for all marks.
    """
    others = people(comparator) if comparator else _("the comparison group")
    return {
        MarkKind.CLAIM: _claimed(others, compared),
        MarkKind.CANNOT_TELL: _("We cannot tell from these figures"),
        MarkKind.PLAIN: _("Not compared with another group"),
        MarkKind.COMPARATOR: _("%(others)s: the group compared with") % {"others": sentence_case(others)},
        MarkKind.POSSIBLE: _("Everything that could be true"),
        MarkKind.HIDDEN: _("Hidden to protect people in small groups"),
        MarkKind.NOT_RECORDED: _("Not recorded: could lie anywhere"),
        MarkKind.NONE: _("None. The bar shows how high the rate could be"),
        MarkKind.DOES_NOT_APPLY: _("Does not apply: no such number can exist"),
    }


def _claimed(others: str, compared: int) -> str:
    if compared == 1:
        return _("Different from %(others)s by more than chance and rounding explain") % {"others": others}
    if compared:
        words = _(
            "Different from %(others)s by more than chance and rounding explain, with %(number)s groups compared "
            "at once"
        )
        return words % {"others": others, "number": numbers.number(compared)}
    words = _("Different from %(others)s by more than chance and rounding explain, among all groups compared at once")
    return words % {"others": others}


def four_words() -> Mapping[MarkKind, tuple[str, str]]:
    """The four words for no number, and what each means."""
    return {
        MarkKind.HIDDEN: (_("Hidden"), _("to protect people in small groups. There is a number; we may not show it.")),
        MarkKind.NONE: (
            _("None."),
            _("Somebody counted, and there were none. The bar shows how high the rate could be."),
        ),
        MarkKind.NOT_RECORDED: (_("Not recorded."), _("Somebody is missing from the groups above.")),
        MarkKind.DOES_NOT_APPLY: (_("Does not apply."), _("No such number can exist.")),
    }


def sentence_case(words: str) -> str:
    """With a capital at the start and everything else as it is."""
    return words[:1].upper() + words[1:]


def counted_none(observation: ReleasedObservation) -> bool:
    """Whether somebody counted and there were none: a zero that no rounding made."""
    count = observation.numerator
    return count.value is not None and count.largest == 0


def _mark(kind: MarkKind, estimate: Estimate | None) -> Mark:
    if estimate is None or kind in {MarkKind.HIDDEN, MarkKind.NOT_RECORDED, MarkKind.DOES_NOT_APPLY}:
        return Mark(kind=kind)
    return Mark(
        kind=kind,
        value=estimate.value,
        lower=estimate.lower,
        upper=estimate.upper,
        lower_with_rounding=estimate.lower_with_rounding,
        upper_with_rounding=estimate.upper_with_rounding,
    )
