"""Writing to the record."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from evenhand.apps.core.models import Event
from evenhand.errors import EvenhandError


class NobodyDidIt(EvenhandError):
    """A change of state without a person who answers for it."""


def record(*, what: str, target: models.Model, by: models.Model, details: Mapping[str, Any] | None = None) -> Event:
    """Record that ``by`` did ``what`` to ``target``. Call it inside the transaction of the change itself.

    Args:
        what: lower case words joined by underscores, in the past tense: ``release_loaded``.
        by: a saved account that may sign in. Nobody, an anonymous visitor and a closed account are refused.
        details: a few facts (codes, numbers, reasons given). Never what a member of the public wrote.

    Raises:
        NobodyDidIt: when there is no such person.
        ValueError: when ``target`` is not saved.
    """
    if getattr(by, "pk", None) is None or not getattr(by, "is_active", False):
        raise NobodyDidIt(f"{what}: nobody answers for it. Sign in with an account that is open.")
    if target.pk is None:
        raise ValueError(f"{what}: the {target._meta.verbose_name} it happened to is not saved")
    event = Event(
        what=what,
        actor=by.pk,
        target_type=target._meta.label_lower,
        target_key=str(target.pk),
        details=dict(details or {}),
    )
    event.full_clean()
    event.save()
    return event
