"""The door: counts in, protected and estimated figures out, as a sealed release. Nothing else may ask for counts."""

from evenhand.publication.audit import AuditReport, Finding, audit
from evenhand.publication.certificate import AttackSucceeds, Certificate, CertificateKind
from evenhand.publication.making import SourceCheck, check_source, make_release
from evenhand.publication.observations import Estimate, ReleasedObservation, Verdict
from evenhand.publication.package import Package
from evenhand.publication.quality import QualityRow
from evenhand.publication.reading import read_release
from evenhand.publication.recipe import Licence, Recipe, read_recipe, shipped_recipes
from evenhand.publication.release import Release, ReleaseNotSafe, ReleaseRefused, ReleaseUnreadable

__all__ = [
    "AttackSucceeds",
    "AuditReport",
    "Certificate",
    "CertificateKind",
    "Estimate",
    "Finding",
    "Licence",
    "Package",
    "QualityRow",
    "Recipe",
    "Release",
    "ReleaseNotSafe",
    "ReleaseRefused",
    "ReleaseUnreadable",
    "ReleasedObservation",
    "SourceCheck",
    "Verdict",
    "audit",
    "check_source",
    "make_release",
    "read_recipe",
    "read_release",
    "shipped_recipes",
]
