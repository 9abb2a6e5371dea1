"""Who may open what: every address of ours × everybody. A new address without a line here fails the test."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from evenhand.apps.content.actions import create_starting_pages

pytestmark = pytest.mark.slow

# Wagtail sends those who are signed in and may not to its first page, with a message, where others sign in.
OPEN, ELSEWHERE = 200, 302
NAME = "nhs-england-2023-24-1"

# address: anonymous, an account without a role, editor, release manager, administrator
ACCESS = {
    "/healthz": (OPEN,) * 5,
    "/": (OPEN,) * 5,
    "/figures/": (OPEN,) * 5,
    "/figures/detention/": (ELSEWHERE,) * 5,  # to the place where a reader most likely wants it
    "/figures/detention/QK1/": (OPEN,) * 5,
    "/figures/detention/E92000001/by-group.svg": (OPEN,) * 5,
    "/organisations/": (OPEN,) * 5,
    "/organisations/QK1/": (OPEN,) * 5,
    "/data-quality/": (OPEN,) * 5,
    "/releases/": (OPEN,) * 5,
    f"/releases/{NAME}/": (OPEN,) * 5,
    f"/releases/{NAME}/package.zip": (OPEN,) * 5,
    f"/releases/{NAME}/observations.csv": (OPEN,) * 5,
    "/how-we-protect-small-groups/": (OPEN,) * 5,
    "/accessibility-statement/": (OPEN,) * 5,
    "/admin/": (ELSEWHERE, ELSEWHERE, OPEN, OPEN, OPEN),
    "/admin/releases/": (ELSEWHERE, ELSEWHERE, ELSEWHERE, OPEN, OPEN),
    "/admin/releases/load/": (ELSEWHERE, ELSEWHERE, ELSEWHERE, OPEN, OPEN),
    f"/admin/releases/{NAME}/withdraw/": (ELSEWHERE, ELSEWHERE, ELSEWHERE, OPEN, OPEN),
    "/admin/users/": (ELSEWHERE, ELSEWHERE, ELSEWHERE, ELSEWHERE, OPEN),
    "/admin/pages/": (ELSEWHERE, ELSEWHERE, OPEN, ELSEWHERE, OPEN),
}
EVERYBODY = ("anonymous", "stranger", "editor", "release_manager", "administrator")


@pytest.fixture
def site(loaded, administrator):
    create_starting_pages(by=administrator)


def test_each_address_opens_for_those_who_may_see_it(client, request, site):
    found: dict[str, tuple[int, ...]] = dict.fromkeys(ACCESS, ())
    for person in EVERYBODY:
        client.logout()
        if person != "anonymous":
            client.force_login(request.getfixturevalue(person))
        for address in ACCESS:
            found[address] += (client.get(address).status_code,)
    assert found == ACCESS


def our_views() -> set[object]:
    """Every view of ours that some address leads to."""

    def walk(resolver: URLResolver):
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                yield pattern.callback
            else:
                yield from walk(pattern)

    return {view for view in walk(get_resolver()) if unwrapped(view).__module__.startswith("evenhand.")}


def unwrapped(view):
    """The function under its decorators: Wagtail wraps the views of its admin."""
    return getattr(view, "__wrapped__", view)


def test_no_view_of_ours_is_missing_from_the_table():
    named = {unwrapped(view) for view in our_views()}
    in_the_table = {unwrapped(resolve(address).func) for address in ACCESS}
    assert len(named) >= 15
    assert {view.__qualname__ for view in named - in_the_table} == set()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_public_page_takes_nothing_in(method, client, loaded):
    for address, access in ACCESS.items():
        view = unwrapped(resolve(address).func)
        if access[0] == OPEN and view.__module__.startswith("evenhand."):
            assert getattr(client, method)(address).status_code == 405, address


def test_a_form_without_its_token_is_refused(release_manager, loaded):
    client = Client(enforce_csrf_checks=True)
    client.force_login(release_manager)
    answer = client.post(f"/admin/releases/{NAME}/withdraw/", {"reason": "forged"})
    assert answer.status_code == 403
    loaded.refresh_from_db()
    assert loaded.state == "current"
