"""The demo prints passwords. None of them may open a site that the public uses."""

import pytest

from evenhand.apps.core.queries import history
from evenhand.apps.users.actions import NotADemonstrationAccount, open_demonstration_account
from evenhand.apps.users.models import User

ADDRESS, PRINTED = "manager@demonstration.example", "printed-on-the-screen"


def open_account(**changes):
    return open_demonstration_account(
        **{"email": ADDRESS, "password": PRINTED, "names": ("Robin", "Reader"), "administrator": True, **changes}
    )


def test_a_demonstration_account_signs_in_outside_production(client, db):
    account = open_account()
    assert client.login(email=ADDRESS, password=PRINTED)
    assert account.is_demonstration
    assert [line.what for line in history(account)] == ["demonstration_account_opened"]


def test_opening_it_again_brings_it_back_to_its_first_state(client, db):
    account = open_account()
    account.is_active = False
    account.save()
    assert open_account(password="another printed one") == account
    assert client.login(email=ADDRESS, password="another printed one")


def test_none_is_made_in_production(settings, db):
    settings.PRODUCTION = True
    with pytest.raises(NotADemonstrationAccount, match="not made in production"):
        open_account()
    assert not User.objects.exists()


def test_one_that_is_there_already_does_not_sign_in_in_production(client, settings, db):
    open_account()
    settings.PRODUCTION = True
    assert not client.login(email=ADDRESS, password=PRINTED)


def test_a_session_of_one_ends_when_the_site_goes_into_production(client, settings, db):
    client.force_login(open_account())
    assert client.get("/admin/").status_code == 200
    settings.PRODUCTION = True
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")


def test_a_real_account_does_not_become_one(administrator):
    with pytest.raises(NotADemonstrationAccount, match="a real account"):
        open_account(email="ADMIN@example.org")
    administrator.refresh_from_db()
    assert administrator.check_password("a long secret")
