import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from evenhand.apps.users.models import User


def test_an_account_is_found_whatever_the_case_of_its_address(administrator):
    assert User.objects.get_by_natural_key("ADMIN@example.ORG") == administrator


def test_a_second_account_for_an_address_is_refused_in_words(administrator):
    with pytest.raises(ValidationError, match="already an account with this e-mail address"):
        User.objects.create_user("Admin@Example.org", first_name="Eve")


def test_the_database_refuses_it_too(administrator):
    with pytest.raises(IntegrityError), transaction.atomic():
        User(email="ADMIN@example.org", first_name="Eve").save()


def test_an_account_needs_an_address_and_a_name(db):
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user("", first_name="Eve")
    with pytest.raises(ValidationError, match="first_name"):
        User.objects.create_user("eve@example.org")


def test_one_name_is_enough(stranger):
    assert (str(stranger), stranger.get_full_name(), stranger.get_short_name()) == ("Sam", "Sam", "Sam")


def test_an_account_without_a_password_lets_nobody_in(client, db):
    User.objects.create_user("eve@example.org", first_name="Eve")
    assert not client.login(email="eve@example.org", password="")


def test_a_person_signs_in_with_address_and_password(client, editor):
    answer = client.post("/admin/login/", {"username": "Editor@example.org", "password": "a long secret"})
    assert answer.status_code == 302
    assert client.get("/admin/").status_code == 200


def test_closing_an_account_ends_its_sessions(client, editor):
    client.force_login(editor)
    assert client.get("/admin/").status_code == 200
    editor.is_active = False
    editor.save()
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")


def test_an_administrator_opens_an_account_in_the_admin(client, administrator):
    client.force_login(administrator)
    assert client.get("/admin/users/").status_code == 200
    secret = "rivers and a bridge"
    form = {"email": "new@example.org", "first_name": "Nia", "last_name": "New", "password1": secret}
    answer = client.post("/admin/users/new/", {**form, "password2": secret})
    assert answer.status_code == 302, answer.context["form"].errors
    client.logout()
    assert client.login(email="new@example.org", password=secret)
