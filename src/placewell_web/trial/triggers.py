"""The database's own refusal to change the ledger, on SQLite and PostgreSQL; put back after every migrate.

An entry follows the one before it, an allocation the one before it in its stratum, and none is changed or removed.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "trial_ledgerentry"  # a constant: the statements below are built from nothing else
NAMES = ("ledger_no_update", "ledger_no_delete", "ledger_follows_head", "ledger_follows_stratum")
POSTGRESQL_NAMES = ("ledger_no_update", "ledger_no_delete", "ledger_no_truncate", "ledger_follows")
START = "0" * 64

SQLITE = {
    "ledger_no_update": f"""
        CREATE TRIGGER ledger_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'a ledger entry is never changed'); END""",
    "ledger_no_delete": f"""
        CREATE TRIGGER ledger_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'a ledger entry is never removed'); END""",
    "ledger_follows_head": f"""
        CREATE TRIGGER ledger_follows_head BEFORE INSERT ON {TABLE}
        WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), -1) + 1 FROM {TABLE})
          OR NEW.previous_hash IS NOT COALESCE((SELECT hash FROM {TABLE} ORDER BY seq DESC LIMIT 1), '{START}')
        BEGIN SELECT RAISE(ABORT, 'a ledger entry follows the one before it'); END""",  # noqa: S608
    "ledger_follows_stratum": f"""
        CREATE TRIGGER ledger_follows_stratum BEFORE INSERT ON {TABLE}
        WHEN NEW.kind = 'allocation' AND NEW.n IS NOT (
          SELECT COALESCE(MAX(n), -1) + 1 FROM {TABLE} WHERE kind = 'allocation' AND stratum = NEW.stratum)
        BEGIN SELECT RAISE(ABORT, 'a ledger entry follows the one before it in its stratum'); END""",  # noqa: S608
}

POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a ledger entry is never changed or removed'; END $$;
CREATE OR REPLACE FUNCTION ledger_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head {TABLE}%ROWTYPE;
BEGIN
  SELECT * INTO head FROM {TABLE} ORDER BY seq DESC LIMIT 1;
  IF NEW.seq IS DISTINCT FROM COALESCE(head.seq, -1) + 1
     OR NEW.previous_hash IS DISTINCT FROM COALESCE(head.hash, '{START}') THEN
    RAISE EXCEPTION 'a ledger entry follows the one before it';
  END IF;
  IF NEW.kind = 'allocation' AND NEW.n IS DISTINCT FROM (
     SELECT COALESCE(MAX(n), -1) + 1 FROM {TABLE} WHERE kind = 'allocation' AND stratum = NEW.stratum) THEN
    RAISE EXCEPTION 'a ledger entry follows the one before it in its stratum';
  END IF;
  RETURN NEW;
END $$;
"""  # noqa: S608
POSTGRESQL_EVENTS = {
    "ledger_no_update": ("BEFORE UPDATE", "FOR EACH ROW", "ledger_refuse"),
    "ledger_no_delete": ("BEFORE DELETE", "FOR EACH ROW", "ledger_refuse"),
    "ledger_no_truncate": ("BEFORE TRUNCATE", "FOR EACH STATEMENT", "ledger_refuse"),
    "ledger_follows": ("BEFORE INSERT", "FOR EACH ROW", "ledger_check"),
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
