"""An audit: everything in a release is worked out again, and the answer is one word with its reason."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from evenhand.publication.certificate import Certificate, CertificateKind
from evenhand.publication.reading import read_release
from evenhand.publication.release import ReleaseNotSafe, ReleaseUnreadable


class Finding(StrEnum):
    """What an audit comes to. The command line exits with 0, 1 or 2, in this order."""

    SAFE = "safe"  # everything is what the certificate says
    NOT_SAFE = "not_safe"  # something was altered, does not follow from the counts, or gives a hidden count away
    UNREADABLE = "unreadable"  # this is not a release of a form that is read here


_WORDS = {
    Finding.SAFE: "Safe",
    Finding.NOT_SAFE: "Not safe",
    Finding.UNREADABLE: "Cannot be read as a release",
}
_EXIT_CODES = {Finding.SAFE: 0, Finding.NOT_SAFE: 1, Finding.UNREADABLE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """What was found. ``certificate`` is the one that was worked out again, None where there is none to stand by."""

    directory: Path
    finding: Finding
    reason: str
    name: str | None = None
    certificate: Certificate | None = None

    @property
    def words(self) -> str:
        """The finding in words. Of what somebody else protected, all that can be said is that it is whole."""
        if self.certificate is not None and self.certificate.kind is CertificateKind.AS_PUBLISHED:
            return "Unaltered"
        return _WORDS[self.finding]

    @property
    def exit_code(self) -> int:
        """0 safe, 1 not safe, 2 unreadable."""
        return _EXIT_CODES[self.finding]

    def as_json(self) -> dict[str, Any]:
        """The report for a machine."""
        certificate = None
        if self.certificate is not None:
            certificate = TypeAdapter(Certificate).dump_python(self.certificate, mode="json")
        return {
            "directory": str(self.directory),
            "name": self.name,
            "finding": self.finding.value,
            "reason": self.reason,
            "certificate": certificate,
        }


def audit(directory: Path | str) -> AuditReport:
    """Work the certificate of a release out again. Never raises for what is wrong with the release: it reports it."""
    directory = Path(directory)
    try:
        release = read_release(directory)
    except ReleaseUnreadable as error:
        return AuditReport(directory=directory, finding=Finding.UNREADABLE, reason=str(error))
    except ReleaseNotSafe as error:
        return AuditReport(directory=directory, finding=Finding.NOT_SAFE, reason=str(error))
    return AuditReport(
        directory=directory,
        finding=Finding.SAFE,
        reason=release.certificate.statement,
        name=release.package.name,
        certificate=release.certificate,
    )
