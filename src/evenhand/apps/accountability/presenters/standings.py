"""Where each measure stands in one place: a difference is claimed, we cannot tell, it is hidden, or not compared."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evenhand.apps.accountability.presenters.breakdowns import Breakdown, breakdowns
from evenhand.indicators.specification import Indicator
from evenhand.publication.observations import ReleasedObservation


class Standing(StrEnum):
    """What a measure lets us say in one place."""

    CLAIMED = "claimed"
    CANNOT_TELL = "cannot_tell"
    HIDDEN = "hidden"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class MeasureStanding:
    """One indicator in one place. ``breakdown`` is the broadest one that says as much as any."""

    indicator: Indicator
    breakdown: Breakdown
    standing: Standing


def standings(
    observations: Iterable[ReleasedObservation], indicators: Mapping[str, Indicator]
) -> tuple[MeasureStanding, ...]:
    """Every indicator that has figures, in the order of ``indicators``."""
    by_indicator: dict[str, list[ReleasedObservation]] = defaultdict(list)
    for row in observations:
        by_indicator[row.indicator].append(row)
    return tuple(_standing(indicators[id_], by_indicator[id_]) for id_ in indicators if id_ in by_indicator)


def _standing(indicator: Indicator, rows: list[ReleasedObservation]) -> MeasureStanding:
    found = breakdowns(rows)
    if claimed := next((breakdown for breakdown in found if breakdown.claims), None):
        return MeasureStanding(indicator, claimed, Standing.CLAIMED)
    if undecided := next((breakdown for breakdown in found if breakdown.undecided), None):
        return MeasureStanding(indicator, undecided, Standing.CANNOT_TELL)
    if hidden := next((breakdown for breakdown in found if breakdown.hidden), None):
        return MeasureStanding(indicator, hidden, Standing.HIDDEN)
    return MeasureStanding(indicator, found[0], Standing.NOT_COMPARED)
