"""Who may load and withdraw releases."""

from enum import StrEnum

from django.core.exceptions import PermissionDenied

from evenhand.apps.users.models import User
from evenhand.apps.users.roles import Role


class Permission(StrEnum):
    VIEW = "monitoring.view_release"
    LOAD = "monitoring.load_release"
    WITHDRAW = "monitoring.withdraw_release"


RELEASE_MANAGERS = Role(
    name="Release managers",
    description="Load a release onto the site, and take one down.",
    permissions=("wagtailadmin.access_admin", Permission.VIEW, Permission.LOAD, Permission.WITHDRAW),
)


def require(account: User, permission: Permission) -> None:
    """Raises PermissionDenied unless the account is open and has the permission."""
    if not account.has_perm(permission):
        raise PermissionDenied(f"this account has no permission {permission}")
