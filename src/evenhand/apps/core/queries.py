"""Reading the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models

from evenhand.apps.core.models import Event


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the record. ``actor`` is the key of an account."""

    what: str
    actor: int
    at: datetime
    details: Mapping[str, Any]


def history(target: models.Model) -> tuple[Happened, ...]:
    """What happened to ``target``, oldest first."""
    return tuple(Happened(event.what, event.actor, event.at, event.details) for event in Event.objects.of(target))


def database_answers() -> bool:
    """Whether the database answers a question now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)
