"""One row of a release: everything a page needs to say about one figure, and nothing about a person."""

from dataclasses import dataclass
from enum import StrEnum

from evenhand.datasets.counts import CellStatus, Count
from evenhand.datasets.observations import Organisation, Period


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """How it is decided what a release claims, as ``datapackage.json`` says it."""

    method: str
    false_discovery_rate: float  # of the claims of one family, how many are expected to be chance, at most
    family: str


CLAIM_RULE = ClaimRule(
    method="Benjamini-Hochberg",
    false_discovery_rate=0.05,
    family="the groups compared in one breakdown: one indicator, period, organisation and classification",
)


class Verdict(StrEnum):
    """What may be claimed of a group against the comparator: only what chance and rounding together cannot explain.

    The more groups are compared, the more often chance makes one of them stand out. So claims are decided over all
    groups of a breakdown together, and a group may be ``CANNOT_TELL`` though its own interval leaves out no difference.
    """

    COMPARATOR = "comparator"  # this is the group compared with
    HIGHER = "higher"
    LOWER = "lower"
    CANNOT_TELL = "cannot_tell"  # chance, among as many groups as are compared, or rounding may explain it
    NO_CLAIM = "no_claim"  # nothing to compare: hidden, not recorded, not applicable, or a total


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value with the two ranges it may lie in.

    Attributes:
        value, lower, upper: the estimate and its interval from chance alone (95 %), in the row's unit.
        lower_with_rounding, upper_with_rounding: the same interval when each published count may have been any count
            that rounds to it. Equal to ``lower`` and ``upper`` for exact counts. It is this group's own: where it
            leaves out no difference, that alone is no claim yet (see ``Verdict``).
        method: the name of the method, for the page and the reader who checks ("Byar", "MOVER-log on Byar").
    """

    value: float
    lower: float
    upper: float
    lower_with_rounding: float
    upper_with_rounding: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedObservation:
    """One indicator × period × organisation × group.

    Attributes:
        indicator: id of the definition in ``indicators.json`` of the same release.
        classification, group: as in ``evenhand.datasets.observations.Observation``.
        group_label: the group's name as the source writes it.
        group_order: position within the classification, in the source's own order, from 0. Totals and unknown come
            last.
        numerator, denominator: the counts as released.
        value: the rate, proportion or count in ``unit``; None when there is none, and then ``value_status`` says why.
        unit: in words, for instance ``per 100,000 people``.
        comparator: id of the group that ``ratio`` compares with; None when nothing is compared.
        ratio: this group's value over the comparator's; None when there is none.
    """

    indicator: str
    period: Period
    organisation: Organisation
    classification: str
    group: str
    group_label: str
    group_order: int
    numerator: Count
    denominator: Count
    value: Estimate | None
    value_status: CellStatus
    unit: str
    comparator: str | None
    ratio: Estimate | None
    verdict: Verdict
