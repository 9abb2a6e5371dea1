"""Who may open what: every address of ours × everybody. A new address without a line here fails the test."""

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from evenhand.apps.content.actions import create_starting_pages

OPEN, SIGN_IN, REFUSED = 200, 302, 403
NAME = "nhs-england-2023-24-1"

# address: anonymous, an account without a role, editor, release manager, administrator
ACCESS = {
    "/healthz": (OPEN,) * 5,
    "/how-we-protect-small-groups/": (OPEN,) * 5,
    "/accessibility-statement/": (OPEN,) * 5,
    "/admin/": (SIGN_IN, SIGN_IN, OPEN, OPEN, OPEN),
    "/admin/releases/": (SIGN_IN, SIGN_IN, SIGN_IN, OPEN, OPEN),
    "/admin/releases/load/": (SIGN_IN, SIGN_IN, SIGN_IN, OPEN, OPEN),
    f"/admin/releases/{NAME}/withdraw/": (SIGN_IN, SIGN_IN, SIGN_IN, OPEN, OPEN),
    "/admin/users/": (SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN, OPEN),
    "/admin/pages/": (SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN, OPEN),
    "/admin/reports/site-history/": (SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN, OPEN),
}
EVERYBODY = ("anonymous", "stranger", "editor", "release_manager", "administrator")


@pytest.mark.parametrize("address", ACCESS)
def test_each_address_opens_for_those_who_may_see_it(address, client, request, loaded, administrator):
    create_starting_pages(by=administrator)
    found = []
    for person in EVERYBODY:
        client.logout()
        if person != "anonymous":
            client.force_login(request.getfixturevalue(person))
        found.append(client.get(address).status_code)
    assert dict(zip(EVERYBODY, found, strict=True)) == dict(zip(EVERYBODY, ACCESS[address], strict=True))
