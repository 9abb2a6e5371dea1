import logging
import re

import pytest
from django.conf import settings as django_settings

from evenhand.web.logs import WithoutPersonalData


def policy_of(answer) -> dict[str, str]:
    parts = (part.split(maxsplit=1) for part in answer.headers["Content-Security-Policy"].split(";"))
    return {part[0]: " ".join(part[1:]) for part in parts}


def test_a_public_answer_allows_no_script_no_frame_and_no_other_machine(client, db):
    answer = client.get("/healthz")
    policy = policy_of(answer)
    assert policy["default-src"] == "'none'"
    assert "script-src" not in policy
    assert policy["frame-ancestors"] == "'none'"
    assert not re.search(r"https?:|\*", answer.headers["Content-Security-Policy"])
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in answer.headers["Permissions-Policy"]


def test_the_admin_runs_its_own_scripts_and_asks_no_other_machine(client, db):
    answer = client.get("/admin/login/")
    assert policy_of(answer)["script-src"] == "'self'"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    page = answer.content.decode()
    assert re.findall(r'(?:src|<link[^>]* href)="(?:https?:)?//[^"]+', page) == []


@pytest.mark.parametrize("address", ["/media/x.png", "/documents/1/x.pdf"])
def test_what_somebody_uploaded_is_never_run(client, db, address):
    assert "sandbox" in policy_of(client.get(address))


def test_a_public_answer_sets_no_cookie(client, db):
    assert client.get("/healthz").cookies == {}


def test_in_production_plain_http_is_sent_to_https_except_for_the_watcher(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/admin/login/").headers["Location"] == "https://testserver/admin/login/"
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("name", ["WAGTAIL_ENABLE_UPDATE_CHECK", "WAGTAIL_ENABLE_WHATS_NEW_BANNER"])
def test_the_admin_asks_nobody_what_is_new(name):
    assert getattr(django_settings, name) is False


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("Forbidden from 192.0.2.7: /x", "Forbidden from (address): /x"),
        ("from 2001:db8::1 came", "from (address) came"),
        ("no mail to Nia.New@example.org", "no mail to (e-mail)"),
        ("Not Found: /tell-us/?code=secret", "Not Found: /tell-us/?…"),
        ("at 12:30:05 nothing", "at 12:30:05 nothing"),
        ("version 7.4.4 of wagtail", "version 7.4.4 of wagtail"),
    ],
)
def test_a_log_line_does_not_say_who(message, written):
    record = logging.LogRecord("x", logging.ERROR, "x", 1, message, (), None)
    assert WithoutPersonalData("%(message)s").format(record) == written


def test_every_handler_of_ours_writes_that_way():
    handlers = django_settings.LOGGING["handlers"].values()
    assert {handler["formatter"] for handler in handlers} == {"plain"}
    assert django_settings.LOGGING["formatters"]["plain"]["()"].endswith("WithoutPersonalData")
