"""Security property 5: every change of state names who did it, and cannot be edited afterwards.

Each test that attacks the record goes one way that a colleague, a mistake or an intruder could take.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from evenhand.apps.core.actions import NobodyDidIt, record
from evenhand.apps.core.models import Event, HistoryIsFixed
from evenhand.apps.core.queries import history
from evenhand.apps.core.triggers import fix_rows
from evenhand.apps.users.models import User


@pytest.fixture
def event(administrator, stranger) -> Event:
    return record(what="account_looked_at", target=stranger, by=administrator, details={"why": "a test"})


@pytest.fixture
def unchanged(event):
    """Whatever the test tried: the row is what it was."""
    before = Event.objects.filter(pk=event.pk).values().get()
    yield
    assert Event.objects.filter(pk=event.pk).values().get() == before
    assert Event.objects.count() == 1


def refused_by_the_database():
    return pytest.raises(DatabaseError, match="rows of this table are fixed")


def run_sql(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_event_says_who_did_what_to_which_thing_and_when(event, administrator, stranger):
    (line,) = history(stranger)
    assert (line.what, line.actor, line.details) == ("account_looked_at", administrator.pk, {"why": "a test"})
    assert line.at == event.at
    assert str(event) == f"account_looked_at users.user {stranger.pk}"


def test_history_is_told_in_order_and_of_one_thing_only(administrator, stranger):
    for what in ("opened", "closed"):
        record(what=what, target=stranger, by=administrator)
    record(what="opened", target=administrator, by=administrator)
    assert [line.what for line in history(stranger)] == ["opened", "closed"]


def test_a_closed_account_is_no_actor(administrator, stranger):
    stranger.is_active = False
    with pytest.raises(NobodyDidIt):
        record(what="opened", target=administrator, by=stranger)


@pytest.mark.parametrize("nobody", [None, AnonymousUser(), User(email="unsaved@example.org")])
def test_nobody_is_no_actor(nobody, administrator):
    with pytest.raises(NobodyDidIt, match="nobody answers for it"):
        record(what="opened", target=administrator, by=nobody)
    assert not Event.objects.exists()


def test_what_is_not_saved_has_no_history(administrator):
    with pytest.raises(ValueError, match="not saved"):
        record(what="opened", target=User(), by=administrator)


@pytest.mark.parametrize("what", ["", "Opened", "opened!", "opened\n", "x" * 61])
def test_what_happened_is_said_in_plain_words(what, administrator):
    with pytest.raises(ValidationError):
        record(what=what, target=administrator, by=administrator)


def test_the_database_refuses_an_event_without_an_actor(administrator):
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.create(what="opened", target_type="users.user", target_key="1", actor=0)


def replace_the_row(recursive_triggers: str):
    """REPLACE takes the old row away without asking a delete trigger, unless those are recursive."""

    def attack(event: Event) -> None:
        run_sql(f"PRAGMA recursive_triggers = {recursive_triggers}")
        try:
            run_sql(
                "REPLACE INTO core_event (id, at, actor, what, target_type, target_key, details) "
                "VALUES (%s, %s, 99, 'forged', 'x', '1', '{}')",
                event.pk,
                event.at,
            )
        finally:
            run_sql("PRAGMA recursive_triggers = ON")

    return attack


def empty_the_table(statement: str):
    return lambda event: run_sql(statement)


WAYS_OF_THIS_DATABASE = (
    [
        empty_the_table("TRUNCATE core_event"),
        empty_the_table("TRUNCATE core_event CASCADE"),
        empty_the_table("DELETE FROM ONLY core_event"),
    ]
    if connection.vendor == "postgresql"
    else [replace_the_row("ON"), replace_the_row("OFF")]
)


@pytest.mark.usefixtures("unchanged")
class TestAttacks:
    def test_saving_again(self, event):
        event.what = "nothing_happened"
        with pytest.raises(HistoryIsFixed):
            event.save()

    def test_deleting(self, event):
        with pytest.raises(HistoryIsFixed):
            event.delete()

    @pytest.mark.parametrize(
        "attack",
        [
            lambda events: events.update(actor=2),
            lambda events: events.delete(),
            lambda events: events.bulk_update(list(events), ["what"]),
            lambda events: events.all().filter(pk__gt=0).update(what="x"),
        ],
    )
    def test_through_a_queryset(self, attack):
        with pytest.raises(HistoryIsFixed):
            attack(Event.objects.all())

    def test_saving_a_second_object_with_the_same_key(self, event, administrator):
        forged = Event(
            pk=event.pk, actor=administrator.pk, what="forged", target_type="users.user", target_key="1", details={}
        )
        with pytest.raises(DatabaseError), transaction.atomic():
            forged.save()

    def test_through_the_parts_of_django_that_know_no_guard(self):
        for attack in (lambda rows: rows._raw_delete("default"), lambda rows: super(type(rows), rows).update(actor=99)):
            with refused_by_the_database(), transaction.atomic():
                attack(Event.objects.all())

    def test_inserting_over_it_with_conflicts_updated(self, event):
        forged = Event(
            pk=event.pk, actor=99, what="forged", target_type="users.user", target_key="1", at=event.at, details={}
        )
        with refused_by_the_database(), transaction.atomic():
            Event.objects.bulk_create([forged], update_conflicts=True, unique_fields=["id"], update_fields=["what"])

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE core_event SET actor = 99",
            "UPDATE core_event SET details = details",
            "DELETE FROM core_event",
            "UPDATE core_event SET id = id + 1",
        ],
    )
    def test_raw_sql(self, statement):
        with refused_by_the_database():
            run_sql(statement)

    @pytest.mark.parametrize("way", WAYS_OF_THIS_DATABASE)
    def test_ways_that_only_this_database_has(self, event, way):
        with refused_by_the_database():
            way(event)


def test_the_guards_are_set_again_after_every_migrate(event):
    """On SQLite a migration that rebuilds the table loses them; `migrate` itself sets them again."""
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        names = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"

    def guards():
        with connection.cursor() as cursor:
            cursor.execute(names)
            return sorted(name for (name,) in cursor.fetchall() if name.startswith("core_event"))

    before = guards()
    assert before
    on_table = " ON core_event" if connection.vendor == "postgresql" else ""
    for name in before:
        run_sql(f"DROP TRIGGER {name}{on_table}")
    assert guards() == []
    call_command("migrate", verbosity=0)
    assert guards() == before


def test_a_table_that_is_not_there_yet_needs_no_guard(db):
    class Nowhere(Event):
        class Meta:
            app_label = "core"
            managed = False
            db_table = "nowhere"

    fix_rows(Nowhere, connection)


if connection.vendor == "postgresql":

    @pytest.mark.parametrize(
        "statement",
        [
            "ALTER TABLE core_event DISABLE TRIGGER ALL",
            "DROP TRIGGER core_event_fixed_rows ON core_event",
            "SET LOCAL session_replication_role = replica",
            "CREATE OR REPLACE FUNCTION evenhand_rows_are_fixed() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
            "TRUNCATE core_event",
            "DROP TABLE core_event",
        ],
    )
    def test_a_role_that_does_not_own_the_tables_cannot_take_the_guards_off(event, statement):
        """The role that docs/how-to/run-the-site.md makes for the site."""
        run_sql("CREATE ROLE evenhand_site")
        run_sql("GRANT USAGE ON SCHEMA public TO evenhand_site")
        run_sql("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO evenhand_site")
        run_sql("SET LOCAL ROLE evenhand_site")
        with pytest.raises(DatabaseError, match=r"must be owner|permission denied"):
            run_sql(statement)
        with refused_by_the_database():
            run_sql("DELETE FROM core_event")
        assert Event.objects.get() == event
