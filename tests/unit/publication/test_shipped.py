"""Tables of facts that can be released by name."""

from pathlib import Path

from evenhand.datasets.published import load_mapping
from evenhand.publication.recipe import read_recipe, shipped_recipes
from evenhand.publication.shipped import facts_mapping, shipped_sources, source_path


def test_every_shipped_table_has_its_mapping_and_a_recipe_of_its_name():
    for name in shipped_sources():
        assert name in shipped_recipes()
        mapping = facts_mapping(read_recipe(name).mapping)
        assert load_mapping(mapping).id == f"{name}_facts"


def test_a_name_is_the_table_unless_a_file_bears_it(tmp_path, monkeypatch):
    assert source_path("mental_health_act_2023_24").suffix == ".csv"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mental_health_act_2023_24").write_text("x")
    assert source_path("mental_health_act_2023_24") == Path("mental_health_act_2023_24")


def test_what_is_not_shipped_stays_what_it_is():
    assert source_path("own.csv") == Path("own.csv")
    assert facts_mapping("mental_health_act_annual") is None
    assert facts_mapping("no_such_facts") is None
