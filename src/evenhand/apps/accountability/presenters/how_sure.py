"""“How sure can we be?”: what is in doubt about the widest difference, drawn and in sentences."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.apps.accountability.presenters import doubts, drawings, numbers
from evenhand.apps.accountability.presenters.breakdowns import Breakdown
from evenhand.apps.accountability.presenters.definitions import events
from evenhand.apps.accountability.presenters.groups import people
from evenhand.charts.dots import DotChart
from evenhand.indicators.specification import Version
from evenhand.publication.observations import ReleasedObservation


@dataclass(frozen=True, slots=True)
class HowSure:
    """The doubts drawn, what they come from, and what the last row of the drawing says."""

    chart: DotChart
    text: str
    under_the_chart: str


def how_sure(version: Version, breakdown: Breakdown, group: ReleasedObservation | None) -> HowSure | None:
    """About ``group``; None where it is compared with nothing."""
    if group is None or group.ratio is None:
        return None
    chart = drawings.doubts_chart("how-sure", version, breakdown, group)
    extremes = doubts.extremes(breakdown, group)
    if extremes is None:
        more = _("More years of figures would narrow the range. They would not show what nobody wrote down.")
        return HowSure(chart, more, "")
    return HowSure(chart, " ".join(_sentences(version, group, extremes)), _under_the_chart(extremes))


def _sentences(version: Version, group: ReleasedObservation, found: doubts.Extremes) -> list[str]:
    share = numbers.one_in(found.unrecorded, found.counted)
    missing = _("Ethnicity is not written down for %(share)s of the %(events)s here.")
    sentences = [missing % {"share": share, "events": events(version)}]
    if doubts.is_wider_than_chance(found, group):
        sentences.append(_("That leaves more doubt than chance does."))
    sentences.append(
        _(
            "More years of figures would narrow what chance leaves open. Only asking people, and writing down their "
            "own words, narrows the last range."
        )
    )
    return sentences


def _under_the_chart(found: doubts.Extremes) -> str:
    if found.could_turn_round:
        conclusion = _("So what was not written down could turn the answer round: it is undecided.")
    elif found.lowest > 1:
        conclusion = _("Either way the answer stays above 1.")
    else:
        conclusion = _("Either way the answer stays below 1.")
    return " ".join([_every_way(found) if found.has_other_ways else _two_ways(found), conclusion])


def _two_ways(found: doubts.Extremes) -> str:
    low, high = sorted((found.all_in_comparator, found.all_in_group))
    written = numbers.ratio_limits(low, high)
    ends = {
        found.all_in_comparator: people(found.comparator),
        found.all_in_group: people(found.group),
    }
    return _(
        "The last row runs from “all %(number)s were about %(some)s” (%(low)s times) to “all %(number)s were about "
        "%(others)s” (%(high)s times). Neither is likely; both are possible."
    ) % {
        "number": numbers.number(found.unrecorded),
        "some": ends[low],
        "others": ends[high],
        "low": written[0],
        "high": written[1],
    }


def _every_way(found: doubts.Extremes) -> str:
    """Where each of the unrecorded brings somebody to count out of, more than the two simplest ways are possible."""
    low, high = numbers.ratio_limits(found.lowest, found.highest)
    return _(
        "The last row holds every way in which those not recorded could belong to groups, from %(low)s to %(high)s "
        "times. Neither end is likely; both are possible."
    ) % {"low": low, "high": high}
