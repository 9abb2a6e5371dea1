"""Tables of facts that come with the package and can be released by name: no file has to be fetched first.

Each is a table in ``evenhand/datasets/facts`` with the mapping that reads it beside it; ``SOURCES.md`` there says where
every figure comes from. ``evenhand release mental_health_act_2023_24 --recipe mental_health_act_2023_24`` uses both.
"""

from pathlib import Path

from evenhand import datasets

_FACTS = Path(datasets.__file__).parent / "facts"
_MAPPING_ENDING = "_facts"


def shipped_sources() -> dict[str, Path]:
    """The tables that come with the package, by name."""
    return {path.stem: path for path in sorted(_FACTS.glob("*.csv")) if path.with_suffix(".yaml").exists()}


def source_path(path_or_name: Path | str) -> Path:
    """The path itself; for the name of a shipped table that no file bears, the table's path."""
    path = Path(path_or_name)
    return path if path.exists() else shipped_sources().get(str(path_or_name), path)


def facts_mapping(name: str) -> Path | None:
    """The mapping of this name that stands beside a shipped table; None when there is none."""
    table = shipped_sources().get(name.removesuffix(_MAPPING_ENDING)) if name.endswith(_MAPPING_ENDING) else None
    return None if table is None else table.with_suffix(".yaml")
