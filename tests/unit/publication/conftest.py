"""Releases made once and copied for every test that harms one."""

import shutil
from pathlib import Path

import pytest

from evenhand.publication.making import make_release
from evenhand.synthetic.trust import write_invented_source

PROTECTED_RECIPE = """
title: Counts of two services
organisation: {code: TST, name: Test Trust, level: trust}
period: {start: 2024-03-01, end: 2024-03-31}
mapping: mapping.yaml
indicators: [restraint]
comparators: {white_british: white_british}
protection:
  kind: protect
  rule: RULE
  whole: {code: TST, name: Test Trust, level: trust, parts: [TST-A, TST-B]}
licence: {name: CC0-1.0, title: Creative Commons Zero 1.0}
sources: [{title: Invented counts, publisher: Nobody, licence: Creative Commons Zero 1.0}]
released_by: A test
released_on: 2024-05-01
invented: true
"""

MAPPING = """
id: test_counts
title: Counts of two services
publication: {title: Invented counts, publisher: Nobody, licence: Creative Commons Zero 1.0}
file: {formats: [csv]}
period: {style: month, column: month}
organisations: [{code: code, name: name, level: provider}]
measure:
  columns: [measure]
  values:
    - {values: [people_restrained], id: people_restrained}
    - {values: [bed_days], id: bed_days}
groups:
  label_columns: [group]
  unknown_labels: refuse
  breakdowns:
    - kind: ethnicity
      classifications: [white_british]
      labels:
        white_british: {group: white_british, classification: white_british}
        not_white_british: {group: not_white_british, classification: white_british}
        unknown: {group: unknown, classification: white_british}
        all: {group: all, classification: white_british}
figures: {count: count}
markers: {"*": suppressed}
"""

GROUPS = ("white_british", "not_white_british", "unknown")

# People restrained, by service and group.
RESTRAINED = {"TST-A": (41, 2, 12), "TST-B": (36, 17, 9)}


def source_text(restrained: dict[str, tuple[int | str, ...]], month: str = "2024-03-01") -> str:
    lines = ["month,code,name,measure,group,count"]
    for code, counts in restrained.items():
        for group, count in zip(GROUPS, counts, strict=True):
            lines.append(f"{month},{code},Service {code[-1]},people_restrained,{group},{count}")
            lines.append(f"{month},{code},Service {code[-1]},bed_days,{group},{1200 if group == GROUPS[0] else 300}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def recipe_folder(tmp_path):
    """A folder with a source of exact counts, its mapping and a recipe that protects it."""
    folder = tmp_path / "recipe"
    folder.mkdir()
    (folder / "source.csv").write_text(source_text(RESTRAINED))
    (folder / "mapping.yaml").write_text(MAPPING)
    (folder / "recipe.yaml").write_text(PROTECTED_RECIPE.replace("RULE", "nhs5"))
    return folder


@pytest.fixture(scope="session")
def releases_made_once(tmp_path_factory) -> dict[str, Path]:
    """``published``: the packaged figures as published; ``protected``: the invented trust; ``exact``: no rounding."""
    out = tmp_path_factory.mktemp("releases")
    folder = tmp_path_factory.mktemp("recipe")
    source = write_invented_source(folder / "soar_valley.csv")
    (folder / "source.csv").write_text(source_text(RESTRAINED))
    (folder / "mapping.yaml").write_text(MAPPING)
    (folder / "recipe.yaml").write_text(PROTECTED_RECIPE.replace("RULE", "dfe2"))
    return {
        "published": make_release("mental_health_act_2023_24", "mental_health_act_2023_24", out).directory,
        "protected": make_release(source, "soar_valley_2024_03", out).directory,
        "exact": make_release(folder / "source.csv", folder / "recipe.yaml", out).directory,
    }


@pytest.fixture
def published(releases_made_once, tmp_path) -> Path:
    """A copy of a release of figures that were public before."""
    return Path(shutil.copytree(releases_made_once["published"], tmp_path / "published"))


@pytest.fixture
def protected(releases_made_once, tmp_path) -> Path:
    """A copy of a release that protects its counts by hiding and rounding."""
    return Path(shutil.copytree(releases_made_once["protected"], tmp_path / "protected"))


@pytest.fixture
def exact(releases_made_once, tmp_path) -> Path:
    """A copy of a release that protects its counts by hiding alone: what is printed is exact."""
    return Path(shutil.copytree(releases_made_once["exact"], tmp_path / "exact"))
