import logging
import re

import pytest
from django.conf import settings as django_settings
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from evenhand.apps.content.actions import create_starting_pages
from evenhand.web.logs import WithoutPersonalData
from evenhand.web.middleware import _starts_a_picker


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


def picker(call: str) -> bool:
    return _starts_a_picker(call.encode())


def test_a_script_in_the_page_may_start_a_picker():
    assert picker('initDateChooser("id_date", {"dayOfWeekStart": 1, "format": "Y-m-d"});')
    assert picker('\nnew PageChooser("id_page", null, {"modelNames": ["wagtailcore.page"], "canChooseRoot": false});\n')


@pytest.mark.parametrize(
    "script",
    [
        "alert(1)",
        'initDateChooser("x", {}); alert(1);',
        "initDateChooser(alert(1));",
        'initDateChooser("x", {"a": alert(1)});',
        'initDateChooser("x"); new PageChooser("y");',
        'initDateChooser("x" + "y");',
        'eval("x");',
        'new Function("x");',
        "initDateChooser(`x`);",
    ],
)
def test_no_other_script_in_the_page_may_run(script):
    assert not picker(script)


def test_the_policy_of_an_admin_page_names_its_pickers_and_nothing_inline_besides(client, administrator):
    client.force_login(administrator)
    scripts = policy_of(client.get("/admin/pages/"))["script-src"].split()
    assert scripts[0] == "'self'"
    assert len(scripts) > 1
    assert all(each.startswith("'sha256-") for each in scripts[1:])


def test_the_editor_may_frame_the_preview_of_a_page_and_nobody_else_may(client, administrator):
    (page, _) = create_starting_pages(by=administrator)
    client.force_login(administrator)
    address = f"/admin/pages/{page.pk}/edit/preview/"
    form = nested_form_data(
        {"title": "Changed", "slug": page.slug, "body": streamfield([("text", rich_text("<p>x</p>"))])}
    )
    assert client.post(address, form).json()["is_valid"]
    preview = client.get(f"{address}?mode=")
    assert "Changed" in preview.content.decode()
    policy = policy_of(preview)
    assert (policy["frame-ancestors"], policy["default-src"]) == ("'self'", "'none'")
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert policy_of(client.get(f"/{page.slug}/"))["frame-ancestors"] == "'none'"


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
