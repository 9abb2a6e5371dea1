from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "evenhand.apps.core"
    label = "core"

    def ready(self) -> None:
        post_migrate.connect(fix_history, sender=self)


def fix_history(*, using: str, **kwargs: Any) -> None:
    """After every `migrate`: the record of events cannot be changed."""
    from evenhand.apps.core.models import Event
    from evenhand.apps.core.triggers import fix_rows

    fix_rows(Event, connections[using])
