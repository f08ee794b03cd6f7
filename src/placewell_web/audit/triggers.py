"""The database's own refusal to change or remove an audit entry, on SQLite and PostgreSQL.

SQLite drops triggers silently when Django rebuilds a table, so `install` runs after every migrate and may be repeated.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_entry"  # a constant: the statements below are built from nothing else
NAMES = ("audit_entry_no_update", "audit_entry_no_delete", "audit_entry_follows_head")
POSTGRESQL_NAMES = (*NAMES, "audit_entry_no_truncate")

SQLITE = {
    "audit_entry_no_update": f"""
        CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'an audit entry is never changed'); END""",
    "audit_entry_no_delete": f"""
        CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'an audit entry is never removed'); END""",
    "audit_entry_follows_head": f"""
        CREATE TRIGGER audit_entry_follows_head BEFORE INSERT ON {TABLE}
        WHEN NEW.sequence IS NOT (SELECT COALESCE(MAX(sequence), 0) + 1 FROM {TABLE})
          OR NEW.previous_hash IS NOT COALESCE(
               (SELECT hash FROM {TABLE} ORDER BY sequence DESC LIMIT 1), '{"0" * 64}')
        BEGIN SELECT RAISE(ABORT, 'an audit entry follows the one before it'); END""",  # noqa: S608
}

POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'an audit entry is never changed or removed'; END $$;
CREATE OR REPLACE FUNCTION audit_entry_check_head() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head {TABLE}%ROWTYPE;
BEGIN
  SELECT * INTO head FROM {TABLE} ORDER BY sequence DESC LIMIT 1;
  IF NEW.sequence <> COALESCE(head.sequence, 0) + 1
     OR NEW.previous_hash <> COALESCE(head.hash, '{"0" * 64}') THEN
    RAISE EXCEPTION 'an audit entry follows the one before it';
  END IF;
  RETURN NEW;
END $$;
"""  # noqa: S608
POSTGRESQL_EVENTS = {
    "audit_entry_no_update": ("BEFORE UPDATE", "FOR EACH ROW", "audit_entry_refuse"),
    "audit_entry_no_delete": ("BEFORE DELETE", "FOR EACH ROW", "audit_entry_refuse"),
    "audit_entry_no_truncate": ("BEFORE TRUNCATE", "FOR EACH STATEMENT", "audit_entry_refuse"),
    "audit_entry_follows_head": ("BEFORE INSERT", "FOR EACH ROW", "audit_entry_check_head"),
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place; those already there are made anew."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTIONS, None)
            for name, (event, level, function) in POSTGRESQL_EVENTS.items():
                cursor.execute(f"CREATE TRIGGER {name} {event} ON {TABLE} {level} EXECUTE FUNCTION {function}()", None)
        else:
            for statement in SQLITE.values():
                cursor.execute(statement, None)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off: only tests that empty the whole database do so."""
    on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in expected(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", None)


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """The triggers that are not in place, or are switched off for the sessions of the site."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND NOT tgisinternal "
                "AND tgenabled IN ('O', 'A')",
                [TABLE],
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        found = {row[0] for row in cursor.fetchall()}
    return set(expected(connection)) - found


def expected(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    return POSTGRESQL_NAMES if connection.vendor == "postgresql" else NAMES


def after_migrate(using: str, **_: Any) -> None:
    """Called by Django after every migrate."""
    from django.db import connections

    connection = connections[using]
    if connection.vendor in ("sqlite", "postgresql") and TABLE in connection.introspection.table_names():
        install(connection)
