"""How well ethnicity is recorded: the shares that a board looks at before it believes a rate.

The national data quality reports give five of them (VODIM: valid, other, default, invalid, missing). Two more tell
whether valid codes can be trusted: how often "any other" is used, and how many people carry contradicting codes.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from evenhand.errors import InputRefused
from evenhand.ethnicity.classifications import classification
from evenhand.ethnicity.codes import NHS_CODING, CodeKind, CodeReading, Coding


@dataclass(frozen=True, slots=True)
class Part:
    """``count`` out of ``total``."""

    count: int
    total: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where there is nothing to be a share of."""
        return self.count / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class CodingQuality:
    """Six kinds of code that add up to all records, and two signs of how far the valid ones can be trusted.

    Attributes:
        valid, not_stated, not_known, default, invalid, missing: as in ``CodeKind``; parts of all records.
        residual_other: valid codes for "any other" (C, G, L, P, S of the NHS codes); a part of the valid ones.
        conflicting: people with more than one valid category over their records; a part of the people who have any.
            None when the records do not tell who they belong to.
    """

    valid: Part
    not_stated: Part
    not_known: Part
    default: Part
    invalid: Part
    missing: Part
    residual_other: Part
    conflicting: Part | None

    @property
    def vodim(self) -> dict[str, Part]:
        """The five national shares: *other* is not stated; *default* is not known, which NHS code 99 stands for."""
        default = Part(self.not_known.count + self.default.count, self.valid.total)
        return {
            "valid": self.valid,
            "other": self.not_stated,
            "default": default,
            "invalid": self.invalid,
            "missing": self.missing,
        }


def coding_quality(
    codes: Iterable[str | None], *, people: Iterable[Hashable] | None = None, coding: Coding = NHS_CODING
) -> CodingQuality:
    """The quality of ``codes``, one per record; ``people`` says whose record each is, in the same order.

    Each distinct code is read once, so that a national file of records costs one pass.

    Raises:
        InputRefused: ``people`` is not as long as ``codes``.
    """
    recorded = list(codes)
    readings = {code: coding.read(code) for code in set(recorded)}
    records = Counter(recorded)
    kinds: Counter[CodeKind] = Counter()
    residual = 0
    for code, count in records.items():
        kinds[readings[code].kind] += count
        residual += count * _is_residual(readings[code], coding)
    return CodingQuality(
        **{kind.value: Part(kinds[kind], len(recorded)) for kind in CodeKind},
        residual_other=Part(residual, kinds[CodeKind.VALID]),
        conflicting=None if people is None else _conflicting(recorded, list(people), readings),
    )


def _is_residual(reading: CodeReading, coding: Coding) -> bool:
    return reading.kind is CodeKind.VALID and classification(coding.classification_id).category(reading.group).residual


def _conflicting(codes: list[str | None], people: list[Hashable], readings: dict[str | None, CodeReading]) -> Part:
    if len(people) != len(codes):
        raise InputRefused(f"There are {len(codes)} codes and {len(people)} people; each record needs one of each.")
    valid = {code: reading.group for code, reading in readings.items() if reading.kind is CodeKind.VALID}
    categories_of = Counter(
        person
        for person, _ in {(person, valid[code]) for person, code in zip(people, codes, strict=True) if code in valid}
    )
    return Part(sum(categories > 1 for categories in categories_of.values()), len(categories_of))
