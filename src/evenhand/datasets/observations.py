"""One figure as a source states it: the common shape in which every table of counts travels to publication."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from evenhand.datasets.counts import NOT_APPLICABLE, Count


class OrganisationLevel(StrEnum):
    """How wide an organisation's figures reach. A figure is compared only with others of its own level."""

    COUNTRY = "country"
    REGION = "region"
    ICB = "icb"  # integrated care board
    SUB_ICB = "sub_icb"
    TRUST = "trust"
    INDEPENDENT_PROVIDER = "independent_provider"
    PROVIDER = "provider"  # the source does not say whether NHS or independent
    LOCAL_AUTHORITY = "local_authority"
    POLICE_FORCE = "police_force"


@dataclass(frozen=True, slots=True)
class Organisation:
    """The body or place that a figure is about, as the source names it."""

    code: str
    name: str
    level: OrganisationLevel


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first to the last day, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"a period runs forwards: found {self.start} to {self.end}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A count for one measure, period, organisation and group.

    Attributes:
        measure: the measure's id in the mapping that read it, for instance ``all_detentions``.
        classification: the ethnic classification of ``group``: an id of ``evenhand.ethnicity``, or ``total`` for a
            figure about everybody.
        group: a category id of that classification, or ``unknown``, ``not_stated``, ``not_known``, ``all`` (everybody,
            unknown ethnicity included), ``all_known`` (everybody whose ethnicity is recorded).
        count: the numerator.
        denominator: the denominator where the source prints one; NOT_APPLICABLE where it does not.
        published: figures that the publisher computed, by name (``crude_rate``, ``standardised_rate``,
            ``half_width``, ``percentage``), in the publisher's unit. A name is absent where the source shows none.
        line: the line or spreadsheet row, counted from 1, that the figure was read from.
    """

    measure: str
    period: Period
    organisation: Organisation
    classification: str
    group: str
    count: Count
    denominator: Count = NOT_APPLICABLE
    published: dict[str, float] = field(default_factory=dict)
    line: int = 0
