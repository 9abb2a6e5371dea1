"""Writes to releases: loading one that verifies, and withdrawing one."""

from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from pydantic import TypeAdapter

from evenhand.apps.core.actions import record
from evenhand.apps.monitoring import storage
from evenhand.apps.monitoring.models import (
    Happening,
    QualityRecord,
    Release,
    ReleasedFigure,
    ReleaseFile,
    State,
)
from evenhand.apps.monitoring.permissions import Permission, require
from evenhand.apps.monitoring.rows import figure_columns, quality_columns
from evenhand.apps.organisations.actions import establish
from evenhand.apps.organisations.models import Organisation
from evenhand.apps.users.models import User
from evenhand.datasets.observations import Organisation as Named
from evenhand.errors import EvenhandError
from evenhand.indicators.specification import Indicator
from evenhand.publication.certificate import Certificate
from evenhand.publication.package import Package
from evenhand.publication.release import Release as Sealed
from evenhand.publication.release import ReleaseRefused

_PACKAGE = TypeAdapter(Package)
_CERTIFICATE = TypeAdapter(Certificate)
_DEFINITIONS = TypeAdapter(tuple[Indicator, ...])


class NotLoaded(EvenhandError):
    """A release that verifies is not loaded, because of what is here already."""


class NotWithdrawn(EvenhandError):
    """A release cannot be withdrawn."""


def load_release(*, directory: Path, by: User) -> Release:
    """Verify the release in ``directory`` and put it on the site, whole or not at all.

    A new revision takes the place of the one it says it replaces. The files are copied, so that later changes in
    ``directory`` change nothing here.

    Raises:
        PermissionDenied: ``by`` may not load releases.
        ReleaseRefused, InputRefused: the release does not verify; the message gives the reason.
        NotLoaded: it is here already, or does not follow what is here.
    """
    require(by, Permission.LOAD)
    with storage.private_copy(Path(directory)) as copy:
        sealed = _verified(copy)
        with transaction.atomic():
            _one_at_a_time()
            return _enter(sealed, copy, by)


@transaction.atomic
def withdraw_release(*, release: Release, reason: str, by: User) -> Release:
    """Take a release down: its figures are shown nowhere from now on, and its page says why.

    The revision that it replaced does not come back: what was wrong once is not made right by a second fault.

    Raises:
        PermissionDenied: ``by`` may not withdraw releases.
        NotWithdrawn: it was withdrawn before, or no reason is given.
    """
    require(by, Permission.WITHDRAW)
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.state == State.WITHDRAWN:
        raise NotWithdrawn(f"{release.name} was withdrawn before.")
    if not reason.strip():
        raise NotWithdrawn("Say why the release is withdrawn: its page will show it.")
    release.state = State.WITHDRAWN
    release.withdrawn_by, release.withdrawn_at, release.withdrawn_because = by, timezone.now(), reason.strip()
    release.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawn_because"])
    record(what=Happening.WITHDRAWN, target=release, by=by, details={"reason": reason.strip()})
    return release


def _one_at_a_time() -> None:
    """Two people who load at the same moment would not see each other's release. On SQLite a transaction holds the
    whole database from its beginning; PostgreSQL is asked for the one table."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Release._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _verified(copy: Path) -> Sealed:
    # Here and not above: it brings SciPy, which a site that only shows figures would start a second later for.
    from evenhand.publication.reading import read_release

    try:
        return read_release(copy)
    except ReleaseRefused as refusal:
        # The folder's own name is ours and passing; it would only puzzle the person who reads this.
        raise type(refusal)(str(refusal).replace(f"{copy}: ", "")) from refusal


def _enter(sealed: Sealed, copy: Path, by: User) -> Release:
    package = sealed.package
    _refuse_twice(sealed)
    organisations = _organisations(sealed, by)
    publisher = organisations[package.organisation.code]
    replaced = _replaced(package, publisher)
    if replaced is not None and replaced.state == State.CURRENT:
        replaced.state = State.SUPERSEDED
        replaced.save(update_fields=["state"])
        record(what=Happening.SUPERSEDED, target=replaced, by=by, details={"by": package.name})
    release = Release.objects.create(
        name=package.name,
        series=package.series,
        title=package.title,
        publisher=publisher,
        period_start=package.period.start,
        period_end=package.period.end,
        revision=package.revision,
        replaces=replaced,
        invented=package.invented,
        package=_PACKAGE.dump_python(package, mode="json"),
        certificate=_CERTIFICATE.dump_python(sealed.certificate, mode="json"),
        definitions=_DEFINITIONS.dump_python(sealed.indicators, mode="json"),
        digest=sealed.certificate.digest,
        loaded_by=by,
        loaded_at=timezone.now(),
    )
    _enter_rows(sealed, release, organisations)
    record(what=Happening.LOADED, target=release, by=by, details={"name": package.name, "digest": release.digest})
    # Last, so that a fault in anything above leaves no folder.
    files = storage.keep(copy, release.name)
    ReleaseFile.objects.bulk_create(
        ReleaseFile(release=release, name=file.name, size=file.size, sha256=file.sha256) for file in files
    )
    return release


def _refuse_twice(sealed: Sealed) -> None:
    same_data = Release.objects.filter(digest=sealed.certificate.digest).first()
    if same_data is not None:
        raise NotLoaded(f"The same release is here already, as {same_data.name} ({same_data.get_state_display()}).")
    if Release.objects.filter(name=sealed.package.name).exists():
        raise NotLoaded(
            f"Another release is here under the name {sealed.package.name}. A release does not change: make a new "
            "revision that names it in `replaces`."
        )


def _replaced(package: Package, publisher: Organisation) -> Release | None:
    """The release here that this one takes the place of; None for the first of its series."""
    series = Release.objects.select_for_update().filter(publisher=publisher, series=package.series)
    newest = series.order_by("-revision").first()
    if newest is None:
        return None
    if package.revision <= newest.revision:
        raise NotLoaded(f"Revision {newest.revision} of this release is here already ({newest.name}).")
    if package.replaces != newest.name:
        raise NotLoaded(
            f"{newest.name} is here for the same organisation and period. A correction of it names it in `replaces`; "
            f"this one names {package.replaces or 'none'}. Another set of figures says in `subject` what it is about."
        )
    return newest


def _organisations(sealed: Sealed, by: User) -> dict[str, Organisation]:
    named: dict[str, Named] = {sealed.package.organisation.code: sealed.package.organisation}
    for row in (*sealed.observations, *sealed.quality):
        named.setdefault(row.organisation.code, row.organisation)
    invented = sealed.package.invented
    return {code: establish(organisation=found, invented=invented, by=by) for code, found in named.items()}


def _enter_rows(sealed: Sealed, release: Release, organisations: dict[str, Organisation]) -> None:
    ReleasedFigure.objects.bulk_create(
        (
            ReleasedFigure(
                release=release,
                organisation=organisations[observation.organisation.code],
                position=position,
                **figure_columns(observation),
            )
            for position, observation in enumerate(sealed.observations)
        ),
        batch_size=200,  # SQLite takes some 32,000 values in one statement; a figure has about 40
    )
    QualityRecord.objects.bulk_create(
        QualityRecord(
            release=release,
            organisation=organisations[row.organisation.code],
            position=position,
            **quality_columns(row),
        )
        for position, row in enumerate(sealed.quality)
    )
