"""Reading a release: everything in it is worked out again before any of it is believed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from evenhand.disclosure import Rule, load_rule
from evenhand.disclosure.rules import PACKAGED_RULES
from evenhand.errors import EvenhandError
from evenhand.indicators.specification import Indicator
from evenhand.publication import columns
from evenhand.publication.cells import printed_counts
from evenhand.publication.certificate import (
    Certificate,
    certify_as_published,
    certify_protected,
    read_certificate,
)
from evenhand.publication.columns import OBSERVATION_COLUMNS
from evenhand.publication.comma_separated import csv_rows
from evenhand.publication.estimates import released_observations
from evenhand.publication.figures import Versions, figures_of_release, version_in_force
from evenhand.publication.folder import release_contents
from evenhand.publication.observations import ReleasedObservation
from evenhand.publication.package import (
    CERTIFICATE_FILE,
    CSV_FILE,
    INDICATORS_FILE,
    PACKAGE_FILE,
    PARQUET_FILE,
    QUALITY_FILE,
    Digest,
    Package,
    check_format,
    read_package,
)
from evenhand.publication.parquet import parquet_rows
from evenhand.publication.precision import differing_column
from evenhand.publication.quality import QUALITY_COLUMNS, QualityRow, quality_row, quality_rows
from evenhand.publication.release import Release, ReleaseNotSafe, ReleaseUnreadable

_INDICATORS = TypeAdapter(tuple[Indicator, ...])
_T = TypeVar("_T")


def indicators_json(indicators: tuple[Indicator, ...]) -> bytes:
    """``indicators.json``."""
    return _INDICATORS.dump_json(indicators, indent=2) + b"\n"


def read_indicators(content: bytes) -> tuple[Indicator, ...]:
    """The definitions of ``indicators.json``. ValueError when it holds something else."""
    return _INDICATORS.validate_json(content)


def read_release(directory: Path | str) -> Release:
    """The release in a folder, once everything in it has been worked out again.

    Raises:
        ReleaseUnreadable: the folder is not a release, or of another version of the format.
        ReleaseNotSafe: a file is not the one that was certified, the two files of observations differ, a figure does
            not follow from its counts, or the attack on the printed counts succeeds. The message says which.
    """
    directory = Path(directory)
    contents = release_contents(directory)
    digests = {name: Digest.of(content) for name, content in contents.items() if name != CERTIFICATE_FILE}
    try:
        check_format(contents[PACKAGE_FILE])
    except ValueError as error:
        raise ReleaseUnreadable(f"{directory}: {PACKAGE_FILE}: {error}.") from error
    try:
        certificate = read_certificate(contents[CERTIFICATE_FILE])
    except ValueError as error:
        raise ReleaseUnreadable(f"{directory}: {CERTIFICATE_FILE}: {error}.") from error
    try:
        _check_digests(certificate, digests)
        return _verified(directory, contents, digests, certificate)
    except _Refusal as error:
        raise ReleaseNotSafe(f"{directory}: {error}") from error


class _Refusal(Exception):
    """What is wrong with a release, in a sentence that begins with the file."""


def _check_digests(certificate: Certificate, digests: Mapping[str, Digest]) -> None:
    for name, digest in digests.items():
        if certificate.files.get(name) != digest:
            raise _Refusal(f"{name} is not the file that was certified: it was altered after the release was made.")


def _verified(
    directory: Path, contents: Mapping[str, bytes], digests: Mapping[str, Digest], certificate: Certificate
) -> Release:
    inside = {name: digest for name, digest in digests.items() if name != PACKAGE_FILE}
    package = _read(PACKAGE_FILE, lambda: read_package(contents[PACKAGE_FILE], inside))
    indicators = _read(INDICATORS_FILE, lambda: read_indicators(contents[INDICATORS_FILE]))
    observations = _observations(contents)
    versions = _read(INDICATORS_FILE, lambda: _versions(indicators, observations))
    _check_estimates(observations, indicators, versions, package)
    measures = {place: version.numerator.measure for place, version in versions.items()}
    quality = quality_rows(observations, measures)
    _check_quality(contents[QUALITY_FILE], quality)
    _check_certificate(certificate, package, observations, versions, digests)
    return Release(
        directory=directory,
        package=package,
        observations=observations,
        indicators=indicators,
        quality=quality,
        certificate=certificate,
    )


def _read(name: str, read: Callable[[], _T]) -> _T:
    try:
        return read()
    except (ValueError, EvenhandError) as error:
        first = str(error).splitlines()[0].removesuffix(".")
        raise _Refusal(f"{name} does not hold what a release holds there: {first}.") from error


def _observations(contents: Mapping[str, bytes]) -> tuple[ReleasedObservation, ...]:
    rows = _read(PARQUET_FILE, lambda: parquet_rows(OBSERVATION_COLUMNS, contents[PARQUET_FILE]))
    in_csv = _read(CSV_FILE, lambda: csv_rows(OBSERVATION_COLUMNS, contents[CSV_FILE].decode()))
    if rows != in_csv:
        raise _Refusal(f"{PARQUET_FILE} and {CSV_FILE} do not hold the same figures.")
    return _read(PARQUET_FILE, lambda: tuple(map(columns.from_row, rows)))


def _versions(indicators: Sequence[Indicator], observations: Sequence[ReleasedObservation]) -> Versions:
    by_id = {indicator.id: indicator for indicator in indicators}
    used = {observation.indicator for observation in observations}
    if len(by_id) < len(indicators) or used != set(by_id):
        raise ValueError("its definitions are not those of the observations, each once")
    return {
        (indicator, period): version_in_force(by_id[indicator], period)
        for indicator, period in {(observation.indicator, observation.period) for observation in observations}
    }


def _check_estimates(
    observations: Sequence[ReleasedObservation], indicators: Sequence[Indicator], versions: Versions, package: Package
) -> None:
    order = [indicator.id for indicator in indicators]
    figures = figures_of_release(observations, versions)
    again = _read(PARQUET_FILE, lambda: released_observations(figures, order, versions, package.comparators))
    for row, (found, expected) in enumerate(zip(observations, again, strict=True), start=1):
        wrong = differing_column(OBSERVATION_COLUMNS, columns.to_row(found), columns.to_row(expected))
        if wrong is not None:
            raise _Refusal(
                f"row {row} ({found.indicator}, {found.organisation.code}, {found.classification}, {found.group}): "
                f"{wrong} does not follow from the printed counts."
            )


def _check_quality(content: bytes, expected: Iterable[QualityRow]) -> None:
    found = _read(QUALITY_FILE, lambda: csv_rows(QUALITY_COLUMNS, content.decode()))
    rows = [quality_row(each) for each in expected]
    if len(found) != len(rows) or any(
        differing_column(QUALITY_COLUMNS, *pair) for pair in zip(found, rows, strict=True)
    ):
        raise _Refusal(f"{QUALITY_FILE} does not follow from the printed counts.")


def _check_certificate(
    certificate: Certificate,
    package: Package,
    observations: Sequence[ReleasedObservation],
    versions: Versions,
    digests: Mapping[str, Digest],
) -> None:
    counts = _read(PARQUET_FILE, lambda: printed_counts(observations, versions))
    rule, adding = certificate.rule_in_full, package.adding
    if (rule is None) != (adding is None):
        raise _Refusal(
            f"{CERTIFICATE_FILE} and {PACKAGE_FILE} do not agree on whether this release protects its counts."
        )
    if rule is None or adding is None:
        expected = certify_as_published(certificate.rule, counts, digests)
    else:
        _check_rule(rule)
        try:
            expected = certify_protected(rule, counts, adding, versions.values(), digests, told=_told(certificate))
        except EvenhandError as error:
            raise _Refusal(f"{PARQUET_FILE}: {error}") from error
    if certificate != expected:
        raise _Refusal(f"{CERTIFICATE_FILE} is not the certificate of these figures: it was altered.")


def _check_rule(rule: Rule) -> None:
    """A rule that goes by the name of a packaged one has to be that one."""
    if rule.id in {path.stem for path in PACKAGED_RULES.glob("*.yaml")} and rule != load_rule(rule.id):
        raise _Refusal(f"{CERTIFICATE_FILE}: its rule is not the rule {rule.id} that it is named after.")


def _told(certificate: Certificate) -> tuple[int, int] | None:
    """What the certificate tells of why counts are hidden: nobody can work that out again, but it has to add up."""
    if certificate.primary is None or certificate.secondary is None:
        return None
    if min(certificate.primary, certificate.secondary) < 0:
        return None
    return (
        (certificate.primary, certificate.secondary)
        if certificate.primary + certificate.secondary == certificate.hidden
        else None
    )
