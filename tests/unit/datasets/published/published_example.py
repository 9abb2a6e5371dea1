"""A small source that every test of the reader starts from: detentions by ethnic group, invented."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from evenhand.datasets.observations import Observation
from evenhand.datasets.published import Mapping, Reading, read_published

TABLE = """\
Year,Measure,Split,Label,Level,Code,Name,Count,Rate
2023/24,Detentions,All,All,England,ENG,England,1000,80.7
2023/24,Detentions,Ethnicity,White,England,ENG,England,600,69.5
2023/24,Detentions,Ethnicity,Black,England,ENG,England,200,239.0
2023/24,Detentions,Ethnicity,White,ICB,Q1,Soar Valley,55,63.3
2023/24,Detentions,Ethnicity,Black,ICB,Q1,Soar Valley,*,*
2023/24,Detentions,Gender,Female,ICB,Q1,Soar Valley,25,
2023/24,Transfers,All,All,England,ENG,England,70,
"""

MAPPING: dict[str, Any] = {
    "id": "example",
    "title": "Detentions, an invented table",
    "publication": {"title": "Detentions", "publisher": "Nobody", "licence": "None"},
    "period": {"column": "Year", "style": "financial_year"},
    "organisations": [
        {"code": "Code", "name": "Name", "level_column": "Level", "levels": {"England": "country", "ICB": "icb"}}
    ],
    "measure": {"columns": ["Measure"], "values": [{"values": ["Detentions"], "id": "detentions"}]},
    "groups": {
        "column": "Split",
        "label_columns": ["Label"],
        "breakdowns": [
            {"names": ["All"], "kind": "total", "vocabulary": ["All"]},
            {"names": ["Ethnicity"], "kind": "ethnicity", "classifications": ["nhs_2001_5"]},
            {"names": ["Gender"], "kind": "other", "vocabulary": ["Female", "Male", "Other", "Not stated"]},
        ],
    },
    "figures": {"count": "Count", "published": {"crude_rate": "Rate"}},
    "markers": {"*": "suppressed"},
    "rounding": {"to": 5, "by_level": {"country": 1}},
    # The tables of the tests have so few rows that a single damaged one is a large share.
    "limits": {"set_aside_share": 0.9},
}


def example_mapping(**changes: Any) -> Mapping:
    """The mapping of ``TABLE``, with some of its keys changed; a key given as None is left away."""
    document = {key: value for key, value in {**MAPPING, **changes}.items() if value is not None}
    return TypeAdapter(Mapping).validate_python(document)


def read(folder: Path, table: str | bytes = TABLE, *, name: str = "table.csv", **changes: Any) -> Reading:
    """Write the table into ``folder`` and read it by the mapping with ``changes``."""
    file = folder / name
    file.write_bytes(table.encode() if isinstance(table, str) else table)
    return read_published(file, example_mapping(**changes))


def counts(reading: Reading) -> dict[tuple[str, str], int | None]:
    """The counts by organisation and group, for a table of one measure and period."""
    return {(each.organisation.code, each.group): each.count.value for each in reading.observations}


def only(reading: Reading) -> Observation:
    """The one observation of a reading."""
    (observation,) = reading.observations
    return observation
