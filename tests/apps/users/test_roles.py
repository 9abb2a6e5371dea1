import pytest

from evenhand.apps.users.roles import Role, establish


def test_a_role_has_exactly_the_permissions_it_lists(db):
    role = Role("Readers", "Read.", ("monitoring.view_release", "wagtailadmin.access_admin"))
    group = establish(role)
    smaller = Role("Readers", "Read.", ("monitoring.view_release",))
    assert establish(smaller) == group
    assert [permission.codename for permission in group.permissions.all()] == ["view_release"]


def test_a_permission_that_does_not_exist_is_an_error(db):
    with pytest.raises(LookupError, match=r"no permission monitoring\.fly"):
        establish(Role("Pilots", "Fly.", ("monitoring.fly",)))
