"""Writes to accounts."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from evenhand.apps.core.actions import record
from evenhand.apps.users.models import User
from evenhand.errors import EvenhandError


class NotADemonstrationAccount(EvenhandError):
    """An account with a printed password was asked for where it must not be."""


@transaction.atomic
def open_demonstration_account(
    *, email: str, password: str, names: tuple[str, str], groups: Iterable[Group] = (), administrator: bool = False
) -> User:
    """An account whose password the demo prints; brought back to that state when it stands already.

    The account answers for its own making: it is the first person of an empty site.

    Raises:
        NotADemonstrationAccount: always, in production (such accounts could not sign in there either), and where the
            address belongs to somebody's real account.
    """
    if settings.PRODUCTION:
        raise NotADemonstrationAccount(
            "Demonstration accounts are not made in production: their passwords are printed."
        )
    account = User.objects.filter(email__iexact=email).first() or User(email=email, is_demonstration=True)
    if not account.is_demonstration:
        raise NotADemonstrationAccount(f"{email} is the address of a real account.")
    account.first_name, account.last_name = names
    account.is_superuser, account.is_active = administrator, True
    account.set_password(password)
    account.save()
    account.groups.set(groups)
    record(what="demonstration_account_opened", target=account, by=account)
    return account
