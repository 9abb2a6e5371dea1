"""The record of every change of state: written once, never changed."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from evenhand.errors import EvenhandError


class HistoryIsFixed(EvenhandError):
    """Somebody tried to change or delete a record of what happened."""

    def __init__(self) -> None:
        super().__init__("What happened is on record and cannot be changed or deleted.")


class EventQuerySet(models.QuerySet["Event"]):
    """Reads only. The database refuses the same (see `evenhand.apps.core.triggers`); this says it in words."""

    def update(self, **kwargs: Any) -> int:
        raise HistoryIsFixed

    def delete(self) -> tuple[int, dict[str, int]]:
        raise HistoryIsFixed

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise HistoryIsFixed

    def of(self, target: models.Model) -> "EventQuerySet":
        """What happened to ``target``, oldest first."""
        return self.filter(target_type=target._meta.label_lower, target_key=str(target.pk)).order_by("pk")


class Event(models.Model):
    """Who did what to which thing, and when.

    The actor is kept as the key of an account, not as a name: the record stays when a person's name has to go. There
    is no foreign key to the account, because `core` stands below `users`.
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.PositiveBigIntegerField(editable=False)
    what = models.CharField(max_length=60, editable=False, validators=[RegexValidator(r"^[a-z]+(_[a-z]+)*\Z")])
    target_type = models.CharField(max_length=100, editable=False)
    target_key = models.CharField(max_length=64, editable=False)
    details = models.JSONField(default=dict, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=["target_type", "target_key"], name="event_by_target"),
            models.Index(fields=["actor"], name="event_by_actor"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(actor__gt=0), name="event_has_an_actor"),
            models.CheckConstraint(
                condition=~models.Q(what="") & ~models.Q(target_type="") & ~models.Q(target_key=""),
                name="event_says_what_and_of_what",
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.target_type} {self.target_key}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise HistoryIsFixed
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise HistoryIsFixed
