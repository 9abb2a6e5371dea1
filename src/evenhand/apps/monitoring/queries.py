"""Reads of releases: what is in force today, as the dataclasses that the library and the pages share."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from pydantic import TypeAdapter

from evenhand.apps.monitoring import storage
from evenhand.apps.monitoring.models import QualityRecord, Release, ReleasedFigure, State
from evenhand.apps.monitoring.rows import observation_of, quality_of
from evenhand.apps.monitoring.storage import StoredFile
from evenhand.apps.organisations.models import Kind
from evenhand.apps.organisations.models import Organisation as OrganisationRow
from evenhand.apps.organisations.queries import named
from evenhand.datasets.observations import Organisation, Period
from evenhand.indicators.specification import Indicator, Version
from evenhand.publication.certificate import Certificate
from evenhand.publication.observations import ReleasedObservation
from evenhand.publication.package import Package
from evenhand.publication.quality import QualityRow

_PACKAGE = TypeAdapter(Package)
_CERTIFICATE = TypeAdapter(Certificate)
_DEFINITIONS = TypeAdapter(tuple[Indicator, ...])

_A_FIXED_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can state: the same files give the same archive


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedRelease:
    """A release as it stands on this site.

    Attributes:
        replaced_by: name of the revision that took its place; None when there is none.
        withdrawn_at, withdrawn_because: None and empty unless it was withdrawn.
    """

    package: Package
    certificate: Certificate
    indicators: tuple[Indicator, ...]
    files: tuple[StoredFile, ...]
    state: State
    loaded_at: datetime
    replaced_by: str | None
    withdrawn_at: datetime | None
    withdrawn_because: str

    @property
    def name(self) -> str:
        return self.package.name

    @property
    def is_current(self) -> bool:
        return self.state == State.CURRENT


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """One release in the editors' register, with the people who acted. Not for public pages."""

    name: str
    title: str
    state: State
    loaded_by: str
    loaded_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_because: str

    @property
    def is_withdrawn(self) -> bool:
        return self.state == State.WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedOrganisation:
    """An organisation that figures in force are about. ``kind``: pages say "in" an area, "at" a provider of care."""

    organisation: Organisation
    kind: Kind
    invented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFigures:
    """Figures in force with the release that states them."""

    release: LoadedRelease
    observations: tuple[ReleasedObservation, ...]


def releases() -> tuple[LoadedRelease, ...]:
    """Every release that was loaded, newest period first; those that were replaced or withdrawn too."""
    return tuple(_loaded(row) for row in _with_relations(Release.objects.all()))


def release(name: str) -> LoadedRelease | None:
    """The release of that name, whatever its state; None when there is none."""
    row = _with_relations(Release.objects.filter(name=name)).first()
    return None if row is None else _loaded(row)


def register() -> tuple[RegisterEntry, ...]:
    """Every release with who loaded and who withdrew it, the last one loaded first."""
    rows = Release.objects.select_related("loaded_by", "withdrawn_by").order_by("-loaded_at", "-pk")
    return tuple(
        RegisterEntry(
            name=row.name,
            title=row.title,
            state=State(row.state),
            loaded_by=str(row.loaded_by),
            loaded_at=row.loaded_at,
            withdrawn_by=str(row.withdrawn_by or ""),
            withdrawn_at=row.withdrawn_at,
            withdrawn_because=row.withdrawn_because,
        )
        for row in rows
    )


def stated_figures(*, indicator: str | None = None, organisation: str | None = None) -> tuple[StatedFigures, ...]:
    """The figures in force, all or those of one indicator and one organisation (by code), under their releases."""
    wanted = {"indicator": indicator, "organisation__code": organisation}
    return _stated({field: value for field, value in wanted.items() if value is not None})


def figures_beside(*, indicator: str, period: Period, organisation: ListedOrganisation) -> tuple[StatedFigures, ...]:
    """The figures in force of one indicator and period about every organisation that ``organisation`` may be compared
    with, itself included: those of its own level, and only real ones with a real one, invented ones with an invented.
    """
    return _stated(
        {
            "indicator": indicator,
            "period_start": period.start,
            "period_end": period.end,
            "organisation__level": organisation.organisation.level.value,
            "organisation__invented": organisation.invented,
        }
    )


def observations(*, indicator: str | None = None, organisation: str | None = None) -> tuple[ReleasedObservation, ...]:
    """The figures of `stated_figures` in one row."""
    stated = stated_figures(indicator=indicator, organisation=organisation)
    return tuple(observation for figures in stated for observation in figures.observations)


def indicators() -> tuple[Indicator, ...]:
    """The definitions behind the figures in force, by title; each with every version that a release in force states."""
    found: dict[str, Indicator] = {}
    for documents in (
        Release.objects.current().order_by("period_end", "loaded_at").values_list("definitions", flat=True)
    ):
        for indicator in _DEFINITIONS.validate_python(documents):
            known = found.get(indicator.id)
            found[indicator.id] = indicator if known is None else _joined(known, indicator)
    return tuple(sorted(found.values(), key=lambda indicator: indicator.title))


