"""The certificate of a release: what was hidden, what was proved, against whom, and of which bytes.

Whoever loads a release works the certificate out again from the other files. A digest is no signature: somebody who
alters a figure can write new digests as well. What nobody can do is to make the attack on an unsafe table fail,
or an estimate follow from counts that it does not follow from; those are worked out again too.
"""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from evenhand.datasets.counts import CellStatus, Count
from evenhand.disclosure import Rule
from evenhand.errors import EvenhandError, InputRefused
from evenhand.indicators.specification import Statistic, Version
from evenhand.publication.cells import Cell
from evenhand.publication.package import Adding, Digest
from evenhand.publication.protection import attack_counts, with_parts_of

_STRICT = ConfigDict(extra="forbid")


class CertificateKind(StrEnum):
    """Who protected the figures, and with that, what the certificate can say."""

    PROTECTED = "protected"  # by this release: the attack was run, and is run again on every load
    AS_PUBLISHED = "as_published"  # by the publisher of the source, before: carried as such, nothing is proved


STATEMENTS = {
    CertificateKind.PROTECTED: (
        "Small counts were hidden, further counts were hidden so that the small ones cannot be worked out, and then an "
        "attack was run on what is printed. No hidden count can be narrowed below the required width from this release "
        "and its sums. Other publications about the same people were not part of the attack."
    ),
    CertificateKind.AS_PUBLISHED: (
        "These figures were public before. Their publisher hid and rounded small counts, and this release carries that "
        "as it stands: it hides nothing more, shows nothing more, and proves nothing about it."
    ),
}


class AttackSucceeds(EvenhandError):
    """An outsider can work out hidden counts from what is printed."""

    def __init__(self, unsafe: int, rule: Rule) -> None:
        counts = "1 hidden count" if unsafe == 1 else f"{unsafe} hidden counts"
        super().__init__(
            f"the attack succeeds: {counts} can be worked out more closely than the rule {rule.id} allows (largest "
            f"minus smallest possible value below {rule.required_width})."
        )


LONE_COUNT = "Where one count alone is hidden, the outsider knows that it is a small one."


@dataclass(frozen=True, config=_STRICT)
class Certificate:
    """What is vouched for.

    Attributes:
        statement: the certificate in plain words.
        rule: the rule in words; ``rule_in_full``: the rule that the attack was run by, None for ``as_published``.
        cells: how many distinct counts of the source are printed or hidden; ``hidden``: how many of them are hidden.
        primary, secondary: how many are hidden for their own sake, and how many to shield those. None where nobody
            here knows, and where telling it would help to work out a hidden count.
        narrowest: of all hidden counts, the smallest width (largest minus smallest possible value) that an outsider is
            left with; None when nothing is hidden, when no hidden count has an upper end, and for ``as_published``.
        required_width: the width that the rule asks for.
        attacker: the outsider whom the attack assumes, in words.
        earlier_releases: names of the releases that were part of the attack.
        files: size and SHA-256 of every other file of the release.
        digest: one SHA-256 over those: of the lines that ``sha256sum`` prints for them, in the order of their names.
    """

    kind: CertificateKind
    statement: str
    rule: str
    rule_in_full: Rule | None
    cells: Annotated[int, Field(ge=0)]
    hidden: Annotated[int, Field(ge=0)]
    primary: int | None
    secondary: int | None
    narrowest: int | None
    required_width: int | None
    attacker: str | None
    earlier_releases: tuple[str, ...]
    files: dict[str, Digest]
    digest: str


_CERTIFICATE = TypeAdapter(Certificate)


def certify_as_published(rule: str, counts: Mapping[Cell, Count], files: Mapping[str, Digest]) -> Certificate:
    """The certificate of figures whose publisher protected them, by ``rule`` in the publisher's words."""
    return Certificate(
        kind=CertificateKind.AS_PUBLISHED,
        statement=STATEMENTS[CertificateKind.AS_PUBLISHED],
        rule=rule,
        rule_in_full=None,
        cells=len(counts),
        hidden=_hidden(counts.values()),
        primary=None,
        secondary=None,
        narrowest=None,
        required_width=None,
        attacker=None,
        earlier_releases=(),
        files=dict(files),
        digest=digest_of(files),
    )


def certify_protected(
    rule: Rule,
    counts: Mapping[Cell, Count],
    adding: Adding,
    versions: Iterable[Version],
    files: Mapping[str, Digest],
    *,
    told: tuple[int, int] | None,
) -> Certificate:
    """The certificate of figures that this release protects, after an attack on their counts.

    Args:
        versions: the definitions in force.
        told: how many counts are hidden for their own sake and how many to shield those, where that may be told.

    Raises:
        AttackSucceeds: an outsider can work out a hidden count more closely than the rule allows.
        InputRefused: the counts are not printed as the rule says, contradict each other, or a rate is printed that
            does not come from them.
        AttackUndecided: the attack had to be given up.
    """
    versions = list(versions)
    if any(version.statistic is Statistic.PUBLISHED_RATE for version in versions):
        raise InputRefused(
            "a protected release works its rates out from printed counts; it carries none from elsewhere."
        )
    findings = attack_counts(counts, with_parts_of(adding, versions), rule)
    if findings.unsafe:
        raise AttackSucceeds(findings.unsafe, rule)
    primary, secondary = told or (None, None)
    return Certificate(
        kind=CertificateKind.PROTECTED,
        statement=STATEMENTS[CertificateKind.PROTECTED],
        rule=rule.title,
        rule_in_full=rule,
        cells=len(counts),
        hidden=_hidden(counts.values()),
        primary=primary,
        secondary=secondary,
        narrowest=findings.narrowest,
        required_width=rule.required_width,
        attacker=f"{rule.attacker().statement} {LONE_COUNT}",
        earlier_releases=(),
        files=dict(files),
        digest=digest_of(files),
    )


def digest_of(files: Mapping[str, Digest]) -> str:
    """One SHA-256 over the digests of all files, by name."""
    lines = "".join(f"{files[name].sha256}  {name}\n" for name in sorted(files))
    return sha256(lines.encode()).hexdigest()


def certificate_json(certificate: Certificate) -> bytes:
    """``certificate.json``."""
    document = _CERTIFICATE.dump_python(certificate, mode="json")
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def read_certificate(content: bytes) -> Certificate:
    """The certificate that :func:`certificate_json` wrote. ValueError when it is none; the message names the place."""
    try:
        return _CERTIFICATE.validate_json(content)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in fault["loc"]) or "the file"
        raise ValueError(f"{place}: {fault['msg']}") from error


def _hidden(counts: Iterable[Count]) -> int:
    return sum(count.status is CellStatus.SUPPRESSED for count in counts)
