"""What `prepare_demo` finds the second time: a trial that agrees is served; one that is lost or does not fit is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from tests.site.conftest import NOW

from placewell_web.accounts.service import current
from placewell_web.exchange.demo import load as demo
from placewell_web.exchange.management.commands import prepare_demo
from placewell_web.trial import triggers
from placewell_web.trial.allocator import demo_history
from placewell_web.trial.models import LedgerEntry


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """90 made-up people, once a module."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(demo, "PEOPLE", 90)
        demo.load(current(), NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def prepared(_loaded: None, db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The demo's folder as a second run meets it; the witness is put back afterwards. Returns the witness."""
    settings.DEMO, settings.DEMO_DAY, settings.VAR = True, NOW.date(), tmp_path
    monkeypatch.setattr(prepare_demo, "call_command", lambda *_, **__: None)  # the tests' database is migrated
    witness = Path(settings.TRIAL_FOLDER) / "witness.jsonl"
    kept = witness.read_bytes()
    demo_history.forget()
    yield witness
    witness.unlink(missing_ok=True)
    demo_history.DemoHistory(Path(settings.TRIAL_FOLDER), current())
    witness.write_bytes(kept)
    demo_history.forget()


def second_run(at: datetime = NOW) -> str:
    said = StringIO()
    with time_machine.travel(at, tick=False):
        call_command("prepare_demo", stdout=said, skip_checks=True)
    return said.getvalue()


def test_a_trial_that_agrees_is_served_as_it_is(prepared: Path) -> None:
    before = LedgerEntry.objects.count()
    said = second_run()
    assert "Making the demo's people" not in said
    assert "http://127.0.0.1:8000/" in said
    assert LedgerEntry.objects.count() == before


def test_a_folder_of_an_older_version_has_no_ledger(prepared: Path, tmp_path: Path) -> None:
    triggers.remove(connection)  # within the test's own transaction, which is rolled back
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {triggers.TABLE}")
    with pytest.raises(CommandError) as refused:
        second_run()
    said = str(refused.value)
    assert f"The demo in {tmp_path} is of an older version, without its trial." in said
    assert said.endswith(f"Remove {tmp_path}, or name another folder with PLACEWELL_VAR: the demo is then made anew.")


@pytest.mark.parametrize("how", ["gone", "shorter", "altered"])
def test_a_witness_that_does_not_fit_the_database(prepared: Path, tmp_path: Path, settings: Any, how: str) -> None:
    lines = prepared.read_bytes().splitlines(keepends=True)
    if how == "gone":
        prepared.unlink()
    elif how == "shorter":
        prepared.write_bytes(b"".join(lines[:-3]))
    else:
        altered = lines[5].replace(b'"actor":"', b'"actor":"x', 1)
        assert altered != lines[5]
        prepared.write_bytes(b"".join([*lines[:5], altered, *lines[6:]]))
    before = LedgerEntry.objects.count()
    with pytest.raises(CommandError) as refused:
        second_run()
    said = str(refused.value)
    assert f"Its files in {settings.TRIAL_FOLDER} do not fit. Remove {tmp_path}" in said
    assert LedgerEntry.objects.count() == before


def test_a_service_without_a_trial_needs_no_ledger(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared.unlink()
    monkeypatch.setattr(prepare_demo, "current", lambda: SimpleNamespace(trial=None))
    prepare_demo._ledger_agrees()
