"""Reads of accounts."""

from evenhand.apps.users.models import User
from evenhand.errors import InputRefused


def account(email: str) -> User:
    """The open account with this e-mail address, for a command that somebody answers for.

    Raises:
        InputRefused: there is none.
    """
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise InputRefused(f"There is no open account with the address {email}. Make one with: createsuperuser")
    return found
