"""YAML files read into frozen dataclasses by one schema, with errors that name the file and the place in it.

Definitions, mappings, recipes and rules are all written by people in YAML. Each has one pydantic schema, and what
comes out is the typed object that the code uses: there is no second, looser form of it.
"""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from evenhand.errors import InputRefused

T = TypeVar("T")


class _NoDuplicateKeys(yaml.SafeLoader):
    """YAML itself lets the second of two equal keys win silently; here it is an error."""


def _mapping_without_duplicates(loader: _NoDuplicateKeys, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            line = key_node.start_mark.line + 1
            raise InputRefused(f"line {line}: the key {key!r} stands twice. Keep one of them.")
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


_NoDuplicateKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_without_duplicates)


def load(path: Path, schema: TypeAdapter[T]) -> T:
    """Read the YAML file at ``path`` and return the object that ``schema`` describes.

    Raises:
        InputRefused: the file is missing, is not UTF-8 or not YAML, or does not fit the schema. The message names the
            file, and for each fault the place in it, what was found and what was expected.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputRefused(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InputRefused(f"{path}: is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    return parse(text, schema, name=str(path))


def parse(text: str, schema: TypeAdapter[T], *, name: str) -> T:
    """Like :func:`load`, for text already in memory; ``name`` stands in the messages for the file."""
    try:
        document = yaml.load(text, Loader=_NoDuplicateKeys)  # noqa: S506 (a SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}, column {mark.column + 1}:" if mark else ""
        raise InputRefused(f"{name}:{where} is not YAML: {getattr(error, 'problem', error)}.") from error
    except InputRefused as error:
        raise InputRefused(f"{name}: {error}") from error
    except (TypeError, ValueError, RecursionError) as error:
        # What PyYAML lets through: a list as a key, a day that does not exist, brackets without end.
        raise InputRefused(f"{name}: is not YAML that can be read ({type(error).__name__}).") from error
    try:
        return schema.validate_python(document)
    except ValidationError as error:
        faults = "; ".join(_fault(detail) for detail in error.errors(include_url=False))
        raise InputRefused(f"{name}: {faults}") from error


def _fault(detail: Any) -> str:
    where = ".".join(str(part) for part in detail["loc"]) or "the whole file"
    found = repr(detail["input"])
    shown = f" (found {found})" if len(found) <= 60 and detail["type"] != "missing" else ""
    return f"{where}: {detail['msg']}{shown}"
