"""What the migrations make of an empty SQLite database, kept and copied: to make it takes longer than most test files.

The copy lies in var/tests under the hash of the migrations and of the versions that ran them; another hash, and the
migrations run. A copy is migrated too, which finds nothing to do and puts the triggers on.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

FOLDER = Path(__file__).resolve().parents[2] / "var" / "tests"
PACKAGES = ("django", "django-allauth")
BESIDE = ("-wal", "-shm")


def kept(folder: Path = FOLDER) -> Path:
    """Where the database that these migrations make is kept, if it has been made."""
    made = sha256(" ".join([sqlite3.sqlite_version, *map(version, PACKAGES)]).encode())
    for app in sorted(apps.get_app_configs(), key=lambda each: each.label):
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            made.update(f"{app.label} {file.name} ".encode() + file.read_bytes())
    return folder / f"{made.hexdigest()[:32]}.sqlite3"


def copy_to(name: Path, file: Path) -> bool:
    """Begin a database as a copy, if there is one."""
    if not file.exists():
        return False
    for end in BESIDE:
        Path(f"{name}{end}").unlink(missing_ok=True)
    name.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, name)
    return True


def keep(connection: BaseDatabaseWrapper, file: Path) -> None:
    """Keep the database as it is now, whole or not at all; copies of other migrations go."""
    file.parent.mkdir(parents=True, exist_ok=True)
    apart = file.with_suffix(f".{os.getpid()}")
    apart.unlink(missing_ok=True)
    connection.ensure_connection()
    target = sqlite3.connect(apart)
    connection.connection.backup(target)
    target.close()
    for old in file.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    apart.replace(file)


def begin_with(connection: BaseDatabaseWrapper, file: Path) -> None:
    """The tests' database of this connection begins as the copy; where there is none yet, it becomes it."""
    creation = connection.creation
    clear, create = creation._create_test_db, creation.create_test_db

    def cleared(*words: Any, **named: Any) -> str:
        name: str = clear(*words, **named)
        copy_to(Path(name), file)
        return name

    def created(*words: Any, **named: Any) -> str:
        name: str = create(*words, **named)
        if not file.exists():
            keep(connection, file)
        return name

    creation._create_test_db, creation.create_test_db = cleared, created