def indicator(id: str) -> Indicator | None:  # noqa: A002 (the field's own word)
    """The definition of that id; None when no release in force has figures for it."""
    return next((found for found in indicators() if found.id == id), None)


def organisations() -> tuple[ListedOrganisation, ...]:
    """The organisations that figures in force are about, by name."""
    codes = ReleasedFigure.objects.filter(release__state=State.CURRENT).values("organisation")
    rows = OrganisationRow.objects.filter(pk__in=codes)
    return tuple(ListedOrganisation(organisation=named(row), kind=row.kind, invented=row.invented) for row in rows)


def quality(*, organisation: str | None = None) -> tuple[QualityRow, ...]:
    """How complete the recording of ethnicity is behind the figures in force."""
    rows = QualityRecord.objects.filter(release__state=State.CURRENT).select_related("organisation")
    if organisation is not None:
        rows = rows.filter(organisation__code=organisation)
    return tuple(quality_of(row) for row in rows)


def file_content(*, release: LoadedRelease, name: str) -> bytes | None:
    """The content of a file of a release, checked against its digest; None when it has no such file.

    Raises:
        FileDamaged: the stored file is not what was stored.
    """
    file = next((file for file in release.files if file.name == name), None)
    return None if file is None else storage.content(release.name, file)


def whole_package(release: LoadedRelease) -> bytes:
    """The release's folder as one ZIP file: the same bytes each time, and what `load_release` takes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writing:
        for file in release.files:
            entry = zipfile.ZipInfo(f"{release.name}/{file.name}", _A_FIXED_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            writing.writestr(entry, storage.content(release.name, file))
    return archive.getvalue()


def _with_relations(rows: QuerySet[Release]) -> QuerySet[Release]:
    return rows.select_related("replaced_by").prefetch_related("files")


def _loaded(row: Release) -> LoadedRelease:
    successor = getattr(row, "replaced_by", None)
    return LoadedRelease(
        package=_PACKAGE.validate_python(row.package),
        certificate=_CERTIFICATE.validate_python(row.certificate),
        indicators=_DEFINITIONS.validate_python(row.definitions),
        files=tuple(StoredFile(file.name, file.size, file.sha256) for file in row.files.all()),
        state=State(row.state),
        loaded_at=row.loaded_at,
        replaced_by=None if successor is None else successor.name,
        withdrawn_at=row.withdrawn_at,
        withdrawn_because=row.withdrawn_because,
    )


def _stated(wanted: Mapping[str, object]) -> tuple[StatedFigures, ...]:
    """The figures in force in which each field has the value that is wanted, under their releases."""
    rows = (
        ReleasedFigure.objects.filter(release__state=State.CURRENT)
        .filter(**wanted)
        .select_related("organisation")
        .order_by("release__period_end", "release__loaded_at", "release_id", "position")
    )
    by_release: dict[int, list[ReleasedObservation]] = {}
    for release_id, observation in _without_repeats(rows):
        by_release.setdefault(release_id, []).append(observation)
    current = {row.pk: row for row in _with_relations(Release.objects.filter(pk__in=by_release))}
    return tuple(
        StatedFigures(release=_loaded(current[key]), observations=tuple(observations))
        for key, observations in by_release.items()
    )


def _without_repeats(rows: Iterable[ReleasedFigure]) -> Iterator[tuple[int, ReleasedObservation]]:
    """Each breakdown once. Two releases in force can state the same one (a region's, repeated for comparison by each of
    its trusts): the one that was loaded last speaks, for the whole breakdown, so that no chart mixes the two."""
    figures = [(row.release_id, observation_of(row)) for row in rows]
    speaks: dict[tuple[str, str, Period, str], int] = {}
    for release_id, observation in figures:
        speaks[_breakdown(observation)] = release_id
    return ((key, observation) for key, observation in figures if speaks[_breakdown(observation)] == key)


def _breakdown(observation: ReleasedObservation) -> tuple[str, str, Period, str]:
    return (observation.indicator, observation.organisation.code, observation.period, observation.classification)


def _joined(known: Indicator, newer: Indicator) -> Indicator:
    """The newer release's words, and the versions of both; where two overlap, the newer release's."""
    older = [version for version in known.versions if not any(_overlap(version, other) for other in newer.versions)]
    return replace(newer, versions=tuple(sorted([*older, *newer.versions], key=lambda version: version.valid_from)))


def _overlap(one: Version, other: Version) -> bool:
    one_ends_first = one.valid_to is not None and one.valid_to < other.valid_from
    other_ends_first = other.valid_to is not None and other.valid_to < one.valid_from
    return not one_ends_first and not other_ends_first
