"""Releases in plain words: what is in them, how they are protected, how to check them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.apps.accountability.presenters import numbers
from evenhand.apps.monitoring.queries import LoadedRelease
from evenhand.publication.certificate import Certificate, CertificateKind
from evenhand.publication.package import CSV_FILE, PARQUET_FILE


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away."""

    words: str
    address: str
    size: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRelease:
    """One line of a list of releases."""

    name: str
    title: str
    organisation: str
    day: str
    period: str
    state: str
    invented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePage:
    """Everything that the page of one release shows."""

    listed: ListedRelease
    glance: tuple[tuple[str, str], ...]
    state: str
    downloads: tuple[Download, ...]
    certificate: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    measures: tuple[str, ...]
    sources: tuple[str, ...]
    digest: str
    files: tuple[tuple[str, str, str], ...]


def listed(release: LoadedRelease) -> ListedRelease:
    """The release as lists show it."""
    package = release.package
    return ListedRelease(
        name=release.name,
        title=package.title,
        organisation=package.organisation.name,
        day=numbers.day(package.released_on),
        period=numbers.period(package.period),
        state="" if release.is_current else release.state.label,
        invented=package.invented,
    )


def newest_first(releases: Iterable[LoadedRelease]) -> list[ListedRelease]:
    """Real releases before invented ones, the newest first."""
    ordered = sorted(releases, key=_newness, reverse=True)
    return [listed(release) for release in sorted(ordered, key=lambda release: release.package.invented)]


def _newness(release: LoadedRelease) -> tuple[date, date]:
    return release.package.released_on, release.package.period.end


def downloads(release: LoadedRelease) -> tuple[Download, ...]:
    """The figures in two forms, and the whole package; none for a release that was withdrawn."""
    if release.withdrawn_at is not None:
        return ()
    sizes = {file.name: filesizeformat(file.size) for file in release.files}
    words = {CSV_FILE: _("The figures as CSV, for a spreadsheet"), PARQUET_FILE: _("The figures as Parquet")}
    files = [
        Download(words[name], reverse("release-file", kwargs={"name": release.name, "file": name}), sizes[name])
        for name in words
        if name in sizes
    ]
    package = reverse("release-package", kwargs={"name": release.name})
    return (*files, Download(_("The whole package: figures, definitions, certificate"), package, "ZIP"))


def release_page(release: LoadedRelease) -> ReleasePage:
    """The page of one release."""
    package, certificate = release.package, release.certificate
    return ReleasePage(
        listed=listed(release),
        glance=(
            (_("Period"), numbers.period(package.period)),
            (_("Whose figures"), package.organisation.name),
            (_("Released"), numbers.day(package.released_on)),
            (_("Who stands for it"), package.released_by),
            (_("Licence"), package.licence.title),
        ),
        state=_state(release),
        downloads=downloads(release),
        certificate=certificate_words(certificate),
        facts=certificate_facts(certificate),
        measures=tuple(indicator.title for indicator in release.indicators),
        sources=tuple(
            _("%(publisher)s, %(title)s (%(licence)s)")
            % {"publisher": source.publisher, "title": source.title, "licence": source.licence}
            for source in package.sources
        ),
        digest=certificate.digest,
        files=tuple((file.name, filesizeformat(file.size), file.sha256) for file in release.files),
    )


def certificate_words(certificate: Certificate) -> tuple[str, ...]:
    """The certificate in sentences, without the words of the trade."""
    hidden = ngettext(
        "%(hidden)s of %(cells)s count is hidden.", "%(hidden)s of %(cells)s counts are hidden.", certificate.cells
    ) % {"hidden": numbers.number(certificate.hidden), "cells": numbers.number(certificate.cells)}
    sentences = [_(certificate.statement), hidden]
    if certificate.kind is CertificateKind.PROTECTED:
        sentences.append(_narrowest(certificate))
        if certificate.attacker:
            sentences.append(_("The outsider we assume: %(attacker)s") % {"attacker": _(certificate.attacker)})
    return tuple(sentences)


def certificate_facts(certificate: Certificate) -> tuple[tuple[str, str], ...]:
    """The certificate's numbers, for those who check."""
    facts = [(_("Rule"), _(certificate.rule))]
    if certificate.primary is not None and certificate.secondary is not None:
        facts += [
            (_("Hidden because small"), numbers.number(certificate.primary)),
            (_("Hidden to shield those"), numbers.number(certificate.secondary)),
        ]
    if certificate.required_width is not None:
        facts.append((_("Width that the rule asks for"), numbers.number(certificate.required_width)))
    if certificate.narrowest is not None:
        facts.append((_("Narrowest that the attack could reach"), numbers.number(certificate.narrowest)))
    return tuple(facts)


def _narrowest(certificate: Certificate) -> str:
    if certificate.narrowest is None:
        return _("No hidden count can be narrowed down to a range.")
    return _(
        "Whoever tries everything that is printed still cannot say of any hidden count more than that it lies in a "
        "range of at least %(values)s possible values."
    ) % {"values": numbers.number(certificate.narrowest + 1)}


def _state(release: LoadedRelease) -> str:
    if release.withdrawn_at is not None:
        return _("This release was withdrawn on %(day)s. %(reason)s") % {
            "day": numbers.day(release.withdrawn_at.date()),
            "reason": release.withdrawn_because,
        }
    if release.replaced_by is not None:
        return _("A newer revision has taken the place of this release.")
    return ""
