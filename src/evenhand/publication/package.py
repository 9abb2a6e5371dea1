"""What a release says about itself: ``datapackage.json``, a Data Package (version 2) that other tools can read.

https://datapackage.org/standard/data-package/. What the standard has no word for stands under ``evenhand``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from dataclasses import dataclass as plain_dataclass
from datetime import date
from hashlib import sha256
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from evenhand.datasets.observations import Organisation, Period
from evenhand.indicators.specification import Source
from evenhand.publication.columns import OBSERVATION_COLUMNS, Column
from evenhand.publication.observations import CLAIM_RULE
from evenhand.publication.quality import QUALITY_COLUMNS
from evenhand.publication.recipe import Licence, Subject, release_name, release_series

FORMAT = 2
"""The form of a release that this version writes and reads. In form 1 each group's own interval decided its verdict."""

PACKAGE_FILE = "datapackage.json"
PARQUET_FILE = "observations.parquet"
CSV_FILE = "observations.csv"
INDICATORS_FILE = "indicators.json"
QUALITY_FILE = "quality.csv"
CERTIFICATE_FILE = "certificate.json"
DATA_FILES = (PARQUET_FILE, CSV_FILE, INDICATORS_FILE, QUALITY_FILE)
FILES = (PACKAGE_FILE, *DATA_FILES, CERTIFICATE_FILE)

_OF_THE_FORMAT = {"format", "certificate", "claims"}
"""What stands under ``evenhand`` in every release of this form alike."""

_PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, config=_STRICT)
class Adding:
    """How the counts of a protected release add up, so that anybody can run the attack on it again.

    Along the ethnic groups every count of a group is the sum of its parts: ``classification`` into its broad groups,
    those into ``all_known``, that and ``unrecorded`` into ``all``. Along the organisations, ``organisations`` gives
    for each whole its parts. Along the measures, ``parts`` names pairs of which the first is a part of the second.
    """

    classification: str
    unrecorded: tuple[str, ...]
    organisations: dict[str, tuple[str, ...]]
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, config=_STRICT)
class Package:
    """What a release is, whose it is, and who stands for it.

    Attributes:
        title: the release's title; ``name``: organisation, subject where it has one, period and revision, also the
            name of its folder.
        organisation: the body whose figures these are.
        subject: which of the organisation's sets of figures for the period this is; None for the only one.
        replaces: name of the release that this one corrects; None for a first release.
        released_by: who stands for it, a person or a body; ``released_on``: the day.
        invented: True when the figures are invented; every page says so.
        comparators: for a classification, the group that others are compared with.
        adding: how the counts add up, in a protected release; None when the publisher's suppression is carried.
    """

    title: str
    organisation: Organisation
    subject: Subject | None
    period: Period
    revision: Annotated[int, Field(ge=1)]
    replaces: str | None
    licence: Licence
    sources: tuple[Source, ...]
    released_by: str
    released_on: date
    software_version: str
    invented: bool
    comparators: dict[str, str]
    adding: Adding | None

    @property
    def series(self) -> str:
        """What all revisions of this release have in common: ``qk1-2023-24``."""
        return release_series(self.organisation.code, self.subject, self.period)

    @property
    def name(self) -> str:
        """The revision of the series: ``qk1-2023-24-1``."""
        return release_name(self.series, self.revision)


@plain_dataclass(frozen=True, slots=True)
class Digest:
    """A file's size in bytes and its SHA-256, in hexadecimal."""

    size: int
    sha256: str

    @classmethod
    def of(cls, content: bytes) -> "Digest":
        """The digest of a file's content."""
        return cls(len(content), sha256(content).hexdigest())


_PACKAGE = TypeAdapter(Package)
_DATE = TypeAdapter(date)


def package_json(package: Package, digests: Mapping[str, Digest]) -> bytes:
    """``datapackage.json`` for a release whose other files, the certificate apart, have these digests."""
    return (json.dumps(_document(package, digests), indent=2, ensure_ascii=False) + "\n").encode()


def check_format(content: bytes) -> None:
    """Make sure that ``datapackage.json`` is of the form that this version reads.

    Raises:
        ValueError: it is not JSON, or of another version of the format.
    """
    ours = _json_object(content).get("evenhand")
    found = ours.get("format") if isinstance(ours, dict) else None
    if found == 1:
        raise ValueError(
            f"its format is 1, in which claims did not allow for the number of groups compared; this version of "
            f"Evenhand reads format {FORMAT}. Make the release again from its source"
        )
    if found != FORMAT:
        raise ValueError(f"its format is {found!r}; this version of Evenhand reads format {FORMAT}")


