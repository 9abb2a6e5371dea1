"""What somebody with a text editor, and somebody with our own source code, can do to a release."""

import csv
import io
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from evenhand.publication.columns import OBSERVATION_COLUMNS
from evenhand.publication.comma_separated import csv_text
from evenhand.publication.parquet import parquet_bytes, parquet_rows
from evenhand.publication.reading import read_release
from evenhand.publication.release import ReleaseNotSafe, ReleaseUnreadable

Rows = list[dict[str, Any]]


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def save(path: Path, document: Any) -> None:
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")


def edit(path: Path, change: Callable[[Any], None]) -> None:
    """Change a JSON file in place."""
    document = load(path)
    change(document)
    save(path, document)


def reseal(directory: Path) -> None:
    """Write new sizes and digests everywhere, as a forger would."""
    digests = {
        path.name: {"size": len(content), "sha256": sha256(content).hexdigest()}
        for path in directory.iterdir()
        if path.name not in {"certificate.json", "datapackage.json"} and (content := path.read_bytes()) is not None
    }
    package = directory / "datapackage.json"
    edit(package, lambda document: [_size(resource, digests) for resource in document["resources"]])
    content = package.read_bytes()
    digests[package.name] = {"size": len(content), "sha256": sha256(content).hexdigest()}
    lines = "".join(f"{digests[name]['sha256']}  {name}\n" for name in sorted(digests))

    def certify(certificate: Any) -> None:
        certificate["files"] = {name: digests[name] for name in certificate["files"]}
        certificate["digest"] = sha256(lines.encode()).hexdigest()

    edit(directory / "certificate.json", certify)


def _size(resource: Any, digests: dict[str, Any]) -> None:
    if resource["path"] in digests:
        resource["bytes"] = digests[resource["path"]]["size"]
        resource["hash"] = f"sha256:{digests[resource['path']]['sha256']}"


def rows_of(directory: Path) -> Rows:
    names = [column.name for column in OBSERVATION_COLUMNS]
    content = (directory / "observations.parquet").read_bytes()
    return [dict(zip(names, row, strict=True)) for row in parquet_rows(OBSERVATION_COLUMNS, content)]


def forge_rows(directory: Path, change: Callable[[Rows], None]) -> None:
    """Change the figures in both files and write new digests everywhere."""
    rows = rows_of(directory)
    change(rows)
    values = [tuple(row[column.name] for column in OBSERVATION_COLUMNS) for row in rows]
    (directory / "observations.parquet").write_bytes(parquet_bytes(OBSERVATION_COLUMNS, values))
    (directory / "observations.csv").write_text(csv_text(OBSERVATION_COLUMNS, values), "utf-8")
    reseal(directory)


def cells(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8"))))


def refused(directory, error=ReleaseNotSafe) -> str:
    with pytest.raises(error) as refusal:
        read_release(directory)
    assert str(directory) in str(refusal.value)
    return str(refusal.value)


def unreadable(directory) -> str:
    return refused(directory, ReleaseUnreadable)
