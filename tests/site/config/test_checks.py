"""Start-up checks: each unsafe setting is refused by name, with a hint; the demo and production refuse each other's."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from django.core.checks import Error
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from placewell_web.accounts.models import Lot, Organisation
from placewell_web.config import checks

KEY = base64.b64encode(bytes(range(32))).decode()
SAFE = {
    "DEMO": False,
    "DEBUG": False,
    "SECRET_KEY": "s" * 64,
    "HTTPS": True,
    "ALLOWED_HOSTS": ["placewell.example.org"],
    "EVIDENCE_KEY": KEY,
    "SECOND_FACTOR_REQUIRED": True,
}
DEMO = {"DEMO": True, "DEBUG": False, "DATABASE_GIVEN": False, "ALLOWED_HOSTS": ["localhost", "127.0.0.1"]}


def found(settings: object, values: dict[str, object]) -> list[Error]:
    for name, value in values.items():
        setattr(settings, name, value)
    return checks.safe_settings()


def test_safe_production_starts(settings: object) -> None:
    assert found(settings, SAFE) == []


@pytest.mark.parametrize(
    ("name", "value", "id_"),
    [
        ("DEBUG", True, "E001"),
        ("SECRET_KEY", "DEFAULT", "E002"),
        ("SECRET_KEY", "short", "E002"),
        ("HTTPS", False, "E003"),
        ("ALLOWED_HOSTS", ["localhost", "127.0.0.1"], "E004"),
        ("ALLOWED_HOSTS", ["*"], "E004"),
        ("EVIDENCE_KEY", "", "E005"),
        ("EVIDENCE_KEY", "DEMO", "E005"),
        ("EVIDENCE_KEY", base64.b64encode(b"too short").decode(), "E005"),
        ("EVIDENCE_KEY", "not base64 at all!", "E005"),
        ("SECOND_FACTOR_REQUIRED", False, "E006"),
    ],
)
def test_unsafe_production_is_refused(settings: object, name: str, value: object, id_: str) -> None:
    given = {"DEFAULT": settings.DEFAULT_SECRET_KEY, "DEMO": settings.DEMO_EVIDENCE_KEY}
    value = given.get(value, value) if isinstance(value, str) else value
    (error,) = found(settings, {**SAFE, name: value})
    assert error.id == f"placewell.{id_}"
    assert error.hint


def test_the_demo_starts(settings: object) -> None:
    ours = {"SECRET_KEY": settings.DEFAULT_SECRET_KEY, "EVIDENCE_KEY": settings.DEMO_EVIDENCE_KEY}
    assert found(settings, {**DEMO, **ours}) == []


@pytest.mark.parametrize(
    ("name", "value", "id_"),
    [
        ("SECRET_KEY", "s" * 64, "E021"),
        ("EVIDENCE_KEY", KEY, "E022"),
        ("ALLOWED_HOSTS", ["placewell.example.org"], "E023"),
        ("DATABASE_GIVEN", True, "E024"),
        ("DEBUG", True, "E025"),
    ],
)
def test_the_demo_refuses_productions_settings(settings: object, name: str, value: object, id_: str) -> None:
    ours = {"SECRET_KEY": settings.DEFAULT_SECRET_KEY, "EVIDENCE_KEY": settings.DEMO_EVIDENCE_KEY}
    (error,) = found(settings, {**DEMO, **ours, name: value})
    assert error.id == f"placewell.{id_}"
    assert "run-in-production" in error.hint or "DEBUG" in error.hint


GOOD = {
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA busy_timeout=20000;PRAGMA recursive_triggers=ON;",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "ids"),
    [
        ({}, set()),
        ({"init_command": GOOD["init_command"].replace("FULL", "NORMAL")}, {"E011"}),
        ({"init_command": GOOD["init_command"].replace("FULL", "OFF")}, {"E011"}),
        ({"init_command": GOOD["init_command"].replace("20000", "5000")}, {"E012"}),
        ({"init_command": GOOD["init_command"].replace("WAL", "DELETE")}, {"E013"}),
        ({"init_command": GOOD["init_command"].replace("foreign_keys=ON", "foreign_keys=OFF")}, {"E013"}),
        ({"init_command": GOOD["init_command"].replace("recursive_triggers=ON", "recursive_triggers=OFF")}, {"E013"}),
        ({"transaction_mode": None}, {"E014"}),
    ],
)
def test_sqlite_is_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, object], ids: set[str]
) -> None:
    made = connection.settings_dict.copy()
    made.update(ENGINE="django.db.backends.sqlite3", NAME=str(tmp_path / "x.sqlite3"), OPTIONS={**GOOD, **change})
    wrapper = DatabaseWrapper(made, "made")
    monkeypatch.setattr(checks, "connections", {"made": wrapper})
    monkeypatch.setattr(checks, "providers_with_lots", lambda alias: 0)
    assert {error.id.split(".")[1] for error in checks.safe_database(databases=["made"])} == ids
    wrapper.close()


MOUNTS = """proc /proc proc rw 0 0
/dev/sda1 / ext4 rw 0 0
nas:/homes /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//nas/with\\040space /mnt/with\\040space cifs rw 0 0
tmpfs /run tmpfs rw 0 0
/dev/sdc1 /mnt/twice ext4 rw 0 0
nas:/over /mnt/twice nfs rw 0 0
"""


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("/srv/placewell/placewell.sqlite3", "ext4"),
        ("/home/ruth/var/placewell.sqlite3", "nfs4"),
        ("/home/local/var/placewell.sqlite3", "ext4"),
        ("/homeless/placewell.sqlite3", "ext4"),
        ("/mnt/with space/placewell.sqlite3", "cifs"),
        ("/mnt/twice/placewell.sqlite3", "nfs"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(file: str, kind: str) -> None:
    assert checks.file_system_of(Path(file), MOUNTS) == kind
    assert checks.file_system_of(Path(file), "") == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("demo", "kind", "ids"),
    [
        (False, "ext4", []),
        (False, "nfs4", ["placewell.E016"]),
        (False, "cifs", ["placewell.E016"]),
        (True, "nfs4", []),
    ],
)
def test_a_network_share_is_no_place_for_sqlite(
    settings: object, monkeypatch: pytest.MonkeyPatch, demo: bool, kind: str, ids: list[str]
) -> None:
    settings.DEMO = demo
    monkeypatch.setattr(checks, "_mounts", lambda: f"x / {kind} rw 0 0\n")
    errors = list(checks._share_rules("default"))
    assert [error.id for error in errors] == ids
    assert all("PLACEWELL_VAR" in error.hint for error in errors)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("demo", "providers", "refused"), [(False, 1, False), (False, 2, True), (True, 2, False), (False, 0, False)]
)
def test_two_providers_need_postgresql(settings: object, demo: bool, providers: int, refused: bool) -> None:
    settings.DEMO = demo
    for number in range(providers):
        provider = Organisation.objects.create(name=f"Provider {number}", kind="provider")
        Lot.objects.create(code=f"lot_{number}", name=f"Lot {number}", provider=provider)
    errors = list(checks._provider_rules("default"))
    assert [error.id for error in errors] == (["placewell.E015"] if refused else [])


@pytest.mark.django_db
def test_the_tests_own_database_is_safe() -> None:
    assert checks.safe_database(databases=["default"]) == []
    assert checks.safe_database(databases=None) == []