def read_package(content: bytes, digests: Mapping[str, Digest]) -> Package:
    """The package that :func:`package_json` wrote for files with these digests.

    Raises:
        ValueError: it is not JSON, not a release's package, or differs anywhere from what it would be for these files;
            the message names the place.
    """
    document = _json_object(content)
    package = _package(document)
    expected = json.loads(package_json(package, digests))
    if document != expected:
        raise ValueError(f"{_first_difference(document, expected)} does not fit the other files or the rest of it")
    return package


def _json_object(content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON") from error
    if not isinstance(document, dict):
        raise ValueError("it is not a JSON object")
    return document


def _package(document: Mapping[str, Any]) -> Package:
    try:
        (licence,), (contributor,) = document["licenses"], document["contributors"]
        fields = {key: value for key, value in document["evenhand"].items() if key not in _OF_THE_FORMAT}
        return _PACKAGE.validate_python(
            {
                **fields,
                "title": document["title"],
                "revision": int(document["version"]),
                "licence": {"name": licence["name"], "title": licence["title"], "url": licence.get("path")},
                "sources": [_source(source) for source in document["sources"]],
                "released_by": contributor["title"],
                "released_on": _DATE.validate_python(document["created"][:10]),
            }
        )
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise ValueError(f"{place}: is missing or not of its kind") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(
            "title, version, created, licenses, contributors or sources is missing or malformed"
        ) from error


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": source["title"],
        "publisher": source["publisher"],
        "licence": source["licence"],
        "url": source.get("path"),
    }


def _document(package: Package, digests: Mapping[str, Digest]) -> dict[str, Any]:
    fields = _PACKAGE.dump_python(package, mode="json")
    return {
        "$schema": _PROFILE.format("datapackage"),
        "name": package.name,
        "title": package.title,
        "version": str(package.revision),
        "created": f"{package.released_on.isoformat()}T00:00:00Z",
        "licenses": [_without_none(name=package.licence.name, title=package.licence.title, path=package.licence.url)],
        "sources": [
            _without_none(title=source.title, path=source.url, publisher=source.publisher, licence=source.licence)
            for source in package.sources
        ],
        "contributors": [{"title": package.released_by, "roles": ["publisher"]}],
        "evenhand": {
            "format": FORMAT,
            "certificate": CERTIFICATE_FILE,
            "claims": asdict(CLAIM_RULE),
            **{key: fields[key] for key in ("organisation", "subject", "period", "replaces", "invented")},
            **{key: fields[key] for key in ("software_version", "comparators", "adding")},
        },
        "resources": [{**resource, **_size(digests[resource["path"]])} for resource in _RESOURCES],
    }


def _without_none(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _size(digest: Digest) -> dict[str, Any]:
    return {"bytes": digest.size, "hash": f"sha256:{digest.sha256}"}


def _first_difference(found: Any, expected: Any, place: str = "") -> str:
    """Where two JSON documents first differ, as ``resources.0.hash``."""
    if isinstance(found, dict) and isinstance(expected, dict):
        keys = [key for key in {**expected, **found} if found.get(key) != expected.get(key)]
        if keys:
            return _first_difference(found.get(keys[0]), expected.get(keys[0]), f"{place}.{keys[0]}")
    elif isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        index = next(index for index, pair in enumerate(zip(found, expected, strict=True)) if pair[0] != pair[1])
        return _first_difference(found[index], expected[index], f"{place}.{index}")
    return place.removeprefix(".") or "the file"


def _table(name: str, path: str, format_: str, mediatype: str, columns: Sequence[Column]) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "type": "table",
        "format": format_,
        "mediatype": mediatype,
        **({"encoding": "utf-8"} if format_ == "csv" else {}),
        "schema": {
            "$schema": _PROFILE.format("tableschema"),
            "fields": [
                {
                    "name": column.name,
                    "type": column.kind,
                    "description": column.description,
                    "constraints": {"required": column.required},
                }
                for column in columns
            ],
            "missingValues": [""],
        },
    }


_RESOURCES: tuple[dict[str, Any], ...] = (
    _table("observations", PARQUET_FILE, "parquet", "application/vnd.apache.parquet", OBSERVATION_COLUMNS),
    _table("observations-csv", CSV_FILE, "csv", "text/csv", OBSERVATION_COLUMNS),
    {"name": "indicators", "path": INDICATORS_FILE, "format": "json", "mediatype": "application/json"},
    _table("quality", QUALITY_FILE, "csv", "text/csv", QUALITY_COLUMNS),
)
