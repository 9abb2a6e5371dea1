"""A release as the rest of the system sees it: verified, frozen, with nothing in it about a person."""

from dataclasses import dataclass
from pathlib import Path

from evenhand.errors import EvenhandError
from evenhand.indicators.specification import Indicator
from evenhand.publication.certificate import Certificate
from evenhand.publication.observations import ReleasedObservation
from evenhand.publication.package import Package
from evenhand.publication.quality import QualityRow


class ReleaseRefused(EvenhandError):
    """A folder is not used as a release; the message gives the reason."""


class ReleaseUnreadable(ReleaseRefused):
    """It is not a release of a form that this version reads: a file missing or too many, not JSON, another format."""


class ReleaseNotSafe(ReleaseRefused):
    """It reads as a release, but it is not what its certificate says, or the attack on it succeeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One sealed folder, after everything in it was verified.

    Attributes:
        directory: the folder it was read from.
        observations: every figure, in the order of the file: indicator, period, organisation, classification, group.
        indicators: the definitions in force in the release's periods; each has those versions alone.
        quality: completeness of ethnicity recording, computed from the released counts.
    """

    directory: Path
    package: Package
    observations: tuple[ReleasedObservation, ...]
    indicators: tuple[Indicator, ...]
    quality: tuple[QualityRow, ...]
    certificate: Certificate
