"""“Which differences stand out?”: groups in the order of their shrunken ratios, so that chance does not head the list.

Groups are put in an order; organisations never are.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import drawings, marks, numbers
from evenhand.apps.accountability.presenters.breakdowns import Breakdown
from evenhand.apps.accountability.presenters.definitions import rate_word
from evenhand.apps.accountability.presenters.doubts import could_turn_round
from evenhand.apps.accountability.presenters.gap import by_themselves_words
from evenhand.apps.accountability.presenters.groups import label, people
from evenhand.apps.accountability.presenters.shrunken import FEWEST, ShrunkenRatio
from evenhand.apps.accountability.presenters.tables import ratio_words, what_may_be_said
from evenhand.charts.dots import DotChart, Row
from evenhand.charts.marks import Mark
from evenhand.indicators.specification import Version
from evenhand.publication.observations import CLAIM_RULE, ReleasedObservation


@dataclass(frozen=True, slots=True)
class Ranking:
    """Why the order is what it is, and the groups drawn in it; without a chart, why there is no order."""

    text: str
    chart: DotChart | None


def ranking(version: Version, breakdown: Breakdown) -> Ranking | None:
    """The groups of one breakdown; None where nothing is compared."""
    comparator, shrunken = breakdown.comparator, breakdown.shrunken
    if comparator is None or not breakdown.compared:
        return None
    if not shrunken.ratios:
        words = _(
            "Fewer than %(number)s groups have a figure here. With so few there is no telling what is usual and what "
            "is chance, so they are not put in an order."
        )
        return Ranking(words % {"number": numbers.number(FEWEST)}, None)
    text = _(
        "The values of small groups jump about. Here each is drawn towards the middle of all groups by how uncertain "
        "it is, so that chance does not head the list. The group's own value is beside it. What may be said of a group "
        "is decided by its own value and not by this one."
    )
    return Ranking(text, _chart(version, breakdown, comparator))


def _chart(version: Version, breakdown: Breakdown, comparator: ReleasedObservation) -> DotChart:
    shrunken = breakdown.shrunken
    ordered = breakdown.widest_first(row for row in breakdown.compared if row.group in shrunken.ratios)
    words = {"rate": rate_word(version), "others": people(comparator)}
    compared, turned = len(breakdown.compared), could_turn_round(breakdown)
    return drawings.ratio_chart(
        "stands-out",
        [_row(row, shrunken.ratios[row.group], what_may_be_said(row, breakdown, turned)) for row in ordered],
        title=_("Times the %(rate)s of %(others)s, drawn towards the middle") % words,
        subtitle=_(
            "The furthest from the same %(rate)s first, half as far as twice: by this value and not by the group's own."
        )
        % words,
        label_heading=_("Ethnic group"),
        note=" ".join(_note(breakdown, shrunken.method)),
        comparator=comparator,
        key=marks.key_words(comparator, compared=compared),
        cell_headings=(
            _("Times the %(rate)s of %(others)s, its own") % words,
            _("Drawn towards the middle"),
            _("How far of the way"),
            _("What may be said"),
        ),
    )


def _note(breakdown: Breakdown, method: str) -> list[str]:
    notes = [_("Order: %(method)s.") % {"method": method}]
    notes.append(
        _("What is claimed: %(method)s, %(share)s, over the %(number)s groups compared.")
        % {
            "method": CLAIM_RULE.method,
            "share": numbers.per_cent(CLAIM_RULE.false_discovery_rate),
            "number": numbers.number(len(breakdown.compared)),
        }
    )
    by_themselves = breakdown.different_by_themselves
    if by_themselves:
        notes.append(by_themselves_words(breakdown, by_themselves))
    return notes


def _row(row: ReleasedObservation, shrunken: ShrunkenRatio, said: str) -> Row:
    kind = marks.compared_kind(row)
    lower, upper = shrunken.interval.lower, shrunken.interval.upper
    own = _("none") if row.ratio is None or marks.counted_none(row) else numbers.number(row.ratio.value, 2)
    low, high = numbers.ratio_limits(lower, upper)
    return Row(
        label=label(row),
        mark=Mark(kind=kind, value=shrunken.value, lower=lower, upper=upper),
        value=numbers.number(shrunken.value, 2),
        range=_("%(low)s to %(high)s; its own: %(own)s") % {"low": low, "high": high, "own": own},
        meaning=marks.sentence_case(said),
        cells=(
            ratio_words(row.ratio),
            numbers.ratio_in_full(shrunken.value, lower, upper),
            numbers.per_cent(shrunken.share),
            said,
        ),
    )
