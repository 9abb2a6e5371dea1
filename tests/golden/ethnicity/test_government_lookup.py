"""The lookup of the Race Disparity Unit (Ethnicity facts and figures): 285 spellings and the groups they stand for."""

import csv
from pathlib import Path

from evenhand.ethnicity import classification, standard_label


def lookup(shared: Path) -> list[tuple[str, str]]:
    path = shared / "data" / "eff_taxonomy" / "classification_lookup.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["Ethnicity"], row["Standard Ethnicity"]) for row in csv.DictReader(file)]


def parents(shared: Path, code: str) -> dict[str, str]:
    """Standard label → parent, for the required categories of one of the lookup's classifications."""
    path = shared / "data" / "eff_taxonomy" / "classification_definitions.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Code"] == code and row["Required"] == "TRUE"]
    # The lookup's own 2021 list calls its last category by another word than its variants do.
    renamed = {"Any Other Ethnic Background": "Any other"}
    return {renamed.get(row["Standard"], row["Standard"]): row["Parent"] for row in rows}


def test_all_285_variants_map_as_the_lookup_says(shared: Path):
    variants = lookup(shared)
    assert len(variants) == 285
    assert {variant: standard_label(variant) for variant, _ in variants} == dict(variants)


def test_all_285_variants_map_in_capitals_and_with_other_dashes(shared: Path):
    for variant, standard in lookup(shared):
        assert standard_label(variant.upper()) == standard
        assert standard_label(f" {variant.title()}  ") == standard
        assert standard_label(variant.replace("-", "–")) == standard


def test_the_broad_groups_are_those_of_the_lookup(shared: Path):
    for code, classification_id in [("16A", "nhs_2001"), ("18A", "ons_2011"), ("19A", "ons_2021")]:
        ours = classification(classification_id)
        assert ours.broad_groups is not None
        broad = classification(ours.broad_groups)
        found = {}
        for category in ours.categories:
            label = category.label
            if category.id in ("M", "N", "caribbean", "african"):
                label = f"Black {label}"
            assert category.parent is not None
            found[standard_label(label)] = standard_label(broad.category(category.parent).label)
        expected = {
            standard: "Other" if parent == "Other inc Chinese" else parent
            for standard, parent in parents(shared, code).items()
        }
        assert found == expected
