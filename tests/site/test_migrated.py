"""The copy of a migrated database: it holds what the migrations make, whole, and goes with them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tests.site import migrated

from placewell_web.audit import triggers
from placewell_web.trial import triggers as ledger_triggers

only_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the copy is of SQLite")


@pytest.mark.django_db
def test_the_tests_database_is_whole() -> None:
    """Every migration stands in it, every table that the models ask for, and the triggers."""
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    wanted = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    assert wanted <= set(connection.introspection.table_names())
    assert triggers.missing(connection) == set()
    assert ledger_triggers.missing(connection) == set()


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_what_is_kept_is_what_is_copied(tmp_path: Path) -> None:
    file, old, name = tmp_path / "kept" / "a.sqlite3", tmp_path / "kept" / "old.sqlite3", tmp_path / "new" / "b.sqlite3"
    assert migrated.copy_to(name, file) is False
    assert not name.exists()
    old.parent.mkdir()
    old.touch()
    migrated.keep(connection, file)
    assert list(file.parent.iterdir()) == [file]
    name.parent.mkdir()
    for end in migrated.BESIDE:
        Path(f"{name}{end}").write_text("left by another process")
    assert migrated.copy_to(name, file) is True
    assert list(name.parent.iterdir()) == [name]
    assert schema(name) == schema(connection.settings_dict["NAME"])
    assert len(schema(name)) > 100


def schema(name: Path | str) -> list[tuple[str, ...]]:
    opened = sqlite3.connect(name)
    try:
        return opened.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    finally:
        opened.close()


def test_another_migration_is_another_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = migrated.kept(tmp_path)
    assert before == migrated.kept(tmp_path)
    app = apps.get_app_config("casework")
    folder = tmp_path / "casework" / "migrations"
    folder.mkdir(parents=True)
    for file in Path(app.path, "migrations").glob("*.py"):
        (folder / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(app, "path", str(folder.parent))
    assert migrated.kept(tmp_path) == before
    (folder / "0001_initial.py").write_text("# changed")
    assert migrated.kept(tmp_path) != before


def test_another_version_is_another_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = migrated.kept(tmp_path)
    monkeypatch.setattr(migrated, "version", lambda package: "0.1")
    assert migrated.kept(tmp_path) != before


@pytest.mark.parametrize("there", [False, True])
def test_a_database_is_migrated_once(there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copied before the migrations run, where there is a copy; kept after them, where there is none."""
    done = []
    file = tmp_path / "kept.sqlite3"
    if there:
        file.touch()
    creation = connection.creation
    monkeypatch.setattr(creation, "_create_test_db", lambda: done.append("cleared") or "name")
    monkeypatch.setattr(creation, "create_test_db", lambda: creation._create_test_db() and done.append("migrated"))
    monkeypatch.setattr(migrated, "copy_to", lambda name, file: done.append("copied if there is one"))
    monkeypatch.setattr(migrated, "keep", lambda connection, file: done.append("kept"))
    migrated.begin_with(connection, file)
    creation.create_test_db()
    assert done == ["cleared", "copied if there is one", "migrated", *([] if there else ["kept"])]
