"""Receipts: sealed to the evaluator, so that they alone can rebuild the chain; sent with numbers and no names."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from tests.site.conftest import World
from tests.site.trial.ready import DRAWN_AT, actor_of, ready_meetings, train
from tests.site.trial.test_randomise import press

from placewell.randomisation.reconciliation import rebuild
from placewell.randomisation.witness import Witness
from placewell_web.accounts.errors import Refused
from placewell_web.audit.models import Entry as AuditEntry
from placewell_web.trial.actions.ledger import append_withdraw
from placewell_web.trial.actions.sending import send
from placewell_web.trial.allocator.__main__ import main
from placewell_web.trial.models import LedgerEntry, Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_trial")]


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Path:
    """The evaluator's pair; the site is given the public one."""
    assert main(["key", str(tmp_path / "secret.pem"), str(tmp_path / "public.pem")]) == 0
    settings.EVALUATOR_KEY = str(tmp_path / "public.pem")
    return tmp_path


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def drawn(world: World, count: int = 3) -> str:
    train(world)
    for each in ready_meetings(world, count):
        number = press(world, each).number
    return number


def sent(world: World, folder: Path | None, days: int = 0) -> int:
    return send(by=actor_of(world), at=DRAWN_AT + timedelta(days=days), folder=folder)


def test_receipts_alone_rebuild_the_witness(world: World, keys: Path, stick: Path, open_trial: Path) -> None:
    number = drawn(world)
    append_withdraw(by=actor_of(world), at=DRAWN_AT, number=number, scope="contact")
    assert sent(world, stick) == 5  # the first entry, three allocations, one withdrawal
    assert main(["receipts", str(keys / "secret.pem"), str(stick), str(keys / "entries.json")]) == 0
    from placewell.randomisation.entries import Entry

    entries = [Entry.from_data(each) for each in json.loads((keys / "entries.json").read_text())]
    witness = Witness(keys / "rebuilt.jsonl")
    rebuild(witness, entries)
    assert witness.path.read_bytes() == (open_trial / "witness.jsonl").read_bytes()


def test_without_the_secret_key_a_receipt_tells_no_arm(world: World, keys: Path, stick: Path) -> None:
    drawn(world, 1)
    sent(world, stick)
    written = b"".join(file.read_bytes() for file in stick.iterdir())
    assert b'"arm"' not in written and b"control" not in written and b'"ips"' not in written
    assert main(["key", str(keys / "other.pem"), str(keys / "other.pub")]) == 0
    assert main(["receipts", str(keys / "other.pem"), str(stick), str(keys / "out.json")]) == 1
    assert not (keys / "out.json").exists()


def test_the_secret_key_is_for_its_owner_alone_and_never_overwritten(keys: Path) -> None:
    assert stat.S_IMODE((keys / "secret.pem").stat().st_mode) == 0o400
    assert main(["key", str(keys / "secret.pem"), str(keys / "third.pem")]) == 1


def test_what_was_sent_is_marked_audited_and_not_sent_again(world: World, stick: Path) -> None:
    drawn(world)
    assert (sent(world, stick), sent(world, stick)) == (3, 0)
    assert Notice.objects.filter(sent_at=DRAWN_AT).count() == 3
    assert json.loads(AuditEntry.objects.get(verb="send_notices").detail) == {"count": 3, "late": 0}
    assert len(list(stick.glob("*-receipt-*.json"))) == 3


def test_late_ones_are_counted(world: World, stick: Path) -> None:
    drawn(world)
    sent(world, stick, days=2)
    assert json.loads(AuditEntry.objects.get(verb="send_notices").detail)["late"] == 3


def test_the_mail_names_numbers_and_nobody(world: World, settings: Any) -> None:
    settings.EVALUATOR_CONTACT = "trial@evaluator.example"
    number = drawn(world)
    Notice.objects.create(kind="withdrawal", participant_number=number, body="{}", due_at=DRAWN_AT, created_at=DRAWN_AT)
    sent(world, None)
    message = mail.outbox[0]
    assert message.to == ["trial@evaluator.example"]
    assert f"withdrawal: {number}" in message.body and "Receipts: 3" in message.body
    assert "Ada" not in message.body and "Ready" not in message.body


def test_nowhere_to_send_to_sends_nothing(world: World, settings: Any) -> None:
    settings.EVALUATOR_CONTACT = ""
    drawn(world)
    with pytest.raises(Refused, match="nowhere to send to"):
        sent(world, None)
    assert Notice.objects.filter(sent_at=None).count() == 3


def test_a_stick_that_is_not_in_marks_nothing_as_sent(world: World, tmp_path: Path) -> None:
    drawn(world)
    with pytest.raises(CommandError, match="Is the stick in"):
        call_command("send_notices", folder=tmp_path / "not there")
    assert Notice.objects.filter(sent_at=None).count() == 3


def test_the_command_says_how_many(world: World, stick: Path) -> None:
    drawn(world)
    out = StringIO()
    call_command("send_notices", folder=stick, stdout=out)
    assert out.getvalue() == "3 notices sent.\n"


def test_the_command_that_follows_the_witness(world: World) -> None:
    drawn(world)
    out = StringIO()
    call_command("synchronise_ledger", stdout=out)
    assert out.getvalue() == "0 entries taken in.\n"
    assert LedgerEntry.objects.count() == 4


UNFIT: dict[str, Callable[[Path], object]] = {
    "not json": lambda f: (f / "x.json").write_text("{"),
    "no body": lambda f: (f / "x.json").write_text("{}"),
    "not base64": lambda f: (f / "x.json").write_text('{"body": {"sealed": "?"}}'),
    "sealed to nobody": lambda f: (f / "x.json").write_text('{"body": {"sealed": "AAAA"}}'),
    "nothing": lambda f: None,
}


@pytest.mark.parametrize("what", UNFIT)
def test_a_folder_that_cannot_be_opened_is_said(
    keys: Path, stick: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    UNFIT[what](stick)
    assert main(["receipts", str(keys / "secret.pem"), str(stick), str(keys / "o.json")]) == 1
    assert capsys.readouterr().err.startswith("placewell-allocator: ")
