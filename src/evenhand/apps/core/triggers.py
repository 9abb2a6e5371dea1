"""Tables whose rows the database itself refuses to change or delete.

A guard in Python stops the colleague who forgets; a trigger also stops `QuerySet.update`, raw SQL and the console.
SQLite needs a third trigger: REPLACE deletes the old row without running delete triggers, so an insert over a row that
exists is refused as well. PostgreSQL needs one for TRUNCATE. The owner of the database can still drop a trigger: run
the site with a PostgreSQL role that does not own the tables (docs/how-to/run-the-site.md).

They are set after every `migrate`, not in a migration: on SQLite a later change of the table rebuilds it, and would
lose them without a word.
"""

from collections.abc import Collection

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "rows of this table are fixed"

_SQLITE = {
    "fixed_update": "BEFORE UPDATE{of_columns} ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    "fixed_delete": "BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    "fixed_replace": (
        "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
        "BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    ),
}
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION evenhand_rows_are_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRESQL = {
    "fixed_rows": (
        "BEFORE UPDATE{of_columns} OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION evenhand_rows_are_fixed()"
    ),
    "fixed_truncate": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION evenhand_rows_are_fixed()",
}


def fix_rows(
    model: type[models.Model], connection: BaseDatabaseWrapper, *, changeable: Collection[str] = frozenset()
) -> None:
    """Set the triggers on the table of ``model``; do nothing when it is not there yet.

    ``changeable`` names the fields that may still change: a state, and who changed it.
    """
    with connection.cursor() as cursor:
        if model._meta.db_table not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION.format(refusal=REFUSAL))
    release_rows(model, connection)
    with connection.cursor() as cursor:
        for name, body in _triggers(connection).items():
            cursor.execute(f"CREATE TRIGGER {_name(model, name)} {_fill(body, model, connection, changeable)}")


def release_rows(model: type[models.Model], connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off: for a test that empties its tables, and for nothing else."""
    on_table = f" ON {connection.ops.quote_name(model._meta.db_table)}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _triggers(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(model, name)}{on_table}")


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE


def _name(model: type[models.Model], suffix: str) -> str:
    return f"{model._meta.db_table}_{suffix}"


def _fill(body: str, model: type[models.Model], connection: BaseDatabaseWrapper, changeable: Collection[str]) -> str:
    quote = connection.ops.quote_name
    fixed = ", ".join(
        quote(field.column) for field in model._meta.local_concrete_fields if field.name not in changeable
    )
    return body.format(
        table=quote(model._meta.db_table),
        key=quote(model._meta.pk.column),
        of_columns=f" OF {fixed}" if changeable else "",
        refusal=REFUSAL,
    )
