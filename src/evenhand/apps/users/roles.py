"""What an account may do, as named roles that a person can choose between."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction


@dataclass(frozen=True, slots=True)
class Role:
    """A group of accounts. ``permissions`` are names like ``monitoring.load_release``."""

    name: str
    description: str
    permissions: tuple[str, ...]


@transaction.atomic
def establish(role: Role) -> Group:
    """The role's group, with exactly the permissions that the role lists.

    Raises:
        LookupError: a permission is listed that the database does not know.
    """
    group, _ = Group.objects.get_or_create(name=role.name)
    group.permissions.set([_permission(name) for name in role.permissions])
    return group


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    try:
        return Permission.objects.get(content_type__app_label=app, codename=codename)
    except Permission.DoesNotExist:
        raise LookupError(f"there is no permission {name}; run `migrate` first") from None
