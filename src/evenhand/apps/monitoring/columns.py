"""The columns in which a count with its status, and an estimate with its limits, stand, and what they may hold."""

from django.db import models
from django.db.models import F, Q

from evenhand.datasets.counts import CellStatus

LIMITS = ("lower", "upper", "lower_with_rounding", "upper_with_rounding")


def count_value() -> models.Field:
    return models.PositiveBigIntegerField(null=True)


def status() -> models.Field:
    return models.CharField(max_length=20, choices=[(status.value, status.value) for status in CellStatus])


def rounded_to() -> models.Field:
    return models.PositiveIntegerField(default=1)


def estimate_value() -> models.Field:
    return models.FloatField(null=True)


def status_is_known(field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [status.value for status in CellStatus]}), name=f"%(class)s_{field}_is_known"
    )


def count_is_whole(name: str) -> models.CheckConstraint:
    """A value exactly when the status is *published*, no other status than the four, rounded to 1 or more."""
    published = CellStatus.PUBLISHED.value
    others = [status.value for status in CellStatus if status is not CellStatus.PUBLISHED]
    return models.CheckConstraint(
        condition=(
            Q(**{f"{name}_status": published, f"{name}__isnull": False})
            | Q(**{f"{name}_status__in": others, f"{name}__isnull": True})
        )
        & Q(**{f"{name}_rounded_to__gte": 1}),
        name=f"%(class)s_{name}_has_a_value_exactly_when_published",
    )


def estimate_is_whole(value: str, prefix: str) -> models.CheckConstraint:
    """Nothing without a value; with one, a method, and four limits in order or none."""
    fields = [f"{prefix}{limit}" for limit in LIMITS]
    no_limits = Q(**{f"{field}__isnull": True for field in fields})
    lower, upper, lower_with_rounding, upper_with_rounding = fields
    limits = Q(
        **{f"{field}__isnull": False for field in fields},
        **{
            f"{lower_with_rounding}__lte": F(lower),
            f"{lower}__lte": F(upper),
            f"{upper}__lte": F(upper_with_rounding),
        },
    )
    none = Q(**{f"{value}__isnull": True, f"{prefix}method": ""}) & no_limits
    some = Q(**{f"{value}__isnull": False}) & ~Q(**{f"{prefix}method": ""}) & (no_limits | limits)
    return models.CheckConstraint(condition=none | some, name=f"%(class)s_{value}_is_whole")
