"""Writes to accounts."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from evenhand.apps.core.actions import record
from evenhand.apps.users.models import User
from evenhand.errors import EvenhandError


class NotInProduction(EvenhandError):
    """Accounts with printed passwords were asked for on a site that the public uses."""


@transaction.atomic
def open_demonstration_account(
    *, email: str, password: str, names: tuple[str, str], groups: Iterable[Group] = (), administrator: bool = False
) -> User:
    """An account whose password the demo prints; brought back to that state when it stands already.

    The account answers for its own making: it is the first person of an empty site.

    Raises:
        NotInProduction: always, in production; such accounts could not sign in there either.
    """
    if settings.PRODUCTION:
        raise NotInProduction("Demonstration accounts are not made in production: everyone knows their passwords.")
    account = User.objects.filter(email__iexact=email).first() or User(email=email)
    account.first_name, account.last_name = names
    account.is_superuser, account.is_active, account.is_demonstration = administrator, True, True
    account.set_password(password)
    account.save()
    account.groups.set(groups)
    record(what="demonstration_account_opened", target=account, by=account)
    return account
