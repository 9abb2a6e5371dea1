from pathlib import Path

import pytest

from evenhand.web import environment
from evenhand.web.environment import SettingRefused

HERE = Path("here.sqlite3")


@pytest.fixture(autouse=True)
def clear(monkeypatch):
    for name in ("X", "DATABASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("1", True), ("ON", True), ("no", False), ("", False)])
def test_a_flag_takes_yes_and_no(monkeypatch, said, meant):
    monkeypatch.setenv("X", said)
    assert environment.flag("X") is meant


def test_what_is_not_set_is_its_default():
    assert environment.flag("X", default=True) is True
    assert environment.number("X", default=7) == 7
    assert environment.words("X") == []
    assert environment.text("X") == ""
    assert environment.choice("X", options=("first", "second")) == "first"
    assert environment.folder("X", default=Path("somewhere")) == Path.cwd() / "somewhere"


@pytest.mark.parametrize(
    ("read", "said", "message"),
    [
        (environment.flag, "perhaps", "X is 'perhaps'; it takes yes or no"),
        (lambda name: environment.number(name, default=1), "-1", "a whole number of 0 or more"),
        (lambda name: environment.number(name, default=1), "1.5", "a whole number of 0 or more"),
        (lambda name: environment.choice(name, options=("a", "b")), "c", "one of: a, b"),
        (lambda name: environment.database(name, default=HERE), "mysql://x/y", "takes sqlite:///… or postgresql://…"),
    ],
)
def test_what_means_nothing_is_refused_in_words(monkeypatch, read, said, message):
    monkeypatch.setenv("X", said)
    with pytest.raises(SettingRefused, match=message):
        read("X")


def test_a_list_is_separated_by_commas(monkeypatch):
    monkeypatch.setenv("X", "a.org, b.org,,")
    assert environment.words("X") == ["a.org", "b.org"]


def test_without_an_address_the_store_is_a_file_that_waits_for_its_writers():
    found = environment.database("DATABASE", default=Path("/data/evenhand.sqlite3"))
    assert found["ENGINE"].endswith("sqlite3")
    assert found["NAME"] == "/data/evenhand.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode = WAL" in found["OPTIONS"]["init_command"]


def test_an_address_of_postgresql_is_taken_apart(monkeypatch):
    monkeypatch.setenv("DATABASE", "postgresql://ev%40l:p%2Fw@db.example.org:6543/even?sslmode=require")
    found = environment.database("DATABASE", default=HERE)
    parts = [found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")]
    assert parts == ["ev@l", "p/w", "db.example.org", "6543", "even", {"sslmode": "require"}]


def test_a_socket_takes_the_place_of_the_host(monkeypatch):
    monkeypatch.setenv("DATABASE", "postgres://postgres:@/postgres?host=/run/postgresql")
    found = environment.database("DATABASE", default=HERE)
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/run/postgresql", "", {})
