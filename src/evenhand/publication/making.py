"""Making a release: work out its figures, write it beside its place, read back what was written, and name it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version as installed_version
from pathlib import Path

from evenhand.datasets.observations import Organisation
from evenhand.datasets.published import ReadingReport
from evenhand.publication import columns
from evenhand.publication.certificate import Certificate, certificate_json, certify_as_published, certify_protected
from evenhand.publication.columns import OBSERVATION_COLUMNS
from evenhand.publication.comma_separated import csv_text
from evenhand.publication.folder import write_release_folder
from evenhand.publication.package import (
    CERTIFICATE_FILE,
    CSV_FILE,
    INDICATORS_FILE,
    PACKAGE_FILE,
    PARQUET_FILE,
    QUALITY_FILE,
    Digest,
    Package,
    package_json,
)
from evenhand.publication.parquet import parquet_bytes
from evenhand.publication.preparing import Prepared, Step, prepare
from evenhand.publication.quality import QUALITY_COLUMNS, quality_row, quality_rows
from evenhand.publication.reading import indicators_json, read_release
from evenhand.publication.recipe import AsPublished, open_recipe
from evenhand.publication.release import Release
from evenhand.publication.shipped import source_path


def make_release(
    source: Path | str, recipe_path: Path | str, out: Path | str, *, step: Step = lambda _: None
) -> Release:
    """Make the release that a recipe describes, as a new folder in ``out``, and read it back.

    Args:
        source: the file or folder that the recipe's mapping reads, or the name of a table that comes with Evenhand.
        recipe_path: a recipe's YAML file, or the name of a shipped recipe.
        step: is told in words what is being done, for a display of progress.

    Raises:
        InputRefused: source, recipe or mapping is at fault, or the release exists already. Nothing was written.
        NotSafe, AttackSucceeds, AttackUndecided: the counts cannot be published safely. Nothing was written.
    """
    return make_release_and_report(source, recipe_path, out, step=step)[0]


def make_release_and_report(
    source: Path | str, recipe_path: Path | str, out: Path | str, *, step: Step = lambda _: None
) -> tuple[Release, ReadingReport]:
    """Like :func:`make_release`, with the account of what of the source was read and what was not."""
    prepared = prepare(source_path(source), open_recipe(recipe_path), step)
    package = _package(prepared)
    step("Attacking what would be printed")
    contents = _contents(prepared, package)
    step("Writing, and reading back what was written")
    read = write_release_folder(Path(out), package.name, contents, read_back=read_release)
    return replace(read, directory=Path(out) / package.name), prepared.report


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCheck:
    """What a release would hold, had it been made. ``report`` says what was read of the source and what was not."""

    name: str
    report: ReadingReport
    indicators: tuple[str, ...]
    organisations: tuple[Organisation, ...]
    figures: int
    cells: int
    hidden: int


def check_source(source: Path | str, recipe_path: Path | str, *, step: Step = lambda _: None) -> SourceCheck:
    """Do all that :func:`make_release` does except for writing, and say what came of it.

    Raises:
        The same errors.
    """
    prepared = prepare(source_path(source), open_recipe(recipe_path), step)
    step("Attacking what would be printed")
    certificate = _certificate(prepared, {})
    return SourceCheck(
        name=prepared.recipe.name,
        report=prepared.report,
        indicators=prepared.recipe.indicators,
        organisations=tuple(dict.fromkeys(each.organisation for each in prepared.observations)),
        figures=len(prepared.observations),
        cells=certificate.cells,
        hidden=certificate.hidden,
    )


def _package(prepared: Prepared) -> Package:
    recipe = prepared.recipe
    return Package(
        title=recipe.title,
        organisation=Organisation(recipe.organisation.code, recipe.organisation.name, recipe.organisation.level),
        subject=recipe.subject,
        period=recipe.period,
        revision=recipe.revision,
        replaces=recipe.replaces,
        licence=recipe.licence,
        sources=recipe.sources,
        released_by=recipe.released_by,
        released_on=recipe.released_on or datetime.now(tz=UTC).date(),
        software_version=installed_version("evenhand"),
        invented=recipe.invented,
        comparators=recipe.comparators,
        adding=None if isinstance(prepared.protection, AsPublished) else prepared.protection.adding,
    )


def _contents(prepared: Prepared, package: Package) -> dict[str, bytes]:
    """Every file of the release."""
    rows = [columns.to_row(observation) for observation in prepared.observations]
    measures = {place: version.numerator.measure for place, version in prepared.versions.items()}
    quality = map(quality_row, quality_rows(prepared.observations, measures))
    contents = {
        PARQUET_FILE: parquet_bytes(OBSERVATION_COLUMNS, rows),
        CSV_FILE: csv_text(OBSERVATION_COLUMNS, rows).encode(),
        INDICATORS_FILE: indicators_json(prepared.indicators),
        QUALITY_FILE: csv_text(QUALITY_COLUMNS, quality).encode(),
    }
    contents[PACKAGE_FILE] = package_json(package, _digests(contents))
    contents[CERTIFICATE_FILE] = certificate_json(_certificate(prepared, _digests(contents)))
    return contents


def _digests(contents: Mapping[str, bytes]) -> dict[str, Digest]:
    return {name: Digest.of(content) for name, content in contents.items()}


def _certificate(prepared: Prepared, files: Mapping[str, Digest]) -> Certificate:
    protection = prepared.protection
    if isinstance(protection, AsPublished):
        return certify_as_published(f"{protection.publisher}: {protection.rule}", prepared.counts, files)
    protected = protection.protected
    return certify_protected(
        protection.rule,
        prepared.counts,
        protection.adding,
        prepared.versions.values(),
        files,
        told=(protected.primary, protected.secondary) if protected.may_be_told else None,
    )
