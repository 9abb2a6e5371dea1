"""What the site starts with, and what it refuses to start with."""

import runpy
import stat
from pathlib import Path

import pytest

from evenhand import web
from evenhand.web.environment import SettingRefused

SETTINGS = Path(web.__file__).with_name("settings.py")
KEY = "k" * 50
PRODUCTION = {
    "EVENHAND_ENVIRONMENT": "production",
    "EVENHAND_SECRET_KEY": KEY,
    "EVENHAND_HOSTS": "figures.example.org,www.example.org",
}


@pytest.fixture
def start(monkeypatch, tmp_path):
    """The settings as they come out of an environment."""

    def run(**variables: str) -> dict:
        for name in [*PRODUCTION, "EVENHAND_DEBUG", "DATABASE_URL", "EVENHAND_BEHIND_PROXY"]:
            monkeypatch.delenv(name, raising=False)
        for name, value in {"EVENHAND_DATA_DIR": str(tmp_path / "data"), **variables}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return run


def test_whoever_says_nothing_has_a_site_that_answers_this_machine_alone(start):
    settings = start()
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert not settings["DEBUG"]
    assert not settings["PRODUCTION"]


def test_a_key_of_its_own_is_made_once_and_readable_by_its_owner_alone(start, tmp_path):
    key = start()["SECRET_KEY"]
    assert len(key) >= 50
    assert start()["SECRET_KEY"] == key
    assert stat.S_IMODE((tmp_path / "data/secret-key").stat().st_mode) == 0o600


def test_production_speaks_https_alone(start, tmp_path):
    settings = start(**PRODUCTION)
    assert settings["ALLOWED_HOSTS"] == ["figures.example.org", "www.example.org"]
    assert settings["SECRET_KEY"] == KEY
    assert settings["SITE_ADDRESS"] == "https://figures.example.org"
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://figures.example.org"]
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        assert settings[name] is True
    assert settings["SECURE_HSTS_SECONDS"] == 31_536_000
    assert not (tmp_path / "data").exists(), "production keeps no secret on its disk"


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"EVENHAND_SECRET_KEY": ""}, "EVENHAND_SECRET_KEY is missing"),
        ({"EVENHAND_SECRET_KEY": "short"}, "shorter than 50"),
        ({"EVENHAND_HOSTS": ""}, "EVENHAND_HOSTS is empty"),
        ({"EVENHAND_HOSTS": "*"}, "holds \\*"),
        ({"EVENHAND_DEBUG": "yes"}, "for development alone"),
        ({"EVENHAND_ENVIRONMENT": "prod"}, "one of: development, demonstration, production"),
    ],
)
def test_production_does_not_start_unsafely(start, variables, message):
    with pytest.raises(SettingRefused, match=message):
        start(**{**PRODUCTION, **variables})


def test_development_is_not_shown_to_others(start):
    with pytest.raises(SettingRefused, match="EVENHAND_ENVIRONMENT=production"):
        start(EVENHAND_HOSTS="figures.example.org")


def test_the_demonstration_may_be_shown_on_another_address(start):
    settings = start(EVENHAND_ENVIRONMENT="demonstration", EVENHAND_HOSTS="192.0.2.7")
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]", "192.0.2.7"]
    assert "Manifest" in settings["STORAGES"]["staticfiles"]["BACKEND"]


def test_the_word_of_a_proxy_is_believed_only_where_there_is_one(start):
    assert "SECURE_PROXY_SSL_HEADER" not in start(**PRODUCTION)
    assert start(**PRODUCTION, EVENHAND_BEHIND_PROXY="yes")["SECURE_PROXY_SSL_HEADER"] == (
        "HTTP_X_FORWARDED_PROTO",
        "https",
    )


def test_mail_goes_to_the_screen_until_a_server_is_named(start):
    assert start()["EMAIL_BACKEND"].endswith("console.EmailBackend")
    assert start(EVENHAND_SMTP_HOST="mail.example.org")["EMAIL_BACKEND"].endswith("smtp.EmailBackend")


def test_the_settings_are_one_file_that_a_person_can_read():
    assert len(SETTINGS.read_text("utf-8").splitlines()) < 300


def test_releases_are_not_among_what_a_web_server_hands_out(start):
    settings = start()
    assert not settings["RELEASES_ROOT"].is_relative_to(settings["MEDIA_ROOT"])
