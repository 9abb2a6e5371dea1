"""What a person types to run a site."""

import runpy
import subprocess
import sys
from pathlib import Path

import django
import pytest
from django.core.management import call_command
from django.template import TemplateSyntaxError
from gunicorn.config import Config

from evenhand import web
from evenhand.apps.content.models import InformationPage
from evenhand.apps.monitoring.models import Release
from evenhand.errors import InputRefused
from evenhand.web.__main__ import main as run_command
from evenhand.web.warming import warm

pytestmark = pytest.mark.slow


def test_a_release_is_loaded_from_a_folder_by_somebody(release_folder, release_manager, capsys):
    call_command("load_release", str(release_folder), by="Releases@example.org")
    assert capsys.readouterr().out == "nhs-england-2023-24-1 is loaded and shown.\n"
    assert Release.objects.get().loaded_by == release_manager


@pytest.mark.parametrize("closed", [True, False])
def test_a_command_that_nobody_answers_for_does_nothing(closed, release_folder, release_manager):
    release_manager.is_active = not closed
    release_manager.save()
    with pytest.raises(InputRefused, match="There is no open account"):
        call_command("load_release", str(release_folder), by=release_manager.email if closed else "nobody@example.org")
    assert not Release.objects.exists()


def test_a_new_site_gets_its_roles_and_pages_once(administrator, capsys):
    call_command("prepare_site", by=administrator.email)
    call_command("prepare_site", by=administrator.email)
    first, second = capsys.readouterr().out.splitlines()
    assert first == "Role: Release managers. Pages made: How we protect small groups, Accessibility statement."
    assert second == "Role: Release managers. Pages made: none."
    assert InformationPage.objects.count() == 2


def test_every_template_of_ours_is_compiled_at_the_start(settings):
    assert warm() == len(list((Path(web.__file__).parent / "templates").rglob("*.html")))


def test_a_faulty_template_stops_the_start_and_not_a_visitor(settings, tmp_path):
    (tmp_path / "faulty.html").write_text("{% nonsense %}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    with pytest.raises(TemplateSyntaxError):
        warm()


def test_the_site_is_made_warm(monkeypatch):
    assert callable(runpy.run_module("evenhand.web.wsgi")["application"])


def test_the_server_keeps_no_log_of_who_asked(monkeypatch):
    for name in ("EVENHAND_BIND", "EVENHAND_WORKERS"):
        monkeypatch.delenv(name, raising=False)
    options = runpy.run_module("evenhand.web.server")
    assert options["accesslog"] is None
    assert options["bind"] == "127.0.0.1:8000"


def test_gunicorn_knows_every_option_of_ours():
    options = runpy.run_module("evenhand.web.server")
    known = Config()
    ours = {name: value for name, value in options.items() if not name.startswith("_") and name != "environment"}
    for name, value in ours.items():
        known.set(name, value)
    assert len(ours) >= 10


def test_a_refusal_is_one_line_and_no_traceback():
    command = [sys.executable, "-m", "evenhand.web", "check"]
    run = subprocess.run(command, env={"EVENHAND_ENVIRONMENT": "prod"}, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr == "EVENHAND_ENVIRONMENT is 'prod'; it takes one of: development, demonstration, production.\n"


def test_a_command_of_the_site_is_run(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["evenhand.web", "version"])
    run_command()
    assert capsys.readouterr().out.strip() == django.get_version()


def test_what_a_command_refuses_ends_it_with_the_reason(monkeypatch, db):
    monkeypatch.setattr(sys, "argv", ["evenhand.web", "prepare_site", "--by", "nobody@example.org"])
    with pytest.raises(SystemExit) as end:
        run_command()
    assert "no open account" in str(end.value.code)


def test_the_deployment_checks_of_django_find_nothing(tmp_path):
    environment = {
        "EVENHAND_ENVIRONMENT": "production",
        "EVENHAND_SECRET_KEY": "a-Long-secret-0123456789-" * 4,
        "EVENHAND_HOSTS": "figures.example.org",
        "EVENHAND_DATA_DIR": str(tmp_path),
    }
    command = [sys.executable, "-m", "evenhand.web", "check", "--deploy", "--fail-level", "WARNING"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
