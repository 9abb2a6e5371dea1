"""Who may sign in."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser


class EmailBackend(ModelBackend):
    """By e-mail address and password; asked again at every request, so closing an account ends its sessions."""

    def user_can_authenticate(self, user: AbstractBaseUser) -> bool:
        """An open account; in production none whose password the demo printed."""
        printed = getattr(user, "is_demonstration", False)
        return super().user_can_authenticate(user) and not (settings.PRODUCTION and printed)
