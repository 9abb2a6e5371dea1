"""A foreign key written as text is an import that the linter cannot see: it, too, points downwards only."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field

REPOSITORY = Path(__file__).resolve().parents[2]


def ranks() -> dict[str, int]:
    """App → its rank, 0 the lowest, from the same contract that the linter reads."""
    configuration = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    contracts = configuration["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract.get("containers") == ["evenhand.apps"]]
    return {name.strip(" ()"): rank for rank, layer in enumerate(reversed(layers)) for name in layer.split("|") if name}


def app_of(model: type) -> str | None:
    parts = model.__module__.split(".")
    return parts[2] if parts[:2] == ["evenhand", "apps"] else None


def relations() -> list[tuple[str, str, Field]]:
    return [
        (source, target, field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if (source := app_of(model)) and (target := app_of(field.related_model)) and source != target
    ]


def test_the_ranks_cover_every_app_of_ours():
    ours = {
        parts[2] for config in apps.get_app_configs() if (parts := config.name.split("."))[:2] == ["evenhand", "apps"]
    }
    assert ours <= set(ranks())


def test_some_relation_crosses_apps():
    assert relations(), "nothing to check: is the walk still right?"


@pytest.mark.parametrize(("source", "target", "field"), relations(), ids=lambda value: str(value))
def test_no_foreign_key_points_upwards(source, target, field):
    rank = ranks()
    assert rank[target] < rank[source], f"{field} points from {source} up to {target}"
