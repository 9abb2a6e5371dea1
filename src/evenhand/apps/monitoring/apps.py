from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class MonitoringConfig(AppConfig):
    name = "evenhand.apps.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        post_migrate.connect(fix_releases, sender=self)


def fix_releases(*, using: str, **kwargs: Any) -> None:
    """After every `migrate`: what a release states cannot be changed; only whether it speaks today."""
    from evenhand.apps.core.triggers import fix_rows
    from evenhand.apps.monitoring.models import QualityRecord, Release, ReleasedFigure, ReleaseFile

    state = {"state", "withdrawn_by", "withdrawn_at", "withdrawn_because"}
    fix_rows(Release, connections[using], changeable=state)
    for model in (ReleasedFigure, QualityRecord, ReleaseFile):
        fix_rows(model, connections[using])
